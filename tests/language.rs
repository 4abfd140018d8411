//! The query language, seen from outside.

mod ebnf;
mod errors;
// Predicates are named by their lemmas, which the English reader knows.
#[cfg(feature = "english")]
mod examples;
mod generate;
mod grammar;
mod reference;
