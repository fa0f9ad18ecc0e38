//! The filter before the automata: it knows of nearly all words that no name begins there.

use super::key::{BYTES, Key};

/// How many keys a table tells apart, in bits.
const UPPER: u32 = 17;
const LOWER: u32 = 14;
const PAIRS: u32 = 18;

/// What is known of first words, and of first words with those that follow them.
#[derive(Debug)]
pub(super) struct Filter {
    /// Of words that begin with a capital.
    upper: Table<UPPER>,
    /// Of others.
    lower: Table<LOWER>,
    pairs: Table<PAIRS>,
}

/// Two bits for each hash of a key.
#[derive(Debug)]
struct Table<const BITS: u32>(Box<[u64]>);

/// A name may begin so, whatever follows.
const ALONE: u64 = 1;
/// A name begins so if a blank and a certain word follow.
const PAIRED: u64 = 2;

impl<const BITS: u32> Table<BITS> {
    fn new() -> Self {
        Self(vec![0; (2 << BITS) / 64].into_boxed_slice())
    }

    fn insert(&mut self, key: Key, what: u64) {
        let bit = 2 * key.hash(BITS);
        self.0[bit / 64] |= what << (bit % 64);
    }

    #[inline]
    fn get(&self, key: Key) -> u64 {
        let bit = 2 * key.hash(BITS);
        self.0[bit / 64] >> (bit % 64) & (ALONE | PAIRED)
    }
}

impl Filter {
    pub(super) fn new() -> Self {
        Self { upper: Table::new(), lower: Table::new(), pairs: Table::new() }
    }

    /// Takes in a folded name; `lower` if it may begin in lower case.
    pub(super) fn insert(&mut self, name: &str, lower: bool) {
        let first = Key::at(name, 0);
        let rest = name.as_bytes().get(first.len()).filter(|&&next| next == b' ' && first.len() < BYTES);
        let what = if rest.is_some() { PAIRED } else { ALONE };
        if rest.is_some() {
            self.pairs.insert(first.with(Key::at(name, first.len() + 1)), ALONE);
        }
        self.upper.insert(first, what);
        if lower {
            self.lower.insert(first, what);
        }
    }

    /// Whether a name may begin at the word at `start`, whose key is given.
    #[inline]
    pub(super) fn passes(&self, text: &str, start: usize, key: Key, upper: bool) -> bool {
        let known = if upper { self.upper.get(key) } else { self.lower.get(key) };
        known & ALONE != 0 || known != 0 && self.next_fits(text, start, key)
    }

    /// Whether the word that follows is one that follows in a name. What stands between two words may fold to one
    /// blank in many ways; all but a plain blank are let through.
    fn next_fits(&self, text: &str, start: usize, key: Key) -> bool {
        match text.as_bytes().get(start + key.len()..) {
            Some([b' ', next, ..]) if next.is_ascii_graphic() => {
                self.pairs.get(key.with(Key::at(text, start + key.len() + 1))) != 0
            }
            // "&nbsp;" is a blank too.
            Some([between, ..]) => {
                !between.is_ascii_graphic() || between.is_ascii_alphanumeric() || *between == b'&'
            }
            _ => false,
        }
    }
}
