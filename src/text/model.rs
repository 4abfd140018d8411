//! The models that tag, parse and find names, run without any library of neural networks.
//!
//! Two readers, one interface: *accurate*, a transformer over pieces of words, and *fast*, a
//! recurrent network for bulk. Their weights are files of `models/`, embedded in the program.
//! Weights are int8, activations are quantised row by row, and every level of vector
//! instructions gives the same bits; see [`instructions`].

#[cfg(test)]
mod tests;

mod accurate;
mod activation;
mod attention;
mod encoder;
mod fast;
mod features;
mod heads;
mod instructions;
mod lstm;
mod names;
mod pointwise;
mod product;
mod shape;
mod tree;
mod weights;
mod window;
mod wordpiece;

use std::sync::OnceLock;

use accurate::AccurateReader;
use fast::FastReader;
use instructions::Instructions;
use weights::{Weights, WeightsError};

use super::dependency::Relation;
use super::document::NameTag;
use super::tag::{FineTag, UniversalTag};
use crate::error::{Error, Result};

/// The weights of the accurate reader: one file to copy is worth their megabytes in the program.
static ACCURATE_WEIGHTS: &[u8] = include_bytes!("../../models/accurate.fbw");

/// The weights of the fast reader.
static FAST_WEIGHTS: &[u8] = include_bytes!("../../models/fast.fbw");

/// A reader of sentences: one for accurate, one for fast.
pub(crate) trait Analyzer: Send + Sync {
    /// Analyses sentences given as words; one result a sentence, in order.
    ///
    /// What a sentence gets does not depend on the others. Any words will do: very long
    /// sentences are analysed in parts, and an empty sentence has an empty analysis.
    fn analyze(&self, sentences: &[Vec<&str>]) -> Vec<SentenceAnalysis>;
}

/// The analysis of a sentence, word by word.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SentenceAnalysis {
    /// One for each word.
    pub(crate) words: Vec<WordAnalysis>,
}

/// The analysis of a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WordAnalysis {
    /// Its universal part of speech.
    pub(crate) universal_tag: UniversalTag,
    /// Its Penn Treebank tag.
    pub(crate) fine_tag: FineTag,
    /// Where that tag is not sure, the others that it may have, each with its probability as a
    /// share of that tag's.
    pub(crate) rivals: Vec<(FineTag, f32)>,
    /// 0 for the root of the sentence, else the number of the head, from 1.
    pub(crate) head: usize,
    /// Its relation to the head.
    pub(crate) relation: Relation,
    /// The probability of head and relation, 0–1.
    pub(crate) margin: f32,
    /// Its name tag.
    pub(crate) name: NameTag,
}

/// The accurate reader. The first call packs its weights for the processor; all share them.
///
/// # Errors
///
/// [`Error::Damaged`] if the weights in the program are not as they were built.
pub(crate) fn accurate() -> Result<&'static dyn Analyzer> {
    static READER: OnceLock<Result<AccurateReader, WeightsError>> = OnceLock::new();
    let load = || AccurateReader::new(&Weights::parse(ACCURATE_WEIGHTS)?, Instructions::detect());
    match READER.get_or_init(load) {
        Ok(reader) => Ok(reader),
        Err(error) => Err(damaged("the weights of the accurate reader", error)),
    }
}

/// The fast reader, for bulk. The first call packs its weights for the processor; all share them.
///
/// # Errors
///
/// [`Error::Damaged`] if the weights in the program are not as they were built.
pub(crate) fn fast() -> Result<&'static dyn Analyzer> {
    static READER: OnceLock<Result<FastReader, WeightsError>> = OnceLock::new();
    let load = || FastReader::new(&Weights::parse(FAST_WEIGHTS)?, Instructions::detect());
    match READER.get_or_init(load) {
        Ok(reader) => Ok(reader),
        Err(error) => Err(damaged("the weights of the fast reader", error)),
    }
}

fn damaged(part: &str, error: &WeightsError) -> Error {
    Error::Damaged {
        part: part.to_owned(),
        message: error.to_string(),
    }
}
