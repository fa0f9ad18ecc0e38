//! What an ambiguous surface means in a document: the readings of `data/context.csv`, weighed by cues.

use rustc_hash::FxHashMap;

use super::Cut;
use super::explain::{Reason, Sum};
use crate::gazetteer::{EntityId, Gazetteer};
use crate::lexicon::{Lexicon, Word};

/// The readings by surface.
#[derive(Debug)]
pub(super) struct Readings<'g> {
    by_surface: FxHashMap<&'g str, Vec<Reading>>,
}

/// One reading: an entity, or nothing the gazetteer holds.
#[derive(Debug)]
pub(super) struct Reading {
    entity: Option<EntityId>,
    /// Its place among the rows of the table.
    row: usize,
    weight: i32,
    /// Without any the weight is what the reading begins with.
    cues: Vec<Box<[Word]>>,
}

/// Which words a document holds, and where.
pub(super) struct Cues<'d> {
    words: &'d [Word],
    /// One bit for each word of the lexicon.
    present: Vec<u64>,
    /// Which words may follow each other: the bit of a pair that stands in the document is set.
    pairs: Vec<u64>,
}

/// How many bits tell pairs of words apart.
const PAIRS: u32 = 1 << 14;

/// The bit of two words that follow each other.
fn pair_bit(first: Word, second: Word) -> (usize, u64) {
    let bit = first.wrapping_mul(0x9E37_79B1).wrapping_add(second).wrapping_mul(0x85EB_CA6B)
        >> (u32::BITS - PAIRS.ilog2());
    ((bit / u64::BITS) as usize, 1 << (bit % u64::BITS))
}

impl<'d> Cues<'d> {
    pub(super) fn new(cut: &'d Cut<'_>) -> Self {
        let highest = cut.words.iter().copied().max().unwrap_or_default() as usize;
        let mut present = vec![0; highest / 64 + 1];
        for &word in &cut.words {
            present[word as usize / 64] |= 1 << (word % 64);
        }
        let mut pairs = vec![0; (PAIRS / u64::BITS) as usize];
        for pair in cut.words.windows(2) {
            let (at, bit) = pair_bit(pair[0], pair[1]);
            pairs[at] |= bit;
        }
        Self { words: &cut.words, present, pairs }
    }

    /// Whether the cue stands in the document, word for word.
    fn has(&self, cue: &[Word]) -> bool {
        let holds = |&word: &Word| {
            self.present.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
        };
        let follows = |pair: &[Word]| {
            let (at, bit) = pair_bit(pair[0], pair[1]);
            self.pairs[at] & bit != 0
        };
        cue.iter().all(holds)
            && (cue.len() == 1
                || cue.windows(2).all(follows) && self.words.windows(cue.len()).any(|words| words == cue))
    }
}

impl<'g> Readings<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, lexicon: &mut Lexicon) -> Self {
        let mut by_surface: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (at, row) in gazetteer.language().readings.iter().enumerate() {
            let entity = row.entity.as_deref().and_then(|id| gazetteer.find(id));
            // A reading as an entity that these tables lack is no reading as nothing.
            if row.entity.is_some() && entity.is_none() {
                continue;
            }
            let reading = Reading {
                entity,
                row: at,
                weight: row.weight,
                cues: row.cues.iter().map(|cue| lexicon.intern_phrase(cue)).collect(),
            };
            by_surface.entry(row.surface.as_str()).or_default().push(reading);
        }
        Self { by_surface }
    }

    /// The readings of a folded surface; none for one without readings.
    pub(super) fn of(&self, surface: &str) -> &[Reading] {
        self.by_surface.get(surface).map_or(&[], Vec::as_slice)
    }

    /// Adds up what speaks for an entity among readings, or for no entity.
    pub(super) fn weigh(
        &self,
        gazetteer: &Gazetteer,
        readings: &[Reading],
        entity: Option<EntityId>,
        cues: &Cues<'_>,
        sum: &mut Sum<'_>,
    ) {
        for reading in readings.iter().filter(|reading| reading.entity == entity) {
            if reading.cues.is_empty() {
                sum.add(reading.weight, || Reason::Listed);
            }
            for (at, _) in reading.cues.iter().enumerate().filter(|(_, cue)| cues.has(cue)) {
                let row = &gazetteer.language().readings[reading.row];
                sum.add(reading.weight, || Reason::Cue(row.cues[at].clone()));
            }
        }
    }
}
