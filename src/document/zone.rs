//! Zones: which parts of a saved page are its title, its text, or furniture around them.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Span;
use super::fold::fold;

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

/// Where a cue must stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueMatch {
    /// At its beginning.
    Prefix,
    /// Anywhere.
    Contains,
    /// The cue is the whole line.
    Whole,
}

/// How far a cue reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueReach {
    /// The line is furniture.
    Line,
    /// The line and all that follows are furniture, once the text itself has been seen.
    End,
}

type Cue = (Box<str>, CueReach, CueMatch);

/// The cues by which furniture is known, from `data/furniture.csv`.
#[derive(Debug, Clone, Default)]
pub struct FurnitureCues {
    /// By their first word.
    cues: FxHashMap<Box<str>, Vec<Cue>>,
}

impl FurnitureCues {
    /// Adds a cue. Case and punctuation make no difference.
    pub fn insert(&mut self, cue: &str, reach: CueReach, matching: CueMatch) {
        let cue = plain(cue);
        let first = cue.split(' ').next().unwrap_or_default().into();
        self.cues.entry(first).or_default().push((cue.into(), reach, matching));
    }

    fn find(&self, line: &str) -> Option<CueReach> {
        let mut at = 0;
        let mut found = None;
        for word in line.split(' ') {
            for (cue, reach, matching) in self.cues.get(word).into_iter().flatten() {
                let rest = line[at..].strip_prefix(&**cue);
                let holds = rest.is_some_and(|rest| match matching {
                    CueMatch::Prefix => at == 0 && (rest.is_empty() || rest.starts_with(' ')),
                    CueMatch::Contains => rest.is_empty() || rest.starts_with(' '),
                    CueMatch::Whole => at == 0 && rest.is_empty(),
                });
                if holds && (found.is_none() || *reach == CueReach::End) {
                    found = Some(*reach);
                }
            }
            at += word.len() + 1;
        }
        found
    }
}

/// Letters and digits of a line in folded form, words divided by one blank.
fn plain(line: &str) -> String {
    let folded = fold(line);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '©' && c != '\'');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A document's zones as consecutive spans; what none covers is body.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    spans: Vec<(Span, Zone)>,
}

impl Zones {
    /// The zone a position lies in. Cost: logarithmic in the number of zones.
    pub fn at(&self, position: u32) -> Zone {
        let after = self.spans.partition_point(|(span, _)| span.start <= position);
        match after.checked_sub(1).map(|index| self.spans[index]) {
            Some((span, zone)) if position < span.end => zone,
            _ => Zone::Body,
        }
    }

    /// Tells title and furniture from the body of a plain text.
    ///
    /// Furniture are lines with a cue, everything from an `End` cue on once body text has been seen, and
    /// short numbered or bulleted lines before the title (breadcrumbs). The title is the first other line
    /// when it stands apart, is short, and ends as no sentence does.
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
        let mut finder = Finder { spans: Vec::new(), titled: false, body: false, ended: false };
        let mut lines = lines(text).peekable();
        while let Some((span, line)) = lines.next() {
            let alone = lines
                .peek()
                .is_none_or(|(next, _)| text[span.range().end..next.range().start].matches('\n').count() > 1);
            finder.line(span, line, alone, cues);
        }
        Self { spans: finder.spans }
    }
}

/// The lines of a text that hold anything, trimmed, with their spans.
fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| (Span::new(start, start + trimmed.len()), trimmed))
    })
}

struct Finder {
    spans: Vec<(Span, Zone)>,
    titled: bool,
    body: bool,
    ended: bool,
}

impl Finder {
    fn line(&mut self, span: Span, line: &str, alone: bool, cues: &FurnitureCues) {
        let cue = cues.find(&plain(line));
        self.ended |= self.body && cue == Some(CueReach::End);
        if self.ended || cue.is_some() || (!self.titled && is_breadcrumb(line)) {
            self.spans.push((span, Zone::Furniture));
        } else if !self.titled && !self.body {
            self.titled = true;
            if is_title(line, alone) {
                self.spans.push((span, Zone::Title));
            } else {
                self.body = true;
            }
        } else {
            self.body = true;
        }
    }
}

/// "1. Home", "> Asia", "Home > Asia > Kazakhstan", "• World".
fn is_breadcrumb(line: &str) -> bool {
    const LONGEST: usize = 40;
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after_number.len() < line.len() && after_number.starts_with(['.', ')']);
    let bulleted = line.starts_with(['•', '>', '›', '»', '|', '*', '·']);
    let path = line.split(['>', '›', '»', '|', '/']).filter(|part| !part.trim().is_empty()).count() > 2;
    line.chars().count() <= LONGEST && (numbered || bulleted) || path && line.chars().count() <= 3 * LONGEST
}

fn is_title(line: &str, alone: bool) -> bool {
    const LONGEST: usize = 140;
    let ends_open = !line.ends_with(['.', '!', ':', ';', ',', '”', '"']);
    let goes_on = line
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.len() <= 3 && word.chars().all(char::is_lowercase));
    if goes_on {
        return false;
    }
    let upper = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
    line.chars().count() <= LONGEST && (upper || ends_open && (alone || line.chars().count() <= LONGEST / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> FurnitureCues {
        let mut cues = FurnitureCues::default();
        cues.insert("This article was produced by", CueReach::End, CueMatch::Prefix);
        cues.insert("all rights reserved", CueReach::End, CueMatch::Contains);
        cues.insert("Comments", CueReach::Line, CueMatch::Whole);
        cues
    }

    fn zones_of(text: &str) -> Vec<Zone> {
        let zones = Zones::find(text, &cues());
        lines(text).map(|(span, _)| zones.at(span.start)).collect()
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
}
