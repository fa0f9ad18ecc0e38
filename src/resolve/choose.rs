//! Choosing: which entity, if any, the names found at one place mean.

use rustc_hash::{FxHashMap, FxHashSet};

use super::reading::Cues;
use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind, fold};
use crate::gazetteer::{EntityId, Form, Kind, Name, PartialDate};
use crate::scan::Candidate;

/// What the document tells about its entities before anything ambiguous is decided.
struct Evidence {
    /// Entities named beyond doubt.
    sure: FxHashSet<EntityId>,
    /// States among them.
    states: Vec<EntityId>,
    date: Option<PartialDate>,
}

/// The names found at one place.
struct Spot<'c> {
    span: Span,
    candidates: &'c [Candidate],
}

impl Resolver<'_> {
    /// One mention for each place where candidates stand, blockers included as mentions without an entity.
    pub(super) fn choose(&self, cut: &Cut<'_>, candidates: &[Candidate]) -> Vec<Mention> {
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
        let evidence = self.evidence(cut, &spots);
        let cues = Cues::new(cut);
        let mut decided = FxHashMap::default();
        let mut mentions = Vec::with_capacity(spots.len());
        for spot in &spots {
            let surface = spot.span.of(cut.text);
            if let Some(name) = self.combining(cut, spot) {
                mentions.extend(self.mention(cut, spot.span, name, 0.95));
                continue;
            }
            let choice = match decided.get(surface) {
                Some(&choice) => choice,
                None => {
                    let choice = self.decide(spot, surface, &evidence, &cues);
                    decided.insert(surface, choice);
                    choice
                }
            };
            if let Some((name, score)) = choice {
                let name = self.gazetteer.name(crate::gazetteer::NameId(name));
                mentions.extend(self.mention(cut, spot.span, name, score));
            }
        }
        mentions
    }

    fn mention(&self, cut: &Cut<'_>, span: Span, name: &Name, score: f32) -> Option<Mention> {
        let kind = name.entity.map_or(Kind::Region, |entity| self.gazetteer.entity(entity).kind());
        let in_name =
            if name.needs_context && name.form == Form::Name { self.person_around(cut, span) } else { None };
        let zone = cut.zones.at(span.start);
        Some(Mention {
            span,
            kind,
            entity: name.entity,
            form: name.form,
            zone,
            score,
            in_name,
            title: None,
            introduced: None,
        })
    }

    /// The adjective in "Franco-German", which is nobody's name there.
    fn combining(&self, cut: &Cut<'_>, spot: &Spot<'_>) -> Option<&Name> {
        let mut after = cut.text[spot.span.end as usize..].chars();
        let joined = matches!(after.next(), Some('-' | '\u{2010}' | '\u{2011}'))
            && after.next().is_some_and(char::is_uppercase);
        let names = spot.candidates.iter().map(|candidate| self.gazetteer.name(candidate.name));
        names.filter(|name| joined && name.needs_context).find(|name| name.form == Form::Adjective)
    }

    /// The person's name that a surface is the last part of, known by a given name before it.
    fn person_around(&self, cut: &Cut<'_>, span: Span) -> Option<Span> {
        let at = cut.token_at(span.start);
        let before = at.checked_sub(1).map(|before| cut.tokens[before])?;
        // A word that the name begins within, as in "x.Guam", stands not before it.
        let between = cut.text.get(before.span.end as usize..span.start as usize);
        let joined = between.is_some_and(|between| between.chars().all(char::is_whitespace));
        let given = before.kind == TokenKind::Capitalized
            && self.given_names().contains(&fold(before.span.of(cut.text)));
        (joined && given).then(|| before.span.to(span))
    }

    /// The given names of the persons the gazetteer knows.
    pub(super) fn given_names(&self) -> &FxHashSet<String> {
        self.given_names.get_or_init(|| {
            let persons = self.gazetteer.entities().filter(|entity| entity.kind() == Kind::Person);
            persons.filter_map(|person| person.name().split_once(' ')).map(|(given, _)| fold(given)).collect()
        })
    }

    fn evidence(&self, cut: &Cut<'_>, spots: &[Spot<'_>]) -> Evidence {
        let mut sure = FxHashSet::default();
        for spot in spots {
            let names = || spot.candidates.iter().map(|candidate| self.gazetteer.name(candidate.name));
            let mut entities = names().filter_map(|name| name.entity);
            let Some(first) = entities.next() else { continue };
            if entities.all(|entity| entity == first)
                && names().all(|name| !name.needs_context && name.entity.is_some())
            {
                sure.insert(first);
            }
        }
        let states =
            sure.iter().copied().filter(|&key| self.gazetteer.entity(key).kind() == Kind::State).collect();
        Evidence { sure, states, date: cut.document.date }
    }

    /// The place of the chosen name in the gazetteer with its score; `None` where no entity is meant.
    fn decide(
        &self,
        spot: &Spot<'_>,
        surface: &str,
        evidence: &Evidence,
        cues: &Cues<'_>,
    ) -> Option<(u32, f32)> {
        let name = |candidate: &Candidate| self.gazetteer.name(candidate.name);
        let in_use = |candidate: &Candidate| evidence.date.is_none_or(|date| in_use(name(candidate), date));
        let candidates: Vec<_> = spot.candidates.iter().copied().filter(in_use).collect();
        let spot = &Spot { span: spot.span, candidates: &candidates };
        let ambiguous = spot.candidates.iter().any(|candidate| name(candidate).needs_context)
            || spot.candidates.windows(2).any(|pair| name(&pair[0]).entity != name(&pair[1]).entity);
        if !ambiguous {
            return spot
                .candidates
                .iter()
                .max_by_key(|&candidate| rank(name(candidate)))
                .map(|found| (found.name.0, 0.99));
        }
        let readings = self.readings.weigh(&fold(surface), cues);
        let nothing = readings.iter().find(|(entity, _)| entity.is_none()).map_or(0, |(_, weight)| *weight);
        let best = spot.candidates.iter().map(|candidate| {
            let name = name(candidate);
            let read = readings.iter().find(|(entity, _)| *entity == name.entity && entity.is_some());
            let prior =
                read.map_or(if readings.is_empty() { default_prior(name) } else { 0 }, |(_, weight)| *weight);
            (prior + self.support(name, evidence), rank(name), std::cmp::Reverse(candidate.name.0))
        });
        let (weight, _, std::cmp::Reverse(found)) = best.max()?;
        let margin = weight - nothing;
        (margin > 0).then(|| (found, (0.5 + 0.1 * margin as f32).min(0.95)))
    }

    /// What the document's date and its other names say for a name.
    fn support(&self, name: &Name, evidence: &Evidence) -> i32 {
        let Some(key) = name.entity else { return 4 };
        let entity = self.gazetteer.entity(key);
        let mut support = 0;
        if let Some(date) = evidence.date {
            let fits = entity.existed().may_hold(date);
            let used = name.used.may_hold(date) || name.form == Form::Former;
            support += if fits { 1 } else { -3 } + if used { 0 } else { -1 };
        } else if entity.existed().to.is_some() {
            support -= 1;
        }
        if evidence.sure.contains(&key) {
            support += 4;
        }
        if entity.kind() == Kind::Person {
            let mut tenures = self.gazetteer.tenures(key);
            support += i32::from(
                evidence
                    .date
                    .is_some_and(|date| self.gazetteer.tenures(key).any(|row| row.held.may_hold(date))),
            );
            support += 2 * i32::from(tenures.any(|row| evidence.sure.contains(&row.of)));
        }
        if matches!(entity.kind(), Kind::Organization | Kind::Treaty) && !evidence.states.is_empty() {
            let members = evidence.states.iter().filter(|&&state| {
                self.gazetteer
                    .memberships_in(state, key)
                    .any(|row| evidence.date.is_none_or(|date| row.held.may_hold(date)))
            });
            let share = members.count() as f32 / evidence.states.len() as f32;
            support += if share >= 0.75 { 2 } else { i32::from(share >= 0.4) };
        }
        support
    }
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
