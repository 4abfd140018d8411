//! Activations of a layer, quantised row by row for the integer products.
//!
//! A row becomes bytes 0–255 with its own scale and zero point, so that what one word gets never
//! depends on the words beside it in a batch.

use archmage::prelude::*;

use super::instructions::{Instructions, dispatch};
use super::pointwise::{gelu_lanes, maximum, minimum};

/// Rows that one step of the product computes together: 6 × 2 vectors of sums fit in the
/// registers of AVX2 and of AVX-512.
pub(super) const TILE_ROWS: usize = 6;

/// What happens to a value before it is quantised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transformation {
    /// Nothing.
    Identity,
    /// The Gaussian error linear unit.
    Gelu,
}

/// The values of tiles of rows: for each four columns, four values of each row of the tile.
#[derive(Debug)]
pub(super) enum Tiles {
    /// As the instructions of VNNI take them.
    Bytes(Vec<[[u8; 4]; TILE_ROWS]>),
    /// Widened, as the 16-bit products of the other processors take them.
    Wide(Vec<[[i16; 4]; TILE_ROWS]>),
}

impl Tiles {
    /// Puts a quantised row in its place. Compiled without vector instructions on purpose: the
    /// scattered stores that the compiler would choose are slower than single ones.
    #[inline(never)]
    fn put(&mut self, index: usize, fours: usize, row: &[u8]) {
        let (first, place) = (index / TILE_ROWS * fours, index % TILE_ROWS);
        let (row, _) = row.as_chunks::<4>();
        match self {
            Self::Bytes(tiles) => {
                for (step, four) in tiles.iter_mut().skip(first).zip(row) {
                    if let Some(to) = step.get_mut(place) {
                        *to = *four;
                    }
                }
            }
            Self::Wide(tiles) => {
                for (step, four) in tiles.iter_mut().skip(first).zip(row) {
                    if let Some(to) = step.get_mut(place) {
                        *to = four.map(i16::from);
                    }
                }
            }
        }
    }
}

/// Quantised rows; value = (quantised − zero) × scale.
#[derive(Debug)]
pub(super) struct Activations {
    pub(super) tiles: Tiles,
    pub(super) rows: usize,
    /// Columns divided by four, rounded up.
    pub(super) fours: usize,
    pub(super) scales: Vec<f32>,
    pub(super) zeros: Vec<i32>,
    transformed: Vec<f32>,
    row: Vec<u8>,
}

impl Activations {
    pub(super) fn new(instructions: Instructions) -> Self {
        let tiles = match instructions {
            #[cfg(target_arch = "x86_64")]
            Instructions::Vnni(_) => Tiles::Bytes(Vec::new()),
            _ => Tiles::Wide(Vec::new()),
        };
        Self {
            tiles,
            rows: 0,
            fours: 0,
            scales: Vec::new(),
            zeros: Vec::new(),
            transformed: Vec::new(),
            row: Vec::new(),
        }
    }

    /// Quantises the first `columns` of each row of `values`, whose rows are `stride` apart.
    pub(super) fn fill(
        &mut self,
        instructions: Instructions,
        values: &[f32],
        stride: usize,
        columns: usize,
        transformation: Transformation,
    ) {
        self.rows = values.len().div_ceil(stride.max(1));
        self.fours = columns.div_ceil(4);
        let steps = self.rows.div_ceil(TILE_ROWS) * self.fours;
        match &mut self.tiles {
            Tiles::Bytes(tiles) => tiles.resize(steps, [[0; 4]; TILE_ROWS]),
            Tiles::Wide(tiles) => tiles.resize(steps, [[0; 4]; TILE_ROWS]),
        }
        self.scales.clear();
        self.zeros.clear();
        self.row.resize(self.fours * 4, 0);
        self.transformed.resize(columns, 0.0);
        dispatch!(
            instructions,
            [fill_rows_v4x, fill_rows_v3, fill_rows_scalar],
            self,
            values,
            stride,
            transformation
        );
    }
}

#[magetypes(+v4x, -v4, -neon, -wasm128)]
fn fill_rows(
    token: Token,
    activations: &mut Activations,
    values: &[f32],
    stride: usize,
    transformation: Transformation,
) {
    let _ = token;
    let Activations {
        tiles,
        fours,
        scales,
        zeros,
        transformed,
        row,
        ..
    } = activations;
    for (index, values) in values.chunks(stride.max(1)).enumerate() {
        transformed
            .iter_mut()
            .zip(values)
            .for_each(|(to, from)| *to = *from);
        if transformation == Transformation::Gelu {
            gelu_lanes(transformed);
        }
        let (scale, zero) = quantise(transformed, row);
        scales.push(scale);
        zeros.push(zero);
        tiles.put(index, *fours, row);
    }
}

/// Adding and subtracting it rounds a small float to the nearest whole number, halves to even.
const ROUNDING: f32 = 12_582_912.0;

/// Writes the bytes of a row; returns its scale and zero point.
#[inline(always)]
fn quantise(values: &[f32], bytes: &mut [u8]) -> (f32, i32) {
    let lowest = minimum(values).min(0.0);
    let highest = maximum(values).max(0.0);
    let scale = ((highest - lowest) / 255.0).max(1e-12);
    let inverse = 1.0 / scale;
    let zero = (-lowest * inverse + ROUNDING) - ROUNDING;
    for (byte, value) in bytes.iter_mut().zip(values) {
        *byte = quantised(*value, inverse, zero);
    }
    (scale, zero as i32)
}

#[inline(always)]
fn quantised(value: f32, inverse: f32, zero: f32) -> u8 {
    // The low bits of the rounded float are the whole number itself.
    let rounded = value * inverse + zero + ROUNDING;
    let whole = (rounded.to_bits() as i32).wrapping_sub(ROUNDING.to_bits() as i32);
    whole.clamp(0, 255) as u8
}

#[cfg(test)]
mod tests;
