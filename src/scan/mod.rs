//! Scanning: every place of a text where a name of the gazetteer stands as whole words.
//!
//! From each word start a walk goes through an automaton over folded names, fed by the folded text, and each
//! end that falls on a word boundary is kept. Most words end before their walk begins: a table of first words
//! knows that no name begins so.

mod case;
mod filter;
mod key;
mod shard;
mod words;

use crate::document::{Folded, Span};
use crate::gazetteer::{Case, Form, Gazetteer, Name, NameId};
use key::Key;
use shard::{Entry, Shards, Step};
use words::{WordStarts, is_mark, joins};

pub(crate) use case::written_as;

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// Which name it is. The same span may be several names.
    pub name: NameId,
}

/// Finds names of a gazetteer in text.
///
/// Built once, shared between threads. Each of its automata is built when the first text needs it.
///
/// # Resource usage
/// The time of [`Scanner::scan`] grows linearly with the text; nothing is allocated but the candidates.
///
/// ```
/// use accede::{Gazetteer, Scanner};
/// let gazetteer = Gazetteer::builtin()?;
/// let scanner = Scanner::new(gazetteer);
/// let text = "Kyrgyzstan,Tajikistan and the\nSoviet\nUnion";
/// let found: Vec<_> = scanner.scan(text).iter().map(|candidate| candidate.span.of(text)).collect();
/// assert_eq!(found, ["Kyrgyzstan", "Tajikistan", "Soviet", "Soviet\nUnion"]);
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug)]
pub struct Scanner<'g> {
    gazetteer: &'g Gazetteer,
    shards: Shards<'g>,
}

impl<'g> Scanner<'g> {
    /// Indexes the names of a gazetteer.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        // Family names alone are for the resolver, which knows whom the text has named before.
        let names = gazetteer.names().filter(|(_, name)| name.form != Form::Surname);
        let entries = names.map(|(id, name)| Entry {
            folded: name.folded,
            name: id,
            lower: name.case == Case::Any || gazetteer.surface(name).starts_with(char::is_lowercase),
        });
        Self { gazetteer, shards: Shards::new(gazetteer.arena(), entries.collect()) }
    }

    /// The gazetteer it looks for.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// All candidates, sorted by where they stand.
    pub fn scan(&self, text: &str) -> Vec<Candidate> {
        let mut found = Vec::new();
        self.scan_into(text, &mut found);
        found
    }

    /// Appends all candidates to `found`, sorted by where they stand.
    pub fn scan_into(&self, text: &str, found: &mut Vec<Candidate>) {
        let small = is_in_small_letters(text);
        for (start, upper) in WordStarts::new(text) {
            let key = Key::at(text, start);
            if self.shards.may_begin(text, start, key, upper || small) {
                self.walk(text, start, key, small, found);
            }
        }
    }

    fn walk(&self, text: &str, start: usize, key: Key, small: bool, found: &mut Vec<Candidate>) {
        let shard = self.shards.get(key);
        let mut walk = shard.walk();
        let mut folded = Folded::new(text, start);
        while let Some(byte) = folded.next_byte() {
            match walk.feed(byte) {
                Step::Nothing => continue,
                Step::Dead => return,
                Step::Names(names) => self.keep(names, text, start, &folded, small, found),
            }
        }
    }

    /// Keeps the names that end here if a word does too, and if they are written as they should be.
    fn keep(
        &self,
        names: &[NameId],
        text: &str,
        start: usize,
        folded: &Folded<'_>,
        small: bool,
        found: &mut Vec<Candidate>,
    ) {
        let end = end_of(text, folded.position());
        if !folded.between_characters() || !is_boundary(text, end) {
            return;
        }
        let span = Span::new(start, end);
        let fits = |name: NameId| {
            let name = self.gazetteer.name(name);
            let surface = self.gazetteer.surface(name);
            written_as(name.case, surface, span.of(text)) || small && is_known_without_capitals(name, surface)
        };
        found.extend(names.iter().filter(|&&name| fits(name)).map(|&name| Candidate { span, name }));
    }
}

/// Whether a text, long enough to tell, has no capitals at all, so that their lack says nothing.
fn is_in_small_letters(text: &str) -> bool {
    const LONG_ENOUGH: usize = 40;
    text.len() >= LONG_ENOUGH && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a name is known in a text without capitals: not where capitals alone tell it from a word ("who").
fn is_known_without_capitals(name: &Name, surface: &str) -> bool {
    const LONG_ENOUGH: usize = 4;
    name.case == Case::Initial || !name.needs_context && surface.len() >= LONG_ENOUGH
}

/// Takes in marks and invisible characters that belong to the last letter.
fn end_of(text: &str, at: usize) -> usize {
    if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        return at;
    }
    let marks = text[at..].chars().take_while(|&c| unicode_normalization::char::is_combining_mark(c));
    at + marks.map(char::len_utf8).sum::<usize>()
}

/// Whether no word goes on at `at`.
fn is_boundary(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => text[at..].chars().find(|&c| !is_mark(c)).is_none_or(|c| !joins(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries() {
        assert!(is_boundary("Peru", 4) && is_boundary("Peru,", 4) && is_boundary("Peru’s", 4));
        assert!(!is_boundary("Perugia", 4) && !is_boundary("Peruß", 4));
        assert_eq!(end_of("Peru\u{301} x", 4), 6);
    }

    #[test]
    fn can_be_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Scanner<'_>>();
    }
}
