//! Who does what: agents given to the verb above their participle, subjects lost in phrases, and
//! verbs read as adjectives behind "that" or a name.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::{Mending, SUBJECTS};

impl Mending<'_> {
    /// All rules of doers.
    pub(super) fn doers(&mut self) {
        self.agents_of_participles();
        self.phrases_behind_closed_clauses();
        self.subjects_named_behind_their_noun();
        self.verbs_behind_that();
        self.absolutes_behind_commas();
        self.owners_taken_for_objects();
        self.places_of_the_aged();
        self.nouns_taken_for_verbs_behind_which();
        self.gerunds_before_speakers();
        self.comparisons_of_the_last();
        self.leaders_named_behind_their_office();
    }

    /// "Visited a plant opened last year by a Dutch firm": the firm opened it and guided nobody.
    fn agents_of_participles(&mut self) {
        for agent in 4..self.heads.len() {
            let is_by = self.relation(agent) == Relation::Oblique
                && (self.acts(agent)
                    || self.has_child(agent, &[Relation::Determiner])
                        && self.tag(agent) == UniversalTag::Noun)
                && !self.tells_time(agent)
                && !self.has_child(agent, &[Relation::NumericModifier])
                && self
                    .children(agent)
                    .any(|case| self.is(case, "by") && self.relation(case) == Relation::Case);
            let Some(verb) = self.head(agent).filter(|&verb| {
                is_by
                    && verb < agent
                    && self.tag(verb) == UniversalTag::Verb
                    && !self.has_child(
                        verb,
                        &[Relation::PassiveAuxiliary, Relation::PassiveNominalSubject],
                    )
                    && (self.has_child(verb, &SUBJECTS)
                        || self.relation(verb) == Relation::Conjunct)
            }) else {
                continue;
            };
            let start = self.start(agent);
            let participle = (verb + 1..start).rev().find(|&word| {
                self.relation(word) == Relation::AdnominalClause
                    && self.fine(word) == FineTag::PastParticiple
                    && self.is_below(word, verb)
                    && self.end(word) + 1 == start
                    && !self.has_child(word, &[Relation::Agent, Relation::Object])
            });
            if let Some(participle) = participle {
                self.attach(agent, participle, Relation::Agent);
            }
        }
    }

    /// "fell after a warning from the chain Orvel raised doubts": the warning did; Orvel is the
    /// chain that gave it.
    fn subjects_named_behind_their_noun(&mut self) {
        for name in 4..self.heads.len() {
            let verb = self.head(name).filter(|&verb| {
                self.relation(name) == Relation::NominalSubject
                    && name < verb
                    && self.tag(name) == UniversalTag::ProperNoun
                    && matches!(
                        self.fine(verb),
                        FineTag::PastVerb | FineTag::PresentVerbThird
                    )
                    && matches!(
                        self.relation(verb),
                        Relation::Parataxis | Relation::Conjunct | Relation::AdverbialClause
                    )
                    && !self.has_child(verb, &[Relation::Marker, Relation::Coordination])
            });
            let Some(verb) = verb else { continue };
            let body = self.start(name).saturating_sub(1);
            let is_body = self.tag(body) == UniversalTag::Noun
                && self.relation(body) == Relation::NominalModifier
                && self.fine(body) == FineTag::Noun;
            let Some(noun) = self.head(body).filter(|&noun| is_body && noun < body) else {
                continue;
            };
            let connective = self.children(noun).find(|&word| {
                word < noun
                    && self.relation(word) == Relation::Case
                    && ["after", "before", "until", "since"]
                        .iter()
                        .any(|known| self.is(word, known))
            });
            let main = self.head(noun).filter(|_| {
                matches!(
                    self.relation(noun),
                    Relation::Oblique | Relation::NominalModifier
                )
            });
            let (Some(connective), Some(main)) = (connective, main) else {
                continue;
            };
            let main = if self.tag(main) == UniversalTag::Verb {
                main
            } else {
                self.head(verb).unwrap_or(main)
            };
            if main > connective || self.has_child(noun, &[Relation::Agent]) {
                continue;
            }
            self.attach(verb, main, Relation::AdverbialClause);
            self.attach(name, body, Relation::Apposition);
            self.attach(noun, verb, Relation::NominalSubject);
            self.attach(connective, verb, Relation::Marker);
        }
    }

    /// "A decision that infuriated coach Ann Lee": behind a noun and "that" stands a verb.
    fn verbs_behind_that(&mut self) {
        for verb in 2..self.heads.len().saturating_sub(1) {
            let (noun, that) = (verb - 2, verb - 1);
            let is_shape = self.is(that, "that")
                && self.form(verb).ends_with("ed")
                && matches!(
                    self.relation(verb),
                    Relation::AdjectivalModifier | Relation::Compound
                )
                && self.tag(noun) == UniversalTag::Noun
                && matches!(
                    self.relation(that),
                    Relation::Object
                        | Relation::NominalSubject
                        | Relation::Determiner
                        | Relation::Marker
                        | Relation::PassiveNominalSubject
                );
            let Some(mut object) = self.head(verb).filter(|&object| is_shape && verb < object)
            else {
                continue;
            };
            // "coach Ann Lee": the title hangs on its name.
            while let Some(above) = self.head(object).filter(|&above| {
                above > object
                    && matches!(
                        self.relation(object),
                        Relation::DescriptiveModifier | Relation::Compound
                    )
            }) {
                object = above;
            }
            let has_other_verb = self.head(that).is_some_and(|above| {
                above > verb
                    && above != object
                    && self.tag(above) == UniversalTag::Verb
                    && !(verb..above).any(|word| self.form(word) == ",")
            });
            if has_other_verb {
                continue;
            }
            self.attach(verb, noun, Relation::RelativeClause);
            if self.head(verb) != Some(noun) {
                continue;
            }
            self.attach(object, verb, Relation::Object);
            self.attach(that, verb, Relation::NominalSubject);
            self.retag(verb, FineTag::PastVerb);
            // "…, who was booked": a person is, and no decision.
            let later = self.children(noun).find(|&clause| {
                clause > object && self.relation(clause) == Relation::RelativeClause
            });
            let who = later.filter(|&clause| {
                self.children(clause).any(|word| self.is(word, "who"))
                    && self.tag(object) == UniversalTag::ProperNoun
            });
            if let Some(clause) = who {
                self.attach(clause, object, Relation::RelativeClause);
            }
        }
    }

    /// "They won easily, Roth guiding her side home": a name and a gerund behind a comma are a
    /// clause, not words in front of what is guided.
    fn absolutes_behind_commas(&mut self) {
        for gerund in 4..self.heads.len().saturating_sub(1) {
            let name = gerund - 1;
            let is_shape = self.fine(gerund) == FineTag::Gerund
                && self.relation(gerund) == Relation::AdjectivalModifier
                && self.tag(name) == UniversalTag::ProperNoun
                && self.relation(name) == Relation::Compound
                && self.head(name) == self.head(gerund)
                && self.form(name - 1) == ",";
            let Some(object) = self.head(gerund).filter(|_| is_shape) else {
                continue;
            };
            let main = (0..name).find(|&verb| {
                self.tag(verb) == UniversalTag::Verb
                    && self.head(verb).is_none()
                    && self.has_child(verb, &SUBJECTS)
            });
            let Some(main) = main.filter(|_| object > gerund) else {
                continue;
            };
            self.put(gerund, Some(main), Relation::AdverbialClause);
            self.attach(name, gerund, Relation::NominalSubject);
            // "leg-spinner Ann Lee": the name behind the title is who is guided.
            let named = self.children(object).find(|&word| {
                word == object + 1
                    && self.relation(word) == Relation::Flat
                    && self.kind(word).is_some()
                    && self.kind(object).is_none()
            });
            match named {
                Some(named) => {
                    self.attach(named, gerund, Relation::Object);
                    self.attach(object, named, Relation::DescriptiveModifier);
                }
                None => self.attach(object, gerund, Relation::Object),
            }
        }
    }

    /// "Described her offending as cruel": of two objects side by side the first owns the second.
    fn owners_taken_for_objects(&mut self) {
        for owner in 1..self.heads.len().saturating_sub(2) {
            let thing = owner + 1;
            let is_shape = self.is(owner, "her")
                && self.relation(owner) == Relation::Object
                && self.relation(thing) == Relation::Object
                && self.head(owner).is_some()
                && self.head(owner) == self.head(thing)
                && self.head(owner).is_some_and(|verb| verb < owner)
                && (self.is(thing + 1, "as") || self.form(thing).ends_with("ing"));
            if is_shape {
                self.attach(owner, thing, Relation::PossessiveModifier);
                self.retag(thing, FineTag::Noun);
            }
        }
    }

    /// "Ann Lee, 49, of Lund, left": the town is hers.
    fn places_of_the_aged(&mut self) {
        for place in 5..self.heads.len() {
            let of = place - 1;
            let is_of = (self.is(of, "of") || self.is(of, "from"))
                && self.head(of) == Some(place)
                && self.tag(place) == UniversalTag::ProperNoun
                && self.form(of - 1) == ","
                && self.tag(of - 2) == UniversalTag::Numeral
                && self.form(of - 3) == ",";
            let Some(age) = Some(of - 2).filter(|&age| {
                is_of && self.form(age).len() <= 3 && self.head(age).is_some_and(|name| name < age)
            }) else {
                continue;
            };
            let name = self
                .head(age)
                .filter(|&name| self.kind(name) == Some(crate::fact::EntityKind::Person));
            if let Some(name) = name.filter(|&name| self.head(place) != Some(name)) {
                self.attach(place, name, Relation::NominalModifier);
            }
        }
    }

    /// "Lund, which lies by a river and floods every year": behind "and" a verb of such a clause
    /// looks like a plural; what happens every year is no thing beside the river.
    fn nouns_taken_for_verbs_behind_which(&mut self) {
        for word in 5..self.heads.len() {
            let is_plural = self.fine(word) == FineTag::PluralNoun
                && self.relation(word) == Relation::Conjunct
                && self.head(word - 1) == Some(word)
                && self.is(word - 1, "and");
            let is_often = self.children(word).any(|time| {
                time > word
                    && matches!(
                        self.relation(time),
                        Relation::UnmarkedNominalModifier
                            | Relation::UnmarkedOblique
                            | Relation::AdverbialModifier
                    )
                    && (matches!(
                        self.lemma(time),
                        "year" | "month" | "week" | "day" | "night" | "season"
                    ) && self.children(time).any(|each| {
                        self.is(each, "every") || self.is(each, "each") || self.is(each, "a")
                    }) || matches!(
                        self.form(time),
                        "annually" | "daily" | "regularly" | "often"
                    ))
            });
            let clause = self
                .above(word)
                .find(|&verb| self.tag(verb) == UniversalTag::Verb)
                .filter(|&verb| {
                    verb < word
                        && self.fine(verb) == FineTag::PresentVerbThird
                        && self.has_child(verb, &[Relation::NominalSubject])
                });
            let Some(verb) = clause.filter(|_| is_plural && is_often) else {
                continue;
            };
            self.attach(word, verb, Relation::Conjunct);
            self.retag(word, FineTag::PresentVerbThird);
        }
    }

    /// "Passing sentence, Judge Lee said the fraud had been planned": what stands in front is done
    /// by the speaker, and is no second subject of what was said.
    fn gerunds_before_speakers(&mut self) {
        for noun in 1..self.heads.len() {
            let clause = self.head(noun).filter(|&clause| {
                noun < clause
                    && matches!(
                        self.relation(noun),
                        Relation::OuterNominalSubject
                            | Relation::NominalSubject
                            | Relation::PassiveNominalSubject
                    )
                    && self.form(noun + 1) == ","
            });
            let gerund = self.start(noun);
            let is_doing = gerund < noun
                && self.form(gerund).ends_with("ing")
                && self.head(gerund) == Some(noun)
                && (gerund == 0 || self.tag(gerund - 1) == UniversalTag::Punctuation)
                && matches!(
                    self.relation(gerund),
                    Relation::AdjectivalModifier | Relation::Compound
                );
            let Some(clause) = clause.filter(|_| is_doing) else {
                continue;
            };
            let has_other = self.children(clause).any(|other| {
                noun < other
                    && other < clause
                    && matches!(
                        self.relation(other),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            let saying = self.head(clause).filter(|&saying| {
                noun < saying
                    && saying < clause
                    && self.relation(clause) == Relation::ClausalComplement
                    && super::super::lexicon::is_speech(self.lemma(saying))
                    && self.has_child(saying, &[Relation::NominalSubject])
            });
            if let Some(saying) = saying.filter(|_| has_other) {
                self.attach(noun, saying, Relation::Dislocated);
            }
        }
    }

    /// "Seized 61 boats and held 40 men, compared with 20 last year": 40 are compared with 20.
    fn comparisons_of_the_last(&mut self) {
        for compared in 4..self.heads.len().saturating_sub(1) {
            let is_shape = self.is(compared, "compared")
                && (self.is(compared + 1, "with") || self.is(compared + 1, "to"))
                && self.form(compared - 1) == ","
                && self.relation(compared) == Relation::AdverbialClause;
            let Some(first) = self
                .head(compared)
                .filter(|&first| is_shape && first < compared)
            else {
                continue;
            };
            let last = self
                .children(first)
                .filter(|&last| {
                    self.relation(last) == Relation::Conjunct
                        && self.tag(last) == UniversalTag::Verb
                        && first < last
                        && last < compared
                        && self.has_child(last, &[Relation::Object, Relation::Oblique])
                })
                .last();
            if let Some(last) = last {
                self.attach(compared, last, Relation::AdverbialClause);
            }
        }
    }

    /// "A crew led by climber Dr Ann Lee crossed": she leads, and the crew crossed.
    fn leaders_named_behind_their_office(&mut self) {
        for name in 4..self.heads.len() {
            let verb = self.head(name).filter(|&verb| {
                name < verb
                    && self.relation(name) == Relation::NominalSubject
                    && self.kind(name) == Some(crate::fact::EntityKind::Person)
            });
            let Some(verb) = verb else { continue };
            let office = self.start(name).saturating_sub(1);
            let participle = self.head(office).filter(|&participle| {
                participle < office
                    && self.tag(office) == UniversalTag::Noun
                    && matches!(self.relation(office), Relation::Agent | Relation::Oblique)
                    && self.children(office).any(|case| self.is(case, "by"))
                    && self.relation(participle) == Relation::AdnominalClause
            });
            let Some(participle) = participle else {
                continue;
            };
            let has_other = self.head(participle).is_some_and(|group| {
                self.head(group) == Some(verb)
                    && matches!(
                        self.relation(group),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            if has_other {
                self.put_name_for_noun(office, name, participle);
                self.attach(office, name, Relation::DescriptiveModifier);
            }
        }
    }
}
