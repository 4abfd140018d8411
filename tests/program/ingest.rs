//! Documents into a store.

use super::{Scene, status, text};

#[test]
fn documents_come_from_files_folders_and_standard_input() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("folder")).unwrap();
    scene.write(
        "folder/a.txt",
        "Ada Lovelace met Charles Babbage in London.\n",
    );
    scene.write(
        "folder/b.md",
        "# Notes\n\nMary Somerville taught Ada Lovelace.\n",
    );
    scene.write("folder/picture.png", "\u{1}\u{2}");
    let line =
        r#"{"name":"c","text":"Charles Babbage designed an engine.","published":"1837-05-01"}"#;
    scene.write("texts.jsonl", &format!("{line}\n"));
    let output = scene.run(["ingest", "test.facts", "folder", "texts.jsonl"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let summary = text(&output.stdout);
    assert!(summary.starts_with("3 documents, "), "{summary}");
    assert_eq!(
        scene.ask("?who meet \"Charles Babbage\""),
        "{\"who\":\"Ada Lovelace\"}\n"
    );
    assert_eq!(
        scene
            .ask("?who design ?what [published = ?d]")
            .lines()
            .count(),
        1
    );
    let again = text(
        &scene
            .run(["ingest", "test.facts", "folder", "texts.jsonl"])
            .stdout,
    );
    assert!(again.contains("; 3 unchanged"), "{again}");
}

#[test]
fn a_document_that_cannot_be_read_is_named_and_the_others_are_kept() {
    let scene = Scene::new();
    scene.write("a.txt", "Ada Lovelace met Charles Babbage.\n");
    std::fs::write(scene.path("b.txt"), b"Caf\xe9 Central").unwrap();
    let output = scene.run(["ingest", "test.facts", "a.txt", "b.txt", "c.txt"]);
    assert_eq!(status(&output), 1);
    let told = text(&output.stderr);
    assert!(
        told.contains("b.txt: the text is not UTF-8 at byte 3; convert it"),
        "{told}"
    );
    assert!(told.contains("c.txt"), "{told}");
    assert_eq!(scene.ask("?who meet ?whom").lines().count(), 1);
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let scene = Scene::new();
    let mut names = Vec::new();
    for i in 0..12 {
        let name = format!("{i}.txt");
        scene.write(
            &name,
            &format!("Person{i} met Ada Lovelace in London. She wrote {i} letters."),
        );
        names.push(name);
    }
    let mut exports = Vec::new();
    for threads in ["1", "4"] {
        let store = format!("{threads}.facts");
        let output = scene
            .command()
            .args(["ingest", &store, "-j", threads])
            .args(&names)
            .output()
            .unwrap();
        assert_eq!(status(&output), 0, "{}", text(&output.stderr));
        let export = text(&scene.run(["export", &store]).stdout);
        // The clock is not part of the result.
        let lines = export.lines().map(|line| {
            let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
            value.as_object_mut().unwrap().remove("recorded");
            value.as_object_mut().unwrap().remove("ingested");
            value.to_string()
        });
        exports.push(lines.collect::<Vec<_>>());
    }
    assert_eq!(exports[0], exports[1]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::new();
    scene.write("a.txt", "Ada Lovelace met Charles Babbage.\n");
    let output = scene.run(["ingest", "test.facts", "--dry-run", "a.txt"]);
    assert!(text(&output.stdout).contains("nothing was written"));
    assert!(!scene.store().exists());
}

#[test]
fn a_command_can_extract_and_is_given_only_so_much_time() {
    let scene = Scene::new();
    scene.write("a.txt", "anything\n");
    let fact = r#"{"subject":{"name":"Ada"},"predicate":{"name":"know"},"object":{"name":"Mary"}}"#;
    let command = format!("while read -r line; do echo '{{\"facts\":[{fact}]}}'; done");
    let output = scene.run(["ingest", "test.facts", "--extractor", &command, "a.txt"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(scene.ask("Ada know ?whom"), "{\"whom\":\"Mary\"}\n");
}

/// Commands that do not do as agreed, and what is said of them.
const BAD_COMMANDS: [(&str, &str); 13] = [
    ("sleep 60", "no answer within 0.5 s"),
    ("exit 3", "ended with exit status: 3"),
    ("echo no such model >&2; exit 1", "it said: no such model"),
    ("nosuchcommand", "nosuchcommand: not found"),
    (
        "while read -r line; do echo nonsense; done",
        "the extractor's answer",
    ),
    (
        "while read -r line; do echo '[]'; done",
        "one line for each document",
    ),
    ("while read -r line; do echo '{}'; done", "has no \"facts\""),
    (
        "while read -r line; do echo '{\"error\":\"too hard\"}'; done",
        "too hard",
    ),
    (
        "while read -r line; do printf '\\377\\n'; done",
        "it is no UTF-8",
    ),
    (
        "while read -r line; do echo '{\"facts\":[{\"subject\":5,\"predicate\":\"be\"}]}'; done",
        "a name, or an object",
    ),
    (
        "while read -r line; do echo '{\"facts\":[{\"subject\":\"\",\"predicate\":\"be\"}]}'; done",
        "name is empty",
    ),
    // It reads nothing, writes without end, and closes its ears: none of it stops anybody.
    ("yes flood >&2", "no answer within 0.5 s"),
    ("exec <&-; sleep 60", "no answer within 0.5 s"),
];

#[test]
fn a_command_that_misbehaves_is_named_and_leaves_nothing() {
    let scene = Scene::new();
    // More than a pipe holds.
    scene.write("a.txt", &"word ".repeat(50_000));
    for (command, expected) in BAD_COMMANDS {
        // Only those that never answer are given little time: the machine may be busy.
        let limit = if expected.contains("no answer") {
            "0.5"
        } else {
            "60"
        };
        let output = scene
            .command()
            .args(["ingest", "other.facts", "--extractor", command])
            .args(["--extractor-timeout", limit, "a.txt"])
            .output()
            .unwrap();
        assert_eq!(status(&output), 1, "{command}");
        let told = text(&output.stderr);
        assert!(told.contains(expected), "{command}: {told}");
        assert!(told.len() < 1_000, "{command}: {told}");
    }
    let left = scene.run(["other.facts", "-c", "find count() where ?a ?b ?c"]);
    assert_eq!(text(&left.stdout), "{\"count\":0}\n");
}

#[test]
fn a_command_that_ends_after_each_document_is_started_again() {
    let scene = Scene::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        scene.write(name, name);
    }
    let answer = r#"{"facts":[{"subject":"Ada","predicate":"know","object":"Mary"}]}"#;
    let command = format!("read -r line; echo '{answer}'");
    let arguments = ["ingest", "test.facts", "-j", "1", "--extractor", &command];
    let output = scene
        .command()
        .args(arguments)
        .args(["a.txt", "b.txt", "c.txt"])
        .output()
        .unwrap();
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let asked = "find count(?d) where Ada know Mary [document = ?d]";
    assert_eq!(scene.ask(asked), "{\"count\":3}\n");
}

#[test]
fn extract_and_annotate_need_no_store() {
    let scene = Scene::new();
    scene.write("a.txt", "Ada Lovelace met Charles Babbage in London.\n");
    let facts = text(&scene.run(["extract", "a.txt"]).stdout);
    assert!(facts.contains("\"name\":\"meet\""), "{facts}");
    let rows = text(
        &scene
            .run(["extract", "a.txt", "--sentences", "--format", "openie"])
            .stdout,
    );
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    assert_eq!(
        row["sentence"],
        "Ada Lovelace met Charles Babbage in London."
    );
    let conllu = text(&scene.run(["annotate", "a.txt"]).stdout);
    let columns = conllu.lines().filter(|line| line.split('\t').count() == 10);
    assert_eq!(columns.count(), 8, "{conllu}");
    let json = text(&scene.run(["annotate", "a.txt", "--format", "json"]).stdout);
    let document: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    let sentence = &document["sentences"][0];
    assert_eq!(sentence["tokens"].as_array().unwrap().len(), 8);
    assert_eq!(document["entities"][0]["name"], "Ada Lovelace");
}
