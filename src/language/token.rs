//! The lexer: the one definition of tokens for parser, highlighter, completer and validator.
//!
//! It works on demand, from any offset between two tokens, and never fails: what is no token
//! is an invalid one that says why.

use memchr::memchr2;
use unicode_normalization::char::is_combining_mark;

use super::syntax::Span;
use super::vocabulary::Keyword;

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Keyword(Keyword),
    Word,
    Text,
    Variable,
    Parameter,
    Number,
    Date,
    Timestamp,
    Interval,
    Blank,
    Comma,
    Semicolon,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    LeftParenthesis,
    RightParenthesis,
    Plus,
    Minus,
    Star,
    Slash,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// No more tokens.
    End,
    Invalid(Invalidity),
}

impl TokenKind {
    /// Whether it computes or compares.
    pub(super) const fn is_operator(self) -> bool {
        matches!(
            self,
            Self::Plus
                | Self::Minus
                | Self::Star
                | Self::Slash
                | Self::Equal
                | Self::NotEqual
                | Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
        )
    }
}

/// Why a stretch of the source is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Invalidity {
    /// A character that begins no token.
    Character,
    /// A text without its closing quote on the same line.
    UnclosedText,
    /// A backslash in a text with something after it that is no escape.
    Escape,
    /// A number, a date or the blank with letters or digits directly after it.
    Joined,
    /// A date or a time of day with too few or too many digits.
    Time,
    /// `?` or `$` without a name.
    Nameless,
}

/// Reads the first token at or after `from`, which must not lie within a token.
pub(super) fn next_token(source: &str, from: usize) -> Token {
    let start = skip_blank_space(source, from);
    let bytes = source.as_bytes();
    let Some(&first) = bytes.get(start) else {
        return Token {
            kind: TokenKind::End,
            span: Span::new(start, start),
        };
    };
    let (kind, end) = match first {
        b'"' => text(bytes, start),
        b'?' => sigil(source, start, TokenKind::Variable),
        b'$' => sigil(source, start, TokenKind::Parameter),
        b'0'..=b'9' => numeral(source, start),
        b'a'..=b'z' | b'A'..=b'Z' => word(source, start),
        b'_' => joined(source, TokenKind::Blank, start + 1),
        _ => match symbol(first, bytes.get(start + 1).copied()) {
            Some((kind, length)) => (kind, start + length),
            None => other(source, start),
        },
    };
    Token {
        kind,
        span: Span::new(start, end),
    }
}

/// The offset of the first byte that is neither white space nor part of a comment.
fn skip_blank_space(source: &str, from: usize) -> usize {
    let bytes = source.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
            Some(b'#') => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest
                    .iter()
                    .position(|&byte| byte == b'\n')
                    .unwrap_or(rest.len());
            }
            // A control character that counts as white space, or a character outside ASCII.
            Some(0x0b | 0x0c | 0x80..) => match character(source, at) {
                Some(space) if space.is_whitespace() || space == '\u{feff}' => {
                    at += space.len_utf8();
                }
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// Operators and brackets, with their length in bytes.
fn symbol(first: u8, second: Option<u8>) -> Option<(TokenKind, usize)> {
    let equals = second == Some(b'=');
    Some(match first {
        b',' => (TokenKind::Comma, 1),
        b';' => (TokenKind::Semicolon, 1),
        b'[' => (TokenKind::LeftBracket, 1),
        b']' => (TokenKind::RightBracket, 1),
        b'{' => (TokenKind::LeftBrace, 1),
        b'}' => (TokenKind::RightBrace, 1),
        b'(' => (TokenKind::LeftParenthesis, 1),
        b')' => (TokenKind::RightParenthesis, 1),
        b'+' => (TokenKind::Plus, 1),
        b'-' => (TokenKind::Minus, 1),
        b'*' => (TokenKind::Star, 1),
        b'/' => (TokenKind::Slash, 1),
        b'=' => (TokenKind::Equal, 1),
        b'!' if equals => (TokenKind::NotEqual, 2),
        b'<' if equals => (TokenKind::LessOrEqual, 2),
        b'<' => (TokenKind::Less, 1),
        b'>' if equals => (TokenKind::GreaterOrEqual, 2),
        b'>' => (TokenKind::Greater, 1),
        _ => return None,
    })
}

// text ::= '"' ( [^"\#xA#xD] | escape )* '"'
// escape ::= "\" ( ["\nrt] | "u{" [0-9A-Fa-f]+ "}" )
fn text(bytes: &[u8], start: usize) -> (TokenKind, usize) {
    let mut at = start + 1;
    let mut kind = TokenKind::Text;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = end_of_plain(rest) else {
            return (TokenKind::Invalid(Invalidity::UnclosedText), bytes.len());
        };
        at += found;
        match bytes.get(at) {
            Some(b'"') => return (kind, at + 1),
            Some(b'\\') => match escape(bytes.get(at + 1..).unwrap_or_default()) {
                Some((_, length)) => at += 1 + length,
                None => {
                    kind = TokenKind::Invalid(Invalidity::Escape);
                    at += 1;
                }
            },
            _ => return (TokenKind::Invalid(Invalidity::UnclosedText), at),
        }
    }
}

/// Where a text ends or has something other than plain characters.
fn end_of_plain(bytes: &[u8]) -> Option<usize> {
    // Most of a script is names between quotes: they are gone through many bytes at a time.
    let end = memchr2(b'"', b'\\', bytes);
    let before = bytes.get(..end.unwrap_or(bytes.len()))?;
    memchr2(b'\n', b'\r', before).or(end)
}

/// What stands after a backslash: the character it means and its length in bytes.
pub(super) fn escape(rest: &[u8]) -> Option<(char, usize)> {
    match rest.first()? {
        b'"' => Some(('"', 1)),
        b'\\' => Some(('\\', 1)),
        b'n' => Some(('\n', 1)),
        b'r' => Some(('\r', 1)),
        b't' => Some(('\t', 1)),
        b'u' => {
            let digits = rest.get(1..)?.strip_prefix(b"{")?;
            // Looking for the brace alone could go over a long text again and again.
            let length = digits.iter().position(|byte| !byte.is_ascii_hexdigit())?;
            if digits.get(length) != Some(&b'}') {
                return None;
            }
            let digits = digits.get(..length)?;
            let code = u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
            Some((char::from_u32(code)?, length + 3))
        }
        _ => None,
    }
}

// variable ::= "?" identifier
// parameter ::= "$" identifier
// identifier ::= ( letter | "_" ) following*
fn sigil(source: &str, start: usize, kind: TokenKind) -> (TokenKind, usize) {
    let first = character(source, start + 1);
    let end = skip_following(source, start + 1);
    if first.is_some_and(|first| first.is_alphabetic() || first == '_') {
        (kind, end)
    } else {
        (TokenKind::Invalid(Invalidity::Nameless), end)
    }
}

// word ::= letter ( [-'#x2019]? following )*
// letter ::= [\p{Alphabetic}]
fn word(source: &str, start: usize) -> (TokenKind, usize) {
    let bytes = source.as_bytes();
    let mut end = skip_following(source, start);
    loop {
        let joint = match bytes.get(end) {
            Some(b'-' | b'\'') => 1,
            Some(0xe2) if character(source, end) == Some('\u{2019}') => '\u{2019}'.len_utf8(),
            _ => break,
        };
        let after = skip_following(source, end + joint);
        if after == end + joint {
            break;
        }
        end = after;
    }
    let keyword = source.get(start..end).and_then(Keyword::from_word);
    (keyword.map_or(TokenKind::Word, TokenKind::Keyword), end)
}

// following ::= [\p{Alphabetic}\p{N}\p{M}#x200C#x200D_]
fn skip_following(source: &str, from: usize) -> usize {
    let bytes = source.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') => at += 1,
            Some(0x80..) => match character(source, at) {
                Some(other) if is_following(other) => at += other.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// Whether a character outside ASCII can stand within a word. Combining marks belong to the
/// letter before them, the two joiners to the spelling of several scripts.
fn is_following(other: char) -> bool {
    other.is_alphanumeric() || is_combining_mark(other) || matches!(other, '\u{200c}' | '\u{200d}')
}

/// A token that must not run into letters or digits.
fn joined(source: &str, kind: TokenKind, end: usize) -> (TokenKind, usize) {
    let after = skip_following(source, end);
    if after == end {
        (kind, end)
    } else {
        (TokenKind::Invalid(Invalidity::Joined), after)
    }
}

// number ::= digits ( "." digits )? ( [eE] [-+]? digits )?
// whole ::= digits
fn numeral(source: &str, start: usize) -> (TokenKind, usize) {
    let bytes = source.as_bytes();
    if let Some((kind, end)) = bound(bytes, start) {
        if bytes.get(end) == Some(&b'/')
            && let Some((_, end)) = bound(bytes, end + 1)
        {
            return time(source, TokenKind::Interval, end);
        }
        if kind != TokenKind::Number {
            return time(source, kind, end);
        }
    }
    let mut end = digits(bytes, start);
    if bytes.get(end) == Some(&b'.') && digits(bytes, end + 1) > end + 1 {
        end = digits(bytes, end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(bytes, end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    joined(source, TokenKind::Number, end)
}

/// A date or a time must not run into letters, digits or a further part with a digit.
fn time(source: &str, kind: TokenKind, end: usize) -> (TokenKind, usize) {
    let bytes = source.as_bytes();
    let goes_on = matches!(bytes.get(end), Some(b'-' | b':' | b'.'))
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let joined = skip_following(source, end);
    if !goes_on && joined == end {
        return (kind, end);
    }
    let rest = bytes.get(joined..).unwrap_or_default();
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'.');
    let length = rest
        .iter()
        .position(|byte| !part(byte))
        .unwrap_or(rest.len());
    (TokenKind::Invalid(Invalidity::Time), joined + length)
}

// interval ::= bound "/" bound
// bound ::= date | timestamp | year
fn bound(bytes: &[u8], start: usize) -> Option<(TokenKind, usize)> {
    moment(bytes, start).or_else(|| exactly(bytes, start, 4).map(|end| (TokenKind::Number, end)))
}

// date ::= year "-" two ( "-" two )?
// timestamp ::= year "-" two "-" two "T" two ":" two ( ":" two ( "." digits )? )? zone?
fn moment(bytes: &[u8], start: usize) -> Option<(TokenKind, usize)> {
    let month = two_after(bytes, exactly(bytes, start, 4)?, b'-')?;
    let Some(day) = two_after(bytes, month, b'-') else {
        return Some((TokenKind::Date, month));
    };
    let Some(minute) = two_after(bytes, day, b'T').and_then(|hour| two_after(bytes, hour, b':'))
    else {
        return Some((TokenKind::Date, day));
    };
    let mut end = minute;
    if let Some(second) = two_after(bytes, end, b':') {
        end = second;
        if bytes.get(end) == Some(&b'.') && digits(bytes, end + 1) > end + 1 {
            end = digits(bytes, end + 1);
        }
    }
    Some((TokenKind::Timestamp, zone(bytes, end)))
}

// zone ::= "Z" | ( "+" | "-" ) two ":" two
fn zone(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start) {
        Some(b'Z') => start + 1,
        Some(&sign @ (b'+' | b'-')) => two_after(bytes, start, sign)
            .and_then(|hours| two_after(bytes, hours, b':'))
            .unwrap_or(start),
        _ => start,
    }
}

// two ::= digit digit
fn two_after(bytes: &[u8], start: usize, before: u8) -> Option<usize> {
    if bytes.get(start) != Some(&before) {
        return None;
    }
    exactly(bytes, start + 1, 2)
}

// year ::= digit digit digit digit
fn exactly(bytes: &[u8], start: usize, count: usize) -> Option<usize> {
    (digits(bytes, start) == start + count).then_some(start + count)
}

// digits ::= digit+
// digit ::= [0-9]
fn digits(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start
        + rest
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .unwrap_or(rest.len())
}

/// A character outside ASCII that begins a word, or one that begins nothing.
fn other(source: &str, start: usize) -> (TokenKind, usize) {
    match character(source, start) {
        Some(letter) if letter.is_alphabetic() => word(source, start),
        Some(other) => (
            TokenKind::Invalid(Invalidity::Character),
            start + other.len_utf8(),
        ),
        None => (TokenKind::Invalid(Invalidity::Character), start + 1),
    }
}

/// The character at an offset.
fn character(source: &str, at: usize) -> Option<char> {
    source.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests;
