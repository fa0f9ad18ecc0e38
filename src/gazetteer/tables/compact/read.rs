//! From numbers to rows.

use std::borrow::Cow;

use super::super::{
    Case, EntityId, EntityRow, Form, Interval, Kind, Membership, Name, Office, PartialDate, Release, Status,
    Tables, Tenure, Text,
};
use crate::{Error, Result};

/// The tables whose rows are in `rows`.
pub(crate) fn read(mut rows: &[u8], arena: &'static str) -> Result<Tables> {
    tables(&mut rows, arena)
        .filter(|_| rows.is_empty())
        .ok_or_else(|| Error::new("the built-in tables are broken: build the crate anew"))
}

fn tables(rows: &mut &[u8], arena: &'static str) -> Option<Tables> {
    Some(Tables {
        arena: Cow::Borrowed(arena),
        entities: Get::get(rows)?,
        names: Get::get(rows)?,
        by_entity: Get::get(rows)?,
        memberships: Get::get(rows)?,
        by_member: Get::get(rows)?,
        tenures: Get::get(rows)?,
        by_person: Get::get(rows)?,
        release: Get::get(rows)?,
    })
}

trait Get: Sized {
    /// Takes its bytes from the front; `None` if they are not such a thing.
    fn get(rows: &mut &[u8]) -> Option<Self>;
}

macro_rules! get_numbers {
    ($($type:ident)+) => { $(
        impl Get for $type {
            fn get(rows: &mut &[u8]) -> Option<Self> {
                let (bytes, rest) = rows.split_first_chunk()?;
                *rows = rest;
                Some(Self::from_le_bytes(*bytes))
            }
        }
    )+ };
}

macro_rules! get_structs {
    ($($type:ident { $($field:tt),+ })+) => { $(
        impl Get for $type {
            fn get(rows: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Get::get(rows)?),+ })
            }
        }
    )+ };
}

macro_rules! get_vocabularies {
    ($($type:ident)+) => { $(
        impl Get for $type {
            fn get(rows: &mut &[u8]) -> Option<Self> {
                Self::ALL.get(usize::from(u8::get(rows)?)).copied()
            }
        }
    )+ };
}

numbers! { get_numbers }
structs! { get_structs }
vocabularies! { get_vocabularies }

impl Get for bool {
    fn get(rows: &mut &[u8]) -> Option<Self> {
        Some(u8::get(rows)? != 0)
    }
}

impl<T: Get> Get for Vec<T> {
    fn get(rows: &mut &[u8]) -> Option<Self> {
        let len = u32::get(rows)? as usize;
        let mut list = Vec::with_capacity(len.min(rows.len()));
        for _ in 0..len {
            list.push(T::get(rows)?);
        }
        Some(list)
    }
}

impl<T: Get> Get for Option<T> {
    fn get(rows: &mut &[u8]) -> Option<Self> {
        if bool::get(rows)? { T::get(rows).map(Some) } else { Some(None) }
    }
}

impl Get for PartialDate {
    fn get(rows: &mut &[u8]) -> Option<Self> {
        u32::get(rows).map(Self::from_bits)
    }
}

impl Get for String {
    fn get(rows: &mut &[u8]) -> Option<Self> {
        Self::from_utf8(Vec::get(rows)?).ok()
    }
}
