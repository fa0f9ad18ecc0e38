//! What a party did about a treaty, and the rows of memberships that follow: attributed to the state of the day,
//! taken on by those that continue it.

use std::collections::HashMap;

use anyhow::{Result, bail};

use crate::Places;
use crate::date::{before, later};
use crate::table::Table;

/// The columns of the rows that [`Lives::rows`] makes.
pub(crate) const COLUMNS: &[&str] = &["entity", "of", "status", "from", "to", "note"];

/// The instrument of a state that was part of another when that was bound.
pub(crate) const SUCCESSION: &str = "succession";
/// No state that was independent before this succeeded to a treaty of the fact files.
const LONG_AGO: &str = "1900";

/// What one party did about one treaty. Dates are empty where there was no such act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Act {
    pub(crate) entity: String,
    pub(crate) of: String,
    pub(crate) signed: String,
    pub(crate) instrument: String,
    pub(crate) deposited: String,
    pub(crate) party: String,
    pub(crate) ended: String,
}

/// One state in a line of states, and how long it stood.
struct Link {
    entity: String,
    from: String,
    to: String,
    /// Whether acts of the states before it are acts of this one, from its first day on.
    repeats: bool,
    note: String,
}

/// When states began and ended, and who continued or succeeded whom.
pub(crate) struct Lives {
    spans: HashMap<String, (String, String)>,
    continued: HashMap<String, Vec<Link>>,
    succeeded: HashMap<String, (String, String)>,
    own: Vec<String>,
}

impl Lives {
    pub(crate) fn read(places: &Places<'_>) -> Result<Self> {
        let mut lives = Self {
            spans: HashMap::new(),
            continued: HashMap::new(),
            succeeded: HashMap::new(),
            own: Vec::new(),
        };
        for [id, from, to] in places.table("states.csv")?.fields(["id", "from", "to"])? {
            lives.spans.insert(id.to_owned(), (from.to_owned(), to.to_owned()));
        }
        lives.successions(&places.mapping("successions.csv")?)?;
        Ok(lives)
    }

    fn successions(&mut self, table: &Table) -> Result<()> {
        let columns = ["entity", "kind", "of", "from", "to", "repeats", "note"];
        for (index, fields) in table.fields(columns)?.enumerate() {
            let [entity, kind, of, from, to, repeats, note] = fields.map(str::to_owned);
            match kind.as_str() {
                "continues" => {
                    let link = Link { entity: of, from, to, repeats: repeats == "yes", note };
                    self.continued.entry(entity).or_default().push(link);
                }
                "succeeds" => drop(self.succeeded.insert(entity, (from, note))),
                "own" => self.own.push(entity),
                _ => bail!("{}: kind `{kind}` is none of continues, succeeds, own", table.at(index)),
            }
        }
        for links in self.continued.values_mut() {
            links.sort_by(|a, b| a.from.cmp(&b.from));
        }
        Ok(())
    }

    /// Whether this state continues or succeeds another.
    pub(crate) fn follows(&self, entity: &str) -> bool {
        self.continued.contains_key(entity) || self.succeeded.contains_key(entity)
    }

    /// The first day of a state that succeeded to a treaty, and was bound from then on.
    pub(crate) fn independence(&self, act: &Act) -> Option<&str> {
        let (from, _) = self.spans.get(&act.entity)?;
        let since = from.len() == 10 && from.as_str() > LONG_AGO && !before(&act.deposited, from);
        (act.instrument == SUCCESSION && since && !self.follows(&act.entity)).then_some(from)
    }

    /// The rows of an act. With `clamp`, what lies before the first day of the state begins with it.
    pub(crate) fn rows(&self, act: &Act, clamp: bool) -> Vec<Vec<String>> {
        if let Some(links) = self.continued.get(&act.entity) {
            return links.iter().flat_map(|link| along(act, link)).collect();
        }
        let (from, to) = self.spans.get(&act.entity).map_or(("", ""), |(from, to)| (from, to));
        if let Some((day, note)) = self.succeeded.get(&act.entity) {
            return rows(
                &succeeded(act.clone(), day),
                to,
                if before(&act.deposited, day) { note } else { "" },
            );
        }
        if clamp && from.len() == 10 && !self.own.contains(&act.entity) {
            return rows(&clamped(act.clone(), from), to, "");
        }
        rows(act, to, "")
    }
}

/// What a state that was part of another took on from it.
fn succeeded(mut act: Act, day: &str) -> Act {
    if act.instrument == SUCCESSION && !act.party.is_empty() {
        day.clone_into(&mut act.party);
    }
    clamped(act, day)
}

fn clamped(mut act: Act, day: &str) -> Act {
    if before(&act.signed, day) {
        act.signed.clear();
    }
    for date in [&mut act.deposited, &mut act.party] {
        if before(date, day) {
            day.clone_into(date);
        }
    }
    act
}

/// The part of an act that falls to one state of a line.
fn along(act: &Act, link: &Link) -> Vec<Vec<String>> {
    let falls = |date: &str, repeats: bool| -> String {
        let over = !link.to.is_empty() && !before(date, &link.to);
        if date.is_empty() || over || (before(date, &link.from) && !repeats) {
            return String::new();
        }
        later(date, &link.from).to_owned()
    };
    let mine = Act {
        entity: link.entity.clone(),
        signed: falls(&act.signed, link.repeats),
        deposited: falls(&act.deposited, link.repeats),
        party: if act.deposited.is_empty() { String::new() } else { falls(&act.party, true) },
        ended: if link.to.is_empty() { act.ended.clone() } else { String::new() },
        ..act.clone()
    };
    let continues = [&act.signed, &act.deposited].iter().any(|date| before(date, &link.from));
    rows(&mine, &link.to, if continues { &link.note } else { "" })
}

/// The rows of an act, each ending with the state at the latest.
fn rows(act: &Act, end: &str, note: &str) -> Vec<Vec<String>> {
    let to = if act.ended.is_empty() { end } else { &act.ended };
    let instrument = match act.instrument.as_str() {
        "" => note.to_owned(),
        kind if note.is_empty() => format!("instrument: {kind}"),
        kind => format!("instrument: {kind}; {note}"),
    };
    [
        ("signatory", &act.signed, end, note),
        ("ratified", &act.deposited, to, &instrument),
        ("party", &act.party, to, note),
        ("former", &act.ended, end, note),
    ]
    .into_iter()
    .filter(|(_, from, to, _)| !from.is_empty() && (to.is_empty() || before(from, to)))
    .map(|(status, from, to, note)| {
        [&act.entity, &act.of, status, from, to, note].map(str::to_owned).to_vec()
    })
    .collect()
}
