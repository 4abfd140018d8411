//! Classes of words that steer the rules: what an infinitive or a clause below a verb claims.
//!
//! The classes follow the implicative, aspectual, modal and reporting verbs of the grammars
//! (Karttunen 1971, "Implicative verbs"; Quirk et al. 1985, ch. 16); words are lemmas.

use crate::fact::Modality;
use crate::text::word_list::WordList;

mod relation;
mod time;
mod valency;
mod verbs;

pub(super) use relation::{is_bond, is_collective, is_kin, is_mutual, is_relational, is_thing};
pub(super) use time::{
    is_calendar_name, is_measure_of_time, is_stretch_of_time, is_time_adverb, measures_from,
};
pub(super) use valency::{
    has_content, is_appointing, is_means, is_presupposed, is_site, is_way_of_deciding,
    needs_object, relates_to, tells_aim,
};
pub(super) use verbs::{
    hands_over, has_no_passive, is_act_of_speech, is_consequence, is_currency, is_happening,
    is_made, is_preterite, limits, looks_forward, spends, tells_change, tells_course,
};

/// What a verb or adjective says about the infinitive it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governor {
    /// It adds a modality and leaves the predicate's name: "plans to reaffirm".
    Modal(Modality),
    /// It says that the thing is so and adds nothing to its name: "continues to grow".
    Aspect,
    /// It says that the thing is so from then on, and belongs to its name: "began to shrink".
    Begins,
    /// It says that the thing is not so: "failed to pay".
    Negative,
    /// It belongs to the name: "help_raise".
    Named,
}

/// What a governing verb or adjective does to its infinitive.
pub(super) fn governor(lemma: &str) -> Governor {
    match lemma {
        "want" | "wish" | "intend" | "plan" | "hope" | "aim" | "seek" | "try" | "attempt"
        | "agree" | "decide" | "promise" | "pledge" | "vow" | "offer" | "prepare" | "propose"
        | "desire" | "threaten" | "undertake" | "commit" | "strive" | "choose" | "volunteer"
        | "aspire" | "resolve" | "swear" | "mean" | "like" | "love" | "prefer" | "opt"
        | "struggle" | "consider" | "contemplate" | "consent" | "ready" | "willing" | "keen"
        | "eager" | "determined" | "prepared" | "reluctant" | "anxious" | "expect" | "suggest"
        | "affirm" | "ask" | "elect" | "endeavour" | "endeavor" => {
            Governor::Modal(Modality::Intended)
        }
        "need" | "have" | "require" | "oblige" | "ought" | "got" | "necessary" | "obliged" => {
            Governor::Modal(Modality::Necessary)
        }
        "go" | "set" | "schedule" | "due" | "slate" | "bound" | "sure" | "certain" => {
            Governor::Modal(Modality::Future)
        }
        "able" | "likely" | "seem" | "appear" | "say" | "believe" | "think" | "report"
        | "rumour" | "rumor" | "allege" | "suppose" | "free" | "possible" => {
            Governor::Modal(Modality::Possible)
        }
        "begin" | "start" => Governor::Begins,
        "continue" | "keep" | "manage" | "proceed" | "happen" | "use" | "come" | "get" | "tend"
        | "find" | "know" | "prove" => Governor::Aspect,
        "fail" | "refuse" | "decline" | "neglect" | "unable" | "unlikely" | "unwilling"
        | "forget" => Governor::Negative,
        _ => Governor::Named,
    }
}

/// What a verb says about the finite clause, or the object and infinitive, below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// Somebody says or thinks that it is so: the clause is attributed.
    Says,
    /// Somebody asks or suggests that it be so.
    Requests,
    /// Somebody wants or hopes it.
    Wants,
    /// Somebody denies or doubts it.
    Denies,
    /// It is so, and the verb only tells who knows it: "found out that".
    Knows,
    /// It is made so or allowed: "enabled them to win".
    Brings,
}

/// What a verb says about the clause below it.
pub(super) fn report(lemma: &str) -> Report {
    match lemma {
        "ask" | "demand" | "suggest" | "propose" | "recommend" | "request" | "urge" | "order"
        | "require" | "insist" | "beg" | "advise" | "instruct" | "command" | "call" | "invite"
        | "encourage" | "persuade" | "plead" | "appeal" | "press" | "challenge" => Report::Requests,
        "want" | "wish" | "hope" | "desire" | "prefer" | "like" | "expect" | "intend" | "need"
        | "plan" | "wonder" | "fear" | "worry" | "concerned" | "worried" | "afraid" | "hopeful" => {
            Report::Wants
        }
        "deny" | "doubt" | "dispute" | "reject" | "refute" | "avoid" | "escape" | "resist" => {
            Report::Denies
        }
        "know" | "realise" | "realize" | "discover" | "learn" | "find" | "notice" | "see"
        | "remember" | "forget" | "hear" | "feel" | "prove" | "regret" | "regrettable" => {
            Report::Knows
        }
        "ensure" | "make" | "guarantee" | "let" | "allow" | "enable" | "cause" | "force"
        | "help" | "permit" | "lead" | "compel" | "have" | "get" | "keep" | "leave" | "mean"
        | "prevent" | "forbid" | "ban" => Report::Brings,
        _ => Report::Says,
    }
}

/// Verbs that tell what somebody said or wrote, also after or within the words: "…, she added".
pub(super) fn is_speech(lemma: &str) -> bool {
    SPEECH.contains(lemma)
}

static SPEECH: WordList = WordList::new(
    "acknowledge add admit affirm agree allege announce answer argue ask assert \
    believe boast \
    caution claim clarify comment complain concede conclude confirm continue cry declare \
    demand deny \
    disclose emphasise emphasize estimate exclaim expect explain feel find forecast go guess \
    highlight hope indicate inform insist joke know lament maintain mention note observe pledge \
    point post predict promise propose quip quote read recall reckon recount reiterate \
    remark repeat reply report respond reveal say shout show speculate state stress suggest \
    suppose suspect tell testify think tout tweet underline underscore urge vow warn whisper \
    write",
);

/// Verbs that only somebody who speaks does, though no clause follows them: "thanked the hosts".
pub(super) fn is_courtesy_of_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "thank"
            | "praise"
            | "congratulate"
            | "criticise"
            | "criticize"
            | "condemn"
            | "welcome"
            | "apologise"
            | "apologize"
            | "express"
            | "voice"
            | "reaffirm"
    )
}

/// Modal auxiliaries.
pub(super) fn auxiliary(lower: &str) -> Option<Modality> {
    match lower {
        "will" | "shall" | "'ll" | "’ll" | "wo" => Some(Modality::Future),
        "may" | "might" | "can" | "could" | "ca" => Some(Modality::Possible),
        "must" | "should" | "ought" | "need" => Some(Modality::Necessary),
        "would" | "'d" | "’d" => Some(Modality::Conditional),
        _ => None,
    }
}

/// Words that deny.
pub(super) fn is_negation(lower: &str) -> bool {
    matches!(
        lower,
        "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "nt"
    )
}

/// Determiners and pronouns that deny the clause they stand in.
pub(super) fn is_negative_quantity(lower: &str) -> bool {
    matches!(lower, "no" | "nobody" | "nothing" | "none" | "neither")
}

/// Nouns that make one preposition with those around them (Quirk et al. 1985, 9.11): "in front
/// of", "on behalf of", "in accordance with".
pub(super) fn is_in_preposition(lower: &str) -> bool {
    matches!(
        lower,
        "front"
            | "behalf"
            | "spite"
            | "addition"
            | "terms"
            | "favour"
            | "favor"
            | "case"
            | "charge"
            | "light"
            | "view"
            | "honour"
            | "honor"
            | "memory"
            | "search"
            | "response"
            | "line"
            | "accordance"
            | "place"
            | "exchange"
            | "return"
            | "connection"
            | "cooperation"
            | "collaboration"
            | "conjunction"
            | "contrast"
            | "support"
            | "protest"
            | "excess"
            | "aid"
            | "means"
            | "way"
            | "account"
            | "regard"
            | "respect"
            | "reference"
            | "relation"
            | "top"
            | "part"
            | "pursuit"
            | "defence"
            | "defense"
            | "recognition"
            | "reply"
            | "reaction"
    )
}

/// What verbs of suspicion and prevention claim of a gerund is not said to be so: "accused of
/// lying", "banned from driving".
pub(super) fn is_suspicion(lemma: &str) -> bool {
    matches!(
        lemma,
        "accuse"
            | "suspect"
            | "charge"
            | "allege"
            | "indict"
            | "acquit"
            | "clear"
            | "ban"
            | "bar"
            | "prohibit"
            | "prevent"
            | "stop"
            | "block"
            | "suspend"
            | "exclude"
            | "discourage"
            | "dissuade"
            | "deter"
    )
}

/// Verbs that say what their object is: "called it a mistake", "elected her mayor".
pub(super) fn is_naming(lemma: &str) -> bool {
    matches!(
        lemma,
        "call"
            | "name"
            | "consider"
            | "declare"
            | "label"
            | "deem"
            | "dub"
            | "elect"
            | "appoint"
            | "brand"
            | "term"
            | "proclaim"
            | "crown"
            | "rename"
            | "title"
            | "nickname"
            | "designate"
            | "pronounce"
    )
}

/// Verbs of telling, whose person and topic are two: "told the members about the plan".
pub(super) fn is_telling(lemma: &str) -> bool {
    matches!(
        lemma,
        "tell"
            | "inform"
            | "ask"
            | "warn"
            | "remind"
            | "brief"
            | "question"
            | "teach"
            | "speak"
            | "talk"
            | "write"
            | "complain"
            | "advise"
            | "consult"
    )
}

/// Nouns whose "that" clause is so: "the fact that", "proof that".
pub(super) fn is_fact_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "fact"
            | "news"
            | "evidence"
            | "proof"
            | "discovery"
            | "realisation"
            | "realization"
            | "knowledge"
            | "confirmation"
            | "awareness"
            | "reason"
            | "result"
            | "finding"
            | "truth"
    )
}

/// Connectives that make a clause a condition.
pub(super) fn is_condition(lower: &str) -> bool {
    matches!(
        lower,
        "if" | "unless" | "whether" | "provided" | "providing" | "assuming" | "condition" | "lest"
    )
}

/// Forms of address, which tell no office.
pub(super) fn is_courtesy(lower: &str) -> bool {
    matches!(
        lower.trim_end_matches('.'),
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "miss"
            | "sir"
            | "lady"
            | "lord"
            | "prof"
            | "st"
            | "saint"
            | "madam"
            | "hon"
            | "honourable"
            | "honorable"
            | "h.e"
            | "excellency"
            | "majesty"
            | "highness"
            | "sheikh"
            | "rt"
            | "dame"
            | "rtd"
            | "rev"
            | "reverend"
            | "eng"
            | "engr"
            | "ing"
            | "arq"
            | "fr"
            | "alhaji"
            | "hajia"
    )
}

/// "Chief Ade Okoro", "Sister Ann Lee": how somebody is addressed, where the word stands alone and
/// is written large; "the fire chief", "his sister" tell what somebody is.
pub(super) fn is_honorific(form: &str) -> bool {
    matches!(
        form,
        "Chief" | "Father" | "Mother" | "Brother" | "Sister" | "Uncle" | "Aunt"
    )
}

/// "In short", "for example": a preposition and a bare word that only join sentences.
pub(super) fn is_connective_phrase(preposition: &str, word: &str) -> bool {
    matches!(
        (preposition, word),
        (
            "in",
            "short" | "fact" | "general" | "particular" | "addition" | "turn" | "brief" | "part"
        ) | ("for", "example" | "instance" | "sure")
            | ("of", "course")
            | ("under", "way")
            | ("at", "least" | "last" | "most")
            | ("as", "such" | "usual")
            | ("after", "all")
    )
}

/// Adverbs of place.
pub(super) fn is_place_adverb(lower: &str) -> bool {
    matches!(
        lower,
        "here"
            | "there"
            | "abroad"
            | "home"
            | "nearby"
            | "north"
            | "south"
            | "east"
            | "west"
            | "upstairs"
            | "downstairs"
            | "overseas"
            | "elsewhere"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "inside"
            | "outside"
            | "away"
            | "back"
            | "northward"
            | "southward"
            | "eastward"
            | "westward"
            | "everywhere"
            | "online"
    )
}

/// Adverbs after a copula that speak of the whole statement, not of its complement.
pub(super) fn is_statement_adverb(lower: &str) -> bool {
    matches!(
        lower,
        "also"
            | "still"
            | "now"
            | "always"
            | "often"
            | "usually"
            | "already"
            | "ever"
            | "currently"
            | "generally"
            | "frequently"
            | "sometimes"
            | "probably"
            | "typically"
            | "normally"
            | "commonly"
            | "mainly"
            | "originally"
            | "thus"
            | "therefore"
            | "perhaps"
            | "certainly"
            | "then"
            | "again"
            | "later"
            | "once"
    )
}

/// Nouns that measure or count what their "of" names: "a form of energy", "a row of seats".
pub(super) fn is_measure(lemma: &str) -> bool {
    matches!(
        lemma,
        "form"
            | "row"
            | "number"
            | "lot"
            | "series"
            | "group"
            | "variety"
            | "range"
            | "part"
            | "kind"
            | "type"
            | "sort"
            | "set"
            | "pair"
            | "piece"
            | "amount"
            | "list"
            | "line"
            | "majority"
            | "total"
            | "one"
            | "some"
            | "many"
            | "most"
            | "all"
            | "each"
            | "both"
            | "none"
            | "collection"
            | "combination"
            | "bit"
            | "half"
            | "couple"
            | "handful"
            | "percent"
            | "%"
            | "share"
            | "level"
            | "rate"
            | "member"
    )
}

/// Adverbs that join sentences and say nothing about the verb.
pub(super) fn is_connective(lower: &str) -> bool {
    matches!(
        lower,
        "however"
            | "therefore"
            | "thus"
            | "then"
            | "also"
            | "too"
            | "moreover"
            | "furthermore"
            | "instead"
            | "so"
            | "hence"
            | "nevertheless"
            | "nonetheless"
            | "meanwhile"
            | "otherwise"
            | "indeed"
            | "besides"
            | "consequently"
            | "accordingly"
            | "still"
            | "yet"
            | "even"
            | "only"
            | "just"
            | "when"
            | "where"
            | "how"
            | "why"
            | "as"
            | "well"
            | "for"
            | "though"
            | "again"
            | "anyway"
            | "either"
            | "additionally"
            | "in"
    )
}

/// "This", "those": words that point at what was told.
pub(super) fn is_demonstrative(lower: &str) -> bool {
    matches!(lower, "this" | "that" | "these" | "those")
}

/// A mark that opens or closes a quotation.
pub(super) fn is_quotation_mark(form: &str) -> bool {
    matches!(form, "\"" | "“" | "”" | "``" | "''")
}

/// "End", "beginning": a part of a time or of what takes time.
pub(super) fn is_part_of_course(lemma: &str) -> bool {
    matches!(
        lemma,
        "end" | "start" | "beginning" | "middle" | "close" | "turn"
    )
}
