//! Numbers, quantities, money, percentages, ordinals and ranges, by a grammar over tokens.
//!
//! A plain exact number is a number; one with a unit is a quantity, with a currency money. What
//! is bounded ("over 30") or a range has the unit it counts, or none.

mod bound;
mod currency;
mod figures;
mod number;
mod unit;

use bound::BOUNDS;

use crate::text::document::{Sentence, Token, ValueMention};
use crate::text::tag::{FineTag, UniversalTag};
use crate::value::{Amount, Bound, Money, Number, Quantity, Value};

pub(crate) use currency::settle as settle_currencies;
pub(crate) use number::{is_number_word, number_words, ordinal};

/// Whether letters right before a number name its currency.
pub(crate) fn is_currency_letter(form: &str) -> bool {
    currency::letters(form).is_some()
}

/// Whether a word in small letters is a unit of measurement.
pub(crate) fn is_unit(word: &str) -> bool {
    unit::unit(word).is_some()
}

/// The amounts of a sentence where no time was found, in order and without overlap.
pub(crate) fn amounts(
    number: usize,
    sentence: &Sentence,
    times: &[ValueMention],
) -> Vec<ValueMention> {
    let reading = Reading::new(sentence);
    let mut found = Vec::new();
    let mut index = 0;
    while index < reading.words.len() {
        if let Some(time) = times
            .iter()
            .find(|time| (time.first..=time.last).contains(&index))
        {
            index = time.last + 1;
            continue;
        }
        let limit = times
            .iter()
            .map(|time| time.first)
            .find(|&first| first > index);
        let amount = reading.amount_at(index);
        match amount.filter(|(last, _)| limit.is_none_or(|limit| *last < limit)) {
            Some((last, value)) => {
                found.push(ValueMention {
                    sentence: number,
                    first: index,
                    last,
                    kind: value.kind(),
                    value: Some(value),
                });
                index = last + 1;
            }
            None => index += 1,
        }
    }
    ends_without_unit(&reading, &mut found);
    found
}

/// "rose to 12 million crowns from 9 million", "to 31 percent from 28": the other end of a change
/// has the unit of the first where nothing is counted by it.
fn ends_without_unit(reading: &Reading<'_>, found: &mut [ValueMention]) {
    for place in 1..found.len() {
        let (Some(one), Some(other)) = (found.get(place - 1), found.get(place)) else {
            continue;
        };
        let is_end = |mention: &ValueMention, words: &str| {
            mention.first > 0 && reading.word(mention.first - 1) == words
        };
        let is_pair = is_end(one, "to") && is_end(other, "from")
            || is_end(one, "from") && is_end(other, "to");
        let is_near = one.last < other.first && other.first - one.last <= NEAREST_ENDS;
        if !is_pair || !is_near {
            continue;
        }
        let value = match (&one.value, &other.value) {
            (Some(Value::Money(money)), Some(Value::Number(number))) => Value::Money(Money {
                amount: Amount::exact(*number),
                currency: money.currency.clone(),
            }),
            (Some(Value::Quantity(known)), Some(Value::Number(number)))
                if !known.unit.is_empty() && !known.unit.starts_with("of ") =>
            {
                Value::Quantity(Quantity {
                    amount: Amount::exact(*number),
                    unit: known.unit.clone(),
                })
            }
            _ => continue,
        };
        let counts = reading.tokens.get(other.last + 1).is_some_and(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
            )
        });
        if let Some(mention) = found.get_mut(place).filter(|_| !counts) {
            mention.kind = value.kind();
            mention.value = Some(value);
        }
    }
}

/// So many words at most lie between the two ends of a change.
const NEAREST_ENDS: usize = 3;

/// A sentence as the grammar sees it.
struct Reading<'a> {
    tokens: &'a [Token],
    words: Vec<String>,
}

/// An amount with the token after it.
type Read = (usize, Amount);
/// A number with the token after it.
type ReadNumber = (usize, Number);

impl<'a> Reading<'a> {
    fn new(sentence: &'a Sentence) -> Self {
        let plain = |token: &Token| -> String {
            let letters = token.form.chars().flat_map(char::to_lowercase);
            letters
                .map(|letter| {
                    if matches!(letter, '–' | '—' | '−' | '\u{2011}') {
                        '-'
                    } else {
                        letter
                    }
                })
                .collect()
        };
        Self {
            tokens: &sentence.tokens,
            words: sentence.tokens.iter().map(plain).collect(),
        }
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    /// The longest amount that starts at a token: the last token and the value.
    fn amount_at(&self, index: usize) -> Option<(usize, Value)> {
        if self.ends_name(index) {
            return None;
        }
        let (bound, start) = self.bound(index);
        if bound == Bound::Exact
            && let Some(found) = self.ordinal(index)
        {
            return Some(found);
        }
        if let Some(found) = self.multiple(start, bound) {
            return Some(found);
        }
        if let Some((sign, next)) = self.currency_before(start) {
            let (end, amount) = self.bounded(next, bound, true)?;
            let end = end + usize::from(currency::behind_number(self.word(end)).is_some());
            let currency = sign.to_owned();
            return Some((end - 1, Value::Money(Money { amount, currency })));
        }
        let (end, amount) = self.bounded(start, bound, false)?;
        // "between $2 million and $3 million": the sign stands inside the range.
        let inside = (start..end).find_map(|place| self.currency_before(place));
        if let Some((sign, _)) = inside.filter(|_| amount.upper.is_some()) {
            let currency = sign.to_owned();
            return Some((end - 1, Value::Money(Money { amount, currency })));
        }
        Some(self.with_unit(end, amount))
    }

    /// Whether a number is the end of a name: "COVID-19", "Apollo 11" is not told.
    fn ends_name(&self, index: usize) -> bool {
        let is_name = |place: Option<usize>| {
            let token = place.and_then(|place| self.tokens.get(place));
            token.is_some_and(|token| token.universal_tag == UniversalTag::ProperNoun)
        };
        let has_hyphen = index > 0 && self.word(index - 1) == "-";
        has_hyphen
            && self.is_joined(index)
            && self.is_joined(index - 1)
            && is_name(index.checked_sub(2))
    }

    /// What is measured or counted behind an amount.
    fn with_unit(&self, end: usize, amount: Amount) -> (usize, Value) {
        let hyphen = usize::from(self.word(end) == "-" && self.is_joined(end));
        if let Some((sign, last)) = self.currency_after(end) {
            let currency = sign.to_owned();
            return (last, Value::Money(Money { amount, currency }));
        }
        if let Some((unit, last)) = self.unit(end + hyphen) {
            let last = self.or_more(last + 1).map_or(last, |(end, _)| end - 1);
            let unit = unit.to_owned();
            return (last, Value::Quantity(Quantity { amount, unit }));
        }
        if let Some((total, last)) = self.out_of(end) {
            let unit = format!("of {total}");
            return (last, Value::Quantity(Quantity { amount, unit }));
        }
        if amount.bound == Bound::Exact && amount.upper.is_none() {
            return (end - 1, Value::Number(amount.number));
        }
        let unit = String::new();
        (end - 1, Value::Quantity(Quantity { amount, unit }))
    }

    /// The bound that words before a number set, and where the number starts.
    fn bound(&self, index: usize) -> (Bound, usize) {
        // "handed over 50,000 dollars": no more than that.
        let is_particle = self.word(index) == "over"
            && index > 0
            && matches!(
                self.word(index - 1),
                "hand" | "hands" | "handed" | "handing" | "turned" | "turning" | "signed"
            );
        if is_particle {
            return (Bound::Exact, index);
        }
        // "carried out over five years": how long it takes, and no more than that.
        let is_span = self.word(index) == "over"
            && self
                .tokens
                .get(index)
                .is_some_and(|token| token.relation.universal() == "case")
            && number_words(&self.words, index + 1).is_some_and(|(end, _)| {
                matches!(
                    self.word(end),
                    "days" | "weeks" | "months" | "years" | "decades" | "hours" | "nights"
                )
            });
        if is_span {
            return (Bound::Exact, index);
        }
        for (words, bound) in BOUNDS {
            let fits = words
                .iter()
                .enumerate()
                .all(|(offset, word)| self.word(index + offset) == *word);
            let next = index + words.len();
            if fits && self.starts_number(next) {
                return (*bound, next);
            }
        }
        (Bound::Exact, index)
    }

    fn starts_number(&self, index: usize) -> bool {
        number_words(&self.words, index).is_some()
            || self.currency_before(index).is_some()
            || matches!(self.word(index), "half" | "twice" | "double")
    }

    /// A number or range, with "or more" behind it.
    fn bounded(&self, start: usize, bound: Bound, is_money: bool) -> Option<Read> {
        if self.is_score(start) {
            return None;
        }
        if let Some(range) = self.range(start, is_money) {
            return Some(range);
        }
        let (end, number) = self.number(start, is_money)?;
        let mut amount = Amount::bounded(bound, number);
        let mut end = end;
        if let Some((after, bound)) = self.or_more(end) {
            amount.bound = bound;
            end = after;
        }
        Some((end, amount))
    }

    /// "or more", "+", "or so": the bound behind a number.
    fn or_more(&self, end: usize) -> Option<(usize, Bound)> {
        match (self.word(end), self.word(end + 1)) {
            ("or", "more" | "over" | "above") => Some((end + 2, Bound::AtLeast)),
            ("or", "less" | "fewer" | "under") => Some((end + 2, Bound::UpTo)),
            ("or", "so") => Some((end + 2, Bound::About)),
            ("-", "odd" | "plus") => {
                let is_odd = self.word(end + 1) == "odd";
                Some((end + 2, if is_odd { Bound::About } else { Bound::Over }))
            }
            ("+", _) => Some((end + 1, Bound::Over)),
            _ => None,
        }
    }

    /// "between 2 and 3 million", "from 5 to 10 percent", "5-10", "10 to 15".
    fn range(&self, index: usize, is_money: bool) -> Option<Read> {
        let (start, joints): (usize, &[&str]) = match self.word(index) {
            "between" => (index + 1, &["and", "-"]),
            "from" => (index + 1, &["to", "-"]),
            _ => (index, &["-", "to"]),
        };
        let sign = self.currency_before(start);
        let is_money = is_money || sign.is_some();
        let start = sign.map_or(start, |(_, next)| next);
        let (end, lower) = self.number(start, is_money)?;
        // "30% to 40%" and "$5 to $7" repeat their sign.
        let sign = usize::from(matches!(self.word(end), "%" | "percent"));
        if !joints.contains(&self.word(end + sign)) {
            return None;
        }
        let next = end + sign + 1;
        let next = self.currency_before(next).map_or(next, |(_, next)| next);
        let (last, upper) = self.number(next, is_money)?;
        // "by 10 percent to 33 cents": two amounts.
        if sign == 1 && !matches!(self.word(last), "%" | "percent") {
            return None;
        }
        let lower = scaled_alike(lower, upper, &self.words, start, (end, last));
        (lower < upper).then(|| (last, Amount::range(lower, upper)))
    }

    /// A number at a token, after which "m" and "bn" count where it is money.
    fn number(&self, index: usize, is_money: bool) -> Option<(usize, Number)> {
        let (end, number) = self
            .spaced_thousands(index)
            .filter(|_| is_money)
            .or_else(|| number_words(&self.words, index))?;
        let is_pronoun = self.tokens.get(index).is_some_and(|token| {
            token.universal_tag == UniversalTag::Pronoun
                || token.universal_tag == UniversalTag::Determiner
                    && !matches!(self.word(index), "a" | "an" | "half")
        });
        // "one of them" counts nothing.
        let is_one_of =
            self.word(index) == "one" && matches!(self.word(index + 1), "of" | "another");
        if is_pronoun || is_one_of {
            return None;
        }
        let scale = match self.word(end) {
            "m" | "mn" | "mln" if is_money => 1e6,
            "bn" | "b" if is_money => 1e9,
            "tn" | "trn" if is_money => 1e12,
            "k" if is_money || self.is_joined(end) => 1e3,
            _ => return Some((end, number)),
        };
        Some((
            end + 1,
            Number::Decimal(number::rounded(number.as_f64() * scale)).simplified(),
        ))
    }

    /// Whether a token joins the one before it without a space.
    fn is_joined(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|i| self.tokens.get(i));
        match (before, self.tokens.get(index)) {
            (Some(before), Some(token)) => before.span.end == token.span.start,
            _ => false,
        }
    }

    /// "99 out of 139", "7 of 10": the whole that a part is of.
    fn out_of(&self, end: usize) -> Option<(Number, usize)> {
        let start = match (self.word(end), self.word(end + 1), self.word(end + 2)) {
            ("out", "of", "the") => end + 3,
            ("out", "of", _) | ("of", "the", _) => end + 2,
            ("of", ..) => end + 1,
            _ => return None,
        };
        let (last, total) = number_words(&self.words, start)?;
        Some((total, last - 1))
    }

    /// "42nd", "third": the number of an ordinal.
    fn ordinal(&self, index: usize) -> Option<(usize, Value)> {
        let token = self.tokens.get(index)?;
        let is_adjective = matches!(
            token.universal_tag,
            UniversalTag::Adjective
                | UniversalTag::Numeral
                | UniversalTag::ProperNoun
                | UniversalTag::Noun
        );
        let is_place = token.universal_tag == UniversalTag::Adverb && self.word(index) != "first";
        if !(is_adjective || is_place)
            || matches!(self.word(index + 1), "century" | "quarter" | "half")
        {
            return None;
        }
        if index > 0 && matches!(self.word(index - 1), "-" | "at") && self.word(index) == "first" {
            return None;
        }
        let number = number::ordinal(self.word(index))?;
        // "two-thirds" and "a third of" are fractions, which number_words reads.
        Some((index, Value::Number(Number::Integer(number))))
    }

    /// "twice", "three times", "five-fold", "tenfold", "doubled" is none.
    fn multiple(&self, start: usize, bound: Bound) -> Option<(usize, Value)> {
        let quantity = |last: usize, number: Number| {
            let amount = Amount::bounded(bound, number);
            let unit = "times".to_owned();
            Some((last, Value::Quantity(Quantity { amount, unit })))
        };
        match self.word(start) {
            "twice" => return quantity(start, Number::Integer(2)),
            word if word.ends_with("fold") && word.len() > 4 => {
                let stem = word
                    .trim_end_matches("fold")
                    .trim_end_matches('-')
                    .to_owned();
                let (_, number) = number_words(&[stem], 0)?;
                return quantity(start, number);
            }
            _ => {}
        }
        let (end, number) = number_words(&self.words, start)?;
        let hyphen = usize::from(self.word(end) == "-");
        match self.word(end + hyphen) {
            "fold" => quantity(end + hyphen, number),
            "times" if hyphen == 0 => quantity(end, number),
            _ => None,
        }
    }

    /// A currency sign before a number, with the token after it.
    fn currency_before(&self, index: usize) -> Option<(&'static str, usize)> {
        let letters = self
            .tokens
            .get(index)
            .filter(|_| self.is_joined(index + 1))
            .and_then(|token| currency::letters(&token.form));
        let sign = letters.or_else(|| currency::before_number(self.word(index)))?;
        number_words(&self.words, index + 1)?;
        Some((sign, index + 1))
    }

    /// A currency behind a number with its last token: "USD", "US dollars", "roubles", "euro".
    fn currency_after(&self, end: usize) -> Option<(&'static str, usize)> {
        if let Some((code, count)) = currency::with_country(self.tokens.get(end..)?) {
            return Some((code, end + count - 1));
        }
        // "Pounds sterling" say it twice.
        let more = usize::from(self.word(end + 1) == "sterling");
        let is_noun = self.tokens.get(end)?.universal_tag != UniversalTag::Verb;
        // "40 pounds of rice": what is weighed stands behind.
        let is_of = self.word(end + 1) == "of"
            && self.tokens.get(end + 2).is_some_and(|token| {
                token.universal_tag == UniversalTag::Noun && !is_money_word(&token.form)
            });
        let is_weight =
            self.word(end).starts_with("pound") && more == 0 && (is_of || self.tells_weight());
        let code = currency::behind_number(self.word(end)).filter(|_| is_noun && !is_weight)?;
        Some((code, end + more))
    }

    /// Whether the sentence tells what something weighs.
    fn tells_weight(&self) -> bool {
        let is_weight = |word: &String| {
            matches!(
                word.as_str(),
                "heavy"
                    | "weight"
                    | "lighter"
                    | "heavier"
                    | "ounces"
                    | "wrestler"
                    | "wrestling"
                    | "boxer"
                    | "feet"
                    | "foot"
                    | "inches"
                    | "thrust"
            ) || word.ends_with("weight")
                || word.starts_with("weigh")
        };
        self.words.iter().any(is_weight)
    }

    /// A unit at a token, with its last token.
    fn unit(&self, index: usize) -> Option<(&'static str, usize)> {
        let all = [(3, 2), (2, 1), (1, 0)];
        all.into_iter().find_map(|(count, more)| {
            let words: Vec<&str> = (0..count).map(|offset| self.word(index + offset)).collect();
            let text = words.join(" ");
            let unit = unit::unit(text.trim())?;
            // One letter is a unit only where it sticks to its number, or is written so.
            let is_letter = count == 1 && self.word(index).chars().count() == 1;
            let is_measure = self.tokens.get(index).is_some_and(|token| {
                token.universal_tag == UniversalTag::Noun
                    && matches!(unit, "m" | "g" | "t" | "L" | "hour")
            });
            let is_sure =
                !is_letter || is_measure || self.is_joined(index) || unit == "%" || unit == "°";
            let is_noun = count > 1
                || self.tokens.get(index).is_none_or(|token| {
                    !matches!(token.fine_tag, FineTag::Preposition | FineTag::Determiner)
                });
            (is_sure && is_noun).then_some((unit, index + more))
        })
    }
}

/// Nouns for what money is told of: "40 pounds of debt".
fn is_money_word(word: &str) -> bool {
    matches!(
        word,
        "aid"
            | "borrowing"
            | "cash"
            | "credit"
            | "damage"
            | "debt"
            | "funding"
            | "income"
            | "investment"
            | "money"
            | "profit"
            | "revenue"
            | "savings"
            | "spending"
            | "tax"
            | "taxes"
            | "value"
            | "work"
    )
}

/// "2 to 3 million": the lower end takes the scale of the upper where it has none.
fn scaled_alike(
    lower: Number,
    upper: Number,
    words: &[String],
    start: usize,
    ends: (usize, usize),
) -> Number {
    let scale_at = |end: usize| {
        let word = end.checked_sub(1).and_then(|i| words.get(i));
        word.and_then(|word| number::scale(word))
    };
    let has_own = ends.0 > start + 1 && scale_at(ends.0).is_some();
    match scale_at(ends.1) {
        Some(scale) if !has_own && lower.as_f64() < 1_000.0 && upper.as_f64() >= scale => {
            Number::Decimal(number::rounded(lower.as_f64() * scale)).simplified()
        }
        _ => lower,
    }
}

#[cfg(test)]
mod tests;
