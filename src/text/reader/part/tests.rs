use super::*;
use crate::text::layout::{Format, lay_out};
use crate::text::reader::segment;

fn ranges(text: &str) -> Vec<Range<usize>> {
    let layout = lay_out(text, Format::Plain);
    let text: Arc<str> = layout.text.into();
    pieces(&text, layout.paragraphs)
        .map(|(_, piece)| piece.range)
        .collect()
}

#[test]
fn a_long_paragraph_is_cut_behind_a_sentence() {
    let text = "The mill stood still. Nobody asked why, Mr. Orr least of all. ".repeat(3_000);
    let ranges = ranges(text.trim_end());
    assert!(ranges.len() > 2);
    for (number, range) in ranges.iter().enumerate() {
        assert!(range.len() <= LONGEST_PARAGRAPH);
        assert!(text[range.clone()].ends_with('.'), "piece {number}");
    }
    let whole: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    assert_eq!(whole, text.trim_end().len());
}

#[test]
fn a_line_without_spaces_is_cut_between_characters() {
    for letter in ["x", "é", "日"] {
        let text = letter.repeat(LONGEST_PARAGRAPH);
        let ranges = ranges(&text);
        assert!((letter.len()..=letter.len() + 1).contains(&ranges.len()));
        assert!(ranges.iter().all(|range| text.get(range.clone()).is_some()));
    }
}

#[test]
fn the_pieces_of_a_paragraph_keep_its_number() {
    let text = format!("One.\n\n{}\n\nThree.", "word ".repeat(LONGEST_PARAGRAPH));
    let document = segment(lay_out(&text, Format::Plain));
    let last = document.sentences.last().unwrap();
    assert_eq!(last.paragraph, 2);
    assert!(
        document
            .sentences
            .iter()
            .filter(|s| s.paragraph == 1)
            .count()
            > 5
    );
}
