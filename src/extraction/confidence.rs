//! Confidence: how likely a proposition is read rightly, from the rule that read it and the
//! parser's margins; and how much a row of the sentence form is worth beside the others.

mod agreement;
mod reckoning;
mod weights;

use crate::fact::{Content, EntityKind, Modality};
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};

use crate::text::tag::{FineTag, UniversalTag};

use super::argument::Part;
use super::clause::{self, Source};
use super::lexicon;
use super::linking::{Linked, Reference};
use super::phrase;
use super::proposition::{Proposition, Rule};
use super::tree::Tree;

pub(super) use agreement::SecondOpinion;
pub(super) use reckoning::{Reckoning, clash};
pub(super) use weights::{SECOND_OPINION, SIGNALS};

/// Subjects longer than so many tokens are often cut wrongly, and so are longer arguments.
const LONG_SUBJECT: usize = 5;
const LONG_ARGUMENT: usize = 6;

/// Lengths beyond these are wrong in no other way than those at them.
const MOST_EXCESS: usize = 20;

fn is_by_the_way(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Clause(Source::Participle | Source::Adverbial | Source::Governed)
    )
}

/// What speaks for and against a proposition, before its arguments are linked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signals {
    rule: Rule,
    /// One less the parser's margin at the predicate's head, 0–1.
    predicate: f32,
    /// The same at the first subject.
    subject: f32,
    /// The same at the least sure head of an argument.
    arguments: f32,
    /// The same at the least sure of all words.
    words: f32,
    /// Tokens of the longest subject beyond [`LONG_SUBJECT`].
    subject_excess: usize,
    /// Tokens of the longest argument beyond [`LONG_ARGUMENT`].
    argument_excess: usize,
    is_negated: bool,
    is_modal: bool,
    /// How deep in other clauses it lies.
    embedding: f32,
    /// Whether it is a participle or governed verb without arguments, a consequence, or vague.
    is_aside: bool,
    has_clause: bool,
    /// Coordinated phrases beyond the first.
    listed: usize,
    sentence_length: usize,
    /// Whether the first subject is a plural noun.
    is_plural: bool,
    /// Whether quotation marks stand around what it says.
    is_quoted: bool,
    /// Tokens between the predicate's head and that of the first subject.
    subject_distance: usize,
    /// The same to the head of the farthest argument.
    argument_distance: usize,
    /// One less the mean margin of the sentence.
    sentence: f32,
    /// Verbs of the sentence beyond the first.
    verbs: usize,
    /// Words that join in the sentence: "and", "or".
    joins: usize,
    /// Brackets, dashes, colons and semicolons in the sentence.
    breaks: usize,
    /// Arguments beyond the first.
    arguments_beyond: usize,
    is_passive: bool,
    is_copula: bool,
    /// What somebody says.
    is_speech: bool,
    /// The last word of an argument is one that cannot end it.
    is_cut: bool,
    /// Qualifiers that name nothing and are not told more fully: "at the meeting".
    pub(super) bare_qualifiers: usize,
    /// How much of an owner the nouns of qualifiers lack.
    pub(super) owners_lacking: f32,
    /// A relative clause or participle that tells which of many are counted, and holds only of
    /// these: "40 percent of the children who fell ill".
    is_restricted: bool,
}

impl Signals {
    /// The signals of a proposition.
    pub(super) fn of(tree: &Tree<'_>, proposition: &Proposition) -> Self {
        let doubt = |index: usize| 1.0 - tree.margin(index).clamp(0.0, 1.0);
        let subject = proposition.subjects.first();
        let phrases = || {
            let arguments = proposition.arguments.iter();
            arguments.flat_map(|argument| &argument.alternatives)
        };
        let all = || phrases().chain(&proposition.subjects);
        let longest = phrases().map(|phrase| phrase.tokens.len()).max();
        let excess = |length: usize, most: usize| length.saturating_sub(most).min(MOST_EXCESS);
        let extra = |count: usize| count.saturating_sub(1);
        let lists = proposition
            .arguments
            .iter()
            .map(|a| extra(a.alternatives.len()));
        Self {
            rule: proposition.rule,
            predicate: doubt(proposition.head),
            subject: subject.map_or(0.0, |phrase| doubt(phrase.head)),
            arguments: phrases()
                .map(|phrase| doubt(phrase.head))
                .fold(0.0, f32::max),
            words: all()
                .flat_map(|phrase| &phrase.tokens)
                .map(|&token| doubt(token))
                .fold(doubt(proposition.head), f32::max),
            subject_excess: excess(longest_subject(proposition), LONG_SUBJECT),
            argument_excess: excess(longest.unwrap_or(0), LONG_ARGUMENT),
            is_negated: proposition.negated,
            is_modal: proposition.modality != Modality::Asserted,
            embedding: proposition.embedding,
            is_aside: is_aside(tree, proposition),
            has_clause: proposition.arguments.iter().any(|a| a.part == Part::Clause),
            listed: lists.sum::<usize>() + extra(proposition.subjects.len()),
            sentence_length: tree.len(),
            is_plural: subject.is_some_and(|phrase| {
                matches!(
                    tree.fine(phrase.head),
                    FineTag::PluralNoun | FineTag::PluralProperNoun
                )
            }),
            is_quoted: is_quoted(tree, proposition.head),
            subject_distance: subject.map_or(0, |phrase| phrase.head.abs_diff(proposition.head)),
            argument_distance: phrases()
                .map(|phrase| phrase.head.abs_diff(proposition.head))
                .max()
                .unwrap_or(0),
            sentence: (0..tree.len()).map(doubt).sum::<f32>() / tree.len().max(1) as f32,
            verbs: extra(count(tree, |token| tree.is_verb(token))),
            joins: count(tree, |token| {
                tree.tag(token) == UniversalTag::CoordinatingConjunction
            }),
            breaks: count(tree, |token| {
                matches!(tree.lower(token), "(" | "–" | "—" | "-" | "--" | ":" | ";")
            }),
            arguments_beyond: extra(proposition.arguments.len()),
            is_passive: proposition.is_passive,
            is_copula: proposition.name == "be",
            is_speech: lexicon::is_speech(tree.lemma(proposition.head)),
            bare_qualifiers: 0,
            owners_lacking: 0.0,
            is_restricted: matches!(
                proposition.rule,
                Rule::Clause(Source::Relative | Source::Participle)
            ) && subject.is_some_and(|phrase| phrase::is_part(tree, phrase.head)),
            is_cut: phrases().any(|phrase| is_cut(tree, &phrase.tokens)),
        }
    }
}

/// Whether a proposition says little of its own.
fn is_aside(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    proposition.arguments.is_empty() && is_by_the_way(proposition.rule)
        || is_consequence(tree, proposition)
        || is_vague(tree, proposition)
        || is_introduction(tree, proposition)
        || is_bare_example(tree, proposition)
        || is_answer(tree, proposition)
        || is_support(tree, proposition)
}

/// "Norland, backed by Sweden, will propose a ban": in what they back it, the clause around tells.
fn is_support(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let verb = proposition.head;
    let is_by_the_way = proposition.rule == Rule::Clause(Source::Participle)
        && matches!(
            tree.lemma(verb),
            "back" | "support" | "help" | "assist" | "aid" | "join" | "accompany" | "flank"
        )
        && verb
            .checked_sub(1)
            .is_some_and(|before| tree.lower(before) == ",");
    is_by_the_way
        && tree
            .head(verb)
            .is_some_and(|noun| tree.relation(noun) == Relation::NominalSubject)
}

/// Whether words end in one that needs another.
fn is_cut(tree: &Tree<'_>, tokens: &[usize]) -> bool {
    tokens.last().is_some_and(|&last| {
        matches!(
            tree.tag(last),
            UniversalTag::Adposition
                | UniversalTag::Determiner
                | UniversalTag::CoordinatingConjunction
                | UniversalTag::Auxiliary
        )
    })
}

fn count(tree: &Tree<'_>, is: impl Fn(usize) -> bool) -> usize {
    (0..tree.len()).filter(|&token| is(token)).count()
}

/// Whether a quotation mark opens before a word, or closes behind it.
fn is_quoted(tree: &Tree<'_>, head: usize) -> bool {
    let is_mark = |token: &usize| lexicon::is_quotation_mark(tree.lower(*token));
    let before = (0..head).filter(is_mark).count();
    let behind = (head..tree.len()).filter(is_mark).count();
    before % 2 == 1 || before == 0 && behind % 2 == 1
}

/// "Replying to a question, Lee said no": what was said is told beside.
fn is_answer(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let asks = |head: usize| {
        matches!(
            tree.lemma(head),
            "question" | "query" | "request" | "remark" | "journalist" | "reporter"
        )
    };
    proposition.rule == Rule::Clause(Source::Adverbial)
        && matches!(
            tree.lemma(proposition.head),
            "reply" | "respond" | "answer" | "comment" | "brief" | "address"
        )
        && proposition
            .arguments
            .iter()
            .flat_map(|argument| &argument.alternatives)
            .all(|phrase| asks(phrase.head))
}

/// "Many activities, including a fair", "six papers, including a map": which, nobody knows.
fn is_bare_example(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    const COUNTING: [&str; 12] = [
        "many",
        "several",
        "further",
        "other",
        "various",
        "earlier",
        "new",
        "recent",
        "numerous",
        "few",
        "some",
        "additional",
    ];
    proposition.rule == Rule::Example
        && proposition.subjects.iter().all(|subject| {
            tree.name_kind(subject.head).is_none()
                && subject.tokens.iter().all(|&token| {
                    token == subject.head
                        || COUNTING.contains(&tree.lower(token))
                        || matches!(
                            tree.tag(token),
                            UniversalTag::Numeral | UniversalTag::Determiner
                        )
                })
        })
}

/// "There are rules that help": what the relative clause says is the statement.
fn is_introduction(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    proposition.rule == Rule::Clause(Source::Existential)
        && proposition.arguments.is_empty()
        && proposition.subjects.iter().all(|subject| {
            tree.has_child(subject.head, &[Relation::RelativeClause])
                && !tree.has_child(
                    subject.head,
                    &[Relation::NominalModifier, Relation::AdnominalClause],
                )
        })
}

/// "Nations covered by the ban": what a participle says of things that nothing else tells apart.
/// "One that killed 12": of what, the noun before tells.
fn is_vague(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let is_one = |head: usize| matches!(tree.lower(head), "one" | "ones" | "those" | "others");
    if matches!(
        proposition.rule,
        Rule::Clause(Source::Relative | Source::Participle)
    ) && proposition.subjects.iter().all(|subject| {
        is_one(subject.head) && !tree.has_child(subject.head, &[Relation::Apposition])
    }) {
        return true;
    }
    proposition.rule == Rule::Clause(Source::Participle)
        && proposition.subjects.iter().all(|subject| {
            subject.tokens.len() == 1
                && matches!(tree.fine(subject.head), FineTag::Noun | FineTag::PluralNoun)
        })
}

/// "The bridge was hit, causing a fire", "prices fell, ending a long rise": not the bridge caused
/// it, nor do prices end it, but that it happened. What is an event itself does: "the strike
/// spread, forcing schools to close".
fn is_consequence(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let verb = proposition.head;
    let is_result = proposition.rule == Rule::Clause(Source::Adverbial)
        && tree.relation(verb) == Relation::AdverbialClause
        && tree.fine(verb) == FineTag::Gerund
        && (lexicon::is_consequence(tree.lemma(verb)) || is_end(tree, verb));
    let Some(main) = tree.head(verb).filter(|&main| is_result && main < verb) else {
        return false;
    };
    let is_bare = !tree.has_child(verb, &[Relation::Marker, Relation::Case])
        && (main..verb).any(|mark| tree.lower(mark) == ",");
    // "Shares fell, valuing the firm at 6 million".
    let tells_worth = |noun: usize| {
        tree.lemma(verb) == "value"
            && matches!(
                tree.lemma(noun),
                "share" | "stock" | "deal" | "offer" | "bid" | "price" | "sale"
            )
    };
    let is_event = proposition.subjects.iter().all(|subject| {
        tells_worth(subject.head)
            || tree.name_kind(subject.head) == Some(EntityKind::Event)
            || is_in_class(&tree.lemma(subject.head).to_lowercase(), NounClass::Event)
            || lexicon::is_happening(&tree.lemma(subject.head).to_lowercase())
    });
    clause::is_passive(tree, main) || is_bare && !is_event
}

/// "ending two years of talks", "taking the total to 30", "sending shares down": what comes of
/// something.
fn is_end(tree: &Tree<'_>, verb: usize) -> bool {
    let is_moved = || {
        tree.has_child(verb, &[Relation::VerbParticle])
            || tree.children_by(verb, &[Relation::Oblique]).any(|border| {
                tree.has_child(border, &[Relation::NumericModifier])
                    && tree
                        .children_by(border, &[Relation::Case])
                        .any(|to| tree.lower(to) == "to")
            })
            || tree
                .children_by(verb, &[Relation::AdverbialModifier])
                .any(|way| matches!(tree.lower(way), "up" | "down" | "higher" | "lower"))
    };
    match tree.lemma(verb) {
        "end" | "lift" | "threaten" | "lower" | "value" | "pave" | "boost" | "deepen"
        | "heighten" | "dash" | "ease" => true,
        "take" | "send" | "put" => is_moved(),
        _ => false,
    }
}

/// The margin of the least sure of the two words everything hangs on: predicate and subject.
fn least_margin(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let subject = proposition
        .subjects
        .first()
        .map_or(proposition.head, |phrase| phrase.head);
    tree.margin(proposition.head)
        .min(tree.margin(subject))
        .clamp(0.0, 1.0)
}

fn longest_subject(proposition: &Proposition) -> usize {
    proposition
        .subjects
        .iter()
        .map(|phrase| phrase.tokens.len())
        .max()
        .unwrap_or(0)
}

/// The order of rows in the sentence form, 0.01–0.99: what is said in the main clause, with
/// arguments, tells more than what is said by the way (weights from CaRB dev).
pub(super) fn rank(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let mut score = weight(proposition.rule) - proposition.embedding;
    if proposition.arguments.is_empty() {
        score -= 0.25;
    }
    score -= 0.01 * longest_subject(proposition).saturating_sub(5) as f32;
    score -= 0.1 * (1.0 - least_margin(tree, proposition));
    score.clamp(0.01, 0.99)
}

fn weight(rule: Rule) -> f32 {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own => 0.9,
            Source::Shared => 0.8,
            Source::Relative => 0.75,
            Source::Participle => 0.65,
            Source::Adverbial | Source::Existential => 0.6,
            Source::Governed | Source::Clausal => 0.5,
        },
        Rule::Apposition | Rule::Age | Rule::Example => 0.6,
        Rule::Title | Rule::Location => 0.5,
        _ => 0.3,
    }
}

/// "The ruling", "the old target": a definite noun that points at what the text told, which nothing
/// told more fully was found for.
fn is_untold(linked: &Linked) -> bool {
    let is_phrase = match &linked.argument.content {
        Content::Phrase { name } => !reckoning::has_capital(name),
        _ => false,
    };
    let is_resolved = matches!(
        linked.reference,
        Reference::Antecedent | Reference::Pronoun | Reference::Description
    );
    is_phrase
        && !is_resolved
        && linked.shape.is_common
        && linked.shape.is_definite
        && !linked.shape.has_complement
}
