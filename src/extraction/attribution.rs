//! Attribution: who says what a clause says.

use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::clause;
use super::lexicon::{self, Report};
use super::phrase::Phrase;
use super::tree::Tree;

/// Who speaks and the verb of saying, as tokens of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Speech {
    /// The head of the speaker's phrase.
    pub(super) speaker: usize,
    /// The verb; `None` for "according to".
    pub(super) verb: Option<usize>,
}

/// The nearest speaker of a clause within its sentence; "according to" may hang on any verb of
/// its chain.
pub(super) fn speech_of(tree: &Tree<'_>, clause: &clause::Clause) -> Option<Speech> {
    let chain = || clause.links.iter().filter(|&&link| link != clause.head);
    if is_told_by_the_way(tree, clause) || is_in_brackets(tree, clause.head) {
        return None;
    }
    speech(tree, clause.head).or_else(|| chain().find_map(|&link| according_to(tree, link)))
}

/// "He denied that Orvel, which runs the port, had bid": what a clause between commas tells of a
/// name, whoever writes adds; unless it is quoted, which the quotation tells.
fn is_told_by_the_way(tree: &Tree<'_>, clause: &clause::Clause) -> bool {
    let relative = clause
        .links
        .iter()
        .copied()
        .find(|&link| tree.relation(link) == R::RelativeClause);
    let Some(relative) = relative else {
        return false;
    };
    let first = tree.subtree(relative, |_| false).into_iter().min();
    let is_apart = first
        .is_some_and(|first| tree.lower(first) == "," || first > 0 && tree.lower(first - 1) == ",");
    // "Orvel, the firm which built it, had bid": so does what describes the name.
    let is_beside_name = |noun: usize| {
        tree.relation(noun) == R::Apposition
            && tree
                .head(noun)
                .is_some_and(|name| tree.tag(name) == UniversalTag::ProperNoun)
            && (noun..relative).all(|mark| tree.lower(mark) != "\"")
    };
    tree.head(relative).is_some_and(|noun| {
        is_apart && tree.tag(noun) == UniversalTag::ProperNoun || is_beside_name(noun)
    })
}

/// "He warned of floods on the Orre (known as the Great River)": brackets are the writer's own.
fn is_in_brackets(tree: &Tree<'_>, head: usize) -> bool {
    let before = (0..head)
        .rev()
        .find(|&mark| matches!(tree.lower(mark), "(" | ")"));
    let after = (head..tree.len()).find(|&mark| matches!(tree.lower(mark), "(" | ")"));
    before.is_some_and(|mark| tree.lower(mark) == "(")
        && after.is_some_and(|mark| tree.lower(mark) == ")")
        && tree.relation(head) != R::ClausalComplement
}

/// The nearest speaker of what a word heads, within its sentence.
pub(super) fn speech(tree: &Tree<'_>, head: usize) -> Option<Speech> {
    let mut current = head;
    loop {
        // A frame is not said by the one it names: "the ministry said" is the document's own.
        let frame = interrupting(tree, current).filter(|found| match found.verb {
            Some(verb) => !tree.is_below(head, verb),
            None => !tree.is_below(found.speaker, head) && head != found.speaker,
        });
        // "According to a study published in May": what tells of the source, it does not say.
        let source = according_to(tree, current)
            .filter(|found| head != found.speaker && !tree.is_below(head, found.speaker))
            .filter(|_| !is_beyond_source(tree, head));
        if source.is_none() && is_of_source(tree, head) {
            return None;
        }
        if let Some(found) = source.or(frame) {
            return Some(found);
        }
        let parent = tree.head(current)?;
        let is_reported = match tree.relation(current) {
            R::ClausalComplement => true,
            R::Parataxis => !is_sentence_of_its_own(tree, parent, current),
            R::OpenClausalComplement => lexicon::report(tree.lemma(parent)) == Report::Requests,
            _ => false,
        };
        if let Some(found) = is_reported
            .then(|| reported_by(tree, parent, current))
            .flatten()
        {
            // "She said the figures showed that …": she does.
            let outer = shows(tree, found).then(|| speech(tree, parent)).flatten();
            return Some(outer.unwrap_or(found));
        }
        if let Some(found) = stated_in(tree, parent, current).or_else(|| {
            let is_claim = is_claimed_by(tree, parent, current);
            is_claim.then_some(Speech {
                speaker: parent,
                verb: None,
            })
        }) {
            return Some(found);
        }
        current = parent;
    }
}

/// "The figures showed": what is told by a thing, which somebody else may tell.
fn shows(tree: &Tree<'_>, speech: Speech) -> bool {
    is_thing(tree, speech.speaker)
        && speech.verb.is_some_and(|verb| {
            matches!(
                tree.lemma(verb),
                "show" | "suggest" | "indicate" | "demonstrate" | "prove" | "reveal" | "confirm"
            )
        })
}

/// "Cores suggest that winds carried dust": a thing asks for nothing.
pub(super) fn is_told_by_thing(tree: &Tree<'_>, verb: usize) -> bool {
    tree.lemma(verb) == "suggest"
        && tree
            .child(verb, &[R::NominalSubject])
            .is_some_and(|subject| is_thing(tree, subject))
}

fn is_thing(tree: &Tree<'_>, noun: usize) -> bool {
    tree.tag(noun) == UniversalTag::Noun
        && !is_in_class(tree.lemma(noun), NounClass::Person)
        && !is_in_class(tree.lemma(noun), NounClass::Organization)
}

/// "The board advised that it be sold; one member left": behind a semicolon, and beside what was
/// said, stands a statement of the text.
fn is_sentence_of_its_own(tree: &Tree<'_>, verb: usize, clause: usize) -> bool {
    let is_quoted = (0..tree.len()).any(|mark| matches!(tree.lower(mark), "\"" | "“" | "”"));
    verb < clause
        && (!is_quoted || tree.has_child(verb, &[R::ClausalComplement]))
        && (verb..clause).any(|mark| tree.lower(mark) == ";")
}

/// "The court said in a statement that it had closed": the words of the statement are said by who
/// gives it.
pub(super) fn stated_in(tree: &Tree<'_>, noun: usize, clause: usize) -> Option<Speech> {
    let is_content = tells_content(tree, clause);
    let is_text = matches!(
        tree.lemma(noun),
        "statement" | "report" | "letter" | "interview" | "speech" | "note" | "message" | "post"
    );
    let verb = tree.head(noun)?;
    // "Asked about reports that …", "denied reports that …": those are not the speaker's words.
    let is_within = tree
        .children_by(noun, &[R::Case])
        .any(|case| matches!(tree.lower(case), "in" | "through" | "via"));
    let is_said = is_within && lexicon::is_speech(tree.lemma(verb)) && tree.is_verb(verb);
    let speaker = (is_content && is_text && is_said)
        .then(|| speaker_of(tree, verb))
        .flatten()?;
    Some(Speech {
        speaker,
        verb: Some(verb),
    })
}

/// "It costs a million, according to the union, although the port says less", "…; the port is
/// silent": what the text sets against what a source tells, the source does not tell.
pub(super) fn is_beyond_source(tree: &Tree<'_>, head: usize) -> bool {
    let Some(source) = (0..head)
        .rev()
        .find(|&word| tree.lower(word) == "according")
    else {
        return false;
    };
    if (source..head).any(|mark| tree.lower(mark) == ";") {
        return true;
    }
    let mut current = head;
    while let Some(above) = tree.head(current) {
        let is_set_against = tree.relation(current) == R::AdverbialClause
            && tree.children_by(current, &[R::Marker]).any(|mark| {
                source < mark
                    && matches!(
                        tree.lower(mark),
                        "although" | "though" | "while" | "whereas"
                    )
            });
        if is_set_against {
            return true;
        }
        current = above;
    }
    false
}

/// "According to a study published in May": whether a word tells of a source.
pub(super) fn is_of_source(tree: &Tree<'_>, head: usize) -> bool {
    let mut current = head;
    while let Some(above) = tree.head(current) {
        let is_source = tree.lower(above) == "according"
            || tree
                .children_by(current, &[R::Case])
                .any(|case| tree.lower(case) == "according");
        if is_source {
            return true;
        }
        current = above;
    }
    false
}

/// "Rumours that it had closed": those who speak, without what they say.
pub(super) fn without_content(tree: &Tree<'_>, speaker: &mut Phrase) {
    let contents: Vec<usize> = tree
        .children_by(speaker.head, &[R::AdnominalClause, R::ClausalComplement])
        .filter(|&clause| {
            tree.children_by(clause, &[R::Marker])
                .any(|mark| tree.lower(mark) == "that")
        })
        .collect();
    speaker
        .tokens
        .retain(|&token| !contents.iter().any(|&clause| tree.is_below(token, clause)));
}

/// "A statement that it had closed": the clause tells what its noun says.
fn tells_content(tree: &Tree<'_>, clause: usize) -> bool {
    matches!(
        tree.relation(clause),
        R::AdnominalClause | R::ClausalComplement
    ) && tree
        .children_by(clause, &[R::Marker])
        .any(|mark| tree.lower(mark) == "that")
}

/// "Asked about reports that it was closing": the reports say so, not who is asked.
fn is_claimed_by(tree: &Tree<'_>, noun: usize, clause: usize) -> bool {
    static CLAIMS: WordList =
        WordList::new("report rumour rumor claim allegation speculation accusation");
    let is_content = tells_content(tree, clause);
    let lemma = tree.lemma(noun);
    is_content && CLAIMS.contains(lemma)
}

/// Whether a clause is only the frame of reported words: "she said", "according to her".
fn reported_by(tree: &Tree<'_>, verb: usize, clause: usize) -> Option<Speech> {
    let lemma = tree.lemma(verb);
    if let Some(listener) = body_told(tree, verb) {
        return Some(Speech {
            speaker: listener,
            verb: None,
        });
    }
    let is_reporting = match lexicon::report(lemma) {
        Report::Brings | Report::Knows => false,
        Report::Says => tree.relation(clause) != R::Parataxis || lexicon::is_speech(lemma),
        // What is required or encouraged is no claim.
        Report::Requests => !matches!(
            lemma,
            "require" | "encourage" | "invite" | "order" | "press" | "challenge"
        ),
        Report::Wants | Report::Denies => true,
    };
    // "It will not appeal, he added": what frames the words is not said by those it tells of.
    let is_frame = interrupting(tree, verb).is_some_and(|found| found.verb == Some(clause));
    if !is_reporting || is_frame || !tree.is_verb(verb) {
        return None;
    }
    let speaker = speaker_of(tree, verb)?;
    let is_nobody = matches!(tree.lower(speaker), "that" | "this" | "which" | "it")
        && !tree.is_relative(speaker)
        // "You can say that it grows": whoever is quoted says so.
        || matches!(tree.lower(speaker), "you" | "one" | "anyone" | "anybody" | "nobody");
    (!is_nobody).then_some(Speech {
        speaker,
        verb: Some(verb),
    })
}

/// "The court heard that …", "an inquiry was told that …": the body by which it is known.
fn body_told(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let is_told = match tree.lemma(verb) {
        "hear" => !clause::is_passive(tree, verb),
        "tell" => clause::is_passive(tree, verb) && !tree.has_child(verb, &[R::Agent]),
        _ => false,
    };
    tree.child(verb, &[R::NominalSubject, R::PassiveNominalSubject])
        .filter(|&body| {
            is_told
                && matches!(
                    tree.lemma(body),
                    "court"
                        | "inquiry"
                        | "jury"
                        | "tribunal"
                        | "hearing"
                        | "inquest"
                        | "trial"
                        | "committee"
                        | "commission"
                        | "meeting"
                        | "conference"
                        | "panel"
                )
        })
}

/// "She was told that it had closed", "it is believed that …": nobody is named who says so.
pub(super) fn is_hearsay(tree: &Tree<'_>, verb: usize) -> bool {
    static HEARSAY: WordList = WordList::new(
        "tell inform warn advise assure say believe think allege claim rumour \
        rumor suspect fear assume suppose persuade convince",
    );
    let lemma = tree.lemma(verb);
    HEARSAY.contains(lemma)
        && clause::is_passive(tree, verb)
        && !tree.has_child(verb, &[R::Agent])
        && body_told(tree, verb).is_none()
}

/// The subject of a verb of saying, also through coordination: "noted … and said …".
fn speaker_of(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    // "He was told by doctors that …": they said so.
    if clause::is_passive(tree, verb) {
        return tree.child(verb, &[R::Agent]);
    }
    // "Orvel quoted Lee as saying that …".
    let is_quoted = tree
        .children_by(verb, &[R::Marker, R::Case])
        .any(|mark| tree.lower(mark) == "as");
    if is_quoted && tree.relation(verb) == R::AdverbialClause {
        let object = |above| tree.child(above, &[R::Object]);
        if let Some(quoted) = tree.head(verb).and_then(object).filter(|&who| who < verb) {
            return Some(quoted);
        }
    }
    let mut current = verb;
    for _ in 0..tree.len() {
        if let Some(subject) = tree.child(current, &[R::NominalSubject]) {
            if !tree.is_relative(subject) {
                return Some(subject);
            }
            return relative_noun(tree, current);
        }
        match tree.relation(current) {
            R::Conjunct | R::OpenClausalComplement | R::AdverbialClause => {
                current = tree.head(current)?;
            }
            R::AdnominalClause => return tree.head(current),
            _ => return None,
        }
    }
    None
}

fn relative_noun(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    (tree.relation(verb) == R::RelativeClause)
        .then(|| tree.head(verb))
        .flatten()
}

/// "In her words", "in the opinion of Lee": whose words they are.
pub(super) fn owner_of_words(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let is_view = matches!(
        tree.lower(noun),
        "words" | "opinion" | "view" | "estimation" | "assessment" | "account"
    ) && tree.relation(noun) == R::Oblique;
    let is_in = tree
        .children_by(noun, &[R::Case])
        .any(|case| matches!(tree.lower(case), "in" | "by"));
    tree.child(noun, &[R::PossessiveModifier, R::NominalModifier])
        .filter(|_| is_view && is_in)
        .filter(|&owner| {
            tree.relation(owner) == R::PossessiveModifier
                || tree
                    .children_by(owner, &[R::Case])
                    .any(|case| tree.lower(case) == "of")
        })
}

/// "According to Lee, …".
fn according_to(tree: &Tree<'_>, head: usize) -> Option<Speech> {
    let relations = [R::Oblique, R::AdverbialClause, R::NominalModifier];
    tree.children_by(head, &relations)
        .find_map(|child| {
            if tree.lower(child) == "according" {
                return tree.child(child, &[R::Oblique, R::NominalModifier]);
            }
            let is_source = tree
                .children_by(child, &[R::Case])
                .any(|case| tree.lower(case) == "according");
            is_source
                .then_some(child)
                .or_else(|| owner_of_words(tree, child))
        })
        .map(|speaker| Speech {
            speaker,
            verb: None,
        })
}

/// "As Lee noted, it grows": a frame that only names who says so.
pub(super) fn is_as_frame(tree: &Tree<'_>, verb: usize) -> bool {
    tree.relation(verb) == R::AdverbialClause
        && matches!(
            tree.lemma(verb),
            "say"
                | "note"
                | "report"
                | "point"
                | "explain"
                | "put"
                | "write"
                | "state"
                | "stress"
                | "emphasise"
                | "emphasize"
                | "underline"
                | "recall"
                | "remark"
                | "observe"
        )
        && tree
            .children_by(verb, &[R::Marker])
            .any(|mark| tree.lower(mark) == "as")
        && !clause::is_passive(tree, verb)
        && !tree.has_child(
            verb,
            &[
                R::ClausalComplement,
                R::OpenClausalComplement,
                R::Object,
                R::Auxiliary,
            ],
        )
}

/// "The plan, she said, is ready": the frame stands within the words.
fn interrupting(tree: &Tree<'_>, head: usize) -> Option<Speech> {
    let told = tree
        .children_by(head, &[R::Parataxis])
        .filter(|&verb| !tree.has_child(verb, &[R::ClausalComplement, R::Object]))
        .filter(|&verb| !is_behind_semicolon(tree, head, verb))
        .find_map(|verb| body_told(tree, verb));
    if let Some(speaker) = told {
        return Some(Speech {
            speaker,
            verb: None,
        });
    }
    let frames = tree.children_by(head, &[R::Parataxis, R::AdverbialClause]);
    frames
        .filter(|&verb| tree.relation(verb) == R::Parataxis || is_as_frame(tree, verb))
        .find_map(|verb| {
            // "…, whose shot went in": nothing is said.
            let has_whose = tree.child(verb, &clause::SUBJECTS).is_some_and(|subject| {
                tree.subtree(subject, |_| false)
                    .iter()
                    .any(|&word| tree.lower(word) == "whose")
            });
            let is_frame = tree.tag(verb) == UniversalTag::Verb
                && !has_whose
                && lexicon::is_speech(tree.lemma(verb))
                && !clause::is_passive(tree, verb)
                && !tree.has_child(
                    verb,
                    &[R::ClausalComplement, R::Object, R::OpenClausalComplement],
                )
                && !is_behind_semicolon(tree, head, verb);
            let speaker = is_frame
                .then(|| tree.child(verb, &clause::SUBJECTS))
                .flatten()?;
            Some(Speech {
                speaker,
                verb: Some(verb),
            })
        })
}

/// "It would close in May, she said": whether the frame around a clause stands in the past.
pub(super) fn is_framed_in_past(tree: &Tree<'_>, head: usize) -> bool {
    interrupting(tree, head)
        .and_then(|speech| speech.verb)
        .is_some_and(|verb| tree.fine(verb) == FineTag::PastVerb)
}

/// "Ten get grants; the parties agreed to add two": a sentence of its own frames nothing.
fn is_behind_semicolon(tree: &Tree<'_>, head: usize, verb: usize) -> bool {
    let start = tree.subtree(verb, |_| false).into_iter().min();
    head < verb
        && start.is_some_and(|start| {
            (start.saturating_sub(1)..=start).any(|mark| tree.lower(mark) == ";")
        })
}
