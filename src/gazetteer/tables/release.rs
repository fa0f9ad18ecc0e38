//! Which state of the data a gazetteer holds.

use serde::Deserialize;

use super::{Package, PartialDate};
use crate::{Error, Result};

/// Version, date and hash of the data.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// `2026.11+8c1f…`
    pub(crate) version: String,
    pub(crate) hash: u64,
    pub(crate) as_of: Option<PartialDate>,
}

#[derive(Deserialize)]
struct Descriptor {
    version: Option<String>,
    as_of: Option<String>,
}

impl Release {
    /// That of packages on top of `base`.
    pub(super) fn of(base: Option<&Self>, packages: &[Package]) -> Result<Self> {
        let named = base.and_then(|base| base.version.split('+').next());
        let mut version = named.unwrap_or("unversioned").to_owned();
        let mut as_of = base.and_then(|base| base.as_of);
        let mut hash = base.map_or_else(Hash::default, |base| Hash(base.hash));
        for package in packages {
            if let Some(text) = package.text("datapackage.json")? {
                let file = package.path("datapackage.json");
                let descriptor: Descriptor = serde_json::from_str(&text)
                    .map_err(|error| Error::new(error.to_string()).at(&file, error.line() as u64))?;
                version = descriptor.version.unwrap_or(version);
                if let Some(date) = descriptor.as_of {
                    let date = date.parse().map_err(|error: Error| error.at(&file, None))?;
                    // An older overlay does not make the tables below it older.
                    as_of = as_of.max(Some(date));
                }
            }
            for table in package.tables()? {
                hash.add(table.as_bytes());
                hash.add(package.text(&table)?.as_deref().unwrap_or("").as_bytes());
            }
        }
        Ok(Self { version: format!("{version}+{:016x}", hash.0), hash: hash.0, as_of })
    }
}

/// A quick hash that is the same on every machine; it tells versions apart and guards against nothing else.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        let mut step =
            |word: u64| self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            step(chunk.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
        let rest = chunks.remainder();
        step(rest.iter().rev().fold(bytes.len() as u64, |word, &byte| word << 8 | u64::from(byte)));
    }
}
