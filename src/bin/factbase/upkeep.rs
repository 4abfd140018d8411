//! `check`, `compact`, `backup` and `forget`.

use std::io::Write;
use std::path::Path;

use factbase::{Error, Store};

use crate::args::Given;
use crate::failure::{self, Failure};
use crate::output::counted;
use crate::session::store_options;

fn open(given: &Given) -> Result<Store, Failure> {
    let path = given.path("STORE").unwrap_or_default();
    Ok(store_options(given)?.open_existing(path)?)
}

/// `factbase check STORE`
///
/// # Errors
///
/// What is damaged, each part by name.
pub(crate) fn check(given: &Given) -> Result<(), Failure> {
    let report = open(given)?.check()?;
    let mut out = std::io::stdout().lock();
    if report.problems.is_empty() {
        if !given.has("quiet") {
            writeln!(out, "sound: {}", report.summary)?;
        }
        return Ok(());
    }
    for problem in &report.problems {
        writeln!(out, "{problem}")?;
    }
    let count = counted(report.problems.len(), "problem", "problems");
    eprintln!("error: {count}; restore a backup, or ingest and import again");
    Err(Failure::Silent(failure::STORE))
}

/// `factbase compact STORE`
///
/// # Errors
///
/// What the store says.
pub(crate) fn compact(given: &Given) -> Result<(), Failure> {
    let store = open(given)?;
    let before = store.disk_bytes()?;
    store.compact()?;
    let after = store.disk_bytes()?;
    if !given.has("quiet") {
        let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
        let mut out = std::io::stdout().lock();
        writeln!(out, "{} → {}", megabytes(before), megabytes(after))?;
    }
    Ok(())
}

/// `factbase backup STORE TARGET`
///
/// # Errors
///
/// A target that exists, or what the disk says.
pub(crate) fn backup(given: &Given) -> Result<(), Failure> {
    let target = given.path("TARGET").unwrap_or_default();
    open(given)?.backup(target)?;
    Ok(())
}

/// `factbase forget STORE DOCUMENTS…`
///
/// # Errors
///
/// A document that the store does not know: the others are forgotten all the same.
pub(crate) fn forget(given: &Given) -> Result<(), Failure> {
    let store = open(given)?;
    let mut out = std::io::stdout().lock();
    let mut has_failed = false;
    for name in given.texts("DOCUMENTS") {
        if store.snapshot().document(&name)?.is_none() {
            let known = store.snapshot().documents()?;
            let names = known.iter().map(|known| known.record.name.as_str());
            let near = names
                .clone()
                .find(|known| Path::new(known).ends_with(&name))
                .or_else(|| factbase::nearest_word(&name, names));
            let help = near.map(|near| format!("did you mean {near}?"));
            let error = Error::Input {
                place: name.clone(),
                message: "there is no such document".to_owned(),
                help,
            };
            let palette =
                crate::output::ColorChoice::Auto.palette(crate::output::is_stderr_terminal());
            eprint!("{}", failure::render_error(&error, None, palette));
            has_failed = true;
            continue;
        }
        let change = store.forget(&name)?;
        writeln!(out, "{change}")?;
    }
    if has_failed {
        return Err(Failure::Silent(failure::FAILED));
    }
    Ok(())
}
