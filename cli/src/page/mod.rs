//! Pages: the text of an HTML file, where it stands in the file, and which parts of it are title and body.

mod depth;
mod main_text;
mod meta;
mod runs;

use accede::{Layout, PartialDate, Span, Zone, Zones};

use main_text::MainText;
use runs::{Run, Runs};

/// What is read out of an HTML file.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) layout: Layout,
    pub(crate) title: Option<String>,
    /// When it was published, as the page says.
    pub(crate) date: Option<PartialDate>,
}

impl Page {
    /// Reads a file; `None` if it holds no text.
    pub(crate) fn read(source: String) -> Option<Self> {
        let found = Runs::read(&source);
        if found.runs.is_empty() {
            return None;
        }
        let main = MainText::find(&source, &found);
        let Runs { text, runs, pieces, meta, .. } = found;
        let title = headline(&text, &runs, &main);
        let zones = zones(&runs, &main, title);
        let mut layout = Layout::new(source);
        for (text, source) in pieces {
            layout.push(text, source);
        }
        layout.set_zones(zones);
        Some(Self { text, layout, title: main.title, date: main.date.or(meta.date) })
    }
}

/// Zones of all runs; neighbours of one zone are one.
fn zones(runs: &[Run], main: &MainText, title: Option<Span>) -> Zones {
    let mut spans: Vec<(Span, Zone)> = Vec::new();
    let mut push = |span: Span, zone| match spans.last_mut() {
        Some((last, before)) if *before == zone => last.end = span.end,
        _ => spans.push((span, zone)),
    };
    for (run, &is_body) in runs.iter().zip(&main.body) {
        match title.filter(|title| run.text.overlaps(*title)) {
            Some(title) => {
                push(Span { start: run.text.start, end: run.text.end.min(title.end) }, Zone::Title);
                if title.end < run.text.end {
                    push(Span { start: title.end, end: run.text.end }, Zone::Furniture);
                }
            }
            None => push(run.text, if is_body { Zone::Body } else { Zone::Furniture }),
        }
    }
    Zones::new(spans)
}

/// The headline: the heading that says what the page calls itself, else the first heading of the first rank, else
/// the page's title without the name of the site.
fn headline(text: &str, runs: &[Run], main: &MainText) -> Option<Span> {
    let name = main.title.as_deref().map(letters).unwrap_or_default();
    let headings: Vec<_> = runs::headings(runs).collect();
    let says = |span: &Span| {
        let said = letters(span.of(text));
        !said.is_empty() && !name.is_empty() && (name.contains(&said) || said.contains(&name))
    };
    let long = |span: &Span| span.of(text).split_whitespace().count() > 1;
    let named = headings.iter().filter(|(_, span)| long(span) && says(span)).min_by_key(|(rank, _)| *rank);
    let first = || headings.iter().find(|(rank, span)| *rank == 1 && long(span));
    if let Some((_, span)) = named.or_else(first) {
        return Some(*span);
    }
    let title = runs.iter().find(|run| run.is_title)?.text;
    let end =
        main.title.as_deref().filter(|name| title.of(text).starts_with(name)).map_or(title.len(), str::len);
    Some(Span { start: title.start, end: title.start + end as u32 })
}

/// The letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
