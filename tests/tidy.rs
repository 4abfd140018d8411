//! Housekeeping: the shape of the source tree, held by a test.
//!
//! Layers import downwards only, each outside library is met in one place, files and lines stay
//! small enough to hold in the head, and every file says what it is for. The numbers only fall.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest file, in lines without its tests.
const LONGEST_FILE_LINES: usize = 600;
/// The longest line, in characters.
const LONGEST_LINE_COLUMNS: usize = 100;

/// The layers from the bottom: a module may use modules of lower layers, of its own name, and
/// those named beside it.
const LAYERS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("similarity", &[]),
    ("value", &["error"]),
    ("markup", &["value"]),
    ("provenance", &["error", "value"]),
    ("fact", &["error", "value", "provenance"]),
    (
        "storage",
        &["error", "value", "provenance", "fact", "similarity"],
    ),
    (
        "language",
        &["error", "value", "provenance", "fact", "similarity"],
    ),
    ("text", &["error", "value", "markup", "provenance", "fact"]),
    (
        "extraction",
        &["error", "value", "provenance", "fact", "text"],
    ),
    (
        "query",
        &[
            "error",
            "value",
            "provenance",
            "fact",
            "similarity",
            "storage",
            "language",
        ],
    ),
    (
        "ingest",
        &[
            "error",
            "value",
            "markup",
            "provenance",
            "fact",
            "storage",
            "text",
            "extraction",
            "query",
            "store",
        ],
    ),
    (
        "store",
        &[
            "error",
            "value",
            "provenance",
            "fact",
            "storage",
            "language",
            "text",
            "extraction",
            "query",
            "ingest",
        ],
    ),
];

/// Where each outside library may be named.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("sled", &["src/storage"]),
    ("bincode", &["src/storage/codec.rs"]),
    ("nom", &["src/language"]),
    ("rustyline", &["src/bin/factbase"]),
    ("clap", &["src/bin/factbase"]),
    ("jiff", &["src/text"]),
    ("strsim", &["src/similarity.rs"]),
];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &[
    "mod", "utils", "util", "helpers", "helper", "common", "misc",
];

struct Source {
    path: PathBuf,
    /// The path below the package, with `/`.
    name: String,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let name = path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push(Source { path, name, text });
        }
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut found);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// The code of a file: without comments and without the test module at its end.
fn code_lines(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let tests = source
        .text
        .find("#[cfg(test)]\nmod tests {")
        .unwrap_or(source.text.len());
    source.text[..tests]
        .lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The module of the library a source file belongs to; `None` for `lib.rs` and programs.
fn module_of(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("src/")?;
    if rest.starts_with("bin/") || rest == "lib.rs" {
        return None;
    }
    rest.split(['/', '.']).next()
}

#[test]
fn imports_point_downwards() {
    let mut problems = Vec::new();
    for source in sources(&["src"]) {
        let Some(module) = module_of(&source.name) else {
            continue;
        };
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == module) else {
            problems.push(format!("{}: the module {module} has no layer", source.name));
            continue;
        };
        for (number, line) in code_lines(&source) {
            for (place, _) in line.match_indices("crate::") {
                let rest = &line[place + "crate::".len()..];
                let used: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let is_module = LAYERS.iter().any(|(layer, _)| *layer == used);
                if is_module && used != module && !allowed.contains(&used.as_str()) {
                    problems.push(format!("{}:{number}: {module} uses {used}", source.name));
                }
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn each_library_is_met_in_one_place() {
    let mut problems = Vec::new();
    for source in sources(&["src"]) {
        for (library, places) in LIBRARIES {
            if places.iter().any(|place| source.name.starts_with(place)) {
                continue;
            }
            let (path, import) = (format!("{library}::"), format!("use {library}"));
            for (number, line) in code_lines(&source) {
                let named = line.match_indices(&path).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
                if named || line.trim_start().starts_with(&import) {
                    problems.push(format!("{}:{number}: names {library}", source.name));
                }
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn the_program_sees_only_the_public_interface() {
    for source in sources(&["src/bin"]) {
        assert!(
            !source.text.contains("#[path"),
            "{} reaches into the library",
            source.name
        );
    }
}

#[test]
fn files_and_lines_stay_small() {
    let mut problems = Vec::new();
    for source in sources(&["src", "tests", "examples", "benches"]) {
        let is_test = source.name.starts_with("tests/") || source.name.ends_with("tests.rs");
        let lines = source.text.find("#[cfg(test)]\nmod tests {").map_or_else(
            || source.text.lines().count(),
            |place| source.text[..place].lines().count(),
        );
        if lines > LONGEST_FILE_LINES && !is_test {
            problems.push(format!("{}: {lines} lines", source.name));
        }
        for (number, line) in source.text.lines().enumerate() {
            if line.chars().count() > LONGEST_LINE_COLUMNS && !line.contains("://") {
                problems.push(format!("{}:{}: too long a line", source.name, number + 1));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut problems = Vec::new();
    for source in sources(&["src", "examples", "benches"]) {
        let is_test = source.name.ends_with("tests.rs") || source.name.contains("/tests/");
        if !is_test && !source.text.starts_with("//!") && !source.text.starts_with("#!") {
            problems.push(format!("{}: begins without a `//!` line", source.name));
        }
    }
    assert_none(&problems);
}

#[test]
fn names_of_files_say_something() {
    let mut problems = Vec::new();
    for source in sources(&["src"]) {
        let stem = source.path.file_stem().unwrap().to_string_lossy();
        if EMPTY_NAMES.contains(&stem.as_ref()) {
            problems.push(format!("{}: a name that says nothing", source.name));
        }
    }
    assert_none(&problems);
}

#[test]
fn nothing_is_left_for_later() {
    // Spelt in two halves, so that this file does not find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX"),
        "dbg!(",
    ];
    let mut problems = Vec::new();
    for source in sources(&["src", "tests", "examples", "benches"]) {
        for (number, line) in source.text.lines().enumerate() {
            if source.name != "tests/tidy.rs" && marks.iter().any(|mark| line.contains(mark)) {
                problems.push(format!("{}:{}: {}", source.name, number + 1, line.trim()));
            }
        }
    }
    assert_none(&problems);
}
