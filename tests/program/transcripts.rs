//! Scripts and exactly what they print. `REFRESH_TRANSCRIPTS=1 cargo test transcripts` writes
//! the expectations anew; look at the difference before you keep it.

use std::path::Path;

use super::{Scene, text};

/// Times and the store's own numbers differ from run to run.
fn steady(output: &str) -> String {
    let mut shown = String::new();
    for line in output.lines() {
        if line.starts_with("bytes on disk") {
            shown.push_str("bytes on disk …\n");
            continue;
        }
        match (line.find(" rows in "), line.contains("intermediate")) {
            (Some(place), true) => {
                shown.push_str(line[..place].trim_end());
                shown.push_str(" rows in … ms");
            }
            _ => shown.push_str(line),
        }
        shown.push('\n');
    }
    shown
}

#[test]
fn scripts_print_what_their_transcripts_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let refreshes = std::env::var_os("REFRESH_TRANSCRIPTS").is_some();
    let mut scripts: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "facts")
        })
        .collect();
    scripts.sort();
    assert!(
        scripts.len() >= 5,
        "transcripts are missing in {}",
        folder.display()
    );
    let mut different = Vec::new();
    for script in scripts {
        let scene = Scene::new();
        let source = std::fs::read_to_string(&script).unwrap();
        scene.write("script.facts", &source);
        // Messages and answers in one stream, in their order.
        let shell = format!(
            "{} test.facts --format table --keep-going -f script.facts 2>&1; echo \"exit $?\"",
            super::program().display()
        );
        let output = scene
            .command_of("sh")
            .args(["-c", &shell])
            .output()
            .unwrap();
        let printed = steady(&text(&output.stdout));
        let expectation = script.with_extension("expected");
        if refreshes {
            std::fs::write(&expectation, &printed).unwrap();
        }
        let expected = std::fs::read_to_string(&expectation).unwrap_or_default();
        if expected != printed {
            let name = script.file_name().unwrap().to_string_lossy().into_owned();
            different.push(format!("{name} expected:\n{expected}\nprinted:\n{printed}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn the_script_of_the_examples_runs() {
    let scene = Scene::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/laureates.facts");
    let output = scene
        .command()
        .args(["test.facts", "--format", "table", "-f"])
        .arg(script)
        .output()
        .unwrap();
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(printed.contains("Marie Curie             2"), "{printed}");
    assert!(printed.contains("laureates.csv"), "{printed}");
}
