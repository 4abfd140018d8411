//! Plans in words, for `explain`.

use super::algebra::{FieldName, Relation, Slot};
use super::plan::StepKind;

/// What a step does, in words. Variables are shown by number.
pub(crate) fn step(kind: StepKind, members: &[&Relation]) -> String {
    let parts: Vec<String> = members.iter().map(|relation| describe(relation)).collect();
    let parts = parts.join(" and ");
    match kind {
        StepKind::Scan => format!("scan {parts}"),
        StepKind::Extend(_) if members.len() > 1 => format!("intersect {parts}"),
        StepKind::Extend(_) => format!("extend by {parts}"),
        StepKind::Expand => format!("look up {parts}"),
        StepKind::Check => format!("keep where {parts}"),
        StepKind::Apply => format!("join {parts}"),
    }
}

fn slot(slot: Slot) -> String {
    match slot {
        Slot::Variable(variable) => format!("?{}", variable.0),
        Slot::Constant(id) => format!("#{id}"),
    }
}

fn describe(relation: &Relation) -> String {
    match relation {
        Relation::Pattern(pattern) => {
            let [subject, predicate, object] = pattern.slots.map(slot);
            format!("{subject} {predicate} {object}")
        }
        Relation::Table(table) => format!("{} given rows", table.rows),
        Relation::Path(path) => {
            let sign = if path.is_reflexive { '*' } else { '+' };
            format!("{} path{sign} {}", slot(path.subject), slot(path.object))
        }
        Relation::Call(call) => format!(
            "{} {} {} by rule",
            slot(call.subject),
            call.predicate,
            slot(call.object)
        ),
        Relation::Field(field) => {
            let names: Vec<String> = field
                .names
                .iter()
                .map(|name| match name {
                    FieldName::Source(field) => field.word().to_owned(),
                    FieldName::Role(role) => role.clone(),
                })
                .collect();
            format!("{} of the fact", names.join(", "))
        }
        Relation::Union(groups) => format!("any of {} groups", groups.len()),
    }
}

/// Puts names in the place of the numbers of variables and terms.
pub(crate) fn with_names(
    text: &str,
    variable: &dyn Fn(usize) -> String,
    term: &dyn Fn(u64) -> String,
) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['?', '#']) {
        let (before, after) = rest.split_at(place);
        shown.push_str(before);
        let (sign, after) = after.split_at(1);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = after.split_at(digits);
        match (sign, number.parse::<u64>()) {
            ("?", Ok(number)) => {
                shown.push_str(&variable(usize::try_from(number).unwrap_or(usize::MAX)));
            }
            (_, Ok(number)) => shown.push_str(&term(number)),
            (sign, Err(_)) => shown.push_str(sign),
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}
