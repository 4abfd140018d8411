//! Paragraphs of Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::document::{Metadata, SentenceKind};
use crate::text::layout::{Layout, Paragraph, note_published, read_date};

/// The paragraphs of a Markdown text. Code, tables and images give none.
pub(super) fn paragraphs(text: &str) -> Layout {
    let mut reading = Reading::default();
    let body = front_matter(text, &mut reading.layout.metadata);
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reading.event(event);
    }
    reading.finish();
    reading.layout
}

#[derive(Default)]
struct Reading {
    layout: Layout,
    /// Where the open paragraph begins.
    start: usize,
    kind: SentenceKind,
    /// How many elements without text are open.
    skipped: usize,
}

impl Reading {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.skipped == 0 => {
                self.layout.text.push_str(&text);
            }
            Event::SoftBreak if self.skipped == 0 => self.layout.text.push(' '),
            Event::HardBreak | Event::Rule => self.finish(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::Image { .. } | Tag::HtmlBlock => {
                self.skipped += 1;
            }
            Tag::Heading { .. } => {
                self.finish();
                self.kind = SentenceKind::Heading;
            }
            Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) => self.finish(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::Table | TagEnd::Image | TagEnd::HtmlBlock => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.finish();
            }
            _ => {}
        }
    }

    /// Closes the open paragraph.
    fn finish(&mut self) {
        let range = super::trimmed(&self.layout.text, self.start..self.layout.text.len());
        let kind = std::mem::take(&mut self.kind);
        if range.is_empty() {
            self.layout.text.truncate(self.start);
            return;
        }
        self.layout.paragraphs.push(Paragraph { range, kind });
        self.layout.text.push_str("\n\n");
        self.start = self.layout.text.len();
    }
}

/// Reads `key: value` lines between `---` at the start and returns the rest.
fn front_matter<'a>(text: &'a str, metadata: &mut Metadata) -> &'a str {
    let Some(rest) = text.strip_prefix("---\n") else {
        return text;
    };
    let Some((head, body)) = rest.split_once("\n---") else {
        return text;
    };
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => metadata.title = Some(value.to_owned()),
            "date" | "published" => note_published(metadata, read_date(value)),
            "place" | "location" => metadata.place = Some(value.to_owned()),
            "agency" | "source" => metadata.agency = Some(value.to_owned()),
            "speaker" => metadata.speaker = Some(value.to_owned()),
            _ => {}
        }
    }
    body
}
