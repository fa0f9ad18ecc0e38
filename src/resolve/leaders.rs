//! Leaders whom everybody knows by their family names alone: "Merkel", where Germany is named as well.

use jiff::ToSpan;
use rustc_hash::FxHashSet;

use super::{Cut, Mention, Resolver};
use crate::document::{TokenKind, fold};
use crate::gazetteer::{EntityId, Form, Gazetteer, Kind, Office, PartialDate, Tenure};
use crate::lexicon::{HashFilter, UNKNOWN, WordHash, hash_of};

/// For how many years after a tenure the name alone is still enough.
const REMEMBERED: i64 = 4;
const SCORE: f32 = 0.7;

fn leads(tenure: &Tenure) -> bool {
    matches!(tenure.office, Office::HeadOfState | Office::HeadOfGovernment)
}

/// Whether somebody led at a date, or not long before.
fn is_remembered(tenure: &Tenure, date: PartialDate) -> bool {
    let since = |to: PartialDate| {
        to.next_day().checked_add(REMEMBERED.years()).is_ok_and(|end| date.first_day() < end)
    };
    !tenure.held.is_ahead(date) && tenure.held.to.is_none_or(since)
}

/// Those who led states, by their family names.
#[derive(Debug)]
pub(super) struct Leaders {
    filter: HashFilter,
    /// Sorted by the hashes of their names.
    bearers: Vec<(WordHash, EntityId)>,
}

impl Leaders {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut persons: Vec<EntityId> = gazetteer
            .entities()
            .filter(|entity| matches!(entity.kind(), Kind::State | Kind::Territory))
            .flat_map(|state| gazetteer.offices(state.key()))
            .filter(|tenure| leads(tenure))
            .map(|tenure| tenure.person)
            .collect();
        persons.sort_unstable();
        persons.dedup();
        let surnames = |&person: &EntityId| {
            let names = gazetteer.names_of(person).filter(|name| name.form == Form::Surname);
            names.map(move |name| (gazetteer.text(name.folded), person))
        };
        let named: Vec<(&str, EntityId)> = persons.iter().flat_map(surnames).collect();
        let mut bearers: Vec<_> = named.iter().map(|(name, person)| (hash_of(name), *person)).collect();
        bearers.sort_unstable();
        Self { filter: HashFilter::of(named.iter().map(|(name, _)| *name)), bearers }
    }

    /// Those whose family name a word is.
    fn of(&self, hash: WordHash) -> &[(WordHash, EntityId)] {
        if !self.filter.may_hold(hash) {
            return &[];
        }
        let start = self.bearers.partition_point(|(other, _)| *other < hash);
        let len = self.bearers[start..].partition_point(|(other, _)| *other == hash);
        &self.bearers[start..start + len]
    }
}

impl Resolver<'_> {
    /// Adds a mention for each family name alone of somebody who led a state that the document names. Mentions
    /// have to be sorted.
    pub(super) fn leaders_alone(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let states: FxHashSet<EntityId> = mentions
            .iter()
            .filter(|mention| mention.is_state() && mention.counts())
            .filter_map(|mention| mention.entity)
            .collect();
        if states.is_empty() {
            return;
        }
        let leaders = self.leaders.get_or_init(|| Leaders::new(self.gazetteer));
        let (mut next, mut taken_to) = (0, 0);
        let mut added = Vec::new();
        for (at, token) in cut.tokens.iter().enumerate() {
            if token.kind != TokenKind::Capitalized {
                continue;
            }
            let bearers = leaders.of(cut.hashes[at]);
            if bearers.is_empty() {
                continue;
            }
            while let Some(mention) = mentions.get(next).filter(|it| it.span.start < token.span.end) {
                taken_to = taken_to.max(mention.span.end);
                next += 1;
            }
            if token.span.start < taken_to {
                continue;
            }
            let Some(person) = self.meant(cut, at, bearers, &states) else { continue };
            added.push(Mention {
                span: token.span,
                kind: Kind::Person,
                entity: Some(person),
                form: Form::Surname,
                zone: cut.zones.at(token.span.start),
                score: SCORE,
                in_name: None,
                title: None,
                introduced: None,
            });
        }
        mentions.append(&mut added);
    }

    /// Which of those who bear a family name is meant by it alone.
    fn meant(
        &self,
        cut: &Cut<'_>,
        at: usize,
        bearers: &[(WordHash, EntityId)],
        states: &FxHashSet<EntityId>,
    ) -> Option<EntityId> {
        let date = cut.document.date;
        let led = |person: EntityId| {
            self.gazetteer.tenures(person).filter(|tenure| leads(tenure)).any(|tenure| {
                states.contains(&tenure.of) && date.is_none_or(|date| is_remembered(tenure, date))
            })
        };
        let mut meant = bearers.iter().map(|(_, person)| *person).filter(|person| led(*person));
        let (Some(person), None) = (meant.next(), meant.next()) else { return None };
        // Without a date the name has to be nobody else's.
        let shared = || date.is_none() && self.may_be_another(cut, at);
        let alone = !goes_on(cut, at) && self.stands_alone(cut, at) && !shared();
        alone.then_some(person)
    }

    /// Whether a family name may be somebody else's in a document without a date: somewhere it has a given name
    /// before it, or it is a word as well.
    fn may_be_another(&self, cut: &Cut<'_>, at: usize) -> bool {
        let word = cut.hashes[at];
        let given = |&at: &usize| {
            let pair = [cut.tokens[at - 1], cut.tokens[at]];
            cut.hashes[at] == word
                && pair.iter().all(|token| token.kind == TokenKind::Capitalized)
                && self.titles.title_at(&cut.words[at - 1..at]).is_none()
        };
        cut.words[at] != UNKNOWN
            || self.bearers(&fold(cut.word(at))).len() > 1 && (1..cut.tokens.len()).any(|at| given(&at))
    }

    /// Whether neither a name nor an initial stands before a word, and it is written as a name is.
    fn stands_alone(&self, cut: &Cut<'_>, at: usize) -> bool {
        let written = cut.word(at);
        let before = at.checked_sub(1).filter(|before| cut.sentence_of(at).contains(before));
        let named = before.is_some_and(|before| {
            // At the beginning of a sentence a word that the tables know is no name.
            let begins = cut.sentence_of(at).start == before && cut.words[before] != UNKNOWN;
            let initial = cut.word(before) == ".";
            initial || cut.tokens[before].kind == TokenKind::Capitalized && !begins
        });
        !named && written.chars().any(char::is_lowercase)
    }
}

/// Whether a capitalised word, a number or a hyphen follows, as in "Ford Motor" and "May 13".
fn goes_on(cut: &Cut<'_>, at: usize) -> bool {
    let next = cut.tokens.get(at + 1).filter(|_| cut.sentence_of(at).contains(&(at + 1)));
    next.is_some_and(|next| {
        let between = &cut.text[cut.tokens[at].span.end as usize..next.span.start as usize];
        let is_name = matches!(next.kind, TokenKind::Capitalized | TokenKind::Number);
        is_name && between.chars().all(char::is_whitespace) || next.span.of(cut.text) == "-"
    })
}
