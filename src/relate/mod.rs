//! Relating: from mentions to the triples that the sentences assert.

mod build;
mod chunk;
mod cues;
mod dating;
mod explain;
mod item;
mod list;
mod needs;
mod notation;
mod office;
mod pattern;
mod refer;
mod rules;
mod said;
mod subject;
mod time;
mod triple;

use std::cell::Cell;
use std::sync::Arc;

use crate::Result;
use crate::document::{Document, Span};
use crate::gazetteer::{Gazetteer, Kind};
use crate::lexicon::{Lexicon, Word};
use crate::resolve::Resolution;
use build::Builder;
use chunk::Chunker;
use item::Items;
use pattern::{Match, View};
use refer::{Referrer, Topic};
use rules::RuleSet;

pub use explain::{Attempt, CueTrace, Explanation, SilentSentence, SlotTrace, TripleTrace};
pub use notation::notation;
pub use rules::{RuleText, Template};
pub use triple::{Event, Modality, Node, Polarity, Predicate, Time, Triple};

/// Finds triples by rules. Built once for a gazetteer and its rules, shared between threads.
#[derive(Debug)]
pub struct Relater<'g> {
    gazetteer: &'g Gazetteer,
    lexicon: Arc<Lexicon>,
    rules: RuleSet,
}

/// What is used again for each sentence.
#[derive(Default)]
struct Workspace {
    items: Items,
    before: Items,
    /// What the sentences before were about, by their numbers.
    topics: Vec<(usize, Topic)>,
    /// The rules whose words the sentence holds.
    called: Vec<usize>,
    /// Which sets of words it holds.
    present: Vec<u64>,
    found: Match,
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
        self.run(document, resolution, false).triples
    }

    /// The same, with what each triple rests on, and with the rules that sentences called for in vain.
    ///
    /// ```
    /// use accede::{Document, Extractor};
    /// let extractor = Extractor::builtin()?;
    /// let document = Document::new("Finland did not join NATO in 1999.");
    /// let resolution = extractor.resolver().resolve(&document, &extractor.scanner().scan(document.text));
    /// let explained = extractor.relater().explain(&document, &resolution);
    /// let trace = &explained.traces[0];
    /// assert_eq!(trace.cues[0].kind, "negation");
    /// assert_eq!(trace.date.map(|date| date.of(document.text)), Some("in 1999"));
    /// # Ok::<(), accede::Error>(())
    /// ```
    pub fn explain(&self, document: &Document<'_>, resolution: &Resolution) -> Explanation<'_> {
        self.run(document, resolution, true)
    }

    fn run(&self, document: &Document<'_>, resolution: &Resolution, explained: bool) -> Explanation<'_> {
        let chunker = Chunker::new(&self.lexicon, &self.rules.chunk, &self.rules.time, document, resolution);
        let mut builder = Builder::new(self.gazetteer, &self.rules, document, resolution, explained);
        let mut work = Workspace::default();
        let mut silent = Vec::new();
        let mut opened = false;
        for (at, &sentence) in resolution.sentences.iter().enumerate() {
            let named = worth_a_look(sentence, resolution);
            if !named && !opened {
                continue;
            }
            opened = named;
            let tokens = chunker.tokens(sentence);
            // Without a name it must begin with something that points back.
            if !named && !self.rules.refer.any(&tokens.words[..tokens.words.len().min(4)]) {
                continue;
            }
            if !self.call(&tokens.words, &mut work) {
                continue;
            }
            chunker.items(&tokens, &mut work.items);
            self.refer_back(&chunker, resolution, at, &mut work);
            builder.begin_sentence();
            let before = builder.count();
            let attempts = self.apply(&mut work, explained, &mut builder);
            if explained && builder.count() == before && !attempts.is_empty() {
                silent.push(SilentSentence { span: sentence, attempts });
            }
        }
        let (triples, traces) = builder.finish();
        Explanation { triples, traces, silent }
    }

    /// Gathers the rules whose words a sentence holds; whether there are any.
    fn call(&self, words: &[Word], work: &mut Workspace) -> bool {
        self.rules.needs.read(words, &mut work.present);
        let met = (0..self.rules.rules.len()).filter(|&rule| self.rules.needs.are_met(rule, &work.present));
        work.called.clear();
        work.called.extend(met);
        !work.called.is_empty()
    }

    /// Puts in what the sentence points back to, in itself and in the sentences before.
    fn refer_back(&self, chunker: &Chunker<'_>, resolution: &Resolution, at: usize, work: &mut Workspace) {
        const BACK: usize = 3;
        let open = self.rules.refer.may_be_open(&work.items);
        if !open && !self.rules.refer.any(&work.items.words) {
            return;
        }
        let wanted = (at.saturating_sub(BACK)..at).rev();
        let topics: Vec<_> = wanted.map(|before| self.topic(chunker, resolution, before, work)).collect();
        let referrer = Referrer { words: &self.rules.chunk, refer: &self.rules.refer };
        referrer.resolve(&mut work.items, &topics);
        for kind in [Kind::Organization, Kind::Treaty].into_iter().filter(|_| open) {
            let last =
                topics.iter().find_map(|topic| topic.bodies.iter().rev().find(|body| body.kind == kind));
            if let Some(body) = last {
                work.items.add_topic(*body, &self.rules.chunk);
            }
        }
        work.topics = (at.saturating_sub(BACK)..at).rev().zip(topics).collect();
    }

    /// What a sentence was about, as found out for the sentence before, or now.
    fn topic(
        &self,
        chunker: &Chunker<'_>,
        resolution: &Resolution,
        at: usize,
        work: &mut Workspace,
    ) -> Topic {
        if let Some(known) = work.topics.iter_mut().find(|(known, _)| *known == at) {
            return std::mem::take(&mut known.1);
        }
        let sentence = resolution.sentences[at];
        if !worth_a_look(sentence, resolution) {
            return Topic::default();
        }
        chunker.items(&chunker.tokens(sentence), &mut work.before);
        Topic::of(&work.before, &self.rules.chunk)
    }

    /// Tries each rule that was called for, at each item where it may begin.
    fn apply<'r>(
        &'r self,
        work: &mut Workspace,
        explained: bool,
        builder: &mut Builder<'_, 'r>,
    ) -> Vec<Attempt<'r>> {
        let mut attempts = Vec::new();
        let view = View {
            items: &work.items,
            families: &self.rules.families,
            words: &self.rules.chunk,
            farthest: Cell::default(),
        };
        let kinds = needs::kinds_of(&work.items);
        let called = work.called.iter().map(|&at| &self.rules.rules[at]);
        for rule in called.filter(|rule| rule.needs.kinds & !kinds == 0) {
            view.farthest.set((0, 0));
            for at in 0..work.items.shown() {
                if rule.pattern.may_begin(&view, at) && rule.pattern.match_at(&view, at, &mut work.found) {
                    builder.add(rule, &work.items, &work.found);
                }
            }
            let (matched, at) = view.farthest.get();
            if explained && matched > 0 {
                let end = work.items.items.last().map_or(Span::new(0, 0), |item| item.span);
                let at =
                    work.items.items.get(at).map_or(Span { start: end.end, end: end.end }, |item| item.span);
                let wanted = rule.pattern.element_text(matched);
                attempts.push(Attempt { rule: &rule.text.name, matched, at, wanted });
            }
        }
        attempts.sort_by_key(|attempt| std::cmp::Reverse(attempt.matched));
        attempts
    }
}

/// Whether a sentence names a state, body or person at all.
fn worth_a_look(sentence: Span, resolution: &Resolution) -> bool {
    let mentions = &resolution.mentions;
    let first = mentions.partition_point(|mention| mention.span.start < sentence.start);
    let mut inside = mentions[first..].iter().take_while(|mention| mention.span.start < sentence.end);
    inside.any(|mention| mention.counts())
}
