//! What completion knows of the store.

use factbase::Store;
use factbase::language::Catalog;

/// Names of the store as completion asks for them. A store that cannot be read offers nothing:
/// completion is no place for errors.
#[derive(Debug, Clone, Default)]
pub(crate) struct StoreCatalog {
    store: Option<Store>,
}

impl StoreCatalog {
    /// The names of a store, or none.
    pub(crate) fn new(store: Option<Store>) -> Self {
        Self { store }
    }
}

impl Catalog for StoreCatalog {
    fn predicates(&self, prefix: &str, limit: usize) -> Vec<String> {
        let Some(store) = &self.store else {
            return Vec::new();
        };
        let prefix = prefix.to_lowercase();
        let found = store.snapshot().predicates().unwrap_or_default();
        let names = found.into_iter().map(|known| known.name);
        let fitting = names.filter(|name| name.to_lowercase().starts_with(&prefix));
        fitting.take(limit).collect()
    }

    fn names(&self, prefix: &str, limit: usize) -> Vec<String> {
        let Some(store) = &self.store else {
            return Vec::new();
        };
        let found = store.snapshot().names_with_prefix(prefix, limit);
        found.unwrap_or_default()
    }

    fn documents(&self, prefix: &str, limit: usize) -> Vec<String> {
        let Some(store) = &self.store else {
            return Vec::new();
        };
        let found = store.snapshot().documents().unwrap_or_default();
        let names = found.into_iter().map(|known| known.record.name);
        let fitting = names.filter(|name| name.starts_with(prefix));
        fitting.take(limit).collect()
    }

    fn rules(&self, prefix: &str, limit: usize) -> Vec<String> {
        let Some(store) = &self.store else {
            return Vec::new();
        };
        let found = store.snapshot().rule_predicates().unwrap_or_default();
        let fitting = found.into_iter().filter(|name| name.starts_with(prefix));
        fitting.take(limit).collect()
    }
}
