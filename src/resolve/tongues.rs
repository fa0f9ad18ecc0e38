//! Languages: "he wrote in French" names no state.

use super::{Cut, Mention, Resolver};
use crate::document::TokenKind;
use crate::gazetteer::{Form, Tongue};
use crate::phrases::Phrases;

/// The words by which a language is told.
pub(super) type TongueWords = Phrases<Tongue>;

impl Resolver<'_> {
    /// Takes out adjectives that name a language, alone or in a list of languages.
    pub(super) fn tongues(&self, cut: &Cut<'_>, mentions: &mut Vec<Mention>) {
        let mut last_end = None;
        mentions.retain(|mention| {
            if mention.form != Form::Adjective || mention.in_name.is_some() {
                return true;
            }
            let (first, after) = (cut.token_at(mention.span.start), cut.token_at(mention.span.end));
            let before = first.checked_sub(1);
            // "in English, French and Russian"
            let goes_on = before.is_some_and(|at| {
                let other = at.checked_sub(1).is_some_and(|at| self.tongue(cut, at, Tongue::Name));
                let listed = cut.word(at) == "," || self.tongue(cut, at, Tongue::After);
                listed && (other || Some(at) == last_end)
            });
            let told = goes_on || before.is_some_and(|at| self.tongue(cut, at, Tongue::Before));
            let is_tongue =
                told && self.stands_by_itself(cut, after) || self.tongue(cut, after, Tongue::Noun);
            if is_tongue {
                last_end = Some(after);
            }
            !is_tongue
        });
    }

    /// Whether no noun follows that an adjective could belong to.
    fn stands_by_itself(&self, cut: &Cut<'_>, after: usize) -> bool {
        let next = cut.tokens.get(after).filter(|_| !cut.sentence_of(after).is_empty());
        next.is_none_or(|next| match next.kind {
            TokenKind::Mark => next.span.of(cut.text) != "-",
            TokenKind::Lower => self.tongue(cut, after, Tongue::After),
            _ => false,
        })
    }

    fn tongue(&self, cut: &Cut<'_>, at: usize, role: Tongue) -> bool {
        let words = cut.words.get(at..at + 1).unwrap_or_default();
        self.tongues.matches(words).any(|(_, found)| *found == role)
    }
}
