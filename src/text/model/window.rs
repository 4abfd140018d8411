//! Sentences longer than a model reads at once, in parts.
//!
//! Few real sentences are; what is, is mostly a list or a table without full stops. Each part is
//! analysed alone, and the root of a later part hangs on the root of the part before it.

use super::SentenceAnalysis;
use crate::text::dependency::Relation;

/// Cuts a sentence into windows of bounded size.
#[derive(Debug)]
pub(super) struct Windows {
    limit: usize,
    size: usize,
    words: usize,
    /// Words and size up to the last good place to cut.
    cut: Option<(usize, usize)>,
    lengths: Vec<usize>,
}

impl Windows {
    /// Windows of at most `limit`; a word that alone is larger has a window of its own.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            size: 0,
            words: 0,
            cut: None,
            lengths: Vec::new(),
        }
    }

    /// Adds a word of this size.
    pub(super) fn add(&mut self, word: &str, size: usize) {
        while self.size + size > self.limit && self.words > 0 {
            let (words, cut_size) = self.cut.take().unwrap_or((self.words, self.size));
            self.lengths.push(words);
            self.words -= words;
            self.size -= cut_size;
        }
        self.words += 1;
        self.size += size;
        let is_late = self.size > self.limit / 2;
        if is_late
            && matches!(
                word,
                "," | ";" | ":" | "." | "!" | "?" | ")" | "|" | "•" | "–"
            )
        {
            self.cut = Some((self.words, self.size));
        }
    }

    /// The numbers of words of the windows; none for no words.
    pub(super) fn finish(mut self) -> Vec<usize> {
        if self.words > 0 {
            self.lengths.push(self.words);
        }
        self.lengths
    }
}

/// Joins the analyses of windows: `counts` has the number of windows of each sentence.
pub(super) fn join(
    counts: &[usize],
    mut windows: impl Iterator<Item = SentenceAnalysis>,
) -> Vec<SentenceAnalysis> {
    let mut joined = Vec::with_capacity(counts.len());
    for count in counts {
        let mut sentence = windows
            .by_ref()
            .take((*count).min(1))
            .next()
            .unwrap_or_default();
        let mut last_root = root_of(&sentence, 0);
        for window in windows.by_ref().take(count.saturating_sub(1)) {
            let offset = sentence.words.len();
            let root = root_of(&window, offset);
            sentence
                .words
                .extend(window.words.into_iter().map(|mut word| {
                    if word.head == 0 {
                        word.head = last_root;
                        word.relation = Relation::Parataxis;
                        word.margin = 0.0;
                    } else {
                        word.head += offset;
                    }
                    word
                }));
            last_root = root;
        }
        joined.push(sentence);
    }
    joined
}

fn root_of(sentence: &SentenceAnalysis, offset: usize) -> usize {
    let root = sentence.words.iter().position(|word| word.head == 0);
    offset + root.unwrap_or_default() + 1
}

#[cfg(test)]
mod tests;
