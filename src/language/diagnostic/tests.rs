use super::{Completeness, Diagnostic, DiagnosticKind, Place, completeness};
use crate::language::{Span, parse};

#[test]
fn places_are_counted_in_lines_and_characters() {
    let source = "é日\nab\n";
    let place = |offset| {
        let Place { line, column } = Place::of(source, offset);
        (line, column)
    };
    assert_eq!(place(0), (1, 1));
    assert_eq!(place(2), (1, 2));
    assert_eq!(place(5), (1, 3));
    assert_eq!(place(6), (2, 1));
    assert_eq!(place(9), (3, 1));
    assert_eq!(place(100), (3, 1));
}

#[test]
fn carets_stand_below_what_they_mark() {
    let source = "\t\"日本\" é win 'x'";
    let text = parse(source).diagnostics[0].render(source, false);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[2], "1 | \t\"日本\" é win 'x'");
    // Two columns for each wide character, a tab for the tab.
    assert_eq!(
        lines[3],
        format!("  | \t{}^", " ".repeat("\"....\" e win ".len()))
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let source = format!("?x a \"{}\" ?y {}", "b".repeat(1000), "c".repeat(1000));
    let text = parse(&source).diagnostics[0].render(&source, false);
    assert!(text.contains("b\" ?y ccc"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() < 140),
        "{text}"
    );
}

#[test]
fn colours_are_optional() {
    let diagnostic = Diagnostic::new(DiagnosticKind::Syntax, "no", Span::new(0, 1));
    assert!(
        diagnostic
            .render("x", true)
            .contains("\u{1b}[1;31merror\u{1b}[0m")
    );
    assert!(!diagnostic.render("x", false).contains('\u{1b}'));
}

#[test]
fn a_text_is_complete_breaks_off_or_is_wrong() {
    let complete = [
        "",
        " # nothing",
        "?x win",
        "?x win ?y;",
        "Paris; ?x win\n;;",
    ];
    for source in complete {
        assert_eq!(completeness(source), Completeness::Complete, "{source}");
    }
    let breaks_off = [
        "find",
        "find ?x",
        "find ?x where",
        "?x",
        "?x win ?y,",
        "?x win ?y, not {",
        "?x win [",
        "rule ?a p ?b",
        "Paris; find ?x where\n",
        "?x win ?y order",
        "undo",
        "find ?x where\n?x win ?y,\n",
    ];
    for source in breaks_off {
        assert_eq!(completeness(source), Completeness::Incomplete, "{source}");
    }
    let wrong = [
        "find ;",
        "?x win ?y }",
        "?x win \"abc",
        "find ?x; ?x win ?y,",
        "?y win 'x', ",
        "strlen(?x) > 3",
        "?x in [1, 2\n;",
        "find where",
    ];
    for source in wrong {
        assert!(
            matches!(completeness(source), Completeness::Invalid(_)),
            "{source}"
        );
    }
}
