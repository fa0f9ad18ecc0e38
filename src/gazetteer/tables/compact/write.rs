//! From rows to numbers.

use super::super::{
    Case, EntityId, EntityRow, Form, Interval, Kind, Membership, Name, Office, PartialDate, Release, Status,
    Tables, Tenure, Text,
};

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

trait Put {
    fn put(&self, out: &mut Vec<u8>);
}

macro_rules! put_numbers {
    ($($type:ident)+) => { $(
        impl Put for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }
        }
    )+ };
}

macro_rules! put_structs {
    ($($type:ident { $($field:tt),+ })+) => { $(
        impl Put for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)+
            }
        }
    )+ };
}

macro_rules! put_vocabularies {
    ($($type:ident)+) => { $(
        impl Put for $type {
            fn put(&self, out: &mut Vec<u8>) {
                (*self as u8).put(out);
            }
        }
    )+ };
}

numbers! { put_numbers }
structs! { put_structs }
vocabularies! { put_vocabularies }

impl Put for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(*self).put(out);
    }
}

impl<T: Put> Put for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|row| row.put(out));
    }
}

impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        self.iter().for_each(|value| value.put(out));
    }
}

impl Put for PartialDate {
    fn put(&self, out: &mut Vec<u8>) {
        self.to_bits().put(out);
    }
}

impl Put for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_bytes().to_vec().put(out);
    }
}
