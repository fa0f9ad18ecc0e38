//! For people: the text with its mentions marked, and a table of what it asserts.

use std::io::{self, Write};

use super::{MentionRecord, Record, TripleRecord};
use crate::document::Zone;
use crate::gazetteer::Kind;
use crate::relate::{Modality, Polarity};
use crate::verify::Verdict;

/// What a piece of the output is, for those who colour it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A mention in the text.
    Mention(Kind),
    /// Furniture and remarks.
    Faint,
    /// A heading.
    Heading,
    /// A verdict.
    Verdict(Verdict),
}

/// Puts a style around a piece of output.
pub trait Paint {
    /// Writes `text` in `style`.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    fn paint(&self, style: Style, text: &str, out: &mut dyn Write) -> io::Result<()>;
}

/// No colours: mentions are in brackets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain;

impl Paint for Plain {
    fn paint(&self, style: Style, text: &str, out: &mut dyn Write) -> io::Result<()> {
        match style {
            Style::Mention(_) => write!(out, "[{text}]"),
            _ => out.write_all(text.as_bytes()),
        }
    }
}

/// Writes a record for a person to read. `record` must count positions in bytes of `text`.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_pretty(
    record: &Record<'_>,
    text: &str,
    paint: &dyn Paint,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heading = [record.id, record.source].into_iter().flatten().next().unwrap_or("document");
    paint.paint(Style::Heading, heading, out)?;
    if let Some(date) = record.date {
        write!(out, "  {date}")?;
    }
    out.write_all(b"\n\n")?;
    write_text(record, text, paint, out)?;
    out.write_all(b"\n\n")?;
    write_triples(record, paint, out)?;
    for note in &record.notes {
        paint.paint(Style::Faint, &format!("note: {note}\n"), out)?;
    }
    Ok(())
}

/// The text; what lies inside a marked name is not marked again.
fn write_text(record: &Record<'_>, text: &str, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    let mut at = 0;
    let marked =
        record.mentions.iter().filter(|mention| mention.zone != Zone::Furniture && mention.in_name.is_none());
    for mention in marked {
        let (start, end) = (mention.start as usize, mention.end as usize);
        if start < at {
            continue;
        }
        out.write_all(&text.as_bytes()[at..start])?;
        paint.paint(Style::Mention(mention.kind), &label(mention), out)?;
        at = end;
    }
    out.write_all(text[at..].trim_end().as_bytes())
}

fn label(mention: &MentionRecord<'_>) -> String {
    let id = mention.id.map_or("?", |id| id.split_once(':').map_or(id, |(_, code)| code));
    let text = mention.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if mention.kind == Kind::Person {
        format!("{text}|{}", if mention.id.is_some() { "person" } else { "person?" })
    } else {
        format!("{text}|{id}")
    }
}

fn write_triples(record: &Record<'_>, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    if record.triples.is_empty() {
        return paint.paint(Style::Faint, "no triples\n", out);
    }
    let rows: Vec<[String; 5]> = record.triples.iter().map(row).collect();
    let heads = ["subject", "predicate", "object", "as", "when"].map(str::to_owned);
    let widths: Vec<usize> = (0..heads.len())
        .map(|at| rows.iter().chain([&heads]).map(|row| row[at].chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &[String; 5]| -> String {
        row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}  ")).collect()
    };
    paint.paint(Style::Heading, &format!("{}gazetteer\n", line(&heads)), out)?;
    for (triple, row) in record.triples.iter().zip(&rows) {
        out.write_all(line(row).as_bytes())?;
        paint.paint(Style::Verdict(triple.check.verdict), triple.check.verdict.as_str(), out)?;
        let fact = triple.check.fact.as_deref().map(|fact| format!("  {fact}")).unwrap_or_default();
        paint.paint(Style::Faint, &format!("{fact}\n"), out)?;
    }
    Ok(())
}

fn row(triple: &TripleRecord<'_>) -> [String; 5] {
    let mut status: Vec<&str> = triple.status.map(|status| status.as_str()).into_iter().collect();
    status.extend(triple.portfolio);
    status.extend(triple.office);
    if triple.polarity == Polarity::Negated {
        status.push("negated");
    }
    if triple.modality != Modality::Asserted {
        status.push(triple.modality.as_str());
    }
    let when = [("", triple.time.at), ("from ", triple.time.from), ("to ", triple.time.to)];
    let when: Vec<_> =
        when.into_iter().filter_map(|(word, date)| date.map(|date| format!("{word}{date}"))).collect();
    [
        triple.subject.name.to_owned(),
        triple.predicate.to_string(),
        triple.object.name.to_owned(),
        status.join(", "),
        when.join(" "),
    ]
}
