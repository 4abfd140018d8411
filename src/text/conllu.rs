//! CoNLL-U: the plain-text format of Universal Dependencies, read and written.
//!
//! Names stand in the last column as `NER=B-PER`, the parser's certainty as `Margin=0.93`,
//! entities as `Entity=(e1` … `e1)`. What lies outside the columns the reader fills (features,
//! enhanced dependencies) is written as `_` and ignored when read.
//!
//! Format: <https://universaldependencies.org/format.html>.

mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::fact::EntityKind;
use crate::text::document::NameTag;

/// The name tags in the last column, without `B-` and `I-`.
const KINDS: [(&str, EntityKind); 6] = [
    ("PER", EntityKind::Person),
    ("ORG", EntityKind::Organization),
    ("LOC", EntityKind::Place),
    ("EVENT", EntityKind::Event),
    ("WORK", EntityKind::Work),
    ("MISC", EntityKind::Other),
];

/// A name tag as IOB2 text; `None` outside of names.
fn name_tag_text(tag: NameTag) -> Option<String> {
    let (prefix, kind) = match tag {
        NameTag::Outside => return None,
        NameTag::Begin(kind) => ("B", kind),
        NameTag::Inside(kind) => ("I", kind),
    };
    let (name, _) = KINDS.iter().find(|(_, known)| *known == kind)?;
    Some(format!("{prefix}-{name}"))
}

/// Reads IOB2 text such as `B-PER`; what is not one is outside.
#[must_use]
pub fn name_tag(text: &str) -> NameTag {
    let kind = |name: &str| {
        let (_, kind) = KINDS.iter().find(|(known, _)| *known == name)?;
        Some(*kind)
    };
    match text.split_once('-') {
        Some(("B", name)) => kind(name).map_or(NameTag::Outside, NameTag::Begin),
        Some(("I", name)) => kind(name).map_or(NameTag::Outside, NameTag::Inside),
        _ => NameTag::Outside,
    }
}

#[cfg(test)]
mod tests;
