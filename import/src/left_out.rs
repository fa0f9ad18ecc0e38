//! What no row could be made of, counted by reason.

use std::collections::BTreeMap;

/// Reasons, and how often each was met.
#[derive(Debug, Default)]
pub(crate) struct LeftOut(BTreeMap<String, usize>);

impl LeftOut {
    pub(crate) fn count(&mut self, reason: &str) {
        *self.0.entry(reason.to_owned()).or_default() += 1;
    }

    /// One line for each reason.
    pub(crate) fn lines(self) -> Vec<String> {
        self.0.into_iter().map(|(reason, times)| format!("{reason}: {times}")).collect()
    }
}
