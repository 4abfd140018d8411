//! The formats, each on the same rows.

use super::terminal::width;
use super::*;

fn rows() -> Vec<Vec<Field<'static>>> {
    vec![
        vec![
            Field::Text("Marie Curie".into()),
            Field::Number(2.into_number()),
        ],
        vec![
            Field::Text("李 \"x\", | y".into()),
            Field::Number(1903.into_number()),
        ],
        vec![Field::Text("a\nb".into()), Field::Empty],
    ]
}

trait IntoNumber {
    fn into_number(self) -> factbase::Number;
}

impl IntoNumber for i64 {
    fn into_number(self) -> factbase::Number {
        factbase::Number::Integer(self)
    }
}

fn written(format: Format, style: Style) -> String {
    let mut out = Vec::new();
    let mut writer = writer(format, style);
    writer
        .begin(&mut out, &["who".to_owned(), "count".to_owned()])
        .unwrap();
    for row in rows() {
        writer.row(&mut out, &row, &[]).unwrap();
    }
    writer.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_table_aligns_wide_characters_and_numbers() {
    let expected = "\
who          count
───────────  ─────
Marie Curie      2
李 \"x\", | y   1903
a b
(3 rows)
";
    assert_eq!(written(Format::Table, Style::PLAIN), expected);
}

#[test]
fn a_table_fits_the_terminal_and_cuts_with_an_ellipsis() {
    let style = Style {
        columns: Some(17),
        is_numbered: true,
        ..Style::PLAIN
    };
    let table = written(Format::Table, style);
    assert!(table.contains("  1  Marie C…"), "{table}");
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| !line.starts_with('('))
        .collect();
    assert!(rows.iter().all(|line| width(line) <= 20), "{table}");
}

#[test]
fn json_lines_are_objects_with_numbers_and_nulls() {
    let expected = "{\"who\":\"Marie Curie\",\"count\":2}\n\
                    {\"who\":\"李 \\\"x\\\", | y\",\"count\":1903}\n\
                    {\"who\":\"a\\nb\",\"count\":null}\n";
    let lines = written(Format::JsonLines, Style::PLAIN);
    assert_eq!(lines, expected);
    let array: serde_json::Value =
        serde_json::from_str(&written(Format::Json, Style::PLAIN)).unwrap();
    let objects: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(array, serde_json::Value::Array(objects));
}

#[test]
fn csv_quotes_what_needs_it() {
    let expected = "who,count\nMarie Curie,2\n\"李 \"\"x\"\", | y\",1903\n\"a\nb\",\n";
    assert_eq!(written(Format::Csv, Style::PLAIN), expected);
}

#[test]
fn markdown_keeps_every_field_in_its_column() {
    let expected = "| who | count |\n| --- | --- |\n| Marie Curie | 2 |\n\
                    | 李 \"x\", \\| y | 1903 |\n| a<br>b |  |\n";
    assert_eq!(written(Format::Markdown, Style::PLAIN), expected);
}

#[test]
fn no_rows_are_said_in_every_format() {
    let empty = |format| {
        let mut out = Vec::new();
        let mut writer = writer(format, Style::PLAIN);
        writer.begin(&mut out, &["who".to_owned()]).unwrap();
        writer.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(empty(Format::Table), "(0 rows)\n");
    assert_eq!(empty(Format::Json), "[]\n");
    assert_eq!(empty(Format::JsonLines), "");
    assert_eq!(empty(Format::Csv), "who\n");
}

#[test]
fn thousands_are_grouped() {
    assert_eq!(grouped(1), "1");
    assert_eq!(grouped(1_000), "1,000");
    assert_eq!(counted(75_547, "row", "rows"), "75,547 rows");
}
