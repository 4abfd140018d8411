//! Writing several things at once.

use super::{Change, Store};
use crate::error::Result;
use crate::fact::{Entity, Fact};
use crate::storage::{TransactionId, WriteTransaction};

/// Changes that become visible together, or never.
///
/// Nothing is written before [`Batch::commit`]; a batch that is dropped leaves no trace.
///
/// # Examples
///
/// ```
/// use factbase::{Fact, Store};
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// let mut batch = store.batch();
/// batch
///     .assert(Fact::new("Association of Southeast Asian Nations", "have", "ten members"))
///     .alias("ASEAN", "Association of Southeast Asian Nations");
/// batch.commit()?;
/// assert_eq!(store.query("ASEAN have ?what")?.count(), 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch does nothing until it is committed"]
#[derive(Debug)]
pub struct Batch {
    store: Store,
    operations: Vec<Operation>,
}

#[derive(Debug)]
enum Operation {
    Assert(Box<Fact>),
    Retract(Box<Fact>),
    Entity(Entity),
    Alias { alias: String, entity: String },
    UndoAlias { alias: String, entity: String },
    Merge { loser: String, survivor: String },
    UndoMerge { loser: String },
    Forget { document: String },
}

impl Store {
    /// Begins a batch of changes.
    pub fn batch(&self) -> Batch {
        Batch {
            store: self.clone(),
            operations: Vec::new(),
        }
    }

    /// Removes a document, and the facts that only it supported.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`](crate::Error::ReadOnly), or what the disk says.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{Fact, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// let mut batch = store.batch();
    /// batch.assert(Fact::new("Ada", "know", "Charles").with_document("letters.txt"));
    /// batch.commit()?;
    /// let change = store.forget("letters.txt")?;
    /// assert_eq!(change.retracted, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn forget(&self, document: &str) -> Result<Change> {
        let mut batch = self.batch();
        batch.forget(document);
        batch.apply()
    }
}

impl Batch {
    fn push(&mut self, operation: Operation) -> &mut Self {
        self.operations.push(operation);
        self
    }

    /// Adds a fact. One that the store knows already gets the new evidence.
    pub fn assert(&mut self, fact: Fact) -> &mut Self {
        self.push(Operation::Assert(Box::new(fact)))
    }

    /// Takes back every fact with the subject, predicate and object of this one. Questions with
    /// `as of` still see them.
    pub fn retract(&mut self, fact: Fact) -> &mut Self {
        self.push(Operation::Retract(Box::new(fact)))
    }

    /// Adds an entity with its kind and aliases.
    pub fn entity(&mut self, entity: Entity) -> &mut Self {
        self.push(Operation::Entity(entity))
    }

    /// Gives an entity another name.
    pub fn alias(&mut self, alias: impl Into<String>, entity: impl Into<String>) -> &mut Self {
        self.push(Operation::Alias {
            alias: alias.into(),
            entity: entity.into(),
        })
    }

    /// Takes a name back that [`Batch::alias`] gave.
    pub fn undo_alias(&mut self, alias: impl Into<String>, entity: impl Into<String>) -> &mut Self {
        self.push(Operation::UndoAlias {
            alias: alias.into(),
            entity: entity.into(),
        })
    }

    /// Says that two entities are one: what was said of the first is said of the second.
    pub fn merge(&mut self, from: impl Into<String>, into: impl Into<String>) -> &mut Self {
        self.push(Operation::Merge {
            loser: from.into(),
            survivor: into.into(),
        })
    }

    /// Takes a merge back.
    pub fn undo_merge(&mut self, from: impl Into<String>) -> &mut Self {
        self.push(Operation::UndoMerge { loser: from.into() })
    }

    /// Removes a document, and the facts that only it supported.
    pub fn forget(&mut self, document: impl Into<String>) -> &mut Self {
        self.push(Operation::Forget {
            document: document.into(),
        })
    }

    /// Writes everything in one transaction.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`](crate::Error::ReadOnly) if the store is open for reading only,
    /// [`Error::Input`](crate::Error::Input) if a change makes no sense, such as merging an
    /// entity with itself. Then nothing is written.
    pub fn commit(self) -> Result<TransactionId> {
        Ok(self.apply()?.transaction)
    }

    /// Writes everything in one transaction and says what changed.
    ///
    /// # Errors
    ///
    /// As [`Batch::commit`].
    pub fn apply(self) -> Result<Change> {
        let mut transaction = self.store.database().begin()?;
        let mut change = Change::default();
        for operation in &self.operations {
            apply(&self.store, operation, &mut transaction, &mut change)?;
        }
        change.transaction = transaction.commit()?;
        Ok(change)
    }
}

fn apply(
    store: &Store,
    operation: &Operation,
    transaction: &mut WriteTransaction,
    change: &mut Change,
) -> Result<()> {
    match operation {
        Operation::Assert(fact) => {
            change.asserted += u64::from(transaction.assert(fact)?.is_new);
        }
        Operation::Retract(fact) => {
            change.retracted += super::statement::retract_like(store, fact, transaction)?;
        }
        Operation::Entity(entity) => transaction.put_entity(entity)?,
        Operation::Alias { alias, entity } => transaction.add_alias(entity, alias)?,
        Operation::UndoAlias { alias, entity } => {
            transaction.remove_alias(entity, alias)?;
        }
        Operation::Merge { loser, survivor } => transaction.merge(loser, survivor)?,
        Operation::UndoMerge { loser } => {
            transaction.undo_merge(loser)?;
        }
        Operation::Forget { document } => {
            if let Some(forgotten) = transaction.forget_document(document)? {
                change.retracted += forgotten.facts;
                change.notes.push(format!("document {document} forgotten"));
            }
        }
    }
    Ok(())
}
