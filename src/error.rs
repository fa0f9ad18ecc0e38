//! The one error type of the library.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong while a gazetteer, a rule or a document was read.
///
/// The message names the file, the line where there is one, the value, and what is allowed.
///
/// ```
/// let error = "19x4".parse::<accede::PartialDate>().unwrap_err();
/// assert_eq!(error.to_string(), "`19x4` is not a date: YYYY, YYYY-MM or YYYY-MM-DD is allowed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    place: Option<Place>,
    message: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    file: PathBuf,
    line: Option<u64>,
}

impl Error {
    /// An error that says only what is wrong.
    pub fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }

    /// The same error, told where it arose. A place already known is kept.
    #[must_use]
    pub fn at(mut self, file: impl AsRef<Path>, line: impl Into<Option<u64>>) -> Self {
        if self.place.is_none() {
            self.place = Some(Place { file: file.as_ref().to_owned(), line: line.into() });
        }
        self
    }

    /// The file the error arose in, where known.
    pub fn file(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.file.as_path())
    }

    /// The line, counted from one, where known.
    pub fn line(&self) -> Option<u64> {
        self.place.as_ref().and_then(|place| place.line)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { file, line }) = &self.place {
            write!(f, "{}:", file.display())?;
            if let Some(line) = line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// A result of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_is_kept() {
        let error = Error::new("no such state").at("states.csv", 7).at("outer", 1);
        assert_eq!(error.to_string(), "states.csv:7: no such state");
        assert_eq!(error.line(), Some(7));
    }
}
