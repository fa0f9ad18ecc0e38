//! Sentences: where one ends and the next begins.

use rustc_hash::FxHashMap;

use super::Span;

/// Words after which a point does not end a sentence, from `data/abbreviations.csv`.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    words: FxHashMap<Box<str>, bool>,
}

/// No abbreviation has more bytes.
const LONGEST: usize = 32;

impl Abbreviations {
    /// Adds a word, in lower case and without its last point. A `weak` one may end a sentence when the next
    /// word begins with a capital and is not known to follow it ("in the U.S. The court").
    pub fn insert(&mut self, word: &str, weak: bool) {
        self.words.insert(word.into(), weak);
    }

    fn find(&self, word: &str) -> Option<&bool> {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.words.get(std::str::from_utf8(lower).ok()?)
    }

    fn binds(&self, word: &str, next_is_upper: bool) -> bool {
        match self.find(word) {
            Some(weak) => !(*weak && next_is_upper),
            // A single letter is an initial: "George W. Bush".
            None => word.chars().count() == 1 && word.chars().all(char::is_alphabetic),
        }
    }
}

/// The bytes that may end a sentence.
static MAY_END: [bool; 256] = {
    let mut may_end = [false; 256];
    (may_end[b'.' as usize], may_end[b'!' as usize], may_end[b'?' as usize]) = (true, true, true);
    may_end[b'\n' as usize] = true;
    may_end
};

/// Cuts `text` into sentences, which together hold all of it but white space.
///
/// A sentence ends at `.`, `!` or `?` (with closing quotes and brackets) before white space and a character
/// that can begin one, at an empty line, and at the end of a line too short to have been wrapped.
///
/// ```
/// use accede::{sentences, Abbreviations};
/// let text = "He left. Mr. Annan stayed.\n\nHome";
/// let mut abbreviations = Abbreviations::default();
/// abbreviations.insert("mr", false);
/// let found: Vec<_> = sentences(text, &abbreviations).iter().map(|s| s.of(text)).collect();
/// assert_eq!(found, ["He left.", "Mr. Annan stayed.", "Home"]);
/// ```
pub fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|&byte| MAY_END[usize::from(byte)]) {
        at += skipped;
        match bytes[at] {
            b'.' | b'!' | b'?' => {
                let end = closing(text, at + 1);
                if ends_sentence(text, start, at, end, abbreviations) {
                    push(text, start, end, &mut found);
                    start = end;
                }
                at = end;
            }
            _ => {
                if line_is_whole(text, at) {
                    push(text, start, at, &mut found);
                    start = at;
                }
                at += 1;
            }
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = start + (piece.len() - piece.trim_start().len());
        found.push(Span::new(start, start + trimmed.len()));
    }
}

/// Goes on over further stops, closing quotes and brackets.
fn closing(text: &str, at: usize) -> usize {
    // Most stops stand before a blank.
    if text.as_bytes().get(at).is_none_or(|&next| next.is_ascii_whitespace() || next.is_ascii_alphanumeric())
    {
        return at;
    }
    let is_closing = |c: char| matches!(c, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | ')' | ']' | '»');
    at + text[at..].chars().take_while(|&c| is_closing(c)).map(char::len_utf8).sum::<usize>()
}

fn ends_sentence(text: &str, start: usize, stop: usize, end: usize, abbreviations: &Abbreviations) -> bool {
    let rest = &text[end..];
    let Some(gap) = rest.chars().next() else { return true };
    if !gap.is_whitespace() {
        return false;
    }
    // Farther on there may be no letter for long, as in a line of points.
    const NEAR: usize = 32;
    let Some(next) = rest.chars().take(NEAR).find(|c| c.is_alphanumeric()) else { return true };
    if next.is_lowercase() {
        return false;
    }
    if text.as_bytes()[stop] != b'.' || end > stop + 1 {
        return true;
    }
    let word = text[start..stop].rsplit(|c: char| c.is_whitespace() || "(\"“‘-–—".contains(c)).next();
    !word.is_some_and(|word| abbreviations.binds(word, next.is_uppercase()))
}

/// A line break ends a sentence before an empty line, or after a line too short to have been wrapped.
fn line_is_whole(text: &str, at: usize) -> bool {
    const WRAPPED: usize = 60;
    let rest = &text[at + 1..];
    let next = rest.lines().next().unwrap_or("");
    if next.trim().is_empty() {
        return true;
    }
    let line = text[..at].rsplit('\n').next().unwrap_or("");
    let ended = line.trim_end().ends_with(['.', '!', '?', '”', '"', ':']);
    let opens = next.trim_start().starts_with(|c: char| !c.is_lowercase() && !c.is_ascii_punctuation());
    opens && (ended || line.chars().count() < WRAPPED && may_stand_alone(line))
}

/// Whether a line may be a heading or an entry of a list: a wrapped one begins in lower case or ends with a
/// small word.
fn may_stand_alone(line: &str) -> bool {
    const SMALL: usize = 3;
    let small = |word: &str| word.len() <= SMALL && word.chars().all(char::is_lowercase);
    let mut words = line.split_whitespace();
    !line.trim_start().starts_with(char::is_lowercase) && !words.next_back().is_some_and(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut abbreviations = Abbreviations::default();
        for (word, weak) in [("mr", false), ("u.s", true), ("gen", false)] {
            abbreviations.insert(word, weak);
        }
        sentences(text, &abbreviations).iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn points_that_end_nothing() {
        assert_eq!(
            cut("Mr. Bush met Gen. J. Smith of the U.S. army. He won 3.5 points."),
            ["Mr. Bush met Gen. J. Smith of the U.S. army.", "He won 3.5 points."]
        );
        assert_eq!(cut("They left the U.S. The court met."), ["They left the U.S.", "The court met."]);
    }

    #[test]
    fn quotes_belong_to_their_sentence() {
        assert_eq!(cut("“We left.” He sat down."), ["“We left.”", "He sat down."]);
    }

    #[test]
    fn a_wrapped_line_goes_on_and_a_headline_does_not() {
        let wrapped = "The government agreed in October, as a signatory of the Collective Security Agreement\n(CSA), to act.";
        assert_eq!(cut(wrapped).len(), 1);
        assert_eq!(cut("Home\nAsia\nRussia leaves."), ["Home", "Asia", "Russia leaves."]);
    }
}
