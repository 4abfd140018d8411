use super::*;
use crate::text::conllu;

const SAMPLE: &str = "\
# newpar
1\t“\t“\tPUNCT\t``\t_\t3\tpunct\t_\t_
2\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_
3\tsigned\tsign\tVERB\tVBD\t_\t9\tccomp\t_\t_
4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\t_
5\tlease\tlease\tNOUN\tNN\t_\t3\tobj\t_\t_
6\ttoday\ttoday\tNOUN\tNN\t_\t3\tobl:unmarked\t_\t_
7\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\t_
8\t”\t”\tPUNCT\t''\t_\t3\tpunct\t_\t_
9\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
10\tMara\tMara\tPROPN\tNNP\t_\t9\tnsubj\t_\tNER=B-PER
11\tVoss\tVoss\tPROPN\tNNP\t_\t10\tflat\t_\tNER=I-PER
12\t.\t.\tPUNCT\t.\t_\t9\tpunct\t_\t_

1\t“\t“\tPUNCT\t``\t_\t4\tpunct\t_\t_
2\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_
3\trent\trent\tNOUN\tNN\t_\t4\tnsubj\t_\t_
4\tstays\tstay\tVERB\tVBZ\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\t_
6\tsame\tsame\tADJ\tJJ\t_\t4\txcomp\t_\t_
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
8\t”\t”\tPUNCT\t''\t_\t4\tpunct\t_\t_

";

#[test]
fn the_speaker_is_the_subject_of_the_verb_of_saying_and_goes_on() {
    let mut document = conllu::read(SAMPLE).unwrap().remove(0);
    crate::text::coreference::resolve(&mut document);
    let quotations = find(&document);
    assert_eq!(quotations.len(), 2);
    let speaker = quotations[0].speaker.unwrap();
    assert_eq!(document.entities[speaker].name, "Mara Voss");
    assert_eq!(quotations[0].verb, Some((0, 8)));
    assert_eq!(quotations[1].speaker, Some(speaker));
    assert!(
        quotations[0]
            .span
            .of(&document.text)
            .starts_with("“ We signed")
    );
}

const UNCLOSED: &str = "\
# newpar
1\t“\t“\tPUNCT\t``\t_\t4\tpunct\t_\t_
2\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_
3\tpier\tpier\tNOUN\tNN\t_\t4\tnsubj\t_\t_
4\tcost\tcost\tVERB\tVBD\t_\t0\troot\t_\t_
5\ttwo\ttwo\tNUM\tCD\t_\t6\tnummod\t_\t_
6\tmillion\tmillion\tNUM\tCD\t_\t4\tobj\t_\t_
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\t“\t“\tPUNCT\t``\t_\t4\tpunct\t_\t_
2\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_
3\ttown\ttown\tNOUN\tNN\t_\t4\tnsubj\t_\t_
4\tpaid\tpay\tVERB\tVBD\t_\t9\tccomp\t_\t_
5\tfor\tfor\tADP\tIN\t_\t7\tcase\t_\t_
6\tthe\tthe\tDET\tDT\t_\t7\tdet\t_\t_
7\tlights\tlight\tNOUN\tNNS\t_\t4\tobl\t_\t_
8\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\t_
9\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
10\tMara\tMara\tPROPN\tNNP\t_\t9\tnsubj\t_\tNER=B-PER
11\tVoss\tVoss\tPROPN\tNNP\t_\t10\tflat\t_\tNER=I-PER
12\t.\t.\tPUNCT\t.\t_\t9\tpunct\t_\t_

";

#[test]
fn a_paragraph_that_goes_on_and_one_without_its_mark_have_the_speaker_told_at_the_end() {
    let mut document = conllu::read(UNCLOSED).unwrap().remove(0);
    crate::text::coreference::resolve(&mut document);
    let quotations = find(&document);
    assert_eq!(quotations.len(), 2);
    let speaker = quotations[1].speaker.unwrap();
    assert_eq!(document.entities[speaker].name, "Mara Voss");
    assert_eq!(quotations[0].speaker, Some(speaker));
    assert!(quotations[1].span.of(&document.text).ends_with("lights ,"));
}
