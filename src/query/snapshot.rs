//! A snapshot of the storage as the engine sees it.

mod rows;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;
use crate::fact::Fact;
use crate::language::SourceField;
use crate::similarity::{Likeness, predicate_likeness};
use crate::storage::{
    Columns, FactId, FactRecord, Permutation, Repeats, RowSet, Snapshot, Stretch, Term, TermId,
    TermKind,
};
use crate::value::{Number, Time, Value};

use super::algebra::FieldName;
use super::cell::Cell;
use super::facts::{Block, Facts, Scan, Seek, Totals};
use super::text::folded;
use rows::{SnapshotScan, SnapshotSeek, term_ids};

/// A snapshot and what was learned about it while answering.
pub(crate) struct SnapshotFacts {
    snapshot: Snapshot,
    name_objects: Mutex<HashMap<u64, bool>>,
}

/// So many rows are looked at to tell whether a predicate has names among its objects.
const OBJECTS_SAMPLED: usize = 1 << 17;

impl SnapshotFacts {
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        Self {
            snapshot,
            name_objects: Mutex::default(),
        }
    }

    fn record(&self, fact: u64) -> Result<Option<FactRecord>> {
        self.snapshot.record(FactId::from_raw(fact))
    }

    /// The fields of a triple that has no record: those of its document.
    fn bare_fields(&self, fact: u64, names: &[FieldName]) -> Result<Vec<Vec<Cell>>> {
        let Some(document) = FactId::from_raw(fact).bare_document() else {
            return Ok(Vec::new());
        };
        let document = self.snapshot.document_name(document)?;
        let mut row = Vec::with_capacity(names.len());
        for name in names {
            let cell = match name {
                FieldName::Role(_) => None,
                FieldName::Source(field) => match field {
                    SourceField::Negated | SourceField::Derived => Some(boolean(false)),
                    SourceField::Modality => Some(text("asserted")),
                    SourceField::Confidence => Some(Cell::Value(Value::from(1))),
                    SourceField::Fact => Some(fact_number(fact)),
                    _ => match &document {
                        Some(document) => self.document_field(document, *field)?,
                        None => None,
                    },
                },
            };
            row.push(cell);
        }
        Ok(row
            .into_iter()
            .collect::<Option<Vec<Cell>>>()
            .into_iter()
            .collect())
    }

    /// A field of the document a fact comes from.
    fn document_field(&self, document: &str, field: SourceField) -> Result<Option<Cell>> {
        if field == SourceField::Document {
            return Ok(Some(text(document)));
        }
        let Some(entry) = self.snapshot.document(document)? else {
            return Ok(None);
        };
        Ok(match field {
            SourceField::Title => entry.record.title.as_deref().map(text),
            SourceField::Agency => entry.record.agency.as_deref().map(text),
            SourceField::Published => entry.record.published.map(time),
            SourceField::Recorded => Some(time(entry.record.ingested)),
            _ => None,
        })
    }
}

/// The numbers of facts as columns of rows hold them.
fn raw(facts: Vec<FactId>) -> Vec<u64> {
    facts.into_iter().map(FactId::raw).collect()
}

fn text(text: &str) -> Cell {
    Cell::Value(Value::Text(text.to_owned()))
}

fn time(time: Time) -> Cell {
    Cell::Value(Value::Time(time))
}

fn boolean(truth: bool) -> Cell {
    Cell::Value(Value::Boolean(truth))
}

fn fact_number(fact: u64) -> Cell {
    let number = i64::try_from(fact).unwrap_or(i64::MAX);
    Cell::Value(Value::from(number))
}

/// A confidence as it is shown: the shortest decimal of the single-precision number.
fn confidence(confidence: f32) -> Cell {
    let number: f64 = confidence.to_string().parse().unwrap_or_default();
    Cell::Value(Value::Number(Number::Decimal(number).simplified()))
}

/// Whether a field belongs to a piece of evidence and not to the fact as a whole.
fn is_of_evidence(field: SourceField) -> bool {
    matches!(
        field,
        SourceField::Document
            | SourceField::Title
            | SourceField::Published
            | SourceField::Agency
            | SourceField::Sentence
    )
}

fn fact_field(record: &FactRecord, field: SourceField) -> Option<Cell> {
    let fact = &record.fact;
    match field {
        SourceField::Speaker => fact
            .attribution
            .as_ref()
            .map(|attribution| Cell::Name(attribution.speaker.clone())),
        SourceField::Confidence => Some(confidence(fact.confidence)),
        SourceField::Modality => Some(text(fact.modality.as_str())),
        SourceField::Negated => Some(boolean(fact.negated)),
        SourceField::Derived => Some(boolean(fact.derived)),
        SourceField::Recorded => Some(time(record.recorded.time())),
        SourceField::Fact => Some(fact_number(record.id.raw())),
        _ => None,
    }
}

impl Facts for SnapshotFacts {
    fn find(&self, cell: &Cell) -> Result<Option<u64>> {
        Ok(self.snapshot.find(cell)?.map(TermId::raw))
    }

    fn find_name(&self, name: &str) -> Result<Option<u64>> {
        Ok(self.snapshot.find_name(name)?.map(TermId::raw))
    }

    fn names_like(&self, text: &str) -> Result<Vec<u64>> {
        let names = self.snapshot.names_like(text)?;
        Ok(names.into_iter().map(TermId::raw).collect())
    }

    fn facts_of_documents(&self, is_chosen: &dyn Fn(&str) -> bool) -> Result<Option<Vec<u64>>> {
        let documents = self.snapshot.documents_named(is_chosen)?;
        Ok(Some(raw(self.snapshot.facts_of_documents(&documents)?)))
    }

    fn facts_by_speaker(&self, speaker: &str) -> Result<Option<Vec<u64>>> {
        Ok(self.snapshot.facts_by_speaker(speaker)?.map(raw))
    }

    fn facts_with_words(&self, words: &str) -> Result<Option<Vec<u64>>> {
        let Some(documents) = self.snapshot.documents_with_words(words)? else {
            return Ok(None);
        };
        Ok(Some(raw(self.snapshot.facts_of_documents(&documents)?)))
    }

    fn subjects_of(&self, facts: &[u64]) -> Result<Option<Vec<u64>>> {
        let mut recorded = Vec::with_capacity(facts.len());
        for &fact in facts {
            let fact = FactId::from_raw(fact);
            match fact.bare_document() {
                None => recorded.push(fact),
                Some(document) if self.snapshot.has_triples(document)? => return Ok(None),
                Some(_) => {}
            }
        }
        self.snapshot.subjects_of(&recorded).map(Some)
    }

    fn weak_below(&self) -> Result<f32> {
        self.snapshot.weak_below()
    }

    fn nearest_names(&self, text: &str, limit: usize) -> Result<Vec<String>> {
        self.snapshot.nearest_names(text, limit)
    }

    fn nearest_predicates(&self, text: &str, limit: usize) -> Result<Vec<String>> {
        let text = folded(text);
        let mut near: Vec<(Likeness, String)> = Vec::new();
        for (predicate, _) in self.snapshot.predicates_by_use()? {
            let Term::Name(name) = self.snapshot.term(predicate)? else {
                continue;
            };
            let short = name.rsplit(['#', '/']).next().unwrap_or(&name);
            if let Some(likeness) = predicate_likeness(&text, &folded(short)) {
                near.push((likeness, name));
            }
        }
        near.sort_by_key(|(likeness, _)| *likeness);
        Ok(near.into_iter().map(|(_, name)| name).take(limit).collect())
    }

    fn cells(&self, ids: &[u64]) -> Result<Vec<Cell>> {
        let ids: Vec<TermId> = ids.iter().map(|&id| TermId::from_raw(id)).collect();
        self.snapshot.terms(&ids)
    }

    fn compare(&self, a: u64, b: u64) -> Result<Ordering> {
        self.snapshot
            .compare(TermId::from_raw(a), TermId::from_raw(b))
    }

    fn is_ordered(&self, low: u64, high: u64) -> bool {
        self.snapshot
            .is_ordered(TermId::from_raw(low), TermId::from_raw(high))
    }

    fn is_name(&self, id: u64) -> bool {
        let id = TermId::from_raw(id);
        !id.is_inline() && matches!(self.snapshot.kind_of(id), Ok(TermKind::Name))
    }

    fn kind(&self, id: u64) -> Result<&'static str> {
        let Term::Name(name) = self.snapshot.term(TermId::from_raw(id))? else {
            return Ok("name");
        };
        let entity = self.snapshot.entity(&name)?;
        Ok(entity.map_or("name", |entity| entity.kind.as_str()))
    }

    fn words(&self, text: &str) -> Vec<String> {
        self.snapshot.lemmas(text)
    }

    fn texts_with_words(&self, words: &str) -> Result<Option<Vec<u64>>> {
        let found = self.snapshot.texts_with_words(&[words])?;
        Ok(Some(found.into_iter().map(TermId::raw).collect()))
    }

    fn count(&self, set: RowSet, permutation: Permutation, prefix: &[u64]) -> Result<u64> {
        let (prefix, depth) = term_ids(prefix);
        let prefix = prefix.get(..depth).unwrap_or(&[]);
        self.snapshot.count(set, permutation, prefix)
    }

    fn stretch(
        &self,
        permutation: Permutation,
        first: [u64; 4],
        last: [u64; 4],
    ) -> Result<Stretch> {
        self.snapshot
            .stretch(RowSet::Plain, permutation, &first, &last)
    }

    fn repeats(&self, predicate: Option<u64>) -> Result<Option<Repeats>> {
        self.snapshot.repeats(predicate.map(TermId::from_raw))
    }

    fn predicates(&self) -> Result<Vec<u64>> {
        let known = self.snapshot.predicate_totals()?;
        Ok(known.iter().map(|known| known.predicate.raw()).collect())
    }

    fn predicate_totals(&self, set: RowSet, predicate: u64) -> Result<Totals> {
        if set == RowSet::Plain {
            let known = self.snapshot.predicate_totals()?;
            let id = TermId::from_raw(predicate);
            let place = known.binary_search_by_key(&id, |totals| totals.predicate);
            if let Some(totals) = place.ok().and_then(|place| known.get(place)) {
                return Ok(Totals {
                    rows: totals.rows,
                    subjects: totals.subjects,
                    objects: totals.objects,
                });
            }
        }
        let rows = self.count(set, Permutation::Pos, &[predicate])?;
        Ok(Totals {
            rows,
            subjects: rows,
            objects: rows,
        })
    }

    fn totals(&self, set: RowSet) -> Result<Totals> {
        let rows = self.count(set, Permutation::Spo, &[])?;
        Ok(Totals {
            rows,
            subjects: rows / 4,
            objects: rows / 4,
        })
    }

    fn has_name_objects(&self, predicate: u64) -> Result<bool> {
        let known = || {
            self.name_objects
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(has) = known().get(&predicate) {
            return Ok(*has);
        }
        let wanted = [false, true, false, false];
        let mut scan = self.scan(RowSet::Plain, Permutation::Pos, &[predicate], wanted)?;
        let mut block = Block::default();
        let (mut has, mut last, mut seen) = (false, 0, 0);
        while !has && scan.next_block(&mut block)? {
            for &object in &block.columns[1] {
                has |= object != last && object != 0 && self.is_name(object);
                last = object;
            }
            seen += block.columns[1].len();
            if seen > OBJECTS_SAMPLED {
                break;
            }
        }
        known().insert(predicate, has);
        Ok(has)
    }

    fn scan(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[u64],
        wanted: [bool; 4],
    ) -> Result<Box<dyn Scan>> {
        let (prefix, depth) = term_ids(prefix);
        let prefix = prefix.get(..depth).unwrap_or(&[]);
        Ok(Box::new(SnapshotScan {
            cursor: self.snapshot.cursor(set, permutation, prefix)?,
            wanted,
            end: None,
        }))
    }

    fn scan_between(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[u64],
        (first, last): (u64, u64),
        wanted: [bool; 4],
    ) -> Result<Box<dyn Scan>> {
        let column = prefix.len();
        let mut target = prefix.to_vec();
        target.push(first);
        let (ids, depth) = term_ids(prefix);
        let ids = ids.get(..depth).unwrap_or(&[]);
        let mut cursor = self.snapshot.cursor(set, permutation, ids)?;
        let (target, depth) = term_ids(&target);
        cursor.seek(target.get(..depth).unwrap_or(&[]))?;
        Ok(Box::new(SnapshotScan {
            cursor,
            wanted,
            end: Some((column, last)),
        }))
    }

    fn read(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[u64],
        wanted: [bool; 4],
        out: &mut Block,
        pause: &dyn Fn() -> Result<()>,
    ) -> Result<()> {
        let (prefix, depth) = term_ids(prefix);
        let prefix = prefix.get(..depth).unwrap_or(&[]);
        let mut cursor = self.snapshot.cursor(set, permutation, prefix)?;
        while let Some(columns) = cursor.next_block()? {
            pause()?;
            for (place, (column, wanted)) in out.columns.iter_mut().zip(wanted).enumerate() {
                if wanted {
                    column.extend_from_slice(columns.column(place));
                }
            }
        }
        Ok(())
    }

    fn seek(&self, set: RowSet, permutation: Permutation) -> Result<Box<dyn Seek>> {
        Ok(Box::new(SnapshotSeek {
            snapshot: self.snapshot.clone(),
            set,
            permutation,
            cursor: None,
            current: Columns::default(),
        }))
    }

    fn fields(&self, fact: u64, names: &[FieldName]) -> Result<Vec<Vec<Cell>>> {
        if FactId::from_raw(fact).is_bare() {
            return self.bare_fields(fact, names);
        }
        let Some(record) = self.record(fact)? else {
            return Ok(Vec::new());
        };
        if let [FieldName::Role(role)] = names {
            let values = record
                .fact
                .qualifiers
                .iter()
                .filter(|known| known.role == *role);
            return Ok(values
                .map(|known| vec![Term::of(&known.argument)])
                .collect());
        }
        let asks_evidence = names.iter().any(|name| match name {
            FieldName::Source(field) => is_of_evidence(*field),
            FieldName::Role(_) => false,
        });
        let pieces = if asks_evidence {
            record.fact.evidence.len()
        } else {
            1
        };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for place in 0..pieces {
            let mut row = Vec::with_capacity(names.len());
            for name in names {
                let evidence = record.fact.evidence.get(place);
                let cell = match (name, evidence) {
                    (FieldName::Source(SourceField::Sentence), Some(evidence)) => {
                        (!evidence.text.is_empty()).then(|| text(&evidence.text))
                    }
                    (FieldName::Source(field), Some(evidence)) if is_of_evidence(*field) => {
                        self.document_field(&evidence.document, *field)?
                    }
                    (FieldName::Source(field), _) => fact_field(&record, *field),
                    (FieldName::Role(role), _) => record.fact.qualifier(role).map(Term::of),
                };
                row.push(cell);
            }
            let row: Option<Vec<Cell>> = row.into_iter().collect();
            rows.extend(row.filter(|row| !rows.contains(row)));
        }
        Ok(rows)
    }

    fn fact(&self, row: [u64; 4]) -> Result<Fact> {
        Ok(self.snapshot.record_of_row(row)?.fact)
    }

    fn as_of(&self, time: &Time) -> Result<Arc<dyn Facts>> {
        let (_, end) = time.bounds();
        let transaction = self.snapshot.transaction_at(end)?;
        Ok(Arc::new(Self::new(self.snapshot.as_of(transaction)?)))
    }
}
