use super::*;

/// Attention of one head by its definition, in double precision.
fn plain(joined: &[f32], heads: usize, head: usize, piece: usize) -> Vec<f64> {
    let width = heads * HEAD_WIDTH;
    let pieces = joined.len() / (3 * width);
    let part = |piece: usize, kind: usize| {
        let start = piece * 3 * width + kind * width + head * HEAD_WIDTH;
        joined[start..start + HEAD_WIDTH]
            .iter()
            .map(|value| f64::from(*value))
    };
    let weights: Vec<f64> = (0..pieces)
        .map(|other| {
            let product: f64 = part(piece, 0).zip(part(other, 1)).map(|(a, b)| a * b).sum();
            (product / 32f64.sqrt()).exp()
        })
        .collect();
    let total: f64 = weights.iter().sum();
    let mut mixed = vec![0.0; HEAD_WIDTH];
    for (other, weight) in weights.iter().enumerate() {
        for (mixed, value) in mixed.iter_mut().zip(part(other, 2)) {
            *mixed += weight / total * value;
        }
    }
    mixed
}

#[test]
fn attention_is_that_of_its_definition_at_every_level() {
    let heads = 2;
    let width = heads * HEAD_WIDTH;
    for pieces in [1, 2, 15, 16, 17, 33] {
        let value = |i: usize| ((i * 7919 % 1013) as f32 / 1013.0 - 0.5) * 3.0;
        let joined: Vec<f32> = (0..pieces * 3 * width).map(value).collect();
        let mut first: Option<Vec<f32>> = None;
        for level in Instructions::all() {
            let mut out = vec![0.0; pieces * width];
            attend(
                level,
                &joined,
                heads,
                &mut AttentionBuffers::default(),
                &mut out,
            );
            for (piece, row) in out.chunks(width).enumerate() {
                for (head, found) in row.chunks(HEAD_WIDTH).enumerate() {
                    for (found, exact) in found.iter().zip(plain(&joined, heads, head, piece)) {
                        assert!(
                            (f64::from(*found) - exact).abs() < 1e-5,
                            "{pieces} {found} {exact}"
                        );
                    }
                }
            }
            assert_eq!(first.get_or_insert_with(|| out.clone()), &out);
        }
    }
}
