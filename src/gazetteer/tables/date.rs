//! Dates that know how precise they are, and the intervals between them.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::{Error, Result};

/// A year, a month or a day.
///
/// ```
/// use accede::PartialDate;
/// let date: PartialDate = "2000-11".parse()?;
/// assert_eq!(date.first_day().to_string(), "2000-11-01");
/// assert_eq!(date.next_day().to_string(), "2000-12-01");
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: u8,
    day: u8,
}

impl PartialDate {
    /// All of it in one number, for [`Self::from_bits`].
    #[cfg(any(test, not(tables_built)))]
    pub(super) fn to_bits(self) -> u32 {
        u32::from(self.year as u16) << 16 | u32::from(self.month) << 8 | u32::from(self.day)
    }

    pub(super) fn from_bits(bits: u32) -> Self {
        let [day, month, ..] = bits.to_le_bytes();
        Self { year: (bits >> 16) as i16, month, day }
    }

    /// A whole year.
    pub fn from_year(year: i16) -> Self {
        Self { year, month: 0, day: 0 }
    }

    /// A month of a year; `None` if there is no such month.
    pub fn from_month(year: i16, month: u8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month, day: 0 })
    }

    /// A day.
    pub fn from_day(date: Date) -> Self {
        Self { year: date.year(), month: date.month() as u8, day: date.day() as u8 }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, counted from one, if it is that precise.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// Whether it is a day.
    pub fn is_day(self) -> bool {
        self.day > 0
    }

    /// The first day it may mean.
    pub fn first_day(self) -> Date {
        let part = |part: u8| part.max(1) as i8;
        Date::new(self.year, part(self.month), part(self.day)).unwrap_or(Date::MIN)
    }

    /// The first day after all it may mean.
    pub fn next_day(self) -> Date {
        let span = match (self.month, self.day) {
            (0, _) => 1.year(),
            (_, 0) => 1.month(),
            _ => 1.day(),
        };
        self.first_day().checked_add(span).unwrap_or(Date::MAX)
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse(text).ok_or_else(|| {
            Error::new(format!("`{text}` is not a date: YYYY, YYYY-MM or YYYY-MM-DD is allowed"))
        })
    }
}

fn parse(text: &str) -> Option<PartialDate> {
    let number =
        |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten();
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(number);
    let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
    match text.len() {
        4 => Some(PartialDate::from_year(part(0..4)?)),
        7 if dash(4) => PartialDate::from_month(part(0..4)?, part(5..7)? as u8),
        10 if dash(4) && dash(7) => {
            Date::new(part(0..4)?, part(5..7)? as i8, part(8..10)? as i8).ok().map(PartialDate::from_day)
        }
        _ => None,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().filter(|&part| part > 0) {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// When something held: from the first day on which it did, to the first on which it no longer did.
///
/// An open end means "still so as of the gazetteer's date", an open beginning "since nobody knows when".
/// A bound that is a year or a month leaves open where in it the change fell; questions are answered so that
/// such a bound contradicts nothing within it.
///
/// ```
/// use accede::Interval;
/// let tenure: Interval = "1991-12-16..2019".parse()?;
/// assert!(tenure.may_hold("2019-08".parse()?));
/// assert!(!tenure.may_hold("2020".parse()?));
/// assert!(tenure.is_over("2020".parse()?));
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Interval {
    /// The first day on which it held.
    pub from: Option<PartialDate>,
    /// The first day on which it no longer held.
    pub to: Option<PartialDate>,
}

impl Interval {
    /// Always, as far as is known.
    pub const ALWAYS: Interval = Interval { from: None, to: None };

    /// Whether it may have held at some time within `at`.
    pub fn may_hold(&self, at: PartialDate) -> bool {
        !self.is_ahead(at) && !self.is_over(at)
    }

    /// Whether it certainly begins after all of `at`.
    pub fn is_ahead(&self, at: PartialDate) -> bool {
        self.from.is_some_and(|from| from.first_day() >= at.next_day())
    }

    /// Whether it had certainly ended before `at` began.
    pub fn is_over(&self, at: PartialDate) -> bool {
        self.to.is_some_and(|to| {
            let over = if to.is_day() { to.first_day() } else { to.next_day() };
            over <= at.first_day()
        })
    }

    /// Whether the two may share a day.
    pub fn may_overlap(&self, other: &Interval) -> bool {
        let apart = |a: &Interval, b: &Interval| match (a.to, b.from) {
            (Some(to), Some(from)) => Interval { from: None, to: Some(to) }.is_over(from),
            _ => false,
        };
        !apart(self, other) && !apart(other, self)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        match self.to {
            Some(to) => write!(f, "{to}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Interval {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (from, to) = text.split_once("..").ok_or_else(|| {
            Error::new(format!("`{text}` is not an interval: FROM..TO is allowed, either may be empty"))
        })?;
        Ok(Self { from: optional(from)?, to: optional(to)? })
    }
}

/// A date, or nothing where the field is empty.
pub(crate) fn optional(text: &str) -> Result<Option<PartialDate>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates() {
        for good in ["1949", "1949-04", "1949-04-04", "2024-02-29"] {
            assert_eq!(good.parse::<PartialDate>().unwrap().to_string(), good);
        }
        for bad in ["", "49", "1949-13", "1949-4-4", "2023-02-29", "1949-04-04T00", "19é9", "+199", "1949/04"]
        {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_year_contradicts_no_day_in_it() {
        let row: Interval = "1999..2012".parse().unwrap();
        let at = |date: &str| row.may_hold(date.parse().unwrap());
        assert!(at("1999-01-01") && at("2012-12-31") && at("2005"));
        assert!(!at("1998-12-31") && !at("2013-01-01"));
    }

    #[test]
    fn the_last_day_is_the_day_before_to() {
        let row: Interval = "1999-04-20..2012-06-28".parse().unwrap();
        assert!(row.may_hold("2012-06-27".parse().unwrap()));
        assert!(!row.may_hold("2012-06-28".parse().unwrap()));
        assert!(row.may_hold("2012".parse().unwrap()));
        assert!(!row.may_overlap(&"2012-06-28..".parse().unwrap()));
    }
}
