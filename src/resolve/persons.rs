//! Persons: named with a title, known to the gazetteer or not, and their later short forms.

use rustc_hash::FxHashMap;

use super::{Cut, Mention, Resolver, TitlePhrase};
use crate::document::{Span, TokenKind, Zone, fold};
use crate::gazetteer::{EntityId, Form, Gazetteer, Kind, Office, Tenure};
use crate::lexicon::{HashFilter, WordHash, hash_of};

/// Someone the document has introduced.
#[derive(Clone, Copy)]
struct Introduced {
    entity: Option<EntityId>,
    span: Span,
    score: f32,
}

impl Resolver<'_> {
    /// Finds the person of each title, and later short forms of everybody named.
    pub(super) fn persons(&self, cut: &Cut<'_>, titles: &mut [TitlePhrase], mentions: &mut Vec<Mention>) {
        let home = Self::home_state(mentions);
        let known: FxHashMap<u32, usize> = person_index(mentions, |mention| mention.span.start);
        let known_ends: FxHashMap<u32, usize> = person_index(mentions, |mention| mention.span.end);
        for phrase in titles.iter_mut() {
            let right = self.name_after(cut, phrase, &known, mentions);
            let Some(span) = right.or_else(|| self.name_before(cut, phrase, &known_ends, mentions)) else {
                continue;
            };
            let listed =
                mentions.iter().position(|mention| mention.kind == Kind::Person && mention.span == span);
            let index = listed.unwrap_or_else(|| {
                mentions.push(self.new_person(cut, span, phrase));
                mentions.len() - 1
            });
            let mention = &mut mentions[index];
            mention.title = Some(phrase.title);
            phrase.person = Some(span);
            if phrase.of.is_none() {
                phrase.of = self.implied(cut, phrase, mention.entity, mentions, home).map(|of| (of, None));
            }
        }
        self.short_forms(cut, mentions);
    }

    /// The state a text is about: the first it names, if it names no other more often.
    fn home_state(mentions: &[Mention]) -> Option<EntityId> {
        let mut counts: FxHashMap<EntityId, usize> = FxHashMap::default();
        let counted = || {
            mentions
                .iter()
                .filter(|mention| mention.is_state() && mention.counts() && mention.zone == Zone::Body)
        };
        for entity in counted().filter_map(|mention| mention.entity) {
            *counts.entry(entity).or_default() += 1;
        }
        let titled = mentions
            .iter()
            .find(|mention| mention.is_state() && mention.zone == Zone::Title && mention.counts());
        let first = titled.or_else(|| counted().min_by_key(|mention| mention.span.start))?.entity?;
        let most = counts.values().max()?;
        (counts.get(&first) == Some(most)).then_some(first)
    }

    fn name_after(
        &self,
        cut: &Cut<'_>,
        phrase: &TitlePhrase,
        known: &FxHashMap<u32, usize>,
        mentions: &[Mention],
    ) -> Option<Span> {
        let mut at = cut.token_at(phrase.span.end);
        let end = cut.sentence_of(at).end;
        let comma = at < end && cut.word(at) == ",";
        at += usize::from(comma);
        // "Prime Minister Sir Anthony Eden"
        at += self.titles.title_at(&cut.words[at.min(end)..end]).unwrap_or(0);
        let token = cut.tokens[..end].get(at)?;
        if let Some(&index) = known.get(&token.span.start) {
            return Some(mentions[index].span);
        }
        let name = self.name_from(cut, at, end, mentions)?;
        // After a comma only a whole name counts, and one that the comma closes again.
        let closed = |span: Span| {
            cut.tokens[..end]
                .get(cut.token_at(span.end))
                .is_none_or(|next| !next.span.of(cut.text).chars().all(char::is_alphanumeric))
        };
        (!comma || name.of(cut.text).contains(char::is_whitespace) && closed(name)).then_some(name)
    }

    fn name_before(
        &self,
        cut: &Cut<'_>,
        phrase: &TitlePhrase,
        known_ends: &FxHashMap<u32, usize>,
        mentions: &[Mention],
    ) -> Option<Span> {
        let mut at = cut.token_at(phrase.span.start);
        let start = cut.sentence_of(at).start;
        let article = at > start && self.titles.connector(cut.words[at - 1]).is_some();
        at -= usize::from(article);
        if at <= start || cut.word(at - 1) != "," {
            return None;
        }
        let last = (at - 1).checked_sub(1).filter(|&last| last >= start)?;
        if let Some(&index) = known_ends.get(&cut.tokens[last].span.end) {
            return Some(mentions[index].span);
        }
        let first = (start..=last).rev().take_while(|&at| self.may_be_name(cut, at, mentions)).last()?;
        (first < last).then(|| cut.tokens[first].span.to(cut.tokens[last].span))
    }

    /// The run of capitalised words, with the small words of names between them, that begins at a token.
    fn name_from(&self, cut: &Cut<'_>, at: usize, end: usize, mentions: &[Mention]) -> Option<Span> {
        const LONGEST: usize = 5;
        let mut last = None;
        for next in at..end.min(at + LONGEST) {
            if self.may_be_name(cut, next, mentions) {
                last = Some(next);
            } else if !self.links_name(cut, next) {
                break;
            }
        }
        let last = last.filter(|_| self.may_be_name(cut, at, mentions) || self.links_name(cut, at))?;
        let span = cut.tokens[at].span.to(cut.tokens[last].span);
        span.of(cut.text)
            .starts_with(char::is_uppercase)
            .then_some(span)
            .or_else(|| (last > at).then_some(span))
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
        !inside && self.titles.title_at(&cut.words[at..]).is_none()
    }

    /// An initial's point, a hyphen, or a small word that names have in them.
    fn links_name(&self, cut: &Cut<'_>, at: usize) -> bool {
        match cut.tokens[at].kind {
            TokenKind::Mark => {
                cut.word(at) == "-" || cut.word(at) == "." && at > 0 && is_initial(cut, at - 1)
            }
            TokenKind::Lower => {
                self.gazetteer.language().particles.iter().any(|particle| particle == cut.word(at))
            }
            _ => false,
        }
    }

    fn new_person(&self, cut: &Cut<'_>, span: Span, phrase: &TitlePhrase) -> Mention {
        let entity = self.holder(cut, span, phrase);
        let form = if span.of(cut.text).contains(char::is_whitespace) { Form::Name } else { Form::Surname };
        let score = if entity.is_some() { 0.9 } else { 0.8 };
        let zone = cut.zones.at(span.start);
        Mention {
            span,
            kind: Kind::Person,
            entity,
            form,
            zone,
            score,
            in_name: None,
            title: None,
            introduced: None,
        }
    }

    /// The one person of that surname who held the office at the document's date.
    fn holder(&self, cut: &Cut<'_>, span: Span, phrase: &TitlePhrase) -> Option<EntityId> {
        let name = span.of(cut.text);
        let (given, surname) =
            name.rsplit_once(char::is_whitespace).map_or((None, name), |(given, last)| (Some(given), last));
        let bearers = self.bearers(&fold(surname));
        let date = cut.document.date;
        let held = |tenure: &Tenure| {
            tenure.office == phrase.office
                && phrase.of.is_none_or(|(of, _)| of == tenure.of)
                && date.is_none_or(|date| tenure.held.may_hold(date))
        };
        let same_initial = |person: EntityId| {
            let initial = |text: &str| fold(text).chars().next();
            given.is_none_or(|given| initial(given) == initial(self.gazetteer.entity(person).name()))
        };
        let mut holders = bearers
            .iter()
            .copied()
            .filter(|&person| same_initial(person) && self.gazetteer.tenures(person).any(held));
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// The persons who bear a family name, given in folded form.
    pub(super) fn bearers(&self, folded: &str) -> &[EntityId] {
        self.surnames().bearers(folded)
    }

    /// Whether a word may be a family name, by the hash of its folded form.
    pub(super) fn may_be_surname(&self, hash: WordHash) -> bool {
        self.surnames().filter.may_hold(hash)
    }

    fn surnames(&self) -> &Surnames<'_> {
        self.surnames.get_or_init(|| Surnames::new(self.gazetteer))
    }

    /// Whose office a title is that does not say so: where the person held it, if the text names that state, or
    /// the state the text is about.
    fn implied(
        &self,
        cut: &Cut<'_>,
        phrase: &TitlePhrase,
        person: Option<EntityId>,
        mentions: &[Mention],
        home: Option<EntityId>,
    ) -> Option<EntityId> {
        let named =
            |of: EntityId| mentions.iter().any(|mention| mention.entity == Some(of) && mention.counts());
        if phrase.office == Office::Other {
            return None;
        }
        let Some(person) = person else {
            return home.filter(|home| {
                phrase.office != Office::HeadOfOrg
                    && (phrase.used_in.is_empty() || phrase.used_in.contains(home))
            });
        };
        let tenures = || {
            self.gazetteer.tenures(person).filter(|tenure| tenure.office == phrase.office && named(tenure.of))
        };
        let date = cut.document.date;
        let then = tenures().find(|tenure| date.is_some_and(|date| tenure.held.may_hold(date)));
        then.or_else(|| tenures().last()).map(|tenure| tenure.of)
    }

    /// Adds a mention wherever a family name stands alone after its bearer was named in full.
    fn short_forms(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let mut introduced: FxHashMap<WordHash, Introduced> = FxHashMap::default();
        let mut persons: Vec<_> = mentions
            .iter()
            .filter(|mention| mention.kind == Kind::Person && mention.counts())
            .copied()
            .collect();
        persons.sort_by_key(|mention| mention.span);
        let mut persons = persons.into_iter().peekable();
        let mut added = Vec::new();
        for at in 0..cut.tokens.len() {
            let token = cut.tokens[at];
            while let Some(person) = persons.next_if(|person| person.span.start <= token.span.start) {
                self.introduce(cut, &person, &mut introduced);
            }
            if token.kind != TokenKind::Capitalized || introduced.is_empty() {
                continue;
            }
            let Some(&person) = introduced.get(&cut.hashes[at]) else { continue };
            if token.span.start < person.span.end || self.is_part_of_name(cut, at) {
                continue;
            }
            added.push(Mention {
                span: token.span,
                kind: Kind::Person,
                entity: person.entity,
                form: Form::Surname,
                zone: cut.zones.at(token.span.start),
                score: person.score * 0.98,
                in_name: None,
                title: None,
                introduced: Some(person.span),
            });
        }
        for mention in added {
            // A single name after a title may already stand there without its bearer.
            match mentions.iter_mut().find(|old| old.kind == Kind::Person && old.span.overlaps(mention.span))
            {
                Some(old) if old.entity.is_none() && old.span == mention.span => {
                    *old = Mention { title: old.title, ..mention };
                }
                Some(_) => {}
                None => mentions.push(mention),
            }
        }
    }

    fn introduce(&self, cut: &Cut<'_>, person: &Mention, introduced: &mut FxHashMap<WordHash, Introduced>) {
        let name = person.span.of(cut.text);
        let this = Introduced { entity: person.entity, span: person.span, score: person.score };
        if let Some(entity) = person.entity {
            let listed = self.gazetteer.names_of(entity).filter(|name| name.form == Form::Surname);
            for surname in listed.map(|name| self.gazetteer.surface(name)) {
                introduced.insert(hash_of(&fold(surname)), this);
            }
        }
        if let Some((_, last)) = name.rsplit_once(char::is_whitespace) {
            introduced.entry(hash_of(&fold(last))).or_insert(this);
        }
    }

    /// Whether a capitalised word that is no title stands right before it, as a given name would.
    fn is_part_of_name(&self, cut: &Cut<'_>, at: usize) -> bool {
        let Some(before) =
            at.checked_sub(1).filter(|&before| cut.tokens[before].kind == TokenKind::Capitalized)
        else {
            return false;
        };
        let adjacent = cut.text[cut.tokens[before].span.end as usize..cut.tokens[at].span.start as usize]
            .chars()
            .all(char::is_whitespace);
        let same_sentence = cut.sentence_of(at).contains(&before);
        adjacent && same_sentence && self.given_names().contains(&fold(cut.word(before)))
    }
}

fn is_initial(cut: &Cut<'_>, at: usize) -> bool {
    cut.tokens[at].span.len() == 1 && cut.tokens.get(at + 1).is_some_and(|next| next.span.of(cut.text) == ".")
}

fn person_index(mentions: &[Mention], key: impl Fn(&Mention) -> u32) -> FxHashMap<u32, usize> {
    let persons =
        mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Person && mention.counts());
    persons.map(|(at, mention)| (key(mention), at)).collect()
}

/// Persons by their family names.
#[derive(Debug)]
pub(super) struct Surnames<'g> {
    filter: HashFilter,
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
        let ranges: FxHashMap<_, _> = ranges.collect();
        let filter = HashFilter::of(ranges.keys().copied());
        Self { filter, ranges, persons: sorted.iter().map(|(_, person)| *person).collect() }
    }

    fn bearers(&self, folded: &str) -> &[EntityId] {
        let range = self.ranges.get(folded).cloned().unwrap_or(0..0);
        &self.persons[range.start as usize..range.end as usize]
    }
}
