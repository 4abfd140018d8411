//! Headline, section heads, captions and furniture.

use crate::markup::read_date;
use crate::text::document::{Metadata, SentenceKind};
use crate::text::layout::{Layout, Paragraph, byline, dateline, note_published};

/// Longer paragraphs are no headline and no section head, in characters.
const LONGEST_HEADING: usize = 200;
/// Longer paragraphs are no furniture.
const LONGEST_FURNITURE: usize = 120;
/// Bylines and dates stand within so many paragraphs of the start.
pub(super) const HEAD_PARAGRAPHS: usize = 5;

/// What stands between the names, the paper and the day of a byline.
const BYLINE_SEPARATORS: [char; 6] = ['|', '•', '·', '—', '–', ';'];

/// Lines that end a document's text: links to other pages follow.
const LINK_HEADS: &[&str] = &[
    "see also",
    "see more",
    "read more",
    "read also",
    "related",
    "related articles",
    "related content",
    "related links",
    "related news",
    "related stories",
    "more on this story",
    "more news",
    "more stories",
    "most popular",
    "most read",
    "recommended",
    "further reading",
    "you may also like",
    "references",
    "external links",
    "latest news",
    "other news",
    "tags",
    "comments",
    "leave a comment",
    "share",
    "share this",
    "share this article",
];
/// Beginnings of lines that are no text of the document.
const FURNITURE_STARTS: &[&str] = &[
    "see also:",
    "read more:",
    "read also:",
    "related:",
    "tags:",
    "topics:",
    "keywords:",
    "filed under",
    "share this",
    "share on",
    "follow us",
    "subscribe",
    "sign up",
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "advertisement",
    "click here",
    "print this",
    "download the",
    "photo:",
    "photos:",
    "photo by",
    "image:",
    "image credit",
    "picture:",
    "getty images",
    "last updated",
    "last modified",
    "updated:",
    "posted by",
    "posted on",
    "published by",
    "written by",
    "edited by",
    "translated by",
    "reporting by",
    "editing by",
    "skip to",
    "back to top",
    "cookie",
    "page ",
];
/// Beginnings of lines that name where the text comes from.
const SOURCE_STARTS: &[&str] = &[
    "source:",
    "sources:",
    "source –",
    "source -",
    "source —",
    "agency:",
];

/// Finds out what part each paragraph plays. In plain text, headings are told by their looks.
pub(super) fn classify(layout: &mut Layout, is_plain: bool) {
    mark_lines(layout);
    byline::mark(layout);
    split_credits(layout);
    if is_plain {
        mark_headings(layout);
    }
    take_title(layout);
    mark_links(layout);
}

pub(super) fn text_of<'a>(text: &'a str, paragraph: &Paragraph) -> &'a str {
    text.get(paragraph.range.clone()).unwrap_or("")
}

/// Marks the lines that are furniture by themselves, and takes source and date from them.
fn mark_lines(layout: &mut Layout) {
    let count = layout.paragraphs.len();
    for (index, paragraph) in layout.paragraphs.iter_mut().enumerate() {
        let line = text_of(&layout.text, paragraph);
        if line.chars().count() > LONGEST_FURNITURE || paragraph.kind == SentenceKind::Caption {
            continue;
        }
        let lower = line.to_lowercase();
        let is_head = index < HEAD_PARAGRAPHS;
        if let Some(start) = SOURCE_STARTS
            .iter()
            .find(|start| lower.starts_with(**start))
        {
            let source = line.get(start.len()..).unwrap_or("").trim();
            if !source.is_empty() && layout.metadata.agency.is_none() {
                layout.metadata.agency = Some(source.trim_end_matches('.').to_owned());
            }
            paragraph.kind = SentenceKind::Furniture;
        } else if let Some(date) = date_line(line).filter(|_| is_head || index + 2 >= count) {
            note_published(&mut layout.metadata, Some(date));
            paragraph.kind = SentenceKind::Furniture;
        } else if is_furniture(line, &lower)
            || is_head
                && (is_byline(line, &mut layout.metadata)
                    || dateline::is_dateline(line, &mut layout.metadata))
        {
            paragraph.kind = SentenceKind::Furniture;
        }
    }
}

/// A line that is only a date, with or without "Published" before it.
fn date_line(line: &str) -> Option<crate::value::Time> {
    let lower = line.to_lowercase();
    let starts = [
        "published on",
        "published:",
        "published",
        "posted:",
        "date:",
        "updated:",
    ];
    let start = starts.iter().find(|start| lower.starts_with(**start));
    let rest = line.get(start.map_or(0, |start| start.len())..)?;
    read_date(rest.trim().trim_end_matches('.'))
}

fn is_furniture(line: &str, lower: &str) -> bool {
    let is_link = lower.starts_with("http") && !line.contains(' ');
    let has_letter = line.chars().any(char::is_alphanumeric);
    let ends_sentence = line.ends_with(['.', '!', '?', '”', '"']);
    let is_start = FURNITURE_STARTS
        .iter()
        .any(|start| lower.starts_with(start));
    let is_always = lower.starts_with('©') || lower.contains("all rights reserved");
    is_link || !has_letter || is_always || is_start && !ends_sentence
}

/// "By Ada King", "By ADA KING and Tom Roy": up to eight capitalised words after "By". Paper and
/// day may follow: "By Ada King | The Post | 22 June 2024".
fn is_byline(line: &str, metadata: &mut Metadata) -> bool {
    let mut parts = line.split(BYLINE_SEPARATORS).map(str::trim);
    let first = parts.next().unwrap_or("");
    let names = first
        .strip_prefix("By ")
        .or_else(|| first.strip_prefix("BY "));
    if !names.is_some_and(is_name_list) {
        return false;
    }
    let mut published = None;
    for part in parts.filter(|part| !part.is_empty()) {
        match date_line(part) {
            Some(date) => published = published.or(Some(date)),
            None if is_name_list(part) => {}
            None => return false,
        }
    }
    note_published(metadata, published);
    true
}

/// Whether a text is of up to eight capitalised words and the small ones between them.
fn is_name_list(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| -> bool {
        let word: &str = word;
        word.starts_with(char::is_uppercase)
            || matches!(word, "and" | "in" | "for" | "of" | "&" | "de" | "van")
    };
    (1..=8).contains(&words.len()) && words.iter().all(is_name) && !text.ends_with('.')
}

/// Parts "— X Photo", "(Photo: X)" and "Image: X." from the caption they end.
fn split_credits(layout: &mut Layout) {
    let mut index = 0;
    while let Some(paragraph) = layout.paragraphs.get_mut(index) {
        let start = credit_start(text_of(&layout.text, paragraph));
        if let Some(start) = start.filter(|_| paragraph.kind != SentenceKind::Furniture) {
            let place = paragraph.range.start + start;
            layout.split(index, place, SentenceKind::Caption, SentenceKind::Furniture);
            index += 1;
        }
        index += 1;
    }
}

/// Where the credit of a picture begins at the end of a line.
fn credit_start(line: &str) -> Option<usize> {
    let trimmed = line.trim_end_matches(['.', ')', ' ']);
    let last_word = trimmed.rsplit([' ', '/']).next()?;
    if matches!(last_word.to_ascii_lowercase().as_str(), "photo" | "photos") {
        let dash = trimmed.rfind(['—', '–']).or_else(|| trimmed.rfind(" - "))?;
        let credit = trimmed.get(dash..)?;
        return (credit.chars().count() <= 40).then_some(dash);
    }
    [
        "(Photo: ",
        "(Photo by ",
        "(Image: ",
        "Image: ",
        "Photo: ",
        "PHOTO: ",
    ]
    .iter()
    .filter_map(|start| line.rfind(start))
    .min()
    .filter(|&place| place > 0 && line.len() - place <= 80)
}

/// Marks headline and section heads of plain text: short lines without an end mark, beside
/// paragraphs that have one.
fn mark_headings(layout: &mut Layout) {
    let text = &layout.text;
    let is_body = |paragraph: &&Paragraph| paragraph.kind == SentenceKind::Body;
    let ends = |paragraph: &&Paragraph| ends_as_sentence(text_of(text, paragraph));
    let bodies = layout.paragraphs.iter().filter(is_body).count();
    let sentences = layout
        .paragraphs
        .iter()
        .filter(is_body)
        .filter(ends)
        .count();
    // A list of lines without full stops is a text of its own kind, not a list of headings.
    if sentences == 0 || sentences * 4 < bodies {
        return;
    }
    let mut is_before_text = true;
    for paragraph in &mut layout.paragraphs {
        let line = text_of(text, paragraph);
        if paragraph.kind != SentenceKind::Body {
            continue;
        }
        if is_heading(line, is_before_text) {
            paragraph.kind = SentenceKind::Heading;
        } else {
            is_before_text = false;
        }
    }
}

pub(super) fn ends_as_sentence(line: &str) -> bool {
    let trimmed = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ', '»']);
    trimmed.ends_with(['.', '!', '?', '…', ':', ';', ',']) || line.contains("— ")
}

/// Whether a line looks like a heading; before the text a headline may end in "?" or "!".
fn is_heading(line: &str, is_before_text: bool) -> bool {
    let letters = line.chars().count();
    let words = line.split_whitespace().count();
    let starts_as_item = line.starts_with(['-', '*', '•', '–', '·']);
    let starts_small = line.starts_with(char::is_lowercase);
    if letters > LONGEST_HEADING || starts_as_item || starts_small {
        return false;
    }
    let is_asked = is_before_text && line.ends_with(['?', '!']) && words <= 16;
    is_asked || !ends_as_sentence(line) || is_dotted_heading(line)
}

/// "1.2. Methods.", "Section 4." and the like.
fn is_dotted_heading(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words = line.split_whitespace().count();
    words <= 3
        && ["chapter ", "section ", "part ", "article "]
            .iter()
            .any(|s| lower.starts_with(s))
}

/// The first heading before the text is the title.
fn take_title(layout: &mut Layout) {
    let mut paragraphs = layout.paragraphs.iter();
    let first = paragraphs.find(|paragraph| {
        !matches!(
            paragraph.kind,
            SentenceKind::Furniture | SentenceKind::Caption
        )
    });
    let Some(first) = first.filter(|first| first.kind == SentenceKind::Heading) else {
        return;
    };
    if layout.metadata.title.is_none() {
        layout.metadata.title = Some(text_of(&layout.text, first).to_owned());
    }
}

/// Marks what stands behind "See also": short lines without an end are links.
fn mark_links(layout: &mut Layout) {
    let count = layout.paragraphs.len();
    let mut is_behind = false;
    for (index, paragraph) in layout.paragraphs.iter_mut().enumerate() {
        let line = text_of(&layout.text, paragraph);
        let head = line.trim_end_matches([':', '.', '…', ' ']).to_lowercase();
        if LINK_HEADS.contains(&head.as_str()) && (index > 0 || count == 1) {
            paragraph.kind = SentenceKind::Furniture;
            is_behind = true;
        } else if is_behind {
            match ends_as_sentence(line) && line.chars().count() > LONGEST_FURNITURE {
                true => is_behind = false,
                false => paragraph.kind = SentenceKind::Furniture,
            }
        }
    }
}
