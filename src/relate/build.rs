//! From a match of a rule to triples.

use std::collections::hash_map::Entry;

use once_cell::unsync::OnceCell;
use rustc_hash::FxHashMap;

use super::dating::Dating;
use super::explain::{CueTrace, SlotTrace, TripleTrace};
use super::item::{ItemKind, Items, Member};
use super::pattern::Match;
use super::rules::{Rule, RuleSet, Says, Template};
use super::said::Said;
use super::time::{Bound, When};
use super::triple::{Modality, Node, Polarity, Predicate, Time, Triple};
use crate::document::{Document, Span};
use crate::gazetteer::{EntityId, Gazetteer, Kind, Status};
use crate::resolve::Resolution;

/// How many items away words are looked for that bear on a match: nothing is said from farther off, and sentences
/// without an end must not cost the square of their length.
const REACH: usize = 64;

/// Gathers the triples of one document.
pub(super) struct Builder<'a, 'r> {
    pub(super) gazetteer: &'a Gazetteer,
    rules: &'r RuleSet,
    pub(super) document: &'a Document<'a>,
    pub(super) resolution: &'a Resolution,
    triples: Vec<Triple<'r>>,
    said: Said<'r>,
    /// The place of each triple.
    seen: FxHashMap<Key<'a, 'r>, usize>,
    /// What each triple rests on, where somebody asked.
    traces: Option<Vec<TripleTrace<'r>>>,
    /// The places of the mentions of each entity; filled when needed.
    pub(super) places: OnceCell<FxHashMap<EntityId, Vec<usize>>>,
}

/// What makes two nodes the same: the entity, or else the name.
type NodeKey<'a> = (Option<EntityId>, &'a str);

/// What makes two triples the same.
type Key<'a, 'r> =
    (NodeKey<'a>, Predicate<'r>, NodeKey<'a>, Option<Status>, Polarity, Modality, Option<&'a str>);

/// What a match says, before subjects and objects are paired.
pub(super) struct Saying<'m, 'r> {
    pub(super) template: &'r Template,
    pub(super) says: Says<'r>,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// Whether it is said to be over: "former".
    former: bool,
    pub(super) when: Option<When>,
    /// Whether the date stands before what carries the assertion.
    told_before: bool,
    pub(super) evidence: Span,
    /// From the trigger to the end of the match.
    pub(super) words: Span,
    attributed_to: Option<usize>,
    /// Whether lists are paired one by one: "respectively".
    respectively: bool,
    trace: Option<&'m TripleTrace<'r>>,
}

impl<'a, 'r> Builder<'a, 'r> {
    pub(super) fn new(
        gazetteer: &'a Gazetteer,
        rules: &'r RuleSet,
        document: &'a Document<'a>,
        resolution: &'a Resolution,
        traced: bool,
    ) -> Self {
        Self {
            gazetteer,
            rules,
            document,
            resolution,
            triples: Vec::new(),
            said: Said::default(),
            seen: FxHashMap::default(),
            traces: traced.then(Vec::new),
            places: OnceCell::new(),
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Triple<'r>>, Vec<TripleTrace<'r>>) {
        let place =
            |triple: &Triple<'_>| (triple.evidence.start, triple.subject.mention, triple.object.mention);
        let mut traces = Vec::new();
        if let Some(found) = self.traces.take() {
            let mut order: Vec<usize> = (0..self.triples.len()).collect();
            order.sort_by_key(|&at| place(&self.triples[at]));
            traces = order.into_iter().map(|at| found[at].clone()).collect();
        }
        self.triples.sort_by_key(place);
        (self.triples, traces)
    }

    /// Forgets what was said in the sentence before.
    pub(super) fn begin_sentence(&mut self) {
        self.said.clear();
    }

    /// How many triples there are.
    pub(super) fn count(&self) -> usize {
        self.triples.len()
    }

    /// Adds what a rule says of a match.
    pub(super) fn add(&mut self, rule: &'r Rule, items: &Items, found: &Match) {
        if found.end == found.start {
            return;
        }
        let (first, last) = found.extent(items.shown());
        let trigger = found.carrier();
        let mut cues = Vec::new();
        let traced = self.traces.is_some();
        let words = &self.rules.chunk;
        let judged =
            self.rules.cues.judge(items, words, (first.min(trigger), trigger), &mut |kind, from, to| {
                if traced {
                    let span = items.items[from].span.to(items.items[to - 1].span);
                    cues.push(CueTrace { kind: kind.as_str(), span });
                }
            });
        let mut trace = traced.then(|| self.trace(rule, items, found, cues));
        let evidence = items.items[first].span.to(items.items[last].span);
        let carried = found.first.unwrap_or(found.start);
        let carried = items.items[carried].span.to(items.items[found.end.max(carried + 1) - 1].span);
        let mut near = items.words.iter().skip(first).take(last - first + REACH);
        let respectively = near.any(|word| self.rules.respectively.contains(word));
        for (template, says) in rule.text.triples.iter().zip(&rule.says) {
            let slot = |name: &str| rule.pattern.slot(name).and_then(|slot| found.slots[slot]);
            let Some(subject) = slot(&template.subject) else { continue };
            if template.only_affirmed && judged.polarity == Polarity::Negated {
                continue;
            }
            let date = self.date_of(items, found, template);
            let when = date.and_then(|at| match items.items[at].kind {
                ItemKind::Date(when) => Some(when),
                _ => None,
            });
            if let Some(trace) = &mut trace {
                trace.date = date.map(|at| items.items[at].span);
            }
            let (polarity, modality) = match template.apposition {
                true => (Polarity::Affirmed, Modality::Asserted),
                false => (judged.polarity, judged.modality),
            };
            let saying = Saying {
                template,
                says: says.of(template),
                polarity: template.polarity.unwrap_or(polarity),
                modality: template.modality.unwrap_or(modality),
                former: judged.former,
                when,
                told_before: date.is_some_and(|at| at < trigger),
                evidence,
                words: carried,
                attributed_to: self.source_of(items, first, last),
                respectively,
                trace: trace.as_ref(),
            };
            match (saying.says, template.object.as_deref().map(slot)) {
                (Says::Office, Some(Some(title))) => self.office(rule, items, subject, title, &saying),
                (
                    Says::Predicate(predicate @ (Predicate::OfficeOf | Predicate::HeadOfOrg)),
                    Some(Some(object)),
                ) if matches!(items.items[subject].kind, ItemKind::Person(..)) => {
                    self.leads(rule, items, subject, (predicate, object), &saying);
                }
                (_, Some(Some(object))) => self.pairs(rule, items, subject, object, &saying),
                (_, None) => self.each_pair(rule, items, subject, &saying),
                (_, Some(None)) => {}
            }
        }
    }

    fn trace(&self, rule: &'r Rule, items: &Items, found: &Match, cues: Vec<CueTrace>) -> TripleTrace<'r> {
        let named = rule.pattern.slots.iter().zip(&found.slots);
        let slots = named.filter_map(|(name, item)| {
            Some(SlotTrace { name: name.as_str(), span: items.items[(*item)?].span })
        });
        TripleTrace { rule: &rule.text.name, slots: slots.collect(), cues, date: None }
    }

    /// The item of the date that belongs to what is said.
    fn date_of(&self, items: &Items, found: &Match, template: &Template) -> Option<usize> {
        let trigger = found.carrier();
        let (start, _) = found.extent(items.shown());
        let becoming = &self.rules.chunk.becoming;
        let dating = Dating { items, words: &self.rules.chunk, start, trigger, end: found.end };
        // "agreed in October, as a signatory": a state of affairs has only the date that stands with it.
        let is_act = template.event.is_some()
            || matches!(template.status, None | Some(Status::FoundingMember))
            || (start..trigger).any(|at| becoming.contains(&items.words[at]));
        if is_act { dating.of_act() } else { dating.of_state() }
    }

    /// Whom the sentence gives as the source: "according to X", "X said".
    fn source_of(&self, items: &Items, first: usize, last: usize) -> Option<usize> {
        const NEAR: usize = 4;
        let rules = self.rules;
        let says = |at: usize| rules.reports.contains(&items.word(at));
        let speaker = |at: usize| match items.items.get(at)?.kind {
            ItemKind::Person(mention, _) => Some(mention),
            ItemKind::Title(title, _) => {
                let person = self.resolution.titles[title].person?;
                let mentions = &self.resolution.mentions;
                let first = mentions.partition_point(|mention| mention.span.start < person.start);
                let here = mentions[first..].iter().take_while(|mention| mention.span.start == person.start);
                here.zip(first..).find(|(mention, _)| mention.span == person).map(|(_, at)| at)
            }
            ItemKind::States(group) | ItemKind::Bodies(group) if group.len() == 1 => {
                Some(items.members[group.range()][0].mention)
            }
            _ => None,
        };
        let spoke =
            |at: usize| speaker(at).filter(|_| (at + 1..at + NEAR).any(|near| near < first && says(near)));
        let before = (0..first).rev().take(REACH).find_map(spoke);
        let behind = || {
            let beyond = items.items.len().min(last + 14);
            (last + 1..beyond).find_map(|at| {
                let told = says(at + 1)
                    || at > 0 && says(at - 1)
                    || rules.according.contains(&items.word_before(at));
                speaker(at).filter(|_| told)
            })
        };
        let ahead = || {
            (1..first).take(REACH).find_map(|at| {
                speaker(at)
                    .filter(|_| rules.according.contains(&items.word(at - 1)) && items.word(at - 1) != 0)
            })
        };
        before.or_else(ahead).or_else(behind)
    }

    fn pairs(
        &mut self,
        rule: &'r Rule,
        items: &Items,
        subject: usize,
        object: usize,
        saying: &Saying<'_, 'r>,
    ) {
        let members = |at: usize| items.items[at].kind.members();
        let (subjects, objects) = (members(subject), members(object));
        if saying.respectively && subjects.len() == objects.len() && subjects.len() > 1 {
            for (subject, object) in subjects.zip(objects) {
                self.member_pair(rule, items.members[subject], items.members[object], saying);
            }
            return;
        }
        for subject in subjects.map(|at| items.members[at]) {
            for object in objects.clone().map(|at| items.members[at]) {
                self.member_pair(rule, subject, object, saying);
            }
        }
    }

    fn member_pair(&mut self, rule: &'r Rule, subject: Member, object: Member, saying: &Saying<'_, 'r>) {
        let when = subject.when.or(object.when).or(saying.when);
        self.pair(rule, subject, object, when, saying);
    }

    /// One triple for each pair of states in a list.
    fn each_pair(&mut self, rule: &'r Rule, items: &Items, subject: usize, saying: &Saying<'_, 'r>) {
        // What many sign has a name, or is no agreement between each two of them.
        const MOST: usize = 5;
        let members = &items.members[items.items[subject].kind.members()];
        if members.len() > MOST {
            return;
        }
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
        saying: &Saying<'_, 'r>,
    ) {
        let template = saying.template;
        let treaty = object.kind == Kind::Treaty;
        let predicate = match saying.says {
            Says::Belongs if treaty => Predicate::PartyTo,
            Says::Belongs => Predicate::MemberOf,
            Says::Predicate(predicate) => predicate,
            Says::Office => return,
        };
        if subject.entity.is_none() || subject.entity == object.entity {
            return;
        }
        let status =
            if treaty { template.treaty_status.or(template.status.map(of_treaty)) } else { template.status };
        let status = if saying.former { status.map(|_| Status::Former) } else { status };
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
                time: when.map(|when| saying.time(when, predicate, status)).unwrap_or_default(),
                portfolio: None,
                office: None,
                attributed_to: saying.attributed_to.filter(|&mention| mention != subject.mention),
                rule: &rule.text.name,
                score: self.score(subject, object),
                evidence: saying.evidence,
            },
            saying,
        );
    }

    fn score(&self, subject: Member, object: Member) -> f32 {
        let score = |member: Member| self.resolution.mentions[member.mention].score;
        score(subject).min(score(object)) * 0.98
    }

    pub(super) fn push(&mut self, triple: Triple<'r>, saying: &Saying<'_, 'r>) {
        let words = saying.words;
        let pair = [triple.subject.entity, triple.object.entity];
        if pair[0].is_some() && self.said.by_another(pair, words, triple.rule) {
            return;
        }
        self.said.add(pair, words, triple.rule);
        let text = self.document.text;
        let mentions = &self.resolution.mentions;
        let key = |node: Node| {
            let mention = &mentions[node.mention];
            let name = mention.introduced.unwrap_or(mention.span).of(text);
            (node.entity, if node.entity.is_some() { "" } else { name })
        };
        let (mut subject, mut object) = (key(triple.subject), key(triple.object));
        if triple.predicate.is_symmetric() && object < subject {
            std::mem::swap(&mut subject, &mut object);
        }
        let same = (
            subject,
            triple.predicate,
            object,
            triple.status,
            triple.polarity,
            triple.modality,
            triple.office.map(|office| office.of(text)),
        );
        match self.seen.entry(same) {
            Entry::Vacant(place) => {
                place.insert(self.triples.len());
                self.triples.push(triple);
                if let (Some(traces), Some(trace)) = (&mut self.traces, saying.trace) {
                    traces.push(trace.clone());
                }
            }
            // Found again with a date, it lends this to the one found first.
            Entry::Occupied(place) => {
                let known = &mut self.triples[*place.get()];
                if known.time.is_empty() {
                    known.time = triple.time;
                }
            }
        }
    }
}

impl Saying<'_, '_> {
    /// Where a date goes. What is only planned, or denied, did not begin then: the date tells when it was planned.
    pub(super) fn time(&self, when: When, predicate: Predicate<'_>, status: Option<Status>) -> Time {
        let when = if when.weekday && self.modality == Modality::Planned { when.next_week() } else { when };
        let unreal =
            self.modality == Modality::Planned && self.told_before || self.polarity == Polarity::Negated;
        if unreal && when.bound == Bound::At && when.end.is_none() {
            return Time { at: Some(when.value), ..Time::default() };
        }
        time_of(when, predicate, status)
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

/// Where a date goes: acts have a moment, states of affairs a beginning or an end.
fn time_of(when: When, predicate: Predicate<'_>, status: Option<Status>) -> Time {
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
