//! Words as small numbers, and phrases of them.

use rustc_hash::FxHashMap;

use crate::document::{Span, Token, fold_into, tokens};

/// A word the tables know; zero is any other.
pub(crate) type Word = u32;

/// The word that no table knows.
pub(crate) const UNKNOWN: Word = 0;

/// The words that tables and rules speak of, in folded form.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, Word>,
}

impl Lexicon {
    /// The number of a word already in folded form, a new one if need be.
    pub(crate) fn intern(&mut self, folded: &str) -> Word {
        if let Some(&word) = self.words.get(folded) {
            return word;
        }
        let word = self.words.len() as Word + 1;
        self.words.insert(folded.into(), word);
        word
    }

    /// The numbers of a phrase's words, cut as text is cut.
    pub(crate) fn intern_phrase(&mut self, phrase: &str) -> Box<[Word]> {
        let mut folded = String::new();
        fold_into(phrase, &mut folded);
        tokens(&folded, Span::new(0, folded.len())).map(|token| self.intern(token.span.of(&folded))).collect()
    }

    /// The number of a word of a text. `buffer` is for folding and may hold anything.
    pub(crate) fn get(&self, text: &str, token: Token, buffer: &mut String) -> Word {
        buffer.clear();
        let word = token.span.of(text);
        if word.is_ascii() {
            buffer.push_str(word);
            buffer.make_ascii_lowercase();
        } else {
            fold_into(word, buffer);
        }
        self.words.get(buffer.as_str()).copied().unwrap_or(UNKNOWN)
    }
}

/// The words of a phrase and what belongs to it.
type Phrase<T> = (Box<[Word]>, T);

/// Phrases with something that belongs to each.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    by_first: FxHashMap<Word, Vec<Phrase<T>>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T> Phrases<T> {
    pub(crate) fn insert(&mut self, phrase: Box<[Word]>, value: T) {
        if let Some(&first) = phrase.first() {
            self.by_first.entry(first).or_default().push((phrase, value));
        }
    }

    /// The words that phrases begin with.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = Word> {
        self.by_first.keys().copied()
    }

    /// All phrases.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &[Word]> {
        self.by_first.values().flatten().map(|(phrase, _)| &**phrase)
    }

    /// All phrases that `words` begins with.
    pub(crate) fn matches<'p>(&'p self, words: &[Word]) -> impl Iterator<Item = (usize, &'p T)> {
        let first = words.first().filter(|&&word| word != UNKNOWN);
        let listed = first.and_then(|first| self.by_first.get(first)).into_iter().flatten();
        listed.filter(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, value)| (phrase.len(), value))
    }

    /// The longest phrase that `words` begins with.
    pub(crate) fn longest(&self, words: &[Word]) -> Option<(usize, &T)> {
        self.matches(words).max_by_key(|(length, _)| *length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let mut lexicon = Lexicon::default();
        let mut phrases = Phrases::default();
        for phrase in ["president", "president-elect"] {
            phrases.insert(lexicon.intern_phrase(phrase), phrase);
        }
        let words = lexicon.intern_phrase("President-elect");
        assert_eq!(phrases.longest(&words), Some((3, &"president-elect")));
        assert_eq!(phrases.longest(&words[1..]), None);
    }
}
