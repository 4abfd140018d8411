//! Relations of the dependency tree.

use super::tag::treebank_names;

treebank_names! {
    /// A relation of Universal Dependencies 2 with the subtypes of its English treebanks.
    Relation {
    AdnominalClause = "acl",
    RelativeClause = "acl:relcl",
    AdverbialClause = "advcl",
    AdverbialRelativeClause = "advcl:relcl",
    AdverbialModifier = "advmod",
    AdjectivalModifier = "amod",
    Apposition = "appos",
    Auxiliary = "aux",
    PassiveAuxiliary = "aux:pass",
    Case = "case",
    Coordination = "cc",
    Preconjunction = "cc:preconj",
    ClausalComplement = "ccomp",
    Compound = "compound",
    VerbParticle = "compound:prt",
    Conjunct = "conj",
    Copula = "cop",
    ClausalSubject = "csubj",
    OuterClausalSubject = "csubj:outer",
    PassiveClausalSubject = "csubj:pass",
    Unspecified = "dep",
    Determiner = "det",
    Predeterminer = "det:predet",
    Discourse = "discourse",
    Dislocated = "dislocated",
    Expletive = "expl",
    Fixed = "fixed",
    Flat = "flat",
    GoesWith = "goeswith",
    IndirectObject = "iobj",
    List = "list",
    Marker = "mark",
    NominalModifier = "nmod",
    DescriptiveModifier = "nmod:desc",
    PossessiveModifier = "nmod:poss",
    UnmarkedNominalModifier = "nmod:unmarked",
    NominalSubject = "nsubj",
    OuterNominalSubject = "nsubj:outer",
    PassiveNominalSubject = "nsubj:pass",
    NumericModifier = "nummod",
    Object = "obj",
    Oblique = "obl",
    Agent = "obl:agent",
    UnmarkedOblique = "obl:unmarked",
    Orphan = "orphan",
    Parataxis = "parataxis",
    Punctuation = "punct",
    Reparandum = "reparandum",
    Root = "root",
    Vocative = "vocative",
    OpenClausalComplement = "xcomp",
    }
}

impl Relation {
    /// The relation without its subtype, by its name in the treebanks: `nsubj` for `nsubj:pass`.
    #[must_use]
    pub fn universal(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or("")
    }
}
