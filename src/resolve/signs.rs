//! What stands beside a name and tells what it is: "Lebanon, Ohio" is no state, nor is "Georgia Stevens";
//! "president of Georgia" is one, and so is "Sudan, Chad and Niger".

use rustc_hash::{FxHashMap, FxHashSet};

use super::choose::Spot;
use super::explain::{Reason, Sum};
use super::{Cut, Resolver};
use crate::document::{Span, TokenKind, fold_into};
use crate::gazetteer::{Connector, EntityId, Form, GivenName, Kind, Name, NameId, Office, Place};
use crate::lexicon::Word;
use crate::phrases::Phrases;

/// The words that tell places of the same name.
pub(super) type PlaceWords = Phrases<Place>;

/// The words that tell persons of the same name.
pub(super) type GivenNames = Phrases<GivenName>;

/// What the surroundings of all places with one surface told.
#[derive(Debug, Default, Clone, Copy)]
struct Sign {
    elsewhere: i32,
    person: i32,
    listed: bool,
    titled: bool,
}

/// What the surroundings of names told.
#[derive(Debug, Default)]
pub(super) struct Signs {
    by_surface: FxHashMap<(NameId, usize), Sign>,
    /// Longer names, by the place among the spots of what lies in them.
    pub(super) longer: Vec<(usize, Span)>,
    dateline: Option<EntityId>,
}

impl Signs {
    /// Whether something told that the surface is not what it seems.
    pub(super) fn is_doubted(&self, surface: (NameId, usize)) -> bool {
        !self.by_surface.is_empty()
            && self.by_surface.get(&surface).is_some_and(|sign| sign.elsewhere + sign.person > 0)
    }

    pub(super) fn speak_against(&self, surface: (NameId, usize), sum: &mut Sum<'_>) {
        if let Some(sign) = self.by_surface.get(&surface) {
            sum.add(sign.elsewhere, || Reason::PlaceElsewhere);
            sum.add(sign.person, || Reason::PersonOfThatName);
        }
    }

    pub(super) fn speak_for(&self, entity: EntityId, surface: (NameId, usize), sum: &mut Sum<'_>) {
        let sign = self.by_surface.get(&surface).copied().unwrap_or_default();
        sum.add(if sign.listed { 2 } else { 0 }, || Reason::AmongStates);
        sum.add(if sign.titled { 2 } else { 0 }, || Reason::WithTitle);
        sum.add(if self.dateline == Some(entity) { 1 } else { 0 }, || Reason::Dateline);
    }
}

/// A spot with what its names are.
struct Seen {
    is_name: bool,
    /// The same surface names a place within the state too: Singapore.
    is_city: bool,
    needs_context: bool,
    entity: Option<EntityId>,
}

/// A region beside it outweighs everything but the state's being named otherwise.
const REGION: i32 = 6;
/// "the city of": said twice it counts as much.
const SETTLEMENT: i32 = 3;
/// A given name before it or a family name after it.
const PERSON: i32 = 4;

impl Resolver<'_> {
    /// Looks around each name.
    pub(super) fn signs(&self, cut: &Cut<'_>, spots: &[Spot<'_>]) -> Signs {
        let mut signs = Signs::default();
        let mut buffer = String::new();
        for (index, spot) in spots.iter().enumerate() {
            let Some(seen) = self.seen(spot) else { continue };
            if seen.entity.is_some() && signs.dateline.is_none() && self.is_dateline(cut, spot.span) {
                signs.dateline = seen.entity;
            }
            let first = cut.token_at(spot.span.start);
            let last =
                first + cut.tokens[first..].iter().take_while(|t| t.span.start < spot.span.end).count();
            if last == first {
                continue;
            }
            let mut sign = Sign::default();
            let end = self.place_elsewhere(cut, first, last, &seen, &mut sign);
            let person = self.person_around(cut, spots, index, first, last, &seen, &mut buffer);
            if let Some(person) = person {
                sign.person = PERSON;
                signs.longer.push((index, person));
            } else if let Some(end) = end {
                signs.longer.push((index, spot.span.to(cut.tokens[end].span)));
            }
            if seen.needs_context && seen.is_name {
                sign.listed = self.is_among_states(cut, spots, index, first, last);
                sign.titled = self.is_titled(cut, first, last);
            }
            if sign.elsewhere != 0 || sign.person != 0 || sign.listed || sign.titled {
                let known = signs.by_surface.entry(spot.key()).or_default();
                known.elsewhere = (known.elsewhere + sign.elsewhere).min(2 * REGION);
                known.person = known.person.max(if seen.is_name { sign.person } else { 0 });
                known.listed |= sign.listed;
                known.titled |= sign.titled;
            }
        }
        signs
    }

    /// What the names at a place are, if a state or territory is among them.
    fn seen(&self, spot: &Spot<'_>) -> Option<Seen> {
        let names = || spot.candidates.iter().map(|candidate| self.gazetteer.name(candidate.name));
        let of_state = |name: &Name| {
            name.entity.is_some_and(|entity| {
                matches!(self.gazetteer.entity(entity).kind(), Kind::State | Kind::Territory)
            })
        };
        let first = names().find(|name| of_state(name))?;
        let has = |form: Form| names().any(|name| name.form == form);
        Some(Seen {
            is_name: matches!(first.form, Form::Name | Form::Capital),
            is_city: has(Form::Capital),
            needs_context: names().any(|name| name.needs_context),
            entity: first.entity,
        })
    }

    /// Whether a region stands after a name ("Lebanon, Ohio"), a county's word ("Lebanon County") or "city of"
    /// before it; the last token of the longer name, if it goes on after the name.
    fn place_elsewhere(
        &self,
        cut: &Cut<'_>,
        first: usize,
        last: usize,
        seen: &Seen,
        sign: &mut Sign,
    ) -> Option<usize> {
        if !seen.is_name {
            return None;
        }
        let sentence = cut.sentence_of(first);
        if !seen.is_city && self.follows_settlement(cut, sentence.start, first) {
            sign.elsewhere += SETTLEMENT;
        }
        let at = last + usize::from(last < sentence.end && cut.word(last) == ",");
        let words = cut.words.get(at..sentence.end).filter(|words| !words.is_empty())?;
        let (length, place) = self.places.longest(words)?;
        let wanted = if at == last { *place == Place::Part } else { *place == Place::Region };
        let end = at + length - 1;
        let written = cut.tokens[at].kind == TokenKind::Capitalized && !self.is_shouted(cut, first, at);
        let listed = cut.words.get(end + 1).is_some_and(|word| self.place_word(*word) == Some(Place::Join));
        if !wanted || !written || listed || !is_same_line(cut, last - 1, end) {
            return None;
        }
        sign.elsewhere += REGION;
        Some(end)
    }

    /// Whether two letters that are a word too are written as one in a line of capitals: "PARIS, IN".
    fn is_shouted(&self, cut: &Cut<'_>, first: usize, at: usize) -> bool {
        let short = cut.word(at).len() <= 2;
        let capitals = |at: usize| !cut.word(at).contains(char::is_lowercase);
        short && (!capitals(at) || capitals(first))
    }

    fn follows_settlement(&self, cut: &Cut<'_>, start: usize, first: usize) -> bool {
        let Some(at) = first.checked_sub(2).filter(|&at| at >= start) else { return false };
        let found = self.places.longest(&cut.words[at..first]);
        found.is_some_and(|(length, place)| length == 2 && *place == Place::Before)
    }

    fn place_word(&self, word: Word) -> Option<Place> {
        self.places.longest(&[word]).map(|(_, place)| *place)
    }

    /// The person's name that a name is part of, known by the given name before it ("Michael Jordan") or, where
    /// it is a given name itself, by the family name after it ("Georgia Stevens").
    #[expect(clippy::too_many_arguments, reason = "one place in a text, seen from several sides")]
    fn person_around(
        &self,
        cut: &Cut<'_>,
        spots: &[Spot<'_>],
        index: usize,
        first: usize,
        last: usize,
        seen: &Seen,
        buffer: &mut String,
    ) -> Option<Span> {
        let span = spots[index].span;
        // One that begins within a token, as in "x.Guam", has nothing before it.
        if cut.tokens[first].span.start != span.start {
            return None;
        }
        let sentence = cut.sentence_of(first);
        let before = first.checked_sub(1).filter(|&at| at >= sentence.start);
        let may_be_given = seen.is_name
            && last == first + 1
            && self.given.longest(&cut.words[first..last]).is_some_and(|(_, role)| *role == GivenName::Place);
        let named = before.is_some_and(|at| {
            let token = cut.tokens[at];
            token.kind == TokenKind::Capitalized
                && is_same_line(cut, at, first)
                && !spots[..index].iter().rev().take(4).any(|spot| spot.span.overlaps(token.span))
                && if seen.is_name && seen.needs_context || may_be_given || self.ends_name(cut, last, seen) {
                    self.is_given_name(cut, at, buffer)
                } else {
                    // Of other states only the commonest given names make a person.
                    seen.is_name && self.is_common_given_name(cut.words[at])
                }
        });
        if named {
            return before.map(|at| cut.tokens[at].span.to(span));
        }
        let after = cut.tokens[..sentence.end].get(last).filter(|_| may_be_given)?;
        let family = after.kind == TokenKind::Capitalized
            && is_same_line(cut, first, last)
            && !spots[index + 1..].iter().take(2).any(|spot| spot.span.overlaps(after.span))
            && self.name_heads.longest(&cut.words[last..sentence.end]).is_none()
            && self.titles.title_at(&cut.words[last..sentence.end]).is_none();
        if !family {
            return None;
        }
        buffer.clear();
        fold_into(after.span.of(cut.text), buffer);
        (!self.bearers(buffer).is_empty()).then(|| span.to(after.span))
    }

    /// Whether an adjective or a people's name stands where only a family name would: "Viorel Moldovan (21st
    /// minute)".
    fn ends_name(&self, cut: &Cut<'_>, last: usize, seen: &Seen) -> bool {
        let next = cut.tokens.get(last);
        !seen.is_name
            && next.is_none_or(|next| {
                let word = next.span.of(cut.text);
                match next.kind {
                    TokenKind::Possessive => true,
                    TokenKind::Mark => matches!(word, "," | "." | "(" | ")" | ";" | ":"),
                    _ => false,
                }
            })
    }

    fn is_common_given_name(&self, word: Word) -> bool {
        self.given.longest(&[word]).is_some_and(|(_, role)| *role == GivenName::Name)
    }

    /// Whether a word is a given name: one of the tables' persons has it, and it is no other word.
    pub(super) fn is_given_name(&self, cut: &Cut<'_>, at: usize, buffer: &mut String) -> bool {
        match self.given.longest(&cut.words[at..=at]) {
            Some((_, GivenName::Name)) => return true,
            Some((_, GivenName::Word)) => return false,
            _ => {}
        }
        buffer.clear();
        fold_into(cut.word(at), buffer);
        self.given_names().contains(buffer.as_str())
    }

    /// The given names of the persons the gazetteer knows.
    pub(super) fn given_names(&self) -> &FxHashSet<String> {
        self.given_names.get_or_init(|| {
            let persons = self.gazetteer.entities().filter(|entity| entity.kind() == Kind::Person);
            let given = persons.filter_map(|person| person.name().split_once(' ')).map(|(given, _)| {
                let mut folded = String::new();
                fold_into(given, &mut folded);
                folded
            });
            given.collect()
        })
    }

    /// Whether a name that means more than one thing stands in a list with a state that does not.
    fn is_among_states(
        &self,
        cut: &Cut<'_>,
        spots: &[Spot<'_>],
        index: usize,
        first: usize,
        last: usize,
    ) -> bool {
        let join = |at: usize| self.place_word(*cut.words.get(at)?).filter(|place| *place == Place::Join);
        let comma = |at: usize| at < cut.tokens.len() && cut.word(at) == ",";
        let sure = |spot: &Spot<'_>| {
            spot.candidates.iter().all(|candidate| {
                let name = self.gazetteer.name(candidate.name);
                !name.needs_context
                    && name.form == Form::Name
                    && name.entity.is_some_and(|key| self.gazetteer.entity(key).kind() == Kind::State)
            })
        };
        // A comma alone may stand between a place and its state.
        let listed = comma(last) && first > 0 && (comma(first - 1) || join(first - 1).is_some());
        let before = first >= 2 && (join(first - 1).is_some() || listed) && {
            let end = cut.tokens[first - 2].span.end;
            spots[..index].iter().rev().take(4).any(|spot| spot.span.end == end && sure(spot))
        };
        let after = (join(last).is_some() || listed) && {
            let start = cut.tokens.get(last + 1).map(|token| token.span.start);
            spots[index + 1..].iter().take(4).any(|spot| Some(spot.span.start) == start && sure(spot))
        };
        before || after
    }

    /// Whether a head of state or government is spoken of: "president of Georgia", "Jordan's prime minister".
    fn is_titled(&self, cut: &Cut<'_>, first: usize, last: usize) -> bool {
        let sentence = cut.sentence_of(first);
        let leads = |at: usize| {
            let words = cut.words.get(at..sentence.end).unwrap_or_default();
            self.titles
                .office_at(words)
                .filter(|(_, office)| matches!(office, Office::HeadOfState | Office::HeadOfGovernment))
        };
        let of = first
            .checked_sub(1)
            .filter(|&at| at > sentence.start && self.titles.connector(cut.words[at]) == Some(Connector::Of));
        let before = of.is_some_and(|of| {
            let titles =
                (sentence.start.max(of.saturating_sub(2))..of).filter_map(|at| Some((at, leads(at)?.0)));
            titles.into_iter().any(|(at, length)| at + length == of)
        });
        let possessive = cut.tokens.get(last).is_some_and(|token| token.kind == TokenKind::Possessive);
        before || possessive && leads(last + 1).is_some()
    }

    /// Whether a text begins so: "TBILISI, Sept 3 (Agency) -", "MOSCOW —".
    fn is_dateline(&self, cut: &Cut<'_>, span: Span) -> bool {
        const EARLY: u32 = 600;
        const NEAR: usize = 40;
        let begins = span.start == 0 || cut.text.as_bytes()[span.start as usize - 1] == b'\n';
        if span.start > EARLY || !begins {
            return false;
        }
        let rest = cut.text[span.end as usize..].chars().take(NEAR).take_while(|&c| c != '\n');
        let mut blank = false;
        rest.into_iter().any(|c| {
            let found = c == '(' || c == '—' || c == '–' || c == '-' && blank;
            blank = c.is_whitespace();
            found
        })
    }
}

/// Whether no line ends between two tokens, and only blanks lie between those that follow each other.
fn is_same_line(cut: &Cut<'_>, from: usize, to: usize) -> bool {
    let (Some(from), Some(to)) = (cut.tokens.get(from), cut.tokens.get(to)) else { return false };
    cut.text.get(from.span.end as usize..to.span.start as usize).is_some_and(|text| !text.contains('\n'))
}
