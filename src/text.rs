//! The English reader: from raw text to an annotated document.

pub mod conllu;
pub(crate) mod coreference;
pub mod dependency;
pub mod document;
pub(crate) mod entity;
pub mod json;
pub mod layout;
pub mod lemma;
pub(crate) mod lexicon;
pub(crate) mod model;
pub(crate) mod name;
pub(crate) mod numeral;
pub(crate) mod quotation;
pub mod reader;
pub(crate) mod salience;
pub mod sentence;
pub mod tag;
pub(crate) mod taxonomy;
pub(crate) mod temporal;
pub mod token;
pub(crate) mod word_list;
