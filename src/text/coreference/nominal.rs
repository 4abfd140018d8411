//! Definite descriptions: "the senator", "the association", "the Vietnamese PM", "both sides".

use super::{Growing, Resolution, confidence, only, role};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Sentence, Token};
use crate::text::lexicon::{NounClass, fold, gender_of_noun, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

mod life;
mod office;

use life::is_citizen;
use office::{has_restriction, is_new_in_office};

/// A description refers back over at most so many sentences where its noun tells a role or name.
pub(super) const FARTHEST_ROLE: usize = 40;
/// Over so many where the description covers an office that only one person is known to have.
const FARTHEST_HOLDER: usize = 10;
/// And over so many where only one entity of its kind makes it safe.
pub(super) const FARTHEST_KIND: usize = 2;

/// The noun of "the 24-year-old".
const AGED: &str = "old";

/// "the 24-year-old", of whom only the age is told.
fn is_aged(token: &Token) -> bool {
    let stands = token.universal_tag == UniversalTag::Noun || token.relation.universal() == "nsubj";
    stands && token.form.eq_ignore_ascii_case(AGED)
}

/// "The season" is another one in each sentence.
fn is_time(token: &Token) -> bool {
    matches!(
        token.lemma.to_lowercase().as_str(),
        "season" | "year" | "day" | "week" | "anniversary"
    )
}

/// The kind of thing that a noun describes.
fn class_of(token: &Token) -> Option<EntityKind> {
    let lemma = token.lemma.to_lowercase();
    let is = |class: NounClass| is_in_class(&lemma, class);
    if is(NounClass::Person)
        || matches!(lemma.as_str(), "pm" | "accused")
        || is_aged(token)
        || is_citizen(token)
    {
        return Some(EntityKind::Person);
    }
    if is(NounClass::Organization) || is(NounClass::Business) {
        return Some(EntityKind::Organization);
    }
    if is(NounClass::Place) || matches!(lemma.as_str(), "side" | "party") {
        return Some(EntityKind::Place);
    }
    if is(NounClass::Event) && !is_time(token) {
        return Some(EntityKind::Event);
    }
    is(NounClass::Work).then_some(EntityKind::Work)
}

impl Resolution<'_> {
    /// Whether a token can head a description that refers to something said before.
    pub(super) fn may_refer(&self, sentence: &Sentence, head: usize) -> bool {
        let Some(token) = sentence.tokens.get(head) else {
            return false;
        };
        let is_noun = matches!(
            token.universal_tag,
            UniversalTag::Noun | UniversalTag::ProperNoun
        );
        // "The deputy chairwoman" is one person.
        let is_first = token.head == Some(head + 1)
            && sentence
                .tokens
                .get(head + 1)
                .is_some_and(|next| class_of(next) == Some(EntityKind::Person));
        (is_noun || is_aged(token))
            && token.relation != Relation::Compound
            && !is_first
            && self.kind_of(token).is_some()
    }

    /// The kind of thing that a noun describes, by its class or because the document has used it
    /// of something.
    fn kind_of(&self, token: &Token) -> Option<EntityKind> {
        class_of(token).or_else(|| {
            if is_time(token) {
                return None;
            }
            let word = role::role_word(token)?;
            self.described_kinds.get(&word).copied()
        })
    }

    /// Places a description where it safely means an entity of the document.
    pub(super) fn nominal(&mut self, index: usize, sentence: &Sentence, head: usize) {
        let tokens = &sentence.tokens;
        let Some(token) = tokens.get(head) else {
            return;
        };
        let Some(kind) = self.kind_of(token) else {
            return;
        };
        if self.named_beside(index, tokens, head) || self.named_behind(index, tokens, head) {
            return;
        }
        let is_plural = matches!(
            token.fine_tag,
            FineTag::PluralNoun | FineTag::PluralProperNoun
        );
        let span = span_of(tokens, head);
        let is_neither = determiner_of(tokens, head).as_deref() == Some("neither");
        if is_plural || is_neither {
            self.group(index, tokens, head, span);
            return;
        }
        let determiner = determiner_of(tokens, head);
        let is_definite = matches!(determiner.as_deref(), Some("the" | "this" | "that"));
        let is_bare_title = determiner.is_none()
            && kind == EntityKind::Person
            && token.universal_tag == UniversalTag::ProperNoun;
        let has_owner = tokens.iter().any(|other| {
            other.head == Some(head) && other.relation == Relation::PossessiveModifier
        });
        if has_owner || !is_definite && !is_bare_title || is_predicate(tokens, head) {
            self.unnamed_person(index, tokens, head, span, kind);
            return;
        }
        if self.stands_with_name((index, head), tokens, kind) {
            return;
        }
        // "The company that owns the dock, Orvel": the clause says which, not what was told before.
        let is_new = kind == EntityKind::Person && is_new_in_office(tokens, head);
        if is_new || has_restriction(tokens, head) {
            self.unnamed_person(index, tokens, head, span, kind);
            return;
        }
        let words = match is_aged(token) {
            true => vec![AGED.to_owned()],
            false => role::phrase_words(tokens, head),
        };
        let own = role::role_word(token).unwrap_or_default();
        let found = match kind {
            EntityKind::Person => self.person_described((index, head), &own, &words),
            _ => {
                // "the nursery school" is not the school that was named.
                let has_name = tokens
                    .iter()
                    .any(|other| other.head == Some(head) && other.relation == Relation::Compound);
                self.thing_described((index, head), kind, &own, (&words, has_name))
            }
        };
        match found {
            Some(entity) => {
                if let Some(growing) = self
                    .entities
                    .get_mut(entity)
                    .filter(|_| kind == EntityKind::Person)
                {
                    growing.roles.extend(words);
                    growing.gender = growing.gender.or(gender_of_noun(&own));
                }
                let sure = (entity, confidence::NOMINAL);
                let placed = self.mention(index, span, MentionKind::Nominal, sure);
                placed.into_iter().for_each(|placed| self.place(placed));
            }
            None => self.unnamed_person(index, tokens, head, span, kind),
        }
    }

    /// "Its director, Ada King, said": the description is the person named beside it.
    fn named_beside(&mut self, index: usize, tokens: &[Token], head: usize) -> bool {
        let joins = |place: usize| {
            tokens.get(place).is_some_and(|token| {
                matches!(token.relation.universal(), "appos" | "flat")
                    && (token.head == Some(head) || office::is_told_behind(tokens, head, place))
            })
        };
        let entity = self
            .before()
            .take_while(|mention| mention.sentence == index)
            .find(|mention| {
                mention.kind == MentionKind::Name
                    && mention.first > head
                    && joins(mention.head)
                    && self
                        .entities
                        .get(mention.entity)
                        .is_some_and(|entity| entity.kind == EntityKind::Person)
            })
            .map(|mention| mention.entity);
        let is_person = tokens
            .get(head)
            .is_some_and(|token| class_of(token) == Some(EntityKind::Person));
        let is_one = tokens
            .get(head)
            .is_some_and(|token| matches!(token.fine_tag, FineTag::Noun | FineTag::ProperNoun));
        let Some(entity) = entity.filter(|_| is_person && is_one) else {
            return false;
        };
        let sure = (entity, confidence::PARTIAL);
        let placed = self.mention(index, (head, head), MentionKind::Nominal, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
        true
    }

    /// "Secretary Kim", "the coastal town of Orvel": what is described has its name beside it.
    fn stands_with_name(
        &self,
        (index, head): (usize, usize),
        tokens: &[Token],
        kind: EntityKind,
    ) -> bool {
        let is_of_name = kind == EntityKind::Place
            && tokens.get(head + 1).is_some_and(|next| next.form == "of")
            && self.is_in_name(index, head + 2);
        is_title_of_name(tokens, head) || self.is_in_name(index, head + 1) || is_of_name
    }

    /// Whether a token of the sentence at hand lies in a name.
    fn is_in_name(&self, index: usize, place: usize) -> bool {
        self.before()
            .take_while(|mention| mention.sentence == index)
            .any(|mention| {
                mention.kind == MentionKind::Name && (mention.first..=mention.last).contains(&place)
            })
    }

    /// A person without a name becomes an entity, so that pronouns do not pass over them.
    fn unnamed_person(
        &mut self,
        index: usize,
        tokens: &[Token],
        head: usize,
        span: (usize, usize),
        kind: EntityKind,
    ) {
        let is_argument = tokens.get(head).is_some_and(|token| {
            matches!(token.relation.universal(), "nsubj" | "obj" | "obl" | "iobj")
        });
        if kind != EntityKind::Person || !is_argument {
            return;
        }
        let Some(sentence) = self.sentences.get(index) else {
            return;
        };
        let noun = tokens
            .get(head)
            .map_or_else(String::new, |token| token.lemma.to_lowercase());
        let entity = self.describe(sentence, span, kind);
        if let Some(growing) = self.entities.get_mut(entity) {
            growing.gender = gender_of_noun(&noun);
            growing.roles = role::phrase_words(tokens, head).into_iter().collect();
        }
        let sure = (entity, confidence::NAME);
        let placed = self.mention(index, span, MentionKind::Nominal, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
    }

    /// A new entity that is known by its description: the words without article, as they stand
    /// within a sentence.
    pub(super) fn describe(
        &mut self,
        sentence: &Sentence,
        (first, last): (usize, usize),
        kind: EntityKind,
    ) -> usize {
        let is_article =
            |token: &Token| matches!(token.form.to_lowercase().as_str(), "the" | "a" | "an");
        let start = match sentence.tokens.get(first) {
            Some(token) if first < last && is_article(token) => first + 1,
            _ => first,
        };
        let mut description = self.span_text(sentence, start, last);
        let is_name = sentence.tokens.get(start).is_some_and(|token| {
            token.universal_tag == UniversalTag::ProperNoun
                || token.form.chars().skip(1).any(char::is_uppercase)
        });
        if start == 0 && !is_name {
            description = description.to_lowercase();
        }
        self.entities.push(Growing {
            kind,
            description,
            ..Growing::default()
        });
        self.entities.len() - 1
    }

    /// The mentions before a word, latest first; within its sentence not those who speak, for
    /// nobody describes himself so.
    pub(super) fn earlier(
        &self,
        index: usize,
        head: usize,
    ) -> impl Iterator<Item = &super::Placed> {
        self.before().filter(move |mention| {
            mention.sentence < index || mention.last < head && !mention.is_speaker
        })
    }

    /// The person whose roles hold all words of a description; or the only one about.
    fn person_described(
        &self,
        (index, head): (usize, usize),
        own: &str,
        words: &[String],
    ) -> Option<usize> {
        let reaches = |sentence: usize, limit: usize| index - sentence.min(index) <= limit;
        // "the head of the Senate" for its chairwoman.
        let holds = |entity: &Growing| {
            words.iter().all(|word| {
                entity.roles.contains(word)
                    || words.len() > 1 && word == own && role::is_covered(own, entity)
            })
        };
        let holders: Vec<&super::Placed> = self
            .earlier(index, head)
            .take_while(|mention| reaches(mention.sentence, FARTHEST_ROLE))
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing.is_some_and(|g| g.kind == EntityKind::Person && !g.is_plural && holds(g))
            })
            .collect();
        let by_role = self.holder(&holders, index, own, words);
        if by_role.is_some() {
            return by_role;
        }
        let is_country = |word: &String| crate::text::lexicon::country_of(word).is_some();
        if words.len() == 1 && own != AGED && self.is_told_by_life((index, head), own) {
            return self.just_told((index, head), own);
        }
        if words.len() > 1 {
            let by_country = self.compatriot((index, head), own, words);
            if by_country.is_none() && self.is_told_by_life((index, head), own) {
                return self.just_told((index, head), own);
            }
            if by_country.is_some() || !words.iter().all(|word| word == own || is_country(word)) {
                return by_country;
            }
        }
        if own == AGED || is_country(&own.to_owned()) {
            return self.just_told((index, head), own);
        }
        if let Some(country) = words.iter().find(|word| is_country(word)) {
            let found = self.official_of((index, head), own, country);
            if found.is_some() {
                return found;
            }
        }
        if own == "guest" && words.len() == 1 {
            return self.met_in_lead().map(|[_, guest]| guest);
        }
        if let Some(found) = self.known_by_deed((index, head), own) {
            return Some(found);
        }
        if matches!(own, "defendant" | "accused") && words.len() == 1 {
            return self.accused(index);
        }
        if ANYONE.contains(&own) || RELATIVES.contains(&own) {
            return None;
        }
        self.only_one_about((index, head), own)
    }

    /// "the minister": the only person about, who acts.
    fn only_one_about(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let reaches = |sentence: usize, limit: usize| index - sentence.min(index) <= limit;
        let gender = gender_of_noun(own);
        let mut about: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| reaches(mention.sentence, FARTHEST_KIND))
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing.is_some_and(|g| {
                    g.kind == EntityKind::Person
                        && (g.gender.is_none() || gender.is_none() || g.gender == gender)
                })
            })
            .map(|mention| mention.entity)
            .collect();
        about.sort_unstable();
        about.dedup();
        let [only] = about.as_slice() else {
            return self
                .only_speaker((index, head), own, &about)
                .or_else(|| self.only_holder((index, head), own));
        };
        // "the man" may be anyone; an office or profession is told of the one who acts.
        let is_named = self
            .entities
            .get(*only)
            .is_some_and(|growing| growing.is_named && role::may_be(own, growing));
        let acts = self
            .earlier(index, head)
            .take_while(|mention| reaches(mention.sentence, FARTHEST_KIND))
            .any(|mention| mention.entity == *only && mention.is_subject);
        (is_named && acts).then_some(*only)
    }

    /// "the Norwegian PM": the only person with the office, whose country was not told.
    fn compatriot(
        &self,
        (index, head): (usize, usize),
        own: &str,
        words: &[String],
    ) -> Option<usize> {
        let is_country = |word: &String| crate::text::lexicon::country_of(word).is_some();
        if !words.iter().all(|word| word == own || is_country(word)) {
            return None;
        }
        let mut holders: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_ROLE)
            .map(|mention| mention.entity)
            .filter(|&entity| {
                let growing = self.entities.get(entity);
                growing.is_some_and(|growing| {
                    growing.kind == EntityKind::Person
                        && growing.is_named
                        && growing.roles.contains(own)
                })
            })
            .collect();
        holders.sort_unstable();
        holders.dedup();
        let [only] = holders.as_slice() else {
            return None;
        };
        let roles = &self.entities.get(*only)?.roles;
        (!roles.iter().any(is_country)).then_some(*only)
    }

    /// "the senator": the only person of the text so far whose known office a description covers.
    fn only_holder(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let found: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_HOLDER)
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing.is_some_and(|g| {
                    g.kind == EntityKind::Person && g.is_named && role::is_covered(own, g)
                })
            })
            .map(|mention| mention.entity)
            .collect();
        only(found)
    }

    /// The only named one of several people who has just said something.
    fn only_speaker(
        &self,
        (index, head): (usize, usize),
        own: &str,
        about: &[usize],
    ) -> Option<usize> {
        let mut speakers: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_KIND + 1)
            .filter(|mention| mention.is_speaker && about.contains(&mention.entity))
            .map(|mention| mention.entity)
            .collect();
        speakers.sort_unstable();
        speakers.dedup();
        let [only] = speakers.as_slice() else {
            return None;
        };
        let growing = self.entities.get(*only)?;
        (growing.is_named && role::may_be(own, growing)).then_some(*only)
    }
}

/// Nouns that may be said of anyone, and so tell nobody.
const ANYONE: [&str; 12] = [
    "citizen",
    "resident",
    "guest",
    "student",
    "pupil",
    "victim",
    "patient",
    "worker",
    "employee",
    "neighbour",
    "neighbor",
    "witness",
];

/// Nouns that tell what somebody is to something or somebody: "the founder" is not just anyone who
/// was named before.
const RELATIVES: [&str; 24] = [
    "founder",
    "co-founder",
    "owner",
    "inventor",
    "author",
    "father",
    "mother",
    "son",
    "daughter",
    "brother",
    "sister",
    "husband",
    "wife",
    "widow",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "grandfather",
    "grandmother",
    "counterpart",
    "colleague",
    "aide",
    "successor",
];

/// Whether a noun stands before a name as its title: "Secretary Kim".
fn is_title_of_name(tokens: &[Token], head: usize) -> bool {
    let Some(token) = tokens.get(head) else {
        return false;
    };
    let joins = matches!(
        token.relation.universal(),
        "nmod" | "compound" | "flat" | "appos"
    );
    let is_before = token
        .head
        .is_some_and(|above| above > head && above <= head + 3);
    joins && token.relation != Relation::PossessiveModifier && is_before
}

/// The determiner of a noun, in small letters.
fn determiner_of(tokens: &[Token], head: usize) -> Option<String> {
    let is_determiner =
        |token: &&Token| token.head == Some(head) && token.relation == Relation::Determiner;
    let determiner = tokens.iter().find(is_determiner)?;
    Some(fold(&determiner.form)).filter(|form| !form.is_empty())
}

/// Whether a noun is what a copula says of its subject, or an apposition: then it tells, and
/// does not refer.
fn is_predicate(tokens: &[Token], head: usize) -> bool {
    let has_copula = tokens
        .iter()
        .any(|token| token.head == Some(head) && token.relation == Relation::Copula);
    let relation = tokens.get(head).map(|token| token.relation.universal());
    has_copula
        || matches!(relation, Some("appos" | "flat" | "vocative"))
        || tokens
            .iter()
            .any(|t| t.head == Some(head) && matches!(t.relation.universal(), "flat" | "appos"))
}

/// The tokens of a noun phrase: from its first modifier to its noun and what "of" adds.
pub(super) fn span_of(tokens: &[Token], head: usize) -> (usize, usize) {
    let is_left = |token: &Token| {
        matches!(
            token.relation.universal(),
            "det" | "amod" | "compound" | "nummod" | "nmod"
        )
    };
    let first = tokens
        .iter()
        .enumerate()
        .take(head)
        .find(|(_, token)| token.head == Some(head) && is_left(token))
        .map_or(head, |(place, _)| place);
    (first, head)
}
