//! Who does what a verb says, and who holds the role that a noun names.

use super::item::{ClauseWords, ItemKind, Items};

/// How far back a subject may stand, in items.
const REACH: usize = 45;

/// What may be the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// States only.
    State,
    /// States, and persons and titles for the states they act for.
    Signer,
    /// Organisations and treaties.
    Body,
    /// States and organisations.
    Any,
}

/// Looks for subjects in the items of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Subjects<'i> {
    pub(super) items: &'i Items,
    pub(super) words: &'i ClauseWords,
    pub(super) who: Who,
}

impl Subjects<'_> {
    /// The subject of the verb at an item.
    pub(super) fn of_verb(&self, verb: usize) -> Option<usize> {
        let items = self.items;
        // After an article it is no verb: "the signed agreement".
        if items.items[verb].definite || self.after_adjective(verb) {
            return None;
        }
        if let Some(subject) = self.before_apposition(verb) {
            return Some(subject);
        }
        let infinitive = verb > 0 && self.words.infinitive.contains(&items.word(verb - 1));
        let mut fallback = None;
        let mut broken = false;
        let mut at = verb;
        while at > 0 && verb - at < REACH {
            at -= 1;
            let word = items.words[at];
            match items.items[at].kind {
                ItemKind::Word(_) if word == self.words.semicolon => return fallback,
                ItemKind::Word(_) if items.partner[at] < at => at = items.partner[at],
                ItemKind::Word(_) if self.words.relatives.contains(&word) => {
                    match self.antecedent(at) {
                        Antecedent::Subject(subject) => return Some(subject),
                        Antecedent::Other if !broken => return fallback,
                        // "Peru is one of the states that joined"
                        Antecedent::Noun(noun) if !broken => return self.of_noun(noun, at),
                        Antecedent::Other | Antecedent::Noun(_) | Antecedent::None => {}
                    }
                }
                ItemKind::Word(_) => {
                    broken |= word == self.words.comma
                        || self.words.conjunctions.contains(&word)
                        || self.words.subordinators.contains(&word);
                }
                // "Peru's efforts to join", "Peruvian efforts to join"
                ItemKind::States(_) | ItemKind::Adjectives(_)
                    if infinitive && !broken && self.owns_effort(at, verb) =>
                {
                    return Some(at);
                }
                ItemKind::Date(_) | ItemKind::Adjectives(_) => {}
                _ if self.is_owner(at) => {}
                _ if items.after_preposition(at, self.words) => {}
                _ if !self.fits(at) => {
                    if !broken && self.begins_clause(at) {
                        return fallback;
                    }
                }
                _ if self.is_object(at, verb) => fallback = fallback.or(Some(at)),
                _ => return Some(at),
            }
        }
        fallback
    }

    /// "prevent a British exit": what a state's adjective without "the" stands before is a noun.
    fn after_adjective(&self, verb: usize) -> bool {
        let before = verb.checked_sub(1).map(|at| &self.items.items[at]);
        before.is_some_and(|item| matches!(item.kind, ItemKind::Adjectives(_)) && !item.definite)
    }

    /// Who holds the role that the noun at an item names: "X, a member", "X is a member", "as a member, X".
    pub(super) fn of_noun(&self, noun: usize, end: usize) -> Option<usize> {
        const LINK: usize = 7;
        let items = self.items;
        let mut at = noun;
        while at > 0 && noun - at < LINK {
            at -= 1;
            let word = items.words[at];
            if self.words.links.contains(&word) {
                return self.of_verb(at);
            }
            if self.words.as_words.contains(&word) {
                return self.as_role(at, end);
            }
            if word == self.words.comma || self.words.dashes.contains(&word) || word == self.words.open {
                let before = at.checked_sub(1)?;
                return if self.fits(before) { Some(before) } else { self.of_chain(at, end) };
            }
            if self.words.conjunctions.contains(&word) {
                return self.of_chain(at, end);
            }
            // "is a NATO member": the body goes with the noun. "is attacked by a member": nobody holds the role.
            let is_stop = [
                &self.words.finite,
                &self.words.subordinators,
                &self.words.relatives,
                &self.words.role_breakers,
            ]
            .iter()
            .any(|stops| stops.contains(&word));
            let passes = !is_stop
                && matches!(
                    items.items[at].kind,
                    ItemKind::Word(_) | ItemKind::Date(_) | ItemKind::Bodies(_)
                );
            if !passes {
                return None;
            }
        }
        None
    }

    /// "is a kingdom, an ally of France and a member": the holder of a role that others stand before.
    fn of_chain(&self, from: usize, end: usize) -> Option<usize> {
        const CHAIN: usize = 25;
        let items = self.items;
        let mut at = from;
        while at > 0 && from - at < CHAIN {
            at -= 1;
            let word = items.words[at];
            if items.partner[at] < at {
                at = items.partner[at];
                continue;
            }
            if self.words.links.contains(&word) {
                return self.of_verb(at);
            }
            if self.words.as_words.contains(&word) {
                return self.as_role(at, end);
            }
            if word == self.words.semicolon
                || self.words.finite.contains(&word)
                || self.words.relatives.contains(&word)
                || self.words.subordinators.contains(&word)
            {
                return None;
            }
            // "Peru, a founder of A and member of B"
            let opens = word == self.words.comma && at > 0 && self.fits(at - 1);
            if opens && !items.after_preposition(at - 1, self.words) {
                return Some(at - 1);
            }
        }
        None
    }

    /// "as a member of A, X …", "X, as a member of A, …", "admitted X as a member".
    fn as_role(&self, as_word: usize, end: usize) -> Option<usize> {
        let before = as_word.checked_sub(1);
        if let Some(before) = before.filter(|&before| self.fits(before)) {
            return Some(before);
        }
        let opens = before.is_none_or(|before| {
            let word = self.items.word(before);
            word == self.words.comma
                || self.words.conjunctions.contains(&word)
                || self.words.subordinators.contains(&word)
                || word == self.words.semicolon
        });
        let after = || {
            const NEAR: usize = 14;
            let mut at = end;
            while at < self.items.items.len().min(end + NEAR) {
                if self.items.word(at) == self.words.comma && self.fits(at + 1) {
                    return Some(at + 1);
                }
                at += 1;
            }
            None
        };
        let before = || self.of_verb(as_word);
        let found = if opens { after().or_else(before) } else { before() };
        found.filter(|&found| found < self.items.shown())
    }

    /// "X, a neighbour of Y, joined": the subject that an apposition or a relative clause parts from its verb.
    fn before_apposition(&self, verb: usize) -> Option<usize> {
        const SMALL: usize = 4;
        let items = self.items;
        let mut close = verb;
        // Only small words may stand between the comma and the verb: "also", "has not".
        while close > 0 && verb - close < SMALL && items.word(close - 1) != self.words.comma {
            if !items.is_word(close - 1) || self.words.conjunctions.contains(&items.word(close - 1)) {
                return None;
            }
            close -= 1;
        }
        close = close.checked_sub(1).filter(|&close| items.word(close) == self.words.comma)?;
        let mut at = close;
        while at > 1 && close - at < REACH {
            at -= 1;
            if items.partner[at] < at {
                at = items.partner[at];
                continue;
            }
            if items.word(at) == self.words.semicolon {
                return None;
            }
            if items.word(at) == self.words.comma
                && self.fits(at - 1)
                && !items.after_preposition(at - 1, self.words)
            {
                return Some(at - 1);
            }
        }
        None
    }

    fn antecedent(&self, relative: usize) -> Antecedent {
        let Some(mut before) = relative.checked_sub(1) else { return Antecedent::None };
        let items = self.items;
        if items.word(before) == self.words.comma && before > 0 {
            before -= 1;
        }
        if items.partner[before] < before && items.partner[before] > 0 {
            before = items.partner[before] - 1;
        }
        match items.items[before].kind {
            _ if self.fits(before) => Antecedent::Subject(before),
            ItemKind::Bodies(_) | ItemKind::Person(..) | ItemKind::Title(..) => Antecedent::Other,
            ItemKind::Word(word) if word == self.words.comma => Antecedent::None,
            ItemKind::Word(_) => Antecedent::Noun(before),
            _ => Antecedent::None,
        }
    }

    /// Whether only words part an owner from an infinitive, and some noun among them is what it owns.
    fn owns_effort(&self, at: usize, verb: usize) -> bool {
        let adjective = matches!(self.items.items[at].kind, ItemKind::Adjectives(_));
        let names_itself = matches!(self.who, Who::State | Who::Signer | Who::Any);
        let noun = at + 1 + usize::from(self.words.possessives.contains(&self.items.word(at + 1)));
        names_itself
            && (adjective || self.is_owner(at))
            && noun + 1 < verb
            && (noun..verb).all(|place| {
                self.items.is_word(place) || matches!(self.items.items[place].kind, ItemKind::Bodies(_))
            })
    }

    /// Whether what follows belongs to it: "Peru's", "its".
    fn is_owner(&self, at: usize) -> bool {
        self.words.possessives.contains(&self.items.word(at + 1))
            || self.words.owners.contains(&self.items.word(at))
    }

    /// Whether a name is more likely an object of a verb before, since the sentence goes on with "and" or
    /// "before" after it: "Russia fought Georgia and left".
    fn is_object(&self, at: usize, verb: usize) -> bool {
        if at + 1 >= verb {
            return false;
        }
        let next = self.items.word(at + 1);
        let goes_on = next == self.words.comma
            || self.words.conjunctions.contains(&next)
            || self.words.subordinators.contains(&next);
        if !goes_on {
            return false;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.items.word(before);
        let opens = word == self.words.comma
            || self.words.conjunctions.contains(&word)
            || self.words.relatives.contains(&word)
            || self.words.openers.contains(&word)
            || !self.items.is_word(before);
        !opens
    }

    /// Whether a name stands where a clause may begin.
    fn begins_clause(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let word = self.items.word(before);
        word == self.words.comma
            || self.words.openers.contains(&word)
            || self.words.conjunctions.contains(&word)
            || self.words.subordinators.contains(&word)
            || self.words.relatives.contains(&word)
            || matches!(self.items.items[before].kind, ItemKind::Date(_))
    }

    fn fits(&self, at: usize) -> bool {
        let Some(item) = self.items.items.get(at) else { return false };
        match (self.who, item.kind) {
            (Who::State | Who::Signer | Who::Any, ItemKind::States(_)) => true,
            (Who::Signer, ItemKind::Person(_, group) | ItemKind::Title(_, group)) => !group.is_empty(),
            (Who::Body | Who::Any, ItemKind::Bodies(_)) => true,
            _ => false,
        }
    }
}

/// What a relative clause is about.
enum Antecedent {
    /// Something that can be the subject.
    Subject(usize),
    /// Something named that cannot.
    Other,
    /// A common noun.
    Noun(usize),
    /// Nothing.
    None,
}
