//! Puts the tables of `data/` into the compact form that the library reads when a program starts.
//!
//! A table that cannot be read stops the build with its file and line.

#![allow(dead_code, unused_imports, unreachable_pub, missing_docs)]

#[path = "src/document/entity.rs"]
mod entity;
#[path = "src/error.rs"]
mod error;
#[path = "src/document/fold.rs"]
mod fold;
#[path = "src/gazetteer/tables/mod.rs"]
mod tables;

use std::path::Path;

pub use error::{Error, Result};

/// What the tables need of the documents' side.
mod document {
    pub use crate::fold::fold_into;
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    // The tables are compiled into this script: whenever one changes, it is built and run anew.
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-cfg=tables_built");
    let out = std::env::var("OUT_DIR")?;
    let tables = tables::Tables::load(&[tables::Package::Builtin])?;
    std::fs::write(Path::new(&out).join("tables.bin"), tables.compact())?;
    std::fs::write(Path::new(&out).join("tables.txt"), tables.arena.as_bytes())?;
    Ok(())
}
