//! The program as its users run it: arguments, scripts, exit status, prompt.

mod exit_status;
mod ingest;
mod prompt;
mod round_trip;
mod transcripts;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A directory for one test, with a store in it.
struct Scene {
    directory: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        Self {
            directory: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn store(&self) -> PathBuf {
        self.path("test.facts")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs the program in the directory.
    fn run<const N: usize>(&self, arguments: [&str; N]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    fn command(&self) -> Command {
        self.command_of(program())
    }

    fn command_of(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.directory.path())
            .env("NO_COLOR", "1")
            .env("XDG_STATE_HOME", self.path("state"));
        command
    }

    /// Runs statements on the store and returns what they print.
    fn ask(&self, query: &str) -> String {
        let output = self.run(["test.facts", "-c", query]);
        assert!(output.status.success(), "{query}: {}", text(&output.stderr));
        text(&output.stdout)
    }
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_factbase"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}
