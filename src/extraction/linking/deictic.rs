//! Words of a statement that point out of it: "there", "then", "both", "which".

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::super::lexicon;
use super::super::phrase::Phrase;
use super::super::tree::Tree;
use super::Linker;

impl Linker<'_> {
    /// "I was told I could go," Lee said: Lee was told that Lee could go, where the verb above the
    /// words is quoted too.
    pub(super) fn speaker_within(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
    ) -> Option<String> {
        let lower = tree.lower(token);
        // "I am" agrees with no name.
        let agrees = lower != "i"
            || !tree.is_glued(token + 1) && !matches!(tree.lower(token + 1), "am" | "have" | "do");
        let is_first = matches!(lower, "i" | "me" | "my") && agrees;
        let mut top = token;
        while let Some(above) = tree.head(top).filter(|_| is_first) {
            if !tokens.contains(&above) {
                let quoted = self.quotation(tree, above)?;
                let is_same = self.quotation(tree, token) == Some(quoted);
                let entity = self.document.entities.get(quoted.speaker?)?;
                let is_said = is_same && self.is_marked(quoted) && entity.is_named;
                let name = &entity.name;
                return is_said.then(|| match lower {
                    "my" => format!("{name}'s"),
                    _ => name.clone(),
                });
            }
            top = above;
        }
        None
    }

    /// "Last year", "on Monday", "in July": when that was, in brackets, where the time ends at a
    /// token and its words alone do not tell.
    pub(super) fn time_told(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
    ) -> Option<String> {
        let time = self.values.iter().find(|time| {
            time.kind == "time"
                && time.last == token
                && (time.first..=time.last).all(|word| tokens.contains(&word))
        })?;
        let has = |fits: &dyn Fn(&str) -> bool| {
            (time.first..=time.last).any(|word| fits(tree.lower(word)))
        };
        let has_year = has(&|word| word.get(..4).is_some_and(is_year));
        // "A year earlier", "on the Saturday": than what, and which, something else tells.
        let is_now = has(&|word| {
            matches!(
                word,
                "now" | "currently" | "recently" | "earlier" | "later" | "before"
            )
        });
        let is_pointing = has(&|word| {
            matches!(
                word,
                "last" | "past" | "next" | "coming" | "this" | "previous"
            )
        });
        let is_of_another = has(&|word| word == "the") && !is_pointing;
        let told = time.value.as_ref()?.to_string();
        let year = told.split(['-', '/']).next().filter(|year| is_year(year))?;
        // "On 11 February", said in April: of the next year only where that is said.
        let published = self.document.metadata.published.as_ref()?.to_string();
        let is_later = published.get(..4).is_some_and(|now| year > now);
        let is_known = !is_now && !is_of_another && (!is_later || is_pointing);
        // "On Monday evening", "in early July": the time goes on behind what is told.
        let is_end = tree.lower(token + 1) != "-" && !is_year(tree.lower(token + 1));
        (is_known && !has_year && is_end).then(|| format!("({told})"))
    }
}

/// Whether a word is a year in digits.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "That time", "the same bug", "a similar document", "had done so": a word that compares with, or
/// stands for, what nothing before it in the statement tells.
pub(super) fn compares(tree: &Tree<'_>, token: usize, tokens: &[usize]) -> bool {
    let Some(head) = tree.head(token) else {
        return false;
    };
    let mut before = tokens.iter().copied().take_while(|&other| other < token);
    match tree.lower(token) {
        "so" => {
            tree.lemma(head) == "do"
                && head < token
                && !before.any(|other| other != head && tree.is_verb(other))
        }
        "similar" | "same" => {
            let is_told = tree.has_child(head, &[R::RelativeClause, R::AdnominalClause])
                || tree
                    .children(head)
                    .iter()
                    .chain(tree.children(token))
                    .any(|&child| {
                        tree.children_by(child, &[R::Case, R::Marker]).any(|case| {
                            match tree.lower(case) {
                                "to" | "as" => true,
                                "of" | "for" => tree.lower(token) == "same",
                                _ => false,
                            }
                        })
                    });
            // "The two parts have the same shape": as each other; "at the same time".
            let is_of_several = before.any(|other| {
                tree.is_nominal(other)
                    && (tree.fine(other) != FineTag::Noun
                        || tree.lemma(other) == tree.lemma(head)
                        || tree.has_child(other, &[R::Conjunct]))
            });
            tree.relation(token) == R::AdjectivalModifier
                && !is_told
                && !is_of_several
                && !matches!(tree.lemma(head), "time" | "way" | "token")
        }
        "that" => {
            tree.relation(token) == R::Determiner
                && matches!(
                    tree.lemma(head),
                    "time" | "moment" | "day" | "night" | "year" | "period" | "point"
                )
                && !tree.has_child(
                    head,
                    &[
                        R::RelativeClause,
                        R::AdverbialRelativeClause,
                        R::AdnominalClause,
                    ],
                )
                && !before.any(|other| tree.tag(other) == UniversalTag::Numeral)
        }
        _ => false,
    }
}

/// "A similar document": understood only with the one that it is compared to.
pub(super) fn is_compared(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let head = phrase.head;
    let compared = tree
        .children_by(head, &[R::AdjectivalModifier])
        .find(|&word| {
            word < head
                && matches!(
                    tree.lower(word),
                    "similar" | "same" | "identical" | "comparable" | "analogous" | "equivalent"
                )
        });
    let Some(word) = compared.filter(|&word| phrase.tokens.contains(&word)) else {
        return false;
    };
    let relates = |case: usize| matches!(tree.lower(case), "to" | "as" | "with" | "of" | "for");
    let is_complement = |child: usize| {
        matches!(tree.relation(child), R::RelativeClause | R::AdnominalClause)
            || tree.children_by(child, &[R::Case, R::Marker]).any(|case| {
                matches!(tree.lower(case), "to" | "as")
                    || relates(case) && tree.lower(word) != "similar"
            })
    };
    // "Took the same road as York did": the comparison may hang on the verb.
    let behind = tree.head(head).filter(|&verb| tree.is_verb(verb));
    let is_told = tree
        .children(head)
        .iter()
        .any(|&child| is_complement(child))
        || tree
            .children(word)
            .iter()
            .any(|&child| is_complement(child))
        || behind.is_some_and(|verb| {
            let beside = tree.children_by(verb, &[R::Oblique, R::AdverbialClause]);
            beside
                .filter(|&other| other > head)
                .flat_map(|other| tree.children_by(other, &[R::Case, R::Marker]))
                .any(|case| {
                    tree.lower(case) == "as" || case == head + 1 && tree.lower(case) == "to"
                })
        });
    // "The two towns have similar plans": as each other.
    let is_of_several = behind
        .and_then(|verb| tree.child(verb, &[R::NominalSubject, R::PassiveNominalSubject]))
        .is_some_and(|subject| {
            subject != head
                && (matches!(
                    tree.fine(subject),
                    FineTag::PluralNoun | FineTag::PluralProperNoun
                ) || tree.has_child(subject, &[R::Conjunct])
                    || matches!(tree.lower(subject), "they" | "we" | "both"))
        });
    let is_time = lexicon::is_stretch_of_time(tree.lemma(head))
        || matches!(tree.lemma(head), "time" | "way" | "token" | "breath");
    !is_told && !is_of_several && !is_time
}

/// "He is here", "it would otherwise ask": a word that points, of which little depends.
pub(super) fn is_pointing_adverb(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.lower(token), "here" | "otherwise" | "thereby")
        && tree.relation(token) == R::AdverbialModifier
        && !tree.has_child(token, &[R::Fixed, R::AdverbialRelativeClause, R::Oblique])
}

/// "He had friends there", "it would be sold then": a place or time told elsewhere.
pub(super) fn is_elsewhere(tree: &Tree<'_>, token: usize, tokens: &[usize]) -> bool {
    let is_adverb = matches!(
        tree.relation(token),
        R::AdverbialModifier | R::Oblique | R::UnmarkedOblique
    ) && tree.tag(token) == UniversalTag::Adverb
        && !tree.has_child(token, &[R::Fixed, R::AdverbialRelativeClause, R::Oblique]);
    // "The road there": the noun is told, and its place is not far.
    let is_adverb = is_adverb && !tree.head(token).is_some_and(|noun| tree.is_nominal(noun));
    let mut before = tokens.iter().copied().take_while(|&other| other < token);
    match tree.lower(token) {
        // "The town has grown, and he lives there": a place stands before.
        "there" => {
            is_adverb
                && !before.any(|other| {
                    tree.tag(other) == UniversalTag::ProperNoun
                        || tree.children_by(other, &[R::Case]).any(|case| {
                            matches!(tree.lower(case), "in" | "at" | "to" | "from" | "into")
                        })
                })
        }
        // "If it rains, then we stay": that joins; "then president" tells of an office.
        "then" => {
            is_adverb
                && !before.any(|other| {
                    matches!(tree.lower(other), "if" | "when" | "first" | "and" | "after")
                        || tree.tag(other) == UniversalTag::Numeral
                })
        }
        _ => false,
    }
}

/// "I went to the far one": a noun that only stands for another.
pub(super) fn is_one(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.lower(token), "one" | "ones")
        && tree.tag(token) == UniversalTag::Noun
        && tree
            .children_by(token, &[R::Determiner])
            .any(|word| matches!(tree.lower(word), "the" | "this" | "that" | "another"))
        && !tree.has_child(
            token,
            &[R::NominalModifier, R::RelativeClause, R::AdnominalClause],
        )
}

/// "Both were hurt", "some bring two": of whom, nothing in the statement tells.
pub(super) fn is_of_both(tree: &Tree<'_>, token: usize, tokens: &[usize]) -> bool {
    let is_head = matches!(
        tree.relation(token),
        R::NominalSubject | R::PassiveNominalSubject | R::Object | R::Oblique
    );
    let is_first = !tokens
        .iter()
        .take_while(|&&other| other < token)
        .any(|&other| {
            matches!(
                tree.tag(other),
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Pronoun
            )
        });
    matches!(
        tree.lower(token),
        "both"
            | "neither"
            | "either"
            | "some"
            | "others"
            | "several"
            | "another"
            | "none"
            | "most"
            | "half"
            | "latter"
            | "former"
    ) && is_head
        && is_first
        && !tree.has_child(token, &[R::NominalModifier])
}

/// "which was delicious": the words of a relative clause without their noun; and "so", "no" alone.
pub(super) fn begins_with_relative(tree: &Tree<'_>, tokens: &[usize]) -> bool {
    if let [only] = tokens {
        return matches!(tree.lower(*only), "so" | "no" | "yes" | "nothing" | "as");
    }
    tokens.first().is_some_and(|&first| {
        tree.lower(first) == "which"
            && matches!(
                tree.relation(first),
                R::NominalSubject | R::PassiveNominalSubject | R::Object
            )
    })
}

/// Nouns that only stand for what was told before: "this fact", "at that level", "these issues".
pub(super) fn is_told_elsewhere(lemma: &str) -> bool {
    static NOUNS: WordList = WordList::new(
        "fact level list issue matter point question direction area regard respect \
        format purpose context way kind type sort approach figure number amount sum reason case \
        situation problem process step measure move idea proposal request statement claim topic",
    );
    NOUNS.contains(lemma)
}
