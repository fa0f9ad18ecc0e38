//! JSON Lines: one record per line.

use std::io::{self, Write};

use super::Record;

/// Writes a record as one line of JSON.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_json(record: &Record<'_>, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut out, record)?;
    out.write_all(b"\n")
}
