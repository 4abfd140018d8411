//! Those for whom a speaker speaks: "we", "us" and "our" in a quotation.

use crate::fact::{Argument, EntityKind};
use crate::text::dependency::Relation as R;
use crate::text::document::{DocumentEntity, Mention, MentionKind, Quotation, Token};
use crate::text::lexicon::{country_of, is_nationality};
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

use super::super::lexicon;
use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::{FIRST_PERSON, Linked, Linker, Reference, SPEAKS_FOR};

/// Offices whose holders speak for the body that they belong to.
static SPEAKS: WordList = WordList::new(
    "spokesman spokeswoman spokesperson coach manager executive ceo director \
     chairman chairwoman chair head president founder owner principal captain minister premier \
     chancellor ambassador",
);

/// Those among them who speak for a country, where no body is told.
static STATE: WordList = WordList::new("minister premier chancellor ambassador president");

/// How many clauses side by side are looked at for a subject.
const MOST_CLAUSES: usize = 4;

impl Linker<'_> {
    /// Whom "we" at a token means: the body that its sentence tells of just before, the body that
    /// speaks, or the one that the speaker is said to speak for.
    pub(super) fn speakers(&self, tree: &Tree<'_>, token: usize) -> Option<&DocumentEntity> {
        // "According to Orvel, we …" quotes nobody: whoever writes is not Orvel.
        let quotation = self
            .quotation(tree, token)
            .filter(|quotation| quotation.verb.is_some() || self.is_marked(quotation));
        let speaker = match quotation {
            Some(_) if self.body_before(tree, token).is_some() => {
                return self.body_before(tree, token);
            }
            Some(quotation) => quotation.speaker?,
            None => self.speaker_of_clause(tree, token)?,
        };
        let entity = self.document.entities.get(speaker)?;
        match entity.kind {
            EntityKind::Organization if entity.is_named => Some(entity),
            EntityKind::Person if entity.is_named => self.body_of(speaker),
            _ => None,
        }
    }

    /// Whether a passage stands between quotation marks.
    pub(super) fn is_marked(&self, quotation: &Quotation) -> bool {
        let is_mark = |letter: char| matches!(letter, '"' | '“' | '”' | '‘' | '«' | '„');
        let before = self.document.text.get(..quotation.span.start as usize);
        quotation.span.of(&self.document.text).starts_with(is_mark)
            || before.is_some_and(|before| before.trim_end().ends_with(is_mark))
    }

    /// Who says the clause that "we" at a token stands in, where a quotation begins before it and
    /// its end is not marked.
    fn speaker_of_clause(&self, tree: &Tree<'_>, token: usize) -> Option<usize> {
        let mut clause = token;
        for _ in 0..MOST_CLAUSES {
            let above = tree.head(clause)?;
            let is_said = lexicon::is_speech(tree.lemma(above))
                && matches!(tree.relation(clause), R::ClausalComplement | R::Parataxis);
            if !is_said {
                clause = above;
                continue;
            }
            let opens = (above..token).any(|mark| matches!(tree.lower(mark), "\"" | "“" | "``"));
            let subject = tree.child(above, &[R::NominalSubject]).filter(|_| opens)?;
            let named = phrase::name_after_title(tree, subject).unwrap_or(subject);
            return Some(self.name_at(named)?.entity);
        }
        None
    }

    /// "Kenya gives advice; we are sending doctors": the subject of the clause beside.
    fn body_before(&self, tree: &Tree<'_>, token: usize) -> Option<&DocumentEntity> {
        let mut clause = tree.head(token)?;
        for _ in 0..MOST_CLAUSES {
            if !matches!(tree.relation(clause), R::Parataxis | R::Conjunct | R::List) {
                return None;
            }
            clause = tree.head(clause)?;
            let subject = tree
                .child(clause, &[R::NominalSubject, R::PassiveNominalSubject])
                .filter(|&subject| subject < token);
            if let Some(subject) = subject {
                let entity = self.document.entities.get(self.name_at(subject)?.entity)?;
                let is_same = self.quotation(tree, subject) == self.quotation(tree, token);
                return Some(entity).filter(|entity| is_same && is_body(entity));
            }
        }
        None
    }

    /// The body of which a person is said to be spokeswoman, coach or head.
    pub(super) fn body_of(&self, speaker: usize) -> Option<&DocumentEntity> {
        let names = self
            .document
            .mentions
            .iter()
            .filter(|mention| mention.entity == speaker && mention.kind == MentionKind::Name);
        for mention in names {
            let Some(sentence) = self.document.sentences.get(mention.sentence) else {
                continue;
            };
            let tokens = &sentence.tokens;
            let offices = tokens.iter().enumerate().filter(|(place, token)| {
                let joins = |from: &Token, to: usize| {
                    from.head == Some(to)
                        && matches!(
                            from.relation.universal(),
                            "appos" | "flat" | "compound" | "nmod"
                        )
                };
                let is_beside = joins(token, mention.head)
                    || tokens
                        .get(mention.head)
                        .is_some_and(|name| joins(name, *place));
                is_beside && speaks(token)
            });
            for (office, _) in offices {
                let body = self
                    .body_at(mention.sentence, tokens, office, mention.head)
                    .or_else(|| self.country_of_office(mention, tokens, office));
                if body.is_some() {
                    return body;
                }
            }
        }
        None
    }

    /// "Kenyan Foreign Minister Ann Lee", "the foreign minister" in a report about Kenya: the
    /// country that the holder of an office of state speaks for.
    fn country_of_office(
        &self,
        mention: &Mention,
        tokens: &[Token],
        office: usize,
    ) -> Option<&DocumentEntity> {
        let is_of_state = is_one_of(&STATE, tokens.get(office)?);
        let is_beside = |token: &&Token| {
            token
                .head
                .is_some_and(|head| head == office || head == mention.head)
        };
        let told = tokens.iter().filter(is_beside).find_map(|token| {
            let country = country_of(&token.form);
            country.filter(|_| is_nationality(&token.form))
        });
        let about = || {
            let is_president = tokens.get(office)?.lemma.eq_ignore_ascii_case("president");
            self.setting?
                .country_at(mention.sentence)
                .filter(|_| !is_president)
        };
        let country = told.or_else(about).filter(|_| is_of_state)?;
        self.document.entities.iter().find(|entity| {
            entity.kind == EntityKind::Place
                && entity.is_named
                && country_of(&entity.name) == Some(country)
        })
    }

    /// "I" in a quotation whose speaker is known.
    pub(super) fn first_person(
        &self,
        tree: &Tree<'_>,
        phrase: &Phrase,
        text: &str,
    ) -> Option<Linked> {
        let is_plural = matches!(phrase.tokens.as_slice(), [only]
            if matches!(tree.lower(*only), "we" | "us" | "ourselves")
                && tree.tag(*only) == UniversalTag::Pronoun);
        if is_plural {
            let body = self.speakers(tree, phrase.head)?;
            let argument = Argument::entity(text, &body.name, body.kind);
            return Some(Linked::new(argument, SPEAKS_FOR, Reference::Speaker));
        }
        let is_first = matches!(phrase.tokens.as_slice(), [only]
            if matches!(tree.lower(*only), "i" | "me" | "myself")
                && tree.tag(*only) == UniversalTag::Pronoun);
        if !is_first {
            return None;
        }
        let speaker = self.quotation(tree, phrase.head)?.speaker?;
        let entity = self.document.entities.get(speaker)?;
        let argument = Argument::entity(text, &entity.name, entity.kind);
        entity
            .is_named
            .then(|| Linked::new(argument, FIRST_PERSON, Reference::Speaker))
    }

    /// "My client", where the document says whose lawyer speaks.
    pub(super) fn client(&self, tree: &Tree<'_>, phrase: &Phrase, text: &str) -> Option<Linked> {
        let is_own = tree
            .children_by(phrase.head, &[R::PossessiveModifier])
            .any(|owner| tree.lower(owner) == "my");
        if tree.lower(phrase.head) != "client" || !is_own {
            return None;
        }
        let speaker = self.quotation(tree, phrase.head)?.speaker?;
        let names = self
            .document
            .mentions
            .iter()
            .filter(|mention| mention.entity == speaker && mention.kind == MentionKind::Name);
        names
            .filter_map(|name| {
                let tokens = &self.document.sentences.get(name.sentence)?.tokens;
                let lawyer = tokens.get(name.head)?.head.filter(|&noun| {
                    tokens.get(noun).is_some_and(|noun| {
                        matches!(
                            noun.lemma.as_str(),
                            "lawyer" | "attorney" | "barrister" | "solicitor" | "counsel"
                        )
                    })
                })?;
                let owner = tokens.iter().position(|token| {
                    token.head == Some(lawyer) && token.relation == R::PossessiveModifier
                })?;
                let whose =
                    self.document.mentions.iter().find(|mention| {
                        mention.sentence == name.sentence && mention.head == owner
                    })?;
                let entity = self.document.entities.get(whose.entity)?;
                let is_client =
                    entity.is_named && entity.kind == EntityKind::Person && whose.entity != speaker;
                is_client.then(|| {
                    let argument = Argument::entity(text, &entity.name, entity.kind);
                    Linked::new(argument, SPEAKS_FOR, Reference::Speaker)
                })
            })
            .next()
    }

    /// The body beside an office: "coach of Orvel", "Orvel's coach", "the Orvel coach".
    fn body_at(
        &self,
        sentence: usize,
        tokens: &[Token],
        office: usize,
        name: usize,
    ) -> Option<&DocumentEntity> {
        let belongs = |place: usize| {
            tokens.get(place).is_some_and(|token| {
                let above = token.head;
                let is_of = matches!(token.relation.universal(), "nmod" | "compound");
                is_of && (above == Some(office) || above == Some(name) && place < office)
            })
        };
        self.document
            .mentions
            .iter()
            .filter(|mention| mention.sentence == sentence && mention.kind == MentionKind::Name)
            .filter(|mention| mention.head != name && belongs(mention.head))
            .filter_map(|mention| self.document.entities.get(mention.entity))
            .find(|entity| is_body(entity))
    }
}

fn is_body(entity: &DocumentEntity) -> bool {
    entity.is_named
        && entity.members.is_empty()
        && matches!(entity.kind, EntityKind::Organization | EntityKind::Place)
}

fn speaks(token: &Token) -> bool {
    is_one_of(&SPEAKS, token)
}

fn is_one_of(offices: &WordList, token: &Token) -> bool {
    let lemma = token.lemma.to_lowercase();
    offices.contains(&lemma)
}
