//! Polarity and modality: cues before what carries the assertion, found once for all rules.

use super::item::{ClauseWords, Items};
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
        /// Makes it a thought, whatever is said of it: "if".
        Condition = "condition",
        /// Makes a plan of what would be a thought: "announced" in "announced it would".
        Decision = "decision",
        /// Makes a plan of it where it stands right before: "Peru to join".
        Infinitive = "infinitive",
        /// Says that it is over: "former".
        Former = "former",
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
}

/// What cues make of an assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) former: bool,
    decided: bool,
    conditional: bool,
}

impl Judgement {
    const PLAIN: Self = Self {
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        former: false,
        decided: false,
        conditional: false,
    };

    fn take(&mut self, kind: CueKind) {
        match kind {
            CueKind::Negation => self.polarity = Polarity::Negated,
            CueKind::Planned | CueKind::Infinitive if self.modality == Modality::Asserted => {
                self.modality = Modality::Planned;
            }
            CueKind::Hypothetical if self.decided => self.modality = Modality::Planned,
            // "not clear whether it would": what is denied is that it is clear.
            CueKind::Hypothetical if !self.conditional => {
                (self.polarity, self.modality) = (Polarity::Affirmed, Modality::Hypothetical);
            }
            CueKind::Condition => {
                *self = Self { modality: Modality::Hypothetical, conditional: true, ..Self::PLAIN };
            }
            CueKind::Decision => self.decided = true,
            CueKind::Former => self.former = true,
            CueKind::Boundary => *self = Self::PLAIN,
            CueKind::Planned
            | CueKind::Infinitive
            | CueKind::Hypothetical
            | CueKind::Pseudo
            | CueKind::Relative => {}
        }
    }
}

/// How far before the trigger a cue may stand, in items, where no subject does.
const REACH: usize = 8;
/// How far before the subject: "if", "denied that".
const OUTSIDE: usize = 6;
/// How near "former" must stand.
const NEAR: usize = 3;

impl Cues {
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

    /// What the cues of the clause make of an assertion carried by the item `trigger`, in a match whose first
    /// item is `start`. A negation leaves nothing to plan. Each cue that counts is told to `note`.
    pub(super) fn judge(
        &self,
        items: &Items,
        words: &ClauseWords,
        (start, trigger): (usize, usize),
        note: &mut dyn FnMut(CueKind, usize, usize),
    ) -> Judgement {
        let mut judged = Judgement::PLAIN;
        let mut before_clause = None;
        let mut at = reach(items, words, start, trigger);
        while at <= trigger {
            // What stands in brackets is said aside.
            if items.partner[at] > at && items.partner[at] < trigger {
                at = items.partner[at];
            }
            if items.words[at] == words.comma
                && let Some(before) = before_clause.take()
            {
                judged = before;
            }
            if at > start && at < trigger && begins_anew(items, words, at, trigger) {
                judged = Judgement::PLAIN;
            }
            let Some((length, &kind)) = self.phrases.longest(&items.words[at..]) else {
                at += 1;
                continue;
            };
            match kind {
                CueKind::Relative if at > start => before_clause = Some(judged),
                CueKind::Former if trigger - at > NEAR => {}
                CueKind::Infinitive if at + length != trigger => {}
                _ => judged.take(kind),
            }
            note(kind, at, at + length);
            at += length;
        }
        if judged.polarity == Polarity::Negated && !judged.conditional {
            judged.modality = Modality::Asserted;
        }
        judged
    }
}

/// Whether a finite verb after "and" or a comma begins a new predicate, for which earlier cues do not count:
/// "does not trade and joined".
fn begins_anew(items: &Items, words: &ClauseWords, at: usize, trigger: usize) -> bool {
    let joins = words.conjunctions.contains(&items.words[at]) || items.words[at] == words.comma;
    let next = at + 1 + usize::from(words.conjunctions.contains(&items.word(at + 1)));
    joins && next <= trigger && words.finite.contains(&items.word(next))
}

/// Where the clause begins: before the subject back to a comma, no farther than the reach.
fn reach(items: &Items, words: &ClauseWords, start: usize, trigger: usize) -> usize {
    let least = trigger.saturating_sub(REACH).min(start.saturating_sub(OUTSIDE));
    let mut from = trigger.min(start);
    while from > least {
        let word = items.words[from - 1];
        if word == words.comma || word == words.semicolon || word == words.colon {
            break;
        }
        from -= 1;
    }
    from
}
