//! Phrases as rows of words.

use crate::lexicon::{Lexicon, Word};

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

    /// Whether a phrase begins with a word.
    #[inline]
    pub(crate) fn begins(&self, word: Word) -> bool {
        self.places.get(word as usize).is_some_and(|&place| place > 0)
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
