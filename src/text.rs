//! The English reader: from raw text to an annotated document.

pub mod conllu;
pub mod dependency;
pub mod document;
pub mod layout;
pub mod lemma;
pub(crate) mod model;
pub mod reader;
pub mod sentence;
pub mod tag;
pub mod token;
