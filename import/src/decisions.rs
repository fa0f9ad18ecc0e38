//! What was proposed before and decided against: such a proposal is not made again while the source says the same.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use crate::table::Table;

/// The mapping table of decisions.
const FILE: &str = "decisions.csv";

const COLUMNS: [&str; 5] = ["source", "table", "key", "rejected", "reason"];

/// Decisions on proposals of one source for one table.
#[derive(Debug, Default)]
pub(crate) struct Decisions(HashMap<String, (String, String)>);

impl Decisions {
    /// Reads the decisions on proposals of `source` for `table`.
    pub(crate) fn read(mappings: &Path, source: &str, table: &str) -> Result<Self> {
        let file = Table::read(&mappings.join(FILE))?;
        let mut decisions = Self::default();
        for [of, on, key, rejected, reason] in file.fields(COLUMNS)? {
            if (of, on) == (source, table) {
                decisions.0.insert(key.to_owned(), (rejected.to_owned(), reason.to_owned()));
            }
        }
        Ok(decisions)
    }

    /// The reason why this proposal for the rows of this key was rejected, if it was.
    pub(crate) fn reason(&self, key: &str, proposed: &str) -> Option<&str> {
        self.0.get(key).filter(|(rejected, _)| rejected == proposed).map(|(_, reason)| reason.as_str())
    }

    /// Takes down decisions on what is proposed: pairs of key and proposal.
    pub(crate) fn add(
        mappings: &Path,
        source: &str,
        table: &str,
        proposals: &[(String, String)],
        reason: &str,
    ) -> Result<()> {
        let path = mappings.join(FILE);
        let mut file = Table::read(&path)?;
        let new = |(key, _): &(String, String), row: &[String]| {
            row[0] == source && row[1] == table && row[2] == *key
        };
        file.rows.retain(|row| !proposals.iter().any(|proposal| new(proposal, row)));
        for (key, proposed) in proposals {
            file.rows.push([source, table, key, proposed, reason].map(str::to_owned).to_vec());
        }
        file.rows.sort();
        file.write(&path)
    }
}
