//! The completer: what can stand at a place of an unfinished text.

use super::highlight::Class;
use super::literal::write_text;
use super::position::{Slot, Walk};
use super::statements::statements;
use super::syntax::Span;
use super::token::{Invalidity, Token, TokenKind, next_token};
use super::vocabulary::{Function, FunctionClass, Keyword, KeywordClass, MODALITIES, SourceField};

/// At most this many names are asked of the catalog at a time; a prompt shows fewer.
pub const MOST_CANDIDATES: usize = 50;

/// What a store knows, as far as completion needs it. Each list is ordered by usefulness, at
/// most `limit` long, and holds what begins with `prefix`, without regard to case.
///
/// Every method has an empty answer by default, so `()` is a catalog that knows nothing.
pub trait Catalog {
    /// Predicates, the most used first.
    fn predicates(&self, _prefix: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }

    /// Names of entities.
    fn names(&self, _prefix: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }

    /// Roles of qualifiers, the most used first.
    fn roles(&self, _prefix: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }

    /// Names of documents.
    fn documents(&self, _prefix: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }

    /// Predicates that rules define.
    fn rules(&self, _prefix: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }

    /// Parameters that have a value, without the dollar sign.
    fn parameters(&self, _prefix: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }
}

impl Catalog for () {}

/// A text that can stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What to write.
    pub text: String,
    /// What it replaces: the word at the cursor, or nothing.
    pub span: Span,
    /// What it is.
    pub class: Class,
    /// What it means, one sentence or a signature; empty for names from the catalog.
    pub doc: &'static str,
}

/// Proposes what can stand at a cursor, a byte offset into the text, the likeliest first.
///
/// ```
/// use factbase::language::complete;
///
/// let candidates = complete("find ?who wh", 12, &());
/// assert_eq!(candidates[0].text, "where");
/// assert_eq!((candidates[0].span.start, candidates[0].span.end), (10, 12));
/// ```
#[must_use]
pub fn complete(source: &str, cursor: usize, catalog: &dyn Catalog) -> Vec<Candidate> {
    let cursor = (0..=cursor.min(source.len()))
        .rev()
        .find(|&at| source.is_char_boundary(at));
    let cursor = cursor.unwrap_or_default();
    let before = source.get(..cursor).unwrap_or_default();
    let mut completion = Completion::at(before, source, catalog);
    completion.propose();
    completion.candidates
}

/// A completion in the making.
struct Completion<'text> {
    source: &'text str,
    catalog: &'text dyn Catalog,
    walk: Walk,
    /// The last complete token before the cursor.
    last: Option<Token>,
    /// The role whose value is written, in lower case.
    role: String,
    /// What is being replaced, and as much of it as is written.
    span: Span,
    prefix: String,
    /// The kind of the token being written.
    kind: Option<TokenKind>,
    candidates: Vec<Candidate>,
}

impl<'text> Completion<'text> {
    fn at(before: &'text str, source: &'text str, catalog: &'text dyn Catalog) -> Self {
        let cursor = before.len();
        let mut completion = Self {
            source,
            catalog,
            walk: Walk::new(),
            last: None,
            role: String::new(),
            span: Span::new(cursor, cursor),
            prefix: String::new(),
            kind: None,
            candidates: Vec::new(),
        };
        let start = statements(before).last().map_or(cursor, |span| span.start);
        let mut at = start;
        loop {
            let token = next_token(before, at);
            if token.kind == TokenKind::End {
                break;
            }
            if token.span.end == cursor && is_written(token.kind) {
                completion.write(before, token);
                break;
            }
            if completion.walk.slot() == Slot::Role {
                completion.role = token.span.text(before).to_lowercase();
            }
            completion.walk.advance(token);
            completion.last = Some(token);
            at = token.span.end;
        }
        completion
    }

    /// Takes the token at the cursor as the beginning of what is wanted.
    fn write(&mut self, before: &str, token: Token) {
        let text = token.span.text(before);
        self.kind = Some(token.kind);
        self.span = token.span;
        self.prefix = match token.kind {
            TokenKind::Word | TokenKind::Keyword(_) => text.to_owned(),
            _ => text.chars().skip(1).collect(),
        };
    }

    fn propose(&mut self) {
        match self.kind {
            Some(TokenKind::Variable) => return self.variables(),
            Some(TokenKind::Parameter) => return self.parameters(),
            Some(TokenKind::Invalid(Invalidity::Nameless)) => {
                let is_parameter = self.span.text(self.source).starts_with('$');
                return if is_parameter {
                    self.parameters()
                } else {
                    self.variables()
                };
            }
            _ => {}
        }
        match self.walk.slot() {
            Slot::Start => {
                self.statements();
                self.names();
            }
            Slot::Column | Slot::Operand => {
                if self
                    .last
                    .is_some_and(|last| last.kind == TokenKind::Keyword(Keyword::Find))
                {
                    self.keywords(&["distinct"]);
                }
                self.variables();
                self.functions();
                self.names();
            }
            Slot::AfterColumn => self.keywords(&["where", "as", "in"]),
            Slot::ColumnName => self.variables(),
            Slot::Subject => {
                self.variables();
                self.keywords(&["not", "optional"]);
                self.functions();
                self.names();
            }
            Slot::Predicate => self.predicates(),
            Slot::Object => {
                self.variables();
                self.names();
                self.keywords(&["true", "false"]);
            }
            Slot::AfterClause | Slot::AfterOperand | Slot::AfterModifier => self.continuations(),
            Slot::Role => self.roles(),
            Slot::RoleComparison | Slot::AfterRoleValue => self.keywords(&["in"]),
            Slot::RoleValue => self.role_values(),
            Slot::Members => self.parameters(),
            Slot::Name => self.names_or_documents(),
            Slot::AfterName => self.keywords(&["of", "into"]),
            Slot::RuleName => {
                let rules = self.catalog.rules(&self.prefix, MOST_CANDIDATES);
                self.catalogued(rules, Class::Predicate);
            }
            Slot::Undo => self.keywords(&["alias", "merge", "rule"]),
            Slot::By => self.keywords(&["by"]),
            Slot::At => self.keywords(&["at"]),
            Slot::Of => self.keywords(&["of"]),
            Slot::Sources => self.keywords(&["sources"]),
            Slot::Count | Slot::Time => self.parameters(),
        }
    }

    fn push(&mut self, text: impl Into<String>, class: Class, doc: &'static str) {
        let text = text.into();
        if !self
            .candidates
            .iter()
            .any(|candidate| candidate.text == text)
        {
            self.candidates.push(Candidate {
                text,
                span: self.span,
                class,
                doc,
            });
        }
    }

    /// Whether a word of the vocabulary begins with what is written, unless a quote is open.
    fn fits(&self, word: &str) -> bool {
        let is_word = !matches!(self.kind, Some(TokenKind::Invalid(_) | TokenKind::Text));
        let start = word.get(..self.prefix.len());
        is_word && start.is_some_and(|start| start.eq_ignore_ascii_case(&self.prefix))
    }

    /// Keywords, or phrases of two keywords.
    fn keywords(&mut self, phrases: &[&str]) {
        for phrase in phrases {
            if self.fits(phrase) {
                let first = phrase.split(' ').next().and_then(Keyword::from_word);
                let doc = first.and_then(Keyword::entry).map_or("", |entry| entry.doc);
                self.push(*phrase, Class::Keyword, doc);
            }
        }
    }

    fn statements(&mut self) {
        let begins = |keyword: Keyword| !keyword.is_continuation();
        for entry in Keyword::TABLE {
            let is_statement = entry.class == KeywordClass::Statement && begins(entry.name);
            if is_statement && self.fits(entry.word) {
                self.push(entry.word, Class::Keyword, entry.doc);
            }
        }
        if self.walk.statement().is_none() {
            self.variables();
        }
    }

    /// What can follow a clause or a modifier.
    fn continuations(&mut self) {
        match self.walk.statement() {
            Some(Keyword::Rule) => self.keywords(&["if", "or", "in"]),
            Some(Keyword::Retract) => self.keywords(&["where", "or", "in"]),
            Some(Keyword::Assert) => {}
            _ => {
                if self.walk.slot() == Slot::AfterOperand {
                    self.keywords(&["in", "asc", "desc"]);
                }
                self.keywords(&[
                    "order by",
                    "limit",
                    "offset",
                    "having",
                    "or",
                    "as of",
                    "valid at",
                    "with sources",
                ]);
            }
        }
    }

    /// The variables of the text, those of the same statement included.
    fn variables(&mut self) {
        let is_variable = matches!(
            self.kind,
            None | Some(TokenKind::Variable | TokenKind::Invalid(Invalidity::Nameless))
        );
        if !is_variable {
            return;
        }
        let mut at = 0;
        loop {
            let token = next_token(self.source, at);
            if token.kind == TokenKind::End {
                return;
            }
            at = token.span.end;
            let text = token.span.text(self.source);
            let is_own = token.span.start == self.span.start;
            let fits = text
                .get(1..)
                .is_some_and(|name| name.starts_with(&self.prefix));
            if token.kind == TokenKind::Variable && !is_own && fits {
                self.push(text, Class::Variable, "");
            }
        }
    }

    fn parameters(&mut self) {
        for name in self.catalog.parameters(&self.prefix, MOST_CANDIDATES) {
            self.push(format!("${name}"), Class::Parameter, "");
        }
    }

    fn functions(&mut self) {
        let allows_aggregates = self.walk.allows_aggregates();
        for entry in Function::TABLE {
            let is_aggregate = entry.class == FunctionClass::Aggregate;
            if self.fits(entry.word) && (allows_aggregates || !is_aggregate) {
                self.push(format!("{}(", entry.word), Class::Function, entry.signature);
            }
        }
    }

    fn predicates(&mut self) {
        let predicates = self.catalog.predicates(&self.prefix, MOST_CANDIDATES);
        self.catalogued(predicates, Class::Predicate);
    }

    /// Names of entities, once something of one is written.
    fn names(&mut self) {
        if !self.prefix.is_empty() {
            let names = self.catalog.names(&self.prefix, MOST_CANDIDATES);
            self.catalogued(names, Class::Name);
        }
    }

    fn names_or_documents(&mut self) {
        match self.walk.statement() {
            Some(Keyword::Forget) => self.documents(),
            Some(Keyword::Describe) => {
                self.keywords(&["rule"]);
                self.names();
            }
            _ => self.names(),
        }
    }

    fn documents(&mut self) {
        let documents = self.catalog.documents(&self.prefix, MOST_CANDIDATES);
        self.catalogued(documents, Class::Text);
    }

    fn roles(&mut self) {
        for entry in SourceField::TABLE {
            if self.fits(entry.word) {
                self.push(entry.word, Class::Role, entry.doc);
            }
        }
        let roles = self.catalog.roles(&self.prefix, MOST_CANDIDATES);
        self.catalogued(roles, Class::Role);
    }

    fn role_values(&mut self) {
        match SourceField::from_word(&self.role) {
            Some(SourceField::Modality) => {
                for modality in MODALITIES {
                    if self.fits(modality) {
                        self.push(modality, Class::Name, "");
                    }
                }
            }
            Some(SourceField::Negated | SourceField::Derived) => {
                self.keywords(&["true", "false"]);
            }
            Some(SourceField::Document) => self.documents(),
            _ => {}
        }
        self.variables();
        self.names();
    }

    /// Names from the catalog, in quotes where they need them.
    fn catalogued(&mut self, names: Vec<String>, class: Class) {
        let is_quoted = matches!(self.kind, Some(TokenKind::Invalid(_) | TokenKind::Text));
        for name in names {
            let token = next_token(&name, 0);
            let is_whole = token.span.start == 0 && token.span.end == name.len();
            let is_bare = match token.kind {
                TokenKind::Word => true,
                TokenKind::Keyword(keyword) => self.walk.is_plain(keyword),
                _ => false,
            };
            if is_bare && is_whole && !is_quoted {
                self.push(name, class, "");
            } else {
                let mut text = String::with_capacity(name.len() + 2);
                // Writing to a string cannot fail.
                let _ = write_text(&name, &mut text);
                self.push(text, class, "");
            }
        }
    }
}

/// Whether a token at the cursor may be unfinished.
fn is_written(token: TokenKind) -> bool {
    matches!(
        token,
        TokenKind::Word
            | TokenKind::Keyword(_)
            | TokenKind::Variable
            | TokenKind::Parameter
            | TokenKind::Invalid(Invalidity::UnclosedText | Invalidity::Nameless)
    )
}

#[cfg(test)]
mod tests;
