//! Where tables come from: the data built into the crate, or a folder.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// A data package: a folder of tables, or the one built into the crate.
///
/// Later packages add to earlier ones, and override them where both speak of the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Package {
    /// The tables built into the crate.
    Builtin,
    /// A folder with some or all of the tables.
    Dir(PathBuf),
    /// A folder of rule files and nothing else.
    Rules(PathBuf),
}

macro_rules! builtin {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../data/", $name)))),+]
    };
}

/// The tables and rules of `data/`, by name.
const BUILTIN: &[(&str, &str)] = builtin![
    "abbreviations.csv",
    "blockers.csv",
    "body_adjectives.csv",
    "body_nouns.csv",
    "connectors.csv",
    "context.csv",
    "datapackage.json",
    "exceptions.csv",
    "foreign_names.csv",
    "furniture.csv",
    "given_names.csv",
    "government_nouns.csv",
    "language_cues.csv",
    "memberships.csv",
    "name_heads.csv",
    "not_names.csv",
    "offices.csv",
    "organization_names.csv",
    "organizations.csv",
    "particles.csv",
    "person_names.csv",
    "persons.csv",
    "places.csv",
    "portfolios.csv",
    "rules/agreements.toml",
    "rules/cues.toml",
    "rules/engine.toml",
    "rules/membership.toml",
    "rules/offices.toml",
    "rules/time.toml",
    "rules/treaties.toml",
    "rules/words.toml",
    "sport.csv",
    "state_names.csv",
    "states.csv",
    "statuses.csv",
    "tenures.csv",
];

/// Where rule files stand in a package.
const RULES: &str = "rules/";

impl Package {
    /// The text of a table, or `None` if the package does not have it.
    ///
    /// # Errors
    /// If the file is there and cannot be read, or is not UTF-8.
    pub fn text(&self, table: &str) -> Result<Option<Cow<'static, str>>> {
        match self {
            Self::Builtin => {
                Ok(BUILTIN.iter().find(|(name, _)| *name == table).map(|(_, text)| Cow::Borrowed(*text)))
            }
            Self::Dir(dir) => read(&dir.join(table)),
            Self::Rules(dir) => match table.strip_prefix(RULES) {
                Some(file) => read(&dir.join(file)),
                None => Ok(None),
            },
        }
    }

    /// The names of the rule files, sorted.
    ///
    /// # Errors
    /// If the folder of rules is there and cannot be read.
    pub fn rule_files(&self) -> Result<Vec<String>> {
        match self {
            Self::Builtin => {
                let names = BUILTIN.iter().map(|(name, _)| *name);
                Ok(names.filter(|name| name.starts_with("rules/")).map(str::to_owned).collect())
            }
            Self::Dir(dir) => list(&dir.join("rules")),
            Self::Rules(dir) => list(dir),
        }
    }

    /// The names of all tables a package may have, and of its rule files: what makes its hash.
    pub(crate) fn tables(&self) -> Result<Vec<String>> {
        let is_rule = |name: &&str| name.starts_with("rules/");
        let tables = BUILTIN.iter().map(|(name, _)| *name).filter(|name| !is_rule(name)).map(str::to_owned);
        Ok(tables.chain(self.rule_files()?).collect())
    }

    /// The path a table is named by in messages.
    pub fn path(&self, table: &str) -> PathBuf {
        match self {
            Self::Builtin => Path::new("data").join(table),
            Self::Dir(dir) => dir.join(table),
            Self::Rules(dir) => dir.join(table.strip_prefix(RULES).unwrap_or(table)),
        }
    }
}

fn read(path: &Path) -> Result<Option<Cow<'static, str>>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(Cow::Owned(text))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new(error.to_string()).at(path, None)),
    }
}

fn list(dir: &Path) -> Result<Vec<String>> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::new(error.to_string()).at(dir, None)),
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> =
        names.filter(|name| name.ends_with(".toml")).map(|name| format!("rules/{name}")).collect();
    names.sort();
    Ok(names)
}
