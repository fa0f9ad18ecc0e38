//! Speed as ratios against `AhoCorasick::find_iter` over the same names and the same text, in one run.
//!
//! The text is the beginning of `../shared/corpus` (UN speeches) when it is there, else the sample articles.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::io::BufRead;
use std::time::{Duration, Instant};

use accede::{
    Document, Extractor, Form, Gazetteer, Offsets, Package, Record, Scanner, Zones, fold, sentences, tokens,
    write_json,
};
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

/// The times of what is compared, over the same documents.
struct Times {
    base: Duration,
    bytes: usize,
}

impl Times {
    fn print(&self, what: &str, time: Duration) {
        let (seconds, base) = (time.as_secs_f64(), self.base.as_secs_f64());
        let bytes = self.bytes as f64;
        println!(
            "{what:34} {:7.1} MB/s {:7.2} ns/byte {:6.2} x",
            bytes / seconds / 1e6,
            seconds * 1e9 / bytes,
            base / seconds
        );
    }
}

fn ratios(documents: &[String], what: &str) {
    let gazetteer = Gazetteer::builtin().unwrap();
    let extractor = Extractor::new(gazetteer).unwrap();
    let automaton = baseline(gazetteer);
    let bytes: usize = documents.iter().map(String::len).sum();
    let base = median(|| {
        documents.iter().for_each(|text| {
            black_box(automaton.find_iter(text).count());
        })
    });
    println!(
        "text: {what}, {} documents, {:.1} MB; {} names",
        documents.len(),
        bytes as f64 / 1e6,
        gazetteer.names().count()
    );
    let times = Times { base, bytes };
    times.print("AhoCorasick::find_iter", base);
    stages(documents, &extractor, &times);
    let one = median(|| documents.iter().for_each(|text| extract(&extractor, text)));
    times.print("Extractor::extract and JSON", one);
    let (odd, even): (Vec<_>, Vec<_>) = documents.iter().enumerate().partition(|(number, _)| number % 2 == 1);
    let two = median(|| {
        let work = |half: &[(usize, &String)]| half.iter().for_each(|(_, text)| extract(&extractor, text));
        std::thread::scope(|scope| {
            scope.spawn(|| work(&odd));
            work(&even);
        });
    });
    times.print("... on two threads", two);
    println!("two threads {:.2} x one", one.as_secs_f64() / two.as_secs_f64());
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

fn extract(extractor: &Extractor<'_>, text: &str) {
    let document = Document::new(text);
    let extraction = extractor.extract(&document);
    let record = Record::new(&document, &extraction, extractor.gazetteer(), Offsets::Char);
    write_json(&record, std::io::sink()).unwrap();
}

/// What each stage takes, given what the stages before it found.
fn stages(texts: &[String], extractor: &Extractor<'_>, times: &Times) {
    let mut found = Vec::new();
    let scan = median(|| {
        texts.iter().for_each(|text| {
            found.clear();
            extractor.scanner().scan_into(text, &mut found);
            black_box(found.len());
        });
    });
    times.print("Scanner::scan", scan);
    let documents: Vec<_> = texts.iter().map(|text| Document::new(text)).collect();
    let candidates: Vec<_> = texts.iter().map(|text| extractor.scanner().scan(text)).collect();
    let language = extractor.gazetteer().language();
    let cut = median(|| {
        texts.iter().for_each(|text| {
            black_box(Zones::find(text, &language.furniture));
            for sentence in sentences(text, &language.abbreviations) {
                black_box(tokens(text, sentence).count());
            }
        });
    });
    times.print("zones, sentences, tokens", cut);
    let resolver = extractor.resolver();
    let resolve = median(|| {
        for (document, candidates) in documents.iter().zip(&candidates) {
            black_box(resolver.resolve(document, candidates).mentions.len());
        }
    });
    times.print("Resolver::resolve, these included", resolve);
    let resolved: Vec<_> = documents.iter().zip(&candidates).map(|(d, c)| resolver.resolve(d, c)).collect();
    let relate = median(|| {
        for (document, resolution) in documents.iter().zip(&resolved) {
            black_box(extractor.relater().relate(document, resolution).len());
        }
    });
    times.print("Relater::relate", relate);
    println!(
        "relating adds {:.0} % to scanning and resolving",
        100.0 * relate.as_secs_f64() / (scan + resolve).as_secs_f64()
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
        bench.iter(|| documents.iter().for_each(|text| extract(&extractor, text)));
    });
    group.finish();
    criterion.bench_function("load", |bench| bench.iter(|| Gazetteer::load(&[Package::Builtin]).unwrap()));
    criterion.final_summary();
}
