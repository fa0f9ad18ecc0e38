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
        let (start, kind) = first_of(text, at, end)?;
        at = match kind {
            TokenKind::Possessive => start + possessive_length(&text[start..end]),
            TokenKind::Mark => start + text[start..end].chars().next()?.len_utf8(),
            _ => word_end(text, start, end),
        };
        Some(Token { span: Span::new(start, at), kind })
    })
}

/// What an ASCII byte is, or begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Upper,
    Lower,
    Digit,
    Apostrophe,
    Mark,
    /// Outside ASCII.
    Wide,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        classes[byte as usize] = match byte {
            b'A'..=b'Z' => Class::Upper,
            b'a'..=b'z' => Class::Lower,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b' ' | 0x09..=0x0D => Class::Blank,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

#[inline]
fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Where the next token begins, and what it is.
#[inline]
fn first_of(text: &str, at: usize, end: usize) -> Option<(usize, TokenKind)> {
    let bytes = &text.as_bytes()[..end];
    let start = at + bytes[at..].iter().position(|&byte| class(byte) != Class::Blank)?;
    let kind = match class(bytes[start]) {
        Class::Upper => TokenKind::Capitalized,
        Class::Lower => TokenKind::Lower,
        Class::Digit => TokenKind::Number,
        Class::Mark => TokenKind::Mark,
        Class::Blank | Class::Apostrophe | Class::Wide => return first_of_any(text, start, end),
    };
    Some((start, kind))
}

/// The same for every character.
#[cold]
fn first_of_any(text: &str, at: usize, end: usize) -> Option<(usize, TokenKind)> {
    let rest = text[at..end].trim_start();
    let start = end - rest.len();
    let first = rest.chars().next()?;
    Some((start, kind_of(first, rest, text[..start].chars().next_back())))
}

/// One past the word that begins at `start`. Most end with the run of their letters; what may follow within a
/// word is looked at character by character.
#[inline]
fn word_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[start..end];
    let is_letter = |&byte: &u8| matches!(class(byte), Class::Upper | Class::Lower | Class::Digit);
    let run = bytes.iter().position(|byte| !is_letter(byte)).unwrap_or(bytes.len());
    let ends = match bytes.get(run) {
        None => true,
        Some(b'.') => run != 1 && !bytes[0].is_ascii_digit(),
        Some(b',') => !bytes[0].is_ascii_digit(),
        Some(b'\'') => !bytes.get(run + 1).is_some_and(|&next| is_letter(&next) || next >= 0x80),
        Some(&byte) => class(byte) != Class::Wide,
    };
    // "4.U": a point after a letter that a digit precedes still joins.
    let single_last = run > 1 && bytes[run - 2].is_ascii_digit();
    if ends && !(single_last && bytes.get(run) == Some(&b'.')) {
        start + run
    } else {
        start + word_length(&text[start..end])
    }
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
    } else if is_apostrophe(first) && is_possessive(first, rest, before) {
        TokenKind::Possessive
    } else {
        TokenKind::Mark
    }
}

/// Whether an apostrophe begins a possessive: "states'", "Peru's", and "U.S.'s" but not the quote of "left.'".
fn is_possessive(mark: char, rest: &str, before: Option<char>) -> bool {
    let length = possessive_length(rest);
    let with_s = length > mark.len_utf8();
    length > 0 && before.is_none_or(|c| c.is_alphanumeric() || c == '.' && with_s)
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

    #[test]
    fn the_quick_way_agrees_with_a_look_at_every_character() {
        let pieces = ["a", "U", "4", ".", ",", "'", "’", "s", " ", "-", "é", "\u{301}", "\u{ad}", "bc"];
        let count = pieces.len();
        for number in 0..count.pow(5) {
            let text: String = (0..5).map(|at| pieces[number / count.pow(at) % count]).collect();
            let first = text.chars().next().is_some_and(char::is_alphanumeric);
            if first {
                assert_eq!(word_end(&text, 0, text.len()), word_length(&text), "{text:?}");
            }
            let starts = first_of(&text, 0, text.len());
            assert_eq!(starts, first_of_any(&text, 0, text.len()), "{text:?}");
        }
    }
}
