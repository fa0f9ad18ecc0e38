//! Mentions by where they stand, for what reads the words around titles.

use super::{Cut, Mention};
use crate::document::Span;
use crate::gazetteer::{EntityId, Kind};

/// Mentions by where they begin and end.
pub(super) struct Places<'m> {
    pub(super) mentions: &'m [Mention],
}

impl<'m> Places<'m> {
    /// Mentions have to be settled: sorted by where they begin.
    pub(super) fn new(mentions: &'m [Mention]) -> Self {
        Self { mentions }
    }

    /// Whether a mention holds a span.
    pub(super) fn covers(&self, span: Span) -> bool {
        self.begun(span.start).take(4).any(|(_, mention)| mention.span.contains(span))
    }

    /// The mentions that begin at or before a position, the last first.
    pub(super) fn begun(&self, position: u32) -> impl Iterator<Item = (usize, &'m Mention)> {
        let after = self.mentions.partition_point(|mention| mention.span.start <= position);
        self.mentions[..after].iter().enumerate().rev()
    }

    /// The person whose name begins with the title at a span: "King Hussein of Jordan".
    pub(super) fn titled_person(&self, title: Span) -> Option<&'m Mention> {
        let mut here = self.begun(title.start).map(|(_, mention)| mention).take(4);
        here.find(|mention| {
            let titled = mention.kind == Kind::Person && mention.counts();
            titled && mention.span.start == title.start && mention.span.end > title.end
        })
    }

    /// The state or body that a longer name holds.
    pub(super) fn within(&self, name: Span) -> Option<(EntityId, Option<Span>)> {
        let first = self.mentions.partition_point(|mention| mention.span.start <= name.start);
        let inside = self.mentions[first..].iter().take_while(|mention| mention.span.end <= name.end);
        inside.filter(|it| may_have_offices(it)).find_map(|it| Some((it.entity?, Some(it.span))))
    }

    pub(super) fn ending_at(&self, position: u32) -> Option<usize> {
        let found = self.begun(position).take(4).find(|(_, mention)| {
            mention.span.end == position && mention.counts() && may_have_offices(mention)
        });
        found.map(|(at, _)| at)
    }

    pub(super) fn starting_at(&self, position: u32) -> Option<usize> {
        let found = self
            .begun(position)
            .take_while(|(_, mention)| mention.span.start == position)
            .filter(|(_, mention)| mention.counts() && may_have_offices(mention));
        found.map(|(at, _)| at).last()
    }

    /// The last state or body named between two positions.
    pub(super) fn last_within(&self, from: u32, to: u32, states_only: bool) -> Option<usize> {
        const NEAR: usize = 40;
        self.begun(to)
            .take(NEAR)
            .take_while(|(_, mention)| mention.span.start >= from)
            .find(|(_, mention)| {
                mention.span.end <= to
                    && mention.counts()
                    && may_have_offices(mention)
                    && (!states_only || mention.is_state())
            })
            .map(|(at, _)| at)
    }
}

fn may_have_offices(mention: &Mention) -> bool {
    mention.entity.is_some() && matches!(mention.kind, Kind::State | Kind::Territory | Kind::Organization)
}

impl Places<'_> {
    pub(super) fn starting_from(&self, cut: &Cut<'_>, most: usize, at: usize) -> Option<usize> {
        self.starting_at(cut.tokens[..most].get(at)?.span.start)
    }
}
