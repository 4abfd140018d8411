//! People and their offices: which name an office belongs to, and who stands beside whom.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

/// An office longer than this many tokens is left as the parser has it.
const LONGEST_OFFICE: usize = 16;

impl Mending<'_> {
    /// All rules of people beside each other.
    pub(super) fn people(&mut self) {
        self.offices_before_names();
        self.names_behind_bodies();
        self.people_side_by_side();
    }

    /// "Director of the joint venture Ann Lee said": the name right behind the body that an office
    /// is of is no other name of that body; its bearer holds the office.
    fn names_behind_bodies(&mut self) {
        for name in 3..self.heads.len() {
            let is_beside = self.begins_person(name)
                && matches!(
                    self.relation(name),
                    Relation::Apposition | Relation::Flat | Relation::DescriptiveModifier
                );
            let Some(body) = self.head(name).filter(|&body| is_beside && body < name) else {
                continue;
            };
            let is_closed =
                (body + 1..name).all(|word| self.tag(word) != UniversalTag::Punctuation);
            let is_body = matches!(
                self.tag(body),
                UniversalTag::Noun | UniversalTag::ProperNoun
            ) && self.relation(body) == Relation::NominalModifier
                && !self.names_person(body)
                && !self.is_part_of_person(body);
            let office = self.head(body).filter(|&office| {
                is_closed && is_body && office < body && self.names_person(office)
            });
            if let Some(office) = office {
                self.join_office(office, name);
            }
        }
    }

    /// Whether a noun names a sort of person or an office.
    fn names_person(&self, place: usize) -> bool {
        let lower = self.form(place).to_lowercase();
        is_in_class(&lower, NounClass::Title) || is_in_class(&lower, NounClass::Person)
    }

    /// "by Chair of the Committee on Trade, Energy and Water Ann Lee": an office runs up to the
    /// name behind it, whatever stands in it, and the name takes its place.
    fn offices_before_names(&mut self) {
        for name in 3..self.heads.len() {
            if !self.begins_person(name) {
                continue;
            }
            let Some(office) = self.office_before(name) else {
                continue;
            };
            self.join_office(office, name);
        }
    }

    /// The office whose words end right before a name: "Chair of the Board Ann Lee".
    fn office_before(&self, name: usize) -> Option<usize> {
        let first = name.saturating_sub(LONGEST_OFFICE);
        for place in (first..name).rev() {
            let form = self.form(place);
            let lower = form.to_lowercase();
            let is_next_to_name = place + 1 == name;
            let is_large = form.starts_with(char::is_uppercase)
                && !self.begins_person(place)
                && !matches!(
                    self.tag(place),
                    UniversalTag::Verb | UniversalTag::Auxiliary
                );
            // "members of the Council Ann Lee, Bo Ek and Ida Roth": the office of each.
            let is_of_several =
                self.fine(place) == FineTag::PluralNoun && self.is_person_noun(place);
            let is_office = (is_in_class(&lower, NounClass::Title)
                || is_in_class(&lower, NounClass::Person))
                && matches!(self.fine(place), FineTag::Noun | FineTag::ProperNoun)
                || is_of_several;
            // "Minister of Justice Ann Lee": justice is no office there.
            let is_within = matches!(self.form(place.saturating_sub(1)), "of" | "for");
            // "Defence and Security Ann Lee": a field is no office.
            let is_title = is_in_class(&lower, NounClass::Person) && !is_within;
            if is_office && !is_within && !is_next_to_name && !self.is_part_of_person(place) {
                let next = self.form(place + 1);
                if matches!(next, "of" | "for" | "on" | "to" | "at") {
                    return Some(place);
                }
                // "the Minister, Defence Counsel Ann Lee": another office ends this one.
                if is_title && !next.starts_with(char::is_uppercase) {
                    return None;
                }
            }
            if is_next_to_name && (is_title || !is_large) {
                return None;
            }
            let is_joint = matches!(
                form,
                "of" | "for" | "on" | "to" | "at" | "the" | "in" | "and" | "&"
            ) || form == "," && self.form(place + 1).starts_with(char::is_uppercase);
            if !is_joint && !is_large {
                return None;
            }
        }
        None
    }

    /// Whether a token belongs to the name of a person.
    fn is_part_of_person(&self, place: usize) -> bool {
        self.kind(place) == Some(crate::fact::EntityKind::Person)
    }

    /// Hangs the words of an office on it, and the office on the name.
    fn join_office(&mut self, office: usize, name: usize) {
        let within = |place: usize| (office..name).contains(&place);
        let end = self.end_of_name(name);
        let is_outside = |place: usize| !(office..=end).contains(&place);
        let outer = self
            .head(office)
            .filter(|&head| is_outside(head))
            .map(|head| (head, self.relation(office)))
            .or_else(|| {
                let head = self.head(name).filter(|&head| is_outside(head))?;
                Some((head, self.relation(name)))
            });
        let is_root = self.head(office).is_none();
        if is_root || outer.is_none() {
            return;
        }
        let is_joined = self.head(name) == Some(office)
            && (office + 1..name).all(|place| {
                self.head(place).is_some_and(|head| {
                    within(head) || self.relation(place) == Relation::Punctuation
                })
            });
        let is_beside_person = matches!(
            self.relation(office),
            Relation::Apposition | Relation::Conjunct
        );
        if is_joined && !is_beside_person {
            return;
        }
        let Some((above, relation)) = outer else {
            return;
        };
        // Cut the name loose, so that no cycle stands in the way.
        self.put(name, Some(above), relation);
        for place in office + 1..name {
            let hangs_outside = self.head(place).is_none_or(|head| !within(head));
            if hangs_outside {
                let relation = match self.relation(place) {
                    Relation::Case | Relation::Punctuation | Relation::Coordination => {
                        self.relation(place)
                    }
                    _ => Relation::NominalModifier,
                };
                self.attach(place, office, relation);
            }
        }
        self.join_connectives(office, name);
        // What stands behind the name and hung within the office is no part of it.
        for child in end + 1..self.heads.len() {
            let hangs_within = self
                .head(child)
                .is_some_and(|head| within(head) && head != office);
            if hangs_within {
                self.attach(child, name, Relation::Unspecified);
            }
        }
        for child in 0..self.heads.len() {
            let is_other = self.head(child) == Some(office) && !within(child) && child != name;
            // "and" in front of the office joins who holds it; what stands within it stays.
            let is_joint = child < office && self.relation(child) == Relation::Coordination;
            let moves = child > end || is_joint || self.relation(child) == Relation::Case;
            if is_other && moves {
                self.attach(child, name, self.relation(child));
            }
        }
        self.attach(office, name, Relation::Apposition);
    }

    /// Hangs prepositions and conjunctions of an office on the nouns behind them.
    fn join_connectives(&mut self, office: usize, name: usize) {
        for place in office + 1..name {
            let is_small = self.relation(place) == Relation::Coordination
                || self.tag(place) == UniversalTag::Adposition;
            if is_small && self.head(place) == Some(office) && place + 1 < name {
                let next = (place + 1..name).find(|&word| {
                    matches!(
                        self.tag(word),
                        UniversalTag::ProperNoun | UniversalTag::Noun
                    )
                });
                if let Some(next) = next {
                    self.attach(place, next, self.relation(place));
                }
            }
        }
    }

    /// The last token of the name that begins at a token.
    fn end_of_name(&self, first: usize) -> usize {
        let is_inside = |place: usize| {
            self.tokens.get(place).is_some_and(|token| {
                matches!(token.name, crate::text::document::NameTag::Inside(_))
            })
        };
        (first + 1..self.heads.len())
            .take_while(|&place| is_inside(place))
            .last()
            .unwrap_or(first)
    }

    /// "the minister Bo Ek, the envoy Ann Lee and Ida Roth": one person is not another, but beside
    /// him in a list.
    fn people_side_by_side(&mut self) {
        for second in 1..self.heads.len() {
            let is_beside =
                self.relation(second) == Relation::Apposition && self.is_full_person(second);
            let Some(first) = self
                .head(second)
                .filter(|&first| is_beside && first < second && self.is_full_person(first))
            else {
                continue;
            };
            let has_brackets = (first..second).any(|mark| matches!(self.form(mark), "(" | "["));
            // Who stands in the list already stands for its first member.
            let first = match self.head(first) {
                Some(top) if self.relation(first) == Relation::Conjunct => top,
                _ => first,
            };
            let is_list = (first + 1..second).any(|mark| matches!(self.form(mark), "," | "and"))
                && !has_brackets;
            if is_list {
                self.attach(second, first, Relation::Conjunct);
                for other in second + 1..self.heads.len() {
                    let is_joined = self.head(other) == Some(second)
                        && self.relation(other) == Relation::Conjunct;
                    if is_joined {
                        self.attach(other, first, Relation::Conjunct);
                    }
                }
            }
        }
    }

    /// Whether a token begins a person's name of more than one word.
    fn is_full_person(&self, place: usize) -> bool {
        self.begins_person(place) && self.end_of_name(place) > place
    }
}
