//! What a text asserts: triples with their qualifiers and evidence.

use serde::Serialize;

use crate::document::Span;
use crate::gazetteer::{EntityId, Kind, PartialDate, Status, vocabulary};

vocabulary! {
    /// How subject and object of a triple belong together.
    Predicate, "a predicate" {
        /// A state, territory or organisation in an organisation.
        MemberOf = "member_of",
        /// A state, territory or organisation to a treaty.
        PartyTo = "party_to",
        /// A person, of a state.
        HeadOfStateOf = "head_of_state_of",
        /// A person, of a state.
        HeadOfGovernmentOf = "head_of_government_of",
        /// A person with a portfolio, of a state.
        MinisterOf = "minister_of",
        /// A person, of an organisation.
        HeadOfOrg = "head_of_org",
        /// A person in another office, of a state or organisation.
        OfficeOf = "office_of",
        /// Two states with an agreement that has no name; one triple per pair.
        AgreementWith = "agreement_with",
        /// Two states allied without a named organisation; one triple per pair.
        AlliedWith = "allied_with",
    }
}

vocabulary! {
    /// Whether a triple is affirmed or denied.
    Polarity, "a polarity" {
        /// It is so.
        Affirmed = "affirmed",
        /// It is not so.
        Negated = "negated",
    }
}

vocabulary! {
    /// Whether a triple is said to be, or only to be meant or thought of.
    Modality, "a modality" {
        /// It is, was or became so.
        Asserted = "asserted",
        /// Somebody wants, plans or is invited to make it so.
        Planned = "planned",
        /// It would, could or might be so.
        Hypothetical = "hypothetical",
    }
}

vocabulary! {
    /// The act a text speaks of.
    Event, "an event" {
        /// Put its name to it.
        Signed = "signed",
        /// Ratified it.
        Ratified = "ratified",
        /// Acceded to it.
        Acceded = "acceded",
        /// Became a member.
        Joined = "joined",
        /// Asked to become one.
        Applied = "applied",
        /// Was asked to become one.
        Invited = "invited",
        /// Had its rights suspended.
        Suspended = "suspended",
        /// Left.
        Withdrew = "withdrew",
        /// Was made to leave.
        Expelled = "expelled",
        /// Was taken in again.
        Readmitted = "readmitted",
    }
}

/// When, as far as the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Time {
    /// Since when a state of affairs holds.
    pub from: Option<PartialDate>,
    /// When it ended.
    pub to: Option<PartialDate>,
    /// When an act was done, or a moment at which something held.
    pub at: Option<PartialDate>,
}

impl Time {
    /// Whether the text says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Subject or object of a triple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    /// The entity; `None` where the gazetteer does not hold it.
    pub entity: Option<EntityId>,
    /// The mention that names it, by its place in the resolution.
    pub mention: usize,
    /// What it is.
    pub kind: Kind,
}

/// A statement of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Triple<'r> {
    /// Who.
    pub subject: Node,
    /// How.
    pub predicate: Predicate,
    /// To what.
    pub object: Node,
    /// As what; agreements have none.
    pub status: Option<Status>,
    /// Whether it is affirmed.
    pub polarity: Polarity,
    /// Whether it is said to be so.
    pub modality: Modality,
    /// The act, where the text names one.
    pub event: Option<Event>,
    /// When.
    pub time: Time,
    /// The portfolio of a minister.
    pub portfolio: Option<String>,
    /// The title of another office, as the text has it.
    pub office: Option<Span>,
    /// The rule that found it.
    pub rule: &'r str,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// The words that say it.
    pub evidence: Span,
}
