//! Proposed rows held against a table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::Result;

use crate::date::year;
use crate::decisions::Decisions;
use crate::table::Table;

/// The rows a source proposes for a table.
pub(crate) struct Proposal {
    /// The file name of the table.
    pub(crate) table: &'static str,
    /// The key in the column `source` of rows that come from here, and may be changed.
    pub(crate) source: String,
    /// Columns that tell which rows speak of the same thing: they are kept or replaced together.
    pub(crate) group: &'static [&'static str],
    /// The column that tells what the source speaks of: rows of something else cannot be missing in it.
    pub(crate) scope: &'static str,
    /// Columns that are compared; what differs in others alone is left as it is.
    pub(crate) compare: &'static [&'static str],
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
    /// What the source holds and no row could be made of.
    pub(crate) left_out: Vec<String>,
    /// Rows from elsewhere that differ by no more years than this are not reported; `None`: any difference is.
    pub(crate) slack: Option<i16>,
}

/// A table after a proposal, and what happened.
pub(crate) struct Merged {
    pub(crate) table: Table,
    pub(crate) report: Report,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    same: usize,
    decided: usize,
    added: Vec<String>,
    changed: Vec<String>,
    kept: Vec<String>,
    gone: Vec<String>,
    left_out: Vec<String>,
    /// What was added or changed: the key of the rows, and what the source says of them.
    pub(crate) proposed: Vec<(String, String)>,
}

type Rows = Vec<Vec<String>>;

/// Where the columns of a proposal are in its table.
struct Places {
    group: Vec<usize>,
    compare: Vec<usize>,
    columns: Vec<usize>,
    scope: usize,
    source: Option<usize>,
}

impl Places {
    fn find(table: &Table, proposal: &Proposal) -> Result<Self> {
        let find = |names: &[&str]| names.iter().map(|name| table.column(name)).collect::<Result<Vec<_>>>();
        Ok(Self {
            group: find(proposal.group)?,
            compare: find(proposal.compare)?,
            columns: find(proposal.columns)?,
            scope: table.column(proposal.scope)?,
            source: table.column("source").ok(),
        })
    }

    fn key(&self, row: &[String]) -> Vec<String> {
        self.group.iter().map(|&at| row[at].clone()).collect()
    }

    /// What a source says, in the order of the facts.
    fn facts(&self, rows: &Rows) -> Rows {
        let fact = |row: &Vec<String>| self.compare.iter().map(|&at| row[at].clone()).collect();
        let mut facts: Rows = rows.iter().map(fact).collect();
        facts.sort();
        facts
    }

    /// Proposed rows with what the rows they replace have in columns of which the source says nothing: those of the
    /// row with the same facts, or of the only row.
    fn carried(&self, is: &Rows, mut proposed: Rows) -> Rows {
        let only = if proposed.len() == 1 && is.len() == 1 { is.first() } else { None };
        for row in &mut proposed {
            let same = |old: &&Vec<String>| self.compare.iter().all(|&at| old[at] == row[at]);
            let Some(old) = is.iter().find(same).or(only) else { continue };
            for at in (0..old.len()).filter(|at| !self.columns.contains(at) && Some(*at) != self.source) {
                row[at].clone_from(&old[at]);
            }
        }
        proposed
    }

    /// A whole row of the table from a proposed one.
    fn row(&self, fields: &[String], proposal: &Proposal, width: usize) -> Vec<String> {
        let mut row = vec![String::new(); width];
        for (&at, field) in self.columns.iter().zip(fields) {
            row[at].clone_from(field);
        }
        if let Some(source) = self.source {
            row[source].clone_from(&proposal.source);
        }
        row
    }
}

/// Takes proposed rows into a table. A group with a row that is not from this source alone stays as it is, and so
/// does one that a decision speaks of.
pub(crate) fn merge(before: &Table, proposal: &Proposal, decisions: &Decisions) -> Result<Merged> {
    let places = Places::find(before, proposal)?;
    let mut spoken_of = BTreeSet::new();
    let mut groups: BTreeMap<Vec<String>, (Rows, Rows)> = BTreeMap::new();
    for row in &before.rows {
        groups.entry(places.key(row)).or_default().0.push(row.clone());
    }
    for fields in &proposal.rows {
        let row = places.row(fields, proposal, before.columns.len());
        spoken_of.insert(row[places.scope].clone());
        groups.entry(places.key(&row)).or_default().1.push(row);
    }

    let mut report = Report { left_out: proposal.left_out.clone(), ..Report::default() };
    let mut rows = Rows::new();
    for (key, (is, proposed)) in groups {
        let ours = places.source.is_some_and(|source| is.iter().all(|row| row[source] == proposal.source));
        if proposed.is_empty() {
            if ours && spoken_of.contains(&is[0][places.scope]) {
                report.gone.push(text(&is));
            }
            rows.extend(is);
            continue;
        }
        let take = report.judge(&places, proposal, decisions, &key.join(" "), (&is, &proposed), ours);
        rows.extend(if take { places.carried(&is, proposed) } else { is });
    }
    rows.sort();
    Ok(Merged { table: Table { rows, ..before.head() }, report })
}

fn text(rows: &Rows) -> String {
    rows.iter().map(|row| row.join(",")).collect::<Vec<_>>().join(" / ")
}

/// Whether two lists of facts say the same but for years no further apart than this.
/// A beginning that the source does not know is any.
fn near(is: &Rows, proposed: &Rows, columns: &[&str], years: i16) -> bool {
    let close = |((is, proposed), column): ((&String, &String), &&str)| match (year(is), year(proposed)) {
        (Some(is), Some(proposed)) => (is - proposed).abs() <= years,
        _ => is == proposed || (proposed.is_empty() && *column == "from"),
    };
    let alike = |is: &Vec<String>, fact: &Vec<String>| is.iter().zip(fact).zip(columns).all(close);
    proposed.iter().all(|fact| is.iter().any(|other| alike(other, fact)))
}

impl Report {
    /// Counts a proposal, and tells whether to take it.
    fn judge(
        &mut self,
        places: &Places,
        proposal: &Proposal,
        decisions: &Decisions,
        key: &str,
        (is, proposed): (&Rows, &Rows),
        ours: bool,
    ) -> bool {
        let (now, then) = (places.facts(is), places.facts(proposed));
        let said = text(&then);
        let shown = || format!("{} | {}", text(is), text(proposed));
        if now == then
            || (!ours && proposal.slack.is_some_and(|years| near(&now, &then, proposal.compare, years)))
        {
            self.same += is.len();
        } else if decisions.reason(key, &said).is_some() {
            self.decided += proposed.len();
        } else if !is.is_empty() && !ours {
            self.kept.push(shown());
        } else {
            if is.is_empty() {
                self.added.push(text(proposed))
            } else {
                self.changed.push(shown())
            }
            self.proposed.push((key.to_owned(), said));
            return true;
        }
        false
    }

    /// The counts, and the first `most` of each kind of difference.
    pub(crate) fn text(&self, name: &str, most: usize) -> String {
        let mut text = format!("{name}: {} rows as in the tables\n", self.same);
        if self.decided > 0 {
            let _ = writeln!(text, "  {} decided against before", self.decided);
        }
        for (what, lines) in [
            ("new", &self.added),
            ("changed in the source", &self.changed),
            ("differ, entered by hand or from another source: kept", &self.kept),
            ("no longer in the source: kept", &self.gone),
            ("left out", &self.left_out),
        ] {
            if lines.is_empty() {
                continue;
            }
            let _ = writeln!(text, "  {} {what}", lines.len());
            for line in lines.iter().take(most) {
                let _ = writeln!(text, "    {line}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Table {
        let cut = |line: &&str| line.split(',').map(str::to_owned).collect();
        Table {
            name: "t.csv".to_owned(),
            columns: cut(&"who,what,from,source,note"),
            rows: rows.iter().map(cut).collect(),
        }
    }

    fn proposal(rows: &[&str]) -> Proposal {
        Proposal {
            table: "t.csv",
            source: "s".to_owned(),
            group: &["who", "what"],
            compare: &["from"],
            columns: &["who", "what", "from"],
            rows: rows.iter().map(|line| line.split(',').map(str::to_owned).collect()).collect(),
            left_out: Vec::new(),
            slack: None,
            scope: "what",
        }
    }

    #[test]
    fn rows_entered_by_hand_stay_and_the_second_run_changes_nothing() {
        let before = table(&["a,x,1990,hand: a book,", "b,x,1991,s,of B", "c,x,1992,s,"]);
        let none = Decisions::default();
        let proposal = proposal(&["a,x,1999", "b,x,1998", "d,x,2000"]);
        let Merged { table: after, report } = merge(&before, &proposal, &none).unwrap();
        assert_eq!(
            after,
            table(&["a,x,1990,hand: a book,", "b,x,1998,s,of B", "c,x,1992,s,", "d,x,2000,s,"])
        );
        assert_eq!((report.kept.len(), report.changed.len()), (1, 1));
        assert_eq!((report.gone.len(), report.added.len()), (1, 1));
        let again = merge(&after, &proposal, &none).unwrap();
        assert_eq!(again.table, after);
        assert_eq!(again.report.same, 2);
    }
}
