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
    is_date: bool,
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
        let columns: Vec<_> = resource.schema.fields.iter().map(Asked::of).collect();
        for asked in &columns {
            let field = asked.field;
            if !sheet.has(&field.name) {
                if field.constraints.required {
                    self.findings.push(sheet.finding(format!("there is no column `{}`: add it", field.name)));
                }
                continue;
            }
            for row in sheet.rows() {
                let value = row.get(&field.name);
                if let Some(wrong) = asked.wrong(value).or_else(|| self.unknown(field, value)) {
                    self.findings.push(row.finding(format!("{}: {wrong}", field.name)));
                }
            }
        }
    }

    /// What is wrong with the ids of a field.
    fn unknown(&self, field: &Field, value: &str) -> Option<String> {
        if field.references.is_empty() {
            return None;
        }
        let id = several(value).find(|id| id.contains(':') && !self.existed.contains_key(*id))?;
        Some(format!("there is no entity `{id}`: add it to {} or correct it", field.references.join(" or ")))
    }
}

impl<'d> Asked<'d> {
    fn of(field: &'d Field) -> Self {
        let pattern = field.constraints.pattern.as_deref();
        let pattern = pattern.and_then(|pattern| Regex::new(&format!("^(?:{pattern})$")).ok());
        let is_date = pattern.as_ref().is_some_and(|pattern| pattern.is_match("1949-04-04"));
        Self { field, pattern, is_date }
    }

    fn wrong(&self, value: &str) -> Option<String> {
        let rules = &self.field.constraints;
        if value.is_empty() {
            return rules.required.then(|| "it is empty and must not be: fill it in".to_owned());
        }
        if value.trim() != value {
            return Some(format!("`{value}` begins or ends with a blank: take it away"));
        }
        if self.is_date {
            return value.parse::<PartialDate>().err().map(|error| error.to_string());
        }
        if !rules.allowed.is_empty() && !rules.allowed.iter().any(|allowed| allowed == value) {
            return Some(format!("`{value}` is not allowed: use one of {}", rules.allowed.join(", ")));
        }
        if self.field.kind == "integer" && value.parse::<i64>().is_err() {
            return Some(format!("`{value}` is not a whole number"));
        }
        if self.field.kind == "boolean" && !matches!(value, "yes" | "no") {
            return Some(format!("`{value}` is not allowed: use yes, no or nothing"));
        }
        let pattern = self.pattern.as_ref().filter(|pattern| !pattern.is_match(value))?;
        Some(format!("`{value}` does not have the form {}", pattern.as_str().trim_matches(['^', '$'])))
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
