//! `accede show`: an entity's card.

use accede::{
    Entity, EntityId, Form, Gazetteer, Interval, Kind, Membership, Office, PartialDate, Status, Tenure,
};
use anyhow::{Result, bail};
use comfy_table::Table;
use comfy_table::presets;
use serde::Serialize;

use crate::args::ShowArgs;
use crate::output::Output;

#[derive(Serialize)]
struct Card<'g> {
    id: &'g str,
    name: &'g str,
    /// What it was called then, where that is another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name_on: Option<&'g str>,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'g str>,
    #[serde(skip)]
    lineage: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<PartialDate>,
    names: Vec<NameRow<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<MemberRow<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    memberships: Vec<MembershipRow<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    offices: Vec<OfficeRow<'g>>,
}

#[derive(Serialize)]
struct NameRow<'g> {
    surface: &'g str,
    form: Form,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
}

#[derive(Serialize)]
struct MemberRow<'g> {
    id: &'g str,
    #[serde(flatten)]
    held: Held<'g>,
}

#[derive(Serialize)]
struct MembershipRow<'g> {
    of: &'g str,
    #[serde(flatten)]
    held: Held<'g>,
}

/// A membership as seen from one side.
#[derive(Serialize)]
struct Held<'g> {
    /// The other side's.
    #[serde(skip)]
    name: &'g str,
    status: Status,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    #[serde(skip)]
    note: &'g str,
}

impl Held<'_> {
    fn line(&self) -> Vec<String> {
        vec![self.name.to_owned(), self.status.to_string(), dates(self.from, self.to), self.note.to_owned()]
    }
}

#[derive(Serialize)]
struct OfficeRow<'g> {
    person: &'g str,
    #[serde(skip)]
    name: &'g str,
    office: Office,
    of: &'g str,
    portfolio: Option<String>,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    /// Where the end is not known: until when it is known to have held.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<PartialDate>,
}

/// Shows one entity.
pub(crate) fn run(args: &ShowArgs) -> Result<bool> {
    let gazetteer = args.data.load()?;
    let entity = find(gazetteer, &args.id)?;
    let card = Card::new(gazetteer, entity, args.on);
    let mut output = Output::open(None)?;
    if args.json {
        output.write(serde_json::to_string(&card)?.as_bytes())?;
        output.write(b"\n")?;
    } else {
        output.write(card.text(args.on).as_bytes())?;
    }
    output.finish()?;
    Ok(true)
}

/// The entity of an id, or the only one that a name means.
fn find<'g>(gazetteer: &'g Gazetteer, id: &str) -> Result<Entity<'g>> {
    if let Some(key) = gazetteer.find(id) {
        return Ok(gazetteer.entity(key));
    }
    let found: Vec<_> = gazetteer.lookup(id).collect();
    match found.as_slice() {
        [] => bail!("nothing is known by the id or name `{id}`; `accede lookup` finds ids"),
        [first] => Ok(*first),
        [first, rest @ ..] => {
            let others: Vec<_> = rest.iter().take(4).map(|entity| entity.id()).collect();
            anstream::eprintln!(
                "accede: `{id}` is taken for {}; it may also be {}",
                first.id(),
                others.join(", ")
            );
            Ok(*first)
        }
    }
}

impl<'g> Card<'g> {
    fn new(gazetteer: &'g Gazetteer, entity: Entity<'g>, on: Option<PartialDate>) -> Self {
        let key = entity.key();
        let holds = |interval: Interval| on.is_none_or(|date| interval.may_hold(date));
        let view = |key: EntityId| gazetteer.entity(key);
        let then = |key| on.map_or(view(key).name(), |date| view(key).name_on(date));
        let names = gazetteer.names_of(key).filter(|name| holds(name.used));
        let held = |row: &Membership| on.is_none_or(|date| gazetteer.held_on(row, date));
        let mut members: Vec<_> = gazetteer.members(key).iter().filter(|row| held(row)).collect();
        members.sort_by_key(|row| (row.status, then(row.entity)));
        let mut memberships: Vec<_> = gazetteer.memberships(key).filter(|row| held(row)).collect();
        memberships.sort_by_key(|row| (then(row.of), row.held.from));
        let tenures = gazetteer.offices(key).iter().chain(gazetteer.tenures(key));
        let side = |row: &'g Membership, other| {
            let Interval { from, to } = row.held;
            Held { name: then(other), status: row.status, from, to, note: gazetteer.membership_note(row) }
        };
        let Interval { from, to } = entity.existed();
        Self {
            id: entity.id(),
            name: entity.name(),
            name_on: on.map(|date| entity.name_on(date)).filter(|name| *name != entity.name()),
            kind: entity.kind(),
            wikidata: entity.wikidata(),
            lineage: lineage(gazetteer, entity, on),
            from,
            to,
            names: names
                .map(|name| NameRow {
                    surface: gazetteer.surface(name),
                    form: name.form,
                    from: name.used.from,
                    to: name.used.to,
                })
                .collect(),
            members: members
                .into_iter()
                .map(|row| MemberRow { id: view(row.entity).id(), held: side(row, row.entity) })
                .collect(),
            memberships: memberships
                .into_iter()
                .map(|row| MembershipRow { of: view(row.of).id(), held: side(row, row.of) })
                .collect(),
            offices: tenures
                .filter(|row| on.is_none_or(|date| row.may_hold(date)))
                .map(|row| office(gazetteer, row))
                .collect(),
        }
    }

    /// The card as a person likes to read it.
    fn text(&self, on: Option<PartialDate>) -> String {
        let mut text = match self.name_on {
            Some(then) => format!("{then}, today {}  ({}, {})", self.name, self.id, self.kind),
            None => format!("{}  ({}, {})", self.name, self.id, self.kind),
        };
        if self.from.is_some() || self.to.is_some() {
            text += &format!("  {}", dates(self.from, self.to));
        }
        text += &self.wikidata.map(|item| format!("  {item}")).unwrap_or_default();
        text += &on.map(|date| format!("\non {date}")).unwrap_or_default();
        for line in &self.lineage {
            text += &format!("\n{line}");
        }
        text.push('\n');
        let offices = self.offices.iter().map(|row| {
            let office = [Some(row.office.to_string()), row.portfolio.clone()];
            let office = office.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let seen = row.seen.map(|seen| format!("? (seen {seen})")).unwrap_or_default();
            vec![row.name.to_owned(), office, row.of.to_owned(), dates(row.from, row.to) + &seen]
        });
        let heading = format!("Offices ({})", self.offices.len());
        section(&mut text, &heading, ["person", "office", "of", "when"], offices);
        let heading = counted("Members", self.members.iter().map(|row| row.held.status));
        let rows = self.members.iter().map(|row| row.held.line());
        section(&mut text, &heading, ["name", "status", "when", "note"], rows);
        let heading = format!("Memberships ({})", self.memberships.len());
        let rows = self.memberships.iter().map(|row| row.held.line());
        section(&mut text, &heading, ["of", "status", "when", "note"], rows);
        let names = self.names.iter().map(|row| {
            let used =
                if row.from.is_some() || row.to.is_some() { dates(row.from, row.to) } else { String::new() };
            vec![row.surface.to_owned(), row.form.to_string(), used]
        });
        section(&mut text, &format!("Names ({})", self.names.len()), ["name", "form", "used"], names);
        text
    }
}

/// What it was called, what it followed and what followed it, and whether it was there at all.
fn lineage(gazetteer: &Gazetteer, entity: Entity<'_>, on: Option<PartialDate>) -> Vec<String> {
    let mut lines = Vec::new();
    let existed = entity.existed();
    if let (Some(date), Some(as_of)) = (on, gazetteer.as_of())
        && date.first_day() >= as_of.next_day()
    {
        lines.push(format!("the tables are known to be right up to {as_of}"));
    }
    if on.is_some_and(|date| existed.is_ahead(date)) {
        lines.push("not there yet on that day".to_owned());
    }
    if on.is_some_and(|date| existed.is_over(date)) {
        lines.push("no longer there on that day".to_owned());
    }
    let past = |used: Interval| on.is_none_or(|date| used.is_over(date));
    let mut formerly: Vec<_> =
        gazetteer.names_of(entity.key()).filter(|name| name.main && past(name.used)).collect();
    formerly.sort_by_key(|name| name.used.to);
    let formerly = formerly
        .into_iter()
        .map(|name| format!("{} ({})", gazetteer.surface(name), dates(name.used.from, name.used.to)));
    let names = |ids: &[EntityId]| {
        ids.iter()
            .map(|&id| gazetteer.entity(id))
            .map(|other| format!("{} ({})", other.name(), other.id()))
            .collect()
    };
    for (what, list) in [
        ("formerly", formerly.collect::<Vec<_>>()),
        ("follows", names(entity.predecessors())),
        ("followed by", names(entity.successors())),
        ("part of", names(entity.parent().as_slice())),
    ] {
        if !list.is_empty() {
            lines.push(format!("{what}: {}", list.join(", ")));
        }
    }
    lines
}

fn office<'g>(gazetteer: &'g Gazetteer, row: &'g Tenure) -> OfficeRow<'g> {
    let portfolio: Vec<_> = gazetteer.portfolios(row).collect();
    OfficeRow {
        person: gazetteer.entity(row.person).id(),
        name: gazetteer.entity(row.person).name(),
        office: row.office,
        of: gazetteer.entity(row.of).id(),
        portfolio: (!portfolio.is_empty()).then(|| portfolio.join(";")),
        from: row.held.from,
        to: row.held.to,
        seen: row.seen.filter(|_| row.held.to.is_none()),
    }
}

/// "Members (32 member, 3 observer)"
fn counted(what: &str, statuses: impl Iterator<Item = Status>) -> String {
    let mut counts: Vec<(Status, usize)> = Vec::new();
    for status in statuses {
        match counts.last_mut() {
            Some((last, count)) if *last == status => *count += 1,
            _ => counts.push((status, 1)),
        }
    }
    let counts: Vec<_> = counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
    format!("{what} ({})", counts.join(", "))
}

fn section<const N: usize>(
    text: &mut String,
    heading: &str,
    columns: [&str; N],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(columns);
    rows.for_each(|row| {
        table.add_row(row);
    });
    if table.row_count() > 0 {
        let lines: Vec<_> = table.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
        *text += &format!("\n{heading}\n{}\n", lines.join("\n"));
    }
}

/// `1999-04-20..`; `?` where nothing is known of when it began.
fn dates(from: Option<PartialDate>, to: Option<PartialDate>) -> String {
    let begin = if from.is_none() { "?" } else { "" };
    format!("{begin}{}", Interval { from, to })
}
