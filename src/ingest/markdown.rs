//! From Markdown to plain text: paragraphs, headings and list items as blocks; code and raw HTML
//! are left out; `title:` and `date:` of a front matter are metadata.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::plain::{Blocks, Plain};

/// Reads a Markdown document.
pub(crate) fn read(markdown: &str) -> Plain {
    let mut plain = Plain::default();
    let body = front_matter(markdown, &mut plain);
    let mut blocks = Blocks::default();
    let mut heading: Option<String> = None;
    let mut is_in_heading = false;
    let mut code_depth = 0_usize;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                blocks.end_block();
                code_depth += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                code_depth = code_depth.saturating_sub(1);
            }
            Event::Start(Tag::Heading { .. }) => {
                blocks.end_block();
                is_in_heading = heading.is_none();
                if is_in_heading {
                    heading = Some(String::new());
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                is_in_heading = false;
                blocks.end_block();
            }
            Event::Start(tag) if is_block(&tag) => blocks.end_block(),
            Event::End(tag) if is_block_end(tag) => blocks.end_block(),
            Event::Text(text) | Event::Code(text) if code_depth == 0 => {
                blocks.push(&text);
                if let (true, Some(heading)) = (is_in_heading, &mut heading) {
                    heading.push_str(&text);
                }
            }
            Event::SoftBreak => blocks.push(" "),
            Event::HardBreak => blocks.end_line(),
            Event::End(TagEnd::TableCell) => blocks.push(" "),
            _ => {}
        }
    }
    plain.text = blocks.finish();
    plain.title = plain.title.or(heading).filter(|title| !title.is_empty());
    plain
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
            | Tag::TableRow
            | Tag::TableHead
    )
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::TableRow
            | TagEnd::TableHead
    )
}

/// Cuts a front matter between lines of `---` off and reads its title, date and source.
fn front_matter<'a>(markdown: &'a str, plain: &mut Plain) -> &'a str {
    let Some(rest) = markdown
        .strip_prefix("---\n")
        .or_else(|| markdown.strip_prefix("---\r\n"))
    else {
        return markdown;
    };
    let Some(end) = rest.find("\n---") else {
        return markdown;
    };
    let (head, body) = rest.split_at(end);
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => plain.title = Some(value.to_owned()),
            "date" | "published" => {
                plain.published = value.get(..10).and_then(|day| day.parse().ok());
            }
            "source" | "agency" => plain.agency = Some(value.to_owned()),
            _ => {}
        }
    }
    let body = body.strip_prefix("\n---").unwrap_or(body);
    body.split_once('\n').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_its_blocks() {
        let plain = read(
            "---\ntitle: \"Kept\"\ndate: 2024-02-29\n---\n# Head *line*\n\nOne [link](x) and\n\
             **bold**.\n\n- first\n- second\n\n```\ncode\n```\n\n> A quotation.\n",
        );
        let expected = "Head line\n\nOne link and bold.\n\nfirst\n\nsecond\n\nA quotation.";
        assert_eq!(plain.text, expected);
        assert_eq!(plain.title.as_deref(), Some("Kept"));
        assert_eq!(plain.published, "2024-02-29".parse().ok());
    }

    #[test]
    fn the_first_heading_is_the_title_where_there_is_no_other() {
        let plain = read("# Head *line*\n\nText.");
        assert_eq!(plain.title.as_deref(), Some("Head line"));
    }
}
