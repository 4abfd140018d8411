//! "He", "she", "his", "her": the person about whom a sentence is, or who is nearest.

use super::super::subject::{governing_subject, subject_before, subject_behind};
use super::super::{Placed, Resolution};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Sentence, Token};
use crate::text::lexicon::{Gender, is_of_accused};
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

/// "he" and "she" refer back over at most so many sentences.
const FARTHEST_PERSON: usize = 3;

impl Resolution<'_> {
    /// The person whom "he" or "she" means: the nearest subject that fits, unless another person
    /// is as near.
    pub(super) fn person(
        &self,
        index: usize,
        sentence: &Sentence,
        place: usize,
        gender: Gender,
    ) -> Option<usize> {
        let is_object = sentence.tokens.get(place).is_some_and(|token| {
            matches!(token.relation.universal(), "obj" | "iobj" | "obl")
                && !token.form.to_lowercase().ends_with("self")
        });
        let own_verb = sentence.tokens.get(place).and_then(|token| token.head);
        // The object of a verb is not its subject.
        let acting = self
            .in_sentence(index)
            .iter()
            .filter(|mention| mention.is_subject && mention.head < place)
            .find(|mention| {
                let token = sentence.tokens.get(mention.head);
                token.is_some_and(|token| token.head == own_verb)
            })
            .map(|mention| mention.entity)
            .filter(|_| is_object);
        let speaks = super::super::role::is_speaker(&sentence.tokens, place);
        let speaks_outside = speaks && !is_quoted(&sentence.tokens, place);
        let fits = |mention: &&Placed| {
            let growing = self.entities.get(mention.entity);
            let is_person = growing.is_some_and(|growing| {
                growing.kind == EntityKind::Person
                    && !growing.is_plural
                    && growing.gender.is_none_or(|known| known == gender)
            });
            let is_before = mention.sentence < index || mention.last < place;
            // "He has gone", Lee said: nobody speaks so of himself.
            let is_speaking = mention.sentence == index
                && mention.is_speaker
                && is_quoted(&sentence.tokens, place)
                && !is_quoted(&sentence.tokens, mention.head);
            // "My son was born there", he said: nor is he told of in his own words.
            let is_told = speaks_outside
                && self.in_sentence(index).iter().any(|told| {
                    told.entity == mention.entity && is_quoted(&sentence.tokens, told.head)
                });
            // "…", Lee said. "You can see her": nor in the next sentence.
            let goes_on = mention.sentence + 1 == index
                && self.speaks_there(mention)
                && is_quoted(&sentence.tokens, place)
                && !self.speaks_in(index)
                && self.has_quotation(mention.sentence);
            is_person
                && is_before
                && !is_speaking
                && !goes_on
                && !is_told
                && acting != Some(mention.entity)
                && !self.is_named_by_speaker(index, place, mention.entity)
                && !(mention.sentence == index
                    && is_bound_apart(&sentence.tokens, mention, own_verb))
        };
        // "The judge extended his bail": not the judge's own.
        let court = self.court_above(index, sentence, place);
        let fits = |mention: &&Placed| {
            fits(mention) && !court.is_some_and(|judge| self.is_judge(judge, mention))
        };
        if let Some(owner) = self.local_subject(index, sentence, place, &fits) {
            return Some(owner);
        }
        if self.is_of_unknown(index, sentence, place) {
            return None;
        }
        let nearest = circumstance_subject(&sentence.tokens, place)
            .and_then(|subject| self.mention_at(index, subject))
            .filter(|mention| fits(mention));
        if let Some(mention) = nearest {
            return Some(mention.entity);
        }
        if let Some(met) = self.met(index, gender, &fits).filter(|_| is_object) {
            return Some(met);
        }
        let nearest = self.nearest(index, (gender, speaks), &fits)?;
        let main = self.protagonist_before((index, place), nearest, gender);
        Some(main.filter(|_| !speaks).unwrap_or(nearest))
    }

    /// Whether nobody is told of in a paragraph before a place.
    fn opens_paragraph(&self, index: usize, place: usize) -> bool {
        let paragraph = |index: usize| self.sentences.get(index).map(|known| known.paragraph);
        let is_first = index > 0 && paragraph(index) != paragraph(index - 1);
        is_first
            && !self.in_sentence(index).iter().any(|mention| {
                mention.first < place
                    && self.entities.get(mention.entity).is_some_and(|growing| {
                        growing.kind == EntityKind::Person && !growing.is_plural
                    })
            })
    }

    /// "He came home in 1985", behind a paragraph that ends with a pupil of his: the person of whom
    /// the document has told from its beginning on and far more often than of the one found.
    fn protagonist_before(
        &self,
        (index, place): (usize, usize),
        found: usize,
        gender: Gender,
    ) -> Option<usize> {
        /// Of whom a document tells stands in its title or its first sentences.
        const FIRST_SENTENCES: usize = 3;
        /// So often, and so many times as often as of the other one.
        const LEAST: usize = 5;
        const TIMES: usize = 3;
        if !self.opens_paragraph(index, place) {
            return None;
        }
        let told = |entity: usize| {
            let before = |mention: &&Placed| mention.entity == entity && mention.sentence < index;
            self.placed.iter().filter(before).count()
        };
        let is_first = |mention: &&Placed| mention.sentence < FIRST_SENTENCES;
        let mut first: Vec<usize> = self
            .placed
            .iter()
            .take_while(is_first)
            .map(|mention| mention.entity)
            .filter(|&entity| {
                self.entities.get(entity).is_some_and(|growing| {
                    growing.kind == EntityKind::Person
                        && growing.is_named
                        && !growing.is_plural
                        && growing.gender.is_none_or(|known| known == gender)
                })
            })
            .collect();
        first.sort_unstable();
        first.dedup();
        let (count, main) = first
            .into_iter()
            .map(|entity| (told(entity), entity))
            .max()?;
        (main != found && count >= LEAST && count >= TIMES * told(found)).then_some(main)
    }

    /// The subject above the owner of bail, a plea or a lawyer, where it judges or charges; with
    /// its sentence.
    fn court_above(
        &self,
        index: usize,
        sentence: &Sentence,
        place: usize,
    ) -> Option<(usize, usize)> {
        let tokens = &sentence.tokens;
        let owner = tokens.get(place)?;
        let owned = tokens.get(owner.head?)?;
        let is_owner = owner.relation == Relation::PossessiveModifier;
        if !is_owner || !is_of_accused(&owned.lemma.to_lowercase()) {
            return None;
        }
        let subject = governing_subject(tokens, place)?;
        let is_court = |word: &Token| {
            static NOUNS: WordList = WordList::new(
                "judge court magistrate justice jury prosecutor police officer \
                detective sheriff tribunal",
            );
            let lemma = word.lemma.to_lowercase();
            NOUNS.contains(&lemma)
        };
        let is_titled = tokens
            .iter()
            .enumerate()
            .any(|(at, word)| (at == subject || word.head == Some(subject)) && is_court(word));
        let is_known = self
            .mention_at(index, subject)
            .is_some_and(|mention| self.is_of_court(mention.entity));
        (is_titled || is_known).then_some((index, subject))
    }

    /// Whether a mention is the one at a place, or means the same.
    fn is_judge(&self, (index, place): (usize, usize), mention: &Placed) -> bool {
        mention.sentence == index && mention.head == place
            || self
                .mention_at(index, place)
                .is_some_and(|judge| judge.entity == mention.entity)
    }

    /// The nearest person that fits, whom a sentence is about before whom it only mentions.
    fn nearest(
        &self,
        index: usize,
        (gender, speaks): (Gender, bool),
        fits: &impl Fn(&&Placed) -> bool,
    ) -> Option<usize> {
        // Whom an earlier sentence is about comes before whom it only mentions.
        let is_about = (0..=FARTHEST_PERSON.min(index)).any(|distance| {
            let here = self.in_sentence(index - distance).iter();
            here.filter(fits).any(|mention| self.is_prominent(mention))
        });
        let mut passing = None;
        for distance in 0..=FARTHEST_PERSON.min(index) {
            let here = self.in_sentence(index - distance);
            let counts =
                |mention: &&Placed| distance == 0 || !is_about || self.is_prominent(mention);
            let mut fitting: Vec<&Placed> = here.iter().filter(fits).filter(counts).collect();
            fitting.sort_by_key(|mention| mention.first);
            let mut entities: Vec<usize> = fitting.iter().map(|mention| mention.entity).collect();
            entities.sort_unstable();
            entities.dedup();
            match entities.as_slice() {
                [] => continue,
                [only] if self.is_passing(&fitting, *only) => passing = passing.or(Some(*only)),
                [only] => return Some(*only),
                _ => {
                    let speaks = distance > 0 && speaks;
                    return self.one_of(&fitting, &entities, gender, speaks);
                }
            }
        }
        passing
    }

    /// Whether somebody mentioned is told to speak in that sentence, by name or by office: "the
    /// secretary, Ann Lee, said".
    fn speaks_there(&self, mention: &Placed) -> bool {
        let Some(sentence) = self.sentences.get(mention.sentence) else {
            return false;
        };
        let speaks = |other: &Placed| {
            other.entity == mention.entity
                && other.is_speaker
                && !is_quoted(&sentence.tokens, other.head)
        };
        self.in_sentence(mention.sentence).iter().any(speaks)
    }

    /// Whether somebody named is told to speak in a sentence, so far.
    fn speaks_in(&self, index: usize) -> bool {
        self.in_sentence(index)
            .iter()
            .any(|mention| mention.is_speaker)
    }

    fn has_quotation(&self, index: usize) -> bool {
        self.sentences.get(index).is_some_and(|sentence| {
            sentence
                .tokens
                .iter()
                .any(|token| matches!(token.form.as_str(), "\"" | "“" | "``"))
        })
    }

    /// "A certain Orvel wrote that he had paid": he who wrote, of whom nothing else is known.
    fn is_of_unknown(&self, index: usize, sentence: &Sentence, place: usize) -> bool {
        let tokens = &sentence.tokens;
        let is_subject = tokens
            .get(place)
            .is_some_and(|token| token.relation.universal() == "nsubj");
        let verb = tokens.get(place).and_then(|token| token.head);
        let above = verb.and_then(|verb| tokens.get(verb));
        let said = above
            .filter(|verb| verb.relation == Relation::ClausalComplement)
            .and_then(|verb| verb.head);
        let subject = tokens
            .iter()
            .position(|token| said.is_some() && token.head == said && is_name_subject(token));
        is_subject
            && subject
                .is_some_and(|subject| subject < place && self.mention_at(index, subject).is_none())
    }

    /// "The first visit by a minister": somebody without name or sex told by the way, whom a
    /// pronoun means only where nobody else is near.
    fn is_passing(&self, mentions: &[&Placed], entity: usize) -> bool {
        self.entities
            .get(entity)
            .is_some_and(|growing| !growing.is_named && growing.gender.is_none())
            && mentions
                .iter()
                .all(|mention| mention.kind == MentionKind::Nominal && !mention.is_subject)
    }

    /// "She received him. … She gave him a medal": the only one of his sex just before.
    fn met(&self, index: usize, gender: Gender, fits: &impl Fn(&&Placed) -> bool) -> Option<usize> {
        let is_known = |mention: &&Placed| {
            let growing = self.entities.get(mention.entity);
            growing.is_some_and(|growing| growing.gender == Some(gender))
        };
        if self.in_sentence(index).iter().any(|mention| fits(&mention)) {
            return None;
        }
        let before = self.in_sentence(index.checked_sub(1)?).iter();
        let mut known = before.filter(|mention| fits(mention) && is_known(mention));
        let first = known.next()?.entity;
        known
            .all(|mention| mention.entity == first)
            .then_some(first)
    }

    /// The one of several people that a pronoun means: the only one of its gender, who spoke just
    /// before where the pronoun speaks, or the only subject.
    fn one_of(
        &self,
        fitting: &[&Placed],
        entities: &[usize],
        gender: Gender,
        speaks: bool,
    ) -> Option<usize> {
        let is_of_gender = |entity: &usize| {
            let growing = self.entities.get(*entity);
            growing.is_some_and(|growing| growing.gender == Some(gender))
        };
        let known: Vec<usize> = entities.iter().copied().filter(is_of_gender).collect();
        if let [only] = known.as_slice() {
            return Some(*only);
        }
        let told = |counts: &dyn Fn(&Placed) -> bool| {
            let mut found: Vec<usize> = fitting
                .iter()
                .filter(|mention| counts(mention))
                .map(|mention| mention.entity)
                .collect();
            found.dedup();
            match found.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        };
        // "He added": who spoke just before.
        let speaker = told(&|mention| mention.is_speaker).filter(|_| speaks);
        speaker.or_else(|| told(&|mention| mention.is_subject))
    }

    /// "He said: 'Lee was great'": nobody who speaks calls himself by his name.
    fn is_named_by_speaker(&self, index: usize, place: usize, entity: usize) -> bool {
        let Some(sentence) = self.sentences.get(index) else {
            return false;
        };
        if !super::super::role::is_speaker(&sentence.tokens, place) {
            return false;
        }
        let opens = |from: usize, to: usize| {
            sentence.tokens.get(from..to).is_some_and(|between| {
                between
                    .iter()
                    .any(|token| matches!(token.form.as_str(), "\"" | "“" | "``"))
            })
        };
        self.in_sentence(index).iter().any(|mention| {
            mention.entity == entity
                && mention.kind == MentionKind::Name
                && mention.first > place
                && opens(place, mention.first)
        })
    }

    /// "Lee lost her licence", "Discussing his plan, Lee said": an owner is the subject of the
    /// clause around it, before or, where the clause stands in front, behind it.
    fn local_subject(
        &self,
        index: usize,
        sentence: &Sentence,
        place: usize,
        fits: &impl Fn(&&Placed) -> bool,
    ) -> Option<usize> {
        let tokens = &sentence.tokens;
        if tokens.get(place)?.relation != Relation::PossessiveModifier {
            return None;
        }
        let at = |head: usize| self.mention_at(index, head);
        // "The envoy, who finished his tour": the one whom the relative clause is about.
        let told = relative_owner(tokens, place).and_then(at).filter(fits);
        if let Some(mention) = told {
            return Some(mention.entity);
        }
        if let Some(subject) = governing_subject(tokens, place) {
            return at(subject).filter(fits).map(|mention| mention.entity);
        }
        let subject = subject_behind(tokens, place)?;
        let mention = at(subject).filter(|mention| mention.kind != MentionKind::Pronoun)?;
        // The name stands behind the pronoun; everything else must fit as ever.
        let moved = Placed {
            last: place.saturating_sub(1),
            ..*mention
        };
        fits(&&moved).then_some(mention.entity)
    }

    /// Whether a person is one that a sentence is about: its subject, or the owner of that.
    fn is_prominent(&self, mention: &Placed) -> bool {
        if mention.is_subject {
            return true;
        }
        let tokens = self.sentences.get(mention.sentence).map(|s| &s.tokens);
        let token = |place: usize| tokens.and_then(|tokens| tokens.get(place));
        // "The finder was Ann Lee": the sentence is about her.
        let is_told = mention.kind == MentionKind::Name
            && tokens.is_some_and(|tokens| {
                tokens.iter().any(|other| {
                    other.head == Some(mention.head) && other.relation == Relation::Copula
                })
            });
        // "The minister, Ann Lee, left": named beside her office, she is the subject.
        let is_beside = mention.kind == MentionKind::Name
            && token(mention.head).is_some_and(|name| {
                matches!(name.relation.universal(), "appos" | "flat")
                    && name
                        .head
                        .and_then(token)
                        .is_some_and(|noun| noun.relation.universal() == "nsubj")
            });
        if is_told || is_beside {
            return true;
        }
        token(mention.head).is_some_and(|owner| {
            owner.relation == Relation::PossessiveModifier
                && owner
                    .head
                    .and_then(token)
                    .is_some_and(|owned| owned.relation.universal() == "nsubj")
        })
    }
}

/// "Lee said Kim had left because he was ill": the subject of the clause that is explained.
fn circumstance_subject(tokens: &[Token], place: usize) -> Option<usize> {
    let token = tokens.get(place)?;
    let verb = tokens.get(token.head?)?;
    let is_told =
        token.relation.universal() == "nsubj" && verb.relation == Relation::AdverbialClause;
    let subject = is_told.then(|| subject_before(tokens, place)).flatten()?;
    let is_named = tokens
        .get(subject)
        .is_some_and(|subject| subject.universal_tag != UniversalTag::Pronoun);
    is_named.then_some(subject)
}

fn is_name_subject(token: &Token) -> bool {
    token.relation.universal() == "nsubj" && token.universal_tag == UniversalTag::ProperNoun
}

/// Whether a sentence begins within a quotation: its first mark closes one.
fn begins_quoted(tokens: &[Token]) -> bool {
    let first = tokens
        .iter()
        .position(|token| matches!(token.form.as_str(), "“" | "``" | "”" | "''" | "\""));
    first.is_some_and(|mark| {
        let glued = |left: Option<usize>, right: usize| {
            let left = left.and_then(|left| tokens.get(left));
            left.zip(tokens.get(right))
                .is_some_and(|(left, right)| left.span.end == right.span.start)
        };
        match tokens.get(mark).map(|token| token.form.as_str()) {
            Some("”" | "''") => true,
            Some("\"") => glued(mark.checked_sub(1), mark) && !glued(Some(mark), mark + 1),
            _ => false,
        }
    })
}

/// Whether quotation marks stand around a place.
fn is_quoted(tokens: &[Token], place: usize) -> bool {
    let before = tokens.get(..place).unwrap_or(&[]);
    before.iter().fold(begins_quoted(tokens), |is_open, token| {
        match token.form.as_str() {
            "“" | "``" => true,
            "”" | "''" => false,
            "\"" => !is_open,
            _ => is_open,
        }
    })
}

/// The noun whose relative clause a place lies in, where the relative pronoun is the subject.
fn relative_owner(tokens: &[Token], place: usize) -> Option<usize> {
    /// Clauses lie no deeper than this.
    const DEEPEST: usize = 12;
    let mut current = tokens.get(place)?.head?;
    // "With Lee, who is her deputy": nobody is his own.
    let is_predicate = tokens
        .iter()
        .any(|other| other.head == Some(current) && other.relation == Relation::Copula);
    if is_predicate {
        return None;
    }
    for _ in 0..DEEPEST {
        let token = tokens.get(current)?;
        let subject = tokens
            .iter()
            .find(|other| other.head == Some(current) && other.relation.universal() == "nsubj");
        if let Some(subject) = subject {
            let is_relative = matches!(subject.form.to_lowercase().as_str(), "who" | "that")
                && token.relation == Relation::RelativeClause;
            return token.head.filter(|_| is_relative);
        }
        current = token.head?;
    }
    None
}

/// "Placed with Dr. Berg, he …": who is mentioned in a participle clause without subject is not
/// its subject, who is that of the main clause.
fn is_bound_apart(tokens: &[Token], mention: &Placed, verb: Option<usize>) -> bool {
    /// Clauses lie no deeper than this.
    const DEEPEST: usize = 12;
    let mut current = mention.head;
    for _ in 0..DEEPEST {
        let Some(token) = tokens.get(current) else {
            return false;
        };
        if token.head == verb && token.relation.universal() == "advcl" {
            let has_subject = tokens
                .iter()
                .any(|other| other.head == Some(current) && other.relation.universal() == "nsubj");
            return !has_subject && !mention.is_subject;
        }
        let Some(head) = token.head else {
            return false;
        };
        current = head;
    }
    false
}
