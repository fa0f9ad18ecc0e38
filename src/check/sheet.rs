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
    pub(super) fn read(file: &Path, text: &str) -> Result<Self> {
        let broken = |error: csv::Error| {
            let line = error.position().map(csv::Position::line);
            Error::new(format!("{error}; quote fields that hold commas, quotes or line ends")).at(file, line)
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(Self { file: file.to_owned(), columns, rows })
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// A finding about the whole table.
    pub(super) fn finding(&self, message: String) -> Error {
        Error::new(message).at(&self.file, 1)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|at| Row { sheet: self, at })
    }

    /// What differs from the one way to write these rows: sorted, each once, quoted only where needed.
    pub(super) fn canonical(&self, text: &str) -> Vec<Error> {
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
        let written = self.write();
        let differs = text.lines().zip(written.lines()).position(|(is, ought)| is != ought);
        if let Some(at) = differs {
            let ought = written.lines().nth(at).unwrap_or_default();
            findings.push(Error::new(format!("write it as `{ought}`")).at(&self.file, at as u64 + 1));
        } else if text != written {
            let message = "lines end in LF, without blank lines or a mark at the beginning: write it so";
            findings.push(self.finding(message.to_owned()));
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
