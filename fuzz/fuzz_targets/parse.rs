//! Any text is read, completed, highlighted and formatted without a panic, and what is formatted
//! reads back as it was.
#![no_main]

use factbase::language::{complete, completeness, format, highlight, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let parsed = parse(source);
    for problem in &parsed.diagnostics {
        let _ = problem.render(source, true);
    }
    let formatted = format(&parsed.script);
    assert_eq!(format(&parse(&formatted).script), formatted);
    let _ = (highlight(source), completeness(source), complete(source, source.len() / 2, &()));
});
