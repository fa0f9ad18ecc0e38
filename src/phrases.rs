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
    /// For each word the place in `groups`, counted from one, of the phrases that begin with it.
    places: Vec<u32>,
    groups: Vec<Vec<Phrase<T>>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { places: Vec::new(), groups: Vec::new() }
    }
}

impl<T: Copy> Phrases<T> {
    /// The phrases of a table, with their words numbered.
    pub(crate) fn of<'w>(rows: impl IntoIterator<Item = &'w (String, T)>, lexicon: &mut Lexicon) -> Self
    where
        T: 'w,
    {
        let mut phrases = Self::default();
        for (words, value) in rows {
            phrases.insert(lexicon.intern_phrase(words), *value);
        }
        phrases
    }
}

impl<T> Phrases<T> {
    pub(crate) fn insert(&mut self, phrase: Box<[Word]>, value: T) {
        let Some(&first) = phrase.first() else { return };
        if self.places.len() <= first as usize {
            self.places.resize(first as usize + 1, 0);
        }
        let place = &mut self.places[first as usize];
        if *place == 0 {
            self.groups.push(Vec::new());
            *place = self.groups.len() as u32;
        }
        self.groups[*place as usize - 1].push((phrase, value));
    }

    /// The words that phrases begin with.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = Word> {
        self.groups.iter().map(|group| group[0].0[0])
    }

    /// All phrases.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &[Word]> {
        self.groups.iter().flatten().map(|(phrase, _)| &**phrase)
    }

    /// All phrases that `words` begins with.
    #[inline]
    pub(crate) fn matches<'p>(&'p self, words: &[Word]) -> impl Iterator<Item = (usize, &'p T)> {
        let place = words.first().and_then(|&first| self.places.get(first as usize));
        let group = place.and_then(|&place| place.checked_sub(1)).map(|at| &self.groups[at as usize]);
        let begins = move |phrase: &[Word]| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a == b)
        };
        let listed = group.into_iter().flatten().filter(move |(phrase, _)| begins(phrase));
        listed.map(|(phrase, value)| (phrase.len(), value))
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
