//! Relational nouns: how often a noun stands with what it is of, counted in text.

use std::collections::HashMap;
use std::sync::OnceLock;

static TABLE: &str = include_str!("../../../seeds/lexicon/relational.tsv");

/// How a noun stands with its owner.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Owned {
    /// The share of its places with an owner, 0–1.
    share: f32,
    preposition: &'static str,
}

fn owned(noun: &str) -> Option<&'static Owned> {
    static READ: OnceLock<HashMap<&'static str, Owned>> = OnceLock::new();
    let table = READ.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let mut columns = line.split('\t');
                let noun = columns.next()?;
                let share = columns.next()?.parse().ok()?;
                let preposition = columns.next()?;
                Some((noun, Owned { share, preposition }))
            })
            .collect()
    });
    table.get(noun)
}

/// In what share of its places a noun has an owner, 0–1: much for "aftermath", nothing for
/// "horse". The noun is in small letters and in its number: "members" has one more often than
/// "member".
pub(crate) fn owned_share(noun: &str) -> f32 {
    owned(noun).map_or(0.0, |owned| owned.share)
}

/// The preposition before the owner of a noun in small letters: "to" for "access", "of" for most.
pub(crate) fn preposition_of_owner(noun: &str) -> &'static str {
    owned(noun).map_or("of", |owned| owned.preposition)
}

#[cfg(test)]
mod tests {
    use super::{owned_share, preposition_of_owner};

    #[test]
    fn an_aftermath_has_an_owner_and_a_horse_needs_none() {
        assert!(owned_share("aftermath") > 0.7);
        assert!(owned_share("members") > owned_share("island"));
        assert!(owned_share("horse") < 0.1);
    }

    #[test]
    fn an_owner_stands_behind_the_preposition_of_its_noun() {
        assert_eq!(preposition_of_owner("access"), "to");
        assert_eq!(preposition_of_owner("aftermath"), "of");
        assert_eq!(preposition_of_owner("nobody-has-this-noun"), "of");
    }
}
