#![doc = include_str!("../README.md")]

mod error;
#[cfg(feature = "english")]
pub mod extraction;
mod fact;
mod ingest;
pub mod language;
mod markup;
mod provenance;
mod query;
mod similarity;
mod storage;
mod store;
#[cfg(feature = "english")]
pub mod text;
mod value;

pub use error::{Error, Result};
#[cfg(feature = "english")]
pub use extraction::{EnglishExtractor, Extraction};
pub use fact::{
    Argument, Attribution, Content, Entity, EntityKind, Fact, Modality, Predicate, Qualifier,
};
pub use ingest::{
    CommandExtractor, Document, DocumentFormat, Extractor, IngestOptions, IngestProgress,
    IngestReport, Reading, Skipped,
};
#[cfg(feature = "english")]
pub use ingest::{EnglishReader, ReaderKind};
pub use provenance::{DocumentRecord, Evidence, Span};
pub use query::{Cancellation, Limits, Parameter, Parameters};
pub use similarity::nearest_word;
pub use storage::{FactId, Term, TransactionId};
pub use store::{
    AsOf, Batch, Change, CheckReport, DocumentSummary, Durability, ExchangeFormat, Explanation,
    Facts, FactsIter, Outcome, PredicateSummary, Provenance, Query, Row, Rows, RunOptions,
    Snapshot, Statistics, Store, StoreOptions, TransferReport, TypedRows, value_from_text,
};
pub use value::{Amount, Bound, Moment, Money, Number, Quantity, Time, Value};
