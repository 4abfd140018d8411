//! Sentences from the grammar, the same ones on every run.

use std::collections::HashMap;

use factbase::language::{Function, Keyword};

use super::ebnf::{Class, Expression, Grammar, TERMINALS};

/// A small generator of numbers (xorshift64*), so that a seed always gives the same sentences.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below the bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap() % bound
    }

    pub(super) fn pick<'item, Item>(&mut self, items: &'item [Item]) -> &'item Item {
        &items[self.below(items.len())]
    }
}

/// Characters to try for a class.
const CHARACTERS: &[char] = &[
    'a', 'Z', 'e', 'E', 'n', 'u', '0', '7', '9', '_', '-', '+', '\'', '\u{2019}', '"', '\\', ' ',
    'é', 'ß', '語', '\u{301}', '½', '\u{200d}', '#', ';', '.', '\n',
];

/// Deeper than this the shortest way out is taken.
const DEPTH: usize = 14;

pub(super) struct Generator<'grammar> {
    grammar: &'grammar Grammar,
    pub(super) chance: Chance,
    /// The smallest number of steps in which a production ends.
    heights: HashMap<String, usize>,
}

impl<'grammar> Generator<'grammar> {
    pub(super) fn new(grammar: &'grammar Grammar, seed: u64) -> Self {
        let mut heights: HashMap<String, usize> = HashMap::new();
        for _ in 0..grammar.lines.len() {
            for (name, expression) in &grammar.productions {
                let height = height(expression, &heights).saturating_add(1);
                heights.insert(name.clone(), height);
            }
        }
        Self {
            grammar,
            chance: Chance::new(seed),
            heights,
        }
    }

    /// The tokens of a sentence.
    pub(super) fn sentence(&mut self, start: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        self.production(start, 0, &mut tokens);
        tokens
    }

    fn production(&mut self, name: &str, depth: usize, tokens: &mut Vec<String>) {
        if TERMINALS.contains(&name) {
            tokens.push(self.token(name));
        } else if name == "call" {
            self.call(depth, tokens);
        } else {
            let grammar = self.grammar;
            self.expand(grammar.get(name), depth + 1, tokens);
        }
    }

    fn expand(&mut self, expression: &Expression, depth: usize, tokens: &mut Vec<String>) {
        match expression {
            Expression::Literal(text) => tokens.push(self.in_some_case(text)),
            Expression::Reference(name) => self.production(name, depth, tokens),
            Expression::Class(_) => unreachable!("a class stands outside a token"),
            Expression::Sequence(parts) => {
                parts
                    .iter()
                    .for_each(|part| self.expand(part, depth, tokens));
            }
            Expression::Choice(parts) => {
                let part = if depth > DEPTH {
                    parts
                        .iter()
                        .min_by_key(|part| height(part, &self.heights))
                        .unwrap()
                } else {
                    self.chance.pick(parts)
                };
                self.expand(part, depth, tokens);
            }
            Expression::Repeat(part, least, is_single) => {
                let most = if depth > DEPTH {
                    *least
                } else {
                    least + self.more(*is_single)
                };
                (0..most).for_each(|_| self.expand(part, depth, tokens));
            }
        }
    }

    /// How many more times than needed a part is repeated.
    fn more(&mut self, is_single: bool) -> usize {
        match self.chance.below(6) {
            0..=2 => 0,
            3 | 4 => 1,
            _ if is_single => 1,
            _ => 2,
        }
    }

    /// A call of a function that exists, with as many arguments as it takes.
    fn call(&mut self, depth: usize, tokens: &mut Vec<String>) {
        let entry = self.chance.pick(Function::TABLE);
        let room = entry.most.min(entry.least + 2) - entry.least;
        let count = entry.least + self.chance.below(room + 1);
        tokens.push(self.in_some_case(entry.word));
        tokens.push("(".to_owned());
        if count > 0 && entry.name.is_aggregate() && self.chance.below(3) == 0 {
            tokens.push("distinct".to_owned());
        }
        for index in 0..count {
            if index > 0 {
                tokens.push(",".to_owned());
            }
            self.production("expression", depth + 1, tokens);
        }
        tokens.push(")".to_owned());
    }

    fn in_some_case(&mut self, word: &str) -> String {
        match self.chance.below(8) {
            0 => word.to_uppercase(),
            1 => {
                let mut letters = word.chars();
                let first = letters.next().map(|first| first.to_ascii_uppercase());
                first.into_iter().chain(letters).collect()
            }
            _ => word.to_owned(),
        }
    }

    fn token(&mut self, terminal: &str) -> String {
        match terminal {
            // Few names, so that columns and heads have variables of their clauses.
            "variable" if self.chance.below(10) > 0 => {
                (*self.chance.pick(&["?x", "?y"])).to_owned()
            }
            "date" => self.date(),
            "timestamp" => self.timestamp(),
            "interval" => self.interval(),
            _ => loop {
                let mut text = String::new();
                let grammar = self.grammar;
                self.characters(grammar.get(terminal), &mut text);
                if Keyword::from_word(&text).is_none() {
                    return text;
                }
            },
        }
    }

    fn characters(&mut self, expression: &Expression, text: &mut String) {
        match expression {
            Expression::Literal(literal) => text.push_str(literal),
            Expression::Reference(name) if name == "escape" => {
                let escapes = ["\\\"", "\\\\", "\\n", "\\u{e9}", "\\u{1F600}"];
                text.push_str(self.chance.pick::<&str>(&escapes));
            }
            Expression::Reference(name) => {
                let grammar = self.grammar;
                self.characters(grammar.get(name), text);
            }
            Expression::Class(class) => text.push(self.character(class)),
            Expression::Sequence(parts) => {
                parts.iter().for_each(|part| self.characters(part, text));
            }
            Expression::Choice(parts) => {
                let part = self.chance.pick(parts);
                self.characters(part, text);
            }
            Expression::Repeat(part, least, is_single) => {
                let most = least + self.more(*is_single);
                (0..most).for_each(|_| self.characters(part, text));
            }
        }
    }

    fn character(&mut self, class: &Class) -> char {
        let fitting: Vec<char> = CHARACTERS
            .iter()
            .copied()
            .filter(|&one| class.has(one))
            .collect();
        *self.chance.pick(&fitting)
    }

    fn date(&mut self) -> String {
        let (year, month) = (1000 + self.chance.below(2000), 1 + self.chance.below(12));
        match self.chance.below(2) {
            0 => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{:02}", 1 + self.chance.below(28)),
        }
    }

    fn timestamp(&mut self) -> String {
        let (hour, minute) = (self.chance.below(24), self.chance.below(60));
        let second = *self.chance.pick(&["", ":07", ":59.25", ":00.123456789"]);
        let zone = *self.chance.pick(&["", "Z", "+05:30", "-11:00"]);
        format!("2021-10-28T{hour:02}:{minute:02}{second}{zone}")
    }

    fn interval(&mut self) -> String {
        let start = *self
            .chance
            .pick(&["1901", "1901-02", "1901-02-03", "1901-02-03T04:05Z"]);
        let end = *self
            .chance
            .pick(&["3001", "3001-02", "3001-02-03", "3001-02-03T04:05:06Z"]);
        format!("{start}/{end}")
    }
}

/// How many steps an expression needs at least.
fn height(expression: &Expression, heights: &HashMap<String, usize>) -> usize {
    match expression {
        Expression::Literal(_) | Expression::Class(_) => 0,
        Expression::Reference(name) if TERMINALS.contains(&name.as_str()) => 0,
        // A production not yet measured is as high as can be.
        Expression::Reference(name) => heights.get(name).copied().unwrap_or(usize::MAX / 2),
        Expression::Sequence(parts) => parts
            .iter()
            .map(|part| height(part, heights))
            .max()
            .unwrap_or(0),
        Expression::Choice(parts) => parts
            .iter()
            .map(|part| height(part, heights))
            .min()
            .unwrap_or(0),
        Expression::Repeat(_, 0, _) => 0,
        Expression::Repeat(part, ..) => height(part, heights),
    }
}
