//! Layout: a text that was taken out of a file with markup, and the way back to the file.

use super::{Span, Zones};

/// Where the pieces of a text stand in the file it was taken out of, and which zones the file tells.
///
/// Records of such a document count positions in the file, and what they quote is the file's, markup within
/// it included.
///
/// ```
/// use accede::{Document, Extractor, Layout, Offsets, Record, Span};
/// let mut layout = Layout::new("<p>S&atilde;o Tom&eacute; and Peru</p>".to_owned());
/// for (text, source) in [((0, 1), (3, 4)), ((1, 3), (4, 12)), ((3, 8), (12, 17)), ((8, 10), (17, 25)), ((10, 19), (25, 34))] {
///     layout.push(Span::new(text.0, text.1), Span::new(source.0, source.1));
/// }
/// let document = Document::new("São Tomé and Peru").with_layout(&layout);
/// let extractor = Extractor::builtin()?;
/// let extraction = extractor.extract(&document);
/// let record = Record::new(&document, &extraction, extractor.gazetteer(), Offsets::Byte);
/// let peru = &record.mentions[record.mentions.len() - 1];
/// assert_eq!((peru.start, peru.end, peru.text), (30, 34, "Peru"));
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    source: String,
    pieces: Vec<Piece>,
    zones: Zones,
}

/// A piece of text and what it was in the file. Pieces as long as their source are the same there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    text: Span,
    source: Span,
}

impl Layout {
    /// A layout of which only the file is known.
    pub fn new(source: String) -> Self {
        Self { source, ..Self::default() }
    }

    /// Adds the next piece: `text` of the text stands as `source` in the file, byte for byte where the two are
    /// of one length. Text of no piece stands nowhere, as a line break put between two blocks.
    pub fn push(&mut self, text: Span, source: Span) {
        let same = |piece: &Piece| piece.text.len() == piece.source.len();
        let next = Piece { text, source };
        match self.pieces.last_mut() {
            Some(last)
                if last.text.end == text.start
                    && last.source.end == source.start
                    && same(last)
                    && same(&next) =>
            {
                last.text.end = text.end;
                last.source.end = source.end;
            }
            _ => self.pieces.push(next),
        }
    }

    /// Sets the zones of the text.
    pub fn set_zones(&mut self, zones: Zones) {
        self.zones = zones;
    }

    /// The file.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The zones of the text.
    pub fn zones(&self) -> &Zones {
        &self.zones
    }

    /// Where a span of the text stands in the file: from its first piece to its last. Cost: logarithmic in the
    /// number of pieces.
    pub fn source_span(&self, span: Span) -> Span {
        let first = self.pieces.partition_point(|piece| piece.text.end <= span.start);
        let after = self.pieces.partition_point(|piece| piece.text.start < span.end);
        let end = after.checked_sub(1).map_or(0, |last| self.pieces[last].end(span.end));
        let start = self.pieces.get(first).map_or(end, |piece| piece.start(span.start));
        Span { start: start.min(end), end }
    }
}

impl Piece {
    fn is_same(&self) -> bool {
        self.text.len() == self.source.len()
    }

    fn start(&self, at: u32) -> u32 {
        self.source.start + if self.is_same() { at.saturating_sub(self.text.start) } else { 0 }
    }

    fn end(&self, at: u32) -> u32 {
        if self.is_same() {
            self.source.start + at.min(self.text.end) - self.text.start
        } else {
            self.source.end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_pieces_belongs_to_neither() {
        let source = "<b>Peru</b>&nbsp;&amp; <i>Chile</i>";
        let mut layout = Layout::new(source.to_owned());
        // Peru + no-break space + "& " + Chile
        for (text, at) in [
            ((0, 4), (3, 7)),
            ((4, 6), (11, 17)),
            ((6, 7), (17, 22)),
            ((7, 8), (22, 23)),
            ((8, 13), (26, 31)),
        ] {
            layout.push(Span::new(text.0, text.1), Span::new(at.0, at.1));
        }
        let slice = |start, end| layout.source_span(Span::new(start, end)).of(source);
        assert_eq!(slice(0, 4), "Peru");
        assert_eq!(slice(8, 13), "Chile");
        assert_eq!(slice(1, 9), "eru</b>&nbsp;&amp; <i>C");
        assert_eq!(slice(4, 8), "&nbsp;&amp; ");
        assert_eq!(slice(13, 13), "");
    }
}
