//! From Markdown to plain text: paragraphs, headings and list items as blocks; code, tables,
//! pictures and raw HTML are left out; what a front matter says is metadata.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{BlockKind, Gathering, Markup, read_date};

/// Reads a Markdown document.
pub(crate) fn read(markdown: &str) -> Markup {
    let mut head = Markup::default();
    let body = front_matter(markdown, &mut head);
    let mut gathering = Gathering::default();
    // How many elements without running text are open.
    let mut skipped = 0_usize;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Start(
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_) | Tag::Image { .. },
            ) => skipped += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table | TagEnd::Image) => {
                skipped = skipped.saturating_sub(1);
            }
            Event::Start(Tag::Heading { .. }) => gathering.begin(BlockKind::Heading),
            Event::Start(tag) if is_block(&tag) => gathering.begin(BlockKind::Text),
            Event::End(tag) if is_block_end(tag) => gathering.begin(BlockKind::Text),
            Event::Text(text) | Event::Code(text) if skipped == 0 => gathering.push(&text),
            Event::SoftBreak if skipped == 0 => gathering.push(" "),
            Event::HardBreak | Event::Rule => gathering.begin(BlockKind::Text),
            _ => {}
        }
    }
    let mut markup = gathering.finish();
    let first = markup.blocks.first();
    let heading = first.filter(|block| block.kind == BlockKind::Heading);
    let heading = heading.and_then(|block| markup.text.get(block.range.clone()));
    markup.title = head.title.or_else(|| heading.map(str::to_owned));
    markup.published = head.published;
    markup.place = head.place;
    markup.agency = head.agency;
    markup.speaker = head.speaker;
    markup
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)
    )
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
    )
}

/// Cuts a front matter between lines of `---` off and reads what it says of the document.
fn front_matter<'a>(markdown: &'a str, head: &mut Markup) -> &'a str {
    let Some(rest) = markdown
        .strip_prefix("---\n")
        .or_else(|| markdown.strip_prefix("---\r\n"))
    else {
        return markdown;
    };
    let Some(end) = rest.find("\n---") else {
        return markdown;
    };
    let (lines, body) = rest.split_at(end);
    for line in lines.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() {
            continue;
        }
        let text = || Some(value.to_owned());
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => head.title = text(),
            "date" | "published" => head.published = head.published.or_else(|| read_date(value)),
            "place" | "location" => head.place = text(),
            "source" | "agency" => head.agency = text(),
            "speaker" => head.speaker = text(),
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
        assert_eq!(plain.blocks[0].kind, BlockKind::Heading);
        assert_eq!(plain.title.as_deref(), Some("Kept"));
        assert_eq!(plain.published, "2024-02-29".parse().ok());
    }

    #[test]
    fn tables_and_pictures_are_no_text() {
        let plain = read("One.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![two](x.png)\n\nThree.");
        assert_eq!(plain.text, "One.\n\nThree.");
    }

    #[test]
    fn the_first_heading_is_the_title_where_there_is_no_other() {
        let plain = read("# Head *line*\n\nText.");
        assert_eq!(plain.title.as_deref(), Some("Head line"));
    }
}
