//! Relating: from mentions to the triples that the sentences assert.

mod build;
mod cues;
mod item;
mod pattern;
mod rules;
mod time;
mod triple;

use std::sync::Arc;

use crate::Result;
use crate::document::{Document, Span};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::resolve::Resolution;
use build::Builder;
use item::{Chunker, ItemKind, Items};
use rules::RuleSet;

pub use rules::{RuleText, Template};
pub use triple::{Event, Modality, Node, Polarity, Predicate, Time, Triple};

/// Finds triples by rules. Built once for a gazetteer and its rules, shared between threads.
#[derive(Debug)]
pub struct Relater<'g> {
    gazetteer: &'g Gazetteer,
    lexicon: Arc<Lexicon>,
    rules: RuleSet,
}

impl<'g> Relater<'g> {
    /// Compiles the rules of the gazetteer's packages.
    ///
    /// # Errors
    /// If a rule file or a rule is broken; the message names file, line and rule.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self> {
        Self::continuing(gazetteer, &Lexicon::default())
    }

    /// The same with a lexicon that goes on where another ends, so that words looked up once serve both stages.
    pub(crate) fn continuing(gazetteer: &'g Gazetteer, lexicon: &Lexicon) -> Result<Self> {
        let mut rules = RuleSet::load(gazetteer, lexicon.clone())?;
        Ok(Self { gazetteer, lexicon: Arc::new(std::mem::take(&mut rules.lexicon)), rules })
    }

    /// The words it knows.
    pub(crate) fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// The rules with their examples, in the order in which they are tried.
    pub fn rules(&self) -> impl Iterator<Item = &RuleText> {
        self.rules.rules.iter().map(|rule| &rule.text)
    }

    /// The triples that the sentences of a document assert, in the order of the text, each once.
    pub fn relate(&self, document: &Document<'_>, resolution: &Resolution) -> Vec<Triple<'_>> {
        let chunker = Chunker::new(&self.lexicon, &self.rules.chunk, &self.rules.time, document, resolution);
        let mut builder = Builder::new(self.gazetteer, &self.rules, document, resolution);
        let mut called = vec![false; self.rules.rules.len()];
        for &sentence in &resolution.sentences {
            if worth_a_look(sentence, resolution) {
                let items = chunker.items(sentence);
                builder.begin_sentence();
                self.apply(&items, &mut called, &mut builder);
            }
        }
        builder.finish()
    }

    /// Tries each rule that a word of the sentence calls for, at each item.
    fn apply<'r>(&'r self, items: &Items, called: &mut [bool], builder: &mut Builder<'_, 'r>) {
        called.fill(false);
        for &rule in &self.rules.always {
            called[rule] = true;
        }
        for rules in items.words.iter().filter_map(|word| self.rules.by_anchor.get(word)) {
            for &rule in rules {
                called[rule] = true;
            }
        }
        for (rule, _) in self.rules.rules.iter().zip(called).filter(|(_, called)| **called) {
            let mut at = 0;
            while at < items.items.len() {
                let found = rule.pattern.match_at(items, &self.rules.families, at);
                if let Some(found) = &found {
                    builder.add(rule, items, found);
                }
                at += 1;
            }
        }
    }
}

/// Whether a sentence names two things that could belong together, or someone with a title.
fn worth_a_look(sentence: Span, resolution: &Resolution) -> bool {
    let mentions = &resolution.mentions;
    let first = mentions.partition_point(|mention| mention.span.start < sentence.start);
    let inside = mentions[first..].iter().take_while(|mention| mention.span.start < sentence.end);
    inside.filter(|mention| mention.counts()).take(2).count() == 2
        || resolution.titles_in(sentence).any(|(_, title)| title.person.is_some())
}

impl ItemKind {
    /// The places of the members of a group.
    fn members(&self) -> std::ops::Range<usize> {
        match self {
            Self::States(range) | Self::Adjectives(range) | Self::Bodies(range) => range.clone(),
            _ => 0..0,
        }
    }
}
