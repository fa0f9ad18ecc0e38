//! CSV tables in memory, written the one canonical way: sorted by bytes, quoted only where needed.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// A table: the names of its columns, and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// The file it was read from, for messages.
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let mut reader =
            csv::Reader::from_path(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let named = || path.display().to_string();
        let columns = reader.headers().with_context(named)?.iter().map(str::to_owned).collect();
        let rows: Result<Vec<Vec<String>>, csv::Error> =
            reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect())).collect();
        Ok(Self { name: named(), columns, rows: rows.with_context(named)? })
    }

    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let mut writer = csv::Writer::from_path(path)?;
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            writer.write_record(row)?;
        }
        Ok(writer.flush()?)
    }

    /// A table of this name and these columns, without rows.
    pub(crate) fn head(&self) -> Self {
        Self { name: self.name.clone(), columns: self.columns.clone(), rows: Vec::new() }
    }

    /// File and line of a row, for messages.
    pub(crate) fn at(&self, row: usize) -> String {
        format!("{}:{}", self.name, row + 2)
    }

    /// The place of a column.
    pub(crate) fn column(&self, name: &str) -> Result<usize> {
        match self.columns.iter().position(|column| column == name) {
            Some(at) => Ok(at),
            None => bail!("{}: there is no column `{name}`, only {}", self.name, self.columns.join(", ")),
        }
    }

    /// The fields of these columns, row by row.
    pub(crate) fn fields<const N: usize>(&self, names: [&str; N]) -> Result<impl Iterator<Item = [&str; N]>> {
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(names) {
            *place = self.column(name)?;
        }
        Ok(self.rows.iter().map(move |row| places.map(|at| row[at].trim())))
    }

    /// From the values of one column to those of another; rows with an empty key are left out.
    pub(crate) fn map(&self, key: &str, value: &str) -> Result<HashMap<&str, &str>> {
        Ok(self.fields([key, value])?.filter(|[key, _]| !key.is_empty()).map(|[k, v]| (k, v)).collect())
    }
}
