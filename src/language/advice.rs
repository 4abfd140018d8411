//! Help lines: what a person may have meant who wrote what does not parse.

mod foreign;
mod unfinished;

use super::diagnostic::Related;
use super::expectation::{Expectations, Part};
use super::syntax::Span;
use super::token::{Invalidity, Token, TokenKind, next_token};
use super::vocabulary::{Keyword, KeywordClass, SourceField};
use crate::similarity::nearest_word;

/// A statement that broke off at a token.
pub(super) struct Scene<'source> {
    source: &'source str,
    statement: Span,
    token: Token,
    expectations: Expectations,
    /// The tokens before, at most [`LOOK_BACK`] of them beside the first.
    before: Vec<Token>,
}

/// A rule of advice: what to say, if it has something to say.
type Rule = fn(&Scene<'_>) -> Option<String>;

/// The first that has something to say is heard.
const RULES: &[Rule] = &[
    foreign::foreign_statement,
    misspelt_statement,
    modifier_first,
    foreign::iri_in_angles,
    uncompared,
    invalid_token,
    missing_where,
    needless_where,
    foreign::all_columns,
    foreign::foreign_operator,
    misspelt_keyword,
    foreign::foreign_modifier,
    keyword_as_name,
    written_times,
    foreign::written_parts,
    several_words,
    fourth_term,
    missing_comma,
    lone_term,
    nothing_said,
    statement_inside,
    foreign::counting_rows,
    needless_comma,
    closing_bracket,
    unfinished::unfinished,
];

impl<'source> Scene<'source> {
    pub(super) fn new(
        source: &'source str,
        statement: Span,
        token: Token,
        expectations: Expectations,
    ) -> Self {
        let mut before = Vec::new();
        let mut at = statement.start;
        loop {
            let next = next_token(source, at);
            if next.kind == TokenKind::End || next.span.start >= token.span.start {
                break;
            }
            at = next.span.end;
            before.push(next);
        }
        Self {
            source,
            statement,
            token,
            expectations,
            before,
        }
    }

    /// The first advice there is.
    pub(super) fn advice(&self) -> Option<String> {
        RULES.iter().find_map(|rule| rule(self))
    }

    /// The first word, where no statement begins with it, though one was meant to.
    pub(super) fn wrong_beginning(&self) -> Option<Token> {
        (foreign::foreign_statement(self).is_some() || misspelt_statement(self).is_some())
            .then(|| self.first())
    }

    /// The last bracket before the token that is still open.
    fn open_token(&self) -> Option<Token> {
        let mut open = Vec::new();
        for token in &self.before {
            match token.kind {
                TokenKind::LeftBrace | TokenKind::LeftBracket | TokenKind::LeftParenthesis => {
                    open.push(*token);
                }
                TokenKind::RightBrace | TokenKind::RightBracket | TokenKind::RightParenthesis => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    fn open_kind(&self) -> Option<TokenKind> {
        self.open_token().map(|token| token.kind)
    }

    /// The same, as it is shown beside the failure.
    pub(super) fn open_bracket(&self) -> Option<Related> {
        let bracket = self.open_token()?;
        let message = format!("`{}` is still open", bracket.span.text(self.source));
        Some(Related {
            span: bracket.span,
            message,
        })
    }

    fn text(&self, token: Token) -> &'source str {
        token.span.text(self.source)
    }

    fn found(&self) -> &'source str {
        self.text(self.token)
    }

    /// The tokens before the failure, the last first.
    fn back(&self, steps: usize) -> Option<Token> {
        let index = self.before.len().checked_sub(steps)?;
        self.before.get(index).copied()
    }

    /// The first token of the statement.
    fn first(&self) -> Token {
        self.before.first().copied().unwrap_or(self.token)
    }

    /// The token after the failure.
    fn next(&self) -> Token {
        next_token(self.source, self.token.span.end)
    }
}

/// The first character outside a text that is no token, and what is written instead.
fn invalid_token(scene: &Scene<'_>) -> Option<String> {
    let TokenKind::Invalid(why) = scene.token.kind else {
        return None;
    };
    let text = scene.found();
    let help = match why {
        Invalidity::Character => match text {
            "." => "clauses are separated by commas, statements by `;`; a name with a point in \
                    it stands in double quotes"
                .to_owned(),
            "'" | "\u{2018}" | "\u{2019}" | "\u{201c}" | "\u{201d}" | "`" => {
                "a text stands in straight double quotes: \"Marie Curie\"".to_owned()
            }
            "&" => "conditions are separated by commas, all must hold".to_owned(),
            "|" => "alternatives are blocks: { … } or { … }".to_owned(),
            ":" | "@" => {
                format!("a name with `{text}` in it stands in double quotes")
            }
            "!" => "`!=` compares, `not` negates a clause".to_owned(),
            "%" => "there is no remainder; * and ? are the wildcards of `matches`".to_owned(),
            "~" => "texts are compared with functions: matches(?text, \"Cur*\")".to_owned(),
            "^" => "a predicate is turned round by swapping subject and object".to_owned(),
            _ => "names with other signs than letters and digits stand in double quotes".to_owned(),
        },
        Invalidity::UnclosedText => {
            "a text ends on the line on which it begins; `\\n` is a line break in it".to_owned()
        }
        Invalidity::Escape => {
            "the escapes are \\\" \\\\ \\n \\r \\t and \\u{…}; a backslash itself is \\\\"
                .to_owned()
        }
        Invalidity::Joined if text.starts_with('_') => {
            "`_` alone is the blank; a word begins with a letter".to_owned()
        }
        Invalidity::Joined => {
            format!("a name that begins with a digit stands in double quotes: \"{text}\"")
        }
        Invalidity::Time => {
            "times are written 2021-10-28, 2021-10, 2021-10-28T10:30:00Z, 2021-10-28/2021-11-02"
                .to_owned()
        }
        Invalidity::Nameless if text == "$" => "a parameter has a name: $city".to_owned(),
        Invalidity::Nameless => "a variable has a name: ?who; anything at all is `_`".to_owned(),
    };
    Some(help)
}

/// A name may well resemble a keyword, so what follows must not look like a predicate.
fn misspelt_statement(scene: &Scene<'_>) -> Option<String> {
    let first = scene.first();
    let second = next_token(scene.source, first.span.end).kind;
    let is_clear = matches!(
        second,
        TokenKind::Variable | TokenKind::Text | TokenKind::Keyword(_) | TokenKind::End
    );
    if first.kind != TokenKind::Word || !is_clear {
        return None;
    }
    let begins = Keyword::TABLE
        .iter()
        .filter(|entry| entry.class == KeywordClass::Statement && !entry.name.is_continuation());
    let meant = nearest_word(scene.text(first), begins.map(|entry| entry.word))?;
    Some(format!(
        "did you mean `{meant}` where the statement begins?"
    ))
}

fn missing_where(scene: &Scene<'_>) -> Option<String> {
    let is_find = scene.first().kind == TokenKind::Keyword(Keyword::Find);
    if !is_find || !scene.expectations.has_keyword(Keyword::Where) {
        return None;
    }
    if let Some(misspelt) = misspelt_keyword(scene) {
        return Some(misspelt);
    }
    let ends = scene.token.kind == TokenKind::End;
    let compares = scene
        .before
        .iter()
        .any(|token| token.kind == TokenKind::Equal);
    if ends && compares {
        return Some("conditions stand after `where`: find ?x where ?x born_in Warsaw".to_owned());
    }
    if ends {
        return Some("say what must hold after `where`: find ?x where ?x win ?prize".to_owned());
    }
    match scene.token.kind {
        TokenKind::Variable => Some("columns are separated by commas".to_owned()),
        TokenKind::LeftBrace => Some("`where` stands before the clauses".to_owned()),
        _ => None,
    }
}

/// A `where` behind clauses that need none, since no columns were chosen.
fn needless_where(scene: &Scene<'_>) -> Option<String> {
    let is_where = scene.token.kind == TokenKind::Keyword(Keyword::Where);
    let begins_clause = !matches!(scene.first().kind, TokenKind::Keyword(_));
    (is_where && begins_clause && scene.expectations.has(Part::Comma)).then(|| {
        "clauses are separated by commas; `where` stands behind the columns of `find`: \
         find ?who where ?who win ?prize"
            .to_owned()
    })
}

fn misspelt_keyword(scene: &Scene<'_>) -> Option<String> {
    if scene.token.kind != TokenKind::Word {
        return None;
    }
    let is_modifier =
        |keyword: Keyword| scene.expectations.has(Part::Modifier) && begins_modifier(keyword);
    let possible = Keyword::TABLE
        .iter()
        .filter(|entry| scene.expectations.has_keyword(entry.name) || is_modifier(entry.name));
    let meant = nearest_word(scene.found(), possible.map(|entry| entry.word))?;
    Some(format!("did you mean `{meant}`?"))
}

fn begins_modifier(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Having | Keyword::Order | Keyword::Limit | Keyword::Offset | Keyword::Valid
    )
}

/// A keyword where a name or a value was looked for.
fn keyword_as_name(scene: &Scene<'_>) -> Option<String> {
    let TokenKind::Keyword(keyword) = scene.token.kind else {
        return None;
    };
    let names = [
        Part::Name,
        Part::Value,
        Part::Object,
        Part::Subject,
        Part::Predicate,
    ];
    let expects_name = names.into_iter().any(|part| scene.expectations.has(part));
    let belongs = (scene.expectations.has(Part::Modifier) && begins_modifier(keyword))
        || matches!(
            keyword,
            Keyword::Where | Keyword::Or | Keyword::As | Keyword::With
        );
    if !expects_name || belongs {
        return None;
    }
    let text = scene.found();
    Some(format!(
        "`{text}` is a keyword; as a name it stands in double quotes: \"{text}\""
    ))
}

fn written_times(scene: &Scene<'_>) -> Option<String> {
    let last = scene.back(1)?;
    if scene.expectations.has(Part::Time) {
        let help = match scene.token.kind {
            TokenKind::Interval => "`as of` asks for one time; `valid at` takes an interval too",
            _ => "times are written 2021, 2021-10, 2021-10-28 or 2021-10-28T10:30:00Z",
        };
        return Some(help.to_owned());
    }
    let is_year = last.kind == TokenKind::Number && scene.text(last).len() == 4;
    (is_year && scene.token.kind == TokenKind::Minus && scene.expectations.has(Part::Modifier))
        .then(|| "months and days have two digits: 2021-01-05".to_owned())
}

fn needless_comma(scene: &Scene<'_>) -> Option<String> {
    let is_keyword = matches!(scene.token.kind, TokenKind::Keyword(_));
    (is_keyword && scene.back(1)?.kind == TokenKind::Comma)
        .then(|| format!("no comma stands before `{}`", scene.found().to_lowercase()))
}

/// A modifier that stands before what it modifies.
fn modifier_first(scene: &Scene<'_>) -> Option<String> {
    let TokenKind::Keyword(keyword) = scene.token.kind else {
        return None;
    };
    let is_modifier = begins_modifier(keyword) || keyword == Keyword::As;
    let is_first = scene.before.is_empty() && is_modifier;
    is_first.then(|| {
        let word = scene.found();
        format!("`{word}` stands behind the clauses: ?who win ?prize {word} ...")
    })
}

/// A fourth term where a clause has three.
fn fourth_term(scene: &Scene<'_>) -> Option<String> {
    let is_variable = |token: &Token| token.kind == TokenKind::Variable;
    let are_all = scene.before.len() == 3 && scene.before.iter().all(is_variable);
    (are_all && is_variable(&scene.token) && scene.expectations.has(Part::Comma)).then(|| {
        "a clause has a subject, a predicate and an object; the next clause stands behind a \
         comma"
            .to_owned()
    })
}

/// A value or a term in brackets, and nothing said of it.
fn lone_term(scene: &Scene<'_>) -> Option<String> {
    let is_over = matches!(scene.token.kind, TokenKind::End | TokenKind::Semicolon);
    let is_compared = scene.expectations.has(Part::Comparison);
    (is_over && is_compared && !scene.expectations.has(Part::Predicate)).then(|| {
        "a question is a clause, ?who win ?prize, or a condition beside clauses, ?age > 30"
            .to_owned()
    })
}

/// A field or role in brackets that is compared with nothing: `[confidence]`, `[in: Paris]`.
fn uncompared(scene: &Scene<'_>) -> Option<String> {
    let name = scene.back(1)?;
    let is_opened = matches!(
        scene.back(2)?.kind,
        TokenKind::LeftBracket | TokenKind::Comma
    ) && scene.open_kind() == Some(TokenKind::LeftBracket);
    let is_missed = match scene.token.kind {
        TokenKind::Invalid(_) => scene.found() == ":",
        _ => scene.expectations.has(Part::Comparison),
    };
    let is_name = matches!(name.kind, TokenKind::Word | TokenKind::Keyword(_));
    (is_opened && is_missed && is_name).then(|| {
        let name = scene.text(name);
        let example = match SourceField::from_word(name) {
            Some(SourceField::Confidence) => ">= 0.6".to_owned(),
            _ => format!("= ?{name}"),
        };
        format!("what stands in brackets is compared: [{name} {example}]")
    })
}

/// Brackets after a pattern with nothing in them.
fn nothing_said(scene: &Scene<'_>) -> Option<String> {
    let is_opened = scene.back(1)?.kind == TokenKind::LeftBracket;
    let is_over = matches!(
        scene.token.kind,
        TokenKind::End | TokenKind::Semicolon | TokenKind::RightBracket
    );
    (is_opened && is_over && scene.expectations.has(Part::Role)).then(|| {
        "brackets say something of the fact: ?who win ?prize [when >= 1990, document = ?where]"
            .to_owned()
    })
}

/// Several bare words in a row before the failure: a name without its quotes.
fn several_words(scene: &Scene<'_>) -> Option<String> {
    let is_word = |token: &Token| token.kind == TokenKind::Word;
    let is_after_words = scene.back(1).as_ref().is_some_and(is_word);
    if !is_after_words || !scene.expectations.has(Part::Comma) {
        return None;
    }
    let run: Vec<Token> = scene
        .before
        .iter()
        .rev()
        .take_while(|token| is_word(token))
        .copied()
        .collect();
    if run.len() >= 3 {
        let (first, second) = (run.last()?, run.get(run.len().checked_sub(2)?)?);
        return Some(format!(
            "a name of several words stands in double quotes: \"{} {}\"",
            scene.text(*first),
            scene.text(*second)
        ));
    }
    (scene.token.kind == TokenKind::Word).then(|| {
        format!(
            "a name of several words stands in double quotes: \"{} {}\"; clauses are separated \
             by commas",
            scene
                .back(1)
                .map(|token| scene.text(token))
                .unwrap_or_default(),
            scene.found()
        )
    })
}

fn missing_comma(scene: &Scene<'_>) -> Option<String> {
    let begins_clause = matches!(
        scene.token.kind,
        TokenKind::Variable
            | TokenKind::Text
            | TokenKind::Word
            | TokenKind::Blank
            | TokenKind::LeftBrace
            | TokenKind::LeftParenthesis
            | TokenKind::Keyword(Keyword::Not | Keyword::Optional)
    );
    let expects = scene.expectations;
    if !begins_clause || !expects.has(Part::Comma) {
        return None;
    }
    let before = scene
        .source
        .get(..scene.token.span.start)
        .unwrap_or_default();
    let is_indented = before
        .rsplit_once('\n')
        .is_some_and(|(_, line)| line.trim().is_empty());
    if is_indented && expects.has(Part::End) {
        let help = "an indented line goes on with its statement: a comma is missing, or a `;`";
        return Some(help.to_owned());
    }
    if expects.has(Part::Modifier) || expects.has(Part::RightBrace) {
        return Some("clauses are separated by commas, statements by `;`".to_owned());
    }
    Some("a comma separates them".to_owned())
}

fn statement_inside(scene: &Scene<'_>) -> Option<String> {
    let TokenKind::Keyword(keyword) = scene.token.kind else {
        return None;
    };
    let begins = keyword
        .entry()
        .is_some_and(|entry| entry.class == KeywordClass::Statement);
    (begins && scene.expectations.has(Part::End)).then(|| {
        "a statement ends with `;`, or where the next line begins in the first column".to_owned()
    })
}

fn closing_bracket(scene: &Scene<'_>) -> Option<String> {
    let closes = matches!(
        scene.token.kind,
        TokenKind::RightBrace | TokenKind::RightBracket | TokenKind::RightParenthesis
    );
    match scene.open_bracket() {
        None if closes => Some("there is no bracket to close".to_owned()),
        _ if closes
            && scene
                .back(1)
                .is_some_and(|token| token.kind == TokenKind::Comma) =>
        {
            Some("no comma stands before a closing bracket".to_owned())
        }
        _ => None,
    }
}
