//! What stands for a description or a short name where it is read alone: the name of what "the
//! company" means, the phrase by which "the contract" was told, "Ann Lee" for "Lee".

use crate::fact::{EntityKind, is_legal_form};
use crate::text::dependency::Relation as R;
use crate::text::document::{DocumentEntity, Mention, MentionKind};
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::antecedent::Pointed;
use super::super::lexicon;
use super::super::phrase;
use super::super::surface;
use super::super::tree::Tree;
use super::Linker;
use super::writer::{Meant, with_article};

/// A description that is replaced by the name it means is no longer than this many tokens.
const LONGEST_DESCRIPTION: usize = 4;

/// What is told with more words than this stands before nothing as its owner.
const LONGEST_OWNER: usize = 3;

impl Linker<'_> {
    /// What is told more fully elsewhere and begins at a token of a statement.
    pub(super) fn fuller_at(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<Meant> {
        self.described_by(tree, token, tokens, speaker)
            .or_else(|| self.told_before(tree, token, tokens))
            .or_else(|| self.owned_span(tree, token, tokens, speaker))
            .or_else(|| self.named_at(tree, token, tokens, speaker))
            .or_else(|| self.counted_at(tree, token, tokens))
            .or_else(|| self.own_body(tree, token, tokens, speaker))
    }

    /// "Its chairwoman said the union would …": the body that the speaker speaks for, where the
    /// noun is that of its name.
    fn own_body(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<Meant> {
        let head = tree.head(token).filter(|&head| {
            tree.relation(token) == R::Determiner
                && tree.lower(token) == "the"
                && head == token + 1
                && tree.tag(head) == UniversalTag::Noun
                && tree.fine(head) == FineTag::Noun
                && tokens.contains(&head)
                && !self.is_joined(tree, head)
                && is_whole(tree, head, tokens)
        })?;
        let body = self.body_of(speaker?)?;
        let noun = tree.lower(head);
        let first = body.name.split(" of ").next()?.to_lowercase();
        let own = first.rsplit(' ').next()?;
        let is_firm = matches!(noun, "company" | "firm")
            && body.kind == EntityKind::Organization
            && !is_in_class(own, NounClass::Organization);
        let is_new = !tokens
            .iter()
            .take_while(|&&word| word < token)
            .any(|&word| self.name_at(word).is_some());
        (is_new && (is_firm || own == noun)).then(|| Meant::Span(head, body.name.clone()))
    }

    /// "The other two", "six": so many of what was counted before, and where they end; nothing
    /// where nothing was.
    fn counted_at(&self, tree: &Tree<'_>, token: usize, tokens: &[usize]) -> Option<Meant> {
        let head = match tree.relation(token) {
            R::Determiner | R::AdjectivalModifier => tree.head(token)?,
            _ => token,
        };
        // "They asked for a vote, and one was promised": no number.
        let is_number = tree.tag(head) == UniversalTag::Numeral
            && tree.lower(head) != "one"
            && tree.lower(head).chars().all(char::is_alphabetic);
        let phrase = phrase::alone(tree, head).filter(|_| is_number)?;
        // "One in five of the pupils": no number of things counted before.
        let is_ratio = matches!(tree.lower(head + 1), "in" | "of" | "out" | "to" | "-");
        let is_whole = !is_ratio
            && phrase.tokens.first() == Some(&token)
            && phrase.tokens.last() == Some(&head);
        let is_all = is_whole && phrase.tokens.iter().all(|word| tokens.contains(word));
        let text = surface::words(self.document, tree, &phrase.tokens);
        let counted = self.counted(tree, &phrase, &text).filter(|_| is_all)?;
        if counted.is_unresolved() {
            return Some(Meant::Nothing);
        }
        let name = counted.argument.name()?;
        let name = match tree.lower(token) {
            "the" => format!("the {name}"),
            _ => name.to_owned(),
        };
        Some(Meant::Span(head, name))
    }

    /// "The company": the name of what a short description means, and where it ends.
    fn described_by(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<Meant> {
        let is_short = |length: usize| 0 < length && length < LONGEST_DESCRIPTION;
        let mention = self
            .new_mentions(MentionKind::Nominal, token, tokens, speaker)
            .find(|mention| is_short(mention.last - token))?;
        let is_definite = matches!(
            tree.lower(token),
            "the" | "this" | "that" | "both" | "these" | "those" | "two" | "all"
        );
        // "The company's ships": the ending goes with the name.
        let owns = tree.fine(mention.last + 1) == FineTag::Possessive
            && tokens.contains(&(mention.last + 1));
        let is_whole = tokens.contains(&mention.last)
            && !self.is_joined(tree, mention.last)
            && is_whole(tree, mention.head, tokens);
        let name = self.described_name(tree, mention)?;
        let is_name = name.starts_with(|letter: char| !letter.is_lowercase());
        let meant = match owns {
            true => Meant::Span(mention.last + 1, format!("{name}'s")),
            false => Meant::Span(mention.last, name),
        };
        (is_definite && is_whole && is_name).then_some(meant)
    }

    /// "The contract": the fuller phrase by which the document told it, and where it ends.
    fn told_before(&self, tree: &Tree<'_>, token: usize, tokens: &[usize]) -> Option<Meant> {
        let lower = tree.lower(token);
        let head = tree.head(token).filter(|_| {
            tree.relation(token) == R::Determiner
                && (lower == "the" || lexicon::is_demonstrative(lower))
        })?;
        let phrase = phrase::alone(tree, head)?;
        let is_all = token < head
            && (token..=head).all(|word| tokens.contains(&word))
            && is_whole(tree, head, tokens)
            && !tree.has_child(head, &[R::Apposition, R::Flat])
            && !tree.is_inside_name(head + 1);
        let owns = tree.fine(head + 1) == FineTag::Possessive;
        match self.pointed(tree, &phrase).filter(|_| is_all)? {
            Pointed::To(fuller) if self.is_name(&fuller) => Some(Meant::Span(head, fuller)),
            Pointed::To(fuller) if owns && !may_own(&fuller) => None,
            Pointed::To(fuller) => Some(Meant::Span(head, with_article(tree, token, &fuller))),
            Pointed::Nowhere { .. } => None,
        }
    }

    /// "Turnout": the noun with the owner that it does not tell, and where it ends.
    fn owned_span(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<Meant> {
        let (last, told) = self.owned_here(tree, token, tokens, speaker)?;
        if is_light(tree, last) {
            return None;
        }
        let told = match tree.lower(token) {
            "the" => with_article(tree, token, &told),
            _ => told,
        };
        Some(Meant::Span(last, told))
    }

    /// "Lee": the full name, where the statement tells it by a part, and where it ends.
    fn named_at(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<Meant> {
        let mention = self
            .new_mentions(MentionKind::Name, token, tokens, speaker)
            .find(|mention| (token..=mention.last).all(|word| tokens.contains(&word)))?;
        let name = self.fuller_name(tree, mention)?;
        Some(Meant::Span(mention.last, name))
    }

    /// The mentions of a kind that begin at a token of a statement and mean neither its speaker nor
    /// what it told before.
    fn new_mentions<'m>(
        &'m self,
        kind: MentionKind,
        token: usize,
        tokens: &'m [usize],
        speaker: Option<usize>,
    ) -> impl Iterator<Item = &'m Mention> {
        self.mentions.iter().filter(move |mention| {
            mention.kind == kind
                && mention.first == token
                && Some(mention.entity) != speaker
                && !self.is_told_before(mention, token, tokens)
        })
    }

    /// The full name of what a mention names by a part of it: "Ann Lee" for "Lee", "Orvel Steel"
    /// for "Orvel".
    pub(super) fn fuller_name(&self, tree: &Tree<'_>, mention: &Mention) -> Option<String> {
        let entity = self.document.entities.get(mention.entity)?;
        let may_have = entity.is_named
            && entity.members.is_empty()
            && matches!(
                entity.kind,
                EntityKind::Person | EntityKind::Organization | EntityKind::Event
            );
        let full: Vec<String> = words_of(&entity.name).collect();
        let short: Vec<String> = (mention.first..=mention.last)
            .flat_map(|word| words_of(tree.lower(word)))
            .collect();
        // "Among nations" names no union of nations: a body keeps the first word of its name.
        let is_begun = entity.kind == EntityKind::Person || full.first() == short.first();
        // "Sammy" for "Sam Lee".
        let is_pet_name = entity.kind == EntityKind::Person && short.len() == 1;
        let is_part = may_have
            && is_begun
            && !short.is_empty()
            && (is_pet_name || short.iter().all(|word| full.contains(word)));
        let mut more = full.iter().filter(|word| !short.contains(word));
        let is_fuller = more.any(|word| !is_legal_form(word));
        // "The Lees", "the Lee family": more people than one.
        let is_kin = entity.kind == EntityKind::Person
            && (tree.relation(mention.head) == R::Compound
                || tree.fine(mention.last) == FineTag::PluralProperNoun);
        let is_free = !self.is_joined(tree, mention.last)
            && (!tree.is_glued(mention.first) || is_sign(tree, mention.first.checked_sub(1)?))
            && !self.is_inside_longer_name(mention.first)
            && !tree.is_inside_name(mention.last + 1)
            && !tree.has_child(mention.head, &[R::Flat]);
        (is_part && is_fuller && !is_kin && is_free && self.may_be_filled_up(tree, mention))
            .then(|| entity.name.clone())
    }

    /// Whether the words of a mention are a name of their own, neither an acronym, which begins the
    /// names of other things, nor the owner in a longer name: "Lane's Bakery and Café".
    fn may_be_filled_up(&self, tree: &Tree<'_>, mention: &Mention) -> bool {
        let form = tree
            .token(mention.first)
            .map_or("", |token| token.form.as_str());
        let next = mention.last + 1;
        let goes_on = tree.fine(next) == FineTag::Possessive
            && (tree.is_capital(next + 1) || !tree.lower(next).ends_with('s'));
        // "The Council delegation": no long name stands before a noun.
        let is_too_long = tree.relation(mention.head) == R::Compound
            && self
                .document
                .entities
                .get(mention.entity)
                .is_some_and(|entity| entity.name.contains(" of ") || entity.name.contains(". "));
        // "Harwick Bay Museum", where "Harwick" was taken for the name.
        let is_longer = tree.is_capital(next) && tree.tag(next) == UniversalTag::ProperNoun;
        form.chars().any(char::is_lowercase) && !goes_on && !is_longer && !is_too_long
    }

    /// "Company-owned", "Lee-led": whether a word is written together with the next one.
    fn is_joined(&self, tree: &Tree<'_>, last: usize) -> bool {
        let next = last + 1;
        tree.is_glued(next)
            && tree.fine(next) != FineTag::Possessive
            && (!is_sign(tree, next) || matches!(tree.lower(next), "-" | "–" | "/"))
    }

    /// The name of an entity, or the names of the two that it is made of.
    pub(super) fn whole_name(&self, entity: &DocumentEntity) -> Option<String> {
        if entity.members.is_empty() {
            return entity.is_named.then(|| entity.name.clone());
        }
        let members: Vec<&str> = entity
            .members
            .iter()
            .filter_map(|&member| self.document.entities.get(member))
            .filter(|member| member.is_named)
            .map(|member| member.name.as_str())
            .collect();
        let (last, others) = members.split_last()?;
        let is_small = (2..=super::MOST_MEMBERS).contains(&entity.members.len());
        (is_small && members.len() == entity.members.len())
            .then(|| format!("{} and {last}", others.join(", ")))
    }

    /// Whether a statement tells before a token what a mention there means.
    pub(super) fn is_told_before(&self, mention: &Mention, token: usize, tokens: &[usize]) -> bool {
        self.mentions.iter().any(|other| {
            other.entity == mention.entity
                && other.kind != MentionKind::Pronoun
                && other.head < token
                && tokens.contains(&other.head)
        })
    }
}

/// "94 wooden crates of the shop's": so long an owner is none.
pub(super) fn may_own(told: &str) -> bool {
    told.starts_with(char::is_uppercase) || told.split(' ').count() <= LONGEST_OWNER
}

/// Whether nothing that a statement tells behind a noun says which one is meant: "the company,
/// which makes ovens, and its owner".
fn is_whole(tree: &Tree<'_>, head: usize, tokens: &[usize]) -> bool {
    tree.children(head).iter().all(|&child| {
        child < head
            || !tokens.contains(&child)
            || tree.fine(child) == FineTag::Possessive
            || matches!(
                tree.relation(child),
                R::Punctuation | R::Conjunct | R::Coordination
            )
            || tree.relation(child) == R::RelativeClause && is_behind_comma(tree, child)
    })
}

/// "Take part", "have access": a bare noun that is one with its verb is nobody's.
pub(super) fn is_light(tree: &Tree<'_>, noun: usize) -> bool {
    tree.relation(noun) == R::Object
        && tree.fine(noun) == FineTag::Noun
        && tree.children(noun).iter().all(|&child| child > noun)
        && tree.head(noun).is_some_and(|verb| {
            verb + 1 == noun
                && matches!(
                    tree.lemma(verb),
                    "take" | "give" | "make" | "have" | "play" | "pay" | "hold" | "gain" | "lose"
                )
        })
}

/// Whether a clause stands behind a comma.
fn is_behind_comma(tree: &Tree<'_>, clause: usize) -> bool {
    let first = tree.subtree(clause, |_| false).into_iter().min();
    first.is_some_and(|first| tree.lower(first) == "," || first > 0 && tree.lower(first - 1) == ",")
}

fn is_sign(tree: &Tree<'_>, token: usize) -> bool {
    tree.tag(token) == UniversalTag::Punctuation
}

/// The words of a name in small letters, without the stops of abbreviations.
fn words_of(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split([' ', '-'])
        .map(|word| word.to_lowercase())
        .filter(|word| !word.is_empty())
}
