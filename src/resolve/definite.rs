//! Nouns that point back: "the alliance" after NATO was named, "the 27-nation group" after the EU.

use rustc_hash::FxHashMap;

use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind};
use crate::gazetteer::{Connector, EntityId, Form, Gazetteer, Kind, NameId, Sport};
use crate::lexicon::Lexicon;
use crate::phrases::Phrases;
use crate::scan::Candidate;

/// The nouns of organisations and treaties, as numbers.
#[derive(Debug, Default)]
pub(super) struct BodyNouns {
    nouns: Phrases<u32>,
    /// The nouns a body goes by.
    of: FxHashMap<EntityId, Vec<u32>>,
    /// What may stand before them.
    adjectives: Phrases<()>,
}

impl BodyNouns {
    /// Gathers the nouns from the gazetteer.
    pub(super) fn new(gazetteer: &Gazetteer, lexicon: &mut Lexicon) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let adjectives = Phrases::of(&gazetteer.language().body_adjectives, lexicon);
        let mut gathered = Self { adjectives, ..Self::default() };
        let bodies = gazetteer.entities().filter(|entity| is_body(entity.kind()));
        for (entity, noun) in bodies.flat_map(|entity| entity.words().map(move |noun| (entity.key(), noun))) {
            let next = numbers.len() as u32;
            let number = *numbers.entry(noun).or_insert_with(|| {
                gathered.nouns.insert(lexicon.intern_phrase(noun), next);
                next
            });
            gathered.of.entry(entity).or_default().push(number);
        }
        gathered
    }
}

/// A noun found.
struct Noun {
    span: Span,
    number: u32,
}

fn is_body(kind: Kind) -> bool {
    matches!(kind, Kind::Organization | Kind::Treaty)
}

impl Resolver<'_> {
    /// Adds a mention for each noun with an article that one of the bodies named before goes by; the one named
    /// last is meant.
    pub(super) fn definite(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let mut named =
            mentions.iter().filter(|mention| is_body(mention.kind) && mention.counts()).peekable();
        if named.peek().is_none() {
            return;
        }
        let mut taken = mentions.iter().peekable();
        let mut taken_to = 0;
        let mut last: FxHashMap<u32, Mention> = FxHashMap::default();
        let mut added = Vec::new();
        for (at, token) in cut.tokens.iter().enumerate().skip(1) {
            if self.titles.connector(cut.words[at - 1]) != Some(Connector::Definite) {
                continue;
            }
            let end = cut.sentence_of(at).end.max(at);
            let nouns = self.nouns_from(cut, at, end);
            if nouns.iter().all(Option::is_none) {
                continue;
            }
            while let Some(mention) = named.next_if(|mention| mention.span.end <= token.span.start) {
                let nouns = mention.entity.and_then(|entity| self.body_nouns.of.get(&entity));
                for &number in nouns.into_iter().flatten() {
                    last.insert(number, *mention);
                }
            }
            let goes_by = |noun: Noun| last.get(&noun.number).map(|meant| (noun.span, meant));
            let Some((span, meant)) = nouns.into_iter().flatten().find_map(goes_by) else { continue };
            while let Some(mention) = taken.next_if(|mention| mention.span.start < span.end) {
                taken_to = taken_to.max(mention.span.end);
            }
            if taken_to <= span.start {
                added.push(pointing(cut, span, meant));
            }
        }
        mentions.append(&mut added);
    }

    /// The nouns that may follow an article, with what may stand between: "the 27-nation group", "the regional
    /// bloc".
    fn nouns_from(&self, cut: &Cut<'_>, at: usize, end: usize) -> [Option<Noun>; 2] {
        let mut first = at;
        if cut.tokens[..end].get(at + 2).is_some_and(|token| token.kind == TokenKind::Lower)
            && cut.word(at + 1) == "-"
        {
            first += 3;
        }
        let noun = |first: usize| {
            let (length, &number) = self.body_nouns.nouns.longest(cut.words.get(first..end)?)?;
            let span = cut.tokens[first].span.to(cut.tokens[first + length - 1].span);
            Some(Noun { span, number })
        };
        let adjective = self.body_nouns.adjectives.longest(cut.words.get(first..end).unwrap_or_default());
        [noun(first), adjective.and_then(|(length, _)| noun(first + length))]
    }

    /// Names that stand for a body only where the text names it, and not as a place: "Europe wants …".
    pub(super) fn pointers(&self, cut: &Cut<'_>, candidates: &[Candidate], mentions: &mut Vec<Mention>) {
        let mut named: FxHashMap<EntityId, Option<Mention>> = FxHashMap::default();
        let mut added: Vec<Mention> = Vec::new();
        for candidate in candidates.iter().filter(|candidate| self.is_pointer(candidate.name)) {
            let Some(entity) = self.gazetteer.name(candidate.name).entity else { continue };
            let body = named.entry(entity).or_insert_with(|| {
                mentions.iter().find(|mention| mention.entity == Some(entity) && mention.counts()).copied()
            });
            let Some(body) = body else { continue };
            if self.stands_for_body(cut, candidate.span) {
                added.push(pointing(cut, candidate.span, body));
            }
        }
        mentions.append(&mut added);
    }

    fn is_pointer(&self, name: NameId) -> bool {
        self.gazetteer.name(name).form == Form::Definite
    }

    /// Whether neither a capitalised word stands beside it nor a word that stands before places.
    fn stands_for_body(&self, cut: &Cut<'_>, span: Span) -> bool {
        let first = cut.token_at(span.start);
        let sentence = cut.sentence_of(first);
        if !sentence.contains(&first) {
            return false;
        }
        let after = first + 1;
        let joined = |at: usize| {
            cut.tokens[..sentence.end].get(at).is_some_and(|token| match token.kind {
                TokenKind::Mark => cut.word(at) == "-",
                TokenKind::Capitalized | TokenKind::Number => true,
                _ => false,
            })
        };
        let is_place = first.checked_sub(1).filter(|&at| at >= sentence.start).is_some_and(|at| {
            let connects = self.titles.joins_title(cut.words[at]);
            let word = cut.words.get(at..at + 1).unwrap_or_default();
            connects || joined(at) || self.sport.matches(word).any(|(_, role)| *role == Sport::Place)
        });
        !is_place && !joined(after)
    }
}

/// A mention that points back to another.
fn pointing(cut: &Cut<'_>, span: Span, meant: &Mention) -> Mention {
    Mention {
        span,
        form: Form::Definite,
        zone: cut.zones.at(span.start),
        score: meant.score * 0.85,
        title: None,
        introduced: Some(meant.span),
        ..*meant
    }
}
