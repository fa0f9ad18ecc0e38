//! The automata: names in shards by a hash of their first words, each built on first use.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
use once_cell::sync::OnceCell;

use super::filter::Filter;
use super::key::Key;
use crate::gazetteer::{NameId, Text};

/// In bits: the number of shards.
const SHARDS: u32 = 10;

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
    filter: Filter,
}

impl<'g> Shards<'g> {
    pub(super) fn new(arena: &'g str, mut entries: Vec<Entry>) -> Self {
        let key = |entry: &Entry| Key::at(entry.folded.of(arena), 0);
        let mut filter = Filter::new();
        for entry in &entries {
            filter.insert(entry.folded.of(arena), entry.lower);
        }
        entries.sort_by_cached_key(|entry| shard_of(key(entry)));
        let mut starts = vec![0; (1 << SHARDS) + 1];
        for entry in &entries {
            starts[shard_of(key(entry)) + 1] += 1;
        }
        for at in 0..1 << SHARDS {
            starts[at + 1] += starts[at];
        }
        let built = (0..1 << SHARDS).map(|_| OnceCell::new()).collect();
        Self { arena, entries, starts, built, filter }
    }

    /// Whether a name may begin at a word, which begins with a capital or not.
    #[inline]
    pub(super) fn may_begin(&self, text: &str, start: usize, key: Key, upper: bool) -> bool {
        self.filter.passes(text, start, key, upper)
    }

    /// The shard of names that begin with this word, built if it was not yet.
    #[inline]
    pub(super) fn get(&self, key: Key) -> &Shard {
        let at = shard_of(key);
        self.built[at].get_or_init(|| {
            let range = self.starts[at] as usize..self.starts[at + 1] as usize;
            Shard::build(self.arena, &self.entries[range])
        })
    }
}

fn shard_of(key: Key) -> usize {
    key.hash(SHARDS)
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
