//! Items: a sentence as rules see it, with names, lists, titles and dates as single pieces.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::time::When;
use crate::document::Span;
use crate::gazetteer::{EntityId, Kind};
use crate::lexicon::{UNKNOWN, Word};
use crate::phrases::Phrases;
use crate::resolve::{Resolution, TitlePhrase};

/// A piece of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) kind: ItemKind,
    /// Whether a definite article stood before it.
    pub(super) definite: bool,
    /// Whether it only points back: "it", "the country".
    pub(super) back: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ItemKind {
    /// A word, number or mark.
    Word(Word),
    /// One or more states: by name, as government, or in a list.
    States(Group),
    /// One or more adjectives of states.
    Adjectives(Group),
    /// One or more organisations and treaties.
    Bodies(Group),
    /// A person, by the place of the mention, with the state he or she acts for.
    Person(usize, Group),
    /// A title, by its place, with the state it belongs to.
    Title(usize, Group),
    /// A date.
    Date(When),
}

/// Places among the members of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Group {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Group {
    pub(super) fn range(self) -> Range<usize> {
        self.from as usize..self.to as usize
    }

    pub(super) fn len(self) -> usize {
        (self.to - self.from) as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// One of the entities of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Member {
    pub(super) entity: Option<EntityId>,
    pub(super) kind: Kind,
    pub(super) mention: usize,
    /// The date that a list gives for it.
    pub(super) when: Option<When>,
}

/// A sentence in items. Reused from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) items: Vec<Item>,
    /// The word of each item, `UNKNOWN` for names; what points back keeps its word.
    pub(super) words: Vec<Word>,
    pub(super) members: Vec<Member>,
    /// How many items the sentence has; bodies spoken of before may come after them.
    shown: usize,
    /// For each bracket that closes, where it opened, and the other way round; else the item itself.
    pub(super) partner: Vec<usize>,
}

/// Small words that the engine itself must know, from families of the rule files.
#[derive(Debug, Default)]
pub(super) struct ClauseWords {
    pub(super) comma: Word,
    pub(super) semicolon: Word,
    pub(super) open: Word,
    pub(super) close: Word,
    pub(super) colon: Word,
    pub(super) hyphen: Word,
    /// Articles, which are left out of sentences.
    pub(super) articles: FxHashSet<Word>,
    /// Those that point to something known.
    pub(super) definite: FxHashSet<Word>,
    /// Words like "of".
    pub(super) of: FxHashSet<Word>,
    /// Words after which a state is no subject: "with", "unlike".
    pub(super) prepositions: FxHashSet<Word>,
    /// "and", "but": what may join two predicates.
    pub(super) conjunctions: FxHashSet<Word>,
    /// "when", "after": what begins a clause of lower rank.
    pub(super) subordinators: FxHashSet<Word>,
    /// "which", "who", "that".
    pub(super) relatives: FxHashSet<Word>,
    /// Verb forms that stand on their own: "joined", "has".
    pub(super) finite: FxHashSet<Word>,
    /// Words that may follow a name which stands for itself, and not for "a NATO summit".
    pub(super) followers: FxHashSet<Word>,
    /// "former", "neighbouring": what may stand before a name within a list.
    pub(super) list_modifiers: FxHashSet<Word>,
    pub(super) possessives: FxHashSet<Word>,
    /// "its": what points back and owns what follows.
    pub(super) owners: FxHashSet<Word>,
    /// "is", "became": what links a subject with a role.
    pub(super) links: FxHashSet<Word>,
    pub(super) as_words: FxHashSet<Word>,
    /// "by", "unlike": nobody before such a word holds a role that is named after it.
    pub(super) role_breakers: FxHashSet<Word>,
    /// "alliance", "treaty": what a body may be called after its name.
    pub(super) body_nouns: FxHashSet<Word>,
    /// "became": what makes a state of affairs an event.
    pub(super) becoming: FxHashSet<Word>,
    /// The "to" of infinitives.
    pub(super) infinitive: FxHashSet<Word>,
    /// Marks after which a clause may begin.
    pub(super) openers: FxHashSet<Word>,
    pub(super) government: Phrases<()>,
    /// "presidents", "ministers": several people of several states, who act for these.
    pub(super) officials: FxHashSet<Word>,
    pub(super) separators: Phrases<()>,
    pub(super) dashes: FxHashSet<Word>,
}

impl Items {
    pub(super) fn clear(&mut self) {
        self.items.clear();
        self.words.clear();
        self.members.clear();
        self.partner.clear();
    }

    /// The word at an item, `UNKNOWN` for what is no word or beyond the end.
    pub(super) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or(UNKNOWN)
    }

    /// How many items the sentence itself has.
    pub(super) fn shown(&self) -> usize {
        self.shown
    }

    pub(super) fn is_list(&self, at: usize) -> bool {
        self.group(at).is_some_and(|group| group.len() > 1)
    }

    /// Adds a body that was spoken of before, out of sight of rules that do not ask for it.
    pub(super) fn add_topic(&mut self, member: Member, words: &ClauseWords) {
        let span = Span::new(0, 0);
        let from = self.members.len() as u32;
        self.members.push(Member { when: None, ..member });
        let group = Group { from, to: from + 1 };
        // The semicolon keeps gaps from reaching it.
        for kind in [ItemKind::Word(words.semicolon), ItemKind::Bodies(group)] {
            self.items.push(Item { span, kind, definite: false, back: true });
            self.words.push(if let ItemKind::Word(word) = kind { word } else { UNKNOWN });
            self.partner.push(self.partner.len());
        }
    }

    /// The word before an item.
    pub(super) fn word_before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(UNKNOWN, |before| self.word(before))
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        matches!(self.items.get(at).map(|item| item.kind), Some(ItemKind::Word(_)))
    }

    /// Whether an item is a word of its own meaning: no mark, no small word.
    pub(super) fn is_plain(&self, at: usize, words: &ClauseWords) -> bool {
        self.is_word(at) && !words.followers.contains(&self.word(at))
    }

    /// The states or bodies at an item, if it is one that can be subject or object.
    pub(super) fn group(&self, at: usize) -> Option<Group> {
        self.items.get(at)?.kind.group()
    }

    pub(super) fn states(&self, at: usize) -> Option<Group> {
        match self.items.get(at)?.kind {
            ItemKind::States(group) => Some(group),
            _ => None,
        }
    }

    /// The title phrase of an item, if it is one.
    pub(super) fn title<'r>(&self, at: usize, resolution: &'r Resolution) -> Option<&'r TitlePhrase> {
        match self.items.get(at)?.kind {
            ItemKind::Title(title, _) => resolution.titles.get(title),
            _ => None,
        }
    }

    /// Whether the name at an item stands after a word like "with", perhaps with something in between
    /// ("with neighbouring Peru").
    pub(super) fn after_preposition(&self, at: usize, words: &ClauseWords) -> bool {
        let before = self.word_before(at);
        words.prepositions.contains(&before)
            || words.list_modifiers.contains(&before)
                && words.prepositions.contains(&self.word_before(at.saturating_sub(1)))
    }

    /// Fills in what follows from the items.
    pub(super) fn finish(&mut self, words: &ClauseWords) {
        let word_of = |item: &Item| if let ItemKind::Word(word) = item.kind { word } else { UNKNOWN };
        self.words.clear();
        self.words.extend(self.items.iter().map(word_of));
        self.shown = self.items.len();
        self.partner.clear();
        self.partner.extend(0..self.items.len());
        let mut opened: Option<usize> = None;
        for at in 0..self.words.len() {
            if self.words[at] == words.open {
                opened = Some(at);
            } else if self.words[at] == words.close
                && let Some(open) = opened.take()
            {
                (self.partner[open], self.partner[at]) = (at, open);
            }
        }
    }
}

impl ItemKind {
    /// The members of what can be subject or object.
    pub(super) fn group(self) -> Option<Group> {
        match self {
            Self::States(group) | Self::Adjectives(group) | Self::Bodies(group) => Some(group),
            _ => None,
        }
    }

    /// The places of all members, also the state that a person acts for.
    pub(super) fn members(self) -> Range<usize> {
        match self {
            Self::States(group)
            | Self::Adjectives(group)
            | Self::Bodies(group)
            | Self::Person(_, group)
            | Self::Title(_, group) => group.range(),
            Self::Word(_) | Self::Date(_) => 0..0,
        }
    }
}
