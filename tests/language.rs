//! The query language, seen from outside.

mod ebnf;
mod errors;
mod examples;
mod generate;
mod grammar;
mod reference;
