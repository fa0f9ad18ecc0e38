//! What rules have said in a sentence: later rules leave the same words on the same pair alone.

use rustc_hash::FxHashMap;

use crate::document::Span;
use crate::gazetteer::EntityId;

/// Subject and object.
pub(super) type Pair = [Option<EntityId>; 2];

/// What was said of each pair, by where: a look at a place costs the same however long the sentence is.
#[derive(Debug, Default)]
pub(super) struct Said<'r> {
    by_place: FxHashMap<(Pair, u32), Vec<(Span, &'r str)>>,
}

/// Places are pieces of so many bytes.
const PIECE: u32 = 256;

fn places(words: Span) -> std::ops::RangeInclusive<u32> {
    words.start / PIECE..=words.end / PIECE
}

impl<'r> Said<'r> {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.by_place.clear();
    }

    /// Whether another rule has said something of a pair in some of these words.
    pub(super) fn by_another(&self, pair: Pair, words: Span, rule: &str) -> bool {
        let at = |place| self.by_place.get(&(pair, place)).into_iter().flatten();
        places(words).flat_map(at).any(|(other, by)| *by != rule && other.overlaps(words))
    }

    pub(super) fn add(&mut self, pair: Pair, words: Span, rule: &'r str) {
        for place in places(words) {
            self.by_place.entry((pair, place)).or_default().push((words, rule));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_on_the_same_pair_are_taken() {
        let pair = [Some(EntityId(1)), Some(EntityId(2))];
        let mut said = Said::default();
        said.add(pair, Span::new(100, 700), "one");
        assert!(said.by_another(pair, Span::new(650, 660), "other"));
        assert!(!said.by_another(pair, Span::new(650, 660), "one"));
        assert!(!said.by_another(pair, Span::new(700, 720), "other"));
        assert!(!said.by_another([pair[0], None], Span::new(650, 660), "other"));
    }
}
