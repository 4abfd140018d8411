//! From a web page to plain text: paragraphs, headings and list items as blocks with an empty
//! line between; scripts, navigation and footers are left out; title, date and site are metadata.
//!
//! Any text is read without complaint, as browsers do: a tag that is not closed ends where its
//! surroundings end.

use std::borrow::Cow;

use super::{BlockKind, Gathering, Markup, read_date};
use crate::value::Time;

/// Elements whose content is no text of the document.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button",
    "select", "svg", "iframe", "object", "head", "menu", "dialog", "table", "pre", "math", "audio",
    "video", "canvas",
];

/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "caption",
    "figure",
    "figcaption",
    "blockquote",
    "br",
    "hr",
    "hgroup",
    "body",
    "address",
    "details",
    "summary",
];

/// Elements that hold the document, where a page has them.
const MAIN: &[&str] = &["article", "main"];

/// A body in `<article>` or `<main>` shorter than this, in bytes, is taken for a teaser.
const SHORTEST_MAIN: usize = 200;

/// Reads a page.
pub(crate) fn read(html: &str) -> Markup {
    let mut page = Page::default();
    let mut rest = html;
    // What begins behind the last `>` is no tag, and looking for its end each time would take
    // quadratic time.
    let behind = html.rfind('>').map_or(html.len(), |last| html.len() - last);
    while let Some(place) = rest.find('<').filter(|place| rest.len() - place > behind) {
        let (text, tag) = rest.split_at(place);
        page.text(text);
        rest = page.markup(tag);
    }
    page.text(rest);
    page.finish()
}

#[derive(Default)]
struct Page {
    everything: Gathering,
    main: Gathering,
    main_depth: usize,
    /// The element that is skipped, and how many of its name are open in it.
    skipped: Option<(String, usize)>,
    title: String,
    is_in_title: bool,
    heading: Option<String>,
    is_in_heading: bool,
    social_title: Option<String>,
    published: Option<Time>,
    agency: Option<String>,
}

impl Page {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = html_escape::decode_html_entities(text);
        if self.is_in_title {
            self.title.push_str(&text);
        }
        if self.skipped.is_some() {
            return;
        }
        if self.is_in_heading
            && let Some(heading) = &mut self.heading
        {
            heading.push_str(&text);
        }
        self.each(|gathering| gathering.push(&text));
    }

    fn each(&mut self, mut action: impl FnMut(&mut Gathering)) {
        action(&mut self.everything);
        if self.main_depth > 0 {
            action(&mut self.main);
        }
    }

    /// Reads what begins with `<` and returns what follows it.
    fn markup<'a>(&mut self, text: &'a str) -> &'a str {
        if let Some(comment) = text.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let Some(tag) = Tag::read(text) else {
            // A lone `<` is a character like any other.
            self.text("<");
            return text.get(1..).unwrap_or_default();
        };
        let after = text.get(tag.length..).unwrap_or_default();
        if tag.is_closing {
            self.close(&tag.name);
            return after;
        }
        self.open(&tag);
        // The content of these two is not markup.
        if matches!(tag.name.as_str(), "script" | "style") {
            let end = format!("</{}", tag.name);
            return find_folded(after, &end).map_or("", |place| after.get(place..).unwrap_or(""));
        }
        after
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        match name {
            "meta" => self.meta(tag),
            "time" if self.published.is_none() => {
                self.published = tag.attribute("datetime").and_then(|text| read_date(&text));
            }
            "title" => self.is_in_title = self.title.is_empty(),
            _ => {}
        }
        if tag.is_empty_element {
            return;
        }
        match &mut self.skipped {
            Some((skipped, depth)) if skipped == name => *depth += 1,
            Some(_) => {}
            None if SKIPPED.contains(&name) => self.skipped = Some((name.to_owned(), 1)),
            None => self.open_shown(name),
        }
    }

    fn open_shown(&mut self, name: &str) {
        if MAIN.contains(&name) {
            self.main_depth += 1;
        }
        if BLOCKS.contains(&name) {
            let kind = match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                "figcaption" | "caption" => BlockKind::Caption,
                _ => BlockKind::Text,
            };
            self.each(|gathering| gathering.begin(kind));
        }
        if name == "h1" && self.heading.is_none() {
            self.heading = Some(String::new());
            self.is_in_heading = true;
        }
    }

    fn close(&mut self, name: &str) {
        if name == "title" {
            self.is_in_title = false;
        }
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
            }
            // A page without </head> goes on with its body.
            if *depth == 0 || (skipped == "head" && name == "html") {
                self.skipped = None;
            }
            return;
        }
        if name == "h1" {
            self.is_in_heading = false;
        }
        if BLOCKS.contains(&name) {
            self.each(|gathering| gathering.begin(BlockKind::Text));
        }
        if MAIN.contains(&name) {
            self.main_depth = self.main_depth.saturating_sub(1);
        }
    }

    /// Open Graph, schema.org and Dublin Core name the same things.
    fn meta(&mut self, tag: &Tag<'_>) {
        let key = ["property", "name", "itemprop"]
            .iter()
            .find_map(|name| tag.attribute(name));
        let (Some(key), Some(content)) = (key, tag.attribute("content")) else {
            return;
        };
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        match key.to_ascii_lowercase().as_str() {
            "og:title" => self.social_title = Some(content.to_owned()),
            "og:site_name" => self.agency = Some(content.to_owned()),
            "article:published_time"
            | "datepublished"
            | "date"
            | "dc.date"
            | "pubdate"
            | "dcterms.created" => self.published = read_date(content).or(self.published),
            _ => {}
        }
    }

    fn finish(self) -> Markup {
        let mut markup = self.main.finish();
        if markup.text.len() < SHORTEST_MAIN {
            markup = self.everything.finish();
        }
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let titles = [self.social_title, self.heading, Some(self.title)];
        let mut titles = titles.into_iter().flatten().map(|title| one_line(&title));
        Markup {
            title: titles.find(|title| !title.is_empty()),
            published: self.published,
            agency: self.agency,
            ..markup
        }
    }
}

/// Where a text in ASCII stands, in any case.
fn find_folded(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    text.windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted))
}

/// A tag with its attributes.
struct Tag<'a> {
    name: String,
    attributes: &'a str,
    is_closing: bool,
    is_empty_element: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads a tag, a declaration or a processing instruction; `None` where `<` begins none.
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (is_closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let first = inner.chars().next()?;
        if !(first.is_ascii_alphabetic() || matches!(first, '!' | '?')) {
            return None;
        }
        let end = end_of_tag(inner)?;
        let body = inner.get(..end)?;
        let name_end = body
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(body.len());
        let (name, attributes) = body.split_at(name_end);
        Some(Self {
            name: name.to_ascii_lowercase(),
            attributes,
            is_closing,
            is_empty_element: body.ends_with('/')
                || matches!(first, '!' | '?')
                || is_void(&name.to_ascii_lowercase()),
            length: text.len() - inner.len() + end + 1,
        })
    }

    /// The value of an attribute.
    fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=')?;
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after;
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = value.get(1..)?;
                    inner.split_once(quote)?
                }
                _ => {
                    let end = value.find(char::is_whitespace).unwrap_or(value.len());
                    value.split_at(end)
                }
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(html_escape::decode_html_entities(value));
            }
            rest = after;
        }
    }
}

/// Elements without content; all but the line break say nothing to us.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "meta"
            | "link"
            | "img"
            | "input"
            | "hr"
            | "wbr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "source"
            | "track"
    )
}

/// Where the tag's `>` stands, outside of quoted values.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(place),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // An unclosed quote: the first `>` has to do.
    text.find('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_its_paragraphs() {
        let plain = read(
            "<!DOCTYPE html><html><head><title>A &amp; B</title>
             <meta property=\"article:published_time\" content=\"2024-02-29T10:00:00Z\">
             <style>p { color: red }</style><script>if (a < b) { x(\"<p>\") }</script></head>
             <body><nav>Home <a href=x>News</a></nav><h1>The  headline</h1>
             <p>One <b>bold</b>\n word.<p>Two &eacute;&nbsp;1 &lt; 2.</p>
             <ul><li>first<li>second</ul><!-- <p>hidden</p> -->a<br>b<footer>Imprint</footer>",
        );
        let expected =
            "The headline\n\nOne bold word.\n\nTwo é 1 < 2.\n\nfirst\n\nsecond\n\na\n\nb";
        assert_eq!(plain.text, expected);
        assert_eq!(plain.title.as_deref(), Some("The headline"));
        assert_eq!(plain.published, "2024-02-29".parse().ok());
    }

    #[test]
    fn the_article_is_preferred_to_what_surrounds_it() {
        let body = "A sentence of some length. ".repeat(20);
        let html = format!("<div>Advert</div><article><p>{body}</p></article><div>More</div>");
        assert_eq!(read(&html).text, body.trim());
    }

    #[test]
    fn no_text_makes_it_fail() {
        for html in [
            "",
            "<",
            "<<<",
            "<p",
            "</",
            "<a href=\"x",
            "<!--",
            "<script>",
            "&#x110000;",
            "a < b",
            "<é>",
            "<p a='>'>x",
            "</p></p>",
            "<title>",
            "<meta content>",
            "<a =>",
        ] {
            read(html);
        }
        assert_eq!(read("a < b").text, "a < b");
        assert_eq!(read("<p>a</p> <b").text, "a\n\n<b");
    }

    #[test]
    fn tags_without_an_end_take_linear_time() {
        let start = std::time::Instant::now();
        for part in [
            "<a", "<a '", "<!--", "<a b=\"", "<script>", "<p>", "</", "&#x",
        ] {
            read(&part.repeat(300_000));
        }
        assert!(start.elapsed().as_secs() < 60);
    }
}
