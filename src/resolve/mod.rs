//! Resolving: from candidates to mentions, each of one entity.

mod asides;
mod choose;
mod define;
mod definite;
mod explain;
mod holders;
mod leaders;
mod longer;
mod overlap;
mod person_names;
mod persons;
mod places;
mod reading;
mod short_forms;
mod signs;
mod teams;
mod the_holder;
mod title_lists;
mod titles;
mod tongues;
mod whose;

use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::document::{Document, Span, Token, Zone, Zones, sentences, tokens};
use crate::gazetteer::{EntityId, Form, Gazetteer, Kind};
use crate::lexicon::{Lexicon, Word, WordHash};
use crate::phrases::Phrases;
use crate::scan::Candidate;
use define::BodyNames;
use explain::Trace;
use reading::Readings;
use titles::TitleFinder;

pub use explain::{Account, Outcome, Reason, Step, Weighed};
pub use titles::TitlePhrase;

/// An entity named in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What is named.
    pub kind: Kind,
    /// Which entity; `None` where the text makes clear what it is and the gazetteer does not hold it.
    pub entity: Option<EntityId>,
    /// By what kind of name.
    pub form: Form,
    /// In which part of the document.
    pub zone: Zone,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// The longer proper name it lies in.
    pub in_name: Option<Span>,
    /// The title a person is named with.
    pub title: Option<Span>,
    /// For a later short form or acronym: the mention that introduced the name.
    pub introduced: Option<Span>,
}

impl Mention {
    /// Whether it is a state or territory.
    pub fn is_state(&self) -> bool {
        matches!(self.kind, Kind::State | Kind::Territory)
    }

    /// Whether it counts as what it names: not furniture, not part of a longer name, not a national team.
    pub fn counts(&self) -> bool {
        self.zone != Zone::Furniture && self.in_name.is_none() && self.form != Form::Team
    }
}

/// What resolving found in a document.
#[derive(Debug, Default)]
pub struct Resolution {
    /// Sorted by where they stand, longer ones first.
    pub mentions: Vec<Mention>,
    /// Titles of offices, with whose they are.
    pub titles: Vec<TitlePhrase>,
    /// The sentences of body and title.
    pub sentences: Vec<Span>,
    /// The parts of the document.
    pub zones: Zones,
    /// The words of the sentences, for the stages that follow.
    pub(crate) words: SentenceWords,
    /// The state the document is about.
    pub(crate) home: Option<EntityId>,
}

/// The sentences of a document cut into words.
#[derive(Debug, Default)]
pub(crate) struct SentenceWords {
    tokens: Vec<Token>,
    words: Vec<Word>,
    lexicon: Arc<Lexicon>,
}

impl SentenceWords {
    /// The tokens of a sentence with their numbers in a lexicon, if that is the one they were looked up in.
    pub(crate) fn of(&self, sentence: Span, lexicon: &Arc<Lexicon>) -> Option<(&[Token], &[Word])> {
        if !Arc::ptr_eq(&self.lexicon, lexicon) {
            return None;
        }
        let first = self.tokens.partition_point(|token| token.span.start < sentence.start);
        let len = self.tokens[first..].partition_point(|token| token.span.start < sentence.end);
        Some((&self.tokens[first..first + len], &self.words[first..first + len]))
    }
}

impl Resolution {
    /// Of the title phrases with the same words the one of a person; one that is nobody's counts for all.
    pub(crate) fn title_of(&self, title: &TitlePhrase, person: Span) -> Option<&TitlePhrase> {
        let first = self.titles.partition_point(|other| other.span.start < title.span.start);
        let mut same = self.titles[first..].iter().take_while(|other| other.title == title.title);
        same.find(|other| other.person.is_none_or(|other| other == person))
    }

    /// The titles that begin within a span.
    pub(crate) fn titles_in(&self, span: Span) -> impl Iterator<Item = (usize, &TitlePhrase)> {
        let first = self.titles.partition_point(|title| title.span.start < span.start);
        self.titles[first..]
            .iter()
            .enumerate()
            .take_while(move |(_, title)| title.span.start < span.end)
            .map(move |(at, title)| (first + at, title))
    }
}

/// Turns candidates into mentions. Built once for a gazetteer, shared between threads.
#[derive(Debug)]
pub struct Resolver<'g> {
    gazetteer: &'g Gazetteer,
    lexicon: Arc<Lexicon>,
    titles: TitleFinder<'g>,
    body_nouns: definite::BodyNouns,
    readings: Readings<'g>,
    sport: teams::SportWords,
    tongues: tongues::TongueWords,
    places: signs::PlaceWords,
    given: signs::GivenNames,
    name_heads: longer::NameHeads,
    bodies: OnceCell<BodyNames>,
    particles: Phrases<()>,
    not_names: Phrases<()>,
    leaders: OnceCell<leaders::Leaders>,
    surnames: OnceCell<holders::Surnames<'g>>,
    given_names: OnceCell<rustc_hash::FxHashSet<String>>,
}

/// A document cut into words, shared by the steps of resolving.
pub(crate) struct Cut<'d> {
    pub(crate) text: &'d str,
    pub(crate) document: &'d Document<'d>,
    pub(crate) sentences: Vec<Span>,
    pub(crate) zones: Zones,
    pub(crate) tokens: Vec<Token>,
    pub(crate) words: Vec<Word>,
    /// A hash of each word in folded form, also of those that no table knows.
    pub(crate) hashes: Vec<WordHash>,
    /// For each sentence, its tokens.
    pub(crate) ranges: Vec<std::ops::Range<usize>>,
}

impl<'g> Resolver<'g> {
    /// Prepares the words of the gazetteer's language tables.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        let language = gazetteer.language();
        let mut lexicon = Lexicon::default();
        let titles = TitleFinder::new(gazetteer, &mut lexicon);
        let body_nouns = definite::BodyNouns::new(gazetteer, &mut lexicon);
        let readings = Readings::new(gazetteer, &mut lexicon);
        let sport = Phrases::of(&language.sport, &mut lexicon);
        let tongues = Phrases::of(&language.tongues, &mut lexicon);
        let name_heads = Phrases::of(&language.name_heads, &mut lexicon);
        let places = Phrases::of(&language.places, &mut lexicon);
        let given = Phrases::of(&language.given_names, &mut lexicon);
        let particles = words(&language.particles, &mut lexicon);
        let not_names = words(&language.not_names, &mut lexicon);
        Self {
            gazetteer,
            lexicon: Arc::new(lexicon),
            titles,
            body_nouns,
            readings,
            sport,
            tongues,
            places,
            given,
            name_heads,
            particles,
            not_names,
            leaders: OnceCell::new(),
            bodies: OnceCell::new(),
            surnames: OnceCell::new(),
            given_names: OnceCell::new(),
        }
    }

    /// The words it knows.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Looks words up in a lexicon that continues its own.
    pub(crate) fn share(&mut self, lexicon: &Arc<Lexicon>) {
        self.lexicon = Arc::clone(lexicon);
    }

    /// Chooses among candidates and adds what only the document tells: acronyms it defines, officials it
    /// introduces by their titles, and their later short forms.
    pub fn resolve(&self, document: &Document<'_>, candidates: &[Candidate]) -> Resolution {
        self.run(document, candidates, None)
    }

    /// The same, with an account of each place: what stood to choice, what spoke for each, what became of it.
    ///
    /// ```
    /// use accede::{Outcome, Document, Extractor, Gazetteer, Step};
    /// let extractor = Extractor::new(Gazetteer::builtin()?)?;
    /// let document = Document::new("Michael Jordan played for the Bulls.");
    /// let candidates = extractor.scanner().scan(document.text);
    /// let (_, accounts) = extractor.resolver().explain(&document, &candidates);
    /// let jordan = accounts.iter().find(|account| account.span.of(document.text) == "Jordan").unwrap();
    /// assert!(jordan.changes.contains(&(Step::Choice, Outcome::NoEvidence)));
    /// # Ok::<(), accede::Error>(())
    /// ```
    pub fn explain(&self, document: &Document<'_>, candidates: &[Candidate]) -> (Resolution, Vec<Account>) {
        let mut trace = Trace::default();
        let resolution = self.run(document, candidates, Some(&mut trace));
        (resolution, trace.accounts)
    }

    fn run(
        &self,
        document: &Document<'_>,
        candidates: &[Candidate],
        mut trace: Option<&mut Trace>,
    ) -> Resolution {
        let cut = self.cut(document);
        let mut mentions = self.choose(&cut, candidates, trace.as_deref_mut());
        let mut note = |step, mentions: &[Mention]| {
            if let Some(trace) = trace.as_deref_mut() {
                trace.after(step, mentions);
            }
        };
        note(Step::Choice, &mentions);
        self.defined(&cut, &mut mentions);
        note(Step::Definition, &mentions);
        overlap::settle(&mut mentions);
        note(Step::Overlap, &mentions);
        self.tongues(&cut, &mut mentions);
        note(Step::Language, &mentions);
        self.longer_names(&cut, &mut mentions);
        note(Step::LongerName, &mentions);
        self.teams(&cut, &mut mentions);
        note(Step::Team, &mentions);
        self.definite(&cut, &mut mentions);
        self.pointers(&cut, candidates, &mut mentions);
        note(Step::Definite, &mentions);
        overlap::settle(&mut mentions);
        self.free_states(&cut, &mut mentions);
        let mut titles = self.titles.find(&cut, &mentions);
        let home = self.persons(&cut, &mut titles, &mut mentions);
        self.short_forms(&cut, &mut mentions);
        overlap::settle(&mut mentions);
        note(Step::Person, &mentions);
        self.leaders_alone(&cut, &mut mentions);
        note(Step::Leader, &mentions);
        self.the_holders(&cut, &titles, home, &mut mentions);
        overlap::settle(&mut mentions);
        note(Step::Overlap, &mentions);
        let words =
            SentenceWords { tokens: cut.tokens, words: cut.words, lexicon: Arc::clone(&self.lexicon) };
        Resolution { mentions, titles, sentences: cut.sentences, zones: cut.zones, words, home }
    }

    fn cut<'d>(&self, document: &'d Document<'d>) -> Cut<'d> {
        let text = document.text;
        let language = self.gazetteer.language();
        let zones = match document.layout {
            Some(layout) => layout.zones().refined(text, &language.furniture),
            None => Zones::find(text, &language.furniture),
        };
        let mut sentences = sentences(text, &language.abbreviations);
        sentences.retain(|sentence| zones.at(sentence.start) != Zone::Furniture);
        let mut cut = Cut {
            text,
            document,
            zones,
            tokens: Vec::with_capacity(text.len() / 5),
            words: Vec::with_capacity(text.len() / 5),
            hashes: Vec::with_capacity(text.len() / 5),
            ranges: Vec::with_capacity(sentences.len()),
            sentences,
        };
        let mut buffer = String::new();
        for &sentence in &cut.sentences {
            let start = cut.tokens.len();
            for token in tokens(text, sentence) {
                let (word, hash) = self.lexicon.read(text, token, &mut buffer);
                cut.words.push(word);
                cut.hashes.push(hash);
                cut.tokens.push(token);
            }
            cut.ranges.push(start..cut.tokens.len());
        }
        cut
    }
}

impl Cut<'_> {
    /// The first token that begins at or after `position`.
    pub(crate) fn token_at(&self, position: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < position)
    }

    /// The tokens of the sentence that token `at` belongs to.
    pub(crate) fn sentence_of(&self, at: usize) -> std::ops::Range<usize> {
        let index = self.ranges.partition_point(|range| range.end <= at);
        self.ranges.get(index).cloned().unwrap_or(at..at)
    }

    /// Where the sentence before that of token `at` begins.
    pub(crate) fn sentence_before(&self, at: usize) -> u32 {
        let index = self.ranges.partition_point(|range| range.end <= at);
        self.sentences.get(index.saturating_sub(1)).map_or(0, |sentence| sentence.start)
    }

    /// Whether a position lies in the same sentence as an earlier one, or in the next.
    pub(crate) fn is_near(&self, earlier: u32, position: u32) -> bool {
        self.sentence_before(self.token_at(position)) <= earlier
    }

    /// Whether a mark stands without blanks around it.
    pub(crate) fn is_tight(&self, at: usize) -> bool {
        let joined = |a: usize, b: usize| {
            self.tokens.get(b).is_some_and(|token| self.tokens[a].span.end == token.span.start)
        };
        at > 0 && joined(at - 1, at) && joined(at, at + 1)
    }

    /// The text of a token.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }
}

/// Words to look for, each alone.
fn words(listed: &[String], lexicon: &mut Lexicon) -> Phrases<()> {
    let mut phrases = Phrases::default();
    for words in listed {
        phrases.insert(lexicon.intern_phrase(words), ());
    }
    phrases
}
