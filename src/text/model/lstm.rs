//! The encoder of the fast reader: a recurrent network in both directions (Hochreiter and
//! Schmidhuber 1997; Graves and Schmidhuber 2005).
//!
//! Sentences of a batch go step by step together, so that each step is a product of matrices.
//! They are sorted, the longest first: the sentences that have a word at a step are the first
//! ones, and rows are stored step after step.

use archmage::prelude::*;

use super::activation::{Activations, Transformation};
use super::encoder::vector;
use super::instructions::{Instructions, dispatch};
use super::pointwise::{hyperbolic_tangent, logistic};
use super::product::Linear;
use super::weights::{Weights, WeightsError};

/// One direction of a layer; the gates are input, forget, cell and output.
#[derive(Debug)]
struct Direction {
    input: Linear,
    recurrent: Linear,
}

/// The layers of the network.
#[derive(Debug)]
pub(super) struct Lstm {
    layers: Vec<[Direction; 2]>,
    hidden: usize,
}

/// Buffers of one run, used again for the next.
#[derive(Debug)]
pub(super) struct LstmBuffers {
    activations: Activations,
    gates: Vec<f32>,
    recurrent: Vec<f32>,
    state: Vec<f32>,
    cell: Vec<f32>,
    /// What a layer reads: first the vectors of the words, step after step.
    pub(super) rows: Vec<f32>,
    output: Vec<f32>,
}

impl LstmBuffers {
    pub(super) fn new(instructions: Instructions) -> Self {
        Self {
            activations: Activations::new(instructions),
            gates: Vec::new(),
            recurrent: Vec::new(),
            state: Vec::new(),
            cell: Vec::new(),
            rows: Vec::new(),
            output: Vec::new(),
        }
    }
}

impl Lstm {
    /// The network of a weights file, for words of `width` values.
    ///
    /// # Errors
    ///
    /// If a tensor is missing or of the wrong shape.
    pub(super) fn new(
        weights: &Weights,
        instructions: Instructions,
        width: usize,
    ) -> Result<Self, WeightsError> {
        let hidden = weights.header.config.hidden;
        let mut layers = Vec::new();
        while weights.has(&format!("lstm.{}.forward.bias", layers.len())) {
            let inputs = if layers.is_empty() { width } else { 2 * hidden };
            let direction = |direction: &str| {
                let name = format!("lstm.{}.{direction}", layers.len());
                let input = weights.rows(&format!("{name}.input.weight"))?;
                let recurrent = weights.rows(&format!("{name}.recurrent.weight"))?;
                let bias = vector(weights, &format!("{name}.bias"), 4 * hidden)?;
                let fits = (input.columns, recurrent.columns) == (inputs, hidden)
                    && input.scales.len() == 4 * hidden
                    && recurrent.scales.len() == 4 * hidden;
                if !fits {
                    return Err(WeightsError::Tensor(name));
                }
                Ok(Direction {
                    input: Linear::new(instructions, &input, &bias),
                    recurrent: Linear::new(instructions, &recurrent, &[]),
                })
            };
            layers.push([direction("forward")?, direction("backward")?]);
        }
        if layers.is_empty() || hidden == 0 {
            return Err(WeightsError::Tensor("lstm".to_owned()));
        }
        Ok(Self { layers, hidden })
    }

    /// The values of a word's output.
    pub(super) fn width(&self) -> usize {
        2 * self.hidden
    }

    /// Runs the network over `buffers.rows` and leaves its output there; `steps` has the number
    /// of sentences that have a word at each step, and never grows.
    pub(super) fn run(
        &self,
        instructions: Instructions,
        steps: &[usize],
        buffers: &mut LstmBuffers,
    ) {
        let words: usize = steps.iter().sum();
        for [forward, backward] in &self.layers {
            buffers.output.clear();
            buffers.output.resize(words * self.width(), 0.0);
            let mut start = 0;
            self.begin(steps, buffers);
            for active in steps {
                self.step(instructions, forward, (start, *active), 0, buffers);
                start += active;
            }
            self.begin(steps, buffers);
            for active in steps.iter().rev() {
                start -= active;
                self.step(
                    instructions,
                    backward,
                    (start, *active),
                    self.hidden,
                    buffers,
                );
            }
            std::mem::swap(&mut buffers.rows, &mut buffers.output);
        }
    }

    fn begin(&self, steps: &[usize], buffers: &mut LstmBuffers) {
        let sentences = steps.first().copied().unwrap_or_default();
        for state in [&mut buffers.state, &mut buffers.cell] {
            state.clear();
            state.resize(sentences * self.hidden, 0.0);
        }
    }

    /// One word of each of the `active` sentences; their rows begin at `start`.
    fn step(
        &self,
        instructions: Instructions,
        direction: &Direction,
        (start, active): (usize, usize),
        place: usize,
        buffers: &mut LstmBuffers,
    ) {
        let LstmBuffers {
            activations,
            gates,
            recurrent,
            state,
            cell,
            rows,
            output,
        } = buffers;
        let words = output.len() / self.width().max(1);
        let inputs = rows.len() / words.max(1);
        let rows = rows
            .get(start * inputs..(start + active) * inputs)
            .unwrap_or_default();
        let state = state.get_mut(..active * self.hidden).unwrap_or_default();
        activations.fill(instructions, rows, inputs, inputs, Transformation::Identity);
        direction.input.apply(instructions, activations, gates);
        activations.fill(
            instructions,
            state,
            self.hidden,
            self.hidden,
            Transformation::Identity,
        );
        direction
            .recurrent
            .apply(instructions, activations, recurrent);
        dispatch!(
            instructions,
            [advance_v4x, advance_v3, advance_scalar],
            self.hidden,
            gates,
            recurrent,
            cell,
            state
        );
        let width = self.width();
        let output = output
            .get_mut(start * width..)
            .unwrap_or_default()
            .chunks_exact_mut(width);
        for (state, output) in state.chunks_exact(self.hidden).zip(output) {
            let output = output.get_mut(place..).unwrap_or_default();
            output
                .iter_mut()
                .zip(state)
                .for_each(|(to, from)| *to = *from);
        }
    }
}

/// Advances cells and states by the sums of both products.
#[magetypes(+v4x, -v4, -neon, -wasm128)]
fn advance(
    token: Token,
    hidden: usize,
    gates: &mut [f32],
    recurrent: &[f32],
    cell: &mut [f32],
    state: &mut [f32],
) {
    let _ = token;
    let gates = gates
        .chunks_exact_mut(4 * hidden)
        .zip(recurrent.chunks_exact(4 * hidden));
    let states = cell
        .chunks_exact_mut(hidden)
        .zip(state.chunks_exact_mut(hidden));
    for ((gates, recurrent), (cell, state)) in gates.zip(states) {
        gates
            .iter_mut()
            .zip(recurrent)
            .for_each(|(gate, addend)| *gate += addend);
        let (input_forget, rest) = gates.split_at_mut(2 * hidden);
        let (candidate, output) = rest.split_at_mut(hidden);
        input_forget
            .iter_mut()
            .for_each(|gate| *gate = logistic(*gate));
        candidate
            .iter_mut()
            .for_each(|gate| *gate = hyperbolic_tangent(*gate));
        output.iter_mut().for_each(|gate| *gate = logistic(*gate));
        let (input, forget) = input_forget.split_at(hidden);
        let gates = input.iter().zip(forget).zip(candidate.iter());
        for (cell, ((input, forget), candidate)) in cell.iter_mut().zip(gates) {
            *cell = forget * *cell + input * candidate;
        }
        for ((state, output), cell) in state.iter_mut().zip(output.iter()).zip(cell.iter()) {
            *state = output * hyperbolic_tangent(*cell);
        }
    }
}
