//! Facts that name nothing, so that nobody who sees them alone knows what they are about.

use crate::fact::{Argument, Content, EntityKind, Qualifier};
use crate::provenance::Span;
use crate::value::Value;

use super::super::confidence::clash;
use super::super::linking::Linked;

/// "Guests attend a concert": a bare noun of which nothing is told that has a name or an amount.
/// Of a sentence that stands alone, nobody expects that it tells more.
pub(super) fn names_nothing(
    subject: &Linked,
    object: Option<&Linked>,
    qualifiers: &[Qualifier],
) -> bool {
    let names = |argument: &Argument| match &argument.content {
        Content::Entity { .. } => true,
        Content::Value(Value::Time(_)) => false,
        Content::Value(_) => true,
        Content::Phrase { name } => name.split(' ').any(|word| {
            word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
        }),
    };
    subject.is_vague()
        && !object.is_some_and(|object| names(&object.argument))
        && !qualifiers
            .iter()
            .any(|qualifier| names(&qualifier.argument))
}

/// Takes out what cannot stand beside its subject: "Ann Lee, Bo Ek" are two people, and neither is
/// a firm.
pub(super) fn drop_misread(
    subjects: &[(Linked, Option<Span>)],
    objects: &mut Vec<(Linked, Option<Span>)>,
) {
    let is_person = |linked: &Linked| linked.entity_kind() == Some(EntityKind::Person);
    objects.retain(|(object, _)| {
        object.entity_kind().is_none()
            || !subjects.iter().any(|(subject, _)| {
                is_person(subject) && is_person(object) || clash(subject, object)
            })
    });
}
