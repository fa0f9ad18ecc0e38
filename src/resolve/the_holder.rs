//! Titles that stand for their holder: "the Kazakh president", "the president".

use rustc_hash::FxHashMap;

use super::{Cut, Mention, Resolver, TitlePhrase};
use crate::document::Span;
use crate::gazetteer::{Connector, EntityId, Form, Kind, Office, Status, Tenure};

const SCORE: f32 = 0.7;

/// Which office of which state, with the portfolio.
type Post<'t> = (Office, EntityId, Option<&'t str>);

/// Whom a post has been given to in the document.
#[derive(Clone, Copy)]
struct Holder {
    entity: Option<EntityId>,
    introduced: Option<Span>,
    score: f32,
}

impl Resolver<'_> {
    /// Adds a mention for each title that stands for its holder: the one the document has named with it, else the
    /// one of the gazetteer at the document's date. Mentions have to be sorted.
    pub(super) fn the_holders(
        &self,
        cut: &Cut<'_>,
        titles: &[TitlePhrase],
        home: Option<EntityId>,
        mentions: &mut Vec<Mention>,
    ) {
        let mut posts: FxHashMap<Post<'_>, Option<Holder>> = FxHashMap::default();
        let mut last_of: FxHashMap<(Office, Option<&str>), EntityId> = FxHashMap::default();
        let mut added = Vec::new();
        for title in titles {
            let portfolio = title.portfolio.as_deref();
            if let (Some(person), Some((of, _))) = (title.person, title.of) {
                if matches!(title.status, Status::Current | Status::Acting) {
                    posts.insert((title.office, of, portfolio), introduced(mentions, person));
                    last_of.insert((title.office, portfolio), of);
                }
                continue;
            }
            if !self.stands_for_holder(cut, title) {
                continue;
            }
            let said = title.of.map(|(of, _)| of);
            let of = said.or_else(|| last_of.get(&(title.office, portfolio)).copied());
            let Some(of) = of.or(home) else { continue };
            let post = (title.office, of, portfolio);
            let holder = *posts.entry(post).or_insert_with(|| self.in_office(cut, post));
            added.extend(holder.map(|holder| definite(cut, title, holder)));
        }
        mentions.append(&mut added);
    }

    /// Whether a title without a name means whoever holds the office.
    fn stands_for_holder(&self, cut: &Cut<'_>, title: &TitlePhrase) -> bool {
        let office = matches!(
            title.office,
            Office::HeadOfState | Office::HeadOfGovernment | Office::Minister | Office::HeadOfOrg
        );
        if !office
            || title.plural
            || title.person.is_some()
            || title.elsewhere
            || title.status != Status::Current
        {
            return false;
        }
        let first = cut.token_at(title.span.start);
        let definite = first > cut.sentence_of(first).start
            && self.titles.connector(cut.words[first - 1]) == Some(Connector::Definite);
        // "Chad's president" needs no article.
        definite || title.of.is_some() && first < cut.token_at(title.title.start)
    }

    /// The one known holder of a post at the document's date.
    fn in_office(&self, cut: &Cut<'_>, (office, of, portfolio): Post<'_>) -> Option<Holder> {
        let date = cut.document.date?;
        let fits = |tenure: &&Tenure| {
            portfolio.is_none_or(|wanted| self.gazetteer.portfolios(tenure).any(|it| it == wanted))
        };
        let mut holders = self.gazetteer.holder(office, of, date).filter(fits);
        let first = holders.next()?.person;
        holders.all(|tenure| tenure.person == first).then_some(Holder {
            entity: Some(first),
            introduced: None,
            score: SCORE,
        })
    }
}

fn introduced(mentions: &[Mention], person: Span) -> Option<Holder> {
    let at = mentions.partition_point(|mention| mention.span.start < person.start);
    let mut here = mentions[at..].iter().take_while(|mention| mention.span.start == person.start);
    let mention = here.find(|mention| mention.kind == Kind::Person && mention.span == person)?;
    Some(Holder {
        entity: mention.entity,
        introduced: Some(mention.introduced.unwrap_or(mention.span)),
        score: mention.score * 0.9,
    })
}

fn definite(cut: &Cut<'_>, title: &TitlePhrase, holder: Holder) -> Mention {
    Mention {
        span: title.title,
        kind: Kind::Person,
        entity: holder.entity,
        form: Form::Definite,
        zone: cut.zones.at(title.title.start),
        score: holder.score,
        in_name: None,
        title: Some(title.title),
        introduced: holder.introduced,
    }
}
