//! Dates in a sentence: "in 1999", "on 4 April 1949", "since 2004", "from 1958 to 1961", "last year".

use std::collections::HashMap;

use jiff::Span as Duration;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::gazetteer::PartialDate;
use crate::lexicon::{Lexicon, Word, WordTable};
use crate::phrases::Phrases;

/// How a date bounds what it is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Bound {
    /// "in", "on", or nothing.
    At,
    /// "since"
    Since,
    /// "until"
    Until,
    /// "from", if "to" follows.
    From,
    /// "to"
    To,
}

/// A date expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) bound: Bound,
    pub(super) value: PartialDate,
    /// The end of a range that `value` begins.
    pub(super) end: Option<PartialDate>,
    /// Whether it is a mere day of the week, which for a plan is the next one.
    pub(super) weekday: bool,
}

impl When {
    /// A day of the week as one that is still to come.
    pub(super) fn next_week(self) -> Self {
        let day = self.value.first_day().checked_add(Duration::new().days(7)).ok();
        Self { value: day.map_or(self.value, PartialDate::from_day), weekday: false, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

/// The words for dates, from `data/rules/time.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeTable {
    months: HashMap<String, u8>,
    weekdays: HashMap<String, i8>,
    units: HashMap<String, Unit>,
    numbers: HashMap<String, i64>,
    /// "last": -1, "this": 0, "next": 1.
    relative: HashMap<String, i64>,
    /// "yesterday": -1.
    days: HashMap<String, i64>,
    bounds: HashMap<String, Bound>,
    ago: Vec<String>,
}

/// The same with words as numbers.
#[derive(Debug, Default)]
pub(super) struct TimeWords {
    months: WordTable<u8>,
    weekdays: WordTable<i8>,
    units: WordTable<Unit>,
    numbers: WordTable<i64>,
    relative: WordTable<i64>,
    days: WordTable<i64>,
    bounds: Phrases<Bound>,
    ago: Vec<Word>,
    /// The words that a date may begin with, after its preposition.
    starts: WordTable<()>,
}

/// A sentence as the parser sees it: each token's word, and its text, empty past the end.
pub(super) struct Words<'s> {
    pub(super) words: &'s [Word],
    pub(super) text: &'s dyn Fn(usize) -> &'s str,
    pub(super) today: Option<PartialDate>,
}

impl TimeWords {
    pub(super) fn new(table: &TimeTable, lexicon: &mut Lexicon) -> Self {
        let mut bounds = Phrases::default();
        for (phrase, bound) in &table.bounds {
            bounds.insert(lexicon.intern_phrase(phrase), *bound);
        }
        let (months, weekdays) = (table.months.keys(), table.weekdays.keys());
        let others = table.numbers.keys().chain(table.relative.keys()).chain(table.days.keys());
        let starts = months.chain(weekdays).chain(others).map(|word| (lexicon.intern(word), ())).collect();
        Self {
            starts,
            bounds,
            months: interned(&table.months, lexicon),
            weekdays: interned(&table.weekdays, lexicon),
            units: interned(&table.units, lexicon),
            numbers: interned(&table.numbers, lexicon),
            relative: interned(&table.relative, lexicon),
            days: interned(&table.days, lexicon),
            ago: table.ago.iter().map(|word| lexicon.intern(word)).collect(),
        }
    }

    /// The date expression that begins at token `at`, with the number of its tokens.
    pub(super) fn parse(&self, words: &Words<'_>, at: usize) -> Option<(When, usize)> {
        let bound = self.bounds.longest(&words.words[at..]);
        let (bound, skip) = bound.map_or((None, 0), |(length, bound)| (Some(*bound), length));
        let (value, length) = self.point(words, at + skip, bound.is_some())?;
        let weekday = length == 1 && self.weekdays.get(words.words[at + skip]).is_some();
        let mut when = When { bound: bound.unwrap_or(Bound::At), value, end: None, weekday };
        let mut end = at + skip + length;
        if when.bound == Bound::From {
            let to = self.bounds.longest(words.words.get(end..).unwrap_or(&[]));
            if let Some((length, Bound::To | Bound::Until)) = to
                && let Some((value, more)) = self.point(words, end + length, true)
            {
                when.end = Some(value);
                end += length + more;
            } else {
                when.bound = Bound::Since;
            }
        }
        if when.end.is_none()
            && let Some(year) = short_end(words, end, value)
        {
            when.end = Some(year);
            end += 2;
        }
        (when.bound != Bound::To).then_some((when, end - at))
    }

    fn point(&self, words: &Words<'_>, at: usize, bound: bool) -> Option<(PartialDate, usize)> {
        let word = |at: usize| words.words.get(at).copied().unwrap_or(0);
        let text = words.text;
        if self.starts.get(word(at)).is_none() && !text(at).starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if let Some(weekday) = self.weekdays.get(word(at)) {
            let comma = usize::from(text(at + 1) == ",");
            if let Some((value, length)) =
                self.calendar(words, at + 1 + comma).filter(|(value, _)| value.is_day())
            {
                return Some((value, 1 + comma + length));
            }
            let today = words.today.filter(|today| today.is_day())?.first_day();
            return Some((PartialDate::from_day(on_or_before(today, weekday)?), 1));
        }
        if let Some(found) = self.calendar(words, at) {
            return Some(found);
        }
        if let Some(year) = year(text(at)) {
            let counted = text(at + 1).chars().all(char::is_lowercase) && !bound && !text(at + 1).is_empty();
            return (!counted).then_some((PartialDate::from_year(year), 1));
        }
        self.relative(words, at)
    }

    /// Day, month and year in either order, as far as they are there.
    fn calendar(&self, words: &Words<'_>, at: usize) -> Option<(PartialDate, usize)> {
        // "may" and "march" are months only with a capital.
        let capital = |at: usize| (words.text)(at).starts_with(char::is_uppercase);
        let month =
            |at: usize| words.words.get(at).filter(|_| capital(at)).and_then(|&word| self.months.get(word));
        let text = words.text;
        let (month, day, mut next) = match (month(at), day(text(at))) {
            (Some(found), _) => {
                let next = at + 1 + usize::from(text(at + 1) == ".");
                match day(text(next)).filter(|_| year(text(next)).is_none()) {
                    Some(day) => (found, Some(day), next + 1),
                    None => (found, None, if year(text(next)).is_some() { next } else { at + 1 }),
                }
            }
            (None, Some(day)) => (month(at + 1)?, Some(day), at + 2),
            _ => return None,
        };
        let comma = usize::from(text(next) == ",");
        let mut given = year(text(next + comma));
        next += given.map_or(0, |_| comma + 1);
        if given.is_none()
            && let Some((length, Bound::At)) = self.bounds.longest(words.words.get(next..).unwrap_or(&[]))
            && let Some((value, more)) = self.year_of(words, next + length)
        {
            // "June of this year"
            given = Some(value);
            next += length + more;
        }
        let build = |year: i16| match day {
            Some(day) => Date::new(year, month as i8, day).ok().map(PartialDate::from_day),
            None => PartialDate::from_month(year, month),
        };
        let value = match given {
            Some(year) => build(year)?,
            None => {
                let today = words.today?;
                let this = build(today.year())?;
                if this.first_day() <= today.first_day() { this } else { build(today.year() - 1)? }
            }
        };
        Some((value, next - at))
    }

    /// "1999", "this year"
    fn year_of(&self, words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
        if let Some(year) = year((words.text)(at)) {
            return Some((year, 1));
        }
        let word = |at: usize| words.words.get(at).copied().unwrap_or(0);
        let step = self.relative.get(word(at))?;
        let is_year = self.units.get(word(at + 1)) == Some(Unit::Year);
        Some((words.today?.year() + i16::try_from(step).ok()?, 2)).filter(|_| is_year)
    }

    /// "last year", "next month", "two years ago", "yesterday", "last October".
    fn relative(&self, words: &Words<'_>, at: usize) -> Option<(PartialDate, usize)> {
        let word = |at: usize| words.words.get(at).copied().unwrap_or(0);
        let today = words.today?;
        if let Some(days) = self.days.get(word(at)) {
            let day = today
                .is_day()
                .then(|| today.first_day().checked_add(Duration::new().try_days(days).ok()?).ok())
                .flatten()?;
            return Some((PartialDate::from_day(day), 1));
        }
        if let Some(step) = self.relative.get(word(at)) {
            if let Some(month) = self.months.get(word(at + 1)) {
                let this = today.month().unwrap_or(12);
                let year = today.year()
                    + if step < 0 && month >= this { -1 } else { i16::from(step > 0 && month <= this) };
                return Some((PartialDate::from_month(year, month)?, 2));
            }
            if let Some(weekday) = self.weekdays.get(word(at + 1)) {
                let today = today.is_day().then(|| today.first_day())?;
                let yesterday = today.yesterday().ok()?;
                let day = on_or_before(yesterday, weekday)?;
                let day = if step < 0 { day } else { day.checked_add(Duration::new().days(7)).ok()? };
                return Some((PartialDate::from_day(day), 2));
            }
            let unit = self.units.get(word(at + 1))?;
            return Some((shifted(today, unit, step)?, 2));
        }
        let digits = (words.text)(at).parse::<i64>().ok();
        let count = digits.or_else(|| self.numbers.get(word(at)))?;
        let unit = self.units.get(word(at + 1))?;
        let ago = self.ago.contains(&word(at + 2));
        ago.then(|| shifted(today, unit, -count)).flatten().map(|value| (value, 3))
    }
}

/// The year that ends "2013-14" or "1990-1994".
fn short_end(words: &Words<'_>, at: usize, from: PartialDate) -> Option<PartialDate> {
    let dash = matches!((words.text)(at), "-" | "–" | "/");
    let last = (words.text)(at + 1);
    if !dash || from.month().is_some() {
        return None;
    }
    let end = match last.len() {
        2 => last.parse::<i16>().ok().map(|short| from.year() / 100 * 100 + short)?,
        _ => year(last)?,
    };
    (end > from.year()).then(|| PartialDate::from_year(end))
}

fn interned<T: Copy>(table: &HashMap<String, T>, lexicon: &mut Lexicon) -> WordTable<T> {
    table.iter().map(|(word, value)| (lexicon.intern(word), *value)).collect()
}

/// A date some units away, no more precise than the unit.
fn shifted(today: PartialDate, unit: Unit, count: i64) -> Option<PartialDate> {
    let day = today.first_day();
    let moved = |span: Result<Duration, jiff::Error>| day.checked_add(span.ok()?).ok();
    let month_of = |day: Date| PartialDate::from_month(day.year(), day.month() as u8);
    let year_of = |day: Date| PartialDate::from_year(day.year());
    let none = Duration::new();
    match unit {
        Unit::Day => today.is_day().then(|| moved(none.try_days(count))).flatten().map(PartialDate::from_day),
        Unit::Week => moved(none.try_weeks(count)).and_then(month_of),
        Unit::Month => today.month().and_then(|_| moved(none.try_months(count))).and_then(month_of),
        Unit::Year => moved(none.try_years(count)).map(year_of),
        Unit::Decade => moved(none.try_years(count.checked_mul(10)?)).map(year_of),
    }
}

fn on_or_before(today: Date, weekday: i8) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let back = wanted.until(today.weekday());
    today.checked_sub(Duration::new().try_days(i64::from(back)).ok()?).ok()
}

fn year(text: &str) -> Option<i16> {
    let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten().filter(|year| (1500..=2150).contains(year))
}

/// "4", "4th"
fn day(text: &str) -> Option<i8> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &text[digits.len()..];
    let number = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    (suffix.is_empty() || suffix.len() == 2).then_some(number)
}
