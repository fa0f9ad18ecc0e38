//! Documents in lines and rows: JSON Lines and CSV.

use std::io::BufRead;

use accede::PartialDate;
use anyhow::{Context, Result, anyhow, bail};
use csv::StringRecord;
use serde_json::{Map, Value};

use super::{Content, Input, Origin, Reader, Take, plain};

impl Reader<'_> {
    pub(super) fn read_lines(
        &self,
        origin: &Origin<'_>,
        stream: &mut dyn BufRead,
        take: &mut Take<'_>,
    ) -> bool {
        let name = origin.name;
        let mut line = Vec::new();
        let mut documents = 0;
        for number in 1.. {
            line.clear();
            match stream.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(_) => {}
                Err(error) => return take(Err(anyhow!("{name}:{number}: {}", plain(&error)))),
            }
            documents += 1;
            let read = fields_of(&line).and_then(|fields| self.input(origin, number, fields));
            if !take(read.with_context(|| format!("{name}:{number}"))) {
                return false;
            }
        }
        documents > 0 || take(Err(anyhow!("{name}: there is no document in it, it is empty")))
    }

    pub(super) fn read_table(
        &self,
        origin: &Origin<'_>,
        stream: &mut dyn BufRead,
        take: &mut Take<'_>,
    ) -> bool {
        let name = origin.name;
        let delimiter = if origin.extension.as_deref() == Some("tsv") { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(stream);
        let columns = match reader.headers() {
            Ok(columns) if columns.iter().any(|column| column == self.args.text_field) => columns.clone(),
            Ok(columns) if columns.is_empty() => {
                return take(Err(anyhow!("{name}: there is no document in it, it is empty")));
            }
            Ok(columns) => {
                let there = columns.iter().collect::<Vec<_>>().join(", ");
                return take(Err(anyhow!(
                    "{name}:1: there is no column `{}`; there are: {there}",
                    self.args.text_field
                )));
            }
            Err(error) => return take(Err(anyhow!("{name}:1: {}", cause(error)))),
        };
        let mut row = StringRecord::new();
        let mut documents = 0;
        loop {
            let read = reader.read_record(&mut row);
            let place = match &read {
                Ok(_) => row.position(),
                Err(error) => error.position(),
            };
            let line = place.map_or(reader.position().line(), csv::Position::line);
            let read = match read {
                Ok(false) => break,
                Ok(true) => cells(&columns, &row).and_then(|fields| self.input(origin, line, fields)),
                Err(error) if error.is_io_error() => {
                    return take(Err(anyhow!("{name}:{line}: {}", cause(error))));
                }
                Err(error) => Err(anyhow!("{}", cause(error))),
            };
            documents += 1;
            if !take(read.with_context(|| format!("{name}:{line}"))) {
                return false;
            }
        }
        documents > 0 || take(Err(anyhow!("{name}: there is no document in it, only a header")))
    }

    fn input(&self, origin: &Origin<'_>, number: u64, mut fields: Map<String, Value>) -> Result<Input> {
        let text_field = &self.args.text_field;
        let text = match fields.remove(text_field) {
            Some(Value::String(text)) if !text.trim().is_empty() => text,
            Some(Value::String(_) | Value::Null) => bail!("the text in field `{text_field}` is empty"),
            Some(_) => bail!("the field `{text_field}` is not a string"),
            None => bail!("there is no field `{text_field}`"),
        };
        let mut input =
            Input { content: Content::Text(text), source: origin.name.to_owned(), ..Input::default() };
        input.id = match fields.remove(&self.args.id_field) {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => format!("{}:{number}", origin.stem),
        };
        match fields.remove(&self.args.date_field) {
            None | Some(Value::Null) => {}
            Some(value) => match date_of(&value) {
                Some(date) => input.date = Some(date),
                None => input
                    .notes
                    .push(format!("the date {value} was left out: YYYY, YYYY-MM or YYYY-MM-DD is allowed")),
            },
        }
        input.title = fields.get("title").and_then(Value::as_str).map(str::to_owned);
        input.meta = self.args.keep_fields.then_some(fields);
        Ok(input)
    }
}

fn fields_of(line: &[u8]) -> Result<Map<String, Value>> {
    let value: Value = serde_json::from_slice(line.trim_ascii_end())
        .map_err(|error| anyhow!("not JSON: {}", without_line(&error)))?;
    let Value::Object(fields) = value else { bail!("the line is not a JSON object") };
    Ok(fields)
}

/// The cells of a row by their columns; an empty one is as if it were not there, but for the text.
fn cells(columns: &StringRecord, row: &StringRecord) -> Result<Map<String, Value>> {
    if columns.len() != row.len() {
        bail!("the row has {} cells, the header {}", row.len(), columns.len());
    }
    let cell = |(column, cell): (&str, &str)| {
        let value = if cell.is_empty() { Value::Null } else { Value::from(cell) };
        (column.to_owned(), value)
    };
    Ok(columns.iter().zip(row).map(cell).collect())
}

/// A date, also with a time of day behind it.
fn date_of(value: &Value) -> Option<PartialDate> {
    match value {
        Value::String(text) => {
            let day = text.split(['T', ' ']).next().unwrap_or(text);
            day.parse().ok()
        }
        Value::Number(year) => year.to_string().parse().ok(),
        _ => None,
    }
}

/// What is wrong with a table, without its place.
fn cause(error: csv::Error) -> String {
    match error.into_kind() {
        csv::ErrorKind::Utf8 { err, .. } => format!("not UTF-8: cell {}", err.field() + 1),
        csv::ErrorKind::Io(error) => plain(&error),
        other => format!("{other:?}"),
    }
}

/// A JSON error tells the line within the value, which here is always the first.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or(&text);
    format!("{cause} at column {}", error.column())
}
