//! The command line.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use accede::{Gazetteer, Offsets, Package, PartialDate};
use anyhow::{Result, bail};
use clap::builder::PossibleValue;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Which states, officials, organisations and treaties does a text name, who does it say is a member, signatory,
/// minister or head of what, since when, and is that so?
#[derive(Debug, Parser)]
#[command(name = "accede", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tag documents and emit what they assert, checked against the gazetteer
    Tag(TagArgs),
    /// Say why each mention and triple of a document came out as it did
    Explain(ExplainArgs),
    /// Find the entities that a name, acronym, code or id means
    Lookup(LookupArgs),
    /// Show an entity's card: names, members or memberships, office-holders
    Show(ShowArgs),
    /// Write every surface form: tab-separated surface, id, kind and form, without a header
    Names(NamesArgs),
    /// Say what is wrong with the tables of a gazetteer, with file and line
    Check(CheckArgs),
    /// Say in facts what changed between two gazetteers
    Diff(DiffArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Exit status: 0 all documents done; 1 some failed, each named on standard error; 2 the command could not start.

Examples:
  accede tag --date 2000-11-10 report.txt
  accede tag --format jsonl -o out.jsonl articles/
  cat news.jsonl | accede tag --jobs 4 - > out.jsonl")]
pub(crate) struct TagArgs {
    /// Files, folders (walked in sorted order), or `-` for standard input, which is also read when none is given
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// How to write; `pretty` is the default on a terminal, `jsonl` elsewhere
    #[arg(long, value_enum)]
    pub(crate) format: Option<OutputFormat>,
    /// Write to this file, which appears only when all is done
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// How to count positions: Unicode code points, UTF-8 bytes or UTF-16 units
    #[arg(long, value_enum, default_value_t = CountBy(Offsets::Char))]
    pub(crate) offsets: CountBy,
    /// How many documents to work on at once [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Also write the triples that only the gazetteer asserts between entities of a document
    #[arg(long)]
    pub(crate) known: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  accede explain --date 2000-11-10 report.txt
  echo 'Peru joined the UN in 1945.' | accede explain")]
pub(crate) struct ExplainArgs {
    /// A file, or `-` for standard input, which is also read when none is given
    #[arg(value_name = "INPUT")]
    pub(crate) document: Option<PathBuf>,
    /// Write one JSON object per document
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

/// How documents are read.
#[derive(Debug, ClapArgs)]
pub(crate) struct ReadArgs {
    /// How to read the input; `auto` goes by the file's extension, then by its content. Files packed with gzip or
    /// zstd are read as they are
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    pub(crate) input: InputFormat,
    /// The date of documents without one: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<PartialDate>,
    /// The field or column that holds a document's text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_field: String,
    /// The field or column that holds its id
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_field: String,
    /// The field or column that holds its date
    #[arg(long, value_name = "NAME", default_value = "date")]
    pub(crate) date_field: String,
    /// Carry the other fields of a document through, under `meta`
    #[arg(long)]
    pub(crate) keep_fields: bool,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Exit status: 0 something was found for each name; 1 not; 2 the command could not start."
)]
pub(crate) struct LookupArgs {
    /// Names, aliases, acronyms, codes or ids; case and marks make no difference
    #[arg(required = true, value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Write a JSON array per name, best first
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ShowArgs {
    /// An id such as state:KAZ or org:NATO, or a name that means one entity
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// As it was on this date: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<PartialDate>,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NamesArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "\
A folder with a datapackage.json stands for itself; one without is an overlay, which may speak of built-in entities.
A folder with nothing but *.toml is one of rules. The examples of rules are run.

Exit status: 0 nothing is wrong; 1 something is; 2 the command could not start.")]
pub(crate) struct CheckArgs {
    /// Folders of tables
    #[arg(required = true, value_name = "DIR")]
    pub(crate) dirs: Vec<Folder>,
    /// Count what the tables hold, too
    #[arg(long)]
    pub(crate) counts: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "\
A folder with a datapackage.json stands for itself; one without is read on top of the built-in gazetteer.

Examples:
  accede diff builtin my-tables/
  git worktree add ../before v0.1.0 && accede diff ../before/data data")]
pub(crate) struct DiffArgs {
    /// The folder of the older tables, or `builtin`
    #[arg(value_name = "OLD")]
    pub(crate) old: Folder,
    /// The folder of the newer tables, or `builtin`
    #[arg(value_name = "NEW")]
    pub(crate) new: Folder,
}

/// A folder of tables.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) dir: PathBuf,
}

impl FromStr for Folder {
    type Err = std::convert::Infallible;

    fn from_str(dir: &str) -> Result<Self, Self::Err> {
        Ok(Self { dir: dir.into() })
    }
}

impl Folder {
    /// Whether it is a whole gazetteer and not an overlay.
    pub(crate) fn stands_alone(&self) -> Result<bool> {
        if !self.dir.is_dir() {
            bail!("{}: there is no such folder", self.dir.display());
        }
        Ok(self.dir.join("datapackage.json").is_file())
    }

    /// Whether it holds rule files and no tables.
    pub(crate) fn is_rules(&self) -> bool {
        let files = std::fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut ends: Vec<_> = files.filter_map(|file| Some(file.path().extension()?.to_owned())).collect();
        ends.retain(|end| end == "toml" || end == "csv" || end == "json");
        !ends.is_empty() && ends.iter().all(|end| end == "toml")
    }

    /// What its tables say, on top of the built-in ones if it is an overlay.
    pub(crate) fn load(&self) -> Result<Gazetteer> {
        if self.dir == Path::new("builtin") && !self.dir.is_dir() {
            return Ok(Gazetteer::load(&[Package::Builtin])?);
        }
        if self.is_rules() {
            return Ok(Gazetteer::load(&[Package::Builtin])?.with_rules(std::slice::from_ref(&self.dir))?);
        }
        let own = Package::Dir(self.dir.clone());
        let packages = if self.stands_alone()? { vec![own] } else { vec![Package::Builtin, own] };
        Ok(Gazetteer::load(&packages)?)
    }
}

/// Which gazetteer to use.
#[derive(Debug, ClapArgs)]
pub(crate) struct DataArgs {
    /// A folder of tables that adds to or overrides the built-in gazetteer; may be given several times
    #[arg(long, value_name = "DIR")]
    gazetteer: Vec<PathBuf>,
    /// Leave the built-in gazetteer out
    #[arg(long, requires = "gazetteer")]
    no_builtin: bool,
    /// Take in the names of states in other languages, too: ar, es, fr, ru, zh; may be given several times
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    names_in: Vec<String>,
    /// A folder of rule files (*.toml) that adds rules and words; may be given several times
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

impl DataArgs {
    /// Loads the gazetteer; it lives as long as the process.
    pub(crate) fn load(&self) -> Result<&'static Gazetteer> {
        if self.gazetteer.is_empty() && self.names_in.is_empty() && self.rules.is_empty() {
            return Ok(Gazetteer::builtin()?);
        }
        for (option, dirs) in [("--gazetteer", &self.gazetteer), ("--rules", &self.rules)] {
            if let Some(dir) = dirs.iter().find(|dir| !dir.is_dir()) {
                bail!("{}: there is no such folder for {option}", dir.display());
            }
        }
        let builtin = (!self.no_builtin).then_some(Package::Builtin);
        let packages: Vec<_> =
            builtin.into_iter().chain(self.gazetteer.iter().cloned().map(Package::Dir)).collect();
        let languages: Vec<_> = self.names_in.iter().map(String::as_str).collect();
        let gazetteer = Gazetteer::load(&packages)?.with_languages(&languages)?.with_rules(&self.rules)?;
        Ok(Box::leak(Box::new(gazetteer)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// By the file's extension, then by its content
    Auto,
    /// Plain text, one document per file
    Text,
    /// A page; positions are those in its file
    Html,
    /// JSON Lines: {"id", "text", "date"?, "title"?} on each line
    Jsonl,
    /// A table with a header, one document per row; tabs divide the columns of `.tsv`
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// One JSON record per line and document
    Jsonl,
    /// The text with its mentions marked, and a table of what it asserts
    Pretty,
}

/// A way to count positions, as the command line knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CountBy(pub(crate) Offsets);

impl ValueEnum for CountBy {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Offsets::Char), Self(Offsets::Byte), Self(Offsets::Utf16)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}
