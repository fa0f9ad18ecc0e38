//! Titles of offices in a text.

use std::ops::Range;

use super::places::Places;
use super::whose::{Manner, Whose};
use super::{Cut, Mention};
use crate::document::Span;
use crate::gazetteer::{Connector, EntityId, Gazetteer, Kind, Office, Status, Title};
use crate::lexicon::{Lexicon, Word, WordTable};
use crate::phrases::Phrases;

/// A title in a text: "the former Kazakh defence minister", "president of Kazakhstan".
#[derive(Debug, Clone, PartialEq)]
pub struct TitlePhrase {
    /// The whole phrase with its state and modifiers.
    pub span: Span,
    /// The title alone.
    pub title: Span,
    /// The office it names.
    pub office: Office,
    /// The portfolio of a minister.
    pub portfolio: Option<String>,
    /// Whether the office is said to be held now, formerly, …
    pub status: Status,
    /// Whose office it is, and the mention that says so where the phrase has or points to one.
    pub of: Option<(EntityId, Option<Span>)>,
    /// The person named with it.
    pub person: Option<Span>,
    /// Whether it is said to be of something that is neither a state nor an organisation: "president of the club".
    pub(crate) elsewhere: bool,
    /// Whether it names several: "presidents".
    pub(crate) plural: bool,
    /// Whose it is beyond the first: "presidents of Chad and Mali".
    pub(crate) others: Vec<(EntityId, Span)>,
    /// Whether `of` is only what a word like "its" points back to.
    pub(crate) weak: bool,
    /// Whether "his" says that it is of the same as the title before.
    pub(crate) his: bool,
    /// The place of the title among the rows of the table.
    pub(super) row: u32,
}

/// Marks a title that counts only where it is said whose it is: "leader", "chairman".
const ANY: &str = "*";
/// What stands for each name of a portfolio in a title.
const PORTFOLIO: &str = "{portfolio}";

/// A row of the table of titles, with its states and bodies as entities.
#[derive(Debug)]
struct Row<'g> {
    title: &'g Title,
    of: Box<[EntityId]>,
    must_be_said: bool,
}

/// Finds titles.
#[derive(Debug)]
pub(super) struct TitleFinder<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    rows: Vec<Row<'g>>,
    /// Titles without a portfolio in them.
    titles: Phrases<u32>,
    /// Titles with one: what stands before it, with what stands behind it.
    before_portfolio: Phrases<(Box<[Word]>, u32)>,
    /// Titles that begin with one, with what stands behind it.
    portfolio_first: Vec<(Box<[Word]>, u32)>,
    /// Names of portfolios with their keys.
    portfolios: Phrases<&'g str>,
    pub(super) statuses: Phrases<Status>,
    /// Nouns for governments and parliaments.
    pub(super) organs: Phrases<()>,
    /// Nouns that end proper names of bodies of any kind.
    pub(super) heads: Phrases<()>,
    connectors: WordTable<Connector>,
    /// The words that titles begin with.
    starts: WordTable<()>,
    pub(super) hyphen: Word,
}

/// A title found: its length in words, its row, and the portfolio in it.
type Found<'g> = (usize, u32, Option<&'g str>);

impl<'g> TitleFinder<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, lexicon: &mut Lexicon) -> Self {
        let language = gazetteer.language();
        let mut finder = Self {
            gazetteer,
            rows: Vec::with_capacity(language.titles.len()),
            titles: Phrases::default(),
            before_portfolio: Phrases::default(),
            portfolio_first: Vec::new(),
            portfolios: Phrases::default(),
            statuses: Phrases::of(&language.statuses, lexicon),
            organs: Phrases::default(),
            heads: Phrases::default(),
            connectors: language
                .connectors
                .iter()
                .map(|(word, role)| (lexicon.intern(word), *role))
                .collect(),
            starts: WordTable::default(),
            hyphen: lexicon.intern("-"),
        };
        for title in &language.titles {
            finder.insert(title, lexicon);
        }
        for (words, key) in &language.portfolios {
            finder.portfolios.insert(lexicon.intern_phrase(words), key.as_str());
        }
        for words in &language.government_nouns {
            finder.organs.insert(lexicon.intern_phrase(words), ());
        }
        let heads = language.name_heads.iter().map(|(words, _)| words);
        for words in heads.chain(language.body_nouns.iter().map(|(words, _)| words)) {
            finder.heads.insert(lexicon.intern_phrase(words), ());
        }
        let titles = finder.titles.first_words().chain(finder.before_portfolio.first_words());
        let starts = titles.chain(finder.portfolios.first_words());
        finder.starts = starts.map(|word| (word, ())).collect();
        finder
    }

    fn insert(&mut self, title: &'g Title, lexicon: &mut Lexicon) {
        let row = self.rows.len() as u32;
        let of = title.of.iter().filter_map(|id| self.gazetteer.find(id)).collect();
        self.rows.push(Row { title, of, must_be_said: title.of.iter().any(|id| id == ANY) });
        match title.words.split_once(PORTFOLIO) {
            None => self.titles.insert(lexicon.intern_phrase(&title.words), row),
            Some(("", after)) => self.portfolio_first.push((lexicon.intern_phrase(after), row)),
            Some((before, after)) => {
                let after = lexicon.intern_phrase(after);
                self.before_portfolio.insert(lexicon.intern_phrase(before), (after, row));
            }
        }
    }

    /// What a small word does.
    pub(super) fn connector(&self, word: Word) -> Option<Connector> {
        self.connectors.get(word)
    }

    /// The longest title without a portfolio that some words begin with: its length and office.
    pub(super) fn office_at(&self, words: &[Word]) -> Option<(usize, Office)> {
        self.titles.longest(words).map(|(length, row)| (length, self.office(*row)))
    }

    /// Whether a word is an article or one like "of".
    pub(super) fn joins_title(&self, word: Word) -> bool {
        matches!(self.connector(word), Some(Connector::Article | Connector::Definite | Connector::Of))
    }

    /// The states and bodies that a title is used in; empty for any.
    pub(super) fn used_in(&self, phrase: &TitlePhrase) -> &[EntityId] {
        &self.rows[phrase.row as usize].of
    }

    /// Whether a title that does not say whose it is may be of the state the text is about.
    pub(super) fn may_be_home(&self, phrase: &TitlePhrase) -> bool {
        let at_home = self.rows[phrase.row as usize].title.at_home;
        at_home || !matches!(phrase.office, Office::Other | Office::HeadOfOrg | Office::Honorific)
    }

    /// The length of the longest title that some words begin with, and whether it is no more than a form of
    /// address.
    pub(super) fn title_at(&self, words: &[Word]) -> Option<(usize, bool)> {
        self.starts.get(*words.first()?)?;
        let mut found = Vec::new();
        self.matches(words, &mut found);
        let longest = found.iter().map(|(length, ..)| *length).max()?;
        let honorific =
            |(length, row, _): &Found<'g>| *length < longest || self.office(*row) == Office::Honorific;
        Some((longest, found.iter().all(honorific)))
    }

    fn office(&self, row: u32) -> Office {
        self.rows[row as usize].title.office
    }

    /// Gathers all titles that some words begin with.
    fn matches(&self, words: &[Word], found: &mut Vec<Found<'g>>) {
        found.clear();
        found.extend(self.titles.matches(words).map(|(length, row)| (length, *row, None)));
        for (length, key) in self.portfolios.matches(words) {
            let fits = self.portfolio_first.iter().filter(|(after, _)| words[length..].starts_with(after));
            found.extend(fits.map(|(after, row)| (length + after.len(), *row, Some(*key))));
        }
        for (before, (after, row)) in self.before_portfolio.matches(words) {
            let names = self.portfolios.matches(&words[before..]);
            let fits = names.filter(|(length, _)| words[before + length..].starts_with(after));
            found.extend(fits.map(|(length, key)| (before + length + after.len(), *row, Some(*key))));
        }
    }

    /// All titles of a document, in order.
    pub(super) fn find(&self, cut: &Cut<'_>, mentions: &[Mention]) -> Vec<TitlePhrase> {
        let places = Places::new(mentions);
        let mut phrases: Vec<TitlePhrase> = Vec::new();
        let mut found = Vec::new();
        for range in &cut.ranges {
            let mut at = range.start;
            while at < range.end {
                if self.starts.get(cut.words[at]).is_none() {
                    at += 1;
                    continue;
                }
                self.matches(&cut.words[at..range.end], &mut found);
                let named = if found.is_empty() { None } else { places.titled_person(cut.tokens[at].span) };
                if found.is_empty() || named.is_none() && places.covers(cut.tokens[at].span) {
                    at += 1;
                    continue;
                }
                let least = phrases.last().map_or(0, |before| before.span.end);
                let (length, phrase) =
                    self.longest_fitting(cut, &places, range, at, &mut found, phrases.last());
                phrases.extend(phrase.filter(|phrase| phrase.span.start >= least));
                at += length;
            }
        }
        phrases
    }

    /// The longest of the titles at a place that fits what stands around it; without any, the longest's length.
    fn longest_fitting(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        sentence: &Range<usize>,
        at: usize,
        found: &mut [Found<'g>],
        before: Option<&TitlePhrase>,
    ) -> (usize, Option<TitlePhrase>) {
        found.sort_unstable_by_key(|(length, ..)| std::cmp::Reverse(*length));
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            // "president of the Republic of Fiji" is no title "president of the republic".
            let last = cut.tokens[at + same[0].0 - 1].span;
            if same[0].0 > 1 && places.covers(last) && places.titled_person(cut.tokens[at].span).is_none() {
                continue;
            }
            let phrase = self.phrase(cut, places, sentence, at, same, before);
            if phrase.is_some() {
                return (same[0].0, phrase);
            }
        }
        (found[0].0, None)
    }

    fn phrase(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        sentence: &Range<usize>,
        at: usize,
        same: &[Found<'g>],
        before: Option<&TitlePhrase>,
    ) -> Option<TitlePhrase> {
        let length = same[0].0;
        let all = |offices: &[Office]| same.iter().all(|(_, row, _)| offices.contains(&self.office(*row)));
        let manner = Manner {
            diplomatic: all(&[Office::Other, Office::Counterpart]),
            counterpart: all(&[Office::Counterpart]),
            of_states: !same
                .iter()
                .any(|(_, row, _)| matches!(self.office(*row), Office::HeadOfOrg | Office::Other)),
            plural: same.iter().any(|(_, row, _)| self.rows[*row as usize].title.plural),
            before: before.and_then(|title| title.of.map(|of| (title.span, of))),
        };
        let whose = self.whose(cut, places, sentence, at..at + length, &manner);
        let words = cut.tokens[at].span.to(cut.tokens[at + length - 1].span);
        let named = places.titled_person(words).map(|mention| mention.span);
        let of = whose.of_whom(places).or_else(|| places.within(named?));
        let entity = of.map(|(entity, _)| entity);
        let fitting = same.iter().filter(|(_, row, _)| self.fits(*row, entity, &whose));
        let preferred = |(_, row, _): &&Found<'g>| {
            let row = &self.rows[*row as usize];
            (row.title.of.len().min(1), std::cmp::Reverse(row.title.office))
        };
        let &(_, row, portfolio) = fitting.max_by_key(preferred)?;
        let title = self.rows[row as usize].title;
        let mut phrase = TitlePhrase {
            span: Span { start: cut.tokens[whose.first].span.start, end: cut.tokens[whose.end - 1].span.end },
            title: words,
            office: if whose.organ { Office::Other } else { title.office },
            portfolio: portfolio.map(str::to_owned).or_else(|| title.portfolio.clone()),
            status: whose.status.or(title.status).unwrap_or(Status::Current),
            of,
            person: named,
            elsewhere: whose.elsewhere,
            plural: title.plural,
            others: whose.others,
            weak: whose.weak,
            his: whose.his,
            row,
        };
        if title.office == Office::Counterpart {
            let before = before.filter(|before| cut.is_near(before.span.end, phrase.span.start))?;
            phrase.of?;
            (phrase.office, phrase.portfolio, phrase.row) =
                (before.office, before.portfolio.clone(), before.row);
        }
        Some(phrase)
    }

    /// Whether a title is used in a state or organisation, or may stand without one.
    fn fits(&self, row: u32, of: Option<EntityId>, whose: &Whose) -> bool {
        let row = &self.rows[row as usize];
        let Some(of) = of.map(|of| self.gazetteer.entity(of)) else { return !row.must_be_said };
        let body = matches!(of.kind(), Kind::Organization | Kind::Treaty);
        let kind_fits = match row.title.office {
            Office::HeadOfOrg => body,
            Office::Other | Office::Honorific | Office::Counterpart => true,
            _ => !body,
        };
        (kind_fits || whose.organ)
            && (row.title.of.is_empty() || row.must_be_said || row.of.contains(&of.key()))
    }
}
