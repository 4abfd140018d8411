//! Money that somebody is paid, fined or lent: two objects of one verb.

use crate::text::dependency::Relation;
use crate::text::tag::UniversalTag;

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of money; they come before names are given to the nouns before them.
    pub(super) fn money(&mut self) {
        for amount in 2..self.heads.len() {
            let is_amount = self.has_child(amount, &[Relation::NumericModifier])
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
            Relation::Object | Relation::Apposition | Relation::UnmarkedNominalModifier
        ) {
            return;
        }
        let Some(payer) = self
            .head(amount)
            .filter(|&payer| payer < amount && self.is_nominal_word(payer))
        else {
            return;
        };
        let Some(verb) = self.head(payer).filter(|&verb| {
            verb < payer
                && self.moves_money(verb)
                && matches!(
                    self.relation(payer),
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
        let noun = self.children(verb).find(|&noun| {
            verb < noun
                && noun + 1 == self.start(payer)
                && self.relation(noun) == Relation::Object
                && self.tag(noun) == UniversalTag::Noun
        });
        if let Some(noun) = noun {
            self.attach(noun, payer, Relation::DescriptiveModifier);
        }
        self.attach(payer, verb, Relation::IndirectObject);
    }

    /// "paid Bergen 4 million pounds": the city is no kind of pounds.
    fn name_within_amount(&mut self, amount: usize) {
        let Some(verb) = self
            .head(amount)
            .filter(|&verb| verb < amount && self.moves_money(verb))
        else {
            return;
        };
        let name = self.children(amount).find(|&name| {
            name < amount
                && name > verb
                && matches!(
                    self.relation(name),
                    Relation::Compound | Relation::AdjectivalModifier | Relation::Determiner
                )
                && self.tag(name) == UniversalTag::ProperNoun
                && !lexicon::is_currency(self.lemma(name))
        });
        if let Some(name) = name
            && self.start(name) == verb + 1
        {
            self.attach(name, verb, Relation::IndirectObject);
            self.attach(amount, verb, Relation::Object);
        }
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
