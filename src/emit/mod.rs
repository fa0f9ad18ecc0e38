//! Emitting: from extractions to records and the bytes of a format.

mod json;
mod pretty;
mod record;

pub use json::write_json;
pub use pretty::{Paint, Plain, Style, write_pretty};
pub use record::{Evidence, MentionRecord, NodeRecord, Record, TripleRecord};
