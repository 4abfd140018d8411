//! Decoded blocks in memory, within a budget.
//!
//! Each part of a run has a slot for each of its blocks, so that finding a block costs no
//! hashing. Which block goes when the budget is reached follows the clock algorithm: one used
//! since the hand passed it is spared once.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use crate::error::Result;

/// The budget all parts share.
pub(super) struct Cache {
    budget_bytes: usize,
    used_bytes: AtomicUsize,
    /// Loaded blocks, in the order in which the hand reaches them.
    loaded: Mutex<VecDeque<(Weak<dyn Evict>, usize)>>,
}

/// The slots of a part.
trait Evict: Send + Sync {
    /// Empties a slot; `false` where it was used since it was last asked.
    fn evict(&self, place: usize) -> bool;
}

/// Slots are made so many at a time, when one of them is first used: opening a store costs the same
/// however many blocks it has.
const SLOTS_A_GROUP: usize = 64;

/// The decoded blocks of one part.
pub(super) struct Slots<T> {
    cache: Arc<Cache>,
    groups: Box<[OnceLock<Group<T>>]>,
}

type Group<T> = Box<[Slot<T>; SLOTS_A_GROUP]>;

struct Slot<T> {
    block: Mutex<Option<(Arc<T>, usize)>>,
    is_used: AtomicBool,
}

impl Cache {
    pub(super) fn new(budget_bytes: usize) -> Arc<Self> {
        Arc::new(Self {
            budget_bytes,
            used_bytes: AtomicUsize::new(0),
            loaded: Mutex::default(),
        })
    }

    fn add(&self, slots: Weak<dyn Evict>, place: usize, bytes: usize) {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.push_back((slots, place));
        self.used_bytes.fetch_add(bytes, Ordering::Relaxed);
        while self.used_bytes.load(Ordering::Relaxed) > self.budget_bytes && loaded.len() > 1 {
            let Some((slots, place)) = loaded.pop_front() else {
                break;
            };
            if let Some(part) = slots.upgrade()
                && !part.evict(place)
            {
                loaded.push_back((slots, place));
            }
        }
    }
}

impl<T: Send + Sync + 'static> Slots<T> {
    pub(super) fn new(cache: &Arc<Cache>, count: usize) -> Arc<Self> {
        let groups = count.div_ceil(SLOTS_A_GROUP);
        Arc::new(Self {
            cache: Arc::clone(cache),
            groups: std::iter::repeat_with(OnceLock::new).take(groups).collect(),
        })
    }

    /// The slot of a place, made if it is not there yet.
    fn slot(&self, place: usize) -> Option<&Slot<T>> {
        let group = self.groups.get(place / SLOTS_A_GROUP)?;
        let slot = |_| Slot {
            block: Mutex::new(None),
            is_used: AtomicBool::new(false),
        };
        let slots = group.get_or_init(|| Box::new(std::array::from_fn(slot)));
        slots.get(place % SLOTS_A_GROUP)
    }

    /// The block at a place; `load` reads it and says how many bytes of memory it takes.
    pub(super) fn get(
        self: &Arc<Self>,
        place: usize,
        load: impl FnOnce() -> Result<(T, usize)>,
    ) -> Result<Arc<T>> {
        let Some(slot) = self.slot(place) else {
            return Ok(Arc::new(load()?.0));
        };
        let mut held = slot.block.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((block, _)) = &*held {
            slot.is_used.store(true, Ordering::Relaxed);
            return Ok(Arc::clone(block));
        }
        let (block, bytes) = load()?;
        let block = Arc::new(block);
        *held = Some((Arc::clone(&block), bytes));
        // The hand may come to this very slot: it must not be held then.
        drop(held);
        let part: Weak<Self> = Arc::downgrade(self);
        self.cache.add(part, place, bytes);
        Ok(block)
    }
}

impl<T: Send + Sync> Evict for Slots<T> {
    fn evict(&self, place: usize) -> bool {
        let group = self.groups.get(place / SLOTS_A_GROUP);
        let slots = group.and_then(OnceLock::get);
        let Some(slot) = slots.and_then(|slots| slots.get(place % SLOTS_A_GROUP)) else {
            return true;
        };
        if slot.is_used.swap(false, Ordering::Relaxed) {
            return false;
        }
        // A slot held right now is in use.
        let Ok(mut held) = slot.block.try_lock() else {
            return false;
        };
        if let Some((_, bytes)) = held.take() {
            self.cache.used_bytes.fetch_sub(bytes, Ordering::Relaxed);
        }
        true
    }
}

impl<T> Drop for Slots<T> {
    fn drop(&mut self) {
        let made = self.groups.iter_mut().filter_map(OnceLock::get_mut);
        for slot in made.flat_map(|slots| slots.iter_mut()) {
            let held = slot.block.get_mut().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, bytes)) = held.take() {
                self.cache.used_bytes.fetch_sub(bytes, Ordering::Relaxed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_holds_and_what_is_used_stays() {
        let cache = Cache::new(1000);
        let slots: Arc<Slots<usize>> = Slots::new(&cache, 100);
        let loads = AtomicUsize::new(0);
        let get = |place: usize| {
            let load = || {
                loads.fetch_add(1, Ordering::Relaxed);
                Ok((place, 100))
            };
            assert_eq!(*slots.get(place, load).unwrap(), place);
        };
        for place in 0..100 {
            get(place);
            get(7);
        }
        assert!(cache.used_bytes.load(Ordering::Relaxed) <= 1000);
        assert!(
            loads.load(Ordering::Relaxed) <= 103,
            "block 7 went though it was used"
        );
        drop(slots);
        assert_eq!(cache.used_bytes.load(Ordering::Relaxed), 0);
    }
}
