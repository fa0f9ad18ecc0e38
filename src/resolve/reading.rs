//! What an ambiguous surface means in a document: the readings of `data/context.csv`, weighed by cues.

use once_cell::unsync::OnceCell;
use rustc_hash::FxHashMap;

use crate::document::fold;
use crate::gazetteer::{EntityId, Gazetteer, Reading};

/// The readings by surface.
#[derive(Debug)]
pub(super) struct Readings<'g> {
    by_surface: FxHashMap<&'g str, Vec<(&'g Reading, Option<EntityId>)>>,
}

/// The folded words of a document, made when first asked for.
pub(super) struct Cues<'d> {
    text: &'d str,
    folded: OnceCell<String>,
}

impl<'d> Cues<'d> {
    pub(super) fn new(text: &'d str) -> Self {
        Self { text, folded: OnceCell::new() }
    }

    /// Whether the cue, in folded form, stands in the document as whole words.
    fn has(&self, cue: &str) -> bool {
        let folded = self.folded.get_or_init(|| fold(self.text));
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        folded.match_indices(cue).any(|(at, _)| {
            apart(folded[..at].chars().next_back()) && apart(folded[at + cue.len()..].chars().next())
        })
    }
}

impl<'g> Readings<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer) -> Self {
        let mut by_surface: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for reading in &gazetteer.language().readings {
            let entity = reading.entity.as_deref().and_then(|id| gazetteer.find(id));
            by_surface.entry(reading.surface.as_str()).or_default().push((reading, entity));
        }
        Self { by_surface }
    }

    /// The weight of each reading of a folded surface in a document; `None` stands for no entity. Empty for a
    /// surface without readings.
    pub(super) fn weigh(&self, surface: &str, cues: &Cues<'_>) -> Vec<(Option<EntityId>, i32)> {
        let mut weights: Vec<(Option<EntityId>, i32)> = Vec::new();
        for (reading, entity) in self.by_surface.get(surface).into_iter().flatten() {
            let present = reading.cues.iter().filter(|cue| cues.has(cue)).count() as i32;
            let weight = if reading.cues.is_empty() { reading.weight } else { reading.weight * present };
            match weights.iter_mut().find(|(known, _)| known == entity) {
                Some((_, sum)) => *sum += weight,
                None => weights.push((*entity, weight)),
            }
        }
        weights
    }
}
