use proptest::prelude::*;

use super::*;
use crate::text::model::activation::Transformation;

/// What the layer computes, without packing: sums of the quantised values.
fn plain(rows: &Rows<'_>, bias: &[f32], values: &[f32]) -> Vec<f32> {
    let mut out = Vec::new();
    for row in values.chunks(rows.columns) {
        for (output, weights) in rows.values.chunks(rows.columns).enumerate() {
            let products = weights.iter().zip(row);
            let sum: f64 = products
                .map(|(w, x)| f64::from(*w as i8) * f64::from(*x))
                .sum();
            out.push((sum * f64::from(rows.scales[output])) as f32 + bias[output]);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_product_is_that_of_plain_loops_and_the_same_at_every_level(
        (count, inputs, outputs) in (1usize..15, 1usize..40, 1usize..70),
        weights in prop::collection::vec(-127i8..=127, 40 * 70),
        values in prop::collection::vec(-1f32..1.0, 15 * 40),
    ) {
        let rows = Rows {
            values: weights[..inputs * outputs].iter().map(|w| *w as u8).collect(),
            scales: (0..outputs).map(|output| 0.01 + output as f32 * 1e-4).collect(),
            columns: inputs,
        };
        let bias: Vec<f32> = (0..outputs).map(|output| output as f32 - 5.0).collect();
        let values = &values[..count * inputs];
        let expected = plain(&rows, &bias, values);
        let mut first: Option<Vec<f32>> = None;
        for level in Instructions::all() {
            let layer = Linear::new(level, &rows, &bias);
            let mut activations = Activations::new(level);
            activations.fill(level, values, inputs, inputs, Transformation::Identity);
            let mut found = Vec::new();
            layer.apply(level, &activations, &mut found);
            prop_assert_eq!(found.len(), expected.len());
            // Half a step of each input times its weight and scale.
            let tolerance = 0.5 * (2.0 / 255.0) * 127.0 * 0.02 * inputs as f32;
            for (found, expected) in found.iter().zip(&expected) {
                prop_assert!((found - expected).abs() <= tolerance, "{found} {expected}");
            }
            let same = first.get_or_insert_with(|| found.clone());
            prop_assert_eq!(&*same, &found);
        }
    }
}
