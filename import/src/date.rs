//! Dates as the tables write them: text of its own precision, `2004`, `2004-05` or `2004-05-01`; empty is unknown or open.

use jiff::ToSpan;
use jiff::civil::Date;

/// The date after this many days, for a date to the day.
pub(crate) fn days_after(date: &str, days: i32) -> Option<String> {
    Some(day(date)?.checked_add(days.days()).ok()?.to_string())
}

/// The date after this many months, or the first day of that month; the end of a shorter month where there is no such day.
pub(crate) fn months_after(date: &str, months: i32, first: bool) -> Option<String> {
    let from = day(date)?;
    let from = if first { from.first_of_month() } else { from };
    Some(from.checked_add(months.months()).ok()?.to_string())
}

fn day(date: &str) -> Option<Date> {
    if date.len() == 10 { date.parse().ok() } else { None }
}

/// Whether this is a date as the tables write it.
pub(crate) fn is_date(text: &str) -> bool {
    matches!(text.len(), 4 | 7 | 10) && first_day(text).is_some()
}

/// The first day a date may stand for.
pub(crate) fn first_day(date: &str) -> Option<Date> {
    match date.len() {
        4 => format!("{date}-01-01").parse().ok(),
        7 => format!("{date}-01").parse().ok(),
        10 => date.parse().ok(),
        _ => None,
    }
}

/// The year of a date.
pub(crate) fn year(date: &str) -> Option<i16> {
    first_day(date).map(Date::year)
}

/// The later of two dates; a coarser one that may be as late as the other is the other.
pub(crate) fn later<'a>(date: &'a str, floor: &'a str) -> &'a str {
    let coarse = date.len() < floor.len();
    let starts = floor.get(..date.len()).unwrap_or(floor);
    if date > if coarse { starts } else { floor } { date } else { floor }
}

/// Whether a date lies before another, as far as both are known: `1991` is not before `1991-12-26`.
pub(crate) fn before(date: &str, other: &str) -> bool {
    let shared = date.len().min(other.len());
    !date.is_empty() && date[..shared] < other[..shared]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treaties_enter_into_force_after_days_or_months() {
        assert_eq!(days_after("2014-09-25", 90).as_deref(), Some("2014-12-24"));
        assert_eq!(months_after("2014-08-31", 6, false).as_deref(), Some("2015-02-28"));
        assert_eq!(months_after("2014-08-31", 6, true).as_deref(), Some("2015-02-01"));
        assert_eq!((days_after("2014", 90), months_after("2014-08", 6, true)), (None, None));
    }

    #[test]
    fn dates_of_different_precision_are_compared_as_far_as_both_go() {
        assert!(before("1991-12-25", "1991-12-26") && before("1990", "1991-12-26"));
        assert!(!before("1991", "1991-12-26") && !before("", "1991-12-26"));
        assert_eq!([later("1970", "1970-03-05"), later("1971", "1970-03-05")], ["1970-03-05", "1971"]);
        assert!(is_date("1970") && is_date("1970-03") && !is_date("1970-13") && !is_date("70"));
    }
}
