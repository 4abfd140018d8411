//! The normal form of a phrase: the words by which it is known.

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::document::{Mention, MentionKind, NameTag};
use crate::text::lexicon::{is_nationality, is_of_accused, is_style_of_address};
use crate::text::numeral::ordinal;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::antecedent::{Pointed, is_of_kind};
use super::super::lexicon;
use super::super::modality;
use super::super::phrase;
use super::super::possession;
use super::super::surface;
use super::super::tree::Tree;
use super::Linker;
use super::fuller::may_own;
use super::writer::with_article;

impl Linker<'_> {
    /// The normal form of a phrase: without article and quotation marks, in lower case but for
    /// names, with the owner's name for "her" and "its" where that is known.
    pub(in crate::extraction) fn normal_form(&self, tree: &Tree<'_>, tokens: &[usize]) -> String {
        let is_left_out = |token: usize| match tree.lower(token) {
            "the" | "a" | "an" => true,
            "no" => tree
                .head(token)
                .is_none_or(|noun| !tree.is_nominal(noun) || modality::denies_clause(tree, noun)),
            // "Is no longer a promise": it is denied that it is one.
            "longer" => token
                .checked_sub(1)
                .is_some_and(|no| tree.lower(no) == "no" && tree.head(no) == Some(token)),
            _ => false,
        };
        let leading = tokens
            .iter()
            .take_while(|&&token| is_left_out(token))
            .count();
        // "cut by a fifth": without its article it would be a place in a row.
        let is_share = matches!(tokens, [article, share, ..]
            if tree.lower(*article) == "a"
                && tree.head(*article) == Some(*share)
                && (ordinal(tree.lower(*share)).is_some()
                    || matches!(tree.lower(*share), "quarter" | "half")));
        let leading = if is_share { 0 } else { leading };
        let words = tokens
            .get(leading..)
            .filter(|rest| !rest.is_empty())
            .unwrap_or(tokens);
        let named = self.named_within(tree, words);
        let mut text = String::new();
        for (position, &token) in words.iter().enumerate() {
            let inside = named
                .iter()
                .find(|(first, last, _)| (*first..=*last).contains(&token));
            if let Some((first, _, name)) = inside {
                if *first == token {
                    if position > 0 {
                        text.push(' ');
                    }
                    text.push_str(name);
                }
                continue;
            }
            if position > 0 && phrase::is_possessive_mark(tree, words, token) {
                text.push_str("'s");
                continue;
            }
            let is_next = position > 0 && words.get(position - 1).is_some_and(|&p| p + 1 == token);
            if position > 0 && !(is_next && tree.is_glued(token)) {
                text.push(' ');
            }
            if let Some(owner) = self.owner(tree, token) {
                text.push_str(&owner);
                text.push_str("'s");
            } else if let Some(name) = self
                .named_by_pronoun(token)
                .filter(|_| words.len() > 1 && !is_of_kind(tree, token))
            {
                text.push_str(&name);
            } else if is_name_word(tree, token) {
                text.push_str(&surface::words(self.document, tree, &[token]));
            } else {
                text.push_str(tree.lower(token));
            }
        }
        text
    }

    /// Whether an entity does what a pronoun is told with: "the jury praised its humour" tells of
    /// another thing's humour as likely.
    fn is_own_subject(&self, tree: &Tree<'_>, pronoun: usize, entity: usize) -> bool {
        let mut current = pronoun;
        while let Some(above) = tree.head(current) {
            current = above;
            if !tree.is_verb(current) {
                continue;
            }
            let subject = tree.child(current, &[R::NominalSubject, R::PassiveNominalSubject]);
            return subject.is_some_and(|subject| {
                self.mentions
                    .iter()
                    .any(|mention| mention.head == subject && mention.entity == entity)
            });
        }
        false
    }

    /// The descriptions within a phrase of things that have a name, or were told more fully: "the
    /// army of the country". Each with its tokens and the name.
    fn named_within(&self, tree: &Tree<'_>, words: &[usize]) -> Vec<(usize, usize, String)> {
        let mut found: Vec<(usize, usize, String)> = Vec::new();
        let owner = owner_before_whose(tree, words);
        for &token in words {
            let is_below = tree.head(token).is_some_and(|head| words.contains(&head));
            let is_in_clause = is_below
                && matches!(
                    tree.relation(token),
                    R::Object
                        | R::IndirectObject
                        | R::Oblique
                        | R::NominalSubject
                        | R::PassiveNominalSubject
                );
            let is_inner = is_in_clause
                || Some(token) == owner
                || is_below
                    && matches!(
                        tree.relation(token),
                        R::NominalModifier | R::PossessiveModifier
                    );
            if !is_inner || tree.tag(token) != UniversalTag::Noun {
                continue;
            }
            let Some(phrase) = phrase::alone(tree, token) else {
                continue;
            };
            let marks: Vec<usize> = phrase
                .tokens
                .iter()
                .copied()
                .filter(|&word| word <= token && words.contains(&word))
                .filter(|&word| tree.relation(word) != R::Case)
                .collect();
            let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
                continue;
            };
            // "the novelist Ann Lee": the name stands there already.
            let is_beside = tree.is_inside_name(last + 1)
                || tree.name_kind(last + 1).is_some()
                || tree.has_child(token, &[R::Apposition, R::Flat]);
            let is_whole = marks.len() == last + 1 - first
                && last == token
                && tree.children_by(token, &[R::Determiner]).any(|word| {
                    matches!(
                        tree.lower(word),
                        "the" | "this" | "that" | "both" | "these" | "those"
                    )
                })
                && !is_beside
                && !is_manner(tree, token);
            let name = self
                .name_of_description(tree, token, &phrase)
                .or_else(|| self.office_with_owner(tree, first, last));
            // "The ferry carrying 61 passengers's recorder": so long an owner is none.
            let is_owner = tree.relation(token) == R::PossessiveModifier;
            let name = name.filter(|name| is_whole && (!is_owner || may_own(name)));
            // "A motion asking the county to lobby": words of a clause keep their article.
            let name = name.map(|name| match is_in_clause && !self.is_name(&name) {
                true => with_article(tree, first, &name),
                false => name,
            });
            found.extend(name.map(|name| (first, last, name)));
        }
        self.add_full_names(tree, words, &mut found);
        found
    }

    /// "The lawyer of Lee": the things that a phrase names by a part of their names.
    fn add_full_names(
        &self,
        tree: &Tree<'_>,
        words: &[usize],
        found: &mut Vec<(usize, usize, String)>,
    ) {
        for mention in self.mentions {
            let is_inner = mention.kind == MentionKind::Name
                && (mention.first..=mention.last).all(|word| words.contains(&word))
                && tree
                    .head(mention.head)
                    .is_some_and(|head| words.contains(&head));
            let is_known = || {
                let meets = |(first, last, _): &(usize, usize, String)| {
                    *first <= mention.last && mention.first <= *last
                };
                found.iter().any(meets)
            };
            if !is_inner || is_known() {
                continue;
            }
            let name = self.fuller_name(tree, mention);
            found.extend(name.map(|name| (mention.first, mention.last, name)));
        }
    }

    /// "A granddaughter of the founder": of the founder of the firm that is told of.
    fn office_with_owner(&self, tree: &Tree<'_>, first: usize, last: usize) -> Option<String> {
        let words: Vec<usize> = (first..=last).collect();
        let owner = self.owner_of_office(tree, &words)?;
        let office = self.normal_form(tree, &words);
        Some(format!("the {office} of {owner}"))
    }

    /// The name of what a definite description means, or the fuller phrase it was told by.
    fn name_of_description(
        &self,
        tree: &Tree<'_>,
        token: usize,
        phrase: &phrase::Phrase,
    ) -> Option<String> {
        let by_name = self
            .mentions
            .iter()
            .find(|mention| mention.head == token && mention.kind == MentionKind::Nominal)
            .and_then(|mention| self.described_name(tree, mention));
        // "Ann Lee, the cook whose books sold well": hers.
        let apposed = || {
            let named = tree
                .head(token)
                .filter(|_| tree.relation(token) == R::Apposition)?;
            let mention = self.name_at(named)?;
            self.name_of(mention).map(str::to_owned)
        };
        by_name
            .or_else(apposed)
            .or_else(|| match self.pointed(tree, phrase) {
                Some(Pointed::To(name)) => Some(name),
                // "31 percent of the shares": of the firm that the document is about.
                Some(Pointed::Nowhere { .. }) | None => {
                    let told = self.with_owner(tree, phrase)?;
                    let is_owned = told.starts_with(char::is_uppercase);
                    Some(if is_owned {
                        told
                    } else {
                        format!("the {told}")
                    })
                }
            })
    }

    /// The name of the owner that "her" or "its" means.
    pub(in crate::extraction) fn owner(&self, tree: &Tree<'_>, token: usize) -> Option<String> {
        if tree.relation(token) != R::PossessiveModifier || tree.tag(token) != UniversalTag::Pronoun
        {
            return None;
        }
        let styles = tree
            .head(token)
            .is_some_and(|noun| is_style_of_address(tree.lower(noun)));
        if styles || is_of_kind(tree, token) {
            return None;
        }
        if matches!(tree.lower(token), "our") {
            return self.speakers(tree, token).map(|body| body.name.clone());
        }
        if matches!(tree.lower(token), "my") {
            let speaker = self.quotation(tree, token)?.speaker?;
            let entity = self.document.entities.get(speaker)?;
            return entity.is_named.then(|| entity.name.clone());
        }
        let mention = self
            .mentions
            .iter()
            .find(|mention| mention.head == token && mention.kind == MentionKind::Pronoun);
        if let Some(mention) = mention {
            return self.owner_name(tree, token, mention);
        }
        self.owner_in_clause(tree, token)
    }

    /// The name, or the description, of whom an owner's pronoun means.
    fn owner_name(&self, tree: &Tree<'_>, token: usize, mention: &Mention) -> Option<String> {
        let entity = self.document.entities.get(mention.entity)?;
        if entity.is_named || !entity.members.is_empty() {
            return self.whole_name(entity);
        }
        // "Ann Lee's father … his friend": whose friend is not told by "father".
        let is_thing = entity.kind != EntityKind::Person && !entity.name.ends_with('s');
        let is_plain = is_thing && !self.is_own_subject(tree, token, mention.entity);
        // "The delegation's members": of the delegation as the document told it.
        let fuller = self
            .antecedents
            .filter(|_| !entity.name.contains(' '))
            .and_then(|told| told.only_called(self.sentence, &entity.name));
        let name = fuller.unwrap_or_else(|| entity.name.clone());
        Some(name).filter(|name| is_plain && !name.is_empty())
    }

    /// The subject of the clause that "its" stands in, where that has a name and is such a thing.
    fn owner_in_clause(&self, tree: &Tree<'_>, token: usize) -> Option<String> {
        // "The judge extended his bail": whose, the clause does not tell.
        let is_of_accused = tree
            .head(token)
            .is_some_and(|noun| is_of_accused(&tree.lemma(noun).to_lowercase()));
        let owner = possession::owner_of_pronoun(tree, token).filter(|_| !is_of_accused)?;
        let mention = self
            .mentions
            .iter()
            .find(|mention| mention.head == owner.head)?;
        let entity = self.document.entities.get(mention.entity)?;
        let is_person = entity.kind == EntityKind::Person;
        let fits = match tree.lower(token) {
            "his" | "her" => is_person,
            "its" => !is_person,
            _ => false,
        };
        (fits && entity.is_named && entity.members.is_empty()).then(|| entity.name.clone())
    }
}

/// "The bank, whose target": the noun that "whose" stands for, which is written before it.
fn owner_before_whose(tree: &Tree<'_>, words: &[usize]) -> Option<usize> {
    let place = words
        .iter()
        .position(|&token| phrase::is_possessive_mark(tree, words, token))?;
    let before = words.get(..place)?;
    before
        .iter()
        .copied()
        .find(|&token| tree.head(token).is_none_or(|head| !before.contains(&head)))
}

/// "Interest on both sides": how, not whose.
fn is_manner(tree: &Tree<'_>, noun: usize) -> bool {
    tree.lemma(noun) == "side"
        && tree
            .children_by(noun, &[R::Case])
            .any(|case| tree.lower(case) == "on")
}

fn is_name_word(tree: &Tree<'_>, index: usize) -> bool {
    let Some(token) = tree.token(index) else {
        return false;
    };
    token.name != NameTag::Outside
        || matches!(
            token.fine_tag,
            FineTag::ProperNoun | FineTag::PluralProperNoun
        )
        || token.form == "I"
        || lexicon::is_calendar_name(&token.form)
        || is_nationality(&token.form)
        || begins_title(tree, index)
        || token.form.chars().skip(1).any(char::is_uppercase)
        || !starts_sentence(tree, index) && token.form.starts_with(char::is_uppercase)
}

/// "Foreign Minister": a capital at the start of a sentence belongs to the title where the next
/// word has one too.
fn begins_title(tree: &Tree<'_>, index: usize) -> bool {
    let is_capital = |place: usize| {
        tree.token(place).is_some_and(|token| {
            token.form.starts_with(char::is_uppercase)
                && matches!(
                    token.universal_tag,
                    UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
                )
        })
    };
    is_capital(index) && is_capital(index + 1) && tree.name_kind(index + 1).is_none()
}

/// Whether a capital letter may be there only because a sentence begins.
fn starts_sentence(tree: &Tree<'_>, index: usize) -> bool {
    (0..index).all(|before| tree.tag(before) == UniversalTag::Punctuation)
        || index > 0 && matches!(tree.lower(index - 1), ":" | "\"" | "“" | "``" | ";")
}
