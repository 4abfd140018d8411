//! An embedded fact store for English documents.

mod error;
#[cfg(feature = "english")]
mod extraction;
mod fact;
mod language;
mod provenance;
mod query;
mod storage;
mod store;
#[cfg(feature = "english")]
mod text;
mod value;
