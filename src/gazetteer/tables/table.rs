//! Reading one table of a data package, with errors that name file and line.

use std::path::Path;

use crate::{Error, Result};

/// One row of a table: the fields asked for, in the order asked for.
pub(crate) struct Row<'r, const N: usize> {
    record: &'r csv::StringRecord,
    columns: &'r [Option<usize>; N],
}

impl<const N: usize> Row<'_, N> {
    /// The fields; a column the table does not have is empty.
    pub(crate) fn fields(&self) -> [&str; N] {
        self.columns.map(|column| column.and_then(|column| self.record.get(column)).unwrap_or("").trim())
    }

    /// Which of these columns the table has.
    pub(crate) fn has(&self) -> [bool; N] {
        self.columns.map(|column| column.is_some())
    }
}

/// The columns to read: those before `required` must be there, the rest may be missing.
pub(crate) struct Columns<const N: usize> {
    pub(crate) names: [&'static str; N],
    pub(crate) required: usize,
}

/// Gives each row of the table in `text` to `take`. An error is told the file and the row's line.
pub(crate) fn read<const N: usize>(
    file: &Path,
    text: &str,
    columns: &Columns<N>,
    mut take: impl FnMut(u64, Row<'_, N>) -> Result<()>,
) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| broken(file, &error))?.clone();
    let find = |name: &str| headers.iter().position(|header| header.trim() == name);
    let found = columns.names.map(find);
    if let Some(missing) = found[..columns.required].iter().position(Option::is_none) {
        let wanted = columns.names[..columns.required].join(", ");
        let message = format!("there is no column `{}`: {wanted} are needed", columns.names[missing]);
        return Err(Error::new(message).at(file, 1));
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| broken(file, &error))? {
        let line = record.position().map_or(0, csv::Position::line);
        take(line, Row { record: &record, columns: &found }).map_err(|error| error.at(file, line))?;
    }
    Ok(())
}

fn broken(file: &Path, error: &csv::Error) -> Error {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} fields, the header {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "the row is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    Error::new(message).at(file, line)
}

/// The values of a field that holds several, divided by `;`.
pub(crate) fn several(field: &str) -> impl Iterator<Item = &str> {
    field.split(';').map(str::trim).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns<3> = Columns { names: ["id", "name", "note"], required: 2 };

    fn rows(text: &str) -> Result<Vec<[String; 3]>> {
        let mut rows = Vec::new();
        read(Path::new("t.csv"), text, &COLUMNS, |_, row| {
            rows.push(row.fields().map(str::to_owned));
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn columns_are_found_by_name() {
        assert_eq!(rows("name,x,id\nA,1,a\n").unwrap(), [["a", "A", ""]]);
    }

    #[test]
    fn errors_name_file_and_line() {
        insta::assert_snapshot!(rows("id\n").unwrap_err(), @"t.csv:1: there is no column `name`: id, name are needed");
        insta::assert_snapshot!(rows("id,name\na,A\nb\n").unwrap_err(), @"t.csv:3: the row has 1 fields, the header 2");
    }
}
