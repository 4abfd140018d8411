//! Plain text made of blocks, as Markdown and HTML give it.

use crate::value::Time;

/// A text and what its markup says about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plain {
    /// Blocks with an empty line between.
    pub(crate) text: String,
    /// The title.
    pub(crate) title: Option<String>,
    /// The day of publication.
    pub(crate) published: Option<Time>,
    /// The site or publisher.
    pub(crate) agency: Option<String>,
}

/// Gathers text into blocks; runs of white space become one space.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    done: String,
    open: String,
}

impl Blocks {
    /// Adds text to the open block.
    pub(crate) fn push(&mut self, text: &str) {
        for character in text.chars() {
            if !character.is_whitespace() {
                self.open.push(character);
            } else if !self.open.ends_with([' ', '\n']) && !self.open.is_empty() {
                self.open.push(' ');
            }
        }
    }

    /// Ends the line within the open block.
    pub(crate) fn end_line(&mut self) {
        let kept = self.open.trim_end_matches(' ').len();
        self.open.truncate(kept);
        if !self.open.is_empty() {
            self.open.push('\n');
        }
    }

    /// Ends the open block, if it has text.
    pub(crate) fn end_block(&mut self) {
        let block = self.open.trim();
        if !block.is_empty() {
            if !self.done.is_empty() {
                self.done.push_str("\n\n");
            }
            self.done.push_str(block);
        }
        self.open.clear();
    }

    /// The text.
    pub(crate) fn finish(mut self) -> String {
        self.end_block();
        self.done
    }
}
