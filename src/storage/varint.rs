//! Numbers in as few bytes as they need: seven bits a byte, the smallest first.

/// Appends a number.
pub(super) fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number off the beginning; `None` where there is none.
#[inline]
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Ascending numbers as the differences between them.
pub(super) fn push_ascending(bytes: &mut Vec<u8>, numbers: &[u64]) {
    let mut last = 0;
    for &number in numbers {
        push(bytes, number.wrapping_sub(last));
        last = number;
    }
}

/// The inverse of [`push_ascending`]; stops at the first byte that makes no sense.
pub(super) fn take_ascending(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    let mut last = 0_u64;
    while let Some(step) = take(&mut bytes) {
        last = last.wrapping_add(step);
        numbers.push(last);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_read_back(mut numbers: Vec<u64>) {
            numbers.sort_unstable();
            let mut bytes = Vec::new();
            push_ascending(&mut bytes, &numbers);
            prop_assert_eq!(take_ascending(&bytes), numbers);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = take_ascending(&bytes);
        }
    }
}
