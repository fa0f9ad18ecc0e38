//! Names of territories in the other languages of the United Nations, from Unicode CLDR.

use anyhow::Result;

use crate::Places;
use crate::merge::Proposal;

/// The languages besides English.
const LANGUAGES: [&str; 5] = ["ar", "es", "fr", "ru", "zh"];

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let (territories, states) = (places.fact("cldr_territories.csv")?, places.table("states.csv")?);
    let ids = states.map("iso2", "id")?;
    let mut rows = Vec::new();
    for [language, territory, _variant, name] in
        territories.fields(["language", "territory", "variant", "name"])?
    {
        if let (true, Some(id)) = (LANGUAGES.contains(&language), ids.get(territory)) {
            rows.push([id, language, name].map(ToString::to_string).to_vec());
        }
    }
    rows.sort();
    rows.dedup();
    Ok(vec![Proposal {
        table: "foreign_names.csv",
        source: "cldr-48".to_owned(),
        group: &["entity", "language"],
        compare: &["surface"],
        columns: &["entity", "language", "surface"],
        rows,
        left_out: Vec::new(),
        slack: None,
        scope: "language",
    }])
}
