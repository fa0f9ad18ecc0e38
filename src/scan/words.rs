//! Where words begin.

use super::key::{HIGH, words};

/// The byte positions at which words begin, each with whether it may begin a name that wants a capital.
///
/// Eight bytes are looked at in one step, with arithmetic on the whole; only where a character outside ASCII
/// is near are characters looked at. A word in a script without cases counts as beginning with a capital.
pub(crate) struct WordStarts<'t> {
    text: &'t str,
    /// First byte of the next block.
    next: usize,
    /// First byte of the block whose possible starts are in `mask`.
    base: usize,
    /// One bit for each byte of the block at which a word may begin.
    mask: u64,
    /// Whether the byte before `next` is an ASCII letter or digit.
    inside: bool,
}

const BLOCK: usize = 64;

impl<'t> WordStarts<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, next: 0, base: 0, mask: 0, inside: false }
    }

    fn read_block(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        if self.next >= bytes.len() {
            return false;
        }
        let (word, lead) = match bytes.get(self.next..self.next + BLOCK) {
            Some(block) => masks(block),
            None => {
                let mut block = [b' '; BLOCK];
                let rest = &bytes[self.next..];
                block[..rest.len()].copy_from_slice(rest);
                masks(&block)
            }
        };
        self.mask = (word | lead) & !(word << 1 | u64::from(self.inside));
        self.inside = word >> (BLOCK - 1) == 1;
        self.base = self.next;
        self.next += BLOCK;
        true
    }

    /// Whether a word begins at `at`, where a character outside ASCII stands at or before it.
    #[cold]
    fn check(&self, at: usize) -> Option<(usize, bool)> {
        let first = self.text[at..].chars().next()?;
        // Only a letter looks back, so that each run of marks is passed over once.
        if !first.is_alphanumeric() {
            return None;
        }
        // Marks and soft hyphens belong to whatever they follow.
        let before = self.text[..at].chars().rev().find(|&c| !is_mark(c));
        (!before.is_some_and(joins)).then_some((at, !first.is_lowercase()))
    }
}

/// Whether a character belongs to whatever it follows: marks and soft hyphens.
pub(super) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || c == '\u{ad}'
}

/// Whether a word goes on from this character to a letter after it. In scripts that are written without blanks
/// a word may begin and end anywhere.
pub(super) fn joins(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{323af}')
}

/// For each byte of a block whether it is an ASCII letter or digit, and whether it leads a longer character.
fn masks(block: &[u8]) -> (u64, u64) {
    let (mut inside, mut leads) = (0, 0);
    for (at, &chunk) in block.as_chunks::<8>().0.iter().enumerate() {
        let bytes = u64::from_le_bytes(chunk);
        inside |= bits(words(bytes)) << (8 * at);
        leads |= bits(bytes & bytes << 1 & HIGH) << (8 * at);
    }
    (inside, leads)
}

/// Gathers the high bits of eight bytes into one byte.
fn bits(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

impl Iterator for WordStarts<'_> {
    type Item = (usize, bool);

    #[inline]
    fn next(&mut self) -> Option<(usize, bool)> {
        loop {
            while self.mask == 0 {
                if !self.read_block() {
                    return None;
                }
            }
            let at = self.base + self.mask.trailing_zeros() as usize;
            self.mask &= self.mask - 1;
            let bytes = self.text.as_bytes();
            let plain = bytes[at] < 0x80 && at.checked_sub(1).is_none_or(|before| bytes[before] < 0x80);
            if plain {
                return Some((at, !bytes[at].is_ascii_lowercase()));
            }
            if let Some(start) = self.check(at) {
                return Some(start);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(text: &str) -> Vec<(usize, bool)> {
        let mut inside = false;
        let mut found = Vec::new();
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() && !inside {
                found.push((at, !c.is_lowercase()));
            }
            inside = joins(c) || inside && is_mark(c);
        }
        found
    }

    #[test]
    fn agrees_with_a_look_at_every_character() {
        let text = "A,B “Élysée”—Kyrgyzstan’s 28th état; co\u{302}te İran 中国 x_y G7 e\u{ad}u ";
        for cut in text.char_indices().map(|(at, _)| at) {
            let text = text[cut..].repeat(5);
            let naive: Vec<_> = naive(&text).into_iter().filter(|&(at, _)| at > 0).collect();
            assert_eq!(WordStarts::new(&text).filter(|&(at, _)| at > 0).collect::<Vec<_>>(), naive);
        }
    }
}
