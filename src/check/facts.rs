//! Facts held against each other: bounds, existence of both sides, the same thing twice at once.

use std::collections::HashMap;

use jiff::civil::Date;

use super::entities::is_possible;
use super::sheet::Row;
use super::{Checker, Sheets};
use crate::{Interval, PartialDate, Status};

/// The first and the last day on which it certainly held; `None` where there may be no such day.
pub(super) fn certain(held: Interval) -> Option<(Date, Date)> {
    let first = held.from?.next_day().yesterday().unwrap_or(Date::MIN);
    let end = held.to.map_or(Date::MAX, |to| to.first_day());
    (first < end).then(|| (first, end.yesterday().unwrap_or(Date::MIN)))
}

/// How many days two intervals certainly share.
pub(super) fn shared_days(a: Interval, b: Interval) -> i32 {
    let (Some(a), Some(b)) = (certain(a), certain(b)) else { return 0 };
    let (first, last) = (a.0.max(b.0), a.1.min(b.1));
    if first > last { 0 } else { (last - first).get_days() + 1 }
}

/// Whom a membership or tenure is of.
fn subject(row: Row<'_>) -> &str {
    let member = row.get("entity");
    if member.is_empty() { row.get("person") } else { member }
}

/// Whether a status is reached by an act that stays done, whatever becomes of the body.
fn is_act(status: &str) -> bool {
    matches!(status.parse(), Ok(Status::Signatory | Status::Ratified | Status::Former))
}

impl Checker {
    /// Memberships and treaty actions.
    pub(super) fn memberships(&mut self, sheets: &Sheets) {
        for row in sheets.rows("memberships") {
            let (entity, of) = (row.get("entity"), row.get("of"));
            let Some(held) = self.bounds(row) else { continue };
            self.sides(row);
            for (life_of, other, what) in [(of, entity, "body"), (entity, of, "member")] {
                self.before(row, held, life_of, other, what);
                self.after(row, held, life_of, other, what);
            }
        }
        self.overlaps(sheets.rows("memberships"), &["entity", "of", "status"]);
        self.left(sheets);
    }

    /// Finds what no two sides can be to each other.
    fn sides(&mut self, row: Row<'_>) {
        if row.get("entity") == row.get("of") {
            self.findings.push(row.finding("nothing belongs to itself: correct entity or of"));
        }
        let is_treaty = row.get("of").starts_with("treaty:");
        let of_treaties = matches!(
            row.get("status").parse(),
            Ok(Status::Signatory | Status::Ratified | Status::Party | Status::NotRatified)
        );
        let of_both = row.get("status").parse() == Ok(Status::Former);
        if !of_both && is_treaty != of_treaties {
            let message =
                "organisations have members, treaties have signatories and parties: correct status or of";
            self.findings.push(row.finding(message));
        }
    }

    /// Finds who has left and is there still.
    fn left(&mut self, sheets: &Sheets) {
        let still = |row: &Row<'_>| {
            matches!(row.get("status").parse(), Ok(Status::Member | Status::FoundingMember | Status::Party))
                && row.get("to").is_empty()
        };
        let open: HashMap<_, _> = sheets
            .rows("memberships")
            .filter(still)
            .map(|row| ((row.get("entity"), row.get("of")), row))
            .collect();
        for row in sheets.rows("memberships").filter(|row| row.get("status") == Status::Former.as_str()) {
            let Some(other) = open.get(&(row.get("entity"), row.get("of"))) else { continue };
            let (left, joined) = (row.date("from").ok().flatten(), other.date("from").ok().flatten());
            if left.is_some() && joined < left && self.as_of.is_none_or(|as_of| left <= Some(as_of)) {
                let message =
                    format!("it left, and the row on line {} goes on: close that row", other.line());
                self.findings.push(row.finding(message));
            }
        }
    }

    /// Offices: bounds, and a person twice in one at once.
    pub(super) fn tenures(&mut self, sheets: &Sheets) {
        for row in sheets.rows("tenures") {
            let (person, of) = (row.get("person"), row.get("of"));
            let Some(held) = self.bounds(row) else { continue };
            // Many a government is older than the independence of its state.
            if self.entities.get(of).is_none_or(|known| known.table != "states") {
                self.before(row, held, of, person, "body");
            }
            self.after(row, held, of, person, "state or body");
        }
        self.overlaps(sheets.rows("tenures"), &["person", "office", "of", "portfolio"]);
    }

    /// When the row held, if its dates are dates; impossible and later ones are found here.
    fn bounds(&mut self, row: Row<'_>) -> Option<Interval> {
        let held = row.interval("from", "to").ok()?;
        if !is_possible(held) {
            self.findings.push(row.finding("it ends before it begins: correct a date"));
            return None;
        }
        let about = [subject(row), row.get("of")];
        // An end may be ahead: terms are fixed and withdrawals announced. A beginning is no fact yet.
        if let (Some(from), Some(as_of)) = (held.from, self.as_of)
            && from.first_day() >= as_of.next_day()
        {
            let message =
                format!("it begins after {as_of}, the date of the package: take it out or move as_of on");
            self.find("after-as-of", about, row, &message);
        }
        Some(held)
    }

    /// Finds what began before `of` did.
    fn before(&mut self, row: Row<'_>, held: Interval, of: &str, other: &str, what: &str) {
        let life = self.life(of);
        if let (Some(from), Some(began)) = (held.from, life.from)
            && from.next_day() <= began.first_day()
        {
            let message = format!("it begins before the {what} {of} did ({began}): correct one of the two");
            self.find("before-founding", [of, other], row, &message);
        }
    }

    /// Finds what held on after the end of `of`.
    fn after(&mut self, row: Row<'_>, held: Interval, of: &str, other: &str, what: &str) {
        let life = self.life(of);
        let Some(ended) = life.to else { return };
        let beyond = |until: PartialDate| until.first_day() > ended.next_day();
        // An act was done then; anything else has to be over.
        let late = if is_act(row.get("status")) {
            held.from.is_some_and(beyond)
        } else {
            held.to.is_none_or(beyond)
        };
        if late {
            let message = format!("the {what} {of} ended in {ended}: close the row by then");
            self.find("after-end", [of, other], row, &message);
        }
    }

    /// Finds rows of one key that certainly held at once.
    fn overlaps<'s>(&mut self, sheet: impl Iterator<Item = Row<'s>>, key: &[&str]) {
        let mut rows: HashMap<Vec<&str>, Vec<(Row<'_>, Interval)>> = HashMap::new();
        for row in sheet {
            let Ok(held) = row.interval("from", "to") else { continue };
            let of: Vec<_> = key.iter().map(|column| row.get(column)).collect();
            let earlier = rows.entry(of).or_default();
            if let Some((other, _)) = earlier.iter().find(|(_, other)| shared_days(held, *other) > 1) {
                let message = format!(
                    "it held at the same time as the row on line {}: join the two or correct a date",
                    other.line()
                );
                self.find("overlap", [subject(row), row.get("of")], row, &message);
            }
            earlier.push((row, held));
        }
    }
}
