//! `accede explain`: why each mention and triple came out as it did.

use anyhow::{Result, bail};

use crate::args::ExplainArgs;
use crate::input::{Input, read_all};

/// Explains all documents of the input; `false` if some failed.
pub(crate) fn run(args: &ExplainArgs) -> Result<bool> {
    let inputs: Vec<_> = args.input.iter().cloned().collect();
    let mut first: Option<Result<Input>> = None;
    read_all(&inputs, &args.read, &mut |input| first.insert(input).is_ok());
    bail!(
        "explaining {} is still to come",
        first.transpose()?.map_or("nothing", |_| if args.json { "as JSON" } else { "it" })
    )
}
