//! What may stand between a name and its title: brackets, ages, terms of office.

use super::person_names::is_bracket;
use super::persons::is_dash;
use super::{Cut, Resolver};
use crate::document::TokenKind;
use crate::gazetteer::Connector;

impl Resolver<'_> {
    /// Goes right over "(1991-2002)".
    pub(super) fn past_brackets(&self, cut: &Cut<'_>, end: usize, at: usize) -> usize {
        const LONGEST: usize = 16;
        if at >= end || !is_bracket(cut.word(at)) {
            return at;
        }
        let close = (at + 1..end.min(at + LONGEST)).find(|&at| is_bracket(cut.word(at)));
        close.map_or(at, |close| close + 1)
    }

    /// Goes right over "until last year" before a comma.
    pub(super) fn past_term(&self, cut: &Cut<'_>, end: usize, at: usize) -> usize {
        const LONGEST: usize = 5;
        if at >= end || self.titles.connector(cut.words[at]) != Some(Connector::Preposition) {
            return at;
        }
        let comma = (at..end.min(at + LONGEST)).find(|&at| cut.word(at) == ",");
        comma.unwrap_or(at)
    }

    /// Goes left over "(R)", and ", 54" before a comma.
    pub(super) fn before_asides(&self, cut: &Cut<'_>, start: usize, mut at: usize) -> usize {
        const LONGEST: usize = 16;
        if at >= start + 2 && cut.tokens[at - 1].kind == TokenKind::Number && cut.word(at - 2) == "," {
            at -= 2;
        }
        if at > start && is_bracket(cut.word(at - 1)) {
            let least = at.saturating_sub(LONGEST).max(start);
            let open = (least..at - 1).rev().find(|&open| is_bracket(cut.word(open)));
            return open.unwrap_or(at);
        }
        at
    }

    /// Goes right to what follows a dash: "presidents of the five nations — X of Chad".
    pub(super) fn past_aside(&self, cut: &Cut<'_>, end: usize, at: usize) -> usize {
        const LONGEST: usize = 7;
        let dash = (at..end.min(at + LONGEST)).find(|&at| is_dash(cut.word(at)) || cut.word(at) == ":");
        dash.map_or(at, |dash| dash + 1)
    }
}
