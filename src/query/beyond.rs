//! What a question would find among the facts that plain patterns pass over. Without an answer:
//! weak, denied, possible and derived ones; with one: those that are only weaker.

use std::collections::HashSet;

use crate::fact::{Argument, Fact, Modality};

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

/// Says how many facts among those behind an answer only their confidence keeps from being plain,
/// and how to ask for them. One that says the same as a plain fact adds nothing and is not counted.
///
/// `is_whole`: whether these are all facts behind it; else there may be more.
pub(super) fn weaker(facts: &[Fact], weak_below: f32, is_whole: bool) -> Option<String> {
    let name = |argument: &Argument| argument.name().unwrap_or(&argument.text).to_owned();
    let said = |fact: &Fact| {
        let object = fact.object.as_ref().map(name);
        (name(&fact.subject), fact.predicate.name.clone(), object)
    };
    let plain = facts.iter().filter(|fact| fact.is_plain_from(weak_below));
    let told: HashSet<_> = plain.map(said).collect();
    let only_weak =
        |fact: &&Fact| !fact.is_plain_from(weak_below) && fact.is_plain_from(f32::NEG_INFINITY);
    let weaker = facts.iter().filter(only_weak);
    let weaker = weaker.filter(|fact| !told.contains(&said(fact)));
    let confidences: Vec<f32> = weaker.map(|fact| fact.confidence).collect();
    let best = confidences.iter().copied().reduce(f32::max)?;
    let (noun, they) = match confidences.len() {
        1 if is_whole => ("fact is", "it"),
        1 => ("fact or more are", "them"),
        _ if is_whole => ("facts are", "them"),
        _ => ("facts or more are", "them"),
    };
    Some(format!(
        "{} weaker {noun} left out (confidence up to {best:.2}); to see {they} too write \
         [confidence >= 0]",
        confidences.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_leaves_out_for_its_confidence_is_counted_once() {
        let plain = Fact::new("Ada", "know", "Charles");
        let mut same = plain.clone();
        same.confidence = 0.4;
        let mut denied = Fact::new("Ada", "know", "Mary");
        (denied.confidence, denied.negated) = (0.4, true);
        let facts = [plain, same, denied];
        assert_eq!(weaker(&facts, 0.5, true), None);
        let mut first = Fact::new("Ada", "know", "Mary");
        first.confidence = 0.4;
        let note = weaker(&[facts[0].clone(), first.clone()], 0.5, true).unwrap();
        assert!(
            note.starts_with("1 weaker fact is left out (confidence up to 0.40)"),
            "{note}"
        );
        let mut second = Fact::new("Ada", "know", "George");
        second.confidence = 0.3;
        let note = weaker(&[facts[0].clone(), first, second], 0.5, true).unwrap();
        assert!(note.starts_with("2 weaker facts are left out"), "{note}");
        assert!(note.ends_with("[confidence >= 0]"), "{note}");
    }

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
