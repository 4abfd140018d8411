//! A sentence as a tree one can walk: children in order, safe against cycles and wrong indices.

mod source;

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{NameTag, Sentence, Token};
use crate::text::tag::{FineTag, UniversalTag};

use super::mending;

/// A sentence with its children listed for every token.
pub(super) struct Tree<'a> {
    tokens: &'a [Token],
    lower: Vec<String>,
    fine: Vec<FineTag>,
    heads: Vec<Option<usize>>,
    relations: Vec<Relation>,
    children: Vec<usize>,
    /// Where the children of a token begin; one more entry than there are tokens.
    offsets: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// Lists the children. Tokens that no root reaches (a cycle) stand alone.
    pub(super) fn new(sentence: &'a Sentence) -> Self {
        let tokens = sentence.tokens.as_slice();
        let claimed: Vec<Option<usize>> = tokens.iter().map(|token| token.head).collect();
        let mut heads = acyclic_heads(&claimed);
        let mut relations: Vec<Relation> = tokens.iter().map(|token| token.relation).collect();
        let mut fine: Vec<FineTag> = tokens.iter().map(|token| token.fine_tag).collect();
        source::join_names(tokens, &mut heads, &mut relations);
        source::join_ages(tokens, &mut heads, &mut relations);
        source::find_speakers(tokens, &mut heads, &mut relations);
        source::join_sources(tokens, &mut heads, &mut relations);
        mending::mend(tokens, &mut fine, &mut heads, &mut relations);
        let heads = acyclic_heads(&heads);
        let mut counts = vec![0_usize; tokens.len() + 1];
        for head in heads.iter().flatten() {
            if let Some(count) = counts.get_mut(*head) {
                *count += 1;
            }
        }
        let mut offsets = Vec::with_capacity(tokens.len() + 1);
        let mut total = 0;
        for count in &counts {
            offsets.push(total);
            total += count;
        }
        let mut next = offsets.clone();
        let mut children = vec![0; total];
        for (child, head) in heads.iter().enumerate() {
            let place = head.and_then(|head| next.get_mut(head));
            if let Some(place) = place {
                if let Some(slot) = children.get_mut(*place) {
                    *slot = child;
                }
                *place += 1;
            }
        }
        let lower = tokens
            .iter()
            .map(|token| token.form.to_lowercase())
            .collect();
        Self {
            tokens,
            lower,
            fine,
            heads,
            relations,
            children,
            offsets,
        }
    }

    /// How many tokens the sentence has.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn token(&self, index: usize) -> Option<&'a Token> {
        self.tokens.get(index)
    }

    pub(super) fn head(&self, index: usize) -> Option<usize> {
        self.heads.get(index).copied().flatten()
    }

    pub(super) fn relation(&self, index: usize) -> Relation {
        self.relations
            .get(index)
            .copied()
            .unwrap_or(Relation::Unspecified)
    }

    pub(super) fn tag(&self, index: usize) -> UniversalTag {
        let tag = self
            .token(index)
            .map_or(UniversalTag::Other, |token| token.universal_tag);
        // A noun that mending made a verb, and a verb that it made a noun.
        match self.fine(index) {
            FineTag::PresentVerbThird if tag == UniversalTag::Noun => UniversalTag::Verb,
            FineTag::PastVerb if tag == UniversalTag::Adjective => UniversalTag::Verb,
            FineTag::PluralNoun if tag == UniversalTag::Verb => UniversalTag::Noun,
            _ => tag,
        }
    }

    pub(super) fn fine(&self, index: usize) -> FineTag {
        self.fine.get(index).copied().unwrap_or(FineTag::Symbol)
    }

    /// The form in lower case.
    pub(super) fn lower(&self, index: usize) -> &str {
        self.lower.get(index).map_or("", String::as_str)
    }

    pub(super) fn lemma(&self, index: usize) -> &'a str {
        self.token(index).map_or("", |token| token.lemma.as_str())
    }

    pub(super) fn margin(&self, index: usize) -> f32 {
        self.token(index).map_or(0.0, |token| token.margin)
    }

    /// The tokens that hang directly on a token, in order.
    pub(super) fn children(&self, index: usize) -> &[usize] {
        match (self.offsets.get(index), self.offsets.get(index + 1)) {
            (Some(&from), Some(&to)) => self.children.get(from..to).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The children with one of these relations, in order.
    pub(super) fn children_by<'t>(
        &'t self,
        index: usize,
        relations: &'t [Relation],
    ) -> impl Iterator<Item = usize> + 't {
        self.children(index)
            .iter()
            .copied()
            .filter(move |&child| relations.contains(&self.relation(child)))
    }

    /// The first child with one of these relations.
    pub(super) fn child(&self, index: usize, relations: &[Relation]) -> Option<usize> {
        self.children_by(index, relations).next()
    }

    pub(super) fn has_child(&self, index: usize, relations: &[Relation]) -> bool {
        self.child(index, relations).is_some()
    }

    /// The tokens below and including a token, in order, without the parts that `is_cut` names.
    pub(super) fn subtree(&self, top: usize, is_cut: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![top];
        while let Some(index) = open.pop() {
            found.push(index);
            open.extend(
                self.children(index)
                    .iter()
                    .copied()
                    .filter(|&child| !is_cut(child)),
            );
        }
        found.sort_unstable();
        found
    }

    /// Whether a token lies below (or is) another.
    pub(super) fn is_below(&self, index: usize, top: usize) -> bool {
        let mut current = Some(index);
        while let Some(place) = current {
            if place == top {
                return true;
            }
            current = self.head(place);
        }
        false
    }

    /// Whether the model takes the token for the second or a later one of a name.
    pub(super) fn is_inside_name(&self, index: usize) -> bool {
        self.token(index)
            .is_some_and(|token| matches!(token.name, NameTag::Inside(_)))
    }

    /// Whether the model takes the token for the first one of a person's name.
    pub(super) fn begins_person(&self, index: usize) -> bool {
        self.token(index)
            .is_some_and(|token| token.name == NameTag::Begin(EntityKind::Person))
    }

    /// The kind of the name that a token belongs to, by the model's tags.
    pub(super) fn name_kind(&self, index: usize) -> Option<EntityKind> {
        match self.token(index)?.name {
            NameTag::Outside => None,
            NameTag::Begin(kind) | NameTag::Inside(kind) => Some(kind),
        }
    }

    /// Whether a token belongs to a person's name.
    pub(super) fn is_person(&self, index: usize) -> bool {
        self.name_kind(index) == Some(EntityKind::Person)
    }

    /// Whether a singular noun may be an office: no name of a place or an organization.
    pub(super) fn is_title_noun(&self, index: usize) -> bool {
        let is_named = matches!(
            self.name_kind(index),
            Some(EntityKind::Organization | EntityKind::Place)
        );
        !is_named && matches!(self.fine(index), FineTag::Noun | FineTag::ProperNoun)
    }

    /// The first and the last token of the name that a token belongs to, by the model's tags.
    pub(super) fn name_range(&self, index: usize) -> Option<(usize, usize)> {
        self.token(index)
            .filter(|token| token.name != NameTag::Outside)?;
        let mut first = index;
        while self.is_inside_name(first) && first > 0 {
            first -= 1;
        }
        let mut last = index;
        while self.is_inside_name(last + 1) {
            last += 1;
        }
        Some((first, last))
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn is_glued(&self, index: usize) -> bool {
        index > 0
            && self
                .token(index - 1)
                .zip(self.token(index))
                .is_some_and(|(before, token)| before.span.end == token.span.start)
    }

    /// Whether the token begins with a capital letter.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.token(index)
            .is_some_and(|token| token.form.starts_with(char::is_uppercase))
    }

    /// Whether the token is the mark of the possessive.
    pub(super) fn is_mark(&self, index: usize) -> bool {
        self.fine(index) == FineTag::Possessive
    }

    /// Whether the token is a verb in form: a verb or a copula standing as a full verb.
    pub(super) fn is_verb(&self, index: usize) -> bool {
        matches!(
            self.tag(index),
            UniversalTag::Verb | UniversalTag::Auxiliary
        )
    }

    /// Whether the token can head a noun phrase.
    pub(super) fn is_nominal(&self, index: usize) -> bool {
        matches!(
            self.tag(index),
            UniversalTag::Noun
                | UniversalTag::ProperNoun
                | UniversalTag::Pronoun
                | UniversalTag::Numeral
                | UniversalTag::Symbol
                | UniversalTag::Other
                | UniversalTag::Determiner
        )
    }

    /// Whether the token is "who", "which", "that" … in front of a relative clause or question.
    pub(super) fn is_relative(&self, index: usize) -> bool {
        matches!(
            self.fine(index),
            FineTag::WhDeterminer | FineTag::WhPronoun | FineTag::PossessiveWhPronoun
        ) || (self.lower(index) == "that"
            && self.tag(index) == UniversalTag::Pronoun
            && self.fine(index) != FineTag::Determiner)
    }
}

/// The heads without those that lie on or below a cycle, or point nowhere.
fn acyclic_heads(claimed: &[Option<usize>]) -> Vec<Option<usize>> {
    (0..claimed.len())
        .map(|start| {
            let head = claimed
                .get(start)
                .copied()
                .flatten()
                .filter(|&head| head < claimed.len())?;
            // A path longer than the sentence is a cycle.
            let mut current = head;
            for _ in 0..claimed.len() {
                match claimed.get(current).copied().flatten() {
                    None => return Some(head),
                    Some(next) if next < claimed.len() && next != start => current = next,
                    Some(_) => return None,
                }
            }
            None
        })
        .collect()
}
