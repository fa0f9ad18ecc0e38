//! Lists: names joined by commas and "and" become one item, with the dates that stand between them.

use super::item::{ClauseWords, Group, Item, ItemKind, Items};
use super::time::{Bound, When};
use crate::lexicon::{UNKNOWN, Word};

/// Leaves out "(NATO)" after the name it repeats.
pub(super) fn drop_bracketed(items: &mut Items) {
    let mark = |item: &Item| matches!(item.kind, ItemKind::Word(_)) && item.span.len() == 1;
    let again = |window: &[Item]| {
        mark(&window[1])
            && mark(&window[3])
            && window[0].kind.group().zip(window[2].kind.group()).is_some_and(|(named, again)| {
                let entities = |group: Group| items.members[group.range()].iter().map(|m| m.entity);
                entities(named).eq(entities(again))
            })
    };
    let (mut read, mut kept) = (0, 0);
    while read < items.items.len() {
        let left_out = items.items.get(read..read + 4).is_some_and(again);
        items.items.swap(kept, read);
        kept += 1;
        read += if left_out { 4 } else { 1 };
    }
    items.items.truncate(kept);
}

/// Joins "A, B and C", also with dates in between ("Greece in 1981, Spain and Portugal in 1986").
pub(super) fn join_lists(items: &mut Items, words: &ClauseWords) {
    let (mut read, mut written) = (0, 0);
    while read < items.items.len() {
        let (item, next) = list_from(items, words, read);
        items.items[written] = item;
        written += 1;
        read = next;
    }
    items.items.truncate(written);
}

/// The list that begins at an item, or the item itself, with the place after it.
fn list_from(items: &mut Items, words: &ClauseWords, at: usize) -> (Item, usize) {
    let first = items.items[at];
    let Some(mut group) = first.kind.group() else { return (first, at + 1) };
    let (mut end, mut span, mut commas_only, mut count) = (at + 1, first.span, true, 1);
    let mut undated = group.from;
    let mut kind = first.kind;
    // The list up to the last date: what comes after it without one of its own belongs to another clause.
    let mut up_to_date = None;
    loop {
        let (dated, after) = date_after(items, words, end);
        let Some((length, comma)) = separator(items, words, after) else { break };
        let mut next = after + length;
        next += usize::from(word_at(items, next).is_some_and(|word| words.list_modifiers.contains(&word)));
        let Some(item) = items.items.get(next).copied() else { break };
        let Some(more) = item.kind.group().filter(|_| same_kind(item.kind, kind)) else { break };
        // "Peru and Chile's": the list ends with the possessive; "A, B's neighbour" is no list.
        let owner = word_at(items, next + 1).is_some_and(|word| words.possessives.contains(&word));
        if owner && comma {
            break;
        }
        if let Some(when) = dated {
            date(items, undated..group.to, when);
            undated = group.to;
            up_to_date = Some((group, span.to(items.items[after - 1].span), after));
        }
        (group.to, span, count) = (more.to, span.to(item.span), count + 1);
        kind = item.kind;
        commas_only &= comma;
        end = next + 1;
    }
    // Two names with only a comma between are as likely a place and its state.
    if commas_only && count == 2 {
        return (first, at + 1);
    }
    if undated > group.from
        && let (Some(when), after) = date_after(items, words, end)
    {
        date(items, undated..group.to, when);
        (span, end) = (span.to(items.items[after - 1].span), after);
    } else if let Some(dated) = up_to_date {
        (group, span, end) = dated;
    }
    (Item { span, kind: with_group(kind, group), ..first }, end)
}

/// A date that stands after a name of a list, also in brackets, and what comes after it; without a date,
/// what comes after a bracket.
fn date_after(items: &Items, words: &ClauseWords, at: usize) -> (Option<When>, usize) {
    const MOST: usize = 8;
    let plain = |at: usize| match items.items.get(at).map(|item| item.kind) {
        Some(ItemKind::Date(when)) if when.bound == Bound::At && when.end.is_none() => Some(when),
        _ => None,
    };
    if let Some(when) = plain(at) {
        return (Some(when), at + 1);
    }
    if word_at(items, at) != Some(words.open) {
        return (None, at);
    }
    let close = (at + 1..at + MOST).find(|&place| word_at(items, place) == Some(words.close));
    match close {
        Some(close) => (plain(at + 1).filter(|_| close == at + 2), close + 1),
        None => (None, at),
    }
}

fn date(items: &mut Items, members: std::ops::Range<u32>, when: When) {
    let members = members.start as usize..members.end as usize;
    items.members[members].iter_mut().for_each(|member| member.when = Some(when));
}

fn word_at(items: &Items, at: usize) -> Option<Word> {
    match items.items.get(at)?.kind {
        ItemKind::Word(word) => Some(word),
        _ => None,
    }
}

/// The length of a separator of lists, and whether it is a mere comma.
fn separator(items: &Items, words: &ClauseWords, at: usize) -> Option<(usize, bool)> {
    let mut following = [UNKNOWN; 4];
    for (place, word) in following.iter_mut().enumerate() {
        *word = word_at(items, at + place).unwrap_or(UNKNOWN);
    }
    let comma = usize::from(following[0] == words.comma);
    match words.separators.longest(&following[comma..]) {
        Some((length, ())) => Some((comma + length, false)),
        None => (comma == 1).then_some((1, true)),
    }
}

fn same_kind(a: ItemKind, b: ItemKind) -> bool {
    // "the Kazakh, Kyrgyz and Tajik governments": adjectives that end in a government are states.
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
        || matches!((a, b), (ItemKind::States(_), ItemKind::Adjectives(_)))
}

fn with_group(kind: ItemKind, group: Group) -> ItemKind {
    match kind {
        ItemKind::Bodies(_) => ItemKind::Bodies(group),
        ItemKind::Adjectives(_) => ItemKind::Adjectives(group),
        _ => ItemKind::States(group),
    }
}
