//! What the grammar allows and the language does not: functions that do not exist, aggregates
//! among the clauses, facts with variables in them.

use crate::similarity::nearest_word;
use std::collections::BTreeSet;

use super::diagnostic::{Diagnostic, DiagnosticKind};
use super::syntax::{
    Block, Call, Clause, Closure, Expression, ExpressionKind, Members, Modifiers, Pattern,
    PredicateKind, Query, Span, Statement, StatementKind, Term, TermKind, Test,
};
use super::vocabulary::{ANY_NUMBER, Function};

/// Names of functions in other languages, and ours.
const FOREIGN_FUNCTIONS: &[(&str, &str)] = &[
    ("average", "avg"),
    ("mean", "avg"),
    ("regex", "matches"),
    ("like", "matches"),
    ("lcase", "lower"),
    ("ucase", "upper"),
    ("strlen", "length"),
    ("len", "length"),
    ("strstarts", "starts_with"),
    ("strends", "ends_with"),
    ("str", "text"),
    ("ceil", "ceiling"),
    ("group_concat", "group_text"),
    ("string_agg", "group_text"),
    ("any_value", "sample"),
    ("first", "sample"),
    ("ifnull", "coalesce"),
    ("type", "kind"),
    ("within", "during"),
];

/// Notes what is wrong with a well-formed statement.
pub(super) fn statement(statement: &Statement, problems: &mut Vec<Diagnostic>) {
    match &statement.kind {
        StatementKind::Query(query) | StatementKind::Explain(query) => check_query(query, problems),
        StatementKind::Assert(assert) => {
            for fact in &assert.facts {
                asserted(fact, problems);
            }
        }
        StatementKind::Retract(retract) => {
            for fact in &retract.facts {
                without_closure(fact, "a fact to retract", problems);
            }
            no_aggregates(&retract.clauses, problems);
        }
        StatementKind::Rule(rule) => {
            head(&rule.head, &rule.body, problems);
            no_aggregates(&rule.body, problems);
        }
        _ => {}
    }
}

fn meaning(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(DiagnosticKind::Meaning, message, span)
}

/// That there is no such function, with the one that may have been meant.
pub(super) fn unknown_function(word: &str, span: Span) -> Diagnostic {
    let message = format!("there is no function `{word}`");
    let lower = word.to_lowercase();
    let foreign = FOREIGN_FUNCTIONS
        .iter()
        .find(|(foreign, _)| *foreign == lower);
    let names = Function::TABLE.iter().map(|entry| entry.word);
    let meant = foreign
        .map(|&(_, ours)| ours)
        .or_else(|| nearest_word(word, names));
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "the functions are listed in the language reference".to_owned(),
    };
    meaning(message, span).with_help(help)
}

/// Whether a function gets as many arguments as it takes.
pub(super) fn call(call: &Call, span: Span, problems: &mut Vec<Diagnostic>) {
    let Some(entry) = call.function.entry() else {
        return;
    };
    let given = call.arguments.len();
    if given < entry.least || given > entry.most {
        let arguments = if entry.most == 1 {
            "argument"
        } else {
            "arguments"
        };
        let number = match (entry.least, entry.most) {
            (least, ANY_NUMBER) => format!("{least} or more"),
            (least, most) if least == most => least.to_string(),
            (0, most) => format!("at most {most}"),
            (least, most) => format!("{least} to {most}"),
        };
        let message = format!("`{}` takes {number} {arguments}, not {given}", entry.word);
        problems.push(meaning(message, span).with_help(entry.signature));
    }
    if call.is_distinct && (given == 0 || !call.function.is_aggregate()) {
        let message = "`distinct` stands before the argument of an aggregate";
        problems.push(meaning(message, span).with_help("as in count(distinct ?who)"));
    }
}

fn check_query(query: &Query, problems: &mut Vec<Diagnostic>) {
    no_aggregates(&query.clauses, problems);
    let Modifiers { having, order, .. } = &query.modifiers;
    if let Some(find) = &query.find {
        let bound = bound_variables(&query.clauses);
        for column in &find.columns {
            not_nested(&column.expression, problems);
            each_variable(&column.expression, &mut |name, span| {
                if !bound.contains(name) {
                    let message = format!("no clause gives ?{name} a value");
                    let help = format!("add one, such as: ?{name} work_for ?whom");
                    problems.push(meaning(message, span).with_help(help));
                }
            });
        }
    }
    for expression in having.iter().chain(order.iter().map(|key| &key.expression)) {
        not_nested(expression, problems);
    }
    if let (None, Some(first)) = (&query.find, having.first()) {
        let help = "as in: find ?org, count() as ?n where ?who work_for ?org having ?n > 3";
        let message = "`having` tests the columns of `find`";
        problems.push(meaning(message, first.span).with_help(help));
    }
}

/// Aggregates make one value of many rows, which clauses do not have.
fn no_aggregates(clauses: &[Clause], problems: &mut Vec<Diagnostic>) {
    for clause in clauses {
        match clause {
            Clause::Pattern(_) => {}
            Clause::Filter(expression) => each_call(expression, &mut |call| {
                if call.function.is_aggregate() {
                    let message = format!(
                        "`{}` is an aggregate, which no clause can test",
                        call.function.word()
                    );
                    let help = "put it in a column of find, in having or in order by";
                    problems.push(meaning(message, call.span).with_help(help));
                }
            }),
            Clause::Not(Block { clauses, .. })
            | Clause::Optional(Block { clauses, .. })
            | Clause::Block(Block { clauses, .. }) => no_aggregates(clauses, problems),
            Clause::Or(blocks) => {
                for block in blocks {
                    no_aggregates(&block.clauses, problems);
                }
            }
        }
    }
}

/// An aggregate within an aggregate has nothing to aggregate.
fn not_nested(expression: &Expression, problems: &mut Vec<Diagnostic>) {
    each_call(expression, &mut |outer| {
        if !outer.function.is_aggregate() {
            return;
        }
        for argument in &outer.arguments {
            each_call(argument, &mut |inner| {
                if inner.function.is_aggregate() {
                    let message = format!(
                        "`{}` cannot stand within `{}`: both are aggregates",
                        inner.function.word(),
                        outer.function.word()
                    );
                    problems.push(meaning(message, inner.span));
                }
            });
        }
    });
}

/// A fact to assert says everything.
fn asserted(fact: &Pattern, problems: &mut Vec<Diagnostic>) {
    without_closure(fact, "an asserted fact", problems);
    let terms = std::iter::once(&fact.subject).chain(&fact.object);
    let values = fact
        .annotations
        .iter()
        .filter_map(|annotation| match &annotation.test {
            Test::Compare(super::syntax::Comparison::Equal, term) => Some(term),
            _ => {
                let message = "an asserted fact says what is, with `=`";
                problems.push(meaning(message, annotation.span));
                None
            }
        });
    let values: Vec<&Term> = values.collect();
    for term in terms.chain(values) {
        if matches!(term.kind, TermKind::Variable(_) | TermKind::Blank) {
            let help = "write a name, a value or a parameter; a rule derives facts from others";
            problems.push(meaning("an asserted fact has no variables", term.span).with_help(help));
        }
    }
    if let PredicateKind::Variable(_) = fact.path.predicate.kind {
        problems.push(meaning(
            "an asserted fact has no variables",
            fact.path.predicate.span,
        ));
    }
}

/// The head of a rule names the predicate it defines, and its variables come from the body.
fn head(head: &Pattern, body: &[Clause], problems: &mut Vec<Diagnostic>) {
    without_closure(head, "the fact a rule derives", problems);
    if let PredicateKind::Variable(_) | PredicateKind::Parameter(_) = head.path.predicate.kind {
        let message = "a rule defines a predicate by its name";
        problems.push(meaning(message, head.path.predicate.span));
    }
    let bound = bound_variables(body);
    for term in std::iter::once(&head.subject).chain(&head.object) {
        match &term.kind {
            TermKind::Variable(name) if !bound.contains(name.as_str()) => {
                let message = format!("no clause after `if` gives ?{name} a value");
                problems.push(meaning(message, term.span));
            }
            TermKind::Blank => {
                problems.push(meaning("the fact a rule derives has no blanks", term.span));
            }
            _ => {}
        }
    }
}

fn without_closure(fact: &Pattern, what: &str, problems: &mut Vec<Diagnostic>) {
    if fact.path.closure != Closure::Once {
        let message = format!("{what} is one step: `+` and `*` are for questions");
        problems.push(meaning(message, fact.path.span));
    }
}

/// The variables that stand where they can get a value: anywhere but within `not`.
fn bound_variables(clauses: &[Clause]) -> BTreeSet<&str> {
    let mut bound = BTreeSet::new();
    for clause in clauses {
        bind(clause, &mut bound);
    }
    bound
}

fn bind<'tree>(clause: &'tree Clause, bound: &mut BTreeSet<&'tree str>) {
    match clause {
        Clause::Pattern(pattern) => bind_pattern(pattern, bound),
        Clause::Filter(expression) => each_variable(expression, &mut |name, _| {
            bound.insert(name);
        }),
        Clause::Not(_) => {}
        Clause::Optional(block) | Clause::Block(block) => {
            block.clauses.iter().for_each(|clause| bind(clause, bound));
        }
        Clause::Or(blocks) => {
            let clauses = blocks.iter().flat_map(|block| &block.clauses);
            clauses.for_each(|clause| bind(clause, bound));
        }
    }
}

fn bind_pattern<'tree>(pattern: &'tree Pattern, bound: &mut BTreeSet<&'tree str>) {
    let mut term = |term: &'tree Term| {
        if let TermKind::Variable(name) = &term.kind {
            bound.insert(name);
        }
    };
    term(&pattern.subject);
    pattern.object.iter().for_each(&mut term);
    for annotation in &pattern.annotations {
        match &annotation.test {
            Test::Compare(_, value) => term(value),
            Test::In(members) => terms_of(members).iter().for_each(&mut term),
        }
    }
    if let PredicateKind::Variable(name) = &pattern.path.predicate.kind {
        bound.insert(name);
    }
}

fn terms_of(members: &Members) -> &[Term] {
    match members {
        Members::List(terms, _) => terms,
        Members::Parameter(..) => &[],
    }
}

/// Visits the variables of an expression. Its depth is bounded by the parser.
fn each_variable<'tree>(expression: &'tree Expression, visit: &mut dyn FnMut(&'tree str, Span)) {
    let mut term = |term: &'tree Term| {
        if let TermKind::Variable(name) = &term.kind {
            visit(name, term.span);
        }
    };
    match &expression.kind {
        ExpressionKind::Term(value) => term(value),
        ExpressionKind::Call(call) => {
            call.arguments
                .iter()
                .for_each(|argument| each_variable(argument, visit));
        }
        ExpressionKind::Negate(inner) => each_variable(inner, visit),
        ExpressionKind::Arithmetic(_, left, right) | ExpressionKind::Compare(_, left, right) => {
            each_variable(left, visit);
            each_variable(right, visit);
        }
        ExpressionKind::In(value, members) => {
            terms_of(members).iter().for_each(term);
            each_variable(value, visit);
        }
    }
}

impl Query {
    /// Whether rows of the answer are computed from many solutions: a column, a condition of
    /// `having` or a key of `order by` has an aggregate.
    #[must_use]
    pub fn has_aggregates(&self) -> bool {
        let columns = self.find.iter().flat_map(|find| &find.columns);
        let columns = columns.map(|column| &column.expression);
        let keys = self.modifiers.order.iter().map(|key| &key.expression);
        let mut is_found = false;
        for expression in columns.chain(&self.modifiers.having).chain(keys) {
            each_call(expression, &mut |call| {
                is_found |= call.function.is_aggregate()
            });
        }
        is_found
    }
}

/// Visits the calls of an expression, the outer before the inner.
fn each_call(expression: &Expression, visit: &mut dyn FnMut(&Call)) {
    match &expression.kind {
        ExpressionKind::Term(_) => {}
        ExpressionKind::Call(call) => {
            visit(call);
            call.arguments
                .iter()
                .for_each(|argument| each_call(argument, visit));
        }
        ExpressionKind::Negate(inner) | ExpressionKind::In(inner, _) => each_call(inner, visit),
        ExpressionKind::Arithmetic(_, left, right) | ExpressionKind::Compare(_, left, right) => {
            each_call(left, visit);
            each_call(right, visit);
        }
    }
}
