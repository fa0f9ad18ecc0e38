//! What a text asserts: triples with their qualifiers and evidence.

use serde::Serialize;

use crate::document::Span;
use crate::gazetteer::{EntityId, Kind, PartialDate, Status, vocabulary};

/// How subject and object of a triple belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Predicate<'r> {
    /// A state, territory or organisation in an organisation.
    MemberOf,
    /// A state, territory or organisation to a treaty.
    PartyTo,
    /// A person, of a state.
    HeadOfStateOf,
    /// A person, of a state.
    HeadOfGovernmentOf,
    /// A person with a portfolio, of a state.
    MinisterOf,
    /// A person, of an organisation.
    HeadOfOrg,
    /// A person in another office, of a state or organisation.
    OfficeOf,
    /// Two states with an agreement that has no name; one triple per pair.
    AgreementWith,
    /// Two states allied without a named organisation; one triple per pair.
    AlliedWith,
    /// A predicate that a rule file declares: "sanctioned_by".
    Declared(&'r str),
}

impl<'r> Predicate<'r> {
    /// All predicates of the contract.
    pub const ALL: [Predicate<'static>; 9] = [
        Predicate::MemberOf,
        Predicate::PartyTo,
        Predicate::HeadOfStateOf,
        Predicate::HeadOfGovernmentOf,
        Predicate::MinisterOf,
        Predicate::HeadOfOrg,
        Predicate::OfficeOf,
        Predicate::AgreementWith,
        Predicate::AlliedWith,
    ];

    /// The name used in records.
    pub const fn as_str(self) -> &'r str {
        match self {
            Self::MemberOf => "member_of",
            Self::PartyTo => "party_to",
            Self::HeadOfStateOf => "head_of_state_of",
            Self::HeadOfGovernmentOf => "head_of_government_of",
            Self::MinisterOf => "minister_of",
            Self::HeadOfOrg => "head_of_org",
            Self::OfficeOf => "office_of",
            Self::AgreementWith => "agreement_with",
            Self::AlliedWith => "allied_with",
            Self::Declared(name) => name,
        }
    }

    /// Whether it is the same read from either side.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::AgreementWith | Self::AlliedWith)
    }
}

impl std::fmt::Display for Predicate<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Predicate<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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
    pub predicate: Predicate<'r>,
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
    /// Who says so, by the mention, where the text names a source.
    pub attributed_to: Option<usize>,
    /// The rule that found it.
    pub rule: &'r str,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// The words that say it.
    pub evidence: Span,
}
