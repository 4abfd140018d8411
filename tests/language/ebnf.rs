//! A reader of W3C EBNF as `grammar/query.ebnf` uses it, and a recogniser that works on what it
//! reads. Neither shares anything with the parser they are compared with.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use unicode_normalization::char::is_combining_mark;

/// The right side of a production.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Literal(String),
    Reference(String),
    Class(Class),
    Sequence(Vec<Expression>),
    Choice(Vec<Expression>),
    /// `?`, `*` and `+`: at least so often, perhaps at most once.
    Repeat(Box<Expression>, usize, bool),
}

/// A class of characters: `[a-z]`, `[^"]`, `#xA`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class {
    pub(super) is_negated: bool,
    pub(super) ranges: Vec<(char, char)>,
    pub(super) properties: Vec<String>,
}

impl Class {
    pub(super) fn has(&self, character: char) -> bool {
        let in_range = self
            .ranges
            .iter()
            .any(|&(from, to)| (from..=to).contains(&character));
        let has_property = self
            .properties
            .iter()
            .any(|property| match property.as_str() {
                "Alphabetic" => character.is_alphabetic(),
                "N" => character.is_numeric(),
                "M" => is_combining_mark(character),
                other => panic!("unknown property {other}"),
            });
        (in_range || has_property) != self.is_negated
    }
}

/// The productions that are tokens, in the eyes of the parser.
pub(super) const TERMINALS: &[&str] = &[
    "variable",
    "parameter",
    "word",
    "text",
    "number",
    "whole",
    "date",
    "timestamp",
    "interval",
];

#[derive(Debug)]
pub(super) struct Grammar {
    /// The productions in the order of the file.
    pub(super) lines: Vec<String>,
    pub(super) productions: HashMap<String, Expression>,
    /// The literals above tokens: keywords, and operators and brackets.
    pub(super) keywords: BTreeSet<String>,
    signs: BTreeSet<String>,
}

pub(super) fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

impl Grammar {
    pub(super) fn read() -> Self {
        let text = std::fs::read_to_string(path("grammar/query.ebnf")).unwrap();
        let mut rest = text.as_str();
        let mut plain = String::new();
        while let Some(start) = rest.find("(*") {
            plain.push_str(&rest[..start]);
            rest = &rest[start + rest[start..].find("*)").unwrap() + 2..];
        }
        plain.push_str(rest);
        let lines: Vec<String> = plain
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect();
        let productions = lines.iter().map(|line| {
            let (name, right) = line.split_once(" ::= ").unwrap();
            let mut reader = Reader {
                characters: right.chars().collect(),
                at: 0,
            };
            let expression = reader.choice();
            assert_eq!(reader.at, reader.characters.len(), "{line}");
            (name.to_owned(), expression)
        });
        let productions: HashMap<_, _> = productions.collect();
        assert_eq!(
            productions.len(),
            lines.len(),
            "a production is defined twice"
        );
        let mut grammar = Self {
            lines,
            productions,
            keywords: BTreeSet::new(),
            signs: BTreeSet::new(),
        };
        let is_word = |text: &String| text.starts_with(|c: char| c.is_alphabetic());
        (grammar.keywords, grammar.signs) = grammar.literals().into_iter().partition(is_word);
        grammar
    }

    pub(super) fn get(&self, name: &str) -> &Expression {
        self.productions
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not defined"))
    }

    /// The productions that can be reached from one, itself included, stopping at tokens or not.
    pub(super) fn reach(&self, start: &str, stops_at_tokens: bool) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![start.to_owned()];
        while let Some(name) = waiting.pop() {
            if !reached.insert(name.clone())
                || (stops_at_tokens && TERMINALS.contains(&name.as_str()))
            {
                continue;
            }
            references(self.get(&name), &mut waiting);
        }
        reached
    }

    /// The literals of the part of the grammar above tokens.
    pub(super) fn literals(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for name in self.reach("script", true) {
            if !TERMINALS.contains(&name.as_str()) {
                literals(self.get(&name), &mut found);
            }
        }
        found
    }
}

fn references(expression: &Expression, found: &mut Vec<String>) {
    match expression {
        Expression::Reference(name) => found.push(name.clone()),
        Expression::Sequence(parts) | Expression::Choice(parts) => {
            parts.iter().for_each(|part| references(part, found));
        }
        Expression::Repeat(part, ..) => references(part, found),
        Expression::Literal(_) | Expression::Class(_) => {}
    }
}

fn literals(expression: &Expression, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Literal(text) => {
            found.insert(text.clone());
        }
        Expression::Sequence(parts) | Expression::Choice(parts) => {
            parts.iter().for_each(|part| literals(part, found));
        }
        Expression::Repeat(part, ..) => literals(part, found),
        Expression::Reference(_) | Expression::Class(_) => {}
    }
}

struct Reader {
    characters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    fn choice(&mut self) -> Expression {
        let mut parts = vec![self.sequence()];
        while self.peek() == Some('|') {
            self.at += 1;
            parts.push(self.sequence());
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Expression::Choice(parts)
        }
    }

    fn sequence(&mut self) -> Expression {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some('|' | ')') => break,
                Some(_) => parts.push(self.repeated()),
            }
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Expression::Sequence(parts)
        }
    }

    fn repeated(&mut self) -> Expression {
        let part = Box::new(self.single());
        let (least, is_single) = match self.peek() {
            Some('?') => (0, true),
            Some('*') => (0, false),
            Some('+') => (1, false),
            _ => return *part,
        };
        self.at += 1;
        Expression::Repeat(part, least, is_single)
    }

    fn single(&mut self) -> Expression {
        let first = self.peek().unwrap();
        self.at += 1;
        match first {
            '(' => {
                let inner = self.choice();
                assert_eq!(self.peek(), Some(')'));
                self.at += 1;
                inner
            }
            '"' | '\'' => {
                let start = self.at;
                while self.peek() != Some(first) {
                    self.at += 1;
                }
                self.at += 1;
                Expression::Literal(self.characters[start..self.at - 1].iter().collect())
            }
            '[' => self.class(),
            '#' => {
                let character = self.code();
                let ranges = vec![(character, character)];
                Expression::Class(Class {
                    is_negated: false,
                    ranges,
                    properties: Vec::new(),
                })
            }
            _ => {
                let start = self.at - 1;
                while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    self.at += 1;
                }
                Expression::Reference(self.characters[start..self.at].iter().collect())
            }
        }
    }

    /// A character by its number, after the `#`.
    fn code(&mut self) -> char {
        assert_eq!(self.peek(), Some('x'));
        self.at += 1;
        let start = self.at;
        while self
            .peek()
            .is_some_and(|c| c.is_ascii_digit() || ('A'..='F').contains(&c))
        {
            self.at += 1;
        }
        let digits: String = self.characters[start..self.at].iter().collect();
        char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap()
    }

    fn class(&mut self) -> Expression {
        let mut class = Class {
            is_negated: false,
            ranges: Vec::new(),
            properties: Vec::new(),
        };
        if self.peek() == Some('^') {
            class.is_negated = true;
            self.at += 1;
        }
        loop {
            let first = self.peek().unwrap();
            self.at += 1;
            let from = match first {
                ']' => return Expression::Class(class),
                '\\' if self.peek() == Some('p') => {
                    let start = self.at + 2;
                    while self.peek() != Some('}') {
                        self.at += 1;
                    }
                    class
                        .properties
                        .push(self.characters[start..self.at].iter().collect());
                    self.at += 1;
                    continue;
                }
                '#' => self.code(),
                other => other,
            };
            let is_range = self.peek() == Some('-')
                && self
                    .characters
                    .get(self.at + 1)
                    .is_some_and(|&next| next != ']')
                && first != '-';
            let to = if is_range {
                self.at += 2;
                self.characters[self.at - 1]
            } else {
                from
            };
            class.ranges.push((from, to));
        }
    }
}

/// The ways to read a part of a text: each end with the number of ways to get there.
type Ends = BTreeMap<usize, u64>;

/// What a recogniser reads: characters, or tokens.
trait Input {
    fn literal(&self, text: &str, at: usize) -> Option<usize>;
    fn class(&self, class: &Class, at: usize) -> Option<usize>;
    /// Whether a production is a token, and if so whether it stands here.
    fn token(&self, name: &str, at: usize) -> Option<Option<usize>>;
}

struct Recogniser<'grammar, Source> {
    grammar: &'grammar Grammar,
    source: Source,
    known: HashMap<(String, usize), Ends>,
}

impl<Source: Input> Recogniser<'_, Source> {
    fn ends(&mut self, expression: &Expression, at: usize) -> Ends {
        let single = |end: Option<usize>| end.map(|end| (end, 1)).into_iter().collect();
        match expression {
            Expression::Literal(text) => single(self.source.literal(text, at)),
            Expression::Class(class) => single(self.source.class(class, at)),
            Expression::Reference(name) => {
                if let Some(token) = self.source.token(name, at) {
                    return single(token);
                }
                let key = (name.clone(), at);
                if let Some(known) = self.known.get(&key) {
                    return known.clone();
                }
                let ends = self.ends(self.grammar.get(name), at);
                self.known.insert(key, ends.clone());
                ends
            }
            Expression::Sequence(parts) => {
                let mut current = Ends::from([(at, 1)]);
                for part in parts {
                    current = self.step(part, &current);
                }
                current
            }
            Expression::Choice(parts) => {
                let mut all = Ends::new();
                for part in parts {
                    add(&mut all, &self.ends(part, at), 1);
                }
                all
            }
            Expression::Repeat(part, least, is_single) => {
                let mut all = Ends::new();
                let mut current = Ends::from([(at, 1)]);
                if *least == 0 {
                    all.insert(at, 1);
                }
                loop {
                    current = self.step(part, &current);
                    add(&mut all, &current, 1);
                    if current.is_empty() || *is_single {
                        return all;
                    }
                }
            }
        }
    }

    fn step(&mut self, part: &Expression, from: &Ends) -> Ends {
        let mut all = Ends::new();
        for (&at, &ways) in from {
            add(&mut all, &self.ends(part, at), ways);
        }
        all
    }
}

fn add(all: &mut Ends, more: &Ends, ways: u64) {
    for (&end, &count) in more {
        let sum = all.entry(end).or_default();
        *sum = sum.saturating_add(count.saturating_mul(ways));
    }
}

struct Characters<'text>(&'text [char]);

impl Input for Characters<'_> {
    fn literal(&self, text: &str, at: usize) -> Option<usize> {
        let length = text.chars().count();
        let found = self.0.get(at..at + length)?;
        found
            .iter()
            .copied()
            .eq(text.chars())
            .then_some(at + length)
    }

    fn class(&self, class: &Class, at: usize) -> Option<usize> {
        self.0
            .get(at)
            .filter(|&&character| class.has(character))
            .map(|_| at + 1)
    }

    fn token(&self, _: &str, _: usize) -> Option<Option<usize>> {
        None
    }
}

/// A token as the scanner sees it: the terminals and the literals it can be.
#[derive(Clone, Debug)]
pub(super) struct Scanned {
    terminals: Vec<&'static str>,
    literal: Option<String>,
}

struct Tokens<'text>(&'text [Scanned]);

impl Input for Tokens<'_> {
    fn literal(&self, text: &str, at: usize) -> Option<usize> {
        let token = self.0.get(at)?;
        (token.literal.as_deref() == Some(text)).then_some(at + 1)
    }

    fn class(&self, _: &Class, _: usize) -> Option<usize> {
        None
    }

    fn token(&self, name: &str, at: usize) -> Option<Option<usize>> {
        let is_token = TERMINALS.contains(&name);
        let stands = || {
            self.0
                .get(at)
                .filter(|token| token.terminals.contains(&name))
        };
        is_token.then(|| stands().map(|_| at + 1))
    }
}

impl Grammar {
    /// Cuts a text into tokens by the productions of the grammar, or fails.
    pub(super) fn scan(&self, text: &str) -> Option<Vec<Scanned>> {
        let characters: Vec<char> = text.chars().collect();
        let Expression::Class(following) = self.get("following") else {
            unreachable!()
        };
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            if characters[at].is_whitespace() || characters[at] == '\u{feff}' {
                at += 1;
                continue;
            }
            if characters[at] == '#' {
                while at < characters.len() && characters[at] != '\n' {
                    at += 1;
                }
                continue;
            }
            let (token, end) = self.longest(&characters, at)?;
            let next = characters.get(end).copied();
            let digit_after = characters.get(end + 1).is_some_and(char::is_ascii_digit);
            let is_time = ["date", "timestamp", "interval"]
                .iter()
                .any(|time| token.terminals.contains(time));
            let is_bounded = is_time
                || token.literal.as_deref() == Some("_")
                || token.terminals.contains(&"number");
            if (is_bounded && next.is_some_and(|next| following.has(next)))
                || (is_time && matches!(next, Some('-' | ':' | '.')) && digit_after)
            {
                return None;
            }
            tokens.push(token);
            at = end;
        }
        Some(tokens)
    }

    fn longest(&self, characters: &[char], at: usize) -> Option<(Scanned, usize)> {
        let source = Characters(characters);
        let mut best: Option<(Scanned, usize)> = None;
        for sign in &self.signs {
            if let Some(end) = source.literal(sign, at)
                && best.as_ref().is_none_or(|&(_, longest)| end > longest)
            {
                let token = Scanned {
                    terminals: Vec::new(),
                    literal: Some(sign.clone()),
                };
                best = Some((token, end));
            }
        }
        let source = Characters(characters);
        let mut recogniser = Recogniser {
            grammar: self,
            source,
            known: HashMap::new(),
        };
        for terminal in TERMINALS {
            let ends = recogniser.ends(self.get(terminal), at);
            let Some((&end, _)) = ends.last_key_value() else {
                continue;
            };
            match &mut best {
                Some((token, longest)) if *longest == end => token.terminals.push(terminal),
                Some((_, longest)) if *longest > end => {}
                _ => {
                    best = Some((
                        Scanned {
                            terminals: vec![terminal],
                            literal: None,
                        },
                        end,
                    ))
                }
            }
        }
        let (mut token, end) = best?;
        if token.terminals == ["word"] {
            let word: String = characters[at..end].iter().collect();
            let lower = word.to_ascii_lowercase();
            if self.keywords.contains(&lower) {
                token = Scanned {
                    terminals: Vec::new(),
                    literal: Some(lower),
                };
            }
        }
        Some((token, end))
    }

    /// In how many ways a text is a script. Statements are ended by `;` alone here.
    pub(super) fn ways(&self, text: &str) -> u64 {
        let Some(tokens) = self.scan(text) else {
            return 0;
        };
        let source = Tokens(&tokens);
        let mut recogniser = Recogniser {
            grammar: self,
            source,
            known: HashMap::new(),
        };
        let ends = recogniser.ends(self.get("script"), 0);
        ends.get(&tokens.len()).copied().unwrap_or_default()
    }
}
