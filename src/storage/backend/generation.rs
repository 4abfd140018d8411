//! Where in its directory a store keeps sled's files.
//!
//! sled gives no space back, so a compaction writes what is alive to a directory of its own inside
//! the store's, `data.00000001` and so on. Which of them counts stands in the file `current`, and
//! replacing that file is the whole swap: whatever is cut off before leaves the old data, whatever
//! after it the new. A store that was never compacted has sled's files beside the log and no
//! `current`: that is generation 0.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The file that names the generation.
const CURRENT: &str = "current";
/// What it is called while it is written.
const NEXT: &str = "current.next";
/// What the names of the directories begin with; their number follows.
const PREFIX: &str = "data.";
/// Where a load puts aside what does not fit into its memory.
const SCRATCH: &str = "load";
/// sled's files and directories in the directory it is given.
pub(super) const DATA: &str = "db";
const SETTINGS: &str = "conf";
const BLOBS: &str = "blobs";
pub(super) const SNAPSHOT: &str = "snap.";
/// Every store that was written to has this file.
pub(super) const ACKNOWLEDGED: &str = "acknowledged";

/// Whether a directory holds a store, be it damaged.
pub(super) fn is_store(home: &Path) -> bool {
    let files = [DATA, CURRENT, ACKNOWLEDGED];
    files.iter().any(|name| home.join(name).exists()) || !numbers(home).is_empty()
}

/// The directory of a generation.
pub(super) fn directory(home: &Path, generation: u64) -> PathBuf {
    match generation {
        0 => home.to_owned(),
        number => home.join(format!("{PREFIX}{number:08}")),
    }
}

/// The generation that counts.
///
/// # Errors
///
/// `Damaged` where `current` is not readable, or the data it names is not there.
pub(super) fn current(home: &Path) -> Result<u64> {
    let file = home.join(CURRENT);
    let damaged = |message: String| Error::Damaged {
        part: format!("the file {}", file.display()),
        message,
    };
    let generation = match fs::read(&file) {
        Ok(bytes) => {
            let text = std::str::from_utf8(&bytes).ok();
            let number = text.and_then(|text| number_of(text.strip_suffix('\n')?));
            number.ok_or_else(|| {
                damaged(format!(
                    "it must hold the name of one directory of the store, such as {PREFIX}00000001"
                ))
            })?
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => match *numbers(home) {
            [] => 0,
            _ if home.join(DATA).exists() => 0,
            [only] => only,
            _ => {
                return Err(damaged(format!(
                    "it is missing, and there are several directories {PREFIX}*: write the name \
                     of the newest that is whole into it"
                )));
            }
        },
        Err(source) => {
            return Err(Error::Io {
                action: format!("read {}", file.display()),
                source,
            });
        }
    };
    let data = directory(home, generation).join(DATA);
    if !data.exists() && is_store(home) {
        return Err(Error::Damaged {
            part: format!("the file {}", data.display()),
            message: "it is missing".to_owned(),
        });
    }
    Ok(generation)
}

/// Makes another generation the one that counts, in one step that survives a power cut.
pub(super) fn switch(home: &Path, generation: u64) -> io::Result<()> {
    let next = home.join(NEXT);
    let mut file = File::create(&next)?;
    file.write_all(format!("{PREFIX}{generation:08}\n").as_bytes())?;
    file.sync_all()?;
    fs::rename(&next, home.join(CURRENT))?;
    File::open(home)?.sync_all()
}

/// A number no generation has.
pub(super) fn next(home: &Path) -> u64 {
    numbers(home).last().map_or(1, |last| last + 1)
}

/// The directory for what a load puts aside.
pub(super) fn scratch(home: &Path) -> PathBuf {
    home.join(SCRATCH)
}

/// Removes the files of all generations but one, and what a load has left.
pub(super) fn remove_others(home: &Path, kept: u64) -> io::Result<()> {
    gone(fs::remove_dir_all(scratch(home)))?;
    for number in numbers(home).into_iter().filter(|&number| number != kept) {
        remove(home, number)?;
    }
    if kept != 0 {
        remove(home, 0)?;
    }
    Ok(())
}

/// Removes the files of a generation.
pub(super) fn remove(home: &Path, generation: u64) -> io::Result<()> {
    let path = directory(home, generation);
    if generation > 0 {
        return gone(fs::remove_dir_all(path));
    }
    gone(fs::remove_file(path.join(DATA)))?;
    gone(fs::remove_file(path.join(SETTINGS)))?;
    gone(fs::remove_dir_all(path.join(BLOBS)))?;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(SNAPSHOT) {
            gone(fs::remove_file(entry.path()))?;
        }
    }
    Ok(())
}

/// What is not there need not be removed.
fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn number_of(name: &str) -> Option<u64> {
    let digits = name.strip_prefix(PREFIX)?;
    let number = digits.parse().ok()?;
    (digits.len() >= 8 && number > 0).then_some(number)
}

/// The numbers of the directories that are there, ascending.
fn numbers(home: &Path) -> Vec<u64> {
    let entries = fs::read_dir(home).into_iter().flatten().flatten();
    let mut numbers: Vec<u64> = entries
        .filter_map(|entry| number_of(entry.file_name().to_str()?))
        .collect();
    numbers.sort_unstable();
    numbers
}
