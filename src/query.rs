//! The query engine: resolve names, plan, execute, explain.
//!
//! A statement of the language is *resolved* against a snapshot (names become ids), *planned*
//! (an order of joins by counts of the index) and *executed* on blocks of ids; names are looked
//! up again only for the rows handed out.

mod algebra;
mod answer;
mod beyond;
mod budget;
mod cell;
mod describe;
mod engine;
mod execute;
mod explain;
mod expression;
mod facts;
mod function;
mod optimize;
mod pipeline;
mod plan;
mod proof;
mod range;
mod resolve;
mod rule;
mod snapshot;
mod statistics;
mod template;
mod text;

pub(crate) use answer::{Answer, Rows};
pub use budget::{Cancellation, Limits};
pub(crate) use engine::{Engine, Known, Options};
pub(crate) use proof::{Explainer, Support};
pub(crate) use resolve::Naming;
pub use resolve::{Parameter, Parameters};

#[cfg(test)]
mod tests;
