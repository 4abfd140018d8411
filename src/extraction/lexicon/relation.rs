//! Nouns and verbs that relate one thing to another: families, parts, what two do together.
use crate::text::word_list::WordList;

use crate::text::lexicon::{NounClass, is_in_class};

/// Whether a noun is of things that have names of their own.
pub(in super::super) fn is_thing(lemma: &str) -> bool {
    [
        NounClass::Organization,
        NounClass::Business,
        NounClass::Place,
        NounClass::Event,
        NounClass::Work,
    ]
    .into_iter()
    .any(|class| is_in_class(lemma, class))
}

/// What people are to their family.
pub(in super::super) fn is_kin(lemma: &str) -> bool {
    matches!(
        lemma,
        "son"
            | "daughter"
            | "child"
            | "wife"
            | "husband"
            | "widow"
            | "widower"
            | "brother"
            | "sister"
            | "father"
            | "mother"
            | "grandson"
            | "granddaughter"
            | "grandchild"
            | "nephew"
            | "niece"
            | "cousin"
            | "uncle"
            | "aunt"
            | "stepson"
            | "stepdaughter"
            | "fiancé"
            | "fiancée"
    )
}

/// Nouns that are always of something, or somebody's: "the cost", "a partner".
pub(in super::super) fn is_relational(lemma: &str) -> bool {
    static RELATIONAL: WordList = WordList::new(
        "\
        absence aim allegation amount answer appeal appearance application appreciation area \
        aspect attempt author basis beginning benefit capacity captain cause chance change \
        claim co-author committee component concern conclusion condition consequence content \
        contents context contractor contribution copy cost course criticism decision decline \
        delay delegation demand detail difference drop edition effect element end equivalent \
        example experience extent failure fall feature figure finding focus form function fund \
        geography goal growth head idea impact implementation importance improvement increase \
        initiative issue kind lack lawyer level location loss majority maker matter means \
        measure member method minority mission motion name nature number object objective \
        offer opinion opponent order origin outcome owner part partner penalty percentage \
        phase point portion position possibility potential premise preparation presence price \
        principle proceeds process product progress proportion proposal proposition purpose \
        quality question range rate reason recipient reduction representative result rise \
        rival role round ruling scale scope section series share side sign significance site \
        size source stage stake start status step subject success successor sum supply support \
        target task technique term theme threat tie title topic total type use value version \
        victim view visit volume way whole winner work",
    );
    RELATIONAL.contains(lemma)
}

/// Verbs of what two do with each other: "Ann and Bo met".
pub(in super::super) fn is_mutual(verb: &str, object: Option<&str>) -> bool {
    const WITH_OBJECT: [(&str, &str); 8] = [
        (
            "hold",
            "talk talks meeting consultation negotiation discussion summit dialogue conversation",
        ),
        ("begin", "talk talks negotiation dialogue consultation"),
        ("resume", "talk talks negotiation dialogue relation tie"),
        ("restore", "relation tie"),
        ("establish", "relation relations tie ties partnership"),
        (
            "sign",
            "agreement treaty memorandum contract pact accord protocol deal declaration statement \
             document programme arrangement convention roadmap",
        ),
        ("conclude", "agreement treaty contract pact deal"),
        ("exchange", "view opinion gift prisoner note"),
    ];
    match object {
        None => matches!(
            verb,
            "meet"
                | "marry"
                | "merge"
                | "clash"
                | "divorce"
                | "collide"
                | "talk"
                | "negotiate"
                | "coordinate"
                | "cooperate"
                | "collaborate"
                | "compete"
                | "agree"
        ),
        Some(object) => WITH_OBJECT
            .iter()
            .any(|(known, objects)| *known == verb && objects.split(' ').any(|o| o == object)),
    }
}

/// Nouns of what is between two, which end a phrase without saying between whom: "the start of
/// diplomatic relations".
pub(in super::super) fn is_bond(lemma: &str) -> bool {
    matches!(
        lemma,
        "relation" | "relations" | "tie" | "ties" | "cooperation" | "partnership" | "friendship"
    )
}

/// What several do or are only together: "account for half of it", "total 40".
pub(in super::super) fn is_collective(verb: &str) -> bool {
    matches!(
        verb,
        "account" | "total" | "constitute" | "comprise" | "amount" | "combine" | "make_up"
    )
}
