//! The files in `seeds/` are those that `seeds/README.md` names, with origin, licence and checksum.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The checksum of each file below `seeds/`, the README itself left out.
fn checksums(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            checksums(&entry.path(), &format!("{name}/"), found);
        } else if name != "README.md" {
            let digest = Sha256::digest(fs::read(entry.path()).unwrap());
            let digits = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            found.insert(name, digits);
        }
    }
}

#[test]
fn each_seed_file_is_listed_with_its_checksum() {
    let mut found = BTreeMap::new();
    checksums(&folder(), "", &mut found);
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let listed: BTreeMap<String, String> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter_map(|line| line.split_once("  "))
        .map(|(checksum, name)| (name.to_owned(), checksum.to_owned()))
        .collect();
    assert_eq!(
        listed, found,
        "`cd seeds && sha256sum */*` lists the files as they are"
    );
}
