//! Attention of the pieces of one sentence to each other (Vaswani et al. 2017).

use archmage::prelude::*;

use super::instructions::{Instructions, dispatch};
use super::pointwise::{LANES, exponential, maximum};

/// Values of a query or key in one head; the kernels are written for it.
pub(super) const HEAD_WIDTH: usize = 32;

/// Queries computed together.
const QUERIES: usize = 4;

/// Buffers of one head, used again for the next.
#[derive(Debug, Default)]
pub(super) struct AttentionBuffers {
    /// Keys, value by value: [`HEAD_WIDTH`] rows of `padded` keys.
    keys: Vec<[f32; LANES]>,
    values: Vec<[f32; HEAD_WIDTH]>,
    scores: [Vec<[f32; LANES]>; QUERIES],
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
    let blocks = pieces.div_ceil(LANES);
    buffers.keys.clear();
    buffers.keys.resize(HEAD_WIDTH * blocks, [0.0; LANES]);
    buffers.values.resize(pieces, [0.0; HEAD_WIDTH]);
    for scores in &mut buffers.scores {
        scores.resize(blocks, [0.0; LANES]);
    }
    for head in 0..heads {
        gather(joined, width, head, blocks, buffers);
        let queries = joined.chunks(3 * width * QUERIES);
        for (queries, out) in queries.zip(out.chunks_mut(width * QUERIES)) {
            let mut block = [[0.0; HEAD_WIDTH]; QUERIES];
            for (query, row) in block.iter_mut().zip(queries.chunks_exact(3 * width)) {
                copy(query, row, head * HEAD_WIDTH);
            }
            score(&block, blocks, buffers);
            let mut inverses = [0.0; QUERIES];
            for (scores, inverse) in buffers.scores.iter_mut().zip(&mut inverses) {
                *inverse = 1.0 / exponentiate(scores.as_flattened_mut(), pieces);
            }
            let mixed = mix(buffers, pieces);
            let rows = out.chunks_exact_mut(width).zip(mixed.iter().zip(inverses));
            for (out, (mixed, inverse)) in rows {
                let out = out.iter_mut().skip(head * HEAD_WIDTH);
                out.zip(mixed).for_each(|(to, from)| *to = from * inverse);
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

/// Takes the keys and values of a head out of the joined rows, the keys transposed.
#[inline(always)]
fn gather(
    joined: &[f32],
    width: usize,
    head: usize,
    blocks: usize,
    buffers: &mut AttentionBuffers,
) {
    let rows = joined.chunks_exact(3 * width).zip(&mut buffers.values);
    let flat = buffers.keys.as_flattened_mut();
    for (piece, (row, value)) in rows.enumerate() {
        copy(value, row, 2 * width + head * HEAD_WIDTH);
        let keys = row.iter().skip(width + head * HEAD_WIDTH);
        let places = flat.iter_mut().skip(piece).step_by(blocks * LANES);
        places.zip(keys).for_each(|(to, from)| *to = *from);
    }
}

/// The scaled products of the queries with every key.
#[inline(always)]
fn score(queries: &[[f32; HEAD_WIDTH]; QUERIES], blocks: usize, buffers: &mut AttentionBuffers) {
    // 1 / √32.
    const SCALE: f32 = 0.176_776_7;
    let [first, second, third, fourth] = &mut buffers.scores;
    let outs = first
        .iter_mut()
        .zip(second)
        .zip(third.iter_mut().zip(fourth));
    let [q0, q1, q2, q3] = queries;
    for (block, ((out0, out1), (out2, out3))) in outs.enumerate() {
        let mut totals = [[0.0f32; LANES]; QUERIES];
        let keys = buffers.keys.iter().skip(block).step_by(blocks.max(1));
        for ((keys, (q0, q1)), (q2, q3)) in keys.zip(q0.iter().zip(q1)).zip(q2.iter().zip(q3)) {
            for (totals, query) in totals.iter_mut().zip([q0, q1, q2, q3]) {
                for (total, key) in totals.iter_mut().zip(keys) {
                    *total += query * key;
                }
            }
        }
        let [t0, t1, t2, t3] = totals.map(|totals| totals.map(|total| total * SCALE));
        (*out0, *out1, *out2, *out3) = (t0, t1, t2, t3);
    }
}

/// Turns scores into the exponentials of their distances to the largest, zero beyond `pieces`;
/// returns their sum.
#[inline(always)]
fn exponentiate(scores: &mut [f32], pieces: usize) -> f32 {
    let (scores, padding) = scores.split_at_mut(pieces.min(scores.len()));
    let largest = maximum(scores);
    padding.fill(0.0);
    let mut lanes = [0.0; LANES];
    let (blocks, rest) = scores.as_chunks_mut::<LANES>();
    for block in blocks {
        for (lane, score) in lanes.iter_mut().zip(block) {
            *score = exponential(*score - largest);
            *lane += *score;
        }
    }
    for (lane, score) in lanes.iter_mut().zip(rest) {
        *score = exponential(*score - largest);
        *lane += *score;
    }
    super::pointwise::sum_lanes(lanes)
}

/// The sums of the values of all pieces, weighted with the scores of each query.
#[inline(always)]
fn mix(buffers: &AttentionBuffers, pieces: usize) -> [[f32; HEAD_WIDTH]; QUERIES] {
    let mut mixed = [[0.0f32; HEAD_WIDTH]; QUERIES];
    let [first, second, third, fourth] = &buffers.scores;
    let scores = first.as_flattened().iter().zip(second.as_flattened());
    let scores = scores.zip(third.as_flattened().iter().zip(fourth.as_flattened()));
    for (values, ((s0, s1), (s2, s3))) in buffers.values.iter().zip(scores).take(pieces) {
        for (mixed, score) in mixed.iter_mut().zip([s0, s1, s2, s3]) {
            for (mixed, value) in mixed.iter_mut().zip(values) {
                *mixed += score * value;
            }
        }
    }
    mixed
}
