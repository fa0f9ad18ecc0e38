//! What looks wrong and has been explained: `exceptions.csv`.

use std::collections::HashMap;

use super::sheet::Row;
use crate::Error;

/// Explained findings, by check, entity and what it is about.
#[derive(Default)]
pub(super) struct Exceptions {
    rows: HashMap<[String; 3], Explained>,
}

struct Explained {
    used: bool,
    /// The finding if nothing needs it.
    unused: Error,
}

impl Exceptions {
    pub(super) fn of<'s>(rows: impl Iterator<Item = Row<'s>>) -> Self {
        let rows = rows.map(|row| {
            let key = ["check", "entity", "of"].map(|column| row.get(column).to_owned());
            let unused = row.finding("nothing needs this exception any more: remove it");
            (key, Explained { used: false, unused })
        });
        Self { rows: rows.collect() }
    }

    /// Whether there is a reason for this finding, or for all of the entity's.
    pub(super) fn explain(&mut self, check: &str, [entity, of]: [&str; 2]) -> bool {
        [of, ""].iter().any(|of| {
            let found = self.rows.get_mut(&[check, entity, of].map(str::to_owned));
            found.map(|explained| explained.used = true).is_some()
        })
    }

    pub(super) fn unused(&self) -> impl Iterator<Item = Error> {
        self.rows.values().filter(|explained| !explained.used).map(|explained| explained.unused.clone())
    }
}
