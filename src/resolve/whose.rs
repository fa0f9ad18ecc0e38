//! What stands around a title: its modifiers, and whose office it is.

use std::ops::Range;

use super::places::Places;
use super::titles::TitleFinder;
use super::{Cut, Mention};
use crate::document::{Span, TokenKind};
use crate::gazetteer::{Connector, EntityId, Form, Status};

/// What the words around a title say.
#[derive(Debug, Default)]
pub(super) struct Whose {
    /// The first token of the whole phrase.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) end: usize,
    pub(super) status: Option<Status>,
    /// The place of the mention that it is of.
    pub(super) of: Option<usize>,
    /// Further ones: "presidents of Chad and Mali".
    pub(super) others: Vec<(EntityId, Span)>,
    /// Whether it is of something else: "president of the club".
    pub(super) elsewhere: bool,
    /// The state or body of the title before, where "his" points back to it.
    pub(super) back: Option<(EntityId, Option<Span>)>,
    /// Whether what it is of is only pointed back to.
    pub(super) weak: bool,
    /// Whether "his" points back.
    pub(super) his: bool,
    /// Whether it is an office within that state: "speaker of the Iraqi parliament".
    pub(super) organ: bool,
}

/// What of the title itself tells how to read the words around it.
pub(super) struct Manner {
    /// Titles like "ambassador" are of the state before them, even where one follows.
    pub(super) diplomatic: bool,
    /// "his Kenyan counterpart", "his colleague at the League"
    pub(super) counterpart: bool,
    pub(super) plural: bool,
    /// Only states have it.
    pub(super) of_states: bool,
    /// The title before, with whose it is.
    pub(super) before: Option<(Span, (EntityId, Option<Span>))>,
}

impl Whose {
    /// Whose it is, with the mention that says so.
    pub(super) fn of_whom(&self, places: &Places<'_>) -> Option<(EntityId, Option<Span>)> {
        let said = self.of.map(|at| &places.mentions[at]);
        said.and_then(|mention| Some((mention.entity?, Some(mention.span)))).or(self.back)
    }
}

/// What stands before a title.
#[derive(Default)]
struct Before {
    first: usize,
    status: Option<Status>,
    of: Option<usize>,
    back: Option<(EntityId, Option<Span>)>,
    weak: bool,
    his: bool,
}

impl TitleFinder<'_> {
    /// Reads what stands around the title at `title`, in tokens.
    pub(super) fn whose(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        sentence: &Range<usize>,
        title: Range<usize>,
        manner: &Manner,
    ) -> Whose {
        let diplomatic = manner.diplomatic;
        let before = self.before(cut, places, sentence, title.start, manner);
        let mut whose = self.after(cut, places, sentence.end, title.end, manner);
        if manner.plural && whose.of.is_some() {
            self.further(cut, places, sentence.end, &mut whose);
        }
        whose.first = before.first;
        whose.status = whose.status.or(before.status);
        let capital = |at: &usize| places.mentions[*at].form == Form::Capital;
        let left = before.of.filter(|at| !diplomatic || !capital(at));
        whose.of = match (left, whose.of) {
            (Some(left), Some(_)) if diplomatic && !whose.organ => Some(left),
            (_, Some(right)) => Some(right),
            (left, None) if !whose.elsewhere || diplomatic => left,
            _ => None,
        };
        if whose.of.is_none() && !whose.elsewhere {
            whose.back = before.back;
        }
        whose.his = before.his;
        whose.weak |= before.weak && (whose.of.is_none() || whose.of == before.of);
        whose.elsewhere &= whose.of.is_none();
        whose
    }

    /// Goes left over modifiers and the state.
    fn before(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        sentence: &Range<usize>,
        at: usize,
        manner: &Manner,
    ) -> Before {
        let mut before = Before { first: at, ..Before::default() };
        loop {
            let mut end = before.first;
            if end > sentence.start && cut.words[end - 1] == self.hyphen && cut.is_tight(end - 1) {
                end -= 1;
            }
            if let Some((start, found)) = self.status_before(cut, sentence.start, end) {
                before.first = start;
                before.status = before.status.filter(|status| *status != Status::Current).or(Some(found));
                continue;
            }
            if before.of.is_some() {
                return before;
            }
            let possessive = end > sentence.start && cut.tokens[end - 1].kind == TokenKind::Possessive;
            if possessive {
                end = self.before_organ(cut, sentence.start, end - 1);
            }
            let Some(last) = end.checked_sub(1).filter(|last| *last >= sentence.start) else {
                return before;
            };
            if let Some(found) = places.ending_at(cut.tokens[last].span.end) {
                before.of = Some(found);
                before.first = cut.token_at(places.mentions[found].span.start).max(sentence.start);
                continue;
            }
            self.points_back(cut, places, last, possessive, manner, &mut before);
            return before;
        }
    }

    /// Takes in "the country's", "its" and "his" at `last`: the first is the state named last, the last that of
    /// the official named before.
    fn points_back(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        last: usize,
        possessive: bool,
        manner: &Manner,
        before: &mut Before,
    ) {
        let role = self.connector(cut.words[last]);
        let position = cut.tokens[last].span.start;
        let from = cut.sentence_before(last);
        match role {
            Some(Connector::Country) if possessive => before.of = places.last_within(from, position, true),
            Some(Connector::Its) => before.of = places.last_within(from, position, manner.of_states),
            Some(Connector::His) => {
                before.his = true;
                before.back = manner.before.filter(|(span, _)| span.end >= from).map(|(_, of)| of);
            }
            _ => {}
        }
        if before.of.is_some() || before.back.is_some() {
            (before.first, before.weak) = (last, true);
        }
    }

    /// Goes left over a noun for an organ that ends at `end`: "the Kazakh Foreign Ministry's spokesman".
    fn before_organ(&self, cut: &Cut<'_>, least: usize, end: usize) -> usize {
        const LONGEST: usize = 3;
        let mut starts = end.saturating_sub(LONGEST).max(least)..end;
        let noun = starts.find(|&start| {
            self.organs.matches(&cut.words[start..end]).any(|(length, ())| start + length == end)
        });
        noun.filter(|_| self.connector(cut.words[end - 1]) != Some(Connector::Country)).unwrap_or(end)
    }

    fn status_before(&self, cut: &Cut<'_>, least: usize, end: usize) -> Option<(usize, Status)> {
        const LONGEST: usize = 5;
        let starts = end.saturating_sub(LONGEST).max(least)..end;
        starts.into_iter().find_map(|start| {
            let mut found = self.statuses.matches(&cut.words[start..end]);
            let (_, status) = found.find(|(length, _)| start + length == end)?;
            Some((start, *status))
        })
    }

    /// Goes right over "-elect" and "of Kazakhstan".
    fn after(&self, cut: &Cut<'_>, places: &Places<'_>, most: usize, at: usize, manner: &Manner) -> Whose {
        let (end, status) = self.status_after(cut, most, at);
        let mut whose = Whose { end, status, ..Whose::default() };
        let role = |at: usize| if at < most { self.connector(cut.words[at]) } else { None };
        match role(end) {
            Some(Connector::Of) => self.of(cut, places, most, &mut whose),
            Some(Connector::Preposition) => {
                let start = self.past_modifiers(cut, most, end + 1);
                let complement = places.starting_from(cut, most, start);
                // "aide to former Afghan president X": the adjective belongs to the title behind it.
                if let Some(found) = complement.filter(|&at| places.mentions[at].form != Form::Adjective) {
                    whose.end = cut.token_at(places.mentions[found].span.end).min(most);
                    whose.of = Some(found).filter(|_| manner.counterpart);
                }
            }
            _ => {}
        }
        whose
    }

    /// "-elect", "designate", "at the time"
    fn status_after(&self, cut: &Cut<'_>, most: usize, at: usize) -> (usize, Option<Status>) {
        let hyphen = usize::from(at < most && cut.words[at] == self.hyphen && cut.is_tight(at));
        let found = self.statuses.longest(&cut.words[(at + hyphen).min(most)..most]);
        let fits = |length: usize, status: Status| {
            hyphen == 1 || length > 2 && status == Status::Then || status == Status::Elect
        };
        match found {
            Some((length, &status)) if fits(length, status) => (at + hyphen + length, Some(status)),
            _ => (at, None),
        }
    }

    /// What follows an "of".
    fn of(&self, cut: &Cut<'_>, places: &Places<'_>, most: usize, whose: &mut Whose) {
        let mut start = self.past_modifiers(cut, most, whose.end + 1);
        whose.elsewhere = true;
        // "the spokeswoman for its foreign ministry"
        if start < most && self.connector(cut.words[start]) == Some(Connector::Its) {
            let position = cut.tokens[start].span.start;
            whose.of = places.last_within(cut.sentence_before(start), position, false);
            let noun = self.organs.longest(&cut.words[start + 1..most]).map_or(0, |(length, ())| length);
            (whose.end, whose.elsewhere) = (start + 1 + noun, whose.of.is_none());
            (whose.organ, whose.weak) = (noun > 0, true);
            return;
        }
        let noun = self.organs.longest(&cut.words[start.min(most)..most]).map(|(length, ())| length);
        if let Some(length) = noun.filter(|_| places.starting_from(cut, most, start).is_none()) {
            let then = start + length;
            let country = self.connector(cut.words[start]) == Some(Connector::Country);
            if then < most && self.connector(cut.words[then]) == Some(Connector::Of) {
                // "chairman of the parliament of Belarus", but "president of the republic of Kazakhstan"
                start = self.past_modifiers(cut, most, then + 1);
                whose.organ = !country;
            } else if country {
                let position = cut.tokens[start].span.start;
                whose.of = places.last_within(cut.sentence_before(start), position, true);
                whose.end = start + 1;
                whose.elsewhere = whose.of.is_none();
                whose.weak = true;
                return;
            }
        }
        let Some(found) = places.starting_from(cut, most, start) else {
            whose.organ = false;
            return;
        };
        let mention = &places.mentions[found];
        let mut end = cut.token_at(mention.span.end).min(most);
        let possessive = end < most && cut.tokens[end].kind == TokenKind::Possessive;
        if possessive || mention.form == Form::Adjective {
            let noun = end + usize::from(possessive);
            let Some(length) = self.organ_at(cut, most, noun) else { return };
            (whose.organ, end) = (true, noun + length);
        } else if let Some(length) = self.mission_at(cut, most, end) {
            (whose.organ, end) = (true, end + length);
        } else if mention.form == Form::Capital || self.goes_on(cut, most, end) {
            whose.organ = false;
            return;
        }
        (whose.of, whose.end, whose.elsewhere) = (Some(found), end, false);
    }

    fn organ_at(&self, cut: &Cut<'_>, most: usize, at: usize) -> Option<usize> {
        let noun = self.organs.longest(&cut.words[at.min(most)..most]).map(|(length, ())| length);
        noun.or_else(|| self.mission_at(cut, most, at))
    }

    /// "the head of the U.N. mission"
    fn mission_at(&self, cut: &Cut<'_>, most: usize, at: usize) -> Option<usize> {
        const MOST: usize = 3;
        (at..most.min(at + MOST))
            .take_while(|&at| cut.tokens[at].kind == TokenKind::Lower)
            .find(|&at| self.connector(cut.words[at]) == Some(Connector::Organ))
            .map(|noun| noun + 1 - at)
    }

    /// "presidents of Chad and Mali"
    fn further(&self, cut: &Cut<'_>, places: &Places<'_>, most: usize, whose: &mut Whose) {
        let mut at = whose.end;
        loop {
            let comma = at < most && cut.word(at) == ",";
            let next = at + usize::from(comma);
            let joined = next < most && self.connector(cut.words[next]) == Some(Connector::And);
            if !comma && !joined {
                return;
            }
            let start = self.past_modifiers(cut, most, next + usize::from(joined));
            let Some(found) = places.starting_from(cut, most, start) else { return };
            let mention = &places.mentions[found];
            let (true, Some(entity)) = (mention.form != Form::Adjective, mention.entity) else { return };
            at = cut.token_at(mention.span.end).min(most);
            if at < most && cut.tokens[at].kind == TokenKind::Possessive {
                return;
            }
            whose.others.push((entity, mention.span));
            if joined {
                whose.end = at;
                return;
            }
        }
    }

    /// Goes right over articles and words like "former".
    fn past_modifiers(&self, cut: &Cut<'_>, most: usize, mut at: usize) -> usize {
        while at < most {
            let article =
                matches!(self.connector(cut.words[at]), Some(Connector::Article | Connector::Definite));
            let status = self.statuses.longest(&cut.words[at..most]).map(|(length, _)| length);
            match (article, status) {
                (true, _) => at += 1,
                (_, Some(length)) => at += length,
                _ => break,
            }
        }
        at
    }

    /// The state or body that is named at a token, with nothing that belongs to it behind.
    pub(super) fn state_at(
        &self,
        cut: &Cut<'_>,
        mentions: &[Mention],
        most: usize,
        at: usize,
    ) -> Option<(EntityId, Option<Span>)> {
        let places = Places::new(mentions);
        let mention = &mentions[places.starting_from(cut, most, self.past_modifiers(cut, most, at))?];
        let end = cut.token_at(mention.span.end).min(most);
        let possessive = end < most && cut.tokens[end].kind == TokenKind::Possessive;
        let whole = !possessive && !matches!(mention.form, Form::Adjective | Form::Capital);
        Some((mention.entity?, Some(mention.span))).filter(|_| whole && !self.goes_on(cut, most, end))
    }

    /// Whether a name goes on with the name of a body: "judge of the United States District Court".
    fn goes_on(&self, cut: &Cut<'_>, most: usize, at: usize) -> bool {
        const LONGEST: usize = 4;
        if super::person_names::is_capitals(cut, at.min(most.saturating_sub(1))) {
            return false;
        }
        (at..most.min(at + LONGEST))
            .take_while(|&at| cut.tokens[at].kind == TokenKind::Capitalized)
            .any(|at| self.heads.longest(&cut.words[at..most]).is_some())
    }
}
