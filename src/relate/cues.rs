//! Polarity and modality: cues before what carries the assertion, found once for all rules.

use std::ops::Range;

use super::item::Items;
use super::triple::{Modality, Polarity};
use crate::gazetteer::vocabulary;
use crate::lexicon::{Lexicon, Word};
use crate::phrases::Phrases;

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
        /// Begins a clause that, once a comma closes it, says nothing of the assertion: "which".
        Relative = "relative",
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
        let mut judged = (Polarity::Affirmed, Modality::Asserted);
        let mut before_clause = None;
        let range = self.reach(items, start, trigger);
        let mut at = range.start;
        while at < range.end {
            if items.words[at] == self.comma
                && let Some(before) = before_clause.take()
            {
                judged = before;
            }
            let Some((length, &kind)) = self.phrases.longest(&items.words[at..]) else {
                at += 1;
                continue;
            };
            at += length;
            match kind {
                CueKind::Negation => judged.0 = Polarity::Negated,
                CueKind::Planned if judged.1 == Modality::Asserted => judged.1 = Modality::Planned,
                // "not clear whether it would": what is denied is that it is clear.
                CueKind::Hypothetical => judged = (Polarity::Affirmed, Modality::Hypothetical),
                CueKind::Boundary => judged = (Polarity::Affirmed, Modality::Asserted),
                CueKind::Relative => before_clause = Some(judged),
                CueKind::Planned | CueKind::Pseudo => {}
            }
        }
        if judged.0 == Polarity::Negated {
            judged.1 = Modality::Asserted;
        }
        judged
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
}
