//! The manifest: one key that says what the store consists of, the only thing ever swapped.

use serde::{Deserialize, Serialize};

use super::codec;
use super::dictionary::RankedRange;
use super::identifier::TransactionId;
use super::run::RunEntry;
use super::view::Counters;
use crate::error::{Error, Result};

/// The key of the manifest.
pub(super) const KEY: &[u8] = b"M";
/// The first bytes of the manifest: a store of factbase.
const MAGIC: &[u8; 4] = b"fact";
/// The format this release writes, and the newest it reads.
pub(super) const FORMAT: u32 = 3;

/// What the store consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The counters after the last transaction that stands in the runs.
    pub(super) counters: Counters,
    /// Transactions after this one stand in the log.
    pub(super) merged: TransactionId,
    /// The runs, oldest first.
    pub(super) runs: Vec<RunEntry>,
    /// Ranges of numbers whose order is that of the terms.
    pub(super) ranked: Vec<RankedRange>,
    /// The number of the next run.
    pub(super) next_run: u32,
    /// What lemma function the word index was made with.
    pub(super) lemma_name: String,
    /// The format it was read in.
    #[serde(skip)]
    pub(super) format: u32,
}

impl Manifest {
    pub(super) fn new(lemma_name: &str) -> Self {
        Self {
            counters: Counters::default(),
            merged: TransactionId::default(),
            runs: Vec::new(),
            ranked: Vec::new(),
            next_run: 1,
            lemma_name: lemma_name.to_owned(),
            format: FORMAT,
        }
    }

    pub(super) fn encode(&self) -> Result<Vec<u8>> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&codec::encode(self)?);
        Ok(bytes)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// `NewerFormat` for one of a later release, `Damaged` for bytes that are none.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        let damaged = |message: &str| Error::Damaged {
            part: "manifest".to_owned(),
            message: message.to_owned(),
        };
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or_else(|| damaged("it is not that of a factbase store"))?;
        let (format, rest) = rest
            .split_first_chunk()
            .ok_or_else(|| damaged("it is cut short"))?;
        let found = u32::from_le_bytes(*format);
        if found > FORMAT {
            return Err(Error::NewerFormat {
                found,
                supported: FORMAT,
            });
        }
        let mut manifest: Self = codec::decode("manifest", rest)?;
        manifest.format = found;
        Ok(manifest)
    }
}
