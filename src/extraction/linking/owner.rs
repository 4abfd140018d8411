//! Owners of nouns that tell none: "turnout" is turnout in the election that the document tells of,
//! "sales" are those of the firm that it is about.
//!
//! A noun of one of the classes below says nothing alone. Each class has the sort of owner it takes
//! and how the owner is told; where the document tells of no such owner, or of several, the noun
//! stays as it is.

mod classes;

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::text::dependency::Relation as R;
use crate::text::lexicon::{country_of, owned_share, preposition_of_owner};
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

use super::super::antecedent::{Antecedents, Owned, Pointed};
use super::super::lexicon;
use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::Linker;
use super::office;
use classes::{
    ACCOUNT, CLASSES, Class, DISASTERS, ELECTIONS, ELSEWHERE, Form, OUTBREAKS, Owner, PROJECTS,
};

impl Linker<'_> {
    /// A noun that says nothing without its owner, with the owner that the document tells.
    pub(super) fn with_owner(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<String> {
        self.setting?;
        let mut classes = CLASSES
            .iter()
            .filter(|class| class.takes(tree, phrase))
            .filter_map(|class| self.told_with_owner(tree, phrase, class));
        let Some((owner, told)) = classes.next() else {
            return self.told_with_owner_before(tree, phrase);
        };
        // "The deck" of a ship or of a bridge.
        classes.all(|(other, _)| other == owner).then_some(told)
    }

    /// "Sanctions" for "sanctions against Russia": a bare noun that mostly has an owner is told as
    /// the only thing of that noun that the document told with one.
    fn told_with_owner_before(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<String> {
        let head = phrase.head;
        let is_bare = matches!(phrase.tokens.as_slice(), [.., last] if *last == head)
            && phrase
                .tokens
                .iter()
                .all(|&token| token == head || tree.relation(token) == R::Case);
        let is_open = is_bare
            && tree.children(head).iter().all(|&child| {
                child > head
                    || matches!(
                        tree.relation(child),
                        R::Case | R::Punctuation | R::Coordination
                    )
            });
        if !is_open || !mostly_has_owner(tree, head) {
            return None;
        }
        let owned = self
            .antecedents?
            .told_with_owner(tree, (self.sentence, head))?;
        (!self.is_told_beside(tree, head, &owned)).then_some(owned.name)
    }

    /// The owner that a class gives a noun, and the noun with it.
    fn told_with_owner(
        &self,
        tree: &Tree<'_>,
        phrase: &Phrase,
        class: &Class,
    ) -> Option<(String, String)> {
        let is_definite = phrase
            .tokens
            .first()
            .is_some_and(|&first| tree.lower(first) == "the");
        let (owner, article) =
            self.owner_in_setting(tree, phrase.head, class.owner, is_definite)?;
        let words: Vec<usize> = phrase
            .tokens
            .iter()
            .copied()
            .filter(|&token| tree.relation(token) != R::Case)
            .collect();
        let noun = self.normal_form(tree, &words);
        let told = match class.form {
            Form::Possessive
                if !owner.ends_with('s') || matches!(class.owner, Owner::Body | Owner::Accused) =>
            {
                format!("{owner}'s {noun}")
            }
            Form::Possessive => format!("{noun} of {article}{owner}"),
            Form::Behind(preposition) => format!("{noun} {preposition} {article}{owner}"),
            Form::AsUsual => {
                let lemma = tree.lemma(phrase.head).to_lowercase();
                let preposition = preposition_of_owner(&lemma);
                format!("{noun} {preposition} {article}{owner}")
            }
        };
        Some((owner, told))
    }

    /// A noun of a statement that says nothing without its owner, with it: the first word of the
    /// noun's phrase gives the last one and what is told in their place.
    pub(super) fn owned_here(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<(usize, String)> {
        let head = match tree.relation(token) {
            R::Determiner | R::AdjectivalModifier | R::Compound | R::NumericModifier => {
                tree.head(token)?
            }
            _ => token,
        };
        let is_class =
            mostly_has_owner(tree, head) || super::description::is_bond(tree.lemma(head));
        let phrase = phrase::alone(tree, head).filter(|_| is_class)?;
        let first = phrase
            .tokens
            .iter()
            .copied()
            .find(|&word| tree.relation(word) != R::Case)?;
        let is_whole = first == token && (token..=head).all(|word| tokens.contains(&word));
        let told = self
            .between_parties(tree, &phrase)
            .or_else(|| self.with_owner(tree, &phrase))
            .filter(|_| is_whole)?;
        // "Orvel said sales rose": its own.
        let is_own = speaker
            .and_then(|speaker| self.document.entities.get(speaker))
            .is_some_and(|speaker| told.contains(&speaker.name));
        (!is_own).then_some((head, told))
    }

    /// How much of an owner nouns lack, each by how often such a noun has one: "the outcome" lacks
    /// more of it than "the road".
    pub(super) fn owners_lacking(&self, tree: &Tree<'_>, tokens: &[usize]) -> f32 {
        if self.antecedents.is_none() {
            return 0.0;
        }
        let lacks = |token: usize| {
            let known = self.mentions.iter().any(|mention| {
                let entity = self.document.entities.get(mention.entity);
                mention.head == token
                    && entity.is_some_and(|entity| entity.is_named || !entity.members.is_empty())
            });
            if known || self.value_at(token).is_some() {
                return 0.0;
            }
            let owned = || {
                let phrase = phrase::alone(tree, token)?;
                match self.pointed(tree, &phrase) {
                    Some(Pointed::To(told)) => Some(told),
                    _ => self.with_owner(tree, &phrase),
                }
            };
            match relational(tree, token) {
                share if share > 0.0 && owned().is_none() => share,
                _ => 0.0,
            }
        };
        tokens.iter().map(|&token| lacks(token)).sum()
    }

    /// Whether the sentence names a country beside the one that the document is about.
    fn names_other_country(&self) -> bool {
        self.setting.is_some_and(|setting| {
            setting.countries_of(self.sentence).next().is_some()
                && setting.country_at(self.sentence).is_none()
        })
    }

    /// Whether somebody speaks of "us" in the sentence.
    fn has_we(&self) -> bool {
        let sentence = self.document.sentences.get(self.sentence);
        sentence.is_some_and(|sentence| {
            let mut tokens = sentence.tokens.iter();
            tokens.any(|token| {
                matches!(
                    token.form.to_lowercase().as_str(),
                    "we" | "us" | "our" | "ours"
                )
            })
        })
    }

    /// The thing of some nouns that a word can belong to, chosen by the antecedents.
    fn chosen_among(
        &self,
        tree: &Tree<'_>,
        head: usize,
        nouns: &str,
        choose: fn(&Antecedents, (usize, usize), &str, usize) -> Option<Owned>,
    ) -> Option<String> {
        let lead = self.setting?.last_of_lead();
        let owned = choose(self.antecedents?, (self.sentence, head), nouns, lead)?;
        (!self.is_told_beside(tree, head, &owned)).then_some(owned.name)
    }

    /// "The museum lost its roof and the staff": the clause of a noun, or one around it, tells the
    /// owner.
    fn is_told_beside(&self, tree: &Tree<'_>, head: usize, owned: &Owned) -> bool {
        let Some((_, owner)) = owned.place.filter(|(place, _)| *place == self.sentence) else {
            return false;
        };
        let clause = clause_of(tree, owner);
        let mut current = Some(head);
        while let Some(token) = current {
            if token == clause {
                return true;
            }
            current = tree.head(token);
        }
        false
    }

    /// The owner of a sort, and the article that it takes.
    fn owner_in_setting(
        &self,
        tree: &Tree<'_>,
        head: usize,
        owner: Owner,
        is_definite: bool,
    ) -> Option<(String, &'static str)> {
        let setting = self.setting?;
        match owner {
            Owner::Country | Owner::State => {
                let is_body = owner == Owner::State && setting.body().is_some();
                let country = setting.country_at(self.sentence)?;
                (!is_body).then(|| (country.to_owned(), article_of_country(country)))
            }
            // "The shares" can be no other's.
            Owner::Body => {
                let body = match is_definite {
                    true => setting.body()?,
                    false => setting.body_at(self.sentence)?,
                };
                let name = self.document.entities.get(body)?.name.clone();
                // "Orvel has 27 employees": nobody else's.
                let is_counted = tree.has_child(head, &[R::NumericModifier]);
                let mut here = self.mentions.iter();
                let is_here = is_counted && here.any(|mention| mention.entity == body);
                (!is_here).then_some((name, ""))
            }
            Owner::BodyElsewhere | Owner::BodyAlone | Owner::Members | Owner::Firm => {
                let body = match owner {
                    Owner::BodyElsewhere => setting.body()?,
                    _ => setting.body_at(self.sentence)?,
                };
                let is_here = self.mentions.iter().any(|mention| mention.entity == body);
                let is_here = is_here || self.has_we();
                let name = self.document.entities.get(body)?.name.clone();
                let fits = match owner {
                    Owner::Members => has_members(&name),
                    Owner::Firm => !has_members(&name),
                    _ => true,
                };
                let is_free = fits && (owner == Owner::BodyElsewhere || !is_had(tree, head));
                (!is_here && is_free).then_some((office::with_article(&name), ""))
            }
            Owner::CentralBank => {
                let told = self.chosen_among(tree, head, "bank", Antecedents::only_among)?;
                let is_central = told.contains("central") || told.contains("Reserve");
                is_central.then(|| with_article(told))
            }
            Owner::Told(nouns) => {
                let told = self.chosen_among(tree, head, nouns, Antecedents::only_among)?;
                Some(with_article(told))
            }
            // "Peru also recorded deaths": not in the outbreak that was told of.
            Owner::Topic(ELECTIONS | DISASTERS | OUTBREAKS) if self.names_other_country() => None,
            Owner::Topic(_) if is_had(tree, head) => None,
            Owner::Topic(nouns) => {
                let told = self.chosen_among(tree, head, nouns, Antecedents::topic_among)?;
                let is_told_by_way = nouns == PROJECTS && names_institution(&told);
                (!is_told_by_way).then(|| with_article(told))
            }
            Owner::Accused => {
                let accused = self.antecedents?.accused(self.sentence)?;
                let mut here = self.mentions.iter();
                let is_here = here.any(|mention| self.name_of(mention) == Some(accused.as_str()));
                (!is_here).then_some((accused, ""))
            }
        }
    }
}

/// The article of a thing told by a description: "the study of lakes", but "Peru's election".
fn with_article(told: String) -> (String, &'static str) {
    let first = told.split(' ').next().unwrap_or("");
    let is_name = first.starts_with(char::is_uppercase);
    let is_owned = first.ends_with("'s")
        || first.ends_with("’s")
        || is_name && (told.contains("'s ") || told.contains("’s "));
    let is_several = first.chars().all(char::is_numeric);
    let article = if is_owned || is_several { "" } else { "the " };
    (told, article)
}

/// "The School of Nursing": a body that is told of, no building that is put up.
fn names_institution(told: &str) -> bool {
    let is_name = |word| {
        matches!(
            word,
            "School" | "Hospital" | "Museum" | "Library" | "Complex"
        )
    };
    // A name whose beginning was cut off.
    told.starts_with("of ") || told.split(' ').any(is_name)
}

/// Bodies that people are members of.
fn has_members(name: &str) -> bool {
    static BODIES: WordList = WordList::new(
        "union association federation confederation committee sub-committee \
        subcommittee council parliament assembly senate congress chamber party club league society \
        commission board alliance bloc organization organisation network nations church choir \
        institute academy coalition forum",
    );
    let lower = name.to_lowercase();
    lower.split(' ').any(|word| BODIES.contains(word))
}

/// "A firm with 40 employees", "it hired staff": what is said to have them has them.
fn is_had(tree: &Tree<'_>, head: usize) -> bool {
    // "With 40 members of staff": had with the noun above.
    let above = tree
        .head(head)
        .filter(|_| tree.relation(head) == R::NominalModifier);
    let is_with = std::iter::once(head)
        .chain(above)
        .flat_map(|noun| tree.children_by(noun, &[R::Case]))
        .any(|case| tree.lower(case) == "with");
    let is_object = tree.relation(head) == R::Object
        && tree.head(head).is_some_and(|verb| {
            matches!(
                tree.lemma(verb),
                "have"
                    | "employ"
                    | "hire"
                    | "recruit"
                    | "get"
                    | "need"
                    | "require"
                    | "undergo"
                    | "await"
                    | "lose"
                    | "attract"
            )
        });
    is_with || is_object
}

/// Nouns for what is always of something: a phrase of one of them without it says nothing.
static NOTHING_ALONE: WordList = WordList::new(
    "construction completion closure launch delivery deliveries \
    replacement production output exports imports shipments trade demand cases deaths loans \
    reserves capacity costs results applications approval approvals non-compliance turnout \
    sales revenue revenues profit profits turnover earnings ebitda margin intake backlog \
    dividend loss losses inflation unemployment spending toll findings compensation renovation \
    renovations repairs funding membership attendance enrolment enrollment yield yields prices \
    volumes",
);

/// Whether a phrase tells by its noun a measure, deed or result, and neither itself nor what hangs
/// on it of what: "construction", "the third-quarter loss".
pub(super) fn is_ownerless(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let head = phrase.head;
    let holds = |list: &str, token: usize| {
        list.split_whitespace()
            .any(|known| known == tree.lower(token))
    };
    let is_empty = |&token: &usize| {
        token == head
            || matches!(
                tree.relation(token),
                R::Case | R::Determiner | R::NumericModifier
            )
            || holds(ACCOUNT, token)
            || holds("new further more full final current initial", token)
    };
    NOTHING_ALONE.contains(tree.lower(head))
        && !tree.is_inside_name(head)
        && !tells_owner(tree, head)
        && phrase.tokens.iter().all(is_empty)
}

/// How often, 0–1, a noun has an owner that this one does not tell; nothing where it tells one, and
/// where it is new to the text.
fn relational(tree: &Tree<'_>, noun: usize) -> f32 {
    let is_noun = tree.tag(noun) == UniversalTag::Noun
        && !tree.is_inside_name(noun)
        && !matches!(tree.relation(noun), R::Compound | R::Flat | R::Fixed);
    let is_told = |&child: &usize| match tree.relation(child) {
        R::Compound => child < noun,
        R::Determiner => FREE.contains(tree.lower(child)),
        R::AdjectivalModifier => country_of(tree.lower(child)).is_some(),
        R::NumericModifier => true,
        _ => false,
    };
    // "The port", "the company": told before, if not here.
    let is_thing = lexicon::is_thing(&tree.lemma(noun).to_lowercase());
    if !is_noun || is_thing || tells_owner(tree, noun) || tree.children(noun).iter().any(is_told) {
        return 0.0;
    }
    let is_known =
        NOTHING_ALONE.contains(tree.lower(noun)) || lexicon::is_relational(tree.lemma(noun));
    let least = if is_known { KNOWN_SHARE } else { 0.0 };
    owned_share(tree.lower(noun)).max(least)
}

/// The share at the least of nouns that our own lists hold: text of another sort has few of them.
const KNOWN_SHARE: f32 = 0.5;

/// Whether a noun that tells no owner mostly has one.
fn mostly_has_owner(tree: &Tree<'_>, noun: usize) -> bool {
    relational(tree, noun) >= LEAST_RELATIONAL || CLASSES.iter().any(|class| class.has(tree, noun))
}

/// A noun that has an owner in so many of its places is missed without it.
const LEAST_RELATIONAL: f32 = 0.3;

/// What stands before a noun that is new to the text: nobody misses its owner.
static FREE: WordList = WordList::new("a an no any some each every another what which");

/// Whether a word is a noun of any class: most are of none, and need not be looked for in each.
fn is_in_any_class(word: &str) -> bool {
    static NOUNS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let all = || {
        CLASSES
            .iter()
            .flat_map(|class| class.nouns.split_whitespace())
    };
    NOUNS.get_or_init(|| all().collect()).contains(word)
}

impl Class {
    /// Whether a word is one of the nouns.
    fn has(&self, tree: &Tree<'_>, head: usize) -> bool {
        let word = tree.lower(head);
        let is_noun = matches!(
            tree.tag(head),
            UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
        );
        is_noun && is_in_any_class(word) && self.nouns.split_whitespace().any(|known| known == word)
    }

    /// Whether a phrase is a noun of the class that tells no owner.
    fn takes(&self, tree: &Tree<'_>, phrase: &Phrase) -> bool {
        let head = phrase.head;
        let holds = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
        if !self.has(tree, head)
            || tree.is_inside_name(head)
            || phrase.tokens.last() != Some(&head)
            || tells_owner(tree, head)
        {
            return false;
        }
        let is_article = |word: &str| match word {
            "the" => true,
            "a" | "an" | "two" | "three" | "several" | "some" | "all" | "both" => self.is_of_some,
            _ => false,
        };
        let is_allowed = |&token: &usize| {
            let word = tree.lower(token);
            token == head
                || tree.relation(token) == R::Case
                || is_article(word)
                || self.is_of_some && tree.relation(token) == R::NumericModifier
                || holds(self.needs, word)
                || holds(self.allows, word)
                || self.allows == "*" && is_of_here(tree, token)
        };
        let has_needed = || {
            let mut words = phrase.tokens.iter();
            words.any(|&token| token != head && holds(self.needs, tree.lower(token)))
        };
        (self.needs.is_empty() || has_needed()) && phrase.tokens.iter().all(is_allowed)
    }
}

/// The verb or noun that heads the clause of a token.
fn clause_of(tree: &Tree<'_>, token: usize) -> usize {
    let mut current = token;
    while let Some(above) = tree.head(current) {
        current = above;
        if tree.is_verb(current) {
            break;
        }
    }
    current
}

/// Whether a word before a noun leaves it to what the document is about.
fn is_of_here(tree: &Tree<'_>, token: usize) -> bool {
    let is_known = |list: &str| {
        list.split_whitespace()
            .any(|word| word == tree.lower(token))
    };
    matches!(tree.relation(token), R::AdjectivalModifier | R::Compound)
        && tree.name_kind(token).is_none()
        && country_of(tree.lower(token)).is_none()
        && !is_known(ELSEWHERE)
}

/// Whether something beside a noun says whose or of what it is, also where the phrase goes without
/// it.
fn tells_owner(tree: &Tree<'_>, head: usize) -> bool {
    tree.children(head)
        .iter()
        .any(|&child| match tree.relation(child) {
            R::PossessiveModifier | R::Flat | R::AdnominalClause | R::RelativeClause => true,
            R::NominalModifier => child > head || tree.name_kind(child).is_some(),
            _ => false,
        })
}

/// "The Netherlands", but "France".
fn article_of_country(country: &str) -> &'static str {
    let is_described = ["United", "Republic", "Islands", "Emirates", "Kingdom"]
        .into_iter()
        .any(|word| country.contains(word));
    let is_known = matches!(
        country,
        "Netherlands"
            | "Philippines"
            | "Maldives"
            | "Bahamas"
            | "Gambia"
            | "Seychelles"
            | "Comoros"
    );
    if is_described || is_known { "the " } else { "" }
}
