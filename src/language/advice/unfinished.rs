//! Advice for a statement that breaks off: an example of how it could go on.
//!
//! The parser says what it looks for at the end. Each such part has an example; what is missing is
//! the shortest row of them with which the parser is content.

use std::collections::VecDeque;

use super::Scene;
use crate::language::expectation::{Expectations, Part};
use crate::language::parser::{Ending, ending};
use crate::language::token::TokenKind;
use crate::language::vocabulary::Keyword;

/// Longer statements are not completed: whoever writes so much knows the language, and each try
/// reads the statement again. In bytes.
const LONGEST_COMPLETED: usize = 1_000;

/// So many ways to go on are tried; what statements lack is found among the first twenty.
const MOST_TRIED: usize = 200;

/// Of a longer statement the end is shown, in characters.
const LONGEST_SHOWN: usize = 60;

/// The statement with an example of what it lacks.
pub(super) fn unfinished(scene: &Scene<'_>) -> Option<String> {
    let last = scene.before.last()?;
    let text = scene.source.get(scene.statement.start..last.span.end)?;
    if scene.token.kind != TokenKind::End || text.len() > LONGEST_COMPLETED {
        return None;
    }
    let whole = completed(text, &Examples::of(scene))?;
    Some(format!("for example: {}", shown(&whole)))
}

/// The shortest whole statement that begins with a text.
fn completed(text: &str, examples: &Examples) -> Option<String> {
    let mut open = VecDeque::from([text.to_owned()]);
    for _ in 0..MOST_TRIED {
        let text = open.pop_front()?;
        match ending(&text) {
            Ending::Whole => return Some(text),
            Ending::Open(expectations) => {
                open.extend(
                    examples
                        .continuations(expectations)
                        .map(|next| text.clone() + &next),
                );
            }
            Ending::Wrong => {}
        }
    }
    None
}

/// The last line of a statement, from a word on where that is long.
fn shown(statement: &str) -> String {
    let line = statement.lines().last().unwrap_or_default().trim_start();
    let too_many = line.chars().count().saturating_sub(LONGEST_SHOWN);
    if too_many == 0 {
        return line.to_owned();
    }
    let cut: String = line.chars().skip(too_many).collect();
    let from_word = cut.split_once(' ').map_or(cut.as_str(), |(_, rest)| rest);
    format!("… {from_word}")
}

/// Examples of parts, in the words of the statement.
struct Examples {
    subject: String,
    object: String,
    /// The second variable of the statement, which a clause may have to speak of.
    second: String,
    name: &'static str,
    role: &'static str,
    expression: String,
    /// Clauses that speak of all variables of the statement.
    clauses: String,
    /// Whether a clause has to speak of all variables.
    is_rule: bool,
}

impl Examples {
    fn of(scene: &Scene<'_>) -> Self {
        let mut variables: Vec<&str> = Vec::new();
        let mut is_named = false;
        for &token in &scene.before {
            let text = scene.text(token);
            // What stands behind `as` is in no clause.
            if token.kind == TokenKind::Variable && !is_named && !variables.contains(&text) {
                variables.push(text);
            }
            is_named = token.kind == TokenKind::Keyword(Keyword::As);
        }
        let is_first = |keyword| scene.first().kind == TokenKind::Keyword(keyword);
        // What is asserted has no variables.
        let (person, place) = match is_first(Keyword::Assert) {
            true => ("\"Marie Curie\"", "Warsaw"),
            false => ("?who", "?place"),
        };
        let subject = variables.first().copied().unwrap_or(person);
        let second = variables.get(1).copied().unwrap_or(place);
        let mut clauses = format!(" {subject} born_in {second}");
        for variable in variables.iter().skip(2) {
            clauses += &format!(", {variable} know {subject}");
        }
        let expression = match scene.back(1).map(|token| token.kind) {
            Some(TokenKind::Keyword(_)) => format!(" {subject}"),
            Some(TokenKind::Comma) if scene.open_kind() == Some(TokenKind::LeftParenthesis) => {
                " \"Paris\"".to_owned()
            }
            _ => " 1990".to_owned(),
        };
        let name = match scene.first().kind {
            TokenKind::Keyword(Keyword::Forget) => "\"notes.txt\"",
            TokenKind::Keyword(Keyword::Alias | Keyword::Merge | Keyword::Undo) => {
                "\"another name\""
            }
            _ => "\"Marie Curie\"",
        };
        let role = match scene.back(1).map(|token| token.kind) {
            Some(TokenKind::Comma) => " when >= 1990",
            _ => "when >= 1990",
        };
        Self {
            subject: subject.to_owned(),
            object: place.to_owned(),
            second: second.to_owned(),
            name,
            role,
            expression,
            clauses,
            is_rule: is_first(Keyword::Rule),
        }
    }

    /// What could follow a text, each with the space before it.
    fn continuations(&self, expectations: Expectations) -> impl Iterator<Item = String> {
        let parts = expectations.parts().flat_map(|part| self.examples(part));
        let keywords = expectations
            .keywords()
            .map(|keyword| format!(" {}", keyword.word()));
        parts.chain(keywords)
    }

    /// Examples of a part; none of what may as well be left out.
    fn examples(&self, part: Part) -> Vec<String> {
        let Self {
            subject,
            object,
            second,
            name,
            role,
            expression,
            clauses,
            is_rule,
        } = self;
        let example = match part {
            Part::Statement | Part::Clause if *is_rule => clauses.clone(),
            Part::Statement | Part::Clause => {
                return vec![format!(" {subject} born_in {object}"), clauses.clone()];
            }
            Part::Subject | Part::Column => format!(" {subject}"),
            Part::Variable => " ?number".to_owned(),
            Part::Predicate => {
                let objects = [object, second].map(|object| format!(" born_in {object}"));
                return objects.into_iter().chain([" born_in".to_owned()]).collect();
            }
            Part::Object => format!(" {object}"),
            Part::Name => format!(" {name}"),
            Part::Expression => expression.clone(),
            Part::Value => return vec![" 1990".to_owned(), " \"Paris\"".to_owned()],
            Part::Role => (*role).to_owned(),
            Part::Members => " [1990, 1991]".to_owned(),
            Part::Count => " 10".to_owned(),
            Part::Time => " 2021-10-28".to_owned(),
            Part::Comparison => " >= 1990".to_owned(),
            Part::LeftParenthesis => "(".to_owned(),
            Part::RightParenthesis => ")".to_owned(),
            Part::RightBracket => "]".to_owned(),
            Part::LeftBrace => " {".to_owned(),
            Part::RightBrace => " }".to_owned(),
            Part::LeftBracket
            | Part::Comma
            | Part::Operator
            | Part::Closure
            | Part::Modifier
            | Part::End => return Vec::new(),
        };
        vec![example]
    }
}

#[cfg(test)]
mod tests {
    use crate::language::{Completeness, completeness, parse};

    /// Statements with all that may stand in one.
    const STATEMENTS: &[&str] = &[
        "find ?who, count(?prize) as ?prizes where ?who win ?prize, not ?who die_in _ \
         having ?prizes > 1 order by ?prizes desc limit 10 offset 5",
        "?who win ?prize [when >= 1990, document = ?where, in in [\"Paris\", \"Lund\"]]",
        "{ ?who live_in Paris } or { ?who live_in Lund }, optional ?who win ?prize",
        "?who live_in ?city, ?age > (1 + 2) * 3, contains(?city, \"P\") as of 2021-10-28",
        "rule ?a colleague_of ?b if ?a work_for ?o, ?b work_for ?o, ?a != ?b",
        "assert \"Marie Curie\" born_in Warsaw [document = \"notes.txt\"]",
        "retract ?who live_in Paris where ?who win ?prize",
        "alias ASEAN of \"Association of Southeast Asian Nations\"",
        "merge \"M. Curie\" into \"Marie Curie\"",
        "undo rule colleague_of",
        "undo alias ASEAN of Asia",
        "explain ?who win ?prize valid at 2021/2022",
        "describe \"Marie Curie\"",
        "forget \"notes.txt\"",
    ];

    #[test]
    fn what_breaks_off_anywhere_gets_help_and_examples_are_whole() {
        for statement in STATEMENTS {
            assert_eq!(
                completeness(statement),
                Completeness::Complete,
                "{statement}"
            );
            for (end, _) in statement.match_indices(' ') {
                let text = &statement[..end];
                for diagnostic in parse(text).diagnostics {
                    if diagnostic.span.start < text.len() || text.matches('"').count() % 2 == 1 {
                        continue;
                    }
                    let help = diagnostic.help.unwrap_or_default();
                    assert!(!help.is_empty(), "no help for: {text}");
                    let example = help.strip_prefix("for example: ");
                    if let Some(example) = example.filter(|example| !example.starts_with('…')) {
                        assert_eq!(parse(example).diagnostics, [], "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_example_is_the_shortest_and_in_the_words_of_the_statement() {
        let help = |text: &str| parse(text).diagnostics.pop().unwrap().help.unwrap();
        assert_eq!(help("?x"), "for example: ?x born_in ?place");
        assert_eq!(
            help("rule ?a colleague_of ?b"),
            "for example: rule ?a colleague_of ?b if ?a born_in ?b"
        );
        assert_eq!(
            help("find ?person where ?person work_for \"University of Cambridge\","),
            "for example: … work_for \"University of Cambridge\", ?person born_in ?place"
        );
    }
}
