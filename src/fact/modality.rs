//! Modality: whether something is said to be so, to come, or only to be possible, wanted, asked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// In what sense a fact is said.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It is or was so.
    #[default]
    Asserted,
    /// It will be so.
    Future,
    /// It may, might, can be so.
    Possible,
    /// It must, should, needs to be so.
    Necessary,
    /// Somebody asks or suggests that it be so.
    Requested,
    /// Somebody wants, plans or is ready to make it so.
    Intended,
    /// It would be so under a condition.
    Conditional,
}

impl Modality {
    /// All modalities, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Asserted,
        Self::Future,
        Self::Possible,
        Self::Necessary,
        Self::Requested,
        Self::Intended,
        Self::Conditional,
    ];

    /// The name of the modality, as the export and the query language write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Future => "future",
            Self::Possible => "possible",
            Self::Necessary => "necessary",
            Self::Requested => "requested",
            Self::Intended => "intended",
            Self::Conditional => "conditional",
        }
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Modality {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|modality| modality.as_str() == text)
            .ok_or_else(|| {
                let names: Vec<&str> = Self::ALL.iter().map(|modality| modality.as_str()).collect();
                crate::Error::input("modality", format!("there is no modality {text:?}"))
                    .with_help(format!("one of {}", names.join(", ")))
            })
    }
}
