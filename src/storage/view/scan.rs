//! Walking through the table: the newest entry of each key, in the order of the keys.

use std::sync::Arc;

use super::super::overlay::Layer;
use super::super::sorted::{Sorted, SortedWalk};
use super::View;
use crate::error::Result;

/// The entries of the table under a prefix, in the order of their keys.
pub(in super::super) struct TableScan {
    /// Newest first.
    sources: Vec<Source>,
    prefix: Vec<u8>,
    from: Vec<u8>,
    is_started: bool,
    keeps_removals: bool,
}

enum Source {
    Layer(Arc<Layer>, usize),
    Run(Arc<Sorted>, Option<Walk>),
}

struct Walk {
    walk: SortedWalk,
    key: Option<Vec<u8>>,
}

/// A key with its value; `None` is a removal.
pub(in super::super) type Found = (Vec<u8>, Option<Vec<u8>>);

/// A key with the value it has.
pub(in super::super) type Live = (Arc<[u8]>, Arc<[u8]>);

impl TableScan {
    pub(super) fn new(view: &View, prefix: &[u8], from: &[u8]) -> Self {
        let layers = view.overlay.layers().iter().rev();
        let layers = layers.map(|layer| Source::Layer(Arc::clone(layer), 0));
        let runs = view.runs.iter().rev().filter_map(|run| run.table());
        let runs = runs.map(|table| Source::Run(Arc::clone(table), None));
        Self {
            sources: layers.chain(runs).collect(),
            prefix: prefix.to_vec(),
            from: from.max(prefix).to_vec(),
            is_started: false,
            keeps_removals: false,
        }
    }

    /// The same scan, giving removals too.
    pub(in super::super) fn with_removals(mut self) -> Self {
        self.keeps_removals = true;
        self
    }

    /// The next entry that is not removed.
    pub(in super::super) fn next_entry(&mut self) -> Result<Option<Live>> {
        loop {
            match self.next_found()? {
                Some((key, Some(value))) => {
                    return Ok(Some((Arc::from(key), Arc::from(value))));
                }
                Some((_, None)) => {}
                None => return Ok(None),
            }
        }
    }

    /// The next key with its newest entry.
    pub(in super::super) fn next_found(&mut self) -> Result<Option<Found>> {
        if !self.is_started {
            self.is_started = true;
            for source in &mut self.sources {
                source.start(&self.from)?;
            }
        }
        loop {
            let mut best: Option<(usize, &[u8])> = None;
            for (place, source) in self.sources.iter().enumerate() {
                if let Some(key) = source.key()
                    && best.is_none_or(|(_, known)| key < known)
                {
                    best = Some((place, key));
                }
            }
            let Some((place, key)) = best else {
                return Ok(None);
            };
            if !key.starts_with(&self.prefix) {
                return Ok(None);
            }
            let key = key.to_vec();
            let value = self.sources.get(place).and_then(Source::value);
            for source in &mut self.sources {
                if source.key() == Some(&key) {
                    source.advance()?;
                }
            }
            if value.is_some() || self.keeps_removals {
                return Ok(Some((key, value)));
            }
        }
    }
}

impl Source {
    fn start(&mut self, from: &[u8]) -> Result<()> {
        match self {
            Self::Layer(layer, place) => *place = layer.place_of(from),
            Self::Run(table, walk) => {
                let mut started = Walk {
                    walk: table.walk(from)?,
                    key: None,
                };
                started.key = started.walk.next_key()?.map(<[u8]>::to_vec);
                *walk = Some(started);
            }
        }
        Ok(())
    }

    fn key(&self) -> Option<&[u8]> {
        match self {
            Self::Layer(layer, place) => layer.entry_at(*place).map(|(key, _)| key.as_ref()),
            Self::Run(_, walk) => walk.as_ref()?.key.as_deref(),
        }
    }

    fn value(&self) -> Option<Vec<u8>> {
        match self {
            Self::Layer(layer, place) => {
                let (_, value) = layer.entry_at(*place)?;
                value.as_ref().map(|value| value.to_vec())
            }
            Self::Run(_, walk) => walk.as_ref()?.walk.value().map(<[u8]>::to_vec),
        }
    }

    fn advance(&mut self) -> Result<()> {
        match self {
            Self::Layer(_, place) => *place += 1,
            Self::Run(_, Some(walk)) => {
                walk.key = walk.walk.next_key()?.map(<[u8]>::to_vec);
            }
            Self::Run(_, None) => {}
        }
        Ok(())
    }
}
