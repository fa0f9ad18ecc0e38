//! The files of a package: none that is no table, and all readable by the loader with their rules.

use std::path::PathBuf;

use super::Checker;
use super::descriptor::Descriptor;
use crate::{Error, Gazetteer, Package, Relater};

/// Files in a package's folder that look like tables and are none.
pub(super) fn unknown(package: &Package, descriptor: &Descriptor) -> Vec<Error> {
    let Package::Dir(dir) = package else { return Vec::new() };
    let mut paths: Vec<PathBuf> = match std::fs::read_dir(dir) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    paths.sort();
    let is_table = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        descriptor.resources.iter().any(|resource| name == resource.path.as_str())
    };
    let tables = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    tables
        .filter(|path| !is_table(path))
        .map(|path| {
            let known: Vec<_> = descriptor.resources.iter().map(|resource| resource.path.as_str()).collect();
            Error::new(format!("this is no table: rename it to one of {}", known.join(", "))).at(path, None)
        })
        .collect()
}

impl Checker {
    /// Lets the loader and the rules speak, who may know of more.
    pub(super) fn loads(&mut self, package: &Package) {
        let below = self.is_overlay.then_some(Package::Builtin);
        let packages: Vec<_> = below.into_iter().chain([package.clone()]).collect();
        let loaded = Gazetteer::load(&packages);
        let error = match &loaded {
            Ok(gazetteer) => Relater::new(gazetteer).err(),
            Err(error) => Some(error.clone()),
        };
        let told = |error: &Error| {
            self.findings.iter().any(|other| (other.file(), other.line()) == (error.file(), error.line()))
        };
        self.findings.extend(error.filter(|error| !told(error)));
    }
}
