//! People in towns who know each other, as N-Triples: what is asked about where no file is given.

use std::fmt::Write as _;

use crate::random::Random;

/// People of the made-up graph.
pub(crate) const PEOPLE: u64 = 50_000;

pub(crate) fn graph() -> String {
    let mut random = Random(1);
    let mut lines = String::new();
    let mut triple = |subject: u64, predicate: &str, object: String| {
        let written = writeln!(lines, "<e:p{subject}> <e:{predicate}> {object} .");
        written.expect("a string grows");
    };
    for person in 0..PEOPLE {
        triple(person, "live_in", format!("<e:t{}>", random.below(1_000)));
        triple(person, "age", format!("\"{}\"", random.below(90)));
        let superior = random.below(person + 1);
        triple(person, "under", format!("<e:p{superior}>"));
        for _ in 0..5 {
            // The smaller of two numbers is the more likely: some are known by many.
            let friend = random.below(PEOPLE).min(random.below(PEOPLE));
            triple(person, "know", format!("<e:p{friend}>"));
        }
    }
    lines
}
