//! Runs: the visible text of a page, piece by piece, with where each piece stands in the file.

use std::borrow::Cow;
use std::mem::take;

use accede::Span;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::depth::Depth;
use super::meta::Meta;

/// The text between two tags.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) text: Span,
    /// The first byte of it in the file that is no white space.
    pub(super) source: usize,
    /// It is what the page calls itself in its head.
    pub(super) is_title: bool,
    /// The heading it belongs to, counted from one, and its rank; zero for none.
    heading: (usize, u8),
    /// It stands in a part of the page that is known for furniture by its tag.
    pub(super) is_around: bool,
}

/// All runs of a page.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    /// Each piece of text and where it stands in the file.
    pub(super) pieces: Vec<(Span, Span)>,
    pub(super) meta: Meta,
    /// How deep its elements are nested at most.
    pub(super) depth: usize,
}

/// Elements whose content nobody reads.
const HIDDEN: [&[u8]; 14] = [
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"svg",
    b"math",
    b"iframe",
    b"object",
    b"canvas",
    b"select",
    b"datalist",
    b"textarea",
    b"audio",
    b"video",
];

/// Elements that are furniture wherever they stand.
const AROUND: [&[u8]; 6] = [b"nav", b"footer", b"aside", b"form", b"button", b"menu"];

/// Elements within a line.
const INLINE: [&[u8]; 35] = [
    b"a", b"abbr", b"acronym", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"data", b"del", b"dfn",
    b"em", b"font", b"i", b"ins", b"kbd", b"label", b"mark", b"meter", b"nobr", b"q", b"s", b"samp",
    b"small", b"span", b"strike", b"strong", b"sub", b"sup", b"time", b"tt", b"u", b"var", b"wbr",
];

/// Elements without content and without an end tag.
const EMPTY: [&[u8]; 8] = [b"img", b"input", b"link", b"meta", b"source", b"embed", b"col", b"track"];

impl Runs {
    /// Cuts a file into runs.
    pub(super) fn read(source: &str) -> Self {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut reader = Reader { source, ..Reader::default() };
        for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
            reader.token(token);
        }
        Self { depth: reader.depth.deepest(), ..reader.found }
    }
}

/// The headings of a page with their ranks.
pub(super) fn headings(runs: &[Run]) -> impl Iterator<Item = (u8, Span)> + '_ {
    runs.chunk_by(|a, b| a.heading == b.heading)
        .filter(|chunk| chunk[0].heading.0 > 0)
        .map(|chunk| (chunk[0].heading.1, chunk.iter().map(|run| run.text).fold(chunk[0].text, Span::to)))
}

/// What divides the text before from the text that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    /// White space, which stood in the file.
    Blank(Span),
    Line,
    Block,
}

#[derive(Debug, Default)]
struct Reader<'s> {
    source: &'s str,
    found: Runs,
    gap: Gap,
    /// How deep in hidden elements, by name.
    hidden: Vec<Box<[u8]>>,
    around: usize,
    depth: Depth,
    in_title: bool,
    verbatim: bool,
    headings: usize,
    rank: u8,
}

impl Reader<'_> {
    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(string) => self.string(Span::new(string.span.start, string.span.end)),
            _ => {}
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        self.found.meta.tag(tag, self.around == 0);
        if HIDDEN.contains(&name) && !(tag.self_closing && matches!(name, b"svg" | b"math")) {
            self.hidden.push(name.into());
        }
        self.around += usize::from(AROUND.contains(&name));
        match name {
            b"title" if self.hidden.is_empty() => self.in_title = true,
            b"pre" => self.verbatim = true,
            [b'h', rank @ b'1'..=b'6'] => {
                self.headings += 1;
                self.rank = rank - b'0';
            }
            _ => {}
        }
        // Within a drawing a tag may close itself; elsewhere that counts for nothing.
        if !tag.self_closing || self.hidden.is_empty() {
            self.depth.start(name);
        }
        self.divide(name);
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(at) = self.hidden.iter().rposition(|hidden| **hidden == *name) {
            self.hidden.truncate(at);
        }
        self.depth.end(name);
        self.around = self.around.saturating_sub(usize::from(AROUND.contains(&name)));
        match name {
            b"title" => self.in_title = false,
            b"pre" => self.verbatim = false,
            [b'h', b'1'..=b'6'] => self.rank = 0,
            _ => {}
        }
        self.divide(name);
    }

    fn divide(&mut self, name: &[u8]) {
        let gap = match name {
            b"br" | b"tr" | b"dt" | b"dd" | b"option" => Gap::Line,
            name if INLINE.contains(&name) || EMPTY.contains(&name) => Gap::None,
            _ => Gap::Block,
        };
        self.gap = self.gap.max(gap);
    }

    fn string(&mut self, span: Span) {
        if !self.hidden.is_empty() {
            return;
        }
        let mut first = None;
        let mut at = span.range().start;
        while at < span.range().end {
            at += self.piece(at, span.range().end, &mut first);
        }
        let Some((start, source)) = first else { return };
        if self.found.text[start..].trim().is_empty() {
            return;
        }
        let heading = if self.rank > 0 { (self.headings, self.rank) } else { (0, 0) };
        self.found.runs.push(Run {
            text: Span::new(start, self.found.text.len()),
            source,
            is_title: self.in_title,
            heading,
            is_around: self.around > 0,
        });
    }

    /// Takes in the next piece of a string and gives its length in the file. `first` is set to where the first
    /// visible piece stands, in the text and in the file.
    fn piece(&mut self, at: usize, end: usize, first: &mut Option<(usize, usize)>) -> usize {
        let rest = &self.source[at..end];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']).len();
        if blank > 0 {
            let line = self.verbatim && rest[..blank].contains('\n');
            let gap = if line { Gap::Line } else { Gap::Blank(Span::new(at, at + blank)) };
            self.gap = self.gap.max(gap);
            return blank;
        }
        let (length, decoded) = if rest.starts_with('&') {
            let length = reference(rest);
            (length, decode(&rest[..length]))
        } else {
            let length = rest.find(['&', ' ', '\t', '\n', '\r', '\x0c']).unwrap_or(rest.len());
            (length, Cow::Borrowed(&rest[..length]))
        };
        self.fill_gap();
        first.get_or_insert((self.found.text.len(), at));
        self.push(&decoded, Span::new(at, at + length));
        length
    }

    /// Writes what divides the text; nothing does at its beginning.
    fn fill_gap(&mut self) {
        match take(&mut self.gap) {
            _ if self.found.text.is_empty() => {}
            Gap::None => {}
            Gap::Blank(source) => self.push(" ", source),
            Gap::Line => self.found.text.push('\n'),
            Gap::Block => self.found.text.push_str("\n\n"),
        }
    }

    fn push(&mut self, text: &str, source: Span) {
        let start = self.found.text.len();
        self.found.text.push_str(text);
        self.found.pieces.push((Span::new(start, start + text.len()), source));
    }
}

/// The length of the character reference that a text begins with, or of a lone `&`.
fn reference(text: &str) -> usize {
    let name = text[1..].bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'#').count();
    1 + name + usize::from(name > 0 && text[1 + name..].starts_with(';'))
}

/// What a character reference stands for.
fn decode(reference: &str) -> Cow<'_, str> {
    let mut text = String::new();
    for Ok(token) in Tokenizer::new(reference) {
        if let Token::String(string) = token {
            text.push_str(&String::from_utf8_lossy(&string));
        }
    }
    if text == reference { Cow::Borrowed(reference) } else { Cow::Owned(text) }
}
