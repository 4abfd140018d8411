//! The highlighter: what each stretch of a text is, for colours.

use super::position::{Slot, Walk};
use super::statements::statements;
use super::syntax::Span;
use super::token::{Token, TokenKind, next_token};
use super::vocabulary::{Function, Keyword};

/// What a stretch of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A keyword.
    Keyword,
    /// The name of a function.
    Function,
    /// A predicate, quoted or not.
    Predicate,
    /// A source field or the role of a qualifier.
    Role,
    /// A bare word that names something.
    Name,
    /// A text in quotes.
    Text,
    /// A variable.
    Variable,
    /// A parameter.
    Parameter,
    /// A number.
    Number,
    /// A date, a timestamp or an interval.
    Time,
    /// `true` and `false`.
    Boolean,
    /// The blank `_`.
    Blank,
    /// An operator.
    Operator,
    /// A bracket, a comma or a semicolon.
    Punctuation,
    /// A comment, with its `#`.
    Comment,
    /// What is no token.
    Invalid,
}

/// Tells what each token and each comment of a text is, in order. White space is left out.
///
/// ```
/// use factbase::language::{Class, highlight};
///
/// let source = "find ?who where ?who born_in Paris # why not";
/// let classes: Vec<_> = highlight(source).into_iter().map(|(_, class)| class).collect();
/// assert_eq!(
///     classes,
///     [
///         Class::Keyword, Class::Variable, Class::Keyword, Class::Variable,
///         Class::Predicate, Class::Name, Class::Comment,
///     ]
/// );
/// ```
#[must_use]
pub fn highlight(source: &str) -> Vec<(Span, Class)> {
    let mut classes = Vec::new();
    let mut at = 0;
    for statement in statements(source) {
        let mut walk = Walk::new();
        while at < statement.end {
            let token = next_token(source, at);
            comments(source, at, token.span.start, &mut classes);
            if token.kind != TokenKind::End {
                classes.push((token.span, class(source, token, &walk)));
            }
            walk.advance(token);
            at = token.span.end.max(at + 1);
        }
    }
    rest(source, at, &mut classes);
    classes
}

/// What follows the last statement: semicolons and comments.
fn rest(source: &str, mut at: usize, classes: &mut Vec<(Span, Class)>) {
    loop {
        let token = next_token(source, at);
        comments(source, at, token.span.start, classes);
        if token.kind == TokenKind::End {
            return;
        }
        classes.push((token.span, Class::Punctuation));
        at = token.span.end;
    }
}

/// The comments between two tokens.
fn comments(source: &str, from: usize, to: usize, classes: &mut Vec<(Span, Class)>) {
    let mut at = from;
    while let Some(found) = source.get(at..to).and_then(|gap| gap.find('#')) {
        let start = at + found;
        let length = source.get(start..to).and_then(|rest| rest.find('\n'));
        let end = length.map_or(to, |length| start + length);
        classes.push((Span::new(start, end), Class::Comment));
        at = end;
    }
}

fn class(source: &str, token: Token, walk: &Walk) -> Class {
    match token.kind {
        TokenKind::Keyword(keyword) if walk.is_plain(keyword) => plain(walk.slot()),
        TokenKind::Keyword(Keyword::True | Keyword::False) => Class::Boolean,
        TokenKind::Keyword(_) => Class::Keyword,
        TokenKind::Word => {
            let is_call = next_token(source, token.span.end).kind == TokenKind::LeftParenthesis
                && Function::from_word(token.span.text(source)).is_some();
            if is_call {
                Class::Function
            } else {
                plain(walk.slot())
            }
        }
        TokenKind::Text => match walk.slot() {
            slot @ (Slot::Predicate | Slot::RuleName | Slot::Role) => plain(slot),
            _ => Class::Text,
        },
        TokenKind::Variable => Class::Variable,
        TokenKind::Parameter => Class::Parameter,
        TokenKind::Number => Class::Number,
        TokenKind::Date | TokenKind::Timestamp | TokenKind::Interval => Class::Time,
        TokenKind::Blank => Class::Blank,
        TokenKind::Comma
        | TokenKind::Semicolon
        | TokenKind::LeftBracket
        | TokenKind::RightBracket
        | TokenKind::LeftBrace
        | TokenKind::RightBrace
        | TokenKind::LeftParenthesis
        | TokenKind::RightParenthesis => Class::Punctuation,
        TokenKind::Invalid(_) => Class::Invalid,
        _ => Class::Operator,
    }
}

/// What a word is by its place.
fn plain(slot: Slot) -> Class {
    match slot {
        Slot::Predicate | Slot::RuleName => Class::Predicate,
        Slot::Role => Class::Role,
        _ => Class::Name,
    }
}

#[cfg(test)]
mod tests;
