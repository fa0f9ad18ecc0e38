//! Keys: the beginning of a word in one number, by which a filter knows that no name begins so.

use crate::document::Folded;

/// The first letters and digits of a word in folded form, at most eight; of a word in another script the first
/// three bytes. The word of a text and that of a name have the same key if they fold alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64);

pub(super) const HIGH: u64 = all(0x80);
pub(super) const BYTES: usize = size_of::<u64>();
/// How much of a word in a script other than Latin is in its key.
const WIDE: usize = 3;

const fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; BYTES])
}

/// For each of eight bytes its high bit where it is an ASCII letter or digit.
#[inline]
pub(super) fn words(bytes: u64) -> u64 {
    let low = bytes & !HIGH;
    let at_least = |value: u64, byte: u8| value + all(0x80 - byte);
    let folded = low | all(0x20);
    let letter = at_least(folded, b'a') & !at_least(folded, b'z' + 1);
    let digit = at_least(low, b'0') & !at_least(low, b'9' + 1);
    (letter | digit) & !bytes & HIGH
}

impl Key {
    /// The key of the word that begins at `start`.
    #[inline]
    pub(super) fn at(text: &str, start: usize) -> Self {
        if let Some(&bytes) = text.as_bytes()[start..].first_chunk::<BYTES>() {
            let bytes = u64::from_le_bytes(bytes);
            let others = !words(bytes) & HIGH;
            // The high bit of the first byte that is no letter or digit; none if all are.
            let stop = others & others.wrapping_neg();
            // What is outside ASCII may fold to letters and goes the long way, as does "&ocirc;".
            let ampersand = bytes ^ all(b'&');
            let reference = ampersand.wrapping_sub(all(1)) & !ampersand;
            if (bytes | reference) & stop == 0 {
                return Self((bytes | all(0x20)) & (stop >> 7).wrapping_sub(1));
            }
        }
        Self::slowly(text, start)
    }

    #[cold]
    fn slowly(text: &str, start: usize) -> Self {
        let mut folded = Folded::new(text, start);
        let mut key = [0; BYTES];
        let mut wide = false;
        for (at, place) in key.iter_mut().enumerate() {
            let Some(byte) = folded.next_byte() else { break };
            wide |= at == 0 && byte >= 0x80;
            if if wide { at >= WIDE } else { !byte.is_ascii_alphanumeric() } {
                break;
            }
            *place = byte;
        }
        Self(u64::from_le_bytes(key))
    }

    /// How many bytes of its word are in it.
    #[inline]
    pub(super) fn len(self) -> usize {
        BYTES - self.0.leading_zeros() as usize / 8
    }

    /// One key for two words that follow each other.
    #[inline]
    pub(super) fn with(self, next: Self) -> Self {
        Self((self.0 ^ next.0.rotate_left(29)).wrapping_mul(0xC2B2_AE3D_27D4_EB4F))
    }

    /// A hash of `bits` bits.
    #[inline]
    pub(super) fn hash(self, bits: u32) -> usize {
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - bits)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_counts_as_it_folds() {
        let key = |text: &str| Key::at(text, 0);
        for (one, other) in [
            ("Iran left the pact", "IRAN"),
            ("presidents met", "Presidential"),
            ("Co\u{302}te d'Ivoire", "cote"),
            ("C&ocirc;te d'Ivoire", "cote"),
            ("R&D in Peru", "r"),
            ("U.S. troops came", "u"),
            ("ＮＡＴＯ said that", "nato"),
            ("中国和哈萨克斯坦", "中国"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
        assert_ne!(key("Peru said it"), key("Perugia said"));
    }
}
