//! What verbs and nouns need beside them to say something.
use crate::text::word_list::WordList;

/// Verbs that say nothing without an object, though the text may leave it to be understood:
/// "confirmed with the referee".
pub(in super::super) fn needs_object(lemma: &str) -> bool {
    NEED_OBJECT.contains(lemma)
}

static NEED_OBJECT: WordList = WordList::new(
    "\
    accuse achieve acknowledge acquire address adopt affect allocate announce appoint arrest \
    assert assess attain attend award ban bring build buy cause charge claim commission \
    condemn confirm consider construct contain convey convict create criticise criticize \
    damage declare deny describe design destroy detain discuss dismiss document donate elect \
    emphasise emphasize employ enable encourage endorse enhance ensure establish examine \
    exclude express extend facilitate finance fine fund give grant highlight host identify \
    implement impose include injure inspect install introduce invest invite involve jail \
    kill locate make mention name nominate note obtain offer organise organize outline own \
    possess praise present presume produce promote propose provide publish purchase put \
    ratify recall receive reiterate reject release remove repair replace represent request \
    require rescue restore reveal say schedule seize select send sentence set spend stage \
    state stress submit suggest support take tax tell thank transfer underline use welcome",
);

/// Nouns that tell what somebody asks, plans or may do, which their infinitive says: "an
/// invitation to visit", "a plan to build".
pub(in super::super) fn has_content(lemma: &str) -> bool {
    matches!(
        lemma,
        "ability"
            | "agreement"
            | "appeal"
            | "attempt"
            | "bid"
            | "call"
            | "campaign"
            | "chance"
            | "commitment"
            | "deal"
            | "decision"
            | "desire"
            | "duty"
            | "effort"
            | "failure"
            | "intention"
            | "invitation"
            | "mandate"
            | "measure"
            | "motion"
            | "need"
            | "obligation"
            | "offer"
            | "opportunity"
            | "order"
            | "permission"
            | "plan"
            | "pledge"
            | "power"
            | "project"
            | "promise"
            | "proposal"
            | "readiness"
            | "refusal"
            | "request"
            | "right"
            | "scheme"
            | "step"
            | "willingness"
            | "wish"
    )
}

/// Nouns of which an infinitive tells what they are: "the aim is to win". Of anything else "is to"
/// tells what will be: "the firm is to close".
pub(in super::super) fn tells_aim(lemma: &str) -> bool {
    has_content(lemma)
        || matches!(
            lemma,
            "aim"
                | "goal"
                | "task"
                | "idea"
                | "purpose"
                | "objective"
                | "mission"
                | "job"
                | "role"
                | "challenge"
                | "solution"
                | "answer"
                | "way"
                | "thing"
                | "point"
                | "priority"
                | "dream"
                | "hope"
                | "strategy"
                | "policy"
                | "problem"
                | "key"
                | "function"
                | "option"
                | "approach"
                | "method"
                | "trick"
                | "target"
                | "ambition"
                | "vision"
                | "alternative"
                | "choice"
                | "responsibility"
                | "difficulty"
                | "advice"
                | "recommendation"
                | "event"
                | "reason"
                | "focus"
                | "all"
                | "this"
                | "that"
                | "it"
                | "what"
        )
}

/// Nouns of how something is decided, reckoned or happens: "adopted by a vote", "by the ministry's
/// count", "by mistake" name nobody who does it.
pub(in super::super) fn is_way_of_deciding(lemma: &str) -> bool {
    matches!(
        lemma,
        "vote"
            | "majority"
            | "margin"
            | "consensus"
            | "acclamation"
            | "unanimity"
            | "ballot"
            | "show"
            | "count"
            | "tally"
            | "estimate"
            | "reckoning"
            | "calculation"
            | "decree"
            | "law"
            | "mistake"
            | "accident"
            | "default"
            | "order"
            | "virtue"
            | "hand"
    )
}

/// Nouns of what one sends or travels by: "held by telephone" names nobody who holds it.
pub(in super::super) fn is_means(lemma: &str) -> bool {
    matches!(
        lemma,
        "phone"
            | "telephone"
            | "email"
            | "e-mail"
            | "mail"
            | "post"
            | "fax"
            | "radio"
            | "video"
            | "videoconference"
            | "teleconference"
            | "conference"
            | "link"
            | "satellite"
            | "letter"
            | "telegram"
            | "train"
            | "rail"
            | "road"
            | "sea"
            | "air"
            | "boat"
            | "ship"
            | "ferry"
            | "bus"
            | "car"
            | "lorry"
            | "truck"
            | "plane"
            | "helicopter"
            | "hand"
            | "cheque"
            | "check"
            | "card"
            | "consensus"
            | "acclamation"
            | "vote"
            | "decree"
            | "lot"
            | "default"
            | "law"
            | "mistake"
            | "accident"
            | "chance"
            | "force"
            | "means"
            | "way"
            | "virtue"
    )
}

/// Verbs whose passive participle only takes for granted what its noun means: "the role played
/// by".
pub(in super::super) fn is_presupposed(verb: &str, noun: &str) -> bool {
    matches!(
        (verb, noun),
        ("play", "role" | "part")
            | (
                "make",
                "effort" | "contribution" | "progress" | "decision" | "statement" | "remark"
            )
            | ("do", "work" | "job")
            | ("take", "step" | "measure" | "decision" | "action")
            | (
                "extend" | "give" | "show" | "offer",
                "hospitality" | "welcome" | "support" | "help" | "assistance"
            )
            | ("pay", "attention")
    )
}

/// Nouns that relate somebody to what stands behind their "to" or "for": "commitment to peace,
/// the rule of law and equality" is one commitment.
pub(in super::super) fn relates_to(lemma: &str) -> bool {
    matches!(
        lemma,
        "commitment"
            | "support"
            | "respect"
            | "interest"
            | "adherence"
            | "attention"
            | "readiness"
            | "opposition"
            | "access"
            | "right"
            | "dedication"
            | "contribution"
    )
}

/// Verbs by which a body gives or takes an office of its own.
pub(in super::super) fn is_appointing(lemma: &str) -> bool {
    matches!(
        lemma,
        "appoint"
            | "name"
            | "elect"
            | "hire"
            | "recruit"
            | "promote"
            | "dismiss"
            | "fire"
            | "sack"
            | "suspend"
            | "replace"
            | "lose"
            | "nominate"
    )
}

/// Sites that lie in a place and are none of the kind that a city or region is.
pub(in super::super) fn is_site(lower: &str) -> bool {
    matches!(
        lower,
        "airport"
            | "station"
            | "stadium"
            | "museum"
            | "university"
            | "hospital"
            | "school"
            | "church"
            | "cathedral"
            | "mosque"
            | "temple"
            | "bridge"
            | "palace"
            | "castle"
            | "prison"
            | "base"
            | "plant"
            | "arena"
            | "theatre"
            | "hotel"
    )
}
