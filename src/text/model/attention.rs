//! Attention of the pieces of one sentence to each other (Vaswani et al. 2017).

use archmage::prelude::*;

use super::instructions::{Instructions, dispatch};
use super::pointwise::{LANES, exponential, maximum};

/// Values of a query or key in one head; the kernels are written for it.
pub(super) const HEAD_WIDTH: usize = 32;

/// Queries computed together.
const QUERIES: usize = 4;

/// Keys computed together: wide enough that the compiler makes a loop of vectors of it and does
/// not take the sums apart.
const KEYS: usize = 32;

/// Buffers of one head, used again for the next.
#[derive(Debug, Default)]
pub(super) struct AttentionBuffers {
    /// Keys in blocks of [`KEYS`], in each block value by value.
    keys: Vec<[[f32; KEYS]; HEAD_WIDTH]>,
    values: Vec<[f32; HEAD_WIDTH]>,
    scores: [Vec<[f32; KEYS]>; QUERIES],
}

/// Mixes the values of a sentence: `joined` has for each piece its queries, keys and values, each
/// `heads` × [`HEAD_WIDTH`] wide; `out` gets `heads` × [`HEAD_WIDTH`] for each piece.
pub(super) fn attend(
    instructions: Instructions,
    joined: &[f32],
    heads: usize,
    buffers: &mut AttentionBuffers,
    out: &mut [f32],
) {
    dispatch!(
        instructions,
        [attend_heads_v4x, attend_heads_v3, attend_heads_scalar],
        joined,
        heads,
        buffers,
        out
    );
}

#[magetypes(+v4x, -v4, -neon, -wasm128)]
fn attend_heads(
    token: Token,
    joined: &[f32],
    heads: usize,
    buffers: &mut AttentionBuffers,
    out: &mut [f32],
) {
    let _ = token;
    let width = heads * HEAD_WIDTH;
    let pieces = joined.len() / (3 * width).max(1);
    let blocks = pieces.div_ceil(KEYS);
    buffers.keys.clear();
    buffers.keys.resize(blocks, [[0.0; KEYS]; HEAD_WIDTH]);
    buffers.values.resize(pieces, [0.0; HEAD_WIDTH]);
    for scores in &mut buffers.scores {
        scores.resize(blocks, [0.0; KEYS]);
    }
    for head in 0..heads {
        gather(joined, width, head, buffers);
        let queries = joined.chunks(3 * width * QUERIES);
        for (queries, out) in queries.zip(out.chunks_mut(width * QUERIES)) {
            let mut block = [[0.0; HEAD_WIDTH]; QUERIES];
            for (query, row) in block.iter_mut().zip(queries.chunks_exact(3 * width)) {
                copy(query, row, head * HEAD_WIDTH);
            }
            score(&block, buffers);
            let mut inverses = [0.0; QUERIES];
            for (scores, inverse) in buffers.scores.iter_mut().zip(&mut inverses) {
                *inverse = 1.0 / exponentiate(scores.as_flattened_mut(), pieces);
            }
            let mixed = mix(buffers, pieces);
            let rows = out.chunks_exact_mut(width).zip(mixed.iter().zip(inverses));
            for (out, (mixed, inverse)) in rows {
                let out = out.get_mut(head * HEAD_WIDTH..).unwrap_or_default();
                out.iter_mut()
                    .zip(mixed)
                    .for_each(|(to, from)| *to = from * inverse);
            }
        }
    }
}

#[inline(always)]
fn copy(to: &mut [f32; HEAD_WIDTH], row: &[f32], start: usize) {
    if let Some(from) = row.get(start..start + HEAD_WIDTH) {
        to.copy_from_slice(from);
    }
}

/// Takes the keys and values of a head out of the joined rows, the keys transposed. Compiled
/// without vector instructions on purpose: the scattered stores that the compiler would choose
/// are slower than single ones.
#[inline(never)]
fn gather(joined: &[f32], width: usize, head: usize, buffers: &mut AttentionBuffers) {
    let start = head * HEAD_WIDTH;
    let rows = joined.chunks(3 * width * KEYS).zip(&mut buffers.keys);
    let mut values = buffers.values.iter_mut();
    for (rows, block) in rows {
        for (lane, row) in rows.chunks_exact(3 * width).enumerate() {
            if let Some(value) = values.next() {
                copy(value, row, 2 * width + start);
            }
            let keys = row
                .get(width + start..width + start + HEAD_WIDTH)
                .unwrap_or_default();
            for (lanes, key) in block.iter_mut().zip(keys) {
                if let Some(to) = lanes.get_mut(lane) {
                    *to = *key;
                }
            }
        }
    }
}

#[inline(always)]
fn add_product<const WIDTH: usize>(total: &mut [f32; WIDTH], factor: f32, values: &[f32; WIDTH]) {
    for (total, value) in total.iter_mut().zip(values) {
        *total += factor * value;
    }
}

/// The scaled products of the queries with every key.
#[inline(always)]
fn score(queries: &[[f32; HEAD_WIDTH]; QUERIES], buffers: &mut AttentionBuffers) {
    // 1 / √32.
    const SCALE: f32 = 0.176_776_7;
    let [first, second, third, fourth] = &mut buffers.scores;
    let outs = first
        .iter_mut()
        .zip(second)
        .zip(third.iter_mut().zip(fourth));
    let [q0, q1, q2, q3] = queries;
    for (block, ((out0, out1), (out2, out3))) in buffers.keys.iter().zip(outs) {
        let [mut t0, mut t1, mut t2, mut t3] = [[0.0f32; KEYS]; QUERIES];
        let queries = q0.iter().zip(q1).zip(q2.iter().zip(q3));
        for (keys, ((q0, q1), (q2, q3))) in block.iter().zip(queries) {
            add_product(&mut t0, *q0, keys);
            add_product(&mut t1, *q1, keys);
            add_product(&mut t2, *q2, keys);
            add_product(&mut t3, *q3, keys);
        }
        *out0 = t0.map(|total| total * SCALE);
        *out1 = t1.map(|total| total * SCALE);
        *out2 = t2.map(|total| total * SCALE);
        *out3 = t3.map(|total| total * SCALE);
    }
}

/// Turns scores into the exponentials of their distances to the largest; returns their sum.
/// Scores beyond `pieces` only fill the last vector: they count for less than 1e-37.
#[inline(always)]
fn exponentiate(scores: &mut [f32], pieces: usize) -> f32 {
    const NOTHING: f32 = -1e30;
    scores
        .iter_mut()
        .skip(pieces)
        .for_each(|score| *score = NOTHING);
    let largest = maximum(scores);
    let mut lanes = [0.0; LANES];
    for block in scores.as_chunks_mut::<LANES>().0 {
        for (lane, score) in lanes.iter_mut().zip(block) {
            *score = exponential(*score - largest);
            *lane += *score;
        }
    }
    super::pointwise::sum_lanes(lanes)
}

/// The sums of the values of all pieces, weighted with the scores of each query.
#[inline(always)]
fn mix(buffers: &AttentionBuffers, pieces: usize) -> [[f32; HEAD_WIDTH]; QUERIES] {
    let [mut m0, mut m1, mut m2, mut m3] = [[0.0f32; HEAD_WIDTH]; QUERIES];
    let [first, second, third, fourth] = &buffers.scores;
    let scores = first.as_flattened().iter().zip(second.as_flattened());
    let scores = scores.zip(third.as_flattened().iter().zip(fourth.as_flattened()));
    for (values, ((s0, s1), (s2, s3))) in buffers.values.iter().zip(scores).take(pieces) {
        add_product(&mut m0, *s0, values);
        add_product(&mut m1, *s1, values);
        add_product(&mut m2, *s2, values);
        add_product(&mut m3, *s3, values);
    }
    [m0, m1, m2, m3]
}

#[cfg(test)]
mod tests;
