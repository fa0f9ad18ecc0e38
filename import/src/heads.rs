//! Heads of state and of government from Wikidata.

use anyhow::{Context, Result};

use crate::Places;
use crate::cabinet;
use crate::date::{before, first_day};
use crate::merge::Proposal;
use crate::parties::Parties;
use crate::persons::{Persons, is_item};
use crate::scope::Scope;
use crate::terms::{Term, by_office, from_elsewhere, proposals};

const SOURCE: &str = "wikidata-hos";
const FACTS: [&str; 6] = ["iso3", "role", "person", "person_qid", "start", "end"];
/// Terms that ended before this year are left out.
const EARLIEST: &str = "1900";

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let facts = places.fact("wikidata_hos_hog_terms.csv")?;
    let (scope, parties) = (Scope::read(places)?, Parties::read(places)?);
    let mut persons = Persons::read(places)?;
    let (mut terms, mut left_out) = (Vec::new(), Vec::new());
    for (index, fact) in facts.fields(FACTS)?.enumerate() {
        match term(&scope, &parties, &mut persons, fact).with_context(|| facts.at(index))? {
            Ok(term) => {
                let also = scope
                    .also(fact[0], fact[1])
                    .map(|office| Term { office: office.to_owned(), ..term.clone() });
                terms.extend(also.into_iter().chain([term]));
            }
            Err(why) => left_out.push(format!("{}: {why}", fact.join(" "))),
        }
    }
    let elsewhere = from_elsewhere(places, &[SOURCE, cabinet::SOURCE])?;
    Ok(proposals(SOURCE, &persons, scope.in_turn(terms, &by_office(elsewhere)), left_out))
}

/// The term of a fact, or why there is none.
fn term(
    scope: &Scope,
    parties: &Parties,
    persons: &mut Persons,
    [iso, office, label, item, start, end]: [&str; 6],
) -> Result<Result<Term, String>> {
    let Some((from, to)) = scope.date(iso, start).zip(scope.date(iso, end)) else {
        return Ok(Err("dates that cannot be read".to_owned()));
    };
    if let Some(why) = unusable(item, &from, &to).or_else(|| scope.excludes(iso, office, item)) {
        return Ok(Err(why.to_owned()));
    }
    let of = scope.entity(parties.entity(iso)?.unwrap_or_default(), &to).to_owned();
    if scope.too_early(&of, &to) {
        return Ok(Err("before the state began".to_owned()));
    }
    let office = office.to_owned();
    Ok(persons.find(item, label).map(|person| Term { person, office, of, from, to, ..Term::default() }))
}

/// Why no term can be made of these fields.
fn unusable(item: &str, from: &str, to: &str) -> Option<&'static str> {
    if !is_item(item) {
        return Some("no item");
    }
    if from.is_empty() && to.is_empty() {
        return Some("no dates");
    }
    if first_day(from).zip(first_day(to)).is_some_and(|(start, end)| end < start) {
        return Some("ends before it begins");
    }
    let early = before(to, EARLIEST) || (to.is_empty() && before(from, EARLIEST));
    early.then_some("too early")
}
