//! Complements at the wrong verb: subjects of clauses taken for objects, infinitives and
//! participles given to a verb too high or too low.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon::{self, Report};
use super::{Mending, SUBJECTS};

impl Mending<'_> {
    /// Subjects that the verb above took: before names are joined to the nouns beside them.
    pub(super) fn subjects_of_clauses(&mut self) {
        self.subjects_behind_markers();
        self.subjects_taken_for_objects();
        self.objects_taken_for_clauses();
        self.participles_taken_for_sentences();
    }

    /// The other rules of complements.
    pub(super) fn complements(&mut self) {
        self.words_added();
        self.what_is_asked();
        self.content_of_nouns();
        self.content_behind_manner();
        self.clefts();
        self.inversions();
        self.amounts_a_piece();
        self.examples_among_them();
        self.prepositions_taken_for_particles();
        self.times_made_precise();
        self.passives_joined();
    }

    /// "showed nothing as Ann Lee read the verdict": a subject between "as" and the verb of its
    /// clause is that verb's.
    fn subjects_behind_markers(&mut self) {
        for subject in 2..self.heads.len() {
            let relation = self.relation(subject);
            let is_loose = matches!(relation, Relation::Oblique | Relation::UnmarkedOblique)
                && self.begins_person(subject)
                && !self.has_child(subject, &[Relation::Case]);
            let is_subject = is_loose
                || matches!(
                    relation,
                    Relation::NominalSubject | Relation::PassiveNominalSubject
                );
            let relation = if is_loose {
                Relation::NominalSubject
            } else {
                relation
            };
            let Some(verb) = self
                .head(subject)
                .filter(|&verb| is_subject && verb < subject)
            else {
                continue;
            };
            let clause = self.children(verb).find(|&clause| {
                subject < clause
                    && self.relation(clause) == Relation::AdverbialClause
                    && !self.has_child(clause, &SUBJECTS)
                    && self.children(clause).any(|mark| {
                        self.relation(mark) == Relation::Marker && verb < mark && mark < subject
                    })
            });
            if let Some(clause) = clause {
                self.attach(subject, clause, relation);
            }
        }
    }

    /// "said a box that leaves today should arrive": the noun is the subject of what is said.
    fn subjects_taken_for_objects(&mut self) {
        for clause in 3..self.heads.len() {
            let is_clause = self.relation(clause) == Relation::ClausalComplement
                && !self.has_child(clause, &SUBJECTS)
                && !self.has_child(clause, &[Relation::Marker]);
            let Some(verb) = self.head(clause).filter(|&verb| is_clause && verb < clause) else {
                continue;
            };
            let helper = self.children(clause).find(|&word| {
                word < clause
                    && matches!(
                        self.relation(word),
                        Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula
                    )
            });
            let is_finite = helper.map_or_else(
                || {
                    matches!(
                        self.fine(clause),
                        FineTag::PastVerb | FineTag::PresentVerbThird
                    )
                },
                |helper| {
                    matches!(
                        self.fine(helper),
                        FineTag::Modal
                            | FineTag::PastVerb
                            | FineTag::PresentVerb
                            | FineTag::PresentVerbThird
                    )
                },
            );
            let start = helper.unwrap_or(clause);
            let object = self.children(verb).find(|&object| {
                verb < object
                    && object < start
                    && self.relation(object) == Relation::Object
                    && self.end(object) < start
                    && !(self.end(object) + 1..start)
                        .any(|word| matches!(self.form(word), "\"" | "“" | "”" | ":"))
            });
            let is_speech = lexicon::is_speech(self.lemma(verb));
            if let Some(object) = object.filter(|_| is_finite && is_speech) {
                self.attach(object, clause, self.subject_relation(clause));
            }
        }
    }

    /// "announced the opening of a school built with grants": without "be" a participle is no
    /// clause, but describes the noun before it.
    fn objects_taken_for_clauses(&mut self) {
        for participle in 3..self.heads.len() {
            let helpers = [
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Copula,
                Relation::Marker,
                Relation::Object,
                Relation::ClausalComplement,
                Relation::OpenClausalComplement,
                Relation::VerbParticle,
            ];
            let is_participle = self.relation(participle) == Relation::ClausalComplement
                && matches!(
                    self.fine(participle),
                    FineTag::PastParticiple | FineTag::PastVerb
                )
                && lexicon::needs_object(self.lemma(participle))
                && !self.has_child(participle, &helpers);
            let Some(verb) = self
                .head(participle)
                .filter(|&verb| is_participle && verb < participle)
            else {
                continue;
            };
            let subject = self.children(participle).find(|&subject| {
                subject < participle
                    && verb < subject
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            let Some(subject) = subject.filter(|&subject| self.end_before(subject, participle))
            else {
                continue;
            };
            if self.has_child(verb, &[Relation::Object]) {
                continue;
            }
            let nearest = (subject..participle).rev().find(|&noun| {
                matches!(
                    self.tag(noun),
                    UniversalTag::Noun | UniversalTag::ProperNoun
                )
            });
            let noun = nearest.unwrap_or(subject);
            self.attach(subject, verb, Relation::Object);
            self.attach(participle, noun, Relation::AdnominalClause);
            self.retag(participle, FineTag::PastParticiple);
        }
    }

    /// Whether what hangs on a noun ends right before a word.
    fn end_before(&self, noun: usize, word: usize) -> bool {
        (noun + 1..word).all(|place| self.is_below(place, noun))
    }

    /// "Digs carried out by a team from Lund and the university have found a wall": a subject that
    /// "and" begins goes on with the noun before it, and the verb in front is a participle.
    fn participles_taken_for_sentences(&mut self) {
        for second in 3..self.heads.len() {
            let is_subject = matches!(
                self.relation(second),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let Some(verb) = self
                .head(second)
                .filter(|&verb| is_subject && second < verb)
            else {
                continue;
            };
            let and = (1..second).rev().find(|&word| {
                self.relation(word) == Relation::Coordination
                    && (self.head(word) == Some(second) || self.head(word) == Some(verb))
                    && (word + 1..second).all(|between| self.is_below(between, second))
            });
            let Some(and) = and.filter(|&and| and > 0) else {
                continue;
            };
            let Some(first) = self.head(verb).filter(|&first| first < and) else {
                continue;
            };
            let is_joined =
                self.relation(verb) == Relation::Conjunct && self.is_done_by_somebody(first);
            let subject = self.children(first).find(|&subject| {
                subject < first && self.relation(subject) == Relation::NominalSubject
            });
            let before = (first + 1..and)
                .rev()
                .find(|&noun| {
                    self.tag(noun) == UniversalTag::ProperNoun
                        || self.tag(noun) == UniversalTag::Noun
                })
                .filter(|&noun| self.end_before(noun, and) || noun + 1 == and);
            let (Some(subject), Some(before), true) = (subject, before, is_joined) else {
                continue;
            };
            self.put_in_place_of(verb, first);
            self.attach(second, before, Relation::Conjunct);
            self.attach(and, second, Relation::Coordination);
            for child in 0..subject {
                if self.head(child) == Some(first) {
                    self.attach(child, verb, self.relation(child));
                }
            }
            self.attach(subject, verb, Relation::NominalSubject);
            self.attach(first, subject, Relation::AdnominalClause);
            self.retag(first, FineTag::PastParticiple);
        }
    }

    /// Nobody does with "by" what is not passive.
    fn is_done_by_somebody(&self, verb: usize) -> bool {
        let helpers = [
            Relation::Auxiliary,
            Relation::PassiveAuxiliary,
            Relation::Object,
        ];
        let is_past = matches!(self.fine(verb), FineTag::PastVerb | FineTag::PastParticiple);
        let mut below = self.children(verb);
        let has_doer = below.any(|doer| {
            self.relation(doer) == Relation::Agent
                || self.relation(doer) == Relation::Oblique
                    && self.children(doer).any(|case| self.is(case, "by"))
        });
        is_past && has_doer && !self.has_child(verb, &helpers)
    }

    /// "said the bank grows, adding that it hires": who adds it is who said the first.
    fn words_added(&mut self) {
        for added in 2..self.heads.len() {
            let is_speech = self.relation(added) == Relation::AdverbialClause
                && self.fine(added) == FineTag::Gerund
                && lexicon::is_speech(self.lemma(added))
                && self.has_child(added, &[Relation::ClausalComplement])
                && self.form(added - 1) == ",";
            let Some(mut above) = self.head(added).filter(|&above| is_speech && above < added)
            else {
                continue;
            };
            for _ in 0..self.heads.len() {
                let is_inner = matches!(
                    self.relation(above),
                    Relation::ClausalComplement
                        | Relation::OpenClausalComplement
                        | Relation::Conjunct
                );
                let Some(next) = self.head(above).filter(|&next| is_inner && next < added) else {
                    break;
                };
                let is_saying = self.relation(above) == Relation::ClausalComplement
                    && lexicon::is_speech(self.lemma(next));
                above = next;
                if is_saying {
                    self.attach(added, above, Relation::AdverbialClause);
                    break;
                }
            }
        }
    }

    /// "adopted a motion calling on members to vote": what is asked belongs to the asking.
    fn what_is_asked(&mut self) {
        for verb in 3..self.heads.len() {
            let Some(above) = self.infinitive_of(verb) else {
                continue;
            };
            let to = verb - 1;
            let asking = (above + 1..to).rev().find(|&word| {
                self.relation(word) == Relation::AdnominalClause
                    && lexicon::report(self.lemma(word)) == Report::Requests
                    && self.is_below(to - 1, word)
            });
            if let Some(asking) = asking {
                let asked = self.children(asking).find(|&asked| {
                    asked > asking && self.relation(asked) == Relation::NominalModifier
                });
                if let Some(asked) = asked {
                    self.attach(asked, asking, Relation::Oblique);
                }
                self.attach(verb, asking, Relation::AdverbialClause);
            }
        }
    }

    /// "conveyed an invitation to visit Chile": the infinitive is the content of the noun.
    fn content_of_nouns(&mut self) {
        for verb in 3..self.heads.len() {
            let Some(above) = self.infinitive_of(verb) else {
                continue;
            };
            let noun = self.children(above).find(|&noun| {
                above < noun
                    && noun < verb
                    && matches!(self.relation(noun), Relation::Object | Relation::Oblique)
                    && self.is_below(verb - 2, noun)
            });
            let is_content = |noun: usize| lexicon::has_content(&self.lemma(noun).to_lowercase());
            if let Some(noun) = noun.filter(|&noun| is_content(noun)) {
                self.attach(verb, noun, Relation::AdnominalClause);
            }
        }
    }

    /// The verb above an infinitive with "to" right before it, where it tells why.
    fn infinitive_of(&self, verb: usize) -> Option<usize> {
        let is_infinitive = self.relation(verb) == Relation::AdverbialClause
            && self.fine(verb) == FineTag::BaseVerb
            && self.is(verb - 1, "to")
            && self.head(verb - 1) == Some(verb);
        self.head(verb)
            .filter(|&above| is_infinitive && above + 1 < verb)
    }

    /// "noted with regret that it had failed": the clause is what was noted, not the regret.
    fn content_behind_manner(&mut self) {
        for clause in 3..self.heads.len() {
            let is_clause = matches!(
                self.relation(clause),
                Relation::AdnominalClause | Relation::ClausalComplement | Relation::RelativeClause
            ) && self
                .children(clause)
                .any(|mark| self.relation(mark) == Relation::Marker && self.is(mark, "that"));
            let Some(noun) = self.head(clause).filter(|&noun| is_clause && noun < clause) else {
                continue;
            };
            let is_manner = self.relation(noun) == Relation::Oblique
                && self
                    .children(noun)
                    .all(|word| word == clause || self.relation(word) == Relation::Case)
                && self.children(noun).any(|word| self.is(word, "with"));
            let verb = self.head(noun).filter(|&verb| {
                is_manner
                    && verb < noun
                    && lexicon::is_speech(self.lemma(verb))
                    && !self.has_child(verb, &[Relation::ClausalComplement, Relation::Object])
            });
            if let Some(verb) = verb {
                self.attach(clause, verb, Relation::ClausalComplement);
            }
        }
    }

    /// "What pleased them was the speed": the noun is no clause below the verb of the question.
    fn clefts(&mut self) {
        for noun in 3..self.heads.len() {
            let is_complement = matches!(
                self.relation(noun),
                Relation::ClausalComplement | Relation::Conjunct | Relation::Parataxis
            ) && matches!(
                self.tag(noun),
                UniversalTag::Noun | UniversalTag::ProperNoun
            );
            let Some(verb) = self.head(noun).filter(|&verb| is_complement && verb < noun) else {
                continue;
            };
            let asks = self.children(verb).any(|word| {
                word < verb && self.is(word, "what") && self.fine(word) == FineTag::WhPronoun
            });
            let copula = self
                .children(noun)
                .find(|&word| self.relation(word) == Relation::Copula);
            let subject = self
                .children(noun)
                .find(|&word| self.relation(word) == Relation::NominalSubject && verb < word);
            let is_cleft = asks
                && !self.has_child(verb, &[Relation::Object])
                && copula.zip(subject).is_some_and(|(copula, subject)| {
                    verb < subject && subject < copula && copula < noun
                });
            if let Some(subject) = subject.filter(|_| is_cleft) {
                self.put_in_place_of(noun, verb);
                self.attach(subject, verb, Relation::Object);
                self.attach(verb, noun, Relation::ClausalSubject);
            }
        }
    }

    /// "Also attending were two ministers": the noun behind the copula is who attends.
    fn inversions(&mut self) {
        for verb in 0..self.heads.len().min(3) {
            if self.fine(verb) != FineTag::Gerund {
                continue;
            }
            // "Taking part in the talks were two ministers": what is attended may stand between.
            let Some(copula) = (verb + 1..self.heads.len())
                .find(|&word| !self.is_below(word, verb))
                .filter(|&copula| self.relation(copula) == Relation::Copula)
            else {
                continue;
            };
            let Some(noun) = self.head(copula).filter(|&noun| copula < noun) else {
                continue;
            };
            let is_noun = matches!(
                self.tag(noun),
                UniversalTag::Noun | UniversalTag::ProperNoun
            );
            if !is_noun || self.head(verb) != Some(noun) || self.relation(noun) != Relation::Root {
                continue;
            }
            self.put(verb, None, Relation::Root);
            self.attach(copula, verb, Relation::Auxiliary);
            self.attach(noun, verb, Relation::NominalSubject);
        }
    }

    /// "offered 365 crowns a share": "a share" belongs to the amount.
    fn amounts_a_piece(&mut self) {
        for piece in 3..self.heads.len() {
            let article = piece - 1;
            let amount = piece - 2;
            let is_piece = matches!(
                self.relation(piece),
                Relation::Object | Relation::Oblique | Relation::UnmarkedOblique
            ) && matches!(self.form(article), "a" | "an" | "per")
                && self.head(article) == Some(piece)
                && self.children(piece).count() == 1
                && self.fine(piece) == FineTag::Noun;
            let is_amount = self.head(amount) == self.head(piece)
                && matches!(
                    self.relation(amount),
                    Relation::Object | Relation::IndirectObject
                )
                && (self.has_child(amount, &[Relation::NumericModifier])
                    || self.tag(amount) == UniversalTag::Numeral);
            if is_piece && is_amount {
                self.attach(piece, amount, Relation::UnmarkedNominalModifier);
            }
        }
    }

    /// "held six events, among them a fair": the fair is an example of the events.
    fn examples_among_them(&mut self) {
        for them in 3..self.heads.len() {
            let is_among = self.is(them, "them") || self.is(them, "which");
            if !is_among || !self.is(them - 1, "among") {
                continue;
            }
            let Some(verb) = self.head(them) else {
                continue;
            };
            let example = self.children(verb).find(|&example| {
                example > them
                    && (them + 1..example).all(|word| self.is_below(word, example))
                    && matches!(
                        self.relation(example),
                        Relation::Object | Relation::NominalSubject | Relation::Apposition
                    )
            });
            let Some(example) = example else {
                continue;
            };
            let several = (0..them).rev().find(|&noun| {
                matches!(
                    self.fine(noun),
                    FineTag::PluralNoun | FineTag::PluralProperNoun
                ) && self.head(noun) == Some(verb)
            });
            if let Some(several) = several {
                self.attach(example, several, Relation::NominalModifier);
                self.attach(them, example, Relation::Unspecified);
                self.attach(them - 1, example, Relation::Case);
            }
        }
    }

    /// "will be signed in May": what stands before a bare time is its preposition.
    fn prepositions_taken_for_particles(&mut self) {
        for time in 2..self.heads.len() {
            // "sworn in last July": there it is one.
            let start = self.start(time);
            let is_free = start == time || self.is(start, "the");
            let particle = start.saturating_sub(usize::from(is_free));
            let is_time = matches!(
                self.relation(time),
                Relation::UnmarkedOblique | Relation::Oblique | Relation::Object
            ) && self.tells_time(time);
            let is_particle = self.relation(particle) == Relation::VerbParticle
                && matches!(self.form(particle), "in" | "on")
                && self.head(particle) == self.head(time);
            if is_time && is_particle {
                self.attach(particle, time, Relation::Case);
                self.relate(time, Relation::Oblique);
            }
        }
    }

    /// "early next year": the adverb makes the time precise, and is no manner.
    fn times_made_precise(&mut self) {
        for adverb in 0..self.heads.len().saturating_sub(1) {
            let is_early = matches!(
                self.form(adverb).to_lowercase().as_str(),
                "early" | "late" | "earlier" | "later"
            ) && self.relation(adverb) == Relation::AdverbialModifier;
            let Some(verb) = self.head(adverb).filter(|_| is_early) else {
                continue;
            };
            let time = self.children(verb).find(|&time| {
                time > adverb
                    && self.start(time) == adverb + 1
                    && matches!(
                        self.relation(time),
                        Relation::UnmarkedOblique | Relation::Oblique
                    )
            });
            if let Some(time) = time {
                self.attach(adverb, time, Relation::AdverbialModifier);
            }
        }
    }

    /// "was arrested and charged with theft": a form without an object beside a passive one is
    /// passive, where its verb needs an object.
    fn passives_joined(&mut self) {
        for verb in 2..self.heads.len() {
            let own = [
                Relation::Object,
                Relation::ClausalComplement,
                Relation::OpenClausalComplement,
                Relation::Auxiliary,
                Relation::Copula,
                Relation::NominalSubject,
            ];
            let is_bare = self.relation(verb) == Relation::Conjunct
                && self.fine(verb) == FineTag::PastVerb
                && lexicon::needs_object(self.lemma(verb))
                && !self.has_child(verb, &own);
            let is_joined = self.head(verb).is_some_and(|first| {
                is_bare
                    && first < verb
                    && self.fine(first) == FineTag::PastParticiple
                    && self.has_child(first, &[Relation::PassiveAuxiliary])
            });
            if is_joined {
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }
}
