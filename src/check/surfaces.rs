//! Surface forms: none empty, and none of two entities without a mark that it needs context.

use std::collections::{HashMap, HashSet};

use super::sheet::Row;
use super::{Checker, Sheets};
use crate::document::fold;
use crate::{Case, Interval};

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
        let mut explained: HashSet<String> = HashSet::new();
        for row in sheets.rows("context") {
            explained.insert(fold(row.get("surface")));
        }
        let mut by_form: HashMap<String, Vec<Surface<'_>>> = HashMap::new();
        for row in sheets.rows("state_names").chain(sheets.rows("organization_names")) {
            let written = row.get("surface");
            let folded = fold(written);
            if written.chars().filter(|c| c.is_alphanumeric()).count() < 2 || folded.len() < 2 {
                self.findings
                    .push(row.finding("the surface needs two letters or digits: lengthen it or remove it"));
                continue;
            }
            let used = row.interval("from", "to").unwrap_or_default();
            if row.get("context") != "yes" && !explained.contains(&folded) {
                let (entity, case) = (row.get("entity"), row.get("case").parse().ok());
                by_form.entry(folded).or_default().push(Surface { row, entity, written, case, used });
            }
        }
        for surfaces in by_form.values() {
            for (at, surface) in surfaces.iter().enumerate() {
                if let Some(other) = surfaces[..at].iter().find(|other| surface.clashes(other)) {
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
}
