//! Predicates that mean nearly the same: a table of rules that a store can take in and give back.

use super::snapshot::canonical_predicate;
use super::statement::predicate_of_rule;
use super::{Change, Store};
use crate::error::Result;
use crate::language::{self, PredicateKind, StatementKind};

/// The rules of the table, as `seeds/lexicon/predicates.facts` has them.
const TABLE: &str = include_str!("../../seeds/lexicon/predicates.facts");

/// A rule of the table: the predicate it defines, and its text.
fn table() -> Vec<(String, &'static str)> {
    let mut rules = Vec::new();
    for span in language::statements(TABLE) {
        let (statement, _) = language::parse_statement(TABLE, span);
        let StatementKind::Rule(rule) = &statement.kind else {
            continue;
        };
        if let PredicateKind::Word(name) | PredicateKind::Text(name) =
            &rule.head.path.predicate.kind
        {
            rules.push((canonical_predicate(name), statement.span.text(TABLE).trim()));
        }
    }
    rules
}

impl Store {
    /// The rules that [`Store::relate_predicates`] adds, as they are written.
    #[must_use]
    pub fn predicate_table() -> Vec<&'static str> {
        table().into_iter().map(|(_, text)| text).collect()
    }

    /// Relates predicates that mean nearly the same, such as `buy` and `acquire`, by the rules of
    /// a table that ships with the program; or takes these rules back. Rules that were written by
    /// hand stay. Facts are not changed: a question for `acquire` reads those of `buy` too, and
    /// its answers show which fact and sentence they come from.
    ///
    /// # Errors
    ///
    /// [`Error::Query`](crate::Error::Query) if the rules cannot stand beside those there are,
    /// else as [`Store::execute`].
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let store = factbase::Store::in_memory()?;
    /// store.execute("assert Norvik buy Orvel")?;
    /// store.relate_predicates(true)?;
    /// assert_eq!(store.query("?who acquire Orvel")?.count(), 1);
    /// store.relate_predicates(false)?;
    /// assert_eq!(store.query("?who acquire Orvel")?.count(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn relate_predicates(&self, is_on: bool) -> Result<Change> {
        let snapshot = self.snapshot();
        let mut known: Vec<(String, String)> = Vec::new();
        for rule in snapshot.stored().rules() {
            known.push(rule?);
        }
        let mut transaction = self.database().begin()?;
        let mut count = 0_u64;
        if is_on {
            super::run::check_rule(&snapshot, TABLE)?;
            for (predicate, text) in table() {
                if known.iter().any(|(_, known)| known == text) {
                    continue;
                }
                let name = free_name(&known, &predicate);
                transaction.put_rule(&name, text);
                known.push((name, text.to_owned()));
                count += 1;
            }
        } else {
            let table = table();
            for (name, text) in &known {
                if table.iter().any(|(_, rule)| rule == text) {
                    count += u64::from(transaction.remove_rule(name)?);
                }
            }
        }
        let what = if is_on { "added" } else { "taken back" };
        Ok(Change {
            transaction: transaction.commit()?,
            notes: vec![format!("{count} rules {what}")],
            ..Change::default()
        })
    }
}

/// A name for a further rule of a predicate: its number is one more than the highest.
fn free_name(known: &[(String, String)], predicate: &str) -> String {
    let numbers = known
        .iter()
        .filter(|(name, _)| predicate_of_rule(name) == predicate)
        .filter_map(|(name, _)| name.rsplit(' ').next()?.parse::<u64>().ok());
    format!("{predicate} {}", numbers.max().unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::parse;

    #[test]
    fn every_line_of_the_table_is_a_rule_that_renames() {
        let lines = TABLE.lines().filter(|line| line.starts_with("rule "));
        assert_eq!(table().len(), lines.count());
        assert!(parse(TABLE).diagnostics.is_empty());
        let store = Store::in_memory().unwrap();
        store.relate_predicates(true).unwrap();
        store.execute("assert Ada buy Mill [when = 1840]").unwrap();
        let query = "?who acquire ?what [when = ?year]";
        let rows: Vec<_> = store.query(query).unwrap().collect::<Result<_>>().unwrap();
        assert_eq!(rows.len(), 1, "a renamed fact keeps its qualifiers");
    }

    #[test]
    fn a_role_may_be_related_to_an_object() {
        let store = Store::in_memory().unwrap();
        store.relate_predicates(true).unwrap();
        store
            .execute("assert Ada take_part Debate [in = Forum]; assert Eva attend Forum")
            .unwrap();
        for question in ["?who attend Forum", "?who take_part_in Forum"] {
            assert_eq!(store.query(question).unwrap().count(), 2, "{question}");
        }
    }

    #[test]
    fn rules_by_hand_stay_when_the_table_is_taken_back() {
        let store = Store::in_memory().unwrap();
        store
            .execute("rule ?a buy ?b if ?a snap_up ?b; assert Ada snap_up Mill")
            .unwrap();
        store.relate_predicates(true).unwrap();
        assert_eq!(store.query("?who purchase Mill").unwrap().count(), 1);
        store.relate_predicates(false).unwrap();
        let rules = store.snapshot().rules().unwrap();
        assert_eq!(rules, ["rule ?a buy ?b if ?a snap_up ?b"]);
        assert_eq!(store.query("?who buy Mill").unwrap().count(), 1);
        assert_eq!(store.query("?who purchase Mill").unwrap().count(), 0);
    }

    #[test]
    fn the_facts_behind_a_renamed_row_are_the_stored_ones() {
        let store = Store::in_memory().unwrap();
        store.relate_predicates(true).unwrap();
        store.execute("assert Ada buy Mill").unwrap();
        let row = store.query("?who acquire ?what").unwrap().next();
        let facts = row.unwrap().unwrap().facts().unwrap();
        assert_eq!(facts[0].to_string(), "Ada buy Mill");
    }
}
