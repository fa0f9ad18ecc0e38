//! `accede-import`: from the fact files to proposed rows of the gazetteer's tables.
//!
//! Each source proposes rows for one table. Groups of rows that were entered or changed by hand are never
//! touched; the report says where they differ from the source.

mod cldr;
mod merge;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use merge::{Merged, Proposal, merge};
use table::Table;

/// Proposes rows for the gazetteer from the fact files and reports what differs from its tables.
#[derive(Debug, Parser)]
#[command(name = "accede-import")]
struct Args {
    /// The folder of the fact files
    #[arg(long, value_name = "DIR")]
    facts: PathBuf,
    /// The folder of the gazetteer's tables
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Write the proposed rows into the tables
    #[arg(long)]
    write: bool,
    /// How many differences of each source to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    list: usize,
    /// Only these sources
    #[arg(value_name = "SOURCE")]
    only: Vec<String>,
}

/// A source: its name, and what reads it.
type Source = (&'static str, fn(&Places<'_>) -> Result<Proposal>);

/// Each source, in the order in which they are read. A later one fills what earlier ones left.
const SOURCES: &[Source] = &[("cldr", cldr::propose)];

/// Where a source finds what it reads.
struct Places<'a> {
    facts: &'a Path,
    data: &'a Path,
}

impl Places<'_> {
    /// A fact file.
    fn fact(&self, name: &str) -> Result<Table> {
        Table::read(&self.facts.join(name))
    }

    /// A table of the gazetteer, as it is now.
    fn table(&self, name: &str) -> Result<Table> {
        Table::read(&self.data.join(name))
    }
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("accede-import: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let places = Places { facts: &args.facts, data: &args.data };
    for (name, propose) in SOURCES {
        if !args.only.is_empty() && !args.only.iter().any(|only| only == name) {
            continue;
        }
        let proposal = propose(&places).with_context(|| format!("source {name}"))?;
        let path = args.data.join(proposal.table);
        let before = Table::read(&path)?;
        let Merged { table, report } = merge(&before, &proposal)?;
        print!("{}", report.text(name, args.list));
        if args.write && table != before {
            table.write(&path)?;
        }
    }
    Ok(())
}
