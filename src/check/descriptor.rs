//! What `datapackage.json` says the tables are like (Frictionless Data Package, Table Schema).

use serde::Deserialize;

use crate::gazetteer::several;
use crate::{Error, Package, PartialDate, Result};

#[derive(Deserialize)]
pub(super) struct Descriptor {
    as_of: Option<String>,
    /// What rows may name as their source, by its key.
    #[serde(default)]
    sources: Vec<SourceKey>,
    pub(super) resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct SourceKey {
    name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) schema: Schema,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    pub(super) fields: Vec<Field>,
    #[serde(default)]
    pub(super) primary_key: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) constraints: Constraints,
    /// Whether its values are dates of a year, a month or a day. Not part of the standard, whose dates are days.
    #[serde(default, rename = "partialDate")]
    pub(super) partial_date: bool,
    /// Tables whose ids the field holds, several divided by `;`. Not part of the standard, which has keys of
    /// one table only.
    #[serde(default)]
    pub(super) references: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Constraints {
    pub(super) required: bool,
    pub(super) unique: bool,
    pub(super) minimum: Option<i64>,
    #[serde(rename = "enum")]
    pub(super) allowed: Vec<String>,
    pub(super) pattern: Option<String>,
}

impl Descriptor {
    /// The package's own, or that of the tables built into the crate.
    pub(super) fn of(package: &Package) -> Result<Self> {
        let own = package.text("datapackage.json")?;
        let (file, text) = match own {
            Some(text) => (package.path("datapackage.json"), text),
            None => {
                let builtin = Package::Builtin.text("datapackage.json")?;
                (Package::Builtin.path("datapackage.json"), builtin.unwrap_or_default())
            }
        };
        serde_json::from_str(&text)
            .map_err(|error| Error::new(error.to_string()).at(file, error.line() as u64))
    }

    /// The key of a source that is not listed; `key: more` counts as `key`.
    pub(super) fn unlisted<'s>(&self, source: &'s str) -> Option<&'s str> {
        let listed = |key: &str| self.sources.iter().any(|source| source.name.as_deref() == Some(key));
        let mut keys = several(source).map(|part| part.split_once(':').map_or(part, |(key, _)| key));
        keys.find(|key| !listed(key))
    }

    pub(super) fn as_of(&self) -> Result<Option<PartialDate>> {
        let parsed = self.as_of.as_deref().map(str::parse).transpose();
        parsed.map_err(|error: Error| error.at("datapackage.json", None))
    }
}
