//! The encoder of the accurate reader: a transformer over the pieces of words (the architecture
//! of BERT, Devlin et al. 2019, at the size of MiniLM, Wang et al. 2020), with the shape of the
//! piece's word as one more embedding and a learned mix of all layers as its output.

use super::activation::{Activations, Transformation};
use super::attention::{AttentionBuffers, HEAD_WIDTH, attend};
use super::instructions::Instructions;
use super::pointwise::{Normalization, add_scaled};
use super::product::Linear;
use super::weights::{Table, Weights, WeightsError};

/// A piece in its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) id: u32,
    /// The shape of its word.
    pub(super) shape: usize,
}

#[derive(Debug)]
struct Layer {
    query_key_value: Linear,
    attention_output: Linear,
    attention_norm: Normalization,
    inner: Linear,
    outer: Linear,
    outer_norm: Normalization,
}

/// The transformer.
#[derive(Debug)]
pub(super) struct Encoder {
    words: Table,
    positions: Table,
    kind: Vec<f32>,
    shapes: Table,
    norm: Normalization,
    layers: Vec<Layer>,
    mix: Vec<f32>,
    width: usize,
    heads: usize,
}

/// Buffers of one run, used again for the next.
#[derive(Debug)]
pub(super) struct EncoderBuffers {
    activations: Activations,
    attention: AttentionBuffers,
    state: Vec<f32>,
    joined: Vec<f32>,
    mixed: Vec<f32>,
    addend: Vec<f32>,
    inner: Vec<f32>,
    /// For each piece, the mix of its vectors in all layers.
    pub(super) output: Vec<f32>,
}

impl EncoderBuffers {
    pub(super) fn new(instructions: Instructions) -> Self {
        Self {
            activations: Activations::new(instructions),
            attention: AttentionBuffers::default(),
            state: Vec::new(),
            joined: Vec::new(),
            mixed: Vec::new(),
            addend: Vec::new(),
            inner: Vec::new(),
            output: Vec::new(),
        }
    }
}

impl Encoder {
    /// The encoder of a weights file.
    ///
    /// # Errors
    ///
    /// If a tensor is missing or its shape does not fit the others.
    pub(super) fn new(weights: &Weights, instructions: Instructions) -> Result<Self, WeightsError> {
        let config = &weights.header.config;
        let (width, heads) = (config.width, config.heads);
        let table = |name: &str| {
            let table = weights.table(name)?;
            let fits = table.columns == width;
            fits.then_some(table)
                .ok_or_else(|| WeightsError::Tensor(name.to_owned()))
        };
        let vector = |name: &str| vector(weights, name, width);
        let norm = |name: &str| {
            Ok::<_, WeightsError>(Normalization {
                scale: vector(&format!("{name}.weight"))?,
                shift: vector(&format!("{name}.bias"))?,
                epsilon: config.epsilon,
            })
        };
        let linear = |name: String, inputs, outputs| {
            sized_linear(weights, instructions, &name, inputs, outputs)
        };
        if width == 0 || width != heads * HEAD_WIDTH {
            return Err(WeightsError::Tensor("heads".to_owned()));
        }
        let inner = weights.table("encoder.layers.0.inner.weight")?.rows;
        let layer = |index: usize| {
            let name = |part: &str| format!("encoder.layers.{index}.{part}");
            Ok(Layer {
                query_key_value: linear(name("query_key_value"), width, 3 * width)?,
                attention_output: linear(name("attention_output"), width, width)?,
                attention_norm: norm(&name("attention_norm"))?,
                inner: linear(name("inner"), width, inner)?,
                outer: linear(name("outer"), inner, width)?,
                outer_norm: norm(&name("outer_norm"))?,
            })
        };
        Ok(Self {
            words: table("encoder.word_embeddings")?,
            positions: table("encoder.position_embeddings")?,
            kind: vector("encoder.type_embedding")?,
            shapes: table("encoder.shape_embeddings")?,
            norm: norm("encoder.norm")?,
            layers: (0..config.layers)
                .map(layer)
                .collect::<Result<_, WeightsError>>()?,
            mix: self::vector(weights, "encoder.mix", config.layers)?,
            width,
            heads,
        })
    }

    /// The values of a piece's vector.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The longest sequence it has positions for.
    pub(super) fn positions(&self) -> usize {
        self.positions.rows
    }

    /// Encodes sentences: `lengths` has the number of pieces of each.
    pub(super) fn run(
        &self,
        instructions: Instructions,
        pieces: &[Piece],
        lengths: &[usize],
        buffers: &mut EncoderBuffers,
    ) {
        self.embed(instructions, pieces, lengths, buffers);
        buffers.output.clear();
        buffers.output.resize(buffers.state.len(), 0.0);
        for (layer, factor) in self.layers.iter().zip(&self.mix) {
            self.apply(instructions, layer, lengths, buffers);
            add_scaled(&mut buffers.output, &buffers.state, *factor);
        }
    }

    fn embed(
        &self,
        instructions: Instructions,
        pieces: &[Piece],
        lengths: &[usize],
        buffers: &mut EncoderBuffers,
    ) {
        let EncoderBuffers { state, addend, .. } = buffers;
        state.clear();
        state.resize(pieces.len() * self.width, 0.0);
        addend.clear();
        addend.resize(pieces.len() * self.width, 0.0);
        let positions = lengths.iter().flat_map(|length| 0..*length);
        let rows = state
            .chunks_exact_mut(self.width)
            .zip(addend.chunks_exact_mut(self.width));
        for ((piece, position), (row, addend)) in pieces.iter().zip(positions).zip(rows) {
            self.words.add_row(piece.id as usize, row);
            self.positions.add_row(position, addend);
            self.shapes.add_row(piece.shape, addend);
            add_scaled(addend, &self.kind, 1.0);
        }
        self.norm.add_and_normalize(instructions, state, addend);
    }

    fn apply(
        &self,
        instructions: Instructions,
        layer: &Layer,
        lengths: &[usize],
        buffers: &mut EncoderBuffers,
    ) {
        let EncoderBuffers {
            activations,
            attention,
            state,
            joined,
            mixed,
            addend,
            inner,
            ..
        } = buffers;
        let width = self.width;
        activations.fill(instructions, state, width, width, Transformation::Identity);
        layer
            .query_key_value
            .apply(instructions, activations, joined);
        mixed.resize(state.len(), 0.0);
        let mut joined_rest = joined.as_slice();
        let mut mixed_rest = mixed.as_mut_slice();
        for length in lengths {
            let (joined, rest) = joined_rest.split_at(length * 3 * width);
            let (mixed, mixed_after) = mixed_rest.split_at_mut(length * width);
            attend(instructions, joined, self.heads, attention, mixed);
            (joined_rest, mixed_rest) = (rest, mixed_after);
        }
        activations.fill(instructions, mixed, width, width, Transformation::Identity);
        layer
            .attention_output
            .apply(instructions, activations, addend);
        layer
            .attention_norm
            .add_and_normalize(instructions, state, addend);
        activations.fill(instructions, state, width, width, Transformation::Identity);
        layer.inner.apply(instructions, activations, inner);
        let inner_width = layer.inner.outputs();
        activations.fill(
            instructions,
            inner,
            inner_width,
            inner_width,
            Transformation::Gelu,
        );
        layer.outer.apply(instructions, activations, addend);
        layer
            .outer_norm
            .add_and_normalize(instructions, state, addend);
    }
}

/// A tensor of `length` floats.
pub(super) fn vector(
    weights: &Weights,
    name: &str,
    length: usize,
) -> Result<Vec<f32>, WeightsError> {
    let vector = weights.floats(name)?;
    let fits = vector.len() == length;
    fits.then_some(vector)
        .ok_or_else(|| WeightsError::Tensor(name.to_owned()))
}

/// The linear layer NAME.weight, NAME.bias with these sizes.
fn sized_linear(
    weights: &Weights,
    instructions: Instructions,
    name: &str,
    inputs: usize,
    outputs: usize,
) -> Result<Linear, WeightsError> {
    let rows = weights.rows(&format!("{name}.weight"))?;
    let bias = vector(weights, &format!("{name}.bias"), outputs)?;
    if rows.columns != inputs || rows.scales.len() != outputs {
        return Err(WeightsError::Tensor(name.to_owned()));
    }
    Ok(Linear::new(instructions, &rows, &bias))
}
