//! The language reference: its tables are those of the code, its examples are read.

use std::fs;

use factbase::language::{
    Completeness, Function, Keyword, SourceField, StatementKind, completeness, format, parse,
};

use super::ebnf::path;

/// A block of code of the reference.
pub(crate) struct Block {
    /// What stands after the three backticks: `factbase`, `factbase facts`, `rows` …
    pub(crate) tag: String,
    pub(crate) text: String,
}

/// The blocks of code of `grammar/README.md`, in order. A `factbase` block is run; a `rows` block
/// after it has the header and the rows its last statement answers with, as comma-separated
/// values, in any order unless the statement orders them.
pub(crate) fn blocks() -> Vec<Block> {
    let text = fs::read_to_string(path("grammar/README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(tag), None) => {
                open = Some(Block {
                    tag: tag.to_owned(),
                    text: String::new(),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block of code has no end");
    blocks
}

#[test]
fn every_example_is_read_without_a_word() {
    let mut statements = 0;
    for block in blocks()
        .iter()
        .filter(|block| block.tag.starts_with("factbase"))
    {
        let parsed = parse(&block.text);
        if let Some(problem) = parsed.diagnostics.first() {
            panic!("{}\n{}", block.text, problem.render(&block.text, false));
        }
        assert_eq!(completeness(&block.text), Completeness::Complete);
        let again = parse(&format(&parsed.script)).script;
        assert_eq!(again.statements.len(), parsed.script.statements.len());
        assert!(
            again
                .statements
                .iter()
                .all(|one| one.kind != StatementKind::Error)
        );
        statements += parsed.script.statements.len();
    }
    assert!(statements > 50, "{statements} statements");
}

#[test]
fn rows_follow_a_question_and_begin_with_its_columns() {
    let blocks = blocks();
    for (index, block) in blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.tag == "rows")
    {
        let asked = &blocks[index - 1];
        assert_eq!(asked.tag, "factbase");
        let last = parse(&asked.text).script.statements.pop().unwrap();
        assert!(
            matches!(last.kind, StatementKind::Query(_)),
            "{}",
            asked.text
        );
        let mut lines = block.text.lines();
        let columns = lines.next().unwrap().split(',').count();
        for line in lines {
            assert_eq!(line.split(',').count(), columns, "{line}");
        }
    }
}

#[test]
fn the_tables_are_those_of_the_code() {
    let text = fs::read_to_string(path("grammar/README.md")).unwrap();
    let has = |row: String| assert!(text.contains(&row), "the reference lacks the row\n{row}");
    for entry in Function::TABLE {
        has(format!("| `{}` | {} |\n", entry.signature, entry.doc));
    }
    for entry in Keyword::TABLE {
        has(format!("| `{}` | {} |\n", entry.word, entry.doc));
    }
    for entry in SourceField::TABLE {
        has(format!(
            "| `{}` | {} | {} |\n",
            entry.word, entry.value, entry.doc
        ));
    }
}

#[test]
fn the_samples_are_read_without_a_word() {
    for entry in fs::read_dir(path("grammar/samples")).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let parsed = parse(&text);
        if let Some(problem) = parsed.diagnostics.first() {
            panic!("{}\n{}", file.display(), problem.render(&text, false));
        }
        let again = parse(&format(&parsed.script)).script;
        assert_eq!(again.statements.len(), parsed.script.statements.len());
    }
}
