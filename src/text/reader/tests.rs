use super::*;

#[test]
fn pretokenized_words_stay_as_they_are() {
    let document = pretokenized("10\u{a0}000 men don't go\n\n\" Ha . \"\r\n");
    let forms = |sentence: &Sentence| -> Vec<String> {
        sentence
            .tokens
            .iter()
            .map(|token| token.form.clone())
            .collect()
    };
    assert_eq!(
        forms(&document.sentences[0]),
        ["10\u{a0}000", "men", "don't", "go"]
    );
    assert_eq!(forms(&document.sentences[1]), ["\"", "Ha", ".", "\""]);
    for token in document
        .sentences
        .iter()
        .flat_map(|sentence| &sentence.tokens)
    {
        assert_eq!(token.span.of(&document.text), token.form);
    }
}

#[test]
fn decomposed_words_get_composed_forms_and_keep_their_bytes() {
    let document = segment(lay_out("Ve\u{301}ra came.", Format::Plain));
    let token = &document.sentences[0].tokens[0];
    assert_eq!(token.form, "V\u{e9}ra");
    assert_eq!(token.span.of(&document.text), "Ve\u{301}ra");
}

#[test]
fn a_sentence_without_end_is_cut() {
    let text = "word ".repeat(5_000);
    let document = segment(lay_out(&text, Format::Plain));
    assert!(
        document
            .sentences
            .iter()
            .all(|s| s.tokens.len() <= LONGEST_SENTENCE)
    );
    let count: usize = document.sentences.iter().map(|s| s.tokens.len()).sum();
    assert_eq!(count, 5_000);
}
