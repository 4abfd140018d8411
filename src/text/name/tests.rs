use super::*;
use crate::text::reader::segment;

/// Sentences of words; a word with "/P", "/O" or "/L" begins a name of that kind, with "+" behind
/// it goes the name on. Capitalised words are proper nouns.
fn document(rows: &[&str]) -> AnnotatedDocument {
    let text = rows.join("\n\n");
    let plain: String = text.replace("/P", "").replace("/O", "").replace("/L", "");
    let plain = plain.replace('+', "");
    let mut document = segment(crate::text::layout::lay_out(
        &plain,
        crate::text::layout::Format::Plain,
    ));
    for (sentence, row) in document.sentences.iter_mut().zip(rows) {
        let mut kind = EntityKind::Other;
        for (token, word) in sentence.tokens.iter_mut().zip(row.split(' ')) {
            if word.starts_with(char::is_uppercase) {
                token.universal_tag = UniversalTag::ProperNoun;
            }
            let begun = match word
                .split_once('/')
                .map(|(_, kind)| kind.trim_end_matches('+'))
            {
                Some("P") => Some(EntityKind::Person),
                Some("O") => Some(EntityKind::Organization),
                Some("L") => Some(EntityKind::Place),
                _ => None,
            };
            if let Some(begun) = begun {
                kind = begun;
                token.name = NameTag::Begin(kind);
            } else if word.ends_with('+') {
                token.name = NameTag::Inside(kind);
            }
        }
    }
    document
}

fn settled(rows: &[&str]) -> Vec<String> {
    let mut document = document(rows);
    settle(&mut document);
    let mut names = Vec::new();
    for sentence in &document.sentences {
        for name in found(sentence) {
            let words = forms(&sentence.tokens, name.first, name.last - name.first + 1);
            names.push(format!("{} {}", name.kind, words.join(" ")));
        }
    }
    names
}

#[test]
fn an_initial_is_no_person_beside_another() {
    assert_eq!(
        settled(&["then K./P P./P Lund+ spoke"]),
        ["person K. P. Lund"]
    );
}

#[test]
fn a_town_and_its_country_are_two_names() {
    assert_eq!(
        settled(&["we flew to Lima/L Peru+ today"]),
        ["place Lima", "place Peru"]
    );
    assert_eq!(
        settled(&["we flew to South/L Korea+ today"]),
        ["place South Korea"]
    );
}

#[test]
fn a_name_has_the_kind_it_has_most_often() {
    let rows = ["Velmor/O rose", "Velmor/O fell", "Velmor/L stood"];
    assert_eq!(settled(&rows), ["organization Velmor"; 3]);
    let rows = ["Ina/P Velmor+ rose", "Velmor/O fell", "Ina/P Velmor+ stood"];
    assert_eq!(settled(&rows)[1], "person Velmor");
}

#[test]
fn a_name_found_twice_is_found_everywhere() {
    let rows = ["Velmor/O rose", "Velmor/O fell", "they left Velmor then"];
    assert_eq!(settled(&rows).len(), 3);
    let once = ["Velmor/O rose", "they left Velmor then"];
    assert_eq!(settled(&once).len(), 1);
    // A part of another name is not the name.
    let longer = [
        "Velmor/O rose",
        "Velmor/O fell",
        "they met Otto Velmor Strand",
    ];
    assert_eq!(settled(&longer).len(), 2);
}

#[test]
fn countries_are_places_unless_people_bear_the_name() {
    assert_eq!(settled(&["Norway/O won"]), ["place Norway"]);
    assert_eq!(settled(&["Jordan/P won"]), ["person Jordan"]);
}

#[test]
fn a_town_and_the_code_of_its_state_are_two_names() {
    assert_eq!(
        settled(&["we flew to Dallas/L TX+ today"]),
        ["place Dallas", "place TX"]
    );
}

#[test]
fn an_ampersand_joins_a_firm_and_a_hyphen_a_family_name() {
    assert_eq!(
        settled(&["shares in Velmor/L & Tarn/L fell"]),
        ["organization Velmor & Tarn"]
    );
    assert_eq!(
        settled(&["shares in Velmor & Tarn fell"]),
        ["organization Velmor & Tarn"]
    );
    let couple = ["Ina/P Velmor+ & Otto/P Tarn+ won"];
    assert_eq!(settled(&couple), ["person Ina Velmor", "person Otto Tarn"]);
}

#[test]
fn a_name_goes_on_behind_its_and() {
    assert_eq!(
        settled(&["the Front/O for+ Land+ and Water left"]),
        ["organization Front for Land and Water"]
    );
    assert_eq!(
        settled(&["the Ministry/O of+ Defence+ and Reed/P left"]),
        ["organization Ministry of Defence", "person Reed"]
    );
}

#[test]
fn an_article_before_a_lone_word_belongs_to_the_body_behind_its_and() {
    assert_eq!(
        settled(&["the Velmor/L and Tarn/O Growers+ Union+ left"]),
        ["organization Velmor and Tarn Growers Union"]
    );
    assert_eq!(
        settled(&["Velmor/L and District/O Football+ Club+ left"]),
        ["organization Velmor and District Football Club"]
    );
    assert_eq!(
        settled(&["the Philippines/L and Tarn/O Growers+ Union+ left"]),
        ["place Philippines", "organization Tarn Growers Union"]
    );
    assert_eq!(
        settled(&["Velmor/L and Tarn/O Growers+ Union+ left"]),
        ["place Velmor", "organization Tarn Growers Union"]
    );
}
