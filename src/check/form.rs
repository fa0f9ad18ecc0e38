//! The form of fields: required, allowed values, dates, ids that exist, keys that stand once.

use std::collections::HashSet;

use regex::Regex;

use super::descriptor::{Descriptor, Field, Resource};
use super::sheet::{Row, Sheet};
use super::{Checker, Sheets};
use crate::gazetteer::several;
use crate::{Error, PartialDate};

/// What is asked of a field's values, ready to be asked.
struct Asked<'d> {
    field: &'d Field,
    pattern: Option<Regex>,
}

impl Checker {
    /// Holds every table against its description.
    pub(super) fn form(&mut self, descriptor: &Descriptor, sheets: &Sheets) {
        for resource in &descriptor.resources {
            if let Some(sheet) = sheets.get(&resource.name) {
                self.fields(resource, sheet);
                keys(resource, sheet, &mut self.findings);
                let unlisted =
                    sheet.rows().filter_map(|row| Some((row, descriptor.unlisted(row.get("source"))?)));
                self.findings.extend(unlisted.map(|(row, key)| {
                    row.finding(format!("source: `{key}` is none of the sources of datapackage.json: correct it or write `hand: …`"))
                }));
            }
        }
    }

    fn fields(&mut self, resource: &Resource, sheet: &Sheet) {
        for column in sheet.columns() {
            if !resource.schema.fields.iter().any(|field| field.name == *column) {
                let message = format!(
                    "there is a column `{column}` that datapackage.json does not know: correct it or describe it"
                );
                self.findings.push(sheet.finding(message));
            }
        }
        for field in &resource.schema.fields {
            if !sheet.has(&field.name) {
                // An overlay says only what it has to say.
                if !self.is_overlay {
                    self.findings.push(sheet.finding(format!("there is no column `{}`: add it", field.name)));
                }
                continue;
            }
            let asked = match Asked::of(field) {
                Ok(asked) => asked,
                Err(error) => {
                    self.findings
                        .push(sheet.finding(format!("the pattern of `{}` is broken: {error}", field.name)));
                    continue;
                }
            };
            let mut seen = HashSet::new();
            for row in sheet.rows() {
                let value = row.get(&field.name);
                let twice = field.constraints.unique && !value.is_empty() && !seen.insert(value);
                let twice = twice.then(|| format!("`{value}` stands in another row too: keep one"));
                if let Some(wrong) = asked.wrong(value).or_else(|| self.unknown(field, value)).or(twice) {
                    self.findings.push(row.finding(format!("{}: {wrong}", field.name)));
                }
            }
        }
    }

    /// What is wrong with the ids of a field.
    fn unknown(&self, field: &Field, value: &str) -> Option<String> {
        if field.references.is_empty() || field.references.iter().any(|table| self.unread.contains(table)) {
            return None;
        }
        // A mark such as `-` stands for no entity.
        let ids = several(value).filter(|id| id.contains(char::is_alphanumeric));
        let is_one = |id: &&str| {
            let known = self.entities.get(*id);
            known.is_some_and(|known| field.references.iter().any(|table| table == known.table))
        };
        let id = ids.into_iter().find(|id| !is_one(id))?;
        Some(format!("there is no entity `{id}` in {}: add it or correct it", field.references.join(" or ")))
    }
}

impl<'d> Asked<'d> {
    fn of(field: &'d Field) -> Result<Self, regex::Error> {
        let pattern = field.constraints.pattern.as_deref();
        let pattern = pattern.map(|pattern| Regex::new(&format!("^(?:{pattern})$"))).transpose()?;
        Ok(Self { field, pattern })
    }

    fn wrong(&self, value: &str) -> Option<String> {
        let rules = &self.field.constraints;
        if value.is_empty() {
            return rules.required.then(|| "it is empty and must not be: fill it in".to_owned());
        }
        if value.trim() != value {
            return Some(format!("`{value}` begins or ends with a blank: take it away"));
        }
        if value.chars().any(char::is_control) || !unicode_normalization::is_nfc(value) {
            let message =
                "has control characters or letters apart from their marks: write composed letters (NFC)";
            return Some(format!("{value:?} {message}"));
        }
        if self.field.partial_date {
            return value.parse::<PartialDate>().err().map(|error| error.to_string());
        }
        if !rules.allowed.is_empty() && !rules.allowed.iter().any(|allowed| allowed == value) {
            return Some(format!("`{value}` is not allowed: use one of {}", rules.allowed.join(", ")));
        }
        if self.field.kind == "integer" {
            let minimum = rules.minimum.unwrap_or(i64::MIN);
            let fits = value.parse::<i64>().is_ok_and(|number| number >= minimum);
            return (!fits).then(|| format!("`{value}` is not a whole number of {minimum} or more"));
        }
        if self.field.kind == "boolean" && !matches!(value, "yes" | "no") {
            return Some(format!("`{value}` is not allowed: use yes, no or nothing"));
        }
        let pattern = self.pattern.as_ref().filter(|pattern| !pattern.is_match(value))?;
        let form = pattern.as_str().trim_start_matches("^(?:").trim_end_matches(")$");
        Some(format!("`{value}` does not have the form {form}"))
    }
}

/// Finds rows that share a key.
fn keys(resource: &Resource, sheet: &Sheet, findings: &mut Vec<Error>) {
    let key = &resource.schema.primary_key;
    if key.is_empty() {
        return;
    }
    let mut seen = HashSet::new();
    let of = |row: Row<'_>| key.iter().map(|column| row.get(column).to_owned()).collect::<Vec<_>>();
    for row in sheet.rows() {
        if !seen.insert(of(row)) {
            let message = format!("another row has the same {}: keep one", key.join(", "));
            findings.push(row.finding(message));
        }
    }
}
