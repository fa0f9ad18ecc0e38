//! The compact form of tables: what the build writes and the library reads in a few milliseconds.
//!
//! Two files: all text, and the rows as little-endian numbers that point into it. Nothing in it outlives one
//! build, so it has neither version nor marks; whoever reads it is compiled with what wrote it.

/// Gives a macro the structs by their fields, in the order in which both directions take them.
macro_rules! structs {
    ($each:ident) => {
        $each! {
            EntityId { 0 }
            Text { start, len }
            Interval { from, to }
            EntityRow { id, name, wikidata, kind, existed, complete, words, predecessors, successors, parent }
            Name { entity, surface, folded, form, case, used, needs_context, main }
            Membership { entity, of, status, held, founding, source, note }
            Tenure { person, office, of, portfolio, held, seen, source }
            Release { version, hash, as_of }
        }
    };
}

/// Gives a macro the vocabularies, which are kept by the places of their values.
macro_rules! vocabularies {
    ($each:ident) => {
        $each! { Case Form Kind Office Status }
    };
}

/// Gives a macro the numbers.
macro_rules! numbers {
    ($each:ident) => {
        $each! { u8 u32 u64 }
    };
}

mod read;
// Only the build writes. It sets `tables_built` for the library, which then leaves this half out.
#[cfg(any(test, not(tables_built)))]
mod write;

pub(crate) use read::read;
#[cfg(any(test, not(tables_built)))]
pub(crate) use write::write;
