//! Offices and shares of firms told without the firm: "chief executive Ann Lee" in a report about
//! Orvel is chief executive of Orvel.

use crate::fact::{Argument, Content, EntityKind};
use crate::text::dependency::Relation as R;
use crate::text::document::{DocumentEntity, MentionKind};
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::word_list::WordList;

use super::super::lexicon;
use super::super::phrase::Phrase;
use super::super::setting::{Setting, is_body};
use super::super::tree::Tree;
use super::{Linked, Linker};

/// The nouns of offices that a firm or body has, and of what people are to it.
static OFFICES: WordList = WordList::new(
    "executive officer founder co-founder cofounder chairman chairwoman \
    chairperson chair ceo cfo coo cto director owner co-owner spokesman spokeswoman spokesperson \
    treasurer captain coach manager president vice-president",
);

/// The words that may stand beside them and tell no owner.
static BESIDE: WordList = WordList::new(
    "chief financial operating technology technical scientific commercial \
    marketing legal information investment managing deputy vice non-executive independent acting \
    interim former then current new longtime founding outgoing incoming and the a an , - medical \
    product people human resources revenue risk innovation sustainability growth creative \
    editorial security strategy compliance customer digital data design development engineering \
    communications administrative business commercial clinical regulatory accounting brand \
    assistant associate senior",
);

/// An office stands within so many words behind its owner.
const FARTHEST_OFFICE: usize = 4;

impl Linker<'_> {
    /// Adds the owner of an office that its phrase does not tell.
    pub(super) fn tell_office(&self, tree: &Tree<'_>, phrase: &Phrase, described: &mut Linked) {
        let Content::Phrase { name } = &described.argument.content else {
            return;
        };
        let told_before = self.office_told_before(tree, phrase);
        let told = match self.owner_of_office(tree, &phrase.tokens) {
            _ if told_before.is_some() => told_before,
            Some(owner) => Some(format!("{name} of {}", with_article(owner))),
            None => self
                .office_of_body(tree, &phrase.tokens)
                .or_else(|| self.kin_of(tree, phrase)),
        };
        if let Some(told) = told {
            described.argument = Argument::phrase(described.argument.text.clone(), told);
        }
    }

    /// The offices that a sentence tells of people with names: the noun, and the entity.
    pub(in super::super) fn offices(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Nominal)
            .filter(|mention| {
                self.document
                    .entities
                    .get(mention.entity)
                    .is_some_and(|entity| entity.is_named && entity.kind == EntityKind::Person)
            })
            .map(|mention| (mention.head, mention.entity))
    }

    /// "Deputy Speaker Ann Lee", where the document told of what she is deputy speaker.
    fn office_told_before(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<String> {
        let (head, holder) = self.offices().find(|(head, _)| *head == phrase.head)?;
        let told = self
            .antecedents?
            .office(tree, &phrase.tokens, (head, holder))?;
        Some(told.to_owned())
    }

    /// The owner of an office that its phrase does not tell: the firm named right before it, the
    /// one whose other office the sentence tells, or the one that the document is about.
    pub(super) fn owner_of_office(&self, tree: &Tree<'_>, tokens: &[usize]) -> Option<&str> {
        let first = tokens.first().copied()?;
        let holds = |list: &WordList, token: &usize| {
            let lemma = || tree.lemma(*token).to_lowercase();
            list.contains(tree.lower(*token)) || list.contains(&lemma())
        };
        let is_office = tokens.iter().any(|token| holds(&OFFICES, token));
        let is_bare = tokens
            .iter()
            .all(|token| holds(&OFFICES, token) || holds(&BESIDE, token));
        if !is_office || !is_bare || self.antecedents.is_none() {
            return None;
        }
        let is_of_team = tokens
            .iter()
            .any(|&token| matches!(tree.lower(token), "captain" | "coach" | "manager"));
        // The president may be the country's.
        let is_of_state = self.setting.is_none_or(Setting::has_country)
            && tokens.iter().any(|&token| tree.lower(token) == "president");
        let owner = self
            .body_before_office(first)
            .or_else(|| self.body_of_other_office(tree, first))
            .or_else(|| self.body_that_tells(tree, tokens))
            .or_else(|| self.body_of_delegation(tree, tokens))
            // A report of a match has two captains.
            .or_else(|| self.main_body().filter(|_| !is_of_team && !is_of_state));
        owner.map(|entity| entity.name.as_str())
    }

    /// "She left two daughters, Ada and Ida": daughters of hers.
    pub(super) fn kin_of(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<String> {
        let head = phrase.head;
        self.antecedents?;
        let is_bare = tree.children(head).iter().all(|&child| {
            matches!(
                tree.relation(child),
                R::NumericModifier
                    | R::Determiner
                    | R::AdjectivalModifier
                    | R::Punctuation
                    | R::Apposition
                    | R::Conjunct
                    | R::Coordination
                    | R::Case
                    | R::Flat
            )
        });
        if !lexicon::is_kin(tree.lemma(head)) || !is_bare {
            return None;
        }
        let mut current = head;
        while let Some(above) = tree.head(current) {
            current = above;
            let subject = tree
                .child(current, &[R::NominalSubject, R::PassiveNominalSubject])
                .filter(|&subject| tree.is_verb(current) && !tree.is_below(head, subject));
            let Some(subject) = subject else {
                continue;
            };
            let mut mentions = self.mentions.iter();
            let mention = mentions.find(|mention| mention.head == subject)?;
            let entity = self.document.entities.get(mention.entity)?;
            let is_person = entity.kind == EntityKind::Person && entity.is_named;
            let kin = tree.lemma(head).to_lowercase();
            return is_person.then(|| format!("{kin} of {}", entity.name));
        }
        None
    }

    /// "Commission chairwoman Ann Lee": chairwoman of the electoral commission, where the document
    /// told which commission that is.
    fn office_of_body(&self, tree: &Tree<'_>, tokens: &[usize]) -> Option<String> {
        let (&body, office) = tokens.split_first()?;
        let is_body = is_in_class(tree.lemma(body), NounClass::Organization)
            && tree.relation(body) == R::Compound
            && tree.name_kind(body).is_none();
        let is_office = |token: &usize| {
            let lower = tree.lower(*token);
            let mut words = OFFICES.words().chain(BESIDE.words());
            words.any(|word| word == lower)
        };
        if !is_body || office.is_empty() || !office.iter().all(is_office) {
            return None;
        }
        let lemma = tree.lemma(body).to_lowercase();
        let fuller = self.antecedents?.only_called(self.sentence, &lemma)?;
        Some(format!(
            "{} of the {fuller}",
            self.normal_form(tree, office)
        ))
    }

    /// The name that ends right before a word.
    fn body_before_office(&self, first: usize) -> Option<&DocumentEntity> {
        self.mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name && mention.last + 1 == first)
            .filter_map(|mention| self.document.entities.get(mention.entity))
            .find(|entity| is_body(entity))
    }

    /// "Orvel's chairwoman Ann Lee … chief executive Bo Ek": both are Orvel's.
    fn body_of_other_office(&self, tree: &Tree<'_>, before: usize) -> Option<&DocumentEntity> {
        let has_office = |mark: usize| {
            (mark + 1..=mark + FARTHEST_OFFICE)
                .any(|token| token < before && OFFICES.contains(tree.lower(token)))
        };
        let mut owners = self.mentions.iter().filter(|mention| {
            mention.kind == MentionKind::Name
                && tree.relation(mention.head) == R::PossessiveModifier
                && has_office(mention.last)
        });
        let entity = self.document.entities.get(owners.next()?.entity)?;
        let is_only = owners.next().is_none();
        (is_only && is_body(entity)).then_some(entity)
    }

    /// "Orvel said that director Ann Lee …", "it named Bo Ek chairman": the body that tells or
    /// appoints means its own.
    fn body_that_tells(&self, tree: &Tree<'_>, tokens: &[usize]) -> Option<&DocumentEntity> {
        let mut current = tokens.last().copied()?;
        let mut is_told = false;
        while let Some(above) = tree.head(current) {
            is_told |= tree.relation(current) == R::ClausalComplement;
            current = above;
            if !tree.is_verb(current) {
                continue;
            }
            let subject = tree
                .child(current, &[R::NominalSubject, R::PassiveNominalSubject])
                .filter(|&subject| tokens.iter().all(|&token| !tree.is_below(token, subject)));
            let Some(subject) = subject else {
                continue;
            };
            let mention = self
                .mentions
                .iter()
                .find(|mention| mention.head == subject)?;
            let entity = self.document.entities.get(mention.entity)?;
            let is_its_own = is_told
                || mention.kind == MentionKind::Pronoun
                || lexicon::is_appointing(tree.lemma(current));
            return Some(entity).filter(|entity| is_its_own && is_body(entity));
        }
        None
    }

    /// "A delegation of the Harbour Board led by Deputy Chairwoman Ann Lee": hers is the board.
    fn body_of_delegation(&self, tree: &Tree<'_>, tokens: &[usize]) -> Option<&DocumentEntity> {
        let mut current = tokens.last().copied()?;
        while !tree.is_verb(current) {
            current = tree.head(current)?;
        }
        if !matches!(tree.lemma(current), "lead" | "head") {
            return None;
        }
        // Also where the tree takes "led" for the main verb.
        let noun = (0..current)
            .rev()
            .find(|&noun| matches!(tree.lemma(noun), "delegation" | "team" | "mission"))?;
        let has_verb_between = (noun + 1..current).any(|token| tree.is_verb(token));
        if has_verb_between {
            return None;
        }
        let mut owners = tree
            .children_by(
                noun,
                &[R::NominalModifier, R::PossessiveModifier, R::Compound],
            )
            .filter(|&owner| tokens.iter().all(|&token| !tree.is_below(token, owner)))
            .filter_map(|owner| self.name_at(owner))
            .filter_map(|mention| self.document.entities.get(mention.entity));
        owners.find(|entity| is_body(entity))
    }

    /// The firm or body that the document is about.
    pub(super) fn main_body(&self) -> Option<&DocumentEntity> {
        self.document.entities.get(self.setting?.body()?)
    }
}

/// "The Peruvian Senate", but "Orvel Foods": a body called by its noun has an article.
pub(super) fn with_article(owner: &str) -> String {
    static NOUNS: WordList = WordList::new(
        "senate assembly parliament council committee sub-committee commission \
        ministry union association federation court board chamber congress agency authority",
    );
    let end = [" of ", " on ", " for ", " in "]
        .iter()
        .filter_map(|link| owner.find(link))
        .min();
    let stem = owner.get(..end.unwrap_or(owner.len()));
    let noun = stem.and_then(|stem| stem.split(' ').next_back());
    let is_noun = noun.is_some_and(|noun| NOUNS.contains(&noun.to_lowercase()));
    match is_noun {
        true => format!("the {owner}"),
        false => owner.to_owned(),
    }
}
