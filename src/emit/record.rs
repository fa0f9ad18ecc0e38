//! The record of a document, as the contract has it.

use serde::Serialize;

use crate::document::{Document, Layout, OffsetMap, Offsets, Span, Zone};
use crate::extract::Extraction;
use crate::gazetteer::{Form, Gazetteer, Kind, PartialDate, Status};
use crate::relate::{Event, Modality, Node, Polarity, Predicate, Time, Triple};
use crate::resolve::Mention;
use crate::verify::{Check, Known};

/// Everything found in one document. Positions are counted as `offsets` says.
#[derive(Debug, Serialize)]
pub struct Record<'r> {
    /// The document's id.
    pub id: Option<&'r str>,
    /// Where it came from.
    pub source: Option<&'r str>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// How positions are counted.
    pub offsets: &'static str,
    /// Who and what it names.
    pub mentions: Vec<MentionRecord<'r>>,
    /// What it asserts.
    pub triples: Vec<TripleRecord<'r>>,
    /// Version and hash of the data.
    pub gazetteer: &'r str,
    /// Remarks on how the document was read.
    pub notes: Vec<String>,
}

/// A mention.
#[derive(Debug, Serialize)]
pub struct MentionRecord<'r> {
    /// Its number, counted from zero.
    pub n: usize,
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The text between.
    pub text: &'r str,
    /// The same without the markup of the file, where that makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plain: Option<&'r str>,
    /// What is named.
    pub kind: Kind,
    /// The entity's id.
    pub id: Option<&'r str>,
    /// The entity's name.
    pub name: &'r str,
    /// Its Wikidata item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<&'r str>,
    /// By what kind of name.
    pub form: Form,
    /// The title of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'r str>,
    /// In which part of the document.
    pub zone: Zone,
    /// The longer name it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_name: Option<&'r str>,
    /// How sure it is.
    pub score: f64,
}

/// Subject or object of a triple.
#[derive(Debug, Serialize)]
pub struct NodeRecord<'r> {
    /// The entity's id.
    pub id: Option<&'r str>,
    /// Its name.
    pub name: &'r str,
    /// The number of the mention.
    pub mention: usize,
    /// Its Wikidata item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<&'r str>,
}

/// The words that say a triple.
#[derive(Debug, Serialize)]
pub struct Evidence<'r> {
    /// Where they begin.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// The words.
    pub text: &'r str,
    /// The same without the markup of the file, where that makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plain: Option<&'r str>,
}

/// A triple.
#[derive(Debug, Serialize)]
pub struct TripleRecord<'r> {
    /// Who.
    pub subject: NodeRecord<'r>,
    /// How.
    pub predicate: Predicate<'r>,
    /// To what.
    pub object: NodeRecord<'r>,
    /// As what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Whether it is affirmed.
    pub polarity: Polarity,
    /// Whether it is said to be so.
    pub modality: Modality,
    /// The act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// The portfolio of a minister.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portfolio: Option<&'r str>,
    /// The title of another office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<&'r str>,
    /// When.
    pub time: Time,
    /// Whom the text gives as the source of the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<NodeRecord<'r>>,
    /// Who says so: `text`, or `gazetteer` alone.
    pub origin: &'static str,
    /// The rule that found it.
    pub rule: &'r str,
    /// How sure it is.
    pub score: f64,
    /// The words that say it.
    pub evidence: Evidence<'r>,
    /// What the gazetteer says.
    pub check: &'r Check,
}

impl<'r> Record<'r> {
    /// The record of an extraction.
    ///
    /// ```
    /// use accede::{Document, Extractor, Offsets, Record};
    /// let extractor = Extractor::builtin()?;
    /// let document = Document::new("🙂 Iran left.");
    /// let extraction = extractor.extract(&document);
    /// let record = Record::new(&document, &extraction, extractor.gazetteer(), Offsets::Char);
    /// assert_eq!((record.mentions[0].start, record.mentions[0].text), (2, "Iran"));
    /// # Ok::<(), accede::Error>(())
    /// ```
    pub fn new(
        document: &Document<'r>,
        extraction: &'r Extraction<'r>,
        gazetteer: &'r Gazetteer,
        offsets: Offsets,
    ) -> Self {
        Self::with_known(document, extraction, None, gazetteer, offsets)
    }

    /// The record of an extraction, and after its triples those that only the gazetteer asserts.
    pub fn with_known(
        document: &Document<'r>,
        extraction: &'r Extraction<'r>,
        known: Option<&'r Known>,
        gazetteer: &'r Gazetteer,
        offsets: Offsets,
    ) -> Self {
        let maker = Maker {
            text: document.text,
            layout: document.layout,
            gazetteer,
            map: OffsetMap::new(document.layout.map_or(document.text, Layout::source), offsets),
            mentions: &extraction.resolution.mentions,
        };
        let mut notes = Vec::new();
        if document.date.is_none() && !extraction.triples.is_empty() {
            notes.push("no date is known for the document: each check says when its fact held".to_owned());
        }
        Self {
            id: document.id,
            source: document.source,
            date: document.date,
            offsets: offsets.name(),
            mentions: maker
                .mentions
                .iter()
                .enumerate()
                .map(|(n, mention)| maker.mention(n, mention))
                .collect(),
            triples: maker.triples(extraction, known),
            gazetteer: gazetteer.version(),
            notes,
        }
    }
}

struct Maker<'r> {
    text: &'r str,
    layout: Option<&'r Layout>,
    gazetteer: &'r Gazetteer,
    map: OffsetMap<'r>,
    mentions: &'r [Mention],
}

/// A span as a record has it.
struct Place<'r> {
    start: u32,
    end: u32,
    text: &'r str,
    plain: Option<&'r str>,
}

impl<'r> Maker<'r> {
    /// Where a span stands in the file, and what stands there.
    fn place(&self, span: Span) -> Place<'r> {
        let plain = span.of(self.text);
        let (span, text) = match self.layout {
            None => (span, plain),
            Some(layout) => {
                let span = layout.source_span(span);
                (span, span.of(layout.source()))
            }
        };
        Place {
            start: self.map.convert(span.start),
            end: self.map.convert(span.end),
            text,
            plain: Some(plain).filter(|plain| *plain != text),
        }
    }

    fn mention(&self, n: usize, mention: &Mention) -> MentionRecord<'r> {
        let entity = mention.entity.map(|key| self.gazetteer.entity(key));
        let place = self.place(mention.span);
        MentionRecord {
            n,
            start: place.start,
            end: place.end,
            text: place.text,
            plain: place.plain,
            kind: mention.kind,
            id: entity.map(|entity| entity.id()),
            name: self.name_of(mention),
            wikidata: entity.and_then(|entity| entity.wikidata()),
            form: mention.form,
            title: mention.title.map(|title| title.of(self.text)),
            zone: mention.zone,
            in_name: mention.in_name.map(|name| name.of(self.text)),
            score: rounded(mention.score),
        }
    }

    /// The entity's name, or the fullest name the text gives.
    fn name_of(&self, mention: &Mention) -> &'r str {
        match mention.entity {
            Some(key) => self.gazetteer.entity(key).name(),
            None => mention.introduced.unwrap_or(mention.span).of(self.text),
        }
    }

    /// A person's name as the text gives it in full; the entity's where it gives only a family name.
    fn person_name(&self, mention: &Mention) -> &'r str {
        let named = mention.introduced.unwrap_or(mention.span).of(self.text);
        let whole = named.contains(' ') && !named.contains(['\n', '\r', '\t']);
        if whole { named } else { self.name_of(mention) }
    }

    fn node(&self, node: Node) -> NodeRecord<'r> {
        let entity = node.entity.map(|key| self.gazetteer.entity(key));
        NodeRecord {
            id: entity.map(|entity| entity.id()),
            name: match entity {
                Some(entity) if entity.kind() != Kind::Person => entity.name(),
                _ => self.person_name(&self.mentions[node.mention]),
            },
            mention: node.mention,
            wikidata: entity.and_then(|entity| entity.wikidata()),
        }
    }

    /// Whom a statement is attributed to.
    fn source(&self, mention: usize) -> NodeRecord<'r> {
        let named = &self.mentions[mention];
        self.node(Node { entity: named.entity, mention, kind: named.kind })
    }

    fn triples(&self, extraction: &'r Extraction<'r>, known: Option<&'r Known>) -> Vec<TripleRecord<'r>> {
        let said = extraction.triples.iter().zip(&extraction.checks);
        let known = known.into_iter().flat_map(|known| known.triples.iter().zip(&known.checks));
        said.map(|(triple, check)| self.triple(triple, check, "text"))
            .chain(known.map(|(triple, check)| self.triple(triple, check, "gazetteer")))
            .collect()
    }

    fn triple(&self, triple: &'r Triple<'r>, check: &'r Check, origin: &'static str) -> TripleRecord<'r> {
        let place = self.place(triple.evidence);
        TripleRecord {
            subject: self.node(triple.subject),
            predicate: triple.predicate,
            object: self.node(triple.object),
            status: triple.status,
            polarity: triple.polarity,
            modality: triple.modality,
            event: triple.event,
            portfolio: triple.portfolio.as_deref(),
            office: triple.office.map(|office| office.of(self.text)),
            time: triple.time,
            attributed_to: triple.attributed_to.map(|mention| self.source(mention)),
            origin,
            rule: triple.rule,
            score: rounded(triple.score),
            evidence: Evidence { start: place.start, end: place.end, text: place.text, plain: place.plain },
            check,
        }
    }
}

/// Two places are as much as a score means.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}
