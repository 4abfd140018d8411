//! The chain from `grammar/query.ebnf` to the parser and the editors' grammars.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use factbase::language::{
    Completeness, DiagnosticKind, Function, Keyword, StatementKind, complete, completeness, format,
    highlight, parse,
};

use super::ebnf::{Grammar, path};
use super::generate::{Chance, Generator};

/// How many sentences each test makes; the chain takes a few seconds.
const SENTENCES: u64 = 3_000;

/// The tokens of a sentence on one line, and where each begins.
fn line(tokens: &[String]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        starts.push(text.len());
        text.push_str(token);
    }
    (text, starts)
}

/// Whether a text is well formed, whatever it means.
fn is_well_formed(text: &str) -> bool {
    parse(text)
        .diagnostics
        .iter()
        .all(|problem| problem.kind == DiagnosticKind::Meaning)
}

fn messages(text: &str) -> String {
    parse(text)
        .diagnostics
        .iter()
        .map(|problem| problem.render(text, false))
        .collect()
}

#[test]
fn every_production_is_defined_and_used() {
    let grammar = Grammar::read();
    let used = grammar.reach("script", false);
    let defined: BTreeSet<String> = grammar.productions.keys().cloned().collect();
    assert_eq!(used, defined);
}

#[test]
fn each_production_stands_above_its_function() {
    let grammar = Grammar::read();
    let mut above: Vec<String> = Vec::new();
    let mut folder = vec![path("src/language")];
    while let Some(at) = folder.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let entry = entry.unwrap().path();
            if entry.is_dir() {
                folder.push(entry);
            } else {
                productions_above_functions(&entry, &mut above);
            }
        }
    }
    above.sort();
    let mut lines = grammar.lines.clone();
    lines.sort();
    assert_eq!(above, lines);
}

/// The productions in comments, each of which must be followed by a function.
fn productions_above_functions(file: &Path, above: &mut Vec<String>) {
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for (number, line) in lines.iter().enumerate() {
        let Some(production) = line
            .strip_prefix("// ")
            .filter(|line| line.contains(" ::= "))
        else {
            continue;
        };
        let next = lines[number..]
            .iter()
            .find(|line| !line.starts_with("//"))
            .unwrap();
        assert!(next.contains("fn "), "{}: {production}", file.display());
        above.push(production.to_owned());
    }
}

#[test]
fn sentences_of_the_grammar_parse_in_one_way() {
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 1);
    let mut total = 0;
    for _ in 0..SENTENCES {
        let (text, _) = line(&generator.sentence("statement"));
        assert!(is_well_formed(&text), "{text}\n{}", messages(&text));
        assert_eq!(grammar.ways(&text), 1, "{text}");
        total += text.len();
    }
    assert!(
        total > 60_000,
        "the sentences are too short to show anything: {total} bytes"
    );
}

#[test]
fn mutated_sentences_parse_if_the_grammar_says_so() {
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 2);
    let mut accepted = 0;
    let mut other = generator.sentence("statement");
    for _ in 0..SENTENCES {
        let mut tokens = generator.sentence("statement");
        let spare = std::mem::replace(&mut other, tokens.clone());
        for _ in 0..=generator.chance.below(2) {
            mutate(&mut tokens, &spare, &mut generator.chance);
        }
        let (text, _) = line(&tokens);
        let expected = grammar.ways(&text) > 0;
        assert_eq!(
            is_well_formed(&text),
            expected,
            "{text}\n{}",
            messages(&text)
        );
        accepted += u64::from(expected);
    }
    let share = SENTENCES / 20;
    assert!(
        (share..SENTENCES - share).contains(&accepted),
        "{accepted} were accepted"
    );
}

/// Deletes, doubles, swaps or replaces a token.
fn mutate(tokens: &mut Vec<String>, spare: &[String], chance: &mut Chance) {
    if tokens.is_empty() {
        return;
    }
    let at = chance.below(tokens.len());
    match chance.below(5) {
        0 => {
            tokens.remove(at);
        }
        1 => {
            let token = tokens[at].clone();
            tokens.insert(at, token);
        }
        2 => {
            let with = chance.below(tokens.len());
            tokens.swap(at, with);
        }
        3 => tokens[at] = chance.pick(spare).clone(),
        _ => tokens.insert(at, chance.pick(spare).clone()),
    }
}

/// Short statements that use every production, tokens separated by spaces.
const SHORT: &[&str] = &[
    "Paris",
    "describe $x",
    "describe rule p",
    "explain ?x p",
    "assert a p b , c q",
    "retract a p where a q",
    "rule a p b if a q",
    "alias a of \"b\"",
    "merge a into $b",
    "undo alias a of b",
    "undo merge a into b",
    "undo rule p",
    "forget a",
    "find distinct ?x as ?y , count ( ) where ?x p",
    "find ?x > 1 where ?x p",
    "_ p having ?x > 1 , not_a ( ?x )",
    "_ p order by ?x desc , ?y asc",
    "_ p limit 1 offset $n",
    "_ p as of 2021 valid at 2021-10",
    "_ p valid at 2021/2022 with sources",
    "_ p as of 2021-10-28T10:00Z",
    "not a p , optional b q",
    "not { a p } , optional { b q }",
    "{ a p } or { b q }",
    "not ( ?x = 1 )",
    "?x in [ a , -1 ]",
    "?x in $x",
    "?x ?p + ?y [ in = _ ]",
    "a find * true [ w in [ ] , \"r\" in $x ]",
    "$x $p - 1 [ by >= 2021-10 ]",
    "1 + 2 * 3 = - ( ?x ) / -1",
    "abs ( ?x ) != count ( distinct ?y , 1 )",
];

#[test]
fn any_token_in_any_place_is_judged_by_the_grammar() {
    let grammar = Grammar::read();
    let mut pool: Vec<String> = grammar.literals().into_iter().collect();
    let tokens = [
        "?v",
        "$v",
        "w",
        "\"t\"",
        "7",
        "7.5",
        "2021-10",
        "2021-10-28T10:00",
        "2021/2022",
    ];
    pool.extend(tokens.map(str::to_owned));
    for source in SHORT {
        let tokens: Vec<String> = source.split(' ').map(str::to_owned).collect();
        for at in 0..tokens.len() {
            for token in &pool {
                let mut changed = tokens.clone();
                changed[at].clone_from(token);
                let (text, _) = line(&changed);
                let expected = grammar.ways(&text) > 0;
                assert_eq!(
                    is_well_formed(&text),
                    expected,
                    "{text}\n{}",
                    messages(&text)
                );
            }
        }
    }
}

#[test]
fn mutated_characters_parse_if_the_grammar_says_so() {
    const CHARACTERS: &[char] = &[
        '"', '\\', '?', '$', '_', '-', '+', '*', '/', '[', ']', '{', '}', '(', ')', '<', '>', '=',
        '!', ',', '.', '#', '\'', 'a', 'Z', 'e', 'T', '0', '7', 'é', '\u{301}', ' ', ':', '|',
    ];
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 3);
    for _ in 0..SENTENCES {
        let (text, _) = line(&generator.sentence("statement"));
        // A semicolon in a text may come out of it, which is a script of two statements: fine.
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=generator.chance.below(2) {
            let at = generator.chance.below(characters.len().max(1));
            let character = *generator.chance.pick(CHARACTERS);
            match generator.chance.below(3) {
                0 if !characters.is_empty() => {
                    characters.remove(at);
                }
                1 if !characters.is_empty() => characters[at] = character,
                _ => characters.insert(at, character),
            }
        }
        let text: String = characters.into_iter().collect();
        let expected = grammar.ways(&text) > 0;
        assert_eq!(
            is_well_formed(&text),
            expected,
            "{text}\n{}",
            messages(&text)
        );
    }
}

/// A tree without its spans.
fn shape(text: &str) -> String {
    let shown = format!("{:?}", parse(text).script);
    let mut shape = String::new();
    let mut rest = shown.as_str();
    while let Some(at) = rest.find("..") {
        shape.push_str(rest[..at].trim_end_matches(|c: char| c.is_ascii_digit()));
        rest = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    shape + rest
}

#[test]
fn what_is_formatted_reads_back_as_the_same_tree() {
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 4);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..3 * SENTENCES {
        let (text, _) = line(&generator.sentence("statement"));
        let parsed = parse(&text);
        if !parsed.diagnostics.is_empty() {
            continue;
        }
        let formatted = format(&parsed.script);
        assert_eq!(shape(&text), shape(&formatted), "{text}\n{formatted}");
        assert_eq!(format(&parse(&formatted).script), formatted, "{text}");
        for statement in &parsed.script.statements {
            let kind = format!("{:?}", statement.kind);
            let kind = kind.split('(').next().unwrap_or_default().to_owned();
            *kinds.entry(kind).or_default() += 1;
        }
    }
    assert_eq!(kinds.len(), 10, "{kinds:?}");
    assert!(kinds.values().all(|&count| count >= 10), "{kinds:?}");
}

#[test]
fn a_script_of_lines_reads_like_one_of_semicolons() {
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 5);
    for _ in 0..SENTENCES / 8 {
        let statements: Vec<String> = (0..5)
            .map(|_| line(&generator.sentence("statement")).0)
            .filter(|text| begins_in_first_column(text))
            .filter(|text| parse(text).diagnostics.is_empty())
            .collect();
        let kinds = |text: &str| {
            let script = parse(text).script;
            script
                .statements
                .into_iter()
                .map(|one| one.kind)
                .collect::<Vec<_>>()
        };
        let (lines, ended) = (statements.join("\n"), statements.join(";\n"));
        assert_eq!(kinds(&lines).len(), statements.len(), "{lines}");
        assert!(
            !kinds(&lines).contains(&StatementKind::Error),
            "{lines}\n{}",
            messages(&lines)
        );
        assert_eq!(shape(&lines), shape(&ended), "{lines}");
    }
}

/// Whether a statement begins and ends with tokens between which a line break ends it: not with
/// the sign of a number, nor with a keyword or an operator at its end.
fn begins_in_first_column(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let asks = Keyword::from_word(last).is_some_and(|last| {
        !matches!(
            last,
            Keyword::True | Keyword::False | Keyword::Asc | Keyword::Desc | Keyword::Sources
        )
    });
    !text.starts_with('-') && !asks && !text.ends_with(['+', '*'])
}

#[test]
fn a_prefix_of_a_statement_is_wrong_only_where_it_is_cut() {
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 6);
    for _ in 0..SENTENCES / 10 {
        let (text, starts) = line(&generator.sentence("statement"));
        for cut in (0..text.len()).filter(|&cut| text.is_char_boundary(cut)) {
            let prefix = &text[..cut];
            let cut_token = starts
                .iter()
                .rev()
                .find(|&&start| start < cut)
                .copied()
                .unwrap_or(0);
            let Completeness::Invalid(problems) = completeness(prefix) else {
                continue;
            };
            for problem in problems {
                let is_late = problem.span.start >= cut_token || problem.span.start == 0;
                let is_syntax = problem.kind == DiagnosticKind::Syntax;
                assert!(
                    is_late || !is_syntax,
                    "{prefix}\n{}",
                    problem.render(prefix, false)
                );
            }
        }
    }
}

#[test]
fn no_text_makes_anything_panic() {
    let grammar = Grammar::read();
    let mut generator = Generator::new(&grammar, 7);
    for _ in 0..SENTENCES / 4 {
        let text: String = (0..generator.chance.below(60))
            .map(|_| match generator.chance.below(4) {
                0 => generator.sentence("clause").join(" "),
                1 => char::from_u32(u32::try_from(generator.chance.below(0x3000)).unwrap())
                    .map(String::from)
                    .unwrap_or_default(),
                2 => (*generator
                    .chance
                    .pick(&["\n", "\"", "{", "[", ";", "#", "\\u{", "é"]))
                .to_owned(),
                _ => (*generator
                    .chance
                    .pick(&["2021-", "T10:", "/", "?", "$", "find ", "\r\n"]))
                .to_owned(),
            })
            .take(12)
            .collect();
        let parsed = parse(&text);
        for problem in &parsed.diagnostics {
            assert!(!problem.render(&text, true).is_empty());
        }
        let _ = (format(&parsed.script), completeness(&text));
        let covered: usize = highlight(&text)
            .iter()
            .map(|(span, _)| span.end - span.start)
            .sum();
        assert!(covered <= text.len());
        let _ = complete(&text, generator.chance.below(text.len() + 1), &());
    }
}

#[test]
fn keywords_agree_in_code_grammar_and_editors() {
    let table: BTreeSet<String> = Keyword::TABLE
        .iter()
        .map(|entry| entry.word.to_owned())
        .collect();
    assert_eq!(table, Grammar::read().keywords);
    let textmate = fs::read_to_string(path("grammar/textmate/factbase.tmLanguage.json")).unwrap();
    let tree_sitter = fs::read_to_string(path("grammar/tree-sitter/grammar.js")).unwrap();
    let words = |text: &str, before: &str, after: &str, separator: char| -> BTreeSet<String> {
        let lists = text
            .split(before)
            .skip(1)
            .filter_map(|rest| rest.split(after).next())
            .filter(|list| !list.starts_with("?:"));
        lists
            .flat_map(|list| list.split(separator))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(table, words(&textmate, "(?i:\\\\b(?:", ")\\\\b)", '|'));
    assert_eq!(table, words(&tree_sitter, "keyword(\"", "\")", '|'));
    let functions: BTreeSet<String> = Function::TABLE
        .iter()
        .map(|entry| entry.word.to_owned())
        .collect();
    assert_eq!(functions, words(&textmate, "(?i:\\\\b(", ")(?=", '|'));
}

#[test]
fn verbs_and_particles_agree_with_the_grammar() {
    let grammar = Grammar::read();
    let quoted = |names: &[&str]| -> BTreeSet<String> {
        let lines = grammar
            .lines
            .iter()
            .filter(|line| names.contains(&line.split(" ::= ").next().unwrap()));
        lines
            .flat_map(|line| line.split('"').skip(1).step_by(2))
            .map(str::to_owned)
            .collect()
    };
    let words = |fits: fn(Keyword) -> bool| -> BTreeSet<String> {
        let fitting = Keyword::TABLE.iter().filter(|entry| fits(entry.name));
        fitting.map(|entry| entry.word.to_owned()).collect()
    };
    assert_eq!(words(Keyword::is_verb), quoted(&["verb", "command"]));
    assert_eq!(words(Keyword::is_particle), quoted(&["particle"]));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_highlighted_and_completed(
        text in "(\\PC|[\"\\n?$_;{}(),=#]| [a-z]{1,6} ){0,60}"
    ) {
        let parsed = parse(&text);
        for statement in &parsed.script.statements {
            proptest::prop_assert!(text.get(statement.span.start..statement.span.end).is_some());
        }
        for problem in &parsed.diagnostics {
            proptest::prop_assert!(text.get(problem.span.start..problem.span.end).is_some());
        }
        let formatted = format(&parsed.script);
        proptest::prop_assert_eq!(format(&parse(&formatted).script), formatted);
        for cursor in 0..=text.len() {
            let _ = complete(&text, cursor, &());
        }
        let _ = (highlight(&text), completeness(&text));
    }
}
