//! Nouns that point back: "the alliance" after NATO was named.

use super::{Cut, Mention, Resolver};
use crate::gazetteer::{Connector, EntityId, Form, Kind};
use crate::lexicon::Lexicon;
use crate::phrases::Phrases;

/// The nouns of organisations and treaties, each with all that go by it.
pub(super) type BodyNouns = Phrases<EntityId>;

/// Gathers the nouns from the gazetteer.
pub(super) fn body_nouns(gazetteer: &crate::Gazetteer, lexicon: &mut Lexicon) -> BodyNouns {
    let mut nouns = BodyNouns::default();
    for entity in
        gazetteer.entities().filter(|entity| matches!(entity.kind(), Kind::Organization | Kind::Treaty))
    {
        for noun in entity.words() {
            nouns.insert(lexicon.intern_phrase(noun), entity.key());
        }
    }
    nouns
}

impl Resolver<'_> {
    /// Adds a mention for each noun with an article that one of the bodies named before goes by; the one named
    /// last is meant.
    pub(super) fn definite(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let named: Vec<Mention> = mentions
            .iter()
            .filter(|mention| matches!(mention.kind, Kind::Organization | Kind::Treaty) && mention.counts())
            .copied()
            .collect();
        if named.is_empty() {
            return;
        }
        for at in 1..cut.tokens.len() {
            if self.titles.connector(cut.words[at - 1]) != Some(Connector::Definite) {
                continue;
            }
            let words = &cut.words[at..cut.sentence_of(at).end.max(at)];
            let Some((length, _)) = self.body_nouns.longest(words) else { continue };
            let span = cut.tokens[at].span.to(cut.tokens[at + length - 1].span);
            let goes_by = |mention: &&Mention| {
                let same = self.body_nouns.matches(words).filter(|(found, _)| *found == length);
                mention.span.end <= span.start
                    && same.into_iter().any(|(_, &entity)| mention.entity == Some(entity))
            };
            let covered = mentions.iter().any(|mention| mention.span.overlaps(span));
            if let Some(meant) = named.iter().rev().find(goes_by).filter(|_| !covered) {
                let score = meant.score * 0.85;
                let zone = cut.zones.at(span.start);
                mentions.push(Mention {
                    span,
                    form: Form::Definite,
                    zone,
                    score,
                    introduced: Some(meant.span),
                    ..*meant
                });
            }
        }
    }
}
