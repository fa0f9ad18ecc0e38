//! `accede lookup`: from names to entities.

use accede::{Entity, Kind};
use anyhow::Result;
use serde::Serialize;

use crate::args::LookupArgs;
use crate::output::Output;

#[derive(Serialize)]
struct Found<'g> {
    id: &'g str,
    name: &'g str,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'g str>,
}

impl<'g> From<Entity<'g>> for Found<'g> {
    fn from(entity: Entity<'g>) -> Self {
        Self { id: entity.id(), name: entity.name(), kind: entity.kind(), wikidata: entity.wikidata() }
    }
}

/// Looks up each name; `false` if there is nothing for one of them.
pub(crate) fn run(args: &LookupArgs) -> Result<bool> {
    let gazetteer = args.data.load()?;
    let mut output = Output::open(None)?;
    let mut all_found = true;
    for name in &args.names {
        let found: Vec<Found<'_>> = gazetteer.lookup(name).map(Found::from).collect();
        all_found &= !found.is_empty();
        if args.json {
            output.write(serde_json::to_string(&found)?.as_bytes())?;
            output.write(b"\n")?;
            continue;
        }
        if found.is_empty() {
            anstream::eprintln!("accede: nothing is known by the name `{name}`");
        }
        for Found { id, name, kind, wikidata } in found {
            output.write(
                format!("{id:<24} {kind:<13} {name}  {}\n", wikidata.unwrap_or("")).trim_end().as_bytes(),
            )?;
            output.write(b"\n")?;
        }
    }
    output.finish()?;
    Ok(all_found)
}
