//! Who holds an office, and whose an office is that does not say so.

use rustc_hash::FxHashMap;

use super::persons::Linking;
use super::{Mention, Resolver, TitlePhrase};
use crate::document::{Span, TokenKind, Zone, fold};
use crate::gazetteer::{Connector, EntityId, Form, Gazetteer, Kind, Office, Status, Tenure};

/// The states and bodies a document names, and the state it is about.
#[derive(Debug, Default)]
pub(super) struct Named {
    counts: FxHashMap<EntityId, u32>,
    pub(super) home: Option<EntityId>,
}

impl Named {
    pub(super) fn new(mentions: &[Mention]) -> Self {
        let mut counts: FxHashMap<EntityId, u32> = FxHashMap::default();
        let (mut first, mut titled, mut capital) = (None, None, None);
        let places = mentions.iter().filter(|mention| mention.counts() && mention.kind != Kind::Person);
        for mention in places {
            let Some(entity) = mention.entity else { continue };
            *counts.entry(entity).or_default() += u32::from(mention.zone == Zone::Body);
            if mention.is_state() {
                // A dateline tells where the text was written, which may be anywhere.
                let begins = match (mention.zone, mention.form) {
                    (_, Form::Capital) => &mut capital,
                    (Zone::Title, _) => &mut titled,
                    _ => &mut first,
                };
                begins.get_or_insert(entity);
            }
        }
        // The first one named, unless another is named much more often.
        let home = titled.or(first).or(capital).filter(|home: &EntityId| {
            let states = mentions.iter().filter(|mention| mention.is_state()).filter_map(|it| it.entity);
            states.filter_map(|state| counts.get(&state)).all(|count| 2 * *count <= 3 * counts[home].max(1))
        });
        Self { counts, home }
    }

    pub(super) fn has(&self, entity: EntityId) -> bool {
        self.counts.contains_key(&entity)
    }
}

impl Resolver<'_> {
    /// Whether a capitalised word that is no name of the gazetteer stands before a title in running text: a premier
    /// of a province, a vice president of a party. After a preposition it may be a day.
    fn of_another_place(&self, linking: &Linking<'_, '_>, phrase: &TitlePhrase) -> bool {
        const NEAR: usize = 4;
        let cut = linking.cut;
        let at = cut.token_at(phrase.span.start);
        let start = cut.sentence_of(at).start;
        if at < start + 2 || cut.zones.at(phrase.span.start) != Zone::Body {
            return false;
        }
        let word = cut.tokens[at - 1];
        let small = |text: &str| text.chars().any(char::is_lowercase);
        let after = linking.mentions.partition_point(|mention| mention.span.start <= word.span.start);
        let mut before = linking.mentions[..after].iter().rev().take(NEAR);
        let named = before.any(|mention| mention.span.end > word.span.start);
        word.kind == TokenKind::Capitalized
            && small(word.span.of(cut.text))
            && !named
            && self.titles.connector(cut.words[at - 2]) != Some(Connector::Preposition)
            && cut.tokens[start..at - 1].iter().any(|token| token.kind == TokenKind::Lower)
    }

    /// The one person of that surname who held the office at the document's date, or else ever.
    pub(super) fn holder(
        &self,
        linking: &Linking<'_, '_>,
        span: Span,
        phrase: &TitlePhrase,
    ) -> Option<EntityId> {
        let name = span.of(linking.cut.text);
        let (given, surname) =
            name.rsplit_once(char::is_whitespace).map_or((None, name), |(given, last)| (Some(given), last));
        let initial = |text: &str| fold(text).chars().next();
        let same_initial = |person: EntityId| {
            given.is_none_or(|given| initial(given) == initial(self.gazetteer.entity(person).name()))
        };
        let held = |tenure: &Tenure| {
            tenure.office == phrase.office
                && phrase.of.map_or_else(|| linking.named.has(tenure.of), |(of, _)| of == tenure.of)
        };
        let tenures = |person: EntityId| self.gazetteer.tenures(person).filter(|tenure| held(tenure));
        let bearers = self.bearers(&fold(surname)).iter().copied();
        let fitting: Vec<EntityId> =
            bearers.filter(|&person| same_initial(person) && tenures(person).next().is_some()).collect();
        let only = |mut found: Box<dyn Iterator<Item = EntityId> + '_>| {
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let Some(date) = linking.cut.document.date else { return only(Box::new(fitting.into_iter())) };
        let then = fitting.iter().copied().filter(|&it| tenures(it).any(|tenure| tenure.held.may_hold(date)));
        let past = |&person: &EntityId| tenures(person).any(|tenure| !tenure.held.is_ahead(date));
        let is_past = matches!(phrase.status, Status::Former | Status::Then);
        let at_date = only(Box::new(then)).filter(|_| !is_past);
        at_date.or_else(|| only(Box::new(fitting.iter().copied().filter(past))))
    }

    /// The persons who bear a family name, given in folded form.
    pub(super) fn bearers(&self, folded: &str) -> &[EntityId] {
        self.surnames.get_or_init(|| Surnames::new(self.gazetteer)).bearers(folded)
    }

    /// The named state or body in which a person held the office of a title.
    pub(super) fn held(
        &self,
        linking: &Linking<'_, '_>,
        phrase: &TitlePhrase,
        person: Option<EntityId>,
    ) -> Option<EntityId> {
        let used_in = self.titles.used_in(phrase);
        let held = |tenure: &&Tenure| {
            let same = tenure.office == phrase.office || phrase.office == Office::Other;
            same && linking.named.has(tenure.of) && (used_in.is_empty() || used_in.contains(&tenure.of))
        };
        let tenures = || person.into_iter().flat_map(|person| self.gazetteer.tenures(person)).filter(held);
        let date = linking.cut.document.date;
        let then = tenures().find(|tenure| date.is_some_and(|date| tenure.held.may_hold(date)));
        then.or_else(|| tenures().last()).map(|tenure| tenure.of)
    }
}

/// Whose offices titles are that do not say so, in the order of the text.
#[derive(Default)]
pub(super) struct Implied {
    /// The last title before that has a state or body, with its person.
    before: Option<(Span, Span, EntityId)>,
}

impl Implied {
    /// Takes note of a title that has been read.
    pub(super) fn pass(&mut self, title: &TitlePhrase) {
        if let (Some(person), Some((of, _))) = (title.person, title.of) {
            self.before = Some((title.span, person, of));
        }
    }

    /// Where the person held it, if the text names that state; the only state named that has such an office; of two
    /// states that a sentence names the one that no other official in it is of; or the state the text is about.
    pub(super) fn next(
        &self,
        resolver: &Resolver<'_>,
        linking: &Linking<'_, '_>,
        phrase: &TitlePhrase,
        person: Option<EntityId>,
    ) -> Option<EntityId> {
        if phrase.office == Office::Honorific {
            return None;
        }
        if let Some(of) = resolver.held(linking, phrase, person) {
            return Some(of);
        }
        let named = &linking.named;
        // Somebody known who held it in a state that is not named.
        let elsewhere = |person: EntityId| {
            resolver.gazetteer.tenures(person).any(|tenure| tenure.office == phrase.office)
        };
        let name = phrase.person.map_or("", |person| person.of(linking.cut.text));
        let alone = person.is_none() && !name.is_empty() && !name.contains(char::is_whitespace);
        let namesakes = if alone { resolver.bearers(&fold(name)) } else { &[] };
        // "President Bush": whichever of them, it is of the United States.
        let held = |&of: &EntityId| resolver.titles.used_in(phrase).is_empty() && named.has(of);
        let same = |tenure: &&Tenure| tenure.office == phrase.office;
        let tenures = namesakes.iter().flat_map(|&bearer| resolver.gazetteer.tenures(bearer)).filter(same);
        let mut states = tenures.map(|tenure| tenure.of).filter(held);
        if let Some(state) = states.next()
            && states.all(|other| other == state)
        {
            return Some(state);
        }
        if person.into_iter().chain(namesakes.iter().copied()).any(elsewhere) {
            return None;
        }
        if let (true, Some((_, _, of))) = (phrase.his, self.before) {
            return Some(of);
        }
        if phrase.office == Office::HeadOfOrg {
            return Self::body(linking, phrase);
        }
        let used_in = resolver.titles.used_in(phrase);
        let mut using = used_in.iter().copied().filter(|&state| named.has(state));
        if let (Some(state), None) = (using.next(), using.next()) {
            return Some(state);
        }
        if !resolver.titles.may_be_home(phrase) || !used_in.is_empty() {
            return None;
        }
        if resolver.of_another_place(linking, phrase) {
            return None;
        }
        self.other_side(linking, phrase).or(named.home)
    }

    /// The body named last in this sentence or the one before.
    fn body(linking: &Linking<'_, '_>, phrase: &TitlePhrase) -> Option<EntityId> {
        const NEAR: usize = 12;
        let from = linking.cut.sentence_before(linking.cut.token_at(phrase.span.start));
        let after = linking.mentions.partition_point(|mention| mention.span.start < phrase.span.start);
        let mut before = linking.mentions[..after].iter().rev().take(NEAR);
        let body = |mention: &&Mention| mention.kind == Kind::Organization && mention.counts();
        let found = before.by_ref().take_while(|mention| mention.span.start >= from).find(body)?;
        found.entity
    }

    /// In a sentence that names two states: the one that the official before is not of.
    fn other_side(&self, linking: &Linking<'_, '_>, phrase: &TitlePhrase) -> Option<EntityId> {
        const MOST: usize = 30;
        let (before, _, taken) = self.before?;
        let cut = linking.cut;
        let sentence = cut.sentence_of(cut.token_at(phrase.title.start));
        let start = cut.tokens.get(sentence.start)?.span.start;
        let end = cut.tokens.get(sentence.end.checked_sub(1)?)?.span.end;
        if before.start < start {
            return None;
        }
        let first = linking.mentions.partition_point(|mention| mention.span.start < start);
        let inside = linking.mentions[first..].iter().take(MOST).take_while(|it| it.span.start < end);
        let states =
            inside.filter(|mention| mention.is_state() && mention.counts()).filter_map(|it| it.entity);
        let mut others = states.filter(|state| *state != taken);
        let other = others.next()?;
        others.all(|state| state == other).then_some(other)
    }
}

/// Persons by their family names.
#[derive(Debug)]
pub(super) struct Surnames<'g> {
    persons: Vec<EntityId>,
    /// For each name in folded form its persons.
    ranges: FxHashMap<&'g str, std::ops::Range<u32>>,
}

impl<'g> Surnames<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Self {
        let names = gazetteer.names().filter(|(_, name)| name.form == Form::Surname);
        let mut sorted: Vec<(&str, EntityId)> =
            names.filter_map(|(_, name)| Some((gazetteer.text(name.folded), name.entity?))).collect();
        sorted.sort_unstable();
        let mut start = 0;
        let ranges = sorted.chunk_by(|a, b| a.0 == b.0).map(|group| {
            let range = start..start + group.len() as u32;
            start = range.end;
            (group[0].0, range)
        });
        Self { ranges: ranges.collect(), persons: sorted.iter().map(|(_, person)| *person).collect() }
    }

    fn bearers(&self, folded: &str) -> &[EntityId] {
        let range = self.ranges.get(folded).cloned().unwrap_or(0..0);
        &self.persons[range.start as usize..range.end as usize]
    }
}
