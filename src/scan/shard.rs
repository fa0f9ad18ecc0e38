//! The automata: names in shards by a hash of their first three folded bytes, each built on first use.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
use once_cell::sync::OnceCell;

use crate::document::Folded;
use crate::gazetteer::{NameId, Text};

const SHARDS: usize = 1024;
const FILTER_BITS: usize = 1 << 16;

/// A folded name to be found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its folded form.
    pub(super) folded: Text,
    pub(super) name: NameId,
    /// Whether it may begin in lower case.
    pub(super) lower: bool,
}

#[derive(Debug)]
pub(super) struct Shards<'g> {
    /// The folded names are pieces of it.
    arena: &'g str,
    /// Sorted by shard.
    entries: Vec<Entry>,
    /// Where each shard's entries begin; one more than there are shards.
    starts: Vec<u32>,
    built: Vec<OnceCell<Shard>>,
    /// Which first three bytes begin a name, for words that begin with a capital and for others.
    upper: Filter,
    lower: Filter,
}

/// The first three folded bytes from `start`, a zero where the text ends. `None` for a single letter at the end.
#[inline]
pub(super) fn key_of(text: &str, start: usize) -> Option<[u8; 3]> {
    let bytes = text.as_bytes();
    if let Some(&[a, b, c]) = bytes.get(start..start + 3) {
        // Blanks and what is outside ASCII go the long way.
        if a > b' ' && b > b' ' && c > b' ' && (a | b | c) < 0x80 {
            return Some([a, b, c].map(|byte| byte.to_ascii_lowercase()));
        }
    }
    slow_key(text, start)
}

#[cold]
fn slow_key(text: &str, start: usize) -> Option<[u8; 3]> {
    let mut folded = Folded::new(text, start);
    let (a, b) = (folded.next_byte()?, folded.next_byte()?);
    Some([a, b, folded.next_byte().unwrap_or(0)])
}

fn hash(key: [u8; 3]) -> usize {
    let number = u32::from_le_bytes([key[0], key[1], key[2], 0]);
    // The upper bits depend on all three bytes.
    (number.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

#[derive(Debug)]
struct Filter(Box<[u64]>);

impl Filter {
    fn new() -> Self {
        Self(vec![0; FILTER_BITS / 64].into_boxed_slice())
    }

    fn insert(&mut self, key: [u8; 3]) {
        let bit = hash(key) % FILTER_BITS;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    #[inline]
    fn holds(&self, key: [u8; 3]) -> bool {
        let bit = hash(key) % FILTER_BITS;
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl<'g> Shards<'g> {
    pub(super) fn new(arena: &'g str, mut entries: Vec<Entry>) -> Self {
        let key = |entry: &Entry| {
            let bytes = entry.folded.of(arena).as_bytes();
            [bytes[0], bytes[1], bytes.get(2).copied().unwrap_or(0)]
        };
        let (mut upper, mut lower) = (Filter::new(), Filter::new());
        for entry in &entries {
            upper.insert(key(entry));
            if entry.lower {
                lower.insert(key(entry));
            }
        }
        entries.sort_by_cached_key(|entry| shard_of(key(entry)));
        let mut starts = vec![0; SHARDS + 1];
        for entry in &entries {
            starts[shard_of(key(entry)) + 1] += 1;
        }
        for at in 0..SHARDS {
            starts[at + 1] += starts[at];
        }
        let built = (0..SHARDS).map(|_| OnceCell::new()).collect();
        Self { arena, entries, starts, built, upper, lower }
    }

    /// Whether a name may begin with these bytes in a word that begins with a capital, or not.
    #[inline]
    pub(super) fn may_begin(&self, key: [u8; 3], upper: bool) -> bool {
        if upper { self.upper.holds(key) } else { self.lower.holds(key) }
    }

    /// The shard of names that begin with these bytes, built if it was not yet.
    #[inline]
    pub(super) fn get(&self, key: [u8; 3]) -> &Shard {
        let at = shard_of(key);
        self.built[at].get_or_init(|| {
            let range = self.starts[at] as usize..self.starts[at + 1] as usize;
            Shard::build(self.arena, &self.entries[range])
        })
    }
}

fn shard_of(key: [u8; 3]) -> usize {
    hash(key) % SHARDS
}

/// One automaton over distinct folded names, with the names that fold to each.
#[derive(Debug)]
pub(super) struct Shard {
    automaton: Option<NFA>,
    /// Names, grouped by pattern.
    names: Vec<NameId>,
    /// Where each pattern's names begin; one more than there are patterns.
    starts: Vec<u32>,
}

impl Shard {
    fn build(arena: &str, entries: &[Entry]) -> Self {
        let folded = |entry: &Entry| entry.folded.of(arena).as_bytes();
        let mut entries = entries.to_vec();
        entries.sort_by(|a, b| folded(a).cmp(folded(b)).then(a.name.cmp(&b.name)));
        let groups: Vec<_> = entries.chunk_by(|a, b| folded(a) == folded(b)).collect();
        let patterns = groups.iter().map(|group| folded(&group[0]));
        // Fails only for more states than 32 bits count; a shard without an automaton finds nothing.
        let automaton = NFA::builder().match_kind(MatchKind::Standard).prefilter(false).build(patterns).ok();
        let mut starts = vec![0];
        for group in &groups {
            starts.push(starts.last().copied().unwrap_or(0) + group.len() as u32);
        }
        Self { automaton, names: entries.iter().map(|entry| entry.name).collect(), starts }
    }

    pub(super) fn walk(&self) -> Walk<'_> {
        let state = self.automaton.as_ref().and_then(|automaton| automaton.start_state(Anchored::Yes).ok());
        Walk { shard: self, state: state.unwrap_or(DEAD), fed: 0 }
    }

    fn names(&self, automaton: &NFA, state: StateID, fed: usize) -> Option<&[NameId]> {
        let pattern = automaton.match_pattern(state, 0);
        if automaton.pattern_len(pattern) != fed {
            return None;
        }
        let pattern = pattern.as_usize();
        Some(&self.names[self.starts[pattern] as usize..self.starts[pattern + 1] as usize])
    }
}

/// The state from which no name goes on.
const DEAD: StateID = StateID::ZERO;

/// A walk through one automaton from a word start.
pub(super) struct Walk<'s> {
    shard: &'s Shard,
    state: StateID,
    fed: usize,
}

/// What a walk comes to with a byte.
pub(super) enum Step<'s> {
    /// No name ends here.
    Nothing,
    /// No name goes on so.
    Dead,
    /// These names end here.
    Names(&'s [NameId]),
}

impl<'s> Walk<'s> {
    /// Takes one folded byte. A match state may stem from a suffix of a longer name, which does not count.
    #[inline]
    pub(super) fn feed(&mut self, byte: u8) -> Step<'s> {
        let Some(automaton) = &self.shard.automaton else { return Step::Dead };
        self.state = automaton.next_state(Anchored::Yes, self.state, byte);
        self.fed += 1;
        if !automaton.is_special(self.state) {
            return Step::Nothing;
        }
        if automaton.is_dead(self.state) {
            return Step::Dead;
        }
        let names = if automaton.is_match(self.state) {
            self.shard.names(automaton, self.state, self.fed)
        } else {
            None
        };
        names.map_or(Step::Nothing, Step::Names)
    }
}
