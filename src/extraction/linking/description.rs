//! Descriptions: whether the words of a phrase tell who or what is meant, and what they are of one
//! of several.

use crate::fact::Argument;
use crate::text::dependency::Relation as R;
use crate::text::document::{DocumentEntity, Mention, MentionKind};
use crate::text::lexicon::{NounClass, country_of, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::super::antecedent::{Antecedents, Pointed, is_of_kind};
use super::super::lexicon;
use super::super::phrase::{self, Phrase};
use super::super::possession;
use super::super::surface;
use super::super::tree::Tree;
use super::deictic::is_compared;
use super::pronoun::points;
use super::{ANTECEDENT, Linked, Linker, Reference, is_unresolved, says_which};

/// What two states have with each other.
pub(super) fn is_bond(lemma: &str) -> bool {
    matches!(
        lemma,
        "trade"
            | "turnover"
            | "relation"
            | "tie"
            | "cooperation"
            | "commerce"
            | "exemption"
            | "dialogue"
            | "consultation"
            | "talk"
            | "agreement"
    )
}

/// A statement of no more words tells little around the noun it is about: of 14 such in news that
/// nothing named more fully, readers understood four alone.
const FEW_WORDS: usize = 7;

impl Linker<'_> {
    /// What the description of several is of each: "two former ministers" are one former minister.
    pub(in super::super) fn one_of(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<Argument> {
        // "Senators Ann Lee and Bo Ek": an office may be written large.
        let is_office = tree.fine(phrase.head) == FineTag::PluralProperNoun
            && is_in_class(&tree.lemma(phrase.head).to_lowercase(), NounClass::Person);
        if tree.fine(phrase.head) != FineTag::PluralNoun && !is_office {
            return None;
        }
        // "leaders of Spain and Chile": nobody leads both.
        let is_shared_out = phrase.tokens.iter().any(|&token| {
            token > phrase.head
                && tree.relation(token) == R::Conjunct
                && tree.head(token) != Some(phrase.head)
        });
        if is_shared_out {
            return None;
        }
        let place = phrase
            .tokens
            .iter()
            .position(|&token| token == phrase.head)?;
        let counts = |token: usize| {
            token < phrase.head
                && tree.head(token) == Some(phrase.head)
                && (matches!(
                    tree.relation(token),
                    R::NumericModifier | R::Determiner | R::Predeterminer | R::Preconjunction
                ) || matches!(tree.lower(token), "other" | "several" | "many"))
        };
        let (before, rest) = phrase.tokens.split_at(place);
        let before: Vec<usize> = before
            .iter()
            .copied()
            .filter(|&word| !counts(word))
            .collect();
        let mut parts: Vec<String> = Vec::new();
        if !before.is_empty() {
            parts.push(self.normal_form(tree, &before));
        }
        parts.push(tree.lemma(phrase.head).to_lowercase());
        if let Some(behind) = rest.get(1..).filter(|behind| !behind.is_empty()) {
            parts.push(self.normal_form(tree, behind));
        }
        let text = surface::words(self.document, tree, &phrase.tokens);
        Some(Argument::phrase(text, parts.join(" ")))
    }

    /// "its shape", "this district" where nothing before tells whose or which.
    pub(super) fn names_nobody(&self, tree: &Tree<'_>, phrase: &Phrase) -> bool {
        phrase.tokens.iter().any(|&token| {
            let is_owner = tree.relation(token) == R::PossessiveModifier
                && tree.tag(token) == UniversalTag::Pronoun
                && !phrase::is_whose(tree, token)
                && !is_of_kind(tree, token);
            // "our regions": the clause never tells who "we" are.
            let is_first = matches!(tree.lower(token), "our" | "my" | "your");
            is_owner
                && self.owner(tree, token).is_none()
                && possession::owner_of_pronoun(tree, token)
                    .filter(|_| !is_first)
                    .is_none_or(|owner| is_unresolved(tree, &owner) && !self.is_known(&owner))
        }) || phrase
            .tokens
            .iter()
            .any(|&token| self.is_lost(tree, phrase, token))
            || self.points_nowhere(tree, phrase)
    }

    /// "Bilateral trade", "diplomatic ties": between the only two that the document tells of
    /// together.
    pub(super) fn between_parties(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<String> {
        self.antecedents?;
        let head = phrase.head;
        let is_before = |token: usize, words: &str| {
            tree.head(token) == Some(head) && words.split(' ').any(|word| word == tree.lower(token))
        };
        let is_of_two = |token: usize| is_before(token, "bilateral two-way mutual");
        let is_of_states = |token: usize| is_before(token, "diplomatic");
        let has = |is: &dyn Fn(usize) -> bool| phrase.tokens.iter().any(|&token| is(token));
        let is_bare = phrase.tokens.last() == Some(&head);
        if !is_bare || !is_bond(tree.lemma(head)) || !has(&is_of_two) && !has(&is_of_states) {
            return None;
        }
        let names = self.two_together()?;
        let tokens: Vec<usize> = phrase
            .tokens
            .iter()
            .copied()
            .filter(|&token| !is_before(token, "bilateral"))
            .collect();
        Some(format!(
            "{} between {names}",
            self.normal_form(tree, &tokens)
        ))
    }

    /// The names of the only two countries, or else of the only two of any kind, that the document
    /// tells of together; none where the sentence names another country.
    fn two_together(&self) -> Option<String> {
        let is_country = |&member: &usize| {
            let entity = self.document.entities.get(member);
            entity.is_some_and(|entity| country_of(&entity.name).is_some())
        };
        let pairs = || {
            let entities = self.document.entities.iter();
            entities.filter(|entity| entity.members.len() == 2)
        };
        let states = || pairs().filter(|pair| pair.members.iter().all(is_country));
        let names = match states().next() {
            Some(pair) => self.whole_name(pair).filter(|_| states().count() == 1)?,
            None => self
                .whole_name(pairs().next()?)
                .filter(|_| pairs().count() == 1)?,
        };
        let mut here = self.setting?.countries_of(self.sentence);
        here.all(|country| names.contains(country)).then_some(names)
    }

    /// The head of the phrase that "its" in a phrase means, where nothing told names the owner: who
    /// sees the fact alone knows it only where the fact is about that owner.
    pub(super) fn open_owner(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<usize> {
        self.antecedents?;
        let pronoun = phrase.tokens.iter().copied().find(|&token| {
            tree.relation(token) == R::PossessiveModifier
                && tree.tag(token) == UniversalTag::Pronoun
                && !phrase::is_whose(tree, token)
                && !is_of_kind(tree, token)
                && self.owner(tree, token).is_none()
        })?;
        possession::owner_of_pronoun(tree, pronoun).map(|owner| owner.head)
    }

    /// "The process will be open": a statement about what only an empty noun names, of which the
    /// document does not tell more.
    pub(super) fn is_about_nothing(&self, tree: &Tree<'_>, head: usize, tokens: &[usize]) -> bool {
        static EMPTY: WordList = WordList::new(
            "process document figure claim task cause issue matter measure move \
            idea step situation problem point decision proposal",
        );
        let subject = tree
            .child(head, &[R::NominalSubject, R::PassiveNominalSubject])
            .filter(|subject| tokens.contains(subject));
        subject.is_some_and(|subject| {
            // "The figures showed": those are told of, if not here.
            let is_empty = EMPTY.contains(tree.lemma(subject)) && tree.lower(subject) != "figures";
            let is_bare = tree
                .children(subject)
                .iter()
                .all(|&child| tree.relation(child) == R::Determiner)
                && tree.has_child(subject, &[R::Determiner]);
            let is_told = || {
                phrase::alone(tree, subject).is_some_and(|phrase| {
                    matches!(self.pointed(tree, &phrase), Some(Pointed::To(_)))
                }) || self.is_whole_mention(subject)
                    || phrase::alone(tree, subject)
                        .is_some_and(|phrase| self.with_owner(tree, &phrase).is_some())
            };
            let is_said = tree.relation(head) != R::AdverbialClause;
            let says_little = is_empty && is_bare || self.says_little(tree, subject, tokens);
            is_said && says_little && !is_told()
        })
    }

    /// "The board had backed the plan": few words about what only a definite noun names, none of
    /// them a name or number.
    fn says_little(&self, tree: &Tree<'_>, subject: usize, tokens: &[usize]) -> bool {
        let is_definite = tree.children_by(subject, &[R::Determiner]).any(|word| {
            let lower = tree.lower(word);
            lower == "the" || lexicon::is_demonstrative(lower)
        });
        let is_plain = tree.tag(subject) == UniversalTag::Noun
            && tree.children(subject).iter().all(|&child| {
                matches!(
                    tree.relation(child),
                    R::Determiner | R::AdjectivalModifier | R::Compound
                )
            });
        let words = tokens
            .iter()
            .filter(|&&token| tree.tag(token) != UniversalTag::Punctuation)
            .count();
        let names = |&token: &usize| {
            self.value_at(token).is_some()
                || self.mentions.iter().any(|mention| {
                    mention.kind != MentionKind::Pronoun
                        && mention.head == token
                        && self.name_of(mention).is_some()
                })
        };
        let is_alone = self.document.sentences.len() == 1;
        self.antecedents.is_some()
            && !is_alone
            && is_definite
            && is_plain
            && words <= FEW_WORDS
            && !tokens.iter().any(names)
    }

    /// Whether a noun is known to mean something with a name.
    fn is_whole_mention(&self, noun: usize) -> bool {
        self.mentions.iter().any(|mention| {
            mention.head == noun
                && self
                    .document
                    .entities
                    .get(mention.entity)
                    .is_some_and(|entity| self.whole_name(entity).is_some())
        })
    }

    /// "a third of them": a pronoun within a phrase that refers to nothing known.
    fn is_lost(&self, tree: &Tree<'_>, phrase: &Phrase, token: usize) -> bool {
        let is_argument = matches!(
            tree.relation(token),
            R::NominalModifier | R::Oblique | R::Object
        );
        let is_pronoun = matches!(
            tree.lower(token),
            "it" | "them" | "these" | "those" | "this" | "that" | "him" | "us" | "me" | "you"
        );
        // "the people who need it most": the clause itself tells enough.
        let is_within_clause = matches!(tree.lower(token), "it" | "them" | "him")
            && tree.head(token).is_some_and(|verb| {
                tree.relation(verb) == R::RelativeClause && phrase.tokens.contains(&verb)
            });
        token != phrase.head
            && is_argument
            && is_pronoun
            && !is_within_clause
            && !tree.is_relative(token)
            && !tree.has_child(token, &[R::RelativeClause, R::AdnominalClause])
            && self.named_by_pronoun(token).is_none()
    }

    /// The name of what a pronoun means.
    pub(super) fn named_by_pronoun(&self, token: usize) -> Option<String> {
        let mention = self
            .mentions
            .iter()
            .find(|mention| mention.head == token && mention.kind == MentionKind::Pronoun)?;
        self.whole_name(self.document.entities.get(mention.entity)?)
    }

    /// What a description means rather than the thing with a name that the rules say.
    pub(super) fn rather(
        &self,
        tree: &Tree<'_>,
        phrase: &Phrase,
        mention: &Mention,
    ) -> Option<String> {
        let entity = self.document.entities.get(mention.entity)?;
        let is_thing = entity.is_named && entity.members.is_empty();
        self.antecedents
            .filter(|_| is_thing && mention.kind == MentionKind::Nominal)?
            .rather(tree, self.sentence, phrase, &entity.name)
    }

    /// The name of what a description means, by the words around it.
    pub(super) fn described_name(&self, tree: &Tree<'_>, mention: &Mention) -> Option<String> {
        let rather = phrase::alone(tree, mention.head)
            .and_then(|phrase| self.rather(tree, &phrase, mention));
        rather.or_else(|| self.whole_name(self.document.entities.get(mention.entity)?))
    }

    /// Whether the document names something so.
    pub(super) fn is_name(&self, name: &str) -> bool {
        let mut entities = self.document.entities.iter();
        entities.any(|entity| entity.is_named && entity.name == name)
    }

    /// A description as what it was told to be: a thing with a name, or a fuller phrase.
    pub(super) fn told_as(&self, text: String, fuller: String) -> Linked {
        let entity = self
            .document
            .entities
            .iter()
            .find(|entity| entity.is_named && entity.name == fuller);
        match entity {
            Some(entity) => {
                let argument = Argument::entity(&text, &entity.name, entity.kind);
                Linked::new(argument, ANTECEDENT, Reference::Description)
            }
            None => {
                let argument = Argument::phrase(text, fuller);
                Linked::new(argument, ANTECEDENT, Reference::Antecedent)
            }
        }
    }

    /// What the rules say that a definite noun means.
    pub(in super::super) fn by_rule(
        &self,
        tree: &Tree<'_>,
        antecedents: &Antecedents,
        phrase: &Phrase,
    ) -> Option<String> {
        let described = self
            .mentions
            .iter()
            .find(|mention| mention.head == phrase.head && mention.kind == MentionKind::Nominal)
            .and_then(|mention| self.name_of(mention));
        described.map(str::to_owned).or_else(|| {
            match antecedents.by_rule(tree, self.sentence, phrase)? {
                Pointed::To(name) => Some(name),
                Pointed::Nowhere { .. } => None,
            }
        })
    }

    /// The mentions of the sentence, each with what it means.
    pub(in super::super) fn mentioned(&self) -> impl Iterator<Item = (&Mention, &DocumentEntity)> {
        self.mentions.iter().filter_map(|mention| {
            let entity = self.document.entities.get(mention.entity)?;
            Some((mention, entity))
        })
    }

    /// The mention by name with this head.
    pub(in super::super) fn named_with_head(&self, head: usize) -> Option<&Mention> {
        self.name_at(head).filter(|mention| mention.head == head)
    }

    /// The name of what a mention means.
    pub(in super::super) fn name_of(&self, mention: &Mention) -> Option<&str> {
        let entity = self.document.entities.get(mention.entity)?;
        entity.is_named.then_some(entity.name.as_str())
    }

    /// Whether a name begins before a token and goes on to it.
    pub(in super::super) fn is_inside_longer_name(&self, token: usize) -> bool {
        self.mentions.iter().any(|mention| {
            mention.kind == MentionKind::Name
                && mention.head < token
                && mention.first < token
                && token <= mention.last
        })
    }

    /// Whether a phrase begins with "this" or "that" and is no time.
    pub(super) fn is_deictic(&self, tree: &Tree<'_>, phrase: &Phrase) -> bool {
        self.antecedents.is_some()
            && self.value_at(phrase.head).is_none()
            && (is_compared(tree, phrase)
                || phrase
                    .tokens
                    .iter()
                    .any(|&word| points(tree, word, phrase.head))
                    && !tree
                        .children(phrase.head)
                        .iter()
                        .any(|&child| child > phrase.head && says_which(tree, child)))
    }

    /// Whether some mention has the head of a phrase.
    fn is_known(&self, phrase: &Phrase) -> bool {
        self.mentions
            .iter()
            .any(|mention| mention.head == phrase.head)
    }

    /// "this district" where no district was told before.
    fn points_nowhere(&self, tree: &Tree<'_>, phrase: &Phrase) -> bool {
        tree.children_by(phrase.head, &[R::Determiner])
            .any(|word| lexicon::is_demonstrative(tree.lower(word)))
            && matches!(self.pointed(tree, phrase), Some(Pointed::Nowhere { .. }))
    }
}
