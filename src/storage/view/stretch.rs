//! Stretches of rows between two bounds: how many there are, and any one of them, without
//! reading those between. What a planner samples.

use std::sync::Arc;

use super::super::block::Columns;
use super::super::identifier::{Permutation, Row, RowSet};
use super::super::segment::Segment;
use super::View;
use crate::error::Result;

/// Rows between two bounds in the order of a permutation, those of one source after those of
/// another. Rows that were taken back since the last merge are among them: good for estimates.
pub(crate) struct Stretch {
    parts: Vec<Part>,
    length: u64,
}

struct Part {
    source: Source,
    start: u64,
    length: u64,
}

enum Source {
    Segment(Arc<Segment>),
    Rows(Columns),
}

impl View {
    /// The rows from a first one to a last one.
    pub(in super::super) fn stretch(
        &self,
        set: RowSet,
        permutation: Permutation,
        first: &Row,
        last: &Row,
    ) -> Result<Stretch> {
        let mut parts = Vec::new();
        for run in &self.runs {
            if let Some(segment) = run.segment(set, permutation, true) {
                let start = segment.rank(first)?;
                parts.push(Part {
                    length: segment.rank(last)?.saturating_sub(start),
                    source: Source::Segment(Arc::clone(segment)),
                    start,
                });
            }
        }
        for layer in self.overlay.layers() {
            let (added, _) = layer.rows(set, permutation).with_prefix(&[]);
            let start = added.count_below(first);
            parts.push(Part {
                length: (added.count_below(last) - start) as u64,
                source: Source::Rows(added),
                start: start as u64,
            });
        }
        parts.retain(|part| part.length > 0);
        let length = parts.iter().map(|part| part.length).sum();
        Ok(Stretch { parts, length })
    }
}

impl Stretch {
    /// How many rows.
    pub(crate) fn len(&self) -> u64 {
        self.length
    }

    /// The row at a place.
    pub(crate) fn row(&self, place: u64) -> Result<Option<Row>> {
        let mut place = place;
        for part in &self.parts {
            if place < part.length {
                let place = part.start + place;
                return match &part.source {
                    Source::Segment(segment) => segment.row_at(place),
                    Source::Rows(columns) => {
                        Ok(columns.row(usize::try_from(place).unwrap_or(usize::MAX)))
                    }
                };
            }
            place -= part.length;
        }
        Ok(None)
    }
}
