//! Any bytes, as plain text, Markdown and HTML, are read without a panic, and every token stands
//! where its span says.
#![no_main]

use std::sync::OnceLock;

use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice};
use libfuzzer_sys::fuzz_target;

static READER: OnceLock<Option<Reader>> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let Some(reader) = READER.get_or_init(|| Reader::new(ReaderChoice::Fast).ok()) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    for format in [Format::Plain, Format::Markdown, Format::Html] {
        for part in reader.parts(&text, format, None) {
            for token in part.sentences.iter().flat_map(|sentence| &sentence.tokens) {
                assert!(!token.span.of(&part.text).is_empty());
            }
            let written = factbase::text::conllu::write(&part, "any");
            assert!(factbase::text::conllu::read(&written).is_ok());
        }
    }
});
