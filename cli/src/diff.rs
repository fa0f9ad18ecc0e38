//! `accede diff`: what changed between two gazetteers.

use accede::diff;
use anyhow::Result;

use crate::args::DiffArgs;
use crate::output::Output;

/// Writes each fact that only one of the two holds.
pub(crate) fn run(args: &DiffArgs) -> Result<bool> {
    let (old, new) = (args.old.load()?, args.new.load()?);
    let mut output = Output::open(None)?;
    for change in diff(&old, &new) {
        output.write(format!("{change}\n").as_bytes())?;
    }
    output.finish()?;
    Ok(true)
}
