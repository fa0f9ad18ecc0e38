//! Entities by themselves: dates that can be, names for everybody, portfolios that there are.

use std::collections::HashSet;

use super::sheet::Row;
use super::{Checker, Sheets};
use crate::{Interval, Office};

/// Whether something may have held for a day at least.
pub(super) fn is_possible(held: Interval) -> bool {
    match (held.from, held.to) {
        (Some(from), Some(to)) => to.next_day() > from.first_day() && !(from == to && to.is_day()),
        _ => true,
    }
}

impl Checker {
    pub(super) fn lives(&mut self, sheets: &Sheets) {
        for (table, pairs) in [
            ("states", &[("from", "to")][..]),
            ("organizations", &[("signed", "ended"), ("signed", "in_force"), ("in_force", "ended")]),
            ("state_names", &[("from", "to")]),
            ("organization_names", &[("from", "to")]),
        ] {
            for row in sheets.rows(table) {
                for (from, to) in pairs {
                    self.possible(row, from, to);
                }
            }
        }
        for row in sheets.rows("organizations") {
            let id = row.get("id");
            if [row.get("predecessor"), row.get("successor")].contains(&id) {
                self.findings.push(row.finding("it follows itself: correct predecessor or successor"));
            }
        }
        self.nameless(sheets);
        self.portfolios(sheets);
    }

    fn possible(&mut self, row: Row<'_>, from: &str, to: &str) {
        // A treaty may come into force on the day it is signed.
        let same_day = to == "in_force" && row.get(from) == row.get(to);
        if row.interval(from, to).is_ok_and(|held| !is_possible(held)) && !same_day {
            self.findings.push(row.finding(format!("`{to}` is before `{from}`: correct one")));
        }
    }

    /// Finds persons without a name to be found by.
    fn nameless(&mut self, sheets: &Sheets) {
        if self.is_overlay || self.unread.contains("person_names") {
            return;
        }
        let named: HashSet<_> = sheets.rows("person_names").map(|row| row.get("person")).collect();
        for row in sheets.rows("persons").filter(|row| !named.contains(row.get("id"))) {
            self.findings.push(row.finding("nobody can find this person: add names to person_names.csv"));
        }
    }

    /// Finds ministers without a portfolio, or with one that no phrase names.
    fn portfolios(&mut self, sheets: &Sheets) {
        let known: HashSet<_> = sheets.rows("portfolios").map(|row| row.get("portfolio")).collect();
        for row in sheets.rows("tenures") {
            let is_minister = row.get("office") == Office::Minister.as_str();
            if is_minister == row.get("portfolio").is_empty() {
                let message = "a minister has a portfolio and nobody else does: correct office or portfolio";
                self.findings.push(row.finding(message));
            }
            let unknown = crate::gazetteer::several(row.get("portfolio")).find(|key| !known.contains(key));
            if let Some(key) = unknown.filter(|_| !known.is_empty()) {
                let message =
                    format!("there is no portfolio `{key}`: add it to portfolios.csv or correct it");
                self.findings.push(row.finding(message));
            }
        }
    }
}
