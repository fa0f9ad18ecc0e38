//! What stands before the text of a saved page: menus, the headline, the author, the dateline.

use super::Span;
use super::furniture::CueReach;
use super::line::Line;
use super::zone::{Dateline, Zone};

/// A line before the text, with its cue.
pub(super) struct HeadLine<'t> {
    pub(super) line: Line<'t>,
    pub(super) cue: Option<CueReach>,
}

/// Zones of the lines before the text; those of body are left out. `text_follows` tells that they are not all
/// there is.
pub(super) fn head_zones(lines: &[HeadLine<'_>], text_follows: bool, spans: &mut Vec<(Span, Zone)>) {
    let menu = menus(lines);
    let is_menu = |at: usize| menu.iter().any(|range| range.contains(&at));
    let title = headline(lines, is_menu);
    let mut body = false;
    let mut ended = false;
    for (at, HeadLine { line, cue }) in lines.iter().enumerate() {
        let before_title = title.is_none_or(|title| at < title);
        ended |= !text_follows && body && *cue == Some(CueReach::End);
        if ended || cue.is_some() || is_menu(at) || before_title && line.is_breadcrumb() {
            spans.push((line.span, Zone::Furniture));
        } else if title == Some(at) {
            spans.push((line.span, Zone::Title));
        } else {
            body |= !before_title || title.is_none();
        }
    }
}

/// Runs of short lines of which several have cues.
fn menus(lines: &[HeadLine<'_>]) -> Vec<std::ops::Range<usize>> {
    const SHORTEST: usize = 4;
    const CUES: usize = 2;
    const SHARE: usize = 5;
    let mut found = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let length =
            lines[start..].iter().take_while(|head| head.cue.is_some() || head.line.is_entry()).count();
        let run = &lines[start..start + length];
        let cues = run.iter().filter(|head| head.cue.is_some()).count();
        if length >= SHORTEST && cues >= CUES && cues * SHARE >= length {
            found.push(start..start + length);
        }
        start += length.max(1);
    }
    found
}

/// The first line of some words that may be a headline, else the first of any.
fn headline(lines: &[HeadLine<'_>], is_menu: impl Fn(usize) -> bool) -> Option<usize> {
    const WORDS: usize = 4;
    /// A headline stands near the top.
    const NEAR: usize = 12;
    let mut first = None;
    let free = lines.iter().enumerate().filter(|(at, head)| head.cue.is_none() && !is_menu(*at));
    for (at, HeadLine { line, .. }) in free.filter(|(_, head)| !head.line.is_breadcrumb()).take(NEAR) {
        let next = lines.get(at + 1).map(|head| &head.line);
        if !line.is_headline(next) {
            // A line of text: what follows it is no headline.
            if line.text.contains(char::is_lowercase) && !line.is_entry() {
                break;
            }
            continue;
        }
        if line.text.split_whitespace().nth(WORDS - 1).is_some() {
            return Some(at);
        }
        first = first.or(Some(at));
    }
    first
}

/// "LIMA, May 3 (Sample Wire) - The", "Lima (Sample) — The", or, on a line of its own, "LIMA 1999-05-03".
pub(super) fn dateline(line: &Line<'_>) -> Option<Dateline> {
    let written = before_dash(line.text).or_else(|| before_day(line.text))?;
    let place = written.split([',', '(', '/']).next().unwrap_or(written);
    let place = place.trim_end_matches(|c: char| !c.is_alphabetic());
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let upper = !place.contains(char::is_lowercase);
    let named = place.starts_with(char::is_uppercase) && written.ends_with(')');
    const SHORTEST: usize = 3;
    const LONGEST: usize = 40;
    if letters < SHORTEST || place.len() > LONGEST || !(upper || named) {
        return None;
    }
    let start = line.span.range().start;
    let span = |length: usize| Span::new(start, start + length);
    Some(Dateline { span: span(written.len()), place: span(place.len()) })
}

/// What stands before the first dash, if it tells more than a name and a sentence follows.
fn before_dash(line: &str) -> Option<&str> {
    const LONGEST: usize = 90;
    let dash = line.char_indices().take(LONGEST).find(|&(at, c)| {
        matches!(c, '–' | '—') || matches!(c, '-' | '_') && line[..at].ends_with([' ', ')'])
    });
    let (at, _) = dash?;
    let written = line[..at].trim_end();
    let rest = line[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let tells = written.contains([',', '(']) || written.ends_with(|c: char| c.is_ascii_digit());
    let sentence = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (tells && sentence).then_some(written)
}

/// A whole line that ends in a date in numbers.
fn before_day(line: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let (place, day) = line.rsplit_once(' ')?;
    let is_day = day.len() == "1999-05-03".len()
        && day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let upper = place.split([' ', ',']).next().is_some_and(|word| !word.contains(char::is_lowercase));
    (is_day && upper && line.len() <= LONGEST).then_some(line)
}
