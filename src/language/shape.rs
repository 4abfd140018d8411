//! What a question looks like apart from its constants: scripts ask the same question of many
//! names, and what was found out about one need not be found out again.

use super::syntax::Span;
use super::token::{TokenKind, next_token};
use super::vocabulary::Keyword;

/// Longer questions are not worth comparing: they are asked once.
const BYTES_MAX: usize = 4_096;
/// Nor are those with more constants.
const CONSTANTS_MAX: usize = 32;

/// How a constant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// A bare word.
    Word,
    /// A text between quotes, without escapes.
    Text,
    /// Anything else: a number, a time, a text with escapes.
    Other,
}

/// A token that may be a constant, or a predicate, which is written the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Constant {
    pub(crate) writing: Writing,
    /// The place of the token.
    pub(crate) span: Span,
}

impl Constant {
    /// What is written, without quotes.
    pub(crate) fn text<'source>(&self, source: &'source str) -> &'source str {
        let Span { start, end } = self.span;
        let inner = match self.writing {
            Writing::Text => source.get(start + 1..end.saturating_sub(1)),
            _ => source.get(start..end),
        };
        inner.unwrap_or_default()
    }
}

/// The tokens of a question. Two questions with equal keys and equal constants have equal trees.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// The kinds of the tokens, and the names of variables.
    pub(crate) key: Vec<u8>,
    /// The constants in their order.
    pub(crate) constants: Vec<Constant>,
}

impl Shape {
    /// Reads the shape of the question at a place of a text; `None` for statements that ask
    /// nothing, that have parameters or that cannot be read.
    pub(crate) fn read(source: &str, span: Span) -> Option<Self> {
        if span.end - span.start > BYTES_MAX {
            return None;
        }
        let mut shape = Self {
            key: Vec::with_capacity(64),
            constants: Vec::with_capacity(8),
        };
        let mut at = span.start;
        while at < span.end {
            let token = next_token(source, at);
            if token.span.start >= span.end {
                break;
            }
            let text = || token.span.text(source);
            let (letter, name) = match token.kind {
                TokenKind::Keyword(keyword) if at == span.start && keyword != Keyword::Find => {
                    return None;
                }
                TokenKind::Keyword(keyword) => (b'k', keyword.word()),
                TokenKind::Variable => (b'?', text()),
                TokenKind::Parameter | TokenKind::Invalid(_) => return None,
                kind => (shape.letter(kind, token.span, source)?, ""),
            };
            shape.key.push(letter);
            if !name.is_empty() {
                shape.key.extend_from_slice(name.as_bytes());
                shape.key.push(0);
            }
            at = token.span.end;
        }
        (!shape.key.is_empty()).then_some(shape)
    }

    /// The letter that stands for a kind of tokens; constants are noted.
    fn letter(&mut self, kind: TokenKind, span: Span, source: &str) -> Option<u8> {
        let (letter, writing) = match kind {
            TokenKind::Word => (b'w', Writing::Word),
            TokenKind::Text if span.text(source).contains('\\') => (b't', Writing::Other),
            TokenKind::Text => (b't', Writing::Text),
            TokenKind::Number => (b'n', Writing::Other),
            TokenKind::Date | TokenKind::Timestamp | TokenKind::Interval => (b'd', Writing::Other),
            other => return symbol(other),
        };
        if self.constants.len() >= CONSTANTS_MAX {
            return None;
        }
        self.constants.push(Constant { writing, span });
        Some(letter)
    }
}

/// The letter that stands for a token without a text of its own.
const fn symbol(kind: TokenKind) -> Option<u8> {
    Some(match kind {
        TokenKind::Blank => b'_',
        TokenKind::Comma => b',',
        TokenKind::Semicolon => b';',
        TokenKind::LeftBracket => b'[',
        TokenKind::RightBracket => b']',
        TokenKind::LeftBrace => b'{',
        TokenKind::RightBrace => b'}',
        TokenKind::LeftParenthesis => b'(',
        TokenKind::RightParenthesis => b')',
        TokenKind::Plus => b'+',
        TokenKind::Minus => b'-',
        TokenKind::Star => b'*',
        TokenKind::Slash => b'/',
        TokenKind::Equal => b'=',
        TokenKind::NotEqual => b'!',
        TokenKind::Less => b'<',
        TokenKind::LessOrEqual => b'l',
        TokenKind::Greater => b'>',
        TokenKind::GreaterOrEqual => b'g',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::statements;

    fn shape(source: &str) -> Option<Shape> {
        Shape::read(source, statements(source).next()?)
    }

    #[test]
    fn questions_that_differ_in_constants_have_one_shape() {
        let same = [
            "find ?o where \"Ada Lovelace\" live_in ?o",
            "  find ?o  where \"Marie\" know ?o ;",
            "FIND ?o WHERE \"x\" p ?o # a note",
        ];
        let keys: Vec<_> = same.iter().map(|one| shape(one).unwrap().key).collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        let read = shape(same[0]).unwrap();
        let texts: Vec<_> = read.constants.iter().map(|one| one.text(same[0])).collect();
        assert_eq!(texts, ["Ada Lovelace", "live_in"]);
    }

    #[test]
    fn questions_that_differ_otherwise_do_not() {
        let different = [
            "find ?o where Ada live_in ?o",
            "find ?o where \"Ada\" live_in ?o",
            "find ?p where Ada live_in ?p",
            "find ?o where Ada live_in ?o limit 3",
            "find ?o where Ada live_in ?o offset 3",
            "find ?o where Ada live_in+ ?o",
            "find ?o where Ada live_in ?o, ?o",
            "find ?o where Ada live_in -3",
            "find ?o where Ada live_in 3",
            "find ?o where Ada live_in 2021-03",
            "find ?ab where Ada live_in ?o",
            "find ?a where b Ada live_in ?o",
        ];
        let keys: Vec<_> = different
            .iter()
            .map(|one| shape(one).unwrap().key)
            .collect();
        for (place, key) in keys.iter().enumerate() {
            assert!(!keys[..place].contains(key), "{}", different[place]);
        }
    }

    #[test]
    fn what_asks_nothing_or_is_asked_with_parameters_has_none() {
        for source in [
            "assert Ada know Charles",
            "explain Ada know ?x",
            "Ada know $whom",
            "Ada know \"Ch",
            "",
        ] {
            assert!(shape(source).is_none(), "{source}");
        }
    }
}
