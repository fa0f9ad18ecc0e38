//! Verdicts at the edge of what the gazetteer knows.
#![allow(clippy::unwrap_used)]

mod common;

use accede::Verdict;

fn verdict(text: &str, date: &str) -> (Verdict, Option<String>) {
    let (_, extraction) = common::extract(text, Some(date));
    assert_eq!(extraction.checks.len(), 1, "{text}");
    (extraction.checks[0].verdict, extraction.checks[0].at.clone())
}

#[test]
fn a_later_document_is_judged_at_the_date_of_the_gazetteer() {
    let as_of = common::EXTRACTOR.gazetteer().as_of().unwrap().to_string();
    let (found, at) = verdict("Norway is a member of NATO.", "2099-01-01");
    assert_eq!((found, at), (Verdict::Confirmed, Some(as_of.clone())));
    let (found, at) = verdict("Norway is a member of the European Union.", "2099-01-01");
    assert_eq!((found, at), (Verdict::Contradicted, Some(as_of)));
}

#[test]
fn what_the_text_dates_later_than_that_is_unknown() {
    for text in [
        "Norway joined the European Union in 2098.",
        "Norway did not join the European Union in 2098.",
        "Britain joined the European Union in 2098.",
        "Norway was a member of NATO in 2098.",
    ] {
        assert_eq!(verdict(text, "2099-01-01").0, Verdict::Unknown, "{text}");
    }
    assert_eq!(verdict("Norway joined NATO in 1949.", "2099-01-01").0, Verdict::Confirmed);
}

#[test]
fn who_is_in_office_is_no_former_holder() {
    let text = "Former French President Emmanuel Macron spoke.";
    assert_eq!(verdict(text, "2024-01-01").0, Verdict::Contradicted);
    assert_eq!(verdict("Former French President Jacques Chirac spoke.", "2008-01-01").0, Verdict::Confirmed);
}

#[test]
fn a_row_without_a_beginning_does_not_reach_back_before_its_treaty() {
    let text = "Germany is a party to the Gothenburg Protocol.";
    assert_eq!(verdict(text, "1985").0, Verdict::NotYet);
    assert_eq!(verdict(text, "2015").0, Verdict::Confirmed);
}
