//! A column of numbers in few bytes: the smallest of a few simple forms is chosen.
//!
//! Numbers are packed with a fixed count of bits behind a base (frame of reference), as
//! differences where they ascend, through a table of distinct values where those are few, or
//! split into a high and a low half where kinds of terms are mixed. All forms unpack without a
//! branch a value (Lemire and Boytsov, "Decoding billions of integers per second").

use std::borrow::Cow;

const CONSTANT: u8 = 0;
const FRAME: u8 = 1;
const ASCENDING: u8 = 2;
const TABLE: u8 = 3;
const SPLIT: u8 = 4;

/// A table has at most so many distinct values.
const TABLE_MAX: usize = 64;
/// The low half of a split column.
const LOW_BITS: u32 = 36;
/// Numbers of more bits than this do not fit behind seven others in one read of eight bytes.
const NARROW_BITS: u32 = 56;

/// How many bits the number needs.
fn width(number: u64) -> u32 {
    u64::BITS - number.leading_zeros()
}

fn packed_bytes(count: usize, bits: u32) -> usize {
    (count * bits as usize).div_ceil(8)
}

/// Appends numbers of so many bits each.
fn push_bits(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u64>, bits: u32) {
    let (mut pending, mut held) = (0_u128, 0_u32);
    for number in numbers {
        pending |= u128::from(number) << held;
        held += bits;
        while held >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            held -= 8;
        }
    }
    if held > 0 {
        bytes.push(pending as u8);
    }
}

/// Takes `count` numbers of so many bits off packed bytes.
fn unpack(bytes: &[u8], count: usize, bits: u32, base: u64) -> Vec<u64> {
    if bits == 0 {
        return vec![base; count];
    }
    let mask = if bits == 64 {
        u64::MAX
    } else {
        (1 << bits) - 1
    };
    // Reads of eight and sixteen bytes may go beyond the end.
    let mut padded = Vec::with_capacity(bytes.len() + 16);
    padded.extend_from_slice(bytes);
    padded.extend_from_slice(&[0; 16]);
    let step = bits as usize;
    let mut numbers = Vec::with_capacity(count);
    if bits <= NARROW_BITS {
        numbers.extend((0..count).map(|place| {
            let bit = place * step;
            let read = padded.get(bit >> 3..).and_then(<[u8]>::first_chunk::<8>);
            let word = read.map_or(0, |bytes| u64::from_le_bytes(*bytes));
            base.wrapping_add(word >> (bit & 7) & mask)
        }));
    } else {
        numbers.extend((0..count).map(|place| {
            let bit = place * step;
            let read = padded.get(bit >> 3..).and_then(<[u8]>::first_chunk::<16>);
            let word = read.map_or(0, |bytes| u128::from_le_bytes(*bytes));
            base.wrapping_add((word >> (bit & 7)) as u64 & mask)
        }));
    }
    numbers
}

/// Appends the column in its smallest form.
pub(super) fn encode(bytes: &mut Vec<u8>, numbers: &[u64]) {
    let Some((&first, rest)) = numbers.split_first() else {
        bytes.push(CONSTANT);
        bytes.extend_from_slice(&[0; 8]);
        return;
    };
    let (mut least, mut greatest, mut step) = (first, first, 0);
    let (mut ascends, mut last) = (true, first);
    for &number in rest {
        least = least.min(number);
        greatest = greatest.max(number);
        ascends &= number >= last;
        step = step.max(number.wrapping_sub(last));
        last = number;
    }
    if least == greatest {
        bytes.push(CONSTANT);
        bytes.extend_from_slice(&first.to_le_bytes());
        return;
    }
    let frame_bits = width(greatest - least);
    let frame_size = packed_bytes(numbers.len(), frame_bits);
    let step_bits = width(step);
    let step_size = packed_bytes(numbers.len() - 1, step_bits);
    if ascends && step_size <= frame_size {
        let start = bytes.len();
        bytes.push(ASCENDING);
        bytes.extend_from_slice(&first.to_le_bytes());
        bytes.push(step_bits as u8);
        let steps = numbers.windows(2).map(|pair| match pair {
            [before, after] => after - before,
            _ => 0,
        });
        push_bits(bytes, steps, step_bits);
        if step_size * 2 > frame_size && frame_bits > LOW_BITS {
            // A jump from one kind of term to the next makes every step wide: try the others.
            let ascending = bytes.split_off(start);
            other_forms(bytes, numbers, (least, frame_bits, frame_size));
            if bytes.len() - start >= ascending.len() {
                bytes.truncate(start);
                bytes.extend_from_slice(&ascending);
            }
        }
        return;
    }
    other_forms(bytes, numbers, (least, frame_bits, frame_size));
}

/// Table, split or frame of reference, whichever is smallest.
fn other_forms(bytes: &mut Vec<u8>, numbers: &[u64], frame: (u64, u32, usize)) {
    let (least, frame_bits, frame_size) = frame;
    if let Some(table) = distinct(numbers) {
        let index_bits = width(table.len() as u64 - 1);
        let size = table.len() * 8 + packed_bytes(numbers.len(), index_bits);
        if size < frame_size {
            bytes.push(TABLE);
            bytes.push(table.len() as u8);
            encode_frame(bytes, &table);
            bytes.push(index_bits as u8);
            let place = |number: &u64| table.binary_search(number).unwrap_or(0) as u64;
            push_bits(bytes, numbers.iter().map(place), index_bits);
            return;
        }
    }
    if frame_bits > LOW_BITS {
        let high: Vec<u64> = numbers.iter().map(|number| number >> LOW_BITS).collect();
        if distinct(&high).is_some() {
            let mask = (1 << LOW_BITS) - 1;
            let low: Vec<u64> = numbers.iter().map(|number| number & mask).collect();
            bytes.push(SPLIT);
            encode(bytes, &high);
            encode_frame(bytes, &low);
            return;
        }
    }
    bytes.push(FRAME);
    bytes.extend_from_slice(&least.to_le_bytes());
    bytes.push(frame_bits as u8);
    push_bits(
        bytes,
        numbers.iter().map(|number| number - least),
        frame_bits,
    );
}

/// Frame of reference without its form byte.
fn encode_frame(bytes: &mut Vec<u8>, numbers: &[u64]) {
    let least = numbers.iter().copied().min().unwrap_or(0);
    let greatest = numbers.iter().copied().max().unwrap_or(0);
    let bits = width(greatest - least);
    bytes.extend_from_slice(&least.to_le_bytes());
    bytes.push(bits as u8);
    push_bits(bytes, numbers.iter().map(|number| number - least), bits);
}

/// The distinct numbers, sorted, where they are few.
fn distinct(numbers: &[u64]) -> Option<Vec<u64>> {
    let mut table: Vec<u64> = Vec::with_capacity(TABLE_MAX);
    let mut last = None;
    for &number in numbers {
        if last == Some(number) {
            continue;
        }
        last = Some(number);
        if let Err(place) = table.binary_search(&number) {
            if table.len() == TABLE_MAX {
                return None;
            }
            table.insert(place, number);
        }
    }
    Some(table)
}

/// A column still packed, its shape verified: unpacking cannot fail.
#[derive(Debug, Clone)]
pub(super) enum Packed<'a> {
    Constant(u64),
    Frame(Bits<'a>),
    Ascending(u64, Bits<'a>),
    Table(Bits<'a>, Bits<'a>),
    Split(Box<Packed<'a>>, Bits<'a>),
}

/// Packed numbers behind a base.
#[derive(Debug, Clone)]
pub(super) struct Bits<'a> {
    base: u64,
    bits: u32,
    count: usize,
    bytes: Cow<'a, [u8]>,
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let taken = take(bytes, 8)?;
    Some(u64::from_le_bytes(taken.try_into().ok()?))
}

fn take_byte(bytes: &mut &[u8]) -> Option<u8> {
    take(bytes, 1)?.first().copied()
}

impl<'a> Bits<'a> {
    fn read(bytes: &mut &'a [u8], count: usize, has_base: bool) -> Option<Self> {
        let base = if has_base { take_number(bytes)? } else { 0 };
        let bits = u32::from(take_byte(bytes)?);
        if bits > u64::BITS {
            return None;
        }
        let bytes = Cow::Borrowed(take(bytes, packed_bytes(count, bits))?);
        Some(Self {
            base,
            bits,
            count,
            bytes,
        })
    }

    fn unpack(&self) -> Vec<u64> {
        unpack(&self.bytes, self.count, self.bits, self.base)
    }
}

impl<'a> Packed<'a> {
    /// Reads a column of so many numbers off the beginning; `None` where the bytes are none.
    pub(super) fn read(bytes: &mut &'a [u8], count: usize) -> Option<Self> {
        Self::read_nested(bytes, count, true)
    }

    fn read_nested(bytes: &mut &'a [u8], count: usize, may_split: bool) -> Option<Self> {
        Some(match take_byte(bytes)? {
            CONSTANT => Self::Constant(take_number(bytes)?),
            FRAME => Self::Frame(Bits::read(bytes, count, true)?),
            ASCENDING => {
                let first = take_number(bytes)?;
                Self::Ascending(first, Bits::read(bytes, count.checked_sub(1)?, false)?)
            }
            TABLE => {
                let length = usize::from(take_byte(bytes)?);
                let table = Bits::read(bytes, length, true)?;
                Self::Table(table, Bits::read(bytes, count, false)?)
            }
            SPLIT if may_split => {
                let high = Self::read_nested(bytes, count, false)?;
                Self::Split(Box::new(high), Bits::read(bytes, count, true)?)
            }
            _ => return None,
        })
    }

    /// The value, where there is only one.
    pub(super) fn constant(&self) -> Option<u64> {
        match self {
            Self::Constant(value) => Some(*value),
            _ => None,
        }
    }

    /// The numbers: `count` of them, as when it was read.
    pub(super) fn unpack(&self, count: usize) -> Vec<u64> {
        match self {
            Self::Constant(value) => vec![*value; count],
            Self::Frame(bits) => bits.unpack(),
            Self::Ascending(first, steps) => {
                let mut last = *first;
                let mut numbers = Vec::with_capacity(count);
                numbers.push(last);
                numbers.extend(steps.unpack().into_iter().map(|step| {
                    last = last.wrapping_add(step);
                    last
                }));
                numbers
            }
            Self::Table(table, places) => {
                let table = table.unpack();
                let mut numbers = places.unpack();
                for number in &mut numbers {
                    let place = usize::try_from(*number).unwrap_or(usize::MAX);
                    *number = table.get(place).copied().unwrap_or(0);
                }
                numbers
            }
            Self::Split(high, low) => {
                let mut numbers = low.unpack();
                for (low, high) in numbers.iter_mut().zip(high.unpack(count)) {
                    *low = low.wrapping_add(high << LOW_BITS);
                }
                numbers
            }
        }
    }

    /// The column with its bytes copied, free of what it was read from.
    pub(super) fn into_owned(self) -> Packed<'static> {
        let own = |bits: Bits<'_>| Bits {
            base: bits.base,
            bits: bits.bits,
            count: bits.count,
            bytes: Cow::Owned(bits.bytes.into_owned()),
        };
        match self {
            Self::Constant(value) => Packed::Constant(value),
            Self::Frame(bits) => Packed::Frame(own(bits)),
            Self::Ascending(first, steps) => Packed::Ascending(first, own(steps)),
            Self::Table(table, places) => Packed::Table(own(table), own(places)),
            Self::Split(high, low) => Packed::Split(Box::new(high.into_owned()), own(low)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn roundtrip(numbers: &[u64]) -> usize {
        let mut bytes = vec![0xDD; 3];
        encode(&mut bytes, numbers);
        let size = bytes.len() - 3;
        bytes.push(0xEE);
        let mut rest = &bytes[3..];
        let packed = Packed::read(&mut rest, numbers.len()).unwrap();
        assert_eq!(rest, [0xEE]);
        assert_eq!(packed.unpack(numbers.len()), numbers);
        assert_eq!(packed.into_owned().unpack(numbers.len()), numbers);
        size
    }

    #[test]
    fn regular_columns_take_few_bytes() {
        let mixed: Vec<u64> = (0..512)
            .map(|n| (n % 2) << 63 | (n * 7919 % 1000))
            .collect();
        for (numbers, bytes_max) in [
            (vec![7; 512], 9),
            ((0..512).map(|n| 1_000_000 + n).collect(), 80),
            ((0..512).map(|n| n * n % 1000).collect(), 660),
            ((0..512).map(|n| (n % 5) << 40).collect(), 300),
            (mixed, 900),
        ] {
            let size = roundtrip(&numbers);
            assert!(
                size <= bytes_max,
                "{size} bytes, at most {bytes_max} expected"
            );
        }
    }

    proptest! {
        #[test]
        fn any_column_reads_back(
            mut numbers in prop::collection::vec(
                prop_oneof![any::<u64>(), 0_u64..300, (0_u64..9).prop_map(|n| n << 60)], 1..300
            ),
            sort: bool,
        ) {
            if sort {
                numbers.sort_unstable();
            }
            roundtrip(&numbers);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, count in 0_usize..600) {
            if let Some(packed) = Packed::read(&mut bytes.as_slice(), count) {
                packed.unpack(count);
            }
        }
    }
}
