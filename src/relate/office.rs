//! Offices of persons, from a match to triples.

use rustc_hash::FxHashMap;

use super::build::{Builder, Saying};
use super::item::{ItemKind, Items};
use super::rules::Rule;
use super::time::{Bound, When};
use super::triple::{Node, Predicate, Triple};
use crate::document::Span;
use crate::gazetteer::{EntityId, Kind, Office, Status, Tenure};
use crate::resolve::{Mention, TitlePhrase};

impl<'r> Builder<'_, 'r> {
    /// An office of a person, with predicate, status, portfolio and state from the title.
    pub(super) fn office(
        &mut self,
        rule: &'r Rule,
        items: &Items,
        person: usize,
        title: usize,
        saying: &Saying<'_, 'r>,
    ) {
        let (ItemKind::Person(person, _), Some(title)) =
            (items.items[person].kind, items.title(title, self.resolution))
        else {
            return;
        };
        let subject = self.resolution.mentions[person];
        let Some(title) = self.title_of(title, &subject, saying) else { return };
        let Some((of, said)) = title.of.or_else(|| self.office_of_state(title, &subject)) else { return };
        let object_kind = self.gazetteer.entity(of).kind();
        let Some(predicate) = predicate_of(title, object_kind) else { return };
        let Some(mention) = self.mention_of(title, of, said) else { return };
        let status = self.status(title, saying);
        let begins = saying.template.begins && status != Status::Former;
        let dated = |when: &When| when.bound != Bound::At || begins || status == Status::Former;
        let begun = |when: When| match when.bound {
            Bound::At if begins => When { bound: Bound::Since, ..when },
            _ => when,
        };
        let when = saying.when.filter(dated).map(begun);
        self.push(
            Triple {
                subject: Node { entity: subject.entity, mention: person, kind: Kind::Person },
                predicate,
                object: Node { entity: Some(of), mention, kind: object_kind },
                status: Some(status),
                polarity: saying.polarity,
                modality: saying.modality,
                event: saying.template.event,
                time: when.map(|when| saying.time(when, predicate, Some(status))).unwrap_or_default(),
                portfolio: title.portfolio.clone().filter(|_| predicate == Predicate::MinisterOf),
                office: (predicate == Predicate::OfficeOf).then_some(title.title),
                attributed_to: None,
                rule: &rule.text.name,
                score: subject.score * if said.is_some() { 0.97 } else { 0.85 },
                evidence: saying.evidence,
            },
            saying,
        );
    }

    /// The title as it is that person's, if it may be.
    fn title_of<'t>(
        &'t self,
        title: &'t TitlePhrase,
        subject: &Mention,
        saying: &Saying<'_, 'r>,
    ) -> Option<&'t TitlePhrase> {
        if saying.template.predecessor {
            // "President X replaced Y": whether Y was president has to be known.
            return self.held(title, subject).then_some(title);
        }
        let title = self.resolution.title_of(title, subject.span)?;
        // "Nasser, then Egypt's prime minister": a family name alone was not read with the title.
        let known = || subject.introduced.is_some() && self.held(title, subject);
        (title.person.is_some() || !saying.template.apposition || known()).then_some(title)
    }

    /// Whether a person is known to have held the office of a title.
    fn held(&self, title: &TitlePhrase, subject: &Mention) -> bool {
        let same = |tenure: &Tenure| {
            tenure.office == title.office && title.of.is_some_and(|(of, _)| of == tenure.of)
        };
        subject.entity.is_some_and(|person| self.gazetteer.tenures(person).any(same))
    }

    /// What is said of how the office is held; one held until a date before the document's is over.
    fn status(&self, title: &TitlePhrase, saying: &Saying<'_, 'r>) -> Status {
        let ended = |when: &When| {
            let until =
                when.end.or(Some(when.value).filter(|_| matches!(when.bound, Bound::Until | Bound::To)));
            until.zip(self.document.date).is_some_and(|(end, date)| end.first_day() < date.first_day())
        };
        let past = title.status == Status::Current && saying.when.as_ref().is_some_and(ended);
        saying.template.status.unwrap_or(if past { Status::Former } else { title.status })
    }

    /// Whose office a title is that stands apart from the person and does not say so: of the state that is named
    /// and where the person held it, else of the state the document is about.
    fn office_of_state(&self, title: &TitlePhrase, subject: &Mention) -> Option<(EntityId, Option<Span>)> {
        // What resolving has read together it has judged as well.
        if title.elsewhere || title.person.is_some() {
            return None;
        }
        let named = |of: EntityId| self.places().contains_key(&of);
        let tenures = subject.entity.into_iter().flat_map(|person| self.gazetteer.tenures(person));
        let held = tenures.filter(|tenure| tenure.office == title.office && named(tenure.of)).last();
        let head = matches!(title.office, Office::HeadOfState | Office::HeadOfGovernment | Office::Minister);
        let home = || self.resolution.home.filter(|_| head);
        held.map(|tenure| tenure.of).or_else(home).map(|of| (of, None))
    }

    /// Who leads a body or something of it: "who heads the mission of the OSCE".
    pub(super) fn leads(
        &mut self,
        rule: &'r Rule,
        items: &Items,
        person: usize,
        (predicate, object): (Predicate<'r>, usize),
        saying: &Saying<'_, 'r>,
    ) {
        let ItemKind::Person(person, _) = items.items[person].kind else { return };
        // "who heads the court's assembly"
        if self.document.text[saying.evidence.end as usize..].starts_with(['\'', '’']) {
            return;
        }
        let subject = self.resolution.mentions[person];
        for object in items.items[object].kind.members().map(|at| items.members[at]) {
            let status = saying.template.status.unwrap_or(Status::Current);
            let dated = |when: &When| when.bound != Bound::At || status == Status::Former;
            let when = saying.when.filter(dated);
            self.push(
                Triple {
                    subject: Node { entity: subject.entity, mention: person, kind: Kind::Person },
                    predicate,
                    object: Node { entity: object.entity, mention: object.mention, kind: object.kind },
                    status: Some(status),
                    polarity: saying.polarity,
                    modality: saying.modality,
                    event: saying.template.event,
                    time: when.map(|when| saying.time(when, predicate, Some(status))).unwrap_or_default(),
                    portfolio: None,
                    office: (predicate == Predicate::OfficeOf).then_some(saying.words),
                    attributed_to: None,
                    rule: &rule.text.name,
                    score: subject.score * 0.9,
                    evidence: saying.evidence,
                },
                saying,
            );
        }
    }

    /// The mention that says whose office a title is, or the nearest of that entity before it.
    fn mention_of(&self, title: &TitlePhrase, of: EntityId, said: Option<Span>) -> Option<usize> {
        let mentions = &self.resolution.mentions;
        if let Some(said) = said {
            let first = mentions.partition_point(|mention| mention.span.start < said.start);
            let mut here = (first..mentions.len()).take_while(|&at| mentions[at].span.start == said.start);
            return here.find(|&at| mentions[at].span == said && mentions[at].entity == Some(of));
        }
        let places = self.places().get(&of)?;
        let before = places.partition_point(|&at| mentions[at].span.start < title.title.start);
        places.get(before.saturating_sub(1)).copied()
    }

    fn places(&self) -> &FxHashMap<EntityId, Vec<usize>> {
        self.places.get_or_init(|| {
            let mut places: FxHashMap<EntityId, Vec<usize>> = FxHashMap::default();
            for (at, mention) in self.resolution.mentions.iter().enumerate().filter(|(_, it)| it.counts()) {
                if let Some(entity) = mention.entity {
                    places.entry(entity).or_default().push(at);
                }
            }
            places
        })
    }
}

fn predicate_of(title: &TitlePhrase, of: Kind) -> Option<Predicate<'static>> {
    let state = matches!(of, Kind::State | Kind::Territory);
    Some(match (title.office, state) {
        (Office::HeadOfState, true) => Predicate::HeadOfStateOf,
        (Office::HeadOfGovernment, true) => Predicate::HeadOfGovernmentOf,
        (Office::Minister, true) => Predicate::MinisterOf,
        (Office::Other, _) => Predicate::OfficeOf,
        (Office::HeadOfOrg | Office::HeadOfState, false) => Predicate::HeadOfOrg,
        _ => return None,
    })
}
