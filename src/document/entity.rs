//! HTML's character references, which texts saved from the web keep here and there: `&nbsp;`, `&#8217;`.

/// The longest reference that is read.
const LONGEST: usize = 10;

/// What HTML names, apart from letters with marks.
const NAMED: [(&str, char); 19] = [
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("gt", '>'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("quot", '"'),
    ("rdquo", '”'),
    ("rsquo", '’'),
    ("shy", '\u{ad}'),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
];

/// What follows the letter in the names of letters with marks: `&eacute;`.
const MARKS: [&str; 8] = ["acute", "caron", "cedil", "circ", "grave", "ring", "tilde", "uml"];

/// The character that `text` begins with a reference to, and the reference's length.
pub(crate) fn reference(text: &str) -> Option<(char, usize)> {
    let name = text.strip_prefix('&')?;
    let length = name.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &name[..length];
    let number = |text: &str, radix| u32::from_str_radix(text, radix).ok().and_then(char::from_u32);
    let c = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
        Some(decimal) => number(decimal, 10),
        None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c).or_else(|| letter(name)),
    };
    Some((c?, length + 2))
}

/// A letter with a mark, without the mark, which folding takes away in any case.
fn letter(name: &str) -> Option<char> {
    let first = name.chars().next().filter(char::is_ascii_alphabetic)?;
    MARKS.contains(&&name[1..]).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_reference() {
        for (text, read) in [
            ("&nbsp;x", Some(('\u{a0}', 6))),
            ("&#8217;s", Some(('’', 7))),
            ("&#x2019;s", Some(('’', 8))),
            ("&ocirc;te", Some(('o', 7))),
            ("& co;", None),
            ("&#xD800;", None),
            ("&é;", None),
            ("&", None),
        ] {
            assert_eq!(reference(text), read, "{text}");
        }
    }
}
