//! Which date of a sentence belongs to what is said.

use super::item::{ClauseWords, ItemKind, Items};
use super::time::{Bound, When};

/// How far after the words of a match its date may stand, in items.
const AFTER: usize = 10;

/// Looks for dates around a match.
pub(super) struct Dating<'i> {
    pub(super) items: &'i Items,
    pub(super) words: &'i ClauseWords,
    /// The first item of the match.
    pub(super) start: usize,
    /// What carries the assertion.
    pub(super) trigger: usize,
    /// One past the last item.
    pub(super) end: usize,
}

impl Dating<'_> {
    /// The date of an act, or of the beginning or end of a state of affairs: in the clause after the verb, else
    /// before it.
    pub(super) fn of_act(&self) -> Option<usize> {
        self.after().or_else(|| self.before())
    }

    /// The date of a state of affairs, which stands right with it, or says since when.
    pub(super) fn of_state(&self) -> Option<usize> {
        let since = |at: &usize| self.date(*at).is_some_and(|when| when.bound != Bound::At);
        self.after().or_else(|| self.before().filter(since))
    }

    fn date(&self, at: usize) -> Option<When> {
        match self.items.items.get(at)?.kind {
            ItemKind::Date(when) => Some(when),
            _ => None,
        }
    }

    fn after(&self) -> Option<usize> {
        let within = (self.trigger..self.end).rev().find(|&at| self.date(at).is_some());
        within.or_else(|| self.behind())
    }

    /// A date behind the match, before another clause begins.
    fn behind(&self) -> Option<usize> {
        let items = self.items;
        let mut at = self.end;
        while at < items.shown().min(self.end + AFTER) {
            let word = items.words[at];
            match items.items[at].kind {
                ItemKind::Date(_) => return Some(at),
                ItemKind::Word(_) if items.partner[at] > at => at = items.partner[at],
                ItemKind::Word(_) if word == self.words.comma => {
                    // "joined, in 1999,"
                    return self.date(at + 1).map(|_| at + 1);
                }
                ItemKind::Word(_) => {
                    let ends = self.words.conjunctions.contains(&word)
                        || self.words.relatives.contains(&word)
                        || self.words.subordinators.contains(&word)
                        || self.words.dashes.contains(&word) && word != self.words.hyphen
                        || word == self.words.semicolon
                        || word == self.words.colon
                        || word == self.words.open;
                    if ends {
                        return None;
                    }
                }
                // "at a NATO meeting in Paris in 1990"
                ItemKind::States(_) | ItemKind::Bodies(_) if items.after_preposition(at, self.words) => {}
                ItemKind::Adjectives(_) => {}
                ItemKind::States(_) | ItemKind::Bodies(_) if self.items.items[at].back => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// A date between subject and verb, right before the subject, or at the head of the clause.
    fn before(&self) -> Option<usize> {
        let items = self.items;
        let usable =
            |at: &usize| self.date(*at).is_some_and(|when| matches!(when.bound, Bound::At | Bound::Since));
        if let Some(inside) = (self.start..self.trigger).rev().find(usable) {
            return Some(inside);
        }
        let mut at = self.start;
        while at > 0 {
            at -= 1;
            if items.words[at] == self.words.semicolon {
                return None;
            }
            if usable(&at) {
                return Some(at);
            }
            // "left in 1999, and Peru has never signed it"
            if self.start - at > 3 || self.words.conjunctions.contains(&items.words[at]) {
                break;
            }
        }
        // The head of the sentence holds for all of it.
        (0..self.start.min(3)).find(usable)
    }
}
