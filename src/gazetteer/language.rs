//! Words of the language that tagging needs: titles, portfolios, status words, nouns for governments, cues.

use std::path::Path;

use super::tables::{Columns, read, several};
use super::{Kind, Office, Package, Status};
use crate::document::{Abbreviations, CueMatch, CueReach, FurnitureCues, fold};
use crate::{Error, Result};

/// The language tables of a data package.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Points that end no sentence.
    pub abbreviations: Abbreviations,
    /// What furniture is known by.
    pub furniture: FurnitureCues,
    pub(crate) titles: Vec<Title>,
    /// Names of portfolios with their keys: "foreign affairs", `foreign`.
    pub(crate) portfolios: Vec<(String, String)>,
    pub(crate) statuses: Vec<(String, Status)>,
    pub(crate) government_nouns: Vec<String>,
    pub(crate) readings: Vec<Reading>,
    /// Nouns that end the names of organisations and treaties.
    pub(crate) body_nouns: Vec<(String, Kind)>,
    /// Adjectives between an article and such a noun: "the regional bloc".
    pub(crate) body_adjectives: Vec<(String, ())>,
    /// Small words around titles: articles, those like "of", and what points back to a state.
    pub(crate) connectors: Vec<(String, Connector)>,
    /// Small words within persons' names: "de", "bin".
    pub(crate) particles: Vec<String>,
    /// Words that begin with a capital and are no part of a person's name: days, the beginnings of sentences.
    pub(crate) not_names: Vec<String>,
    /// Nouns of longer proper names: "league".
    pub(crate) name_heads: Vec<(String, NameHead)>,
    /// Words that tell a place from a state of the same name.
    pub(crate) places: Vec<(String, Place)>,
    /// What given names are besides, and such as no person of the tables has.
    pub(crate) given_names: Vec<(String, GivenName)>,
    /// Words by which a language is told from a state.
    pub(crate) tongues: Vec<(String, Tongue)>,
    /// Words of sport.
    pub(crate) sport: Vec<(String, Sport)>,
}

super::vocabulary! {
    /// Where a word stands that tells a language, and what it does.
    Tongue, "a role of a language cue" {
        /// Before it: "in French".
        Before = "before",
        /// After it where it is no adjective: "French and".
        After = "after",
        /// After it, as what it is: "the French language".
        Noun = "noun",
        /// A language that is no state's adjective: "Arabic".
        Name = "tongue",
    }
}

super::vocabulary! {
    /// What a word tells of sport.
    Sport, "a role of sport" {
        /// A game: "cricket".
        Game = "game",
        /// A contest or a series of them: "World Cup".
        Event = "event",
        /// What is done on a field: "wicket", "goalkeeper".
        Play = "play",
        /// What belongs to a team and follows its name: "the Brazilian side".
        Side = "side",
        /// What stands before a place and not before a team: "in".
        Place = "place",
        /// What stands between two teams that meet: "v".
        Versus = "versus",
        /// An adjective that names a people as a whole: "the Irish".
        Collective = "collective",
        /// A plural that names a people: "the Mexicans".
        Plural = "plural",
        /// What a team does: "beat", "drew".
        Does = "does",
    }
}

super::vocabulary! {
    /// What a word beside a name tells of the place.
    Place, "a role of a word beside a place" {
        /// A part of a state, after a comma: "Lebanon, Ohio".
        Region = "region",
        /// What a settlement has: "Lebanon County".
        Part = "part",
        /// What stands before a settlement: "city of".
        Before = "before",
        /// What joins the entries of a list.
        Join = "join",
    }
}

super::vocabulary! {
    /// Where a noun of longer proper names stands.
    NameHead, "a role of a noun in names" {
        /// After a state, or before it with "of": "Norwegian Chess League", "University of Malta".
        Head = "head",
        /// After it alone: "Nordic Oil Company".
        End = "end",
        /// Before it alone, with "of": "Green Party of Rwanda".
        Of = "of",
        /// Right before it: "Statistics Norway".
        Front = "front",
    }
}

super::vocabulary! {
    /// What a given name is besides.
    GivenName, "a role of a given name" {
        /// Nothing else.
        Name = "name",
        /// The name of a state too: "Georgia Stevens".
        Place = "place",
        /// A word too, or a city: "Christian", "Sydney".
        Word = "word",
    }
}

super::vocabulary! {
    /// What a small word does beside a title.
    Connector, "a role" {
        /// "a"
        Article = "article",
        /// "the"
        Definite = "definite",
        /// "of"
        Of = "of",
        /// "to", which may follow a title without saying whose it is
        Preposition = "preposition",
        /// "and"
        And = "and",
        /// "country", which points back to a state
        Country = "country",
        /// "was", which may stand between a name and a title
        Copula = "copula",
        /// "its", which points back to a state or organisation
        Its = "its",
        /// "his", which points back to an official
        His = "his",
        /// "mission", which is within a state or organisation
        Organ = "organ",
    }
}

/// A title that names an office: "defence minister".
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// In folded form; `{portfolio}` in it stands for each name of a portfolio.
    pub(crate) words: String,
    pub(crate) office: Office,
    pub(crate) portfolio: Option<String>,
    /// Ids of the states or organisations it is used in; empty for any.
    pub(crate) of: Vec<String>,
    pub(crate) status: Option<Status>,
    /// Whether it names several: "presidents".
    pub(crate) plural: bool,
    /// Whether without a state it is of the state the text is about, though it is no head's and no minister's.
    pub(crate) at_home: bool,
}

/// What an ambiguous surface may mean, and the words that speak for it.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// In folded form.
    pub(crate) surface: String,
    /// An entity's id, or `None` for something the gazetteer does not hold.
    pub(crate) entity: Option<String>,
    pub(crate) weight: i32,
    /// In folded form; without any the weight is what the reading begins with.
    pub(crate) cues: Vec<String>,
}

impl Language {
    pub(super) fn load(packages: &[Package]) -> Result<Self> {
        let mut language = Self::default();
        for package in packages {
            language.read_words(package)?;
            read_offices(package, &mut language.titles)?;
        }
        Ok(language)
    }

    fn read_words(&mut self, package: &Package) -> Result<()> {
        each(package, "abbreviations.csv", ["word", "weak"], 1, |[word, weak]| {
            self.abbreviations.insert(word, weak == "yes");
            Ok(())
        })?;
        each(package, "furniture.csv", ["cue", "class", "match"], 3, |[cue, class, matching]| {
            self.furniture.insert(cue, reach(class)?, cue_match(matching)?);
            Ok(())
        })?;
        each(package, "portfolios.csv", ["words", "portfolio"], 2, |[words, portfolio]| {
            self.portfolios.push((fold(words), portfolio.to_owned()));
            Ok(())
        })?;
        each(package, "statuses.csv", ["words", "status"], 2, |[words, status]| {
            self.statuses.push((fold(words.trim_matches('-')), status.parse()?));
            Ok(())
        })?;
        each(package, "body_nouns.csv", ["noun", "kind"], 2, |[noun, kind]| {
            self.body_nouns.push((fold(noun), kind.parse()?));
            Ok(())
        })?;
        each(package, "body_adjectives.csv", ["word"], 1, |[word]| {
            self.body_adjectives.push((fold(word), ()));
            Ok(())
        })?;
        each(package, "connectors.csv", ["word", "role"], 2, |[word, role]| {
            self.connectors.push((fold(word), role.parse()?));
            Ok(())
        })?;
        each(package, "particles.csv", ["word"], 1, |[word]| {
            self.particles.push(fold(word));
            Ok(())
        })?;
        each(package, "not_names.csv", ["word"], 1, |[word]| {
            self.not_names.push(fold(word));
            Ok(())
        })?;
        each(package, "language_cues.csv", ["word", "role"], 2, |[word, role]| {
            self.tongues.push((fold(word), role.parse()?));
            Ok(())
        })?;
        each(package, "name_heads.csv", ["words", "role"], 2, |[words, role]| {
            self.name_heads.push((fold(words), role.parse()?));
            Ok(())
        })?;
        each(package, "places.csv", ["words", "role"], 2, |[words, role]| {
            self.places.push((fold(words), role.parse()?));
            Ok(())
        })?;
        each(package, "given_names.csv", ["name", "role"], 2, |[name, role]| {
            self.given_names.push((fold(name), role.parse()?));
            Ok(())
        })?;
        each(package, "sport.csv", ["words", "role"], 2, |[words, role]| {
            self.sport.push((fold(words), role.parse()?));
            Ok(())
        })?;
        each(package, "government_nouns.csv", ["words"], 1, |[words]| {
            self.government_nouns.push(fold(words));
            Ok(())
        })?;
        each(
            package,
            "context.csv",
            ["surface", "reading", "weight", "cues"],
            4,
            |[surface, reading, weight, cues]| {
                let weight =
                    weight.parse().map_err(|_| Error::new(format!("`{weight}` is not a whole number")))?;
                self.readings.push(Reading {
                    surface: fold(surface),
                    entity: Some(reading).filter(|reading| *reading != "-").map(str::to_owned),
                    weight,
                    cues: several(cues).map(fold).collect(),
                });
                Ok(())
            },
        )
    }
}

fn read_offices(package: &Package, titles: &mut Vec<Title>) -> Result<()> {
    each(
        package,
        "offices.csv",
        ["title", "office", "portfolio", "of", "status", "number", "home"],
        2,
        |row| {
            let [title, office, portfolio, of, status, number, home] = row;
            titles.push(Title {
                words: fold(title),
                office: office.parse()?,
                portfolio: Some(portfolio.to_owned()).filter(|portfolio| !portfolio.is_empty()),
                of: several(of).map(str::to_owned).collect(),
                status: if status.is_empty() { None } else { Some(status.parse()?) },
                plural: number == "plural",
                at_home: home == "yes",
            });
            Ok(())
        },
    )
}

/// Reads one table, if the package has it.
pub(super) fn each<const N: usize>(
    package: &Package,
    table: &str,
    names: [&'static str; N],
    required: usize,
    mut take: impl FnMut([&str; N]) -> Result<()>,
) -> Result<()> {
    let Some(text) = package.text(table)? else { return Ok(()) };
    let file = package.path(table);
    read(Path::new(&file), &text, &Columns { names, required }, |_, row| take(row.fields()))
}

fn reach(class: &str) -> Result<CueReach> {
    match class {
        "head" => Ok(CueReach::Head),
        "line" => Ok(CueReach::Line),
        "end" => Ok(CueReach::End),
        _ => Err(Error::new(format!("`{class}` is not a class of furniture: head, line, end are allowed"))),
    }
}

fn cue_match(matching: &str) -> Result<CueMatch> {
    match matching {
        "prefix" => Ok(CueMatch::Prefix),
        "contains" => Ok(CueMatch::Contains),
        "whole" => Ok(CueMatch::Whole),
        _ => Err(Error::new(format!(
            "`{matching}` is not a way to match: prefix, contains, whole are allowed"
        ))),
    }
}
