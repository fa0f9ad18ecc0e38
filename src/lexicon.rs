//! The words that tables and rules speak of, as small numbers.

use rustc_hash::FxHashMap;

use crate::document::{Span, Token, TokenKind, fold_into, tokens};

/// A word the tables know; zero is any other.
pub(crate) type Word = u32;

/// The word that no table knows.
pub(crate) const UNKNOWN: Word = 0;

/// A hash of a folded word, known of every word of a text.
pub(crate) type WordHash = u32;

/// Up to this many bytes a word is one number.
const PACKED: usize = size_of::<u128>();

/// The words that tables and rules speak of, in folded form.
///
/// Most words of a text are ASCII and no longer than sixteen bytes: these are looked up as one number in a
/// table of open addressing, without a copy or a call. The others go through a map.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lexicon {
    /// A power of two of slots, no more than half in use: the place of a key, counted from one, below some bits of
    /// its hash, by which nearly all other words are told apart without a look at their keys.
    slots: Vec<u32>,
    keys: Vec<(u128, Word)>,
    long: FxHashMap<Box<str>, Word>,
    count: Word,
}

/// The bits of a slot that hold a place; so many words no language's tables have.
const PLACE: u32 = (1 << 20) - 1;

impl Lexicon {
    /// The number of a word already in folded form, a new one if need be.
    pub(crate) fn intern(&mut self, folded: &str) -> Word {
        let known = self.find(folded).0;
        if known != UNKNOWN || folded.is_empty() {
            return known;
        }
        self.count += 1;
        match pack(folded.as_bytes()) {
            None => {
                self.long.insert(folded.into(), self.count);
            }
            Some(key) => {
                self.keys.push((key, self.count));
                if 2 * self.keys.len() > self.slots.len() {
                    self.grow();
                } else {
                    self.put(self.keys.len());
                }
            }
        }
        self.count
    }

    /// The numbers of a phrase's words, cut as text is cut.
    pub(crate) fn intern_phrase(&mut self, phrase: &str) -> Box<[Word]> {
        let mut folded = String::new();
        fold_into(phrase, &mut folded);
        tokens(&folded, Span::new(0, folded.len())).map(|token| self.intern(token.span.of(&folded))).collect()
    }

    /// The number and hash of a word of a text. `buffer` is for folding and may hold anything.
    #[inline]
    pub(crate) fn read(&self, text: &str, token: Token, buffer: &mut String) -> (Word, WordHash) {
        match pack_token(text, token) {
            Some(key) => (self.get(key), hash(key)),
            None => {
                buffer.clear();
                fold_into(token.span.of(text), buffer);
                self.find(buffer)
            }
        }
    }

    /// The tokens of a piece of text and their numbers.
    pub(crate) fn read_all(&self, text: &str, span: Span) -> (Vec<Token>, Vec<Word>) {
        let mut buffer = String::new();
        tokens(text, span).map(|token| (token, self.read(text, token, &mut buffer).0)).unzip()
    }

    /// The number and hash of a word in folded form.
    fn find(&self, folded: &str) -> (Word, WordHash) {
        match pack(folded.as_bytes()) {
            Some(key) => (self.get(key), hash(key)),
            None => (self.long.get(folded).copied().unwrap_or(UNKNOWN), hash_of(folded)),
        }
    }

    #[inline]
    fn get(&self, key: u128) -> Word {
        let Some(last) = self.slots.len().checked_sub(1) else { return UNKNOWN };
        let hash = hash(key);
        let mut at = hash as usize & last;
        while self.slots[at] != 0 {
            if (self.slots[at] ^ hash) & !PLACE == 0 {
                let (known, word) = self.keys[(self.slots[at] & PLACE) as usize - 1];
                if known == key {
                    return word;
                }
            }
            at = (at + 1) & last;
        }
        UNKNOWN
    }

    /// Fills a slot for the key at a place, counted from one.
    fn put(&mut self, place: usize) {
        let last = self.slots.len() - 1;
        let hash = hash(self.keys[place - 1].0);
        let mut at = hash as usize & last;
        while self.slots[at] != 0 {
            at = (at + 1) & last;
        }
        self.slots[at] = hash & !PLACE | place as u32 & PLACE;
    }

    fn grow(&mut self) {
        self.slots = vec![0; (2 * self.slots.len()).max(1 << 14)];
        (1..=self.keys.len()).for_each(|place| self.put(place));
    }
}

/// Something for some of the words, found without hashing.
#[derive(Debug, Clone)]
pub(crate) struct WordTable<T>(Vec<Option<T>>);

impl<T> Default for WordTable<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> WordTable<T> {
    pub(crate) fn insert(&mut self, word: Word, value: T) {
        let at = word as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = Some(value);
    }

    #[inline]
    pub(crate) fn get(&self, word: Word) -> Option<T> {
        self.0.get(word as usize).copied().flatten()
    }
}

impl<T: Copy> FromIterator<(Word, T)> for WordTable<T> {
    fn from_iter<I: IntoIterator<Item = (Word, T)>>(rows: I) -> Self {
        let mut table = Self::default();
        rows.into_iter().for_each(|(word, value)| table.insert(word, value));
        table
    }
}

/// Which words may be in a set, told from their hashes: one that it does not hold is not there.
#[derive(Debug, Clone)]
pub(crate) struct HashFilter(Box<[u64]>);

/// Its size in bits, enough for some tens of thousands of words.
const FILTER: u32 = 1 << 20;

impl HashFilter {
    /// The filter of some words in folded form.
    pub(crate) fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut bits = vec![0; (FILTER / u64::BITS) as usize].into_boxed_slice();
        for bit in words.into_iter().map(|word| hash_of(word) % FILTER) {
            bits[(bit / u64::BITS) as usize] |= 1 << (bit % u64::BITS);
        }
        Self(bits)
    }

    #[inline]
    pub(crate) fn may_hold(&self, hash: WordHash) -> bool {
        let bit = hash % FILTER;
        self.0[(bit / u64::BITS) as usize] >> (bit % u64::BITS) & 1 == 1
    }
}

/// The hash of a word in folded form, the same that [`Lexicon::read`] gives.
pub(crate) fn hash_of(folded: &str) -> WordHash {
    let bytes = folded.as_bytes();
    pack(bytes).map_or_else(
        || {
            let step = |sum: u64, &byte: &u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            (bytes.iter().fold(0xCBF2_9CE4_8422_2325, step) >> 32) as WordHash
        },
        hash,
    )
}

#[inline]
fn hash(key: u128) -> WordHash {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mixed = low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    ((mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32) as WordHash
}

/// The bytes of a short word as one number.
fn pack(folded: &[u8]) -> Option<u128> {
    let mut bytes = [0; PACKED];
    bytes.get_mut(..folded.len())?.copy_from_slice(folded);
    Some(u128::from_le_bytes(bytes))
}

/// The same of a short ASCII word of a text, which is folded on the way: but for marks, which stand alone, the
/// bytes of a token are letters, digits, points, commas and apostrophes, of which only letters change.
#[inline]
fn pack_token(text: &str, token: Token) -> Option<u128> {
    let (start, len) = (token.span.start as usize, token.span.len());
    let rest = &text.as_bytes()[start..];
    let bytes = match rest.first_chunk::<PACKED>() {
        Some(&bytes) if len <= PACKED => u128::from_le_bytes(bytes),
        None if len <= PACKED => pack(rest)?,
        _ => return None,
    };
    let inside = if len == PACKED { u128::MAX } else { (1 << (8 * len)) - 1 };
    let blanks = if token.kind == TokenKind::Mark { 0 } else { all(b' ') };
    (bytes & inside & all(0x80) == 0).then_some((bytes | blanks) & inside)
}

const fn all(byte: u8) -> u128 {
    u128::from_ne_bytes([byte; PACKED])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_text_are_those_of_the_tables() {
        let mut lexicon = Lexicon::default();
        let known = ["treaty", "o'neil", "u.s.", "'s", "[", "12,000", "internationalisation", "cote", "a"];
        for word in known {
            lexicon.intern(word);
        }
        let text = "TREATY O’Neil O'Neil U.S.’s [ { 12,000 Internationalisation Côte treat A";
        let read: Vec<_> = tokens(text, Span::new(0, text.len()))
            .map(|token| lexicon.read(text, token, &mut String::new()))
            .collect();
        let words: Vec<_> = read.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, [1, 2, 2, 3, 4, 5, 0, 6, 7, 8, 0, 9]);
        assert_eq!(read[8].1, hash_of("internationalisation"));
        assert_eq!(read[9].1, hash_of("cote"));
    }

    #[test]
    fn growing_loses_nothing() {
        let mut lexicon = Lexicon::default();
        let words: Vec<_> = (0..20_000).map(|number| format!("w{number}")).collect();
        let numbers: Vec<_> = words.iter().map(|word| lexicon.intern(word)).collect();
        let again: Vec<_> = words.iter().map(|word| lexicon.intern(word)).collect();
        assert_eq!(numbers, again);
    }
}
