//! Each rule finds what its examples say, and nothing in its counter-examples; users add rules of their own.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use accede::{Document, Extractor, Gazetteer, Package, Predicate, Relater, check_rules};
use common::EXTRACTOR;

#[test]
fn examples_are_found_and_counter_examples_are_not() {
    let findings = check_rules(&EXTRACTOR, Path::new("data"));
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} findings:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn there_are_enough_rules_with_both_kinds_of_examples() {
    let rules: Vec<_> = EXTRACTOR.relater().rules().collect();
    assert!(rules.len() >= 100, "{} rules", rules.len());
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

/// A folder with one rule file.
fn folder(name: &str, rules: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("own.toml"), rules).unwrap();
    dir
}

/// The built-in gazetteer with a folder of rules.
fn with_rules(dir: &Path) -> Gazetteer {
    Gazetteer::load(&[Package::Builtin]).unwrap().with_rules(&[dir.to_owned()]).unwrap()
}

/// The ten lines of `docs/rules.md`.
const SANCTIONS: &str = r#"
predicates = { sanctioned_by = "a state under sanctions of a state or body" }
families = { sanctioned = ["under sanctions by", "sanctioned by", "under sanctions from", "punished by"] }

[[rule]]
name = "sanctioned"
pattern = "{target:holder} <sanctioned> ({by:states}|{by:org})"
triples = [{ subject = "target", predicate = "sanctioned_by", object = "by" }]
examples = [["Iran is not sanctioned by the UN.", "IRN sanctioned_by UN negated"], ["Belarus was sanctioned by Canada.", "BLR sanctioned_by CAN"]]
counter = ["Iran was praised by the UN."]
"#;

#[test]
fn a_user_adds_a_predicate() {
    let dir = folder("sanctions", SANCTIONS);
    let gazetteer = with_rules(&dir);
    let extractor = Extractor::new(&gazetteer).unwrap();
    assert_eq!(check_rules(&extractor, &dir), []);
    let text = "Iran, sanctioned by the United Nations and the European Union, protested.";
    let extraction = extractor.extract(&Document::new(text));
    let found: Vec<_> = extraction.triples.iter().map(|triple| triple.predicate).collect();
    assert_eq!(found, [Predicate::Declared("sanctioned_by"); 2]);
    assert_ne!(gazetteer.version(), EXTRACTOR.gazetteer().version());
}

#[test]
fn what_is_broken_is_named_with_file_and_line() {
    let cases = [
        (
            "unknown-predicate",
            SANCTIONS.replace("predicates = { sanctioned_by", "predicates = { other"),
            "own.toml:5: rule `sanctioned`: `sanctioned_by` is not a predicate",
        ),
        (
            "unknown-family",
            SANCTIONS.replace("<sanctioned>", "<sanctoned>"),
            "own.toml:5: rule `sanctioned`: there is no family <sanctoned>",
        ),
        (
            "unknown-slot",
            SANCTIONS.replace("object = \"by\"", "object = \"who\""),
            "own.toml:5: rule `sanctioned`: the pattern has no slot {who}",
        ),
        ("broken", SANCTIONS.replace("[[rule]]", "[[rule"), "own.toml:5: "),
    ];
    for (name, rules, message) in cases {
        let gazetteer = with_rules(&folder(name, &rules));
        let error = Relater::new(&gazetteer).unwrap_err().to_string();
        assert!(error.contains(message), "{name}: {error}");
    }
}

#[test]
fn the_check_runs_examples() {
    let wrong = SANCTIONS
        .replace("IRN sanctioned_by UN negated", "IRN sanctioned_by UN")
        .replace("praised", "sanctioned");
    let dir = folder("wrong-examples", &wrong);
    let gazetteer = with_rules(&dir);
    let findings = check_rules(&Extractor::new(&gazetteer).unwrap(), &dir);
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().all(|line| line.contains("own.toml:5: rule `sanctioned`: `Iran ")), "{lines:?}");
}
