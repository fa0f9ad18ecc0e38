//! Rules: what is written in `data/rules/*.toml`, and its compiled form.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::cues::{CueKind, Cues};
use super::item::ClauseWords;
use super::needs::{Needs, WordNeeds};
use super::pattern::{Families, Pattern};
use super::refer::ReferWords;
use super::time::{TimeTable, TimeWords};
use super::triple::{Event, Modality, Polarity, Predicate};
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
    /// Predicates of one's own, each with what it means.
    #[serde(default)]
    predicates: BTreeMap<String, String>,
    #[serde(default, rename = "rule")]
    rules: Vec<RuleText>,
}

/// A rule as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// The name that records give.
    pub name: String,
    /// What it matches; see `docs/rules.md`.
    pub pattern: String,
    /// What it says of what it matched.
    pub triples: Vec<Template>,
    /// Texts with the triples the rule finds in them.
    #[serde(default)]
    pub examples: Vec<Vec<String>>,
    /// Texts in which the rule finds nothing.
    #[serde(default)]
    pub counter: Vec<String>,
    /// The file it stands in.
    #[serde(skip)]
    pub file: PathBuf,
    /// The line its name stands in.
    #[serde(skip)]
    pub line: u64,
}

/// A triple to be built from a match.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The slot of the subject. With `pairs` as predicate's object left out, each pair of its states.
    pub subject: String,
    /// A predicate of the contract or one that a rule file declares, `belongs` (`member_of` or `party_to` by the
    /// object's kind), or `office` (by the title).
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
    /// Whether nothing is said where a cue denies it.
    #[serde(default)]
    pub only_affirmed: bool,
    /// Whether an office begins with a date that says when: "became president in 2005".
    #[serde(default)]
    pub begins: bool,
    /// Whether the title is that of somebody who followed: "President X succeeded Y".
    #[serde(default)]
    pub predecessor: bool,
    /// Whether the title just stands beside the name: then it has to be the one the person was read with, and no
    /// cue counts.
    #[serde(default)]
    pub apposition: bool,
}

/// A compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) text: RuleText,
    pub(super) pattern: Pattern,
    /// What each of its triples says.
    pub(super) says: Vec<SaysText>,
    /// What a sentence must hold.
    pub(super) needs: Needs,
}

/// What the predicate of a rule makes of its slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says<'r> {
    /// `member_of` or `party_to`, by the kind of the object.
    Belongs,
    /// The predicate of the title's office.
    Office,
    Predicate(Predicate<'r>),
}

/// The same before it has a rule to borrow a name from.
#[derive(Debug, Clone, Copy)]
pub(super) enum SaysText {
    Known(Says<'static>),
    Declared,
}

impl SaysText {
    fn of_name(name: &str, declared: &BTreeMap<String, String>) -> Result<Self> {
        let known = match name {
            "belongs" => Some(Says::Belongs),
            "office" => Some(Says::Office),
            _ => Predicate::ALL.into_iter().find(|known| known.as_str() == name).map(Says::Predicate),
        };
        if let Some(known) = known {
            return Ok(Self::Known(known));
        }
        if declared.contains_key(name) {
            return Ok(Self::Declared);
        }
        let all = Predicate::ALL.iter().map(|known| known.as_str()).chain(["belongs", "office"]);
        let allowed: Vec<_> = all.chain(declared.keys().map(String::as_str)).collect();
        Err(Error::new(format!(
            "`{name}` is not a predicate: {} are allowed, and what [predicates] declares",
            allowed.join(", ")
        )))
    }

    pub(super) fn of(self, template: &Template) -> Says<'_> {
        match self {
            Self::Known(known) => known,
            Self::Declared => Says::Predicate(Predicate::Declared(&template.predicate)),
        }
    }
}

/// Everything the rule files say, compiled.
#[derive(Debug, Default)]
pub(super) struct RuleSet {
    pub(super) rules: Vec<Rule>,
    pub(super) families: Vec<Phrases<()>>,
    pub(super) cues: Cues,
    pub(super) time: TimeWords,
    pub(super) chunk: ClauseWords,
    pub(super) refer: ReferWords,
    pub(super) respectively: FxHashSet<Word>,
    /// Verbs of saying, and "according to".
    pub(super) reports: FxHashSet<Word>,
    pub(super) according: FxHashSet<Word>,
    pub(super) lexicon: Lexicon,
    /// The words without which no rule is tried.
    pub(super) needs: WordNeeds,
    declared: BTreeMap<String, String>,
}

const TIME: &str = "rules/time.toml";

impl RuleSet {
    pub(super) fn load(gazetteer: &Gazetteer, lexicon: Lexicon) -> Result<Self> {
        let mut set = Self { lexicon, ..Self::default() };
        set.language(gazetteer);
        let mut names = Families::default();
        let mut drafts = Vec::new();
        for package in gazetteer.packages() {
            set.read(package, &mut names, &mut drafts)?;
        }
        set.engine_words(&names);
        for text in drafts {
            let (file, line) = (text.file.clone(), text.line);
            set.compile(text, &names).map_err(|error| error.at(&file, line))?;
        }
        let needs: Vec<_> = set.rules.iter().map(|rule| rule.needs.clone()).collect();
        set.needs = WordNeeds::of(&needs);
        Ok(set)
    }

    /// Marks, and the small words that the gazetteer's language tables hold.
    fn language(&mut self, gazetteer: &Gazetteer) {
        let (chunk, lexicon) = (&mut self.chunk, &mut self.lexicon);
        chunk.comma = lexicon.intern(",");
        chunk.semicolon = lexicon.intern(";");
        chunk.colon = lexicon.intern(":");
        chunk.open = lexicon.intern("(");
        chunk.close = lexicon.intern(")");
        chunk.hyphen = lexicon.intern("-");
        for (word, role) in &gazetteer.language().connectors {
            let word = lexicon.intern(word);
            match role {
                Connector::Of => chunk.of.insert(word),
                Connector::Definite => chunk.articles.insert(word) | chunk.definite.insert(word),
                Connector::Article => chunk.articles.insert(word),
                _ => false,
            };
        }
        for noun in &gazetteer.language().government_nouns {
            chunk.government.insert(lexicon.intern_phrase(noun), ());
        }
    }

    /// The families that the engine itself uses; see `docs/rules.md`.
    fn engine_words(&mut self, names: &Families) {
        let families = &self.families;
        let phrases = |name: &str| names.get(name).into_iter().flat_map(|&at| families[at].phrases());
        let single = |name: &str| -> FxHashSet<Word> {
            phrases(name).filter(|phrase| phrase.len() == 1).map(|phrase| phrase[0]).collect()
        };
        let last = |name: &str| -> FxHashSet<Word> {
            phrases(name).filter_map(|phrase| phrase.last().copied()).collect()
        };
        let chunk = &mut self.chunk;
        chunk.prepositions = single("preposition");
        chunk.conjunctions = single("conjunction");
        chunk.subordinators = single("subordinator");
        chunk.relatives = single("relative");
        chunk.finite = single("finite");
        chunk.followers = single("follower");
        chunk.list_modifiers = single("list-modifier");
        chunk.possessives = single("possessive");
        chunk.owners = single("its").into_iter().chain(single("their")).collect();
        chunk.links = single("be").into_iter().chain(single("become")).collect();
        chunk.as_words = single("as");
        chunk.role_breakers = single("role-breaker");
        chunk.body_nouns = single("org-noun").into_iter().chain(single("treaty-noun")).collect();
        chunk.becoming = single("become");
        chunk.infinitive = single("infinitive");
        chunk.openers = single("opener");
        chunk.dashes = single("dash");
        for separator in phrases("list-separator") {
            chunk.separators.insert(separator.into(), ());
        }
        self.refer.one = single("it");
        self.refer.several = single("they");
        self.refer.of_one = single("its");
        self.refer.of_several = single("their");
        self.refer.nouns = single("state-noun");
        self.refer.plural_nouns = single("states-noun");
        self.refer.takes_body = single("takes-body");
        self.refer.all = single("all");
        self.chunk.officials = single("officials");
        self.refer.opens = single("may-be-open");
        self.refer.org_nouns = single("org-noun");
        self.refer.treaty_nouns = single("treaty-noun");
        for count in 2..=12 {
            for word in single(&format!("count-{count}")) {
                self.refer.counts.insert(word, count);
            }
        }
        self.respectively = single("respectively");
        self.reports = single("report");
        self.according = last("according-to");
    }

    fn read(&mut self, package: &Package, names: &mut Families, drafts: &mut Vec<RuleText>) -> Result<()> {
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
            self.declared.extend(file.predicates);
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
                RuleText { file: path.clone(), line: line_of(&text, at), ..rule }
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
        let declared = &self.declared;
        let says = text.triples.iter().map(|triple| SaysText::of_name(&triple.predicate, declared));
        let says = says.collect::<Result<_>>().map_err(named)?;
        let needs = pattern.needs(&self.families);
        self.rules.push(Rule { text, pattern, says, needs });
        Ok(())
    }
}

fn line_of(text: &str, at: usize) -> u64 {
    text[..at.min(text.len())].matches('\n').count() as u64 + 1
}
