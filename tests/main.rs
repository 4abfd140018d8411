//! All integration tests, one binary: it links once, and runs its tests side by side.

// What tests may do, functions that serve tests may do as well.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[cfg(feature = "english")]
mod compatibility;
#[cfg(feature = "english")]
mod extraction;
mod ingest;
mod language;
#[cfg(feature = "english")]
mod linking;
#[cfg(feature = "repl")]
mod program;
mod query;
mod seeds;
#[cfg(feature = "english")]
mod text;
mod tidy;
