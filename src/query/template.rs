//! Questions asked before: what was resolved for one serves all that differ from it only in the
//! subjects and objects they name.
//!
//! A script of look-ups asks the same few questions of many names. A question is compared by its
//! tokens; where only names differ, neither its tree is built nor its predicates are looked up
//! again: the ids of the names are put into the patterns as they were resolved. Joins are still
//! planned for the names at hand, because their numbers of facts differ.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::error::Result;
use crate::language::{Shape, Span, Writing};

use super::algebra::{Group, Relation, Slot};
use super::facts::Facts;
use super::resolve::{Place, Resolved, only_name, only_object};

/// So many questions are kept; a script with more kinds of them begins anew.
const TEMPLATES_MAX: usize = 512;
/// Of one shape so many are kept: they differ in their predicates.
const OF_SHAPE_MAX: usize = 64;

/// A question as it was resolved, and which of its constants may be others.
pub(crate) struct Template {
    /// Constants that must be written so.
    fixed: Vec<(usize, String)>,
    /// Constants that can be any name, with their places.
    open: Vec<(usize, Place)>,
    pub(super) resolved: Resolved,
    pub(super) columns: Arc<[String]>,
    pub(super) has_sources: bool,
}

/// The questions asked of one state of a store.
#[derive(Default)]
pub(crate) struct Templates {
    known: RwLock<HashMap<Vec<u8>, Vec<Arc<Template>>>>,
}

impl Templates {
    /// The question with this shape and these predicates, where it was asked before.
    pub(super) fn find(&self, source: &str, shape: &Shape) -> Option<Arc<Template>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut of_shape = known.get(&shape.key)?.iter();
        let fits = |template: &&Arc<Template>| {
            template.fixed.iter().all(|(place, text)| {
                let constant = shape.constants.get(*place);
                constant.is_some_and(|constant| constant.span.text(source) == text)
            })
        };
        of_shape.find(fits).cloned()
    }

    /// Keeps a question.
    pub(super) fn keep(&self, shape: Shape, template: Template) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= TEMPLATES_MAX {
            known.clear();
        }
        let of_shape = known.entry(shape.key).or_default();
        if of_shape.len() >= OF_SHAPE_MAX {
            of_shape.clear();
        }
        of_shape.push(Arc::new(template));
    }
}

impl Template {
    /// The question at a place of a text as it was resolved; `places` is where its names stand.
    pub(super) fn new(
        source: &str,
        shape: &Shape,
        resolved: Resolved,
        places: &[(Span, Place)],
        has_sources: bool,
    ) -> Self {
        let (mut fixed, mut open) = (Vec::new(), Vec::new());
        for (number, constant) in shape.constants.iter().enumerate() {
            let place = places.iter().find(|(span, _)| *span == constant.span);
            match place {
                Some((_, place)) if constant.writing != Writing::Other => {
                    open.push((number, *place));
                }
                _ => fixed.push((number, constant.span.text(source).to_owned())),
            }
        }
        let columns = resolved.output.columns.iter();
        Self {
            fixed,
            open,
            columns: columns.map(|(name, _)| name.clone()).collect(),
            resolved,
            has_sources,
        }
    }

    /// The patterns with the names of another question; `None` where one of them is not the name
    /// of exactly one thing, so that the question has to be resolved for itself.
    pub(super) fn group(
        &self,
        source: &str,
        shape: &Shape,
        facts: &dyn Facts,
    ) -> Result<Option<Group>> {
        let mut group = self.resolved.group.clone();
        for (number, place) in &self.open {
            let Some(constant) = shape.constants.get(*number) else {
                return Ok(None);
            };
            let text = constant.text(source);
            let id = if place.is_subject {
                only_name(facts, text)?
            } else {
                only_object(facts, text)?
            };
            let relation = group.relations.get_mut(place.relation);
            let (Some(id), Some(Relation::Pattern(pattern))) = (id, relation) else {
                return Ok(None);
            };
            let slot = if place.is_subject { 0 } else { 2 };
            if let Some(slot) = pattern.slots.get_mut(slot) {
                *slot = Slot::Constant(id);
            }
        }
        Ok(Some(group))
    }
}
