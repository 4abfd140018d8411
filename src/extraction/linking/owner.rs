//! Owners of nouns that tell none: "turnout" is turnout in the election that the document tells of,
//! "sales" are those of the firm that it is about.
//!
//! A noun of one of the classes below says nothing alone. Each class has the sort of owner it takes
//! and how the owner is told; where the document tells of no such owner, or of several, the noun
//! stays as it is.

use crate::text::dependency::Relation as R;
use crate::text::lexicon::country_of;

use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::Linker;

/// What a noun belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// The country that the document is about.
    Country,
    /// The firm or body that it is about.
    Body,
    /// The same, where the sentence tells of others and not of it.
    BodyElsewhere,
    /// The central bank that the document tells of.
    CentralBank,
    /// The only thing told by one of these nouns.
    Told(&'static str),
}

/// How an owner is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "Orvel's sales".
    Possessive,
    /// "Turnout in the election", with this preposition.
    Behind(&'static str),
}

/// Nouns that belong to owners of one sort.
#[derive(Debug, Clone, Copy)]
struct Class {
    /// The nouns, as they stand in a text.
    nouns: &'static str,
    /// One of these words stands before them: "central" before "bank". None has to where empty.
    needs: &'static str,
    /// No other words stand before them than these and those of [`Class::needs`]; any but those of
    /// [`ELSEWHERE`] where there is a star.
    allows: &'static str,
    /// Whether they may be some of several: "two employees", "a spokeswoman".
    is_of_some: bool,
    owner: Owner,
    form: Form,
}

/// Words beside the figures of accounts and statistics.
const ACCOUNT: &str = "annual quarterly monthly yearly weekly half full first second third fourth \
    quarter year nine six three month - net gross total overall operating pre tax pretax pre-tax \
    after after-tax underlying adjusted organic comparable like-for-like like for consolidated \
    group core headline consumer average combined interim order half-year full-year first-quarter \
    second-quarter third-quarter fourth-quarter nine-month six-month three-month cash";

/// Words that make a noun belong to something smaller or larger than what the document is about,
/// or to something else.
const ELSEWHERE: &str = "local foreign regional provincial state county city municipal district \
    town village borough communal global world worldwide international other many several some \
    various neighbouring neighboring allied rival such own same european african asian american \
    arab western eastern northern southern eurozone euro industry student school church parish \
    corporate company sister parent partner shadow occupied exiled breakaway separatist host home \
    tribal";

const ELECTIONS: &str = "election by-election byelection referendum vote ballot poll runoff \
    run-off plebiscite primary";
const STUDIES: &str = "study survey paper research trial article experiment";
const DISASTERS: &str = "crash collapse fire blaze explosion blast earthquake quake flood flooding \
    landslide mudslide avalanche derailment collision attack bombing shooting massacre stampede \
    storm hurricane cyclone typhoon tornado outbreak epidemic accident disaster strike raid";
const BUILDINGS: &str = "house building church cathedral temple mosque chapel school hospital \
    castle palace museum library theatre theater stadium tower hotel factory warehouse barn mill \
    station monastery shrine pavilion villa cottage";
const SHIPS: &str = "ship ferry vessel boat tanker trawler freighter yacht plane aircraft \
    airliner helicopter submarine warship frigate";

const CLASSES: [Class; 18] = [
    Class {
        nouns: "government parliament cabinet presidency constitution opposition legislature \
            army military judiciary treasury",
        needs: "",
        allows: "*",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "bank ministry party coalition commission court assembly",
        needs: "central finance foreign interior defence defense health education justice \
            agriculture environment energy economy transport labour labor trade tourism culture \
            governing ruling electoral election supreme constitutional national",
        allows: "main affairs and",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "inflation unemployment gdp",
        needs: "",
        allows: ACCOUNT,
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "rate product debt deficit spending budget age revenue",
        needs: "inflation unemployment jobless birth domestic public government fiscal pension \
            retirement state federal tax benchmark key interest policy trade current-account",
        allows: "annual quarterly monthly gross national main total budget core",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "sales revenue revenues profit profits turnover earnings ebitda margin intake \
            backlog dividend shares stock loss losses income",
        needs: "",
        allows: ACCOUNT,
        is_of_some: false,
        owner: Owner::Body,
        form: Form::Possessive,
    },
    Class {
        nouns: "board management workforce shareholders headquarters auditors",
        needs: "",
        allows: "executive supervisory management",
        is_of_some: false,
        owner: Owner::Body,
        form: Form::Possessive,
    },
    Class {
        nouns: "spokesperson spokesman spokeswoman employee employees adviser advisers",
        needs: "",
        allows: "company current former",
        is_of_some: true,
        owner: Owner::Body,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "rival rivals competitor competitors customer customers supplier suppliers",
        needs: "",
        allows: "main biggest largest smaller bigger larger closest nearest direct first paying \
            new potential",
        is_of_some: true,
        owner: Owner::BodyElsewhere,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "governor",
        needs: "",
        allows: "deputy former then",
        is_of_some: false,
        owner: Owner::CentralBank,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "board policymakers rate-setters",
        needs: "",
        allows: "monetary policy executive",
        is_of_some: false,
        owner: Owner::CentralBank,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "decision meeting statement",
        needs: "rate rates policy monetary",
        allows: "next interest last previous latest -",
        is_of_some: false,
        owner: Owner::CentralBank,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "turnout",
        needs: "",
        allows: "voter overall final low high lower higher record average",
        is_of_some: false,
        owner: Owner::Told(ELECTIONS),
        form: Form::Behind("in"),
    },
    Class {
        nouns: "author authors co-author co-authors finding findings",
        needs: "",
        allows: "lead first main senior corresponding principal key new study",
        is_of_some: true,
        owner: Owner::Told(STUDIES),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "toll",
        needs: "death",
        allows: "official final total",
        is_of_some: false,
        owner: Owner::Told(DISASTERS),
        form: Form::Behind("in"),
    },
    Class {
        nouns: "dead injured wounded victims survivors wreckage",
        needs: "",
        allows: "other",
        is_of_some: false,
        owner: Owner::Told(DISASTERS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "roof ceiling floor floors facade façade basement attic nave steeple spire porch \
            doorway staircase stairwell cellar foundations beams rafters",
        needs: "",
        allows: "ground first second third fourth fifth upper lower top main original",
        is_of_some: false,
        owner: Owner::Told(BUILDINGS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "hull bow stern deck engine engines cockpit cabin fuselage wing captain crew cargo",
        needs: "",
        allows: "main upper lower left right port starboard",
        is_of_some: false,
        owner: Owner::Told(SHIPS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "deck pier piers span spans pylons railings",
        needs: "",
        allows: "main upper lower central",
        is_of_some: false,
        owner: Owner::Told("bridge viaduct footbridge overpass"),
        form: Form::Behind("of"),
    },
];

impl Linker<'_> {
    /// A noun that says nothing without its owner, with the owner that the document tells.
    pub(super) fn with_owner(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<String> {
        self.setting?;
        let mut classes = CLASSES
            .iter()
            .filter(|class| class.takes(tree, phrase))
            .filter_map(|class| self.told_with_owner(tree, phrase, class));
        let told = classes.next()?;
        // "The deck" of a ship or of a bridge.
        classes.next().is_none().then_some(told)
    }

    fn told_with_owner(&self, tree: &Tree<'_>, phrase: &Phrase, class: &Class) -> Option<String> {
        let is_definite = phrase
            .tokens
            .first()
            .is_some_and(|&first| tree.lower(first) == "the");
        let (owner, article) = self.owner_in_setting(phrase.head, class.owner, is_definite)?;
        let words: Vec<usize> = phrase
            .tokens
            .iter()
            .copied()
            .filter(|&token| tree.relation(token) != R::Case)
            .collect();
        let noun = self.normal_form(tree, &words);
        Some(match class.form {
            Form::Possessive if !owner.ends_with('s') || class.owner == Owner::Body => {
                format!("{owner}'s {noun}")
            }
            Form::Possessive => format!("{noun} of {article}{owner}"),
            Form::Behind(preposition) => format!("{noun} {preposition} {article}{owner}"),
        })
    }

    /// A noun of a statement that says nothing without its owner, with it: the first word of the
    /// noun's phrase gives the last one and what is told in their place.
    pub(super) fn owned_here(
        &self,
        tree: &Tree<'_>,
        token: usize,
        tokens: &[usize],
        speaker: Option<usize>,
    ) -> Option<(usize, String)> {
        let head = match tree.relation(token) {
            R::Determiner | R::AdjectivalModifier | R::Compound | R::NumericModifier => {
                tree.head(token)?
            }
            _ => token,
        };
        let is_class = CLASSES.iter().any(|class| class.has(tree, head));
        let phrase = phrase::alone(tree, head).filter(|_| is_class)?;
        let first = phrase
            .tokens
            .iter()
            .copied()
            .find(|&word| tree.relation(word) != R::Case)?;
        let is_whole = first == token && (token..=head).all(|word| tokens.contains(&word));
        let told = self.with_owner(tree, &phrase).filter(|_| is_whole)?;
        // "Orvel said sales rose": its own.
        let is_own = speaker
            .and_then(|speaker| self.document.entities.get(speaker))
            .is_some_and(|speaker| told.contains(&speaker.name));
        (!is_own).then_some((head, told))
    }

    /// Whether somebody speaks of "us" in the sentence.
    fn has_we(&self) -> bool {
        let sentence = self.document.sentences.get(self.sentence);
        sentence.is_some_and(|sentence| {
            let mut tokens = sentence.tokens.iter();
            tokens.any(|token| {
                matches!(
                    token.form.to_lowercase().as_str(),
                    "we" | "us" | "our" | "ours"
                )
            })
        })
    }

    /// The only thing of some nouns told near a word or in the lead.
    fn only_among(&self, head: usize, nouns: &str) -> Option<String> {
        let lead = self.setting?.last_of_lead();
        let place = (self.sentence, head);
        self.antecedents?.only_among(place, nouns, lead)
    }

    /// The owner of a sort, and the article that it takes.
    fn owner_in_setting(
        &self,
        head: usize,
        owner: Owner,
        is_definite: bool,
    ) -> Option<(String, &'static str)> {
        let setting = self.setting?;
        match owner {
            Owner::Country => {
                let country = setting.country_at(self.sentence)?;
                Some((country.to_owned(), article_of_country(country)))
            }
            // "The shares" can be no other's.
            Owner::Body => {
                let body = match is_definite {
                    true => setting.body()?,
                    false => setting.body_at(self.sentence)?,
                };
                let name = self.document.entities.get(body)?.name.clone();
                Some((name, ""))
            }
            Owner::BodyElsewhere => {
                let body = setting.body()?;
                let is_here = self.mentions.iter().any(|mention| mention.entity == body);
                let is_here = is_here || self.has_we();
                let name = self.document.entities.get(body)?.name.clone();
                (!is_here).then_some((name, ""))
            }
            Owner::CentralBank => {
                let told = self.only_among(head, "bank")?;
                let is_central = told.contains("central") || told.contains("Reserve");
                is_central.then(|| with_article(told))
            }
            Owner::Told(nouns) => {
                let told = self.only_among(head, nouns)?;
                Some(with_article(told))
            }
        }
    }
}

/// The article of a thing told by a description: "the study of lakes", but "Peru's election".
fn with_article(told: String) -> (String, &'static str) {
    let first = told.split(' ').next().unwrap_or("");
    let is_owned = first.ends_with("'s") || first.ends_with("’s");
    let is_several = first.chars().all(char::is_numeric);
    let article = if is_owned || is_several { "" } else { "the " };
    (told, article)
}

/// Nouns for what is always of something: a phrase of one of them without it says nothing.
const NOTHING_ALONE: &str = "construction completion closure launch delivery deliveries \
    replacement production output exports imports shipments trade demand cases deaths loans \
    reserves capacity costs results applications approval approvals non-compliance turnout \
    sales revenue revenues profit profits turnover earnings ebitda margin intake backlog \
    dividend loss losses inflation unemployment spending toll findings compensation renovation \
    renovations repairs funding membership attendance enrolment enrollment yield yields prices \
    volumes";

/// Whether a phrase tells by its noun a measure, deed or result, and neither itself nor what hangs
/// on it of what: "construction", "the third-quarter loss".
pub(super) fn is_ownerless(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let head = phrase.head;
    let holds = |list: &str, token: usize| {
        list.split_whitespace()
            .any(|known| known == tree.lower(token))
    };
    let is_empty = |&token: &usize| {
        token == head
            || matches!(
                tree.relation(token),
                R::Case | R::Determiner | R::NumericModifier
            )
            || holds(ACCOUNT, token)
            || holds("new further more full final current initial", token)
    };
    holds(NOTHING_ALONE, head)
        && !tree.is_inside_name(head)
        && !tells_owner(tree, head)
        && phrase.tokens.iter().all(is_empty)
}

impl Class {
    /// Whether a word is one of the nouns.
    fn has(&self, tree: &Tree<'_>, head: usize) -> bool {
        let word = tree.lower(head);
        self.nouns.split_whitespace().any(|known| known == word)
    }

    /// Whether a phrase is a noun of the class that tells no owner.
    fn takes(&self, tree: &Tree<'_>, phrase: &Phrase) -> bool {
        let head = phrase.head;
        let holds = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
        if !self.has(tree, head)
            || tree.is_inside_name(head)
            || phrase.tokens.last() != Some(&head)
            || tells_owner(tree, head)
        {
            return false;
        }
        let is_article = |word: &str| match word {
            "the" => true,
            "a" | "an" | "two" | "three" | "several" | "some" | "all" | "both" => self.is_of_some,
            _ => false,
        };
        let is_allowed = |&token: &usize| {
            let word = tree.lower(token);
            token == head
                || tree.relation(token) == R::Case
                || is_article(word)
                || holds(self.needs, word)
                || holds(self.allows, word)
                || self.allows == "*" && is_of_here(tree, token)
        };
        let has_needed = || {
            let mut words = phrase.tokens.iter();
            words.any(|&token| token != head && holds(self.needs, tree.lower(token)))
        };
        (self.needs.is_empty() || has_needed()) && phrase.tokens.iter().all(is_allowed)
    }
}

/// Whether a word before a noun leaves it to what the document is about.
fn is_of_here(tree: &Tree<'_>, token: usize) -> bool {
    let is_known = |list: &str| {
        list.split_whitespace()
            .any(|word| word == tree.lower(token))
    };
    matches!(tree.relation(token), R::AdjectivalModifier | R::Compound)
        && tree.name_kind(token).is_none()
        && country_of(tree.lower(token)).is_none()
        && !is_known(ELSEWHERE)
}

/// Whether something beside a noun says whose or of what it is, also where the phrase goes without
/// it.
fn tells_owner(tree: &Tree<'_>, head: usize) -> bool {
    tree.children(head)
        .iter()
        .any(|&child| match tree.relation(child) {
            R::PossessiveModifier | R::Flat | R::AdnominalClause | R::RelativeClause => true,
            R::NominalModifier => child > head || tree.name_kind(child).is_some(),
            _ => false,
        })
}

/// "The Netherlands", but "France".
fn article_of_country(country: &str) -> &'static str {
    let is_described = ["United", "Republic", "Islands", "Emirates", "Kingdom"]
        .into_iter()
        .any(|word| country.contains(word));
    let is_known = matches!(
        country,
        "Netherlands"
            | "Philippines"
            | "Maldives"
            | "Bahamas"
            | "Gambia"
            | "Seychelles"
            | "Comoros"
    );
    if is_described || is_known { "the " } else { "" }
}
