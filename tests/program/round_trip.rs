//! What goes out comes in again.

use super::{Scene, status, text};

/// Statements that use all that a fact can have.
const FACTS: &str = r#"
assert "Marie Curie" win "Nobel Prize" [when = 1903, document = "a.txt", speaker = "Eve Curie"]
assert "Marie Curie" win "Nobel Prize" [when = 1903, document = "b.txt"]
assert "Marie Curie" die [when = 1934-07-04, confidence = 0.75]
assert Paris have 2102650
assert "Marie Curie" live_in London [negated = true]
assert Ada visit Paris [modality = possible]
assert Ada live_in Turin
retract Ada live_in Turin
alias "Madame Curie" of "Marie Curie"
rule ?a knows_of ?b if ?a win ?p, ?b win ?p, ?a != ?b
"#;

#[test]
fn an_export_imports_to_an_identical_store() {
    let scene = Scene::new();
    scene.write("facts.facts", FACTS);
    let output = scene.run(["test.facts", "-f", "facts.facts"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let first = text(&scene.run(["export", "test.facts"]).stdout);
    assert_eq!(first.matches("\"type\":\"fact\"").count(), 7, "{first}");
    scene.write("first.jsonl", &first);
    let output = scene.run(["import", "copy.facts", "first.jsonl"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let second = text(&scene.run(["export", "copy.facts"]).stdout);
    assert_eq!(first, second);
    // Once more changes nothing.
    scene.run(["import", "copy.facts", "first.jsonl"]);
    assert_eq!(text(&scene.run(["export", "copy.facts"]).stdout), first);
    let output = scene.run([
        "copy.facts",
        "-c",
        "\"Madame Curie\" win ?what [document = ?d]",
    ]);
    assert_eq!(text(&output.stdout).lines().count(), 2);
}

#[test]
fn triples_go_in_and_out() {
    let scene = Scene::new();
    let triples = "\
<http://example.org/a> <http://example.org/born> \"1867-11-07\"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://example.org/a> <http://example.org/knows> <http://example.org/b> .
<http://example.org/a> <http://example.org/name> \"A \\\"quoted\\\" name\" .
<http://example.org/a> <http://example.org/score> \"42\"^^<http://www.w3.org/2001/XMLSchema#integer> .
";
    scene.write("a.nt", triples);
    let output = scene.run(["import", "test.facts", "a.nt"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("4 facts"),
        "{}",
        text(&output.stdout)
    );
    let query = "find ?s where ?a \"http://example.org/score\" ?s, ?s > 40";
    assert_eq!(scene.ask(query), "{\"s\":42}\n");
    let exported = text(
        &scene
            .run(["export", "test.facts", "--format", "ntriples"])
            .stdout,
    );
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&exported), sorted(triples));
    // The same file again changes nothing; as JSON lines it comes to the same store.
    let again = text(&scene.run(["import", "test.facts", "a.nt"]).stdout);
    assert!(again.starts_with("0 facts"), "{again}");
    let lines = text(&scene.run(["export", "test.facts"]).stdout);
    scene.write("lines.jsonl", &lines);
    scene.run(["import", "copy.facts", "lines.jsonl"]);
    assert_eq!(text(&scene.run(["export", "copy.facts"]).stdout), lines);
}

#[test]
fn a_backup_is_a_store_of_its_own() {
    let scene = Scene::new();
    scene.ask("assert a b c");
    assert_eq!(
        status(&scene.run(["backup", "test.facts", "copy.facts"])),
        0
    );
    assert_eq!(
        status(&scene.run(["backup", "test.facts", "copy.facts"])),
        1
    );
    scene.ask("assert a b d");
    let output = scene.run(["copy.facts", "-c", "a b ?x"]);
    assert_eq!(text(&output.stdout), "{\"x\":\"c\"}\n");
    for store in ["test.facts", "copy.facts"] {
        assert_eq!(status(&scene.run(["check", store])), 0);
        assert_eq!(status(&scene.run(["compact", store])), 0);
    }
}

#[test]
fn a_forgotten_document_takes_its_facts_along() {
    let scene = Scene::new();
    scene.ask("assert a b c [document = \"x\"]; assert a b c [document = \"y\"]");
    scene.ask("assert d e f [document = \"x\"]");
    assert_eq!(status(&scene.run(["forget", "test.facts", "x"])), 0);
    assert_eq!(scene.ask("a b ?what"), "{\"what\":\"c\"}\n");
    assert_eq!(scene.ask("d e ?what"), "");
    let output = scene.run(["forget", "test.facts", "z"]);
    assert_eq!(status(&output), 1);
    assert!(text(&output.stderr).contains("no such document"));
    scene.ask("assert a b c [document = \"reports/march.txt\"]");
    let output = scene.run(["forget", "test.facts", "march.txt"]);
    assert!(text(&output.stderr).contains("did you mean reports/march.txt?"));
}

#[test]
fn a_file_is_no_store() {
    let scene = Scene::new();
    scene.write("notes.txt", "Ada works.");
    let output = scene.run(["notes.txt", "-c", "a b ?x"]);
    assert_eq!(status(&output), 3);
    assert!(text(&output.stderr).contains("this is a file; a store is a directory"));
}
