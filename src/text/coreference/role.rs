//! Roles: the titles, offices and descriptions of people, and the grammar that tells them.

use super::{Growing, Placed, Resolution};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Sentence, SentenceKind, Token};
use crate::text::lexicon::{NounClass, country_of, fold, gender_of_noun, is_in_class};
use crate::text::quotation::is_saying;
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

/// How far back a title may stretch before a name, in tokens.
const LONGEST_TITLE: usize = 14;

/// Whether a token is the subject of a clause.
pub(super) fn is_subject(tokens: &[Token], head: usize) -> bool {
    let relation = tokens.get(head).map(|token| token.relation);
    matches!(relation.map(Relation::universal), Some("nsubj" | "csubj"))
}

/// Whether a token is the subject of a verb of saying.
pub(super) fn is_speaker(tokens: &[Token], head: usize) -> bool {
    let verb = tokens.get(head).and_then(|token| token.head);
    is_subject(tokens, head)
        && verb
            .and_then(|verb| tokens.get(verb))
            .is_some_and(is_saying)
}

/// A word of a role in its normal form: "Russian" and "Russia's" are "russia", "PM" is "minister".
pub(super) fn role_word(token: &Token) -> Option<String> {
    let is_content = matches!(
        token.universal_tag,
        UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
    );
    if !is_content || !token.form.chars().any(char::is_alphabetic) {
        return None;
    }
    if let Some(country) = country_of(&token.form) {
        return Some(fold(country));
    }
    let lower = if token.universal_tag == UniversalTag::ProperNoun {
        fold(&token.form)
    } else {
        token.lemma.to_lowercase()
    };
    Some(match lower.as_str() {
        "pm" => "minister".to_owned(),
        "mp" => "parliamentarian".to_owned(),
        "ceo" => "executive".to_owned(),
        // "President of the Russian Federation" and "Russian President" are one role.
        "federation" | "republic" | "kingdom" => return None,
        _ => lower,
    })
}

impl Resolution<'_> {
    /// Notes the roles of what a sentence names: titles before the name, appositions, and
    /// "X is a …".
    pub(super) fn note_roles(&mut self, index: usize, sentence: &Sentence, start: usize) {
        let named: Vec<Placed> = self
            .placed
            .get(start..)
            .unwrap_or(&[])
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name && mention.sentence == index)
            .copied()
            .collect();
        let offices = offices_before_names(self, sentence, &named);
        for mention in named {
            let Some(kind) = self.entities.get(mention.entity).map(|entity| entity.kind) else {
                continue;
            };
            if kind == EntityKind::Person {
                self.note_person(sentence, mention, &offices);
            } else {
                self.note_thing(sentence, mention, kind);
            }
        }
    }

    fn note_thing(&mut self, sentence: &Sentence, mention: Placed, kind: EntityKind) {
        let tokens = &sentence.tokens;
        let before = words_before(sentence, mention.first);
        let beside = described(sentence, mention, is_thing_noun);
        // "the Orvel dam", "the Orvel Dam": a name that ends in its noun.
        let is_of_name = |token: &&Token| {
            is_thing_noun(token)
                || token.universal_tag == UniversalTag::ProperNoun && kind != EntityKind::Place
        };
        let last = tokens
            .get(mention.last)
            .filter(|token| mention.first < mention.last && is_of_name(token));
        let mut nouns: Vec<String> = before.first().cloned().into_iter().collect();
        nouns.extend(
            beside
                .iter()
                .filter_map(|&place| role_word(tokens.get(place)?)),
        );
        nouns.extend(last.and_then(role_word));
        nouns.extend(place_before(tokens, mention.first).filter(|_| kind == EntityKind::Place));
        for noun in &nouns {
            self.described_kinds.entry(noun.clone()).or_insert(kind);
        }
        if let Some(growing) = self.entities.get_mut(mention.entity) {
            growing.nouns.extend(nouns);
            growing.roles.extend(before);
            let words = beside.iter().flat_map(|&place| phrase_words(tokens, place));
            growing.roles.extend(words);
        }
    }

    fn note_person(&mut self, sentence: &Sentence, mention: Placed, offices: &[Office]) {
        // "Lost portrait by a painter By Ada King": who writes is not what the title tells of.
        let before = mention
            .first
            .checked_sub(1)
            .and_then(|before| sentence.tokens.get(before));
        if sentence.kind == SentenceKind::Heading && before.is_some_and(|word| word.form == "By") {
            return;
        }
        let mut words = title_words(sentence, mention.first);
        for office in offices.iter().filter(|office| office.of == mention.entity) {
            let tokens = sentence.tokens.get(office.first..office.end).unwrap_or(&[]);
            words.extend(tokens.iter().filter_map(role_word));
        }
        let beside = described(sentence, mention, is_person_noun);
        let is_others = |place: usize| {
            offices.iter().any(|office| {
                office.of != mention.entity && (office.first..office.end).contains(&place)
            })
        };
        words.extend(
            beside
                .iter()
                .filter(|&&place| !is_others(place))
                .flat_map(|&place| phrase_words(&sentence.tokens, place)),
        );
        if words.iter().any(|word| word == "counterpart") {
            words.extend(self.counterpart_of(mention));
        }
        let gender = words.iter().find_map(|word| gender_of_noun(word));
        if let Some(growing) = self.entities.get_mut(mention.entity) {
            growing.gender = growing.gender.or(gender);
            growing.roles.extend(words);
        }
    }

    /// "the Peruvian minister and her Chilean counterpart": a counterpart has the same office in
    /// another country.
    fn counterpart_of(&self, mention: Placed) -> Vec<String> {
        let reaches =
            |other: &&Placed| mention.sentence - other.sentence.min(mention.sentence) <= 1;
        self.before()
            .take_while(reaches)
            .filter(|other| other.entity != mention.entity)
            .filter_map(|other| self.entities.get(other.entity))
            .find(|entity| entity.kind == EntityKind::Person && !entity.roles.is_empty())
            .map(|entity| {
                let is_country = |word: &&String| country_of(word).is_some();
                let roles = entity.roles.iter();
                roles.filter(|word| !is_country(word)).cloned().collect()
            })
            .unwrap_or_default()
    }
}

/// "The coastal town of Orvel": what sort of place it is.
fn place_before(tokens: &[Token], first: usize) -> Option<String> {
    let of = tokens.get(first.checked_sub(1)?)?;
    let noun = tokens.get(first.checked_sub(2)?)?;
    // "The port of Orvel" is not Orvel.
    let is_place = matches!(
        noun.lemma.as_str(),
        "town" | "city" | "village" | "municipality" | "island" | "hamlet" | "commune"
    );
    (of.form == "of" && is_place && noun.universal_tag == UniversalTag::Noun)
        .then(|| role_word(noun))
        .flatten()
}

/// General descriptions of people, with the offices and trades that they cover.
const COVERS: [(&str, &str); 14] = [
    (
        "head",
        "head chairman chairwoman chairperson chair speaker president director chief leader",
    ),
    ("speaker", "speaker chairman chairwoman chairperson"),
    ("senator", "senator speaker chair chairman chairwoman"),
    (
        "lawmaker parliamentarian legislator mp deputy",
        "lawmaker parliamentarian legislator mp deputy senator speaker congressman congresswoman",
    ),
    (
        "politician",
        "senator speaker minister president premier mayor governor deputy lawmaker councillor \
         leader candidate chancellor",
    ),
    (
        "leader",
        "president premier minister chancellor chairman chairwoman secretary head king queen",
    ),
    (
        "official",
        "minister secretary commissioner governor mayor director head chairman deputy",
    ),
    ("diplomat", "minister ambassador envoy consul negotiator"),
    ("envoy", "ambassador diplomat negotiator representative"),
    (
        "executive",
        "executive ceo chief director manager chairman chairwoman founder",
    ),
    (
        "scientist researcher scholar",
        "scientist researcher scholar professor physicist chemist biologist astronomer geologist \
         historian economist author co-author",
    ),
    (
        "player footballer athlete",
        "striker midfielder defender goalkeeper forward captain player footballer athlete",
    ),
    ("lawyer", "lawyer attorney barrister solicitor prosecutor"),
    (
        "author writer",
        "author writer novelist poet playwright journalist",
    ),
];

/// Whether a description covers an office that a person is known to have: "the senator" for a
/// deputy speaker.
pub(super) fn is_covered(own: &str, entity: &Growing) -> bool {
    COVERS.iter().any(|(general, offices)| {
        general.split_whitespace().any(|word| word == own)
            && offices
                .split_whitespace()
                .any(|office| entity.roles.contains(office))
    })
}

/// Whether a person may be described so: nothing is known of their office or trade, or it is
/// this one, or one that the description covers.
pub(super) fn may_be(own: &str, entity: &Growing) -> bool {
    let is_office =
        |word: &String| is_in_class(word, NounClass::Person) && gender_of_noun(word).is_none();
    entity.roles.contains(own) || is_covered(own, entity) || !entity.roles.iter().any(is_office)
}

fn is_person_noun(token: &Token) -> bool {
    is_in_class(&token.lemma.to_lowercase(), NounClass::Person)
}

/// A common noun that tells what an organization, place or work is.
fn is_thing_noun(token: &Token) -> bool {
    token.universal_tag == UniversalTag::Noun && !is_person_noun(token)
}

/// The common nouns right before a name, with what stands before them: "Irish drinks maker".
fn words_before(sentence: &Sentence, first: usize) -> Vec<String> {
    let before = |place: &usize| sentence.tokens.get(*place);
    let is_noun = |token: &Token| token.universal_tag == UniversalTag::Noun;
    let starts = first
        .checked_sub(1)
        .and_then(|place| sentence.tokens.get(place))
        .is_some_and(is_noun);
    if !starts {
        return Vec::new();
    }
    let earliest = first.saturating_sub(LONGEST_TITLE);
    (earliest..first)
        .rev()
        .map_while(|place| before(&place))
        .take_while(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Noun | UniversalTag::Adjective | UniversalTag::ProperNoun
            ) || matches!(token.form.as_str(), "-" | "'s" | "’s" | "'" | "’")
        })
        .filter_map(role_word)
        .collect()
}

/// The words of the title that ends where a name begins: "Deputy Speaker of the Council".
fn title_words(sentence: &Sentence, first: usize) -> Vec<String> {
    let earliest = first.saturating_sub(LONGEST_TITLE);
    let mut words = Vec::new();
    let mut nearest_is_title = false;
    for place in (earliest..first).rev() {
        let Some(token) = sentence.tokens.get(place) else {
            break;
        };
        let lower = token.form.to_lowercase();
        let is_title = is_in_class(&lower, NounClass::Title)
            || is_in_class(&token.lemma.to_lowercase(), NounClass::Person);
        let is_link = matches!(
            lower.as_str(),
            "of" | "the" | "'s" | "’s" | "’" | "-" | "on" | "for"
        );
        let is_word = token.form.starts_with(char::is_uppercase) || is_title;
        nearest_is_title |= is_title;
        let is_verb = matches!(
            token.universal_tag,
            UniversalTag::Verb | UniversalTag::Auxiliary
        );
        if is_verb || !(is_link && !words.is_empty() || is_word) {
            break;
        }
        words.extend(role_word(token).filter(|_| is_word));
        if matches!(
            lower.as_str(),
            "mr." | "mr" | "mrs." | "mrs" | "ms." | "ms" | "sir"
        ) {
            words.push(lower);
        }
    }
    if nearest_is_title { words } else { Vec::new() }
}

/// An office told between commas before the name of who holds it.
struct Office {
    first: usize,
    end: usize,
    of: usize,
}

/// "Ann Lee, President of Orvela, the Prime Minister of Arno, Her Excellency Ida Berg": the second
/// office is told before its holder, for the first name has one.
fn offices_before_names(
    resolution: &Resolution<'_>,
    sentence: &Sentence,
    named: &[Placed],
) -> Vec<Office> {
    let tokens = &sentence.tokens;
    let is_person = |mention: &&Placed| {
        resolution
            .entities
            .get(mention.entity)
            .is_some_and(|growing| growing.kind == EntityKind::Person)
    };
    let mut people: Vec<&Placed> = named.iter().filter(is_person).collect();
    people.sort_by_key(|mention| mention.first);
    let mut found = Vec::new();
    for (number, mention) in people.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|number| people.get(number));
        let start = before.map_or(0, |before| before.last + 1);
        let honorific = |place: usize| tokens.get(place).is_some_and(is_honorific);
        let mut end = mention.first;
        while end > start && honorific(end - 1) {
            end -= 1;
        }
        let is_comma = |place: usize| tokens.get(place).is_some_and(|token| token.form == ",");
        if end <= start + 1 || !is_comma(end - 1) {
            continue;
        }
        end -= 1;
        let first = match before {
            Some(_) => (start..end).rev().find(|&place| is_comma(place)),
            None => (start..end)
                .rev()
                .find(|&place| !is_of_title(tokens, place)),
        };
        let Some(first) = first.map(|place| place + 1).filter(|&first| first < end) else {
            continue;
        };
        let words = tokens.get(first..end).unwrap_or(&[]);
        let is_office = words.iter().any(is_person_noun)
            && words
                .first()
                .is_some_and(|token| token.form.eq_ignore_ascii_case("the"))
            && !words.iter().any(|token| {
                token.universal_tag == UniversalTag::Verb || token.form.eq_ignore_ascii_case("who")
            });
        let has_one = before.is_none_or(|before| {
            let earlier = tokens.get(start..first).unwrap_or(&[]);
            earlier.iter().any(is_person_noun)
                || !title_words(sentence, before.first).is_empty()
                || !described(sentence, **before, is_person_noun)
                    .iter()
                    .all(|place| (first..end).contains(place))
        });
        if is_office && has_one {
            found.push(Office {
                first,
                end,
                of: mention.entity,
            });
        }
    }
    found
}

/// "Chairman of the Water Board | Ada King": an office and its body, right before a name.
pub(super) fn is_title_to(
    tokens: &[Token],
    head: usize,
    name: usize,
    is_in_body: impl Fn(usize) -> bool,
) -> bool {
    let Some(between) = tokens
        .get(head + 1..name)
        .filter(|b| b.len() < LONGEST_TITLE)
    else {
        return false;
    };
    // "Head of the Arno delegation, Commissioner | Ada King": a title may stand between.
    let is_title = |token: &Token| is_in_class(&token.form.to_lowercase(), NounClass::Title);
    let is_common = |token: &Token| {
        token.universal_tag == UniversalTag::Noun
            && !is_in_class(&token.form.to_lowercase(), NounClass::Person)
    };
    let end = between.iter().rposition(|token| !is_title(token));
    let has_title = end.is_some_and(|end| end + 1 < between.len())
        && end.and_then(|end| between.get(end)).is_some_and(is_common);
    let opens = between
        .first()
        .is_some_and(|token| matches!(token.form.as_str(), "of" | "for" | "on"));
    // "The wife of President Ada King": the president is named, not the wife.
    let is_body = between.last().is_some_and(|token| {
        token.form.starts_with(char::is_uppercase)
            && matches!(
                token.universal_tag,
                UniversalTag::Noun | UniversalTag::ProperNoun
            )
            && !is_in_class(&token.form.to_lowercase(), NounClass::Title)
            && !is_in_class(&token.form.to_lowercase(), NounClass::Person)
    });
    opens
        && (is_body || has_title)
        && (head + 1..name).all(|place| is_of_title(tokens, place) || is_in_body(place))
}

/// Whether a word may stand in a title: "the Speaker of the National Assembly".
fn is_of_title(tokens: &[Token], place: usize) -> bool {
    tokens.get(place).is_some_and(|token| {
        matches!(
            token.universal_tag,
            UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
        ) || matches!(
            token.form.to_lowercase().as_str(),
            "the" | "of" | "for" | "and" | "on" | "'s" | "’s" | "-"
        )
    })
}

/// "Her Excellency", "the Honourable", "Mr.": how somebody is addressed.
fn is_honorific(token: &Token) -> bool {
    static ADDRESSES: WordList = WordList::new(
        "the his her their excellency honourable honorable hon hon. h.e. mr \
        mr. mrs mrs. ms ms. dr dr. professor prof. sheikh sir dame lord lady majesty highness \
        royal",
    );
    let lower = token.form.to_lowercase();
    ADDRESSES.contains(&lower)
}

/// The appositions and predicate nouns of a name that are of a kind.
fn described(sentence: &Sentence, mention: Placed, is_noun: impl Fn(&Token) -> bool) -> Vec<usize> {
    let tokens = &sentence.tokens;
    let inside = mention.first..=mention.last;
    let head = mention.head;
    let mut heads: Vec<usize> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let is_apposition = token.relation == Relation::Apposition
            && token.head.is_some_and(|head| inside.contains(&head))
            && !is_apart(tokens, mention, place);
        let is_predicate = sentence.tokens.get(head).is_some_and(|name| {
            name.relation == Relation::NominalSubject && name.head == Some(place)
        }) && tokens
            .iter()
            .any(|other| other.head == Some(place) && other.relation == Relation::Copula);
        // "Ann Lee, Minister of Trade,": an office behind a comma, however it is attached.
        let is_behind = place > mention.last
            && token.relation.universal() == "nmod"
            && token.head.is_some_and(|head| inside.contains(&head))
            && tokens
                .get(place - 1)
                .is_some_and(|before| before.form == ",");
        let is_beside = is_apposition || is_predicate || is_behind;
        if !inside.contains(&place) && is_beside && is_noun(token) {
            heads.push(place);
        }
    }
    // The name may be the apposition of its description: "the senator, Ada King".
    if let Some(name) = tokens.get(head)
        && matches!(name.relation, Relation::Apposition | Relation::Flat)
        && let Some(place) = name.head.filter(|place| !inside.contains(place))
        && tokens.get(place).is_some_and(is_noun)
        && !is_apart(tokens, mention, place)
    {
        heads.push(place);
    }
    heads
}

/// "Image: Orvel Press": a colon gives credit, it does not describe.
fn is_apart(tokens: &[Token], mention: Placed, place: usize) -> bool {
    let (from, to) = if place < mention.first {
        (place, mention.first)
    } else {
        (mention.last, place)
    };
    let between = tokens.get(from..to).unwrap_or(&[]);
    between.iter().any(|token| token.form == ":")
}

/// The content words of the phrase around a noun: itself, its modifiers, what "of" adds.
pub(super) fn phrase_words(tokens: &[Token], head: usize) -> Vec<String> {
    let is_part = |token: &Token| {
        let is_modifier = matches!(
            token.relation.universal(),
            "amod" | "compound" | "nmod" | "flat"
        );
        let above = token.head.and_then(|head| tokens.get(head));
        is_modifier
            && (token.head == Some(head)
                || above.is_some_and(|a| {
                    a.head == Some(head)
                        && matches!(
                            a.relation.universal(),
                            "amod" | "compound" | "nmod" | "flat"
                        )
                }))
    };
    tokens
        .iter()
        .enumerate()
        .filter(|(place, token)| *place == head || is_part(token))
        .filter_map(|(_, token)| role_word(token))
        .collect()
}
