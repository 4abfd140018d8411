use super::*;
use crate::text::dependency::Relation;

const SAMPLE: &str = "\
# newdoc id = sample
# newpar
# text = Ada's engine didn't stop.
1-2\tAda's\t_\t_\t_\t_\t_\t_\t_\t_
1\tAda\tAda\tPROPN\tNNP\t_\t3\tnmod:poss\t_\tNER=B-PER|Margin=0.93
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_
3\tengine\tengine\tNOUN\tNN\t_\t6\tnsubj\t_\t_
4-5\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tdid\tdo\tAUX\tVBD\t_\t6\taux\t_\t_
5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_
6\tstop\tstop\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

";

#[test]
fn the_text_is_rebuilt_with_the_spans_of_its_words() {
    let documents = read(SAMPLE).unwrap();
    let document = &documents[0];
    assert_eq!(&*document.text, "Ada's engine didn't stop.");
    let tokens = &document.sentences[0].tokens;
    for token in tokens {
        assert_eq!(token.span.of(&document.text), token.form);
    }
    assert_eq!(tokens[0].name, NameTag::Begin(EntityKind::Person));
    assert!((tokens[0].margin - 0.93).abs() < 1e-6);
    assert_eq!(tokens[0].relation, Relation::PossessiveModifier);
    assert_eq!(tokens[5].head, None);
}

#[test]
fn what_is_written_reads_back_the_same() {
    let documents = read(SAMPLE).unwrap();
    let written = write(&documents[0], "sample");
    let again = read(&written).unwrap();
    assert_eq!(again[0].text, documents[0].text);
    assert_eq!(write(&again[0], "sample"), written);
    assert!(written.contains("4-5\tdidn't"), "{written}");
}

#[test]
fn a_row_with_missing_columns_is_named_by_its_line() {
    let error = read("1\tword\n").unwrap_err();
    assert!(error.to_string().starts_with("line 1"), "{error}");
}
