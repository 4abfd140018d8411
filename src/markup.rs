//! From Markdown and HTML to plain text: the blocks of a document and what its markup says about
//! it.
//!
//! Both the reader of English and whoever asks a document for its text see it through this
//! module, so that places in the text mean the same to both. Any text is read without complaint
//! and in linear time.

mod date;
mod html;
mod markdown;

use std::ops::Range;

use crate::value::Time;

#[cfg(feature = "english")]
pub(crate) use date::month_of;
pub(crate) use date::read_date;
pub(crate) use html::read as read_html;
pub(crate) use markdown::read as read_markdown;

/// A text without its markup, and what the markup says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Markup {
    /// Blocks with an empty line between.
    pub(crate) text: String,
    /// The blocks in order.
    pub(crate) blocks: Vec<Block>,
    /// The title.
    pub(crate) title: Option<String>,
    /// The day of publication.
    pub(crate) published: Option<Time>,
    /// Where it was written.
    pub(crate) place: Option<String>,
    /// The site or publisher.
    pub(crate) agency: Option<String>,
    /// Who speaks.
    pub(crate) speaker: Option<String>,
}

/// A paragraph, heading, caption or item of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// What the markup says it is.
    pub(crate) kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum BlockKind {
    /// A paragraph or an item of a list.
    #[default]
    Text,
    /// A heading of any level.
    Heading,
    /// A caption of a picture or table.
    Caption,
}

/// Gathers text into blocks; runs of white space become one space.
#[derive(Debug, Default)]
struct Gathering {
    text: String,
    blocks: Vec<Block>,
    open: String,
    kind: BlockKind,
}

impl Gathering {
    /// Adds text to the open block.
    fn push(&mut self, text: &str) {
        for character in text.chars() {
            if !character.is_whitespace() {
                self.open.push(character);
            } else if !self.open.ends_with(' ') && !self.open.is_empty() {
                self.open.push(' ');
            }
        }
    }

    /// Ends the open block, if it has text, and begins one of this kind.
    fn begin(&mut self, kind: BlockKind) {
        let block = self.open.trim();
        if !block.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.text.push_str(block);
            self.blocks.push(Block {
                range: start..self.text.len(),
                kind: self.kind,
            });
        }
        self.open.clear();
        self.kind = kind;
    }

    /// The text and its blocks.
    fn finish(mut self) -> Markup {
        self.begin(BlockKind::Text);
        Markup {
            text: self.text,
            blocks: self.blocks,
            ..Markup::default()
        }
    }
}
