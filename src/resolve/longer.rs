//! Longer proper names that the gazetteer does not hold: "American League", "News Agency of Nigeria".

use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind};
use crate::gazetteer::{Connector, Form, NameHead};
use crate::phrases::Phrases;

/// The nouns of such names, and where they stand.
pub(super) type NameHeads = Phrases<NameHead>;

/// How many words of a longer name may stand between a state and the noun.
const REACH: usize = 5;

impl Resolver<'_> {
    /// Marks the states that lie in a longer name.
    pub(super) fn longer_names(&self, cut: &Cut<'_>, mentions: &mut [Mention]) {
        let mut taken: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
        taken.sort_unstable_by_key(|span| span.start);
        let begins = |at: usize| {
            let start = cut.tokens[at].span.start;
            taken.binary_search_by_key(&start, |span| span.start).is_ok()
        };
        let mut line = Line::default();
        for mention in mentions.iter_mut().filter(|mention| mention.is_state() && mention.in_name.is_none()) {
            line.reach(cut.text, mention.span);
            if line.shouted || matches!(mention.form, Form::People | Form::Capital | Form::Seat) {
                continue;
            }
            let (first, last) = (cut.token_at(mention.span.start), cut.token_at(mention.span.end));
            let after = self.head_after(cut, last, &begins);
            let before = || {
                let is_noun = mention.form != Form::Adjective;
                is_noun.then(|| self.front(cut, first).or_else(|| self.head_before(cut, first))).flatten()
            };
            let end = after.map_or(mention.span.end, |at| cut.tokens[at].span.end);
            let start = if after.is_some() { Some(first) } else { before() };
            if let Some(start) = start {
                mention.in_name = Some(Span::new(cut.tokens[start].span.start as usize, end as usize));
            }
        }
    }

    /// The last token of a run of capitalised words after a state, if it is a noun that ends names.
    fn head_after(&self, cut: &Cut<'_>, from: usize, begins: &impl Fn(usize) -> bool) -> Option<usize> {
        let end = cut.sentence_of(from).end.min(from + REACH);
        let run = (from..end).take_while(|&at| {
            cut.tokens[at].kind == TokenKind::Capitalized && !begins(at) && is_after_blank(cut, at)
        });
        let last = run.last()?;
        (from..=last)
            .find(|&at| {
                let mut heads = self.name_heads.matches(&cut.words[at..=last]);
                heads.any(|(length, role)| {
                    at + length == last + 1 && matches!(role, NameHead::Head | NameHead::End)
                })
            })
            // "the Australian Barry Lane"
            .filter(|&at| at == from || !self.is_given_name(cut, at - 1, &mut String::new()))?;
        Some(last)
    }

    /// The first token of what stands right before a state in a name: "Statistics Norway".
    fn front(&self, cut: &Cut<'_>, first: usize) -> Option<usize> {
        const LONGEST: usize = 3;
        let sentence = cut.sentence_of(first);
        let least = sentence.start.max(first.saturating_sub(LONGEST));
        let last = first.checked_sub(1).filter(|&at| at >= sentence.start && is_after_blank(cut, first))?;
        if cut.tokens[last].kind != TokenKind::Capitalized {
            return None;
        }
        (least..first).find(|&at| {
            let mut fronts = self.name_heads.matches(&cut.words[at..first]);
            cut.tokens[at].kind == TokenKind::Capitalized
                && fronts.any(|(length, role)| at + length == first && *role == NameHead::Front)
        })
    }

    /// The first token of "News Agency of", "University of the" before a state.
    fn head_before(&self, cut: &Cut<'_>, first: usize) -> Option<usize> {
        let mut at = first.checked_sub(1)?;
        if self.titles.connector(cut.words[at]) == Some(Connector::Definite) {
            at = at.checked_sub(1)?;
        }
        if self.titles.connector(cut.words[at]) != Some(Connector::Of) {
            return None;
        }
        let noun = at.checked_sub(1)?;
        let sentence = cut.sentence_of(first);
        let capitalised = |at: usize| cut.tokens[at].kind == TokenKind::Capitalized && sentence.contains(&at);
        let ends = |at: usize| {
            let mut heads = self.name_heads.matches(&cut.words[at..=noun]);
            heads.any(|(length, role)| {
                at + length == noun + 1 && matches!(role, NameHead::Head | NameHead::Of)
            })
        };
        if !capitalised(noun) || !(ends(noun) || noun > 0 && ends(noun - 1)) {
            return None;
        }
        let start = (sentence.start..=noun).rev().take_while(|&at| capitalised(at)).last()?;
        // A capital at the beginning of a sentence tells nothing.
        (start > sentence.start || noun > start).then_some(start)
    }
}

/// Whether a token follows the one before it after white space, with no line end in it.
fn is_after_blank(cut: &Cut<'_>, at: usize) -> bool {
    let between = at.checked_sub(1).and_then(|before| {
        cut.text.get(cut.tokens[before].span.end as usize..cut.tokens[at].span.start as usize)
    });
    between.is_some_and(|between| !between.is_empty() && !between.contains('\n'))
}

/// The line a position lies in, and whether it is all in capitals, where a capital tells nothing.
#[derive(Default)]
struct Line {
    range: std::ops::Range<usize>,
    shouted: bool,
}

impl Line {
    /// Moves on to the line of a mention.
    fn reach(&mut self, text: &str, span: Span) {
        let at = span.start as usize;
        if self.range.contains(&at) {
            return;
        }
        let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
        let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
        *self = Self { range: start..end, shouted: !text[start..end].contains(char::is_lowercase) };
    }
}
