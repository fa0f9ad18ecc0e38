//! What only points back: "it", "its", "the country", "both countries", "they".

use rustc_hash::{FxHashMap, FxHashSet};

use super::item::{ClauseWords, Group, Item, ItemKind, Items, Member};
use crate::gazetteer::Kind;
use crate::lexicon::Word;

/// The words that point back, from families of the rule files.
#[derive(Debug, Default)]
pub(super) struct ReferWords {
    /// "it"
    pub(super) one: FxHashSet<Word>,
    /// "they"
    pub(super) several: FxHashSet<Word>,
    /// "its"
    pub(super) of_one: FxHashSet<Word>,
    /// "their"
    pub(super) of_several: FxHashSet<Word>,
    /// "country", after an article.
    pub(super) nouns: FxHashSet<Word>,
    /// "countries"
    pub(super) plural_nouns: FxHashSet<Word>,
    /// "organisation", "bloc", after an article.
    pub(super) org_nouns: FxHashSet<Word>,
    /// "pact", "treaty", after an article.
    pub(super) treaty_nouns: FxHashSet<Word>,
    /// "all", before a number.
    pub(super) all: FxHashSet<Word>,
    /// "both", "two": how many.
    pub(super) counts: FxHashMap<Word, usize>,
    /// "applied", "membership": what may be said without its body.
    pub(super) opens: FxHashSet<Word>,
    /// "joined", "ratified": after these "it" is a body.
    pub(super) takes_body: FxHashSet<Word>,
}

impl ReferWords {
    fn is_reference(&self, word: Word) -> bool {
        let words =
            [&self.one, &self.several, &self.of_one, &self.of_several, &self.nouns, &self.plural_nouns];
        words.iter().any(|words| words.contains(&word))
            || self.org_nouns.contains(&word)
            || self.treaty_nouns.contains(&word)
            || self.counts.contains_key(&word)
    }

    /// Whether a sentence may speak of a body it does not name: "Denmark joined in 1973".
    pub(super) fn may_be_open(&self, items: &Items) -> bool {
        items
            .words
            .iter()
            .any(|&word| word != 0 && (self.opens.contains(&word) || self.takes_body.contains(&word)))
    }

    /// Whether a sentence holds something that may point back.
    pub(super) fn any(&self, words: &[Word]) -> bool {
        words.iter().any(|&word| word != 0 && self.is_reference(word))
    }
}

/// What a sentence was about, for the one after it.
#[derive(Debug, Default, Clone)]
pub(super) struct Topic {
    /// The members of its first subject.
    pub(super) subject: Vec<Member>,
    /// Whether these are organisations or treaties.
    pub(super) is_body: bool,
    /// All states it names, each once.
    pub(super) states: Vec<Member>,
    /// The treaties and organisations it names.
    pub(super) bodies: Vec<Member>,
}

impl Topic {
    /// The topic of a sentence.
    pub(super) fn of(items: &Items, words: &ClauseWords) -> Self {
        let mut topic = Self::default();
        let subject = (0..items.items.len()).find(|&at| is_subject(items, words, at));
        if let Some(group) = subject.and_then(|at| items.group(at)) {
            topic.subject.extend_from_slice(&items.members[group.range()]);
            topic.is_body = subject.is_some_and(|at| matches!(items.items[at].kind, ItemKind::Bodies(_)));
        }
        for item in &items.items {
            let known = match item.kind {
                ItemKind::States(_) => &mut topic.states,
                ItemKind::Bodies(_) => &mut topic.bodies,
                _ => continue,
            };
            for member in &items.members[item.kind.members()] {
                if !known.iter().any(|other| other.entity == member.entity) {
                    known.push(*member);
                }
            }
        }
        topic
    }
}

/// Whether a name stands as a subject: not after a preposition, not between a verb and a comma.
fn is_subject(items: &Items, words: &ClauseWords, at: usize) -> bool {
    let kind = items.items[at].kind;
    if !matches!(kind, ItemKind::States(_) | ItemKind::Bodies(_)) || items.after_preposition(at, words) {
        return false;
    }
    let Some(before) = at.checked_sub(1) else { return true };
    let word = items.word(before);
    // A plain word before it is a verb or a noun it goes with, unless it opens a clause.
    !items.is_word(before)
        || words.openers.contains(&word)
        || word == words.comma
        || word == words.semicolon
        || word == words.colon
        || words.conjunctions.contains(&word)
        || words.subordinators.contains(&word)
        || words.relatives.contains(&word)
        || words.list_modifiers.contains(&word)
}

/// Puts the states and bodies meant in place of the words that point back.
pub(super) struct Referrer<'r> {
    pub(super) words: &'r ClauseWords,
    pub(super) refer: &'r ReferWords,
}

impl Referrer<'_> {
    /// Resolves what a sentence points back to, within it and to the topics of those before, nearest first.
    pub(super) fn resolve(&self, items: &mut Items, topics: &[Topic]) {
        let mut at = 0;
        while at < items.items.len() {
            let word = items.words[at];
            if word != 0 && self.refer.is_reference(word) {
                self.resolve_at(items, at, topics);
            }
            at += 1;
        }
    }

    fn resolve_at(&self, items: &mut Items, at: usize, topics: &[Topic]) {
        let word = items.words[at];
        let refer = self.refer;
        // "are both members"
        if refer.several.contains(&word) && self.words.links.contains(&items.word_before(at)) {
            return;
        }
        let (members, is_body) =
            if refer.one.contains(&word) && refer.takes_body.contains(&items.word_before(at)) {
                (nearest_body(items, at, topics, None), true)
            } else if refer.one.contains(&word) || refer.of_one.contains(&word) {
                self.one(items, at, topics)
            } else if refer.several.contains(&word) || refer.of_several.contains(&word) {
                self.several(items, at, topics)
            } else if refer.nouns.contains(&word) && refer.counts.get(&items.word_before(at)) == Some(&2) {
                // "neither country"
                (self.counted(items, at, topics), false)
            } else if refer.nouns.contains(&word) && self.is_definite(items, at) {
                let (members, is_body) = self.one(items, at, topics);
                if is_body { (self.only_state(items, at, topics), false) } else { (members, false) }
            } else if refer.plural_nouns.contains(&word) {
                (self.counted(items, at, topics), false)
            } else if refer.counts.contains_key(&word)
                && (items.items[at].definite || refer.all.contains(&items.word_before(at)))
                && !items.is_plain(at + 1, self.words)
            {
                // "the three, all members,"
                (self.as_many(items, at, refer.counts[&word], topics), false)
            } else if refer.org_nouns.contains(&word) && self.is_definite(items, at) {
                (nearest_body(items, at, topics, Some(Kind::Organization)), true)
            } else if refer.treaty_nouns.contains(&word) && self.is_definite(items, at) {
                (nearest_body(items, at, topics, Some(Kind::Treaty)), true)
            } else {
                return;
            };
        if members.is_empty() {
            return;
        }
        let group =
            Group { from: items.members.len() as u32, to: (items.members.len() + members.len()) as u32 };
        items.members.extend(members.into_iter().map(|member| Member { when: None, ..member }));
        let kind = if is_body { ItemKind::Bodies(group) } else { ItemKind::States(group) };
        let span = items.items[at].span;
        // The word stays: families may hold it ("took its seat").
        items.items[at] = Item { span, kind, definite: false, back: true };
    }

    /// What stands for one: the subject named last, or what the sentences before were about.
    fn one(&self, items: &Items, at: usize, topics: &[Topic]) -> (Vec<Member>, bool) {
        let single = |&place: &usize| {
            is_subject(items, self.words, place) && items.group(place).is_some_and(|group| group.len() == 1)
        };
        if let Some(place) = (0..at).rev().find(single) {
            let is_body = matches!(items.items[place].kind, ItemKind::Bodies(_));
            return (items.members[items.items[place].kind.members()].to_vec(), is_body);
        }
        for topic in topics {
            if topic.subject.len() == 1 {
                return (topic.subject.clone(), topic.is_body);
            }
            if let ([state], true) = (topic.states.as_slice(), topic.subject.is_empty()) {
                return (vec![*state], false);
            }
            if !topic.subject.is_empty() {
                break;
            }
        }
        (Vec::new(), false)
    }

    /// The only state that could be meant where the subject was a body.
    fn only_state(&self, items: &Items, at: usize, topics: &[Topic]) -> Vec<Member> {
        let states = states_before(items, at);
        match (states.as_slice(), topics.first().map(|topic| topic.states.as_slice())) {
            ([state], _) | ([], Some([state])) => vec![*state],
            _ => Vec::new(),
        }
    }

    fn several(&self, items: &Items, at: usize, topics: &[Topic]) -> (Vec<Member>, bool) {
        let list = |&place: &usize| {
            is_subject(items, self.words, place) && items.states(place).is_some_and(|group| group.len() > 1)
        };
        if let Some(place) = (0..at).rev().find(list) {
            return (items.members[items.items[place].kind.members()].to_vec(), false);
        }
        if (0..at).any(|place| is_subject(items, self.words, place)) {
            return (Vec::new(), false);
        }
        let topic = topics.iter().find(|topic| !topic.subject.is_empty());
        let subject = topic.filter(|topic| topic.subject.len() > 1 && !topic.is_body);
        (subject.map(|topic| topic.subject.clone()).unwrap_or_default(), false)
    }

    /// "both countries", "the three states": as many as were named.
    fn counted(&self, items: &Items, at: usize, topics: &[Topic]) -> Vec<Member> {
        // "the two Black Sea states"
        let count = (1..=3).map_while(|back| at.checked_sub(back).filter(|&place| items.is_word(place)));
        let count = count.into_iter().find_map(|place| self.refer.counts.get(&items.word(place)).copied());
        let told_apart = self.words.of.contains(&items.word(at + 1));
        match count {
            _ if told_apart => Vec::new(),
            Some(count) => self.as_many(items, at, count, topics),
            None if self.is_definite(items, at) => self.several(items, at, topics).0,
            None => Vec::new(),
        }
    }

    /// The states named last, if there are as many.
    fn as_many(&self, items: &Items, at: usize, count: usize, topics: &[Topic]) -> Vec<Member> {
        let mut named = states_before(items, at);
        if named.len() == count {
            return named;
        }
        for topic in topics {
            if named.is_empty() && topic.subject.len() == count && !topic.is_body {
                return topic.subject.clone();
            }
            for state in &topic.states {
                if !named.iter().any(|known| known.entity == state.entity) {
                    named.push(*state);
                }
            }
            if named.len() >= count {
                break;
            }
        }
        if named.len() == count { named } else { Vec::new() }
    }

    /// Whether a noun has an article, with a few words in between, and no name or clause that says which.
    fn is_definite(&self, items: &Items, at: usize) -> bool {
        let next = items.word(at + 1);
        let told_apart = self.words.of.contains(&next)
            || self.words.relatives.contains(&next)
            || items.group(at + 1).is_some();
        let article = (0..=4).find_map(|back| {
            let place = at.checked_sub(back)?;
            items.items[place].definite.then_some(place)
        });
        !told_apart && article.is_some_and(|from| (from..at).all(|place| items.is_word(place)))
    }
}

fn states_before(items: &Items, at: usize) -> Vec<Member> {
    let mut named: Vec<Member> = Vec::new();
    for item in &items.items[..at] {
        if let ItemKind::States(group) = item.kind {
            for member in &items.members[group.range()] {
                if !named.iter().any(|known| known.entity == member.entity) {
                    named.push(*member);
                }
            }
        }
    }
    named
}

/// The body named last before an item.
fn nearest_body(items: &Items, at: usize, topics: &[Topic], kind: Option<Kind>) -> Vec<Member> {
    let fits = |member: &Member| kind.is_none_or(|kind| member.kind == kind);
    let within = (0..at).rev().find_map(|place| match items.items[place].kind {
        ItemKind::Bodies(group) if group.len() == 1 => {
            items.members[group.range()].iter().copied().find(fits)
        }
        _ => None,
    });
    let before = || topics.iter().find_map(|topic| topic.bodies.iter().rev().copied().find(fits));
    within.or_else(before).into_iter().collect()
}
