//! Rules: predicates defined by clauses over others.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;

use super::algebra::{Call, Group, Slot, Table};
use super::execute::Context;
use super::facts::Facts;
use super::resolve::Normalise;

/// A rule with everything looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Compiled {
    pub(crate) subject: Slot,
    pub(crate) object: Slot,
    pub(crate) body: Group,
    /// The rule as it was written.
    pub(crate) text: String,
}

/// All rules of a store, by predicate.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rules {
    pub(crate) definitions: HashMap<String, Vec<Compiled>>,
}

impl Rules {
    /// Looks up the rules of a store.
    pub(crate) fn compile(
        _facts: &dyn Facts,
        _texts: &[String],
        _normalise: Normalise,
    ) -> Result<Self> {
        Ok(Self::default())
    }

    /// Whether rules define a predicate, given in normal form.
    pub(crate) fn defines(&self, predicate: &str) -> bool {
        self.definitions.contains_key(predicate)
    }

    /// The rules as they were written, those of one predicate or all.
    pub(crate) fn texts(&self, predicate: Option<&str>) -> Vec<String> {
        let mut texts: Vec<String> = self
            .definitions
            .iter()
            .filter(|(name, _)| predicate.is_none_or(|wanted| wanted == *name))
            .flat_map(|(_, rules)| rules.iter().map(|rule| rule.text.clone()))
            .collect();
        texts.sort_unstable();
        texts
    }

    /// The pairs a call has.
    pub(crate) fn call(
        &self,
        _context: &Arc<Context>,
        _call: &Call,
        _seeds: Option<&Table>,
    ) -> Result<Table> {
        Ok(Table::default())
    }
}
