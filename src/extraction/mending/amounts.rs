//! What stands behind amounts and behind remarks on them, and belongs to them, not to the verb.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of amounts.
    pub(super) fn amounts(&mut self) {
        self.particles_before_amounts();
        self.amounts_which();
        self.tails_of_remarks();
        self.times_of_earlier_amounts();
        self.dates_of_events();
    }

    /// "handed over 50,000 dollars": so much was handed over, and not more.
    fn particles_before_amounts(&mut self) {
        for over in 1..self.heads.len() {
            let verb = over - 1;
            let is_particle = self.is(over, "over")
                && self.tag(verb) == UniversalTag::Verb
                && matches!(self.lemma(verb), "hand" | "turn" | "sign" | "pass")
                && self.head(over) != Some(verb)
                && self.head(over).is_some_and(|amount| amount > over);
            if is_particle {
                self.attach(over, verb, Relation::VerbParticle);
            }
        }
    }

    /// "a loss of 84 million crowns, which it blamed on costs": the loss, not the crowns.
    fn amounts_which(&mut self) {
        for clause in 4..self.heads.len() {
            // "a record of 2:05:48, set in 2016"
            let is_participle = self.relation(clause) == Relation::AdnominalClause
                && self.fine(clause) == FineTag::PastParticiple;
            let is_clause = self.relation(clause) == Relation::RelativeClause || is_participle;
            let Some(amount) = self
                .head(clause)
                .filter(|&amount| is_clause && amount < clause)
            else {
                continue;
            };
            let is_which = is_participle && self.form(clause - 1) == ","
                || self.children(clause).any(|word| {
                    word < clause
                        && self.is(word, "which")
                        && self.form(word.saturating_sub(1)) == ","
                });
            let is_amount = self.relation(amount) == Relation::NominalModifier
                && self.children(amount).any(|case| self.is(case, "of"))
                && self.is_amount(amount)
                && (self.tag(amount) == UniversalTag::Numeral && is_participle
                    || lexicon::is_currency(&self.lemma(amount).to_lowercase())
                    || matches!(self.lemma(amount), "%" | "percent" | "$" | "€" | "£"));
            let whole = self.head(amount).filter(|&whole| {
                whole < amount && self.tag(whole) == UniversalTag::Noun && is_which && is_amount
            });
            if let Some(whole) = whole {
                self.attach(clause, whole, Relation::RelativeClause);
            }
        }
    }

    /// "paid 40 crowns, a premium to its price on Monday", "fell 5 %, the steepest drop since it
    /// was listed": what no comma parts from the remark on an amount belongs to the remark.
    fn tails_of_remarks(&mut self) {
        for remark in 3..self.heads.len() {
            let start = self.start(remark);
            let is_remark = self.relation(remark) == Relation::Apposition
                && self.tag(remark) == UniversalTag::Noun
                && start > 0
                && self.form(start - 1) == ",";
            let Some(amount) = self
                .head(remark)
                .filter(|&amount| is_remark && amount < remark && self.is_amount(amount))
            else {
                continue;
            };
            let end = self.end(remark);
            let Some(tail) = (end + 1..self.heads.len()).find(|&tail| {
                self.start(tail) == end + 1 && self.head(tail).is_some_and(|verb| verb < amount)
            }) else {
                continue;
            };
            let relation = match self.relation(tail) {
                Relation::Oblique => Relation::NominalModifier,
                Relation::AdverbialClause => Relation::AdverbialClause,
                _ => continue,
            };
            let is_marked = self.has_child(tail, &[Relation::Case])
                || self.children(tail).any(|mark| self.is(mark, "since"));
            if is_marked {
                // The noun that the tail stands right behind.
                let nearest = match self.tag(end) {
                    UniversalTag::Noun if relation == Relation::NominalModifier => end,
                    _ => remark,
                };
                self.attach(tail, nearest, relation);
            }
        }
    }

    /// Whether a noun tells an amount: "40 crowns", "5 percent".
    fn is_amount(&self, noun: usize) -> bool {
        self.tag(noun) == UniversalTag::Numeral
            || self.has_child(noun, &[Relation::NumericModifier])
    }

    /// "fell to 2.9 percent from 3.8 percent in June": that was the month of the earlier figure.
    fn times_of_earlier_amounts(&mut self) {
        for time in 4..self.heads.len() {
            let relation = match self.relation(time) {
                Relation::Oblique => Relation::NominalModifier,
                Relation::UnmarkedOblique => Relation::UnmarkedNominalModifier,
                // "from 95 million a year earlier"
                Relation::AdverbialModifier => Relation::UnmarkedNominalModifier,
                _ => continue,
            };
            let Some(verb) = self.head(time).filter(|&verb| verb < time) else {
                continue;
            };
            let start = self.start(time);
            let is_weekday = self.lemma(time).to_lowercase().ends_with("day");
            let is_time = self.tells_time(time) && !is_weekday
                || matches!(self.form(self.end(time)), "earlier" | "ago" | "before");
            let amounts: Vec<usize> = self
                .children(verb)
                .filter(|&amount| {
                    verb < amount
                        && amount < time
                        && matches!(
                            self.relation(amount),
                            Relation::Oblique | Relation::Object | Relation::UnmarkedOblique
                        )
                        && self.is_amount(amount)
                })
                .collect();
            let Some(&second) = amounts.last() else {
                continue;
            };
            let has = |amount: usize, word: &str| {
                self.children(amount)
                    .any(|case| self.relation(case) == Relation::Case && self.is(case, word))
            };
            let is_figure = !self.tells_time(second);
            if is_time && is_figure && has(second, "from") && self.end(second) + 1 == start {
                self.attach(time, second, relation);
            }
        }
    }

    /// "Her death, on 11 May, was announced": between commas behind an event stands when it was.
    fn dates_of_events(&mut self) {
        for time in 3..self.heads.len() {
            let is_time = self.relation(time) == Relation::Oblique
                && self.has_child(time, &[Relation::Case])
                && self
                    .children(time)
                    .chain([time])
                    .any(|word| self.tells_time(word));
            let Some(verb) = self.head(time).filter(|&verb| is_time && time < verb) else {
                continue;
            };
            let end = self.end(time);
            let closing = if self.form(end) == "," { end } else { end + 1 };
            let Some(opening) = self.comma_before(time) else {
                continue;
            };
            let has_commas = self.form(closing) == ",";
            let subject = self.children(verb).find(|&subject| {
                subject < opening
                    && (subject + 1..opening).all(|word| self.is_below(word, subject))
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            let is_event = |noun: usize| {
                let lemma = self.lemma(noun).to_lowercase();
                self.fine(noun) == FineTag::Noun
                    && (is_in_class(&lemma, NounClass::Event)
                        || matches!(
                            lemma.as_str(),
                            "death"
                                | "birth"
                                | "arrest"
                                | "resignation"
                                | "incident"
                                | "crash"
                                | "marriage"
                                | "appointment"
                                | "election"
                                | "release"
                        ))
            };
            if let Some(subject) = subject.filter(|&subject| has_commas && is_event(subject)) {
                self.attach(time, subject, Relation::NominalModifier);
            }
        }
    }
}
