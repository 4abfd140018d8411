//! The accurate reader: the transformer over pieces, and the heads over words.

use std::sync::Mutex;

use super::encoder::{Encoder, EncoderBuffers, Piece};
use super::heads::{Heads, HeadsBuffers};
use super::instructions::Instructions;
use super::pointwise::add_scaled;
use super::shape::{SHAPES, word_shape};
use super::weights::{Table, Weights, WeightsError};
use super::window::{Windows, join};
use super::wordpiece::WordPiece;
use super::{Analyzer, SentenceAnalysis};

/// Pieces of a batch: enough that the packed weights pay, few enough that the activations of a
/// layer stay in the processor's second cache.
const BATCH_PIECES: usize = 192;

/// The accurate reader.
#[derive(Debug)]
pub(super) struct AccurateReader {
    instructions: Instructions,
    wordpiece: WordPiece,
    encoder: Encoder,
    word_shapes: Table,
    heads: Heads,
    /// Workspaces that no thread is using.
    workspaces: Mutex<Vec<Workspace>>,
}

/// What one thread computes with.
#[derive(Debug)]
struct Workspace {
    pieces: Vec<Piece>,
    /// Pieces of each sentence, words of each sentence.
    piece_lengths: Vec<usize>,
    word_lengths: Vec<usize>,
    /// Pieces and shape of each word.
    words: Vec<(usize, usize)>,
    /// Pieces of the sentence that is being added, and their number and shape by word.
    cut: Vec<u32>,
    counted: Vec<(usize, usize)>,
    vectors: Vec<f32>,
    encoder: EncoderBuffers,
    heads: HeadsBuffers,
    found: Vec<SentenceAnalysis>,
}

impl Workspace {
    fn new(instructions: Instructions) -> Self {
        Self {
            pieces: Vec::new(),
            piece_lengths: Vec::new(),
            word_lengths: Vec::new(),
            words: Vec::new(),
            cut: Vec::new(),
            counted: Vec::new(),
            vectors: Vec::new(),
            encoder: EncoderBuffers::new(instructions),
            heads: HeadsBuffers::new(instructions),
            found: Vec::new(),
        }
    }
}

impl AccurateReader {
    /// Packs the weights for these instructions.
    ///
    /// # Errors
    ///
    /// If the weights are of another model or a tensor is missing or of the wrong shape.
    pub(super) fn new(weights: &Weights, instructions: Instructions) -> Result<Self, WeightsError> {
        if weights.header.model != "accurate" {
            return Err(WeightsError::Format("file of the accurate model"));
        }
        let encoder = Encoder::new(weights, instructions)?;
        let word_shapes = weights.table("word_shapes")?;
        if word_shapes.rows < SHAPES || encoder.positions() < 3 {
            return Err(WeightsError::Tensor("word_shapes".to_owned()));
        }
        let width = encoder.width() + word_shapes.columns;
        Ok(Self {
            instructions,
            wordpiece: WordPiece::new(weights)?,
            heads: Heads::new(weights, instructions, width)?,
            encoder,
            word_shapes,
            workspaces: Mutex::new(Vec::new()),
        })
    }

    /// Adds a sentence to the batch, cut into windows that fit the encoder, and runs the batch
    /// whenever it is full; returns the number of windows.
    fn add(&self, sentence: &[&str], workspace: &mut Workspace) -> usize {
        // The markers before and after take two positions.
        let mut windows = Windows::new(self.encoder.positions() - 2);
        let mut cut = std::mem::take(&mut workspace.cut);
        let mut counted = std::mem::take(&mut workspace.counted);
        cut.clear();
        counted.clear();
        for word in sentence {
            let before = cut.len();
            self.wordpiece.cut(word, &mut cut);
            let count = cut.len() - before;
            counted.push((count, word_shape(word)));
            windows.add(word, count);
        }
        let lengths = windows.finish();
        let (mut words, mut pieces) = (counted.as_slice(), cut.as_slice());
        for length in &lengths {
            let (window, words_after) = words.split_at(*length);
            let count = window.iter().map(|(count, _)| count).sum();
            let (window_pieces, pieces_after) = pieces.split_at(count);
            self.add_window(window, window_pieces, workspace);
            (words, pieces) = (words_after, pieces_after);
            if workspace.pieces.len() >= BATCH_PIECES {
                self.run(workspace);
            }
        }
        (workspace.cut, workspace.counted) = (cut, counted);
        lengths.len()
    }

    fn add_window(&self, words: &[(usize, usize)], pieces: &[u32], workspace: &mut Workspace) {
        let before = workspace.pieces.len();
        let marker = |id| Piece { id, shape: 0 };
        let shapes = words
            .iter()
            .flat_map(|(count, shape)| std::iter::repeat_n(*shape, *count));
        let pieces = pieces
            .iter()
            .zip(shapes)
            .map(|(id, shape)| Piece { id: *id, shape });
        workspace.pieces.push(marker(self.wordpiece.start));
        workspace.pieces.extend(pieces);
        workspace.pieces.push(marker(self.wordpiece.end));
        workspace
            .piece_lengths
            .push(workspace.pieces.len() - before);
        workspace.word_lengths.push(words.len());
        workspace.words.extend_from_slice(words);
    }

    /// Runs the batch and appends what it finds for each window.
    fn run(&self, workspace: &mut Workspace) {
        if workspace.words.is_empty() {
            return;
        }
        let Workspace {
            pieces,
            piece_lengths,
            encoder,
            ..
        } = workspace;
        self.encoder
            .run(self.instructions, pieces, piece_lengths, encoder);
        self.pool(workspace);
        let width = self.encoder.width() + self.word_shapes.columns;
        let Workspace {
            word_lengths,
            vectors,
            heads,
            found,
            ..
        } = workspace;
        self.heads.run(
            self.instructions,
            vectors,
            width,
            word_lengths,
            heads,
            found,
        );
        workspace.pieces.clear();
        workspace.piece_lengths.clear();
        workspace.word_lengths.clear();
        workspace.words.clear();
    }

    /// The vector of a word: the mean of its pieces, and its shape.
    fn pool(&self, workspace: &mut Workspace) {
        let Workspace {
            piece_lengths,
            word_lengths,
            words,
            vectors,
            encoder,
            ..
        } = workspace;
        let width = self.encoder.width();
        vectors.clear();
        vectors.resize(words.len() * (width + self.word_shapes.columns), 0.0);
        let mut rows = vectors
            .chunks_exact_mut(width + self.word_shapes.columns)
            .zip(words);
        let mut sentences = encoder.output.as_slice();
        for (pieces, words) in piece_lengths.iter().zip(word_lengths) {
            let (sentence, rest) = sentences.split_at(pieces * width);
            sentences = rest;
            // The first row is that of the marker before the sentence.
            let mut pieces = sentence.chunks_exact(width).skip(1);
            for (row, (count, shape)) in rows.by_ref().take(*words) {
                let (mean, tail) = row.split_at_mut(width);
                let share = 1.0 / *count as f32;
                for piece in pieces.by_ref().take(*count) {
                    add_scaled(mean, piece, share);
                }
                self.word_shapes.add_row(*shape, tail);
            }
        }
    }
}

impl Analyzer for AccurateReader {
    fn analyze(&self, sentences: &[Vec<&str>]) -> Vec<SentenceAnalysis> {
        let idle = self.workspaces.lock().ok().and_then(|mut idle| idle.pop());
        let mut workspace = idle.unwrap_or_else(|| Workspace::new(self.instructions));
        let mut windows = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            windows.push(self.add(sentence, &mut workspace));
        }
        self.run(&mut workspace);
        let analyses = join(&windows, workspace.found.drain(..));
        if let Ok(mut idle) = self.workspaces.lock() {
            idle.push(workspace);
        }
        analyses
    }
}
