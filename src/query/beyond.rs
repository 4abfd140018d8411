//! What a question without an answer would find among the facts that plain patterns pass over:
//! weak, denied, possible and derived ones.

use crate::fact::{Fact, Modality};

use super::algebra::{Group, Relation};

/// Opens the patterns of a group to facts of every kind; whether that changes anything.
pub(super) fn open(group: &mut Group) -> bool {
    let mut is_opened = false;
    for relation in &mut group.relations {
        match relation {
            Relation::Pattern(pattern) if !pattern.reads_marked => {
                pattern.reads_marked = true;
                is_opened = true;
            }
            Relation::Union(groups) => {
                for group in groups {
                    is_opened |= open(group);
                }
            }
            _ => {}
        }
    }
    is_opened
}

/// Says of the first fact that is not plain what keeps it from being so, and how to ask for it.
pub(super) fn told(facts: &[Fact], weak_below: f32) -> Option<String> {
    let fact = facts.iter().find(|fact| !fact.is_plain_from(weak_below))?;
    let (mut marks, mut fields) = (Vec::new(), Vec::new());
    if fact.negated {
        marks.push("denied".to_owned());
        fields.push("negated = true".to_owned());
    }
    if !matches!(fact.modality, Modality::Asserted | Modality::Future) {
        marks.push(fact.modality.to_string());
        fields.push(format!("modality = {}", fact.modality));
    }
    if fact.derived {
        marks.push("derived".to_owned());
        fields.push("derived = true".to_owned());
    }
    if fact.confidence < weak_below {
        marks.push(format!("weak (confidence {:.2})", fact.confidence));
        fields.push("confidence >= 0".to_owned());
    }
    Some(format!(
        "plain facts do not say so, but one that is {} does; to see it too write [{}]",
        marks.join(" and "),
        fields.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_fact_from_being_plain_is_told_with_its_cure() {
        let plain = Fact::new("Ada", "know", "Charles");
        assert_eq!(told(std::slice::from_ref(&plain), 0.5), None);
        let mut fact = plain.clone();
        fact.negated = true;
        fact.confidence = 0.25;
        let note = told(&[plain, fact], 0.5).unwrap();
        assert!(note.contains("denied and weak (confidence 0.25)"), "{note}");
        assert!(
            note.ends_with("[negated = true, confidence >= 0]"),
            "{note}"
        );
    }
}
