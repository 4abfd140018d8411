//! The program `factbase`: a prompt and scripts for a store, ingest, import and export.

mod args;
mod catalog;
mod command;
mod editor;
mod failure;
mod ingest;
mod interrupt;
mod output;
mod reading;
mod repl;
mod script;
mod session;
mod timer;
mod transfer;
mod upkeep;
mod weaker;
mod why;

use std::process::ExitCode;

use args::{Invocation, Place};
use failure::Failure;
use output::ColorChoice;

fn main() -> ExitCode {
    let invocation = match args::read(std::env::args_os().collect()) {
        Ok(invocation) => invocation,
        Err(error) => return args::report(&error),
    };
    let color = ColorChoice::from_name(invocation.given.text("color"));
    match run(&invocation, color) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(color.palette(output::is_stderr_terminal())),
    }
}

fn run(invocation: &Invocation, color: ColorChoice) -> Result<(), Failure> {
    let given = &invocation.given;
    match invocation.place {
        Place::Ask => session::ask(given, color),
        Place::Ingest => ingest::ingest(given, color),
        Place::Import => transfer::import(given),
        Place::Export => transfer::export(given),
        Place::Extract => reading::extract(given),
        Place::Annotate => reading::annotate(given),
        Place::Check => upkeep::check(given),
        Place::Compact => upkeep::compact(given),
        Place::Backup => upkeep::backup(given),
        Place::Forget => upkeep::forget(given),
        Place::Completions => args::print_completions(given),
        Place::Man => args::print_manual(),
    }
}
