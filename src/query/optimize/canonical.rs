//! An order of relations that does not depend on how they are written: by what they are, then by
//! what they are joined with (the colour refinement of Weisfeiler and Leman, 1968). Relations
//! that are equal in this too play the same part, so either may come first.

use super::super::algebra::{Edge, FieldName, Group, Pattern, Relation, Slot, VariableId};
use super::Around;

fn mix(known: u64, value: u64) -> u64 {
    (known ^ value)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29)
}

fn mix_text(known: u64, text: &str) -> u64 {
    text.bytes()
        .fold(known, |known, byte| mix(known, u64::from(byte)))
}

fn mix_slots(known: u64, slots: &[Slot]) -> u64 {
    slots.iter().fold(known, |known, slot| match slot {
        Slot::Constant(id) => mix(mix(known, 1), *id),
        Slot::Variable(_) => mix(known, 2),
    })
}

fn of_pattern(pattern: &Pattern) -> u64 {
    let flags = u64::from(pattern.fact.is_some())
        | u64::from(pattern.allows_absent) << 1
        | u64::from(pattern.reads_marked) << 2;
    mix_slots(mix(1, flags), &pattern.slots)
}

fn of_group(group: &Group) -> u64 {
    let parts = [
        group.conditions.len(),
        group.computed.len(),
        group.optionals.len(),
        group.negations.len(),
    ];
    let known = parts
        .iter()
        .fold(2, |known, &count| mix(known, count as u64));
    // The order within a group must not matter either.
    let relations = group.relations.iter().map(of_relation);
    mix(known, relations.fold(0, u64::wrapping_add))
}

/// What a relation is, whatever its variables are called.
fn of_relation(relation: &Relation) -> u64 {
    match relation {
        Relation::Pattern(pattern) => of_pattern(pattern),
        Relation::Table(table) => {
            let known = mix(mix(3, table.rows as u64), table.columns.len() as u64);
            let first = table.columns.iter().filter_map(|column| column.first());
            first.fold(known, |known, &id| mix(known, id))
        }
        Relation::Path(path) => {
            let known = match &path.edge {
                Edge::Stored(predicate) => mix(4, *predicate),
                Edge::Computed(group, ..) => mix(5, of_group(group)),
            };
            let known = mix(known, u64::from(path.is_reflexive));
            mix_slots(known, &[path.subject, path.object])
        }
        Relation::Call(call) => {
            let known = mix_text(mix(6, u64::from(call.allows_absent)), &call.predicate);
            mix_slots(known, &[call.subject, call.object])
        }
        Relation::Field(field) => field.names.iter().fold(7, |known, name| match name {
            FieldName::Source(field) => mix_text(mix(known, 1), field.word()),
            FieldName::Role(role) => mix_text(mix(known, 2), role),
        }),
        Relation::Union(groups) => {
            let groups = groups.iter().map(of_group);
            mix(8, groups.fold(0, u64::wrapping_add))
        }
    }
}

/// The variables of a relation, each with the part it plays there.
fn parts(relation: &Relation) -> Vec<(u64, VariableId)> {
    let numbered = |slots: &[Slot]| {
        (0u64..)
            .zip(slots)
            .filter_map(|(part, slot)| Some((part, slot.variable()?)))
            .collect()
    };
    match relation {
        Relation::Pattern(pattern) => {
            let mut parts: Vec<(u64, VariableId)> = numbered(&pattern.slots);
            parts.extend(pattern.fact.map(|fact| (3, fact)));
            parts
        }
        Relation::Path(path) => numbered(&[path.subject, path.object]),
        Relation::Call(call) => numbered(&[call.subject, call.object]),
        Relation::Table(table) => (0u64..).zip(table.variables.iter().copied()).collect(),
        Relation::Field(field) => {
            let values = (1u64..).zip(field.values.iter().copied());
            std::iter::once((0, field.fact)).chain(values).collect()
        }
        Relation::Union(_) => relation
            .variables()
            .iter()
            .map(|known| (0, known))
            .collect(),
    }
}

/// The places of relations in an order of their own.
pub(super) fn order(relations: &[Relation], around: &Around) -> Vec<usize> {
    let mut colours: Vec<u64> = relations.iter().map(of_relation).collect();
    let mut order: Vec<usize> = (0..relations.len()).collect();
    let colour = |colours: &[u64], place: usize| colours.get(place).copied().unwrap_or(0);
    order.sort_by_key(|&place| colour(&colours, place));
    let are_different = |colours: &[u64], order: &[usize]| {
        order
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if colour(colours, *a) != colour(colours, *b)))
    };
    if are_different(&colours, &order) {
        return order;
    }
    let parts: Vec<Vec<(u64, VariableId)>> = relations.iter().map(parts).collect();
    // After as many rounds as there are relations, each knows of all it hangs together with.
    for _ in 0..relations.len() {
        let met = |variable: VariableId| {
            let start = u64::from(around.wanted.contains(variable));
            let range = around.ranges.get(variable);
            let start = range.map_or(start, |range| mix(mix(start, range.first), range.last));
            let each = parts.iter().zip(&colours).map(|(parts, &colour)| {
                let of_part = parts.iter().filter(|(_, known)| *known == variable);
                of_part.fold(0, |sum: u64, (part, _)| {
                    sum.wrapping_add(mix(mix(9, *part), colour))
                })
            });
            mix(start, each.fold(0, u64::wrapping_add))
        };
        let refined = parts.iter().zip(&colours).map(|(parts, &colour)| {
            let variables = parts.iter();
            variables.fold(colour, |known, &(part, variable)| {
                mix(mix(known, part), met(variable))
            })
        });
        let refined: Vec<u64> = refined.collect();
        colours = refined;
        order.sort_by_key(|&place| colour(&colours, place));
        if are_different(&colours, &order) {
            break;
        }
    }
    order
}
