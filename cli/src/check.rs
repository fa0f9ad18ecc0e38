//! `accede check`: what is wrong with the tables of a gazetteer.

use accede::{Gazetteer, Package, check};
use anyhow::Result;

use crate::args::CheckArgs;
use crate::output::Output;

/// Lists what is wrong in each folder; `false` if anything is.
pub(crate) fn run(args: &CheckArgs) -> Result<bool> {
    let mut output = Output::open(None)?;
    let mut count = 0;
    for folder in &args.dirs {
        let known = if folder.stands_alone()? { None } else { Some(Gazetteer::builtin()?) };
        for finding in check(&Package::Dir(folder.dir.clone()), known)? {
            count += 1;
            output.write(format!("{finding}\n").as_bytes())?;
        }
    }
    output.finish()?;
    match count {
        0 => {}
        1 => anstream::eprintln!("accede: 1 finding"),
        _ => anstream::eprintln!("accede: {count} findings"),
    }
    Ok(count == 0)
}
