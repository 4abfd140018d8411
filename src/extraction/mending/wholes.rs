//! Words of one name, one office or one number that a parser hangs apart: "Bo Ek" as two people,
//! "secretary-general" as two offices, "9 of 12 counts" as a number and a noun.

use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

/// Relations by which a noun takes part in a clause or phrase.
const ROLES: [Relation; 10] = [
    Relation::NominalSubject,
    Relation::PassiveNominalSubject,
    Relation::Object,
    Relation::IndirectObject,
    Relation::Oblique,
    Relation::UnmarkedOblique,
    Relation::Agent,
    Relation::NominalModifier,
    Relation::Apposition,
    Relation::Conjunct,
];

impl Mending<'_> {
    /// All rules of what is one.
    pub(super) fn wholes(&mut self) {
        self.names_with_two_heads();
        self.offices_with_hyphens();
        self.counts_of_counts();
        self.bounds_of_shares();
        self.differences_behind_amounts();
        self.ways_of_prices();
        self.prepositions_of_descriptions();
        self.objects_with_prepositions();
        self.lands_beside_people();
        self.shared_heads();
        self.sides_of_between();
    }

    /// "A team led by Dr Ann Lee spent": a name has one place in its sentence. Where two of its
    /// words have places of their own, one of them only goes with the other.
    fn names_with_two_heads(&mut self) {
        for word in 1..self.heads.len() {
            let is_inside = self
                .tokens
                .get(word)
                .is_some_and(|token| matches!(token.name, NameTag::Inside(_)));
            let first = word - 1;
            let fits = is_inside
                && self.kind(first).is_some()
                && self.is_word_of_name(word)
                && self.is_word_of_name(first)
                && ROLES.contains(&self.relation(first))
                && ROLES.contains(&self.relation(word));
            if !fits
                || self.head(word) == Some(first) && self.relation(word) != Relation::Apposition
            {
                continue;
            }
            let (Some(above), Some(place)) = (self.head(word), self.head(first)) else {
                continue;
            };
            if place == word {
                continue;
            }
            let leads = |mending: &Self, name: usize| {
                mending.has_child(name, &[Relation::Case, Relation::Determiner])
            };
            let children: Vec<usize> = self.children(word).collect();
            let takes_place = above != first && leads(self, word) && !leads(self, first);
            if takes_place {
                self.attach(first, above, self.relation(word));
            }
            for child in children {
                self.attach(child, first, self.relation(child));
            }
            self.attach(word, first, Relation::Flat);
        }
    }

    fn is_word_of_name(&self, word: usize) -> bool {
        self.tag(word) == UniversalTag::ProperNoun
            && self.form(word).starts_with(char::is_uppercase)
    }

    /// "The union's secretary-general": what a hyphen ties is one office.
    fn offices_with_hyphens(&mut self) {
        for hyphen in 1..self.heads.len().saturating_sub(1) {
            let (first, second) = (hyphen - 1, hyphen + 1);
            let touches = |place: usize| {
                let ends = self.tokens.get(place).map(|token| token.span.end);
                ends.is_some() && ends == self.tokens.get(place + 1).map(|token| token.span.start)
            };
            let is_noun = |place: usize| {
                matches!(
                    self.tag(place),
                    UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
                )
            };
            let are_beside = self.form(hyphen) == "-"
                && touches(first)
                && touches(hyphen)
                && is_noun(first)
                && is_noun(second)
                && self.head(first).is_some()
                && self.head(first) == self.head(second)
                && self.relation(first) == self.relation(second)
                && ROLES.contains(&self.relation(first))
                && is_in_class(&self.lemma(first).to_lowercase(), NounClass::Person);
            if !are_beside {
                continue;
            }
            let before: Vec<usize> = self.children(first).filter(|&word| word < first).collect();
            self.attach(first, second, Relation::Compound);
            for word in before {
                self.attach(word, second, self.relation(word));
            }
        }
    }

    /// "was convicted on 9 of 12 counts": of so many, so many counts; the number is no noun.
    fn counts_of_counts(&mut self) {
        for noun in 4..self.heads.len() {
            let (part, of, total) = (noun - 3, noun - 2, noun - 1);
            let is_count = self.is(of, "of")
                && self.tag(part) == UniversalTag::Numeral
                && self.tag(total) == UniversalTag::Numeral
                && self.fine(noun) == FineTag::PluralNoun
                && self.head(noun).is_some()
                && self.head(part) == self.head(noun)
                && self.head(total) == Some(part);
            if !is_count {
                continue;
            }
            self.attach(total, noun, Relation::NumericModifier);
            self.attach(of, noun, Relation::Case);
            self.attach(noun, part, Relation::NominalModifier);
        }
    }

    /// "Lost more than a quarter of its value": "more than" bounds the share, which is lost.
    fn bounds_of_shares(&mut self) {
        for share in 3..self.heads.len() {
            let (more, than, article) = (share - 3, share - 2, share - 1);
            let is_share = matches!(
                self.lemma(share),
                "quarter" | "third" | "half" | "fifth" | "tenth" | "dozen" | "decade" | "century"
            ) && self.is(than, "than")
                && ["more", "less", "fewer"]
                    .iter()
                    .any(|word| self.is(more, word))
                && (self.is(article, "a") || self.is(article, "one"))
                && self.head(than) == Some(share)
                && self.relation(than) == Relation::Case;
            if !is_share {
                continue;
            }
            // "lost more than a third": the share may hang on "more".
            if self.head(share) == Some(more)
                && let Some(verb) = self.head(more)
            {
                self.attach(share, verb, Relation::Oblique);
            }
            self.attach(more, share, Relation::AdverbialModifier);
            self.attach(than, more, Relation::Fixed);
            let verb = self.head(share).filter(|&verb| {
                verb < more
                    && self.tag(verb) == UniversalTag::Verb
                    && self.relation(share) == Relation::Oblique
                    && !self.has_child(share, &[Relation::Case])
                    && self.has_child(share, &[Relation::NominalModifier])
                    && !self.has_child(verb, &[Relation::Object, Relation::PassiveAuxiliary])
            });
            if let Some(verb) = verb {
                self.attach(share, verb, Relation::Object);
            }
        }
    }

    /// "Costs 349 euros, 200 less than before": the second amount is so much less.
    fn differences_behind_amounts(&mut self) {
        for less in 3..self.heads.len() {
            let is_less = ["less", "more", "higher", "lower", "fewer"]
                .iter()
                .any(|word| self.is(less, word))
                && self.is(less + 1, "than")
                && self.relation(less) == Relation::AdjectivalModifier;
            let Some(first) = self.head(less).filter(|&first| is_less && first < less) else {
                continue;
            };
            let second = self.children(first).find(|&second| {
                first < second
                    && second < less
                    && self.relation(second) == Relation::Apposition
                    && self.end(second) + 1 == less
                    && (first..second).any(|comma| self.form(comma) == ",")
            });
            if let Some(second) = second {
                self.attach(less, second, Relation::AdjectivalModifier);
            }
        }
    }

    /// "Shares ended up 1.9%": that is how they ended; nothing was ended up.
    fn ways_of_prices(&mut self) {
        for way in 1..self.heads.len().saturating_sub(2) {
            let verb = way - 1;
            let percent = way + 2;
            let is_price = (self.is(way, "up") || self.is(way, "down"))
                && self.head(way) == Some(verb)
                && matches!(
                    self.lemma(verb),
                    "end" | "close" | "finish" | "open" | "trade" | "be"
                )
                && self.tag(way + 1) == UniversalTag::Numeral
                && (self.is(percent, "%")
                    || self.is(percent, "percent")
                    || self.is(percent, "per"));
            let Some(amount) = (way + 1..(way + 4).min(self.heads.len()))
                .find(|&amount| self.head(amount) == Some(verb))
                .filter(|_| is_price)
            else {
                continue;
            };
            self.attach(amount, verb, Relation::UnmarkedOblique);
            self.attach(way, amount, Relation::AdverbialModifier);
        }
    }

    /// "with the Dutch yard Orvel": the preposition is that of the name, not of the noun before it.
    fn prepositions_of_descriptions(&mut self) {
        for case in 0..self.heads.len() {
            if self.relation(case) != Relation::Case {
                continue;
            }
            let Some(noun) = self.head(case).filter(|&noun| {
                case < noun
                    && self.tag(noun) == UniversalTag::Noun
                    && matches!(
                        self.relation(noun),
                        Relation::Compound | Relation::DescriptiveModifier
                    )
            }) else {
                continue;
            };
            let name = self.head(noun).filter(|&name| {
                noun < name
                    && self.relation(name) == Relation::Oblique
                    && self.kind(name).is_some()
                    && !self.has_child(name, &[Relation::Case])
            });
            if let Some(name) = name {
                self.attach(case, name, Relation::Case);
            }
        }
    }

    /// "Seated between two of his lawyers": what has a preposition is no object.
    fn objects_with_prepositions(&mut self) {
        for noun in 2..self.heads.len() {
            let is_with = self.relation(noun) == Relation::Object
                && self.head(noun).is_some_and(|verb| verb < noun)
                && !self
                    .children(noun)
                    .any(|other| self.relation(other) == Relation::Conjunct)
                && self.children(noun).any(|case| {
                    case < noun
                        && self.relation(case) == Relation::Case
                        && self.tag(case) == UniversalTag::Adposition
                        && [
                            "between", "among", "beside", "behind", "into", "from", "with", "by",
                        ]
                        .iter()
                        .any(|known| self.is(case, known))
                });
            if is_with {
                self.relate(noun, Relation::Oblique);
            }
        }
    }

    /// "The judge in Lund, a town by the sea, left": the town is Lund, and no judge is one.
    fn lands_beside_people(&mut self) {
        for land in 4..self.heads.len() {
            let is_land = self.relation(land) == Relation::Apposition
                && matches!(
                    self.lemma(land),
                    "island"
                        | "town"
                        | "village"
                        | "city"
                        | "suburb"
                        | "province"
                        | "port"
                        | "district"
                        | "peninsula"
                        | "hamlet"
                        | "county"
                )
                && self.has_child(land, &[Relation::Determiner]);
            let comma = self.start(land).saturating_sub(1);
            let comma = match self.form(self.start(land)) {
                "," => self.start(land),
                _ => comma,
            };
            let Some(above) = self
                .head(land)
                .filter(|&above| is_land && self.form(comma) == "," && above < comma)
            else {
                continue;
            };
            let place = self.children(above).find(|&place| {
                above < place
                    && place < comma
                    && self.relation(place) == Relation::NominalModifier
                    && self.kind(place) == Some(crate::fact::EntityKind::Place)
                    && self.end_but_marks(place, comma)
            });
            let is_person = is_in_class(&self.lemma(above).to_lowercase(), NounClass::Person)
                || self.kind(above) == Some(crate::fact::EntityKind::Person);
            if let Some(place) = place.filter(|_| is_person) {
                self.attach(land, place, Relation::Apposition);
            }
        }
    }

    /// Whether a name ends right before a comma.
    fn end_but_marks(&self, name: usize, comma: usize) -> bool {
        (name + 1..comma).all(|word| self.is_below(word, name))
    }
}
