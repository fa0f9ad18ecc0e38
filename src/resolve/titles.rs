//! Titles of offices in a text, with their modifiers and with whose office it is.

use rustc_hash::FxHashMap;

use super::{Cut, Mention};
use crate::document::{Span, TokenKind};
use crate::gazetteer::{Connector, EntityId, Gazetteer, Kind, Office, Status, Title};
use crate::lexicon::{Lexicon, Word, WordTable};
use crate::phrases::Phrases;

/// A title in a text: "the former Kazakh defence minister", "president of Kazakhstan".
#[derive(Debug, Clone, PartialEq)]
pub struct TitlePhrase {
    /// The whole phrase with its state and modifiers.
    pub span: Span,
    /// The title alone.
    pub title: Span,
    /// The office it names.
    pub office: Office,
    /// The portfolio of a minister.
    pub portfolio: Option<String>,
    /// Whether the office is said to be held now, formerly, …
    pub status: Status,
    /// Whose office it is, and the mention that says so where it is part of the phrase.
    pub of: Option<(EntityId, Option<Span>)>,
    /// The person named with it.
    pub person: Option<Span>,
    /// The states or organisations it is used in; empty for any.
    pub(crate) used_in: Vec<EntityId>,
}

/// Marks a title that counts only where it is said whose it is: "leader", "chairman".
const ANY: &str = "*";

/// Finds titles.
#[derive(Debug)]
pub(super) struct TitleFinder<'g> {
    gazetteer: &'g Gazetteer,
    /// Titles without a portfolio in them.
    titles: Phrases<&'g Title>,
    /// Titles with one: what stands before it, with what stands behind it.
    before_portfolio: Phrases<(Box<[Word]>, &'g Title)>,
    /// Titles that begin with one, with what stands behind it.
    portfolio_first: Vec<(Box<[Word]>, &'g Title)>,
    /// Names of portfolios with their keys.
    portfolios: Phrases<&'g str>,
    statuses: Phrases<Status>,
    connectors: WordTable<Connector>,
    /// The words that titles begin with.
    starts: WordTable<()>,
    hyphen: Word,
}

/// What stands for each name of a portfolio in a title.
const PORTFOLIO: &str = "{portfolio}";

/// A title found: its length in words, the title, and the portfolio in it.
type Found<'g> = (usize, &'g Title, Option<&'g str>);

/// Mentions by where they begin and end.
struct Places<'m> {
    mentions: &'m [Mention],
    starts: FxHashMap<u32, usize>,
    ends: FxHashMap<u32, usize>,
}

impl<'m> Places<'m> {
    fn new(mentions: &'m [Mention]) -> Self {
        let bodies = || {
            mentions.iter().enumerate().filter(|(_, mention)| mention.counts() && mention.entity.is_some())
        };
        Self {
            mentions,
            starts: bodies().map(|(at, mention)| (mention.span.start, at)).collect(),
            ends: bodies().map(|(at, mention)| (mention.span.end, at)).collect(),
        }
    }

    fn covers(&self, span: Span) -> bool {
        let after = self.mentions.partition_point(|mention| mention.span.start <= span.start);
        self.mentions[..after].iter().rev().take(4).any(|mention| mention.span.contains(span))
    }
}

impl<'g> TitleFinder<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer, lexicon: &mut Lexicon) -> Self {
        let language = gazetteer.language();
        let mut titles = Phrases::default();
        let (mut before_portfolio, mut portfolio_first) = (Phrases::default(), Vec::new());
        for title in &language.titles {
            match title.words.split_once(PORTFOLIO) {
                None => titles.insert(lexicon.intern_phrase(&title.words), title),
                Some(("", after)) => portfolio_first.push((lexicon.intern_phrase(after), title)),
                Some((before, after)) => {
                    let after = lexicon.intern_phrase(after);
                    before_portfolio.insert(lexicon.intern_phrase(before), (after, title));
                }
            }
        }
        let mut portfolios = Phrases::default();
        for (words, key) in &language.portfolios {
            portfolios.insert(lexicon.intern_phrase(words), key.as_str());
        }
        let mut statuses = Phrases::default();
        for (words, status) in &language.statuses {
            statuses.insert(lexicon.intern_phrase(words), *status);
        }
        let connectors =
            language.connectors.iter().map(|(word, role)| (lexicon.intern(word), *role)).collect();
        let starts =
            titles.first_words().chain(before_portfolio.first_words()).chain(portfolios.first_words());
        Self {
            gazetteer,
            starts: starts.map(|word| (word, ())).collect(),
            titles,
            before_portfolio,
            portfolio_first,
            portfolios,
            statuses,
            connectors,
            hyphen: lexicon.intern("-"),
        }
    }

    /// What a small word does.
    pub(super) fn connector(&self, word: Word) -> Option<Connector> {
        self.connectors.get(word)
    }

    /// The longest title without a portfolio that some words begin with: its length and office.
    pub(super) fn office_at(&self, words: &[Word]) -> Option<(usize, Office)> {
        self.titles.longest(words).map(|(length, title)| (length, title.office))
    }

    /// The length of the longest title that some words begin with.
    pub(super) fn title_at(&self, words: &[Word]) -> Option<usize> {
        self.matches(words).into_iter().map(|(length, ..)| length).max()
    }

    /// All titles that some words begin with.
    fn matches(&self, words: &[Word]) -> Vec<Found<'g>> {
        let mut found: Vec<Found<'g>> =
            self.titles.matches(words).map(|(length, title)| (length, *title, None)).collect();
        for (length, key) in self.portfolios.matches(words) {
            let fits = self.portfolio_first.iter().filter(|(after, _)| words[length..].starts_with(after));
            found.extend(fits.map(|(after, title)| (length + after.len(), *title, Some(*key))));
        }
        for (before, (after, title)) in self.before_portfolio.matches(words) {
            let names = self.portfolios.matches(&words[before..]);
            let fits = names.filter(|(length, _)| words[before + length..].starts_with(after));
            found.extend(fits.map(|(length, key)| (before + length + after.len(), *title, Some(*key))));
        }
        found
    }

    /// All titles of a document, in order.
    pub(super) fn find(&self, cut: &Cut<'_>, mentions: &[Mention]) -> Vec<TitlePhrase> {
        let places = Places::new(mentions);
        let mut found = Vec::new();
        for range in &cut.ranges {
            let mut at = range.start;
            while at < range.end {
                if self.starts.get(cut.words[at]).is_none() {
                    at += 1;
                    continue;
                }
                let words = &cut.words[at..range.end];
                let mut lengths: Vec<_> =
                    self.matches(words).into_iter().map(|(length, ..)| length).collect();
                lengths.sort_unstable_by(|a, b| b.cmp(a));
                lengths.dedup();
                if lengths.is_empty() || places.covers(cut.tokens[at].span) {
                    at += 1;
                    continue;
                }
                let longest = lengths[0];
                let fitting = lengths
                    .into_iter()
                    .find_map(|length| Some((length, self.phrase(cut, &places, range.clone(), at, length)?)));
                at += fitting.as_ref().map_or(longest, |(length, _)| *length);
                found.extend(fitting.map(|(_, phrase)| phrase));
            }
        }
        found
    }

    fn phrase(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        sentence: std::ops::Range<usize>,
        at: usize,
        length: usize,
    ) -> Option<TitlePhrase> {
        let title = cut.tokens[at].span.to(cut.tokens[at + length - 1].span);
        let (before, mut status, left) = self.before(cut, places, sentence.start, at);
        let (after, suffix, right) = self.after(cut, places, sentence.end, at + length);
        let of = right.or(left).map(|at| &places.mentions[at]);
        let same = self.matches(&cut.words[at..]).into_iter().filter(|(found, ..)| *found == length);
        let entity = of.and_then(|mention| mention.entity);
        let fitting = same.filter(|(_, title, _)| self.fits(title, entity));
        let (_, chosen, portfolio) =
            fitting.max_by_key(|(_, title, _)| (title.of.len().min(1), std::cmp::Reverse(title.office)))?;
        status = suffix.or(status).or(chosen.status);
        Some(TitlePhrase {
            span: Span { start: cut.tokens[before].span.start, end: cut.tokens[after - 1].span.end },
            title,
            office: chosen.office,
            portfolio: portfolio.map(str::to_owned).or_else(|| chosen.portfolio.clone()),
            status: status.unwrap_or(Status::Current),
            of: of.and_then(|mention| Some((mention.entity?, Some(mention.span)))),
            person: None,
            used_in: chosen.of.iter().filter_map(|id| self.gazetteer.find(id)).collect(),
        })
    }

    /// Whether a title is used in a state or organisation, or may stand without one.
    fn fits(&self, title: &Title, of: Option<EntityId>) -> bool {
        let must_be_said = title.of.iter().any(|id| id == ANY);
        let Some(of) = of.map(|of| self.gazetteer.entity(of)) else { return !must_be_said };
        let body = matches!(of.kind(), Kind::Organization | Kind::Treaty);
        let kind_fits = match title.office {
            Office::HeadOfOrg => body,
            Office::Other => true,
            _ => !body,
        };
        kind_fits && (must_be_said || title.of.is_empty() || title.of.iter().any(|id| id == of.id()))
    }

    /// Goes left over modifiers and the state: first token, status, mention.
    fn before(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        least: usize,
        at: usize,
    ) -> (usize, Option<Status>, Option<usize>) {
        let (mut first, mut status, mut of) = (at, None, None);
        loop {
            let mut end = first;
            if end > least && cut.words[end - 1] == self.hyphen {
                end -= 1;
            }
            if status.is_none()
                && let Some((start, found)) = self.status_before(cut, least, end)
            {
                (first, status) = (start, Some(found));
                continue;
            }
            if end > least && cut.tokens[end - 1].kind == TokenKind::Possessive {
                end -= 1;
            }
            let mention = end
                .checked_sub(1)
                .filter(|&last| last >= least && of.is_none())
                .map(|last| cut.tokens[last].span.end);
            match mention.and_then(|end| places.ends.get(&end)) {
                Some(&found) => {
                    of = Some(found);
                    first = cut.token_at(places.mentions[found].span.start);
                }
                None => return (first, status, of),
            }
        }
    }

    fn status_before(&self, cut: &Cut<'_>, least: usize, end: usize) -> Option<(usize, Status)> {
        const LONGEST: usize = 3;
        let starts = end.saturating_sub(LONGEST).max(least)..end;
        starts.into_iter().find_map(|start| {
            let (length, status) = self.statuses.longest(&cut.words[start..end])?;
            (start + length == end).then_some((start, *status))
        })
    }

    /// Goes right over "-elect" and "of Kazakhstan": one past the last token, status, mention.
    fn after(
        &self,
        cut: &Cut<'_>,
        places: &Places<'_>,
        most: usize,
        at: usize,
    ) -> (usize, Option<Status>, Option<usize>) {
        let (mut end, mut status) = (at, None);
        if end + 1 < most
            && cut.words[end] == self.hyphen
            && let Some((length, found)) = self.statuses.longest(&cut.words[end + 1..most])
        {
            status = Some(*found);
            end += 1 + length;
        }
        let role = |at: usize| (at < most).then(|| self.connectors.get(cut.words[at])).flatten();
        if role(end) == Some(Connector::Of) {
            let article = role(end + 1).is_some_and(|role| role != Connector::Of);
            let start = end + 1 + usize::from(article);
            let mention =
                cut.tokens[..most].get(start).and_then(|token| places.starts.get(&token.span.start));
            if let Some(&found) = mention {
                return (cut.token_at(places.mentions[found].span.end).min(most), status, Some(found));
            }
        }
        (end, status, None)
    }
}
