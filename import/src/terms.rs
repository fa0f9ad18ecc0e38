//! Terms of office: repeated ones joined, open ones ended where the next holder begins, and what was entered by hand
//! left as it is.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use jiff::civil::Date;

use crate::Places;
use crate::date::first_day;
use crate::merge::Proposal;
use crate::persons::Persons;

/// Days by which terms may overlap or lie apart and still be one, or follow each other.
const TOUCH: i32 = 2;
/// Days by which the terms of two holders may overlap and be trimmed.
const TRIM: i32 = 45;
/// Days under which what a hand-entered term leaves of another is no term.
const SCRAP: i32 = 6;
/// A term of at most so many days within that of another holder is an acting one.
const INTERIM: i32 = 70;
/// Days by which two beginnings may differ and be the same.
const SAME_START: i32 = 31;
/// Days by which an end has to be later to be a longer term and not a better date.
const LONGER: i32 = 400;

/// Somebody's time in an office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) person: String,
    pub(crate) office: String,
    pub(crate) of: String,
    pub(crate) portfolio: String,
    pub(crate) from: String,
    pub(crate) to: String,
    /// Until when an open term was seen.
    pub(crate) seen: String,
    /// Where it comes from, as in the table; empty for a term of the source that is being read.
    pub(crate) source: String,
}

impl Term {
    pub(crate) fn start(&self) -> Date {
        first_day(&self.from).unwrap_or(Date::MIN)
    }

    pub(crate) fn end(&self) -> Date {
        first_day(&self.to).unwrap_or(Date::MAX)
    }

    fn ours(&self) -> bool {
        self.source.is_empty()
    }

    fn by_hand(&self) -> bool {
        self.source.starts_with("hand")
    }

    /// Whether two terms have days in common, or lie no more days apart than this.
    pub(crate) fn meets(&self, other: &Term, slack: i32) -> bool {
        days(self.start(), other.end()) >= -slack && days(other.start(), self.end()) >= -slack
    }
}

/// The days from one date to another.
pub(crate) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Terms of the table that do not come from one of these sources alone: the source itself, and those that are read
/// after it, so that a second run finds what the first one found.
pub(crate) fn from_elsewhere(places: &Places<'_>, sources: &[&str]) -> Result<Vec<Term>> {
    let table = places.table("tenures.csv")?;
    let columns = ["person", "office", "of", "portfolio", "from", "to", "source"];
    let mut terms = Vec::new();
    for fields in table.fields(columns)? {
        let [person, office, of, portfolio, from, to, is] = fields.map(str::to_owned);
        if !sources.contains(&is.as_str()) {
            terms.push(Term { person, office, of, portfolio, from, to, source: is, ..Term::default() });
        }
    }
    Ok(terms)
}

/// Joins terms of one person in one office that overlap or adjoin.
pub(crate) fn joined(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_by_key(|term| (term.start(), term.end()));
    let mut joined: Vec<Term> = Vec::new();
    for term in terms {
        let within = |is: &Term| {
            let year = Term { to: format!("{}-12-31", term.from), ..term.clone() };
            is.meets(&term, TOUCH) || (term.from.len() == 4 && is.meets(&year, 0))
        };
        match joined.iter_mut().find(|is| within(is)) {
            Some(is) => join(is, term),
            None => joined.push(term),
        }
    }
    joined
}

fn join(is: &mut Term, term: Term) {
    let known = !is.from.is_empty() && !term.from.is_empty();
    let same_year = known && is.from[..4] == term.from[..4] && (is.from.len() == 4 || term.from.len() == 4);
    if known && (days(is.start(), term.start()).abs() < SAME_START || same_year) {
        if term.from.len() > is.from.len() {
            is.from = term.from;
        }
        let better = term.to.len() > is.to.len() && term.to[..4] == is.to[..4.min(is.to.len())];
        let ends = first_day(&term.to).unwrap_or(Date::MIN);
        let longer = !is.to.is_empty() && days(is.end(), ends) > LONGER;
        if is.to.is_empty() || (!term.to.is_empty() && (better || longer)) {
            is.to = term.to;
        }
        return;
    }
    let later = if is.to.is_empty() {
        !term.to.is_empty() && term.end() > term.start()
    } else {
        term.end() > is.end()
    };
    if later {
        is.to = term.to;
    }
    if is.from.is_empty() {
        is.from = term.from;
    }
}

/// The terms of one office, ours and those from elsewhere, made to follow each other. Gives ours.
pub(crate) fn in_turn(ours: Vec<Term>, elsewhere: &[Term]) -> Vec<Term> {
    let by_hand: Vec<&Term> = elsewhere.iter().filter(|term| term.by_hand()).collect();
    let left = ours.into_iter().flat_map(|term| without(term, &by_hand));
    let mut terms: Vec<Term> = left.chain(elsewhere.iter().cloned()).collect();
    let interims: Vec<bool> = terms.iter().map(|term| interim(term, &terms)).collect();
    let mut interims = interims.into_iter();
    terms.retain(|_| !interims.next().unwrap_or_default());
    terms.sort_by(|a, b| (a.start(), a.end(), &a.person).cmp(&(b.start(), b.end(), &b.person)));
    for at in 0..terms.len() {
        let after = (at + 1..terms.len())
            .find(|&next| terms[next].person != terms[at].person && terms[next].start() > terms[at].start());
        if let Some(next) = after {
            let (before, after) = terms.split_at_mut(next);
            follow(&mut before[at], &mut after[0]);
        }
    }
    terms.retain(|term| {
        term.ours() && (term.from.len() < 10 || term.to.len() < 10 || term.end() > term.start())
    });
    terms
}

/// What is left of a term outside those that others were given by hand.
pub(crate) fn without(term: Term, by_hand: &[&Term]) -> Vec<Term> {
    let mut left = vec![term];
    for hand in by_hand {
        left = left.into_iter().flat_map(|term| cut(term, hand)).collect();
    }
    left
}

fn cut(term: Term, hand: &Term) -> Vec<Term> {
    let apart = term.end() <= hand.start() || term.start() >= hand.end();
    let touch = within(&term.to, &hand.from) || within(&term.from, &hand.to);
    if term.person == hand.person || apart || touch {
        return vec![term];
    }
    let (mut earlier, mut later) = (term.clone(), term);
    earlier.to.clone_from(&hand.from);
    later.from.clone_from(&hand.to);
    [(earlier, &hand.from), (later, &hand.to)]
        .into_iter()
        .filter(|(term, bound)| !bound.is_empty() && days(term.start(), term.end()) > SCRAP)
        .map(|(term, _)| term)
        .collect()
}

/// Whether a date lies in the month or year that a coarser one gives.
fn within(date: &str, coarse: &str) -> bool {
    !coarse.is_empty() && date.len() > coarse.len() && date.starts_with(coarse)
}

/// Whether a term is a short one within that of another holder.
fn interim(term: &Term, terms: &[Term]) -> bool {
    let short = term.from.len() == 10 && term.to.len() == 10 && days(term.start(), term.end()) <= INTERIM;
    let around = |other: &Term| {
        !other.from.is_empty()
            && !other.to.is_empty()
            && other.start() < term.start()
            && term.end() <= other.end()
    };
    term.ours() && short && terms.iter().any(|other| other.person != term.person && around(other))
}

/// Ends a term where the next one begins, unless the two overlap by too much to tell.
fn follow(term: &mut Term, next: &mut Term) {
    let over = days(next.start(), term.end());
    let inner = !next.to.is_empty() && next.end() <= term.end();
    let coarse = term.to.len() < 10 && next.from.starts_with(&term.to);
    if within(&term.to, &next.from) {
        return;
    }
    if term.by_hand() && next.ours() && !term.to.is_empty() && (1..=TRIM).contains(&over) {
        next.from.clone_from(&term.to);
    } else if term.ours()
        && (term.to.is_empty()
            || (over > 0 && (coarse || (over <= TRIM && !inner)))
            || (over == -1 && term.to.len() == 10 && next.from.len() == 10))
    {
        term.to.clone_from(&next.from);
    }
}

/// Terms by office: state and kind, and the portfolio where asked for.
pub(crate) fn by_office(terms: Vec<Term>) -> BTreeMap<(String, String), Vec<Term>> {
    let mut offices: BTreeMap<_, Vec<Term>> = BTreeMap::new();
    for term in terms {
        offices.entry((term.of.clone(), term.office.clone())).or_default().push(term);
    }
    offices
}

/// Joins the terms of each person in each office and portfolio.
pub(crate) fn joined_by_person(terms: Vec<Term>) -> Vec<Term> {
    let mut persons: BTreeMap<_, Vec<Term>> = BTreeMap::new();
    for term in terms {
        let key = (term.person.clone(), term.office.clone(), term.of.clone(), term.portfolio.clone());
        persons.entry(key).or_default().push(term);
    }
    persons.into_values().flat_map(joined).collect()
}

/// Rows of tenures, with the persons who are new.
pub(crate) fn proposals(
    source: &str,
    persons: &Persons,
    terms: Vec<Term>,
    left_out: Vec<String>,
) -> Vec<Proposal> {
    let used: BTreeSet<&str> = terms.iter().map(|term| term.person.as_str()).collect();
    let mut proposals = persons.proposals(source, &used);
    proposals.push(tenures(source, terms, left_out));
    proposals
}

/// Rows of tenures, compared by person, office and state.
fn tenures(source: &str, terms: Vec<Term>, left_out: Vec<String>) -> Proposal {
    let row =
        |term: Term| vec![term.person, term.office, term.of, term.portfolio, term.from, term.to, term.seen];
    let mut rows: Vec<_> = terms.into_iter().map(row).collect();
    rows.sort();
    rows.dedup();
    Proposal {
        table: "tenures.csv",
        source: source.to_owned(),
        group: &["person", "office", "of"],
        scope: "office",
        compare: &["portfolio", "from", "to"],
        columns: &["person", "office", "of", "portfolio", "from", "to", "seen"],
        rows,
        left_out,
        slack: None,
    }
}
