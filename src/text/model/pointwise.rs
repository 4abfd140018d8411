//! Functions of one vector: normalisation, activations, exponentials, sums.
//!
//! Written over blocks of [`LANES`] values that every level of instructions turns into its own
//! vectors; a sum keeps one partial sum for each lane, so that its order is fixed.

use archmage::prelude::*;

use super::instructions::{Instructions, dispatch};

/// Values in a block: one register of AVX-512, two of AVX2, four of NEON.
pub(super) const LANES: usize = 16;

/// The sum of sixteen lanes, always in the same order.
#[inline(always)]
pub(super) fn sum_lanes(lanes: [f32; LANES]) -> f32 {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = lanes;
    (((a + i) + (e + m)) + ((c + k) + (g + o))) + (((b + j) + (f + n)) + ((d + l) + (h + p)))
}

/// Lanes of a search for the smallest or largest value, whose order does not matter: two blocks,
/// because the compiler takes a loop over one apart instead of making vectors of it.
const SEARCH_LANES: usize = 2 * LANES;

/// The smallest value, infinity for none.
#[inline(always)]
pub(super) fn minimum(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<SEARCH_LANES>();
    let mut lanes = [f32::INFINITY; SEARCH_LANES];
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane = if *value < *lane { *value } else { *lane };
        }
    }
    lanes
        .iter()
        .chain(rest)
        .fold(f32::INFINITY, |a, b| if *b < a { *b } else { a })
}

/// The largest value, minus infinity for none.
#[inline(always)]
pub(super) fn maximum(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<SEARCH_LANES>();
    let mut lanes = [f32::NEG_INFINITY; SEARCH_LANES];
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane = if *value > *lane { *value } else { *lane };
        }
    }
    lanes
        .iter()
        .chain(rest)
        .fold(f32::NEG_INFINITY, |a, b| if *b > a { *b } else { a })
}

#[inline(always)]
fn sum(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane += value;
        }
    }
    sum_lanes(lanes) + rest.iter().sum::<f32>()
}

/// Vectors whose inner products are computed together.
pub(super) const TOGETHER: usize = 4;

/// The inner products of a vector with others, each summed in the order of [`dot`]. Shorter ones
/// count as far as they go.
#[inline(always)]
pub(super) fn dots(left: &[f32], rights: [&[f32]; TOGETHER]) -> [f32; TOGETHER] {
    let (blocks, rest) = left.as_chunks::<LANES>();
    let [first, second, third, fourth] = rights.map(|right| right.as_chunks::<LANES>());
    let [mut t0, mut t1, mut t2, mut t3] = [[0.0; LANES]; TOGETHER];
    let rights = first.0.iter().zip(second.0);
    let rights = rights.zip(third.0.iter().zip(fourth.0));
    for (left, ((r0, r1), (r2, r3))) in blocks.iter().zip(rights) {
        let totals = t0.iter_mut().zip(&mut t1);
        let totals = totals.zip(t2.iter_mut().zip(&mut t3));
        let rights = r0.iter().zip(r1).zip(r2.iter().zip(r3));
        for ((left, ((t0, t1), (t2, t3))), ((r0, r1), (r2, r3))) in
            left.iter().zip(totals).zip(rights)
        {
            *t0 += left * r0;
            *t1 += left * r1;
            *t2 += left * r2;
            *t3 += left * r3;
        }
    }
    let rests = [first.1, second.1, third.1, fourth.1];
    let mut products = [t0, t1, t2, t3].map(sum_lanes);
    for (product, right) in products.iter_mut().zip(rests) {
        let rest = rest.iter().zip(right);
        *product += rest.map(|(left, right)| left * right).sum::<f32>();
    }
    products
}

/// The inner product of two vectors.
#[inline(always)]
pub(super) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (left_blocks, left_rest) = left.as_chunks::<LANES>();
    let (right_blocks, right_rest) = right.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for (left, right) in left_blocks.iter().zip(right_blocks) {
        for ((lane, left), right) in lanes.iter_mut().zip(left).zip(right) {
            *lane += left * right;
        }
    }
    let rest: f32 = left_rest
        .iter()
        .zip(right_rest)
        .map(|(left, right)| left * right)
        .sum();
    sum_lanes(lanes) + rest
}

/// Largest magnitude at which the normal distribution is computed; beyond it, it is 0 or 1
/// within 4e-6.
const GELU_LIMIT: f32 = 4.5;

/// The normal distribution minus one half, divided by x, as a polynomial in x²: least largest
/// error on ±[`GELU_LIMIT`], 4.3e-5 in the unit's value and less than a hundredth of the step to
/// which it is quantised.
const GELU_COEFFICIENTS: [f32; 10] = [
    3.989_142_2e-1,
    -6.638_443e-2,
    9.860_737e-3,
    -1.130_896_5e-3,
    9.929_699e-5,
    -6.517_403e-6,
    3.060_231_4e-7,
    -9.604_254e-9,
    1.789_848_5e-10,
    -1.489_104_1e-12,
];

/// x·Φ(x), the Gaussian error linear unit (Hendrycks and Gimpel 2016), in place.
#[inline(always)]
pub(super) fn gelu_lanes(values: &mut [f32]) {
    let (blocks, rest) = values.as_chunks_mut::<LANES>();
    for block in blocks {
        block.iter_mut().for_each(|value| *value = gelu(*value));
    }
    rest.iter_mut().for_each(|value| *value = gelu(*value));
}

#[inline(always)]
fn gelu(x: f32) -> f32 {
    let bounded = if x < GELU_LIMIT { x } else { GELU_LIMIT };
    let bounded = if bounded > -GELU_LIMIT {
        bounded
    } else {
        -GELU_LIMIT
    };
    let square = bounded * bounded;
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = GELU_COEFFICIENTS;
    let high = ((((c9 * square + c8) * square + c7) * square + c6) * square + c5) * square;
    let polynomial = ((((high + c4) * square + c3) * square + c2) * square + c1) * square + c0;
    x * (0.5 + bounded * polynomial)
}

/// e to the power of x, within 2e-7 of its value, for x up to 80.
#[inline(always)]
pub(super) fn exponential(x: f32) -> f32 {
    const ROUNDING: f32 = 12_582_912.0;
    // ln 2 in two parts, the first with so few bits that its multiples are exact.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 80.0 { x } else { 80.0 };
    let shifted = x * std::f32::consts::LOG2_E + ROUNDING;
    let power = shifted - ROUNDING;
    let rest = x - power * LN_2_HIGH - power * LN_2_LOW;
    let polynomial =
        (((rest * (1.0 / 720.0) + 1.0 / 120.0) * rest + 1.0 / 24.0) * rest + 1.0 / 6.0) * rest
            + 0.5;
    let value = polynomial * rest * rest + rest + 1.0;
    let exponent = (shifted.to_bits() as i32).wrapping_sub(ROUNDING.to_bits() as i32);
    value * f32::from_bits((exponent.wrapping_add(127) as u32) << 23)
}

/// 1 / (1 + e^−x).
#[inline(always)]
pub(super) fn logistic(x: f32) -> f32 {
    let x = if x > -30.0 { x } else { -30.0 };
    1.0 / (1.0 + exponential(-x))
}

/// The hyperbolic tangent.
#[inline(always)]
pub(super) fn hyperbolic_tangent(x: f32) -> f32 {
    2.0 * logistic(2.0 * x) - 1.0
}

/// Scale and shift of a layer normalisation.
#[derive(Debug)]
pub(super) struct Normalization {
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
    pub(super) epsilon: f32,
}

impl Normalization {
    /// Adds `addend` to `values` and normalises each row (Ba, Kiros and Hinton 2016).
    pub(super) fn add_and_normalize(
        &self,
        instructions: Instructions,
        values: &mut [f32],
        addend: &[f32],
    ) {
        dispatch!(
            instructions,
            [normalize_v4x, normalize_v3, normalize_scalar],
            self,
            values,
            addend
        );
    }
}

#[magetypes(+v4x, -v4, -neon, -wasm128)]
fn normalize(token: Token, parameters: &Normalization, values: &mut [f32], addend: &[f32]) {
    let _ = token;
    let width = parameters.scale.len().max(1);
    let count = width as f32;
    for (row, addend) in values
        .chunks_exact_mut(width)
        .zip(addend.chunks_exact(width))
    {
        row.iter_mut()
            .zip(addend)
            .for_each(|(value, addend)| *value += addend);
        let mean = sum(row) / count;
        row.iter_mut().for_each(|value| *value -= mean);
        let deviation = (dot(row, row) / count + parameters.epsilon).sqrt();
        let inverse = 1.0 / deviation;
        let parameters = parameters.scale.iter().zip(&parameters.shift);
        for (value, (scale, shift)) in row.iter_mut().zip(parameters) {
            *value = *value * inverse * scale + shift;
        }
    }
}

/// Adds `values` times `factor` to `total`.
pub(super) fn add_scaled(total: &mut [f32], values: &[f32], factor: f32) {
    total
        .iter_mut()
        .zip(values)
        .for_each(|(total, value)| *total += value * factor);
}

/// The leaky rectifier with this slope below zero, in place.
pub(super) fn leaky_rectifier(values: &mut [f32], slope: f32) {
    for value in values {
        *value = if *value < 0.0 { *value * slope } else { *value };
    }
}

#[cfg(test)]
mod tests;
