//! Tags: the universal part of speech and the Penn Treebank tag of a token.

/// Declares an enumeration together with the names of its members in the treebanks.
macro_rules! treebank_names {
    ($(#[$doc:meta])* $name:ident { $($member:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the treebank's name beside each member documents it")]
        pub enum $name {
            $(#[doc = concat!("The treebanks write: ", $text)] $member,)*
        }

        impl $name {
            /// All members, in the order of their names in the treebanks.
            pub const ALL: &'static [Self] = &[$(Self::$member,)*];

            /// The name in the treebanks.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $text,)*
                }
            }

            /// The member with this name in the treebanks.
            #[must_use]
            pub fn from_treebank(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$member),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use treebank_names;

treebank_names! {
    /// The universal part of speech (Universal Dependencies 2, "Universal POS tags").
    UniversalTag {
    Adjective = "ADJ",
    Adposition = "ADP",
    Adverb = "ADV",
    Auxiliary = "AUX",
    CoordinatingConjunction = "CCONJ",
    Determiner = "DET",
    Interjection = "INTJ",
    Noun = "NOUN",
    Numeral = "NUM",
    Particle = "PART",
    Pronoun = "PRON",
    ProperNoun = "PROPN",
    Punctuation = "PUNCT",
    SubordinatingConjunction = "SCONJ",
    Symbol = "SYM",
    Verb = "VERB",
    Other = "X",
    }
}

treebank_names! {
    /// The Penn Treebank tag, as the English Web Treebank uses it.
    FineTag {
    Currency = "$",
    ClosingQuote = "''",
    Comma = ",",
    LeftBracket = "-LRB-",
    RightBracket = "-RRB-",
    SentenceEnd = ".",
    Colon = ":",
    Address = "ADD",
    Affix = "AFX",
    Conjunction = "CC",
    Cardinal = "CD",
    Determiner = "DT",
    Existential = "EX",
    ForeignWord = "FW",
    GoesWith = "GW",
    Hyphen = "HYPH",
    Preposition = "IN",
    Adjective = "JJ",
    Comparative = "JJR",
    Superlative = "JJS",
    ListMarker = "LS",
    Modal = "MD",
    SuperfluousPunctuation = "NFP",
    Noun = "NN",
    ProperNoun = "NNP",
    PluralProperNoun = "NNPS",
    PluralNoun = "NNS",
    Predeterminer = "PDT",
    Possessive = "POS",
    Pronoun = "PRP",
    PossessivePronoun = "PRP$",
    Adverb = "RB",
    ComparativeAdverb = "RBR",
    SuperlativeAdverb = "RBS",
    Particle = "RP",
    Symbol = "SYM",
    To = "TO",
    Interjection = "UH",
    BaseVerb = "VB",
    PastVerb = "VBD",
    Gerund = "VBG",
    PastParticiple = "VBN",
    PresentVerb = "VBP",
    PresentVerbThird = "VBZ",
    WhDeterminer = "WDT",
    WhPronoun = "WP",
    PossessiveWhPronoun = "WP$",
    WhAdverb = "WRB",
    OpeningQuote = "``",
    }
}
