//! Choosing: which entity, if any, the names found at one place mean.

use rustc_hash::FxHashMap;

use super::explain::{Outcome, Reason, Step, Sum, Trace, Weighed};
use super::reading::Cues;
use super::signs::Signs;
use super::{Cut, Mention, Resolver};
use crate::document::{Span, fold};
use crate::gazetteer::{EntityId, Form, Kind, Name, NameId, PartialDate};
use crate::scan::Candidate;

/// What the document tells about its entities before anything ambiguous is decided.
struct Setting<'s> {
    /// Entities named beyond doubt, with how often.
    sure: FxHashMap<EntityId, u32>,
    /// States among them.
    states: Vec<EntityId>,
    /// How often the state named most is named.
    most: u32,
    date: Option<PartialDate>,
    signs: &'s Signs,
}

/// The names found at one place.
#[derive(Clone, Copy)]
pub(super) struct Spot<'c> {
    pub(super) span: Span,
    pub(super) candidates: &'c [Candidate],
}

impl Spot<'_> {
    /// What tells one surface from another: by which name, written how.
    pub(super) fn key(&self) -> (NameId, usize) {
        (self.candidates[0].name, self.candidates.len())
    }
}

type Choice = Option<(NameId, f32)>;

impl Resolver<'_> {
    /// One mention for each place where candidates stand, blockers included as mentions without an entity.
    pub(super) fn choose(
        &self,
        cut: &Cut<'_>,
        candidates: &[Candidate],
        mut trace: Option<&mut Trace>,
    ) -> Vec<Mention> {
        let mut sorted;
        let candidates = if candidates.is_sorted_by_key(|candidate| candidate.span) {
            candidates
        } else {
            sorted = candidates.to_vec();
            sorted.sort_unstable();
            &sorted
        };
        let spots: Vec<_> = candidates
            .chunk_by(|a, b| a.span == b.span)
            .map(|candidates| Spot { span: candidates[0].span, candidates })
            .collect();
        let signs = self.signs(cut, &spots);
        let setting = self.setting(cut, &spots, &signs);
        let cues = Cues::new(cut);
        let mut decided: FxHashMap<(NameId, usize), Choice> = FxHashMap::default();
        let mut mentions = Vec::with_capacity(spots.len());
        let mut inside = signs.longer.iter().peekable();
        for (index, spot) in spots.iter().enumerate() {
            let in_name = inside.next_if(|(at, _)| *at == index).map(|(_, name)| *name);
            let choice = if let Some(name) = self.combining(cut, spot) {
                Some((name, 0.95))
            } else if let Some(plain) = self.plain(spot, &setting) {
                plain
            } else if trace.is_some() {
                self.decide(cut, spot, &setting, &cues, trace.as_deref_mut())
            } else {
                *decided.entry(spot.key()).or_insert_with(|| self.decide(cut, spot, &setting, &cues, None))
            };
            mentions.extend(choice.map(|(name, score)| self.mention(cut, spot.span, name, score, in_name)));
        }
        mentions
    }

    fn mention(&self, cut: &Cut<'_>, span: Span, name: NameId, score: f32, in_name: Option<Span>) -> Mention {
        let name = self.gazetteer.name(name);
        Mention {
            span,
            kind: name.entity.map_or(Kind::Region, |entity| self.gazetteer.entity(entity).kind()),
            entity: name.entity,
            form: name.form,
            zone: cut.zones.at(span.start),
            score,
            in_name: in_name.filter(|_| name.entity.is_some()),
            title: None,
            introduced: None,
        }
    }

    /// The adjective in "Franco-German", which is nobody's name there.
    fn combining(&self, cut: &Cut<'_>, spot: &Spot<'_>) -> Option<NameId> {
        let after = cut.text.as_bytes().get(spot.span.end as usize).copied();
        if after.is_none_or(|byte| !matches!(byte, b'-' | b' ') && byte.is_ascii()) {
            return None;
        }
        // "Franco - German" in text cut into tokens
        let after = cut.text[spot.span.end as usize..].trim_start_matches(' ');
        let rest = after.trim_start_matches(is_hyphen);
        let joined = rest.len() < after.len() && rest.trim_start().starts_with(char::is_uppercase);
        let fits = |candidate: &&Candidate| {
            let name = self.gazetteer.name(candidate.name);
            joined && name.needs_context && name.form == Form::Adjective
        };
        spot.candidates.iter().find(fits).map(|candidate| candidate.name)
    }

    /// The choice where there is nothing to choose: one entity, by names that need no context and are in use.
    fn plain(&self, spot: &Spot<'_>, setting: &Setting<'_>) -> Option<Choice> {
        let names = || spot.candidates.iter().map(|candidate| self.gazetteer.name(candidate.name));
        let first = names().next()?.entity;
        let plain = names().all(|name| {
            name.entity == first
                && !name.needs_context
                && setting.date.is_none_or(|date| in_use(name, date))
                && !is_pointer(name)
        });
        if !plain || setting.signs.is_doubted(spot.key()) {
            return None;
        }
        let best = spot.candidates.iter().max_by_key(|candidate| rank(self.gazetteer.name(candidate.name)));
        Some(best.map(|found| (found.name, 0.99)))
    }

    fn setting<'s>(&self, cut: &Cut<'_>, spots: &[Spot<'_>], signs: &'s Signs) -> Setting<'s> {
        let mut sure: FxHashMap<EntityId, u32> = FxHashMap::default();
        for spot in spots {
            let names = || spot.candidates.iter().map(|candidate| self.gazetteer.name(candidate.name));
            let Some(first) = names().next().and_then(|name| name.entity) else { continue };
            if names().all(|name| name.entity == Some(first) && !name.needs_context)
                && !signs.is_doubted(spot.key())
            {
                *sure.entry(first).or_default() += 1;
            }
        }
        let is_state = |key: EntityId| self.gazetteer.entity(key).kind() == Kind::State;
        let mut states: Vec<_> = sure.keys().copied().filter(|&key| is_state(key)).collect();
        states.sort_unstable();
        let most = states.iter().filter_map(|state| sure.get(state)).max().copied().unwrap_or_default();
        Setting { sure, states, most, date: cut.document.date, signs }
    }

    /// The chosen name with its score; `None` where no entity is meant.
    fn decide(
        &self,
        cut: &Cut<'_>,
        spot: &Spot<'_>,
        setting: &Setting<'_>,
        cues: &Cues<'_>,
        trace: Option<&mut Trace>,
    ) -> Choice {
        let readings = self.readings.of(&fold(spot.span.of(cut.text)));
        let mut kept = trace.is_some().then(Vec::new);
        let mut sum = Sum::new(kept.as_mut());
        let has_readings = !readings.is_empty();
        self.readings.weigh(self.gazetteer, readings, None, cues, &mut sum);
        setting.signs.speak_against(spot.key(), &mut sum);
        let nothing = sum.points();
        let mut weighed = Vec::new();
        if let Some(evidence) = kept {
            weighed.push(Weighed { name: None, entity: None, weight: nothing, evidence });
        }
        let mut best = None;
        for candidate in spot.candidates {
            let name = self.gazetteer.name(candidate.name);
            let mut kept = trace.is_some().then(Vec::new);
            let mut sum = Sum::new(kept.as_mut());
            let used = setting.date.is_none_or(|date| in_use(name, date)) && !is_pointer(name);
            if used {
                if has_readings {
                    self.readings.weigh(self.gazetteer, readings, name.entity, cues, &mut sum);
                } else {
                    sum.add(default_prior(name), || Reason::Prior(name.form));
                }
                self.support(name, spot, setting, &mut sum);
            } else {
                sum.add(-9, || Reason::NameNotInUse);
            }
            let weight = sum.points();
            best = best
                .max(used.then(|| (weight, rank(name), std::cmp::Reverse(candidate.name.0), candidate.name)));
            weighed.extend(kept.map(|evidence| Weighed {
                name: Some(candidate.name),
                entity: name.entity,
                weight,
                evidence,
            }));
        }
        let choice = best.and_then(|(weight, _, _, name)| {
            let margin = weight - nothing;
            (margin > 0).then(|| (name, (0.5 + 0.1 * margin as f32).min(0.95)))
        });
        if let Some(trace) = trace {
            if choice.is_none() {
                trace.note(Step::Choice, spot.span, Outcome::NoEvidence);
            }
            trace.weighed(spot.span, weighed);
        }
        choice
    }

    /// What the document's date and its other names say for a name.
    fn support(&self, name: &Name, spot: &Spot<'_>, setting: &Setting<'_>, sum: &mut Sum<'_>) {
        let Some(key) = name.entity else { return sum.add(4, || Reason::Blocker) };
        let entity = self.gazetteer.entity(key);
        if let Some(date) = setting.date {
            if entity.existed().may_hold(date) {
                sum.add(1, || Reason::ExistsThen);
            } else {
                sum.add(-3, || Reason::GoneOrNotYet);
            }
            if !name.used.may_hold(date) && name.form != Form::Former {
                // Official names go with their time: there have been two Republics of China.
                sum.add(if name.form == Form::Official { -6 } else { -1 }, || Reason::NameNotInUse);
            }
        } else if entity.existed().to.is_some() {
            sum.add(-1, || Reason::NoDate);
        }
        if let Some(&times) = setting.sure.get(&key) {
            const OFTEN: u32 = 3;
            sum.add(4, || Reason::NamedElsewhere);
            if times >= OFTEN && times == setting.most {
                sum.add(1, || Reason::Dominant);
            }
        }
        match entity.kind() {
            Kind::State | Kind::Territory => setting.signs.speak_for(key, spot.key(), sum),
            Kind::Person => self.support_of_person(key, setting, sum),
            Kind::Organization | Kind::Treaty => self.support_of_members(key, setting, sum),
            Kind::Region => {}
        }
    }

    fn support_of_person(&self, key: EntityId, setting: &Setting<'_>, sum: &mut Sum<'_>) {
        let in_office = |date| self.gazetteer.tenures(key).any(|row| row.held.may_hold(date));
        if setting.date.is_some_and(in_office) {
            sum.add(1, || Reason::InOffice);
        }
        if self.gazetteer.tenures(key).any(|row| setting.sure.contains_key(&row.of)) {
            sum.add(2, || Reason::OfficeOfNamed);
        }
    }

    /// What the states named say for a body: how many of them belong to it.
    fn support_of_members(&self, key: EntityId, setting: &Setting<'_>, sum: &mut Sum<'_>) {
        if setting.states.is_empty() {
            return;
        }
        let belongs = |&&state: &&EntityId| {
            let mut rows = self.gazetteer.memberships_in(state, key);
            rows.any(|row| setting.date.is_none_or(|date| row.held.may_hold(date)))
        };
        let members = setting.states.iter().filter(belongs).count();
        let share = members as f32 / setting.states.len() as f32;
        let points = if share >= 0.75 { 2 } else { i32::from(share >= 0.4) };
        sum.add(points, || Reason::Members((share * 100.0) as u8));
    }
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}')
}

/// Whether a name only points back to its entity, which other steps see to.
fn is_pointer(name: &Name) -> bool {
    name.form == Form::Definite
}

/// How far a name that needs context, and for which there are no readings, is trusted.
fn default_prior(name: &Name) -> i32 {
    match (name.needs_context, name.form) {
        (false, _) => 3,
        (true, Form::Acronym) => -1,
        (true, Form::Name | Form::Adjective | Form::Official) => 1,
        (true, _) => 0,
    }
}

/// Among names of one entity the plainest counts; a blocker beats an entity of the same length.
fn rank(name: &Name) -> u8 {
    match name.form {
        _ if name.entity.is_none() => 9,
        Form::Name => 8,
        Form::Official => 7,
        Form::Acronym => 6,
        Form::Adjective => 5,
        Form::People => 4,
        Form::Former => 3,
        _ => 1,
    }
}

/// Whether a name may stand for its entity in a text of this date. One that came into use later does not; nor
/// does a place from which the state was governed once, while a former name goes on to be used.
fn in_use(name: &Name, date: PartialDate) -> bool {
    let is_place = matches!(name.form, Form::Capital | Form::Seat);
    let past = is_place && name.used.is_over(date);
    !past && !name.used.is_ahead(date)
}
