//! How the time grows with texts made to cost much: twice the text should take about twice the time.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../tests/common/hostile.rs"]
mod hostile;

use std::time::{Duration, Instant};

use accede::{Document, Extractor, Offsets, Record, write_json};

fn time(extractor: &Extractor<'_>, text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        let document = Document::new(text).with_date("2001-02-03".parse().unwrap());
        let extraction = extractor.extract(&document);
        let record = Record::new(&document, &extraction, extractor.gazetteer(), Offsets::Char);
        write_json(&record, std::io::sink()).unwrap();
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

fn main() {
    let extractor = Extractor::builtin().unwrap();
    let size = std::env::var("GROWTH_BYTES").ok().and_then(|size| size.parse().ok()).unwrap_or(1 << 19);
    println!("{:<28} {:>10} {:>10}  ratio", "text", "ms", "MB/s");
    for (what, piece) in hostile::PIECES {
        let [once, twice] = [size, 2 * size].map(|bytes| time(&extractor, &hostile::text(piece, bytes)));
        let (once, twice) = (once.as_secs_f64(), twice.as_secs_f64());
        let speed = 2.0 * size as f64 / twice / 1e6;
        println!("{what:<28} {:>10.1} {speed:>10.1}  {:.2}", twice * 1e3, twice / once);
    }
}
