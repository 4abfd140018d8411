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
        ("provoked", FineTag::PastParticiple, "provoke"),
        ("faded", FineTag::PastVerb, "fade"),
        ("rooted", FineTag::PastParticiple, "root"),
        ("underwent", FineTag::PastVerb, "undergo"),
        ("shall", FineTag::Modal, "shall"),
        ("horsemen", FineTag::PluralNoun, "horseman"),
        ("Buses", FineTag::PluralProperNoun, "Bus"),
        ("Stochastical", FineTag::Adjective, "stochastical"),
        ("Seventy", FineTag::Cardinal, "seventy"),
        ("12,500", FineTag::Cardinal, "12500"),
        ("oslo", FineTag::ProperNoun, "Oslo"),
        ("LISBON", FineTag::ProperNoun, "Lisbon"),
        ("UNESCO", FineTag::ProperNoun, "UNESCO"),
        // Irregular forms under the other tag of the past, as a tagger may give it.
        ("broken", FineTag::PastVerb, "break"),
        ("began", FineTag::PastParticiple, "begin"),
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
        ("is_based_in", "be_based_in"),
        ("was born in", "be_born_in"),
        ("has_been_held_at", "be_held_at"),
        ("were_close_to", "be_close_to"),
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
fn a_participle_may_lead_to_the_passive() {
    for (text, expected) in [
        ("born_in", Some("be_born_in")),
        ("based in", Some("be_based_in")),
        ("written", Some("be_written")),
        ("Visited", None),
        ("visit_in", None),
        ("be_born_in", Some("born_in")),
        ("was_visited_by", Some("visit_by")),
        ("be_close_to", None),
        ("be_written", None),
        ("", None),
    ] {
        assert_eq!(passive_name(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn each_line_of_the_table_is_read() {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
    let table = table();
    let read = table.written.len() + table.forms.len() + table.suffixes.len();
    assert_eq!(read, lines);
}
