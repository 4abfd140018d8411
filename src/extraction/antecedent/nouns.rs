//! Which nouns point back at something told before, and which words tell things apart.

/// Whether "the" and a noun points back at something told before, and is no part, time or manner:
/// "the end", "the day", "the way", "the public" mean what they mean everywhere.
pub(super) fn may_point_back(lemma: &str) -> bool {
    const STANDS_ALONE: &str = "end beginning start rest top middle bottom front back half side \
        centre center edge heart core majority remainder time day week month year decade century \
        morning afternoon evening night weekend season hour minute moment period past present \
        future way manner sense reason fact case point result name same public world globe earth \
        sun moon sky sea internet web media press police army market economy environment weather \
        situation process country nation state government number amount total percentage rate \
        level share part lot game match quarter round ground field hand face head eye place \
        thing people man woman others west east north south region area street road law truth \
        idea question problem issue opportunity chance right need use lead";
    !STANDS_ALONE.split_whitespace().any(|word| word == lemma)
}

/// Whether an adjective or noun tells a thing from others of its kind, and does not only say that
/// it is one of several, new, or large.
pub(in crate::extraction) fn is_identifying(lower: &str) -> bool {
    const VAGUE: &str = "other another new more most several different various similar such same \
        own next last previous current recent former latter present many few some certain large \
        small big huge great major main further additional final early late good bad important \
        significant special possible whole entire full total young old latest single only \
        upcoming particular real true successful strong high low long short";
    !VAGUE.split_whitespace().any(|word| word == lower)
}

/// Whether a word before a noun leaves it the thing told before: "the next meeting" is another.
pub(super) fn tells_no_other(lower: &str) -> bool {
    const OTHERS: &str = "other another next previous last first second third subsequent \
        following coming upcoming preceding earlier only latter former same most more best \
        largest biggest highest latest oldest main whole entire late early past combined merged \
        enlarged joint";
    !OTHERS.split_whitespace().any(|word| word == lower)
}

/// Nouns for what people come together for.
pub(super) fn is_event(lemma: &str) -> bool {
    const EVENTS: &str = "event meeting summit conference videoconference session forum congress \
        gathering festival ceremony exhibition fair concert championship contest competition \
        expo tournament workshop seminar symposium assembly visit convention";
    EVENTS.split_whitespace().any(|word| word == lemma)
}

/// Nouns for what is written, signed and kept.
const DOCUMENTS: &str = "memorandum agreement treaty pact accord protocol declaration \
    convention charter communique communiqué statement contract law bill act resolution \
    report letter decree roadmap petition manifesto constitution ordinance directive";

/// Wider nouns, each with the narrower ones that it takes up.
const WIDER: [(&str, &str); 117] = [
    ("document", DOCUMENTS),
    ("text", DOCUMENTS),
    ("paper", "study article report memorandum"),
    (
        "agreement",
        "memorandum treaty pact accord protocol contract deal",
    ),
    ("pact", "agreement treaty accord"),
    ("accord", "agreement treaty pact"),
    ("contract", "deal agreement"),
    ("legislation", "law bill act"),
    ("law", "bill act"),
    (
        "initiative",
        "proposal programme program project campaign scheme",
    ),
    ("programme", "project scheme initiative"),
    ("program", "project scheme initiative"),
    ("scheme", "programme program project plan"),
    (
        "project",
        "construction initiative programme program scheme",
    ),
    ("plant", "factory smelter refinery mill"),
    (
        "facility",
        "plant factory laboratory reactor hospital terminal warehouse",
    ),
    (
        "building",
        "church house museum tower school hospital hotel castle library palace mosque temple",
    ),
    ("structure", "bridge dam tower building viaduct"),
    ("penalty", "fine"),
    ("matter", "question issue dispute"),
    ("issue", "question matter dispute"),
    ("case", "lawsuit suit dispute trial prosecution"),
    ("lawsuit", "suit case"),
    ("dispute", "conflict row disagreement"),
    ("study", "survey paper research trial experiment"),
    ("report", "study survey"),
    (
        "aircraft",
        "plane aeroplane airplane jet helicopter airliner",
    ),
    ("plane", "aircraft aeroplane airplane jet airliner"),
    (
        "event",
        "meeting summit conference videoconference forum festival ceremony exhibition fair \
         congress concert championship contest competition expo convention seminar",
    ),
    (
        "meeting",
        "summit conference videoconference session forum congress",
    ),
    (
        "conference",
        "videoconference summit meeting forum congress",
    ),
    ("session", "congress conference"),
    ("gathering", "meeting summit conference festival"),
    ("contest", "competition championship tournament"),
    ("site", "website"),
    ("accident", "crash collision derailment collapse"),
    (
        "incident",
        "accident crash attack explosion shooting collision",
    ),
    ("attack", "bombing shooting assault raid strike"),
    (
        "deal",
        "takeover acquisition merger agreement contract purchase treaty accord pact",
    ),
    ("takeover", "acquisition merger"),
    ("vessel", "ship boat ferry tanker trawler yacht"),
    ("ship", "ferry tanker freighter trawler warship"),
    ("vote", "election referendum ballot"),
    ("settlement", "agreement deal accord"),
    (
        "transaction",
        "takeover acquisition merger deal purchase sale",
    ),
    ("talks", "negotiation talk"),
    ("negotiation", "talks talk"),
    ("truce", "ceasefire armistice"),
    ("ceasefire", "truce armistice"),
    ("walkout", "strike stoppage"),
    ("strike", "walkout stoppage"),
    ("judgment", "ruling verdict decision"),
    ("judgement", "ruling verdict decision"),
    ("ruling", "judgment judgement verdict"),
    ("verdict", "ruling judgment judgement conviction"),
    ("decision", "ruling judgment judgement verdict"),
    ("research", "study trial experiment survey"),
    ("trial", "study"),
    ("survey", "study poll"),
    ("poll", "survey election"),
    ("vehicle", "car truck van lorry bus pickup minibus"),
    ("car", "vehicle saloon sedan"),
    ("truck", "lorry pickup vehicle"),
    ("lorry", "truck"),
    ("match", "game fixture final"),
    ("game", "match fixture"),
    ("disease", "fever virus illness infection"),
    ("virus", "infection disease"),
    ("illness", "disease infection"),
    ("outbreak", "epidemic"),
    ("epidemic", "outbreak pandemic"),
    ("drug", "medicine medication pill tablet treatment"),
    ("medicine", "drug medication pill tablet"),
    ("medication", "drug medicine pill"),
    ("treatment", "drug therapy medicine injection vaccine"),
    ("handset", "phone smartphone"),
    ("phone", "smartphone handset"),
    ("device", "phone smartphone handset tablet laptop machine"),
    ("rocket", "launcher missile"),
    ("spacecraft", "probe satellite capsule"),
    ("storm", "typhoon hurricane cyclone"),
    ("fire", "blaze wildfire"),
    ("blaze", "fire wildfire"),
    ("rally", "protest demonstration march"),
    ("protest", "demonstration rally march"),
    ("demonstration", "protest rally march"),
    ("researcher", "scientist"),
    ("scientist", "researcher"),
    ("regulator", "authority watchdog commission agency"),
    ("watchdog", "regulator authority commission agency"),
    ("authority", "agency regulator"),
    ("agency", "authority"),
    ("retailer", "chain supermarket grocer"),
    ("chain", "retailer supermarket"),
    ("carrier", "airline"),
    ("airline", "carrier"),
    ("lender", "bank"),
    ("carmaker", "automaker"),
    ("automaker", "carmaker"),
    ("developer", "builder company firm"),
    ("club", "team"),
    ("team", "club"),
    ("offer", "bid"),
    ("bid", "offer"),
    ("route", "line link road railway"),
    ("line", "link route railway"),
    ("show", "exhibition concert performance"),
    ("blast", "explosion"),
    ("explosion", "blast bombing"),
    ("crash", "collision accident derailment"),
    ("killing", "murder shooting"),
    ("fine", "penalty"),
    ("inquiry", "investigation probe"),
    ("investigation", "inquiry probe"),
    ("probe", "investigation inquiry"),
    ("levy", "tax duty"),
    ("tax", "levy duty"),
];

/// The narrower nouns that a wider one takes up: "the site" for a website.
pub(super) fn kinds_of(lemma: &str) -> impl Iterator<Item = &'static str> {
    WIDER
        .iter()
        .filter(move |(wider, _)| *wider == lemma)
        .flat_map(|(_, narrower)| narrower.split_whitespace())
        .collect::<Vec<&'static str>>()
        .into_iter()
}
