//! The treaties of the World Intellectual Property Organization.

use anyhow::{Context, Result};

use crate::Places;
use crate::acts::{Act, Lives};
use crate::merge::Proposal;
use crate::parties::{Corrections, Parties};
use crate::treaties::memberships;

/// The columns of the fact file, by treaty and party first as the corrections are.
const FACTS: [&str; 6] = [
    "Treaty",
    "Contracting Party",
    "Signature Date",
    "Instrument Type",
    "Instrument Date",
    "Entry Into Force Date",
];

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let (facts, lives) = (places.fact("wipo_treaties.csv")?, Lives::read(places)?);
    let (treaties, instruments) =
        (places.mapping("wipo_treaties.csv")?, places.mapping("wipo_instruments.csv")?);
    let (treaties, instruments) = (treaties.map("treaty", "of")?, instruments.map("type", "instrument")?);
    let (corrections, parties) =
        (Corrections::read(places, "wipo_corrections.csv", &FACTS)?, Parties::read(places)?);
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for (index, fields) in facts.fields(FACTS)?.enumerate() {
        let mut fact = fields.map(str::to_owned);
        let unknown =
            |what: &str, value: &str| format!("{}: {what} `{value}` is not mapped", facts.at(index));
        let of = *treaties.get(&*fact[0]).with_context(|| unknown("treaty", &fact[0]))?;
        if let Some(reason) = corrections.apply(&mut fact) {
            left_out.push(format!("{}, {}: {reason}", fact[0], fact[1]));
        }
        let [_, party, signed, kind, deposited, in_force] = fact;
        let instrument = match &*kind {
            "" => "",
            kind => instruments.get(kind).with_context(|| unknown("instrument", kind))?,
        };
        let Some(entity) = parties.entity(&party).with_context(|| facts.at(index))? else {
            left_out.push(format!("{of}, {party}: has no rows"));
            continue;
        };
        let act = Act {
            entity: entity.to_owned(),
            of: of.to_owned(),
            signed,
            instrument: instrument.to_owned(),
            deposited,
            party: in_force,
            ended: String::new(),
        };
        rows.extend(lives.rows(&act, true));
    }
    Ok(vec![memberships("wipo", rows, left_out)])
}
