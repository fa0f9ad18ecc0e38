//! Runs the cases of `tests/testdata/*.toml`, one file per phenomenon.
//!
//! A case has a `name`, a `text`, perhaps a `date`, and what is to be found: `mentions` (all of them, in order,
//! as `text=id` or `text=id/form`, `?` for a person or treaty the gazetteer lacks) and `triples` (all of them,
//! in the notation of the rules), what the gazetteer says of each (`verdicts`: the verdict, the fact cited, and
//! `via` the predecessor or successor whose row it is), and where the mentions stand, in characters, bytes or
//! UTF-16 units (`char`, `byte`, `utf16`). White space in a mention's text is written as one blank.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use accede::is_as_expected;
use accede::{Check, Mention, OffsetMap, Offsets};
use common::{EXTRACTOR, extract, notation};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    date: Option<String>,
    mentions: Option<Vec<String>>,
    triples: Option<Vec<String>>,
    verdicts: Option<Vec<String>>,
    char: Option<Vec<[u32; 2]>>,
    byte: Option<Vec<[u32; 2]>>,
    utf16: Option<Vec<[u32; 2]>>,
}

impl Case {
    /// What is wrong with the positions of its mentions.
    fn misplaced(&self, mentions: &[&Mention]) -> Option<String> {
        let wanted =
            [(&self.char, Offsets::Char), (&self.byte, Offsets::Byte), (&self.utf16, Offsets::Utf16)];
        wanted.into_iter().find_map(|(wanted, offsets)| {
            let map = OffsetMap::new(&self.text, offsets);
            let found: Vec<_> =
                mentions.iter().map(|m| [map.convert(m.span.start), map.convert(m.span.end)]).collect();
            let wanted = wanted.as_ref().filter(|wanted| **wanted != found)?;
            Some(format!("{}: {}\n  wanted {wanted:?}\n  found  {found:?}", self.name, offsets.name()))
        })
    }
}

fn mention_notation(mention: &Mention, text: &str) -> String {
    let words: Vec<_> = mention.span.of(text).split_whitespace().collect();
    let id = mention.entity.map_or("?", |key| EXTRACTOR.gazetteer().entity(key).id());
    format!("{}={id}/{}", words.join(" "), mention.form)
}

fn verdict_notation(check: &Check) -> String {
    let via = check.via.as_ref().map(|via| format!("via {via}"));
    let parts = [Some(check.verdict.to_string()), check.fact.clone(), via];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is wrong with a case, if anything.
fn run(case: &Case) -> Option<String> {
    let (_, extraction) = extract(&case.text, case.date.as_deref());
    let counted: Vec<_> = extraction.resolution.mentions.iter().filter(|mention| mention.counts()).collect();
    if let Some(misplaced) = case.misplaced(&counted) {
        return Some(misplaced);
    }
    let mentions: Vec<_> = counted.iter().map(|mention| mention_notation(mention, &case.text)).collect();
    let triples: Vec<_> =
        extraction.triples.iter().map(|triple| notation(triple, &extraction, &case.text)).collect();
    let named = |found: &String, expected: &String| {
        found == expected || found.rsplit_once('/').is_some_and(|(short, _)| short == expected)
    };
    let mentions_wrong = case.mentions.as_ref().is_some_and(|expected| {
        expected.len() != mentions.len()
            || !mentions.iter().zip(expected).all(|(found, expected)| named(found, expected))
    });
    let verdicts: Vec<_> = extraction.checks.iter().map(verdict_notation).collect();
    if let Some(wanted) = case.verdicts.as_ref().filter(|wanted| **wanted != verdicts) {
        return Some(format!("{}: {}\n  wanted {wanted:?}\n  found  {verdicts:?}", case.name, case.text));
    }
    let triples_wrong = case.triples.as_ref().is_some_and(|expected| {
        let holds = |expected: &String| triples.iter().any(|found| is_as_expected(found, expected));
        expected.len() != triples.len() || !expected.iter().all(holds)
    });
    (mentions_wrong || triples_wrong).then(|| {
        format!(
            "{}: {}\n  wanted {:?} {:?}\n  found  {mentions:?} {triples:?}",
            case.name, case.text, case.mentions, case.triples
        )
    })
}

#[test]
fn all_cases() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/testdata");
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")) {
        let text = fs::read_to_string(path).unwrap();
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = path.file_stem().unwrap().to_string_lossy();
        wrong.extend(file.case.iter().filter_map(run).map(|wrong| format!("{stem}/{wrong}")));
        count += file.case.len();
    }
    assert!(count > 0, "there are no cases");
    assert!(wrong.is_empty(), "{} of {count} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
