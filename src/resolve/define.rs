//! Names a document defines itself: "the Collective Security Agreement (CSA)".

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind, Zone, fold, tokens};
use crate::gazetteer::{EntityId, Form, Gazetteer, Kind};

/// The words of the names of organisations and treaties, for linking names nobody has listed.
#[derive(Debug)]
pub(super) struct BodyNames {
    names: Vec<(EntityId, Vec<String>)>,
    heads: FxHashMap<String, Kind>,
}

/// A name the document defines.
struct Definition {
    long: Span,
    acronym: Span,
    kind: Kind,
    entity: Option<EntityId>,
    score: f32,
}

impl Resolver<'_> {
    /// Finds definitions and adds a mention for each place where what they define stands.
    pub(super) fn defined(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        for definition in self.definitions(cut, mentions) {
            let acronym = definition.acronym.of(cut.text).to_owned();
            let long = fold(definition.long.of(cut.text));
            // What else the acronym may mean no longer counts.
            mentions.retain(|mention| {
                mention.span.of(cut.text) != acronym || mention.span.start < definition.long.start
            });
            let lengths = [(definition.acronym, Form::Acronym), (definition.long, Form::Name)];
            for (defined, form) in lengths {
                let known = form == Form::Name && mentions.iter().any(|mention| mention.span == defined);
                if known {
                    continue;
                }
                let found = match form {
                    Form::Acronym => occurrences(cut, &acronym, definition.long.start),
                    _ => repetitions(cut, defined, &long),
                };
                mentions.extend(found.into_iter().map(|span| Mention {
                    span,
                    kind: definition.kind,
                    entity: definition.entity,
                    form,
                    zone: cut.zones.at(span.start),
                    score: definition.score,
                    in_name: None,
                    title: None,
                    introduced: Some(definition.long),
                }));
            }
        }
    }

    fn definitions(&self, cut: &Cut<'_>, mentions: &[Mention]) -> Vec<Definition> {
        static IN_BRACKETS: once_cell::sync::Lazy<Option<Regex>> =
            once_cell::sync::Lazy::new(|| Regex::new(r"\(\s*([A-Z][A-Za-z&-]{1,9})\s*\)").ok());
        let Some(in_brackets) = IN_BRACKETS.as_ref() else { return Vec::new() };
        let mut found: Vec<Definition> = Vec::new();
        for captures in in_brackets.captures_iter(cut.text) {
            let (Some(whole), Some(acronym)) = (captures.get(0), captures.get(1)) else { continue };
            let capitals = acronym.as_str().chars().filter(|c| c.is_ascii_uppercase()).count();
            if capitals < 2 || cut.zones.at(whole.start() as u32) == Zone::Furniture {
                continue;
            }
            let span = Span::new(acronym.start(), acronym.end());
            let definition = self.define(cut, mentions, whole.start(), span);
            found.extend(
                definition.filter(|new| {
                    !found.iter().any(|old| old.acronym.of(cut.text) == new.acronym.of(cut.text))
                }),
            );
        }
        found
    }

    fn define(
        &self,
        cut: &Cut<'_>,
        mentions: &[Mention],
        bracket: usize,
        acronym: Span,
    ) -> Option<Definition> {
        let before = cut.text[..bracket].trim_end().len() as u32;
        let listed = mentions.iter().find(|mention| {
            mention.span.end == before
                && matches!(mention.kind, Kind::Organization | Kind::Treaty)
                && mention.entity.is_some()
        });
        if let Some(&Mention { span, kind, entity, score, .. }) = listed {
            return Some(Definition { long: span, acronym, kind, entity, score });
        }
        let long = long_form(cut, bracket, acronym.of(cut.text))?;
        let words = content_words(long.of(cut.text));
        let bodies = self.bodies.get_or_init(|| BodyNames::new(self.gazetteer));
        let kind = words.iter().rev().find_map(|word| bodies.heads.get(word)).copied()?;
        let linked = self.link(cut, mentions, bodies, &words, kind);
        match linked {
            Some((entity, score)) => Some(Definition {
                long,
                acronym,
                kind: self.gazetteer.entity(entity).kind(),
                entity: Some(entity),
                score,
            }),
            // Of unknown bodies only treaties are surely between states.
            None => {
                (kind == Kind::Treaty).then_some(Definition { long, acronym, kind, entity: None, score: 0.6 })
            }
        }
    }

    /// The organisation or treaty a defined name most likely means: by its words, by the share of the
    /// document's states that belong to it, and by its dates.
    fn link(
        &self,
        cut: &Cut<'_>,
        mentions: &[Mention],
        bodies: &BodyNames,
        words: &[String],
        kind: Kind,
    ) -> Option<(EntityId, f32)> {
        const ENOUGH: f32 = 0.6;
        let content = |words: &[String]| -> FxHashSet<String> {
            words.iter().filter(|word| !bodies.heads.contains_key(*word)).cloned().collect()
        };
        let wanted = content(words);
        if wanted.is_empty() {
            return None;
        }
        let counted = mentions.iter().filter(|mention| mention.is_state() && mention.counts());
        let states: FxHashSet<_> = counted.filter_map(|mention| mention.entity).collect();
        let date = cut.document.date;
        let scored = bodies.names.iter().filter_map(|(entity, name)| {
            let known = content(name);
            let shared = wanted.intersection(&known).count() as f32;
            let overlap = shared / wanted.union(&known).count() as f32;
            if overlap < ENOUGH {
                return None;
            }
            let view = self.gazetteer.entity(*entity);
            if date.is_some_and(|date| !view.existed().may_hold(date)) {
                return None;
            }
            let belongs = |state: EntityId| {
                self.gazetteer
                    .memberships(state)
                    .any(|row| row.of == *entity && date.is_none_or(|date| row.held.may_hold(date)))
            };
            let members = states.iter().filter(|&&state| belongs(state)).count() as f32;
            let share = if states.is_empty() { 0.0 } else { members / states.len() as f32 };
            let same_kind = if view.kind() == kind { 0.2 } else { 0.0 };
            Some((0.5 * overlap + 0.3 * share + same_kind, *entity))
        });
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 > ENOUGH).then_some((best.1, best.0.min(0.97)))
    }
}

impl BodyNames {
    fn new(gazetteer: &Gazetteer) -> Self {
        let language = gazetteer.language();
        let heads = language.body_nouns.iter().map(|(noun, kind)| (noun.clone(), *kind)).collect();
        let full = |form| matches!(form, Form::Name | Form::Official | Form::Former);
        let names = gazetteer.names().filter_map(|(_, name)| {
            let entity = name.entity.filter(|_| full(name.form))?;
            let is_body = matches!(gazetteer.entity(entity).kind(), Kind::Organization | Kind::Treaty);
            is_body.then(|| (entity, content_words(gazetteer.surface(name))))
        });
        Self { names: names.collect(), heads }
    }
}

/// The capitalised words before the bracket whose initials make the acronym.
fn long_form(cut: &Cut<'_>, bracket: usize, acronym: &str) -> Option<Span> {
    let end = cut.token_at(bracket as u32);
    let sentence = cut.sentence_of(end);
    let mut letters: Vec<char> =
        acronym.chars().filter(|c| c.is_ascii_uppercase()).map(|c| c.to_ascii_lowercase()).collect();
    let mut start = None;
    for at in (sentence.start..end).rev() {
        let Some(&letter) = letters.last() else { break };
        let token = cut.tokens[at];
        let word = cut.word(at);
        let initial = fold(word).chars().next()?;
        match token.kind {
            TokenKind::Capitalized if initial == letter => {
                letters.pop();
                start = Some(at);
            }
            TokenKind::Capitalized => return None,
            // Small words between ("of", "and", "for") may or may not have a letter.
            TokenKind::Lower if start.is_some() && word.len() <= 5 => {
                if initial == letter && letters.len() > 1 && word.len() > 3 {
                    letters.pop();
                }
            }
            TokenKind::Mark if matches!(word, "-" | "&" | "‑") => {}
            _ => return None,
        }
    }
    let start = start.filter(|_| letters.is_empty())?;
    Some(cut.tokens[start].span.to(cut.tokens[end - 1].span))
}

/// Folded words of a name without the small ones.
fn content_words(name: &str) -> Vec<String> {
    const SMALL: usize = 3;
    let words = tokens(name, Span::new(0, name.len())).map(|token| fold(token.span.of(name)));
    words.filter(|word| word.len() > SMALL).collect()
}

/// The places from `from` on where `acronym` stands as a whole word.
fn occurrences(cut: &Cut<'_>, acronym: &str, from: u32) -> Vec<Span> {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let text = cut.text;
    let from = from as usize;
    let hits =
        text[from..].match_indices(acronym).map(|(at, _)| Span::new(from + at, from + at + acronym.len()));
    let whole = |span: &Span| {
        apart(text[..span.start as usize].chars().next_back())
            && apart(text[span.end as usize..].chars().next())
    };
    hits.filter(whole).collect()
}

/// The places where the long form stands, whatever the white space in it.
fn repetitions(cut: &Cut<'_>, long: Span, folded: &str) -> Vec<Span> {
    let count = tokens(cut.text, long).count();
    let first = cut.token_at(long.start);
    let windows = cut.tokens.get(first..).unwrap_or(&[]).windows(count.max(1));
    let spans = windows.map(|window| window[0].span.to(window[window.len() - 1].span));
    spans.filter(|span| span.len() >= long.len() / 2 && fold(span.of(cut.text)) == folded).collect()
}
