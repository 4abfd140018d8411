use super::*;

#[test]
fn regular_and_irregular_words_find_their_lemma() {
    let cases = [
        ("went", FineTag::PastVerb, "go"),
        ("stopped", FineTag::PastVerb, "stop"),
        ("hoping", FineTag::Gerund, "hope"),
        ("organising", FineTag::Gerund, "organise"),
        ("studies", FineTag::PresentVerbThird, "study"),
        ("churches", FineTag::PluralNoun, "church"),
        ("children", FineTag::PluralNoun, "child"),
        ("better", FineTag::Comparative, "good"),
        ("n’t", FineTag::Adverb, "not"),
        ("DVDs", FineTag::PluralNoun, "DVD"),
        ("Kaplan", FineTag::ProperNoun, "Kaplan"),
        ("Norwegian", FineTag::Adjective, "Norwegian"),
        ("them", FineTag::Pronoun, "they"),
    ];
    for (form, tag, expected) in cases {
        assert_eq!(lemma(form, tag, Place::default()), expected, "{form}");
    }
}

#[test]
fn predicates_in_any_inflection_have_one_name() {
    let cases = [
        ("took_part_in", "take_part_in"),
        ("taking part", "take_part"),
        ("carried out", "carry_out"),
        ("is_based_in", "be_base_in"),
        ("organises", "organise"),
        ("born_in", "born_in"),
        ("works_for", "work_for"),
        ("founded", "found"),
        ("Led", "lead"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(predicate_name(text), expected, "{text}");
    }
}

#[test]
fn each_line_of_the_table_is_read() {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
    let table = table();
    let read = table.written.len() + table.forms.len() + table.suffixes.len();
    assert_eq!(read, lines);
}
