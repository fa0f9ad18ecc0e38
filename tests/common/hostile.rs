//! Texts made to cost much: one piece over and over.

/// What is repeated, with what it is aimed at.
pub const PIECES: [(&str, &str); 34] = [
    ("small words", "the "),
    ("one name", "Kazakhstan "),
    ("one name, joined", "Kazakhstan-"),
    ("one acronym", "NATO "),
    ("ambiguous names", "Georgia Jordan Chad "),
    ("beginnings of long names", "Democratic Republic of the "),
    ("one line of words", "ministers met and said that they would "),
    ("one word", "x"),
    ("one capital", "X"),
    ("capitals", "Xa Yb "),
    ("sentences of one word", "Peru. "),
    ("combining marks", "\u{301}"),
    ("letters with marks", "e\u{301}"),
    ("wide characters", "İ"),
    ("emoji", "🙂 "),
    ("newlines", "\n"),
    ("empty lines", " \n\n"),
    ("short lines", "a\n"),
    ("lines with a name", "Peru\n"),
    ("lines that share", "Share this\n"),
    ("rights within a line", "all rights reserved "),
    ("brackets", "("),
    ("closed brackets", "() "),
    ("definitions", "Open Sample Treaty (OST) "),
    ("quotes", "\""),
    ("curly quotes", "’"),
    ("points", "."),
    ("abbreviations", "U.S. "),
    ("numbers", "1999-"),
    ("dates", "in May 1999 "),
    ("lists", "Peru, Chile and "),
    ("titles", "President of the "),
    ("titles and names", "President Ana Sample "),
    ("assertions", "Peru joined NATO and "),
];

/// About `bytes` bytes of a piece.
pub fn text(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}
