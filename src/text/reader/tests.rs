use super::*;
use crate::value::Value;

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

/// Tags and trees without a model, some right and some absurd, so that every rule is reached.
fn dressed(mut document: AnnotatedDocument, seed: usize) -> AnnotatedDocument {
    let tags = UniversalTag::ALL;
    let relations = Relation::ALL;
    let fine = FineTag::ALL;
    for sentence in &mut document.sentences {
        let count = sentence.tokens.len();
        for (index, token) in sentence.tokens.iter_mut().enumerate() {
            let dice = token.form.len() * 7 + index * 31 + seed * 13;
            let is_capital = token.form.starts_with(char::is_uppercase);
            token.universal_tag = if is_capital {
                UniversalTag::ProperNoun
            } else {
                tags[dice % tags.len()]
            };
            token.fine_tag = fine[dice % fine.len()];
            token.relation = relations[(dice / 3) % relations.len()];
            token.head = Some((dice / 5) % count).filter(|&head| head != index);
            token.name = match dice % 5 {
                0 => NameTag::Begin(crate::fact::EntityKind::ALL[dice % 6]),
                1 => NameTag::Inside(crate::fact::EntityKind::ALL[dice % 6]),
                _ => NameTag::Outside,
            };
        }
        crate::text::lemma::lemmatize(sentence);
    }
    document
}

fn read_anyhow(text: &str, format: Format, seed: usize) {
    let mut document = dressed(segment(lay_out(text, format)), seed);
    annotate(&mut document);
    for sentence in &document.sentences {
        for token in &sentence.tokens {
            assert!(document.text.is_char_boundary(token.span.start as usize));
            assert!(!token.span.of(&document.text).is_empty());
        }
    }
    for mention in &document.mentions {
        let tokens = &document.sentences[mention.sentence].tokens;
        assert!(mention.first <= mention.last && mention.last < tokens.len());
        assert!(mention.entity < document.entities.len());
    }
    let written = crate::text::conllu::write(&document, "any");
    assert!(crate::text::conllu::read(&written).is_ok());
    assert!(!crate::text::json::write(&document, "any").is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_in_any_format_is_read_without_panic(text in "\\PC{0,300}", seed in 0usize..100) {
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            read_anyhow(&text, format, seed);
        }
    }

    #[test]
    fn any_heap_of_words_and_marks_is_read_without_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "The", "president", "of", "Russia", "Ada", "Kim", "(", ")", "“", "”", "\"", "said",
                "according", "to", "he", "it", "they", "both", "sides", "May", "3", "-", "5",
                "2021", "from", "between", "and", "million", "$", "%", "ago", "last", "year",
                "U.S.", ".",
                "\n\n", "— VNS", "<p>", "<a x='", "# ", "See also", "ABC", "the", "1990s", ",",
                "'s",
            ]),
            0..120,
        ),
        seed in 0usize..100,
    ) {
        let text = words.join(" ");
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            read_anyhow(&text, format, seed);
        }
    }
}

#[test]
fn numbers_beyond_all_calendars_are_no_times() {
    for text in ["in the 900000000th century", "the 0th century"] {
        let mut document = segment(lay_out(text, Format::Plain));
        annotate(&mut document);
        let times = document.values.iter();
        assert!(
            times
                .filter(|found| matches!(found.value, Some(Value::Time(_))))
                .count()
                == 0
        );
    }
}

#[test]
fn a_megabyte_without_a_space_or_an_end_takes_linear_time() {
    let start = std::time::Instant::now();
    for part in [
        "x", "a.", "1,", "(", "“", "-", "A-", "é", "日", "'s", "@a", "http://",
    ] {
        let text = part.repeat(200_000 / part.len());
        assert!(!segment(lay_out(&text, Format::Plain)).sentences.is_empty());
    }
    // Far above what it takes, far below what a quadratic rule would.
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn codes_of_exchanges_are_left_out() {
    let text = "Orvel (ASX: ORV, LSE: OV.) rose (see note: it).";
    let document = segment(lay_out(text, Format::Plain));
    let forms: Vec<&str> = document.sentences[0]
        .tokens
        .iter()
        .map(|token| token.form.as_str())
        .collect();
    assert_eq!(forms.join(" "), "Orvel rose ( see note : it ) .");
}

#[test]
fn the_analyzer_is_shown_ranks_and_signs_that_it_knows() {
    let shown = |text: &str| {
        let document = segment(lay_out(text, Format::Plain));
        seen::seen(&document.sentences[0]).join(" ")
    };
    assert_eq!(
        shown("Coun Ada Reed paid N2,500."),
        "Councillor Ada Reed paid $ 2,500 ."
    );
    assert_eq!(
        shown("Lund MLA Bo Ek left TD Bank."),
        "Lund Senator Bo Ek left TD Bank ."
    );
}
