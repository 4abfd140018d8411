//! Verbs by what they can govern, and by what they tell.
use crate::text::word_list::WordList;

/// Verbs without an object, which have no passive: "nine abstained".
pub(in super::super) fn has_no_passive(lemma: &str) -> bool {
    NO_PASSIVE.contains(lemma)
}

static NO_PASSIVE: WordList = WordList::new(
    "\
    abstain apologise apologize appear arise arrive belong collapse come coincide cooperate die \
    disappear dwindle elapse emerge equalise equalize erupt exist expire fall falter go happen \
    intervene last lie linger occur participate perish persist plummet prevail recede rise seem \
    sleep soar stagnate struggle subside succumb surge testify thrive tumble vanish vote weaken",
);

/// Forms that are past tenses and no participles: "rose".
pub(in super::super) fn is_preterite(lower: &str) -> bool {
    PRETERITES.contains(lower)
}

static PRETERITES: WordList = WordList::new(
    "\
    arose ate became began blew broke came chose did drank drew drove fell flew forbade forgave \
    forgot froze gave grew hid knew overcame overthrew rang rode rose sang sank saw shook shrank \
    spoke sprang stole swam swore threw took undertook underwent went withdrew woke wore wrote",
);

/// Words whose gerund behind a preposition tells what is aimed at, not what is so: "aimed at
/// boosting trade", "interested in expanding it".
pub(in super::super) fn looks_forward(lemma: &str) -> bool {
    matches!(
        lemma,
        "aim"
            | "aimed"
            | "interested"
            | "intent"
            | "keen"
            | "committed"
            | "bent"
            | "capable"
            | "dream"
            | "oppose"
            | "opposed"
            | "hopeful"
            | "afraid"
            | "look"
    )
}

/// What a speaker does by speaking: "referring to the delay".
pub(in super::super) fn is_act_of_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "refer"
            | "add"
            | "cite"
            | "quote"
            | "speak"
            | "address"
            | "accept"
            | "call"
            | "describe"
            | "urge"
            | "warn"
            | "accuse"
            | "blame"
            | "praise"
            | "thank"
            | "appeal"
            | "allude"
            | "reply"
            | "answer"
            | "comment"
    )
}

/// Verbs whose participle behind a clause tells what came of it, not who did it: "was hit, causing
/// a fire".
pub(in super::super) fn is_consequence(lemma: &str) -> bool {
    matches!(
        lemma,
        "cause"
            | "lead"
            | "result"
            | "force"
            | "prompt"
            | "spark"
            | "trigger"
            | "mean"
            | "allow"
            | "enable"
            | "make"
            | "leave"
            | "bring"
            | "raise"
            | "push"
            | "drive"
            | "fuel"
            | "render"
            | "plunge"
            | "compel"
            | "disrupt"
    )
}

/// Verbs that only tell the course of the event that their object names: "continued a strike".
pub(in super::super) fn tells_course(lemma: &str) -> bool {
    matches!(
        lemma,
        "begin"
            | "start"
            | "continue"
            | "resume"
            | "launch"
            | "stage"
            | "hold"
            | "call"
            | "mount"
            | "suspend"
            | "end"
            | "impose"
            | "declare"
            | "carry"
            | "conduct"
            | "extend"
    )
}

/// Verbs that need an object, so that without one their past form is a participle: "signed at a
/// meeting".
pub(in super::super) fn is_made(lemma: &str) -> bool {
    matches!(
        lemma,
        "sign"
            | "adopt"
            | "publish"
            | "make"
            | "build"
            | "produce"
            | "issue"
            | "design"
            | "approve"
            | "develop"
            | "create"
            | "endorse"
            | "release"
            | "present"
            | "hold"
            | "financed"
            | "fund"
            | "outline"
            | "set"
    )
}

/// Verbs by which a price or number goes up or down: "rose to 1,284".
pub(in super::super) fn tells_change(lemma: &str) -> bool {
    matches!(
        lemma,
        "rise"
            | "fall"
            | "climb"
            | "drop"
            | "slip"
            | "increase"
            | "decrease"
            | "decline"
            | "grow"
            | "shrink"
            | "strengthen"
            | "weaken"
            | "jump"
            | "plunge"
            | "soar"
            | "surge"
            | "tumble"
            | "edge"
            | "ease"
            | "gain"
            | "recover"
    )
}

/// Words of money: "3 million euros".
pub(in super::super) fn is_currency(lemma: &str) -> bool {
    matches!(
        lemma,
        "euro"
            | "dollar"
            | "pound"
            | "crown"
            | "yen"
            | "yuan"
            | "rouble"
            | "ruble"
            | "rupee"
            | "franc"
            | "krone"
            | "krona"
            | "peso"
            | "lira"
            | "won"
            | "$"
            | "£"
            | "€"
            | "EUR"
            | "USD"
    )
}

/// Adverbs in front of a verb that take something from it or count it, so that without them the
/// verb says another thing: "narrowly missed", "partly closed", "twice went close".
pub(in super::super) fn limits(lower: &str) -> bool {
    matches!(
        lower,
        "narrowly"
            | "rarely"
            | "seldom"
            | "partly"
            | "partially"
            | "mostly"
            | "largely"
            | "mainly"
            | "virtually"
            | "practically"
            | "allegedly"
            | "apparently"
            | "seemingly"
            | "presumably"
            | "ostensibly"
            | "reportedly"
            | "reputedly"
            | "supposedly"
            | "purportedly"
            | "unofficially"
            | "temporarily"
            | "provisionally"
            | "twice"
            | "thrice"
    )
}

/// Verbs whose time or money is spent on what a gerund tells: "spent two years restoring it".
pub(in super::super) fn spends(lemma: &str) -> bool {
    matches!(lemma, "spend" | "waste" | "lose")
}

/// Verbs that give somebody something to do or be praised for: "tasked them with finding it".
pub(in super::super) fn hands_over(lemma: &str) -> bool {
    matches!(lemma, "task" | "charge" | "entrust" | "credit" | "saddle")
}

/// Nouns of what happens, which itself ends, forces or leaves something: "the strike forced it".
pub(in super::super) fn is_happening(lemma: &str) -> bool {
    HAPPENINGS.contains(lemma)
        || ["tion", "sion", "ance", "ence"]
            .iter()
            .any(|ending| lemma.ends_with(ending))
}

static HAPPENINGS: WordList = WordList::new(
    "\
    accident attack avalanche ban blackout blast blaze blockade bomb bombing boycott breach change \
    clash collapse conflict crash crisis cut cyclone deal death decision defeat dispute drought \
    earthquake eclipse epidemic failure fall fighting fire flood flooding fraud freeze game \
    hurricane incident increase landslide launch leak loss match merger move offer outage outbreak \
    protest quake raid rain rise rule ruling row sale scandal shelling shift shock shooting \
    shortage shutdown slump snow spill storm strike surge takeover threat trial tsunami typhoon \
    victory visit vote walkout war wave win withdrawal",
);
