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
//! | `{name:kind}` | a slot of that kind under another name |
//! | `(a b\|c)` | one of the alternatives |
//! | `x?` | `x` or nothing |
//! | `..` | up to three words, no comma |
//! | `...` | up to eight words or other items, no name of a state or body |
//!
//! Articles are left out of sentences before they are matched, and must not stand in patterns.

use rustc_hash::FxHashMap;

use super::item::{ItemKind, Items};
use crate::gazetteer::Kind;
use crate::lexicon::{Lexicon, Word};
use crate::phrases::Phrases;
use crate::{Error, Result};

/// Families of phrases by name.
pub(super) type Families = FxHashMap<String, usize>;

#[derive(Debug, Clone)]
enum Element {
    Word(Word),
    Family(usize),
    Slot(SlotKind, usize),
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
}

const SLOTS: [(&str, SlotKind); 10] = [
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
    /// Names of the slots, in order.
    pub(super) slots: Vec<String>,
}

/// Where a pattern matched.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The item of each slot, where it took part.
    pub(super) slots: Vec<Option<usize>>,
    /// The first item of the last family: what carries the assertion, with all cues before it.
    pub(super) trigger: Option<usize>,
}

impl Pattern {
    pub(super) fn parse(text: &str, families: &Families, lexicon: &mut Lexicon) -> Result<Self> {
        let mut parser = Parser { rest: text.trim(), families, lexicon, slots: Vec::new() };
        let elements = parser.row(false)?;
        Ok(Self { elements, slots: parser.slots })
    }

    /// The place of a slot among the slots.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot == name)
    }

    /// Words one of which every match holds, those of its first family; empty if no word is sure.
    pub(super) fn anchors(&self, families: &[Phrases<()>]) -> Vec<Word> {
        let family = self.elements.iter().find_map(|element| match element {
            Element::Family(family) => Some(families[*family].first_words().collect()),
            _ => None,
        });
        let word = || {
            self.elements.iter().find_map(|element| match element {
                Element::Word(word) => Some(vec![*word]),
                _ => None,
            })
        };
        family.or_else(word).unwrap_or_default()
    }

    /// The first match that begins at an item.
    pub(super) fn match_at(&self, items: &Items, families: &[Phrases<()>], at: usize) -> Option<Match> {
        let mut found = Match { start: at, end: at, slots: vec![None; self.slots.len()], trigger: None };
        let run = Run { items, families };
        run.row(&self.elements, at, &mut found, &mut |end, found| {
            found.end = end;
            true
        })
        .then_some(found)
    }
}

struct Parser<'p> {
    rest: &'p str,
    families: &'p Families,
    lexicon: &'p mut Lexicon,
    slots: Vec<String>,
}

impl<'p> Parser<'p> {
    fn row(&mut self, nested: bool) -> Result<Vec<Element>> {
        let mut row = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || nested && self.rest.starts_with([')', '|']) {
                return Ok(row);
            }
            let mut element = self.element()?;
            if let Some(rest) = self.rest.strip_prefix('?') {
                self.rest = rest;
                element = Element::Optional(Box::new(element));
            }
            row.push(element);
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
        for (mark, gap) in [("...", Gap { most: 8, commas: true }), ("..", Gap { most: 3, commas: false })] {
            if let Some(rest) = self.rest.strip_prefix(mark) {
                self.rest = rest;
                return Ok(Element::Gap(gap));
            }
        }
        let end = self.rest.find([' ', ')', '|', '?', '(', '{', '<']).unwrap_or(self.rest.len()).max(1);
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
        let known = SLOTS.iter().find(|(slot, _)| *slot == kind).map(|(_, kind)| *kind);
        let kind = known.ok_or_else(|| {
            let allowed: Vec<_> = SLOTS.iter().map(|(slot, _)| *slot).collect();
            Error::new(format!("`{kind}` is not a kind of slot: {} are allowed", allowed.join(", ")))
        })?;
        let at = self.slots.iter().position(|slot| slot == name).unwrap_or_else(|| {
            self.slots.push(name.to_owned());
            self.slots.len() - 1
        });
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

struct Run<'r> {
    items: &'r Items,
    families: &'r [Phrases<()>],
}

type Then<'t> = dyn FnMut(usize, &mut Match) -> bool + 't;

impl Run<'_> {
    /// Matches a row of elements from an item on, and then whatever comes after it.
    fn row(&self, row: &[Element], at: usize, found: &mut Match, then: &mut Then<'_>) -> bool {
        let Some((first, rest)) = row.split_first() else { return then(at, found) };
        let mut go_on = |end: usize, found: &mut Match| self.row(rest, end, found, then);
        match first {
            Element::Word(word) => self.items.words.get(at) == Some(word) && go_on(at + 1, found),
            Element::Family(family) => self.family(*family, at, found, &mut go_on),
            Element::Slot(kind, slot) => {
                if !self.fits(*kind, at) {
                    return false;
                }
                let before = found.slots[*slot].replace(at);
                go_on(at + 1, found) || {
                    found.slots[*slot] = before;
                    false
                }
            }
            Element::Gap(gap) => self.gap(*gap, at, found, &mut go_on),
            Element::Choice(alternatives) => {
                alternatives.iter().any(|alternative| self.row(alternative, at, found, &mut go_on))
            }
            Element::Optional(element) => {
                self.row(std::slice::from_ref(element), at, found, &mut go_on) || go_on(at, found)
            }
        }
    }

    fn family(&self, family: usize, at: usize, found: &mut Match, go_on: &mut Then<'_>) -> bool {
        let Some(words) = self.items.words.get(at..) else { return false };
        let mut lengths: Vec<usize> =
            self.families[family].matches(words).map(|(length, ())| length).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        let before = found.trigger.replace(at);
        lengths.into_iter().any(|length| go_on(at + length, found)) || {
            found.trigger = before;
            false
        }
    }

    fn gap(&self, gap: Gap, at: usize, found: &mut Match, go_on: &mut Then<'_>) -> bool {
        for end in at..=at + gap.most {
            if go_on(end, found) {
                return true;
            }
            let Some(item) = self.items.items.get(end) else { return false };
            let passes = match &item.kind {
                ItemKind::Word(word) => {
                    *word != self.items.semicolon && (gap.commas || *word != self.items.comma)
                }
                ItemKind::Date(_) => true,
                ItemKind::Person(_) | ItemKind::Title(_) | ItemKind::Adjectives(_) => gap.commas,
                ItemKind::States(_) | ItemKind::Bodies(_) => false,
            };
            if !passes {
                return false;
            }
        }
        false
    }

    fn fits(&self, kind: SlotKind, at: usize) -> bool {
        let Some(item) = self.items.items.get(at) else { return false };
        let all = |range: &std::ops::Range<usize>, kind: Kind| {
            self.items.members[range.clone()].iter().all(|member| member.kind == kind)
        };
        match (kind, &item.kind) {
            (SlotKind::State, ItemKind::States(range)) => range.len() == 1,
            (SlotKind::Subject, ItemKind::States(_)) => !self.items.after_preposition[at],
            (SlotKind::States, ItemKind::States(_))
            | (SlotKind::Adjective, ItemKind::Adjectives(_))
            | (SlotKind::Body, ItemKind::Bodies(_))
            | (SlotKind::Person, ItemKind::Person(_))
            | (SlotKind::Title, ItemKind::Title(_))
            | (SlotKind::Date, ItemKind::Date(_)) => true,
            (SlotKind::Org, ItemKind::Bodies(range)) => all(range, Kind::Organization),
            (SlotKind::Treaty, ItemKind::Bodies(range)) => all(range, Kind::Treaty),
            _ => false,
        }
    }
}
