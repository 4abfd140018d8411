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
mod relatives;
mod sayings;
mod second_acts;
mod selection;
mod subjects;
mod tails;
mod two_objects;
mod verbs;
mod wholes;
mod within;

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
    one_subject(tokens, heads, relations);
    names_behind_nouns(tokens, heads, relations);
    let mut mending = Mending {
        tokens,
        fine,
        heads,
        relations,
    };
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
}

/// A clause has one subject. A second one right behind the first is its apposition ("Minister",
/// "Ann Lee"); an outer subject without a copula is an ordinary one.
fn one_subject(tokens: &[Token], heads: &mut [Option<usize>], relations: &mut [Relation]) {
    let mut first: Vec<Option<usize>> = vec![None; tokens.len()];
    let mut has_copula = vec![false; tokens.len()];
    for (child, relation) in relations.iter().enumerate() {
        let head = heads.get(child).copied().flatten();
        if let Some(flag) = head.and_then(|head| has_copula.get_mut(head)) {
            *flag |= *relation == Relation::Copula;
        }
    }
    for child in 0..tokens.len() {
        let Some(head) = heads.get(child).copied().flatten() else {
            continue;
        };
        let Some(relation) = relations.get_mut(child) else {
            continue;
        };
        if *relation == Relation::OuterNominalSubject && !has_copula.get(head).is_some_and(|c| *c) {
            *relation = Relation::NominalSubject;
        }
        if !matches!(
            relation,
            Relation::NominalSubject | Relation::PassiveNominalSubject
        ) {
            continue;
        }
        let Some(known) = first.get_mut(head) else {
            continue;
        };
        let is_pronoun = |place: usize| is_pronoun(tokens, place);
        // "The firm paid and its rival left, Lee said": what was said has a subject too.
        let said = known.and_then(|subject| {
            (subject + 1..child).find(|&verb| {
                heads.get(verb).copied().flatten() == Some(head)
                    && relations.get(verb) == Some(&Relation::ClausalComplement)
            })
        });
        let has_own = said.is_some_and(|verb| {
            (0..tokens.len()).any(|word| {
                heads.get(word).copied().flatten() == Some(verb)
                    && matches!(
                        relations.get(word),
                        Some(Relation::NominalSubject | Relation::PassiveNominalSubject)
                    )
            })
        });
        match *known {
            Some(subject) if child < head && said.is_some() && !has_own => {
                if let Some(place) = heads.get_mut(subject) {
                    *place = said;
                }
                *known = Some(child);
            }
            // "A poor student, he left": what stands in front describes him.
            Some(subject) if child < head && is_pronoun(child) && !is_pronoun(subject) => {
                if let Some(relation) = relations.get_mut(subject) {
                    *relation = Relation::Dislocated;
                }
                *known = Some(child);
            }
            Some(subject) if child < head => {
                if let Some(relation) = relations.get_mut(child) {
                    *relation = Relation::Apposition;
                }
                if let Some(place) = heads.get_mut(child) {
                    *place = Some(subject);
                }
            }
            _ => *known = Some(child),
        }
    }
}

fn is_pronoun(tokens: &[Token], place: usize) -> bool {
    tokens
        .get(place)
        .is_some_and(|token| token.fine_tag == FineTag::Pronoun)
}

/// "by Chief Executive Ann Lee", "by Cyclone Ada": a name without a preposition of its own right
/// behind a noun under the same verb names that noun.
fn names_behind_nouns(tokens: &[Token], heads: &mut [Option<usize>], relations: &mut [Relation]) {
    let is_argument = |relation: &Relation| {
        matches!(
            relation,
            Relation::Oblique | Relation::Agent | Relation::Object | Relation::NominalSubject
        )
    };
    for second in 1..tokens.len() {
        let head = heads.get(second).copied().flatten();
        let tag = |place: usize| tokens.get(place).map(|token| token.name);
        let is_begin = |place: usize| matches!(tag(place), Some(NameTag::Begin(_)));
        // "Tor Lie", headed by its last word.
        let is_end = second > 0
            && matches!(tag(second), Some(NameTag::Inside(_)))
            && is_begin(second - 1)
            && heads.get(second - 1).copied().flatten() == Some(second);
        let is_name = is_begin(second) || is_end;
        // "after goalkeeper Tor Lie": the same holds below a noun, behind a preposition.
        let has_case = |place: usize| {
            (0..tokens.len()).any(|word| {
                heads.get(word).copied().flatten() == Some(place)
                    && relations.get(word) == Some(&Relation::Case)
            })
        };
        let is_modifier = |place: usize| relations.get(place) == Some(&Relation::NominalModifier);
        let is_below_noun = is_modifier(second)
            && second > 0
            && is_modifier(second - 1)
            && (has_case(second) != has_case(second - 1));
        let is_placed = relations.get(second).is_some_and(is_argument) || is_below_noun;
        if head.is_none() || !is_name || !is_placed {
            continue;
        }
        let first = (0..second).rev().find(|&place| {
            heads.get(place).copied().flatten() == head
                && if is_below_noun {
                    place + 1 == second
                } else {
                    relations.get(place).is_some_and(is_argument)
                }
        });
        let Some(first) = first.filter(|&first| head.is_some_and(|head| head < first)) else {
            continue;
        };
        let is_separate = (first + 1..second).any(|between| {
            tokens.get(between).is_some_and(|token| {
                matches!(
                    token.universal_tag,
                    UniversalTag::Punctuation
                        | UniversalTag::Adposition
                        | UniversalTag::CoordinatingConjunction
                        | UniversalTag::SubordinatingConjunction
                        | UniversalTag::Verb
                        | UniversalTag::Determiner
                )
            })
        });
        let is_noun = tokens.get(first).is_some_and(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Noun | UniversalTag::ProperNoun
            )
        });
        if !is_separate && is_noun {
            describe(heads, relations, first, second);
        }
    }
}

/// Makes a noun the description of the name behind it, and gives the name its place.
fn describe(heads: &mut [Option<usize>], relations: &mut [Relation], noun: usize, name: usize) {
    // The preposition in front and what follows the name belong to the name.
    for (child, (head, relation)) in heads.iter_mut().zip(relations.iter()).enumerate() {
        let is_small = matches!(relation, Relation::Case | Relation::Coordination);
        if *head == Some(noun) && (is_small || child > name) {
            *head = Some(name);
        }
    }
    let place = relations.get(noun).copied().unwrap_or(Relation::Oblique);
    if let Some(relation) = relations.get_mut(name) {
        *relation = place;
    }
    if let Some(relation) = relations.get_mut(noun) {
        *relation = Relation::DescriptiveModifier;
    }
    if let Some(head) = heads.get_mut(noun) {
        *head = Some(name);
    }
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
        (0..self.heads.len()).filter(move |&child| self.head(child) == Some(head))
    }

    fn has_child(&self, head: usize, relations: &[Relation]) -> bool {
        self.children(head)
            .any(|child| relations.contains(&self.relation(child)))
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

    fn is(&self, index: usize, word: &str) -> bool {
        self.form(index).eq_ignore_ascii_case(word)
    }

    /// Hangs a token on another one, unless that one hangs on it.
    fn attach(&mut self, child: usize, head: usize, relation: Relation) {
        if self.is_below(head, child) {
            return;
        }
        if let Some(place) = self.heads.get_mut(child) {
            *place = Some(head);
        }
        if let Some(place) = self.relations.get_mut(child) {
            *place = relation;
        }
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
            if is_other && let Some(relation) = self.relations.get_mut(child) {
                *relation = Relation::Oblique;
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
            if is_participle
                && !self.has_child(verb, &own)
                && let Some(fine) = self.fine.get_mut(verb)
            {
                *fine = FineTag::PastParticiple;
            }
        }
    }

    /// "Trade has great potential": a subject in front of the verb is the verb's, not its object's.
    fn subjects_of_objects(&mut self) {
        for subject in 0..self.heads.len() {
            let relation = self.relation(subject);
            let subjects = [Relation::NominalSubject, Relation::PassiveNominalSubject];
            if !subjects.contains(&relation) {
                continue;
            }
            let Some(object) = self.head(subject).filter(|&object| {
                self.relation(object) == Relation::Object
                    && !self.has_child(object, &[Relation::Copula])
            }) else {
                continue;
            };
            let verb = self.head(object).filter(|&verb| {
                subject < verb && verb < object && !self.has_child(verb, &subjects)
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
            if is_passive && let Some(relation) = self.relations.get_mut(child) {
                *relation = Relation::PassiveAuxiliary;
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
            if is_active && let Some(relation) = self.relations.get_mut(child) {
                *relation = Relation::NominalSubject;
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
