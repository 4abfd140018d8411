//! Merging: several runs and layers become one run, in order, in bounded memory.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::sync::Arc;

use super::cursor::Stream;
use super::dictionary::{Dictionary, DictionaryWalk};
use super::identifier::{Permutation, Row, RowSet, TermId};
use super::key;
use super::overlay::{Layer, Overlay};
use super::repeats::RepeatCounter;
use super::run::{Run, RunEntry, RunWriter};
use super::view::{Found, TableScan, View};
use crate::error::Result;

/// Runs of at least a quarter of what is being merged are merged with it.
const SIZE_RATIO: u64 = 4;
/// A word's chunk of the index holds at most so many numbers.
const POSTINGS_A_CHUNK: usize = 1_024;

/// What is merged: the newest runs and the whole overlay.
pub(super) struct Inputs {
    /// Oldest first.
    pub(super) runs: Vec<Arc<Run>>,
    overlay: Overlay,
    /// Whether there is no older run: what is removed can be dropped altogether.
    is_whole: bool,
    /// Whether repeated triples are counted anew.
    recounts: bool,
    view: View,
}

impl Inputs {
    /// The overlay of a view with as many of its newest runs as keep the number of runs small.
    pub(super) fn choose(view: &View) -> Self {
        let mut bytes = view.overlay.bytes() as u64;
        let mut first = view.runs.len();
        for (place, run) in view.runs.iter().enumerate().rev() {
            if run.entry.bytes > bytes.saturating_mul(SIZE_RATIO) {
                break;
            }
            bytes += run.entry.bytes;
            first = place;
        }
        Self::from(view, first)
    }

    /// The overlay with the runs from a place on.
    pub(super) fn from(view: &View, first: usize) -> Self {
        let mut inner = view.clone();
        inner.runs = view.runs.get(first..).unwrap_or(&[]).to_vec();
        Self {
            runs: inner.runs.clone(),
            overlay: view.overlay.clone(),
            is_whole: first == 0,
            recounts: false,
            view: inner,
        }
    }

    /// Everything a view consists of; nobody may write before the merged run stands in its place.
    pub(super) fn whole(view: &View) -> Self {
        Self {
            recounts: true,
            ..Self::from(view, 0)
        }
    }

    /// The numbers of the terms: the first and the one after the last.
    fn terms(&self) -> (u64, u64) {
        let runs = self.runs.iter().filter_map(|run| run.dictionary());
        let runs = runs.map(|known| (known.first_term(), known.end_term()));
        let layers = self.overlay.layers().iter().map(|layer| layer.term_range());
        let ranges = runs.chain(layers).filter(|(first, end)| first < end);
        ranges
            .reduce(|(first, end), (other, other_end)| (first.min(other), end.max(other_end)))
            .unwrap_or((self.view.counters.next_term, self.view.counters.next_term))
    }

    /// Whether the only terms are those of one ranked run.
    fn is_ranked(&self) -> bool {
        let (first, end) = self.terms();
        let mut ranges = self.view.ranked.iter();
        ranges.any(|range| range.first == first && range.end() == end)
    }

    /// Writes the merged run.
    pub(super) fn write(&self, writer: RunWriterOf<'_>) -> Result<RunEntry> {
        let (first_term, end_term) = self.terms();
        let mut writer = writer(first_term);
        let mut terms = TermMerge::new(self)?;
        writer.dictionary(end_term - first_term, self.is_ranked(), || {
            terms.next_term()
        })?;
        let mut repeats = RepeatCounter::default();
        for set in RowSet::ALL {
            for permutation in Permutation::ALL {
                let mut rows = RowMerge::new(self, set, permutation)?;
                let is_counted = set == RowSet::Plain && permutation == Permutation::Spo;
                writer.rows(set, permutation, || {
                    let next = rows.next_row()?;
                    if is_counted && let Some((row, _)) = next {
                        repeats.push(row);
                    }
                    Ok(next)
                })?;
            }
        }
        let counts = self.recounts.then(|| repeats.entries());
        let mut table = TableMerge::new(self, counts);
        writer.table(|| table.next_entry())?;
        writer.finish()
    }
}

/// Makes the writer of a run whose first term has this number.
pub(super) type RunWriterOf<'a> = &'a dyn Fn(u64) -> RunWriter;

/// The key and the number of a term.
type Numbered = (Vec<u8>, TermId);
/// The terms of a layer, sorted by key.
type LayerTerms<'a> = Box<dyn Iterator<Item = (&'a Arc<[u8]>, TermId)> + 'a>;

/// The terms of all inputs, sorted by key.
struct TermMerge<'a> {
    /// Each run with the next of its terms.
    runs: Vec<(DictionaryWalk, Option<Numbered>)>,
    layers: Vec<Peekable<LayerTerms<'a>>>,
}

impl<'a> TermMerge<'a> {
    fn new(inputs: &'a Inputs) -> Result<Self> {
        let mut runs = Vec::new();
        let dictionaries = inputs.runs.iter().filter_map(|run| run.dictionary());
        for dictionary in dictionaries.map(Dictionary::walk) {
            let mut walk = dictionary?;
            let first = walk.next_term()?;
            runs.push((walk, first));
        }
        let sorted = |layer: &'a Arc<Layer>| {
            let terms: LayerTerms<'a> = Box::new(layer.sorted_terms());
            terms.peekable()
        };
        Ok(Self {
            runs,
            layers: inputs.overlay.layers().iter().map(sorted).collect(),
        })
    }

    fn next_term(&mut self) -> Result<Option<Numbered>> {
        let mut from_run: Option<usize> = None;
        for (place, (_, head)) in self.runs.iter().enumerate() {
            let Some((key, _)) = head else { continue };
            let known = from_run.and_then(|place| self.runs.get(place)?.1.as_ref());
            if known.is_none_or(|(known, _)| key < known) {
                from_run = Some(place);
            }
        }
        let mut from_layer: Option<(usize, Arc<[u8]>)> = None;
        for (place, layer) in self.layers.iter_mut().enumerate() {
            let Some((key, _)) = layer.peek() else {
                continue;
            };
            if from_layer.as_ref().is_none_or(|(_, known)| *key < known) {
                from_layer = Some((place, Arc::clone(key)));
            }
        }
        let run_key = from_run.and_then(|place| self.runs.get(place)?.1.as_ref());
        let is_layer = match (run_key, &from_layer) {
            (Some((key, _)), Some((_, other))) => other.as_ref() < key.as_slice(),
            (None, Some(_)) => true,
            _ => false,
        };
        if is_layer {
            let layer = from_layer.and_then(|(place, _)| self.layers.get_mut(place));
            let next = layer.and_then(Iterator::next);
            return Ok(next.map(|(key, id)| (key.to_vec(), id)));
        }
        match from_run.and_then(|place| self.runs.get_mut(place)) {
            Some((walk, head)) => Ok(std::mem::replace(head, walk.next_term()?)),
            None => Ok(None),
        }
    }
}

/// The rows of all inputs of one set in one order, their signs added up.
struct RowMerge {
    streams: Vec<Stream>,
    keeps_removals: bool,
}

impl RowMerge {
    fn new(inputs: &Inputs, set: RowSet, permutation: Permutation) -> Result<Self> {
        Ok(Self {
            streams: inputs.view.cursor(set, permutation, &[])?.into_streams(),
            keeps_removals: !inputs.is_whole,
        })
    }

    fn next_row(&mut self) -> Result<Option<(Row, i8)>> {
        loop {
            let mut smallest: Option<Row> = None;
            for stream in &mut self.streams {
                stream.fill()?;
                if let Some(head) = stream.current.head() {
                    smallest = Some(smallest.map_or(head, |known| known.min(head)));
                }
            }
            let Some(row) = smallest else {
                return Ok(None);
            };
            let mut sum = 0;
            for stream in &mut self.streams {
                if stream.current.head() == Some(row) {
                    sum += stream.sign;
                    stream.current.advance(1);
                }
            }
            if sum > 0 || (sum < 0 && self.keeps_removals) {
                return Ok(Some((row, sum.signum())));
            }
        }
    }
}

/// The table of all inputs, the newest entry of each key; chunks of a word's list grow together.
struct TableMerge {
    scan: TableScan,
    keeps_removals: bool,
    held: Option<Found>,
    /// What was read and comes behind a count.
    waiting: Option<Found>,
    /// Counts of repeated triples to be written in the place of those of the inputs.
    counts: Option<Peekable<std::vec::IntoIter<Found>>>,
}

impl TableMerge {
    fn new(inputs: &Inputs, counts: Option<Vec<Found>>) -> Self {
        Self {
            counts: counts.map(|counts| counts.into_iter().peekable()),
            scan: inputs.view.scan(&[], &[]).with_removals(),
            keeps_removals: !inputs.is_whole,
            held: None,
            waiting: None,
        }
    }

    fn next_entry(&mut self) -> Result<Option<Found>> {
        let mut current = match self.held.take() {
            Some(held) => Some(held),
            None => self.next_kept()?,
        };
        let Some((entry, Some(value))) = &mut current else {
            return Ok(current);
        };
        if entry.first() != Some(&key::WORD) {
            return Ok(current);
        }
        let prefix = entry.len().saturating_sub(8);
        let mut numbers = super::text_index::read_chunk(entry, value);
        while numbers.len() < POSTINGS_A_CHUNK {
            let next = self.next_kept()?;
            match &next {
                Some((other, Some(more)))
                    if other.get(..prefix) == entry.get(..prefix) && other.len() == entry.len() =>
                {
                    numbers.extend(super::text_index::read_chunk(other, more));
                }
                _ => {
                    self.held = next;
                    break;
                }
            }
        }
        *value = super::text_index::write_chunk(&numbers);
        Ok(current)
    }

    fn next_kept(&mut self) -> Result<Option<Found>> {
        loop {
            let found = match self.waiting.take() {
                Some(found) => Some(found),
                None => self.scan.next_found()?,
            };
            if let Some(counts) = &mut self.counts {
                if let Some((entry, _)) = &found
                    && entry.first() == Some(&key::REPEATS)
                {
                    continue;
                }
                let is_next =
                    |(entry, _): &Found| found.as_ref().is_none_or(|(next, _)| entry < next);
                if let Some(count) = counts.next_if(is_next) {
                    self.waiting = found;
                    return Ok(Some(count));
                }
            }
            match found {
                Some((_, None)) if !self.keeps_removals => {}
                found => return Ok(found),
            }
        }
    }
}

/// The predicates' totals of several runs added up.
pub(super) fn add_totals(runs: &[Arc<Run>]) -> Result<BTreeMap<u64, [u64; 3]>> {
    let mut sums: BTreeMap<u64, [u64; 3]> = BTreeMap::new();
    for run in runs {
        for &[predicate, rows, subjects, objects] in run.totals()?.iter() {
            let sum = sums.entry(predicate).or_default();
            for (sum, more) in sum.iter_mut().zip([rows, subjects, objects]) {
                *sum += more;
            }
        }
    }
    Ok(sums)
}
