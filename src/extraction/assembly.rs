//! Assembly: from propositions to facts, with linked arguments, qualifiers, speaker and evidence.

use crate::fact::{Attribution, EntityKind, Fact, Modality, Predicate, Qualifier};
use crate::provenance::{Evidence, Span};
use crate::text::document::{AnnotatedDocument, Sentence};

use super::argument::{Argument as Phrases, Part};
use super::clause::{self, Source};
use super::confidence::{Reckoning, Signals};
use super::lexicon;
use super::linking::{Linked, Linker, Reference};
use super::phrase::Phrase;
use super::possession;
use super::predicate;
use super::proposition::{Proposition, Rule, Word};
use super::surface;
use super::tree::Tree;

mod agent;
mod mutual;
mod nameless;
mod qualifying;
mod speech;
mod time;

use agent::is_agent;
use mutual::{agents, is_mutual, together, with_other, without};
use nameless::{drop_misread, is_bare_kin, is_hearsay, is_share_of_nothing, names_nothing};

/// What reads the facts, and the version of its rules.
pub(super) const EXTRACTOR: &str = "english/1";

/// Of a text of so few sentences nobody expects that it tells more of what it speaks of.
const SHORT_TEXT: usize = 3;

/// Coordinated subjects and objects give at most so many facts for one proposition.
const MOST_FACTS: usize = 24;

/// A statement about something that nobody can know is weak, and so is one of which only the words
/// that refer to nothing known were left out.
const WITHOUT_ARGUMENT: f32 = 0.25;

/// Everything that is the same for the facts of one sentence.
pub(super) struct Assembler<'a> {
    pub(super) document: &'a AnnotatedDocument,
    pub(super) number: usize,
    pub(super) sentence: &'a Sentence,
    pub(super) tree: &'a Tree<'a>,
    pub(super) linker: &'a Linker<'a>,
}

/// The parts of a fact before subjects and objects are distributed.
#[derive(Clone)]
struct Frame {
    predicate: Predicate,
    head: usize,
    qualifiers: Vec<Qualifier>,
    negated: bool,
    modality: Modality,
    attribution: Option<Attribution>,
    signals: Signals,
    /// It is no surer than this: below 1 where nobody can know what it is about.
    most: f32,
    derived: bool,
    /// The heads of what the proposition is about.
    subjects: Vec<usize>,
    /// Whether two subjects do it with each other.
    is_mutual: bool,
    /// Whether a qualifier was left out that refers to nothing known.
    has_unresolved: bool,
}

impl Assembler<'_> {
    /// The facts that a proposition gives.
    pub(super) fn facts(&self, proposition: &Proposition) -> Vec<(Fact, Reckoning)> {
        let mut subjects = self.subjects(proposition);
        if let Some(whole) = together(self.tree, self.linker, proposition) {
            subjects = self.link_all(&[whole]);
        }
        if proposition.is_derived() {
            // What is concluded about somebody unknown is not worth keeping.
            subjects.retain(|(subject, _)| !subject.is_unresolved());
        }
        let (object, rest) = split_object(self.tree, proposition);
        let mut frame = self.frame(proposition);
        let object_part = object.map(|argument| argument.part);
        let mut objects: Vec<(Linked, Option<Span>)> = match object {
            Some(argument) => self.link_object(argument, &mut frame),
            None => Vec::new(),
        };
        if let Some(description) = self.description_of_named(proposition, &objects) {
            let span = subjects.first().and_then(|(_, span)| *span);
            subjects = std::mem::replace(&mut objects, vec![(description, span)]);
        }
        for argument in &rest {
            self.qualify(argument, &mut frame);
        }
        if frame.has_unresolved && object_part.is_none() && frame.qualifiers.is_empty() {
            frame.most = WITHOUT_ARGUMENT;
        }
        if self.lacks_object(proposition, object_part) {
            frame.most = WITHOUT_ARGUMENT;
        }
        if matches!(proposition.rule, Rule::Apposition | Rule::Title) {
            drop_misread(&subjects, &mut objects);
            if objects.is_empty() {
                return Vec::new();
            }
        }
        let is_kin = proposition.name == "be" && is_bare_kin(&objects);
        if is_kin || is_hearsay(frame.attribution.as_ref()) {
            frame.most = frame.most.min(WITHOUT_ARGUMENT);
        }
        let mut found = Vec::new();
        if object_part.is_none() {
            found.extend(self.active(proposition, &subjects, &rest, &frame));
        }
        found.extend(self.distribute(&subjects, &objects, &frame));
        found.truncate(MOST_FACTS);
        found
    }

    /// "confirmed with the referee": what was confirmed is left to be understood. "The role played
    /// by the town" takes for granted what it does not tell.
    fn lacks_object(&self, proposition: &Proposition, object: Option<Part>) -> bool {
        let tree = self.tree;
        let verb = tree.lemma(proposition.head);
        // "Said in a statement that the dam would hold": what was said stands elsewhere.
        let is_said_somehow = lexicon::is_speech(verb)
            && proposition
                .arguments
                .iter()
                .any(|argument| argument.part == Part::Oblique && !argument.is_time);
        let is_bare_active = object.is_none()
            && !proposition.is_passive
            && tree.is_verb(proposition.head)
            && proposition.name == verb
            && proposition
                .arguments
                .iter()
                .all(|argument| argument.part != Part::Recipient)
            && lexicon::needs_object(verb)
            && !is_said_somehow;
        let is_presupposed = proposition.rule == Rule::Clause(Source::Participle)
            && proposition
                .subjects
                .iter()
                .all(|subject| lexicon::is_presupposed(verb, tree.lemma(subject.head)));
        is_bare_active || is_presupposed
    }

    /// "The other winners were Ann Lee and Bo Ek": each of them is a winner.
    fn description_of_named(
        &self,
        proposition: &Proposition,
        objects: &[(Linked, Option<Span>)],
    ) -> Option<Linked> {
        let [subject] = proposition.subjects.as_slice() else {
            return None;
        };
        let are_people = !objects.is_empty()
            && objects
                .iter()
                .all(|(object, _)| object.entity_kind() == Some(EntityKind::Person));
        if proposition.name != "be" || !are_people {
            return None;
        }
        let linked = self.linker.link(self.tree, subject);
        let is_phrase = matches!(linked.as_slice(), [only] if only.entity_kind().is_none());
        let description = self
            .linker
            .one_of(self.tree, subject)
            .filter(|_| is_phrase)?;
        let confidence = linked.first().map_or(1.0, |linked| linked.confidence);
        Some(Linked::new(description, confidence, Reference::Words))
    }

    fn frame(&self, proposition: &Proposition) -> Frame {
        Frame {
            predicate: Predicate {
                text: self.predicate_text(&proposition.predicate),
                name: proposition.name.clone(),
            },
            head: proposition.head,
            qualifiers: Vec::new(),
            negated: proposition.negated,
            modality: proposition.modality,
            attribution: self.attribution(proposition).filter(|said| {
                // "…, said the epigrapher Ann Lee": what she is, she does not say.
                let is_description = matches!(proposition.rule, Rule::Apposition | Rule::Title);
                !is_description
                    || !proposition
                        .subjects
                        .iter()
                        .any(|subject| self.linker.name(self.tree, subject) == said.speaker)
            }),
            signals: Signals::of(self.tree, proposition),
            most: 1.0,
            derived: proposition.is_derived(),
            subjects: proposition
                .subjects
                .iter()
                .map(|subject| subject.head)
                .collect(),
            is_mutual: is_mutual(self.tree, proposition),
            has_unresolved: false,
        }
    }

    /// What a proposition is about. "Its" of which nobody told what it means stands for the subject
    /// of its clause.
    fn subjects(&self, proposition: &Proposition) -> Vec<(Linked, Option<Span>)> {
        let linked = self.link_all(&proposition.subjects);
        let is_unknown = linked.iter().all(|(subject, _)| subject.is_unresolved());
        match proposition.subjects.as_slice() {
            [owner] if is_unknown && proposition.rule == Rule::Possession => {
                let phrase = possession::owner_of_pronoun(self.tree, owner.head);
                self.link_all(phrase.as_slice())
            }
            _ => linked,
        }
    }

    fn link_all(&self, phrases: &[Phrase]) -> Vec<(Linked, Option<Span>)> {
        self.link_each(phrases, false)
    }

    fn link_each(&self, phrases: &[Phrase], is_description: bool) -> Vec<(Linked, Option<Span>)> {
        let mut found = Vec::new();
        for phrase in phrases {
            let span = surface::span(self.tree, &phrase.tokens);
            let linked = if is_description {
                self.linker.describe(self.tree, phrase)
            } else {
                self.linker.link(self.tree, phrase)
            };
            found.extend(linked.into_iter().map(|linked| (linked, span)));
        }
        found
    }

    /// The object's alternatives; a time within the object's words becomes a qualifier.
    fn link_object(&self, argument: &Phrases, frame: &mut Frame) -> Vec<(Linked, Option<Span>)> {
        if argument.part == Part::Clause {
            return argument
                .alternatives
                .iter()
                .map(|phrase| {
                    (
                        self.linker.quote(self.tree, phrase),
                        surface::span(self.tree, &phrase.tokens),
                    )
                })
                .collect();
        }
        let mut phrases = argument.alternatives.clone();
        for phrase in &mut phrases {
            if let Some(time) = self.take_time(phrase) {
                self.qualify(&time, frame);
            }
        }
        let is_description = argument.part == Part::Complement;
        self.link_each(&phrases, is_description)
    }

    /// A passive clause with an agent says the same as the active one: "A was led by B".
    fn active(
        &self,
        proposition: &Proposition,
        subjects: &[(Linked, Option<Span>)],
        rest: &[&Phrases],
        frame: &Frame,
    ) -> Vec<(Fact, Reckoning)> {
        let Some(agent) = rest
            .iter()
            .find(|argument| is_agent(self.tree, proposition, argument))
            .filter(|agent| !self.is_measured(agent))
        else {
            return Vec::new();
        };
        let agents = self.link_all(&agents(self.tree, proposition, &agent.alternatives));
        let name = predicate::active_name(self.tree, &proposition.name, proposition.head);
        let mut qualifiers = frame.qualifiers.clone();
        qualifiers.retain(|qualifier| qualifier.role != "by");
        let active = Frame {
            predicate: Predicate {
                text: frame.predicate.text.clone(),
                name,
            },
            qualifiers,
            is_mutual: false,
            ..frame.clone()
        };
        self.distribute(&agents, subjects, &active)
    }

    /// "Shortened by 61 kilometres": a measure does nothing.
    fn is_measured(&self, agent: &Phrases) -> bool {
        agent.alternatives.iter().all(|phrase| {
            self.linker
                .value_at(phrase.head)
                .is_some_and(|value| matches!(value.kind, "quantity" | "money"))
        })
    }

    fn distribute(
        &self,
        subjects: &[(Linked, Option<Span>)],
        objects: &[(Linked, Option<Span>)],
        frame: &Frame,
    ) -> Vec<(Fact, Reckoning)> {
        let mut found = Vec::new();
        for (place, (subject, subject_span)) in subjects.iter().enumerate() {
            let frame = &with_other(frame, subjects, place);
            if objects.is_empty() {
                found.push(self.fact(subject, *subject_span, None, frame));
            }
            // "Lee and Ek are ministers": each is a minister.
            let kind = subject.entity_kind();
            let is_one = kind.is_some_and(|kind| kind == EntityKind::Person || subjects.len() > 1);
            let is_person = kind == Some(EntityKind::Person) && frame.predicate.name == "be";
            for object in objects {
                let mut object = object.clone();
                // "Ann Lee and Bo Ek, leaders of Spain and Chile": neither leads both.
                if is_person && object.0.is_of_several && object.0.of_one.is_none() {
                    continue;
                }
                if let Some(of_one) = object.0.of_one.take().filter(|_| is_one) {
                    object.0.argument = of_one;
                }
                let says_itself = object.0.argument.content == subject.argument.content;
                if !says_itself {
                    let frame = &without(frame, &object.0);
                    found.push(self.fact(subject, *subject_span, Some(&object), frame));
                }
            }
        }
        found
    }

    fn fact(
        &self,
        subject: &Linked,
        subject_span: Option<Span>,
        object: Option<&(Linked, Option<Span>)>,
        frame: &Frame,
    ) -> (Fact, Reckoning) {
        let linked = object.map(|(linked, _)| linked);
        let speaker = frame.attribution.as_ref().map(|said| said.speaker.as_str());
        let is_short = self.document.sentences.len() <= SHORT_TEXT;
        let mut reckoning =
            Reckoning::of(&frame.signals, subject, linked, &frame.qualifiers, speaker);
        if is_short {
            reckoning = reckoning.in_short_text();
        }
        let mut certainty = reckoning.confidence().min(frame.most);
        if subject.is_bare_share() || is_share_of_nothing(&frame.predicate.name, subject, linked) {
            certainty = certainty.min(WITHOUT_ARGUMENT);
        }
        // "Its plant": of what the fact does not tell.
        let is_anothers = |owner: usize| !frame.subjects.contains(&owner);
        if subject.is_unresolved()
            || subject.owner.is_some()
            || linked.is_some_and(|linked| {
                linked.is_unresolved() || linked.is_open || linked.owner.is_some_and(is_anothers)
            })
            || !is_short && names_nothing(subject, linked, &frame.qualifiers)
        {
            certainty = certainty.min(WITHOUT_ARGUMENT);
        }
        let evidence = Evidence {
            document: String::new(),
            sentence: u32::try_from(self.number).ok(),
            span: self.sentence.span,
            text: self.sentence.span.of(&self.document.text).trim().to_owned(),
            subject: subject_span,
            predicate: surface::span(self.tree, &[frame.head]),
            object: object.and_then(|(_, span)| *span),
            extractor: EXTRACTOR.to_owned(),
            confidence: certainty,
        };
        let fact = Fact {
            subject: subject.argument.clone(),
            predicate: frame.predicate.clone(),
            object: object.map(|(linked, _)| linked.argument.clone()),
            qualifiers: frame.qualifiers.clone(),
            negated: frame.negated,
            modality: frame.modality,
            attribution: frame.attribution.clone(),
            confidence: certainty,
            derived: frame.derived,
            evidence: vec![evidence],
        };
        (fact, reckoning)
    }

    pub(super) fn predicate_text(&self, words: &[Word]) -> String {
        surface::predicate(self.document, self.tree, words)
    }
}

/// The argument that is the fact's object, and the rest.
fn split_object<'p>(
    tree: &Tree<'_>,
    proposition: &'p Proposition,
) -> (Option<&'p Phrases>, Vec<&'p Phrases>) {
    // "asked the banks to lower rates": the banks are asked, the infinitive tells what for.
    let asks = proposition.arguments.iter().any(|argument| {
        argument.part == Part::Clause
            && argument
                .alternatives
                .iter()
                .all(|phrase| clause::has_to(tree, phrase.head))
    });
    let order = if asks {
        [
            Part::Object,
            Part::Recipient,
            Part::Complement,
            Part::Clause,
        ]
    } else {
        [Part::Object, Part::Complement, Part::Clause, Part::Object]
    };
    // "Steps were taken to help": what for is no object.
    let tells_why = |argument: &Phrases| {
        argument.part == Part::Clause
            && clause::is_purpose(tree, proposition.head)
            && argument
                .alternatives
                .iter()
                .all(|phrase| clause::has_to(tree, phrase.head))
    };
    let place = order.iter().find_map(|part| {
        proposition
            .arguments
            .iter()
            .position(|argument| argument.part == *part && !tells_why(argument))
    });
    let object = place.and_then(|place| proposition.arguments.get(place));
    let rest = proposition
        .arguments
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != place)
        .map(|(_, argument)| argument)
        .collect();
    (object, rest)
}
