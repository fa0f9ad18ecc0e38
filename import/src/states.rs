//! Codes, items and capitals of states and territories.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::Places;
use crate::merge::Proposal;

/// The columns of the table, and where they come from.
const COLUMNS: [&str; 9] =
    ["id", "kind", "name", "iso2", "iso3", "iso_numeric", "m49", "wikidata", "capital"];
const FACTS: [&str; 8] = [
    "ISO3166-1-Alpha-3",
    "is_independent",
    "CLDR display name",
    "ISO3166-1-Alpha-2",
    "ISO3166-1-numeric",
    "M49",
    "wikidata_id",
    "Capital",
];

/// The word of the fact file for a state.
const INDEPENDENT: &str = "Yes";

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let (facts, states) = (places.fact("country_codes.csv")?, places.table("states.csv")?);
    let (exceptions, ids) = (places.mapping("state_codes.csv")?, states.map("iso3", "id")?);
    let kinds = states.map("iso3", "kind")?;
    let names = states.map("iso3", "name")?;
    let mut decided: BTreeMap<(&str, &str), (&str, &str)> = BTreeMap::new();
    for [iso, column, value, reason] in exceptions.fields(["iso3", "column", "value", "reason"])? {
        decided.insert((iso, column), (value, reason));
    }
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for (index, [iso, independent, name, iso2, numeric, m49, item, capital]) in
        facts.fields(FACTS)?.enumerate()
    {
        if iso.len() != 3 || decided.contains_key(&(iso, "id")) {
            left_out
                .push(format!("{name}: {}", decided.get(&(iso, "id")).map_or("has no code", |(_, why)| why)));
            continue;
        }
        let kind = if independent == INDEPENDENT { "state" } else { "territory" };
        let id = ids.get(iso).map_or_else(|| format!("{kind}:{iso}"), ToString::to_string);
        let (Some(numeric), Some(m49)) = (three(numeric), three(m49)) else {
            bail!("{}: `{numeric}` or `{m49}` is no code of three digits", facts.at(index));
        };
        let item = item.rsplit('/').next().unwrap_or_default();
        let kind = kinds.get(iso).copied().unwrap_or(kind);
        let name = names.get(iso).copied().unwrap_or(name);
        let row = [id.as_str(), kind, name, iso2, iso, &numeric, &m49, item, capital].map(str::to_owned);
        let mut row = row.to_vec();
        for (field, column) in row.iter_mut().zip(COLUMNS) {
            if let Some((value, _)) = decided.get(&(iso, column)) {
                (*value).clone_into(field);
            }
        }
        rows.push(row);
    }
    Ok(vec![Proposal {
        table: "states.csv",
        source: "country-codes".to_owned(),
        group: &["id"],
        scope: "kind",
        compare: &["iso2", "iso3", "iso_numeric", "m49", "wikidata", "capital"],
        columns: &COLUMNS,
        rows,
        left_out,
        slack: None,
    }])
}

/// A numeric code with its zeros; an empty one stays empty.
fn three(code: &str) -> Option<String> {
    match code.parse::<u16>() {
        Ok(number) if number < 1000 => Some(format!("{number:03}")),
        Err(_) if code.is_empty() => Some(String::new()),
        _ => None,
    }
}
