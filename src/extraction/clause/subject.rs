//! Subjects: a clause's own, shared, or the noun that a relative clause or participle describes.

use crate::text::dependency::Relation as R;
use crate::text::numeral::is_unit;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon::{self, Report};
use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::{
    DEEPEST, OUTER_SUBJECTS, SUBJECTS, Source, has_to, is_clause_head, is_passive, is_proposal,
    is_purpose,
};

/// The subjects of a clause and where they come from.
pub(super) fn subjects(
    tree: &Tree<'_>,
    head: usize,
    depth: usize,
) -> Option<(Vec<Phrase>, Source)> {
    if depth > DEEPEST {
        return None;
    }
    if let Some(found) = own_subjects(tree, head) {
        return found;
    }
    let parent = tree.head(head)?;
    match tree.relation(head) {
        // "The aim is to build and to sell": the aim sells nothing.
        R::Conjunct if has_to(tree, head) && is_clause_behind_copula(tree, parent) => None,
        R::Conjunct | R::List if is_clause_head(tree, parent) => {
            let (phrases, source) = subjects(tree, parent, depth + 1)?;
            let source = if source == Source::Own {
                Source::Shared
            } else {
                source
            };
            Some((phrases, source))
        }
        R::RelativeClause => {
            let found = (antecedent(tree, parent), Source::Relative);
            (!has_gap_word(tree, head)).then_some(found)
        }
        R::AdnominalClause if tree.is_nominal(parent) => {
            // "meetings to be held": the noun is what will be held.
            if has_to(tree, head) && tree.has_child(head, &[R::PassiveAuxiliary]) {
                return Some((antecedent(tree, parent), Source::Participle));
            }
            // "the idea of running workshops": the idea does not run them.
            // "the team led by Lee": with an agent the past tense is a participle.
            let is_participle =
                (matches!(tree.fine(head), FineTag::PastParticiple | FineTag::Gerund)
                    || tree.has_child(head, &[R::Agent]))
                    && !tree.has_child(head, &[R::Case, R::Marker])
                    && !is_finite_in_form(tree, head);
            // "trouble finding a flat": trouble finds nothing.
            let is_doing = tree.fine(head) == FineTag::Gerund
                && matches!(
                    tree.lemma(parent),
                    "difficulty" | "trouble" | "problem" | "time" | "fun" | "success" | "luck"
                );
            (is_participle && !is_doing).then(|| (antecedent(tree, parent), Source::Participle))
        }
        R::AdverbialClause => {
            let charged = object_of_charge(tree, head, parent)
                .or_else(|| asked_behind_preposition(tree, head, parent));
            if let Some(object) = charged {
                return Some((phrase::distributed(tree, object), Source::Governed));
            }
            if is_done_by_others(tree, head, parent) {
                return None;
            }
            if is_result(tree, head, parent) {
                let event = event_told(tree, parent)?;
                return Some((phrase::distributed(tree, event), Source::Adverbial));
            }
            let (phrases, source) = subjects(tree, parent, depth + 1)?;
            let source = if source == Source::Existential {
                return None;
            } else {
                Source::Adverbial
            };
            Some((phrases, source))
        }
        R::OpenClausalComplement => governed_subjects(tree, head, parent, depth),
        _ => None,
    }
}

/// "The line was cut, leaving many without power", "staff began a strike, forcing it to close":
/// what happened left and forced them, not who it tells of.
fn is_result(tree: &Tree<'_>, head: usize, parent: usize) -> bool {
    let is_bare = tree.fine(head) == FineTag::Gerund
        && parent < head
        && lexicon::is_consequence(tree.lemma(head))
        && !tree.has_child(head, &[R::Marker, R::Case]);
    let is_behind_comma = tree
        .children_by(head, &[R::Punctuation])
        .any(|mark| mark < head && tree.lower(mark) == ",");
    is_bare && is_behind_comma && (is_passive(tree, parent) || event_told(tree, parent).is_some())
}

/// "The work was used in drawing maps", "they were paid, using savings": whoever used and paid is
/// not told.
fn is_done_by_others(tree: &Tree<'_>, head: usize, parent: usize) -> bool {
    let is_used = matches!(
        tree.lemma(parent),
        "use" | "deploy" | "employ" | "apply" | "instrumental"
    );
    let has_in = tree
        .children_by(head, &[R::Marker, R::Case])
        .any(|mark| matches!(tree.lower(mark), "in" | "for" | "by" | "when" | "while"));
    let is_using = tree.lower(head) == "using" && !tree.has_child(head, &[R::Marker, R::Case]);
    tree.fine(head) == FineTag::Gerund
        && parent < head
        && is_passive(tree, parent)
        && (is_used && has_in || is_using)
}

/// The noun of the event that a verb tells nothing of but its course.
fn event_told(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let tells_course = lexicon::tells_course(tree.lemma(verb)) && !is_passive(tree, verb);
    tree.child(verb, &[R::Object])
        .filter(|&object| tells_course && tree.tag(object) == UniversalTag::Noun)
}

/// "the roof collapsed": what has no passive describes nothing by its participle.
fn is_finite_in_form(tree: &Tree<'_>, verb: usize) -> bool {
    tree.fine(verb) == FineTag::PastParticiple
        && lexicon::has_no_passive(tree.lemma(verb))
        && !matches!(
            tree.lemma(verb),
            "arise" | "fall" | "vanish" | "expire" | "disappear"
        )
}

/// The subject that hangs on the clause itself; `Some(None)` where there is one that says nothing.
#[allow(
    clippy::option_option,
    reason = "no subject here, and a subject without content, differ"
)]
fn own_subjects(tree: &Tree<'_>, head: usize) -> Option<Option<(Vec<Phrase>, Source)>> {
    let is_there = |child: usize| tree.lower(child) == "there";
    if let Some(expletive) = tree.child(head, &[R::Expletive]) {
        if is_there(expletive) {
            let thing = tree.child(head, &SUBJECTS);
            return Some(
                thing.map(|thing| (phrase::distributed(tree, thing), Source::Existential)),
            );
        }
        if tree.has_child(head, &[R::ClausalSubject, R::ClausalComplement])
            || !tree.has_child(head, &SUBJECTS)
        {
            return Some(None);
        }
    }
    let subject = tree
        .child(head, &OUTER_SUBJECTS)
        .or_else(|| tree.child(head, &SUBJECTS))?;
    // "to guard what was left": "what" describes no noun.
    if tree.lower(subject) == "what" && tree.relation(head) == R::RelativeClause {
        return Some(None);
    }
    if tree.is_relative(subject) {
        return Some(relative_subject(tree, head));
    }
    if matches!(
        tree.relation(subject),
        R::ClausalSubject | R::PassiveClausalSubject | R::OuterClausalSubject
    ) {
        let words = phrase::clause(tree, subject, &[])?;
        return Some(Some((vec![words], Source::Clausal)));
    }
    if is_sum(tree, head, subject) {
        let together = phrase::whole(tree, subject)?;
        return Some(Some((vec![together], Source::Own)));
    }
    if let Some(named) = one_of_named(tree, subject) {
        return Some(Some((phrase::distributed(tree, named), Source::Own)));
    }
    Some(Some((phrase::distributed(tree, subject), Source::Own)))
}

/// "Fees and fines came to 3 million": an amount is of both together.
fn is_sum(tree: &Tree<'_>, head: usize, subject: usize) -> bool {
    let members: Vec<usize> = tree.children_by(subject, &[R::Conjunct]).collect();
    let are_bare = [Some(subject), members.first().copied()]
        .into_iter()
        .flatten()
        .all(|noun| {
            tree.fine(noun) == FineTag::PluralNoun
                && !tree.has_child(
                    noun,
                    &[R::Determiner, R::PossessiveModifier, R::NumericModifier],
                )
        });
    let has_amount = tree
        .children_by(head, &[R::Object, R::Oblique])
        .any(|amount| {
            amount > subject
                && tree.has_child(amount, &[R::NumericModifier])
                && (lexicon::is_currency(tree.lemma(amount))
                    || tree.tag(amount) == crate::text::tag::UniversalTag::Symbol)
        });
    members.len() == 1 && are_bare && has_amount
}

/// "The aim is to build": what stands behind the copula is a clause.
fn is_clause_behind_copula(tree: &Tree<'_>, head: usize) -> bool {
    tree.is_verb(head) && tree.has_child(head, &[R::Copula])
}

/// Whether the subject of a relative clause has its pronoun inside: "whose term".
pub(in super::super) fn has_relative_subject(tree: &Tree<'_>, head: usize) -> bool {
    tree.child(head, &SUBJECTS).is_some_and(|subject| {
        tree.subtree(subject, |_| false)
            .iter()
            .any(|&word| tree.is_relative(word))
    })
}

/// "who led it": the noun that the relative clause describes.
fn relative_subject(tree: &Tree<'_>, head: usize) -> Option<(Vec<Phrase>, Source)> {
    let mut clause = head;
    for _ in 0..DEEPEST {
        match tree.relation(clause) {
            R::RelativeClause => {
                return Some((antecedent(tree, tree.head(clause)?), Source::Relative));
            }
            R::Conjunct | R::ClausalComplement | R::OpenClausalComplement => {
                clause = tree.head(clause)?;
            }
            _ => return None,
        }
    }
    None
}

/// The noun before a relative clause or participle, without the clause.
pub(in super::super) fn antecedent(tree: &Tree<'_>, noun: usize) -> Vec<Phrase> {
    let noun = if tree.relation(noun) == R::Apposition && is_description(tree, noun) {
        tree.head(noun).unwrap_or(noun)
    } else {
        noun
    };
    // "a loss of 84 million crowns, which it blamed on rain": the loss, not the money.
    let is_amount = tree.relation(noun) == R::NominalModifier
        && tree.has_child(noun, &[R::NumericModifier])
        && (is_unit(tree.lower(noun)) || lexicon::is_currency(tree.lemma(noun)))
        && tree
            .children_by(noun, &[R::Case])
            .any(|case| tree.lower(case) == "of");
    let noun = match tree.head(noun) {
        Some(head) if is_amount && tree.tag(head) == UniversalTag::Noun => head,
        _ => noun,
    };
    if tree.is_relative(noun) {
        // "what he does" names nothing.
        return Vec::new();
    }
    phrase::alone(tree, noun)
        .into_iter()
        .map(|found| without_clauses(tree, found))
        .collect()
}

/// "Ann Lee, a chemist who …": what is said of the chemist is said of Ann Lee.
fn is_description(tree: &Tree<'_>, noun: usize) -> bool {
    tree.tag(noun) == UniversalTag::Noun
        && tree
            .head(noun)
            .is_some_and(|head| tree.tag(head) == UniversalTag::ProperNoun)
}

/// Takes the clauses out that the phrase would otherwise say of itself.
fn without_clauses(tree: &Tree<'_>, mut found: Phrase) -> Phrase {
    let clauses: Vec<usize> = tree
        .children_by(
            found.head,
            &[
                R::AdnominalClause,
                R::RelativeClause,
                R::AdverbialRelativeClause,
            ],
        )
        .collect();
    // "only the firms that export": others are firms too.
    let is_focus = |token: usize| {
        tree.head(token) == Some(found.head)
            && tree.relation(token) == R::AdverbialModifier
            && matches!(tree.lower(token), "only" | "even" | "just" | "especially")
    };
    found.tokens.retain(|&token| {
        !is_focus(token) && !clauses.iter().any(|&clause| tree.is_below(token, clause))
    });
    found
}

/// Whether a relative clause without subject has its gap elsewhere: "in which to live".
fn has_gap_word(tree: &Tree<'_>, head: usize) -> bool {
    tree.children_by(head, &[R::Oblique, R::Object])
        .any(|child| tree.is_relative(child))
}

/// "One of its specialists, Steve White": the name is the subject.
fn one_of_named(tree: &Tree<'_>, subject: usize) -> Option<usize> {
    if tree.lower(subject) != "one" {
        return None;
    }
    tree.children_by(subject, &[R::Apposition])
        .find(|&child| tree.tag(child) == UniversalTag::ProperNoun)
}

/// "blamed the captain for sailing", "accused them of hiding it", "quoted Lee as saying so": who is
/// blamed or quoted does it.
fn object_of_charge(tree: &Tree<'_>, head: usize, verb: usize) -> Option<usize> {
    if !is_gerund(tree, head) || is_passive(tree, verb) {
        return None;
    }
    let is_charge =
        tree.children_by(head, &[R::Marker, R::Case])
            .any(|mark| match tree.lower(mark) {
                "for" | "of" | "from" | "into" | "as" => true,
                // "tasked the agency with finding a site"
                "with" => lexicon::hands_over(tree.lemma(verb)),
                _ => false,
            });
    // "fined the firm 3 million for cheating": the firm cheated.
    tree.child(verb, &[R::IndirectObject])
        .into_iter()
        .chain(tree.children_by(verb, &[R::Object]))
        .find(|&object| object < head && !tree.is_relative(object))
        .filter(|_| is_charge && head > verb)
}

/// "hiding", "being ill".
pub(in super::super) fn is_gerund(tree: &Tree<'_>, head: usize) -> bool {
    tree.fine(head) == FineTag::Gerund
        || tree
            .children_by(head, &[R::Copula])
            .any(|copula| tree.fine(copula) == FineTag::Gerund)
}

/// "called on the council to act": who is asked stands behind a preposition.
fn asked_behind_preposition(tree: &Tree<'_>, head: usize, verb: usize) -> Option<usize> {
    if lexicon::report(tree.lemma(verb)) != Report::Requests || !has_to(tree, head) {
        return None;
    }
    tree.children_by(verb, &[R::Oblique]).find(|&asked| {
        verb < asked
            && asked < head
            // "called a strike for June 5 to protest": a day protests against nothing.
            && tree.tag(asked) != UniversalTag::Numeral
            && !lexicon::is_calendar_name(tree.lower(asked))
            && tree
                .children_by(asked, &[R::Case])
                .any(|case| matches!(tree.lower(case), "on" | "upon" | "to" | "for" | "with"))
    })
}

/// Whether an infinitive tells what those are asked to do who stand behind "on": "called on Norway
/// to act".
pub(in super::super) fn is_asked_of(tree: &Tree<'_>, head: usize, verb: usize) -> bool {
    asked_behind_preposition(tree, head, verb).is_some_and(|asked| {
        tree.children_by(asked, &[R::Case])
            .any(|case| matches!(tree.lower(case), "on" | "upon"))
    })
}

/// Whether an infinitive tells what somebody is asked to do.
pub(in super::super) fn is_asked(tree: &Tree<'_>, head: usize, verb: usize) -> bool {
    let has_object = tree
        .children_by(verb, &[R::Object])
        .any(|object| object < head);
    asked_behind_preposition(tree, head, verb).is_some()
        || has_object && has_to(tree, head) && lexicon::report(tree.lemma(verb)) == Report::Requests
}

/// "asked them to leave": the object; "wants to leave": the subject.
fn governed_subjects(
    tree: &Tree<'_>,
    head: usize,
    parent: usize,
    depth: usize,
) -> Option<(Vec<Phrase>, Source)> {
    let object = tree
        .children_by(parent, &[R::Object, R::IndirectObject])
        .find(|&object| object < head);
    if let Some(object) = object.filter(|_| !is_passive(tree, parent)) {
        return (!tree.is_relative(object))
            .then(|| (phrase::distributed(tree, object), Source::Governed));
    }
    if let Some(asked) = asked_behind_preposition(tree, head, parent) {
        return Some((phrase::distributed(tree, asked), Source::Governed));
    }
    // Steps that were taken to help do not help: somebody does.
    if is_purpose(tree, parent) && has_to(tree, head) || is_proposal(tree, head, parent) {
        return None;
    }
    let (phrases, _) = subjects(tree, parent, depth + 1)?;
    Some((phrases, Source::Governed))
}
