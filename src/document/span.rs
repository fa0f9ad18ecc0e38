//! Byte ranges of a text, and their conversion to other ways of counting.

use std::ops::Range;

/// A half-open range of bytes in a document's text, on character boundaries.
///
/// ```
/// let span = accede::Span::new(4, 9);
/// assert_eq!(span.of("the Élysée"), "Élys");
/// assert_eq!(span.len(), 5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The text it covers.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// As a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside, ends included.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span around both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// How positions are counted in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Offsets {
    /// Unicode code points, as Python counts.
    #[default]
    Char,
    /// Bytes of UTF-8, as Rust counts.
    Byte,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

impl Offsets {
    /// All of them with the names the command knows them by.
    pub const ALL: [(&'static str, Offsets); 3] =
        [("char", Offsets::Char), ("byte", Offsets::Byte), ("utf16", Offsets::Utf16)];

    /// The name the command and the record use.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, offsets)| *offsets == self).map_or("char", |(name, _)| name)
    }
}

const STEP: usize = 256;

/// Turns byte positions of one text into another count.
///
/// One pass over the text makes a mark every 256 bytes; a conversion then looks at no more than those.
///
/// ```
/// use accede::{OffsetMap, Offsets};
/// let map = OffsetMap::new("🙂 İran", Offsets::Utf16);
/// assert_eq!(map.convert(5), 3);
/// ```
#[derive(Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    offsets: Offsets,
    marks: Vec<u32>,
}

impl<'t> OffsetMap<'t> {
    /// Prepares conversions for `text`.
    pub fn new(text: &'t str, offsets: Offsets) -> Self {
        let trivial = offsets == Offsets::Byte || text.is_ascii();
        let mut marks = Vec::new();
        if !trivial {
            marks.reserve(text.len() / STEP + 1);
            let mut count = 0;
            for block in text.as_bytes().chunks(STEP) {
                marks.push(count);
                count += units(block, offsets);
            }
        }
        Self { text, offsets, marks }
    }

    /// The position that byte `at` has in the chosen count.
    pub fn convert(&self, at: u32) -> u32 {
        if self.marks.is_empty() {
            return at;
        }
        let block = (at as usize / STEP).min(self.marks.len() - 1);
        self.marks[block] + units(&self.text.as_bytes()[block * STEP..at as usize], self.offsets)
    }
}

/// Counts characters by their first byte; a four-byte character has two UTF-16 units.
fn units(bytes: &[u8], offsets: Offsets) -> u32 {
    let wide = offsets == Offsets::Utf16;
    bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80) + u32::from(wide && b >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_the_standard_library() {
        let text = "İstanbul 🙂 and Kyrgyzstan ".repeat(60);
        for (at, _) in text.char_indices() {
            let head = &text[..at];
            let convert = |offsets| OffsetMap::new(&text, offsets).convert(at as u32) as usize;
            assert_eq!(convert(Offsets::Char), head.chars().count());
            assert_eq!(convert(Offsets::Utf16), head.encode_utf16().count());
            assert_eq!(convert(Offsets::Byte), at);
        }
        assert_eq!(
            OffsetMap::new(&text, Offsets::Char).convert(text.len() as u32) as usize,
            text.chars().count()
        );
    }
}
