//! Leaders whom everybody knows by their family names alone: "Merkel", where Germany is named as well.

use jiff::ToSpan;
use rustc_hash::FxHashSet;

use super::{Cut, Mention, Resolver};
use crate::document::{TokenKind, fold_into};
use crate::gazetteer::{EntityId, Form, Kind, Office, PartialDate, Tenure};
use crate::lexicon::UNKNOWN;

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

impl Resolver<'_> {
    /// Adds a mention for each family name alone of somebody who led a state that the document names.
    pub(super) fn leaders_alone(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let states: FxHashSet<EntityId> = mentions
            .iter()
            .filter(|mention| mention.is_state() && mention.counts())
            .filter_map(|mention| mention.entity)
            .collect();
        if states.is_empty() {
            return;
        }
        let date = cut.document.date;
        let mut taken: Vec<_> = mentions.iter().map(|mention| mention.span).collect();
        taken.sort_unstable();
        let mut taken = taken.into_iter().peekable();
        let mut taken_to = 0;
        let mut folded = String::new();
        let mut added = Vec::new();
        for (at, token) in cut.tokens.iter().enumerate() {
            while let Some(span) = taken.next_if(|span| span.start < token.span.end) {
                taken_to = taken_to.max(span.end);
            }
            let skipped = token.kind != TokenKind::Capitalized || token.span.start < taken_to;
            if skipped || !self.may_be_surname(cut.hashes[at]) {
                continue;
            }
            folded.clear();
            fold_into(token.span.of(cut.text), &mut folded);
            let bearers = self.bearers(&folded);
            let led = |&&person: &&EntityId| {
                let mut tenures = self.gazetteer.tenures(person).filter(|tenure| leads(tenure));
                tenures.any(|tenure| {
                    states.contains(&tenure.of) && date.is_none_or(|date| is_remembered(tenure, date))
                })
            };
            let mut meant = bearers.iter().filter(led);
            let (Some(&person), None) = (meant.next(), meant.next()) else { continue };
            // Without a date the name has to be nobody else's.
            let shared = date.is_none() && bearers.len() > 1;
            if shared || goes_on(cut, at) || !stands_alone(cut, at) {
                continue;
            }
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

/// Whether neither a name nor an initial stands before a word, and it is written as a name is.
fn stands_alone(cut: &Cut<'_>, at: usize) -> bool {
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
