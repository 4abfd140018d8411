//! Where in a statement a token stands, also in a statement that is not finished or is wrong.
//!
//! Highlighter and completer walk over the tokens with this. It follows the grammar as far as
//! deciding between names, predicates, roles and the like needs it.

use super::token::{Token, TokenKind};
use super::vocabulary::Keyword;

/// What can stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A statement begins.
    Start,
    /// A column of `find`, and what follows one.
    Column,
    AfterColumn,
    /// The variable after `as`.
    ColumnName,
    /// A clause begins.
    Subject,
    Predicate,
    Object,
    /// A clause is complete.
    AfterClause,
    /// Within the brackets of a pattern.
    Role,
    RoleComparison,
    RoleValue,
    AfterRoleValue,
    /// A list after `in`.
    Members,
    /// Within an expression.
    Operand,
    AfterOperand,
    /// A name after `describe`, `alias` and the like.
    Name,
    AfterName,
    /// The predicate after `describe rule` and `undo rule`.
    RuleName,
    /// After `undo`.
    Undo,
    /// The rest of a keyword of two words.
    By,
    At,
    Of,
    Sources,
    /// The value of a modifier, and what follows it.
    Count,
    Time,
    AfterModifier,
}

/// Which list a comma goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Columns,
    Clauses,
    Conditions,
    Keys,
}

/// An open bracket.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    /// What follows a comma in it.
    comma: Slot,
    /// What follows its closing bracket.
    after: Slot,
    /// The section around it.
    section: Section,
}

/// A walk over the tokens of a script.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    slot: Slot,
    section: Section,
    brackets: Vec<Bracket>,
    /// The keyword the statement begins with.
    statement: Option<Keyword>,
}

impl Walk {
    pub(super) fn new() -> Self {
        Self {
            slot: Slot::Start,
            section: Section::Clauses,
            brackets: Vec::new(),
            statement: None,
        }
    }

    /// What can stand next.
    pub(super) fn slot(&self) -> Slot {
        self.slot
    }

    /// The keyword the statement begins with.
    pub(super) fn statement(&self) -> Option<Keyword> {
        self.statement
    }

    /// Whether an aggregate can stand next.
    pub(super) fn allows_aggregates(&self) -> bool {
        self.section != Section::Clauses
    }

    /// Whether a keyword is a predicate or a role here.
    pub(super) fn is_plain(&self, keyword: Keyword) -> bool {
        match self.slot {
            Slot::Predicate | Slot::RuleName => keyword.is_verb(),
            Slot::Role => keyword.is_particle(),
            _ => false,
        }
    }

    /// Goes past a token.
    pub(super) fn advance(&mut self, token: Token) {
        self.slot = match token.kind {
            TokenKind::End => return,
            TokenKind::Semicolon => {
                *self = Self::new();
                return;
            }
            TokenKind::LeftBrace => self.open(Slot::Subject, Slot::Subject, Slot::AfterClause),
            TokenKind::LeftParenthesis => {
                let after = match (self.slot, self.section) {
                    (Slot::Column | Slot::AfterColumn, _) => Slot::AfterColumn,
                    _ => Slot::AfterOperand,
                };
                self.open(Slot::Operand, Slot::Operand, after)
            }
            TokenKind::LeftBracket => self.bracket(),
            TokenKind::RightBrace | TokenKind::RightParenthesis | TokenKind::RightBracket => {
                self.close()
            }
            TokenKind::Comma => self.comma(),
            TokenKind::Keyword(keyword) if !self.is_plain(keyword) => self.keyword(keyword),
            TokenKind::Equal
            | TokenKind::NotEqual
            | TokenKind::Less
            | TokenKind::LessOrEqual
            | TokenKind::Greater
            | TokenKind::GreaterOrEqual
            | TokenKind::Plus
            | TokenKind::Minus
            | TokenKind::Star
            | TokenKind::Slash => self.operator(token.kind),
            _ => self.word(token.kind),
        };
    }

    fn open(&mut self, inside: Slot, comma: Slot, after: Slot) -> Slot {
        self.brackets.push(Bracket {
            comma,
            after,
            section: self.section,
        });
        if inside == Slot::Subject {
            self.section = Section::Clauses;
        }
        inside
    }

    /// `[` begins what is said about a fact, or a list.
    fn bracket(&mut self) -> Slot {
        match self.slot {
            Slot::Members => {
                let after = match self.brackets.last() {
                    Some(Bracket {
                        comma: Slot::Role, ..
                    }) => Slot::AfterRoleValue,
                    _ => Slot::AfterOperand,
                };
                self.open(Slot::Operand, Slot::Operand, after)
            }
            _ => self.open(Slot::Role, Slot::Role, Slot::AfterClause),
        }
    }

    fn close(&mut self) -> Slot {
        match self.brackets.pop() {
            Some(bracket) => {
                self.section = bracket.section;
                bracket.after
            }
            None => Slot::AfterClause,
        }
    }

    fn comma(&self) -> Slot {
        match (self.brackets.last(), self.section) {
            (Some(bracket), _) => bracket.comma,
            (None, Section::Columns) => Slot::Column,
            (None, Section::Clauses) => Slot::Subject,
            (None, Section::Conditions | Section::Keys) => Slot::Operand,
        }
    }

    fn operator(&self, operator: TokenKind) -> Slot {
        match self.slot {
            Slot::RoleComparison => Slot::RoleValue,
            Slot::RoleValue => Slot::RoleValue,
            Slot::Object if matches!(operator, TokenKind::Plus | TokenKind::Star) => Slot::Object,
            Slot::Object => Slot::Object,
            Slot::Column | Slot::AfterColumn => Slot::Column,
            _ => Slot::Operand,
        }
    }

    /// What follows a name, a variable or a value.
    fn word(&self, token: TokenKind) -> Slot {
        let is_value = !matches!(
            token,
            TokenKind::Variable
                | TokenKind::Word
                | TokenKind::Text
                | TokenKind::Blank
                | TokenKind::Parameter
        );
        match self.slot {
            Slot::Start | Slot::Subject if is_value => Slot::AfterOperand,
            Slot::Start | Slot::Subject => Slot::Predicate,
            Slot::Predicate => Slot::Object,
            Slot::Object => Slot::AfterClause,
            Slot::Role => Slot::RoleComparison,
            Slot::RoleValue => Slot::AfterRoleValue,
            Slot::Members => match self.brackets.last() {
                Some(Bracket {
                    comma: Slot::Role, ..
                }) => Slot::AfterRoleValue,
                _ => Slot::AfterOperand,
            },
            Slot::Operand => Slot::AfterOperand,
            Slot::Column | Slot::ColumnName => Slot::AfterColumn,
            Slot::Name | Slot::RuleName => Slot::AfterName,
            Slot::Count | Slot::Time => Slot::AfterModifier,
            other => other,
        }
    }

    fn keyword(&mut self, keyword: Keyword) -> Slot {
        if self.slot == Slot::Start && self.statement != Some(Keyword::Explain) {
            self.statement = Some(keyword);
        }
        match keyword {
            Keyword::Find => {
                self.section = Section::Columns;
                Slot::Column
            }
            Keyword::Explain => Slot::Start,
            Keyword::Describe | Keyword::Alias | Keyword::Merge | Keyword::Forget => Slot::Name,
            Keyword::Assert | Keyword::Retract => Slot::Subject,
            Keyword::Rule => match self.statement {
                Some(Keyword::Describe | Keyword::Undo) => Slot::RuleName,
                _ => Slot::Subject,
            },
            Keyword::Undo => Slot::Undo,
            Keyword::Into => Slot::Name,
            Keyword::Where | Keyword::If => {
                self.section = Section::Clauses;
                Slot::Subject
            }
            Keyword::Not | Keyword::Optional | Keyword::Or => Slot::Subject,
            Keyword::Distinct => self.slot,
            Keyword::In => Slot::Members,
            Keyword::Having => {
                self.section = Section::Conditions;
                Slot::Operand
            }
            Keyword::Order => Slot::By,
            Keyword::By => {
                self.section = Section::Keys;
                Slot::Operand
            }
            Keyword::Asc | Keyword::Desc => Slot::AfterModifier,
            Keyword::Limit | Keyword::Offset => Slot::Count,
            Keyword::As if self.section == Section::Columns => Slot::ColumnName,
            Keyword::As => Slot::Of,
            Keyword::Of if self.slot == Slot::Of => Slot::Time,
            Keyword::Of => Slot::Name,
            Keyword::Valid => Slot::At,
            Keyword::At => Slot::Time,
            Keyword::With => Slot::Sources,
            Keyword::Sources => Slot::AfterModifier,
            Keyword::True | Keyword::False => self.word(TokenKind::Number),
        }
    }
}
