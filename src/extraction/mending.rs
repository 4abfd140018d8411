//! Mending: trees that no sentence of English has, put right before anything is read from them.
//!
//! A parser chooses the head of each word by itself; what it gives together may be impossible: two
//! subjects of one verb, a subject behind a participle, a possessor without its mark. Each rule
//! here names one such shape and what it mostly stands for.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{NameTag, Token};
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::lexicon;

/// A tree while it is mended.
pub(super) struct Mending<'t> {
    tokens: &'t [Token],
    heads: &'t mut [Option<usize>],
    relations: &'t mut [Relation],
}

/// Mends a tree given by heads and relations.
pub(super) fn mend(tokens: &[Token], heads: &mut [Option<usize>], relations: &mut [Relation]) {
    one_subject(tokens, heads, relations);
    names_behind_nouns(tokens, heads, relations);
    let mut mending = Mending {
        tokens,
        heads,
        relations,
    };
    mending.subjects_behind_participles();
    mending.recipients_taken_for_owners();
    mending.places_in_lists();
    mending.ends_of_passives();
    mending.days_behind_subjects();
    mending.descriptions_of_names();
}

/// A clause has one subject. A second one right behind the first is its apposition ("Minister",
/// "Ann Lee"); an outer subject without a copula is an ordinary one.
fn one_subject(tokens: &[Token], heads: &mut [Option<usize>], relations: &mut [Relation]) {
    let mut first: Vec<Option<usize>> = vec![None; tokens.len()];
    let mut has_copula = vec![false; tokens.len()];
    for (child, relation) in relations.iter().enumerate() {
        let head = heads.get(child).copied().flatten();
        if let Some(flag) = head.and_then(|head| has_copula.get_mut(head)) {
            *flag |= *relation == Relation::Copula;
        }
    }
    for child in 0..tokens.len() {
        let Some(head) = heads.get(child).copied().flatten() else {
            continue;
        };
        let Some(relation) = relations.get_mut(child) else {
            continue;
        };
        if *relation == Relation::OuterNominalSubject && !has_copula.get(head).is_some_and(|c| *c) {
            *relation = Relation::NominalSubject;
        }
        if !matches!(
            relation,
            Relation::NominalSubject | Relation::PassiveNominalSubject
        ) {
            continue;
        }
        let Some(known) = first.get_mut(head) else {
            continue;
        };
        match *known {
            Some(subject) if child < head => {
                *relation = Relation::Apposition;
                if let Some(place) = heads.get_mut(child) {
                    *place = Some(subject);
                }
            }
            _ => *known = Some(child),
        }
    }
}

/// "by Chief Executive Ann Lee", "by Cyclone Ada": a name without a preposition of its own right
/// behind a noun under the same verb names that noun.
fn names_behind_nouns(tokens: &[Token], heads: &mut [Option<usize>], relations: &mut [Relation]) {
    let is_argument = |relation: &Relation| {
        matches!(
            relation,
            Relation::Oblique | Relation::Agent | Relation::Object
        )
    };
    for second in 1..tokens.len() {
        let head = heads.get(second).copied().flatten();
        let is_name = tokens
            .get(second)
            .is_some_and(|token| matches!(token.name, NameTag::Begin(_)));
        if head.is_none() || !is_name || !relations.get(second).is_some_and(is_argument) {
            continue;
        }
        let first = (0..second).rev().find(|&place| {
            heads.get(place).copied().flatten() == head
                && relations.get(place).is_some_and(is_argument)
        });
        let Some(first) = first.filter(|&first| head.is_some_and(|head| head < first)) else {
            continue;
        };
        let is_separate = (first + 1..second).any(|between| {
            tokens.get(between).is_some_and(|token| {
                matches!(
                    token.universal_tag,
                    UniversalTag::Punctuation
                        | UniversalTag::Adposition
                        | UniversalTag::CoordinatingConjunction
                        | UniversalTag::Verb
                        | UniversalTag::Determiner
                )
            })
        });
        let is_noun = tokens.get(first).is_some_and(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Noun | UniversalTag::ProperNoun
            )
        });
        if !is_separate && is_noun {
            describe(heads, relations, first, second);
        }
    }
}

/// Makes a noun the description of the name behind it, and gives the name its place.
fn describe(heads: &mut [Option<usize>], relations: &mut [Relation], noun: usize, name: usize) {
    // The preposition in front and what follows the name belong to the name.
    for (child, (head, relation)) in heads.iter_mut().zip(relations.iter()).enumerate() {
        if *head == Some(noun) && (*relation == Relation::Case || child > name) {
            *head = Some(name);
        }
    }
    let place = relations.get(noun).copied().unwrap_or(Relation::Oblique);
    if let Some(relation) = relations.get_mut(name) {
        *relation = place;
    }
    if let Some(relation) = relations.get_mut(noun) {
        *relation = Relation::DescriptiveModifier;
    }
    if let Some(head) = heads.get_mut(noun) {
        *head = Some(name);
    }
}

impl Mending<'_> {
    fn tag(&self, index: usize) -> UniversalTag {
        self.tokens
            .get(index)
            .map_or(UniversalTag::Other, |token| token.universal_tag)
    }

    fn fine(&self, index: usize) -> FineTag {
        self.tokens
            .get(index)
            .map_or(FineTag::Symbol, |token| token.fine_tag)
    }

    fn form(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.form)
    }

    fn head(&self, index: usize) -> Option<usize> {
        self.heads.get(index).copied().flatten()
    }

    fn relation(&self, index: usize) -> Relation {
        self.relations
            .get(index)
            .copied()
            .unwrap_or(Relation::Unspecified)
    }

    fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.heads.len()).filter(move |&child| self.head(child) == Some(head))
    }

    fn attach(&mut self, child: usize, head: usize, relation: Relation) {
        if let Some(place) = self.heads.get_mut(child) {
            *place = Some(head);
        }
        if let Some(place) = self.relations.get_mut(child) {
            *place = relation;
        }
    }

    /// "unions representing miners, nurses and teachers": a participle behind its noun has no
    /// subject of its own; what stands there goes on with the list of its objects.
    fn subjects_behind_participles(&mut self) {
        for child in 1..self.heads.len() {
            let Some(verb) = self.head(child).filter(|&verb| verb < child) else {
                continue;
            };
            let is_participle = self.relation(verb) == Relation::AdnominalClause
                && matches!(self.fine(verb), FineTag::Gerund | FineTag::PastParticiple);
            let is_listed =
                self.form(child - 1) == "," && self.relation(child) == Relation::NominalSubject;
            let object = self
                .children(verb)
                .find(|&other| self.relation(other) == Relation::Object && other < child);
            if let Some(object) = object.filter(|_| is_participle && is_listed) {
                self.attach(child, object, Relation::Conjunct);
                for other in 0..self.heads.len() {
                    if self.head(other) == Some(child) && self.relation(other) == Relation::Conjunct
                    {
                        self.attach(other, object, Relation::Conjunct);
                    }
                }
            }
        }
    }

    /// "lend Portugal two billion": a noun without the mark of the possessive owns nothing.
    fn recipients_taken_for_owners(&mut self) {
        for child in 1..self.heads.len() {
            let is_noun = matches!(
                self.tag(child),
                UniversalTag::Noun | UniversalTag::ProperNoun
            );
            if !is_noun || self.relation(child) != Relation::PossessiveModifier {
                continue;
            }
            let is_marked = self
                .children(child)
                .any(|mark| self.fine(mark) == FineTag::Possessive);
            let Some(thing) = self.head(child).filter(|&thing| thing > child) else {
                continue;
            };
            let verb = self.head(thing).filter(|&verb| {
                self.tag(verb) == UniversalTag::Verb
                    && verb < child
                    && self.relation(thing) == Relation::Object
                    && (verb + 1..child).all(|word| {
                        self.head(word) == Some(child) || self.tag(word) == UniversalTag::Determiner
                    })
            });
            if is_marked {
                continue;
            }
            match verb {
                Some(verb) => self.attach(child, verb, Relation::IndirectObject),
                None => self.attach(child, thing, Relation::Compound),
            }
        }
    }

    /// "in Austria, Slovenia and Italy": a place after a comma that others follow is one of a
    /// list, not where the first one lies.
    fn places_in_lists(&mut self) {
        for child in 1..self.heads.len() {
            if self.relation(child) != Relation::UnmarkedNominalModifier
                || self.form(child - 1) != ","
            {
                continue;
            }
            let Some(head) = self.head(child).filter(|&head| head < child) else {
                continue;
            };
            let is_listed = [head, child].into_iter().any(|member| {
                self.children(member).any(|other| {
                    other > child
                        && self.relation(other) == Relation::Conjunct
                        && !(child + 1..other).any(|between| self.form(between) == ",")
                })
            });
            if is_listed && self.tag(head) == self.tag(child) {
                self.attach(child, head, Relation::Conjunct);
            }
        }
    }

    /// Only "by" names who does it: "removed without leave from the owner" does not.
    fn ends_of_passives(&mut self) {
        for child in 0..self.heads.len() {
            if self.relation(child) != Relation::Agent {
                continue;
            }
            let cases: Vec<usize> = self
                .children(child)
                .filter(|&case| self.relation(case) == Relation::Case)
                .collect();
            let is_other = !cases.is_empty()
                && cases
                    .iter()
                    .all(|&case| !self.form(case).eq_ignore_ascii_case("by"));
            if is_other && let Some(relation) = self.relations.get_mut(child) {
                *relation = Relation::Oblique;
            }
        }
    }

    /// "The ministry on Monday said": a day between subject and verb tells when it was said.
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
            let tells_day = lexicon::is_calendar_name(self.form(child))
                || relation == Relation::UnmarkedOblique && self.is_period(child);
            if is_subject && is_last && tells_day && self.acts(subject) {
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
    fn acts(&self, index: usize) -> bool {
        let lower = self.form(index).to_lowercase();
        self.tag(index) == UniversalTag::ProperNoun
            || self.kind(index).is_some()
            || [NounClass::Person, NounClass::Organization]
                .iter()
                .any(|&class| is_in_class(&lower, class))
    }

    fn kind(&self, index: usize) -> Option<EntityKind> {
        match self.tokens.get(index)?.name {
            NameTag::Outside => None,
            NameTag::Begin(kind) | NameTag::Inside(kind) => Some(kind),
        }
    }

    /// "the wreck of the Clarissa, a steamer", "the market of Kumasi, a city": a description
    /// right behind a name of its kind tells what the name is.
    fn descriptions_of_names(&mut self) {
        for child in 2..self.heads.len() {
            let Some(head) = self.head(child).filter(|&head| head < child) else {
                continue;
            };
            let is_described = self.relation(child) == Relation::Apposition
                && self.tag(child) == UniversalTag::Noun
                && self.tag(head) == UniversalTag::Noun;
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
            Some(EntityKind::Place) => is(NounClass::Place),
            Some(EntityKind::Organization) => is(NounClass::Organization),
            _ => !is(NounClass::Person) && !is(NounClass::Place),
        }
    }
}
