//! Reading documents from files, folders and standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use accede::{Document, PartialDate};
use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Map, Value};

use crate::args::{InputFormat, TagArgs};

/// What some editors put before UTF-8. Positions are counted after it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The first bytes of compressed files, which are to be unpacked first.
const PACKED: [(&[u8], &str); 2] = [(b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd")];

/// A document with everything it owns.
#[derive(Debug, Default)]
pub(crate) struct Input {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) text: String,
    pub(crate) date: Option<PartialDate>,
    pub(crate) title: Option<String>,
    pub(crate) meta: Option<Map<String, Value>>,
    pub(crate) notes: Vec<String>,
}

impl Input {
    pub(crate) fn document(&self, default: Option<PartialDate>) -> Document<'_> {
        Document {
            text: &self.text,
            id: Some(&self.id),
            source: Some(&self.source),
            date: self.date.or(default),
            title: self.title.as_deref(),
        }
    }
}

/// Gives each document of all inputs to `take`, or the error that stands in its place; `take` says whether to
/// go on.
pub(crate) fn read_all(args: &TagArgs, take: &mut dyn FnMut(Result<Input>) -> bool) {
    let reader = Reader { args };
    let standard = [PathBuf::from("-")];
    let inputs = if args.inputs.is_empty() { &standard[..] } else { &args.inputs };
    for input in inputs {
        if !reader.read_path(input, take) {
            return;
        }
    }
}

struct Reader<'a> {
    args: &'a TagArgs,
}

type Take<'t> = dyn FnMut(Result<Input>) -> bool + 't;

impl Reader<'_> {
    fn read_path(&self, path: &Path, take: &mut Take<'_>) -> bool {
        if path == Path::new("-") {
            return self.read_stream("standard input", "stdin", None, &mut io::stdin().lock(), take);
        }
        if path.is_dir() {
            return self.read_dir(path, take);
        }
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => {
                let stem =
                    path.file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
                self.read_stream(
                    &name,
                    &stem,
                    path.extension().and_then(|e| e.to_str()),
                    &mut BufReader::new(file),
                    take,
                )
            }
            Err(error) => take(Err(anyhow!("{name}: {}", plain(&error)))),
        }
    }

    /// All files below a folder in sorted order, hidden ones left out.
    fn read_dir(&self, dir: &Path, take: &mut Take<'_>) -> bool {
        let listed = std::fs::read_dir(dir)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
        match listed {
            Ok(mut paths) => {
                let hidden = |path: &PathBuf| {
                    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
                };
                paths.retain(|path| !hidden(path));
                paths.sort();
                paths.iter().all(|path| self.read_path(path, take))
            }
            Err(error) => take(Err(anyhow!("{}: {}", dir.display(), plain(&error)))),
        }
    }

    fn read_stream(
        &self,
        name: &str,
        stem: &str,
        extension: Option<&str>,
        stream: &mut dyn BufRead,
        take: &mut Take<'_>,
    ) -> bool {
        if let Ok(head) = stream.fill_buf() {
            let mark = if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
            stream.consume(mark);
        }
        let lines = match self.args.input {
            InputFormat::Jsonl => true,
            InputFormat::Text => false,
            InputFormat::Auto => match extension.map(str::to_ascii_lowercase).as_deref() {
                Some("jsonl" | "ndjson") => true,
                Some("txt" | "text" | "md") => false,
                _ => stream.fill_buf().is_ok_and(|head| head.trim_ascii_start().starts_with(b"{")),
            },
        };
        if lines { self.read_lines(name, stem, stream, take) } else { take(read_text(name, stem, stream)) }
    }

    fn read_lines(&self, name: &str, stem: &str, stream: &mut dyn BufRead, take: &mut Take<'_>) -> bool {
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
            let read =
                self.read_json(&line, stem, number).map(|input| Input { source: name.to_owned(), ..input });
            if !take(read.with_context(|| format!("{name}:{number}"))) {
                return false;
            }
        }
        documents > 0 || take(Err(anyhow!("{name}: there is no document in it, it is empty")))
    }

    fn read_json(&self, line: &[u8], stem: &str, number: u64) -> Result<Input> {
        let value: Value = serde_json::from_slice(line.trim_ascii_end())
            .map_err(|error| anyhow!("not JSON: {}", without_line(&error)))?;
        let Value::Object(mut fields) = value else { bail!("the line is not a JSON object") };
        let text_field = &self.args.text_field;
        let text = match fields.remove(text_field) {
            Some(Value::String(text)) if !text.trim().is_empty() => text,
            Some(Value::String(_)) => bail!("the text in field `{text_field}` is empty"),
            Some(_) => bail!("the field `{text_field}` is not a string"),
            None => bail!("there is no field `{text_field}`"),
        };
        let mut input = Input { text, ..Input::default() };
        input.id = match fields.remove(&self.args.id_field) {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => format!("{stem}:{number}"),
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

fn read_text(name: &str, stem: &str, stream: &mut dyn BufRead) -> Result<Input> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| anyhow!("{name}: {}", plain(&error)))?;
    if let Some((_, what)) = PACKED.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        bail!("{name}: it is packed with {what}, unpack it first");
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
        anyhow!("{name}:{line}: not UTF-8: byte 0x{:02x} at offset {valid}", error.as_bytes()[valid])
    })?;
    if text.trim().is_empty() {
        bail!("{name}: there is no text in it, it is empty");
    }
    Ok(Input { id: stem.to_owned(), source: name.to_owned(), text, ..Input::default() })
}

/// What the system says, without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// A JSON error tells the line within the value, which here is always the first.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or(&text);
    format!("{cause} at column {}", error.column())
}
