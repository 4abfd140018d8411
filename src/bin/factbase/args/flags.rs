//! The table of flags: parser, help, completions and manual page come from it.

use super::Place;

/// What follows a flag on the command line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FlagValue {
    /// Nothing: the flag is a switch.
    None,
    /// A value, by the name it has in the help.
    Any(&'static str),
    /// One of a few words.
    OneOf(&'static str, &'static [&'static str]),
    /// One of a few words after `=`, or nothing, which means the first of them.
    Maybe(&'static str, &'static [&'static str]),
    /// A path that is completed by the shell.
    Path(&'static str),
}

/// One flag.
#[derive(Debug)]
pub(crate) struct Flag {
    /// Its name after `--`.
    pub(crate) long: &'static str,
    /// Its letter after `-`.
    pub(crate) short: Option<char>,
    /// What follows it.
    pub(crate) value: FlagValue,
    /// Whether it may be given more than once.
    pub(crate) is_repeatable: bool,
    /// The commands that take it.
    pub(crate) places: &'static [Place],
    /// One line of help.
    pub(crate) help: &'static str,
}

use FlagValue::{Any, Maybe, None as Switch, OneOf, Path};
use Place::{Annotate, Ask, Check, Compact, Export, Extract, Import, Ingest};

/// The output formats of answers.
pub(crate) const FORMATS: &[&str] = &["table", "json", "jsonl", "csv", "markdown"];

/// All flags, in the order of the help.
pub(crate) const FLAGS: &[Flag] = &[
    Flag {
        long: "command",
        short: Some('c'),
        value: Any("QUERY"),
        is_repeatable: true,
        places: &[Ask],
        help: "Run the statements of QUERY and leave",
    },
    Flag {
        long: "file",
        short: Some('f'),
        value: Path("FILE"),
        is_repeatable: true,
        places: &[Ask],
        help: "Run the statements of FILE and leave; - is standard input",
    },
    Flag {
        long: "param",
        short: Some('p'),
        value: Any("NAME=VALUE"),
        is_repeatable: true,
        places: &[Ask],
        help: "Give the parameter $NAME a value: a number, a date, true, false, or a text",
    },
    Flag {
        long: "format",
        short: None,
        value: OneOf("FORMAT", FORMATS),
        is_repeatable: false,
        places: &[Ask],
        help: "How answers are written (default: table on a terminal, jsonl otherwise)",
    },
    Flag {
        long: "sources",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Ask],
        help: "Show the sentences behind every row, counted from 1 (in json, jsonl and csv from 0)",
    },
    Flag {
        long: "timer",
        short: None,
        value: Maybe("FORMAT", &["text", "json"]),
        is_repeatable: false,
        places: &[Ask],
        help: "Write the time of opening and of each statement to standard error",
    },
    Flag {
        long: "as-of",
        short: None,
        value: Any("TIME"),
        is_repeatable: false,
        places: &[Ask, Export],
        help: "Answer with what the store knew at TIME: 2026-03-01, an instant, or a transaction",
    },
    Flag {
        long: "confidence",
        short: None,
        value: Any("LEAST"),
        is_repeatable: false,
        places: &[Ask],
        help: "Answer plain questions with facts from this confidence on; 0 takes all facts",
    },
    Flag {
        long: "keep-going",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Ask],
        help: "Go on after a statement that failed; the exit status still tells",
    },
    Flag {
        long: "exit-empty",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Ask],
        help: "Leave with status 4 if no statement gave a row",
    },
    Flag {
        long: "limit-time",
        short: None,
        value: Any("SECONDS"),
        is_repeatable: false,
        places: &[Ask],
        help: "Stop a statement after so many seconds",
    },
    Flag {
        long: "limit-memory",
        short: None,
        value: Any("MB"),
        is_repeatable: false,
        places: &[Ask],
        help: "Stop a statement that needs more megabytes",
    },
    Flag {
        long: "limit-rows",
        short: None,
        value: Any("ROWS"),
        is_repeatable: false,
        places: &[Ask],
        help: "Stop a statement after so many rows",
    },
    Flag {
        long: "read-only",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Ask],
        help: "Refuse statements that write",
    },
    Flag {
        long: "format",
        short: None,
        value: OneOf("FORMAT", &["jsonl", "csv", "ntriples"]),
        is_repeatable: false,
        places: &[Import, Export],
        help: "The format of the file (default: by its name, else jsonl)",
    },
    Flag {
        long: "input-format",
        short: None,
        value: OneOf("FORMAT", &["auto", "text", "markdown", "html", "jsonl"]),
        is_repeatable: false,
        places: &[Ingest, Extract, Annotate],
        help: "The format of the documents (default: auto, by name and content)",
    },
    Flag {
        long: "output",
        short: Some('o'),
        value: Path("FILE"),
        is_repeatable: false,
        places: &[Export],
        help: "Write to FILE instead of standard output",
    },
    Flag {
        long: "format",
        short: None,
        value: OneOf("FORMAT", &["jsonl", "openie"]),
        is_repeatable: false,
        places: &[Extract],
        help: "jsonl: facts as export writes them (default); openie: the words of each fact",
    },
    Flag {
        long: "format",
        short: None,
        value: OneOf("FORMAT", &["conllu", "json"]),
        is_repeatable: false,
        places: &[Annotate],
        help: "conllu: the treebanks' columns (default); json: one sentence a line",
    },
    Flag {
        long: "sentences",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Extract, Annotate],
        help: "Each line of the input is one sentence",
    },
    Flag {
        long: "pretokenized",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Extract, Annotate],
        help: "Each line is one sentence with spaces between its tokens; CoNLL-U is read too",
    },
    Flag {
        long: "published",
        short: None,
        value: Any("DATE"),
        is_repeatable: false,
        places: &[Ingest, Extract, Annotate],
        help: "The day of publication of documents that name none",
    },
    Flag {
        long: "speaker",
        short: None,
        value: Any("NAME"),
        is_repeatable: false,
        places: &[Ingest, Extract],
        help: "Who speaks where a document says \"I\" and names no one",
    },
    Flag {
        long: "reader",
        short: None,
        value: OneOf("READER", &["accurate", "fast"]),
        is_repeatable: false,
        places: &[Ingest, Extract, Annotate],
        help: "Which reader of English: the accurate one (default) or the fast one for bulk",
    },
    Flag {
        long: "extractor",
        short: None,
        value: Any("COMMAND"),
        is_repeatable: false,
        places: &[Ingest],
        help: "Let COMMAND read: a document a line of JSON in, its facts a line out",
    },
    Flag {
        long: "extractor-timeout",
        short: None,
        value: Any("SECONDS"),
        is_repeatable: false,
        places: &[Ingest],
        help: "How long COMMAND may take for a document (default: 60)",
    },
    Flag {
        long: "threads",
        short: Some('j'),
        value: Any("COUNT"),
        is_repeatable: false,
        places: &[Ingest],
        help: "How many threads read (default: one for each processor)",
    },
    Flag {
        long: "dry-run",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Ingest],
        help: "Read and count, but write nothing",
    },
    Flag {
        long: "buffered",
        short: None,
        value: Switch,
        is_repeatable: false,
        places: &[Ingest, Import],
        help: "Make all durable once at the end, not each document: faster for bulk",
    },
    Flag {
        long: "wait",
        short: None,
        value: Any("SECONDS"),
        is_repeatable: false,
        places: Place::WITH_STORE,
        help: "Wait so long for a store that another process has open (default: 0)",
    },
    Flag {
        long: "color",
        short: None,
        value: OneOf("WHEN", &["auto", "always", "never"]),
        is_repeatable: false,
        places: Place::ALL,
        help: "When to use colours (default: auto; NO_COLOR is heeded)",
    },
    Flag {
        long: "quiet",
        short: Some('q'),
        value: Switch,
        is_repeatable: false,
        places: &[Ask, Ingest, Import, Export, Check, Compact],
        help: "Write answers and errors only: no progress, no summary",
    },
];
