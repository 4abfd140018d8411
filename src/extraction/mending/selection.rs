//! Participles and the nouns they can tell of: groups are led, texts adopted, meetings held.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

/// At most so many nouns are climbed from the one before a participle.
const MOST_NOUNS: usize = 4;

impl Mending<'_> {
    /// All rules of what participles tell of.
    pub(super) fn selection(&mut self) {
        self.verbs_behind_nouns();
        self.participles_of_their_nouns();
        self.due_to_verbs();
        self.verbs_joined_to_participles();
        self.given_that();
        self.worth_of_things();
    }

    /// "took part in a meeting of envoys convened to discuss it": a form in "-ed" right behind a
    /// noun, without a subject, is its participle.
    fn verbs_behind_nouns(&mut self) {
        for verb in 3..self.heads.len() {
            let taken = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Marker,
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Object,
                Relation::Coordination,
            ];
            let is_bare = matches!(self.fine(verb), FineTag::PastVerb | FineTag::PastParticiple)
                && self.relation(verb) == Relation::AdverbialClause
                && !self.has_child(verb, &taken);
            let noun = verb - 1;
            let Some(above) = self.head(verb).filter(|&above| is_bare && above < noun) else {
                continue;
            };
            let is_noun = self.tag(noun) == UniversalTag::Noun
                && self.is_below(noun, above)
                && self.end(noun) == noun;
            if is_noun && self.noun_selected(verb, noun).is_some() {
                self.attach(verb, noun, Relation::AdnominalClause);
                self.retag(verb, FineTag::PastParticiple);
                let aim = self.children(above).find(|&aim| {
                    aim > verb
                        && self.relation(aim) == Relation::AdverbialClause
                        && self.start(aim) == verb + 1
                });
                if let Some(aim) = aim {
                    self.attach(aim, verb, Relation::AdverbialClause);
                }
            }
        }
    }

    /// "a delegation of the board led by Ann Lee": the delegation is led; "a session of the group,
    /// held in Lund": the session was held.
    fn participles_of_their_nouns(&mut self) {
        for verb in 3..self.heads.len() {
            let is_participle = self.relation(verb) == Relation::AdnominalClause
                && self.fine(verb) == FineTag::PastParticiple;
            let Some(noun) = self.head(verb).filter(|&noun| is_participle && noun < verb) else {
                continue;
            };
            if let Some(better) = self.noun_selected(verb, noun) {
                self.attach(verb, better, Relation::AdnominalClause);
            }
        }
    }

    /// The nearest noun above another that a participle can tell of; `None` where it is that one,
    /// or nothing is known.
    fn noun_selected(&self, verb: usize, noun: usize) -> Option<usize> {
        let lemma = self.lemma(verb);
        if self.is_selected(lemma, noun) != Some(false) {
            return None;
        }
        let mut current = noun;
        for _ in 0..MOST_NOUNS {
            let goes_up = matches!(
                self.relation(current),
                Relation::NominalModifier | Relation::Conjunct | Relation::Apposition
            );
            current = self
                .head(current)
                .filter(|&above| goes_up && above < current)?;
            if self.is_selected(lemma, current) == Some(true) {
                return Some(current);
            }
        }
        None
    }

    /// Whether a noun is of the kind that a participle tells of; `None` for other participles.
    fn is_selected(&self, lemma: &str, noun: usize) -> Option<bool> {
        let word = self.lemma(noun).to_lowercase();
        let is = |class: NounClass| is_in_class(&word, class);
        let among = |words: &str| words.split_whitespace().any(|known| known == word);
        match lemma {
            "lead" | "head" => Some(among("delegation mission group team party convoy visit")),
            "hold" | "convene" | "organise" | "organize" | "host" => Some(
                is(NounClass::Event)
                    || among(
                        "meeting talk talks reception concert round hearing visit vote rally \
                         workshop exhibition gathering briefing call consultation race",
                    ),
            ),
            "adopt" | "ratify" | "approve" | "sign" | "enact" => {
                Some(is(NounClass::Work) || among("budget agenda document communique memorandum"))
            }
            "commission" | "conduct" | "publish" | "release" => Some(
                is(NounClass::Work)
                    || among(
                        "study survey review poll research inquiry audit analysis report data \
                         figure statement census exercise inspection test trial assessment",
                    ),
            ),
            "establish" => Some(
                is(NounClass::Organization)
                    || among("relation relations tie ties partnership dialogue contact network")
                    || self.kind(noun).is_some()
                        && self.tag(noun) == UniversalTag::ProperNoun
                        && !self.is_listed_with_between(noun),
            ),
            _ => None,
        }
    }

    /// "relations between Chile and Peru, established in 1904".
    fn is_listed_with_between(&self, noun: usize) -> bool {
        self.children(noun)
            .chain(self.head(noun))
            .any(|word| self.is(word, "between"))
    }

    /// "the workers due to retire": it tells which workers are meant.
    fn due_to_verbs(&mut self) {
        for verb in 3..self.heads.len() {
            if self.relation(verb) != Relation::AdverbialClause {
                continue;
            }
            let due = self.children(verb).find(|&due| {
                due < verb && self.is(due, "due") && self.relation(due) == Relation::Marker
            });
            let Some(noun) = due.and_then(|due| due.checked_sub(1)) else {
                continue;
            };
            if self.tag(noun) == UniversalTag::Noun && self.is(verb - 1, "to") {
                self.attach(verb, noun, Relation::AdnominalClause);
                self.put(verb - 1, Some(verb), Relation::Marker);
            }
        }
    }

    /// "the pacts reached by the two and signed at a meeting": right behind a participle's phrase
    /// "and" joins another participle to it, where nothing is its object.
    fn verbs_joined_to_participles(&mut self) {
        for verb in 4..self.heads.len() {
            let taken = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Object,
                Relation::ClausalComplement,
                Relation::OpenClausalComplement,
            ];
            let is_joined = self.relation(verb) == Relation::Conjunct
                && self.fine(verb) == FineTag::PastVerb
                && !self.has_child(verb, &taken)
                && lexicon::is_made(self.lemma(verb));
            let and = self.children(verb).find(|&and| {
                is_joined && and + 1 == verb && self.relation(and) == Relation::Coordination
            });
            let Some(and) = and.filter(|&and| self.form(and - 1) != ",") else {
                continue;
            };
            let first = (1..and).rev().find(|&first| {
                self.relation(first) == Relation::AdnominalClause
                    && self.fine(first) == FineTag::PastParticiple
                    && self.has_child(first, &[Relation::Agent])
                    && self.end(first) + 1 == and
            });
            if let Some(first) = first {
                self.attach(verb, first, Relation::Conjunct);
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }

    /// "given that the roof leaks", "provided that it rains": nobody gives or provides anything.
    fn given_that(&mut self) {
        for given in 0..self.heads.len() {
            let joins = ["given", "provided", "providing", "assuming"]
                .iter()
                .any(|word| self.is(given, word));
            let is_given = joins
                && self.relation(given) == Relation::AdverbialClause
                && self.is(given + 1, "that");
            let Some(above) = self.head(given).filter(|_| is_given) else {
                continue;
            };
            let clause = self.children(given).find(|&clause| {
                clause > given && self.relation(clause) == Relation::ClausalComplement
            });
            if let Some(clause) = clause {
                self.attach(clause, above, Relation::AdverbialClause);
                self.attach(given, clause, Relation::Marker);
            }
        }
    }

    /// "its contract, worth 18 million": no verb.
    fn worth_of_things(&mut self) {
        for worth in 2..self.heads.len() {
            let is_verb = self.is(worth, "worth")
                && matches!(
                    self.relation(worth),
                    Relation::Conjunct | Relation::AdverbialClause
                );
            let noun = worth - 1 - usize::from(self.form(worth - 1) == ",");
            if is_verb && self.tag(noun) == UniversalTag::Noun {
                self.attach(worth, noun, Relation::Unspecified);
            }
        }
    }
}
