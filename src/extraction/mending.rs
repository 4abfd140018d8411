//! Mending: trees that no sentence of English has, put right before anything is read from them.
//!
//! A parser chooses the head of each word by itself; what it gives together may be impossible: two
//! subjects of one verb, a subject behind a participle, a possessor without its mark. Each rule
//! here names one such shape and what it mostly stands for.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{NameTag, Token};
use crate::text::tag::{FineTag, UniversalTag};

use super::lexicon;

mod agreement;
mod amounts;
mod asides;
mod attachment;
mod carried;
mod complements;
mod coordination;
mod descriptions;
mod doers;
mod ellipsis;
mod frames;
mod gaps;
mod idioms;
mod lists;
mod measures;
mod members;
mod money;
mod names;
mod neighbours;
mod participles;
mod parts;
mod paths;
mod people;
mod quoted;
mod related;
mod relatives;
mod rosters;
mod sayings;
mod second_acts;
mod selection;
mod shared_heads;
mod subjects;
mod tails;
mod two_objects;
mod verbs;
mod wholes;
mod within;

/// Subjects that are nouns.
const NOMINAL_SUBJECTS: [Relation; 2] = [Relation::NominalSubject, Relation::PassiveNominalSubject];

/// Subjects of any sort: what has one of them lacks none.
const SUBJECTS: [Relation; 4] = [
    Relation::NominalSubject,
    Relation::PassiveNominalSubject,
    Relation::ClausalSubject,
    Relation::Expletive,
];

/// A tree while it is mended.
pub(super) struct Mending<'t> {
    tokens: &'t [Token],
    fine: &'t mut [FineTag],
    heads: &'t mut [Option<usize>],
    relations: &'t mut [Relation],
}

/// Mends a tree given by tags, heads and relations.
pub(super) fn mend(
    tokens: &[Token],
    fine: &mut [FineTag],
    heads: &mut [Option<usize>],
    relations: &mut [Relation],
) {
    let mut mending = Mending {
        tokens,
        fine,
        heads,
        relations,
    };
    mending.participles();
    mending.wholes();
    mending.carried();
    mending.doers();
    mending.sayings();
    mending.second_acts();
    mending.idioms();
    mending.paths();
    mending.parts();
    mending.frames();
    mending.quoted();
    mending.finite_or_not();
    mending.verbs_taken_for_nouns();
    mending.nouns_taken_for_verbs();
    mending.subjects_of_clauses();
    mending.within();
    mending.names();
    mending.people();
    mending.two_objects();
    mending.ellipsis();
    mending.tails_before_subjects();
    mending.neighbours_before_subjects();
    mending.subjects_and_names();
    mending.money();
    mending.measures();
    mending.one_subject_for_each_clause();
    mending.names_behind_nouns();
    mending.offices();
    mending.prepositions_of_names();
    mending.subjects_of_objects();
    mending.recipients_taken_for_owners();
    mending.ends_of_passives();
    mending.copulas_of_participles();
    mending.copulas_of_infinitives();
    mending.passives_without_be();
    mending.questions_taken_for_objects();
    mending.parts_of_which();
    mending.infinitives_behind_asides();
    mending.circumstances_of_saying();
    mending.descriptions();
    mending.gaps();
    mending.lists();
    mending.phrases_of_members();
    mending.members();
    mending.coordination();
    mending.agreement();
    mending.selection();
    mending.attachment();
    mending.amounts();
    mending.tails();
    mending.neighbours();
    mending.complements();
    mending.rosters();
}

impl Mending<'_> {
    fn tag(&self, index: usize) -> UniversalTag {
        self.tokens
            .get(index)
            .map_or(UniversalTag::Other, |token| token.universal_tag)
    }

    fn fine(&self, index: usize) -> FineTag {
        self.fine.get(index).copied().unwrap_or(FineTag::Symbol)
    }

    fn form(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.form)
    }

    fn lemma(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.lemma)
    }

    fn head(&self, index: usize) -> Option<usize> {
        self.heads.get(index).copied().flatten()
    }

    fn relation(&self, index: usize) -> Relation {
        self.relations
            .get(index)
            .copied()
            .unwrap_or(Relation::Unspecified)
    }

    fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let heads = self.heads.iter().enumerate();
        let own = heads.filter(move |(_, above)| **above == Some(head));
        own.map(|(child, _)| child)
    }

    fn has_child(&self, head: usize, relations: &[Relation]) -> bool {
        let heads = self.heads.iter().zip(&*self.relations);
        let mut own = heads.filter(|(above, _)| **above == Some(head));
        own.any(|(_, relation)| relations.contains(relation))
    }

    /// Whether a token lies below another one.
    fn is_below(&self, index: usize, top: usize) -> bool {
        let mut current = Some(index);
        for _ in 0..self.heads.len() {
            match current {
                Some(place) if place == top => return true,
                Some(place) => current = self.head(place),
                None => return false,
            }
        }
        false
    }

    /// The last token below a token.
    fn end(&self, top: usize) -> usize {
        (top..self.heads.len())
            .rev()
            .find(|&index| self.is_below(index, top))
            .unwrap_or(top)
    }

    /// The first token below a token.
    fn start(&self, top: usize) -> usize {
        (0..top)
            .find(|&index| self.is_below(index, top))
            .unwrap_or(top)
    }

    /// The tokens above a token, the nearest first.
    fn above(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(index), |&word| self.head(word)).take(self.heads.len())
    }

    /// The comma that stands before what is below a token, or with which that begins.
    fn comma_before(&self, top: usize) -> Option<usize> {
        let start = self.start(top);
        let is_comma = |&index: &usize| self.form(index) == ",";
        let before = || start.checked_sub(1).filter(is_comma);
        Some(start).filter(is_comma).or_else(before)
    }

    fn is(&self, index: usize, word: &str) -> bool {
        self.form(index).eq_ignore_ascii_case(word)
    }

    /// Gives a token another relation to its head.
    fn relate(&mut self, index: usize, relation: Relation) {
        if let Some(place) = self.relations.get_mut(index) {
            *place = relation;
        }
    }

    /// Gives a token another tag.
    fn retag(&mut self, index: usize, tag: FineTag) {
        if let Some(place) = self.fine.get_mut(index) {
            *place = tag;
        }
    }

    /// Hangs a token on another one, or on none, even where that one hangs on it: the caller parts
    /// them.
    fn put(&mut self, child: usize, head: Option<usize>, relation: Relation) {
        if let Some(place) = self.heads.get_mut(child) {
            *place = head;
        }
        self.relate(child, relation);
    }

    /// Gives a token the head and the relation of another one, as [`Mending::put`] does.
    fn put_in_place_of(&mut self, index: usize, other: usize) {
        self.put(index, self.head(other), self.relation(other));
    }

    /// What a subject of a verb is to it.
    fn subject_relation(&self, verb: usize) -> Relation {
        match self.has_child(verb, &[Relation::PassiveAuxiliary]) {
            true => Relation::PassiveNominalSubject,
            false => Relation::NominalSubject,
        }
    }

    /// Hangs a token on another one, unless that one hangs on it.
    fn attach(&mut self, child: usize, head: usize, relation: Relation) {
        if self.is_below(head, child) {
            return;
        }
        self.put(child, Some(head), relation);
    }

    /// Gives a name the place of the noun before it, which then describes the name. The
    /// preposition in front and what follows the name go with it.
    fn put_name_for_noun(&mut self, noun: usize, name: usize, above: usize) {
        let relation = self.relation(noun);
        for child in 0..self.heads.len() {
            let moves = matches!(
                self.relation(child),
                Relation::Case | Relation::Coordination
            ) || child > name;
            if self.head(child) == Some(noun) && moves {
                self.attach(child, name, self.relation(child));
            }
        }
        self.attach(name, above, relation);
        self.attach(noun, name, Relation::Apposition);
    }

    /// Only "by" names who does it: "removed without leave from the owner" does not.
    fn ends_of_passives(&mut self) {
        for child in 0..self.heads.len() {
            if self.relation(child) != Relation::Agent {
                continue;
            }
            let cases: Vec<usize> = self
                .children(child)
                .filter(|&case| self.relation(case) == Relation::Case)
                .collect();
            let is_other = !cases.is_empty()
                && cases
                    .iter()
                    .all(|&case| !self.form(case).eq_ignore_ascii_case("by"));
            if is_other {
                self.relate(child, Relation::Oblique);
            }
        }
    }

    fn kind(&self, index: usize) -> Option<EntityKind> {
        match self.tokens.get(index)?.name {
            NameTag::Outside => None,
            NameTag::Begin(kind) | NameTag::Inside(kind) => Some(kind),
        }
    }

    /// "The delegation led by her": behind its noun, without a subject, the form is a participle.
    fn participles(&mut self) {
        for verb in 0..self.heads.len() {
            if self.fine(verb) != FineTag::PastVerb {
                continue;
            }
            let own = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Auxiliary,
                Relation::Expletive,
            ];
            let is_participle = match self.relation(verb) {
                Relation::AdnominalClause | Relation::AdjectivalModifier => true,
                // "designed by her and opened in May"
                Relation::Conjunct => self.head(verb).is_some_and(|first| {
                    self.relation(first) == Relation::AdnominalClause
                        && self.fine(first) == FineTag::PastParticiple
                        // "wearing a suit and seated between them"
                        || self.relation(first) == Relation::AdverbialClause
                            && self.fine(first) == FineTag::Gerund
                            && !self.has_child(first, &own)
                }),
                _ => false,
            };
            if is_participle && !self.has_child(verb, &own) {
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }

    /// "Trade has great potential": a subject in front of the verb is the verb's, not its object's.
    fn subjects_of_objects(&mut self) {
        for subject in 0..self.heads.len() {
            let relation = self.relation(subject);
            if !NOMINAL_SUBJECTS.contains(&relation) {
                continue;
            }
            let Some(object) = self.head(subject).filter(|&object| {
                self.relation(object) == Relation::Object
                    && !self.has_child(object, &[Relation::Copula])
            }) else {
                continue;
            };
            let verb = self.head(object).filter(|&verb| {
                subject < verb && verb < object && !self.has_child(verb, &NOMINAL_SUBJECTS)
            });
            if let Some(verb) = verb {
                self.attach(subject, verb, relation);
            }
        }
    }

    /// "was not involved": before a participle "be" makes the passive.
    fn copulas_of_participles(&mut self) {
        for child in 0..self.heads.len() {
            // "was to be built" tells a plan.
            let is_passive = self.relation(child) == Relation::Copula
                && self.head(child).is_some_and(|verb| {
                    child < verb
                        && !self.has_child(verb, &[Relation::Marker, Relation::PassiveAuxiliary])
                        && self.fine(verb) == FineTag::PastParticiple
                        && self.tag(verb) == UniversalTag::Verb
                });
            if is_passive {
                self.relate(child, Relation::PassiveAuxiliary);
            }
        }
    }

    /// "The envoys are to travel": what is before "to" is no copula where somebody acts.
    fn copulas_of_infinitives(&mut self) {
        for copula in 0..self.heads.len() {
            if self.relation(copula) != Relation::Copula {
                continue;
            }
            let Some(verb) = self.head(copula).filter(|&verb| copula < verb) else {
                continue;
            };
            let to = (copula + 1..verb).find(|&word| self.relation(word) == Relation::Marker);
            let is_next = to.is_some_and(|to| self.tag(to) == UniversalTag::Particle);
            let subject = (0..copula).find(|&subject| {
                self.head(subject) == Some(verb)
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::OuterNominalSubject
                    )
                    && (self.tag(subject) != UniversalTag::Determiner
                        || self.fine(subject) == FineTag::WhDeterminer)
                    && (self.fine(subject) == FineTag::WhDeterminer
                        || !lexicon::tells_aim(&self.lemma(subject).to_lowercase()))
            });
            let has_have = self
                .children(verb)
                .any(|have| self.relation(have) == Relation::Auxiliary && self.is(have, "have"));
            let is_bare = self.fine(verb) == FineTag::BaseVerb
                || has_have && self.fine(verb) == FineTag::PastParticiple;
            let Some(subject) = subject.filter(|_| is_next && is_bare) else {
                continue;
            };
            self.attach(copula, verb, Relation::Auxiliary);
            self.attach(subject, verb, Relation::NominalSubject);
        }
    }

    /// "…, the institute announced": without "be" a verb of saying is no passive.
    fn passives_without_be(&mut self) {
        for child in 0..self.heads.len() {
            if self.relation(child) != Relation::PassiveNominalSubject {
                continue;
            }
            let is_active = self.head(child).is_some_and(|verb| {
                let lemma = self.tokens.get(verb).map_or("", |token| &token.lemma);
                child < verb
                    && lexicon::is_speech(lemma)
                    && !self.has_child(
                        verb,
                        &[
                            Relation::PassiveAuxiliary,
                            Relation::Auxiliary,
                            Relation::Copula,
                        ],
                    )
                    && self.relation(verb) != Relation::Conjunct
            });
            if is_active {
                self.relate(child, Relation::NominalSubject);
            }
        }
    }

    /// "know how it works": "how" belongs to the question, not to the verb above it.
    fn questions_taken_for_objects(&mut self) {
        for word in 0..self.heads.len() {
            let is_adverb = self.fine(word) == FineTag::WhAdverb
                && matches!(
                    self.relation(word),
                    Relation::Object | Relation::AdverbialModifier
                );
            let Some(verb) = self.head(word).filter(|&verb| is_adverb && verb < word) else {
                continue;
            };
            let clause = self.children(verb).find(|&clause| {
                self.relation(clause) == Relation::ClausalComplement && clause > word
            });
            if let Some(clause) = clause {
                self.attach(word, clause, Relation::AdverbialModifier);
            }
        }
    }
}
