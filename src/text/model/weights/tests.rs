use proptest::prelude::*;

use super::*;
use crate::text::model::{ACCURATE_WEIGHTS, FAST_WEIGHTS};

#[test]
fn the_committed_weights_are_whole() {
    Weights::verify(ACCURATE_WEIGHTS).unwrap();
    Weights::verify(FAST_WEIGHTS).unwrap();
}

#[test]
fn a_damaged_file_is_noticed() {
    let mut file = FAST_WEIGHTS.to_vec();
    let middle = file.len() / 2;
    file[middle] ^= 1;
    assert!(Weights::verify(&file).is_err());
}

/// A file with this header and data.
fn file(header: &str, data: &[u8]) -> &'static [u8] {
    let mut file = MAGIC.to_vec();
    file.extend(VERSION.to_le_bytes());
    file.extend(u32::try_from(header.len()).unwrap().to_le_bytes());
    file.extend(header.bytes());
    file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
    file.extend(data);
    file.extend([0; CHECKSUM_LENGTH]);
    Box::leak(file.into_boxed_slice())
}

fn header(tensor: &str) -> String {
    let vocabulary = r#""tags":[],"relations":[],"names":[]"#;
    format!(r#"{{"model":"fast","config":{{}},{vocabulary},"tensors":[{tensor}]}}"#)
}

#[test]
fn quantised_rows_are_restored() {
    let tensor = r#"{"name":"t","kind":"i4rows","shape":[1,4],"group":2,"offset":0,"length":2,
        "scales":{"offset":4,"length":8}}"#;
    let mut data = vec![0x0F | 0x10, 0x98, 0, 0];
    data.extend(0.5f32.to_le_bytes());
    data.extend(2f32.to_le_bytes());
    let weights = Weights::parse(file(&header(tensor), &data)).unwrap();
    assert_eq!(weights.floats("t").unwrap(), [3.5, -3.5, 0.0, 2.0]);
    let rows = weights.rows("t").unwrap();
    assert_eq!(
        rows.values.iter().map(|v| *v as i8).collect::<Vec<_>>(),
        [127, -127, 0, 73]
    );
}

#[test]
fn tensors_that_do_not_fit_are_refused() {
    for tensor in [
        r#"{"name":"t","kind":"f32","shape":[2],"offset":0,"length":4}"#,
        r#"{"name":"t","kind":"f32","shape":[2],"offset":99,"length":8}"#,
        r#"{"name":"t","kind":"f32","shape":[0],"offset":0,"length":0}"#,
        r#"{"name":"t","kind":"f32","shape":[1,1,1],"offset":0,"length":4}"#,
        r#"{"name":"t","kind":"i8rows","shape":[2,2],"offset":0,"length":4}"#,
        r#"{"name":"t","kind":"i4rows","shape":[1,4],"group":0,"offset":0,"length":2}"#,
        r#"{"name":"t","kind":"f32","shape":[9223372036854775807,9],"offset":0,"length":8}"#,
        r#"{"name":"t","kind":"i2rows","shape":[2,2],"offset":0,"length":1}"#,
        r#"{"name":"other","kind":"f32","shape":[1],"offset":0,"length":4}"#,
    ] {
        let weights = Weights::parse(file(&header(tensor), &[0; 8])).unwrap();
        assert!(weights.table("t").is_err(), "{tensor}");
    }
}

proptest! {
    #[test]
    fn random_bytes_are_no_weights(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut file = MAGIC.to_vec();
        file.extend(bytes);
        prop_assert!(Weights::parse(Box::leak(file.into_boxed_slice())).is_err());
    }
}
