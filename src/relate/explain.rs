//! Why a document gave the triples it gave, and why some of its sentences gave none.

use crate::document::Span;

use super::triple::Triple;

/// The triples of a document with what each rests on, and the rules that were tried in vain.
#[derive(Debug, Default)]
pub struct Explanation<'r> {
    /// What relating gives without an explanation, too.
    pub triples: Vec<Triple<'r>>,
    /// For each triple, what it rests on.
    pub traces: Vec<TripleTrace<'r>>,
    /// The sentences with a word that called for a rule, and no triple.
    pub silent: Vec<SilentSentence<'r>>,
}

/// What a triple rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripleTrace<'r> {
    /// The rule.
    pub rule: &'r str,
    /// Its slots with what filled them.
    pub slots: Vec<SlotTrace<'r>>,
    /// The cues that were found, also those that changed nothing.
    pub cues: Vec<CueTrace>,
    /// The date that was taken for its time.
    pub date: Option<Span>,
}

/// A slot of a rule, filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotTrace<'r> {
    /// Its name in the pattern.
    pub name: &'r str,
    /// The words that filled it.
    pub span: Span,
}

/// A cue of polarity or modality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueTrace {
    /// Its kind, as rule files call it.
    pub kind: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// A sentence in which rules were tried and none gave a triple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentSentence<'r> {
    /// The sentence.
    pub span: Span,
    /// The rules, those that got farthest first.
    pub attempts: Vec<Attempt<'r>>,
}

/// How far a rule got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt<'r> {
    /// The rule.
    pub rule: &'r str,
    /// How many elements of its pattern were matched.
    pub matched: usize,
    /// Where the next element was looked for; empty at the sentence's end.
    pub at: Span,
    /// The element that was not found there.
    pub wanted: &'r str,
}
