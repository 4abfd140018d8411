//! Terms as they arrive, each kept once.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::super::term::TermKind;

/// The seed under which numbers that carry their value are hashed.
const INLINE_SEED: u64 = 0xFF;

/// All distinct terms of a load, numbered in the order of arrival.
///
/// Keys stand one behind the other in one stretch of memory; an open table of hashes finds them.
#[derive(Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    /// Where each key ends.
    ends: Vec<u64>,
    /// The numbers that carry their value themselves, by arrival.
    inline: Vec<(u64, u32)>,
    /// Hash and arrival + 1; 0 is free.
    table: Vec<(u32, u32)>,
}

impl Interner {
    /// How many terms.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// About how many bytes of memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len() + self.ends.len() * 8 + self.table.len() * 8
    }

    /// The key of a term: kind byte and text. That of a number that carries its value is its
    /// eight bytes behind a zero.
    pub(super) fn key(&self, arrival: u32) -> &[u8] {
        let place = arrival as usize;
        let start = match place.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0),
            None => 0,
        };
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.bytes.get(start as usize..end as usize).unwrap_or(&[])
    }

    /// The numbers that carry their value, with their arrivals.
    pub(super) fn inline(&self) -> impl Iterator<Item = (u64, u32)> + '_ {
        self.inline.iter().copied()
    }

    /// The arrival of a term of the dictionary.
    pub(super) fn intern(&mut self, kind: TermKind, text: &str) -> u32 {
        let hash = xxh3_64_with_seed(text.as_bytes(), kind as u64);
        self.find_or_add(kind as u8, text.as_bytes(), hash).0
    }

    /// The arrival of a number that carries its value.
    pub(super) fn intern_inline(&mut self, id: u64) -> u32 {
        let bytes = id.to_be_bytes();
        let hash = xxh3_64_with_seed(&bytes, INLINE_SEED);
        let (arrival, is_new) = self.find_or_add(0, &bytes, hash);
        if is_new {
            self.inline.push((id, arrival));
        }
        arrival
    }

    fn find_or_add(&mut self, kind: u8, text: &[u8], hash: u64) -> (u32, bool) {
        if self.ends.len() * 8 >= self.table.len() * 5 {
            self.grow();
        }
        let mask = self.table.len() - 1;
        let tag = (hash >> 32) as u32;
        let mut slot = hash as usize & mask;
        loop {
            match self.table.get(slot) {
                Some(&(known, arrival)) if arrival != 0 => {
                    if known == tag && self.is_key(arrival - 1, kind, text) {
                        return (arrival - 1, false);
                    }
                    slot = (slot + 1) & mask;
                }
                _ => break,
            }
        }
        let arrival = u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1);
        self.bytes.push(kind);
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u64);
        if let Some(free) = self.table.get_mut(slot) {
            *free = (tag, arrival + 1);
        }
        (arrival, true)
    }

    fn is_key(&self, arrival: u32, kind: u8, text: &[u8]) -> bool {
        match self.key(arrival).split_first() {
            Some((&known, rest)) => known == kind && rest == text,
            None => false,
        }
    }

    fn grow(&mut self) {
        /// Room for a small file at once.
        const SLOTS_MIN: usize = 1 << 12;
        let slots = (self.table.len() * 2).max(SLOTS_MIN);
        self.table.clear();
        self.table.resize(slots, (0, 0));
        let mask = slots - 1;
        for arrival in 0..self.ends.len() as u32 {
            let key = self.key(arrival);
            let (&kind, text) = key.split_first().unwrap_or((&0, &[]));
            let seed = if kind == 0 {
                INLINE_SEED
            } else {
                u64::from(kind)
            };
            let hash = xxh3_64_with_seed(text, seed);
            let mut slot = hash as usize & mask;
            while self.table.get(slot).is_some_and(|known| known.1 != 0) {
                slot = (slot + 1) & mask;
            }
            if let Some(free) = self.table.get_mut(slot) {
                *free = ((hash >> 32) as u32, arrival + 1);
            }
        }
    }

    /// The terms of the dictionary, sorted by key.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let all = 0..self.ends.len() as u32;
        let mut items: Vec<(u64, u32)> = all
            .filter(|&arrival| self.key(arrival).first() != Some(&0))
            .map(|arrival| (0, arrival))
            .collect();
        self.sort(&mut items, 0);
        items.into_iter().map(|(_, arrival)| arrival).collect()
    }

    /// Sorts terms that agree up to a depth: by the next eight bytes, then each group of equals
    /// by those behind (most significant digit first, with digits of eight bytes).
    fn sort(&self, items: &mut [(u64, u32)], depth: usize) {
        /// Few are sorted sooner by comparing whole keys.
        const FEW: usize = 12;
        if items.len() <= FEW {
            items.sort_unstable_by(|a, b| self.key(a.1).cmp(self.key(b.1)));
            return;
        }
        let mut has_end = false;
        for (digit, arrival) in items.iter_mut() {
            let rest = self.key(*arrival).get(depth..).unwrap_or(&[]);
            *digit = match rest.first_chunk::<8>() {
                Some(bytes) => u64::from_be_bytes(*bytes),
                None => {
                    has_end = true;
                    let mut padded = [0; 8];
                    padded
                        .iter_mut()
                        .zip(rest)
                        .for_each(|(to, from)| *to = *from);
                    u64::from_be_bytes(padded)
                }
            };
        }
        items.sort_unstable();
        for group in items.chunk_by_mut(|a, b| a.0 == b.0) {
            let is_ended = has_end
                && group
                    .iter()
                    .any(|(_, arrival)| self.key(*arrival).len() < depth + 8);
            if group.len() < 2 {
                continue;
            }
            if is_ended {
                // Keys that end here differ from the others in zero bytes only.
                group.sort_unstable_by(|a, b| self.key(a.1).cmp(self.key(b.1)));
            } else {
                self.sort(group, depth + 8);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn terms_are_kept_once_and_sorted_by_key(
            texts in prop::collection::vec("[a\u{0}b]{0,20}", 0..200)
        ) {
            let mut interner = Interner::default();
            for text in &texts {
                let first = interner.intern(TermKind::Name, text);
                prop_assert_eq!(interner.intern(TermKind::Name, text), first);
            }
            interner.intern_inline(7);
            let sorted = interner.sorted();
            let keys: Vec<&[u8]> = sorted.iter().map(|&known| interner.key(known)).collect();
            let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
            prop_assert_eq!(keys.len(), distinct.len());
            prop_assert!(keys.is_sorted_by(|a, b| a < b));
        }
    }
}
