//! Rules: what is written in `data/rules/*.toml`, and its compiled form.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::cues::{CueKind, Cues};
use super::item::ChunkWords;
use super::pattern::{Families, Pattern};
use super::time::{TimeTable, TimeWords};
use super::triple::{Event, Modality, Polarity};
use crate::gazetteer::{Connector, Gazetteer, Package, Status};
use crate::lexicon::{Lexicon, Word};
use crate::phrases::Phrases;
use crate::{Error, Result};

/// A rule file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    families: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    cues: BTreeMap<CueKind, Vec<String>>,
    #[serde(default, rename = "rule")]
    rules: Vec<RuleText>,
}

/// A rule as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// The name that records give.
    pub name: String,
    /// What it matches; see `data/rules/README.md`.
    pub pattern: String,
    /// What it says of what it matched.
    pub triples: Vec<Template>,
    /// Texts with the triples the rule finds in them.
    #[serde(default)]
    pub examples: Vec<Vec<String>>,
    /// Texts in which the rule finds nothing.
    #[serde(default)]
    pub counter: Vec<String>,
}

/// A triple to be built from a match.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The slot of the subject. With `pairs` as predicate's object left out, each pair of its states.
    pub subject: String,
    /// A predicate, `belongs` (`member_of` or `party_to` by the object's kind), or `office` (by the title).
    pub predicate: String,
    /// The slot of the object; for `agreement_with` and `allied_with` it may be left out.
    #[serde(default)]
    pub object: Option<String>,
    /// The status.
    #[serde(default)]
    pub status: Option<Status>,
    /// The status where the object is a treaty, if another.
    #[serde(default)]
    pub treaty_status: Option<Status>,
    /// The act.
    #[serde(default)]
    pub event: Option<Event>,
    /// The polarity, whatever cues say.
    #[serde(default)]
    pub polarity: Option<Polarity>,
    /// The modality, whatever cues say.
    #[serde(default)]
    pub modality: Option<Modality>,
}

/// A compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) text: RuleText,
    pub(super) pattern: Pattern,
}

/// Everything the rule files say, compiled.
#[derive(Debug, Default)]
pub(super) struct RuleSet {
    pub(super) rules: Vec<Rule>,
    pub(super) families: Vec<Phrases<()>>,
    pub(super) cues: Cues,
    pub(super) time: TimeWords,
    pub(super) chunk: ChunkWords,
    pub(super) lexicon: Lexicon,
    /// For each word that must be there, the rules it calls for.
    pub(super) by_anchor: FxHashMap<Word, Vec<usize>>,
    /// Rules without such a word.
    pub(super) always: Vec<usize>,
}

const TIME: &str = "rules/time.toml";
/// Families that the engine itself uses.
const LIST_SEPARATORS: &str = "list-separator";
const PREPOSITIONS: &str = "preposition";

impl RuleSet {
    pub(super) fn load(gazetteer: &Gazetteer, lexicon: Lexicon) -> Result<Self> {
        let mut set = Self { lexicon, ..Self::default() };
        set.chunk.comma = set.lexicon.intern(",");
        set.chunk.semicolon = set.lexicon.intern(";");
        set.cues = Cues::new(set.chunk.comma);
        for (word, _) in gazetteer.language().connectors.iter().filter(|(_, role)| *role != Connector::Of) {
            set.chunk.articles.insert(set.lexicon.intern(word));
        }
        for (word, _) in gazetteer.language().connectors.iter().filter(|(_, role)| *role == Connector::Of) {
            set.chunk.of.insert(set.lexicon.intern(word));
        }
        for noun in &gazetteer.language().government_nouns {
            set.chunk.government.insert(set.lexicon.intern_phrase(noun), ());
        }
        let mut names = Families::default();
        let mut drafts = Vec::new();
        for package in gazetteer.packages() {
            set.read(package, &mut names, &mut drafts)?;
        }
        for preposition in names.get(PREPOSITIONS).into_iter().flat_map(|&at| set.families[at].phrases()) {
            set.chunk.prepositions.extend(preposition.first());
        }
        for separator in names.get(LIST_SEPARATORS).into_iter().flat_map(|&at| set.families[at].phrases()) {
            set.chunk.separators.insert(separator.into(), ());
        }
        for (text, place) in drafts {
            set.compile(text, &names).map_err(|error| error.at(&place.0, place.1))?;
        }
        Ok(set)
    }

    fn read(
        &mut self,
        package: &Package,
        names: &mut Families,
        drafts: &mut Vec<(RuleText, (std::path::PathBuf, u64))>,
    ) -> Result<()> {
        for name in package.rule_files()? {
            let path = package.path(&name);
            let Some(text) = package.text(&name)? else { continue };
            let broken = |error: toml::de::Error| {
                let line = error.span().map(|span| line_of(&text, span.start));
                Error::new(error.message()).at(&path, line)
            };
            if name == TIME {
                let table: TimeTable = toml::from_str(&text).map_err(broken)?;
                self.time = TimeWords::new(&table, &mut self.lexicon);
                continue;
            }
            let file: RuleFile = toml::from_str(&text).map_err(broken)?;
            for (family, phrases) in &file.families {
                self.family(family, phrases, names);
            }
            for (kind, phrases) in &file.cues {
                for phrase in phrases {
                    let articles = &self.chunk.articles;
                    self.cues.insert(*kind, phrase, &mut self.lexicon, &|word| articles.contains(&word));
                }
            }
            drafts.extend(file.rules.into_iter().map(|rule| {
                let at = text.find(&format!("name = \"{}\"", rule.name)).unwrap_or(0);
                (rule, (path.clone(), line_of(&text, at)))
            }));
        }
        Ok(())
    }

    fn family(&mut self, name: &str, phrases: &[String], names: &mut Families) {
        let at = *names.entry(name.to_owned()).or_insert_with(|| {
            self.families.push(Phrases::default());
            self.families.len() - 1
        });
        for phrase in phrases {
            let words = self.lexicon.intern_phrase(phrase);
            let words = words.iter().copied().filter(|word| !self.chunk.articles.contains(word)).collect();
            self.families[at].insert(words, ());
        }
    }

    fn compile(&mut self, text: RuleText, names: &Families) -> Result<()> {
        let named = |error: Error| Error::new(format!("rule `{}`: {error}", text.name));
        let pattern = Pattern::parse(&text.pattern, names, &mut self.lexicon).map_err(named)?;
        for template in &text.triples {
            for slot in [Some(&template.subject), template.object.as_ref()].into_iter().flatten() {
                if pattern.slot(slot).is_none() {
                    return Err(named(Error::new(format!(
                        "the pattern has no slot {{{slot}}}: {} are there",
                        pattern.slots.join(", ")
                    ))));
                }
            }
        }
        let at = self.rules.len();
        let anchors = pattern.anchors(&self.families);
        if anchors.is_empty() {
            self.always.push(at);
        }
        for word in anchors {
            self.by_anchor.entry(word).or_default().push(at);
        }
        self.rules.push(Rule { text, pattern });
        Ok(())
    }
}

fn line_of(text: &str, at: usize) -> u64 {
    text[..at.min(text.len())].matches('\n').count() as u64 + 1
}
