//! Zones: which parts of a saved page are its title, its text, or furniture around them.

use serde::Serialize;

use super::Span;
use super::furniture::{CueReach, FurnitureCues};
use super::head::{HeadLine, dateline, head_zones};
use super::line::{Line, lines};

/// What a part of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The text itself.
    Body,
    /// The headline.
    Title,
    /// Breadcrumbs, share lines, footers, copyright lines, appeals for money.
    Furniture,
}

/// Where a report was filed: "LIMA, May 3 (Sample Wire) -".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, up to the dash.
    pub span: Span,
    /// The place alone.
    pub place: Span,
}

/// A document's zones as consecutive spans; what none covers is body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Zones {
    spans: Vec<(Span, Zone)>,
    dateline: Option<Dateline>,
}

impl Zones {
    /// Zones known beforehand, in the order in which they stand.
    pub fn new(spans: Vec<(Span, Zone)>) -> Self {
        debug_assert!(spans.is_sorted_by_key(|(span, _)| span.start));
        Self { spans, dateline: None }
    }

    /// The zone a position lies in. Cost: logarithmic in the number of zones.
    pub fn at(&self, position: u32) -> Zone {
        let after = self.spans.partition_point(|(span, _)| span.start <= position);
        match after.checked_sub(1).map(|index| self.spans[index]) {
            Some((span, zone)) if position < span.end => zone,
            _ => Zone::Body,
        }
    }

    /// Where the report was filed, if it says so.
    pub fn dateline(&self) -> Option<Dateline> {
        self.dateline
    }

    /// Tells title and furniture from the body of a plain text.
    ///
    /// Furniture are lines with a cue, everything from an `End` cue on once body text has been seen, and
    /// before the text breadcrumbs and menus. The title is the first other line of some words that is short
    /// and ends as no sentence does. In a long line a cue makes no more than its sentence furniture.
    ///
    /// Cost: linear in the text, a look-up for each line; nothing is allocated but the zones.
    ///
    /// ```
    /// use accede::{CueMatch, CueReach, FurnitureCues, Zone, Zones};
    /// let mut cues = FurnitureCues::default();
    /// cues.insert("Share this", CueReach::Line, CueMatch::Prefix);
    /// let zones = Zones::find("1. Home\n\nA vote\n\nThey voted on it today.\n\nShare this", &cues);
    /// assert_eq!(zones.at(3), Zone::Furniture);
    /// assert_eq!(zones.at(9), Zone::Title);
    /// assert_eq!(zones.at(20), Zone::Body);
    /// assert_eq!(zones.at(45), Zone::Furniture);
    /// ```
    pub fn find(text: &str, cues: &FurnitureCues) -> Self {
        let mut cued = Cued { within: cues.anywhere(text).peekable(), cues };
        let mut lines = lines(text);
        let mut head = Vec::with_capacity(HEAD);
        let mut first = None;
        while head.len() < HEAD
            && let Some(line) = lines.next()
        {
            let cue = cued.of(&line);
            if line.is_sentence() && cue.is_none_or(|cue| cue.spares(&line)) {
                first = Some((line, cue));
                break;
            }
            head.push(HeadLine { line, cue: cue.map(|cue| cue.reach) });
        }
        let mut spans = Vec::new();
        head_zones(&head, first.is_some() || head.len() == HEAD, &mut spans);
        let mut starts = head.iter().map(|head| &head.line).chain(first.iter().map(|(line, _)| line));
        let filed = starts.find_map(dateline);
        let mut body = Body { text, spans, above: None };
        let rest = lines.map(|line| (line, cued.of(&line)));
        for (line, cue) in first.into_iter().chain(rest) {
            if !body.line(line, cue) {
                break;
            }
        }
        Self { spans: body.spans, dateline: filed }
    }

    /// Looks for furniture in what these zones take for body.
    #[must_use]
    pub fn refined(&self, text: &str, cues: &FurnitureCues) -> Self {
        let mut cued = Cued { within: cues.anywhere(text).peekable(), cues };
        let mut body = Body { text, spans: self.spans.clone(), above: None };
        let mut filed = None;
        for line in lines(text) {
            let cue = cued.of(&line);
            if self.at(line.span.start) != Zone::Body {
                continue;
            }
            filed = filed.or_else(|| dateline(&line).filter(|_| body.above.is_none()));
            // An end is not an end of all here: more text may follow what ends a part of the page.
            body.line(line, cue.map(|cue| Cue { reach: cue.reach.min(CueReach::Line), ..cue }));
        }
        body.spans.sort_unstable_by_key(|(span, _)| span.start);
        Self { spans: body.spans, dateline: filed }
    }
}

/// As many lines before the first sentence are looked at together.
const HEAD: usize = 64;

/// Longer lines are paragraphs of several sentences.
const PARAGRAPH: usize = 320;

/// A cue in a line.
#[derive(Debug, Clone, Copy)]
struct Cue {
    reach: CueReach,
    /// Where in the text, if within a line.
    at: Option<usize>,
}

impl Cue {
    /// Whether the line is text all the same.
    fn spares(self, line: &Line<'_>) -> bool {
        self.reach == CueReach::Head || self.at.is_some() && line.text.len() > PARAGRAPH
    }
}

/// Gives lines their cues; they must come in order.
struct Cued<'c, W: Iterator<Item = (usize, CueReach)>> {
    within: std::iter::Peekable<W>,
    cues: &'c FurnitureCues,
}

impl<W: Iterator<Item = (usize, CueReach)>> Cued<'_, W> {
    #[inline]
    fn of(&mut self, line: &Line<'_>) -> Option<Cue> {
        let end = line.span.range().end;
        let start = self.cues.at_start(line.text).map(|reach| Cue { reach, at: None });
        let within = std::iter::from_fn(|| self.within.next_if(|(at, _)| *at < end))
            .map(|(at, reach)| Cue { reach, at: Some(at) });
        within.chain(start).max_by_key(|cue| cue.reach)
    }
}

struct Body<'t> {
    text: &'t str,
    spans: Vec<(Span, Zone)>,
    above: Option<Line<'t>>,
}

impl<'t> Body<'t> {
    /// Takes a line in; `false` if nothing that follows is text.
    #[inline]
    fn line(&mut self, line: Line<'t>, cue: Option<Cue>) -> bool {
        let goes_on = cue.is_none_or(|cue| !self.mark(&line, cue));
        self.above = Some(line);
        goes_on
    }

    /// Marks what a cue makes furniture, and tells whether it is all from there on.
    #[cold]
    fn mark(&mut self, line: &Line<'_>, cue: Cue) -> bool {
        let Span { start, end } = line.span;
        let long = line.text.len() > PARAGRAPH;
        let from = match cue.at {
            None if line.goes_on(self.above.as_ref()) => return false,
            Some(at) if long => start + sentence_start(line.text, at - start as usize) as u32,
            _ => start,
        };
        match cue.reach {
            CueReach::Head => false,
            CueReach::Line => {
                let to = if long {
                    from + sentence_end(&self.text[from as usize..end as usize]) as u32
                } else {
                    end
                };
                self.spans.push((Span { start: from, end: to }, Zone::Furniture));
                false
            }
            CueReach::End => {
                self.spans.push((Span::new(from as usize, self.text.len()), Zone::Furniture));
                true
            }
        }
    }
}

/// Where the sentence around `at` begins, roughly.
fn sentence_start(line: &str, at: usize) -> usize {
    let near = line[..at].bytes().rev().take(PARAGRAPH).position(|byte| matches!(byte, b'.' | b'!' | b'?'));
    near.map_or(0, |back| at - back)
}

/// Where the first sentence ends, roughly.
fn sentence_end(text: &str) -> usize {
    text.bytes().position(|byte| matches!(byte, b'.' | b'!' | b'?')).map_or(text.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::furniture::CueMatch;
    use super::*;

    fn cues() -> FurnitureCues {
        let mut cues = FurnitureCues::default();
        cues.insert("This article was produced by", CueReach::End, CueMatch::Prefix);
        cues.insert("all rights reserved", CueReach::End, CueMatch::Contains);
        cues.insert("click here to", CueReach::Line, CueMatch::Contains);
        for entry in ["Comments", "Home", "Sport"] {
            cues.insert(entry, CueReach::Line, CueMatch::Whole);
        }
        cues.insert("by", CueReach::Head, CueMatch::Prefix);
        cues
    }

    fn zones_of(text: &str) -> Vec<Zone> {
        let zones = Zones::find(text, &cues());
        lines(text).map(|line| zones.at(line.span.start)).collect()
    }

    #[test]
    fn all_after_the_end_is_furniture() {
        let text = "Title here\n\nThe army left on Friday.\n\nThis article was produced by X.\n\nRussia is far away.";
        assert_eq!(zones_of(text), [Zone::Title, Zone::Body, Zone::Furniture, Zone::Furniture]);
    }

    #[test]
    fn a_sentence_that_comments_is_body() {
        assert_eq!(zones_of("The comments were read.\nComments"), [Zone::Body, Zone::Furniture]);
    }

    #[test]
    fn a_text_without_lines_is_body() {
        assert_eq!(zones_of("Kazakhstan joined the pact in 1992."), [Zone::Body]);
    }

    #[test]
    fn a_menu_and_an_author_stand_before_the_text() {
        let text = "Home\nAfrica\nAsia\nSport\nPeru votes again\nBy Ana Sample\n\nBy noon all of Peru had voted, she said.\n";
        let mut expected = vec![Zone::Furniture; 4];
        expected.extend([Zone::Title, Zone::Furniture, Zone::Body]);
        assert_eq!(zones_of(text), expected);
    }

    #[test]
    fn a_cue_in_a_paragraph_takes_its_sentence_alone() {
        let sentence = "Peru and Chile signed a pact that both had sought for years. ";
        let text = format!("{}Click here to see it. {}", sentence.repeat(4), sentence.repeat(4));
        let zones = Zones::find(&text, &cues());
        let zone = |word| zones.at(text.rfind(word).map_or(0, |at| at as u32));
        assert_eq!((zone("Click"), zone("Peru"), zones.at(0)), (Zone::Furniture, Zone::Body, Zone::Body));
    }

    #[test]
    fn datelines() {
        let place = |text: &'static str| {
            Zones::find(text, &cues()).dateline().map(|dateline| dateline.place.of(text))
        };
        assert_eq!(place("A vote\n\nLIMA, May 3 (Sample Wire) - Peru votes again."), Some("LIMA"));
        assert_eq!(place("La Paz (Sample) — Bolivia votes again."), Some("La Paz"));
        assert_eq!(place("A vote\nAna Sample\nLIMA, Peru 1999-05-03\nPeru votes."), Some("LIMA"));
        assert_eq!(place("NATO - the alliance - met in Lima on Monday, it said."), None);
        assert_eq!(place("It met in Lima, Peru - for the first time."), None);
    }
}
