//! `accede names`: every surface form.

use anyhow::Result;

use crate::args::NamesArgs;
use crate::output::Output;

/// Writes surface, id, kind and form, divided by tabs, in the order of the tables.
pub(crate) fn run(args: &NamesArgs) -> Result<bool> {
    let gazetteer = args.data.load()?;
    let mut output = Output::open(None)?;
    for (_, name) in gazetteer.names() {
        if let Some(entity) = name.entity.map(|key| gazetteer.entity(key)) {
            let line =
                format!("{}\t{}\t{}\t{}\n", gazetteer.surface(name), entity.id(), entity.kind(), name.form);
            output.write(line.as_bytes())?;
        }
    }
    output.finish()?;
    Ok(true)
}
