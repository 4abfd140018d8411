//! A load that does not fit into its memory, part by part: sorted chunks in files, then one run.
//!
//! The codes of a chunk are places among its terms in the order of their final numbers: terms the
//! store had, then new ones by key, then values that are numbers. So a chunk that is sorted by
//! codes is sorted by numbers too, whatever numbers the new terms get when the keys of all chunks
//! have been merged; and the rows of all chunks are merged by these, once for each order.

use super::super::identifier::{DocumentId, Permutation, RowSet};
use super::super::run::RunWriter;
use super::super::term::TermKind;
use super::super::{key, names};
use super::interner::Interner;
use super::scratch::{KeySorter, KeySource, Merged, Scratch, ScratchFile, ScratchReader};
use super::words::WordCollector;
use super::{Ranking, pack, unpack};
use crate::error::Result;

/// One part of a load, put aside.
pub(super) struct Chunk {
    /// The numbers of its codes: terms the store had.
    old: Vec<u64>,
    /// Places of the new terms among those of all chunks, once they are known.
    new: Vec<u32>,
    /// Values that are numbers.
    inline: Vec<u64>,
    keys: Option<ScratchFile>,
    rows: [Option<ScratchFile>; 3],
}

impl Chunk {
    /// Puts the terms of a chunk aside; its rows follow.
    pub(super) fn of_terms(
        terms: &Interner,
        ranking: &Ranking,
        scratch: &mut Scratch,
    ) -> Result<Self> {
        let mut keys = scratch.file()?;
        for &arrival in &ranking.order {
            keys.write_key(terms.key(arrival))?;
        }
        let (old, rest) = ranking
            .ids
            .split_at_checked(ranking.old)
            .unwrap_or_default();
        let inline = rest.get(ranking.order.len()..).unwrap_or_default();
        Ok(Self {
            old: old.to_vec(),
            new: Vec::with_capacity(ranking.order.len()),
            inline: inline.to_vec(),
            keys: Some(keys.finish()?),
            rows: [None, None, None],
        })
    }

    /// Puts the rows of the chunk aside, given as sorted codes, in each order.
    pub(super) fn put_rows(&mut self, mut codes: Vec<u128>, scratch: &mut Scratch) -> Result<()> {
        for (place, slot) in self.rows.iter_mut().enumerate() {
            if place > 0 {
                rotate(&mut codes);
            }
            let mut file = scratch.file()?;
            for &code in &codes {
                file.write_numbers(&unpack(code))?;
            }
            *slot = Some(file.finish()?);
        }
        Ok(())
    }

    /// The number of a code.
    fn id(&self, code: u32, first_term: u64) -> u64 {
        let code = code as usize;
        let Some(new) = code.checked_sub(self.old.len()) else {
            return self.old.get(code).copied().unwrap_or(0);
        };
        match new.checked_sub(self.new.len()) {
            None => first_term + u64::from(self.new.get(new).copied().unwrap_or(0)),
            Some(inline) => self.inline.get(inline).copied().unwrap_or(0),
        }
    }
}

/// From one order of sorted codes to the next: each is the one before with its first column moved
/// to the end.
pub(super) fn rotate(codes: &mut [u128]) {
    for code in codes.iter_mut() {
        let [first, second, third] = unpack(*code);
        *code = pack([second, third, first]);
    }
    codes.sort_unstable();
}

/// What a load is of, and what memory it may take.
#[derive(Clone, Copy)]
pub(super) struct Load {
    /// The number of the first new term.
    pub(super) first_term: u64,
    pub(super) document: DocumentId,
    pub(super) lemma: fn(&str) -> String,
    /// So many bytes of words, and of names, are held in memory.
    pub(super) held_bytes_max: usize,
}

/// What was written of all chunks.
pub(super) struct WrittenChunks {
    /// Distinct rows.
    pub(super) rows: u64,
    /// How many new terms of each kind.
    pub(super) kinds: [u64; 6],
}

/// Writes the run of all chunks but its statistics.
pub(super) fn write(
    mut chunks: Vec<Chunk>,
    writer: &mut RunWriter,
    load: Load,
    mut scratch: Scratch,
) -> Result<WrittenChunks> {
    let scratch = &mut scratch;
    let first_term = load.first_term;
    let mut kinds = [0; 6];
    let mut folded = KeySorter::new(load.held_bytes_max);
    let mut words = WordCollector::new(load.lemma);
    let mut terms = NewTerms::new(&mut chunks)?;
    writer.ranked_dictionary(|| {
        let Some((term, place)) = terms.next_term()? else {
            return Ok(None);
        };
        let (&kind, text) = term.split_first().unwrap_or((&0, &[]));
        if let Some(count) = kinds.get_mut(usize::from(kind).saturating_sub(1)) {
            *count += 1;
        }
        let text = std::str::from_utf8(text).unwrap_or_default();
        if kind == TermKind::Name as u8 && !names::is_iri(text) {
            let number = first_term + u64::from(place);
            folded.push(key::folded_name(&names::fold(text), number), scratch)?;
        } else if kind == TermKind::Text as u8 {
            words.push_text(text, place);
            words.bound(load.held_bytes_max, scratch)?;
        }
        Ok(Some(term))
    })?;
    drop(terms);
    let mut written = WrittenChunks { rows: 0, kinds };
    let orders = [Permutation::Spo, Permutation::Pos, Permutation::Osp];
    for (place, permutation) in orders.into_iter().enumerate() {
        let rows = merged_rows(&mut chunks, place, load, writer, permutation)?;
        written.rows = rows;
    }
    drop(chunks);
    let mut folded = folded.sorted()?;
    let mut words = words.entries(first_term)?;
    writer.table(|| match folded()? {
        Some(entry) => Ok(Some((entry, Some(Vec::new())))),
        None => words.next_entry(),
    })?;
    Ok(written)
}

/// Writes the rows of all chunks in an order, each once; how many there are.
fn merged_rows(
    chunks: &mut [Chunk],
    place: usize,
    load: Load,
    writer: &mut RunWriter,
    permutation: Permutation,
) -> Result<u64> {
    let mut readers: Vec<Option<ScratchReader>> = Vec::new();
    for chunk in chunks.iter_mut() {
        let file = chunk.rows.get_mut(place).and_then(Option::take);
        readers.push(file.map(ScratchFile::read).transpose()?);
    }
    let sources = chunks.iter().zip(readers).map(|(chunk, mut reader)| {
        move || {
            let Some(bytes) = reader
                .as_mut()
                .map_or(Ok(None), ScratchReader::read::<12>)?
            else {
                return Ok(None);
            };
            let mut row = [0; 3];
            for (slot, code) in row.iter_mut().zip(bytes.as_chunks().0) {
                *slot = chunk.id(u32::from_le_bytes(*code), load.first_term);
            }
            Ok(Some(row))
        }
    });
    let mut merged = Merged::new(sources.collect())?;
    let fact = load.document.bare_fact().raw();
    let mut rows = 0;
    writer.rows(RowSet::Plain, permutation, || {
        let Some((row, _)) = merged.next_item()? else {
            return Ok(None);
        };
        while merged.peek() == Some(&row) {
            merged.next_item()?;
        }
        rows += 1;
        let [first, second, third] = row;
        Ok(Some(([first, second, third, fact], 1)))
    })?;
    Ok(rows)
}

/// The new terms of all chunks, each once, in the order of their keys.
struct NewTerms<'a> {
    merged: Merged<Vec<u8>, KeySource>,
    /// For each chunk the places of its new terms, as they become known.
    places: Vec<&'a mut Vec<u32>>,
    next: u32,
}

impl<'a> NewTerms<'a> {
    fn new(chunks: &'a mut [Chunk]) -> Result<Self> {
        let mut sources: Vec<KeySource> = Vec::new();
        let mut places = Vec::new();
        for chunk in chunks {
            if let Some(keys) = chunk.keys.take() {
                let mut reader = keys.read()?;
                sources.push(Box::new(move || reader.read_key()));
                places.push(&mut chunk.new);
            }
        }
        Ok(Self {
            merged: Merged::new(sources)?,
            places,
            next: 0,
        })
    }

    /// The next term with its place.
    fn next_term(&mut self) -> Result<Option<(Vec<u8>, u32)>> {
        let Some((term, source)) = self.merged.next_item()? else {
            return Ok(None);
        };
        let place = self.next;
        self.next += 1;
        self.put(source, place);
        while self.merged.peek() == Some(&term) {
            if let Some((_, source)) = self.merged.next_item()? {
                self.put(source, place);
            }
        }
        Ok(Some((term, place)))
    }

    fn put(&mut self, source: usize, place: u32) {
        if let Some(places) = self.places.get_mut(source) {
            places.push(place);
        }
    }
}
