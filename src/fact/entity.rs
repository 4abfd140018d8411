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

/// Whether a name is told to mean what a longer one means also where another document uses it:
/// "NATO" and "Orvel" for "Orvel plc" are, but not a lone word of a name, such as "Orvel" for
/// "Orvel Health Inc" or "Lee" for "Ann Lee", which may be somebody else's there.
pub(crate) fn is_safe_alias(alias: &str, name: &str) -> bool {
    let alias = alias.trim();
    let is_lone = alias.split_whitespace().count() == 1;
    let letters = || alias.chars().filter(|letter| letter.is_alphabetic());
    let is_acronym = letters().count() > 1 && letters().all(char::is_uppercase);
    let is_same = |word: &str| word.trim_end_matches(',').to_lowercase() == alias.to_lowercase();
    let is_part = name.split_whitespace().any(is_same);
    let is_rest_legal_form = || {
        let rest = name.split_whitespace().filter(|word| !is_same(word));
        rest.map(str::to_lowercase).all(|word| is_legal_form(&word))
    };
    !is_lone || is_acronym || !is_part || is_rest_legal_form()
}

/// Whether a word, in small letters, tells what a firm is by law.
pub(crate) fn is_legal_form(word: &str) -> bool {
    const FORMS: [&str; 24] = [
        "inc", "inc.", "ltd", "ltd.", "plc", "llc", "corp", "corp.", "co", "co.", "gmbh", "ag",
        "ab", "sa", "s.a.", "nv", "n.v.", "oy", "asa", "spa", "s.p.a.", "kg", "a/s", "llp",
    ];
    FORMS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::is_safe_alias;

    #[test]
    fn a_lone_word_of_a_name_means_it_only_in_its_own_document() {
        for (alias, name, is_safe) in [
            ("Orvel", "Orvel Health Inc", false),
            ("Lee", "Ann Lee", false),
            ("Orvel", "Orvel plc", true),
            ("UPO", "Union of Ports of Orvel", true),
            ("Tana Union", "Tana Union of Ports", true),
            ("Burma", "Myanmar", true),
        ] {
            assert_eq!(is_safe_alias(alias, name), is_safe, "{alias} for {name}");
        }
    }
}
