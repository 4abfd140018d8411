//! Arguments: what stands beside the predicate, with its role.

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::attribution;
use super::clause::{self, Clause};
use super::lexicon;
use super::modality;
use super::phrase::{self, Phrase};
use super::predicate;
use super::tree::Tree;

mod comparison;
mod content;
mod elsewhere;
mod joined;
mod measured;

use comparison::{is_comparison, with_comparison};
use content::governed_clause;
use elsewhere::{framed_words, free_relative, from_antecedent, shared_to_the_right};
pub(super) use joined::is_done_together;
use joined::{objects_of_particles, one_object, rates, told, wishes};
use measured::{comparison, counts_from, measured, measured_clause, measured_place};

/// What part an argument plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The direct object.
    Object,
    /// To or for whom: "gave *her* a prize".
    Recipient,
    /// What the subject or object is or becomes.
    Complement,
    /// A clause that the verb governs: what is said, asked, begun.
    Clause,
    /// A phrase with a preposition, or a bare time.
    Oblique,
    /// An adverb.
    Adverb,
    /// An adverbial clause.
    Circumstance,
    /// Who does it, in a passive clause.
    Agent,
    /// The greater place that a place lies in: "Lyon, France".
    Region,
    /// The place or time that a relative clause is about: "the town where he lives".
    Setting,
}

/// An argument of a clause.
#[derive(Debug, Clone)]
pub(super) struct Argument {
    pub(super) part: Part,
    /// The preposition or conjunction in front; empty where there is none.
    pub(super) preposition: Vec<usize>,
    /// One phrase for each coordinated argument; never empty.
    pub(super) alternatives: Vec<Phrase>,
    /// Whether it tells a time.
    pub(super) is_time: bool,
}

impl Argument {
    /// Its first token, with the preposition.
    pub(super) fn start(&self) -> usize {
        let words = self
            .alternatives
            .iter()
            .filter_map(|phrase| phrase.tokens.first());
        self.preposition
            .iter()
            .chain(words)
            .copied()
            .min()
            .unwrap_or(0)
    }

    /// The role of a qualifier: the preposition, or what kind of circumstance it is.
    pub(super) fn role(&self, tree: &Tree<'_>) -> String {
        let has_to = self.part == Part::Circumstance
            && self
                .preposition
                .last()
                .is_some_and(|&word| tree.lower(word) == "to");
        if has_to
            && self
                .alternatives
                .iter()
                .all(|phrase| can_be_aim(tree, phrase.head))
        {
            return "why".to_owned();
        }
        if !self.preposition.is_empty() {
            let words: Vec<&str> = self
                .preposition
                .iter()
                .map(|&word| tree.lower(word))
                .collect();
            return words.join("_");
        }
        let head = self.alternatives.first().map_or(0, |phrase| phrase.head);
        let role = match self.part {
            Part::Recipient => "to",
            Part::Agent => "by",
            _ if self.is_time => "when",
            Part::Setting => "where",
            Part::Region => "in",
            // "made it work", "helped them to leave": an infinitive, with or without its mark.
            Part::Clause if is_infinitive(tree, head) => "to",
            Part::Complement => "as",
            Part::Clause | Part::Object => "what",
            Part::Adverb if lexicon::is_time_adverb(tree.lower(head)) => "when",
            // "straight away", "right away": at once, and nowhere.
            Part::Adverb
                if tree.lower(head) == "away"
                    && head > 0
                    && matches!(tree.lower(head - 1), "straight" | "right") =>
            {
                "when"
            }
            Part::Adverb if lexicon::is_place_adverb(tree.lower(head)) => "where",
            Part::Adverb | Part::Oblique => "how",
            Part::Circumstance => "how",
        };
        role.to_owned()
    }
}

/// Whether what "to" stands before may be an aim: what is done already, "to have learned it", is
/// none, nor is a gerund, "likened it to being scolded".
fn can_be_aim(tree: &Tree<'_>, head: usize) -> bool {
    let is_done = tree
        .children_by(head, &[R::Auxiliary])
        .any(|have| tree.lower(have) == "have");
    let is_being = tree
        .children_by(head, &[R::Auxiliary, R::PassiveAuxiliary])
        .any(|being| tree.lower(being) == "being");
    !is_done && !is_being && !clause::is_gerund(tree, head) && !clause::is_outcome(tree, head)
}

/// Which tokens of a sentence tell a time, from the reader's value mentions.
pub(super) struct Times(Vec<bool>);

impl Times {
    /// Marks the tokens of the given ranges, first and last.
    pub(super) fn new(len: usize, ranges: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut marks = vec![false; len];
        for (first, last) in ranges {
            if let Some(range) = marks.get_mut(first..(last + 1).min(len)) {
                range.fill(true);
            }
        }
        Self(marks)
    }

    /// Whether the head of a phrase tells a time.
    pub(super) fn is_time(&self, tree: &Tree<'_>, head: usize) -> bool {
        if self.0.get(head).copied().unwrap_or(false) {
            return true;
        }
        let lemma = tree.lemma(head);
        if lexicon::is_calendar_name(lemma) && tree.tag(head) == UniversalTag::ProperNoun {
            return true;
        }
        tree.tag(head) == UniversalTag::Numeral
            && tree.lower(head).len() == 4
            && tree.lower(head).chars().all(|c| c.is_ascii_digit())
            && (tree.lower(head).starts_with('1') || tree.lower(head).starts_with("20"))
    }
}

/// The arguments of a clause in the order of the text.
pub(super) fn arguments(tree: &Tree<'_>, clause: &Clause, times: &Times) -> Vec<Argument> {
    let mut found = Vec::new();
    for (position, &link) in clause.links.iter().enumerate() {
        let next = clause.links.get(position + 1).copied();
        // Of the links borrowed from the clause before, only what stands in front is shared.
        let is_borrowed = position < clause.borrowed;
        if !clause.is_inner {
            complement_of_copula(tree, link, next, &mut found);
        }
        let is_whole_clause = !clause.is_inner
            && tree.is_verb(link)
            && tree.has_child(link, &[R::Copula, R::OuterNominalSubject]);
        for &child in tree.children(link) {
            if Some(child) == next || clause.links.contains(&child) {
                continue;
            }
            if (is_borrowed || is_whole_clause) && child > link {
                continue;
            }
            found.extend(argument(tree, link, child, times));
            if phrase::is_bare_complement(tree, child) {
                let below = tree.children_by(child, &[R::Oblique]);
                found.extend(
                    below
                        .filter(|&place| place > child)
                        .filter_map(|place| argument(tree, link, place, times)),
                );
            }
        }
    }
    found.extend(shared_to_the_right(tree, clause, times, &found));
    found.extend(framed_words(tree, clause, &found));
    found.extend(from_antecedent(tree, clause, times, &found));
    found.sort_by_key(Argument::start);
    let found = rates(tree, one_object(tree, clause, found));
    let found = objects_of_particles(tree, clause, found);
    told(tree, clause, wishes(tree, clause, found))
}

/// "is the capital": the head of a link with a copula is the complement.
fn complement_of_copula(
    tree: &Tree<'_>,
    link: usize,
    next: Option<usize>,
    found: &mut Vec<Argument>,
) {
    if predicate::is_word_of_predicate(tree, link)
        || next.is_some() && tree.tag(link) == UniversalTag::Adjective
    {
        return;
    }
    if tree.is_verb(link) {
        found.extend(clause_after_copula(tree, link));
        return;
    }
    let alternatives = phrase::distributed(tree, link);
    if alternatives.is_empty() {
        return;
    }
    let preposition = preposition(tree, link);
    if let Some(measured) = measured_place(&preposition, &alternatives) {
        found.push(measured);
        return;
    }
    let part = if preposition.is_empty() {
        Part::Complement
    } else {
        Part::Oblique
    };
    found.push(Argument {
        part,
        preposition,
        alternatives,
        is_time: false,
    });
}

/// "The task is to win": the clause is what the task is.
fn clause_after_copula(tree: &Tree<'_>, link: usize) -> Option<Argument> {
    let copula = tree.child(link, &[R::Copula])?;
    let words = tree.subtree(link, |child| match tree.head(child) {
        Some(head) if head == link => {
            child <= copula || matches!(tree.relation(child), R::Parataxis)
        }
        Some(head) => phrase::is_aside(tree, child, head),
        None => false,
    });
    let mut found = phrase::tidy(tree, link, words)?;
    let that = found
        .tokens
        .first()
        .copied()
        .filter(|&first| tree.lower(first) == "that" && tree.relation(first) == R::Marker);
    found.tokens.retain(|&token| Some(token) != that);
    Some(Argument {
        part: Part::Clause,
        preposition: that.into_iter().collect(),
        alternatives: vec![found],
        is_time: false,
    })
}

fn argument(tree: &Tree<'_>, link: usize, child: usize, times: &Times) -> Option<Argument> {
    if tree.is_relative(child) && tree.relation(child) != R::ClausalComplement {
        return free_relative(tree, child);
    }
    // "moved by how they live": the question is one argument, not its first word.
    let is_question = tree.fine(child) == FineTag::WhAdverb
        && matches!(tree.relation(child), R::Object | R::Oblique | R::Agent);
    if is_question {
        return free_relative(tree, child);
    }
    let nominal = |part: Part| {
        // "developed jointly by both firms": neither did it alone.
        let alternatives = match part == Part::Agent && is_done_together(tree, link) {
            true => phrase::whole(tree, child).into_iter().collect(),
            false => phrase::distributed(tree, child),
        };
        // "recovered, among them those of children": what is among them is no argument.
        let is_loose = part == Part::Oblique
            && tree.lower(child) == "those"
            && preposition(tree, child).is_empty();
        (!alternatives.is_empty() && !is_loose).then(|| Argument {
            part,
            preposition: preposition(tree, child),
            alternatives,
            is_time: part == Part::Oblique
                && (times.is_time(tree, child) || counts_from(tree, child)),
        })
    };
    match tree.relation(child) {
        R::Object => nominal(Part::Object),
        R::IndirectObject => nominal(Part::Recipient),
        R::Agent => nominal(Part::Agent),
        R::Oblique | R::UnmarkedOblique => {
            if tree.children_by(child, &[R::Case]).next().is_none()
                && tree.tag(child) == UniversalTag::Adposition
            {
                return None;
            }
            // "is 90 percent effective in trials": the adjective is a word of the predicate.
            let is_measure = child < link
                && tree.has_child(link, &[R::Copula])
                && !predicate::is_word_of_predicate(tree, link)
                && !phrase::is_fronted(tree, child, link);
            // "two years after it opened": the measure belongs to the connective.
            let is_before_connective = tree
                .children_by(link, &[R::Marker])
                .any(|mark| child < mark && !clause::has_to(tree, link));
            if is_measure
                || is_before_connective
                || is_source_of_speech(tree, child)
                || is_connective_phrase(tree, child)
            {
                return None;
            }
            complex_preposition(tree, child, times)
                .or_else(|| measured(tree, child))
                .or_else(|| nominal(Part::Oblique))
        }
        // "told them to be patient": what they were told is a clause.
        R::OpenClausalComplement if !tree.is_verb(child) && !clause::has_to(tree, child) => {
            nominal(Part::Complement)
        }
        R::OpenClausalComplement | R::ClausalComplement => governed_clause(tree, child),
        R::NominalModifier
            if phrase::is_fronted(tree, child, link) && phrase::is_predicate(tree, link) =>
        {
            nominal(Part::Oblique)
        }
        R::AdverbialClause => circumstance(tree, link, child),
        R::AdverbialModifier => adverb(tree, link, child, times),
        _ => None,
    }
}

/// "part in the race": what hangs on the object of a light verb belongs to the clause.
pub(super) fn of_light_object(tree: &Tree<'_>, object: &Argument, times: &Times) -> Vec<Argument> {
    let heads = object.alternatives.iter().map(|phrase| phrase.head);
    heads
        .flat_map(|head| {
            tree.children_by(head, &[R::NominalModifier])
                .collect::<Vec<_>>()
        })
        .filter_map(|child| {
            let alternatives = phrase::distributed(tree, child);
            (!alternatives.is_empty()).then(|| Argument {
                part: Part::Oblique,
                preposition: preposition(tree, child),
                alternatives,
                is_time: times.is_time(tree, child),
            })
        })
        .collect()
}

/// "in front of the house": a bare noun between two prepositions is one preposition with them.
fn complex_preposition(tree: &Tree<'_>, noun: usize, times: &Times) -> Option<Argument> {
    let case = tree
        .children_by(noun, &[R::Case])
        .next()
        .filter(|&case| case + 1 == noun && lexicon::is_in_preposition(tree.lower(noun)))?;
    let inner = tree
        .children_by(noun, &[R::NominalModifier])
        .find(|&inner| {
            tree.children_by(inner, &[R::Case])
                .any(|word| word == noun + 1)
        })?;
    let alternatives = phrase::distributed(tree, inner);
    (!alternatives.is_empty()).then(|| Argument {
        part: Part::Oblique,
        preposition: vec![case, noun, noun + 1],
        alternatives,
        is_time: times.is_time(tree, inner),
    })
}

/// "in short", "for example".
fn is_connective_phrase(tree: &Tree<'_>, child: usize) -> bool {
    let [only] = tree.children_by(child, &[R::Case]).collect::<Vec<_>>()[..] else {
        return false;
    };
    // "for his part", "in her words".
    let is_view = tree.children(child).iter().any(|&word| {
        tree.relation(word) == R::PossessiveModifier && tree.tag(word) == UniversalTag::Pronoun
    }) && matches!(
        (tree.lower(only), tree.lower(child)),
        ("for", "part") | ("in", "words" | "turn" | "view" | "opinion")
    );
    if is_view {
        return true;
    }
    let is_bare = tree
        .children(child)
        .iter()
        .all(|&word| word == only || tree.relation(word) == R::Punctuation);
    is_bare && lexicon::is_connective_phrase(tree.lower(only), tree.lower(child))
}

/// "according to X", "in the words of X" tell the speaker, not a circumstance.
fn is_source_of_speech(tree: &Tree<'_>, child: usize) -> bool {
    attribution::owner_of_words(tree, child).is_some()
        || tree
            .children_by(child, &[R::Case])
            .any(|case| tree.lower(case) == "according")
}

/// An adverbial clause with its connective.
fn circumstance(tree: &Tree<'_>, link: usize, child: usize) -> Option<Argument> {
    // A bare participle says something of the subject: it is read as a clause of its own.
    let is_participle = matches!(tree.fine(child), FineTag::Gerund | FineTag::PastParticiple);
    if let Some(compared) = comparison(tree, child) {
        return Some(compared);
    }
    // "spent two years restoring it": on what.
    let is_spent = tree.fine(child) == FineTag::Gerund
        && lexicon::spends(tree.lemma(link))
        && !(link..child).any(|between| tree.lower(between) == ",");
    if child < link || is_participle && !is_spent && !tree.has_child(child, &[R::Case, R::Marker]) {
        return None;
    }
    if is_remark_on_place(tree, child) {
        return None;
    }
    if let Some(compared) = compared_with(tree, child) {
        return compared;
    }
    // "called on them to act": what is asked, not why.
    if clause::is_asked(tree, child, link) {
        return governed_clause(tree, child);
    }
    let preposition: Vec<usize> = tree
        .children(child)
        .iter()
        .copied()
        .take_while(|&mark| !clause::SUBJECTS.contains(&tree.relation(mark)))
        .filter(|&mark| {
            mark < child
                && (matches!(tree.relation(mark), R::Marker | R::Case)
                    || tree.relation(mark) == R::AdverbialModifier
                        && tree.fine(mark) == FineTag::WhAdverb)
        })
        .flat_map(|mark| tree.subtree(mark, |below| tree.relation(below) != R::Fixed))
        .collect();
    let words = tree.subtree(child, |below| {
        preposition.contains(&below)
            || tree.head(below) == Some(child)
                && matches!(
                    tree.relation(below),
                    R::Punctuation | R::Parataxis | R::Coordination
                )
                && below < child
            || tree.relation(below) == R::RelativeClause
            || tree.relation(below) == R::AdverbialClause && !is_comparison(tree, below)
    });
    let tokens: Vec<usize> = words
        .into_iter()
        .filter(|token| !preposition.contains(token))
        .filter(|token| preposition.first().is_none_or(|first| first < token))
        .collect();
    if let Some(measured) = measured_clause(tree, child, &preposition, &tokens) {
        return Some(measured);
    }
    let found = phrase::tidy(tree, child, tokens)?;
    Some(Argument {
        part: Part::Circumstance,
        preposition,
        alternatives: vec![found],
        is_time: false,
    })
}

/// "lose more than do traders": a verb that stands for the one before says nothing; with whom
/// somebody is compared is told by its subject.
#[allow(
    clippy::option_option,
    reason = "no comparison here, and a comparison without words, differ"
)]
fn compared_with(tree: &Tree<'_>, clause: usize) -> Option<Option<Argument>> {
    let than = tree
        .children_by(clause, &[R::Marker, R::Case])
        .find(|&mark| matches!(tree.lower(mark), "than" | "as"))?;
    if !matches!(tree.lemma(clause), "do" | "be" | "have") || !tree.is_verb(clause) {
        return None;
    }
    // "praised it, as did Chile": Chile did so too, and is not what it was praised as.
    let alternatives = tree
        .child(clause, &[R::NominalSubject])
        .filter(|_| tree.lower(than) == "than")
        .map(|subject| phrase::distributed(tree, subject))
        .unwrap_or_default();
    if tree.lower(than) == "as" && !tree.has_child(clause, &[R::NominalSubject]) {
        return (tree.lemma(clause) == "do").then_some(None);
    }
    Some((!alternatives.is_empty()).then(|| Argument {
        part: Part::Oblique,
        preposition: vec![than],
        alternatives,
        is_time: false,
    }))
}

/// "…, where hundreds live": after a comma the clause is about the place before it, not about
/// the verb.
fn is_remark_on_place(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children(clause).iter().any(|&word| {
        tree.lower(word) == "where"
            && tree.fine(word) == FineTag::WhAdverb
            && word > 0
            && tree.lower(word - 1) == ","
    })
}

/// "does not live there any more": that belongs to the negation.
fn is_any_longer(tree: &Tree<'_>, adverb: usize) -> bool {
    match tree.lower(adverb) {
        "anymore" => true,
        "longer" | "more" => adverb > 0 && tree.lower(adverb - 1) == "any",
        _ => false,
    }
}

/// An adverb that is an argument: after the verb, or telling a time in front.
fn adverb(tree: &Tree<'_>, link: usize, child: usize, times: &Times) -> Option<Argument> {
    let lower = tree.lower(child);
    let is_time = times.is_time(tree, child) || lexicon::is_time_adverb(lower);
    let is_alone = tree
        .children(child)
        .iter()
        .all(|&below| tree.relation(below) == R::Punctuation);
    if modality::denies(tree, child)
        || is_any_longer(tree, child)
        || lexicon::is_connective(lower) && is_alone
        || predicate::is_particle(tree, link, child)
    {
        return None;
    }
    let is_more_than = lower == "more" && tree.has_child(child, &[R::Fixed]);
    let is_in_front = child < link && !is_time && !lexicon::limits(lower) && !is_more_than;
    if tree.fine(child) == FineTag::WhAdverb || is_in_front {
        return None;
    }
    let found = phrase::whole(tree, child)?;
    let found = with_comparison(tree, found);
    let is_time = is_time || found.tokens.iter().any(|&word| counts_from(tree, word));
    Some(Argument {
        part: Part::Adverb,
        preposition: preposition(tree, child),
        alternatives: vec![found],
        is_time,
    })
}

/// "to leave", or "leave" without anything that would make it a statement.
fn is_infinitive(tree: &Tree<'_>, head: usize) -> bool {
    clause::has_to(tree, head)
        || tree.fine(head) == FineTag::BaseVerb
            && !tree.has_child(head, &[R::Auxiliary, R::NominalSubject, R::Marker])
}

/// The words in front of a phrase that give its role: "in", "because of", "out of".
pub(super) fn preposition(tree: &Tree<'_>, head: usize) -> Vec<usize> {
    let mut words: Vec<usize> = tree
        .children_by(head, &[R::Case])
        .filter(|&case| {
            phrase::is_leading(tree, case, head)
                && tree.fine(case) != FineTag::Possessive
                && tree.lower(case) != "that"
        })
        .flat_map(|case| tree.subtree(case, |below| tree.relation(below) != R::Fixed))
        .collect();
    words.sort_unstable();
    words
}
