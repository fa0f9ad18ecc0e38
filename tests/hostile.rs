//! Texts made to cost much are read as others are: what grows faster than the text does not come to an end here.
//! `cargo bench --bench growth` says how the time grows.
#![allow(clippy::unwrap_used)]

#[path = "common/hostile.rs"]
mod hostile;

use accede::{Document, Extractor, Offsets, Record, write_json};

#[test]
fn a_megabyte_of_one_piece() {
    let extractor = Extractor::builtin().unwrap();
    for (what, piece) in hostile::PIECES {
        let text = hostile::text(piece, 1 << 20);
        let document = Document::new(&text).with_date("2001-02-03".parse().unwrap());
        let extraction = extractor.extract(&document);
        let record = Record::new(&document, &extraction, extractor.gazetteer(), Offsets::Char);
        assert!(record.mentions.iter().all(|mention| !mention.text.is_empty()), "{what}");
        write_json(&record, std::io::sink()).unwrap();
    }
}
