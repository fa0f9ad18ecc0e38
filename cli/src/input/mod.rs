//! Reading documents from files, folders and standard input.

mod packed;
mod records;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use accede::{Document, PartialDate};
use anyhow::{Result, anyhow, bail};
use serde_json::{Map, Value};

use crate::args::{InputFormat, ReadArgs};
use crate::page::Page;

/// What some editors put before UTF-8. Positions are counted after it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A document as it was read, with everything it owns.
#[derive(Debug, Default)]
pub(crate) struct Input {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) content: Content,
    pub(crate) date: Option<PartialDate>,
    pub(crate) title: Option<String>,
    pub(crate) meta: Option<Map<String, Value>>,
    pub(crate) notes: Vec<String>,
}

/// What a document consists of.
#[derive(Debug)]
pub(crate) enum Content {
    Text(String),
    /// The source of a page that is still to be read.
    Source(String),
    Page(Box<Page>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Input {
    /// Reads what has not been read yet: the text of a page. `default` is the date of documents without one.
    pub(crate) fn prepared(mut self, default: Option<PartialDate>) -> Result<Self> {
        self.date = self.date.or(default);
        if let Content::Source(source) = self.content {
            let Some(page) = Page::read(source) else {
                bail!("{}: there is no text in the page", self.source)
            };
            if let (None, Some(date)) = (self.date, page.date) {
                self.notes.push(format!("the date {date} is what the page says of itself"));
                self.date = Some(date);
            }
            self.content = Content::Page(Box::new(page));
        }
        Ok(self)
    }

    /// The text that is read.
    pub(crate) fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) | Content::Source(text) => text,
            Content::Page(page) => &page.text,
        }
    }

    pub(crate) fn document(&self) -> Document<'_> {
        let page = match &self.content {
            Content::Page(page) => Some(page),
            _ => None,
        };
        Document {
            text: self.text(),
            id: Some(&self.id),
            source: Some(&self.source),
            date: self.date,
            title: self.title.as_deref().or(page.and_then(|page| page.title.as_deref())),
            layout: page.map(|page| &page.layout),
        }
    }
}

/// Gives each document of all inputs to `take`, or the error that stands in its place; `take` says whether to
/// go on.
pub(crate) fn read_all(inputs: &[PathBuf], args: &ReadArgs, take: &mut Take<'_>) {
    let reader = Reader { args };
    let standard = [PathBuf::from("-")];
    let inputs = if inputs.is_empty() { &standard[..] } else { inputs };
    for input in inputs {
        if !reader.read_path(input, take) {
            return;
        }
    }
}

struct Reader<'a> {
    args: &'a ReadArgs,
}

type Take<'t> = dyn FnMut(Result<Input>) -> bool + 't;

/// Where a stream comes from.
struct Origin<'o> {
    /// As it is named in messages and records.
    name: &'o str,
    /// What ids are made of.
    stem: &'o str,
    extension: Option<String>,
}

impl Reader<'_> {
    fn read_path(&self, path: &Path, take: &mut Take<'_>) -> bool {
        if path == Path::new("-") {
            let origin = Origin { name: "standard input", stem: "stdin", extension: None };
            return self.read_stream(&origin, &mut io::stdin().lock(), take);
        }
        if path.is_dir() {
            return self.read_dir(path, take);
        }
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => {
                let path = packed::inner_name(path);
                let stem =
                    path.file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
                let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
                let origin = Origin { name: &name, stem: &stem, extension };
                self.read_stream(&origin, &mut BufReader::new(file), take)
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

    fn read_stream(&self, origin: &Origin<'_>, stream: &mut dyn BufRead, take: &mut Take<'_>) -> bool {
        let mut unpacked;
        let stream = match packed::unpacked(stream) {
            Ok(stream) => {
                unpacked = stream;
                &mut *unpacked
            }
            Err(error) => return take(Err(anyhow!("{}: {}", origin.name, plain(&error)))),
        };
        if let Ok(head) = stream.fill_buf() {
            let mark = if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
            stream.consume(mark);
        }
        match self.format(origin, stream) {
            InputFormat::Jsonl => self.read_lines(origin, stream, take),
            InputFormat::Csv => self.read_table(origin, stream, take),
            format => take(read_whole(origin, stream, format == InputFormat::Html)),
        }
    }

    /// By the extension, then by how the content begins.
    fn format(&self, origin: &Origin<'_>, stream: &mut dyn BufRead) -> InputFormat {
        if self.args.input != InputFormat::Auto {
            return self.args.input;
        }
        match origin.extension.as_deref() {
            Some("jsonl" | "ndjson") => InputFormat::Jsonl,
            Some("csv" | "tsv") => InputFormat::Csv,
            Some("html" | "htm" | "xhtml") => InputFormat::Html,
            Some("txt" | "text" | "md") => InputFormat::Text,
            _ => {
                let head = stream.fill_buf().unwrap_or_default().trim_ascii_start();
                let begins = |with: &str| {
                    head.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
                };
                if head.starts_with(b"{") {
                    InputFormat::Jsonl
                } else if begins("<!doctype html") || begins("<html") {
                    InputFormat::Html
                } else {
                    InputFormat::Text
                }
            }
        }
    }
}

fn read_whole(origin: &Origin<'_>, stream: &mut dyn BufRead, is_page: bool) -> Result<Input> {
    let name = origin.name;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| anyhow!("{name}: {}", plain(&error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
        anyhow!("{name}:{line}: not UTF-8: byte 0x{:02x} at offset {valid}", error.as_bytes()[valid])
    })?;
    if text.trim().is_empty() {
        bail!("{name}: there is no text in it, it is empty");
    }
    let content = if is_page { Content::Source(text) } else { Content::Text(text) };
    Ok(Input { id: origin.stem.to_owned(), source: name.to_owned(), content, ..Input::default() })
}

/// What the system says, without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}
