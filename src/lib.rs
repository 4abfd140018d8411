//! An embedded fact store for English documents.

mod error;
#[cfg(feature = "english")]
pub mod extraction;
mod fact;
pub mod language;
mod provenance;
mod query;
mod storage;
mod store;
#[cfg(feature = "english")]
pub mod text;
mod value;

pub use error::{Error, Result};
#[cfg(feature = "english")]
pub use extraction::{EnglishExtractor, Extraction, Extractor};
pub use fact::{
    Argument, Attribution, Content, Entity, EntityKind, Fact, Modality, Predicate, Qualifier,
};
pub use provenance::{DocumentRecord, Evidence, Span};
pub use query::{Cancellation, Limits, Parameter, Parameters};
pub use storage::{FactId, Term, TransactionId};
pub use value::{Amount, Bound, Moment, Money, Number, Quantity, Time, Value};
