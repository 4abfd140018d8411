use super::*;

fn span(start: f32, end: f32) -> impl Iterator<Item = f32> {
    (0..=20_000u16).map(move |step| start + (end - start) * f32::from(step) / 20_000.0)
}

/// The error function by its series and continued fraction, in double precision.
fn error_function(x: f64) -> f64 {
    let magnitude = x.abs();
    let value = if magnitude < 3.0 {
        let (mut term, mut sum) = (magnitude, magnitude);
        for n in 1..100 {
            let n = f64::from(n);
            term *= -magnitude * magnitude / n;
            sum += term / (2.0 * n + 1.0);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    } else {
        let fraction = (1..60)
            .rev()
            .fold(magnitude, |f, k| magnitude + f64::from(k) / 2.0 / f);
        1.0 - (-magnitude * magnitude).exp() / (fraction * std::f64::consts::PI.sqrt())
    };
    value.copysign(x)
}

#[test]
fn the_exponential_is_exact_to_a_few_units_of_the_last_place() {
    for x in span(-80.0, 20.0) {
        let exact = f64::from(x).exp();
        let error = (f64::from(exponential(x)) - exact).abs() / exact;
        assert!(error < 1e-6, "{x}: {error:e}");
    }
    assert!(exponential(-1e30) < 1e-37);
    assert!(exponential(f32::NAN).is_finite());
}

#[test]
fn the_gaussian_unit_is_within_a_ten_thousandth() {
    for x in span(-12.0, 12.0) {
        let exact = f64::from(x) * 0.5 * (1.0 + error_function(f64::from(x) / 2f64.sqrt()));
        let error = (f64::from(gelu(x)) - exact).abs();
        assert!(error < 1e-4, "{x}: {error:e}");
    }
}

#[test]
fn the_logistic_functions_are_within_a_millionth() {
    for x in span(-40.0, 40.0) {
        let exact = 1.0 / (1.0 + (-f64::from(x)).exp());
        assert!((f64::from(logistic(x)) - exact).abs() < 1e-6, "{x}");
        let error = (f64::from(hyperbolic_tangent(x)) - f64::from(x).tanh()).abs();
        assert!(error < 1e-6, "{x}: {error:e}");
    }
}

#[test]
fn a_normalised_row_has_mean_zero_and_variance_one() {
    let width = 40;
    let parameters = Normalization {
        scale: vec![1.0; width],
        shift: vec![0.0; width],
        epsilon: 1e-12,
    };
    let values: Vec<f32> = (0u16..80).map(|i| f32::from(i * 37 % 101) / 10.0).collect();
    let addend: Vec<f32> = (0u8..80).map(|i| f32::from(i % 7)).collect();
    let mut first: Option<Vec<f32>> = None;
    for level in Instructions::all() {
        let mut rows = values.clone();
        parameters.add_and_normalize(level, &mut rows, &addend);
        for row in rows.chunks(width) {
            let mean = row.iter().sum::<f32>() / 40.0;
            let variance = row.iter().map(|value| value * value).sum::<f32>() / 40.0;
            assert!(
                mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4,
                "{mean} {variance}"
            );
        }
        assert_eq!(first.get_or_insert_with(|| rows.clone()), &rows);
    }
}

#[test]
fn products_with_several_vectors_are_those_with_each() {
    for width in [1, 16, 96, 100] {
        let value = |i: usize| (i * 7919 % 1013) as f32 / 1013.0 - 0.5;
        let vectors: Vec<f32> = (0..5 * width).map(value).collect();
        let mut rows = vectors.chunks(width);
        let left = rows.next().unwrap();
        let rights: Vec<&[f32]> = rows.collect();
        let products = dots(left, [rights[0], rights[1], rights[2], rights[3]]);
        for (product, right) in products.iter().zip(rights) {
            assert_eq!(*product, dot(left, right));
        }
    }
}
