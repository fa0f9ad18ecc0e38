//! Whether a name is written in the text as its case policy wants.

use crate::document::reference;
use crate::gazetteer::Case;

/// From this number of words on a name is known without the capitals after the first.
const LONG: usize = 4;

/// Compares the capitals of `found` with those of `surface`, whose folded forms are the same.
pub(crate) fn written_as(case: Case, surface: &str, found: &str) -> bool {
    if found.contains('&') && found.contains(';') {
        return written_as(case, surface, &without_references(found));
    }
    match case {
        Case::Any => true,
        Case::Exact => capitals(surface).eq(capitals(found)),
        Case::Initial => {
            // Nobody writes the words of a long name by chance: "Treaty on the prohibition of nuclear weapons".
            let first_only = surface.split_ascii_whitespace().nth(LONG - 1).is_some();
            let mut word_goes_on = false;
            let mut begun = false;
            let mut initial_only = capitals_and_gaps(surface).zip(capitals_and_gaps(found));
            initial_only.all(|(wanted, given)| {
                let starts = !word_goes_on;
                word_goes_on = wanted.is_some();
                let later = std::mem::replace(&mut begun, true) && first_only;
                !(starts && wanted == Some(true)) || given == Some(true) || later
            })
        }
    }
}

/// A text with the characters in place of HTML's references to them.
fn without_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, length) = reference(&rest[at..]).unwrap_or(('+', 1));
        // An "&" left here would be read again.
        out.push(if c == '&' { '+' } else { c });
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// For each letter whether it is a capital.
fn capitals(text: &str) -> impl Iterator<Item = bool> {
    text.chars().filter(|c| c.is_alphabetic()).map(char::is_uppercase)
}

/// The same, with `None` for what lies between words. Runs of it count once, invisible characters not at all.
fn capitals_and_gaps(text: &str) -> impl Iterator<Item = Option<bool>> {
    let mut last = None;
    text.chars().filter_map(move |c| {
        let item = if matches!(c, '\u{2bb}'..='\u{2bf}' | '\u{2032}' | '\u{2033}' | '\u{b4}') {
            None
        } else if c.is_alphanumeric() {
            Some(c.is_uppercase() || !c.is_alphabetic())
        } else if c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '\u{2010}'..='\u{201f}') {
            None
        } else {
            return None;
        };
        let again = item.is_none() && last == Some(None);
        last = Some(item);
        (!again).then_some(item)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies() {
        for (case, surface, found, fits) in [
            (Case::Initial, "Turkey", "TURKEY", true),
            (Case::Initial, "Turkey", "turkey", false),
            (Case::Initial, "Republic of Korea", "REPUBLIC OF KOREA", true),
            (Case::Initial, "Republic of Korea", "Republic Of  Korea", true),
            (Case::Initial, "Republic of Korea", "republic of Korea", false),
            (Case::Initial, "Treaty of Peace and Friendship", "Treaty of peace and friendship", true),
            (Case::Initial, "Treaty of Peace and Friendship", "treaty of Peace and Friendship", false),
            (Case::Initial, "Côte d'Ivoire", "Côte d’Ivoire", true),
            (Case::Initial, "Côte d'Ivoire", "Co\u{302}te d'Ivoire", true),
            (Case::Initial, "Bosnia & Herzegovina", "Bosnia &amp; Herzegovina", true),
            (Case::Initial, "Bosnia & Herzegovina", "Bosnia &amp; herzegovina", false),
            (Case::Initial, "Côte d'Ivoire", "C&ocirc;te d&rsquo;Ivoire", true),
            (Case::Exact, "US", "us", false),
            (Case::Exact, "US", "Us", false),
            (Case::Exact, "U.S.", "U.S.", true),
            (Case::Any, "guinea pig", "Guinea Pig", true),
        ] {
            assert_eq!(written_as(case, surface, found), fits, "{case} {surface} {found}");
        }
    }
}
