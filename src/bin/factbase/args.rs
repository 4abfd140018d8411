//! The command line: what the user asked for, in types.

mod commands;
mod flags;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, StyledStr};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

use commands::{COMMANDS, Positional};
pub(crate) use commands::{CommandEntry, Place};
use flags::{FLAGS, Flag, FlagValue};

use crate::failure::Failure;

/// What stands below the flags in the help.
const EXAMPLES: &str = "\
Examples:
  factbase ingest notes.facts articles/     read documents into a store
  factbase notes.facts                      ask at a prompt
  factbase notes.facts '?who win ?prize' --sources
  factbase notes.facts < questions.facts    run a script

Exit status: 0 done, 1 a statement failed or a document was skipped, 2 wrong usage,
3 the store is missing, in use or damaged, 4 no rows (with --exit-empty), 130 interrupted";

/// What the user asked for.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The command.
    pub(crate) place: Place,
    /// Its arguments and flags.
    pub(crate) given: Given,
}

/// The arguments and flags of a command.
#[derive(Debug)]
pub(crate) struct Given {
    matches: ArgMatches,
}

/// A piece of script from the command line, in the order it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// `-c QUERY` or a question behind the store
    Text(String),
    /// `-f FILE`
    File(PathBuf),
}

impl Given {
    /// The value of a flag or an argument.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let value = self.matches.try_get_raw(name).ok().flatten()?.next()?;
        value.to_str()
    }

    /// All values of a flag or an argument.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let values = self.matches.try_get_raw(name).ok().flatten();
        let text = |value: &std::ffi::OsStr| value.to_string_lossy().into_owned();
        values.map_or_else(Vec::new, |values| values.map(text).collect())
    }

    /// The path given for an argument.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        let value = self.matches.try_get_raw(name).ok().flatten()?.next()?;
        Some(PathBuf::from(value))
    }

    /// The paths given for an argument.
    pub(crate) fn paths(&self, name: &str) -> Vec<PathBuf> {
        let values = self.matches.try_get_raw(name).ok().flatten();
        values.map_or_else(Vec::new, |values| values.map(PathBuf::from).collect())
    }

    /// Whether a switch is on.
    pub(crate) fn has(&self, name: &str) -> bool {
        matches!(self.matches.try_get_one::<bool>(name), Ok(Some(true)))
    }

    /// A number given for a flag.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for the user.
    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, String> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let wrong = || format!("--{name} takes a number, not {text:?}");
        text.parse().map(Some).map_err(|_| wrong())
    }

    /// The questions and the pieces of `-c` and `-f` in the order they were given.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (name, is_file) in [("QUERY", false), ("command", false), ("file", true)] {
            let Ok(Some(values)) = self.matches.try_get_raw(name) else {
                continue;
            };
            let places = self.matches.indices_of(name).into_iter().flatten();
            for (place, value) in places.zip(values) {
                let piece = if is_file {
                    Piece::File(PathBuf::from(value))
                } else {
                    Piece::Text(value.to_string_lossy().into_owned())
                };
                pieces.push((place, piece));
            }
        }
        pieces.sort_by_key(|(place, _)| *place);
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }
}

/// Reads the command line.
///
/// # Errors
///
/// What clap has to tell the user: a mistake, or the help that was asked for.
pub(crate) fn read(arguments: Vec<OsString>) -> Result<Invocation, clap::Error> {
    let command = command();
    let matches = command.try_get_matches_from(joined_timer(arguments))?;
    let entry = |word: &str| COMMANDS.iter().find(|entry| entry.word == word);
    Ok(match matches.subcommand() {
        Some((word, inner)) => Invocation {
            place: entry(word).map_or(Place::Ask, |entry| entry.place),
            given: Given {
                matches: inner.clone(),
            },
        },
        None => Invocation {
            place: Place::Ask,
            given: Given { matches },
        },
    })
}

/// `--timer json` is read as `--timer=json`, while `--timer STORE` stays what it says.
fn joined_timer(arguments: Vec<OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let is_format = argument == "json" || argument == "text";
        match joined.last_mut() {
            Some(last) if is_format && last == "--timer" => {
                last.push("=");
                last.push(argument);
            }
            _ => joined.push(argument),
        }
    }
    joined
}

/// The whole command line as clap knows it, built from the tables.
pub(crate) fn command() -> Command {
    let mut root = Command::new("factbase")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Reads English documents, keeps what they say, answers with the sentence behind it")
        .after_help(StyledStr::from(EXAMPLES))
        .override_usage(
            "factbase STORE [QUERY | -c QUERY | -f FILE]... [FLAGS]\n       \
             factbase COMMAND ... [FLAGS]",
        )
        .subcommand_help_heading("Commands")
        .subcommand_value_name("COMMAND")
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .disable_help_subcommand(true)
        .arg(positional(&Positional {
            name: "STORE",
            is_required: true,
            is_repeatable: false,
            is_path: true,
            help: "The directory of the store; it is made by the first write",
        }))
        .arg(positional(&Positional {
            name: "QUERY",
            is_required: false,
            is_repeatable: true,
            is_path: false,
            help: "Questions and other statements to run, as with -c",
        }))
        .args(flags_of(Place::Ask));
    for entry in COMMANDS {
        root = root.subcommand(subcommand(entry));
    }
    root
}

/// One command with its arguments and flags.
fn subcommand(entry: &CommandEntry) -> Command {
    Command::new(entry.word)
        .about(entry.about)
        .args(entry.arguments.iter().map(positional))
        .args(flags_of(entry.place))
}

/// The flags of a command.
fn flags_of(place: Place) -> impl Iterator<Item = Arg> {
    FLAGS
        .iter()
        .filter(move |flag| flag.places.contains(&place))
        .map(argument)
}

/// A flag as clap knows it.
fn argument(flag: &Flag) -> Arg {
    let mut argument = Arg::new(flag.long).long(flag.long).help(flag.help);
    if let Some(letter) = flag.short {
        argument = argument.short(letter);
    }
    let action = if flag.is_repeatable {
        ArgAction::Append
    } else {
        ArgAction::Set
    };
    match flag.value {
        FlagValue::None => argument.action(ArgAction::SetTrue),
        FlagValue::Any(name) => argument
            .value_name(name)
            .action(action)
            .allow_hyphen_values(true),
        FlagValue::Path(name) => argument
            .value_name(name)
            .action(action)
            .value_hint(ValueHint::FilePath)
            .value_parser(clap::value_parser!(PathBuf)),
        FlagValue::OneOf(name, words) => argument
            .value_name(name)
            .action(action)
            .value_parser(PossibleValuesParser::new(words.iter().copied())),
        FlagValue::Maybe(name, words) => argument
            .value_name(name)
            .action(action)
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value(words.first().copied().unwrap_or_default())
            .value_parser(PossibleValuesParser::new(words.iter().copied())),
    }
}

/// An argument by position as clap knows it.
fn positional(entry: &Positional) -> Arg {
    let mut argument = Arg::new(entry.name)
        .help(entry.help)
        .required(entry.is_required);
    if entry.is_path {
        argument = argument
            .value_hint(ValueHint::AnyPath)
            .value_parser(clap::value_parser!(PathBuf));
    }
    if entry.is_repeatable {
        argument = argument.num_args(1..).action(ArgAction::Append);
    }
    argument
}

/// Tells the user what clap has to say, in the order of importance: the mistake, then the usage.
pub(crate) fn report(error: &clap::Error) -> ExitCode {
    // Nobody reads the help any more: that is no failure.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(crate::failure::USAGE))
}

/// `factbase completions SHELL`
///
/// # Errors
///
/// A shell that is not known.
pub(crate) fn print_completions(given: &Given) -> Result<(), Failure> {
    let name = given.text("SHELL").unwrap_or_default();
    let Ok(shell) = name.parse::<clap_complete::Shell>() else {
        return Err(Failure::Usage(format!(
            "there are completions for bash, zsh, fish, elvish and powershell, not for {name:?}"
        )));
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "factbase", &mut script);
    Ok(std::io::stdout().write_all(&script)?)
}

/// `factbase man`
///
/// # Errors
///
/// What standard output says.
pub(crate) fn print_manual() -> Result<(), Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    for entry in COMMANDS {
        let heading = format!("factbase {}", entry.word);
        let title = heading.to_uppercase();
        page.extend_from_slice(format!(".SH \"{title}\"\n").as_bytes());
        let command = subcommand(entry).bin_name(heading);
        let manual = clap_mangen::Man::new(command);
        manual.render_description_section(&mut page)?;
        manual.render_options_section(&mut page)?;
    }
    Ok(std::io::stdout().write_all(&page)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Invocation, clap::Error> {
        read(line.split(' ').map(OsString::from).collect())
    }

    #[test]
    fn the_tables_make_a_sound_command_line() {
        command().debug_assert();
    }

    #[test]
    fn pieces_keep_the_order_in_which_they_are_given() {
        let invocation = read_line("factbase s -c one -f two -c three").unwrap();
        assert_eq!(invocation.place, Place::Ask);
        let expected = [
            Piece::Text("one".into()),
            Piece::File("two".into()),
            Piece::Text("three".into()),
        ];
        assert_eq!(invocation.given.pieces(), expected);
    }

    #[test]
    fn the_timer_takes_its_format_with_or_without_an_equals_sign() {
        for line in [
            "factbase s --timer json -f x",
            "factbase s --timer=json -f x",
        ] {
            let invocation = read_line(line).unwrap();
            assert_eq!(invocation.given.text("timer"), Some("json"), "{line}");
        }
        let invocation = read_line("factbase --timer s").unwrap();
        assert_eq!(invocation.given.text("timer"), Some("text"));
        assert_eq!(invocation.given.text("STORE"), Some("s"));
    }

    #[test]
    fn a_mistyped_flag_is_answered_with_the_nearest() {
        let error = read_line("factbase s --fromat csv").unwrap_err();
        assert!(error.to_string().contains("--format"), "{error}");
    }
}
