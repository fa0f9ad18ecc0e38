//! Persons, found by their Wikidata item; those who are new get an id and their names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use unicode_normalization::UnicodeNormalization;

use crate::Places;
use crate::merge::Proposal;

/// Persons of the table by item, and the new ones.
pub(crate) struct Persons {
    known: HashMap<String, String>,
    ids: BTreeSet<String>,
    letters: HashMap<char, String>,
    new: BTreeMap<String, (String, String)>,
}

impl Persons {
    pub(crate) fn read(places: &Places<'_>) -> Result<Self> {
        let (persons, aliases) = (places.table("persons.csv")?, places.mapping("person_aliases.csv")?);
        let own = |fields: [&str; 2]| fields.map(str::to_owned).into();
        let known = persons.fields(["wikidata", "id"])?.chain(aliases.fields(["wikidata", "person"])?);
        let known = known.filter(|[item, _]| !item.is_empty()).map(own).collect();
        let ids = persons.fields(["id"])?.map(|[id]| id.to_owned()).collect();
        let mut letters = HashMap::new();
        for [letter, ascii] in places.mapping("letters.csv")?.fields(["letter", "ascii"])? {
            letters.extend(letter.chars().next().map(|letter| (letter, ascii.to_owned())));
        }
        Ok(Self { known, ids, letters, new: BTreeMap::new() })
    }

    /// The person of an item, new where need be; or why there is none.
    ///
    /// A person of this name whom the tables have without this item is not guessed to be the same one, nor another.
    pub(crate) fn find(&mut self, item: &str, label: &str) -> Result<String, String> {
        if let Some(id) = self.known.get(item).or_else(|| self.new.get(item).map(|(id, _)| id)) {
            return Ok(id.clone());
        }
        let name = shown(label);
        let id = format!("person:{}", self.slug(&name));
        if name.split(' ').count() < 2 || id.ends_with(':') {
            return Err("no full name".to_owned());
        }
        if !self.ids.insert(id.clone()) {
            return Err("a person of this name has no such item".to_owned());
        }
        self.new.insert(item.to_owned(), (id.clone(), name));
        Ok(id)
    }

    /// A name in ASCII letters.
    pub(crate) fn fold(&self, name: &str) -> String {
        let plain: String = name
            .chars()
            .map(|letter| self.letters.get(&letter).cloned().unwrap_or_else(|| letter.to_string()))
            .collect();
        plain.nfkd().filter(char::is_ascii).collect()
    }

    fn slug(&self, name: &str) -> String {
        let plain = self.fold(name).to_lowercase().replace('\'', "");
        plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    }

    /// Rows of persons and of their names, for the new ones among these.
    pub(crate) fn proposals(&self, source: &str, used: &BTreeSet<&str>) -> Vec<Proposal> {
        let new: Vec<_> = self.new.iter().filter(|(_, (id, _))| used.contains(id.as_str())).collect();
        let persons = new.iter().map(|(item, (id, name))| [id, name, item].map(Clone::clone).to_vec());
        let names = new.iter().flat_map(|(_, (id, name))| self.names(id, name));
        let proposal = |table, scope, group, columns, rows| Proposal {
            table,
            source: source.to_owned(),
            group,
            scope,
            compare: group,
            columns,
            rows,
            left_out: Vec::new(),
            slack: None,
        };
        vec![
            proposal("persons.csv", "id", &["wikidata"], &["id", "name", "wikidata"], persons.collect()),
            proposal("person_names.csv", "person", NAME, NAME, names.collect()),
        ]
    }

    /// The name as it is and in ASCII, and its last word.
    fn names(&self, id: &str, name: &str) -> BTreeSet<Vec<String>> {
        let surname = name.rsplit(' ').next().unwrap_or_default();
        [(name, "name"), (surname, "surname")]
            .into_iter()
            .flat_map(|(surface, form)| [(surface.to_owned(), form), (self.fold(surface), form)])
            .map(|(surface, form)| vec![id.to_owned(), surface, form.to_owned()])
            .collect()
    }
}

/// Whether this is the number of a Wikidata item.
pub(crate) fn is_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|number| number.parse::<u64>().is_ok())
}

/// The columns of the table of names.
const NAME: &[&str] = &["person", "surface", "form"];

/// A label without what stands in brackets or behind a comma.
fn shown(label: &str) -> String {
    let name = label.split(['(', ',']).next().unwrap_or_default();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
