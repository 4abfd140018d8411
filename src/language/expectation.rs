//! What the parser would have accepted where it failed.

use super::vocabulary::Keyword;

/// Something the parser looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Keyword(Keyword),
    Part(Part),
}

/// A part of a statement that is not one keyword. In the order in which they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Statement,
    Column,
    Clause,
    Subject,
    Predicate,
    Object,
    Name,
    Value,
    Expression,
    Variable,
    Role,
    Members,
    Count,
    Time,
    Comparison,
    Comma,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    LeftParenthesis,
    RightParenthesis,
    Operator,
    Closure,
    Modifier,
    End,
}

impl Part {
    const ALL: [Self; 26] = [
        Self::Statement,
        Self::Column,
        Self::Clause,
        Self::Subject,
        Self::Predicate,
        Self::Object,
        Self::Name,
        Self::Value,
        Self::Expression,
        Self::Variable,
        Self::Role,
        Self::Members,
        Self::Count,
        Self::Time,
        Self::Comparison,
        Self::Comma,
        Self::LeftBrace,
        Self::RightBrace,
        Self::LeftBracket,
        Self::RightBracket,
        Self::LeftParenthesis,
        Self::RightParenthesis,
        Self::Operator,
        Self::Closure,
        Self::Modifier,
        Self::End,
    ];

    /// How a message names it.
    fn description(self) -> &'static str {
        match self {
            Self::Statement => "a question or a statement",
            Self::Column => "a column like `?who` or `count()`",
            Self::Clause => "a clause like `?who win ?prize`",
            Self::Subject => "a subject",
            Self::Predicate => "a predicate",
            Self::Object => "an object",
            Self::Name => "a name",
            Self::Value => "a value",
            Self::Expression => "an expression",
            Self::Variable => "a variable",
            Self::Role => "a source field or the role of a qualifier",
            Self::Members => "a list in brackets or a parameter",
            Self::Count => "a whole number or a parameter",
            Self::Time => "a time or a parameter",
            Self::Comparison => "a comparison",
            Self::Comma => "`,`",
            Self::LeftBrace => "`{`",
            Self::RightBrace => "`}`",
            Self::LeftBracket => "`[`",
            Self::RightBracket => "`]`",
            Self::LeftParenthesis => "`(`",
            Self::RightParenthesis => "`)`",
            Self::Operator => "an operator",
            Self::Closure => "`+` or `*`",
            Self::Modifier => "a modifier like `limit 10`",
            Self::End => "the end of the statement",
        }
    }
}

/// A set of expectations: a bit for each keyword and each part, so that collecting them costs
/// nothing on the way to success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Expectations {
    keywords: u64,
    parts: u32,
}

impl Expectations {
    pub(super) fn insert(&mut self, expected: Expected) {
        match expected {
            Expected::Keyword(keyword) => self.keywords |= 1 << keyword as u32,
            Expected::Part(part) => self.parts |= 1 << part as u32,
        }
    }

    pub(super) fn has(self, part: Part) -> bool {
        self.parts & (1 << part as u32) != 0
    }

    pub(super) fn has_keyword(self, keyword: Keyword) -> bool {
        self.keywords & (1 << keyword as u32) != 0
    }

    /// The keywords of the set, in the order of the vocabulary.
    pub(super) fn keywords(self) -> impl Iterator<Item = Keyword> {
        Keyword::TABLE
            .iter()
            .map(|entry| entry.name)
            .filter(move |&name| self.has_keyword(name))
    }

    /// The parts of the set, in the order in which they are named.
    pub(super) fn parts(self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |&part| self.has(part))
    }

    /// The set in words. What closes or goes on with the statement comes last, and operators
    /// only where little else is possible.
    pub(super) fn in_words(self) -> Vec<String> {
        let quiet = |part| matches!(part, Part::Operator | Part::Closure | Part::LeftBracket);
        let is_crowded = self.parts().count() + self.keywords().count() > 3;
        let parts: Vec<_> = self
            .parts()
            .filter(|&part| !(is_crowded && quiet(part)))
            .collect();
        let (first, last): (Vec<Part>, Vec<Part>) = parts
            .into_iter()
            .partition(|part| (*part as u32) < Part::Modifier as u32);
        let words = |parts: Vec<Part>| parts.into_iter().map(|part| part.description().to_owned());
        words(first)
            .chain(
                self.keywords()
                    .map(|keyword| format!("`{}`", keyword.word())),
            )
            .chain(words(last))
            .collect()
    }
}
