//! Why mentions came out as they did, for whoever asks: what stood to choice, what spoke for each, and what
//! became of it in later steps.
//!
//! Nothing of this is kept unless [`Resolver::explain`](super::Resolver::explain) is called.

use super::Mention;
use crate::document::{Span, Zone};
use crate::gazetteer::{EntityId, Form, Kind, NameId};

/// The account of one place in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Where.
    pub span: Span,
    /// What it may mean, best first. Empty where a later step found it.
    pub readings: Vec<Weighed>,
    /// What the steps made of it, in their order.
    pub changes: Vec<(Step, Outcome)>,
}

/// One thing a place may mean, with all that spoke for it and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The name by which; `None` for something that the gazetteer does not hold.
    pub name: Option<NameId>,
    /// The entity; `None` for something else of that name.
    pub entity: Option<EntityId>,
    /// The sum of all points. The best reading counts if it outweighs "nothing the gazetteer holds".
    pub weight: i32,
    /// What the sum is made of.
    pub evidence: Vec<(Reason, i32)>,
}

/// What speaks for a reading, or against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No other reading stands against it.
    OnlyReading,
    /// What names of this form begin with.
    Prior(Form),
    /// What the tables begin this reading with.
    Listed,
    /// A word in the document.
    Cue(String),
    /// The document's date lies within the entity's life.
    ExistsThen,
    /// It does not.
    GoneOrNotYet,
    /// The entity is gone, and the document has no date.
    NoDate,
    /// The name was not in use at the document's date.
    NameNotInUse,
    /// A longer string that is no entity's name.
    Blocker,
    /// The entity is named elsewhere beyond doubt.
    NamedElsewhere,
    /// No state is named more often.
    Dominant,
    /// The document is datelined there.
    Dateline,
    /// It stands in a list with states.
    AmongStates,
    /// A head of state or government of it is spoken of.
    WithTitle,
    /// So many of the states named belong to it, in hundredths.
    Members(u8),
    /// The person was in office at the document's date.
    InOffice,
    /// The state or body of the person's office is named.
    OfficeOfNamed,
    /// A place elsewhere has the name: "Lebanon, Ohio".
    PlaceElsewhere,
    /// A person has the name: "Georgia Stevens", "Michael Jordan".
    PersonOfThatName,
}

crate::gazetteer::vocabulary! {
    /// A step of resolving.
    Step, "a step" {
        /// Choosing among the names at a place.
        Choice = "choice",
        /// Names that the document defines.
        Definition = "definition",
        /// Overlaps: the longer name is the name.
        Overlap = "overlap",
        /// Languages.
        Language = "language",
        /// Longer names that the gazetteer does not hold.
        LongerName = "longer_name",
        /// National teams.
        Team = "team",
        /// Nouns that point back.
        Definite = "definite",
        /// Persons behind titles, and later short forms.
        Person = "person",
        /// Leaders by their family names.
        Leader = "leader",
    }
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It stands for an entity from here on, or for something that only the text knows.
    Added(Option<EntityId>),
    /// It names nothing any more.
    Dropped,
    /// Nothing outweighed "nothing the gazetteer holds".
    NoEvidence,
    /// It is part of a longer name.
    InName(Span),
    /// Its form is another: a team.
    Form(Form),
    /// It lies in furniture and does not count.
    Furniture,
}

/// What a mention was before a step.
#[derive(Debug, Clone, Copy, PartialEq)]
struct State {
    span: Span,
    kind: Kind,
    entity: Option<EntityId>,
    form: Form,
    in_name: Option<Span>,
    furniture: bool,
}

impl State {
    fn key(&self) -> (Span, &'static str) {
        (self.span, self.kind.as_str())
    }
}

/// Writes the accounts while a document is resolved.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) accounts: Vec<Account>,
    states: Vec<State>,
}

impl Trace {
    /// Notes what a step changed.
    pub(super) fn after(&mut self, step: Step, mentions: &[Mention]) {
        let mut now: Vec<State> = mentions.iter().map(state).collect();
        now.sort_by_key(State::key);
        now.dedup_by_key(|state| state.key());
        let before = std::mem::replace(&mut self.states, now.clone());
        for new in &now {
            let old = before.binary_search_by_key(&new.key(), State::key).ok().map(|at| before[at]);
            self.compare(step, old, new);
        }
        for old in before {
            if now.binary_search_by_key(&old.key(), State::key).is_err() {
                self.note(step, old.span, Outcome::Dropped);
            }
        }
    }

    fn compare(&mut self, step: Step, old: Option<State>, new: &State) {
        if old.is_none_or(|old| old.entity != new.entity) {
            self.note(step, new.span, Outcome::Added(new.entity));
            if new.furniture {
                self.note(step, new.span, Outcome::Furniture);
            }
        }
        if let Some(form) = old.map(|old| old.form).filter(|&form| form != new.form).map(|_| new.form) {
            self.note(step, new.span, Outcome::Form(form));
        }
        if let Some(name) = new.in_name.filter(|_| old.is_none_or(|old| old.in_name != new.in_name)) {
            self.note(step, new.span, Outcome::InName(name));
        }
    }

    /// Notes what a step made of one place.
    pub(super) fn note(&mut self, step: Step, span: Span, change: Outcome) {
        self.account(span).changes.push((step, change));
    }

    /// Notes what stood to choice at one place.
    pub(super) fn weighed(&mut self, span: Span, mut readings: Vec<Weighed>) {
        readings.sort_by_key(|reading| std::cmp::Reverse(reading.weight));
        self.account(span).readings = readings;
    }

    fn account(&mut self, span: Span) -> &mut Account {
        let at = self.accounts.partition_point(|account| account.span < span);
        if self.accounts.get(at).is_none_or(|account| account.span != span) {
            self.accounts.insert(at, Account { span, readings: Vec::new(), changes: Vec::new() });
        }
        &mut self.accounts[at]
    }
}

fn state(mention: &Mention) -> State {
    State {
        span: mention.span,
        kind: mention.kind,
        entity: mention.entity,
        form: mention.form,
        in_name: mention.in_name,
        furniture: mention.zone == Zone::Furniture,
    }
}

/// Sums points, and keeps what they are for where an account is wanted.
pub(super) struct Sum<'k> {
    points: i32,
    kept: Option<&'k mut Vec<(Reason, i32)>>,
}

impl<'k> Sum<'k> {
    pub(super) fn new(kept: Option<&'k mut Vec<(Reason, i32)>>) -> Self {
        Self { points: 0, kept }
    }

    pub(super) fn add(&mut self, points: i32, evidence: impl FnOnce() -> Reason) {
        self.points += points;
        if let Some(kept) = self.kept.as_mut().filter(|_| points != 0) {
            kept.push((evidence(), points));
        }
    }

    pub(super) fn points(&self) -> i32 {
        self.points
    }
}
