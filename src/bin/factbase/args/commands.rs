//! The table of commands: what can stand after `factbase`.

/// A command, or the asking of a store, which has no word of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// `factbase STORE`: the prompt and scripts.
    Ask,
    /// `factbase ingest`
    Ingest,
    /// `factbase import`
    Import,
    /// `factbase export`
    Export,
    /// `factbase extract`
    Extract,
    /// `factbase annotate`
    Annotate,
    /// `factbase check`
    Check,
    /// `factbase compact`
    Compact,
    /// `factbase backup`
    Backup,
    /// `factbase forget`
    Forget,
    /// `factbase completions`
    Completions,
    /// `factbase man`
    Man,
}

impl Place {
    /// All that a flag can belong to.
    pub(crate) const ALL: &'static [Self] = &[
        Self::Ask,
        Self::Ingest,
        Self::Import,
        Self::Export,
        Self::Extract,
        Self::Annotate,
        Self::Check,
        Self::Compact,
        Self::Backup,
        Self::Forget,
        Self::Completions,
        Self::Man,
    ];

    /// Those that open a store.
    pub(crate) const WITH_STORE: &'static [Self] = &[
        Self::Ask,
        Self::Ingest,
        Self::Import,
        Self::Export,
        Self::Check,
        Self::Compact,
        Self::Backup,
        Self::Forget,
    ];
}

/// An argument by position.
#[derive(Debug)]
pub(crate) struct Positional {
    /// Its name in the help.
    pub(crate) name: &'static str,
    /// Whether it must be given.
    pub(crate) is_required: bool,
    /// Whether several can be given.
    pub(crate) is_repeatable: bool,
    /// Whether it is a path that the shell completes.
    pub(crate) is_path: bool,
    /// One line of help.
    pub(crate) help: &'static str,
}

/// A command.
#[derive(Debug)]
pub(crate) struct CommandEntry {
    /// Where flags say they belong to.
    pub(crate) place: Place,
    /// Its word.
    pub(crate) word: &'static str,
    /// One line of help.
    pub(crate) about: &'static str,
    /// Its arguments by position.
    pub(crate) arguments: &'static [Positional],
}

const STORE: Positional = Positional {
    name: "STORE",
    is_required: true,
    is_repeatable: false,
    is_path: true,
    help: "The directory of the store",
};

const FILES: Positional = Positional {
    name: "FILES",
    is_required: true,
    is_repeatable: true,
    is_path: true,
    help: "Files and folders; - is standard input",
};

const FILE: Positional = Positional {
    name: "FILE",
    is_required: false,
    is_repeatable: false,
    is_path: true,
    help: "A file; - is standard input (default)",
};

/// The commands, in the order of the help.
pub(crate) const COMMANDS: &[CommandEntry] = &[
    CommandEntry {
        place: Place::Ingest,
        word: "ingest",
        about: "Read English documents into a store",
        arguments: &[STORE, FILES],
    },
    CommandEntry {
        place: Place::Import,
        word: "import",
        about: "Take in facts: jsonl as export writes it, csv, N-Triples",
        arguments: &[STORE, FILES],
    },
    CommandEntry {
        place: Place::Export,
        word: "export",
        about: "Write all documents, entities and facts: jsonl, csv, N-Triples",
        arguments: &[STORE],
    },
    CommandEntry {
        place: Place::Extract,
        word: "extract",
        about: "Show the facts of a document, without a store",
        arguments: &[FILE],
    },
    CommandEntry {
        place: Place::Annotate,
        word: "annotate",
        about: "Show how a document is read: tokens, tags, trees, names",
        arguments: &[FILE],
    },
    CommandEntry {
        place: Place::Check,
        word: "check",
        about: "Verify checksums, order, counts and references of a store",
        arguments: &[STORE],
    },
    CommandEntry {
        place: Place::Compact,
        word: "compact",
        about: "Write a store anew, smaller and faster (needs free space for the result)",
        arguments: &[STORE],
    },
    CommandEntry {
        place: Place::Backup,
        word: "backup",
        about: "Copy a store, as it is now, to a new directory",
        arguments: &[
            STORE,
            Positional {
                name: "TARGET",
                is_required: true,
                is_repeatable: false,
                is_path: true,
                help: "A directory that does not exist yet",
            },
        ],
    },
    CommandEntry {
        place: Place::Forget,
        word: "forget",
        about: "Remove documents and the facts that only they support",
        arguments: &[
            STORE,
            Positional {
                name: "DOCUMENTS",
                is_required: true,
                is_repeatable: true,
                is_path: false,
                help: "Names of documents, as ingest gave them",
            },
        ],
    },
    CommandEntry {
        place: Place::Completions,
        word: "completions",
        about: "Print the completions for a shell",
        arguments: &[Positional {
            name: "SHELL",
            is_required: true,
            is_repeatable: false,
            is_path: false,
            help: "bash, zsh, fish, elvish or powershell",
        }],
    },
    CommandEntry {
        place: Place::Man,
        word: "man",
        about: "Print the manual page",
        arguments: &[],
    },
];
