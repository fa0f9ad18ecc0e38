//! The language of patterns, and matching them against the items of a sentence.
//!
//! A pattern is a row of elements divided by blanks:
//!
//! | element | matches |
//! |---|---|
//! | `word` | that word, in any case; `,` and other marks likewise |
//! | `<family>` | one of the phrases of a family |
//! | `{states}` | one state or a list of them |
//! | `{state}` | exactly one state |
//! | `{subject}` | like `{states}`, but not after a preposition ("with Peru") |
//! | `{adjective}` | adjectives of states |
//! | `{body}` `{org}` `{treaty}` | organisations and treaties, organisations, treaties; a list of them too |
//! | `{person}` `{title}` `{date}` | one of these |
//! | `{actor}` `{signer}` `{doer}` | nothing; finds the subject of the verb that the next element names |
//! | `{holder}` | nothing; finds who holds the role that the next element names |
//! | `{name:kind}` | a slot of that kind under another name |
//! | `(a b\|c)` | one of the alternatives |
//! | `x?` | `x` or nothing |
//! | `{body}!` | a body that does not go with a noun after it ("a NATO summit") |
//! | `{topic}` `{topic_org}` `{topic_treaty}` | nothing; the body that the text spoke of last, where the clause names none |
//! | `{owner}` | states that own what follows: "Peru's", "its", "Peruvian" |
//! | `{list}` | two states or more |
//! | `..` | up to four words, no comma |
//! | `...` | up to nine words or other items, no name of a state or body |
//!
//! Articles are left out of sentences before they are matched, and must not stand in patterns.

mod run;

use std::cell::Cell;

use rustc_hash::FxHashMap;

use super::item::{ClauseWords, ItemKind, Items};
use super::needs::{self, Kinds, Needs};
use super::subject::Who;
use crate::gazetteer::Kind;
use crate::lexicon::{Lexicon, Word};
use crate::phrases::Phrases;
use crate::{Error, Result};
use run::Run;

/// Families of phrases by name.
pub(super) type Families = FxHashMap<String, usize>;

#[derive(Debug, Clone)]
enum Element {
    Word(Word),
    Family(usize),
    Slot(SlotKind, usize),
    /// The subject of the verb, or the holder of the role, that the family before it names.
    Subject(Sought, usize),
    /// The body that the text spoke of last, where the clause names none.
    Topic(Option<Kind>, usize),
    /// The name before stands for itself, and does not go with a noun after it.
    Alone,
    Gap(Gap),
    Choice(Vec<Vec<Element>>),
    Optional(Box<Element>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SlotKind {
    State,
    States,
    Subject,
    Adjective,
    Body,
    Org,
    Treaty,
    Person,
    Title,
    Date,
    /// States, and persons and titles for the states they act for.
    Signers,
    /// States that own what follows: "Peru's", "its", "Peruvian".
    Owner,
    /// Two states or more.
    List,
}

/// Who is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    Verb(Who),
    Noun(Who),
}

const SUBJECTS: [(&str, Sought); 5] = [
    ("actor", Sought::Verb(Who::State)),
    ("signer", Sought::Verb(Who::Signer)),
    ("doer", Sought::Verb(Who::Body)),
    ("holder", Sought::Noun(Who::State)),
    ("any_holder", Sought::Noun(Who::Any)),
];

/// What the text spoke of last.
const TOPICS: [(&str, Option<Kind>); 3] =
    [("topic", None), ("topic_org", Some(Kind::Organization)), ("topic_treaty", Some(Kind::Treaty))];

const SLOTS: [(&str, SlotKind); 13] = [
    ("state", SlotKind::State),
    ("states", SlotKind::States),
    ("subject", SlotKind::Subject),
    ("adjective", SlotKind::Adjective),
    ("body", SlotKind::Body),
    ("org", SlotKind::Org),
    ("treaty", SlotKind::Treaty),
    ("person", SlotKind::Person),
    ("title", SlotKind::Title),
    ("date", SlotKind::Date),
    ("signers", SlotKind::Signers),
    ("owner", SlotKind::Owner),
    ("list", SlotKind::List),
];

#[derive(Debug, Clone, Copy)]
struct Gap {
    most: usize,
    commas: bool,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    elements: Vec<Element>,
    /// The elements as written, for explanations.
    texts: Vec<String>,
    /// Names of the slots, in order.
    pub(super) slots: Vec<String>,
}

/// Where a pattern matched.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The item of each slot, where it took part.
    pub(super) slots: Vec<Option<usize>>,
    /// The first item of the last family: what carries the assertion, with all cues before it.
    pub(super) trigger: Option<usize>,
    /// The verb or noun whose subject was looked for; it carries the assertion before any family.
    pub(super) verb: Option<usize>,
    /// The first item of the first family.
    pub(super) first: Option<usize>,
}

impl Match {
    fn reset(&mut self, at: usize, slots: usize) {
        (self.start, self.end) = (at, at);
        (self.trigger, self.verb, self.first) = (None, None, None);
        self.slots.clear();
        self.slots.resize(slots, None);
    }

    /// What carries the assertion.
    pub(super) fn carrier(&self) -> usize {
        self.verb.or(self.trigger).unwrap_or(self.start)
    }

    /// The items from the first to the last that took part, of those the sentence shows.
    pub(super) fn extent(&self, shown: usize) -> (usize, usize) {
        let slots = || self.slots.iter().flatten().copied().filter(|&item| item < shown);
        let first = slots().min().unwrap_or(self.start).min(self.start);
        let last = slots().max().unwrap_or(self.start).max(self.end.saturating_sub(1));
        (first, last)
    }
}

impl Pattern {
    pub(super) fn parse(text: &str, families: &Families, lexicon: &mut Lexicon) -> Result<Self> {
        let mut parser =
            Parser { rest: text.trim(), families, lexicon, slots: Vec::new(), texts: Vec::new() };
        let elements = parser.row(false)?;
        Ok(Self { elements, texts: parser.texts, slots: parser.slots })
    }

    /// An element as written.
    pub(super) fn element_text(&self, at: usize) -> &str {
        self.texts.get(at).map_or("", String::as_str)
    }

    /// The place of a slot among the slots.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot == name)
    }

    /// What every match holds.
    pub(super) fn needs(&self, families: &[Phrases<()>]) -> Needs {
        needs_of(&self.elements, families)
    }

    /// The first match that begins at an item. `slots` is for the matcher's use and may hold anything.
    pub(super) fn match_at(&self, sentence: &View<'_>, at: usize, found: &mut Match) -> bool {
        found.reset(at, self.slots.len());
        let run = Run { view: sentence, top: &self.elements };
        run.row(&self.elements, at, found, &mut |end, found| {
            found.end = end;
            true
        })
    }

    /// Whether a match can begin at an item.
    pub(super) fn may_begin(&self, sentence: &View<'_>, at: usize) -> bool {
        match self.elements.first() {
            Some(Element::Word(word)) => sentence.items.words[at] == *word,
            Some(Element::Family(family)) => sentence.families[*family].begins(sentence.items.words[at]),
            Some(Element::Slot(..)) => !sentence.items.is_word(at),
            _ => true,
        }
    }
}

/// What every match of a row holds.
fn needs_of(row: &[Element], families: &[Phrases<()>]) -> Needs {
    let mut needs = Needs::default();
    for element in row {
        match element {
            Element::Word(word) => needs.words.push(vec![*word]),
            Element::Family(family) => needs.words.push(families[*family].first_words().collect()),
            Element::Slot(kind, _) => needs.kinds |= kind.needs(),
            Element::Topic(..) => needs.kinds |= needs::BODIES,
            Element::Choice(rows) => {
                needs.and(Needs::of_any(rows.iter().map(|row| needs_of(row, families)).collect()));
            }
            Element::Subject(..) | Element::Alone | Element::Gap(_) | Element::Optional(_) => {}
        }
    }
    needs
}

impl SlotKind {
    /// The kinds of items without which it is not filled.
    fn needs(self) -> Kinds {
        match self {
            Self::State | Self::States | Self::Subject | Self::List => needs::STATES,
            Self::Adjective => needs::ADJECTIVES,
            Self::Body => needs::BODIES,
            Self::Org => needs::ORGANIZATIONS,
            Self::Treaty => needs::TREATIES,
            Self::Person => needs::PERSONS,
            Self::Title => needs::TITLES,
            Self::Date => needs::DATES,
            Self::Signers | Self::Owner => 0,
        }
    }
}

/// What a pattern is matched against.
pub(super) struct View<'r> {
    pub(super) items: &'r Items,
    pub(super) families: &'r [Phrases<()>],
    pub(super) words: &'r ClauseWords,
    /// How far a match got, as element and item.
    pub(super) farthest: Cell<(usize, usize)>,
}

impl View<'_> {
    /// Whether what ends before an item does not merely go with a noun after it: "a NATO summit", "Iran's programme".
    fn stands_alone(&self, end: usize) -> bool {
        let Some(last) = end.checked_sub(1) else { return true };
        let (items, words) = (self.items, self.words);
        let is_owner = words.owners.contains(&items.word(last));
        match items.items[last].kind {
            ItemKind::States(_) => {
                let possessive = end < items.items.len() && words.possessives.contains(&items.word(end));
                !is_owner && !possessive
            }
            ItemKind::Bodies(_) => !is_owner && (items.items[last].back || !self.noun_follows(end)),
            _ => true,
        }
    }

    /// Whether a body's name before an item belongs to a noun that stands there. "The OPEC oil cartel" is OPEC.
    fn noun_follows(&self, at: usize) -> bool {
        let items = self.items;
        match items.items.get(at).map(|item| item.kind) {
            None | Some(ItemKind::Date(_)) => false,
            Some(ItemKind::Word(word)) => {
                let body = |at: usize| self.words.body_nouns.contains(&items.word(at));
                !(self.words.followers.contains(&word)
                    || body(at)
                    || items.is_plain(at, self.words) && body(at + 1))
            }
            _ => true,
        }
    }
}

struct Parser<'p> {
    rest: &'p str,
    families: &'p Families,
    lexicon: &'p mut Lexicon,
    slots: Vec<String>,
    texts: Vec<String>,
}

impl<'p> Parser<'p> {
    fn row(&mut self, nested: bool) -> Result<Vec<Element>> {
        let mut row = Vec::new();
        let mut sought = None;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || nested && self.rest.starts_with([')', '|']) {
                return match sought {
                    None => Ok(row),
                    Some(_) => Err(Error::new("a subject needs a family or word after it")),
                };
            }
            let before = self.rest;
            let mut element = self.element()?;
            if let Some(rest) = self.rest.strip_prefix('?') {
                self.rest = rest;
                element = Element::Optional(Box::new(element));
            }
            let text = before[..before.len() - self.rest.len()].trim();
            if matches!(element, Element::Subject(..)) {
                sought = Some((element, text));
                continue;
            }
            row.push(element);
            if !nested {
                self.texts.push(text.to_owned());
            }
            if let Some(rest) = self.rest.strip_prefix('!') {
                self.rest = rest;
                row.push(Element::Alone);
                if !nested {
                    self.texts.push(text.to_owned());
                }
            }
            if let Some((subject, text)) = sought.take() {
                row.push(subject);
                if !nested {
                    self.texts.push(text.to_owned());
                }
            }
        }
    }

    fn element(&mut self) -> Result<Element> {
        if let Some(name) = self.bracketed('<', '>')? {
            let family = self.families.get(name);
            return family
                .map(|&family| Element::Family(family))
                .ok_or_else(|| Error::new(format!("there is no family <{name}>")));
        }
        if let Some(slot) = self.bracketed('{', '}')? {
            return self.slot(slot);
        }
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            return self.choice();
        }
        for (mark, gap) in [("...", Gap { most: 9, commas: true }), ("..", Gap { most: 4, commas: false })] {
            if let Some(rest) = self.rest.strip_prefix(mark) {
                self.rest = rest;
                return Ok(Element::Gap(gap));
            }
        }
        let end = self.rest.find([' ', ')', '|', '?', '(', '{', '<', '!']).unwrap_or(self.rest.len()).max(1);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match &*self.lexicon.intern_phrase(word) {
            [word] => Ok(Element::Word(*word)),
            _ => Err(Error::new(format!("`{word}` is not one word"))),
        }
    }

    fn bracketed(&mut self, open: char, close: char) -> Result<Option<&'p str>> {
        let Some(rest) = self.rest.strip_prefix(open) else { return Ok(None) };
        let Some((name, rest)) = rest.split_once(close) else {
            return Err(Error::new(format!("`{open}` is not closed in `{}`", self.rest)));
        };
        self.rest = rest;
        Ok(Some(name))
    }

    fn slot(&mut self, text: &str) -> Result<Element> {
        let (name, kind) = text.split_once(':').unwrap_or((text, text));
        let at = self.slots.iter().position(|slot| slot == name).unwrap_or_else(|| {
            self.slots.push(name.to_owned());
            self.slots.len() - 1
        });
        if let Some((_, topic)) = TOPICS.iter().find(|(slot, _)| *slot == kind) {
            return Ok(Element::Topic(*topic, at));
        }
        if let Some((_, sought)) = SUBJECTS.iter().find(|(slot, _)| *slot == kind) {
            return Ok(Element::Subject(*sought, at));
        }
        let known = SLOTS.iter().find(|(slot, _)| *slot == kind).map(|(_, kind)| *kind);
        let kind = known.ok_or_else(|| {
            let names = SUBJECTS.iter().map(|(slot, _)| *slot).chain(SLOTS.iter().map(|(slot, _)| *slot));
            let allowed: Vec<_> = names.collect();
            Error::new(format!("`{kind}` is not a kind of slot: {} are allowed", allowed.join(", ")))
        })?;
        Ok(Element::Slot(kind, at))
    }

    fn choice(&mut self) -> Result<Element> {
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(self.row(true)?);
            if let Some(rest) = self.rest.strip_prefix('|') {
                self.rest = rest;
            } else if let Some(rest) = self.rest.strip_prefix(')') {
                self.rest = rest;
                return Ok(Element::Choice(alternatives));
            } else {
                return Err(Error::new("`(` is not closed"));
            }
        }
    }
}
