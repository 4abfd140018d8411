//! Decoded blocks in memory, within a budget.
//!
//! Each part of a run has a slot for each of its blocks, so that finding a block costs no
//! hashing. Which block goes when the budget is reached follows the clock algorithm: one used
//! since the hand passed it is spared once.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

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

/// The decoded blocks of one part.
pub(super) struct Slots<T> {
    cache: Arc<Cache>,
    slots: Box<[Slot<T>]>,
}

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
        let slot = || Slot {
            block: Mutex::new(None),
            is_used: AtomicBool::new(false),
        };
        Arc::new(Self {
            cache: Arc::clone(cache),
            slots: std::iter::repeat_with(slot).take(count).collect(),
        })
    }

    /// The block at a place; `load` reads it and says how many bytes of memory it takes.
    pub(super) fn get(
        self: &Arc<Self>,
        place: usize,
        load: impl FnOnce() -> Result<(T, usize)>,
    ) -> Result<Arc<T>> {
        let Some(slot) = self.slots.get(place) else {
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
        let Some(slot) = self.slots.get(place) else {
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
        for slot in &mut self.slots {
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
