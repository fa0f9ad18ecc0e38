//! The account of a document for people.

use std::io::{self, Write};

use accede::{Modality, Paint, Polarity, Style};

use super::account::{Change, Explained, Place, Quote, Reading, Said, Silent};

/// How far details stand in.
const INDENT: &str = "        ";

/// How many rules are shown for a sentence that gave nothing.
const ATTEMPTS: usize = 3;

pub(super) fn write(explained: &Explained<'_>, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    paint.paint(Style::Heading, explained.id.unwrap_or("document"), out)?;
    match explained.date {
        Some(date) => writeln!(out, "  {date}\n")?,
        None => writeln!(out, "  no date\n")?,
    }
    section("Names", explained.mentions.is_empty(), paint, out)?;
    for place in &explained.mentions {
        write_place(place, paint, out)?;
    }
    section("Triples", explained.triples.is_empty(), paint, out)?;
    for said in &explained.triples {
        write_said(said, paint, out)?;
    }
    section("Sentences that called for rules and gave nothing", explained.silent.is_empty(), paint, out)?;
    for silent in &explained.silent {
        write_silent(silent, paint, out)?;
    }
    Ok(())
}

fn section(title: &str, is_empty: bool, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    paint.paint(Style::Heading, title, out)?;
    writeln!(out, "{}", if is_empty { ": none\n" } else { "\n" })
}

fn begin(quote: &Quote<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{:<width$}", format!("{}:{}", quote.line, quote.column), width = INDENT.len())
}

fn write_place(place: &Place<'_>, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    begin(&place.quote, out)?;
    paint.paint(Style::Heading, &one_line(place.quote.text), out)?;
    for named in &place.mentions {
        write!(out, "  {} {}, {:.2}", named.id.unwrap_or(named.kind), named.form, named.score)?;
        if let Some(name) = named.in_name {
            write!(out, ", part of \"{}\"", one_line(name))?;
        }
    }
    writeln!(out, "{}", if place.mentions.is_empty() { "  nothing" } else { "" })?;
    for reading in &place.readings {
        write_reading(reading, place.quote.text, out)?;
    }
    for change in &place.steps {
        write_change(change, paint, out)?;
    }
    writeln!(out)
}

fn write_reading(reading: &Reading<'_>, text: &str, out: &mut dyn Write) -> io::Result<()> {
    let id = reading.id.unwrap_or("nothing in the gazetteer");
    write!(out, "{INDENT}{:>4}  {id}", reading.weight)?;
    if let Some(name) = reading.name.filter(|name| *name != text) {
        write!(out, " \"{name}\"")?;
    }
    let evidence = reading.evidence.iter().map(|(words, points)| match points {
        0 => words.clone(),
        points => format!("{points:+} {words}"),
    });
    let evidence = evidence.collect::<Vec<_>>().join("; ");
    writeln!(out, "{}{evidence}", if evidence.is_empty() { "" } else { ": " })
}

fn write_change(change: &Change<'_>, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    let what = change.what.map(|what| format!(" {}", one_line(what))).unwrap_or_default();
    let step = change.step.as_str().replace('_', " ");
    paint.paint(Style::Faint, &format!("{INDENT}{step}: {}{what}\n", change.outcome), out)
}

fn write_said(said: &Said<'_>, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    begin(&said.evidence, out)?;
    paint.paint(Style::Heading, &format!("{} {} {}", said.subject, said.predicate, said.object), out)?;
    for word in said.status.iter().map(|status| status.as_str()).chain(qualifiers(said)) {
        write!(out, " {word}")?;
    }
    let times = [("at", said.time.at), ("from", said.time.from), ("to", said.time.to)];
    for (word, date) in times.into_iter().filter_map(|(word, date)| date.map(|date| (word, date))) {
        write!(out, " {word} {date}")?;
    }
    writeln!(out, "\n{INDENT}\"{}\"", one_line(said.evidence.text))?;
    let slots = said.slots.iter().map(|(name, text)| match *text {
        "" => format!("{name} named before"),
        text => format!("{name} = \"{}\"", one_line(text)),
    });
    writeln!(out, "{INDENT}rule {}: {}", said.rule, slots.collect::<Vec<_>>().join(", "))?;
    for (kind, text) in &said.cues {
        writeln!(out, "{INDENT}{kind} \"{}\"", one_line(text))?;
    }
    if let Some(when) = said.when {
        writeln!(out, "{INDENT}date \"{}\"", one_line(when))?;
    }
    write!(out, "{INDENT}gazetteer: ")?;
    paint.paint(Style::Verdict(said.check.verdict), said.check.verdict.as_str(), out)?;
    if let Some(at) = &said.check.at {
        write!(out, " at {at}")?;
    }
    if let Some(fact) = &said.check.fact {
        write!(out, ", {fact}")?;
    }
    if let Some(via) = &said.check.via {
        write!(out, ", by way of {via}")?;
    }
    if let Some(source) = said.check.source.as_ref().filter(|source| !source.is_empty()) {
        write!(out, " ({source})")?;
    }
    writeln!(out, "\n")
}

fn qualifiers<'s>(said: &Said<'_>) -> impl Iterator<Item = &'s str> {
    let polarity = (said.polarity != Polarity::Affirmed).then(|| said.polarity.as_str());
    let modality = (said.modality != Modality::Asserted).then(|| said.modality.as_str());
    polarity.into_iter().chain(modality)
}

fn write_silent(silent: &Silent<'_>, paint: &dyn Paint, out: &mut dyn Write) -> io::Result<()> {
    begin(&silent.quote, out)?;
    writeln!(out, "\"{}\"", one_line(silent.quote.text))?;
    for tried in silent.attempts.iter().take(ATTEMPTS) {
        let place = match tried.at {
            "" => "at the end".to_owned(),
            at => format!("at \"{}\"", one_line(at)),
        };
        let line =
            format!("{INDENT}{}: after {} elements no {} {place}\n", tried.rule, tried.matched, tried.wanted);
        paint.paint(Style::Faint, &line, out)?;
    }
    writeln!(out)
}

/// Text of a document as it can stand in a line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
