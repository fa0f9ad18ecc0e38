//! Documents: a text with its date, and the stages that look at its characters only.

mod entity;
mod fold;
mod furniture;
mod head;
mod layout;
mod line;
mod sentence;
mod span;
mod token;
mod zone;

pub(crate) use entity::reference;
pub use fold::{Folded, fold, fold_into};
pub use furniture::{CueMatch, CueReach, FurnitureCues};
pub use layout::Layout;
pub use sentence::{Abbreviations, sentences};
pub use span::{OffsetMap, Offsets, Span};
pub use token::{Token, TokenKind, tokens};
pub use zone::{Dateline, Zone, Zones};

use crate::PartialDate;

/// A text to be read, with what is known about it. The text is borrowed all the way.
///
/// ```
/// use accede::Document;
/// let document = Document::new("Finland joined NATO.").with_id("fi-1").with_date("2023-04-04".parse()?);
/// assert_eq!(document.text, "Finland joined NATO.");
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Document<'t> {
    /// The text, at most 4 GiB.
    pub text: &'t str,
    /// The id it goes by in records.
    pub id: Option<&'t str>,
    /// Where it came from.
    pub source: Option<&'t str>,
    /// The day, month or year it was written.
    pub date: Option<PartialDate>,
    /// A headline kept apart from the text: context only, no mention lies in it.
    pub title: Option<&'t str>,
    /// Where the text stands in the file it was taken out of, if it is not the file itself.
    pub layout: Option<&'t Layout>,
}

impl<'t> Document<'t> {
    /// A document of which only the text is known.
    pub fn new(text: &'t str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Sets the id.
    #[must_use]
    pub fn with_id(self, id: &'t str) -> Self {
        Self { id: Some(id), ..self }
    }

    /// Sets where it came from.
    #[must_use]
    pub fn with_source(self, source: &'t str) -> Self {
        Self { source: Some(source), ..self }
    }

    /// Sets the date, at which assertions are judged.
    #[must_use]
    pub fn with_date(self, date: PartialDate) -> Self {
        Self { date: Some(date), ..self }
    }

    /// Sets the headline that is not part of the text.
    #[must_use]
    pub fn with_title(self, title: &'t str) -> Self {
        Self { title: Some(title), ..self }
    }

    /// Sets the way back to the file that the text was taken out of.
    #[must_use]
    pub fn with_layout(self, layout: &'t Layout) -> Self {
        Self { layout: Some(layout), ..self }
    }
}
