//! Advice for those who come from other query languages.

use super::Scene;
use crate::language::expectation::Part;
use crate::language::token::{Token, TokenKind};
use crate::language::vocabulary::Keyword;

/// First words of other query languages.
const FOREIGN: &[&str] = &[
    "select",
    "insert",
    "delete",
    "update",
    "create",
    "match",
    "return",
    "prefix",
    "ask",
    "construct",
    "drop",
    "with",
    "show",
    "use",
    "from",
];

pub(super) fn foreign_statement(scene: &Scene<'_>) -> Option<String> {
    let first = scene.first();
    let is_word = matches!(
        first.kind,
        TokenKind::Word | TokenKind::Keyword(Keyword::With)
    );
    let word = scene.text(first).to_lowercase();
    if !is_word || !FOREIGN.contains(&word.as_str()) {
        return None;
    }
    let ours = match word.as_str() {
        "insert" | "create" => "facts are added with: assert \"Marie Curie\" born_in Warsaw",
        "delete" | "drop" => "facts go with: retract ?x live_in Paris; a document with: forget",
        "update" => "retract the old fact and assert the new one",
        "ask" => "a pattern alone asks: \"Marie Curie\" born_in Warsaw",
        "prefix" => "there are no prefixes; an IRI stands whole in double quotes",
        _ => "a question is: find ?who where ?who win ?prize",
    };
    Some(ours.to_owned())
}

pub(super) fn foreign_operator(scene: &Scene<'_>) -> Option<String> {
    let last = scene.back(1).map(|token| token.kind);
    let help = match (last, scene.token.kind) {
        (Some(TokenKind::Equal), TokenKind::Equal) => "equality is one `=`",
        (Some(TokenKind::Less), TokenKind::Greater) => "inequality is `!=`",
        (Some(TokenKind::Equal), TokenKind::Greater | TokenKind::Less) => {
            "the sign of equality comes last: `>=`, `<=`"
        }
        (_, TokenKind::Keyword(Keyword::Not))
            if scene.next().kind == TokenKind::Keyword(Keyword::In) =>
        {
            "negate the whole clause: not ?city in [Paris, Rome]"
        }
        (_, TokenKind::Keyword(Keyword::Or)) => {
            "alternatives are blocks: { ?x = 1 } or { ?x = 2 }; for values, ?x in [1, 2]"
        }
        (_, TokenKind::Word) => match scene.found().to_lowercase().as_str() {
            "and" => "conditions are separated by commas, all must hold",
            "is" => "equality is `=`; after an optional clause, bound(?x) tests for a value",
            "like" => "texts are compared with functions: matches(?text, \"Cur*\")",
            "between" => "write two conditions: ?x >= 1, ?x <= 9",
            _ => return None,
        },
        _ => return None,
    };
    Some(help.to_owned())
}

pub(super) fn foreign_modifier(scene: &Scene<'_>) -> Option<String> {
    let found = scene.found().to_lowercase();
    let help = match (scene.token.kind, found.as_str()) {
        (TokenKind::Word, "group") => {
            "rows are grouped by the columns without an aggregate, no `group by` is needed"
        }
        (TokenKind::Word, "union") => "alternatives are blocks: { … } or { … }",
        (TokenKind::Word, "filter") => "a condition is a clause of its own: ?age > 30",
        (TokenKind::Word, "exists") => "a block is enough: { … }, or not { … }",
        (TokenKind::Word, "minus" | "except") => "leave rows out with: not { … }",
        (TokenKind::Word, "skip") => "did you mean `offset`?",
        (TokenKind::Word, "top" | "fetch") => "did you mean `limit`?",
        (TokenKind::Word, "descending") => "did you mean `desc`?",
        (TokenKind::Word, "ascending") => "did you mean `asc`?",
        _ => return None,
    };
    Some(help.to_owned())
}

pub(super) fn iri_in_angles(scene: &Scene<'_>) -> Option<String> {
    let begins = |token: &Token| token.kind == TokenKind::Less;
    let is_near = begins(&scene.token) || scene.before.iter().rev().take(3).any(begins);
    let source = scene.statement.text(scene.source);
    (is_near && source.contains("://"))
        .then(|| "an IRI stands in double quotes: \"http://example.org/name\"".to_owned())
}

pub(super) fn all_columns(scene: &Scene<'_>) -> Option<String> {
    let is_column = scene.expectations.has(Part::Column);
    (is_column && scene.token.kind == TokenKind::Star).then(|| {
        "clauses alone, without `find`, show all their variables: ?who win ?prize".to_owned()
    })
}

pub(super) fn counting_rows(scene: &Scene<'_>) -> Option<String> {
    let opens = scene
        .back(1)
        .is_some_and(|token| token.kind == TokenKind::LeftParenthesis);
    (opens && scene.token.kind == TokenKind::Star)
        .then(|| "count() counts rows, count(?x) values".to_owned())
}

/// Parts of statements that are written otherwise elsewhere.
pub(super) fn written_parts(scene: &Scene<'_>) -> Option<String> {
    let last = scene.back(1)?.kind;
    let before_last = scene.back(2).map(|token| token.kind);
    let help = match (last, scene.token.kind) {
        (_, TokenKind::Minus) if scene.next().kind == TokenKind::Minus => {
            "a comment begins with `#`"
        }
        (_, TokenKind::Slash) if scene.next().kind == TokenKind::Slash => {
            "a comment begins with `#`"
        }
        (_, TokenKind::Slash) => {
            "a path is two patterns with a variable between: ?a knows ?b, ?b knows ?c"
        }
        (TokenKind::Keyword(Keyword::Order), _) => {
            "rows are sorted with `order by`; the name \"order\" stands in double quotes"
        }
        (TokenKind::Keyword(Keyword::Or), _) if scene.expectations.has(Part::LeftBrace) => {
            "`or` stands between blocks: { … } or { … }"
        }
        (TokenKind::Keyword(Keyword::Describe), TokenKind::Variable) => {
            "`describe` takes a name; patterns ask about variables: ?who ?did ?what"
        }
        (_, TokenKind::Equal) if before_last == Some(TokenKind::Keyword(Keyword::Optional)) => {
            "`optional` takes a pattern or a block"
        }
        (_, TokenKind::Word | TokenKind::Text) if scene.expectations.has(Part::Variable) => {
            "a column is named by a variable: count() as ?number"
        }
        (TokenKind::Word, TokenKind::LeftBrace)
            if scene
                .back(1)
                .is_some_and(|token| scene.text(token) == "exists") =>
        {
            "a block alone asks whether there is something: { … }"
        }
        _ => return None,
    };
    Some(help.to_owned())
}
