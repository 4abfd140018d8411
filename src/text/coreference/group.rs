//! Groups: "the two sides", "both countries", and the entities that make them up.

use super::holder;
use super::role::{self, is_covered};
use super::{Growing, Resolution, confidence, key_of};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, SentenceKind, Token};
use crate::text::lexicon::{NounClass, country_of, is_country, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

/// The pair must have been named within so many sentences.
const FARTHEST: usize = 12;

/// Nouns for countries and bodies of which two are told together.
static PAIRS: WordList =
    WordList::new("side country nation state party government partner neighbor neighbour");

/// Those who speak for countries, parliaments and firms.
const HEADS: [&str; 9] = [
    "leader",
    "president",
    "minister",
    "premier",
    "speaker",
    "chancellor",
    "chairman",
    "ambassador",
    "official",
];

/// A pair told once stands for "the sides" over so many sentences.
const FARTHEST_ONCE: usize = 4;

/// Offices are remembered over so many sentences.
const FARTHEST_HOLDERS: usize = 25;

/// The members of a list have no more than titles between them.
const FARTHEST_IN_LIST: usize = 8;

/// Two people must have been told together within so many sentences.
const FARTHEST_PEOPLE: usize = 4;

impl Resolution<'_> {
    /// Places "the two sides", "both countries": the pair that the text is about.
    pub(super) fn group(
        &mut self,
        index: usize,
        tokens: &[Token],
        head: usize,
        span: (usize, usize),
    ) {
        let Some(token) = tokens.get(head).filter(|token| token.lemma != "head") else {
            return;
        };
        let noun = token.lemma.to_lowercase();
        let is_pair_noun = PAIRS.contains(&noun);
        let is_person_noun = is_in_class(&noun, NounClass::Person);
        let is_body_noun = !is_pair_noun
            && (is_in_class(&noun, NounClass::Organization)
                || is_in_class(&noun, NounClass::Business));
        let is_met = holder::is_met(&noun);
        if !(is_pair_noun || is_person_noun || is_body_noun || is_met) {
            return;
        }
        let told = members_told(tokens, head);
        // "The leaders", where the document tells of two.
        let is_bare = HEADS.contains(&noun.as_str())
            && is_bare_plural(tokens, head)
            && !self.is_told_plural((index, head), &noun);
        let may_be_met = is_met && noun != "guest" && is_bare_plural(tokens, head);
        let Some(count) = told.or((is_bare || may_be_met).then_some(2)) else {
            return;
        };
        // "Two workers" are new; "the two ministers" have been told.
        // "Two sides" are those who talk, with or without an article.
        let are_sides = noun == "side" && told.is_some() && is_argument(tokens, head);
        if !is_definite(tokens, head) && !are_sides {
            return;
        }
        let members = if told.is_none() && may_be_met {
            None
        } else if count > 2 {
            self.several_named((index, head), count, |growing| match growing.kind {
                EntityKind::Person => is_person_noun,
                EntityKind::Organization => is_body_noun || noun == "party",
                EntityKind::Place => is_pair_noun,
                _ => false,
            })
        } else if is_person_noun {
            let pair = || self.pair_of_people((index, head), &noun);
            let holders = self.two_holders((index, head), &noun);
            let near = || self.two_near((index, head)).filter(|_| told.is_some());
            let pair = holders.or_else(|| pair().filter(|_| told.is_some()));
            pair.or_else(near).map(Vec::from)
        } else {
            let body = is_body_noun.then_some(noun.as_str());
            let pair = self.pair((index, head), body);
            pair.filter(|pair| self.may_be_called(pair, &noun))
                .map(Vec::from)
        };
        let met = || self.two_who_met(index).or_else(|| self.met_in_lead());
        let members = members.or_else(|| met().filter(|_| is_met).map(Vec::from));
        let countries = || {
            let is_side = noun == "side";
            let is_country = matches!(noun.as_str(), "country" | "nation" | "state") || is_side;
            let pair = self.two_countries((index, head), is_side);
            pair.filter(|_| is_country && count == 2 && told.is_some())
        };
        let members = match members {
            Some(members) => members,
            None => match countries() {
                Some(names) => names.map(|name| self.country(name)).to_vec(),
                None => return,
            },
        };
        let members = self.represented(members, &noun);
        let entity = self.group_of(members, index, span);
        let sure = (entity, confidence::GROUP);
        let placed = self.mention(index, span, MentionKind::Nominal, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
    }

    /// "The two countries" are no ports.
    fn may_be_called(&self, pair: &[usize; 2], noun: &str) -> bool {
        let is_country = matches!(noun, "country" | "nation" | "state");
        let is_place = |entity: &usize| {
            self.entities.get(*entity).is_some_and(|growing| {
                let is_part = |name: &str| {
                    name.split(' ').next().is_some_and(|word| {
                        matches!(word, "port" | "city" | "lake" | "mount" | "gulf")
                    })
                };
                growing.kind == EntityKind::Place && !growing.has_name(is_part)
            })
        };
        !is_country || pair.iter().all(is_place)
    }

    /// The group entity with these members.
    pub(super) fn group_of(
        &mut self,
        mut members: Vec<usize>,
        index: usize,
        span: (usize, usize),
    ) -> usize {
        members.sort_unstable();
        if let Some(&known) = self.groups.get(&members) {
            return known;
        }
        let description = self
            .sentences
            .get(index)
            .map(|sentence| self.span_text(sentence, span.0, span.1))
            .unwrap_or_default();
        self.entities.push(Growing {
            kind: EntityKind::Other,
            description,
            members,
            is_plural: true,
            ..Growing::default()
        });
        let entity = self.entities.len() - 1;
        let members = self.entities.last().map(|group| group.members.clone());
        self.groups.insert(members.unwrap_or_default(), entity);
        entity
    }

    /// The mentions before a word within so many sentences, latest first.
    fn told_before(
        &self,
        (index, head): (usize, usize),
        farthest: usize,
    ) -> impl Iterator<Item = &super::Placed> {
        self.before()
            .take_while(move |mention| index - mention.sentence.min(index) <= farthest)
            .filter(move |mention| mention.sentence < index || mention.last < head)
    }

    /// The two countries or organizations that were named side by side most often and lately.
    fn pair(&self, (index, head): (usize, usize), body: Option<&str>) -> Option<[usize; 2]> {
        let mut pairs: Vec<([usize; 2], usize, usize)> = Vec::new();
        let mut mentions: Vec<_> = self
            .told_before((index, head), FARTHEST)
            .filter(|mention| mention.kind == MentionKind::Name)
            .collect();
        mentions.reverse();
        for window in mentions.windows(2) {
            let [left, right] = window else { continue };
            let is_actor = |entity: usize| {
                self.entities.get(entity).is_some_and(|growing| match body {
                    Some(noun) => is_such_body(noun, growing),
                    None => matches!(growing.kind, EntityKind::Organization | EntityKind::Place),
                })
            };
            let is_near = left.sentence == right.sentence
                && right.first > left.last
                && (right.first - left.last <= 3
                    && self.is_joined(left.sentence, left.last, right.first)
                    || right.first - left.last <= 5
                        && self.has_and(left.sentence, left.last, right.first));
            if !is_near
                || body.is_none() && self.are_where(left, right)
                || left.entity == right.entity
                || !is_actor(left.entity)
                || !is_actor(right.entity)
            {
                continue;
            }
            let mut pair = [left.entity, right.entity];
            pair.sort_unstable();
            match pairs.iter_mut().find(|(known, _, _)| *known == pair) {
                Some((_, count, latest)) => {
                    *count += 1;
                    *latest = left.sentence;
                }
                None => pairs.push((pair, 1, left.sentence)),
            }
        }
        let most = pairs.iter().map(|(_, count, _)| *count).max()?;
        let mut best = pairs.iter().filter(|(_, count, _)| *count == most);
        match (best.next(), best.next()) {
            (Some((pair, count, latest)), None) => {
                let is_near = *count > 1 || index - latest.min(&index) <= FARTHEST_ONCE;
                (is_near || *latest <= 1).then_some(*pair)
            }
            _ => None,
        }
    }

    /// "An exhibition in Arno and Velmor": two places that are no countries, where something is.
    fn are_where(&self, left: &super::Placed, right: &super::Placed) -> bool {
        let is_town = |entity: usize| {
            self.entities.get(entity).is_some_and(|growing| {
                growing.kind == EntityKind::Place
                    && !growing.names.iter().any(|(name, _)| is_country(name))
            })
        };
        let before = left.first.checked_sub(1).and_then(|place| {
            let sentence = self.sentences.get(left.sentence)?;
            sentence.tokens.get(place)
        });
        let is_in = before.is_some_and(|token| {
            matches!(
                token.form.to_lowercase().as_str(),
                "in" | "at" | "near" | "from" | "to"
            )
        });
        is_in && is_town(left.entity) && is_town(right.entity)
    }

    /// Whether the document told of several of a noun before with words of their own: "leaders of
    /// the member states".
    fn is_told_plural(&self, (index, head): (usize, usize), noun: &str) -> bool {
        let sentences = self.sentences.get(..=index).unwrap_or(&[]);
        let mut told = sentences
            .iter()
            .enumerate()
            .filter(|(_, sentence)| sentence.kind != SentenceKind::Heading);
        told.any(|(number, sentence)| {
            let tokens = &sentence.tokens;
            tokens.iter().enumerate().any(|(place, token)| {
                (number, place) < (index, head)
                    && token.fine_tag == FineTag::PluralNoun
                    && token.lemma.eq_ignore_ascii_case(noun)
                    && !is_bare_plural(tokens, place)
                    && !says_two(tokens, place)
            })
        })
    }

    /// The two people whose offices a noun covers: the only two, or those told of first.
    fn two_holders(&self, (index, head): (usize, usize), noun: &str) -> Option<[usize; 2]> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let holds = |growing: &Growing| {
            growing.kind == EntityKind::Person
                && growing.is_named
                && (growing.roles.contains(noun) || is_covered(noun, growing))
        };
        for mention in self.told_before((index, head), FARTHEST_HOLDERS) {
            let fits = self.entities.get(mention.entity).is_some_and(holds);
            if !fits || mention.kind != MentionKind::Name {
                continue;
            }
            match found
                .iter_mut()
                .find(|(entity, _)| *entity == mention.entity)
            {
                // The latest come first: what is seen last was told first.
                Some((_, sentence)) => *sentence = mention.sentence,
                None => found.push((mention.entity, mention.sentence)),
            }
        }
        let earliest = found.iter().map(|(_, sentence)| *sentence).min()?;
        if found.len() > 2 {
            found.retain(|(_, sentence)| *sentence == earliest);
        }
        match found.as_slice() {
            [(first, _), (second, _)] => Some([*first, *second]),
            _ => None,
        }
    }

    /// The two countries that a document tells of, by name or by their peoples: the only two, or
    /// those told of much more than others.
    fn two_countries(
        &self,
        (index, head): (usize, usize),
        are_only: bool,
    ) -> Option<[&'static str; 2]> {
        let mut told: Vec<(&'static str, usize)> = Vec::new();
        let sentences = self.sentences.get(..=index).unwrap_or(&[]);
        for (number, sentence) in sentences.iter().enumerate() {
            let end = if number == index {
                head
            } else {
                sentence.tokens.len()
            };
            for (place, token) in sentence.tokens.iter().enumerate().take(end) {
                let is_name = matches!(
                    token.universal_tag,
                    UniversalTag::ProperNoun | UniversalTag::Adjective
                );
                let is_name = is_name && !joins_participle(&sentence.tokens, place);
                let Some(country) = country_of(&token.form).filter(|_| is_name) else {
                    continue;
                };
                match told.iter_mut().find(|(known, _)| *known == country) {
                    Some((_, count)) => *count += 1,
                    None => told.push((country, 1)),
                }
            }
        }
        told.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        match told.as_slice() {
            // Told once each, they may be anybody's.
            [(first, most), (second, _)] => (*most > 1).then_some([*first, *second]),
            [(first, _), (second, least), (_, other), ..] => {
                let are_told = *least > 1 && other * 2 <= *least && !are_only;
                are_told.then_some([*first, *second])
            }
            _ => None,
        }
    }

    /// The entity of a country, which may not have been named itself.
    pub(super) fn country(&mut self, name: &str) -> usize {
        let key = key_of(name);
        let known = self.by_name.get(&key).and_then(|all| all.last()).copied();
        known.unwrap_or_else(|| {
            let entity = self.new_entity(EntityKind::Place);
            self.add_name(entity, name, key);
            entity
        })
    }

    /// The only two people named in this sentence and the one before.
    fn two_near(&self, (index, head): (usize, usize)) -> Option<[usize; 2]> {
        let mut people: Vec<usize> = self
            .told_before((index, head), 1)
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing
                    .is_some_and(|growing| growing.kind == EntityKind::Person && growing.is_named)
            })
            .map(|mention| mention.entity)
            .collect();
        people.sort_unstable();
        people.dedup();
        match people.as_slice() {
            [first, second] => Some([*first, *second]),
            _ => None,
        }
    }

    /// "All three countries": the last that were told together in a list of so many.
    fn several_named(
        &self,
        (index, head): (usize, usize),
        count: usize,
        fits: impl Fn(&Growing) -> bool,
    ) -> Option<Vec<usize>> {
        let mut named: Vec<_> = self
            .told_before((index, head), FARTHEST_HOLDERS)
            .filter(|mention| mention.kind == MentionKind::Name)
            .collect();
        named.reverse();
        let is_listed = |list: &[&super::Placed]| {
            let is_next = |pair: &[&super::Placed]| match pair {
                [left, right] => {
                    left.sentence == right.sentence
                        && right.first > left.last
                        && right.first - left.last <= FARTHEST_IN_LIST
                        && self.is_comma_or_and(left.sentence, left.last, right.first)
                }
                _ => false,
            };
            list.windows(2).all(is_next)
        };
        let is_fit = |mention: &&super::Placed| {
            self.entities
                .get(mention.entity)
                .is_some_and(|growing| growing.members.is_empty() && fits(growing))
        };
        let list = named
            .windows(count)
            .rev()
            .find(|list| list.iter().all(is_fit) && is_listed(list))?;
        let mut members: Vec<usize> = list.iter().map(|mention| mention.entity).collect();
        members.sort_unstable();
        members.dedup();
        (members.len() == count).then_some(members)
    }

    /// Whether a comma, "and" or both stand between two names of a sentence, perhaps with titles.
    fn is_comma_or_and(&self, sentence: usize, from: usize, to: usize) -> bool {
        let between = self
            .sentences
            .get(sentence)
            .and_then(|sentence| sentence.tokens.get(from + 1..to));
        between.is_some_and(|between| {
            !between.is_empty()
                && between.iter().enumerate().all(|(place, token)| {
                    let is_title = role::role_word(token).is_some();
                    matches!(token.form.to_lowercase().as_str(), "," | "and" | "the")
                        || place > 0 && is_title
                })
        })
    }

    /// "the two ministers": the last two people told together; what is known of their offices
    /// must not speak against it.
    fn pair_of_people(&self, (index, head): (usize, usize), noun: &str) -> Option<[usize; 2]> {
        let mut people: Vec<_> = self
            .told_before((index, head), FARTHEST_PEOPLE)
            .filter(|mention| mention.kind == MentionKind::Name)
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing.is_some_and(|growing| growing.kind == EntityKind::Person)
            })
            .collect();
        people.reverse();
        let (first, second) = people.windows(2).rev().find_map(|pair| {
            let [left, right] = pair else { return None };
            let is_pair = left.sentence == right.sentence
                && left.entity != right.entity
                && self.has_and(left.sentence, left.last, right.first);
            is_pair.then_some((left.entity, right.entity))
        })?;
        let fits = |entity: &usize| {
            self.entities.get(*entity).is_some_and(|growing| {
                growing.roles.is_empty()
                    || growing.roles.contains(noun)
                    || matches!(noun, "leader" | "man" | "woman" | "official" | "politician")
            })
        };
        (fits(&first) && fits(&second)).then_some([first, second])
    }

    /// Whether "and" stands shortly between two names of a sentence, and no verb.
    fn has_and(&self, sentence: usize, from: usize, to: usize) -> bool {
        /// A title and a possessive may precede the second name.
        const MOST_BETWEEN: usize = 10;
        let Some(sentence) = self.sentences.get(sentence) else {
            return false;
        };
        let between = sentence.tokens.get(from + 1..to).unwrap_or(&[]);
        between.len() <= MOST_BETWEEN
            && between
                .iter()
                .any(|token| matches!(token.form.as_str(), "and" | "or"))
            && !between
                .iter()
                .any(|token| token.universal_tag == UniversalTag::Verb)
    }

    /// Whether two names are joined by "and", "with" or a dash.
    fn is_joined(&self, sentence: usize, from: usize, to: usize) -> bool {
        let Some(sentence) = self.sentences.get(sentence) else {
            return false;
        };
        let between = sentence.tokens.get(from + 1..to).unwrap_or(&[]);
        !between.is_empty()
            && between.iter().all(|token| {
                matches!(
                    token.form.to_lowercase().as_str(),
                    "and" | "or" | "with" | "-" | "–" | "&" | "the" | "/"
                )
            })
    }
}

/// "Portuguese-speaking countries": the word tells a language or an origin, no country that acts.
fn joins_participle(tokens: &[Token], place: usize) -> bool {
    let form = |place: usize| tokens.get(place).map_or("", |token| token.form.as_str());
    let next = form(place + 2).to_lowercase();
    form(place + 1) == "-"
        && (next.ends_with("ing") || next.ends_with("ed") || matches!(&*next, "born" | "made"))
}

/// Whether a word before a noun says that it was told.
fn is_definite(tokens: &[Token], head: usize) -> bool {
    let near = tokens.get(head.saturating_sub(3)..head).unwrap_or(&[]);
    let is_side = tokens.get(head).is_some_and(|token| token.lemma == "side");
    near.iter().any(|token| {
        matches!(
            token.form.to_lowercase().as_str(),
            "the" | "both" | "these" | "those" | "neither" | "all"
        )
            // "Two sides need to talk": those who do.
            || is_side && token.form.eq_ignore_ascii_case("two")
    })
}

/// Whether a noun does something, or something is done to it.
fn is_argument(tokens: &[Token], head: usize) -> bool {
    tokens
        .get(head)
        .is_some_and(|token| matches!(token.relation.universal(), "nsubj" | "obj"))
}

/// "The leaders" with nothing that tells which.
fn is_bare_plural(tokens: &[Token], head: usize) -> bool {
    let mut below = tokens.iter().filter(|token| token.head == Some(head));
    tokens
        .get(head)
        .is_some_and(|token| token.fine_tag == FineTag::PluralNoun)
        && below.clone().any(|token| {
            token.relation == Relation::Determiner && token.form.eq_ignore_ascii_case("the")
        })
        && below.all(|token| {
            !matches!(
                token.relation.universal(),
                "amod" | "compound" | "nmod" | "nummod" | "acl" | "appos" | "conj"
            )
        })
}

/// "The two chambers" are two that are called so; "the two organizations" may be any.
fn is_such_body(noun: &str, growing: &Growing) -> bool {
    const ANY: [&str; 8] = [
        "organization",
        "organisation",
        "body",
        "institution",
        "company",
        "firm",
        "group",
        "agency",
    ];
    let is_called = || {
        growing.roles.contains(noun)
            || growing.has_name(|name| name.split(' ').any(|word| word == noun))
    };
    growing.kind == EntityKind::Organization && (ANY.contains(&noun) || is_called())
}

/// How many a noun is said to mean: "the two", "both", "all three".
fn members_told(tokens: &[Token], head: usize) -> Option<usize> {
    if says_two(tokens, head) {
        return Some(2);
    }
    let near = tokens.get(head.saturating_sub(3)..head).unwrap_or(&[]);
    near.iter()
        .filter(|token| token.head == Some(head))
        .find_map(|token| match token.form.to_lowercase().as_str() {
            "three" => Some(3),
            "four" => Some(4),
            _ => None,
        })
}

/// Whether a noun is said to be two: "the two", "both".
fn says_two(tokens: &[Token], head: usize) -> bool {
    let near = tokens.get(head.saturating_sub(3)..head).unwrap_or(&[]);
    let two = near.iter().any(|token| {
        matches!(
            token.form.to_lowercase().as_str(),
            "two" | "both" | "neither"
        ) && token.head == Some(head)
    });
    let counted = near
        .iter()
        .any(|token| token.head == Some(head) && token.relation == Relation::NumericModifier);
    let noun = tokens.get(head).map_or("", |token| token.lemma.as_str());
    // "the sides" are the two that talk; "the countries" may be many.
    two || noun == "side"
        && !counted
        && near
            .iter()
            .any(|token| token.form.eq_ignore_ascii_case("the"))
}
