//! Mentions that overlap: the longer name is the name, what lies in it is marked or dropped.

use super::Mention;
use crate::gazetteer::Kind;

/// Sorts mentions and settles overlaps. Blockers (mentions without entity and title) leave their mark on what
/// lies in them and go.
pub(super) fn settle(mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end), rank(mention)));
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    let mut open: Vec<usize> = Vec::new();
    for mut mention in mentions.drain(..) {
        open.retain(|&at: &usize| kept[at].span.end > mention.span.start);
        let mut drop = false;
        for &at in &open {
            let longer = &kept[at];
            if same_kind(longer, &mention)
                || !longer.span.contains(mention.span)
                || longer.span == mention.span
            {
                drop = true;
            } else if mention.in_name.is_none() {
                mention.in_name = Some(longer.in_name.unwrap_or(longer.span));
            }
        }
        if !drop {
            open.push(kept.len());
            kept.push(mention);
        }
    }
    kept.retain(|mention| !is_blocker(mention));
    *mentions = kept;
}

/// A longer string in which a name is not the entity.
fn is_blocker(mention: &Mention) -> bool {
    mention.kind == Kind::Region && mention.entity.is_none()
}

fn same_kind(a: &Mention, b: &Mention) -> bool {
    a.kind == b.kind || a.is_state() && b.is_state() && a.span == b.span
}

/// Of two mentions of the same length the one that says more comes first.
fn rank(mention: &Mention) -> u8 {
    if is_blocker(mention) {
        0
    } else if mention.introduced.is_some() {
        1
    } else if mention.entity.is_some() {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Span, Zone};
    use crate::gazetteer::{EntityId, Form};

    fn mention(start: usize, end: usize, kind: Kind, entity: Option<u32>) -> Mention {
        Mention {
            span: Span::new(start, end),
            kind,
            entity: entity.map(EntityId),
            form: Form::Name,
            zone: Zone::Body,
            score: 1.0,
            in_name: None,
            title: None,
            introduced: None,
        }
    }

    #[test]
    fn the_longer_name_wins() {
        let mut mentions = vec![
            mention(8, 13, Kind::State, Some(1)),  // Japan
            mention(0, 13, Kind::Region, None),    // Bank of Japan
            mention(20, 26, Kind::State, Some(2)), // Soviet
            mention(20, 32, Kind::State, Some(2)), // Soviet Union
            mention(40, 46, Kind::State, Some(3)), // Warsaw
            mention(40, 51, Kind::Organization, Some(4)),
        ];
        settle(&mut mentions);
        let found: Vec<_> =
            mentions.iter().map(|m| (m.span.start, m.span.end, m.in_name.is_some())).collect();
        assert_eq!(found, [(8, 13, true), (20, 32, false), (40, 51, false), (40, 46, true)]);
    }
}
