//! The compact form of tables: what the build writes and the library reads in a few milliseconds.
//!
//! Two files: all text, and the rows as little-endian numbers that point into it. Nothing in it outlives one
//! build, so it has neither version nor marks; whoever reads it is compiled with what wrote it.

use std::borrow::Cow;

use super::{
    Case, EntityId, EntityRow, Form, Interval, Kind, Membership, Name, Office, PartialDate, Release, Status,
    Tables, Tenure, Text,
};
use crate::{Error, Result};

/// The rows of `tables`; its arena is the other file.
pub(crate) fn write(tables: &Tables) -> Vec<u8> {
    let mut out = Vec::new();
    tables.entities.put(&mut out);
    tables.names.put(&mut out);
    tables.by_entity.put(&mut out);
    tables.memberships.put(&mut out);
    tables.by_member.put(&mut out);
    tables.tenures.put(&mut out);
    tables.by_person.put(&mut out);
    tables.release.put(&mut out);
    out
}

/// The tables whose rows are in `rows`.
pub(crate) fn read(rows: &[u8], arena: &'static str) -> Result<Tables> {
    fn tables(rows: &mut &[u8], arena: &'static str) -> Option<Tables> {
        Some(Tables {
            arena: Cow::Borrowed(arena),
            entities: Compact::get(rows)?,
            names: Compact::get(rows)?,
            by_entity: Compact::get(rows)?,
            memberships: Compact::get(rows)?,
            by_member: Compact::get(rows)?,
            tenures: Compact::get(rows)?,
            by_person: Compact::get(rows)?,
            release: Compact::get(rows)?,
        })
    }
    let mut rows = rows;
    tables(&mut rows, arena)
        .filter(|_| rows.is_empty())
        .ok_or_else(|| Error::new("the built-in tables are broken: build the crate anew"))
}

/// What has a compact form.
trait Compact: Sized {
    fn put(&self, out: &mut Vec<u8>);
    /// Takes its bytes from the front; `None` if they are not such a thing.
    fn get(rows: &mut &[u8]) -> Option<Self>;
}

impl Compact for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        let (bytes, rest) = rows.split_first_chunk()?;
        *rows = rest;
        Some(Self::from_le_bytes(*bytes))
    }
}

impl Compact for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        let (bytes, rest) = rows.split_first_chunk()?;
        *rows = rest;
        Some(Self::from_le_bytes(*bytes))
    }
}

impl Compact for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        let (&byte, rest) = rows.split_first()?;
        *rows = rest;
        Some(byte)
    }
}

impl Compact for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(*self).put(out);
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        Some(u8::get(rows)? != 0)
    }
}

impl<T: Compact> Compact for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|row| row.put(out));
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        let len = u32::get(rows)? as usize;
        let mut list = Vec::with_capacity(len.min(rows.len()));
        for _ in 0..len {
            list.push(T::get(rows)?);
        }
        Some(list)
    }
}

impl<T: Compact> Compact for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        if bool::get(rows)? { T::get(rows).map(Some) } else { Some(None) }
    }
}

impl Compact for PartialDate {
    fn put(&self, out: &mut Vec<u8>) {
        self.to_bits().put(out);
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        u32::get(rows).map(Self::from_bits)
    }
}

impl Compact for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_bytes().to_vec().put(out);
    }

    fn get(rows: &mut &[u8]) -> Option<Self> {
        Self::from_utf8(Vec::get(rows)?).ok()
    }
}

/// A struct by its fields.
macro_rules! by_fields {
    ($($type:ident { $($field:tt),+ })+) => { $(
        impl Compact for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)+
            }

            fn get(rows: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Compact::get(rows)?),+ })
            }
        }
    )+ };
}

by_fields! {
    EntityId { 0 }
    Text { start, len }
    Interval { from, to }
    EntityRow { id, name, wikidata, kind, existed, complete, words, predecessors, successors, parent }
    Name { entity, surface, folded, form, case, used, needs_context, main }
    Membership { entity, of, status, held, founding, source, note }
    Tenure { person, office, of, portfolio, held, seen, source }
    Release { version, hash, as_of }
}

/// A vocabulary by the places of its values.
macro_rules! by_place {
    ($($type:ident)+) => { $(
        impl Compact for $type {
            fn put(&self, out: &mut Vec<u8>) {
                (*self as u8).put(out);
            }

            fn get(rows: &mut &[u8]) -> Option<Self> {
                Self::ALL.get(usize::from(u8::get(rows)?)).copied()
            }
        }
    )+ };
}

by_place! { Case Form Kind Office Status }
