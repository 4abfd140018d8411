//! Linking: from the words of a phrase to what they denote: an entity of the document, a value,
//! or a phrase in its normal form.

use crate::fact::{Argument, EntityKind};
use crate::text::dependency::Relation as R;
use crate::text::document::{AnnotatedDocument, Mention, MentionKind, Quotation, ValueMention};
use crate::text::lexicon::{country_of, is_nationality};
use crate::text::tag::{FineTag, UniversalTag};
use crate::value::Value;

mod counted;
mod deictic;
mod description;
mod fuller;
mod linked;
mod measured;
mod normal_form;
mod office;
mod owner;
mod pronoun;
mod range;
mod shape;
mod speaker;
mod statement;
mod writer;

use super::antecedent::{Antecedents, Pointed};
use super::phrase::{self, Phrase};
use super::setting::Setting;
use super::surface;
use super::tree::Tree;
use counted::{is_counted, is_rank_or_share, is_region};
use fuller::is_light;
use linked::UNRESOLVED;
pub(super) use linked::{Linked, Reference};
use pronoun::{goes_on_with_owner, is_question_word, is_unresolved};
use range::{end_of_range, goes_beyond, has_later_words};
pub(super) use shape::Shape;

/// A group with more members than this stays a group: "the member states".
const MOST_MEMBERS: usize = 4;

/// What links the phrases of one sentence.
pub(super) struct Linker<'a> {
    document: &'a AnnotatedDocument,
    sentence: usize,
    mentions: &'a [Mention],
    values: &'a [ValueMention],
    /// What the document told up to this sentence; none where sentences stand alone.
    antecedents: Option<&'a Antecedents>,
    /// What the document is about; none where sentences stand alone.
    setting: Option<&'a Setting>,
}

impl<'a> Linker<'a> {
    /// For the sentence with this index.
    pub(super) fn new(document: &'a AnnotatedDocument, sentence: usize) -> Self {
        let mentions = slice_of(&document.mentions, |mention| mention.sentence, sentence);
        let values = slice_of(&document.values, |value| value.sentence, sentence);
        Self {
            document,
            sentence,
            mentions,
            values,
            antecedents: None,
            setting: None,
        }
    }

    /// The same, knowing what the document told up to this sentence.
    pub(super) fn with(self, antecedents: &'a Antecedents) -> Self {
        Self {
            antecedents: Some(antecedents),
            ..self
        }
    }

    /// The same, knowing what the document is about.
    pub(super) fn within(self, setting: &'a Setting) -> Self {
        Self {
            setting: Some(setting),
            ..self
        }
    }

    /// The ranges of tokens that tell times.
    pub(super) fn times(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.values
            .iter()
            .filter(|value| value.kind == "time")
            .map(|value| (value.first, value.last))
    }

    /// The events that the sentence names, each with the head of its name.
    pub(super) fn named_events(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        self.mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name)
            .filter_map(|mention| {
                let entity = self.document.entities.get(mention.entity)?;
                let is_event = entity.kind == EntityKind::Event && entity.is_named;
                is_event.then(|| (mention.head, entity.name.clone()))
            })
    }

    /// The value mention that covers a token.
    pub(super) fn value_at(&self, token: usize) -> Option<&'a ValueMention> {
        self.values
            .iter()
            .find(|value| value.first <= token && token <= value.last)
    }

    /// What a phrase denotes: several things where it names a small group.
    pub(super) fn link(&self, tree: &Tree<'_>, phrase: &Phrase) -> Vec<Linked> {
        let mut found = self.linked(tree, phrase);
        // Of a sentence that stands alone, nobody expects that it tells more.
        let is_alone = self.document.sentences.len() == 1;
        let shape = Shape::of(tree, phrase).of_sentence(is_alone);
        let owner = self.open_owner(tree, phrase);
        let lacking = self.owners_lacking(tree, &phrase.tokens);
        for linked in &mut found {
            linked.owners_lacking = lacking;
            linked.shape = shape;
            linked.owner = owner;
        }
        found
    }

    fn linked(&self, tree: &Tree<'_>, phrase: &Phrase) -> Vec<Linked> {
        let text = surface::words(self.document, tree, &phrase.tokens);
        let named = self.listed(tree, phrase, &text);
        if !named.is_empty() {
            return named;
        }
        if let Some(counted) = self.counted(tree, phrase, &text) {
            return vec![counted];
        }
        if let Some(measured) = self.measured_from(tree, phrase) {
            return vec![measured];
        }
        let is_one = matches!(phrase.tokens.as_slice(), [only] if tree.lower(*only) == "one");
        if let Some(value) = self.literal(tree, phrase).filter(|_| !is_one) {
            let argument = Argument::literal(text, value);
            return vec![Linked::new(argument, 1.0, Reference::Words)];
        }
        if let Some(country) = nationality(tree, phrase, &text) {
            return vec![country];
        }
        if let Some(speaker) = self.first_person(tree, phrase, &text) {
            return vec![speaker];
        }
        if let Some(client) = self.client(tree, phrase, &text) {
            return vec![client];
        }
        let mention = self.mention(tree, phrase).filter(|mention| {
            !is_counted(tree, phrase, mention)
                && !is_region(tree, phrase, mention)
                && !goes_on_with_owner(tree, phrase, mention)
        });
        if let Some(mention) = mention {
            if let Some(rather) = self.rather(tree, phrase, mention) {
                return vec![self.told_as(text, rather)];
            }
            let linked = self.entities(tree, mention, &text);
            if !linked.is_empty() {
                return linked;
            }
        }
        vec![self.phrase(tree, phrase)]
    }

    /// What a complement says something is: a value, a thing by its own name, or a description,
    /// which stays in its words even where it elsewhere refers.
    pub(super) fn describe(&self, tree: &Tree<'_>, phrase: &Phrase) -> Vec<Linked> {
        let is_name = self
            .mentions
            .iter()
            .any(|mention| mention.kind == MentionKind::Name && mention.head == phrase.head);
        if is_name || self.literal(tree, phrase).is_some() {
            return self.link(tree, phrase);
        }
        let mut described = self.phrase(tree, phrase);
        described.shape = Shape::of(tree, phrase);
        described.owners_lacking = self.owners_lacking(tree, &phrase.tokens);
        described.of_one = self
            .kin_of(tree, phrase)
            .map(|kin| Argument::phrase(described.argument.text.clone(), kin))
            .or_else(|| self.one_of(tree, phrase));
        if tree.relation(phrase.head) != R::OpenClausalComplement {
            self.tell_office(tree, phrase, &mut described);
        }
        described.is_of_several = matches!(
            tree.fine(phrase.head),
            FineTag::PluralNoun | FineTag::PluralProperNoun
        );
        vec![described]
    }

    fn phrase(&self, tree: &Tree<'_>, phrase: &Phrase) -> Linked {
        let text = surface::words(self.document, tree, &phrase.tokens);
        let name = self
            .between_parties(tree, phrase)
            .unwrap_or_else(|| self.normal_form(tree, &phrase.tokens));
        let is_quoted_we = || {
            matches!(tree.lower(phrase.head), "we" | "us")
                && self.quoted_speaker(tree, phrase.head).is_some()
        };
        if is_unresolved(tree, phrase) || self.names_nobody(tree, phrase) {
            let sure = if is_quoted_we() {
                QUOTED_WE
            } else {
                UNRESOLVED
            };
            return Linked::new(Argument::phrase(text, name), sure, Reference::Unresolved);
        }
        let pointed = self.pointed(tree, phrase);
        let owned = match pointed {
            Some(Pointed::To(_)) => None,
            _ if is_light(tree, phrase.head) => None,
            _ => self.with_owner(tree, phrase),
        };
        match pointed {
            Some(Pointed::To(fuller)) => self.told_as(text, fuller),
            _ if self.is_deictic(tree, phrase) => {
                Linked::new(Argument::phrase(text, name), UNRESOLVED, Reference::Deictic)
            }
            _ if owned.is_some() => self.told_as(text, owned.unwrap_or(name)),
            Some(Pointed::Nowhere { competed }) => Linked {
                competed,
                ..Linked::new(Argument::phrase(text, name), 1.0, Reference::Bare)
            },
            None => Linked::new(Argument::phrase(text, name), 1.0, Reference::Words),
        }
    }

    /// What a bare definite noun points at.
    fn pointed(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<Pointed> {
        self.antecedents?.pointed(tree, self.sentence, phrase)
    }

    /// The name a speaker is known by.
    pub(super) fn name(&self, tree: &Tree<'_>, phrase: &Phrase) -> String {
        self.link(tree, phrase)
            .into_iter()
            .next()
            .map_or_else(String::new, |linked| {
                linked
                    .argument
                    .name()
                    .unwrap_or(&linked.argument.text)
                    .to_owned()
            })
    }

    /// The mention that a phrase is: the one with its head, or the name its head lies in.
    fn mention(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<&'a Mention> {
        let head = phrase.head;
        let is_named = |mention: &&Mention| {
            let entity = self.document.entities.get(mention.entity);
            entity.is_some_and(|entity| entity.is_named || !entity.members.is_empty())
        };
        let by_head = self
            .mentions
            .iter()
            .filter(|mention| mention.head == head)
            .max_by_key(|mention| mention.last - mention.first.min(mention.last));
        let named =
            phrase::name_after_title(tree, head).filter(|name| phrase.tokens.contains(name));
        let within_name = self.mentions.iter().find(|mention| {
            mention.kind == MentionKind::Name
                && (mention.first..=mention.last).contains(&head)
                && !has_later_words(phrase, mention, tree)
        });
        let by_name = named.and_then(|name| {
            self.mentions.iter().find(|mention| {
                mention.kind == MentionKind::Name && (mention.first..=mention.last).contains(&name)
            })
        });
        // "the chairman, Ann Lee,": the name tells who the chairman is.
        let apposed = tree
            .children_by(head, &[R::Apposition])
            .filter(|_| tree.tag(head) == UniversalTag::Noun)
            .find_map(|name| self.name_at(name));
        by_name
            .or(by_head.filter(is_named))
            .or(within_name)
            .or(apposed)
            .or(by_head)
            .filter(|mention| !goes_beyond(tree, phrase, mention))
    }

    /// "the ministers, Ann Lee and Bo Ek", "a third, Acme": each of those who are named.
    fn listed(&self, tree: &Tree<'_>, phrase: &Phrase, text: &str) -> Vec<Linked> {
        let is_plural = tree.fine(phrase.head) == FineTag::PluralNoun;
        // "two of the firms, Acme and Orvel": a number is no more than those.
        let is_count = self
            .value_at(phrase.head)
            .is_some_and(|value| value.kind == "number");
        let Some(first) = tree
            .child(phrase.head, &[R::Apposition])
            .filter(|_| is_plural || is_count)
        else {
            return Vec::new();
        };
        let heads = std::iter::once(first).chain(tree.children_by(first, &[R::Conjunct]));
        let mut named: Vec<Linked> = Vec::new();
        for head in heads {
            let entity = self
                .name_at(head)
                .and_then(|mention| self.document.entities.get(mention.entity));
            let fits = |kind: EntityKind| {
                kind == EntityKind::Person || is_count && kind == EntityKind::Organization
            };
            let Some(entity) = entity.filter(|entity| fits(entity.kind)) else {
                return Vec::new();
            };
            let argument = Argument::entity(text, &entity.name, entity.kind);
            if named.iter().all(|known| known.argument != argument) {
                named.push(Linked::new(argument, LISTED, Reference::Description));
            }
        }
        let least = if is_count { 1 } else { 2 };
        let is_small_group = (least..=MOST_MEMBERS).contains(&named.len());
        if is_small_group { named } else { Vec::new() }
    }

    /// The mention by name that a token lies in.
    fn name_at(&self, token: usize) -> Option<&'a Mention> {
        self.mentions.iter().find(|mention| {
            mention.kind == MentionKind::Name && (mention.first..=mention.last).contains(&token)
        })
    }

    fn entities(&self, tree: &Tree<'_>, mention: &Mention, text: &str) -> Vec<Linked> {
        let Some(entity) = self.document.entities.get(mention.entity) else {
            return Vec::new();
        };
        let is_small_group = (1..=MOST_MEMBERS).contains(&entity.members.len());
        if is_small_group {
            return entity
                .members
                .iter()
                .filter_map(|&member| self.document.entities.get(member))
                .filter(|member| member.is_named)
                .map(|member| {
                    let argument = Argument::entity(text, &member.name, member.kind);
                    Linked::new(argument, mention.confidence, Reference::of(mention))
                })
                .collect();
        }
        if !entity.is_named {
            // "They" for "the participants": of the event that the document told.
            let fuller = self
                .antecedents
                .filter(|_| !entity.name.contains(' '))
                .and_then(|told| told.described(self.sentence, &entity.name))
                .or_else(|| self.told_here(tree, mention, &entity.name));
            let description = fuller.as_ref().unwrap_or(&entity.name);
            return described(mention, description, text);
        }
        let argument = Argument::entity(text, &entity.name, entity.kind);
        vec![Linked::new(
            argument,
            mention.confidence,
            Reference::of(mention),
        )]
    }

    /// The value that a phrase is, where it is nothing beside it.
    fn literal(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<Value> {
        // "every 11 days" is no span of 11 days.
        let is_rate = phrase
            .tokens
            .iter()
            .any(|&token| matches!(tree.lower(token), "every" | "each"));
        let mention = self
            .value_at(phrase.head)
            .filter(|mention| !is_rate && !is_rank_or_share(tree, mention))?;
        let value = mention.value.clone()?;
        let value = end_of_range(tree, phrase, mention).unwrap_or(value);
        let is_time = mention.kind == "time";
        let covers = phrase.tokens.iter().all(|&token| {
            (mention.first..=mention.last).contains(&token)
                || matches!(
                    tree.relation(token),
                    R::Determiner | R::Predeterminer | R::Case | R::Punctuation
                )
                || is_time && token < phrase.head
        });
        covers.then_some(value)
    }

    /// The quotation that a token lies in.
    fn quotation(&self, tree: &Tree<'_>, token: usize) -> Option<&'a Quotation> {
        let place = tree.token(token)?.span;
        self.document.quotations.iter().find(|quotation| {
            quotation.sentences.0 <= self.sentence
                && self.sentence <= quotation.sentences.1
                && quotation.span.start <= place.start
                && place.end <= quotation.span.end
        })
    }

    /// The speaker of the quotation that a token lies in, and the verb of saying.
    pub(super) fn quoted_speaker(&self, tree: &Tree<'_>, token: usize) -> Option<(String, String)> {
        let quotation = self.quotation(tree, token)?;
        let speaker = match quotation
            .speaker
            .and_then(|index| self.document.entities.get(index))
        {
            Some(entity) => entity.name.clone(),
            None => quotation.speaker_text.clone()?,
        };
        let verb = quotation
            .verb
            .and_then(|(sentence, token)| self.document.sentences.get(sentence)?.tokens.get(token))
            .map_or_else(String::new, |token| token.lemma.to_lowercase());
        Some((speaker, verb))
    }
}

/// "Those workers who stayed": what stands behind says which.
fn says_which(tree: &Tree<'_>, child: usize) -> bool {
    matches!(
        tree.relation(child),
        R::RelativeClause | R::AdnominalClause | R::NominalModifier | R::Apposition
    )
}

/// How sure a bare definite noun is to mean the fuller phrase told before.
const ANTECEDENT: f32 = 0.8;

/// How sure the names beside a plural are all that it means.
const LISTED: f32 = 0.85;

/// "We" in a quotation is told with its speaker, so it can be understood, if not resolved.
const QUOTED_WE: f32 = 0.25;

/// How sure "we" is to be the body that the speaker speaks for.
const SPEAKS_FOR: f32 = 0.75;

/// How sure "I" is to be the speaker of the quotation it stands in.
const FIRST_PERSON: f32 = 0.9;

/// "Irish" alone, as where something is from: Ireland.
fn nationality(tree: &Tree<'_>, phrase: &Phrase, text: &str) -> Option<Linked> {
    let is_adjective = phrase.tokens.len() == 1 && tree.tag(phrase.head) == UniversalTag::Adjective;
    let country = country_of(text).filter(|_| is_adjective && is_nationality(text))?;
    let argument = Argument::entity(text, country, EntityKind::Place);
    Some(Linked::new(argument, 1.0, Reference::Name))
}

/// A pronoun that means something without a name means its description; the description itself
/// is a phrase as it stands.
fn described(mention: &Mention, description: &str, text: &str) -> Vec<Linked> {
    if mention.kind != MentionKind::Pronoun || description.is_empty() {
        return Vec::new();
    }
    let argument = Argument::phrase(text.to_owned(), description.to_owned());
    vec![Linked::new(
        argument,
        mention.confidence,
        Reference::Pronoun,
    )]
}

/// The entries of one sentence of a list ordered by sentence.
fn slice_of<T>(list: &[T], sentence_of: impl Fn(&T) -> usize, sentence: usize) -> &[T] {
    let from = list.partition_point(|entry| sentence_of(entry) < sentence);
    let to = list.partition_point(|entry| sentence_of(entry) <= sentence);
    list.get(from..to).unwrap_or(&[])
}
