//! The front: all stages in one.

use crate::Result;
use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::relate::{Relater, Triple};
use crate::resolve::{Resolution, Resolver};
use crate::scan::Scanner;
use crate::verify::{Check, verify};

/// Reads documents: scan, resolve, relate, verify. Built once, shared between threads.
///
/// # Resource usage
/// Building indexes all names (some milliseconds for the built-in gazetteer); automata are built as texts
/// need them. Extraction takes time linear in the text.
///
/// ```
/// use accede::{Document, Extractor, Predicate};
/// let extractor = Extractor::builtin()?;
/// let extraction = extractor.extract(&Document::new("The CST signatories include Armenia and Belarus."));
/// assert_eq!(extraction.triples.len(), 2);
/// assert_eq!(extraction.triples[0].predicate, Predicate::PartyTo);
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug)]
pub struct Extractor<'g> {
    gazetteer: &'g Gazetteer,
    scanner: Scanner<'g>,
    resolver: Resolver<'g>,
    relater: Relater<'g>,
}

/// What a document says.
#[derive(Debug)]
pub struct Extraction<'e> {
    /// Mentions, titles, sentences and zones.
    pub resolution: Resolution,
    /// What it asserts.
    pub triples: Vec<Triple<'e>>,
    /// What the gazetteer says of each triple.
    pub checks: Vec<Check>,
}

impl Extractor<'static> {
    /// An extractor with the gazetteer built into the crate.
    ///
    /// # Errors
    /// If a table or rule of the package is broken.
    pub fn builtin() -> Result<Self> {
        Self::new(Gazetteer::builtin()?)
    }
}

impl<'g> Extractor<'g> {
    /// An extractor with a gazetteer and its rules.
    ///
    /// # Errors
    /// If a rule of the gazetteer is broken.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self> {
        let mut resolver = Resolver::new(gazetteer);
        let relater = Relater::continuing(gazetteer, resolver.lexicon())?;
        resolver.share(relater.lexicon());
        Ok(Self { gazetteer, scanner: Scanner::new(gazetteer), resolver, relater })
    }

    /// The gazetteer it works with.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// The stage that finds names.
    pub fn scanner(&self) -> &Scanner<'g> {
        &self.scanner
    }

    /// The stage that tells what names mean.
    pub fn resolver(&self) -> &Resolver<'g> {
        &self.resolver
    }

    /// The stage that finds assertions.
    pub fn relater(&self) -> &Relater<'g> {
        &self.relater
    }

    /// Reads one document.
    pub fn extract(&self, document: &Document<'_>) -> Extraction<'_> {
        let candidates = self.scanner.scan(document.text);
        let resolution = self.resolver.resolve(document, &candidates);
        let triples = self.relater.relate(document, &resolution);
        let checks = triples.iter().map(|triple| verify(triple, document, self.gazetteer)).collect();
        Extraction { resolution, triples, checks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn can_be_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Extractor<'_>>();
    }
}
