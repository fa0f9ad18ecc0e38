//! Cues of furniture: the phrases by which the lines around a text are known.

use std::hash::Hasher;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use once_cell::sync::OnceCell;
use rustc_hash::{FxHashMap, FxHasher};

use super::fold::{Folded, fold};

/// Where a cue must stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueMatch {
    /// At its beginning.
    Prefix,
    /// Anywhere.
    Contains,
    /// The cue is the whole line.
    Whole,
}

/// How far a cue reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueReach {
    /// The line is furniture where it stands before the text: the author, the place, the hour.
    Head,
    /// The line is furniture.
    Line,
    /// The line and all that follows are furniture, once the text itself has been seen.
    End,
}

/// The cues by which furniture is known, from `data/furniture.csv`.
///
/// # Resource usage
/// A line costs one look-up of its first word; cues anywhere in a line are looked for in the whole text at once.
/// Nothing is allocated per line.
#[derive(Debug, Clone, Default)]
pub struct FurnitureCues {
    /// Those at the beginning of a line, by the hash of their first word.
    heads: FxHashMap<u64, Vec<Cue>>,
    /// Those anywhere, by the word that is looked for.
    anywhere: Vec<(Anchor, Cue)>,
    automaton: OnceCell<Option<AhoCorasick>>,
}

#[derive(Debug, Clone)]
struct Cue {
    /// Its folded words, with one blank between; `#` is any number.
    words: Box<str>,
    reach: CueReach,
    whole: bool,
}

/// The longest word of a cue, without its first letter, which may be a capital.
#[derive(Debug, Clone)]
struct Anchor {
    word: Box<str>,
    /// How many words stand before it.
    before: usize,
}

impl FurnitureCues {
    /// Adds a cue. Case and punctuation make no difference, and `#` stands for any number. A cue anywhere in a line
    /// is not looked for in lines all in capitals.
    pub fn insert(&mut self, cue: &str, reach: CueReach, matching: CueMatch) {
        let words = plain(cue);
        let Some(first) = words.split(' ').next().filter(|word| !word.is_empty()) else { return };
        let key = word_key(first, 0);
        let anchor = anchor(&words);
        let cue = Cue { reach, whole: matching == CueMatch::Whole, words: words.into() };
        if matching == CueMatch::Contains {
            self.anywhere.push((anchor, cue));
            self.automaton = OnceCell::new();
        } else {
            self.heads.entry(key).or_default().push(cue);
        }
    }

    /// The reach of the cues that a line begins with.
    #[inline]
    pub(super) fn at_start(&self, line: &str) -> Option<CueReach> {
        let start = match line.as_bytes().first() {
            Some(byte) if byte.is_ascii_alphanumeric() => 0,
            _ => line.find(is_part)?,
        };
        let cues = self.heads.get(&word_key(line, start))?;
        cues.iter()
            .filter(|cue| cue_end(line, start, &cue.words).is_some_and(|end| !cue.whole || ends(line, end)))
            .map(|cue| cue.reach)
            .max()
    }

    /// The places at which a text holds cues that may stand anywhere in a line, in order.
    pub(super) fn anywhere<'c>(&'c self, text: &'c str) -> impl Iterator<Item = (usize, CueReach)> + 'c {
        let automaton = self.automaton.get_or_init(|| {
            let words = self.anywhere.iter().map(|(anchor, _)| &*anchor.word);
            let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words);
            built.ok().filter(|_| !self.anywhere.is_empty())
        });
        automaton.iter().flat_map(move |automaton| automaton.find_iter(text)).filter_map(move |found| {
            // Cues may share an anchor; the automaton tells one of them.
            let rest = &text[found.start()..];
            let same = self.anywhere.iter().filter(|(anchor, _)| rest.starts_with(&*anchor.word));
            same.filter(|(anchor, cue)| {
                words_back(text, found.start(), anchor.before)
                    .is_some_and(|start| cue_end(text, start, &cue.words).is_some())
            })
            .map(|(_, cue)| (found.start(), cue.reach))
            .max_by_key(|(_, reach)| *reach)
        })
    }
}

/// Whether a character is part of a cue's word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '©' || c == '#'
}

/// Letters and digits of a cue in folded form, words divided by one blank.
fn plain(line: &str) -> String {
    let folded = fold(line);
    let words = folded.split(|c: char| !is_part(c) && c != '\'');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn anchor(words: &str) -> Anchor {
    const ALONE: usize = 4;
    let (before, word) = words.split(' ').enumerate().max_by_key(|(_, word)| word.len()).unwrap_or_default();
    let inner = word.char_indices().nth(1).map_or("", |(at, _)| &word[at..]);
    Anchor { word: if inner.len() >= ALONE { inner } else { word }.into(), before }
}

/// The hash of the word that begins at `start`; all numbers have the same.
fn word_key(line: &str, start: usize) -> u64 {
    let mut hasher = FxHasher::default();
    let bytes = &line.as_bytes()[start..];
    if bytes.first().is_some_and(|&byte| byte.is_ascii_digit() || byte == b'#') {
        hasher.write_u8(b'#');
        return hasher.finish();
    }
    let mut word = 0_u64;
    let mut add = |byte| word = word << u8::BITS | u64::from(byte);
    let head = &bytes[..bytes.len().min(KEY)];
    if head.is_ascii() {
        let letters = head.iter().take_while(|&&byte| is_part_byte(byte));
        letters.for_each(|byte| add(byte.to_ascii_lowercase()));
    } else {
        let mut folded = Folded::new(line, start);
        let letters = std::iter::from_fn(|| folded.next_byte().filter(|&byte| is_part_byte(byte)));
        letters.take(KEY).for_each(add);
    }
    hasher.write_u64(word);
    hasher.finish()
}

/// As many bytes of a word as its hash is made of.
const KEY: usize = size_of::<u64>();

fn is_part_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'\'' || byte >= 0x80
}

/// Where the words of a cue end that begin at `start`, if they stand there.
fn cue_end(line: &str, start: usize, cue: &str) -> Option<usize> {
    let mut folded = Folded::new(line, start);
    let mut byte = folded.next_byte();
    for &wanted in cue.as_bytes() {
        match wanted {
            b' ' => {
                byte.filter(|&byte| !is_part_byte(byte))?;
                while byte.is_some_and(|byte| !is_part_byte(byte)) {
                    byte = folded.next_byte();
                }
            }
            b'#' => {
                byte.filter(u8::is_ascii_digit)?;
                while byte.is_some_and(|byte| byte.is_ascii_digit() || byte == b',') {
                    byte = folded.next_byte();
                }
            }
            _ => {
                byte.filter(|&byte| byte == wanted)?;
                byte = folded.next_byte();
            }
        }
    }
    byte.is_none_or(|byte| !is_part_byte(byte)).then(|| folded.position())
}

/// Whether nothing but marks follows. `end` lies behind the character that ended the cue.
fn ends(line: &str, end: usize) -> bool {
    !line[end..].contains(is_part)
}

/// Where the word begins that stands `words` before the one `at` lies in; `None` where that is far away.
fn words_back(text: &str, at: usize, words: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let mut start = at;
    let mut left = words;
    let mut inside = true;
    for (place, c) in text[..at].char_indices().rev().take(LONGEST * (words + 1)) {
        let part = is_part(c) || matches!(c, '\'' | '’');
        if inside && !part {
            if left == 0 {
                return Some(start);
            }
            left -= 1;
        }
        inside = part;
        if part {
            start = place;
        }
    }
    (left == 0 && start == 0).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> FurnitureCues {
        let mut cues = FurnitureCues::default();
        cues.insert("share this", CueReach::Line, CueMatch::Prefix);
        cues.insert("# comments", CueReach::End, CueMatch::Whole);
        cues.insert("all rights reserved", CueReach::End, CueMatch::Contains);
        cues.insert("editor's picks", CueReach::End, CueMatch::Prefix);
        cues.insert("©", CueReach::End, CueMatch::Prefix);
        cues
    }

    #[test]
    fn case_and_punctuation_make_no_difference() {
        let cues = cues();
        for (line, reach) in [
            ("SHARE  this: page", Some(CueReach::Line)),
            ("• Share this", Some(CueReach::Line)),
            ("Shares this", None),
            ("Share", None),
            ("Share thistle", None),
            ("1,204 Comments", Some(CueReach::End)),
            ("12 comments were made", None),
            ("Editor’s Picks today", Some(CueReach::End)),
            ("© 2001", Some(CueReach::End)),
            ("---", None),
        ] {
            assert_eq!(cues.at_start(line), reach, "{line}");
        }
    }

    #[test]
    fn cues_within_lines() {
        let cues = cues();
        let found = |text| cues.anywhere(text).count();
        assert_eq!(found("2001 Sample. All Rights Reserved."), 1);
        assert_eq!(found("all rights  reserved"), 1);
        assert_eq!(found("overall rights reserved"), 0);
        assert_eq!(found("all rights were reserved"), 0);
    }
}
