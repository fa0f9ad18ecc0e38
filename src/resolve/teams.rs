//! National teams: "Brazil beat Chile 2-0" is of two teams, "in Brazil" of a state.
//!
//! Only documents about sport are looked at. There a state's name is its team, unless it tells where
//! something is or where somebody comes from.

use super::choose::is_hyphen;
use super::{Cut, Mention, Resolver};
use crate::document::TokenKind;
use crate::gazetteer::{Connector, Form, Sport};
use crate::phrases::Phrases;

/// The words of sport.
pub(super) type SportWords = Phrases<Sport>;

/// How many different words of sport make a document one about sport, if a word of it in `SHARE` is one.
const WORDS: usize = 4;
/// One word of sport in this many.
const SHARE: usize = 45;

impl Resolver<'_> {
    /// Marks the mentions of states that mean their teams.
    pub(super) fn teams(&self, cut: &Cut<'_>, mentions: &mut [Mention]) {
        if !mentions.iter().any(Mention::is_state) || !self.is_about_sport(cut) {
            return;
        }
        for mention in mentions.iter_mut().filter(|mention| mention.is_state() && mention.in_name.is_none()) {
            let (first, last) = (cut.token_at(mention.span.start), cut.token_at(mention.span.end));
            let team = match mention.form {
                Form::Adjective | Form::People => {
                    self.sport_role(cut, last, Sport::Side)
                        || self.is_whole_people(cut, first, last, mention.form)
                }
                // "the U.S. captain": used as an adjective
                Form::Acronym if cut.tokens.get(last).is_some_and(|token| token.kind == TokenKind::Lower) => {
                    self.sport_role(cut, last, Sport::Side)
                }
                Form::Name | Form::Acronym | Form::Official | Form::Former => self.is_team(cut, first, last),
                _ => false,
            };
            if team {
                mention.form = Form::Team;
            }
        }
    }

    /// Whether a document is about sport and tells results or fixtures.
    fn is_about_sport(&self, cut: &Cut<'_>) -> bool {
        let enough = WORDS.min(2 + cut.tokens.len() / 40);
        let (mut hits, mut different) = (0, Vec::with_capacity(enough));
        let mut results = false;
        for range in &cut.ranges {
            for at in range.clone() {
                results = results || is_score(cut, at);
                if !self.sport.begins(cut.words[at]) {
                    continue;
                }
                match self.sport.longest(&cut.words[at..range.end]) {
                    Some((_, Sport::Game | Sport::Event | Sport::Play)) => {
                        hits += 1;
                        // "SOCCER - ..." says at once what the text is about.
                        results |= range.start == 0 && (is_shouted(cut, range) || at == 0 && is_slug(cut));
                        if different.len() < enough && !different.contains(&cut.words[at]) {
                            different.push(cut.words[at]);
                        }
                    }
                    Some((_, Sport::Versus)) => results = true,
                    _ => {}
                }
            }
        }
        results && different.len() >= enough && hits * SHARE >= cut.tokens.len()
    }

    /// Whether a people's name means a team: "surprised the Mexicans", "the Irish, under a new manager".
    fn is_whole_people(&self, cut: &Cut<'_>, first: usize, last: usize, form: Form) -> bool {
        let sentence = cut.sentence_of(first);
        let before = first.checked_sub(1).filter(|&at| at >= sentence.start);
        let definite =
            before.is_some_and(|at| self.titles.connector(cut.words[at]) == Some(Connector::Definite));
        let plural = form == Form::People && self.sport_role(cut, first, Sport::Plural)
            || self.sport_role(cut, first, Sport::Collective);
        let does = last >= sentence.end
            || match cut.tokens[last].kind {
                TokenKind::Mark => cut.word(last) != "-",
                TokenKind::Possessive => true,
                _ => self.sport_role(cut, last, Sport::Does),
            };
        let headline = is_shouted(cut, &sentence) && self.sport_role(cut, last, Sport::Does);
        plural && does && (definite || headline)
    }

    /// Whether a name from token `first` to before `last` is that of a team.
    fn is_team(&self, cut: &Cut<'_>, first: usize, last: usize) -> bool {
        let before = first.checked_sub(1);
        let kind = |at: usize| cut.tokens.get(at).map(|token| token.kind);
        // "(Brazil)" after a person's name: where they come from.
        let bracketed = before.is_some_and(|at| cut.word(at) == "(");
        let somewhere = before.is_some_and(|at| self.sport_role(cut, at, Sport::Place));
        // "in the Netherlands"
        let in_the = before
            .filter(|&at| self.titles.joins_title(cut.words[at]))
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| self.sport_role(cut, at, Sport::Place));
        // "India's Leander Paes", "Peru's football federation", but "Belgium's second goal"
        let of_another = kind(last) == Some(TokenKind::Possessive)
            && (kind(last + 1) == Some(TokenKind::Capitalized)
                || self.sport_role(cut, last + 1, Sport::Game));
        // "HONG KONG 1996-08-31"
        let dateline = kind(last) == Some(TokenKind::Number)
            && cut.tokens[last].span.len() == 4
            && before.is_none_or(|at| {
                cut.text[cut.tokens[at].span.end as usize..cut.tokens[first].span.start as usize]
                    .contains('\n')
            });
        // "La Coruña, Spain"
        let after_place = before.is_some_and(|at| {
            cut.word(at) == ","
                && at.checked_sub(1).is_some_and(|at| kind(at) == Some(TokenKind::Capitalized))
        });
        !(bracketed || somewhere || in_the || of_another || after_place || dateline)
    }

    fn sport_role(&self, cut: &Cut<'_>, at: usize, role: Sport) -> bool {
        let end = cut.sentence_of(at).end.max(at);
        self.sport.matches(&cut.words[at.min(cut.words.len())..end]).any(|(_, found)| *found == role)
    }
}

/// Whether a score stands at a token: "2-1", "11 - 1".
fn is_score(cut: &Cut<'_>, at: usize) -> bool {
    const LONGEST: usize = 3;
    let points = |at: usize| {
        cut.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && token.span.len() <= LONGEST)
    };
    points(at) && points(at + 2) && cut.word(at + 1).chars().all(is_hyphen)
}

/// Whether a text begins with a word and a dash: "Soccer - ...".
fn is_slug(cut: &Cut<'_>) -> bool {
    cut.tokens.len() > 1 && cut.word(1).chars().all(is_hyphen)
}

/// Whether a sentence is all in capitals.
fn is_shouted(cut: &Cut<'_>, sentence: &std::ops::Range<usize>) -> bool {
    !sentence.is_empty() && sentence.clone().all(|at| !cut.word(at).contains(char::is_lowercase))
}
