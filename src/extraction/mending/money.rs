//! Money that somebody is paid, fined or lent: two objects of one verb.

use crate::text::dependency::Relation;
use crate::text::tag::UniversalTag;

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of money; they come before names are given to the nouns before them.
    pub(super) fn money(&mut self) {
        for amount in 2..self.heads.len() {
            // "63 million euros ($70 million)": what stands in brackets says it again.
            let start = self.start(amount);
            let is_again = self.form(start) == "(" || start > 0 && self.form(start - 1) == "(";
            let is_amount = !is_again
                && self.has_child(amount, &[Relation::NumericModifier])
                && (lexicon::is_currency(self.lemma(amount))
                    || self.tag(amount) == UniversalTag::Symbol);
            if is_amount {
                self.amount_below_its_payer(amount);
                self.name_within_amount(amount);
                self.amount_beside_object(amount);
            }
        }
    }

    /// Whether a verb takes money and who gets or loses it as two objects.
    fn moves_money(&self, verb: usize) -> bool {
        self.tag(verb) == UniversalTag::Verb
            && matches!(
                self.lemma(verb),
                "pay"
                    | "fine"
                    | "lend"
                    | "loan"
                    | "cost"
                    | "owe"
                    | "give"
                    | "offer"
                    | "charge"
                    | "award"
                    | "save"
                    | "earn"
                    | "hand"
                    | "grant"
                    | "refund"
                    | "repay"
                    | "net"
            )
    }

    /// "fined the operator Salten 3 million euros": the money is the verb's object, not Salten's.
    fn amount_below_its_payer(&mut self, amount: usize) {
        if !matches!(
            self.relation(amount),
            Relation::Object
                | Relation::Apposition
                | Relation::UnmarkedNominalModifier
                | Relation::Flat
        ) {
            return;
        }
        let Some(payer) = self
            .head(amount)
            .filter(|&payer| payer < amount && self.is_nominal_word(payer))
        else {
            return;
        };
        // "the operator Salten": the name beside the noun that is the object.
        let above = self.head(payer).filter(|&above| {
            above < payer
                && self.tag(above) == UniversalTag::Noun
                && matches!(
                    self.relation(payer),
                    Relation::Compound
                        | Relation::Apposition
                        | Relation::Flat
                        | Relation::DescriptiveModifier
                )
        });
        let top = above.unwrap_or(payer);
        let Some(verb) = self.head(top).filter(|&verb| {
            verb < top
                && self.moves_money(verb)
                && matches!(
                    self.relation(top),
                    Relation::Object | Relation::IndirectObject
                )
        }) else {
            return;
        };
        let is_next = (payer + 1..self.start(amount).max(payer + 1))
            .all(|word| self.is_below(word, payer) && self.tag(word) != UniversalTag::Punctuation);
        if !is_next || self.start(amount) <= payer {
            return;
        }
        self.attach(amount, verb, Relation::Object);
        let beside = self.children(verb).find(|&noun| {
            verb < noun
                && noun + 1 == self.start(payer)
                && self.relation(noun) == Relation::Object
                && self.tag(noun) == UniversalTag::Noun
        });
        self.attach(payer, verb, Relation::IndirectObject);
        if let Some(noun) = above.or(beside) {
            self.attach(noun, payer, Relation::DescriptiveModifier);
        }
    }

    /// "paid Bergen 4 million pounds": the city is no kind of pounds.
    fn name_within_amount(&mut self, amount: usize) {
        let Some(verb) = self
            .head(amount)
            .filter(|&verb| verb < amount && self.moves_money(verb))
        else {
            return;
        };
        // The words in front of the number are who is paid; the last of them heads them.
        let number = self
            .children(amount)
            .filter(|&number| self.relation(number) == Relation::NumericModifier)
            .map(|number| self.start(number))
            .chain((self.tag(amount) == UniversalTag::Symbol).then_some(amount))
            .min();
        let Some(payer) = number
            .and_then(|number| number.checked_sub(1))
            .filter(|&payer| {
                payer > verb
                    && self.head(payer) == Some(amount)
                    && self.is_nominal_word(payer)
                    && !lexicon::is_currency(self.lemma(payer))
            })
        else {
            return;
        };
        for word in verb + 1..payer {
            if self.head(word) == Some(amount) {
                self.attach(word, payer, self.relation(word));
            }
        }
        self.attach(payer, verb, Relation::IndirectObject);
        self.attach(amount, verb, Relation::Object);
    }

    /// "lent the city of Lund 3 million", "was fined 300 euros": the money is what was lent.
    fn amount_beside_object(&mut self, amount: usize) {
        let Some(verb) = self.head(amount).filter(|&verb| {
            verb < amount
                && self.relation(amount) == Relation::UnmarkedOblique
                && self.moves_money(verb)
        }) else {
            return;
        };
        let object = self
            .children(verb)
            .find(|&object| object > verb && self.relation(object) == Relation::Object);
        let is_passive = self.has_child(verb, &[Relation::PassiveAuxiliary]);
        match object {
            Some(object) if object < amount && self.end(object) + 1 == self.start(amount) => {
                self.attach(object, verb, Relation::IndirectObject);
                self.attach(amount, verb, Relation::Object);
            }
            None if is_passive => self.attach(amount, verb, Relation::Object),
            _ => {}
        }
    }
}
