//! Paragraphs of HTML: a small tolerant reader that never fails.
//!
//! Tags are found by their brackets; broken ones are text. Block elements end paragraphs, what
//! holds no running text (scripts, navigation, forms) is skipped. Where a page has an `article`
//! or `main` element, only what lies in one counts.

use crate::text::document::SentenceKind;
use crate::text::layout::{Layout, Paragraph, note_published, read_date};

/// Elements whose whole content is no text of the document.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "button",
    "select", "iframe", "object", "math", "audio", "video", "canvas", "table", "pre",
];
/// Elements that end a paragraph where they begin and end.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "figcaption",
    "br",
    "hr",
    "tr",
    "td",
    "th",
    "body",
    "html",
    "head",
    "title",
    "address",
    "caption",
    "hgroup",
];

/// The paragraphs of an HTML page.
pub(super) fn paragraphs(text: &str) -> Layout {
    let lower_has = |name: &str| contains_tag(text, name);
    let mut reading = Reading {
        needs_article: lower_has("article") || lower_has("main"),
        ..Reading::default()
    };
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tail) = rest.split_at_checked(open).unwrap_or((rest, ""));
        reading.text(before);
        rest = reading.tag(tail);
    }
    reading.text(rest);
    reading.finish();
    reading.layout
}

/// Whether a page has a start tag of this name, in small letters.
fn contains_tag(text: &str, name: &str) -> bool {
    text.match_indices('<').any(|(place, _)| {
        let tail = text.get(place + 1..).unwrap_or("");
        let head = tail.get(..name.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(name))
            && tail
                .get(name.len()..)
                .is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\t']))
    })
}

#[derive(Default)]
struct Reading {
    layout: Layout,
    start: usize,
    kind: SentenceKind,
    /// The skipped element that is open, and how many of its name.
    skipped: Option<(String, usize)>,
    needs_article: bool,
    articles: usize,
    in_title: bool,
}

impl Reading {
    fn text(&mut self, raw: &str) {
        if self.skipped.is_some() || raw.is_empty() {
            return;
        }
        let decoded = html_escape::decode_html_entities(raw);
        if self.in_title {
            let title = decoded.trim();
            if self.layout.metadata.title.is_none() && !title.is_empty() {
                self.layout.metadata.title = Some(title.to_owned());
            }
            return;
        }
        if self.needs_article && self.articles == 0 {
            return;
        }
        for letter in decoded.chars() {
            let is_space = letter.is_ascii_whitespace();
            let after_space = self.layout.text.ends_with([' ', '\n']);
            if !is_space {
                self.layout.text.push(letter);
            } else if !after_space {
                self.layout.text.push(' ');
            }
        }
    }

    /// Takes the tag or comment at the start of a text and returns what follows.
    fn tag<'a>(&mut self, text: &'a str) -> &'a str {
        let after = |end: &str| {
            let place = text.find(end).map_or(text.len(), |place| place + end.len());
            text.get(place..).unwrap_or("")
        };
        if text.starts_with("<!--") {
            return after("-->");
        }
        let named = text.get(1..).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
        });
        if !named {
            self.text("<");
            return text.get(1..).unwrap_or("");
        }
        let end = tag_end(text);
        let inside = text.get(1..end).unwrap_or("").trim_end_matches('>');
        let (is_end, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let name_end = inside.find(|letter: char| !letter.is_ascii_alphanumeric());
        let (name, attributes) = inside.split_at(name_end.unwrap_or(inside.len()));
        self.element(&name.to_ascii_lowercase(), attributes, is_end);
        text.get(end..).unwrap_or("")
    }

    fn element(&mut self, name: &str, attributes: &str, is_end: bool) {
        if let Some((open, depth)) = &mut self.skipped {
            if *open == name {
                *depth = if is_end {
                    depth.saturating_sub(1)
                } else {
                    *depth + 1
                };
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        let is_closed = attributes.trim_end().ends_with('/');
        if SKIPPED.contains(&name) && !is_end && !is_closed {
            self.skipped = Some((name.to_owned(), 1));
            return;
        }
        if BLOCKS.contains(&name) {
            self.finish();
        }
        match name {
            "article" | "main" if is_end => self.articles = self.articles.saturating_sub(1),
            "article" | "main" => self.articles += 1,
            "title" => self.in_title = !is_end,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !is_end => self.kind = SentenceKind::Heading,
            "figcaption" | "caption" if !is_end => self.kind = SentenceKind::Caption,
            "meta" => self.meta(attributes),
            "time" if !is_end => {
                let date = attribute(attributes, "datetime").and_then(|text| read_date(&text));
                note_published(&mut self.layout.metadata, date);
            }
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &str) {
        let name = attribute(attributes, "property").or_else(|| attribute(attributes, "name"));
        let (Some(name), Some(content)) = (name, attribute(attributes, "content")) else {
            return;
        };
        let metadata = &mut self.layout.metadata;
        match name.to_ascii_lowercase().as_str() {
            "article:published_time" | "date" | "dc.date" | "pubdate" | "datepublished" => {
                note_published(metadata, read_date(&content));
            }
            "og:title" => metadata.title = Some(content),
            "og:site_name" if metadata.agency.is_none() => metadata.agency = Some(content),
            _ => {}
        }
    }

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

/// The byte after a tag's closing bracket, which quoted attributes may hold too.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (place, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return place + 1,
            (None, '"' | '\'') if text.get(..place).is_some_and(|t| t.ends_with('=')) => {
                quote = Some(letter);
            }
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    // A quotation mark that is never closed must not swallow the page.
    text.find('>').map_or(text.len(), |place| place + 1)
}

/// The value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let place = lower
        .match_indices(name)
        .find(|(place, _)| {
            let before = lower.get(..*place).unwrap_or("");
            let after = lower.get(place + name.len()..).unwrap_or("");
            before.ends_with(char::is_whitespace) && after.trim_start().starts_with('=')
        })
        .map(|(place, _)| place)?;
    let rest = attributes.get(place + name.len()..)?.trim_start();
    let rest = rest.strip_prefix('=')?.trim_start();
    let value = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
        _ => rest.split(char::is_whitespace).next()?,
    };
    Some(html_escape::decode_html_entities(value).into_owned())
}
