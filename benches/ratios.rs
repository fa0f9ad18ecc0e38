//! Speed as ratios against `AhoCorasick::find_iter` over the same names and the same text, in one run.
//!
//! The text is the beginning of `../shared/corpus` (UN speeches) when it is there, else the sample articles.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::io::BufRead;
use std::time::{Duration, Instant};

use accede::{Document, Extractor, Form, Gazetteer, Offsets, Package, Record, Scanner, fold, write_json};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput};

/// Enough to leave every cache.
const TEXT_BYTES: usize = 4 << 20;

/// The corpus if it is there, else the sample articles, with what they are called.
fn documents() -> (&'static str, Vec<String>) {
    let (what, pieces) = match corpus() {
        Some(pieces) => ("../shared/corpus", pieces),
        None => ("the sample articles, repeated", samples()),
    };
    let mut bytes = 0;
    let enough = pieces.iter().cycle().take_while(|piece| {
        bytes += piece.len();
        bytes < TEXT_BYTES
    });
    (what, enough.cloned().collect())
}

fn corpus() -> Option<Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/un_debates.jsonl.gz");
    let file = std::fs::File::open(path).ok()?;
    let lines = std::io::BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    let text = |line: String| {
        serde_json::from_str::<serde_json::Value>(&line).ok()?["text"].as_str().map(str::to_owned)
    };
    Some(lines.map_while(Result::ok).filter_map(text).collect())
}

fn samples() -> Vec<String> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// What a user of the automaton library alone would write: folded names, folded text, the longest match.
fn baseline(gazetteer: &Gazetteer) -> AhoCorasick {
    let scanned = gazetteer.names().filter(|(_, name)| name.form != Form::Surname);
    let mut names: Vec<_> = scanned.map(|(_, name)| fold(gazetteer.surface(name))).collect();
    names.sort();
    names.dedup();
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(names)
        .unwrap()
}

/// The median time of some runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<_> = (0..9)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn ratios(documents: &[String], what: &str) {
    let gazetteer = Gazetteer::builtin().unwrap();
    let extractor = Extractor::new(gazetteer).unwrap();
    let automaton = baseline(gazetteer);
    let bytes: usize = documents.iter().map(String::len).sum();
    let find_iter = || {
        documents.iter().for_each(|text| {
            black_box(automaton.find_iter(text).count());
        })
    };
    let scan = || {
        let mut found = Vec::new();
        documents.iter().for_each(|text| {
            found.clear();
            extractor.scanner().scan_into(text, &mut found);
            black_box(found.len());
        });
    };
    let extract = || {
        documents.iter().for_each(|text| {
            let document = Document::new(text);
            let extraction = extractor.extract(&document);
            let record = Record::new(&document, &extraction, gazetteer, Offsets::Char);
            write_json(&record, std::io::sink()).unwrap();
        })
    };
    scan();
    let (base, scanned, extracted) = (median(find_iter), median(scan), median(extract));
    let speed = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e6;
    let ratio = |time: Duration| base.as_secs_f64() / time.as_secs_f64();
    println!(
        "text: {what}, {} documents, {:.1} MB; {} names",
        documents.len(),
        bytes as f64 / 1e6,
        gazetteer.names().count()
    );
    println!("AhoCorasick::find_iter      {:7.1} MB/s  1.00 x", speed(base));
    println!("Scanner::scan               {:7.1} MB/s  {:.2} x", speed(scanned), ratio(scanned));
    println!("Extractor::extract + JSON   {:7.1} MB/s  {:.2} x", speed(extracted), ratio(extracted));
    let load = median(|| {
        black_box(Gazetteer::load(&[Package::Builtin]).unwrap());
    });
    let index = median(|| {
        black_box(Scanner::new(gazetteer));
    });
    println!(
        "Gazetteer::load {:.1} ms, Scanner::new {:.1} ms",
        load.as_secs_f64() * 1e3,
        index.as_secs_f64() * 1e3
    );
}

fn main() {
    let (what, documents) = documents();
    ratios(&documents, what);
    let mut criterion = Criterion::default().configure_from_args();
    let extractor = Extractor::builtin().unwrap();
    let automaton = baseline(extractor.gazetteer());
    let bytes: usize = documents.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("find_iter", |bench| {
        bench.iter(|| documents.iter().map(|text| automaton.find_iter(text).count()).sum::<usize>());
    });
    group.bench_function("scan", |bench| {
        bench.iter(|| documents.iter().map(|text| extractor.scanner().scan(text).len()).sum::<usize>());
    });
    group.bench_function("extract", |bench| {
        bench.iter(|| {
            documents.iter().map(|text| extractor.extract(&Document::new(text)).triples.len()).sum::<usize>()
        });
    });
    group.finish();
    criterion.bench_function("load", |bench| bench.iter(|| Gazetteer::load(&[Package::Builtin]).unwrap()));
    criterion.final_summary();
}
