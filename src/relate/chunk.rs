//! Cutting sentences into items.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::item::{ClauseWords, Group, Item, ItemKind, Items, Member};
use super::list::{drop_bracketed, join_lists};
use super::time::{TimeWords, Words};
use crate::document::{Document, Span, Token, TokenKind};
use crate::gazetteer::{EntityId, Form, Kind, Office};
use crate::lexicon::{Lexicon, Word};
use crate::resolve::{Mention, Resolution, TitlePhrase};

/// Cuts the sentences of one document into items.
pub(super) struct Chunker<'a> {
    pub(super) lexicon: &'a Arc<Lexicon>,
    pub(super) words: &'a ClauseWords,
    pub(super) time: &'a TimeWords,
    pub(super) document: &'a Document<'a>,
    pub(super) resolution: &'a Resolution,
    /// The states whose offices persons were said to hold, by entity and by mention; filled when needed.
    states_of: StatesOf,
}

/// The tokens of a sentence with their words.
pub(super) struct Tokens<'a> {
    pub(super) tokens: Cow<'a, [Token]>,
    pub(super) words: Cow<'a, [Word]>,
}

/// The states that persons act for.
#[derive(Default)]
struct StatesOf {
    by_entity: FxHashMap<EntityId, EntityId>,
    by_span: FxHashMap<Span, EntityId>,
}

impl StatesOf {
    fn new(resolution: &Resolution) -> Self {
        let mut states = Self::default();
        for title in &resolution.titles {
            let (Some(person), Some((of, _))) = (title.person, title.of) else { continue };
            states.by_span.insert(person, of);
            let first = resolution.mentions.partition_point(|mention| mention.span.start < person.start);
            let mention = resolution.mentions[first..]
                .iter()
                .take_while(|mention| mention.span.start == person.start)
                .find(|mention| mention.span == person && mention.kind == Kind::Person);
            if let Some(entity) = mention.and_then(|mention| mention.entity) {
                states.by_entity.insert(entity, of);
            }
        }
        states
    }
}

impl<'a> Chunker<'a> {
    pub(super) fn new(
        lexicon: &'a Arc<Lexicon>,
        words: &'a ClauseWords,
        time: &'a TimeWords,
        document: &'a Document<'a>,
        resolution: &'a Resolution,
    ) -> Self {
        let states_of = StatesOf::new(resolution);
        Self { lexicon, words, time, document, resolution, states_of }
    }

    /// The tokens of a sentence, as resolving has cut and looked them up if it has the same lexicon.
    pub(super) fn tokens(&self, sentence: Span) -> Tokens<'a> {
        match self.resolution.words.of(sentence, self.lexicon) {
            Some((tokens, words)) => Tokens { tokens: tokens.into(), words: words.into() },
            None => {
                let (tokens, words) = self.lexicon.read_all(self.document.text, sentence);
                Tokens { tokens: tokens.into(), words: words.into() }
            }
        }
    }

    /// The items of a sentence.
    pub(super) fn items(&self, tokens: &Tokens<'_>, out: &mut Items) {
        out.clear();
        Sentence { chunker: self, text: self.document.text, tokens, out }.cut();
        self.drop_dateline(out);
        drop_bracketed(out);
        join_lists(out, self.words);
        out.finish(self.words);
    }
}

impl Chunker<'_> {
    /// Leaves out the place, date and agency that a dispatch begins with, up to a dash: "ROME, May 3 (Wire) -".
    fn drop_dateline(&self, items: &mut Items) {
        const MOST: usize = 14;
        let is_capital = |item: &Item| {
            let text = item.span.of(self.document.text);
            text.len() > 1 && !text.contains(char::is_lowercase) && text.contains(char::is_alphabetic)
        };
        if !items.items.first().is_some_and(is_capital) {
            return;
        }
        let is = |item: &Item, words: &dyn Fn(Word) -> bool| matches!(item.kind, ItemKind::Word(word) if words(word));
        let dash = items
            .items
            .iter()
            .take(MOST)
            .position(|item| is(item, &|word| self.words.dashes.contains(&word)));
        let Some(dash) = dash else { return };
        let mut bracket = false;
        let head = items.items[..dash].iter().all(|item| {
            bracket |= is(item, &|word| word == self.words.open);
            match item.kind {
                ItemKind::States(_) | ItemKind::Date(_) | ItemKind::Adjectives(_) => true,
                ItemKind::Word(_) => bracket || is_capital(item) || item.span.len() <= 2,
                _ => bracket,
            }
        });
        // A dash without blanks around it joins words.
        let apart =
            items.items.get(dash + 1).is_some_and(|next| next.span.start > items.items[dash].span.end);
        if head && apart {
            items.items.drain(..=dash);
        }
    }
}

/// Whether a mention names something: "the president" is a word of the sentence.
fn is_named(mention: &Mention) -> bool {
    mention.counts() && (mention.kind != Kind::Person || mention.form != Form::Definite)
}

struct Sentence<'s> {
    chunker: &'s Chunker<'s>,
    text: &'s str,
    tokens: &'s Tokens<'s>,
    out: &'s mut Items,
}

impl Sentence<'_> {
    fn cut(&mut self) {
        let tokens = &self.tokens.tokens;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
        let whole = first.span.to(last.span);
        let resolution = self.chunker.resolution;
        let mentions = &resolution.mentions;
        let mut mention = mentions.partition_point(|mention| mention.span.start < whole.start);
        let said = |title: &TitlePhrase| title.person.is_some() || title.of.is_some();
        let mut titles = resolution.titles_in(whole).peekable();
        let text = |at: usize| self.tokens.tokens.get(at).map_or("", |token| token.span.of(self.text));
        let dates = Words { words: &self.tokens.words, text: &text, today: self.chunker.document.date };
        let mut definite = false;
        let mut at = 0;
        while let Some(&token) = self.tokens.tokens.get(at) {
            let start = token.span.start;
            while titles.peek().is_some_and(|(_, title)| title.span.start < start) {
                titles.next();
            }
            while mentions
                .get(mention)
                .is_some_and(|m| m.span.start < start || m.span.start == start && !is_named(m))
            {
                mention += 1;
            }
            let before = self.out.items.len();
            // "the presidents of Peru and Chile" are these states, and no title.
            let officials = self.chunker.words.officials.contains(&self.tokens.words[at]);
            let title = titles.peek().filter(|(_, title)| {
                let is_one = said(title) || !title.elsewhere && self.takes_role();
                title.span.start == start && is_one && (!officials || title.person.is_some())
            });
            at = if let Some(&(title, _)) = title {
                self.push_title(title, at)
            } else if mentions.get(mention).is_some_and(|mention| mention.span.start == start) {
                self.push_mention(mention, at)
            } else if let Some((when, length)) = self.chunker.time.parse(&dates, at) {
                self.push(token.span.to(self.tokens.tokens[at + length - 1].span), ItemKind::Date(when));
                at + length
            } else {
                let word = self.tokens.words[at];
                let hyphen = self.chunker.words.hyphen;
                let again = word == hyphen && at > 0 && self.tokens.words[at - 1] == hyphen;
                if again {
                    // "--" is one dash.
                } else if self.chunker.words.articles.contains(&word) {
                    definite = self.chunker.words.definite.contains(&word);
                } else {
                    self.push(token.span, ItemKind::Word(word));
                }
                at + 1
            };
            if self.out.items.len() > before {
                if let Some(last) = self.out.items.last_mut() {
                    last.definite = definite;
                }
                definite = false;
            }
        }
    }

    fn push(&mut self, span: Span, kind: ItemKind) {
        self.out.items.push(Item { span, kind, definite: false, back: false });
    }

    /// One past the last token that begins before `position`, and at least one past `at`.
    fn past(&self, at: usize, position: u32) -> usize {
        let mut end = at + 1;
        while self.tokens.tokens.get(end).is_some_and(|token| token.span.start < position) {
            end += 1;
        }
        end
    }

    fn push_title(&mut self, title: usize, at: usize) -> usize {
        let phrase = &self.chunker.resolution.titles[title];
        let state = phrase.of.and_then(|(of, said)| {
            let mention = self.mention_at(said?)?;
            self.is_state(mention).then_some((of, mention))
        });
        // A rank or a form of address is left out.
        if phrase.office != Office::Honorific {
            let group = state.map_or(Group::default(), |(of, mention)| self.state(of, mention));
            self.push(phrase.span, ItemKind::Title(title, group));
        }
        // "Pope Francis": the name begins with the title.
        let named = phrase.person.filter(|person| person.start == phrase.title.start);
        match named.and_then(|named| self.mention_at(named)) {
            Some(index) => {
                let end = self.chunker.resolution.mentions[index].span.end;
                let next = self.past(at, end);
                self.push_person(index, next)
            }
            None => self.past(at, phrase.span.end),
        }
    }

    /// Whether a role follows: "was", "as", "the post of".
    fn takes_role(&self) -> bool {
        let words = self.chunker.words;
        let role = |word: Word| {
            [&words.as_words, &words.links, &words.becoming, &words.of].iter().any(|set| set.contains(&word))
        };
        self.out.items.last().is_some_and(|item| matches!(item.kind, ItemKind::Word(word) if role(word)))
    }

    fn mention_at(&self, span: Span) -> Option<usize> {
        let mentions = &self.chunker.resolution.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < span.start);
        (first..mentions.len().min(first + 4)).find(|&at| mentions[at].span == span)
    }

    fn is_state(&self, mention: usize) -> bool {
        self.chunker.resolution.mentions[mention].is_state()
    }

    fn push_mention(&mut self, index: usize, at: usize) -> usize {
        let mention = &self.chunker.resolution.mentions[index];
        let next = self.past(at, mention.span.end);
        let member = Member { entity: mention.entity, kind: mention.kind, mention: index, when: None };
        match mention.kind {
            Kind::State | Kind::Territory => {
                let government = self.government(next);
                let end = government.unwrap_or(next);
                let span = mention.span.to(self.tokens.tokens[end - 1].span);
                let adjective = mention.form == Form::Adjective && government.is_none();
                let span = self.government_of().map_or(span, |noun| noun.to(span));
                let group = self.member(member);
                self.push(
                    span,
                    if adjective { ItemKind::Adjectives(group) } else { ItemKind::States(group) },
                );
                end
            }
            Kind::Organization | Kind::Treaty => {
                let group = self.member(member);
                self.push(mention.span, ItemKind::Bodies(group));
                next
            }
            Kind::Person => self.push_person(index, next),
            Kind::Region => next,
        }
    }

    /// "Nazarbayev's government" is the state whose office he was said to hold.
    fn push_person(&mut self, index: usize, next: usize) -> usize {
        let mention = &self.chunker.resolution.mentions[index];
        let states_of = &self.chunker.states_of;
        let state = mention.entity.and_then(|person| states_of.by_entity.get(&person));
        let state = state.or_else(|| states_of.by_span.get(&mention.introduced.unwrap_or(mention.span)));
        let group = state.map_or(Group::default(), |&state| self.state(state, index));
        let possessive =
            self.tokens.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Possessive);
        if !group.is_empty()
            && possessive
            && let Some(end) = self.government(next)
        {
            self.push(mention.span.to(self.tokens.tokens[end - 1].span), ItemKind::States(group));
            return end;
        }
        self.push(mention.span, ItemKind::Person(index, group));
        next
    }

    fn state(&mut self, state: EntityId, mention: usize) -> Group {
        self.member(Member { entity: Some(state), kind: Kind::State, mention, when: None })
    }

    fn member(&mut self, member: Member) -> Group {
        let members = &mut self.out.members;
        members.push(member);
        Group { from: members.len() as u32 - 1, to: members.len() as u32 }
    }

    /// Takes back "government of" before a state, which is the state too.
    fn government_of(&mut self) -> Option<Span> {
        let items = &mut self.out.items;
        let [.., noun, of] = items.as_slice() else { return None };
        let (ItemKind::Word(noun_word), ItemKind::Word(of_word)) = (noun.kind, of.kind) else {
            return None;
        };
        let words = self.chunker.words;
        let is_noun =
            words.government.longest(&[noun_word]).is_some() || words.officials.contains(&noun_word);
        let is_noun = is_noun && words.of.contains(&of_word);
        let span = is_noun.then_some(noun.span)?;
        items.truncate(items.len() - 2);
        Some(span)
    }

    /// One past a noun for a government that follows, with or without a possessive.
    fn government(&self, mut at: usize) -> Option<usize> {
        if self.tokens.tokens.get(at)?.kind == TokenKind::Possessive {
            at += 1;
        }
        let (length, _) = self.chunker.words.government.longest(self.tokens.words.get(at..)?)?;
        Some(at + length)
    }
}
