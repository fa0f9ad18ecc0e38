//! Names a document defines itself: "the Collective Security Agreement (CSA)".

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind, Zone, fold, tokens};
use crate::gazetteer::{EntityId, Form, Gazetteer, Kind};

/// More definitions than any article has; the rest of a text with more is left as it is.
const MOST: usize = 256;

/// The words of the names of organisations and treaties, for linking names nobody has listed.
#[derive(Debug)]
pub(super) struct BodyNames {
    /// Each name's entity, with the number of words that tell it from others.
    names: Vec<(EntityId, usize)>,
    /// The names in which a word is.
    by_word: FxHashMap<String, Vec<u32>>,
    heads: FxHashMap<String, Kind>,
}

/// A name the document defines.
struct Definition {
    long: Span,
    acronym: Span,
    meant: Option<Meant>,
}

/// What it stands for, where that is between states.
#[derive(Clone, Copy)]
struct Meant {
    kind: Kind,
    entity: Option<EntityId>,
    score: f32,
}

/// Definitions by what they define, as it is written.
struct Defined<'t> {
    definitions: Vec<Definition>,
    acronyms: FxHashMap<&'t str, usize>,
    /// By the first word of the long name.
    long: FxHashMap<&'t str, Vec<usize>>,
}

impl Resolver<'_> {
    /// Finds definitions and adds a mention for each place where what they define stands. A state in a long
    /// name of something else, as in "Iranian Students News Agency (ISNA)", lies in that name.
    pub(super) fn defined(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let defined = self.definitions(cut, mentions);
        if defined.definitions.is_empty() {
            return;
        }
        // What else the acronym may mean no longer counts.
        mentions.retain(|mention| {
            let known = defined.acronyms.get(mention.span.of(cut.text)).map(|&at| &defined.definitions[at]);
            known.is_none_or(|known| known.meant.is_none() || mention.span.start < known.long.start)
        });
        let listed: FxHashSet<Span> = mentions.iter().map(|mention| mention.span).collect();
        let mut names = Vec::new();
        for at in 0..cut.tokens.len() {
            for (span, index, form) in defined.at(cut, at) {
                let definition = &defined.definitions[index];
                match definition.meant {
                    Some(meant) if form == Form::Acronym || !listed.contains(&span) => {
                        mentions.push(defined_mention(cut, span, form, definition.long, meant));
                    }
                    None if form == Form::Name => names.push(span),
                    _ => {}
                }
            }
        }
        mark(&names, mentions);
    }

    fn definitions<'t>(&self, cut: &Cut<'t>, mentions: &[Mention]) -> Defined<'t> {
        static IN_BRACKETS: once_cell::sync::Lazy<Option<Regex>> =
            once_cell::sync::Lazy::new(|| Regex::new(r"\(\s*([A-Z][A-Za-z&-]{1,9})\s*\)").ok());
        let mut defined =
            Defined { definitions: Vec::new(), acronyms: FxHashMap::default(), long: FxHashMap::default() };
        let Some(in_brackets) = IN_BRACKETS.as_ref() else { return defined };
        let mut states = None;
        for captures in in_brackets.captures_iter(cut.text) {
            let (Some(whole), Some(acronym)) = (captures.get(0), captures.get(1)) else { continue };
            let capitals = acronym.as_str().chars().filter(|c| c.is_ascii_uppercase()).count();
            if capitals < 2
                || cut.zones.at(whole.start() as u32) == Zone::Furniture
                || defined.acronyms.contains_key(acronym.as_str())
            {
                continue;
            }
            let states = states.get_or_insert_with(|| states_of(mentions));
            let span = Span::new(acronym.start(), acronym.end());
            if let Some(definition) = self.define(cut, mentions, states, whole.start(), span) {
                defined.add(cut, definition);
            }
            if defined.definitions.len() == MOST {
                break;
            }
        }
        defined
    }

    fn define(
        &self,
        cut: &Cut<'_>,
        mentions: &[Mention],
        states: &FxHashSet<EntityId>,
        bracket: usize,
        acronym: Span,
    ) -> Option<Definition> {
        const NEAR: usize = 8;
        let before = cut.text[..bracket].trim_end().len() as u32;
        let after = mentions.partition_point(|mention| mention.span.start < before);
        let ends_here = |mention: &&Mention| mention.span.end == before && mention.entity.is_some();
        let ending = || mentions[..after].iter().rev().take(NEAR).filter(ends_here);
        let listed = ending().rfind(|mention| matches!(mention.kind, Kind::Organization | Kind::Treaty));
        if let Some(&Mention { span, kind, entity, score, .. }) = listed {
            return Some(Definition { long: span, acronym, meant: Some(Meant { kind, entity, score }) });
        }
        let long = long_form(cut, bracket, acronym.of(cut.text))?;
        if ending().any(|mention| mention.span.contains(long)) {
            return None;
        }
        let words = content_words(long.of(cut.text));
        let bodies = self.bodies.get_or_init(|| BodyNames::new(self.gazetteer));
        let kind = words.iter().rev().find_map(|word| bodies.heads.get(word)).copied();
        let linked = kind.and_then(|kind| self.link(cut, states, bodies, &words, kind));
        let meant = match linked {
            Some((entity, score)) => {
                Some(Meant { kind: self.gazetteer.entity(entity).kind(), entity: Some(entity), score })
            }
            // Of unknown bodies only treaties are surely between states.
            None => {
                kind.filter(|&kind| kind == Kind::Treaty).map(|kind| Meant { kind, entity: None, score: 0.6 })
            }
        };
        Some(Definition { long, acronym, meant })
    }

    /// The organisation or treaty a defined name most likely means: by its words, by the share of the
    /// document's states that belong to it, and by its dates.
    fn link(
        &self,
        cut: &Cut<'_>,
        states: &FxHashSet<EntityId>,
        bodies: &BodyNames,
        words: &[String],
        kind: Kind,
    ) -> Option<(EntityId, f32)> {
        const ENOUGH: f32 = 0.6;
        let wanted: FxHashSet<&String> =
            words.iter().filter(|word| !bodies.heads.contains_key(*word)).collect();
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for &name in wanted.iter().filter_map(|word| bodies.by_word.get(*word)).flatten() {
            *shared.entry(name).or_default() += 1;
        }
        let date = cut.document.date;
        let scored = shared.into_iter().filter_map(|(name, shared)| {
            let (entity, known) = bodies.names[name as usize];
            let overlap = shared as f32 / (wanted.len() + known - shared) as f32;
            let view = self.gazetteer.entity(entity);
            if overlap < ENOUGH || date.is_some_and(|date| !view.existed().may_hold(date)) {
                return None;
            }
            let belongs = |state: EntityId| {
                let mut rows = self.gazetteer.memberships_in(state, entity);
                rows.any(|row| date.is_none_or(|date| row.held.may_hold(date)))
            };
            let members = states.iter().filter(|&&state| belongs(state)).count() as f32;
            let share = if states.is_empty() { 0.0 } else { members / states.len() as f32 };
            let same_kind = if view.kind() == kind { 0.2 } else { 0.0 };
            Some((0.5 * overlap + 0.3 * share + same_kind, entity))
        });
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 > ENOUGH).then_some((best.1, best.0.min(0.97)))
    }
}

impl<'t> Defined<'t> {
    fn add(&mut self, cut: &Cut<'t>, definition: Definition) {
        let at = self.definitions.len();
        let first = cut.token_at(definition.long.start);
        if let Some(token) = cut.tokens.get(first) {
            self.long.entry(token.span.of(cut.text)).or_default().push(at);
        }
        self.acronyms.insert(definition.acronym.of(cut.text), at);
        self.definitions.push(definition);
    }

    /// What stands at a token of what is defined, from the definition on.
    fn at<'a>(&'a self, cut: &'a Cut<'t>, at: usize) -> impl Iterator<Item = (Span, usize, Form)> + 'a {
        let token = cut.tokens[at];
        let word = Some(token.span.of(cut.text)).filter(|_| token.kind == TokenKind::Capitalized);
        let text = cut.text;
        let later = move |index: &usize| token.span.start >= self.definitions[*index].long.start;
        // An acronym with a hyphen or "&" is several tokens.
        let joined = word.map(|_| joined_word(text, token.span)).filter(|span| span.len() > 1);
        let acronym = joined.and_then(|span| Some((span, *self.acronyms.get(span.of(text))?)));
        let long = word.and_then(|word| self.long.get(word)).into_iter().flatten().copied();
        let tokens = &cut.tokens[at..];
        let long = long.filter(later).filter_map(move |index| {
            let defined = self.definitions[index].long;
            let end = same_words(text, defined, tokens)?;
            Some((Span::new(token.span.start as usize, end as usize), index, Form::Name))
        });
        let acronym = acronym.into_iter().filter(move |(_, index)| later(index));
        acronym.map(|(span, index)| (span, index, Form::Acronym)).chain(long)
    }
}

/// Where the words of `defined` end if they are those that `tokens` begins with.
fn same_words(text: &str, defined: Span, found: &[crate::document::Token]) -> Option<u32> {
    let mut end = None;
    let mut found = found.iter();
    for wanted in tokens(text, defined) {
        let token = found.next()?;
        if token.span.of(text) != wanted.span.of(text) {
            return None;
        }
        end = Some(token.span.end);
    }
    end
}

/// A word with what hyphens and "&" join to it.
fn joined_word(text: &str, span: Span) -> Span {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'&');
    let bytes = text.as_bytes();
    let goes_on = bytes.get(span.end as usize).is_some_and(|b| matches!(b, b'-' | b'&'));
    let begun = span.start.checked_sub(1).is_some_and(|at| part(&bytes[at as usize]));
    const LONGEST: usize = 12;
    let mut end = span.end as usize;
    if goes_on {
        let more = bytes[end..].iter().take(LONGEST).take_while(|b| part(b)).count();
        // "CSTO-led" is the acronym and a word.
        let joined = Span::new(span.start as usize, end + more);
        let is_acronym = !joined.of(text).contains(|c: char| c.is_lowercase());
        end += if is_acronym { more } else { 0 };
    }
    if begun {
        Span::new(span.start as usize, span.start as usize)
    } else {
        Span::new(span.start as usize, end)
    }
}

fn defined_mention(cut: &Cut<'_>, span: Span, form: Form, long: Span, meant: Meant) -> Mention {
    Mention {
        span,
        kind: meant.kind,
        entity: meant.entity,
        form,
        zone: cut.zones.at(span.start),
        score: meant.score,
        in_name: None,
        title: None,
        introduced: Some(long),
    }
}

/// Marks what lies in longer names, which stand in order.
fn mark(names: &[Span], mentions: &mut [Mention]) {
    if names.is_empty() {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| mention.is_state() && mention.in_name.is_none()) {
        let after = names.partition_point(|name| name.start <= mention.span.start);
        let around = after.checked_sub(1).map(|at| names[at]);
        mention.in_name = around.filter(|name| name.contains(mention.span) && *name != mention.span);
    }
}

fn states_of(mentions: &[Mention]) -> FxHashSet<EntityId> {
    let counted = mentions.iter().filter(|mention| mention.is_state() && mention.counts());
    counted.filter_map(|mention| mention.entity).collect()
}

impl BodyNames {
    fn new(gazetteer: &Gazetteer) -> Self {
        let language = gazetteer.language();
        let heads: FxHashMap<_, _> =
            language.body_nouns.iter().map(|(noun, kind)| (noun.clone(), *kind)).collect();
        let full = |form| matches!(form, Form::Name | Form::Official | Form::Former);
        let (mut names, mut by_word) = (Vec::new(), FxHashMap::<String, Vec<u32>>::default());
        for (_, name) in gazetteer.names() {
            let Some(entity) = name.entity.filter(|_| full(name.form)) else { continue };
            if !matches!(gazetteer.entity(entity).kind(), Kind::Organization | Kind::Treaty) {
                continue;
            }
            let mut words = content_words(gazetteer.surface(name));
            words.retain(|word| !heads.contains_key(word));
            words.sort_unstable();
            words.dedup();
            let at = names.len() as u32;
            names.push((entity, words.len()));
            for word in words {
                by_word.entry(word).or_default().push(at);
            }
        }
        Self { names, by_word, heads }
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
