//! Heads of states, governments and organisations: one at a time, and no long time without one.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::{Date, date};

use super::facts::shared_days;
use super::sheet::Row;
use super::{Checker, Sheets};
use crate::{Interval, Office};

/// From when on gaps are looked for.
const SINCE: Date = date(1990, 1, 1);
/// The longest time without a holder that needs no reason, in days.
const GAP: i32 = 90;
/// How long two may hold an office at once, in days: the day on which it is handed over.
const SHARED: i32 = 1;

type Held<'s> = (Row<'s>, Interval);

impl Checker {
    pub(super) fn heads(&mut self, sheets: &Sheets) {
        let dependent: HashSet<_> = sheets
            .rows("states")
            .filter(|row| !row.get("parent").is_empty())
            .map(|row| row.get("id"))
            .collect();
        let mut offices: BTreeMap<(Office, &str), Vec<Held<'_>>> = BTreeMap::new();
        for row in sheets.rows("tenures") {
            let Ok(office) = row.get("office").parse::<Office>() else { continue };
            let Ok(held) = row.interval("from", "to") else { continue };
            if !matches!(office, Office::Minister | Office::Other) && held.from.is_some() {
                offices.entry((office, row.get("of"))).or_default().push((row, held));
            }
        }
        for ((office, of), mut rows) in offices {
            rows.sort_by_key(|(_, held)| held.from);
            self.at_once(office, of, &rows);
            if !self.is_overlay && !dependent.contains(of) {
                self.gaps(of, &rows);
            }
        }
        if !self.is_overlay && sheets.get("tenures").is_some() {
            self.headless(sheets);
        }
    }

    /// Finds states of our time for which no head of state or government is known at all.
    fn headless(&mut self, sheets: &Sheets) {
        let headed: HashSet<_> = sheets
            .rows("tenures")
            .filter(|row| {
                matches!(row.get("office").parse(), Ok(Office::HeadOfState | Office::HeadOfGovernment))
            })
            .map(|row| row.get("of"))
            .collect();
        for row in sheets.rows("states").filter(|row| row.get("parent").is_empty()) {
            let ended = self.life(row.get("id")).to.is_some_and(|to| to.first_day() < SINCE);
            if !ended && !headed.contains(row.get("id")) {
                let message = "nobody is known to have headed it: add tenures";
                self.find("gap", [row.get("id"), ""], row, message);
            }
        }
    }

    fn at_once(&mut self, office: Office, of: &str, rows: &[Held<'_>]) {
        for (at, (row, held)) in rows.iter().enumerate() {
            let clashes = rows[..at].iter().filter(|(other, also)| {
                other.get("person") != row.get("person") && shared_days(*held, *also) > SHARED
            });
            for (other, also) in clashes {
                let message = format!(
                    "{} held the office at the same time ({also}, line {}): correct a date",
                    other.get("person"),
                    other.line()
                );
                let persons = [row.get("person"), other.get("person")];
                // An office may be one of several persons, always.
                if !self.exceptions.explain("two-holders", [of, office.as_str()]) {
                    self.find("two-holders", persons, *row, &message);
                }
            }
        }
    }

    fn gaps(&mut self, of: &str, rows: &[Held<'_>]) {
        let life = self.life(of);
        let end = life.to.or(self.as_of).map_or(Date::MAX, |to| to.first_day());
        let mut covered = SINCE.max(life.from.map_or(SINCE, |from| from.next_day()));
        for (row, held) in rows {
            let from = held.from.map_or(Date::MIN, |from| from.first_day()).min(end);
            if covered < from && (from - covered).get_days() > GAP {
                let message = format!("nobody held the office from {covered} to {from}: fill the gap");
                self.find("gap", [row.get("person"), of], *row, &message);
            }
            let to = held.to.map_or(Date::MAX, |to| if to.is_day() { to.first_day() } else { to.next_day() });
            covered = covered.max(to);
        }
        if let Some((row, _)) = rows.last()
            && covered < end
            && (end - covered).get_days() > GAP
        {
            let message = format!("nobody has held the office since {covered}: fill the gap");
            self.find("gap", [row.get("person"), of], *row, &message);
        }
    }
}
