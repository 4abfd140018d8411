//! What nouns are: by which wider nouns they may be taken up, and of which verbs they come.
//!
//! The table is made from WordNet (Fellbaum 1998, "WordNet: An Electronic Lexical Database") and an
//! own list by `training/noun_table.py`, and embedded in the program.

use std::sync::OnceLock;

static TABLE: &str = include_str!("../../seeds/lexicon/taxonomy.tsv");

/// How near a wider noun or a verb stands to a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// It is so often told for the noun that a list of our own has it.
    Listed,
    /// A dictionary says so: a synonym, the next noun above, a verb of which the noun comes.
    Derived,
}

/// The columns behind a noun.
fn row(noun: &str) -> Option<[&'static str; 3]> {
    static ROWS: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let lines = TABLE.lines();
        lines.filter_map(|line| line.split_once('\t')).collect()
    });
    let place = rows
        .binary_search_by(|(known, _)| (*known).cmp(noun))
        .ok()?;
    let (_, columns) = rows.get(place)?;
    let mut columns = columns.split('\t');
    Some([columns.next()?, columns.next()?, columns.next()?])
}

/// The wider nouns by which a noun may be taken up, both in small letters.
pub(crate) fn wider(noun: &str) -> impl Iterator<Item = (&'static str, Nearness)> {
    marked(row(noun).map_or("", |[_, wider, _]| wider))
}

/// The verbs that tell what a noun tells: "decide" for "decision".
pub(crate) fn verbs(noun: &str) -> impl Iterator<Item = (&'static str, Nearness)> {
    marked(row(noun).map_or("", |[_, _, verbs]| verbs))
}

/// Words, those of our own list marked with "=".
fn marked(words: &'static str) -> impl Iterator<Item = (&'static str, Nearness)> {
    let words = words.split_whitespace();
    words.map(|word| match word.strip_prefix('=') {
        Some(word) => (word, Nearness::Listed),
        None => (word, Nearness::Derived),
    })
}

/// Whether a noun first of all is a person: "diplomat".
pub(crate) fn is_person(noun: &str) -> bool {
    row(noun).is_some_and(|[classes, _, _]| classes.starts_with('p'))
}

/// Whether a noun first of all is something done, said or thought: "agreement", "report".
pub(crate) fn is_deed(noun: &str) -> bool {
    row(noun).is_some_and(|[classes, _, _]| classes.starts_with(['a', 'c', 'e', 'k', 's']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_taken_up_by_wider_ones_and_come_of_verbs() {
        let is_wider = |noun, word, nearness| wider(noun).any(|found| found == (word, nearness));
        assert!(is_wider("ferry", "vessel", Nearness::Listed));
        assert!(is_wider("diplomat", "official", Nearness::Derived));
        assert!(verbs("decision").any(|found| found == ("decide", Nearness::Listed)));
        assert!(is_deed("agreement") && !is_deed("ferry"));
        assert!(is_person("diplomat") && !is_person("ferry"));
        assert_eq!(wider("no noun").count(), 0);
    }

    #[test]
    fn the_table_is_in_the_order_of_its_nouns() {
        let nouns = TABLE.lines().filter_map(|line| line.split_once('\t'));
        assert!(nouns.map(|(noun, _)| noun).is_sorted());
    }
}
