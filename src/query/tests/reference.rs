//! A slow evaluator that is obviously right, and random questions that every plan must answer
//! as it does.

use std::collections::{BTreeMap, BTreeSet};

use super::{engine, rows};
use crate::Fact;
use crate::language::{
    Block, Clause, Closure, Comparison, Expression, ExpressionKind, Pattern, PredicateKind,
    StatementKind, TermKind,
};

type Solution = BTreeMap<String, String>;
type Triple = [String; 3];

/// All solutions of clauses that extend one: a bag.
fn solve(clauses: &[Clause], triples: &BTreeSet<Triple>, start: Solution) -> Vec<Solution> {
    let mut solutions = vec![start];
    let all = |act: &mut dyn FnMut(&Clause)| clauses.iter().for_each(act);
    all(&mut |clause| {
        if let Clause::Pattern(pattern) = clause {
            solutions = solutions
                .iter()
                .flat_map(|solution| matches(pattern, triples, solution))
                .collect();
        }
    });
    all(&mut |clause| {
        if let Clause::Or(blocks) = clause {
            let each = |solution: &Solution| {
                let solution = solution.clone();
                let of_block =
                    move |block: &Block| solve(&block.clauses, triples, solution.clone());
                blocks.iter().flat_map(of_block).collect::<Vec<_>>()
            };
            solutions = solutions.iter().flat_map(each).collect();
        }
    });
    all(&mut |clause| {
        if let Clause::Optional(block) = clause {
            let each = |solution: &Solution| {
                let found = solve(&block.clauses, triples, solution.clone());
                if found.is_empty() {
                    vec![solution.clone()]
                } else {
                    found
                }
            };
            solutions = solutions.iter().flat_map(each).collect();
        }
    });
    all(&mut |clause| match clause {
        Clause::Filter(filter) => solutions.retain(|solution| is_true(filter, solution)),
        Clause::Not(block) => {
            solutions.retain(|solution| solve(&block.clauses, triples, solution.clone()).is_empty())
        }
        _ => {}
    });
    solutions
}

/// `?a != ?b`: both have a value, and not the same.
fn is_true(filter: &Expression, solution: &Solution) -> bool {
    let ExpressionKind::Compare(comparison, left, right) = &filter.kind else {
        panic!("no such filter is made");
    };
    let value = |side: &Expression| match &side.kind {
        ExpressionKind::Term(term) => match &term.kind {
            TermKind::Variable(name) => solution.get(name).cloned(),
            TermKind::Name(name) => Some(name.clone()),
            _ => None,
        },
        _ => None,
    };
    match (value(left), value(right)) {
        (Some(a), Some(b)) => (a == b) == (*comparison == Comparison::Equal),
        _ => false,
    }
}

fn matches(pattern: &Pattern, triples: &BTreeSet<Triple>, solution: &Solution) -> Vec<Solution> {
    let predicate = match &pattern.path.predicate.kind {
        PredicateKind::Word(word) => TermKind::Name(word.clone()),
        PredicateKind::Variable(name) => TermKind::Variable(name.clone()),
        _ => panic!("no such predicate is made"),
    };
    let object = pattern.object.as_ref().unwrap().kind.clone();
    let closed;
    let candidates: &BTreeSet<Triple> = match (pattern.path.closure, &predicate) {
        (Closure::Once, _) => triples,
        (closure, TermKind::Name(name)) => {
            closed = close(triples, name, closure == Closure::ZeroOrMore, pattern);
            &closed
        }
        _ => panic!("no such path is made"),
    };
    let mut found = Vec::new();
    for triple in candidates {
        let mut extended = solution.clone();
        let slots = [&pattern.subject.kind, &predicate, &object];
        let fits = slots
            .into_iter()
            .zip(triple)
            .all(|(slot, value)| match slot {
                TermKind::Blank => true,
                TermKind::Name(name) => name == value,
                TermKind::Variable(name) => {
                    extended
                        .entry(name.clone())
                        .or_insert_with(|| value.clone())
                        == value
                }
                _ => false,
            });
        if fits {
            found.push(extended);
        }
    }
    found
}

/// The pairs of a closure as triples, those of no step for all nodes and names of the pattern.
fn close(
    triples: &BTreeSet<Triple>,
    name: &str,
    is_reflexive: bool,
    pattern: &Pattern,
) -> BTreeSet<Triple> {
    let edges: Vec<&Triple> = triples.iter().filter(|triple| triple[1] == name).collect();
    let mut closed: BTreeSet<Triple> = edges.iter().map(|&triple| triple.clone()).collect();
    loop {
        let mut more = BTreeSet::new();
        for [a, p, b] in &closed {
            for edge in edges.iter().filter(|edge| edge[0] == *b) {
                more.insert([a.clone(), p.clone(), edge[2].clone()]);
            }
        }
        let before = closed.len();
        closed.extend(more);
        if closed.len() == before {
            break;
        }
    }
    if is_reflexive {
        let mut nodes: BTreeSet<String> = edges
            .iter()
            .flat_map(|edge| [edge[0].clone(), edge[2].clone()])
            .collect();
        for term in std::iter::once(&pattern.subject).chain(&pattern.object) {
            if let TermKind::Name(name) = &term.kind {
                nodes.insert(name.clone());
            }
        }
        closed.extend(
            nodes
                .into_iter()
                .map(|node| [node.clone(), name.to_owned(), node]),
        );
    }
    closed
}

/// A small generator of numbers (Steele, Lea and Flood, "SplitMix", 2014), so that a failing
/// case is known by its seed.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const NODES: [&str; 9] = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"];
const PREDICATES: [&str; 3] = ["pa", "pb", "pc"];
const VARIABLES: [&str; 4] = ["?x", "?y", "?z", "?w"];

fn random_term(random: &mut Random) -> &'static str {
    match random.below(10) {
        0 => random.pick(&NODES),
        1 => "_",
        _ => random.pick(&VARIABLES),
    }
}

fn random_pattern(random: &mut Random) -> String {
    let predicate = match random.below(12) {
        0 => "?p".to_owned(),
        1 => format!("{}+", random.pick(&PREDICATES)),
        2 => format!("{}*", random.pick(&PREDICATES)),
        _ => random.pick(&PREDICATES).to_owned(),
    };
    let (subject, object) = (random_term(random), random_term(random));
    format!("{subject} {predicate} {object}")
}

fn random_block(random: &mut Random) -> String {
    let patterns: Vec<String> = (0..=random.below(2))
        .map(|_| random_pattern(random))
        .collect();
    format!("{{ {} }}", patterns.join(", "))
}

/// Clauses that name `?x` in a pattern at least, since without it there is nothing to show.
fn random_clauses(random: &mut Random) -> Vec<String> {
    let mut clauses = vec![format!(
        "?x {} {}",
        random.pick(&PREDICATES),
        random_term(random)
    )];
    for _ in 0..random.below(4) {
        clauses.push(random_pattern(random));
    }
    if random.below(4) == 0 {
        clauses.push(format!(
            "{} or {}",
            random_block(random),
            random_block(random)
        ));
    }
    if random.below(4) == 0 {
        clauses.push(format!("optional {}", random_block(random)));
    }
    if random.below(4) == 0 {
        clauses.push(format!("not {}", random_block(random)));
    }
    if random.below(4) == 0 {
        clauses.push(format!("?x != {}", random.pick(&["?y", "n1", "?z"])));
    }
    clauses
}

fn random_world(random: &mut Random) -> BTreeSet<Triple> {
    let edges = 5 + random.below(20);
    let nodes = 3 + random.below(NODES.len() - 3);
    (0..edges)
        .map(|_| {
            [
                NODES[random.below(nodes)].to_owned(),
                random.pick(&PREDICATES).to_owned(),
                NODES[random.below(nodes)].to_owned(),
            ]
        })
        .chain(NODES.iter().map(|node| {
            // Every name and predicate is known, so that none is refused.
            [(*node).to_owned(), "known".to_owned(), "yes".to_owned()]
        }))
        .chain(
            PREDICATES
                .iter()
                .map(|predicate| ["n0".to_owned(), (*predicate).to_owned(), "n0".to_owned()]),
        )
        .collect()
}

fn shown(solution: &Solution, columns: &[&str]) -> String {
    let cells: Vec<&str> = columns
        .iter()
        .map(|column| solution.get(&column[1..]).map_or("-", String::as_str))
        .collect();
    cells.join(" | ")
}

/// Whether a question is answered as the reference does, in each of the ways to ask it.
fn check(seed: u64) {
    let mut random = Random(seed);
    let world = random_world(&mut random);
    let facts: Vec<Fact> = world
        .iter()
        .map(|[s, p, o]| Fact::new(s.as_str(), p.as_str(), o.as_str()))
        .collect();
    let engine = engine(&facts, &[]);
    for _ in 0..4 {
        let mut clauses = random_clauses(&mut random);
        let written = clauses.join(", ");
        let StatementKind::Query(query) = super::statement(&written) else {
            panic!("{written} is a question");
        };
        let solutions = solve(&query.clauses, &world, Solution::new());
        let columns: Vec<&str> = VARIABLES
            .into_iter()
            .filter(|variable| written.contains(variable))
            .filter(|variable| {
                // Only what is bound outside of `not` can be shown.
                let outside = clauses.iter().filter(|clause| !clause.starts_with("not"));
                outside
                    .into_iter()
                    .any(|clause| clause.contains(variable) && !clause.contains("!="))
            })
            .collect();
        let mut expected: Vec<String> = solutions
            .iter()
            .map(|solution| shown(solution, &columns))
            .collect();
        expected.sort();
        for round in 0..2 {
            let body = clauses.join(", ");
            let context = format!("seed {seed}, round {round}: {body}");
            let ask = |question: &str| {
                let mut found = rows(&engine, question)
                    .unwrap_or_else(|error| panic!("{context}: {question}: {error:?}"));
                found.sort();
                found
            };
            let all = ask(&format!("find {} where {body}", columns.join(", ")));
            assert_eq!(all, expected, "{context}");
            let count = ask(&format!("find count() where {body}"));
            assert_eq!(count, [solutions.len().to_string()], "{context}");
            let different: BTreeSet<String> = solutions
                .iter()
                .map(|solution| shown(solution, &["?x"]))
                .collect();
            let distinct = ask(&format!("find distinct ?x where {body}"));
            assert_eq!(
                distinct,
                different.into_iter().collect::<Vec<_>>(),
                "{context}"
            );
            clauses.reverse();
        }
    }
}

#[test]
fn every_plan_answers_as_the_reference() {
    for seed in 0..100 {
        check(seed);
    }
}
