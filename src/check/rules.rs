//! The examples of rules: what each rule must find, and where it must keep silent.

use std::path::Path;

use crate::{Document, Error, Extraction, Extractor, RuleText, notation};

/// Runs the examples and counter-examples of the rules whose files lie in a folder.
///
/// Each example must give all triples it lists, one of them by the rule itself; in a counter-example the rule
/// finds nothing. A finding names file and line of the rule.
///
/// ```
/// use accede::{Extractor, check_rules};
/// let extractor = Extractor::builtin()?;
/// assert!(check_rules(&extractor, "data".as_ref()).is_empty());
/// # Ok::<(), accede::Error>(())
/// ```
pub fn check_rules(extractor: &Extractor<'_>, dir: &Path) -> Vec<Error> {
    let own = extractor.relater().rules().filter(|rule| rule.file.starts_with(dir));
    own.flat_map(|rule| check_rule(extractor, rule)).collect()
}

fn check_rule(extractor: &Extractor<'_>, rule: &RuleText) -> Vec<Error> {
    let finding =
        |message: String| Error::new(format!("rule `{}`: {message}", rule.name)).at(&rule.file, rule.line);
    let mut findings = Vec::new();
    for example in &rule.examples {
        let Some((text, expected)) = example.split_first() else {
            findings.push(finding("an example begins with its text".to_owned()));
            continue;
        };
        let document = Document::new(text);
        let extraction = extractor.extract(&document);
        let found = notations(extractor, &extraction, text);
        let missing: Vec<_> = expected
            .iter()
            .filter(|wanted| !found.iter().any(|found| is_as_expected(found, wanted)))
            .collect();
        if !missing.is_empty() {
            let found = if found.is_empty() { "nothing".to_owned() } else { format!("{found:?}") };
            findings.push(finding(format!("`{text}` does not give {missing:?}, it gives {found}")));
        } else if !extraction.triples.iter().any(|triple| triple.rule == rule.name) {
            findings.push(finding(format!("`{text}` gives what it should by other rules only")));
        }
    }
    for text in &rule.counter {
        let document = Document::new(text);
        let mut extraction = extractor.extract(&document);
        extraction.triples.retain(|triple| triple.rule == rule.name);
        let found = notations(extractor, &extraction, text);
        if !found.is_empty() {
            findings.push(finding(format!("`{text}` should give nothing, it gives {found:?}")));
        }
    }
    findings
}

fn notations(extractor: &Extractor<'_>, extraction: &Extraction<'_>, text: &str) -> Vec<String> {
    let one = |triple| notation(triple, &extraction.resolution, extractor.gazetteer(), text);
    extraction.triples.iter().map(one).collect()
}

/// Whether a triple is what an example says. Dates and the portfolio, if left out, may be anything.
///
/// ```
/// assert!(accede::is_as_expected("FIN member_of NATO member from=2023", "FIN member_of NATO member"));
/// ```
pub fn is_as_expected(found: &str, expected: &str) -> bool {
    let is_date = |word: &&str| word.contains('=');
    let undated =
        |text: &'_ str| text.split(' ').filter(|word| !is_date(word)).map(str::to_owned).collect::<Vec<_>>();
    let dates_agree =
        expected.split(' ').filter(is_date).all(|date| found.split(' ').any(|word| word == date));
    let (mut found, expected) = (undated(found), undated(expected));
    let has_portfolio = found.len() > expected.len() && expected.len() >= 3;
    if has_portfolio && found[1] == crate::Predicate::MinisterOf.as_str() {
        found.retain(|word| expected.contains(word));
    }
    dates_agree && found == expected
}
