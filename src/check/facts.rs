//! Facts held against each other: bounds, existence of both sides, the same thing twice at once.

use std::collections::HashMap;

use jiff::civil::Date;

use super::sheet::Row;
use super::{Checker, Sheets};
use crate::{Interval, Status};

/// The first and the last day on which it certainly held; `None` where it may not have held at all.
pub(super) fn certain(held: Interval) -> Option<(Date, Date)> {
    let first = held.from.map_or(Date::MIN, |from| from.next_day().yesterday().unwrap_or(Date::MIN));
    let end = held.to.map_or(Date::MAX, |to| to.first_day());
    (first < end).then(|| (first, end.yesterday().unwrap_or(Date::MIN)))
}

/// How many days two intervals certainly share.
pub(super) fn shared_days(a: Interval, b: Interval) -> i32 {
    let (Some(a), Some(b)) = (certain(a), certain(b)) else { return 0 };
    let (first, last) = (a.0.max(b.0), a.1.min(b.1));
    if first > last { 0 } else { (last - first).get_days() + 1 }
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
            for (life_of, other, what) in [(of, entity, "body"), (entity, of, "member")] {
                self.before(row, held, life_of, other, what);
                self.after(row, held, life_of, other, what);
            }
        }
        self.overlaps(sheets.rows("memberships"), &["entity", "of", "status"]);
    }

    /// Offices: bounds, and a person twice in one at once.
    pub(super) fn tenures(&mut self, sheets: &Sheets) {
        for row in sheets.rows("tenures") {
            let (person, of) = (row.get("person"), row.get("of"));
            let Some(held) = self.bounds(row) else { continue };
            // Many a government is older than the independence of its state.
            if !self.states.contains(of) {
                self.before(row, held, of, person, "body");
            }
            self.after(row, held, of, person, "state or body");
        }
        self.overlaps(sheets.rows("tenures"), &["person", "office", "of", "portfolio"]);
    }

    /// When the row held, if its dates are dates; impossible and later ones are found here.
    fn bounds(&mut self, row: Row<'_>) -> Option<Interval> {
        let held = row.interval("from", "to").ok()?;
        let about = [row.fields()[0].as_str(), row.get("of")];
        if let (Some(from), Some(to)) = (held.from, held.to)
            && (to.next_day() <= from.first_day() || (from == to && to.is_day()))
        {
            self.findings.push(row.finding("it ends before it begins: correct a date"));
            return None;
        }
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
        let life = self.existed.get(of).copied().unwrap_or_default();
        if let (Some(from), Some(began)) = (held.from, life.from)
            && from.next_day() <= began.first_day()
        {
            let message = format!("it begins before the {what} {of} did ({began}): correct one of the two");
            self.find("before-founding", [of, other], row, &message);
        }
    }

    /// Finds what held on after the end of `of`.
    fn after(&mut self, row: Row<'_>, held: Interval, of: &str, other: &str, what: &str) {
        let life = self.existed.get(of).copied().unwrap_or_default();
        if let Some(ended) = life.to
            && held.to.is_none_or(|to| to.first_day() > ended.next_day())
            && !is_act(row.get("status"))
        {
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
                self.find("overlap", [row.fields()[0].as_str(), row.get("of")], row, &message);
            }
            earlier.push((row, held));
        }
    }
}
