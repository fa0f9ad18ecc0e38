//! What a page says of itself in the attributes of its tags.

use accede::PartialDate;
use html5gum::StartTag;

/// The names under which pages say when they were published, best first.
const PUBLISHED: [&str; 14] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "parsely-pub-date",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "pubdate",
    "date",
];

/// The best of what was found so far.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) date: Option<PartialDate>,
    /// The place of its name in `PUBLISHED`, or behind them.
    rank: usize,
}

impl Meta {
    /// Looks at a start tag; `is_text` tells that it stands not in a part of the page known for furniture.
    pub(super) fn tag(&mut self, tag: &StartTag<usize>, is_text: bool) {
        let value = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(&value.value).into_owned())
        };
        let said = match &tag.name[..] {
            b"meta" => ["property", "name", "itemprop"]
                .iter()
                .find_map(|name| value(name))
                .and_then(|name| PUBLISHED.iter().position(|known| name.eq_ignore_ascii_case(known)))
                .zip(value("content")),
            b"time" if is_text => {
                let published = value("itemprop").is_some_and(|name| name.eq_ignore_ascii_case(PUBLISHED[1]))
                    || tag.attributes.contains_key(&b"pubdate"[..]);
                Some(if published { 1 } else { PUBLISHED.len() }).zip(value("datetime"))
            }
            _ => None,
        };
        let Some((rank, said)) = said else { return };
        if (self.date.is_none() || rank < self.rank)
            && let Some(date) = day(&said)
        {
            self.date = Some(date);
            self.rank = rank;
        }
    }
}

/// The day of "2000-11-10", "2000-11-10T14:32:00Z", "2000-11-10 14:32", "2000/11/10".
pub(super) fn day(said: &str) -> Option<PartialDate> {
    let day = said.trim().split(['T', ' ']).next().unwrap_or_default();
    day.replace('/', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (said, is) in [
            ("2000-11-10T14:32:00+01:00", Some("2000-11-10")),
            ("2000/11/10", Some("2000-11-10")),
            (" 2000-11 ", Some("2000-11")),
            ("10 November 2000", None),
            ("", None),
        ] {
            assert_eq!(day(said).map(|date| date.to_string()).as_deref(), is, "{said}");
        }
    }
}
