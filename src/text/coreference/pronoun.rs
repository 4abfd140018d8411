//! Pronouns: he, she, it, they, by the nearest subject that fits.

use super::role::is_speaker;
use super::subject::{
    governing_subject, is_empty_it, is_of_body, object_before, own_predicate, root_subject,
    subject_above, subject_before, subject_said,
};
use super::{Placed, Resolution, confidence, only};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Sentence, Token};
use crate::text::lexicon::{Gender, NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

mod person;

/// What a pronoun can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Person(Gender),
    Thing,
    Group,
}

/// Whether a token is a pronoun that the rules try.
pub(super) fn is_pronoun(token: &Token) -> bool {
    target(token).is_some()
}

/// The subject that is told behind "his", "her" or "its", where that stands in a phrase in front of
/// its clause.
pub(super) fn subject_behind(tokens: &[Token], place: usize) -> Option<usize> {
    let token = tokens.get(place)?;
    let is_owner = token.relation == Relation::PossessiveModifier
        && matches!(target(token), Some(Target::Person(_) | Target::Thing));
    let has_subject = super::subject::governing_subject(tokens, place).is_some();
    if !is_owner || has_subject {
        return None;
    }
    super::subject::subject_behind(tokens, place)
}

fn target(token: &Token) -> Option<Target> {
    if !matches!(
        token.fine_tag,
        FineTag::Pronoun | FineTag::PossessivePronoun
    ) && token.universal_tag != UniversalTag::Pronoun
    {
        return None;
    }
    match token.form.to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Some(Target::Person(Gender::Male)),
        "she" | "her" | "hers" | "herself" => Some(Target::Person(Gender::Female)),
        "it" | "its" | "itself" => Some(Target::Thing),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(Target::Group),
        _ => None,
    }
}

impl Resolution<'_> {
    /// Places a pronoun where its antecedent is safe.
    pub(super) fn pronoun(&mut self, index: usize, sentence: &Sentence, place: usize) {
        let Some(token) = sentence.tokens.get(place) else {
            return;
        };
        let found = match target(token) {
            Some(Target::Person(gender)) => self.person(index, sentence, place, gender),
            Some(Target::Thing) => self.thing(index, sentence, place),
            Some(Target::Group) => self.several(index, sentence, place),
            None => None,
        };
        let Some(entity) = found else {
            return;
        };
        if let (Some(Target::Person(gender)), Some(growing)) =
            (target(token), self.entities.get_mut(entity))
        {
            growing.gender = growing.gender.or(Some(gender));
        }
        let sure = (entity, confidence::PRONOUN);
        let placed = self.mention(index, (place, place), MentionKind::Pronoun, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
    }

    /// The mentions of a sentence so far.
    fn in_sentence(&self, index: usize) -> &[Placed] {
        let start = self.sentence_starts.get(index).copied().unwrap_or(0);
        let end = self.sentence_starts.get(index + 1).copied();
        self.placed
            .get(start..end.unwrap_or(self.placed.len()))
            .unwrap_or(&[])
    }

    /// The thing that "it" or "its" means: the subject of the clause before, or of the same
    /// sentence for "its", where that is a named thing or a definite one.
    fn thing(&mut self, index: usize, sentence: &Sentence, place: usize) -> Option<usize> {
        let tokens = &sentence.tokens;
        let token = tokens.get(place)?;
        let is_possessive = token.relation == Relation::PossessiveModifier;
        if token.relation == Relation::Expletive || !is_possessive && is_empty_it(tokens, place) {
            return None;
        }
        let found = self.thing_meant(index, sentence, place)?;
        // "It was about 3 million": no firm or country is a sum.
        (!is_sum(tokens, place) || !self.is_body(found)).then_some(found)
    }

    fn thing_meant(&mut self, index: usize, sentence: &Sentence, place: usize) -> Option<usize> {
        let tokens = &sentence.tokens;
        let token = tokens.get(place)?;
        let is_possessive = token.relation == Relation::PossessiveModifier;
        // "Since its launch the system has grown": the subject that stands behind.
        if let Some(behind) = subject_behind(tokens, place)
            && is_one_thing(tokens, behind)
            && !self.is_person_at(index, behind)
            && let Some(found) = self.thing_at(index, behind)
        {
            return Some(found);
        }
        if is_of_body(tokens, place) {
            return self.body(index, sentence, place);
        }
        let predicate = own_predicate(tokens, place).filter(|_| is_possessive);
        let subject = if let Some(predicate) = predicate {
            // "Lee said that Orvel is its rival": not its own.
            subject_above(tokens, tokens.get(predicate)?.head?, place)
        } else if is_possessive {
            governing_subject(tokens, place)
        } else if token.relation.universal() == "nsubj" {
            subject_before(tokens, place)
        } else {
            // "Orvel said that the storm had cost it a ship": not the subject of its own clause.
            return self.speaking_body(index, tokens, place);
        };
        // "She thanked Orvel for its help".
        let is_person = subject.is_some_and(|subject| self.is_person_at(index, subject));
        if is_possessive
            && is_person
            && let Some(object) = object_before(tokens, place)
            && let Some(mention) = self.mention_at(index, object)
            && self.is_body(mention.entity)
        {
            return Some(mention.entity);
        }
        // "She said it had grown": a person is no "it", so the sentence before tells what is.
        if let Some(subject) = subject.filter(|_| !is_person) {
            return self.thing_at(index, subject);
        }
        let is_subject = token.relation.universal() == "nsubj" || is_possessive;
        if !is_subject || index == 0 {
            return None;
        }
        // The main subject of the sentence before, in the same paragraph.
        let before = self.sentences.get(index - 1)?;
        if before.paragraph != sentence.paragraph {
            return None;
        }
        let mut subject = root_subject(&before.tokens)?;
        // "Lee said that the bridge was old. It …": she tells of the bridge.
        if !is_possessive && self.is_person_at(index - 1, subject) {
            subject = subject_said(&before.tokens)?;
        }
        // "Orvel's shares fell. Its bonds rose": owners of a kind are one.
        let owner = before
            .tokens
            .iter()
            .position(|token| {
                token.head == Some(subject) && token.relation == Relation::PossessiveModifier
            })
            .filter(|_| is_possessive)
            .and_then(|owner| self.mention_at(index - 1, owner))
            .filter(|mention| self.is_named_body(mention.entity))
            .map(|mention| mention.entity);
        owner.or_else(|| self.thing_at(index - 1, subject))
    }

    /// The organization that says what "it" is told in.
    fn speaking_body(&self, index: usize, tokens: &[Token], place: usize) -> Option<usize> {
        let verb = tokens.get(place)?.head?;
        let said = tokens.get(verb)?;
        let subject = subject_above(tokens, said.head?, place)?;
        let mention = self.mention_at(index, subject)?;
        let is_said = said.relation == Relation::ClausalComplement && mention.is_speaker;
        (is_said && self.is_named_body(mention.entity)).then_some(mention.entity)
    }

    /// Whether an entity is an organization or a place with a name.
    fn is_body(&self, entity: usize) -> bool {
        self.is_named_body(entity)
            || self.entities.get(entity).is_some_and(|growing| {
                growing.is_named && growing.members.is_empty() && growing.kind == EntityKind::Place
            })
    }

    /// Whether an entity is an organization with a name.
    fn is_named_body(&self, entity: usize) -> bool {
        self.entities.get(entity).is_some_and(|growing| {
            growing.is_named
                && growing.members.is_empty()
                && growing.kind == EntityKind::Organization
        })
    }

    /// "Its chairwoman", "It employs": the organization, or country, that acts in this sentence, or
    /// the only one that the sentence before names.
    fn body(&mut self, index: usize, sentence: &Sentence, place: usize) -> Option<usize> {
        let is_body = |entity: usize| {
            self.entities.get(entity).is_some_and(|growing| {
                growing.is_named
                    && growing.members.is_empty()
                    && matches!(growing.kind, EntityKind::Organization | EntityKind::Place)
            })
        };
        let tokens = &sentence.tokens;
        let before = index
            .checked_sub(1)
            .and_then(|before| {
                self.sentences
                    .get(before)
                    .map(|sentence| (before, sentence))
            })
            .filter(|(_, before)| before.paragraph == sentence.paragraph);
        let here = governing_subject(tokens, place).map(|subject| (index, subject));
        let main = before.and_then(|(before, sentence)| {
            root_subject(&sentence.tokens).map(|subject| (before, subject))
        });
        let acting = [here, main]
            .into_iter()
            .flatten()
            .find_map(|(index, subject)| {
                self.mention_at(index, subject)
                    .filter(|mention| is_body(mention.entity))
            });
        if let Some(mention) = acting {
            return Some(mention.entity);
        }
        let named: Vec<usize> = self
            .in_sentence(before?.0)
            .iter()
            .map(|mention| mention.entity)
            .filter(|&entity| {
                let growing = self.entities.get(entity);
                is_body(entity)
                    && growing.is_some_and(|growing| growing.kind == EntityKind::Organization)
            })
            .collect();
        only(named)
    }

    /// The thing at a token: by name, also where the name stands beside its description, or a
    /// definite description that becomes a thing of its own.
    fn thing_at(&mut self, index: usize, head: usize) -> Option<usize> {
        let found = self.mention_at(index, head);
        if let Some(mention) = found {
            let growing = self.entities.get(mention.entity)?;
            let is_thing = growing.kind != EntityKind::Person && growing.members.is_empty();
            return is_thing.then_some(mention.entity);
        }
        self.unnamed_thing(index, head)
    }

    /// The mention at a token, or by the name beside it. "The Danish brewer Orvel": the description
    /// heads the phrase, or both are subjects.
    fn mention_at(&self, index: usize, head: usize) -> Option<&Placed> {
        let tokens = &self.sentences.get(index)?.tokens;
        let is_joined = |place: usize| {
            tokens.get(place).is_some_and(|token| {
                let above = tokens.get(head).and_then(|token| token.head);
                let is_second = token.relation.universal() == "nsubj" && token.head == above;
                let hangs = token.head == Some(head)
                    && matches!(token.relation.universal(), "flat" | "appos" | "compound");
                place > head && (hangs || is_second)
            })
        };
        let mentions = self.in_sentence(index);
        mentions
            .iter()
            .find(|mention| mention.head == head)
            .or_else(|| {
                mentions
                    .iter()
                    .find(|mention| mention.kind == MentionKind::Name && is_joined(mention.head))
            })
    }

    /// Whether a person is mentioned at a token.
    fn is_person_at(&self, index: usize, head: usize) -> bool {
        self.in_sentence(index)
            .iter()
            .filter(|mention| mention.head == head)
            .filter_map(|mention| self.entities.get(mention.entity))
            .any(|growing| growing.kind == EntityKind::Person)
    }

    /// "The bridge … it": what a definite noun describes, known by its words alone.
    fn unnamed_thing(&mut self, index: usize, head: usize) -> Option<usize> {
        let sentence = self.sentences.get(index)?;
        let tokens = &sentence.tokens;
        let token = tokens.get(head)?;
        let is_definite = tokens.iter().any(|other| {
            other.head == Some(head)
                && other.relation == Relation::Determiner
                && matches!(other.form.to_lowercase().as_str(), "the" | "this" | "that")
        });
        let is_person = is_in_class(&token.lemma.to_lowercase(), NounClass::Person);
        // "Cross-border trade has grown because it is cheap": what has no article is told whole.
        let is_told = tokens.iter().any(|other| {
            other.head == Some(head)
                && matches!(other.relation.universal(), "amod" | "compound")
                && other
                    .form
                    .chars()
                    .all(|letter| letter.is_alphabetic() || letter == '-')
        }) && !tokens
            .iter()
            .any(|other| other.head == Some(head) && other.relation == Relation::Determiner);
        let is_definite = is_definite || is_told;
        if token.fine_tag != FineTag::Noun || !is_definite || is_person {
            return None;
        }
        let span = super::nominal::span_of(tokens, head);
        let entity = self.describe(sentence, span, EntityKind::Other);
        let sure = (entity, confidence::NAME);
        let placed = self.mention(index, span, MentionKind::Nominal, sure)?;
        // Mentions of a sentence stay together: one of an earlier sentence is not listed.
        if index + 1 == self.sentence_starts.len() {
            self.place(placed);
        }
        Some(entity)
    }

    /// The group that "they" means: a subject that is one, in this sentence or the one before.
    fn several(&mut self, index: usize, sentence: &Sentence, place: usize) -> Option<usize> {
        let tokens = &sentence.tokens;
        let token = tokens.get(place)?;
        let subject = if token.relation == Relation::PossessiveModifier {
            governing_subject(tokens, place)
        } else if token.relation.universal() == "nsubj" {
            subject_before(tokens, place)
        } else {
            None
        };
        let speaks = is_speaker(tokens, place);
        if let Some(subject) = subject {
            return self
                .group_at(index, subject)
                .or_else(|| self.several_at(index, subject, speaks))
                .or_else(|| self.team_at(index, subject));
        }
        if token.relation.universal() != "nsubj" || index == 0 {
            return None;
        }
        let before = self.sentences.get(index - 1)?;
        if before.paragraph != sentence.paragraph {
            return None;
        }
        let subject = root_subject(&before.tokens)?;
        self.group_at(index - 1, subject)
            .or_else(|| self.several_at(index - 1, subject, speaks))
            .or_else(|| self.team_at(index - 1, subject))
    }

    /// "Orvel United have lost, and they …": an organization of which a plural verb tells that it
    /// is its people.
    fn team_at(&self, index: usize, head: usize) -> Option<usize> {
        let tokens = &self.sentences.get(index)?.tokens;
        let verb = tokens.get(head)?.head?;
        let is_plural = tokens.iter().enumerate().any(|(place, token)| {
            let is_of_verb = place == verb || token.head == Some(verb);
            let is_verb = matches!(
                token.universal_tag,
                UniversalTag::Verb | UniversalTag::Auxiliary
            );
            is_of_verb
                && is_verb
                && (token.fine_tag == FineTag::PresentVerb
                    || token.form.eq_ignore_ascii_case("were"))
        });
        if !is_plural {
            return None;
        }
        let mentions = self.in_sentence(index).iter();
        let mut at = mentions.filter(|mention| mention.head == head);
        at.find(|mention| {
            self.entities.get(mention.entity).is_some_and(|growing| {
                growing.kind == EntityKind::Organization && growing.members.is_empty()
            })
        })
        .map(|mention| mention.entity)
    }

    /// "Two workers were hurt … they": a plural known by its words alone.
    fn several_at(&mut self, index: usize, head: usize, speaks: bool) -> Option<usize> {
        let sentence = self.sentences.get(index)?;
        let token = sentence.tokens.get(head)?;
        // "Two of the workers … they".
        let of_several = sentence.tokens.iter().position(|other| {
            other.head == Some(head)
                && other.relation == Relation::NominalModifier
                && other.fine_tag != FineTag::Noun
        });
        let is_count = token.universal_tag == UniversalTag::Numeral && token.lemma != "one";
        if let Some(last) = of_several.filter(|_| is_count) {
            return Some(self.describe(sentence, (head, last), EntityKind::Other));
        }
        let is_plural = token.fine_tag == FineTag::PluralNoun || token.lemma == "police";
        let is_joined = sentence
            .tokens
            .iter()
            .any(|other| other.head == Some(head) && other.relation == Relation::Conjunct);
        if !is_plural || is_joined || speaks && !can_speak(token) {
            return None;
        }
        let span = super::nominal::span_of(&sentence.tokens, head);
        Some(self.describe(sentence, span, EntityKind::Other))
    }

    /// The group at a token: a plural mention, or two names joined by "and".
    fn group_at(&mut self, index: usize, head: usize) -> Option<usize> {
        let mention = *self.mention_at(index, head)?;
        let growing = self.entities.get(mention.entity)?;
        if growing.is_plural {
            return Some(mention.entity);
        }
        let tokens = &self.sentences.get(index)?.tokens;
        let conjuncts: Vec<usize> = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.head == Some(head) && token.relation == Relation::Conjunct)
            .map(|(place, _)| place)
            .collect();
        let [other] = conjuncts.as_slice() else {
            return None;
        };
        let second = *self.mention_at(index, *other)?;
        Some(self.group_of(
            vec![mention.entity, second.entity],
            index,
            (mention.first, second.last),
        ))
    }
}

/// "It was $3 million": whether a pronoun is told to be an amount.
fn is_sum(tokens: &[Token], place: usize) -> bool {
    let predicate = tokens
        .get(place)
        .filter(|token| token.relation == Relation::NominalSubject)
        .and_then(|token| token.head);
    let has_copula = tokens.iter().any(|token| {
        predicate.is_some() && token.head == predicate && token.relation == Relation::Copula
    });
    has_copula
        && predicate
            .and_then(|place| tokens.get(place))
            .is_some_and(|token| {
                matches!(
                    token.universal_tag,
                    UniversalTag::Numeral | UniversalTag::Symbol
                )
            })
}

/// Whether a token is a noun or name for one thing.
fn is_one_thing(tokens: &[Token], place: usize) -> bool {
    tokens.get(place).is_some_and(|token| {
        matches!(token.fine_tag, FineTag::Noun | FineTag::ProperNoun)
            && !is_in_class(&token.lemma.to_lowercase(), NounClass::Person)
    })
}

/// Whether a plural noun means people, or bodies of people, who can say something.
fn can_speak(token: &Token) -> bool {
    let lemma = token.lemma.to_lowercase();
    lemma == "police"
        || [NounClass::Person, NounClass::Organization, NounClass::Place]
            .into_iter()
            .any(|class| is_in_class(&lemma, class))
}
