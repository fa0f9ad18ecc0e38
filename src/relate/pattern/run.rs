//! Matching a pattern against the items of a sentence, with a way back from each choice.

use super::{Element, Gap, Match, SlotKind, Sought, View};
use crate::gazetteer::Kind;
use crate::relate::item::{Group, ItemKind};
use crate::relate::subject::Subjects;

pub(super) struct Run<'r> {
    pub(super) view: &'r View<'r>,
    pub(super) top: &'r [Element],
}

type Then<'t> = dyn FnMut(usize, &mut Match) -> bool + 't;

impl Run<'_> {
    /// Matches a row of elements from an item on, and then whatever comes after it.
    pub(super) fn row(&self, row: &[Element], at: usize, found: &mut Match, then: &mut Then<'_>) -> bool {
        self.note(row, at);
        let Some((first, rest)) = row.split_first() else { return then(at, found) };
        let mut go_on = |end: usize, found: &mut Match| self.row(rest, end, found, then);
        match first {
            Element::Word(word) => self.view.items.words.get(at) == Some(word) && go_on(at + 1, found),
            Element::Family(family) => self.family(*family, at, found, &mut go_on),
            Element::Slot(SlotKind::Owner, slot) => {
                self.owner(at).is_some_and(|end| Self::bind(*slot, at, end, found, &mut go_on))
            }
            Element::Slot(kind, slot) => {
                self.fits(*kind, at) && Self::bind(*slot, at, at + 1, found, &mut go_on)
            }
            Element::Subject(sought, slot) => {
                let verb = found.trigger.unwrap_or(found.start);
                let before = found.verb.replace(verb);
                let subject = self.subject(*sought, verb, at);
                subject.is_some_and(|subject| Self::bind(*slot, subject, at, found, &mut go_on)) || {
                    found.verb = before;
                    false
                }
            }
            Element::Topic(kind, slot) => {
                self.topic(*kind, at).is_some_and(|body| Self::bind(*slot, body, at, found, &mut go_on))
            }
            Element::Alone => self.view.stands_alone(at) && go_on(at, found),
            Element::Gap(gap) => self.gap(*gap, at, found, &mut go_on),
            Element::Choice(alternatives) => {
                alternatives.iter().any(|alternative| self.row(alternative, at, found, &mut go_on))
            }
            Element::Optional(element) => {
                self.row(std::slice::from_ref(element), at, found, &mut go_on) || go_on(at, found)
            }
        }
    }

    /// Goes on with a slot filled.
    fn bind(slot: usize, item: usize, at: usize, found: &mut Match, go_on: &mut Then<'_>) -> bool {
        let before = found.slots[slot].replace(item);
        go_on(at, found) || {
            found.slots[slot] = before;
            false
        }
    }

    /// Where a state that owns what follows ends: "Peru's", "its", "Peruvian".
    fn owner(&self, at: usize) -> Option<usize> {
        let (items, words) = (self.view.items, self.view.words);
        match items.items.get(at)?.kind {
            ItemKind::Adjectives(_) => Some(at + 1),
            ItemKind::States(_) if words.owners.contains(&items.word(at)) => Some(at + 1),
            ItemKind::States(_) if words.possessives.contains(&items.word(at + 1)) => Some(at + 2),
            _ => None,
        }
    }

    /// Remembers how far the match got, for explanations.
    fn note(&self, row: &[Element], at: usize) {
        if row.as_ptr_range().end == self.top.as_ptr_range().end {
            let place = (self.top.len() - row.len(), at);
            self.view.farthest.set(self.view.farthest.get().max(place));
        }
    }

    fn subject(&self, sought: Sought, named_by: usize, end: usize) -> Option<usize> {
        let (Sought::Verb(who) | Sought::Noun(who)) = sought;
        let subjects = Subjects { items: self.view.items, words: self.view.words, who };
        match sought {
            Sought::Verb(_) => subjects.of_verb(named_by),
            Sought::Noun(_) => subjects.of_noun(named_by, end),
        }
    }

    fn family(&self, family: usize, at: usize, found: &mut Match, go_on: &mut Then<'_>) -> bool {
        let Some(words) = self.view.items.words.get(at..) else { return false };
        let phrases = &self.view.families[family];
        let (before, first) = (found.trigger, found.first);
        // The longest phrase first; few families have more than two that fit.
        let mut most = usize::MAX;
        while let Some(length) =
            phrases.matches(words).map(|(length, ())| length).filter(|&length| length < most).max()
        {
            most = length;
            found.trigger = Some(at);
            found.first = first.or(Some(at));
            if go_on(at + length, found) {
                return true;
            }
        }
        (found.trigger, found.first) = (before, first);
        false
    }

    /// The body spoken of last, if the clause goes on without naming one.
    fn topic(&self, kind: Option<Kind>, at: usize) -> Option<usize> {
        const NEAR: usize = 6;
        let (items, words) = (self.view.items, self.view.words);
        let goes_on = match items.items.get(at).map(|item| item.kind) {
            None | Some(ItemKind::Date(_)) => true,
            Some(ItemKind::Word(word)) => {
                // "a member of the committee" names what it is a member of.
                let complement = words.infinitive.contains(&word) || words.of.contains(&word);
                words.followers.contains(&word) && !complement
            }
            _ => false,
        };
        let clause = (at..items.shown().min(at + NEAR)).take_while(|&place| {
            let word = items.words[place];
            !(word == words.comma || word == words.semicolon || words.conjunctions.contains(&word))
        });
        let mut named = clause.filter(|&place| matches!(items.items[place].kind, ItemKind::Bodies(_)));
        if !goes_on || named.next().is_some() {
            return None;
        }
        let fits = |&place: &usize| match items.items[place].kind {
            ItemKind::Bodies(group) => {
                group.len() == 1 && kind.is_none_or(|kind| items.members[group.range()][0].kind == kind)
            }
            _ => false,
        };
        let before = (0..at).rev().find(fits);
        before.or_else(|| (items.shown()..items.items.len()).find(fits))
    }

    fn gap(&self, gap: Gap, at: usize, found: &mut Match, go_on: &mut Then<'_>) -> bool {
        let items = self.view.items;
        let mut end = at;
        for _ in 0..=gap.most {
            if go_on(end, found) {
                return true;
            }
            let Some(item) = items.items.get(end) else { return false };
            let passes = match item.kind {
                ItemKind::Word(word) => {
                    word != self.view.words.semicolon && (gap.commas || word != self.view.words.comma)
                }
                ItemKind::Date(_) => true,
                ItemKind::Person(..) | ItemKind::Title(..) | ItemKind::Adjectives(_) => gap.commas,
                // "the US-brokered accords"
                ItemKind::States(_) | ItemKind::Bodies(_)
                    if items.word(end + 1) == self.view.words.hyphen
                        && items.is_word(end + 2)
                        && !items.is_list(end) =>
                {
                    end += 2;
                    true
                }
                ItemKind::States(_) | ItemKind::Bodies(_) => item.back,
            };
            if !passes {
                return false;
            }
            // What stands in brackets is passed as one.
            end = items.partner[end].max(end) + 1;
        }
        false
    }

    fn fits(&self, kind: SlotKind, at: usize) -> bool {
        let items = self.view.items;
        let Some(item) = items.items.get(at) else { return false };
        let all =
            |group: Group, kind: Kind| items.members[group.range()].iter().all(|member| member.kind == kind);
        match (kind, item.kind) {
            (SlotKind::State, ItemKind::States(group)) => group.len() == 1,
            (SlotKind::Subject, ItemKind::States(_)) => !items.after_preposition(at, self.view.words),
            (SlotKind::States, ItemKind::States(_))
            | (SlotKind::Adjective, ItemKind::Adjectives(_))
            | (SlotKind::Body, ItemKind::Bodies(_))
            | (SlotKind::Person, ItemKind::Person(..))
            | (SlotKind::Title, ItemKind::Title(..))
            | (SlotKind::Date, ItemKind::Date(_)) => true,
            (SlotKind::Signers, ItemKind::States(_)) => true,
            (SlotKind::List, ItemKind::States(group)) => group.len() > 1,
            (SlotKind::Signers, ItemKind::Person(_, group) | ItemKind::Title(_, group)) => !group.is_empty(),
            (SlotKind::Org, ItemKind::Bodies(group)) => all(group, Kind::Organization),
            (SlotKind::Treaty, ItemKind::Bodies(group)) => all(group, Kind::Treaty),
            _ => false,
        }
    }
}
