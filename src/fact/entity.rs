//! Entities: named things, what kind they are, and their other names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What kind of thing an entity is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, state body, association, team.
    Organization,
    /// A country, city, region, building, sea.
    Place,
    /// A meeting, war, festival, election.
    Event,
    /// A book, law, treaty, product, plan.
    Work,
    /// Anything else with a name.
    #[default]
    Other,
}

impl EntityKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Event,
        Self::Work,
        Self::Other,
    ];

    /// The name of the kind, as the export writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Event => "event",
            Self::Work => "work",
            Self::Other => "other",
        }
    }

    /// Whether one name may denote a thing of both kinds: equal kinds, or one is not known better
    /// than `Other`.
    #[must_use]
    pub fn is_compatible(self, other: Self) -> bool {
        self == other || self == Self::Other || other == Self::Other
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for EntityKind {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| {
                crate::Error::input("entity kind", format!("there is no kind {text:?}"))
                    .with_help("one of person, organization, place, event, work, other")
            })
    }
}

/// A named thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The canonical name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Other names it goes by, sorted.
    pub aliases: Vec<String>,
}
