//! Titles of several: "Presidents X of Chad and Y of Mali", "the presidents of Chad and Mali, X and Y".

use super::persons::Linking;
use super::{Cut, Resolver, TitlePhrase};
use crate::document::Span;
use crate::gazetteer::{Connector, EntityId};

/// A person with the state said behind the name.
type Listed = (Span, Option<(EntityId, Option<Span>)>);

impl Resolver<'_> {
    /// Gives each person of a title in the plural a title phrase of its own.
    pub(super) fn several(&self, linking: &mut Linking<'_, '_>, titles: &mut Vec<TitlePhrase>) {
        if !titles.iter().any(|title| title.plural) {
            return;
        }
        let mut all = Vec::with_capacity(titles.len() + 4);
        for mut title in titles.drain(..) {
            let Some(person) = title.person.filter(|_| title.plural) else {
                all.push(title);
                continue;
            };
            let listed = if person.start >= title.span.end {
                self.names_after(linking, &title, person)
            } else {
                self.names_before(linking, &title, person)
            };
            let pairs = !title.others.is_empty();
            if pairs && listed.len() != title.others.len() + 1 {
                title.person = None;
                all.push(title);
                continue;
            }
            self.take_in_aside(linking, &mut title, listed[0].0);
            let others = std::mem::take(&mut title.others);
            for (at, (name, of)) in listed.into_iter().enumerate() {
                let paired = at.checked_sub(1).and_then(|at| others.get(at));
                let of = paired.map(|(state, span)| (*state, Some(*span))).or(of).or(title.of);
                if title.elsewhere && of.is_none() {
                    continue;
                }
                let mut each = TitlePhrase { of, person: None, elsewhere: false, ..title.clone() };
                self.link_person(linking, &mut each, name);
                all.push(each);
            }
        }
        *titles = all;
    }

    /// "presidents of the five nations — X of Chad": what stands before the dash belongs to the title.
    fn take_in_aside(&self, linking: &Linking<'_, '_>, title: &mut TitlePhrase, first: Span) {
        let cut = linking.cut;
        let name = cut.token_at(first.start);
        if title.elsewhere
            && first.start > title.span.end
            && name > 1
            && super::persons::is_dash(cut.word(name - 1))
        {
            title.span.end = title.span.end.max(cut.tokens[name - 2].span.end);
        }
    }

    fn names_after(&self, linking: &Linking<'_, '_>, title: &TitlePhrase, first: Span) -> Vec<Listed> {
        let cut = linking.cut;
        let end = cut.sentence_of(cut.token_at(title.title.start)).end;
        let mut listed = Vec::new();
        let mut name = Some(first);
        while let Some(span) = name {
            let (of, at) = self.state_behind(linking, end, cut.token_at(span.end));
            listed.push((span, of));
            name = self.past_separator(cut, end, at).and_then(|at| self.name_at(linking, at, end));
        }
        listed
    }

    /// "of Chad" behind a name, and the token after it.
    fn state_behind(
        &self,
        linking: &Linking<'_, '_>,
        end: usize,
        at: usize,
    ) -> (Option<(EntityId, Option<Span>)>, usize) {
        let cut = linking.cut;
        let of = at < end && self.titles.connector(cut.words[at]) == Some(Connector::Of);
        let state = if of { self.titles.state_at(cut, linking.mentions, end, at + 1) } else { None };
        let past = state.and_then(|(_, span)| span).map_or(at, |span| cut.token_at(span.end));
        (state, past)
    }

    /// One past the comma or "and" at a token.
    fn past_separator(&self, cut: &Cut<'_>, end: usize, at: usize) -> Option<usize> {
        let comma = usize::from(at < end && cut.word(at) == ",");
        let next = at + comma;
        let and = next < end && self.titles.connector(cut.words[next]) == Some(Connector::And);
        (comma == 1 || and).then_some(next + usize::from(and))
    }

    fn names_before(&self, linking: &Linking<'_, '_>, title: &TitlePhrase, last: Span) -> Vec<Listed> {
        let cut = linking.cut;
        let start = cut.sentence_of(cut.token_at(title.title.start)).start;
        let mut listed = vec![(last, None)];
        let mut at = cut.token_at(last.start);
        while let Some(before) = at.checked_sub(1).filter(|&before| before > start) {
            let and = self.titles.connector(cut.words[before]) == Some(Connector::And);
            if !and && cut.word(before) != "," {
                break;
            }
            let Some(name) = self.name_ending(linking, start, before) else { break };
            listed.push((name, None));
            at = cut.token_at(name.start);
        }
        listed.reverse();
        listed
    }
}
