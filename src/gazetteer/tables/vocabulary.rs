//! The closed vocabularies of the contract, as enums that know their names.

/// Declares an enum whose variants have the names users see.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All values, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name used in tables and records.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;

            fn from_str(text: &str) -> crate::Result<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    let allowed: Vec<_> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    crate::Error::new(format!("`{text}` is not {}: {} are allowed", $what, allowed.join(", ")))
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

vocabulary! {
    /// What an entity is.
    Kind, "a kind" {
        /// A state, present or gone.
        State = "state",
        /// A territory with an ISO code that is no state.
        Territory = "territory",
        /// An intergovernmental organisation, one of its organs, or a group of states.
        Organization = "organization",
        /// A treaty, agreement or pact.
        Treaty = "treaty",
        /// A person who holds or held an office.
        Person = "person",
        /// A region.
        Region = "region",
    }
}

vocabulary! {
    /// How a surface form stands for its entity.
    Form, "a form" {
        /// The common name.
        Name = "name",
        /// The official long name.
        Official = "official",
        /// An adjective: "Kazakh".
        Adjective = "adjective",
        /// The people: "Kazakhs".
        People = "people",
        /// An acronym or code: "NATO".
        Acronym = "acronym",
        /// A name of former times: "Zaire".
        Former = "former",
        /// The capital, for the government in it.
        Capital = "capital",
        /// The seat of government: "the Kremlin".
        Seat = "seat",
        /// A person's family name.
        Surname = "surname",
        /// A common noun that points back: "the alliance".
        Definite = "definite",
        /// A national team in sport.
        Team = "team",
    }
}

vocabulary! {
    /// How the letters of a surface form must be written to count.
    Case, "a case policy" {
        /// Each word that begins with a capital here begins with one in the text; the rest is free.
        Initial = "initial",
        /// Letter for letter.
        Exact = "exact",
        /// Any way.
        Any = "any",
    }
}

vocabulary! {
    /// The status of a membership, a treaty action or an office.
    Status, "a status" {
        /// A member.
        Member = "member",
        /// A member from the beginning.
        FoundingMember = "founding_member",
        /// An observer.
        Observer = "observer",
        /// An associate.
        Associate = "associate",
        /// A partner.
        Partner = "partner",
        /// A candidate.
        Candidate = "candidate",
        /// An applicant.
        Applicant = "applicant",
        /// No longer what it was.
        Former = "former",
        /// A member whose rights are suspended.
        Suspended = "suspended",
        /// Signed.
        Signatory = "signatory",
        /// Ratified, accepted, approved, or deposited an instrument of accession.
        Ratified = "ratified",
        /// Bound by the treaty.
        Party = "party",
        /// Signed perhaps, but not ratified.
        NotRatified = "not_ratified",
        /// In office.
        Current = "current",
        /// In office for the time being.
        Acting = "acting",
        /// Elected or named, not yet in office.
        Elect = "elect",
        /// In office at the narrated time.
        Then = "then",
    }
}

vocabulary! {
    /// An office.
    Office, "an office" {
        /// President, monarch, pope.
        HeadOfState = "head_of_state",
        /// Prime minister, premier, chancellor.
        HeadOfGovernment = "head_of_government",
        /// A minister, with a portfolio.
        Minister = "minister",
        /// Secretary-general, director-general, president of a commission.
        HeadOfOrg = "head_of_org",
        /// Any other.
        Other = "other",
        /// The same as that named before it: "his Kenyan counterpart".
        Counterpart = "counterpart",
        /// None: a rank or a form of address that names stand with.
        Honorific = "honorific",
    }
}

pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_told_what_is_allowed() {
        insta::assert_snapshot!(
            "exakt".parse::<Case>().unwrap_err(),
            @"`exakt` is not a case policy: initial, exact, any are allowed"
        );
    }
}
