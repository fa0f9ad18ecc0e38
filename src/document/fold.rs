//! Folding: the form of characters in which names and text are compared.
//!
//! Case, diacritics, curly quotes, kinds of dashes, compatibility forms and runs of white space make no
//! difference to which name a text holds. Names are folded when the gazetteer is indexed, text while it is
//! walked, both by [`Folded`], so that spans need no map back to the original.

use super::entity::reference;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a whole string.
///
/// ```
/// use accede::fold;
/// assert_eq!(fold("Côte d’Ivoire"), "cote d'ivoire");
/// assert_eq!(fold("Soviet\n  Union"), "soviet union");
/// assert_eq!(fold("İstanbul"), "istanbul");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.contains('&') && text.contains(';') {
        return fold_references(text, out);
    }
    let mut blank = false;
    let mut give = |c: char| {
        if c != ' ' || !blank {
            out.push(c);
        }
        blank = c == ' ';
    };
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(b'&') => give('&'),
            Ok(byte @ 0..0x80) => give(char::from(FOLDED[usize::from(byte)])),
            _ => fold_char(c, &mut give),
        }
    }
}

/// The same for a text with HTML's references to characters in it.
fn fold_references(text: &str, out: &mut String) {
    let mut folded = Folded::new(text, 0);
    let bytes: Vec<u8> = std::iter::from_fn(|| folded.next_byte()).collect();
    // Folding maps characters to whole characters, so this never replaces anything.
    out.push_str(&String::from_utf8_lossy(&bytes));
}

/// Walks a text from a given byte and gives its folded bytes one by one.
///
/// [`Folded::position`] is the byte of the original text that follows what has been given so far.
#[derive(Debug, Clone)]
pub struct Folded<'t> {
    text: &'t str,
    at: usize,
    blank: bool,
    /// What is left of a character outside ASCII; most texts never need it.
    pending: Option<Pending>,
}

/// The folding of one character, of which some bytes have been given.
#[derive(Debug, Clone)]
struct Pending {
    bytes: [u8; PENDING],
    given: u8,
    filled: u8,
}

/// The longest folding of one character: U+FDFA takes 33 bytes apart from its blanks.
const PENDING: usize = 48;

/// Stands for what takes a closer look.
const OTHER: u8 = 0xff;

/// What a byte folds to; white space becomes a blank. What is outside ASCII and "&" take a closer look.
static FOLDED: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        table[byte] = if c.is_ascii_whitespace() || c == 0x0B { b' ' } else { c.to_ascii_lowercase() };
        byte += 1;
    }
    table[b'&' as usize] = OTHER;
    table
};

impl<'t> Folded<'t> {
    /// Starts at byte `at` of `text`, which must be a character boundary.
    pub fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, blank: false, pending: None }
    }

    /// The position in the original text after the bytes given so far, inside no character.
    #[inline]
    pub fn position(&self) -> usize {
        self.at
    }

    /// Whether all folded bytes of the characters read so far have been given.
    #[inline]
    pub fn between_characters(&self) -> bool {
        self.pending.is_none()
    }

    /// The next folded byte, or `None` at the end.
    #[inline]
    pub fn next_byte(&mut self) -> Option<u8> {
        loop {
            if let Some(pending) = &mut self.pending {
                let byte = pending.bytes[usize::from(pending.given)];
                pending.given += 1;
                if pending.given == pending.filled {
                    self.pending = None;
                }
                return Some(byte);
            }
            let &byte = self.text.as_bytes().get(self.at)?;
            let folded = FOLDED[usize::from(byte)];
            if folded == OTHER {
                self.read_other();
                continue;
            }
            self.at += 1;
            if folded == b' ' {
                if self.blank {
                    continue;
                }
                self.blank = true;
            } else {
                self.blank = false;
            }
            return Some(folded);
        }
    }

    #[cold]
    fn read_other(&mut self) {
        let rest = &self.text[self.at..];
        let character = || rest.chars().next().map(|c| (c, c.len_utf8()));
        let Some((c, length)) = reference(rest).or_else(character) else { return };
        self.at += length;
        let mut pending = Pending { bytes: [0; PENDING], given: 0, filled: 0 };
        fold_char(c, &mut |c| {
            let again = c == ' ' && self.blank;
            self.blank = c == ' ';
            let filled = usize::from(pending.filled);
            if !again && filled + c.len_utf8() <= PENDING {
                pending.filled += c.encode_utf8(&mut pending.bytes[filled..]).len() as u8;
            }
        });
        self.pending = (pending.filled > 0).then_some(pending);
    }
}

/// Gives the characters that `c` folds to; none for marks and invisible characters.
fn fold_char(c: char, give: &mut impl FnMut(char)) {
    for part in std::iter::once(c).nfkd().filter(|&part| !is_combining_mark(part)) {
        for lower in part.to_lowercase().filter(|&lower| !is_combining_mark(lower)) {
            match lower {
                c if c.is_whitespace() => give(' '),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                '‘' | '’' | '‚' | '‛' | '′' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '´' | '`' => {
                    give('\'')
                }
                '“' | '”' | '„' | '‟' | '″' | '«' | '»' => give('"'),
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => give('-'),
                'ß' => "ss".chars().for_each(&mut *give),
                'æ' => "ae".chars().for_each(&mut *give),
                'œ' => "oe".chars().for_each(&mut *give),
                'þ' => "th".chars().for_each(&mut *give),
                'ø' => give('o'),
                'đ' | 'ð' => give('d'),
                'ł' => give('l'),
                'ı' => give('i'),
                'ħ' => give('h'),
                c => give(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_difference() {
        for (text, folded) in [
            ("Kyrgyzstan", "kyrgyzstan"),
            ("Sa\u{303}o Tome\u{301}", "sao tome"),
            ("São Tomé", "sao tome"),
            ("Kazakh\u{ad}stan", "kazakhstan"),
            ("Franco\u{2011}German", "franco-german"),
            ("ＮＡＴＯ", "nato"),
            ("Great\u{a0}\n Britain", "great britain"),
            ("“Łódź”", "\"lodz\""),
            ("Straße", "strasse"),
            ("U.S.", "u.s."),
            ("Bosnia &amp; Herzegovina", "bosnia & herzegovina"),
            ("Bosnia & Herzegovina", "bosnia & herzegovina"),
            ("C&ocirc;te&nbsp;d&#8217;Ivoire", "cote d'ivoire"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn a_walk_gives_the_same_bytes() {
        let text = "A\u{a0} B\n\nStraße ﷺ Côte d’Ivoire \u{ad}x";
        let mut folded = Folded::new(text, 0);
        let bytes: Vec<u8> = std::iter::from_fn(|| folded.next_byte()).collect();
        assert_eq!(bytes, fold(text).into_bytes());
    }

    #[test]
    fn positions_are_those_of_the_original() {
        let mut folded = Folded::new("Côte d", 0);
        let ends: Vec<_> =
            std::iter::from_fn(|| folded.next_byte().map(|byte| (byte as char, folded.position()))).collect();
        assert_eq!(ends, [('c', 1), ('o', 3), ('t', 4), ('e', 5), (' ', 6), ('d', 7)]);
    }

    #[test]
    fn no_character_overflows() {
        for c in '\u{80}'..=char::MAX {
            let mut bytes = 0;
            fold_char(c, &mut |part| bytes += part.len_utf8());
            assert!(bytes <= PENDING, "{c:?} folds to {bytes} bytes");
        }
    }
}
