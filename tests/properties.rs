//! What holds for every text.

#![allow(clippy::unwrap_used)]

mod common;

use accede::{Case, Form, Span, fold};
use common::{EXTRACTOR, extract};
use proptest::prelude::*;

/// Texts made of names of the gazetteer, words around them and stray characters.
fn texts() -> impl Strategy<Value = String> {
    let gazetteer = EXTRACTOR.gazetteer();
    let names: Vec<String> = gazetteer.names().map(|(_, name)| gazetteer.surface(name).to_owned()).collect();
    let name = proptest::sample::select(names);
    let word = proptest::sample::select(vec![
        "joined",
        "a member of",
        "the",
        "and",
        "signed",
        "President",
        "said",
        "on 4 April 1949",
        "(NATO)",
        "the defence minister,",
        "Treaty",
        "which",
        "will",
        "not",
        "in October",
        "Share this",
        "İ",
        "🙂",
        "e\u{301}",
    ]);
    let gap = proptest::sample::select(vec![
        " ", " ", " ", ", ", "\n", "\n\n", ",", "-", ". ", "’s ", "\u{a0}", "  ", "", "\u{ad}",
    ]);
    let piece =
        prop_oneof![3 => name, 3 => word.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec((piece, gap), 0..40)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

/// Every whole-word occurrence of every name that is written as it should be, found the slow way.
fn naive(text: &str) -> Vec<(Span, u32)> {
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let is_word = |c: char| c.is_alphanumeric();
    // Scripts without blanks: a word may begin and end anywhere.
    let unspaced = |c: char| {
        ['\u{e00}'..='\u{eff}', '\u{3040}'..='\u{30ff}', '\u{3400}'..='\u{9fff}', '\u{f900}'..='\u{faff}']
            .iter()
            .any(|range| range.contains(&c))
            || ('\u{20000}'..='\u{323af}').contains(&c)
    };
    let joins = |c: char| is_word(c) && !unspaced(c);
    let before = |at: usize| text[..at].chars().rev().find(|&c| !is_mark(c) && c != '\u{ad}');
    let mut found = Vec::new();
    for &start in &boundaries {
        let begins = text[start..].chars().next().is_some_and(is_word) && !before(start).is_some_and(joins);
        let ends = boundaries.iter().filter(|&&end| begins && end > start && end - start < 200);
        let goes_on =
            |end: usize| text[end..].chars().find(|&c| !is_mark(c) && c != '\u{ad}').is_some_and(joins);
        let splits_mark = |end: usize| text[end..].chars().next().is_some_and(is_mark);
        for &end in ends.filter(|&&end| !goes_on(end) && !splits_mark(end)) {
            let slice = &text[start..end];
            // A match ends with a character that folds to something.
            if slice
                .chars()
                .next_back()
                .is_some_and(|c| fold(&c.to_string()).trim().is_empty() && !is_mark(c))
            {
                continue;
            }
            let folded = fold(slice);
            found.extend(NAMES.get(&folded).into_iter().flatten().map(|&name| (Span::new(start, end), name)));
        }
    }
    found.retain(|&(span, name)| {
        let upper_start = span.of(text).chars().next().is_some_and(|c| !c.is_lowercase());
        upper_start || ANY_CASE[name as usize] || SURFACES[name as usize].starts_with(char::is_lowercase)
    });
    found
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

static NAMES: once_cell::sync::Lazy<std::collections::HashMap<String, Vec<u32>>> =
    once_cell::sync::Lazy::new(|| {
        let gazetteer = EXTRACTOR.gazetteer();
        let mut names: std::collections::HashMap<String, Vec<u32>> = std::collections::HashMap::new();
        for (number, (_, name)) in
            gazetteer.names().enumerate().filter(|(_, (_, name))| name.form != Form::Surname)
        {
            names.entry(fold(gazetteer.surface(name))).or_default().push(number as u32);
        }
        names
    });

/// Each name as the gazetteer writes it.
static SURFACES: once_cell::sync::Lazy<Vec<&str>> = once_cell::sync::Lazy::new(|| {
    let gazetteer = EXTRACTOR.gazetteer();
    gazetteer.names().map(|(_, name)| gazetteer.surface(name)).collect()
});

/// For each name whether its case is free.
static ANY_CASE: once_cell::sync::Lazy<Vec<bool>> = once_cell::sync::Lazy::new(|| {
    EXTRACTOR.gazetteer().names().map(|(_, name)| name.case == Case::Any).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_is_idempotent(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn mentions_lie_in_the_text_and_do_not_overlap_within_a_kind(text in texts()) {
        let (_, extraction) = extract(&text, Some("2000-11-10"));
        let mentions = &extraction.resolution.mentions;
        for (at, mention) in mentions.iter().enumerate() {
            prop_assert!(text.get(mention.span.range()).is_some_and(|slice| !slice.is_empty()));
            for other in &mentions[at + 1..] {
                let same_kind = mention.kind == other.kind;
                prop_assert!(!same_kind || !mention.span.overlaps(other.span), "{:?} {:?}", mention, other);
            }
        }
        for triple in &extraction.triples {
            prop_assert!(text.get(triple.evidence.range()).is_some());
        }
    }

    #[test]
    fn the_walk_finds_what_a_naive_search_finds(text in texts()) {
        let found = EXTRACTOR.scanner().scan(&text);
        let spans: std::collections::BTreeSet<Span> = found.iter().map(|candidate| candidate.span).collect();
        for candidate in &found {
            let gazetteer = EXTRACTOR.gazetteer();
            prop_assert_eq!(fold(candidate.span.of(&text)), fold(gazetteer.surface(gazetteer.name(candidate.name))));
        }
        // A name is found where its case is free or where it stands letter for letter; nothing else is found
        // than what folding finds.
        let naive = naive(&text);
        let written = |span: Span, name: u32| ANY_CASE[name as usize] || SURFACES[name as usize] == span.of(&text);
        for &(span, _) in naive.iter().filter(|&&(span, name)| written(span, name)) {
            prop_assert!(spans.contains(&span), "missed {:?} in {:?}", span.of(&text), text);
        }
        let naive: std::collections::BTreeSet<Span> = naive.into_iter().map(|(span, _)| span).collect();
        prop_assert!(spans.is_subset(&naive), "found {:?}", spans.difference(&naive).map(|span| span.of(&text)).collect::<Vec<_>>());
    }
}
