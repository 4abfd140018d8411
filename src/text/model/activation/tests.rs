use proptest::prelude::*;

use super::*;

fn values(activations: &Activations, row: usize, columns: usize) -> Vec<f32> {
    let (first, place) = (row / TILE_ROWS * activations.fours, row % TILE_ROWS);
    let (scale, zero) = (activations.scales[row], activations.zeros[row]);
    let value = |column: usize| {
        let (step, four) = (first + column / 4, column % 4);
        let quantised = match &activations.tiles {
            Tiles::Bytes(tiles) => i32::from(tiles[step][place][four]),
            Tiles::Wide(tiles) => i32::from(tiles[step][place][four]),
        };
        (quantised - zero) as f32 * scale
    };
    (0..columns).map(value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_quantised_row_is_within_half_a_step_of_its_values(
        columns in 1usize..70,
        rows in 1usize..9,
        seed in prop::collection::vec(-20f32..20.0, 70 * 9),
    ) {
        let rows_values = &seed[..rows * columns];
        for level in Instructions::all() {
            let mut activations = Activations::new(level);
            activations.fill(level, rows_values, columns, columns, Transformation::Identity);
            prop_assert_eq!(activations.rows, rows);
            for (row, expected) in rows_values.chunks(columns).enumerate() {
                let step = activations.scales[row];
                for (found, expected) in values(&activations, row, columns).iter().zip(expected) {
                    prop_assert!((found - expected).abs() <= 0.51 * step, "{found} {expected}");
                }
            }
        }
    }
}

#[test]
fn rows_of_one_value_keep_it() {
    for value in [0.0, 3.5, -3.5] {
        let mut activations = Activations::new(Instructions::Portable);
        let row = [value; 8];
        activations.fill(Instructions::Portable, &row, 8, 8, Transformation::Identity);
        for found in values(&activations, 0, 8) {
            assert!((found - value).abs() < 1e-4, "{found} for {value}");
        }
    }
}
