//! Reads news and other text and answers: which states, officials, organisations and treaties does it name;
//! who does it say is a member, signatory, minister or head of what, since when; and is that so?
//!
//! A dated gazetteer is compiled into automata that tag text, rules kept as data turn tagged text into
//! triples with their evidence, and each triple is held against the gazetteer.
//!
//! ```text
//! text ─► Document ─► Scanner ─► Resolver ─► Relater ─► verify ─► Record
//!                     Candidate   Mention     Triple     Check     bytes
//! ```
//!
//! [`Extractor`] runs all stages; each can also be used alone. Everything is built once, borrowed and shared
//! between threads.
//!
//! ```
//! use accede::{Document, Extractor, Verdict};
//!
//! let extractor = Extractor::builtin()?;
//! let text = "Sweden, Norway and Britain are members of the European Union.";
//! let document = Document::new(text).with_date("2021-03-01".parse()?);
//! let extraction = extractor.extract(&document);
//! let verdicts: Vec<_> = extraction.checks.iter().map(|check| check.verdict).collect();
//! // Norway never was one; Britain had left in 2020.
//! assert_eq!(verdicts, [Verdict::Confirmed, Verdict::Contradicted, Verdict::NoLonger]);
//! # Ok::<(), accede::Error>(())
//! ```

mod check;
mod diff;
mod document;
mod emit;
mod error;
mod extract;
mod gazetteer;
mod lexicon;
mod phrases;
mod relate;
mod resolve;
mod scan;
mod verify;

pub use check::{check, check_rules, is_as_expected};
pub use diff::{Change, diff};
pub use document::{
    Abbreviations, CueMatch, CueReach, Dateline, Document, Folded, FurnitureCues, Layout, OffsetMap, Offsets,
    Span, Token, TokenKind, Zone, Zones, fold, fold_into, sentences, tokens,
};
pub use emit::{
    Evidence, MentionRecord, NodeRecord, Paint, Plain, Record, Style, TripleRecord, write_json, write_pretty,
};
pub use error::{Error, Result};
pub use extract::{Extraction, Extractor};
pub use gazetteer::{
    Case, Entity, EntityId, Form, Gazetteer, Interval, Kind, Language, Membership, Name, NameId, Office,
    Package, PartialDate, Status, Tenure,
};
pub use relate::{
    Attempt, CueTrace, Event, Explanation, Modality, Node, Polarity, Predicate, Relater, RuleText,
    SilentSentence, SlotTrace, Template, Time, Triple, TripleTrace, notation,
};
pub use resolve::{Account, Mention, Outcome, Reason, Resolution, Resolver, Step, TitlePhrase, Weighed};
pub use scan::{Candidate, Scanner};
pub use verify::{Check, Known, Verdict, known, verify};

/// Runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
