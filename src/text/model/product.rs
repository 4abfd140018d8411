//! Linear layers: products of quantised rows with int8 weights.
//!
//! The sum of a product is a whole number and therefore the same on every processor. Weights are
//! packed into panels of outputs; a step takes four inputs of every output of the panel.

use archmage::prelude::*;

use super::activation::{Activations, TILE_ROWS, Tiles};
use super::instructions::Instructions;
use super::weights::Rows;

/// Outputs of a panel: for VNNI, 32 sums in two registers; for the others, 8 pairs of sums.
const VNNI_HALF: usize = 64;
const WIDE_HALF: usize = 16;

/// Panels of packed weights; a step holds the four weights of each output.
#[derive(Debug)]
enum Panels {
    Bytes(Vec<[[i8; VNNI_HALF]; 2]>),
    Wide(Vec<[[i8; WIDE_HALF]; 2]>),
}

/// A linear layer.
#[derive(Debug)]
pub(super) struct Linear {
    panels: Panels,
    outputs: usize,
    fours: usize,
    /// For each output, padded to whole panels: scale, sum of the weights, bias.
    scales: Vec<f32>,
    sums: Vec<i32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Packs weights for these instructions; the bias may be empty.
    pub(super) fn new(instructions: Instructions, weights: &Rows<'_>, bias: &[f32]) -> Self {
        let fours = weights.columns.div_ceil(4);
        let panels = match instructions {
            #[cfg(target_arch = "x86_64")]
            Instructions::Vnni(_) => {
                Panels::Bytes(pack(weights, fours, |lane, four| lane * 4 + four))
            }
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2(_) => {
                Panels::Wide(pack(weights, fours, |lane, four| lane * 4 + four))
            }
            Instructions::Portable => {
                Panels::Wide(pack(weights, fours, |lane, four| four * 8 + lane))
            }
        };
        let outputs = weights.scales.len();
        let padded = outputs.next_multiple_of(VNNI_HALF / 2);
        let mut scales = weights.scales.clone();
        let mut sums: Vec<i32> = weights
            .values
            .chunks(weights.columns.max(1))
            .map(|row| row.iter().map(|weight| i32::from(*weight as i8)).sum())
            .collect();
        let mut bias = bias.to_vec();
        scales.resize(padded, 0.0);
        sums.resize(padded, 0);
        bias.resize(padded, 0.0);
        Self {
            panels,
            outputs,
            fours,
            scales,
            sums,
            bias,
        }
    }

    /// The number of outputs.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Writes the outputs of every row of `activations`, `outputs` a row.
    pub(super) fn apply(
        &self,
        instructions: Instructions,
        activations: &Activations,
        out: &mut Vec<f32>,
    ) {
        debug_assert_eq!(
            activations.fours, self.fours,
            "the layer takes other inputs"
        );
        out.resize(activations.rows * self.outputs, 0.0);
        if self.fours == 0 || activations.fours != self.fours {
            return;
        }
        match (instructions, &self.panels, &activations.tiles) {
            #[cfg(target_arch = "x86_64")]
            (Instructions::Vnni(token), Panels::Bytes(panels), Tiles::Bytes(tiles)) => {
                multiply_vnni(token, self, panels, activations, tiles, out);
            }
            #[cfg(target_arch = "x86_64")]
            (Instructions::Avx2(token), Panels::Wide(panels), Tiles::Wide(tiles)) => {
                multiply_avx2(token, self, panels, activations, tiles, out);
            }
            (_, Panels::Wide(panels), Tiles::Wide(tiles)) => {
                multiply_portable(self, panels, activations, tiles, out);
            }
            _ => debug_assert!(false, "weights and activations are packed alike"),
        }
    }
}

/// Packs rows of weights; `place` is where in a step the weight of an output for one of four
/// inputs goes.
fn pack<const HALF: usize>(
    weights: &Rows<'_>,
    fours: usize,
    place: impl Fn(usize, usize) -> usize,
) -> Vec<[[i8; HALF]; 2]> {
    let lanes = HALF / 2;
    let outputs = weights.scales.len();
    let mut steps = vec![[[0; HALF]; 2]; outputs.div_ceil(lanes) * fours];
    let rows = weights.values.chunks(weights.columns.max(1));
    for (output, row) in rows.enumerate() {
        let (panel, lane) = (output / lanes, output % lanes);
        let steps = steps.iter_mut().skip(panel * fours);
        for (step, inputs) in steps.zip(row.chunks(4)) {
            for (four, weight) in inputs.iter().enumerate() {
                if let Some(to) = step.as_flattened_mut().get_mut(place(lane, four)) {
                    *to = *weight as i8;
                }
            }
        }
    }
    steps
}

/// Turns the sums of a tile into outputs, from row `first` on.
#[inline(always)]
fn finish<const COUNT: usize>(
    layer: &Linear,
    activations: &Activations,
    sums: &[[i32; COUNT]; TILE_ROWS],
    first: usize,
    panel: usize,
    out: &mut [f32],
) {
    let (Some(weight_scales), Some(weight_sums), Some(bias)) = (
        layer.scales.as_chunks::<COUNT>().0.get(panel),
        layer.sums.as_chunks::<COUNT>().0.get(panel),
        layer.bias.as_chunks::<COUNT>().0.get(panel),
    ) else {
        return;
    };
    let place = panel * COUNT;
    let rows = activations
        .scales
        .iter()
        .zip(&activations.zeros)
        .skip(first);
    let out = out.chunks_exact_mut(layer.outputs).skip(first);
    for ((sums, (scale, zero)), out) in sums.iter().zip(rows).zip(out) {
        let mut values = [0.0; COUNT];
        let parameters = weight_scales.iter().zip(weight_sums).zip(bias);
        for ((to, sum), parameters) in values.iter_mut().zip(sums).zip(parameters) {
            let ((weight_scale, weight_sum), bias) = parameters;
            *to = (sum - zero * weight_sum) as f32 * (scale * weight_scale) + bias;
        }
        let out = out.get_mut(place..).unwrap_or_default();
        match out.first_chunk_mut::<COUNT>() {
            Some(out) => *out = values,
            None => out
                .iter_mut()
                .zip(values)
                .for_each(|(to, value)| *to = value),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[arcane(import_intrinsics)]
fn multiply_vnni(
    token: X64V4xToken,
    layer: &Linear,
    panels: &[[[i8; VNNI_HALF]; 2]],
    activations: &Activations,
    tiles: &[[[u8; 4]; TILE_ROWS]],
    out: &mut [f32],
) {
    let mut sums = [[0; 32]; TILE_ROWS];
    for (panel, weights) in panels.chunks_exact(layer.fours).enumerate() {
        for (tile, rows) in tiles.chunks_exact(layer.fours).enumerate() {
            tile_vnni(token, rows, weights, &mut sums);
            finish(layer, activations, &sums, tile * TILE_ROWS, panel, out);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[rite(import_intrinsics)]
fn tile_vnni(
    _token: X64V4xToken,
    rows: &[[[u8; 4]; TILE_ROWS]],
    weights: &[[[i8; VNNI_HALF]; 2]],
    sums: &mut [[i32; 32]; TILE_ROWS],
) {
    let mut totals = [[_mm512_setzero_si512(); 2]; TILE_ROWS];
    for (rows, [low, high]) in rows.iter().zip(weights) {
        let (low, high) = (_mm512_loadu_si512(low), _mm512_loadu_si512(high));
        for ([low_total, high_total], row) in totals.iter_mut().zip(rows) {
            let row = _mm512_set1_epi32(i32::from_le_bytes(*row));
            *low_total = _mm512_dpbusd_epi32(*low_total, row, low);
            *high_total = _mm512_dpbusd_epi32(*high_total, row, high);
        }
    }
    for (sums, [low, high]) in sums.iter_mut().zip(totals) {
        if let ([low_sums, high_sums], _) = sums.as_chunks_mut::<16>() {
            _mm512_storeu_si512(low_sums, low);
            _mm512_storeu_si512(high_sums, high);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[arcane(import_intrinsics)]
fn multiply_avx2(
    token: X64V3Token,
    layer: &Linear,
    panels: &[[[i8; WIDE_HALF]; 2]],
    activations: &Activations,
    tiles: &[[[i16; 4]; TILE_ROWS]],
    out: &mut [f32],
) {
    let mut pairs = [[0; 16]; TILE_ROWS];
    let mut sums = [[0; 8]; TILE_ROWS];
    for (panel, weights) in panels.chunks_exact(layer.fours).enumerate() {
        for (tile, rows) in tiles.chunks_exact(layer.fours).enumerate() {
            tile_avx2(token, rows, weights, &mut pairs);
            for (sums, pairs) in sums.iter_mut().zip(&pairs) {
                for (sum, [even, odd]) in sums.iter_mut().zip(pairs.as_chunks::<2>().0) {
                    *sum = even + odd;
                }
            }
            finish(layer, activations, &sums, tile * TILE_ROWS, panel, out);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[rite(import_intrinsics)]
fn tile_avx2(
    _token: X64V3Token,
    rows: &[[[i16; 4]; TILE_ROWS]],
    weights: &[[[i8; WIDE_HALF]; 2]],
    pairs: &mut [[i32; 16]; TILE_ROWS],
) {
    let mut totals = [[_mm256_setzero_si256(); 2]; TILE_ROWS];
    for (rows, [low, high]) in rows.iter().zip(weights) {
        let low = _mm256_cvtepi8_epi16(_mm_loadu_si128(low));
        let high = _mm256_cvtepi8_epi16(_mm_loadu_si128(high));
        for ([low_total, high_total], row) in totals.iter_mut().zip(rows) {
            let [a, b, c, d] = row.map(|value| u64::from(value as u16));
            let row = _mm256_set1_epi64x((a | b << 16 | c << 32 | d << 48) as i64);
            *low_total = _mm256_add_epi32(*low_total, _mm256_madd_epi16(row, low));
            *high_total = _mm256_add_epi32(*high_total, _mm256_madd_epi16(row, high));
        }
    }
    for (pairs, [low, high]) in pairs.iter_mut().zip(totals) {
        if let ([low_pairs, high_pairs], _) = pairs.as_chunks_mut::<8>() {
            _mm256_storeu_si256(low_pairs, low);
            _mm256_storeu_si256(high_pairs, high);
        }
    }
}

/// The same product in plain loops, which the compiler turns into the vectors of the target, such
/// as NEON.
fn multiply_portable(
    layer: &Linear,
    panels: &[[[i8; WIDE_HALF]; 2]],
    activations: &Activations,
    tiles: &[[[i16; 4]; TILE_ROWS]],
    out: &mut [f32],
) {
    let mut widened = Vec::with_capacity(layer.fours);
    for (panel, weights) in panels.chunks_exact(layer.fours).enumerate() {
        widened.clear();
        widened.extend(weights.iter().map(|step| {
            let mut wide = [[0; 8]; 4];
            let weights = wide.as_flattened_mut().iter_mut().zip(step.as_flattened());
            weights.for_each(|(to, from)| *to = i16::from(*from));
            wide
        }));
        for (tile, rows) in tiles.chunks_exact(layer.fours).enumerate() {
            let mut sums = [[0; 8]; TILE_ROWS];
            for (row, sums) in sums.iter_mut().enumerate() {
                let values = rows
                    .iter()
                    .map(|rows| rows.get(row).copied().unwrap_or_default());
                *sums = sum_portable(values, &widened);
            }
            finish(layer, activations, &sums, tile * TILE_ROWS, panel, out);
        }
    }
}

/// The sums of one row with eight outputs: for each of four inputs a step has eight weights.
#[inline(always)]
fn sum_portable(values: impl Iterator<Item = [i16; 4]>, weights: &[[[i16; 8]; 4]]) -> [i32; 8] {
    let mut sums = [0; 8];
    for ([a, b, c, d], [first, second, third, fourth]) in values.zip(weights) {
        add_portable(&mut sums, a, first);
        add_portable(&mut sums, b, second);
        add_portable(&mut sums, c, third);
        add_portable(&mut sums, d, fourth);
    }
    sums
}

#[inline(always)]
fn add_portable(sums: &mut [i32; 8], value: i16, weights: &[i16; 8]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += i32::from(value) * i32::from(*weight);
    }
}

#[cfg(test)]
mod tests;
