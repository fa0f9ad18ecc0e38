//! Polarity and modality: cues before what carries the assertion, found once for all rules.

use std::ops::Range;

use super::item::{ItemKind, Items};
use super::triple::{Modality, Polarity};
use crate::gazetteer::vocabulary;
use crate::phrases::{Lexicon, Phrases, Word};

vocabulary! {
    /// What a cue does to an assertion.
    CueKind, "a kind of cue" {
        /// Denies it.
        Negation = "negation",
        /// Makes it a plan.
        Planned = "planned",
        /// Makes it a thought.
        Hypothetical = "hypothetical",
        /// Does nothing, though it looks like one that does: "not only".
        Pseudo = "pseudo",
        /// Ends the reach of cues before it: "but".
        Boundary = "boundary",
    }
}

/// The cues, compiled.
#[derive(Debug, Default)]
pub(super) struct Cues {
    phrases: Phrases<CueKind>,
    comma: Word,
}

/// How far before the trigger a cue may stand, in items.
const REACH: usize = 7;

impl Cues {
    pub(super) fn new(comma: Word) -> Self {
        Self { phrases: Phrases::default(), comma }
    }

    pub(super) fn insert(
        &mut self,
        kind: CueKind,
        phrase: &str,
        lexicon: &mut Lexicon,
        articles: &dyn Fn(Word) -> bool,
    ) {
        let words = lexicon.intern_phrase(phrase).iter().copied().filter(|&word| !articles(word)).collect();
        self.phrases.insert(words, kind);
    }

    /// What the cues of the clause make of an assertion carried by the item `trigger`, in a match that begins
    /// at `start`. The nearest negation counts; a negation leaves nothing to plan.
    pub(super) fn judge(&self, items: &Items, start: usize, trigger: usize) -> (Polarity, Modality) {
        let mut polarity = Polarity::Affirmed;
        let mut modality = Modality::Asserted;
        for kind in self.within(items, self.reach(items, start, trigger)) {
            match kind {
                CueKind::Negation => polarity = Polarity::Negated,
                CueKind::Planned if modality == Modality::Asserted => modality = Modality::Planned,
                CueKind::Hypothetical => modality = Modality::Hypothetical,
                CueKind::Boundary => (polarity, modality) = (Polarity::Affirmed, Modality::Asserted),
                CueKind::Planned | CueKind::Pseudo => {}
            }
        }
        if polarity == Polarity::Negated {
            modality = Modality::Asserted;
        }
        (polarity, modality)
    }

    /// From the clause's beginning to the trigger, no farther back than the reach.
    fn reach(&self, items: &Items, start: usize, trigger: usize) -> Range<usize> {
        let least = trigger.saturating_sub(REACH).min(start.saturating_sub(2));
        let mut from = trigger;
        while from > least {
            let outside = from <= start;
            if outside && items.words[from - 1] == self.comma {
                break;
            }
            from -= 1;
        }
        from..trigger + 1
    }

    fn within<'c>(&'c self, items: &'c Items, range: Range<usize>) -> impl Iterator<Item = CueKind> + 'c {
        let mut at = range.start;
        std::iter::from_fn(move || {
            while at < range.end {
                let is_word = matches!(items.items[at].kind, ItemKind::Word(_));
                match self.phrases.longest(&items.words[at..]).filter(|_| is_word) {
                    Some((length, kind)) => {
                        at += length;
                        return Some(*kind);
                    }
                    None => at += 1,
                }
            }
            None
        })
    }
}
