//! Each rule finds what its examples say, and nothing in its counter-examples.

#![allow(clippy::unwrap_used)]

mod common;

use accede::RuleText;
use common::{EXTRACTOR, extract, is_as_expected, notation};

/// The triples that one rule finds in a text.
fn found_by(rule: &RuleText, text: &str) -> Vec<String> {
    let (_, extraction) = extract(text, None);
    let own = extraction.triples.iter().filter(|triple| triple.rule == rule.name);
    own.map(|triple| notation(triple, &extraction, text)).collect()
}

#[test]
fn examples_are_found() {
    let mut wrong = Vec::new();
    for rule in EXTRACTOR.relater().rules() {
        for example in &rule.examples {
            let (text, expected) = example.split_first().expect("an example begins with its text");
            let (_, extraction) = extract(text, None);
            let found: Vec<_> =
                extraction.triples.iter().map(|triple| notation(triple, &extraction, text)).collect();
            let missing: Vec<_> = expected
                .iter()
                .filter(|expected| !found.iter().any(|found| is_as_expected(found, expected)))
                .collect();
            let fired = extraction.triples.iter().any(|triple| triple.rule == rule.name);
            if !missing.is_empty() || !fired {
                wrong.push(format!(
                    "{}: {text}\n  missing {missing:?}\n  found   {found:?}{}",
                    rule.name,
                    if fired { "" } else { "\n  by other rules only" }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn counter_examples_are_not() {
    for rule in EXTRACTOR.relater().rules() {
        for text in &rule.counter {
            assert_eq!(found_by(rule, text), Vec::<String>::new(), "{}: {text}", rule.name);
        }
    }
}

#[test]
fn there_are_enough_rules_with_both_kinds_of_examples() {
    let rules: Vec<_> = EXTRACTOR.relater().rules().collect();
    assert!(rules.len() >= 25, "{} rules", rules.len());
    let bare: Vec<_> = rules
        .iter()
        .filter(|rule| rule.examples.is_empty() || rule.counter.is_empty())
        .map(|rule| &rule.name)
        .collect();
    assert!(bare.is_empty(), "rules without examples or counter-examples: {bare:?}");
}

#[test]
fn names_of_rules_are_unique() {
    let mut names: Vec<_> = EXTRACTOR.relater().rules().map(|rule| &rule.name).collect();
    names.sort();
    let doubled: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}
