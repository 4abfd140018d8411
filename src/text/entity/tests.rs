use super::*;
use crate::text::conllu;

/// Reads rows of form, universal tag, fine tag, head, relation and name tag.
fn sentence(rows: &[(&str, &str, &str, usize, &str, &str)]) -> Sentence {
    let line = |(number, row): (usize, &(&str, &str, &str, usize, &str, &str))| {
        let (form, universal, fine, head, relation, name) = row;
        format!(
            "{}\t{form}\t{form}\t{universal}\t{fine}\t_\t{head}\t{relation}\t_\tNER={name}\n",
            number + 1
        )
    };
    let text: String = rows.iter().enumerate().map(line).collect();
    conllu::read(&text).unwrap()[0].sentences[0].clone()
}

fn shown(sentence: &Sentence) -> Vec<(String, EntityKind)> {
    let text = |name: &Name| {
        let forms: Vec<&str> = sentence.tokens[name.first..=name.last]
            .iter()
            .map(|token| token.form.as_str())
            .collect();
        forms.join(" ")
    };
    names(sentence)
        .iter()
        .map(|name| (text(name), name.kind))
        .collect()
}

#[test]
fn titles_leave_names_and_cut_names_are_completed() {
    let sentence = sentence(&[
        ("Minister", "PROPN", "NNP", 2, "nmod:desc", "B-PER"),
        ("Trần", "PROPN", "NNP", 5, "nsubj", "I-PER"),
        ("Văn", "PROPN", "NNP", 2, "flat", "I-PER"),
        ("Bình", "PROPN", "NNP", 2, "flat", "O"),
        ("came", "VERB", "VBD", 0, "root", "O"),
    ]);
    assert_eq!(
        shown(&sentence),
        [("Trần Văn Bình".to_owned(), EntityKind::Person)]
    );
}

#[test]
fn events_and_works_are_told_by_their_head() {
    let sentence = sentence(&[
        ("The", "DET", "DT", 4, "det", "O"),
        ("3rd", "ADJ", "JJ", 4, "amod", "O"),
        ("Nile", "PROPN", "NNP", 4, "compound", "B-LOC"),
        ("Summit", "PROPN", "NNP", 5, "nsubj", "O"),
        ("passed", "VERB", "VBD", 0, "root", "O"),
        ("the", "DET", "DT", 7, "det", "O"),
        ("Treaty", "PROPN", "NNP", 5, "obj", "O"),
        ("of", "ADP", "IN", 9, "case", "O"),
        ("Aswan", "PROPN", "NNP", 7, "nmod", "B-LOC"),
    ]);
    assert_eq!(
        shown(&sentence),
        [
            ("3rd Nile Summit".to_owned(), EntityKind::Event),
            ("Nile".to_owned(), EntityKind::Place),
            ("Treaty of Aswan".to_owned(), EntityKind::Work),
            ("Aswan".to_owned(), EntityKind::Place),
        ]
    );
}

#[test]
fn nationalities_and_days_are_no_names() {
    let sentence = sentence(&[
        ("Norwegian", "ADJ", "JJ", 2, "amod", "B-LOC"),
        ("ships", "NOUN", "NNS", 3, "nsubj", "O"),
        ("sailed", "VERB", "VBD", 0, "root", "O"),
        ("Monday", "PROPN", "NNP", 3, "obl:unmarked", "O"),
    ]);
    assert_eq!(shown(&sentence), []);
}

#[test]
fn degrees_leave_names_and_forces_and_banks_are_organizations() {
    let person = sentence(&[
        ("Ada", "PROPN", "NNP", 5, "nsubj", "B-PER"),
        ("Reed", "PROPN", "NNP", 1, "flat", "I-PER"),
        (",", "PUNCT", ",", 4, "punct", "I-PER"),
        ("MD", "NOUN", "NN", 1, "appos", "I-PER"),
        ("came", "VERB", "VBD", 0, "root", "O"),
    ]);
    assert_eq!(
        shown(&person).first(),
        Some(&("Ada Reed".to_owned(), EntityKind::Person))
    );
    let forces = sentence(&[
        ("The", "DET", "DT", 4, "det", "O"),
        ("Coastal", "PROPN", "NNP", 4, "compound", "B-ORG"),
        ("Defence", "PROPN", "NNP", 4, "compound", "I-ORG"),
        ("Forces", "PROPN", "NNPS", 5, "nsubj", "O"),
        ("sued", "VERB", "VBD", 0, "root", "O"),
        ("Bank", "PROPN", "NNP", 5, "obj", "B-LOC"),
        ("of", "ADP", "IN", 8, "case", "I-LOC"),
        ("Lisbon", "PROPN", "NNP", 6, "nmod", "I-LOC"),
    ]);
    let names = shown(&forces);
    let organization = |text: &str| (text.to_owned(), EntityKind::Organization);
    assert!(
        names.contains(&organization("Coastal Defence Forces")),
        "{names:?}"
    );
    assert!(names.contains(&organization("Bank of Lisbon")), "{names:?}");
}

#[test]
fn names_take_in_their_number_and_both_words_before_their_head() {
    let sentence = sentence(&[
        ("Velmor", "PROPN", "NNP", 3, "nsubj", "O"),
        ("4", "NUM", "CD", 1, "flat", "O"),
        ("shared", "VERB", "VBD", 0, "root", "O"),
        ("Water", "PROPN", "NNP", 7, "compound", "O"),
        ("and", "CCONJ", "CC", 6, "cc", "O"),
        ("Peace", "PROPN", "NNP", 4, "conj", "O"),
        ("House", "PROPN", "NNP", 3, "obj", "O"),
        ("with", "ADP", "IN", 10, "case", "O"),
        ("the", "DET", "DT", 10, "det", "O"),
        ("Review", "PROPN", "NNP", 3, "obl", "B-ORG"),
        ("of", "ADP", "IN", 13, "case", "O"),
        ("Old", "ADJ", "JJ", 13, "amod", "O"),
        ("Metals", "PROPN", "NNPS", 10, "nmod", "O"),
        ("for", "ADP", "IN", 16, "case", "O"),
        ("40", "NUM", "CD", 16, "nummod", "O"),
        ("somar", "PROPN", "NNP", 3, "obl", "O"),
    ]);
    assert_eq!(
        shown(&sentence),
        [
            ("Velmor 4".to_owned(), EntityKind::Other),
            ("Water and Peace House".to_owned(), EntityKind::Other),
            ("Review of Old Metals".to_owned(), EntityKind::Organization),
        ]
    );
}

#[test]
fn who_is_told_with_an_age_is_a_person() {
    let sentence = sentence(&[
        ("Phan", "PROPN", "NNP", 2, "compound", "O"),
        ("Velm", "PROPN", "NNP", 6, "nsubj", "O"),
        (",", "PUNCT", ",", 2, "punct", "O"),
        ("54", "NUM", "CD", 2, "appos", "O"),
        (",", "PUNCT", ",", 2, "punct", "O"),
        ("met", "VERB", "VBD", 0, "root", "O"),
        ("Hall", "PROPN", "NNP", 8, "compound", "O"),
        ("Tarn", "PROPN", "NNP", 6, "obj", "O"),
    ]);
    assert_eq!(
        shown(&sentence),
        [
            ("Phan Velm".to_owned(), EntityKind::Person),
            ("Hall Tarn".to_owned(), EntityKind::Other),
        ]
    );
}

#[test]
fn no_name_ends_in_a_word_that_needs_another() {
    let goes_on = sentence(&[
        ("Harbour", "PROPN", "NNP", 4, "nsubj", "B-ORG"),
        ("Without", "ADP", "IN", 3, "case", "I-ORG"),
        ("Smoke", "PROPN", "NNP", 1, "nmod", "O"),
        ("met", "VERB", "VBD", 0, "root", "O"),
    ]);
    assert_eq!(
        shown(&goes_on),
        [("Harbour Without Smoke".to_owned(), EntityKind::Organization)]
    );
    let ends = sentence(&[
        ("Orvel", "PROPN", "NNP", 4, "nsubj", "B-ORG"),
        ("Foods", "PROPN", "NNP", 1, "flat", "I-ORG"),
        ("and", "CCONJ", "CC", 4, "cc", "I-ORG"),
        ("met", "VERB", "VBD", 0, "root", "O"),
    ]);
    assert_eq!(
        shown(&ends),
        [("Orvel Foods".to_owned(), EntityKind::Organization)]
    );
}
