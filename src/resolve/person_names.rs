//! The names of persons beside their titles, as runs of capitalised words.

use super::persons::Linking;
use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind};
use crate::gazetteer::{Connector, Form, Kind};
use crate::lexicon::UNKNOWN;

/// The longest name, in tokens.
const LONGEST: usize = 7;
/// The longest where everything stands in capitals and nothing tells where a name ends.
const LONGEST_IN_CAPITALS: usize = 4;

impl Resolver<'_> {
    /// The person's name that begins at a token.
    pub(super) fn name_at(&self, linking: &Linking<'_, '_>, at: usize, end: usize) -> Option<Span> {
        let token = linking.cut.tokens[..end].get(at)?;
        let known = linking.known_from(token.span.start);
        known.or_else(|| self.name_from(linking.cut, at, end, linking.mentions))
    }

    /// The person's name that ends before a token, and at or after the token `start`.
    pub(super) fn name_ending(&self, linking: &Linking<'_, '_>, start: usize, end: usize) -> Option<Span> {
        let cut = linking.cut;
        let last = end.checked_sub(1).filter(|&last| last >= start)?;
        if let Some(known) = linking.known_to(cut.tokens[last].span.end) {
            return Some(known);
        }
        let least = end.saturating_sub(LONGEST).max(start);
        let mut first = end;
        for at in (least..=last).rev() {
            if self.may_be_name(cut, at, linking.mentions)
                && !(at > start && is_numeral(cut, at) && at == least)
            {
                first = at;
            } else if !self.links_name(cut, at) {
                break;
            }
        }
        let words = (first..=last).filter(|&at| cut.tokens[at].kind == TokenKind::Capitalized).count();
        let body = (first..=last).any(|at| self.titles.heads.longest(&cut.words[at..=last]).is_some());
        (words > 1 && !body).then(|| cut.tokens[first].span.to(cut.tokens[last].span))
    }

    /// The run of capitalised words, with the small words of names between them, that begins at a token.
    fn name_from(&self, cut: &Cut<'_>, at: usize, end: usize, mentions: &[Mention]) -> Option<Span> {
        let capitals = is_capitals(cut, at);
        let longest = if capitals { LONGEST_IN_CAPITALS } else { LONGEST };
        let mut last = None;
        for next in at..end.min(at + longest) {
            let known = capitals && next > at + 1 && cut.words[next] != UNKNOWN;
            if self.may_be_name(cut, next, mentions) && !known || next > at && is_numeral(cut, next) {
                last = Some(next);
            } else if !self.links_name(cut, next) {
                break;
            }
        }
        let last = last.filter(|_| self.may_be_name(cut, at, mentions) || self.links_name(cut, at))?;
        let span = cut.tokens[at].span.to(cut.tokens[last].span);
        let named = span.of(cut.text).starts_with(char::is_uppercase) || last > at;
        let body = (at..=last).any(|at| self.titles.heads.longest(&cut.words[at..=last]).is_some());
        (named && !body).then_some(span)
    }

    fn may_be_name(&self, cut: &Cut<'_>, at: usize, mentions: &[Mention]) -> bool {
        let token = cut.tokens[at];
        if token.kind != TokenKind::Capitalized || token.span.len() == 1 && !is_initial(cut, at) {
            return false;
        }
        let after = mentions.partition_point(|mention| mention.span.start <= token.span.start);
        let inside = mentions[..after].iter().rev().take(4).any(|mention| {
            // "President-elect Sofia M.": a given name that is a city's too.
            mention.span.contains(token.span) && mention.in_name.is_none() && mention.form != Form::Capital
        });
        let initial = token.span.len() == 1;
        if inside || !initial && self.not_names.longest(&cut.words[at..]).is_some() {
            return false;
        }
        // A form of address may be a name as well: "Hun Sen".
        self.titles.title_at(&cut.words[at..]).is_none_or(|(_, honorific)| {
            let begins =
                at.checked_sub(1).is_none_or(|before| cut.tokens[before].kind != TokenKind::Capitalized);
            honorific && !begins
        })
    }

    /// An initial's point, a hyphen, or a small word that names have in them.
    fn links_name(&self, cut: &Cut<'_>, at: usize) -> bool {
        match cut.tokens[at].kind {
            TokenKind::Mark => {
                cut.word(at) == "-" && cut.is_tight(at)
                    || cut.word(at) == "." && at > 0 && is_initial(cut, at - 1)
            }
            TokenKind::Lower => self.particles.longest(&cut.words[at..=at]).is_some(),
            _ => false,
        }
    }
}

impl Resolver<'_> {
    /// Takes "of Jordan" off "King Hussein of Jordan": the state is named there as well.
    pub(super) fn free_states(&self, cut: &Cut<'_>, mentions: &mut [Mention]) {
        for at in 1..mentions.len() {
            let (before, rest) = mentions.split_at_mut(at);
            let (person, state) = (&mut before[at - 1], &mut rest[0]);
            let inside =
                person.kind == Kind::Person && state.is_state() && state.in_name == Some(person.span);
            let first = cut.token_at(state.span.start);
            let ends = inside && state.span.end == person.span.end && first > 1;
            if ends && self.titles.connector(cut.words[first - 1]) == Some(Connector::Of) {
                person.span.end = cut.tokens[first - 2].span.end;
                state.in_name = None;
            }
        }
    }
}

impl Linking<'_, '_> {
    fn is_known(mention: &Mention) -> bool {
        mention.kind == Kind::Person && mention.counts()
    }

    /// The person whose name begins at a position.
    pub(super) fn known_from(&self, position: u32) -> Option<Span> {
        let at = self.mentions.partition_point(|mention| mention.span.start < position);
        let here = self.mentions[at..].iter().take_while(|mention| mention.span.start == position);
        here.filter(|mention| Self::is_known(mention)).map(|mention| mention.span).next()
    }

    /// The person whose name ends at a position.
    fn known_to(&self, position: u32) -> Option<Span> {
        let after = self.mentions.partition_point(|mention| mention.span.start < position);
        let mut before = self.mentions[..after].iter().rev().take(4).chain(self.added.iter().rev().take(4));
        before.find(|mention| mention.span.end == position && Self::is_known(mention)).map(|it| it.span)
    }
}

pub(super) fn is_bracket(word: &str) -> bool {
    matches!(word, "(" | ")" | "[" | "]")
}

fn is_initial(cut: &Cut<'_>, at: usize) -> bool {
    cut.tokens[at].span.len() == 1 && cut.tokens.get(at + 1).is_some_and(|next| next.span.of(cut.text) == ".")
}

/// A number as monarchs and popes have it: "Louis XIV".
fn is_numeral(cut: &Cut<'_>, at: usize) -> bool {
    let word = cut.word(at);
    word.len() < 7 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the words around a place are all in capitals.
pub(super) fn is_capitals(cut: &Cut<'_>, at: usize) -> bool {
    const AROUND: usize = 3;
    let sentence = cut.sentence_of(at);
    let range = at.saturating_sub(AROUND).max(sentence.start)..(at + 2 * AROUND).min(sentence.end);
    range.clone().all(|at| cut.tokens[at].kind != TokenKind::Lower)
        && range
            .filter(|&at| cut.tokens[at].span.len() > 3)
            .all(|at| !cut.word(at).contains(char::is_lowercase))
}
