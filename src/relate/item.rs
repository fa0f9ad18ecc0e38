//! Items: a sentence as rules see it, with names, lists, titles and dates as single pieces.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::time::{Bound, TimeWords, When, Words};
use crate::document::{Document, Span, Token, TokenKind};
use crate::gazetteer::{EntityId, Form, Kind};
use crate::lexicon::{Lexicon, UNKNOWN, Word};
use crate::phrases::Phrases;
use crate::resolve::{Mention, Resolution, TitlePhrase};

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) kind: ItemKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum ItemKind {
    /// A word, number or mark.
    Word(Word),
    /// One or more states: by name, as government, or in a list.
    States(Range<usize>),
    /// One or more adjectives of states.
    Adjectives(Range<usize>),
    /// One or more organisations and treaties.
    Bodies(Range<usize>),
    /// A person, by the place of the mention.
    Person(usize),
    /// A title, by its place.
    Title(usize),
    /// A date.
    Date(When),
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

/// A sentence in items.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) items: Vec<Item>,
    /// The word of each item, `UNKNOWN` for what is no word.
    pub(super) words: Vec<Word>,
    pub(super) members: Vec<Member>,
    pub(super) comma: Word,
    pub(super) semicolon: Word,
    /// For each item, whether it stands after a word like "with".
    pub(super) after_preposition: Vec<bool>,
}

/// The words that chunking needs.
#[derive(Debug, Default)]
pub(super) struct ChunkWords {
    pub(super) articles: FxHashSet<Word>,
    /// Words like "of".
    pub(super) of: FxHashSet<Word>,
    /// Words after which a state is no subject: "with", "unlike".
    pub(super) prepositions: FxHashSet<Word>,
    pub(super) government: Phrases<()>,
    pub(super) separators: Phrases<()>,
    pub(super) comma: Word,
    pub(super) semicolon: Word,
}

/// Cuts sentences into items.
pub(super) struct Chunker<'a> {
    pub(super) lexicon: &'a Arc<Lexicon>,
    pub(super) words: &'a ChunkWords,
    pub(super) time: &'a TimeWords,
    pub(super) document: &'a Document<'a>,
    pub(super) resolution: &'a Resolution,
    /// The state whose office a person was said to hold.
    pub(super) states_of: FxHashMap<EntityId, EntityId>,
}

impl<'a> Chunker<'a> {
    pub(super) fn new(
        lexicon: &'a Arc<Lexicon>,
        words: &'a ChunkWords,
        time: &'a TimeWords,
        document: &'a Document<'a>,
        resolution: &'a Resolution,
    ) -> Self {
        let persons: FxHashMap<Span, EntityId> = resolution
            .mentions
            .iter()
            .filter(|mention| mention.kind == Kind::Person)
            .filter_map(|mention| Some((mention.span, mention.entity?)))
            .collect();
        let person = |span: Span| persons.get(&span).copied();
        let states_of = resolution
            .titles
            .iter()
            .filter_map(|title| Some((person(title.person?)?, title.of?.0)))
            .collect();
        Self { lexicon, words, time, document, resolution, states_of }
    }

    /// The items of a sentence.
    pub(super) fn items(&self, sentence: Span) -> Items {
        let text = self.document.text;
        let cut;
        let (tokens, words) = match self.resolution.words.of(sentence, self.lexicon) {
            Some(known) => known,
            None => {
                cut = self.lexicon.read_all(text, sentence);
                (&*cut.0, &*cut.1)
            }
        };
        let mut sentence = Sentence { chunker: self, text, tokens, words, out: Items::default() };
        sentence.cut();
        let mut items = sentence.out;
        (items.comma, items.semicolon) = (self.words.comma, self.words.semicolon);
        drop_bracketed(&mut items);
        join_lists(&mut items, self.words);
        items.words = items
            .items
            .iter()
            .map(|item| if let ItemKind::Word(word) = item.kind { word } else { UNKNOWN })
            .collect();
        let before = std::iter::once(UNKNOWN).chain(items.words.iter().copied());
        items.after_preposition = before.map(|word| self.words.prepositions.contains(&word)).collect();
        items
    }
}

struct Sentence<'s> {
    chunker: &'s Chunker<'s>,
    text: &'s str,
    tokens: &'s [Token],
    words: &'s [Word],
    out: Items,
}

impl Sentence<'_> {
    fn cut(&mut self) {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else { return };
        let whole = first.span.to(last.span);
        let resolution = self.chunker.resolution;
        let mentions: FxHashMap<u32, usize> = mentions_in(&resolution.mentions, whole).collect();
        let said = |title: &TitlePhrase| title.person.is_some() || title.of.is_some();
        let titles: FxHashMap<u32, usize> = resolution
            .titles_in(whole)
            .filter(|(_, title)| said(title))
            .map(|(at, title)| (title.span.start, at))
            .collect();
        let dates = Words {
            words: self.words,
            text: &|at| self.tokens.get(at).map_or("", |token| token.span.of(self.text)),
            today: self.chunker.document.date,
        };
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let start = token.span.start;
            at = if let Some(&title) = titles.get(&start) {
                self.push_title(title, at)
            } else if let Some(&mention) = mentions.get(&start) {
                self.push_mention(mention, at)
            } else if let Some((when, length)) = self.chunker.time.parse(&dates, at) {
                self.push(token.span.to(self.tokens[at + length - 1].span), ItemKind::Date(when));
                at + length
            } else {
                if !self.chunker.words.articles.contains(&self.words[at]) {
                    self.push(token.span, ItemKind::Word(self.words[at]));
                }
                at + 1
            };
        }
    }

    fn push(&mut self, span: Span, kind: ItemKind) {
        self.out.items.push(Item { span, kind });
    }

    /// One past the last token that begins before `position`, and at least one past `at`.
    fn past(&self, at: usize, position: u32) -> usize {
        (at + 1).max(self.tokens.partition_point(|token| token.span.start < position))
    }

    fn push_title(&mut self, title: usize, at: usize) -> usize {
        let span = self.chunker.resolution.titles[title].span;
        self.push(span, ItemKind::Title(title));
        self.past(at, span.end)
    }

    fn push_mention(&mut self, index: usize, at: usize) -> usize {
        let mention = &self.chunker.resolution.mentions[index];
        let next = self.past(at, mention.span.end);
        let member = Member { entity: mention.entity, kind: mention.kind, mention: index, when: None };
        match mention.kind {
            Kind::State | Kind::Territory => {
                let government = self.government(next);
                let end = government.unwrap_or(next);
                let span = mention.span.to(self.tokens[end - 1].span);
                let adjective = mention.form == Form::Adjective && government.is_none();
                let span = self.government_of().map_or(span, |noun| noun.to(span));
                let range = self.member(member);
                self.push(
                    span,
                    if adjective { ItemKind::Adjectives(range) } else { ItemKind::States(range) },
                );
                end
            }
            Kind::Organization | Kind::Treaty => {
                let range = self.member(member);
                self.push(mention.span, ItemKind::Bodies(range));
                next
            }
            Kind::Person => self.push_person(index, mention, next),
            Kind::Region => next,
        }
    }

    /// "Nazarbayev's government" is the state whose office he was said to hold.
    fn push_person(&mut self, index: usize, mention: &Mention, next: usize) -> usize {
        let state = mention.entity.and_then(|person| self.chunker.states_of.get(&person));
        let possessive = self.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Possessive);
        if let (Some(&state), true) = (state, possessive)
            && let Some(end) = self.government(next)
        {
            let range =
                self.member(Member { entity: Some(state), kind: Kind::State, mention: index, when: None });
            self.push(mention.span.to(self.tokens[end - 1].span), ItemKind::States(range));
            return end;
        }
        self.push(mention.span, ItemKind::Person(index));
        next
    }

    fn member(&mut self, member: Member) -> Range<usize> {
        self.out.members.push(member);
        self.out.members.len() - 1..self.out.members.len()
    }

    /// Takes back "government of" before a state, which is the state too.
    fn government_of(&mut self) -> Option<Span> {
        let items = &mut self.out.items;
        let [.., noun, of] = items.as_slice() else { return None };
        let (ItemKind::Word(noun_word), ItemKind::Word(of_word)) = (&noun.kind, &of.kind) else {
            return None;
        };
        let words = self.chunker.words;
        let is_noun = words.government.longest(&[*noun_word]).is_some() && words.of.contains(of_word);
        let span = is_noun.then_some(noun.span)?;
        items.truncate(items.len() - 2);
        Some(span)
    }

    /// One past a noun for a government that follows, with or without a possessive.
    fn government(&self, mut at: usize) -> Option<usize> {
        if self.tokens.get(at)?.kind == TokenKind::Possessive {
            at += 1;
        }
        let (length, _) = self.chunker.words.government.longest(self.words.get(at..)?)?;
        Some(at + length)
    }
}

/// The mentions of a sentence that are not part of longer ones, by where they begin.
fn mentions_in(mentions: &[Mention], span: Span) -> impl Iterator<Item = (u32, usize)> + '_ {
    let first = mentions.partition_point(|mention| mention.span.start < span.start);
    let inside =
        mentions[first..].iter().enumerate().take_while(move |(_, mention)| mention.span.start < span.end);
    inside.filter(|(_, mention)| mention.counts()).map(move |(at, mention)| (mention.span.start, first + at))
}

/// Leaves out "(NATO)" after the name it repeats.
fn drop_bracketed(items: &mut Items) {
    let entities = |item: &Item| {
        group(&item.kind)
            .map(|range| items.members[range].iter().map(|member| member.entity).collect::<Vec<_>>())
    };
    let mark = |item: &Item| matches!(item.kind, ItemKind::Word(_)) && item.span.len() == 1;
    let again = |window: &[Item]| {
        mark(&window[1])
            && mark(&window[3])
            && entities(&window[0]).is_some_and(|named| entities(&window[2]) == Some(named))
    };
    let starts: Vec<usize> =
        items.items.windows(4).enumerate().filter(|(_, window)| again(window)).map(|(at, _)| at).collect();
    for start in starts.into_iter().rev() {
        items.items.drain(start + 1..start + 4);
    }
}

/// Joins "A, B and C", also with dates in between ("Greece in 1981, Spain and Portugal in 1986").
fn join_lists(items: &mut Items, words: &ChunkWords) {
    let mut joined: Vec<Item> = Vec::with_capacity(items.items.len());
    let mut at = 0;
    while at < items.items.len() {
        let (item, next) = list_from(items, words, at);
        joined.push(item);
        at = next;
    }
    items.items = joined;
}

/// The list that begins at an item, or the item itself, with the place after it.
fn list_from(items: &mut Items, words: &ChunkWords, at: usize) -> (Item, usize) {
    let first = items.items[at].clone();
    let Some(mut range) = group(&first.kind) else { return (first, at + 1) };
    let (mut end, mut span, mut commas_only, mut count) = (at + 1, first.span, true, 1);
    let mut undated = range.start;
    loop {
        let dated = match items.items.get(end).map(|item| &item.kind) {
            Some(ItemKind::Date(when)) if when.bound == Bound::At && when.end.is_none() => Some(*when),
            _ => None,
        };
        let mut next = end + usize::from(dated.is_some());
        let Some((length, comma)) = separator(items, words, next) else { break };
        next += length;
        let Some(item) = items.items.get(next) else { break };
        let Some(more) = group(&item.kind).filter(|_| same_kind(&item.kind, &first.kind)) else { break };
        if let Some(when) = dated {
            items.members[undated..range.end].iter_mut().for_each(|member| member.when = Some(when));
            undated = range.end;
        }
        (range.end, span, count) = (more.end, span.to(item.span), count + 1);
        commas_only &= comma;
        end = next + 1;
    }
    // Two names with only a comma between are as likely a place and its state.
    if commas_only && count == 2 {
        return (first, at + 1);
    }
    if undated > range.start
        && let Some(ItemKind::Date(when)) = items.items.get(end).map(|item| item.kind.clone())
    {
        items.members[undated..range.end].iter_mut().for_each(|member| member.when = Some(when));
        (span, end) = (span.to(items.items[end].span), end + 1);
    }
    (Item { span, kind: with_range(&first.kind, range) }, end)
}

/// The length of a separator of lists, and whether it is a mere comma.
fn separator(items: &Items, words: &ChunkWords, at: usize) -> Option<(usize, bool)> {
    let word = |at: usize| match items.items.get(at).map(|item| &item.kind) {
        Some(ItemKind::Word(word)) => *word,
        _ => UNKNOWN,
    };
    let following: Vec<Word> = (at..at + 4).map(word).collect();
    let comma = usize::from(following[0] == words.comma);
    match words.separators.longest(&following[comma..]) {
        Some((length, ())) => Some((comma + length, false)),
        None => (comma == 1).then_some((1, true)),
    }
}

fn group(kind: &ItemKind) -> Option<Range<usize>> {
    match kind {
        ItemKind::States(range) | ItemKind::Adjectives(range) | ItemKind::Bodies(range) => {
            Some(range.clone())
        }
        _ => None,
    }
}

fn same_kind(a: &ItemKind, b: &ItemKind) -> bool {
    // "the Kazakh, Kyrgyz and Tajik governments": adjectives that end in a government are states.
    std::mem::discriminant(a) == std::mem::discriminant(b)
        || matches!((a, b), (ItemKind::Adjectives(_), ItemKind::States(_)))
}

fn with_range(kind: &ItemKind, range: Range<usize>) -> ItemKind {
    match kind {
        ItemKind::Bodies(_) => ItemKind::Bodies(range),
        ItemKind::Adjectives(_) => ItemKind::Adjectives(range),
        _ => ItemKind::States(range),
    }
}

impl Items {
    /// The title phrase of an item, if it is one.
    pub(super) fn title<'r>(&self, at: usize, resolution: &'r Resolution) -> Option<&'r TitlePhrase> {
        match self.items.get(at)?.kind {
            ItemKind::Title(title) => resolution.titles.get(title),
            _ => None,
        }
    }
}
