//! The command `accede`.

mod args;
mod check;
mod diff;
mod explain;
mod input;
mod lookup;
mod names;
mod output;
mod page;
mod pipeline;
mod show;
mod tag;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// All done.
const DONE: u8 = 0;
/// Some documents failed, or nothing was found.
const SOME_FAILED: u8 = 1;
/// The command could not start.
const NOT_STARTED: u8 = 2;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Command::Tag(tag) => tag::run(&tag),
        Command::Explain(explain) => explain::run(&explain),
        Command::Lookup(lookup) => lookup::run(&lookup),
        Command::Show(show) => show::run(&show),
        Command::Names(names) => names::run(&names),
        Command::Check(check) => check::run(&check),
        Command::Diff(diff) => diff::run(&diff),
    };
    match done {
        Ok(true) => ExitCode::from(DONE),
        Ok(false) => ExitCode::from(SOME_FAILED),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::from(DONE),
        Err(error) => {
            anstream::eprintln!("accede: {error:#}");
            ExitCode::from(NOT_STARTED)
        }
    }
}
