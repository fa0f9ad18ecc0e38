//! `accede-import`: from the fact files to proposed rows of the gazetteer's tables.
//!
//! Each source proposes rows for one table or for several. Groups of rows that were entered or changed by hand are
//! never touched; the report says where they differ from the source.

mod acts;
mod cabinet;
mod cldr;
mod date;
mod decisions;
mod factbook;
mod heads;
mod left_out;
mod merge;
mod parties;
mod persons;
mod portfolios;
mod scope;
mod states;
mod table;
mod terms;
mod treaties;
mod wipo;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;

use decisions::Decisions;
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
    /// The folder of the mapping tables
    #[arg(long, value_name = "DIR", default_value = "import/mappings")]
    mappings: PathBuf,
    /// Write the proposed rows into the tables
    #[arg(long)]
    write: bool,
    /// Reject all that is new or changed: take it down in decisions.csv with this reason
    #[arg(long, value_name = "REASON", conflicts_with = "write")]
    decide: Option<String>,
    /// How many differences of each source to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    list: usize,
    /// Only these sources
    #[arg(value_name = "SOURCE")]
    only: Vec<String>,
}

/// A source: its name, and what reads it.
type Source = (&'static str, fn(&Places<'_>) -> Result<Vec<Proposal>>);

/// Each source, in the order in which they are read. A later one fills what earlier ones left.
const SOURCES: &[Source] = &[
    ("cldr", cldr::propose),
    ("states", states::propose),
    ("treaties", treaties::propose),
    ("wipo", wipo::propose),
    ("factbook-intervals", factbook::propose),
    ("heads", heads::propose),
    ("cabinet", cabinet::propose),
];

/// Where a source finds what it reads.
struct Places<'a> {
    facts: &'a Path,
    data: &'a Path,
    mappings: &'a Path,
}

impl Places<'_> {
    /// A fact file.
    fn fact(&self, name: &str) -> Result<Table> {
        Table::read(&self.facts.join(name))
    }

    /// A mapping table, kept by hand.
    fn mapping(&self, name: &str) -> Result<Table> {
        Table::read(&self.mappings.join(name))
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
    let places = Places { facts: &args.facts, data: &args.data, mappings: &args.mappings };
    if let Some(unknown) = args.only.iter().find(|only| SOURCES.iter().all(|(name, _)| name != only)) {
        let names: Vec<_> = SOURCES.iter().map(|(name, _)| *name).collect();
        bail!("there is no source `{unknown}`, only {}", names.join(", "));
    }
    for (name, propose) in SOURCES {
        if args.only.is_empty() || args.only.iter().any(|only| only == name) {
            for proposal in propose(&places).with_context(|| format!("source {name}"))? {
                take(args, name, &proposal)?;
            }
        }
    }
    Ok(())
}

/// Reports what a proposal changes in its table, and writes it where asked to.
fn take(args: &Args, name: &str, proposal: &Proposal) -> Result<()> {
    let path = args.data.join(proposal.table);
    let before = Table::read(&path)?;
    let decisions = Decisions::read(&args.mappings, &proposal.source, proposal.table)?;
    let Merged { table, report } = merge(&before, proposal, &decisions)?;
    print!("{}", report.text(&format!("{name} ({}, {})", proposal.source, proposal.table), args.list));
    if let Some(reason) = &args.decide {
        return Decisions::add(&args.mappings, &proposal.source, proposal.table, &report.proposed, reason);
    }
    if args.write && table != before {
        table.write(&path)?;
    }
    Ok(())
}
