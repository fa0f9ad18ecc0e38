//! Tokens: words, numbers and marks of a sentence.

use super::Span;

/// One word, number or mark, with where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word that begins with a capital, or in a script without them.
    Capitalized,
    /// Another word.
    Lower,
    /// Something that begins with a digit.
    Number,
    /// The possessive ending, `'s` or `’s`, or the apostrophe alone after an s.
    Possessive,
    /// Any other single mark.
    Mark,
}

/// The tokens of `span` in `text`.
///
/// A word is a run of letters, digits and marks; points between single letters belong to it ("U.S."), as
/// does an apostrophe between letters other than the possessive ("d'Ivoire"). Hyphens divide.
///
/// ```
/// use accede::{tokens, Span};
/// let text = "Kazakhstan's 28th ex-PM, O’Neil of the U.S., left";
/// let words: Vec<_> = tokens(text, Span::new(0, text.len())).map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["Kazakhstan", "'s", "28th", "ex", "-", "PM", ",", "O’Neil", "of", "the", "U.S.", ",", "left"]);
/// ```
pub fn tokens(text: &str, span: Span) -> impl Iterator<Item = Token> + '_ {
    let mut at = span.start as usize;
    let end = span.end as usize;
    std::iter::from_fn(move || {
        let rest = &text[at..end];
        let skipped = rest.len() - rest.trim_start().len();
        let start = at + skipped;
        let first = rest[skipped..].chars().next()?;
        let kind = kind_of(first, &rest[skipped..], text[..start].chars().next_back());
        let length = match kind {
            TokenKind::Possessive => possessive_length(&rest[skipped..]),
            TokenKind::Mark => first.len_utf8(),
            _ => word_length(&rest[skipped..]),
        };
        at = start + length;
        Some(Token { span: Span::new(start, at), kind })
    })
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn kind_of(first: char, rest: &str, before: Option<char>) -> TokenKind {
    if first.is_ascii_digit() {
        TokenKind::Number
    } else if first.is_lowercase() {
        TokenKind::Lower
    } else if first.is_alphabetic() {
        TokenKind::Capitalized
    } else if is_apostrophe(first) && before.is_none_or(char::is_alphanumeric) && possessive_length(rest) > 0
    {
        TokenKind::Possessive
    } else {
        TokenKind::Mark
    }
}

/// Length of `'s` at a word's end, or of the bare apostrophe before a blank.
fn possessive_length(rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(mark) = chars.next() else { return 0 };
    match (chars.next(), chars.next()) {
        (Some('s' | 'S'), after) if !after.is_some_and(char::is_alphanumeric) => mark.len_utf8() + 1,
        (Some(after), _) if after.is_whitespace() => mark.len_utf8(),
        _ => 0,
    }
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut run = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = next.is_some_and(char::is_alphanumeric);
        let part = c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || c == '\u{ad}'
            || c == '.' && run == 1 && (inside || rest[..at].contains('.'))
            || is_apostrophe(c) && inside && possessive_length(&rest[at..]) == 0
            || matches!(c, '.' | ',')
                && inside
                && next.is_some_and(|n| n.is_ascii_digit())
                && rest.starts_with(|f: char| f.is_ascii_digit());
        if !part {
            break;
        }
        run = if c.is_alphabetic() { run + 1 } else { 0 };
        length = at + c.len_utf8();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len())).map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn points_and_apostrophes() {
        assert_eq!(words("the states' fleet"), ["the", "states", "'", "fleet"]);
        assert_eq!(words("in 1999. On"), ["in", "1999", ".", "On"]);
        assert_eq!(words("3.5 and 12,000."), ["3.5", "and", "12,000", "."]);
        assert_eq!(words("Côte d’Ivoire’s"), ["Côte", "d’Ivoire", "’s"]);
        assert_eq!(words("George W. Bush"), ["George", "W", ".", "Bush"]);
        assert_eq!(words("A,B"), ["A", ",", "B"]);
    }
}
