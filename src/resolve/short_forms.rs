//! Family names alone, after their bearer was named in full.

use rustc_hash::FxHashMap;

use super::{Cut, Mention, Resolver};
use crate::document::{Span, TokenKind, fold};
use crate::gazetteer::{EntityId, Form, Kind};
use crate::lexicon::{WordHash, hash_of};

/// Someone the document has introduced.
#[derive(Clone, Copy)]
struct Introduced {
    entity: Option<EntityId>,
    span: Span,
    score: f32,
}

/// The family names a document has introduced, by their hashes.
type Known = FxHashMap<WordHash, Introduced>;

impl Resolver<'_> {
    /// Adds a mention wherever a family name stands alone after its bearer was named in full. Mentions have to be
    /// sorted.
    pub(super) fn short_forms(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let mut known = Known::default();
        // A headline has the family name alone, and who it is only the text below tells.
        for person in mentions.iter().filter(|mention| is_introduction(mention)) {
            self.introduce(cut, person, &mut known, false);
        }
        if known.is_empty() {
            return;
        }
        let mut added = Vec::new();
        let mut next = 0;
        for (at, &token) in cut.tokens.iter().enumerate() {
            while let Some(person) = mentions.get(next).filter(|it| it.span.start <= token.span.start) {
                if is_introduction(person) {
                    self.introduce(cut, person, &mut known, true);
                }
                next += 1;
            }
            if token.kind != TokenKind::Capitalized {
                continue;
            }
            let Some(&person) = known.get(&cut.hashes[at]) else { continue };
            if token.span.overlaps(person.span) || self.is_part_of_name(cut, at) {
                continue;
            }
            let mention = short_form(cut, self.with_particle(cut, at, person), person);
            // A single name after a title may already stand there without its bearer.
            let here = mentions[..next].iter_mut().rev().take(4);
            match here.into_iter().find(|old| old.kind == Kind::Person && old.span.overlaps(mention.span)) {
                Some(old) if old.entity.is_none() && old.span == mention.span => {
                    *old = Mention { title: old.title, ..mention };
                }
                Some(_) => {}
                None => added.push(mention),
            }
        }
        mentions.append(&mut added);
    }

    /// "De Maizière" after "Thomas de Maizière" was named.
    fn with_particle(&self, cut: &Cut<'_>, at: usize, person: Introduced) -> Span {
        let span = cut.tokens[at].span;
        let Some(before) = at.checked_sub(1).filter(|before| cut.sentence_of(at).contains(before)) else {
            return span;
        };
        let mut words = person.span.of(cut.text).split_whitespace().rev();
        let same = words.nth(1).is_some_and(|word| word.eq_ignore_ascii_case(cut.word(before)));
        let particle = self.particles.longest(&cut.words[before..=before]).is_some();
        if same && particle { cut.tokens[before].span.to(span) } else { span }
    }

    fn introduce(&self, cut: &Cut<'_>, person: &Mention, known: &mut Known, again: bool) {
        let name = person.span.of(cut.text);
        let this = Introduced { entity: person.entity, span: person.span, score: person.score };
        if let Some(entity) = person.entity {
            let listed = self.gazetteer.names_of(entity).filter(|name| name.form == Form::Surname);
            for surname in listed.map(|name| self.gazetteer.surface(name)) {
                let known = known.entry(hash_of(&fold(surname))).or_insert(this);
                if again {
                    *known = this;
                }
            }
        }
        if let Some((_, last)) = name.rsplit_once(char::is_whitespace) {
            known.entry(hash_of(&fold(last))).or_insert(this);
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

fn is_introduction(mention: &Mention) -> bool {
    mention.kind == Kind::Person && mention.counts()
}

fn short_form(cut: &Cut<'_>, span: Span, person: Introduced) -> Mention {
    Mention {
        span,
        kind: Kind::Person,
        entity: person.entity,
        form: Form::Surname,
        zone: cut.zones.at(span.start),
        score: person.score * 0.98,
        in_name: None,
        title: None,
        introduced: Some(person.span),
    }
}
