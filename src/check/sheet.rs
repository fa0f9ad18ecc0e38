//! A table as it is written: every field, with the line it stands on.

use std::path::{Path, PathBuf};

use crate::gazetteer::optional;
use crate::{Error, Interval, PartialDate, Result};

pub(super) struct Sheet {
    file: PathBuf,
    columns: Vec<String>,
    /// The line each row begins on, and its fields.
    rows: Vec<(u64, Vec<String>)>,
}

/// One row of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Row<'s> {
    sheet: &'s Sheet,
    at: usize,
}

impl Sheet {
    /// The table in `text`; rows that cannot be read are found and left out. `None` if nothing can be read.
    pub(super) fn read(file: &Path, text: &str, findings: &mut Vec<Error>) -> Option<Self> {
        let mut find = |line: Option<u64>, message: String| findings.push(Error::new(message).at(file, line));
        for (broken, message) in [
            (text.starts_with('\u{feff}'), "the file begins with a byte order mark: take it away"),
            (text.contains('\r'), "lines end in CR LF: write LF alone"),
            (!text.is_empty() && !text.ends_with('\n'), "the last line has no end: add one"),
            (text.is_empty(), "the file is empty: it needs a header"),
        ] {
            if broken {
                find(Some(1), message.to_owned());
            }
        }
        let plain = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(plain.as_bytes());
        let columns: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
        if columns.iter().all(String::is_empty) {
            return None;
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) if record.len() == columns.len() => {
                    let line = record.position().map_or(0, csv::Position::line);
                    rows.push((line, record.iter().map(str::to_owned).collect()));
                }
                Ok(record) => find(
                    record.position().map(csv::Position::line),
                    format!(
                        "the row has {} fields, the header {}: quote fields that hold commas, quotes or line ends",
                        record.len(),
                        columns.len()
                    ),
                ),
                Err(error) => find(error.position().map(csv::Position::line), error.to_string()),
            }
        }
        let sheet = Self { file: file.to_owned(), columns, rows };
        findings.extend(sheet.canonical(plain));
        Some(sheet)
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// The names of its columns.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// A finding about the whole table.
    pub(super) fn finding(&self, message: String) -> Error {
        Error::new(message).at(&self.file, 1)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|at| Row { sheet: self, at })
    }

    /// What differs from the one way to write these rows: sorted, each once, quoted only where needed.
    fn canonical(&self, text: &str) -> Vec<Error> {
        let mut findings = Vec::new();
        for (before, row) in self.rows().zip(self.rows().skip(1)) {
            let order = before.fields().cmp(row.fields());
            if order.is_eq() {
                findings.push(row.finding("the row stands twice: remove one"));
            } else if order.is_gt() {
                findings.push(
                    row.finding("the row is not in its place: sort the rows, column by column, by bytes"),
                );
            }
        }
        // Where rows were left out, or their order is wrong, the lines cannot be compared.
        let written = self.write();
        if findings.is_empty() && written.lines().count() == text.lines().count() {
            let differs = text.lines().zip(written.lines()).position(|(is, ought)| is != ought);
            if let Some(at) = differs {
                let ought = written.lines().nth(at).unwrap_or_default();
                findings.push(Error::new(format!("write it as `{ought}`")).at(&self.file, at as u64 + 1));
            }
        }
        findings
    }

    fn write(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let rows = std::iter::once(&self.columns).chain(self.rows.iter().map(|(_, fields)| fields));
        for row in rows {
            // Writing to memory does not fail, and all rows have the header's length.
            let _ = writer.write_record(row);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

impl<'s> Row<'s> {
    pub(super) fn fields(self) -> &'s [String] {
        &self.sheet.rows[self.at].1
    }

    /// A field by its column; empty if there is no such column.
    pub(super) fn get(self, column: &str) -> &'s str {
        let at = self.sheet.columns.iter().position(|name| name == column);
        at.and_then(|at| self.fields().get(at)).map_or("", String::as_str)
    }

    pub(super) fn date(self, column: &str) -> Result<Option<PartialDate>> {
        optional(self.get(column))
    }

    pub(super) fn interval(self, from: &str, to: &str) -> Result<Interval> {
        Ok(Interval { from: self.date(from)?, to: self.date(to)? })
    }

    /// A finding about this row, which it shows.
    pub(super) fn finding(self, message: impl std::fmt::Display) -> Error {
        let shown = self.fields().iter().take(5).map(String::as_str).collect::<Vec<_>>().join(",");
        Error::new(format!("[{shown}] {message}")).at(&self.sheet.file, self.line())
    }

    pub(super) fn line(self) -> u64 {
        self.sheet.rows[self.at].0
    }
}
