//! The fast reader: the recurrent network over words, and the heads.

use std::sync::Mutex;

use super::features::{FeatureCache, Features};
use super::heads::{Heads, HeadsBuffers};
use super::instructions::Instructions;
use super::lstm::{Lstm, LstmBuffers};
use super::weights::{Weights, WeightsError};
use super::window::{Windows, join};
use super::{Analyzer, SentenceAnalysis};

/// Sentences of a batch: enough that each step of the network is a product that pays, few
/// enough that its rows stay in the processor's second cache.
const BATCH_SENTENCES: usize = 48;

/// Words of a batch: bounds the memory that long sentences take.
const BATCH_WORDS: usize = 4_096;

/// Longest sentence, in words: its arcs are scored in the square of it.
const MAXIMUM_WORDS: usize = 384;

/// The fast reader.
#[derive(Debug)]
pub(super) struct FastReader {
    instructions: Instructions,
    features: Features,
    lstm: Lstm,
    heads: Heads,
    /// Workspaces that no thread is using.
    workspaces: Mutex<Vec<Workspace>>,
}

/// What one thread computes with.
#[derive(Debug)]
struct Workspace {
    cache: FeatureCache,
    steps: Vec<usize>,
    lengths: Vec<usize>,
    words: Vec<f32>,
    lstm: LstmBuffers,
    heads: HeadsBuffers,
    found: Vec<SentenceAnalysis>,
}

impl Workspace {
    fn new(instructions: Instructions) -> Self {
        Self {
            cache: FeatureCache::default(),
            steps: Vec::new(),
            lengths: Vec::new(),
            words: Vec::new(),
            lstm: LstmBuffers::new(instructions),
            heads: HeadsBuffers::new(instructions),
            found: Vec::new(),
        }
    }
}

impl FastReader {
    /// Packs the weights for these instructions.
    ///
    /// # Errors
    ///
    /// If the weights are of another model or a tensor is missing or of the wrong shape.
    pub(super) fn new(weights: &Weights, instructions: Instructions) -> Result<Self, WeightsError> {
        if weights.header.model != "fast" {
            return Err(WeightsError::Format("file of the fast model"));
        }
        let features = Features::new(weights)?;
        let lstm = Lstm::new(weights, instructions, features.width())?;
        Ok(Self {
            instructions,
            heads: Heads::new(weights, instructions, lstm.width())?,
            features,
            lstm,
            workspaces: Mutex::new(Vec::new()),
        })
    }

    /// Analyses a batch of parts of sentences, the longest first.
    fn run(&self, batch: &[(usize, &[&str])], workspace: &mut Workspace) {
        let Workspace {
            cache,
            steps,
            lengths,
            words,
            lstm,
            heads,
            found,
        } = workspace;
        lengths.clear();
        lengths.extend(batch.iter().map(|(_, words)| words.len()));
        let longest = lengths.first().copied().unwrap_or_default();
        steps.clear();
        for step in 0..longest {
            steps.push(lengths.iter().take_while(|length| **length > step).count());
        }
        let width = self.features.width();
        lstm.rows.clear();
        lstm.rows.resize(lengths.iter().sum::<usize>() * width, 0.0);
        let rows = lstm.rows.chunks_exact_mut(width);
        let order = steps.iter().enumerate().flat_map(|(step, active)| {
            batch
                .iter()
                .take(*active)
                .filter_map(move |(_, words)| words.get(step))
        });
        for (word, row) in order.zip(rows) {
            self.features.write(word, cache, row);
        }
        self.lstm.run(self.instructions, steps, lstm);
        self.sort(steps, lengths, &lstm.rows, words);
        let width = self.lstm.width();
        self.heads
            .run(self.instructions, words, width, lengths, heads, found);
    }

    /// Brings rows from the order of steps into the order of sentences.
    fn sort(&self, steps: &[usize], lengths: &[usize], rows: &[f32], words: &mut Vec<f32>) {
        let width = self.lstm.width();
        words.clear();
        for (sentence, length) in lengths.iter().enumerate() {
            let mut start = 0;
            for active in steps.iter().take(*length) {
                let place = (start + sentence) * width;
                words.extend_from_slice(rows.get(place..place + width).unwrap_or_default());
                start += active;
            }
        }
    }
}

impl Analyzer for FastReader {
    fn analyze(&self, sentences: &[Vec<&str>]) -> Vec<SentenceAnalysis> {
        let idle = self.workspaces.lock().ok().and_then(|mut idle| idle.pop());
        let mut workspace = idle.unwrap_or_else(|| Workspace::new(self.instructions));
        let mut counts = Vec::with_capacity(sentences.len());
        let mut parts: Vec<(usize, &[&str])> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let mut windows = Windows::new(MAXIMUM_WORDS);
            sentence.iter().for_each(|word| windows.add(word, 1));
            let lengths = windows.finish();
            counts.push(lengths.len());
            let mut rest = sentence.as_slice();
            for length in lengths {
                let (part, after) = rest.split_at(length.min(rest.len()));
                parts.push((parts.len(), part));
                rest = after;
            }
        }
        parts.sort_by_key(|(place, words)| (std::cmp::Reverse(words.len()), *place));
        let mut analyses = vec![SentenceAnalysis::default(); parts.len()];
        let mut rest = parts.as_slice();
        while let Some((_, longest)) = rest.first() {
            let fitting = BATCH_WORDS / longest.len().max(1);
            let count = fitting.clamp(1, BATCH_SENTENCES).min(rest.len());
            let (batch, after) = rest.split_at(count);
            rest = after;
            self.run(batch, &mut workspace);
            for ((place, _), found) in batch.iter().zip(workspace.found.drain(..)) {
                if let Some(analysis) = analyses.get_mut(*place) {
                    *analysis = found;
                }
            }
        }
        if let Ok(mut idle) = self.workspaces.lock() {
            idle.push(workspace);
        }
        join(&counts, analyses.into_iter())
    }
}
