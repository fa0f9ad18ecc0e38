//! From facts to a verdict.

use super::{Fact, Verdict};
use crate::gazetteer::{Interval, PartialDate, Status};
use crate::relate::{Modality, Polarity, Triple};

/// A verdict and the fact it rests on.
type Judged<'f, 'g> = (Verdict, Option<&'f Fact<'g>>);

/// What is asked of the facts.
pub(super) struct Asked<'q, 'r> {
    pub(super) triple: &'q Triple<'r>,
    /// The moment to judge at.
    pub(super) at: Option<PartialDate>,
    /// The moment that the text gives.
    pub(super) told: Option<PartialDate>,
    /// The document's date.
    pub(super) written: Option<PartialDate>,
    /// Whether what is not among the facts is known not to be so.
    pub(super) closed: bool,
    /// When the object existed.
    pub(super) existed: Interval,
}

impl Asked<'_, '_> {
    pub(super) fn judge<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        let former = self.triple.status == Some(Status::Former);
        match (self.triple.modality, self.triple.polarity) {
            (Modality::Planned, Polarity::Affirmed) if former => self.plan_to_leave(facts),
            (Modality::Planned, Polarity::Affirmed) => self.plan(facts),
            (Modality::Planned, Polarity::Negated) if former => self.plan_to_stay(facts),
            (Modality::Planned, Polarity::Negated) => self.refusal(facts),
            (_, Polarity::Affirmed) if former => self.has_ended(facts),
            (_, Polarity::Affirmed) => self.holds(facts),
            (_, Polarity::Negated) if former => self.has_not_ended(facts),
            (_, Polarity::Negated) => self.does_not_hold(facts),
        }
    }

    /// Whether one of the facts held at the moment, or ever if none is given.
    fn holds<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        match self.at {
            Some(at) => held_at(facts, at, self.closed),
            None => ever_held(facts, self.closed),
        }
    }

    /// Confirmed where it may not have held: a year in which it began does not contradict that it was not so in
    /// that year. An act of that time does.
    fn does_not_hold<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        let act = self.triple.event.is_some() && self.told.is_some();
        match self.holds(facts) {
            (Verdict::Confirmed, Some(fact)) if !act && !self.throughout(fact) => {
                (Verdict::Confirmed, Some(fact))
            }
            (Verdict::Confirmed, fact) => (Verdict::Contradicted, fact),
            (Verdict::Unknown, fact) => (Verdict::Unknown, fact),
            (_, fact) => (Verdict::Confirmed, fact),
        }
    }

    /// Whether a fact held during all of the moment; without one, as long as the object existed.
    fn throughout(&self, fact: &Fact<'_>) -> bool {
        match self.at {
            Some(at) => surely_holds(&fact.held, at),
            None => fact.held.to.is_none() && fact.held.from <= self.existed.from,
        }
    }

    /// Something that is said to be over: confirmed where it had ended, too early where it ended later.
    fn has_ended<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        if let Some(fact) = self.ended(facts) {
            return (Verdict::Confirmed, Some(fact));
        }
        let fact = self.running(facts).or_else(|| facts.iter().find(|fact| fact.same));
        match fact {
            Some(fact) if fact.held.to.is_some() => (Verdict::NotYet, Some(fact)),
            Some(fact) => (Verdict::Contradicted, Some(fact)),
            // Who never was in cannot have left.
            None if self.closed => (Verdict::Contradicted, closest(facts)),
            None => (Verdict::Unknown, None),
        }
    }

    fn has_not_ended<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        match self.has_ended(facts) {
            (Verdict::Confirmed, fact) if self.running(facts).is_none() => (Verdict::Contradicted, fact),
            (Verdict::Confirmed, _) => (Verdict::Confirmed, self.running(facts)),
            (Verdict::Unknown, fact) => (Verdict::Unknown, fact),
            (_, fact) => (Verdict::Confirmed, fact),
        }
    }

    /// A plan is borne out where it came true at the time told, or at any time later if none is told. Who is a
    /// candidate plans to be a member.
    fn plan<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        let judged = self.holds(facts);
        match judged {
            (Verdict::Confirmed, fact) if self.was_so_already(fact) => (Verdict::StatusDiffers, fact),
            (Verdict::Confirmed, _) => judged,
            (Verdict::StatusDiffers | Verdict::NotYet, fact) => match (self.later(facts), self.told) {
                (Some(later), Some(_)) => (Verdict::NotYet, Some(later)),
                (Some(later), None) => (Verdict::Confirmed, Some(later)),
                (None, _) if fact.is_some_and(is_candidacy) => (Verdict::Confirmed, fact),
                (None, _) => (Verdict::Unknown, fact),
            },
            (_, fact) => (Verdict::Unknown, fact),
        }
    }

    /// The first of the facts that began later.
    fn later<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Option<&'f Fact<'g>> {
        let at = self.at?;
        facts.iter().filter(|fact| fact.same && fact.held.is_ahead(at)).min_by_key(|fact| fact.held.from)
    }

    /// Whether what is planned was so when the document was written.
    fn was_so_already(&self, fact: Option<&Fact<'_>>) -> bool {
        self.written.is_some_and(|date| fact.is_some_and(|fact| surely_holds(&fact.held, date)))
    }

    /// "Will not join": borne out where it never came so, and at a time told where it was not so then. What came
    /// later does not gainsay what was meant before.
    fn refusal<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        match self.holds(facts) {
            (Verdict::Confirmed, fact) if self.told.is_some() => (Verdict::Contradicted, fact),
            (Verdict::NotYet, fact) if self.told.is_some() => (Verdict::Confirmed, fact),
            (Verdict::Contradicted | Verdict::NoLonger, fact) => (Verdict::Confirmed, fact),
            (_, fact) => (Verdict::Unknown, fact),
        }
    }

    fn plan_to_leave<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        match (self.running(facts), self.ended(facts)) {
            (Some(fact), _) if fact.held.to.is_some() => (Verdict::Confirmed, Some(fact)),
            (None, Some(fact)) if self.told.is_some() => (Verdict::Confirmed, Some(fact)),
            (None, Some(fact)) => (Verdict::NoLonger, Some(fact)),
            (fact, _) => (Verdict::Unknown, fact),
        }
    }

    /// "Has no plans to leave": borne out where it never did.
    fn plan_to_stay<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Judged<'f, 'g> {
        match self.running(facts) {
            Some(fact) if fact.held.to.is_none() => (Verdict::Confirmed, Some(fact)),
            fact => (Verdict::Unknown, fact),
        }
    }

    /// The last of the facts that had ended.
    fn ended<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Option<&'f Fact<'g>> {
        let over = |fact: &&Fact<'_>| match self.at {
            Some(at) => fact.held.to.is_some_and(|to| to.first_day() < at.next_day()),
            None => fact.held.to.is_some(),
        };
        facts.iter().filter(|fact| fact.same).filter(over).max_by_key(|fact| (fact.held.to, fact.exact))
    }

    /// One of the facts that went on.
    fn running<'f, 'g>(&self, facts: &'f [Fact<'g>]) -> Option<&'f Fact<'g>> {
        let goes_on = |fact: &&Fact<'_>| self.at.map_or(fact.held.to.is_none(), |at| fact.held.may_hold(at));
        facts.iter().filter(|fact| fact.same).find(goes_on)
    }
}

fn is_candidacy(fact: &Fact<'_>) -> bool {
    matches!(fact.status, Some(Status::Applicant | Status::Candidate))
}

/// Whether something held during all of a moment, whatever the bounds may mean.
fn surely_holds(held: &Interval, at: PartialDate) -> bool {
    let begun = held.from.is_none_or(|from| {
        let from = if from.is_day() { from.first_day() } else { from.next_day() };
        from <= at.first_day() || !at.is_day() && held.from == Some(at)
    });
    begun && held.to.is_none_or(|to| to.first_day() >= at.next_day())
}

/// What comes closest where no fact decides: a row of the body named before those of what it followed, the latest.
fn closest<'f, 'g>(facts: &'f [Fact<'g>]) -> Option<&'f Fact<'g>> {
    facts.iter().max_by_key(|fact| (fact.via.is_none(), fact.held.from))
}

fn ever_held<'f, 'g>(facts: &'f [Fact<'g>], closed: bool) -> Judged<'f, 'g> {
    let best = facts.iter().max_by_key(|fact| {
        (fact.same, fact.via.is_none(), fact.exact, fact.held.to.is_none(), fact.held.from)
    });
    match best {
        Some(fact) if fact.same => (Verdict::Confirmed, best),
        Some(_) => (Verdict::StatusDiffers, best),
        None => (if closed { Verdict::Contradicted } else { Verdict::Unknown }, None),
    }
}

fn held_at<'f, 'g>(facts: &'f [Fact<'g>], at: PartialDate, closed: bool) -> Judged<'f, 'g> {
    let same = || facts.iter().filter(|fact| fact.same);
    if let Some(fact) = same().find(|fact| fact.held.may_hold(at)) {
        return (Verdict::Confirmed, Some(fact));
    }
    if let Some(fact) = facts.iter().find(|fact| !fact.same && fact.held.may_hold(at)) {
        return (Verdict::StatusDiffers, Some(fact));
    }
    if let Some(fact) = same().filter(|fact| fact.held.is_over(at)).max_by_key(|fact| fact.held.to) {
        return (Verdict::NoLonger, Some(fact));
    }
    if let Some(fact) = same().find(|fact| fact.held.is_ahead(at)) {
        return (Verdict::NotYet, Some(fact));
    }
    (if closed || !facts.is_empty() { Verdict::Contradicted } else { Verdict::Unknown }, closest(facts))
}
