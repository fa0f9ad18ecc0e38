//! Who the parties of the fact files are, and what the fact files have wrong about them.

use std::collections::HashMap;

use anyhow::{Result, bail};

use crate::Places;

/// Names and codes of parties.
pub(crate) struct Parties {
    named: HashMap<String, String>,
    states: HashMap<String, String>,
}

impl Parties {
    pub(crate) fn read(places: &Places<'_>) -> Result<Self> {
        let (named, states) = (places.mapping("parties.csv")?, places.table("states.csv")?);
        let named = named.fields(["party", "entity"])?.map(|fields| fields.map(str::to_owned));
        let code = |id: &str| id.split_once(':').map_or(id, |(_, code)| code).to_owned();
        let states = states.fields(["id"])?.map(|[id]| (code(id), id.to_owned()));
        Ok(Self { named: named.map(Into::into).collect(), states: states.collect() })
    }

    /// The entity of a name or an ISO code; `None` where the mapping table says that it has no rows.
    pub(crate) fn entity(&self, party: &str) -> Result<Option<&str>> {
        match self.named.get(party).or_else(|| self.states.get(party)) {
            Some(entity) => Ok(Some(entity.as_str()).filter(|entity| !entity.is_empty())),
            None => bail!("party `{party}` is neither in parties.csv nor a state's code"),
        }
    }
}

/// What a fact file has wrong: a mapping table gives treaty, party, column, value (empty: there was no such
/// act) and the reason.
pub(crate) struct Corrections(HashMap<(String, String), Vec<Correction>>);

/// The column, what it holds now (empty: whatever it is), what it should hold, and why.
type Correction = (usize, String, String, String);

impl Corrections {
    pub(crate) fn read(places: &Places<'_>, name: &str, columns: &[&str]) -> Result<Self> {
        let table = places.mapping(name)?;
        let mut corrections: HashMap<_, Vec<_>> = HashMap::new();
        for (index, [treaty, party, column, was, value, reason]) in
            table.fields(["treaty", "party", "column", "was", "value", "reason"])?.enumerate()
        {
            let Some(at) = columns.iter().position(|name| *name == column) else {
                bail!("{}: `{column}` is none of {}", table.at(index), columns.join(", "));
            };
            let change = (at, was.to_owned(), value.to_owned(), reason.to_owned());
            corrections.entry((treaty.to_owned(), party.to_owned())).or_default().push(change);
        }
        Ok(Self(corrections))
    }

    /// Corrects a fact; gives the reason where something was taken out.
    pub(crate) fn apply(&self, fact: &mut [String]) -> Option<&str> {
        let mut out = None;
        for (at, was, value, reason) in self.0.get(&(fact[0].clone(), fact[1].clone()))? {
            if !was.is_empty() && *was != fact[*at] {
                continue;
            }
            if value.is_empty() && !fact[*at].is_empty() {
                out = Some(reason.as_str());
            }
            fact[*at].clone_from(value);
        }
        out
    }
}
