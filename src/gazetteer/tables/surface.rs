//! Surface forms: as they are written, and as they are compared.

use super::load::{sorted_index, table, unknown};
use super::{Case, Columns, Form, Interval, Name, Package, Tables, Text};
use crate::document::fold_into;
use crate::{Error, Result};

const FOREIGN: Columns<3> = Columns { names: ["entity", "language", "surface"], required: 3 };

/// Takes names in some languages into tables that are complete but for them.
pub(super) fn add_foreign(tables: &mut Tables, package: &Package, languages: &[&str]) -> Result<()> {
    table(package, "foreign_names.csv", &FOREIGN, |_, row| {
        let [id, language, surface] = row.fields();
        if !languages.contains(&language) {
            return Ok(());
        }
        let entity = Some(tables.find(id).ok_or_else(|| unknown(id))?);
        let (surface, folded) = surface_in(tables.arena.to_mut(), surface)?;
        let name = Name { entity, surface, folded, ..BLOCKER };
        let first = tables.by_entity.partition_point(|&at| tables.names[at as usize].entity < entity);
        let known = tables.by_entity[first..].iter().map(|&at| &tables.names[at as usize]);
        let added = tables.names[tables.by_entity.len()..].iter();
        let alike =
            |other: &&Name| other.entity == entity && tables.text(other.folded) == tables.text(folded);
        if !known.take_while(|other| other.entity == entity).chain(added).any(|other| alike(&other)) {
            tables.names.push(name);
        }
        Ok(())
    })?;
    tables.by_entity = sorted_index(&tables.names, |name| name.entity);
    Ok(())
}

pub(super) fn keep_in(arena: &mut String, text: &str) -> Text {
    let start = arena.len() as u32;
    arena.push_str(text);
    Text { start, len: text.len() as u32 }
}

/// Whether a surface form, folded, is long enough to be looked for.
pub(crate) fn is_long_enough(folded: &str) -> bool {
    folded.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

/// Keeps a surface form as it is written, and folded.
pub(super) fn surface_in(arena: &mut String, surface: &str) -> Result<(Text, Text)> {
    let written = keep_in(arena, surface);
    let start = arena.len();
    fold_into(surface, arena);
    if !is_long_enough(&arena[start..]) {
        return Err(Error::new(format!("`{surface}` is no surface form: it needs two letters or digits")));
    }
    if &arena[start..] == surface {
        arena.truncate(start);
        return Ok((written, written));
    }
    Ok((written, Text { start: start as u32, len: (arena.len() - start) as u32 }))
}

/// The parts of a name that a blocker and a person's name share.
pub(super) const BLOCKER: Name = Name {
    entity: None,
    surface: Text { start: 0, len: 0 },
    folded: Text { start: 0, len: 0 },
    form: Form::Name,
    case: Case::Initial,
    used: Interval::ALWAYS,
    needs_context: false,
    main: false,
};
