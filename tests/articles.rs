//! Whole records of the sample articles, read and found right, pinned as snapshots.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use accede::{Document, Offsets, Record};
use common::{EXTRACTOR, extract};

fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles")
}

/// File name and date of each article, from `index.csv`.
fn articles() -> Vec<(String, String)> {
    let index = fs::read_to_string(dir().join("index.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(index.as_bytes());
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

#[test]
fn records() {
    let articles = articles();
    assert!(articles.len() >= 6);
    for (file, date) in articles {
        let text = fs::read_to_string(dir().join(&file)).unwrap();
        let id = file.trim_end_matches(".txt");
        let document = Document::new(&text).with_id(id).with_date(date.parse().unwrap());
        let extraction = EXTRACTOR.extract(&document);
        let record = Record::new(&document, &extraction, EXTRACTOR.gazetteer(), Offsets::Char);
        insta::with_settings!({ snapshot_suffix => id }, {
            insta::assert_json_snapshot!("record", record, { ".gazetteer" => "[version]", ".**.score" => "[score]" });
        });
    }
}

/// What the first article is about, spelled out.
#[test]
fn the_kazakh_article() {
    let text = fs::read_to_string(dir().join("kazakhstan-security-treaty.txt")).unwrap();
    let (_, extraction) = extract(&text, Some("2000-11-10"));
    let found: Vec<_> =
        extraction.triples.iter().map(|triple| common::notation(triple, &extraction, &text)).collect();
    for code in ["KAZ", "KGZ", "TJK", "RUS", "BLR", "ARM"] {
        assert!(found.contains(&format!("{code} party_to CST signatory")), "{code}: {found:#?}");
    }
    assert!(!found.iter().any(|triple| triple.as_str() == "UZB party_to CST signatory"), "{found:#?}");
    assert_eq!(found.iter().filter(|triple| triple.contains("agreement_with")).count(), 6, "{found:#?}");
}
