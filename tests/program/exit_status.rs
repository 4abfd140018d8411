//! What the exit status says.

use super::{Scene, status, text};

#[test]
fn the_status_tells_what_happened() {
    let scene = Scene::new();
    scene.ask("assert Ada know Charles");
    scene.write("wrong.facts", "Ada know ?whom; find ?x whre");
    for (arguments, expected) in [
        (["test.facts", "-c", "Ada know ?whom", "-q"], 0),
        (["test.facts", "-c", "find ?x whre", "-q"], 1),
        (["test.facts", "-f", "wrong.facts", "-q"], 1),
        (["test.facts", "-f", "missing.facts", "-q"], 1),
        (["test.facts", "--no-such-flag", "-c", "x"], 2),
        (["test.facts", "--limit-time", "soon", "-q"], 2),
        (["missing.facts", "-c", "Ada know ?whom", "-q"], 3),
        (["test.facts", "-c", "Ada know Nobody", "--exit-empty"], 4),
        (["test.facts", "-c", "Ada know ?whom", "--exit-empty"], 0),
    ] {
        let output = scene.command().args(arguments).output().unwrap();
        let told = text(&output.stderr);
        assert_eq!(status(&output), expected, "{arguments:?}: {told}");
        assert_eq!(told.is_empty(), expected == 0, "{arguments:?}: {told}");
    }
}

#[test]
fn reading_makes_no_store() {
    let scene = Scene::new();
    for arguments in [
        ["test.facts", "-c", "?x know ?y", "-q"],
        ["ingest", "test.facts", "no/such/file.txt", "-q"],
        ["import", "test.facts", "no/such/file.nt", "-q"],
        ["export", "test.facts", "--format", "csv"],
    ] {
        let output = scene.command().args(arguments).output().unwrap();
        assert_ne!(status(&output), 0, "{arguments:?}");
        assert!(!scene.store().exists(), "{arguments:?}");
    }
}

#[test]
fn a_script_stops_at_its_first_error_unless_told_to_keep_going() {
    let scene = Scene::new();
    let script = "assert a b c; find ?x whre; assert d e f";
    let output = scene.run(["test.facts", "-c", script]);
    assert_eq!(status(&output), 1);
    assert_eq!(scene.ask("d e ?x"), "");
    let output = scene.run(["test.facts", "--keep-going", "-c", script]);
    assert_eq!(status(&output), 1);
    assert_eq!(scene.ask("d e ?x"), "{\"x\":\"f\"}\n");
}

#[test]
fn a_closed_pipe_is_a_clean_exit() {
    let scene = Scene::new();
    let facts: Vec<String> = (0..3_000).map(|i| format!("assert n{i} is m{i}")).collect();
    scene.write("many.facts", &facts.join("\n"));
    assert_eq!(status(&scene.run(["test.facts", "-f", "many.facts"])), 0);
    let program = super::program().display();
    let script = format!("{program} test.facts -c '?x is ?y' | head -1; echo ${{PIPESTATUS[0]}}");
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(scene.path(""))
        .output()
        .unwrap();
    let printed = text(&output.stdout);
    assert!(
        printed.ends_with("}\n0\n"),
        "{printed}{}",
        text(&output.stderr)
    );
}

#[test]
fn a_mistake_shows_its_line_and_what_helps() {
    let scene = Scene::new();
    scene.write("script.facts", "assert a b c\nfind ?x whre ?x b c\n");
    let output = scene.run(["test.facts", "-f", "script.facts"]);
    let told = text(&output.stderr);
    assert!(told.contains("script.facts, line 2, column"), "{told}");
    assert!(told.contains("^^^^"), "{told}");
    assert!(told.contains("where"), "{told}");
}

#[test]
fn two_processes_cannot_write_to_one_store() {
    let scene = Scene::new();
    scene.ask("assert a b c");
    let mut first = scene
        .command()
        .args(["test.facts"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // The first holds the store while it waits for its script.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let output = scene.run(["test.facts", "-c", "a b ?x"]);
    assert_eq!(status(&output), 3, "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("in use"),
        "{}",
        text(&output.stderr)
    );
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(scene.ask("a b ?x"), "{\"x\":\"c\"}\n");
}

#[test]
fn every_command_explains_itself() {
    let scene = Scene::new();
    let help = text(&scene.run(["--help"]).stdout);
    for word in [
        "ingest",
        "import",
        "export",
        "extract",
        "annotate",
        "check",
        "compact",
        "backup",
        "forget",
        "completions",
        "man",
    ] {
        assert!(help.contains(word), "{word}");
        let output = scene.run([word, "--help"]);
        assert_eq!(status(&output), 0, "{word}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let output = scene.run(["completions", shell]);
        assert!(text(&output.stdout).contains("exit-empty"), "{shell}");
    }
    let manual = text(&scene.run(["man"]).stdout);
    assert!(manual.contains(".TH factbase"), "{manual}");
    assert!(manual.contains("dry\\-run"), "{manual}");
}

#[test]
fn the_timer_writes_a_line_for_opening_and_one_for_each_statement() {
    let scene = Scene::new();
    scene.ask("assert a b c; assert d b e");
    let arguments = ["test.facts", "--timer", "json", "-c", "?x b ?y; a b ?y"];
    let told = text(&scene.run(arguments).stderr);
    let lines: Vec<serde_json::Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(lines[0]["open_ms"].is_number());
    for (line, (number, rows)) in lines[1..].iter().zip([(1, 2), (2, 1)]) {
        assert_eq!(line["statement"], number);
        assert_eq!(line["rows"], rows);
        for field in [
            "parse_ms",
            "plan_ms",
            "execute_ms",
            "total_ms",
            "cpu_ms",
            "rss_mb",
        ] {
            assert!(line[field].is_number(), "{field} in {line}");
        }
    }
}

#[test]
fn a_question_needs_no_flag_and_a_later_piece_may_ask_why() {
    let scene = Scene::new();
    scene.ask("assert Ada know Charles");
    let output = scene.run(["test.facts", "Ada know ?whom", ".why 1"]);
    let shown = text(&output.stdout);
    assert!(
        shown.starts_with("{\"whom\":\"Charles\"}\nAda know Charles\n"),
        "{shown}"
    );
}
