//! Signatures, instruments and entries into force of the principal multilateral treaties.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail};

use crate::Places;
use crate::acts::{self, Act, Lives, SUCCESSION};
use crate::date::{days_after, later, months_after};
use crate::merge::Proposal;
use crate::parties::{Corrections, Parties};
use crate::table::Table;

/// How an open end is written in the fact file.
const OPEN: &str = "9999";

/// The columns of the fact file, in the order of a [`Fact`].
const FACTS: [&str; 7] = ["treaty", "party", "signed", "instrument", "instrument_date", "in_force", "ended"];

type Fact = [String; 7];

/// What `treaties.csv` says of a treaty of the fact file.
struct Treaty {
    of: String,
    source: String,
    signatures: Window,
    party: Party,
    amount: i32,
    unit: String,
    floor: String,
    /// Whether day and month are exchanged wherever the day is 12 or less.
    swapped: bool,
    /// Whether the column `ended` of the fact file can be trusted.
    ended: bool,
    /// Whether what lies before the first day of a state begins with it.
    clamp: bool,
    note: String,
}

/// The signatures that can be trusted.
enum Window {
    None,
    Any,
    Between(String, String),
}

/// Where the day comes from on which the treaty bound a party.
#[derive(PartialEq)]
enum Party {
    None,
    /// The fact file, and the rule where it has no such day.
    Fact,
    /// The treaty's own rule on the days or months after the deposit.
    Rule,
    /// The fact file; a day before the deposit tells of a succession.
    Succession,
    /// Nowhere: only the signatures of the fact file can be trusted.
    SignedOnly,
}

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let (treaties, lives) = (treaties(&places.mapping("treaties.csv")?)?, Lives::read(places)?);
    let mut left_out = Vec::new();
    let mut rows: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    for ((name, _), mut act) in acts(places, &treaties, &mut left_out)? {
        let treaty = &treaties[&name];
        treaty.bind(&mut act, &lives);
        rows.entry(&treaty.source).or_default().extend(lives.rows(&act, treaty.clamp));
    }
    let mut proposals = Vec::new();
    for (source, rows) in rows {
        proposals.push(memberships(source, rows, std::mem::take(&mut left_out)));
    }
    Ok(proposals)
}

/// What the fact file says, by treaty and entity.
fn acts(
    places: &Places<'_>,
    treaties: &HashMap<String, Treaty>,
    left_out: &mut Vec<String>,
) -> Result<BTreeMap<(String, String), Act>> {
    let facts = places.fact("treaty_parties.csv")?;
    let corrections = Corrections::read(places, "treaty_corrections.csv", &FACTS)?;
    let parties = Parties::read(places)?;
    let mut acts: BTreeMap<(String, String), Act> = BTreeMap::new();
    for (index, fields) in facts.fields(FACTS)?.enumerate() {
        let mut fact = fields.map(str::to_owned);
        let [name, party, ..] = fields;
        let treaty = treaties.get(name);
        let treaty =
            treaty.with_context(|| format!("{}: treaty `{name}` is not in treaties.csv", facts.at(index)))?;
        if let Some(reason) = corrections.apply(&mut fact) {
            left_out.push(format!("{name}, {party}: {reason}"));
        }
        match parties.entity(party).with_context(|| facts.at(index))? {
            _ if treaty.of.is_empty() => left_out.push(format!("{name}, {party}: {}", treaty.note)),
            None => left_out.push(format!("{name}, {party}: has no rows")),
            Some(entity) => {
                let act = treaty.act(&fact, entity);
                join(acts.entry((name.to_owned(), act.entity.clone())).or_default(), act);
            }
        }
    }
    Ok(acts)
}

/// Rows of memberships, compared by state and treaty.
pub(crate) fn memberships(source: &str, mut rows: Vec<Vec<String>>, left_out: Vec<String>) -> Proposal {
    rows.sort();
    rows.dedup();
    Proposal {
        table: "memberships.csv",
        source: source.to_owned(),
        group: &["entity", "of"],
        compare: &["status", "from", "to"],
        columns: acts::COLUMNS,
        rows,
        left_out,
        slack: None,
        scope: "of",
    }
}

fn treaties(table: &Table) -> Result<HashMap<String, Treaty>> {
    let columns = [
        "treaty",
        "of",
        "source",
        "signatures",
        "party",
        "amount",
        "unit",
        "floor",
        "swapped",
        "ended",
        "before_state",
        "note",
    ];
    let mut treaties = HashMap::new();
    for (index, fields) in table.fields(columns)?.enumerate() {
        let [name, of, source, signatures, party, amount, unit, floor, swapped, ended, before_state, note] =
            fields;
        let signatures = match signatures.split_once('/') {
            Some((from, to)) => Window::Between(from.to_owned(), to.to_owned()),
            None if signatures == "any" => Window::Any,
            None => Window::None,
        };
        let party = match party {
            "fact" => Party::Fact,
            "rule" => Party::Rule,
            "succession" => Party::Succession,
            "signed-only" => Party::SignedOnly,
            "none" | "" => Party::None,
            _ => bail!(
                "{}: party `{party}` is none of fact, rule, succession, signed-only, none",
                table.at(index)
            ),
        };
        let amount = if amount.is_empty() { Ok(0) } else { amount.parse() };
        let amount = amount.with_context(|| format!("{}: amount is no number", table.at(index)))?;
        let [of, source, unit, floor, note] = [of, source, unit, floor, note].map(str::to_owned);
        let (swapped, ended, clamp) = (swapped == "yes", ended == "yes", before_state == "begin");
        let treaty =
            Treaty { of, source, signatures, party, amount, unit, floor, swapped, ended, clamp, note };
        treaties.insert(name.to_owned(), treaty);
    }
    Ok(treaties)
}

impl Treaty {
    /// One row of the fact file.
    fn act(&self, [_, _, signed, instrument, deposited, in_force, ended]: &Fact, entity: &str) -> Act {
        let dated = |date: &str| match date {
            open if open.starts_with(OPEN) => String::new(),
            date if self.swapped => exchanged(date),
            date => date.to_owned(),
        };
        let signed = match &self.signatures {
            Window::Any => dated(signed),
            Window::Between(from, to) if (from..=to).contains(&&dated(signed)) => dated(signed),
            _ => String::new(),
        };
        Act {
            entity: entity.to_owned(),
            of: self.of.clone(),
            signed,
            instrument: instrument.split('/').next().unwrap_or_default().to_owned(),
            deposited: if self.party == Party::SignedOnly { String::new() } else { dated(deposited) },
            party: dated(in_force),
            ended: if self.ended { dated(ended) } else { String::new() },
        }
    }

    /// Sets the day on which the treaty bound the party.
    fn bind(&self, act: &mut Act, lives: &Lives) {
        let follows = lives.follows(&act.entity);
        let afterwards = !act.signed.is_empty() && !act.deposited.is_empty() && act.signed > act.deposited;
        if afterwards && matches!(self.signatures, Window::Between(..)) {
            act.signed.clear();
        }
        let early = act.party < act.deposited;
        let known = !act.party.is_empty()
            && match self.party {
                Party::Fact => !early || follows,
                Party::Succession => true,
                _ => false,
            };
        if act.deposited.is_empty() || self.party == Party::None {
            act.party.clear();
        } else if !known {
            act.party = match lives.independence(act) {
                Some(day) if self.party == Party::Rule => later(day, &self.floor).to_owned(),
                _ => self.rule(&act.deposited),
            };
        } else if early && self.party == Party::Succession {
            SUCCESSION.clone_into(&mut act.instrument);
        }
    }

    fn rule(&self, deposited: &str) -> String {
        let day = match self.unit.as_str() {
            "days" => days_after(deposited, self.amount),
            "months" => months_after(deposited, self.amount, false),
            "months-first" => months_after(deposited, self.amount, true),
            _ => None,
        };
        later(day.as_deref().unwrap_or(deposited), &self.floor).to_owned()
    }
}

/// A date with day and month exchanged, where both can be either.
fn exchanged(date: &str) -> String {
    match *date.split('-').collect::<Vec<_>>() {
        [year, month, day] if day <= "12" => format!("{year}-{day}-{month}"),
        _ => date.to_owned(),
    }
}

/// Joins rows that repeat each other, one for each depositary: the earliest day of each act counts.
fn join(act: &mut Act, other: Act) {
    if act.entity.is_empty() {
        *act = other;
        return;
    }
    let pairs = [
        (&mut act.signed, other.signed),
        (&mut act.deposited, other.deposited),
        (&mut act.party, other.party),
        (&mut act.ended, other.ended),
    ];
    for (is, new) in pairs {
        if is.is_empty() || (!new.is_empty() && new < *is) {
            *is = new;
        }
    }
}
