//! From a match of a rule to triples.

use std::collections::HashSet;

use super::item::{ItemKind, Items, Member};
use super::pattern::Match;
use super::rules::{Rule, RuleSet, Template};
use super::time::{Bound, When};
use super::triple::{Modality, Node, Polarity, Predicate, Time, Triple};
use crate::document::{Document, Span};
use crate::gazetteer::{EntityId, Gazetteer, Kind, Office, Status};
use crate::resolve::{Resolution, TitlePhrase};

/// `member_of` or `party_to`, by the kind of the object.
const BELONGS: &str = "belongs";
/// The predicate of the title's office.
const OFFICE: &str = "office";

/// Gathers the triples of one document.
pub(super) struct Builder<'a, 'r> {
    gazetteer: &'a Gazetteer,
    rules: &'r RuleSet,
    document: &'a Document<'a>,
    resolution: &'a Resolution,
    triples: Vec<Triple<'r>>,
    said: Vec<Said<'r>>,
    seen: HashSet<Key>,
}

/// What makes two nodes the same: the entity, or else the name.
type NodeKey = (Option<u32>, String);

/// What makes two triples the same.
type Key = (NodeKey, Predicate, NodeKey, Option<Status>, Polarity, Modality, Option<Span>);

/// That a rule has said something of a pair in certain words: later rules leave these words alone.
struct Said<'r> {
    pair: [Option<EntityId>; 2],
    words: Span,
    rule: &'r str,
}

/// What a match says, before subjects and objects are paired.
struct Saying<'m> {
    template: &'m Template,
    polarity: Polarity,
    modality: Modality,
    when: Option<When>,
    evidence: Span,
    /// From the trigger to the end of the match.
    words: Span,
}

impl<'a, 'r> Builder<'a, 'r> {
    pub(super) fn new(
        gazetteer: &'a Gazetteer,
        rules: &'r RuleSet,
        document: &'a Document<'a>,
        resolution: &'a Resolution,
    ) -> Self {
        Self {
            gazetteer,
            rules,
            document,
            resolution,
            triples: Vec::new(),
            said: Vec::new(),
            seen: HashSet::new(),
        }
    }

    pub(super) fn finish(mut self) -> Vec<Triple<'r>> {
        self.triples
            .sort_by_key(|triple| (triple.evidence.start, triple.subject.mention, triple.object.mention));
        self.triples
    }

    /// Forgets what was said in the sentence before.
    pub(super) fn begin_sentence(&mut self) {
        self.said.clear();
    }

    /// Adds what a rule says of a match.
    pub(super) fn add(&mut self, rule: &'r Rule, items: &Items, found: &Match) {
        if found.end == found.start {
            return;
        }
        let trigger = found.trigger.unwrap_or(found.start);
        let (polarity, modality) = self.rules.cues.judge(items, found.start, trigger);
        let last = items.items[found.end - 1].span;
        let evidence = items.items[found.start].span.to(last);
        let words = items.items[trigger].span.to(last);
        for template in &rule.text.triples {
            let saying = Saying {
                template,
                polarity: template.polarity.unwrap_or(polarity),
                modality: template.modality.unwrap_or(modality),
                when: self.date_of(items, found, template),
                evidence,
                words,
            };
            let slot = |name: &str| rule.pattern.slot(name).and_then(|slot| found.slots[slot]);
            let Some(subject) = slot(&template.subject) else { continue };
            match (template.predicate.as_str(), template.object.as_deref().map(slot)) {
                (OFFICE, Some(Some(title))) => self.office(rule, items, subject, title, &saying),
                (_, Some(Some(object))) => self.pairs(rule, items, subject, object, &saying),
                (_, None) => self.each_pair(rule, items, subject, &saying),
                (_, Some(None)) => {}
            }
        }
    }

    /// The date that the match holds, or that stands right after or at the sentence's beginning.
    fn date_of(&self, items: &Items, found: &Match, template: &Template) -> Option<When> {
        const AFTER: usize = 4;
        let date = |at: usize| match items.items.get(at)?.kind {
            ItemKind::Date(when) => Some(when),
            _ => None,
        };
        let trigger = found.trigger.unwrap_or(found.start);
        let said = (trigger..found.end).rev().find_map(date);
        let stops = |at: &usize| match items.items[*at].kind {
            ItemKind::States(_) | ItemKind::Bodies(_) | ItemKind::Person(_) => false,
            ItemKind::Word(word) => word != items.comma,
            _ => true,
        };
        let after = || {
            let most = items.items.len().min(found.end + AFTER);
            (found.end..most).take_while(stops).find_map(date)
        };
        let at_only = |when: &When| when.bound == Bound::At;
        let inside = || (found.start..trigger).rev().find_map(date).filter(at_only);
        let before = || (0..found.start.min(2)).find_map(date).filter(at_only);
        let just_before = || found.start.checked_sub(1).and_then(date).filter(at_only);
        let near = said.or_else(after);
        // "agreed in October, as a signatory": a state of affairs has only the date that stands with it.
        let is_act =
            template.event.is_some() || matches!(template.status, None | Some(Status::FoundingMember));
        if !is_act {
            return near;
        }
        near.or_else(inside).or_else(just_before).or_else(before)
    }

    fn pairs(&mut self, rule: &'r Rule, items: &Items, subject: usize, object: usize, saying: &Saying<'_>) {
        let members = |at: usize| items.items[at].kind.members();
        for subject in members(subject).map(|at| items.members[at]) {
            for object in members(object).map(|at| items.members[at]) {
                let when = subject.when.or(object.when).or(saying.when);
                self.pair(rule, subject, object, when, saying);
            }
        }
    }

    /// One triple for each pair of states in a list.
    fn each_pair(&mut self, rule: &'r Rule, items: &Items, subject: usize, saying: &Saying<'_>) {
        let members = &items.members[items.items[subject].kind.members()];
        for (at, &first) in members.iter().enumerate() {
            for &second in &members[at + 1..] {
                self.pair(rule, first, second, saying.when, saying);
            }
        }
    }

    fn pair(
        &mut self,
        rule: &'r Rule,
        subject: Member,
        object: Member,
        when: Option<When>,
        saying: &Saying<'_>,
    ) {
        let template = saying.template;
        let treaty = object.kind == Kind::Treaty;
        let predicate = match template.predicate.as_str() {
            BELONGS if treaty => Predicate::PartyTo,
            BELONGS => Predicate::MemberOf,
            name => match name.parse() {
                Ok(predicate) => predicate,
                Err(_) => return,
            },
        };
        let status =
            if treaty { template.treaty_status.or(template.status.map(of_treaty)) } else { template.status };
        if subject.entity.is_none() || subject.entity == object.entity {
            return;
        }
        let node =
            |member: Member| Node { entity: member.entity, mention: member.mention, kind: member.kind };
        self.push(
            Triple {
                subject: node(subject),
                predicate,
                object: node(object),
                status,
                polarity: saying.polarity,
                modality: saying.modality,
                event: template.event,
                time: when.map(|when| time_of(when, predicate, status)).unwrap_or_default(),
                portfolio: None,
                office: None,
                rule: &rule.text.name,
                score: self.score(subject, object),
                evidence: saying.evidence,
            },
            saying.words,
        );
    }

    fn office(&mut self, rule: &'r Rule, items: &Items, person: usize, title: usize, saying: &Saying<'_>) {
        let (ItemKind::Person(person), Some(title)) =
            (&items.items[person].kind, items.title(title, self.resolution))
        else {
            return;
        };
        let Some((of, _)) = title.of else { return };
        let object_kind = self.gazetteer.entity(of).kind();
        let Some(predicate) = predicate_of(title, object_kind) else { return };
        let Some(mention) = self.mention_of(title) else { return };
        let subject = self.resolution.mentions[*person];
        // A title belongs to the person it was read with.
        if title.person.is_some_and(|other| other != subject.span) {
            return;
        }
        let status = saying.template.status.unwrap_or(title.status);
        self.push(
            Triple {
                subject: Node { entity: subject.entity, mention: *person, kind: Kind::Person },
                predicate,
                object: Node { entity: Some(of), mention, kind: object_kind },
                status: Some(status),
                polarity: saying.polarity,
                modality: saying.modality,
                event: saying.template.event,
                time: saying
                    .when
                    .filter(|when| when.bound != Bound::At)
                    .map(|when| time_of(when, predicate, Some(status)))
                    .unwrap_or_default(),
                portfolio: title.portfolio.clone().filter(|_| predicate == Predicate::MinisterOf),
                office: (predicate == Predicate::OfficeOf).then_some(title.title),
                rule: &rule.text.name,
                score: subject.score
                    * if title.of.is_some_and(|(_, said)| said.is_some()) { 0.97 } else { 0.85 },
                evidence: saying.evidence,
            },
            saying.words,
        );
    }

    /// The mention that says whose office a title is, or the nearest of that entity before it.
    fn mention_of(&self, title: &TitlePhrase) -> Option<usize> {
        let (of, said) = title.of?;
        let mentions = &self.resolution.mentions;
        let same = |at: &usize| mentions[*at].entity == Some(of) && mentions[*at].counts();
        if let Some(said) = said {
            return (0..mentions.len()).find(|at| mentions[*at].span == said && same(at));
        }
        let before = mentions.partition_point(|mention| mention.span.start < title.span.start);
        (0..before).rev().find(same).or_else(|| (before..mentions.len()).find(same))
    }

    fn score(&self, subject: Member, object: Member) -> f32 {
        let score = |member: Member| self.resolution.mentions[member.mention].score;
        score(subject).min(score(object)) * 0.98
    }

    fn push(&mut self, triple: Triple<'r>, words: Span) {
        let pair = [triple.subject.entity, triple.object.entity];
        let taken =
            |said: &Said<'_>| said.pair == pair && said.rule != triple.rule && said.words.overlaps(words);
        if pair[0].is_some() && self.said.iter().rev().any(taken) {
            return;
        }
        self.said.push(Said { pair, words, rule: triple.rule });
        let key = |node: Node| {
            let name = if node.entity.is_some() {
                ""
            } else {
                self.resolution.mentions[node.mention].span.of(self.document.text)
            };
            (node.entity.map(|entity| entity.0), name.to_owned())
        };
        let (mut subject, mut object) = (key(triple.subject), key(triple.object));
        if matches!(triple.predicate, Predicate::AgreementWith | Predicate::AlliedWith) && object < subject {
            std::mem::swap(&mut subject, &mut object);
        }
        let same = (
            subject,
            triple.predicate,
            object,
            triple.status,
            triple.polarity,
            triple.modality,
            triple.office,
        );
        if self.seen.insert(same) {
            self.triples.push(triple);
        } else if !triple.time.is_empty() {
            let earlier = self.triples.iter_mut().find(|known| {
                (known.subject.entity, known.predicate, known.object.entity)
                    == (triple.subject.entity, triple.predicate, triple.object.entity)
                    && (known.status, known.polarity, known.modality)
                        == (triple.status, triple.polarity, triple.modality)
                    && known.time.is_empty()
            });
            if let Some(known) = earlier {
                known.time = triple.time;
            }
        }
    }
}

/// What a status of membership is called for a treaty.
fn of_treaty(status: Status) -> Status {
    match status {
        Status::Member => Status::Party,
        Status::FoundingMember => Status::Signatory,
        other => other,
    }
}

fn predicate_of(title: &TitlePhrase, of: Kind) -> Option<Predicate> {
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

/// Where a date goes: acts have a moment, states of affairs a beginning or an end.
fn time_of(when: When, predicate: Predicate, status: Option<Status>) -> Time {
    let value = Some(when.value);
    if when.end.is_some() {
        return Time { from: value, to: when.end, at: None };
    }
    match when.bound {
        Bound::Since | Bound::From => Time { from: value, ..Time::default() },
        Bound::Until | Bound::To => Time { to: value, ..Time::default() },
        Bound::At => match (predicate, status) {
            (_, Some(Status::Former)) => Time { to: value, ..Time::default() },
            (Predicate::MemberOf, Some(Status::Applicant))
            | (Predicate::PartyTo | Predicate::AgreementWith | Predicate::AlliedWith, _) => {
                Time { at: value, ..Time::default() }
            }
            (Predicate::MemberOf, _) => Time { from: value, ..Time::default() },
            _ => Time { at: value, ..Time::default() },
        },
    }
}
