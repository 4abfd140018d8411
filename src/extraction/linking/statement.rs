//! Statements: the words of what somebody says, thinks or asks, so that they are understood alone.

use crate::fact::{Argument, Content};
use crate::text::dependency::Relation as R;
use crate::text::document::MentionKind;
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;
use crate::value::Value;

use super::super::antecedent::Pointed;
use super::super::lexicon;
use super::super::phrase::{self, Phrase};
use super::super::surface;
use super::super::tree::Tree;
use super::deictic::{
    begins_with_relative, compares, is_elsewhere, is_of_both, is_one, is_pointing_adverb,
    is_told_elsewhere,
};
use super::writer::{Meant, Writer, contracted};
use super::{Linked, Linker, Reference, UNRESOLVED, is_question_word};

/// A clause longer than this many tokens is quoted by its beginning alone.
const LONGEST_CLAUSE: usize = 80;

/// What only joins a statement to those before it is no longer than this many tokens.
const LONGEST_OPENING: usize = 5;

/// The words of a statement, and whether they hold a pronoun that nothing told resolves.
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) is_open: bool,
    /// Pronouns and "this" of which only a guess tells what they mean.
    pub(super) loose: usize,
}

impl Linker<'_> {
    /// A clause as an object: its words.
    pub(in crate::extraction) fn quote(&self, tree: &Tree<'_>, phrase: &Phrase) -> Linked {
        let mut tokens = phrase.tokens.as_slice();
        if let Some(beginning) = tokens.get(..LONGEST_CLAUSE) {
            tokens = beginning;
            // What is cut does not end in a word that needs another.
            while let Some((last, rest)) = tokens.split_last()
                && !rest.is_empty()
                && needs_another(tree, *last)
            {
                tokens = rest;
            }
        }
        let text = surface::words(self.document, tree, tokens);
        let statement = self.statement(tree, phrase.head, tokens);
        let argument = Argument {
            content: Content::Value(Value::Text(statement.text)),
            text,
        };
        // "explained how": the question without what is asked.
        let is_lost = matches!(tokens, [only] if is_question_word(tree, *only));
        let confidence = if is_lost { UNRESOLVED } else { 1.0 };
        Linked {
            is_open: statement.is_open
                || begins_with_relative(tree, tokens)
                || self.is_about_nothing(tree, phrase.head, tokens),
            loose_within: statement.loose,
            bare_within: self.bare_within(tree, tokens),
            owners_lacking: self.owners_lacking(tree, tokens),
            ..Linked::new(argument, confidence, Reference::Words)
        }
    }

    /// The words of a clause with the names of what its pronouns and descriptions mean, but for
    /// the one who says it: "Lee said he saw it" is understood with Lee, not without what "it" is.
    pub(super) fn statement(&self, tree: &Tree<'_>, head: usize, tokens: &[usize]) -> Statement {
        let tokens = without_opening(tree, head, tokens);
        let speaker = self.speaker_above(tree, head);
        let mut is_open = false;
        let mut loose = 0;
        let mut writer = Writer::default();
        let mut place = 0;
        while let Some(&token) = tokens.get(place) {
            let meant = self.meant(tree, token, tokens, speaker);
            place += 1;
            match meant {
                Meant::Words => {
                    writer.run.push(token);
                    if let Some(time) = self.time_told(tree, token, tokens) {
                        writer.end(self, tree);
                        writer.push(&time);
                    }
                }
                Meant::Guess => {
                    loose += 1;
                    writer.run.push(token);
                }
                Meant::Nothing => {
                    is_open = true;
                    writer.run.push(token);
                }
                Meant::Name(name) if tree.is_glued(token + 1) && !name.ends_with("'s") => {
                    match contracted(tree, token + 1).filter(|_| tokens.contains(&(token + 1))) {
                        // "Whether he'd be fit": "whether Lee would be fit".
                        Some(verb) => {
                            writer.name(self, tree, &name);
                            writer.push(verb);
                            place += 1;
                        }
                        None => writer.run.push(token),
                    }
                }
                Meant::Name(name) => writer.name(self, tree, &name),
                Meant::Span(last, name) => {
                    writer.name(self, tree, &name);
                    while tokens.get(place).is_some_and(|&next| next <= last) {
                        place += 1;
                    }
                }
            }
        }
        writer.end(self, tree);
        Statement {
            text: writer.text,
            is_open,
            loose,
        }
    }

    /// How many bare definite nouns a statement holds of which the document does not tell more.
    pub(super) fn bare_within(&self, tree: &Tree<'_>, tokens: &[usize]) -> usize {
        let is_bare = |&&token: &&usize| {
            let is_known = self
                .mentions
                .iter()
                .any(|mention| mention.head == token && mention.kind == MentionKind::Nominal);
            !is_known
                && phrase::alone(tree, token).is_some_and(|phrase| {
                    matches!(self.pointed(tree, &phrase), Some(Pointed::Nowhere { .. }))
                })
        };
        tokens.iter().filter(is_bare).count()
    }

    /// The entity that says the clause with this head.
    fn speaker_above(&self, tree: &Tree<'_>, head: usize) -> Option<usize> {
        let mut first = head;
        while tree.relation(first) == R::Conjunct {
            first = tree.head(first)?;
        }
        let verb = tree.head(first)?;
        let subject = tree.child(verb, &[R::NominalSubject])?;
        let named = phrase::name_after_title(tree, subject).unwrap_or(subject);
        let at = || self.mentions.iter().find(|mention| mention.head == subject);
        self.name_at(named)
            .or_else(at)
            .map(|mention| mention.entity)
    }

    /// What a token of a statement means to a reader who sees nothing else.
    fn meant(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Meant {
        if let Some(fuller) = self.fuller_at(tree, token, tokens, speaker) {
            return fuller;
        }
        let lower = tree.lower(token);
        if is_pointing_adverb(tree, token) {
            return Meant::Guess;
        }
        if self.is_all_of_some(tree, token) {
            return Meant::Nothing;
        }
        if self.is_deictic_here(tree, token) {
            let noun = tree.head(token).unwrap_or(token);
            let is_nothing = lower == "both" || is_told_elsewhere(tree.lemma(noun));
            return match is_nothing && lower != "such" {
                true => Meant::Nothing,
                false => Meant::Guess,
            };
        }
        if compares(tree, token, tokens)
            || is_of_both(tree, token, tokens)
            || is_elsewhere(tree, token, tokens)
            || is_one(tree, token)
        {
            return Meant::Nothing;
        }
        if let Some(name) = self.speaker_within(tree, token, tokens) {
            return Meant::Name(name);
        }
        if tree.tag(token) != UniversalTag::Pronoun || !points_back(lower) {
            return Meant::Words;
        }
        let mention = self
            .mentions
            .iter()
            .find(|mention| mention.head == token && mention.kind == MentionKind::Pronoun);
        let is_owner = tree.relation(token) == R::PossessiveModifier;
        if let Some(mention) = mention {
            let is_spoken_of = Some(mention.entity) == speaker;
            let is_here = || self.is_told_before(mention, token, tokens);
            if is_spoken_of || is_owner && is_here() {
                return Meant::Words;
            }
            let entity = self.document.entities.get(mention.entity);
            if let Some(name) = entity.and_then(|entity| self.whole_name(entity)) {
                return Meant::Name(if is_owner { format!("{name}'s") } else { name });
            }
            let is_told = is_here()
                || has_candidate(tree, token, tokens)
                || self.is_of_speaker(tree, token, tokens);
            return if is_told {
                Meant::Words
            } else {
                Meant::Nothing
            };
        }
        // "Treated the town as though it were a firm": what the clause around tells.
        let is_aside = tokens
            .iter()
            .any(|&top| tree.relation(top) == R::AdverbialClause && tree.is_below(token, top));
        let is_own = (speaker.is_none() || is_aside) && self.is_of_speaker(tree, token, tokens);
        if is_own || is_empty(tree, token) || is_bound(tree, token) {
            return Meant::Words;
        }
        if has_candidate(tree, token, tokens) {
            return Meant::Guess;
        }
        Meant::Nothing
    }

    /// "The observers said they had seen it": a speaker without name who speaks of themselves.
    fn is_of_speaker(&self, tree: &Tree<'_>, token: usize, tokens: &[usize]) -> bool {
        let mut clause = token;
        while let Some(above) = tree.head(clause) {
            clause = above;
            if !tokens.contains(&above) {
                break;
            }
        }
        let fits = |noun: usize| {
            let is_many = matches!(
                tree.fine(noun),
                FineTag::PluralNoun | FineTag::PluralProperNoun
            );
            !tokens.contains(&noun)
                && noun < token
                && tree.tag(noun) != UniversalTag::Pronoun
                && match tree.lower(token) {
                    "it" | "its" => !is_many && !tree.is_person(noun),
                    "they" | "their" | "them" => is_many,
                    _ => false,
                }
        };
        // "The motion calls on the states to raise their budgets": or whom he speaks to.
        let first = match tree.relation(clause) {
            R::Conjunct if !tree.has_child(clause, &[R::NominalSubject]) => {
                tree.head(clause).unwrap_or(clause)
            }
            _ => clause,
        };
        tree.children_by(clause, &[R::Object, R::Oblique])
            .chain(tree.children_by(first, &[R::NominalSubject, R::PassiveNominalSubject]))
            .any(fits)
    }

    /// "All three bridges", of which the document does not tell which.
    fn is_all_of_some(&self, tree: &Tree<'_>, token: usize) -> bool {
        let is_all = tree.lower(token) == "all"
            && matches!(tree.relation(token), R::Determiner | R::Predeterminer);
        is_all
            && tree.head(token).is_some_and(|noun| {
                let says_which = [R::NominalModifier, R::RelativeClause, R::AdnominalClause];
                tree.has_child(noun, &[R::NumericModifier])
                    && self.value_at(noun).is_none()
                    && !tree.has_child(noun, &says_which)
                    && !self.mentions.iter().any(|mention| mention.head == noun)
            })
    }

    /// "These promises", of which the document does not tell which.
    fn is_deictic_here(&self, tree: &Tree<'_>, token: usize) -> bool {
        let is_pointing = matches!(
            tree.lower(token),
            "this" | "that" | "these" | "those" | "such" | "both"
        ) && matches!(tree.relation(token), R::Determiner | R::Predeterminer);
        is_pointing
            && tree.head(token).is_some_and(|noun| {
                self.value_at(noun).is_none()
                    && !lexicon::is_stretch_of_time(tree.lemma(noun))
                    && !tree.has_child(noun, &[R::RelativeClause, R::AdnominalClause])
                    && !self.mentions.iter().any(|mention| mention.head == noun)
            })
    }
}

/// Whether a word cannot stand at the end: "and", "the", "of", "will", a comma.
fn needs_another(tree: &Tree<'_>, token: usize) -> bool {
    matches!(
        tree.tag(token),
        UniversalTag::CoordinatingConjunction
            | UniversalTag::SubordinatingConjunction
            | UniversalTag::Determiner
            | UniversalTag::Adposition
            | UniversalTag::Adjective
            | UniversalTag::Auxiliary
            | UniversalTag::Particle
            | UniversalTag::Punctuation
    )
}

/// A statement without what only joins it to those before: "In this regard, …", "Today, …".
fn without_opening<'t>(tree: &Tree<'_>, head: usize, tokens: &'t [usize]) -> &'t [usize] {
    let comma = tokens
        .iter()
        .take(LONGEST_OPENING + 1)
        .position(|&token| tree.lower(token) == ",");
    let Some((opening, rest)) = comma.and_then(|comma| tokens.split_at_checked(comma)) else {
        return tokens;
    };
    let Some(&top) = opening
        .iter()
        .find(|&&token| tree.head(token) == Some(head))
    else {
        return tokens;
    };
    let is_one = opening
        .iter()
        .all(|&token| token == top || tree.is_below(token, top));
    let points = opening
        .iter()
        .any(|&token| matches!(tree.lower(token), "this" | "that"));
    let joins = match opening {
        [only] => is_connective(tree.lower(*only)),
        _ => {
            let is_noun = is_connecting_noun(tree.lemma(top));
            tree.relation(top).universal() == "obl" && (points || is_noun)
        }
    };
    match rest.get(1..) {
        Some(rest) if is_one && joins && !rest.is_empty() => rest,
        _ => tokens,
    }
}

fn is_connective(lower: &str) -> bool {
    static WORDS: WordList = WordList::new(
        "today now however moreover furthermore therefore thus meanwhile also \
        besides then so nevertheless nonetheless additionally consequently accordingly hence \
        still instead likewise similarly finally",
    );
    WORDS.contains(lower)
}

fn is_connecting_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "addition" | "regard" | "respect" | "turn" | "particular" | "fact" | "connection"
    )
}

/// Whether a word is a pronoun that means something told elsewhere.
fn points_back(lower: &str) -> bool {
    static POINTING: WordList = WordList::new(
        "it its he him his she her hers they them their theirs this that these \
        those",
    );
    POINTING.contains(lower)
}

/// "It is clear that …", "it rained": a pronoun that stands for nothing.
fn is_empty(tree: &Tree<'_>, token: usize) -> bool {
    if tree.lower(token) != "it" {
        return false;
    }
    let Some(head) = tree.head(token) else {
        return false;
    };
    let says = [
        R::ClausalComplement,
        R::OpenClausalComplement,
        R::AdverbialClause,
    ];
    let is_weather = matches!(
        tree.lemma(head),
        "rain" | "snow" | "seem" | "appear" | "happen" | "turn" | "take"
    );
    tree.relation(token) == R::Expletive
        || is_weather
        || tree.has_child(head, &[R::ClausalSubject])
        || tree.has_child(head, &[R::Copula])
            && (tree.has_child(head, &says) || EMPTY.contains(tree.lemma(head)))
}

/// What is said of no thing but of time and weather: "it was a dull year", "when it is warm".
static EMPTY: WordList = WordList::new(
    "time clear possible year day night morning evening week month season weekend \
    warm cold hot dark late early sunny windy quiet enough",
);

/// "Those who left", "a firm that fell": what stands around a pronoun tells what it means.
fn is_bound(tree: &Tree<'_>, token: usize) -> bool {
    tree.is_relative(token)
        || tree.relation(token) == R::Marker
        || tree.has_child(
            token,
            &[R::RelativeClause, R::AdnominalClause, R::NominalModifier],
        )
}

/// Whether a statement tells before a pronoun something that it may mean.
fn has_candidate(tree: &Tree<'_>, token: usize, tokens: &[usize]) -> bool {
    let fits = |other: usize| {
        let is_noun = matches!(
            tree.tag(other),
            UniversalTag::Noun | UniversalTag::ProperNoun
        );
        let is_plural = matches!(
            tree.fine(other),
            FineTag::PluralNoun | FineTag::PluralProperNoun
        );
        // "Norland will keep the rules laid down in it": not in Norland, which would be "itself".
        let is_acting = tree.tag(other) == UniversalTag::ProperNoun
            && tree.relation(other) == R::NominalSubject
            && tree.lower(token) == "it"
            && tree.has_child(token, &[R::Case]);
        is_noun
            && !is_acting
            && match tree.lower(token) {
                "it" | "its" => !is_plural && !tree.is_person(other),
                "they" | "them" | "their" | "theirs" => {
                    // "Orvel United won their match": a team is its people.
                    is_plural
                        || tree.has_child(other, &[R::Conjunct])
                        || tree.tag(other) == UniversalTag::ProperNoun
                            && tree.relation(other) == R::NominalSubject
                }
                "he" | "him" | "his" | "she" | "her" | "hers" => tree.is_person(other),
                _ => false,
            }
    };
    tokens
        .iter()
        .take_while(|&&other| other < token)
        // "The bulk of it": nothing means what it is a part of.
        .any(|&other| !tree.is_below(token, other) && fits(other))
}
