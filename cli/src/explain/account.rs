//! The account of a document: everything that decided, in words.

use accede::{
    Account, Check, Document, EntityId, Explanation, Form, Gazetteer, Mention, Modality, Node, Outcome,
    PartialDate, Polarity, Reason, Resolution, SilentSentence, Span, Status, Step, Triple, TripleTrace,
    Weighed,
};
use serde::Serialize;

/// All that can be said of a document.
#[derive(Debug, Serialize)]
pub(super) struct Explained<'r> {
    pub(super) id: Option<&'r str>,
    pub(super) date: Option<PartialDate>,
    pub(super) mentions: Vec<Place<'r>>,
    pub(super) triples: Vec<Said<'r>>,
    pub(super) silent: Vec<Silent<'r>>,
}

/// A piece of the text with where it stands: line and column, counted from one.
#[derive(Debug, Serialize)]
pub(super) struct Quote<'r> {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) text: &'r str,
}

/// A place in the text at which something was found or thought of.
#[derive(Debug, Serialize)]
pub(super) struct Place<'r> {
    #[serde(flatten)]
    pub(super) quote: Quote<'r>,
    /// What came of it.
    pub(super) mentions: Vec<Named<'r>>,
    /// What it may mean, best first.
    pub(super) readings: Vec<Reading<'r>>,
    /// What the steps made of it.
    pub(super) steps: Vec<Change<'r>>,
}

/// A mention as it came out.
#[derive(Debug, Serialize)]
pub(super) struct Named<'r> {
    pub(super) id: Option<&'r str>,
    pub(super) kind: &'static str,
    pub(super) form: Form,
    pub(super) score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_name: Option<&'r str>,
}

/// Something a place may mean.
#[derive(Debug, Serialize)]
pub(super) struct Reading<'r> {
    pub(super) id: Option<&'r str>,
    pub(super) name: Option<&'r str>,
    pub(super) weight: i32,
    pub(super) evidence: Vec<(String, i32)>,
}

/// What a step did.
#[derive(Debug, Serialize)]
pub(super) struct Change<'r> {
    pub(super) step: Step,
    pub(super) outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) what: Option<&'r str>,
}

/// A triple with what it rests on.
#[derive(Debug, Serialize)]
pub(super) struct Said<'r> {
    pub(super) subject: &'r str,
    pub(super) predicate: accede::Predicate<'r>,
    pub(super) object: &'r str,
    pub(super) status: Option<Status>,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) time: accede::Time,
    pub(super) evidence: Quote<'r>,
    pub(super) rule: &'r str,
    pub(super) slots: Vec<(&'r str, &'r str)>,
    pub(super) cues: Vec<(&'static str, &'r str)>,
    pub(super) when: Option<&'r str>,
    pub(super) check: &'r Check,
}

/// A sentence that called for rules and gave nothing.
#[derive(Debug, Serialize)]
pub(super) struct Silent<'r> {
    #[serde(flatten)]
    pub(super) quote: Quote<'r>,
    pub(super) attempts: Vec<Tried<'r>>,
}

/// How far a rule got.
#[derive(Debug, Serialize)]
pub(super) struct Tried<'r> {
    pub(super) rule: &'r str,
    pub(super) matched: usize,
    pub(super) at: &'r str,
    pub(super) wanted: &'r str,
}

impl<'r> Explained<'r> {
    pub(super) fn new(
        document: &Document<'r>,
        gazetteer: &'r Gazetteer,
        resolution: &Resolution,
        accounts: &[Account],
        relation: &'r Explanation<'r>,
        checks: &'r [Check],
    ) -> Self {
        let teller = Teller::new(document, gazetteer, &resolution.mentions);
        let said = relation.triples.iter().zip(&relation.traces).zip(checks);
        Self {
            id: document.id,
            date: document.date,
            mentions: accounts.iter().map(|account| teller.place(account)).collect(),
            triples: said.map(|((triple, trace), check)| teller.said(triple, trace, check)).collect(),
            silent: relation.silent.iter().map(|silent| teller.silent(silent)).collect(),
        }
    }
}

/// Puts spans and places of the gazetteer into words.
struct Teller<'r, 'm> {
    text: &'r str,
    /// What lines are counted in: the file.
    layout: Option<&'r accede::Layout>,
    line_starts: Vec<usize>,
    gazetteer: &'r Gazetteer,
    mentions: &'m [Mention],
}

impl<'r, 'm> Teller<'r, 'm> {
    fn new(document: &Document<'r>, gazetteer: &'r Gazetteer, mentions: &'m [Mention]) -> Self {
        let source = document.layout.map_or(document.text, accede::Layout::source);
        let breaks = source.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text: document.text,
            layout: document.layout,
            line_starts: std::iter::once(0).chain(breaks).collect(),
            gazetteer,
            mentions,
        }
    }

    fn quote(&self, span: Span) -> Quote<'r> {
        let (source, place) = match self.layout {
            Some(layout) => (layout.source(), layout.source_span(span)),
            None => (self.text, span),
        };
        let at = place.range().start;
        let line = self.line_starts.partition_point(|&start| start <= at);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Quote { line, column: source[start..at].chars().count() + 1, text: span.of(self.text) }
    }

    fn id(&self, entity: Option<EntityId>) -> Option<&'r str> {
        entity.map(|entity| self.gazetteer.entity(entity).id())
    }

    fn node(&self, node: Node) -> &'r str {
        let text = || self.mentions.get(node.mention).map_or("", |mention| mention.span.of(self.text));
        self.id(node.entity).unwrap_or_else(text)
    }

    fn place(&self, account: &Account) -> Place<'r> {
        let first = self.mentions.partition_point(|mention| mention.span.start < account.span.start);
        let here =
            self.mentions[first..].iter().take_while(|mention| mention.span.start == account.span.start);
        Place {
            quote: self.quote(account.span),
            mentions: here
                .filter(|mention| mention.span == account.span)
                .map(|mention| self.named(mention))
                .collect(),
            readings: account.readings.iter().map(|reading| self.reading(reading)).collect(),
            steps: account.changes.iter().map(|&(step, outcome)| self.change(step, outcome)).collect(),
        }
    }

    fn named(&self, mention: &Mention) -> Named<'r> {
        Named {
            id: self.id(mention.entity),
            kind: mention.kind.as_str(),
            form: mention.form,
            score: mention.score,
            in_name: mention.in_name.map(|name| name.of(self.text)),
        }
    }

    fn reading(&self, reading: &Weighed) -> Reading<'r> {
        Reading {
            id: self.id(reading.entity),
            name: reading.name.map(|name| self.gazetteer.surface(self.gazetteer.name(name))),
            weight: reading.weight,
            evidence: reading.evidence.iter().map(|(reason, points)| (said_of(reason), *points)).collect(),
        }
    }

    fn change(&self, step: Step, outcome: Outcome) -> Change<'r> {
        let (outcome, what) = match outcome {
            Outcome::Added(None) => ("found", Some("something that the gazetteer does not hold")),
            Outcome::Added(entity) => ("found", self.id(entity)),
            Outcome::Dropped => ("dropped", None),
            Outcome::NoEvidence => ("too little evidence", None),
            Outcome::InName(name) => ("part of a longer name", Some(name.of(self.text))),
            Outcome::Form(form) => ("another form", Some(form.as_str())),
            Outcome::Furniture => ("in furniture", None),
        };
        Change { step, outcome, what }
    }

    fn said(&self, triple: &'r Triple<'r>, trace: &'r TripleTrace<'r>, check: &'r Check) -> Said<'r> {
        Said {
            subject: self.node(triple.subject),
            predicate: triple.predicate,
            object: self.node(triple.object),
            status: triple.status,
            polarity: triple.polarity,
            modality: triple.modality,
            time: triple.time,
            evidence: self.quote(triple.evidence),
            rule: trace.rule,
            slots: trace.slots.iter().map(|slot| (slot.name, slot.span.of(self.text))).collect(),
            cues: trace.cues.iter().map(|cue| (cue.kind, cue.span.of(self.text))).collect(),
            when: trace.date.map(|date| date.of(self.text)),
            check,
        }
    }

    fn silent(&self, silent: &'r SilentSentence<'r>) -> Silent<'r> {
        let attempts = silent.attempts.iter().map(|attempt| Tried {
            rule: attempt.rule,
            matched: attempt.matched,
            at: attempt.at.of(self.text),
            wanted: attempt.wanted,
        });
        Silent { quote: self.quote(silent.span), attempts: attempts.collect() }
    }
}

/// A reason in words.
fn said_of(reason: &Reason) -> String {
    let words = match reason {
        Reason::OnlyReading => "the only reading",
        Reason::Prior(form) => return format!("a name of form {form}"),
        Reason::Listed => "listed with this weight",
        Reason::Cue(cue) => return format!("the document says \"{cue}\""),
        Reason::ExistsThen => "exists at the document's date",
        Reason::GoneOrNotYet => "does not exist at the document's date",
        Reason::NoDate => "gone by now, and the document has no date",
        Reason::NameNotInUse => "the name is not in use at the document's date",
        Reason::Blocker => "a longer string that is no entity's name",
        Reason::NamedElsewhere => "named elsewhere beyond doubt",
        Reason::Dominant => "no state is named more often",
        Reason::Dateline => "the document is datelined there",
        Reason::AmongStates => "in a list with states",
        Reason::WithTitle => "its head of state or government is spoken of",
        Reason::Members(share) => return format!("{share} % of the states named belong to it"),
        Reason::InOffice => "in office at the document's date",
        Reason::OfficeOfNamed => "the state or body of the office is named",
        Reason::PlaceElsewhere => "a place elsewhere has the name",
        Reason::PersonOfThatName => "a person has the name",
    };
    words.to_owned()
}
