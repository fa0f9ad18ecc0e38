//! Proposed rows held against a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;

use crate::table::Table;

/// The rows a source proposes for a table.
pub(crate) struct Proposal {
    /// The file name of the table.
    pub(crate) table: &'static str,
    /// The key in the column `source` of rows that come from here, and may be changed.
    pub(crate) source: &'static str,
    /// Columns that tell which rows speak of the same thing: they are kept or replaced together.
    pub(crate) group: &'static [&'static str],
    /// Columns that are compared; what differs in others alone is left as it is.
    pub(crate) compare: &'static [&'static str],
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
    /// What the source holds and no row could be made of.
    pub(crate) left_out: Vec<String>,
}

/// A table after a proposal, and what happened.
pub(crate) struct Merged {
    pub(crate) table: Table,
    pub(crate) report: Report,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    same: usize,
    added: Vec<String>,
    changed: Vec<String>,
    kept: Vec<String>,
    gone: Vec<String>,
    left_out: Vec<String>,
}

type Rows = Vec<Vec<String>>;

/// Takes proposed rows into a table. A group with a row that is not from this source alone stays as it is.
pub(crate) fn merge(before: &Table, proposal: &Proposal) -> Result<Merged> {
    let place = |names: &[&str]| names.iter().map(|name| before.column(name)).collect::<Result<Vec<_>>>();
    let (group, compare) = (place(proposal.group)?, place(proposal.compare)?);
    let (source, columns) = (before.column("source")?, place(proposal.columns)?);
    let key = |row: &[String]| group.iter().map(|&at| row[at].clone()).collect::<Vec<_>>();
    let facts = |rows: &Rows| {
        let mut facts: Vec<Vec<String>> =
            rows.iter().map(|row| compare.iter().map(|&at| row[at].clone()).collect()).collect();
        facts.sort();
        facts
    };

    let mut groups: BTreeMap<Vec<String>, (Rows, Rows)> = BTreeMap::new();
    for row in &before.rows {
        groups.entry(key(row)).or_default().0.push(row.clone());
    }
    for fields in &proposal.rows {
        let mut row = vec![String::new(); before.columns.len()];
        for (&at, field) in columns.iter().zip(fields) {
            row[at].clone_from(field);
        }
        row[source] = proposal.source.to_owned();
        groups.entry(key(&row)).or_default().1.push(row);
    }

    let mut report = Report { left_out: proposal.left_out.clone(), ..Report::default() };
    let mut rows = Rows::new();
    for (is, proposed) in groups.into_values() {
        let ours = is.iter().all(|row| row[source] == proposal.source);
        let shown = || format!("{} | {}", text(&is), text(&proposed));
        let list = match (is.is_empty(), proposed.is_empty()) {
            (_, true) if ours && !is.is_empty() => Some((&mut report.gone, text(&is))),
            (_, true) => None,
            (true, _) => Some((&mut report.added, text(&proposed))),
            _ if facts(&is) == facts(&proposed) => {
                report.same += is.len();
                None
            }
            _ if ours => Some((&mut report.changed, shown())),
            _ => Some((&mut report.kept, shown())),
        };
        let take = is.is_empty() || (ours && !proposed.is_empty() && facts(&is) != facts(&proposed));
        if let Some((list, line)) = list {
            list.push(line);
        }
        rows.extend(if take { proposed } else { is });
    }
    rows.sort();
    Ok(Merged { table: Table { columns: before.columns.clone(), rows }, report })
}

fn text(rows: &Rows) -> String {
    rows.iter().map(|row| row.join(",")).collect::<Vec<_>>().join(" / ")
}

impl Report {
    /// The counts, and the first `most` of each kind of difference.
    pub(crate) fn text(&self, name: &str, most: usize) -> String {
        let mut text = format!("{name}: {} rows as in the tables\n", self.same);
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
        Table { columns: cut(&"who,what,from,source"), rows: rows.iter().map(cut).collect() }
    }

    fn proposal(rows: &[&str]) -> Proposal {
        Proposal {
            table: "t.csv",
            source: "s",
            group: &["who", "what"],
            compare: &["from"],
            columns: &["who", "what", "from"],
            rows: rows.iter().map(|line| line.split(',').map(str::to_owned).collect()).collect(),
            left_out: Vec::new(),
        }
    }

    #[test]
    fn rows_entered_by_hand_stay_and_the_second_run_changes_nothing() {
        let before = table(&["a,x,1990,hand: a book", "b,x,1991,s", "c,x,1992,s"]);
        let proposal = proposal(&["a,x,1999", "b,x,1998", "d,x,2000"]);
        let Merged { table: after, report } = merge(&before, &proposal).unwrap();
        assert_eq!(after, table(&["a,x,1990,hand: a book", "b,x,1998,s", "c,x,1992,s", "d,x,2000,s"]));
        assert_eq!((report.kept.len(), report.changed.len()), (1, 1));
        assert_eq!((report.gone.len(), report.added.len()), (1, 1));
        let again = merge(&after, &proposal).unwrap();
        assert_eq!(again.table, after);
        assert_eq!(again.report.same, 2);
    }
}
