//! Surface forms: none empty, and none of two entities without a mark that it needs context.

use std::collections::{HashMap, HashSet};

use super::sheet::Row;
use super::{Checker, Sheets};
use crate::document::fold;
use crate::gazetteer::is_long_enough;
use crate::{Case, Gazetteer, Interval, Kind};

/// A surface form of an entity.
struct Surface<'s> {
    row: Row<'s>,
    entity: &'s str,
    written: &'s str,
    case: Option<Case>,
    used: Interval,
}

impl Surface<'_> {
    /// Whether a text may hold both at one place and time.
    fn clashes(&self, other: &Self) -> bool {
        let exact = [self.case, other.case].contains(&Some(Case::Exact));
        self.entity != other.entity
            && self.used.may_overlap(&other.used)
            && (!exact || self.written == other.written)
    }
}

impl Checker {
    pub(super) fn surfaces(&mut self, sheets: &Sheets) {
        let mut explained: HashSet<(String, &str)> = HashSet::new();
        for row in sheets.rows("context") {
            explained.insert((fold(row.get("surface")), row.get("reading")));
        }
        for row in sheets.rows("person_names").filter(|row| !is_long_enough(&fold(row.get("surface")))) {
            self.findings.push(row.finding(TOO_SHORT));
        }
        let mut by_form: HashMap<String, Vec<Surface<'_>>> = HashMap::new();
        for row in sheets.rows("state_names").chain(sheets.rows("organization_names")) {
            let written = row.get("surface");
            let folded = fold(written);
            if !is_long_enough(&folded) {
                self.findings.push(row.finding(TOO_SHORT));
                continue;
            }
            self.names_below(row, &folded);
            let used = row.interval("from", "to").unwrap_or_default();
            if row.get("context") != "yes" && !explained.contains(&(folded.clone(), row.get("entity"))) {
                let (entity, case) = (row.get("entity"), row.get("case").parse().ok());
                by_form.entry(folded).or_default().push(Surface { row, entity, written, case, used });
            }
        }
        for surfaces in by_form.values() {
            for (at, surface) in surfaces.iter().enumerate() {
                for other in surfaces[..at].iter().filter(|other| surface.clashes(other)) {
                    let message = format!(
                        "`{}` is {} too (line {}): give it readings in context.csv, or mark one `context`",
                        surface.written,
                        other.entity,
                        other.row.line()
                    );
                    let about = [surface.entity, other.entity];
                    self.find("same-surface", about, surface.row, &message);
                }
            }
        }
    }

    /// Finds a name of an overlay that stands for another entity below it.
    fn names_below(&mut self, row: Row<'_>, folded: &str) {
        let others = self.names.get(folded).into_iter().flatten();
        let other = others.into_iter().find(|id| *id != row.get("entity")).cloned();
        if let Some(other) = other.filter(|_| row.get("context") != "yes") {
            let message = format!("`{}` is {other} too: mark it `context`", row.get("surface"));
            self.find("same-surface", [row.get("entity"), &other], row, &message);
        }
    }
}

/// The names of states and bodies that need no context, by their folded form.
pub(super) fn names_of(gazetteer: &Gazetteer) -> HashMap<String, Vec<String>> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for (_, name) in gazetteer.names().filter(|(_, name)| !name.needs_context) {
        let entity = name.entity.map(|key| gazetteer.entity(key));
        if let Some(entity) = entity.filter(|entity| entity.kind() != Kind::Person) {
            let folded = gazetteer.text(name.folded).to_owned();
            names.entry(folded).or_default().push(entity.id().to_owned());
        }
    }
    names
}

const TOO_SHORT: &str = "the surface needs two letters or digits: lengthen it or remove it";
