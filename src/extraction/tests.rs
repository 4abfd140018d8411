//! Properties of extraction as a whole; single constructions have golden files in
//! `tests/extraction`.

use super::{EnglishExtractor, Extractor, sentence_rows};
use crate::fact::{EntityKind, Fact};
use crate::text::conllu;
use crate::text::document::{
    AnnotatedDocument, DocumentEntity, Mention, MentionKind, SentenceKind,
};

/// "They signed the treaty.", one sentence.
const SIGNED: &str = "\
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\tMargin=1.00
2\tsigned\tsign\tVERB\tVBD\t_\t0\troot\t_\tMargin=1.00
3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\tMargin=1.00
4\ttreaty\ttreaty\tNOUN\tNN\t_\t2\tobj\t_\tMargin=1.00|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tMargin=1.00
";

fn document(rows: &str) -> AnnotatedDocument {
    conllu::read(&format!("{rows}\n")).unwrap().remove(0)
}

fn lines(document: &AnnotatedDocument) -> Vec<String> {
    EnglishExtractor
        .extract(document)
        .iter()
        .map(Fact::to_string)
        .collect()
}

fn named(name: &str) -> DocumentEntity {
    DocumentEntity {
        name: name.to_owned(),
        kind: EntityKind::Place,
        aliases: Vec::new(),
        is_named: true,
        members: Vec::new(),
    }
}

fn they(entity: usize) -> Mention {
    Mention {
        sentence: 0,
        first: 0,
        last: 0,
        head: 0,
        kind: MentionKind::Pronoun,
        entity,
        confidence: 0.9,
    }
}

#[test]
fn a_pronoun_that_refers_to_nothing_known_makes_a_weak_fact() {
    let facts = EnglishExtractor.extract(&document(SIGNED));
    assert_eq!(facts.len(), 1);
    assert!(!facts[0].is_plain());
}

#[test]
fn a_group_gives_a_fact_for_each_of_its_members() {
    let mut document = document(SIGNED);
    let mut group = named("the two sides");
    group.is_named = false;
    group.members = vec![1, 2];
    document.entities = vec![group, named("Chile"), named("Peru")];
    document.mentions = vec![they(0)];
    assert_eq!(
        lines(&document),
        [
            "Chile sign treaty [with Peru]",
            "Peru sign treaty [with Chile]"
        ]
    );
}

#[test]
fn evidence_points_at_the_words_of_the_fact() {
    let document = document(SIGNED);
    let facts = EnglishExtractor.extract(&document);
    let evidence = &facts[0].evidence[0];
    assert_eq!(evidence.text, "They signed the treaty.");
    assert_eq!(evidence.predicate.unwrap().of(&document.text), "signed");
    assert_eq!(evidence.object.unwrap().of(&document.text), "the treaty");
}

#[test]
fn headings_and_furniture_give_no_facts() {
    for kind in [SentenceKind::Heading, SentenceKind::Furniture] {
        let mut document = document(SIGNED);
        document.sentences[0].kind = kind;
        assert!(lines(&document).is_empty());
    }
}

#[test]
fn the_same_statement_twice_is_one_fact_with_two_pieces_of_evidence() {
    let document = document(&format!("{SIGNED}\n{SIGNED}"));
    let facts = EnglishExtractor.extract(&document);
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].evidence.len(), 2);
}

#[test]
fn the_sentence_form_keeps_pronouns_as_they_stand() {
    let rows = sentence_rows(&document(SIGNED));
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].subject.as_str(), rows[0].predicate.as_str()),
        ("They", "signed")
    );
    assert_eq!(rows[0].objects, ["the treaty"]);
}

#[test]
fn any_heads_at_all_are_read_to_the_end() {
    // Cycles, several roots, heads outside of the sentence: every tree over five tokens whose
    // heads are drawn from a fixed sequence.
    let mut state = 7_usize;
    for _ in 0..2_000 {
        let mut document = document(SIGNED);
        for token in &mut document.sentences[0].tokens {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695);
            let head = (state >> 33) % 8;
            token.head = (head < 7).then_some(head);
        }
        let _ = lines(&document);
        let _ = sentence_rows(&document);
    }
}
