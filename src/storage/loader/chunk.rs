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

/// So many rows are written, read and turned into codes of the load at a time.
const ROWS_A_STEP: usize = 4_096;

/// One part of a load, put aside.
pub(super) struct Chunk {
    /// The numbers of its codes: terms the store had.
    old: Vec<u64>,
    /// Places of the new terms among those of all chunks, once they are known.
    new: Vec<u32>,
    /// Values that are numbers.
    inline: Vec<u64>,
    /// By its own codes, those of the load, once they are known; then the lists before are gone.
    codes: Vec<u32>,
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
            codes: Vec::new(),
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
            for codes in codes.chunks(ROWS_A_STEP) {
                let rows = codes.iter().flat_map(|&code| unpack(code));
                let bytes: Vec<u8> = rows.flat_map(u32::to_le_bytes).collect();
                file.write(&bytes)?;
            }
            *slot = Some(file.finish()?);
        }
        Ok(())
    }

    /// Turns places among the terms of the chunk into places among those of the load.
    fn take_codes(&mut self, numbers: &Numbers) {
        let place = |numbers: &[u64], number: &u64| {
            u32::try_from(numbers.partition_point(|known| known < number)).unwrap_or(u32::MAX)
        };
        let (old, new) = (numbers.old_count(), numbers.new);
        let mut codes: Vec<u32> = Vec::with_capacity(self.old.len() + self.new.len());
        codes.extend(self.old.iter().map(|number| place(&numbers.old, number)));
        codes.extend(self.new.iter().map(|place| old + place));
        let inline = self.inline.iter();
        codes.extend(inline.map(|number| old + new + place(&numbers.inline, number)));
        *self = Self {
            codes,
            old: Vec::new(),
            new: Vec::new(),
            inline: Vec::new(),
            keys: None,
            rows: std::mem::take(&mut self.rows),
        };
    }
}

/// The numbers of all terms of a load, in order: their places are its codes.
struct Numbers {
    old: Vec<u64>,
    first_term: u64,
    /// How many new terms.
    new: u32,
    inline: Vec<u64>,
}

impl Numbers {
    fn new(chunks: &[Chunk], first_term: u64, new: u32) -> Self {
        let all = |select: fn(&Chunk) -> &Vec<u64>| {
            let mut numbers: Vec<u64> = chunks.iter().flat_map(select).copied().collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        Self {
            old: all(|chunk| &chunk.old),
            first_term,
            new,
            inline: all(|chunk| &chunk.inline),
        }
    }

    fn old_count(&self) -> u32 {
        u32::try_from(self.old.len()).unwrap_or(u32::MAX)
    }

    fn id(&self, code: u32) -> u64 {
        let Some(new) = code.checked_sub(self.old_count()) else {
            return self.old.get(code as usize).copied().unwrap_or(0);
        };
        match new.checked_sub(self.new) {
            None => self.first_term + u64::from(new),
            Some(inline) => self.inline.get(inline as usize).copied().unwrap_or(0),
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
    let new = terms.next;
    drop(terms);
    let numbers = Numbers::new(&chunks, first_term, new);
    chunks
        .iter_mut()
        .for_each(|chunk| chunk.take_codes(&numbers));
    let mut written = WrittenChunks { rows: 0, kinds };
    let orders = [Permutation::Spo, Permutation::Pos, Permutation::Osp];
    let fact = load.document.bare_fact().raw();
    for (place, permutation) in orders.into_iter().enumerate() {
        let mut rows = MergedRows::new(&mut chunks, place)?;
        let mut count = 0;
        writer.rows(RowSet::Plain, permutation, || {
            let Some(code) = rows.next_code()? else {
                return Ok(None);
            };
            count += 1;
            let [first, second, third] = unpack(code).map(|code| numbers.id(code));
            Ok(Some(([first, second, third, fact], 1)))
        })?;
        written.rows = count;
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

type CodeSource<'a> = Box<dyn FnMut() -> Result<Option<u128>> + 'a>;

/// The rows of all chunks in an order, as codes of the load, each once.
struct MergedRows<'a> {
    merged: Merged<u128, CodeSource<'a>>,
}

impl<'a> MergedRows<'a> {
    fn new(chunks: &'a mut [Chunk], place: usize) -> Result<Self> {
        let mut sources: Vec<CodeSource<'a>> = Vec::new();
        for chunk in chunks {
            let Some(file) = chunk.rows.get_mut(place).and_then(Option::take) else {
                continue;
            };
            let mut reader = file.read()?;
            let codes = &chunk.codes;
            let mut step: std::vec::IntoIter<u128> = Vec::new().into_iter();
            sources.push(Box::new(move || {
                if step.as_slice().is_empty() {
                    step = read_step(&mut reader, codes)?.into_iter();
                }
                Ok(step.next())
            }));
        }
        Ok(Self {
            merged: Merged::new(sources)?,
        })
    }

    fn next_code(&mut self) -> Result<Option<u128>> {
        let Some((code, _)) = self.merged.next_item()? else {
            return Ok(None);
        };
        while self.merged.peek() == Some(&code) {
            self.merged.next_item()?;
        }
        Ok(Some(code))
    }
}

/// The next rows of a chunk, as codes of the load.
fn read_step(reader: &mut ScratchReader, codes: &[u32]) -> Result<Vec<u128>> {
    let bytes = reader.read_up_to(ROWS_A_STEP * 12)?;
    let code = |bytes: &[u8; 4]| {
        let own = u32::from_le_bytes(*bytes) as usize;
        codes.get(own).copied().unwrap_or(0)
    };
    let rows = bytes.as_chunks::<12>().0.iter();
    Ok(rows
        .map(|row| match row.as_chunks().0 {
            [first, second, third] => pack([code(first), code(second), code(third)]),
            _ => 0,
        })
        .collect())
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
