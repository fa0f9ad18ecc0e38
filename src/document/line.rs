//! Lines of a text, and what their shape tells.

use super::Span;

/// A line that holds something, without the blanks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) span: Span,
    pub(super) text: &'t str,
    /// An empty line or nothing follows.
    pub(super) apart: bool,
    /// A line stands right above.
    pub(super) joined: bool,
}

/// The lines of `text` that hold anything.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    let mut joined = false;
    std::iter::from_fn(move || {
        while at < text.len() {
            let end = line_end(text, at);
            let raw = &text[at..end];
            let line = raw.trim();
            let start = at + (raw.len() - raw.trim_start().len());
            at = end + 1;
            if line.is_empty() {
                joined = false;
                continue;
            }
            let apart = at >= text.len() || text[at..line_end(text, at)].trim().is_empty();
            let was_joined = std::mem::replace(&mut joined, true);
            let span = Span::new(start, start + line.len());
            return Some(Line { span, text: line, apart, joined: was_joined });
        }
        None
    })
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

impl Line<'_> {
    /// The longest headline.
    pub(super) const HEADLINE: usize = 140;

    /// Whether it may be one of the text's sentences, or the end of one, and no headline.
    pub(super) fn is_sentence(&self) -> bool {
        const WORDS: usize = 4;
        let closed =
            || self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?']);
        let lower = || self.text.contains(char::is_lowercase);
        let question = self.text.ends_with('?') && self.apart;
        self.text.len() > Self::HEADLINE && !self.is_path()
            || closed() && !question && lower() && self.text.split_whitespace().nth(WORDS - 1).is_some()
    }

    /// "1. Home", "> Asia", "• World", or a path.
    pub(super) fn is_breadcrumb(&self) -> bool {
        const LONGEST: usize = 40;
        let line = self.text;
        let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = after_number.len() < line.len() && after_number.starts_with(['.', ')']);
        let bulleted = || line.starts_with(['•', '>', '›', '»', '|', '*', '·']);
        line.len() <= 2 * LONGEST && line.chars().count() <= LONGEST && (numbered || bulleted())
            || self.is_path()
    }

    /// "Home > Asia > Kazakhstan", "News | Sport | Weather".
    fn is_path(&self) -> bool {
        const LONGEST: usize = 240;
        const PART: usize = 30;
        let parts = || self.text.split(['>', '›', '»', '|', '/', '·', '•']).map(str::trim);
        self.text.len() <= LONGEST
            && parts().filter(|part| !part.is_empty()).count() > 2
            && parts().all(|part| part.len() <= PART)
    }

    /// Whether it is as short as an entry of a menu: "World", "Middle East".
    pub(super) fn is_entry(&self) -> bool {
        const LONGEST: usize = 30;
        const WORDS: usize = 2;
        self.text.len() <= LONGEST
            && self.text.split_whitespace().count() <= WORDS
            && !self.text.ends_with(['.', ',', ';', ':', '!', '?'])
    }

    /// Whether it stands as a headline does; `next` is the line after it.
    pub(super) fn is_headline(&self, next: Option<&Line<'_>>) -> bool {
        let line = self.text;
        let goes_on = ends_small(line)
            || !self.apart && next.is_some_and(|next| next.text.starts_with(char::is_lowercase));
        if goes_on || line.len() > 2 * Self::HEADLINE || is_number(line) {
            return false;
        }
        let length = line.chars().count();
        let ends_open = !line.ends_with(['.', '!', ':', ';', ',', '”', '"']);
        let upper = || line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
        length <= Self::HEADLINE && (ends_open && (self.apart || length <= Self::HEADLINE / 2) || upper())
    }

    /// Whether a sentence of the line above goes on here.
    pub(super) fn goes_on(&self, above: Option<&Line<'_>>) -> bool {
        const WRAPPED: usize = 50;
        self.joined
            && self.text.starts_with(char::is_lowercase)
            && above.is_some_and(|above| {
                above.text.len() >= WRAPPED && !above.text.ends_with(['.', '!', '?', ':', '"', '”'])
            })
    }
}

/// Whether the last word is a small one, so that the line cannot end there.
fn ends_small(line: &str) -> bool {
    const SMALL: usize = 3;
    let last = line.split_whitespace().next_back();
    last.is_some_and(|word| word.len() <= SMALL && word.chars().all(char::is_lowercase))
}

/// Dates, hours, counts: at least a third of what is written are digits.
fn is_number(line: &str) -> bool {
    const SHARE: usize = 3;
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits * SHARE >= line.chars().filter(|c| c.is_alphanumeric()).count()
}
