//! From what a person types to entities.

use super::{Connector, Entity, EntityId, Form, Gazetteer, Kind};
use crate::document::fold;

impl Gazetteer {
    /// The entities a name, alias, acronym, code or id means, best first. Case and marks make no difference.
    ///
    /// Cost: one pass over all names.
    ///
    /// ```
    /// use accede::Gazetteer;
    /// let gazetteer = Gazetteer::builtin()?;
    /// let ids = |name| gazetteer.lookup(name).map(|entity| entity.id()).collect::<Vec<_>>();
    /// assert_eq!(ids("cote d'ivoire")[0], "state:CIV");
    /// assert_eq!(ids("398")[0], "state:KAZ");
    /// assert!(ids("Atlantis").is_empty());
    /// # Ok::<(), accede::Error>(())
    /// ```
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = Entity<'_>> {
        let wanted = fold(name.trim());
        let bare = self.without_article(&wanted);
        let mut found: Vec<(u8, EntityId)> = Vec::new();
        for entity in self.entities() {
            if let Some(rank) = direct_rank(entity, bare) {
                found.push((rank, entity.key()));
            }
        }
        for name in &self.tables.names {
            let Some(entity) = name.entity else { continue };
            let folded = self.text(name.folded);
            if folded == wanted || folded == bare && name.form != Form::Surname {
                let past = u8::from(name.used.to.is_some());
                found.push((form_rank(name.form) + past + u8::from(folded != wanted), entity));
            }
        }
        found.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        found.retain(|&(_, entity)| seen.insert(entity));
        found.into_iter().map(|(_, entity)| self.entity(entity))
    }

    /// A folded name without the article before it.
    fn without_article<'n>(&self, name: &'n str) -> &'n str {
        let articles = self.language.connectors.iter().filter(|(_, role)| *role == Connector::Definite);
        let mut stripped = articles.filter_map(|(article, _)| name.strip_prefix(article)?.strip_prefix(' '));
        stripped.next_back().unwrap_or(name)
    }
}

/// Ids, codes and the name itself.
fn direct_rank(entity: Entity<'_>, wanted: &str) -> Option<u8> {
    let same = |text: &str| text.eq_ignore_ascii_case(wanted);
    if same(entity.id()) {
        return Some(0);
    }
    let is_place = matches!(entity.kind(), Kind::State | Kind::Territory);
    let number = |code: &str| {
        let digits = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(code) && digits(wanted) && code.parse::<u16>() == wanted.parse::<u16>()
    };
    if is_place && (same(entity.code()) || entity.words().any(|code| same(code) || number(code))) {
        return Some(1);
    }
    if entity.kind() != Kind::Person && same(entity.code()) {
        return Some(2);
    }
    (entity.name().len() < 4 * wanted.len() && fold(entity.name()) == wanted).then_some(1)
}

fn form_rank(form: Form) -> u8 {
    match form {
        Form::Name | Form::Official => 3,
        Form::Acronym => 5,
        Form::Former => 7,
        Form::Adjective | Form::People => 9,
        Form::Capital | Form::Seat => 11,
        _ => 13,
    }
}
