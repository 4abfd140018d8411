//! Phrases at the wrong head: days, descriptions, topics and examples.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of attachment.
    pub(super) fn attachment(&mut self) {
        self.names_before_colons();
        self.days_behind_subjects();
        self.names_behind_offices();
        self.descriptions_of_names();
        self.relatives_of_others();
        self.relatives_behind_commas();
        self.frames_of_speech();
        self.participles_behind_frames();
        self.subjects_behind_connectives();
        self.topics_of_speech();
        self.examples_of_arguments();
        self.examples_of_the_last();
    }

    /// "The ministry on Monday said": that is when it was said; but "the visit on Monday failed".
    fn days_behind_subjects(&mut self) {
        for child in 1..self.heads.len() {
            let relation = match self.relation(child) {
                Relation::NominalModifier => Relation::Oblique,
                Relation::UnmarkedNominalModifier => Relation::UnmarkedOblique,
                _ => continue,
            };
            let Some(subject) = self.head(child).filter(|&subject| subject < child) else {
                continue;
            };
            let is_subject = matches!(
                self.relation(subject),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let Some(verb) = self.head(subject).filter(|&verb| child < verb) else {
                continue;
            };
            let is_last = (child + 1..verb).all(|word| self.head(word) != Some(subject));
            // "A storm yesterday sank two boats": no thing is named after a day like that.
            let is_relative_day = relation == Relation::UnmarkedOblique
                && ["yesterday", "today", "tonight"]
                    .iter()
                    .any(|day| self.is(child, day));
            let is_day = lexicon::is_calendar_name(self.form(child));
            let is_period = relation == Relation::UnmarkedOblique && self.is_period(child);
            let happens = self.names_event(subject) || lexicon::is_happening(self.lemma(subject));
            let is_told = is_day && !happens || (is_day || is_period) && self.acts(subject);
            if is_subject && is_last && (is_relative_day || is_told) {
                self.attach(child, verb, relation);
            }
        }
    }

    /// "last week", "this year".
    fn is_period(&self, index: usize) -> bool {
        const PERIODS: [&str; 7] = [
            "week", "month", "year", "weekend", "night", "quarter", "spring",
        ];
        PERIODS.contains(&self.form(index).to_lowercase().as_str())
            && index > 0
            && matches!(
                self.form(index - 1).to_lowercase().as_str(),
                "last" | "this" | "next"
            )
    }

    /// Whether a noun names somebody who acts, of whom a day tells nothing.
    pub(super) fn acts(&self, index: usize) -> bool {
        let lower = self.form(index).to_lowercase();
        let lemma = self.lemma(index).to_lowercase();
        self.tag(index) == UniversalTag::ProperNoun
            || self.kind(index).is_some()
            || [NounClass::Person, NounClass::Organization]
                .iter()
                .any(|&class| is_in_class(&lower, class) || is_in_class(&lemma, class))
    }

    /// "Ida Roth: Trade is our task": before a colon stands who says it, not what it is about.
    fn names_before_colons(&mut self) {
        for noun in 2..self.heads.len() {
            let Some(name) = self.head(noun).filter(|&name| name < noun) else {
                continue;
            };
            let is_said = self.relation(noun) == Relation::Apposition
                && self.relation(name) == Relation::NominalSubject
                && (name + 1..noun).any(|mark| self.form(mark) == ":");
            let Some(verb) = self.head(name).filter(|&verb| is_said && noun < verb) else {
                continue;
            };
            self.attach(noun, verb, Relation::NominalSubject);
            self.attach(name, verb, Relation::Dislocated);
        }
    }

    /// "The director, Hugo Brandt, left": the name is who left, the office describes him.
    fn names_behind_offices(&mut self) {
        for name in 2..self.heads.len() {
            let is_name = self.relation(name) == Relation::Apposition
                && self
                    .tokens
                    .get(name)
                    .is_some_and(|token| token.name == NameTag::Begin(EntityKind::Person))
                && !self.has_child(name, &[Relation::Conjunct]);
            let Some(noun) = self.head(name).filter(|&noun| is_name && noun < name) else {
                continue;
            };
            let is_office = matches!(self.fine(noun), FineTag::Noun | FineTag::ProperNoun)
                && self.kind(noun) != Some(EntityKind::Person)
                && is_in_class(&self.form(noun).to_lowercase(), NounClass::Person)
                && self.children(noun).all(|other| {
                    self.relation(other) != Relation::Conjunct
                        || other > name && self.form(self.start(other).saturating_sub(1)) == ","
                })
                && (noun + 1..name).any(|mark| self.form(mark) == ",");
            let Some(above) = self.head(noun).filter(|_| is_office) else {
                continue;
            };
            self.put_name_for_noun(noun, name, above);
        }
    }

    /// "the wreck of the Clarissa, a steamer", "the market of Kumasi, a city": a description
    /// right behind a name of its kind tells what the name is.
    fn descriptions_of_names(&mut self) {
        for child in 2..self.heads.len() {
            let Some(head) = self.head(child).filter(|&head| head < child) else {
                continue;
            };
            // "Lund Airport in Skåne, a region": an airport is none.
            let is_site = self.kind(head) == Some(EntityKind::Place)
                && is_in_class(&self.form(child).to_lowercase(), NounClass::Place)
                && lexicon::is_site(&self.form(head).to_lowercase());
            let is_described = self.relation(child) == Relation::Apposition
                && self.tag(child) == UniversalTag::Noun
                && (self.tag(head) == UniversalTag::Noun || is_site);
            if !is_described || is_in_class(&self.form(head).to_lowercase(), NounClass::Person) {
                continue;
            }
            let Some(comma) = (head + 1..child).rev().find(|&mark| self.form(mark) == ",") else {
                continue;
            };
            let name = (head + 1..comma).rev().find(|&name| {
                self.relation(name) == Relation::NominalModifier
                    && self.head(name).is_some_and(|above| head <= above)
            });
            let Some(name) = name.filter(|&name| self.tag(name) == UniversalTag::ProperNoun) else {
                continue;
            };
            if self.may_be(name, child) {
                self.attach(child, name, Relation::Apposition);
            }
        }
    }

    /// Whether a name may be what a noun describes, by their kinds.
    fn may_be(&self, name: usize, noun: usize) -> bool {
        let lower = self.form(noun).to_lowercase();
        let is = |class: NounClass| is_in_class(&lower, class);
        match self.kind(name) {
            Some(EntityKind::Person) => is(NounClass::Person),
            Some(EntityKind::Place) => is(NounClass::Place) || is(NounClass::Business),
            Some(EntityKind::Organization) => is(NounClass::Organization),
            _ => !is(NounClass::Person) && !is(NounClass::Place),
        }
    }

    /// Whether a noun tells that something happens: by its ending, or by its class.
    pub(super) fn names_event(&self, noun: usize) -> bool {
        let lower = self.form(noun).to_lowercase();
        let has_ending = ["tion", "sion", "ment", "ing", "al", "ance", "ence", "ure"]
            .iter()
            .any(|ending| lower.ends_with(ending));
        self.fine(noun) == FineTag::Noun && (has_ending || is_in_class(&lower, NounClass::Event))
    }

    /// "The line was shut after a landslide in Napo damaged it": what follows "after" is the
    /// subject of the verb behind it.
    fn subjects_behind_connectives(&mut self) {
        for verb in 2..self.heads.len() {
            // "after the guard was shown a card"
            let is_helped = self.children(verb).any(|word| {
                word < verb
                    && matches!(
                        self.relation(word),
                        Relation::Auxiliary | Relation::PassiveAuxiliary
                    )
                    && matches!(
                        self.fine(word),
                        FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::PresentVerb
                    )
            });
            let is_finite = (is_helped
                || matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::PresentVerb
                ))
                && self.relation(verb) == Relation::AdverbialClause;
            let taken = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Marker,
                Relation::Expletive,
            ];
            let above = self.head(verb).filter(|&above| above < verb);
            let Some(above) = above.filter(|_| is_finite && !self.has_child(verb, &taken)) else {
                continue;
            };
            let noun = (above + 1..verb)
                .rev()
                .find(|&noun| self.head(noun) == Some(above))
                .filter(|&noun| self.relation(noun) == Relation::Oblique);
            let start = self.start(verb);
            let Some(noun) = noun.filter(|&noun| self.end(noun) + 1 == start) else {
                continue;
            };
            let connective = self.children(noun).find(|&word| {
                self.relation(word) == Relation::Case
                    && [
                        "after", "before", "since", "until", "as", "while", "because",
                    ]
                    .iter()
                    .any(|known| self.is(word, known))
            });
            if let Some(connective) = connective {
                self.attach(noun, verb, self.subject_relation(verb));
                self.attach(connective, verb, Relation::Marker);
            }
        }
    }

    /// "A dam broke near Lyon, the mayor said": the frame belongs to the sentence, not to the noun
    /// before it.
    fn frames_of_speech(&mut self) {
        let root = (0..self.heads.len()).find(|&index| self.head(index).is_none());
        for verb in 2..self.heads.len() {
            let lemma = self.tokens.get(verb).map_or("", |token| &token.lemma);
            let is_aside = matches!(
                self.relation(verb),
                Relation::AdnominalClause | Relation::RelativeClause | Relation::AdverbialClause
            );
            if !is_aside || !lexicon::is_speech(lemma) {
                continue;
            }
            let subject = self.children(verb).find(|&word| {
                word < verb
                    && self.relation(word) == Relation::NominalSubject
                    && matches!(
                        self.tag(word),
                        UniversalTag::Noun | UniversalTag::ProperNoun
                    )
            });
            let Some(subject) = subject else {
                continue;
            };
            let helpers = [
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Marker,
                Relation::Object,
                Relation::ClausalComplement,
            ];
            let start = self.start(subject);
            let is_set_off = start > 0 && matches!(self.form(start - 1), "," | "\"" | "”");
            if is_set_off
                && !self.has_child(verb, &helpers)
                && let Some(root) = root.filter(|&root| {
                    root < start || self.form(self.end(verb) + 1) == "," && root > verb
                })
            {
                self.attach(verb, root, Relation::Parataxis);
            }
        }
    }

    /// Whether a finite verb is in the plural; `None` where its form does not tell.
    pub(super) fn number_of_verb(&self, verb: usize) -> Option<bool> {
        let helpers = [
            Relation::Auxiliary,
            Relation::PassiveAuxiliary,
            Relation::Copula,
        ];
        let first = self
            .children(verb)
            .find(|&word| helpers.contains(&self.relation(word)));
        let word = first.unwrap_or(verb);
        match self.form(word).to_lowercase().as_str() {
            "is" | "was" | "has" | "does" => Some(false),
            "are" | "were" | "have" | "do" => Some(true),
            _ if first.is_some() => None,
            _ => match self.fine(verb) {
                FineTag::PresentVerbThird => Some(false),
                FineTag::PresentVerb => Some(true),
                _ => None,
            },
        }
    }

    /// Whether a noun has the given number, as far as its form tells.
    pub(super) fn agrees(&self, noun: usize, is_plural: bool) -> bool {
        match self.fine(noun) {
            FineTag::PluralNoun | FineTag::PluralProperNoun => is_plural,
            FineTag::Noun => !is_plural,
            FineTag::ProperNoun => !is_plural,
            _ => true,
        }
    }

    /// "told the members about the plan": what is told hangs on the verb.
    fn topics_of_speech(&mut self) {
        for topic in 2..self.heads.len() {
            if self.relation(topic) != Relation::NominalModifier {
                continue;
            }
            let Some(noun) = self.head(topic).filter(|&noun| noun < topic) else {
                continue;
            };
            let is_person = matches!(
                self.relation(noun),
                Relation::Object | Relation::IndirectObject | Relation::Oblique
            ) && self.acts(noun)
                || self.fine(noun) == FineTag::PluralNoun
                    && matches!(
                        self.relation(noun),
                        Relation::Object | Relation::IndirectObject
                    );
            let is_topic = self
                .children(topic)
                .any(|word| self.relation(word) == Relation::Case && self.is(word, "about"));
            let verb = self.head(noun).filter(|&verb| {
                lexicon::is_telling(self.tokens.get(verb).map_or("", |token| &token.lemma))
            });
            if let Some(verb) = verb.filter(|_| is_person && is_topic) {
                self.attach(topic, verb, Relation::Oblique);
            }
        }
    }

    /// "Many events were held, including concerts": examples are of what the verb is about.
    fn examples_of_arguments(&mut self) {
        for example in 2..self.heads.len() {
            if self.relation(example) != Relation::Oblique {
                continue;
            }
            let Some(verb) = self.head(example).filter(|&verb| verb < example) else {
                continue;
            };
            let is_example = self.children(example).any(|word| {
                self.relation(word) == Relation::Case
                    && (self.is(word, "including") || self.is(word, "such"))
            });
            if !is_example {
                continue;
            }
            let wanted = [
                Relation::Object,
                Relation::PassiveNominalSubject,
                Relation::NominalSubject,
            ];
            let noun = wanted.iter().find_map(|relation| {
                self.children(verb)
                    .find(|&noun| self.relation(noun) == *relation && noun < example)
            });
            if let Some(noun) = noun {
                self.attach(example, noun, Relation::NominalModifier);
            }
        }
    }

    /// "signed the pact and six papers, including a loan": the examples are of the plural next to
    /// them.
    fn examples_of_the_last(&mut self) {
        for example in 3..self.heads.len() {
            let is_example = self.relation(example) == Relation::NominalModifier
                && self.children(example).any(|word| {
                    self.relation(word) == Relation::Case
                        && (self.is(word, "including") || self.is(word, "such"))
                });
            let Some(first) = self
                .head(example)
                .filter(|&first| is_example && first < example)
            else {
                continue;
            };
            let start = self.start(example);
            let last = self.children(first).find(|&last| {
                last > first
                    && last < start
                    && self.relation(last) == Relation::Conjunct
                    && matches!(
                        self.fine(last),
                        FineTag::PluralNoun | FineTag::PluralProperNoun
                    )
                    && self.end(last) + 2 >= start
            });
            let is_singular = !matches!(
                self.fine(first),
                FineTag::PluralNoun | FineTag::PluralProperNoun
            );
            if let Some(last) = last.filter(|_| is_singular) {
                self.attach(example, last, Relation::NominalModifier);
            }
        }
    }
}
