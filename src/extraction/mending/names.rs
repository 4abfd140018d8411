//! Names: their words in one phrase, and the name at the head of the nouns beside it.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

impl Mending<'_> {
    /// The rules of names that come before all others.
    pub(super) fn names(&mut self) {
        self.terms_in_brackets();
        self.words_of_one_name();
        self.names_behind_remarks();
        self.names_flat_behind_nouns();
        self.bodies_before_offices();
        self.offices_of_two_nouns();
    }

    /// `Orvel Group ("Orvel" or the "Group")`: what a bracket says somebody is called is no second
    /// one beside him.
    fn terms_in_brackets(&mut self) {
        for open in 1..self.heads.len().saturating_sub(2) {
            let is_quote = |mark: &str| matches!(mark, "\"" | "“" | "''" | "``" | "'" | "‘");
            if self.form(open) != "(" || !is_quote(self.form(open + 1)) {
                continue;
            }
            let close = (open..self.heads.len()).find(|&place| self.form(place) == ")");
            for term in open + 1..close.unwrap_or(open) {
                let is_joined = self.relation(term) == Relation::Conjunct
                    && self.head(term).is_some_and(|head| head < open);
                if is_joined && let Some(head) = self.head(term) {
                    self.attach(term, head, Relation::Parataxis);
                }
            }
        }
    }

    /// "the secretary general, Ida Roth of Lund": the two nouns are one office; what stands behind
    /// the name is hers.
    fn offices_of_two_nouns(&mut self) {
        const OFFICES: [&str; 14] = [
            "adjutant",
            "attorney",
            "auditor",
            "comptroller",
            "consul",
            "director",
            "governor",
            "inspector",
            "postmaster",
            "prosecutor",
            "secretary",
            "solicitor",
            "surgeon",
            "quartermaster",
        ];
        for general in 1..self.heads.len() {
            let office = general - 1;
            let is_office = self.is(general, "general")
                && OFFICES.contains(&self.form(office).to_lowercase().as_str())
                && self.head(general).is_some()
                && self.head(general) == self.head(office)
                && self.relation(general) == self.relation(office);
            if !is_office {
                continue;
            }
            let behind: Vec<usize> = self
                .children(general)
                .filter(|&child| child > general)
                .collect();
            let name = self
                .children(office)
                .find(|&child| child > general && self.relation(child) == Relation::Apposition);
            for child in behind {
                let owner = name.filter(|&name| name < child).unwrap_or(office);
                self.attach(child, owner, self.relation(child));
            }
            self.attach(general, office, Relation::Flat);
        }
    }

    /// The rules of people and what they are, once each clause has one subject.
    pub(super) fn offices(&mut self) {
        self.offices_of_bodies();
        self.names_beside_their_office();
        self.names_behind_two_nouns();
        self.members_behind_nouns();
    }

    /// "the foundation Agua Viva": words of one name that hang side by side are one.
    fn words_of_one_name(&mut self) {
        for word in 1..self.heads.len() {
            let is_inside = self
                .tokens
                .get(word)
                .is_some_and(|token| matches!(token.name, NameTag::Inside(_)));
            let before = word - 1;
            // "Lakeland & Tyne": nothing is joined within a name.
            if self.form(before) == "&"
                && is_inside
                && self.relation(word) == Relation::Conjunct
                && let Some(first) = self.head(word).filter(|&first| first < word)
            {
                self.attach(word, first, Relation::Flat);
                self.attach(before, first, Relation::Flat);
                continue;
            }
            if is_inside && self.joins_within_name(word) {
                continue;
            }
            if is_inside && self.is_loose_part(word) {
                self.attach(word, before, Relation::Flat);
                continue;
            }
            let is_double = self.relation(word) == Relation::Apposition
                && self.relation(before) == Relation::Apposition
                && self.head(word) == self.head(before);
            if is_inside && is_double {
                self.attach(word, before, Relation::Flat);
            }
        }
    }

    /// "Salt and Iron", "Front for Land and Water": "and" within a name lists nothing beside it.
    fn joins_within_name(&mut self, word: usize) -> bool {
        let Some(first) = self
            .head(word)
            .filter(|&first| first + 1 < word && self.relation(word) == Relation::Conjunct)
        else {
            return false;
        };
        let Some(and) = (first + 1..word).rev().find(|&and| self.is(and, "and")) else {
            return false;
        };
        let is_inside = |place: usize| {
            self.tokens
                .get(place)
                .is_some_and(|token| matches!(token.name, NameTag::Inside(_)))
        };
        let begins = self
            .tokens
            .get(first)
            .is_some_and(|token| matches!(token.name, NameTag::Begin(_)));
        // "Land" and "Water" below "for" are listed there, and stay within the name.
        if !begins || !(first + 1..=word).all(is_inside) {
            return false;
        }
        let mark = and - 1;
        if self.fine(mark) == FineTag::Possessive && self.head(mark) == Some(first) {
            let (Some(above), relation) = (self.head(first), self.relation(first)) else {
                return false;
            };
            let relation = match relation {
                Relation::PossessiveModifier if word < above => Relation::NominalSubject,
                other => other,
            };
            self.attach(word, above, relation);
            self.attach(first, word, Relation::PossessiveModifier);
            self.attach(and, word, Relation::Flat);
            let before: Vec<usize> = self
                .children(first)
                .filter(|&child| child < first && self.relation(child) == Relation::Determiner)
                .collect();
            for child in before {
                self.attach(child, word, Relation::Determiner);
            }
            return true;
        }
        self.attach(word, first, Relation::Flat);
        self.attach(and, first, Relation::Flat);
        true
    }

    /// "Commander (Rtd) Ann Lee": what stands in brackets tells of the office; the name goes on.
    fn names_behind_remarks(&mut self) {
        for open in 1..self.heads.len().saturating_sub(3) {
            let (noun, remark, name) = (open - 1, open + 1, open + 3);
            let is_remark = self.form(open) == "("
                && self.form(open + 2) == ")"
                && matches!(
                    self.form(remark).to_lowercase().as_str(),
                    "rtd" | "retd" | "ret" | "ret." | "rtd." | "retired"
                );
            let is_beside = self.head(name) == Some(noun) || self.head(name) == self.head(noun);
            if !is_remark || !self.begins_person(name) || !is_beside {
                continue;
            }
            let Some(above) = self.head(noun) else {
                continue;
            };
            self.attach(remark, noun, Relation::Unspecified);
            self.put_name_for_noun(noun, name, above);
            self.relate(noun, Relation::DescriptiveModifier);
        }
    }

    /// Whether a word within a person's name hangs beside the word before it, or on another word.
    fn is_loose_part(&self, word: usize) -> bool {
        let is_person = self.kind(word) == Some(EntityKind::Person);
        let first = (0..word).rev().find(|&first| {
            self.tokens
                .get(first)
                .is_some_and(|token| matches!(token.name, NameTag::Begin(_)))
        });
        let (Some(first), Some(head)) = (first, self.head(word)) else {
            return false;
        };
        let is_beside = head + 1 == word && self.relation(word) == Relation::Apposition;
        let is_elsewhere = head < first && self.relation(word) == Relation::Flat;
        is_person && (is_beside || is_elsewhere)
    }

    /// "novelist Amit Desai": the name is the head, the noun in front describes it.
    fn names_flat_behind_nouns(&mut self) {
        for name in 1..self.heads.len() {
            let noun = name - 1;
            let is_flat = self.relation(name) == Relation::Flat
                && self.head(name) == Some(noun)
                && self.begins_person(name)
                && matches!(self.fine(noun), FineTag::Noun | FineTag::PluralNoun)
                && self.form(noun).starts_with(char::is_lowercase);
            let Some(above) = self.head(noun).filter(|_| is_flat) else {
                continue;
            };
            let relation = self.relation(noun);
            for child in 0..self.heads.len() {
                let is_other = self.head(child) == Some(noun) && child != name;
                if is_other && (child > name || self.relation(child) == Relation::Case) {
                    self.attach(child, name, self.relation(child));
                }
            }
            self.attach(name, above, relation);
            self.attach(noun, name, Relation::DescriptiveModifier);
        }
    }

    /// "Foreign Ministry Spokeswoman Ida Roth": the ministry belongs to the office, not beside the
    /// name.
    fn bodies_before_offices(&mut self) {
        for office in 1..self.heads.len() {
            // "Acme chief executive Ida Roth": the body stands before all words of the office.
            let Some(body) = self.start(office).checked_sub(1) else {
                continue;
            };
            let Some(name) = self.head(office).filter(|&name| office < name) else {
                continue;
            };
            let is_office = self.relation(office) == Relation::DescriptiveModifier
                && self.begins_person(name)
                && self.form(body).starts_with(char::is_uppercase)
                && matches!(
                    self.tag(body),
                    UniversalTag::Noun | UniversalTag::ProperNoun
                )
                && self.head(body).is_some()
                && self.head(body) == self.head(name)
                && self.relation(body) == self.relation(name);
            if !is_office {
                continue;
            }
            for child in 0..body {
                if self.head(child) == Some(body) && self.relation(child) == Relation::Case {
                    self.attach(child, name, Relation::Case);
                }
            }
            self.attach(body, office, Relation::Compound);
        }
    }

    /// "The chair of the jury, Amit Desai": a person is not the jury, but its chair.
    fn offices_of_bodies(&mut self) {
        for name in 2..self.heads.len() {
            if self.relation(name) != Relation::Apposition || !self.begins_person(name) {
                continue;
            }
            let Some(body) = self.head(name).filter(|&body| body + 1 < name) else {
                continue;
            };
            let office = self.head(body).filter(|&office| {
                office < body
                    && self.relation(body) == Relation::NominalModifier
                    && is_in_class(&self.form(office).to_lowercase(), NounClass::Person)
            });
            let is_person = is_in_class(&self.form(body).to_lowercase(), NounClass::Person)
                || self.kind(body) == Some(EntityKind::Person);
            if let Some(office) = office.filter(|_| !is_person) {
                self.attach(name, office, Relation::Apposition);
            }
        }
    }

    /// "A study by the chemist Ida Roth": she is the chemist, not the study.
    fn names_beside_their_office(&mut self) {
        for name in 2..self.heads.len() {
            let joins = matches!(self.relation(name), Relation::Apposition | Relation::Flat);
            let office = name - 1;
            if joins && self.has_preposed_office(name, office) {
                continue;
            }
            let Some(noun) = self.head(name).filter(|&noun| noun < office) else {
                continue;
            };
            // What somebody made, and who: "a paper by the late potter Ida Roth".
            let is_maker = self.children(office).any(|case| self.is(case, "by"));
            let is_office = self.fine(office) == FineTag::Noun
                && (is_maker || is_in_class(&self.form(office).to_lowercase(), NounClass::Person));
            let is_other = self.head(office) == Some(noun)
                && self.relation(office) == Relation::NominalModifier;
            if joins && self.begins_person(name) && is_office && is_other {
                self.attach(name, office, Relation::Apposition);
            }
        }
    }

    /// "Analysis by the chemist Ida Roth": the preposition before her office is hers.
    fn has_preposed_office(&mut self, name: usize, office: usize) -> bool {
        let is_office = self.head(office) == Some(name)
            && self.relation(office) == Relation::DescriptiveModifier
            && self.begins_person(name);
        let case = self
            .children(office)
            .find(|&word| self.relation(word) == Relation::Case);
        let Some((case, noun)) = case.zip(self.head(name)).filter(|_| is_office) else {
            return false;
        };
        self.attach(case, name, Relation::Case);
        self.attach(name, noun, Relation::NominalModifier);
        true
    }

    /// "The poet and translator Ida Roth": one person with two trades.
    fn names_behind_two_nouns(&mut self) {
        for name in 2..self.heads.len() {
            if self.relation(name) != Relation::Apposition || !self.begins_person(name) {
                continue;
            }
            let Some(noun) = self.head(name).filter(|&noun| noun < name) else {
                continue;
            };
            let has_two = self.fine(noun) == FineTag::Noun
                && self.children(noun).any(|other| {
                    self.relation(other) == Relation::Conjunct
                        && other + 1 == name
                        && self.fine(other) == FineTag::Noun
                        && !self.children(other).any(|word| {
                            matches!(
                                self.relation(word),
                                Relation::Determiner | Relation::PossessiveModifier
                            )
                        })
                });
            let Some(above) = self.head(noun).filter(|_| has_two) else {
                continue;
            };
            self.put_name_for_noun(noun, name, above);
        }
    }

    /// "by Ann Lee and senator Bo Ek": the senator is no third one.
    fn members_behind_nouns(&mut self) {
        for name in 3..self.heads.len() {
            let noun = name - 1;
            let is_member = |place: usize| self.relation(place) == Relation::Conjunct;
            let is_beside = is_member(name)
                && is_member(noun)
                && self.head(name) == self.head(noun)
                && self.begins_person(name)
                && self.kind(noun).is_none()
                && matches!(self.fine(noun), FineTag::Noun | FineTag::ProperNoun);
            if is_beside {
                self.describe_by(noun, name);
            }
        }
    }

    /// "by Chief Executive Ann Lee", "by Cyclone Ada": a name without a preposition of its own
    /// right behind a noun under the same verb names that noun.
    pub(super) fn names_behind_nouns(&mut self) {
        let arguments = [
            Relation::Oblique,
            Relation::Agent,
            Relation::Object,
            Relation::NominalSubject,
        ];
        for name in 1..self.heads.len() {
            // "after goalkeeper Tor Lie": the same holds below a noun, behind a preposition.
            let is_modifier = |noun: usize| self.relation(noun) == Relation::NominalModifier;
            let has_case = |noun: usize| self.has_child(noun, &[Relation::Case]);
            let is_below_noun =
                is_modifier(name) && is_modifier(name - 1) && has_case(name) != has_case(name - 1);
            let is_argument = |noun: usize| arguments.contains(&self.relation(noun));
            let Some(above) = self
                .head(name)
                .filter(|_| self.is_headed_name(name) && (is_argument(name) || is_below_noun))
            else {
                continue;
            };
            let noun = (0..name).rev().find(|&noun| {
                self.head(noun) == Some(above)
                    && match is_below_noun {
                        true => noun + 1 == name,
                        false => is_argument(noun),
                    }
            });
            let Some(noun) = noun.filter(|&noun| above < noun) else {
                continue;
            };
            let is_separate = (noun + 1..name).any(|between| {
                matches!(
                    self.tag(between),
                    UniversalTag::Punctuation
                        | UniversalTag::Adposition
                        | UniversalTag::CoordinatingConjunction
                        | UniversalTag::SubordinatingConjunction
                        | UniversalTag::Verb
                        | UniversalTag::Determiner
                )
            });
            if !is_separate && self.is_nominal_word(noun) {
                self.describe_by(noun, name);
            }
        }
    }

    /// The first word of a name, or the second one where that heads it: "Tor Lie".
    fn is_headed_name(&self, word: usize) -> bool {
        let name_at = |word: usize| self.tokens.get(word).map(|token| token.name);
        let is_begin = |word: usize| matches!(name_at(word), Some(NameTag::Begin(_)));
        let is_inside = matches!(name_at(word), Some(NameTag::Inside(_)));
        is_begin(word)
            || word
                .checked_sub(1)
                .is_some_and(|first| is_inside && is_begin(first) && self.head(first) == Some(word))
    }

    /// Makes a noun the description of the name behind it, and gives the name its place.
    pub(super) fn describe_by(&mut self, noun: usize, name: usize) {
        // The preposition in front and what follows the name belong to the name.
        for child in 0..self.heads.len() {
            let is_small = matches!(
                self.relation(child),
                Relation::Case | Relation::Coordination
            );
            if self.head(child) == Some(noun) && (is_small || child > name) {
                self.put(child, Some(name), self.relation(child));
            }
        }
        self.relate(name, self.relation(noun));
        self.put(noun, Some(name), Relation::DescriptiveModifier);
    }

    pub(super) fn begins_person(&self, index: usize) -> bool {
        self.tag(index) == UniversalTag::ProperNoun
            && self
                .tokens
                .get(index)
                .is_some_and(|token| token.name == NameTag::Begin(EntityKind::Person))
    }
}
