//! What an ambiguous surface means in a document: the readings of `data/context.csv`, weighed by cues.

use rustc_hash::FxHashMap;

use super::Cut;
use crate::gazetteer::{EntityId, Gazetteer};
use crate::lexicon::{Lexicon, Word};

/// The readings by surface.
#[derive(Debug)]
pub(super) struct Readings<'g> {
    by_surface: FxHashMap<&'g str, Vec<Reading>>,
}

/// One reading: an entity, or nothing the gazetteer holds.
#[derive(Debug)]
struct Reading {
    entity: Option<EntityId>,
    weight: i32,
    /// Without any the weight is what the reading begins with.
    cues: Vec<Box<[Word]>>,
}

/// Which words a document holds, and where.
pub(super) struct Cues<'d> {
    words: &'d [Word],
    /// One bit for each word of the lexicon.
    present: Vec<u64>,
}

impl<'d> Cues<'d> {
    pub(super) fn new(cut: &'d Cut<'_>) -> Self {
        let highest = cut.words.iter().copied().max().unwrap_or_default() as usize;
        let mut present = vec![0; highest / 64 + 1];
        for &word in &cut.words {
            present[word as usize / 64] |= 1 << (word % 64);
        }
        Self { words: &cut.words, present }
    }

    /// Whether the cue stands in the document, word for word.
    fn has(&self, cue: &[Word]) -> bool {
        let holds = |&word: &Word| {
            self.present.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
        };
        cue.iter().all(holds) && (cue.len() == 1 || self.words.windows(cue.len()).any(|words| words == cue))
    }
}

impl<'g> Readings<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, lexicon: &mut Lexicon) -> Self {
        let mut by_surface: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for row in &gazetteer.language().readings {
            let reading = Reading {
                entity: row.entity.as_deref().and_then(|id| gazetteer.find(id)),
                weight: row.weight,
                cues: row.cues.iter().map(|cue| lexicon.intern_phrase(cue)).collect(),
            };
            by_surface.entry(row.surface.as_str()).or_default().push(reading);
        }
        Self { by_surface }
    }

    /// The weight of each reading of a folded surface in a document; `None` stands for no entity. Empty for a
    /// surface without readings.
    pub(super) fn weigh(&self, surface: &str, cues: &Cues<'_>) -> Vec<(Option<EntityId>, i32)> {
        let mut weights: Vec<(Option<EntityId>, i32)> = Vec::new();
        for reading in self.by_surface.get(surface).into_iter().flatten() {
            let present = reading.cues.iter().filter(|cue| cues.has(cue)).count() as i32;
            let weight = if reading.cues.is_empty() { reading.weight } else { reading.weight * present };
            match weights.iter_mut().find(|(known, _)| *known == reading.entity) {
                Some((_, sum)) => *sum += weight,
                None => weights.push((reading.entity, weight)),
            }
        }
        weights
    }
}
