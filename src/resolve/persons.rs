//! Persons named with a title, known to the gazetteer or not.

use rustc_hash::FxHashMap;

use super::holders::{Implied, Named};
use super::{Cut, Mention, Resolver, TitlePhrase};
use crate::document::{Span, TokenKind};
use crate::gazetteer::{Connector, EntityId, Form, Kind, Office, Status};

/// The titles of a document on their way to their persons.
pub(super) struct Linking<'l, 'd> {
    pub(super) cut: &'l Cut<'d>,
    /// What was found before, sorted.
    pub(super) mentions: &'l [Mention],
    /// The persons found by their titles.
    pub(super) added: Vec<Mention>,
    /// Where in `added` the person is whose name begins at a position.
    pub(super) added_at: FxHashMap<u32, usize>,
    pub(super) named: Named,
}

impl Resolver<'_> {
    /// Finds the persons of titles, and the state the document is about. Mentions have to be sorted, and are so
    /// again.
    pub(super) fn persons(
        &self,
        cut: &Cut<'_>,
        titles: &mut Vec<TitlePhrase>,
        mentions: &mut Vec<Mention>,
    ) -> Option<EntityId> {
        if titles.is_empty() {
            return None;
        }
        let named = Named::new(mentions);
        let mut linking = Linking { cut, mentions, added: Vec::new(), added_at: FxHashMap::default(), named };
        // From behind: of "Prime Minister and Foreign Minister X" only the second stands next to the name.
        for at in (0..titles.len()).rev() {
            let name = match titles[at].person {
                Some(named) => Some(named),
                None => self.person_after(&linking, titles, at),
            };
            if let Some(name) = name {
                self.link_person(&mut linking, &mut titles[at], name);
            }
        }
        for at in 0..titles.len() {
            let name =
                if titles[at].person.is_none() { self.person_before(&linking, titles, at) } else { None };
            if let Some(name) = name {
                self.link_person(&mut linking, &mut titles[at], name);
            }
        }
        self.share_states(&linking, titles);
        self.several(&mut linking, titles);
        let mut by_person: Vec<(Span, Span)> = Vec::new();
        let mut implied = Implied::default();
        for title in titles.iter_mut() {
            let Some(person) = title.person else { continue };
            by_person.push((person, title.title));
            let entity = linking.entity_at(person);
            if title.weak {
                title.of = self.held(&linking, title, entity).map(|of| (of, None)).or(title.of);
            } else if title.of.is_none() && !title.elsewhere {
                title.of = implied.next(self, &linking, title, entity).map(|of| (of, None));
            }
            implied.pass(title);
        }
        let Linking { added, named, .. } = linking;
        mentions.extend(added);
        mentions.sort_by_key(|mention| mention.span);
        for (person, title) in by_person {
            let at = mentions.partition_point(|mention| mention.span < person);
            let same = |mention: &&mut Mention| mention.span == person;
            for mention in mentions[at..].iter_mut().take_while(same).filter(|it| it.kind == Kind::Person) {
                mention.title = Some(title);
            }
        }
        named.home
    }

    pub(super) fn link_person(&self, linking: &mut Linking<'_, '_>, title: &mut TitlePhrase, name: Span) {
        title.person = Some(name);
        self.state_after(linking, title);
        if let Some(&at) = linking.added_at.get(&name.start) {
            // "Secretary General Lord Robertson": the first title met says nothing of who he is.
            if linking.added[at].entity.is_none() && linking.added[at].span == name {
                linking.added[at].entity = self.holder(linking, name, title);
            }
        } else if !linking.is_person(name) {
            let person = self.new_person(linking, name, title);
            linking.added_at.insert(name.start, linking.added.len());
            linking.added.push(person);
        }
    }

    /// "President X of Chad"
    fn state_after(&self, linking: &Linking<'_, '_>, title: &mut TitlePhrase) {
        let (cut, Some(name)) = (linking.cut, title.person) else { return };
        if title.of.is_some() || title.elsewhere || name.start < title.title.start {
            return;
        }
        let at = cut.token_at(name.end);
        let end = cut.sentence_of(at).end;
        if at < end && matches!(self.titles.connector(cut.words[at]), Some(Connector::Of)) {
            let body = title.office == Office::HeadOfOrg;
            let fits = |of: &(EntityId, Option<Span>)| {
                body == (self.gazetteer.entity(of.0).kind() == Kind::Organization)
                    || title.office == Office::Other
            };
            title.of = self.titles.state_at(cut, linking.mentions, end, at + 1).filter(fits);
        }
    }

    /// The name that follows a title: "Prime Minister Sir Anthony Eden", "its president, X,".
    fn person_after(&self, linking: &Linking<'_, '_>, titles: &[TitlePhrase], of: usize) -> Option<Span> {
        let (cut, phrase) = (linking.cut, &titles[of]);
        let mut at = cut.token_at(phrase.span.end);
        let sentence = cut.sentence_of(cut.token_at(phrase.title.start));
        let end = sentence.end;
        at = self.past_brackets(cut, end, at);
        at = self.past_term(cut, end, at);
        if let Some(shared) = self.shared_with_next(cut, titles, of, at) {
            return shared;
        }
        let copula = at < end && self.titles.connector(cut.words[at]) == Some(Connector::Copula);
        let comma = copula || at < end && (cut.word(at) == "," || is_dash(cut.word(at)));
        at += usize::from(comma);
        if comma && let Some(shared) = self.shared_with_apposed(cut, titles, of, at) {
            return Some(shared);
        }
        if phrase.plural && phrase.elsewhere {
            at = self.past_aside(cut, end, at);
        }
        at = self.past_titles(linking, end, at);
        let name = self.name_at(linking, at, end)?;
        if comma
            && self.is_next_titled(cut, titles, of, name)
            && self.person_before(linking, titles, of).is_some()
        {
            return None;
        }
        let closed = || self.is_closed(cut, end, cut.token_at(name.end), false);
        (!comma || name.of(cut.text).contains(char::is_whitespace) && closed()).then_some(name)
    }

    /// What a title takes from the one that follows: nothing if there is none, else its person.
    fn shared_with_next(
        &self,
        cut: &Cut<'_>,
        titles: &[TitlePhrase],
        of: usize,
        mut at: usize,
    ) -> Option<Option<Span>> {
        let (this, next) = (&titles[of], titles.get(of + 1)?);
        let first = cut.token_at(next.span.start);
        let adjacent = first == at;
        let joins = |at: usize| {
            self.titles.connector(cut.words[at]) == Some(Connector::And) || matches!(cut.word(at), "&" | "/")
        };
        if !adjacent {
            at += usize::from(at < first && joins(at));
            let held_together =
                first == at && first > 0 && joins(first - 1) && self.may_share(cut, this, next);
            return held_together.then_some(next.person.filter(|person| person.start >= next.title.start));
        }
        (next.office != Office::Honorific || next.person.is_some())
            .then_some(next.person.filter(|person| person.start >= next.title.start))
    }

    /// "its chairman, President X of Mali,"
    fn shared_with_apposed(
        &self,
        cut: &Cut<'_>,
        titles: &[TitlePhrase],
        of: usize,
        at: usize,
    ) -> Option<Span> {
        let (this, next) = (&titles[of], titles.get(of + 1)?);
        let article = usize::from(matches!(
            cut.words.get(at).and_then(|&word| self.titles.connector(word)),
            Some(Connector::Article | Connector::Definite)
        ));
        let person = next.person.filter(|person| person.start >= next.title.start)?;
        let state = matches!(next.office, Office::HeadOfState | Office::HeadOfGovernment | Office::Minister);
        let fits = matches!(this.office, Office::HeadOfOrg) && state && !this.plural && !next.plural;
        (fits && cut.token_at(next.span.start) == at + article).then_some(person)
    }

    /// Whether a name has its own title in apposition behind it: "X, the president of Niger, Y, Mali's president,".
    fn is_next_titled(&self, cut: &Cut<'_>, titles: &[TitlePhrase], of: usize, name: Span) -> bool {
        let at = cut.token_at(name.end);
        let Some(next) =
            titles.get(of + 1..).and_then(|rest| rest.iter().find(|it| it.span.start > name.start))
        else {
            return false;
        };
        let first = cut.token_at(next.span.start);
        first > at && first <= at + 2 && cut.word(at) == ","
    }

    /// Whether one person may hold two offices joined by "and".
    fn may_share(&self, cut: &Cut<'_>, a: &TitlePhrase, b: &TitlePhrase) -> bool {
        let head = |office| matches!(office, Office::HeadOfState);
        let capital = |title: &TitlePhrase| title.title.of(cut.text).starts_with(char::is_uppercase);
        let one_state = match (a.of, b.of) {
            (Some((a, _)), Some((b, _))) => a == b,
            _ => true,
        };
        one_state && !head(a.office) && !head(b.office) && capital(a) == capital(b) && !a.plural && !b.plural
    }

    /// The name before a title: "X, the prime minister of Chad,".
    fn person_before(&self, linking: &Linking<'_, '_>, titles: &[TitlePhrase], of: usize) -> Option<Span> {
        let (cut, phrase) = (linking.cut, &titles[of]);
        let mut at = cut.token_at(phrase.span.start);
        let sentence = cut.sentence_of(at);
        let first = at;
        let article = at > sentence.start
            && matches!(
                self.titles.connector(cut.words[at - 1]),
                Some(Connector::Article | Connector::Definite)
            );
        at -= usize::from(article);
        if at <= sentence.start {
            return None;
        }
        let joined = self.titles.connector(cut.words[at - 1]) == Some(Connector::And);
        if let Some(before) = of.checked_sub(1).map(|before| &titles[before])
            && joined
            && cut.token_at(before.span.end) + 1 == at
            && self.may_share(cut, before, phrase)
        {
            return before.person.filter(|person| person.end <= before.span.start);
        }
        if let Some(verb) = self.before_copulas(cut, sentence.start, at) {
            let name = |end: usize| {
                self.name_ending(linking, sentence.start, self.before_asides(cut, sentence.start, end))
            };
            return name(verb).or_else(|| name(self.before_predicate(cut, sentence.start, verb)?));
        }
        if cut.word(at - 1) != "," && !is_dash(cut.word(at - 1)) {
            return None;
        }
        let end = cut.token_at(phrase.span.end).max(first + 1);
        if !self.is_closed(cut, sentence.end, end, true) {
            return None;
        }
        at = self.before_asides(cut, sentence.start, at - 1);
        self.name_ending(linking, sentence.start, at)
    }

    /// Goes left over "who was elected" and the like; nothing if there are no such words.
    fn before_copulas(&self, cut: &Cut<'_>, start: usize, end: usize) -> Option<usize> {
        const MOST: usize = 5;
        let role = |at: usize| self.titles.connector(cut.words[at]);
        let verb = |at: &usize| {
            let preposition =
                cut.words[*at] != self.titles.hyphen && role(*at) == Some(Connector::Preposition);
            role(*at) == Some(Connector::Copula) || preposition
        };
        let first = (end.saturating_sub(MOST).max(start)..end).rev().take_while(verb).last()?;
        let verbs = (first..end).any(|at| role(at) == Some(Connector::Copula));
        let comma = first > start && cut.word(first - 1) == ",";
        verbs.then(|| first - usize::from(comma))
    }

    /// Goes left over what else is said of a person: "X was a lawyer who was president".
    fn before_predicate(&self, cut: &Cut<'_>, start: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        let least = end.saturating_sub(LONGEST).max(start);
        let words = (least..end).rev().take_while(|&at| cut.tokens[at].kind != TokenKind::Mark);
        let verb = words.filter(|&at| self.titles.connector(cut.words[at]) == Some(Connector::Copula)).last();
        verb.and_then(|verb| self.before_copulas(cut, start, verb + 1))
    }

    /// Whether an apposition may end before the token at `at`; one that names an office may go on with a
    /// preposition or "and".
    fn is_closed(&self, cut: &Cut<'_>, end: usize, at: usize, office: bool) -> bool {
        let Some(next) = cut.tokens[..end].get(at) else { return true };
        let connector = self.titles.connector(cut.words[at]);
        let goes_on =
            matches!(connector, Some(Connector::And | Connector::Preposition | Connector::Of)) && office;
        let day = next.kind == TokenKind::Capitalized && self.not_names.longest(&cut.words[at..]).is_some();
        goes_on
            || office && day
            || connector == Some(Connector::And)
            || next.kind == TokenKind::Mark && cut.word(at) != "-"
    }

    /// Goes right over titles that stand before the name themselves.
    fn past_titles(&self, linking: &Linking<'_, '_>, end: usize, mut at: usize) -> usize {
        const MOST: usize = 3;
        let cut = linking.cut;
        for _ in 0..MOST {
            // "Tunku Abdul Rahman": a title that the known name begins with.
            let known = cut.tokens.get(at).and_then(|token| linking.known_from(token.span.start));
            if known.is_some() {
                break;
            }
            match self.titles.title_at(&cut.words[at.min(end)..end]) {
                Some((length, _)) => at += length,
                None => break,
            }
        }
        at
    }

    /// Offices named side by side for one person are of one state, if only one says which.
    fn share_states(&self, linking: &Linking<'_, '_>, titles: &mut [TitlePhrase]) {
        let near = |a: &TitlePhrase, b: &TitlePhrase| {
            a.person.is_some() && a.person == b.person && linking.cut.is_near(a.span.end, b.span.start)
        };
        for at in 1..titles.len() {
            let (before, after) = titles.split_at_mut(at);
            let (a, b) = (&mut before[at - 1], &mut after[0]);
            let offices = a.office != Office::Honorific && b.office != Office::Honorific;
            if near(a, b) && !a.elsewhere && !b.elsewhere && offices {
                (a.of, b.of) = (a.of.or(b.of), b.of.or(a.of));
                // "former finance minister and ambassador"
                let cut = linking.cut;
                if cut.token_at(a.span.end) + 1 == cut.token_at(b.span.start) && b.status == Status::Current {
                    b.status = a.status;
                }
            }
        }
    }

    fn new_person(&self, linking: &Linking<'_, '_>, span: Span, phrase: &TitlePhrase) -> Mention {
        let entity = self.holder(linking, span, phrase);
        let text = linking.cut.text;
        let form = if span.of(text).contains(char::is_whitespace) { Form::Name } else { Form::Surname };
        Mention {
            span,
            kind: Kind::Person,
            entity,
            form,
            zone: linking.cut.zones.at(span.start),
            score: if entity.is_some() { 0.9 } else { 0.8 },
            in_name: None,
            title: None,
            introduced: None,
        }
    }
}

pub(super) fn is_dash(word: &str) -> bool {
    matches!(word, "–" | "—" | "--")
}

impl Linking<'_, '_> {
    /// The persons with exactly that span, those found before first.
    fn persons_at(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let at = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let listed = self.mentions[at..].iter().take_while(move |mention| mention.span.start == span.start);
        let added = self.added_at.get(&span.start).map(|&at| &self.added[at]);
        listed.chain(added).filter(move |mention| mention.kind == Kind::Person && mention.span == span)
    }

    pub(super) fn is_person(&self, span: Span) -> bool {
        self.persons_at(span).next().is_some()
    }

    pub(super) fn entity_at(&self, span: Span) -> Option<EntityId> {
        self.persons_at(span).find_map(|mention| mention.entity)
    }
}
