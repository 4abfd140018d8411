//! `import` and `export`.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use factbase::{Error, ExchangeFormat, TransferReport};

use crate::args::Given;
use crate::failure::Failure;
use crate::output::counted;
use crate::session::{as_of, store_options};

/// `factbase import STORE FILES…`
///
/// # Errors
///
/// A file that cannot be read or is wrong.
pub(crate) fn import(given: &Given) -> Result<(), Failure> {
    let given_format = given.text("format").and_then(ExchangeFormat::from_name);
    let paths = given.paths("FILES");
    // A store is not made for a file that is not there.
    for path in paths.iter().filter(|path| path.as_path() != Path::new("-")) {
        File::open(path).map_err(|source| unreadable(path, source))?;
    }
    let store = store_options(given)?.open(given.path("STORE").unwrap_or_default())?;
    let mut total = TransferReport::default();
    for path in &paths {
        let report = if path.as_path() == Path::new("-") {
            let format = given_format.unwrap_or(ExchangeFormat::JsonLines);
            store.import(std::io::stdin().lock(), "-", format)?
        } else {
            store.import_path(path, given_format)?
        };
        total.documents += report.documents;
        total.entities += report.entities;
        total.facts += report.facts;
        total.rules += report.rules;
    }
    if !given.has("quiet") {
        writeln!(std::io::stdout(), "{}", summary(&total, "imported"))?;
    }
    Ok(())
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Io {
        action: format!("cannot read {}", path.display()),
        source,
    }
}

/// `factbase export STORE`
///
/// # Errors
///
/// A store that is not there, or an output that cannot be written.
pub(crate) fn export(given: &Given) -> Result<(), Failure> {
    let output = given.path("output");
    let format = given.text("format").and_then(ExchangeFormat::from_name);
    let by_name = output.as_deref().and_then(ExchangeFormat::of_path);
    let format = format.or(by_name).unwrap_or(ExchangeFormat::JsonLines);
    let store = store_options(given)?.open_existing(given.path("STORE").unwrap_or_default())?;
    let mut snapshot = store.snapshot();
    if let Some(moment) = as_of(given)? {
        snapshot = snapshot.at(moment)?;
    }
    let Some(path) = output else {
        snapshot.export(std::io::stdout().lock(), format)?;
        return Ok(());
    };
    let file = File::create(&path).map_err(|source| Error::Io {
        action: format!("cannot write {}", path.display()),
        source,
    })?;
    let report = snapshot.export(file, format)?;
    if !given.has("quiet") {
        eprintln!("{}", summary(&report, "exported"));
    }
    Ok(())
}

/// `1,203 facts, 12 documents imported`
pub(crate) fn summary(report: &TransferReport, verb: &str) -> String {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let mut parts = vec![counted(count(report.facts), "fact", "facts")];
    for (number, one, many) in [
        (report.documents, "document", "documents"),
        (report.entities, "entity", "entities"),
        (report.rules, "rule", "rules"),
    ] {
        if number > 0 {
            parts.push(counted(count(number), one, many));
        }
    }
    format!("{} {verb}", parts.join(", "))
}
