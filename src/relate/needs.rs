//! What a sentence must hold for a rule to be tried at all.

use rustc_hash::FxHashMap;

use super::item::{ItemKind, Items};
use crate::gazetteer::Kind;
use crate::lexicon::{Word, WordTable};

/// What every match of a pattern holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    /// Of each of these sets at least one word.
    pub(super) words: Vec<Vec<Word>>,
    /// Kinds of items, as bits of [`Kinds`].
    pub(super) kinds: Kinds,
}

impl Needs {
    /// What both need together.
    pub(super) fn and(&mut self, other: Needs) {
        self.words.extend(other.words);
        self.kinds |= other.kinds;
    }

    /// What one of several needs, whichever it is.
    pub(super) fn of_any(alternatives: Vec<Needs>) -> Self {
        let kinds = alternatives.iter().map(|needs| needs.kinds).reduce(|a, b| a & b).unwrap_or_default();
        let smallest = |needs: &Needs| needs.words.iter().min_by_key(|set| set.len()).cloned();
        let sets: Option<Vec<_>> = alternatives.iter().map(smallest).collect();
        Self { words: sets.map(|sets| sets.concat()).into_iter().collect(), kinds }
    }
}

/// Kinds of items that a sentence holds or a pattern needs: one bit for each.
pub(super) type Kinds = u16;
pub(super) const STATES: Kinds = 1;
pub(super) const ADJECTIVES: Kinds = 1 << 1;
pub(super) const ORGANIZATIONS: Kinds = 1 << 2;
pub(super) const TREATIES: Kinds = 1 << 3;
pub(super) const BODIES: Kinds = 1 << 4;
pub(super) const PERSONS: Kinds = 1 << 5;
pub(super) const TITLES: Kinds = 1 << 6;
pub(super) const DATES: Kinds = 1 << 7;

/// The kinds of a sentence's items.
pub(super) fn kinds_of(items: &Items) -> Kinds {
    let kinds = items.items.iter().map(|item| match item.kind {
        ItemKind::Word(_) => 0,
        ItemKind::States(_) => STATES,
        ItemKind::Adjectives(_) => ADJECTIVES,
        ItemKind::Bodies(group) => items.members[group.range()].iter().fold(BODIES, |kinds, member| {
            kinds | if member.kind == Kind::Treaty { TREATIES } else { ORGANIZATIONS }
        }),
        ItemKind::Person(..) => PERSONS,
        ItemKind::Title(..) => TITLES,
        ItemKind::Date(_) => DATES,
    });
    kinds.fold(0, |all, kind| all | kind)
}

/// The word needs of all rules: each set of words is one bit, in rows of some numbers.
#[derive(Debug, Default)]
pub(super) struct WordNeeds {
    width: usize,
    /// For each word the place of its row in `rows`.
    places: WordTable<u32>,
    rows: Vec<u64>,
    /// For each rule the bits it needs.
    rules: Vec<u64>,
}

impl WordNeeds {
    /// The needs of rules, in their order.
    pub(super) fn of(rules: &[Needs]) -> Self {
        let mut sets: FxHashMap<Vec<Word>, usize> = FxHashMap::default();
        let mut wanted = Vec::with_capacity(rules.len());
        for needs in rules {
            let numbers = needs.words.iter().map(|set| {
                let mut set = set.clone();
                set.sort_unstable();
                set.dedup();
                let next = sets.len();
                *sets.entry(set).or_insert(next)
            });
            wanted.push(numbers.collect::<Vec<_>>());
        }
        let mut needs = Self { width: sets.len().div_ceil(64), ..Self::default() };
        let width = needs.width;
        needs.rules = vec![0; rules.len() * width];
        for (rule, numbers) in wanted.iter().enumerate() {
            numbers.iter().for_each(|bit| needs.rules[rule * width + bit / 64] |= 1 << (bit % 64));
        }
        for (set, bit) in &sets {
            for &word in set {
                let place = needs.places.get(word).unwrap_or_else(|| {
                    let place = needs.rows.len() as u32;
                    needs.rows.resize(needs.rows.len() + width, 0);
                    needs.places.insert(word, place);
                    place
                });
                needs.rows[place as usize + bit / 64] |= 1 << (bit % 64);
            }
        }
        needs
    }

    /// Writes into `present` which sets of words a sentence holds.
    pub(super) fn read(&self, words: &[Word], present: &mut Vec<u64>) {
        present.clear();
        present.resize(self.width, 0);
        for place in words.iter().filter_map(|&word| self.places.get(word)) {
            let row = &self.rows[place as usize..place as usize + self.width];
            present.iter_mut().zip(row).for_each(|(all, bits)| *all |= bits);
        }
    }

    /// Whether a sentence holds what a rule needs.
    #[inline]
    pub(super) fn are_met(&self, rule: usize, present: &[u64]) -> bool {
        let wanted = &self.rules[rule * self.width..(rule + 1) * self.width];
        wanted.iter().zip(present).all(|(wanted, present)| wanted & !present == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_tried_where_each_set_has_a_word() {
        let needs =
            |words: &[&[Word]]| Needs { words: words.iter().map(|set| set.to_vec()).collect(), kinds: 0 };
        let rules = [
            needs(&[&[1, 2], &[3]]),
            needs(&[]),
            Needs::of_any(vec![needs(&[&[4]]), needs(&[&[5], &[6, 7]])]),
        ];
        let table = WordNeeds::of(&rules);
        let met = |words: &[Word]| {
            let mut present = Vec::new();
            table.read(words, &mut present);
            [0, 1, 2].map(|rule| table.are_met(rule, &present))
        };
        assert_eq!(met(&[2, 9, 3]), [true, true, false]);
        assert_eq!(met(&[1, 2]), [false, true, false]);
        assert_eq!(met(&[5]), [false, true, true]);
    }
}
