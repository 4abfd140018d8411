//! The classes of nouns that say nothing without their owner, with the sort of owner they take.
//!
//! Each class is a truth about a sort of owner: what is built has a cost and a contractor, who is
//! elected had voters, a firm has staff and customers.

/// What a noun belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The country that the document is about.
    Country,
    /// The same, where the document is about no firm or body, which has a president too.
    State,
    /// The firm or body that it is about.
    Body,
    /// The same, where the sentence tells of others and not of it.
    BodyElsewhere,
    /// The same, where neither the sentence nor the one before it tells of it or another.
    BodyAlone,
    /// The same, where it is one that people are members of.
    Members,
    /// The same, where it is none: a firm.
    Firm,
    /// The central bank that the document tells of.
    CentralBank,
    /// The only thing told by one of these nouns near by, or else in the lead.
    Told(&'static str),
    /// The only thing told by one of these nouns both near by and in the lead.
    Topic(&'static str),
    /// The only person who is charged, tried or sentenced.
    Accused,
}

/// How an owner is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "Orvel's sales".
    Possessive,
    /// "Turnout in the election", with this preposition.
    Behind(&'static str),
    /// "Access to the archive", with the one that the noun mostly has.
    AsUsual,
}

/// Nouns that belong to owners of one sort.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class {
    /// The nouns, as they stand in a text.
    pub(super) nouns: &'static str,
    /// One of these words stands before them: "central" before "bank". None has to where empty.
    pub(super) needs: &'static str,
    /// No other words stand before them than these and those of [`Class::needs`]; any but those of
    /// [`ELSEWHERE`] where there is a star.
    pub(super) allows: &'static str,
    /// Whether they may be some of several: "two employees", "a spokeswoman".
    pub(super) is_of_some: bool,
    pub(super) owner: Owner,
    pub(super) form: Form,
}

/// Words beside the figures of accounts and statistics.
pub(super) const ACCOUNT: &str = "annual quarterly monthly yearly weekly half full first second \
    third fourth \
    quarter year nine six three month - net gross total overall operating pre tax pretax pre-tax \
    after after-tax underlying adjusted organic comparable like-for-like like for consolidated \
    group core headline consumer average combined interim order half-year full-year first-quarter \
    second-quarter third-quarter fourth-quarter nine-month six-month three-month cash";

/// Words that make a noun belong to something smaller or larger than what the document is about,
/// or to something else.
pub(super) const ELSEWHERE: &str = "local foreign regional provincial state county city \
    municipal district \
    town village borough communal global world worldwide international other many several some \
    various neighbouring neighboring allied rival such own same european african asian american \
    arab western eastern northern southern eurozone euro industry student school church parish \
    corporate company sister parent partner shadow occupied exiled breakaway separatist host home \
    tribal";

pub(super) const ELECTIONS: &str = "election by-election byelection referendum vote ballot poll \
    runoff \
    run-off plebiscite primary";
const STUDIES: &str = "study survey paper research trial article experiment";
pub(super) const DISASTERS: &str = "crash collapse fire blaze explosion blast earthquake quake \
    flood flooding \
    landslide mudslide avalanche derailment collision attack bombing shooting massacre stampede \
    storm hurricane cyclone typhoon tornado outbreak epidemic accident disaster strike raid";
const BUILDINGS: &str = "house building church cathedral temple mosque chapel school hospital \
    castle palace museum library theatre theater stadium tower hotel factory warehouse barn mill \
    station monastery shrine pavilion villa cottage";
const SHIPS: &str = "ship ferry vessel boat tanker trawler freighter yacht plane aircraft \
    airliner helicopter submarine warship frigate";

/// What is planned and built over years.
pub(super) const PROJECTS: &str = "project bridge road motorway highway tunnel railway line \
    plant mine farm dam pipeline stadium terminal airport port hospital school museum building \
    complex tower reactor factory warehouse reservoir canal scheme library station";
const PLANTS: &str = "mine plant factory refinery smelter brewery mill field";
pub(super) const OUTBREAKS: &str = "outbreak epidemic pandemic";
/// What has articles and terms.
const AGREEMENTS: &str = "treaty agreement convention pact protocol accord contract ceasefire \
    truce memorandum takeover merger settlement";
const LAWS: &str = "bill law act constitution treaty convention code statute decree regulation";
/// Where people come together for some days.
const MEETINGS: &str = "summit conference meeting forum congress session assembly festival \
    exhibition fair tournament championship championships games workshop seminar symposium expo \
    convention";
const TEACHING: &str = "school college university academy kindergarten nursery";
const HEALING: &str = "hospital clinic";
const SHOWN: &str = "film movie play musical opera novel exhibition ballet documentary";

/// Words that tell of some of many, or of others.
const SOME_OR_OTHERS: &str = "all most some many other existing current former new individual";

/// How many classes there are.
const COUNT: usize = 51;

pub(super) const CLASSES: [Class; COUNT] = [
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
    Class {
        nouns: "economy electorate currency authorities",
        needs: "the",
        allows: "national whole entire state",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "lawmakers",
        needs: "",
        allows: "the",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "minister ministers ministry",
        needs: "prime foreign interior finance defence defense health justice education \
            agriculture energy economy environment transport trade labour labor culture tourism \
            deputy",
        allows: "deputy former then acting the current affairs and",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "leader leaders parties party coalition alliance bloc",
        needs: "opposition ruling governing",
        allows: "main the largest biggest",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "age wage elections election",
        needs: "retirement pension minimum voting general parliamentary presidential legislative",
        allows: "monthly legal next last snap early upcoming latest previous national",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Possessive,
    },
    Class {
        nouns: "guidance outlook forecast target",
        needs: "earnings profit sales revenue margin profitability full-year annual",
        allows: "the operating net full year - for",
        is_of_some: false,
        owner: Owner::Body,
        form: Form::Possessive,
    },
    Class {
        nouns: "office offices",
        needs: "head main",
        allows: "the",
        is_of_some: false,
        owner: Owner::Body,
        form: Form::Possessive,
    },
    Class {
        nouns: "staff workers",
        needs: "",
        allows: SOME_OR_OTHERS,
        is_of_some: true,
        owner: Owner::BodyAlone,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "members",
        needs: "",
        allows: SOME_OR_OTHERS,
        is_of_some: true,
        owner: Owner::Members,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "customers clients subscribers shareholders users",
        needs: "",
        allows: SOME_OR_OTHERS,
        is_of_some: true,
        owner: Owner::Firm,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "construction completion groundbreaking commissioning",
        needs: "",
        allows: "",
        is_of_some: false,
        owner: Owner::Topic(PROJECTS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "cost costs contractor contractors phase phases works builders",
        needs: "the",
        allows: "first second third fourth final last next total estimated main initial \
            construction project building overall full capital",
        is_of_some: false,
        owner: Owner::Topic(PROJECTS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "voting count ballots candidates candidate voters runoff",
        needs: "",
        allows: "vote other rival leading main five four three two six seven eight remaining all",
        is_of_some: true,
        owner: Owner::Topic(ELECTIONS),
        form: Form::Behind("in"),
    },
    Class {
        nouns: "result results winner",
        needs: "the final official preliminary provisional early first election",
        allows: "final official preliminary provisional early first full the",
        is_of_some: false,
        owner: Owner::Topic(ELECTIONS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "participants volunteers sample samples subjects",
        needs: "",
        allows: "all the study other",
        is_of_some: true,
        owner: Owner::Topic(STUDIES),
        form: Form::Behind("in"),
    },
    Class {
        nouns: "results data conclusions",
        needs: "the",
        allows: "new main study full",
        is_of_some: false,
        owner: Owner::Topic(STUDIES),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "cause scene aftermath epicentre epicenter",
        needs: "the",
        allows: "exact likely probable official precise",
        is_of_some: false,
        owner: Owner::Topic(DISASTERS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "victims eyewitnesses witnesses",
        needs: "",
        allows: "other all the",
        is_of_some: true,
        owner: Owner::Topic(DISASTERS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "casualties fatalities deaths injuries",
        needs: "",
        allows: "official reported confirmed other all the",
        is_of_some: true,
        owner: Owner::Topic(DISASTERS),
        form: Form::Behind("in"),
    },
    Class {
        nouns: "cases deaths infections patients fatalities",
        needs: "",
        allows: "confirmed suspected reported new total probable active severe fatal",
        is_of_some: true,
        owner: Owner::Topic(OUTBREAKS),
        form: Form::Behind("in"),
    },
    Class {
        nouns: "passengers pilot pilots skipper helm",
        needs: "",
        allows: "all other fellow crew and the",
        is_of_some: true,
        owner: Owner::Topic(SHIPS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "terms text wording provisions signatories ratification signing parties articles \
            clauses",
        needs: "the",
        allows: "full final original main exact financial two",
        is_of_some: false,
        owner: Owner::Topic(AGREEMENTS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "amendments amendment",
        needs: "",
        allows: "proposed new further several latest controversial",
        is_of_some: true,
        owner: Owner::Topic(LAWS),
        form: Form::AsUsual,
    },
    Class {
        nouns: "agenda sidelines organisers organizers delegates attendees",
        needs: "the",
        allows: "official main",
        is_of_some: false,
        owner: Owner::Topic(MEETINGS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "ceremony",
        needs: "opening closing",
        allows: "the official",
        is_of_some: false,
        owner: Owner::Topic(MEETINGS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "pupils students teachers headteacher principal",
        needs: "the",
        allows: "new young",
        is_of_some: false,
        owner: Owner::Topic(TEACHING),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "patients doctors nurses wards",
        needs: "the",
        allows: "two other",
        is_of_some: false,
        owner: Owner::Topic(HEALING),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "cast plot premiere soundtrack script audience visitors curator",
        needs: "the",
        allows: "main",
        is_of_some: false,
        owner: Owner::Topic(SHOWN),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "sentence sentencing trial conviction plea indictment arrest extradition",
        needs: "",
        allows: "original initial prison jail criminal the",
        is_of_some: false,
        owner: Owner::Accused,
        form: Form::Possessive,
    },
    Class {
        nouns: "president chancellor premier king queen monarch",
        needs: "",
        allows: "state the former then vice outgoing acting interim",
        is_of_some: false,
        owner: Owner::State,
        form: Form::Behind("of"),
    },
    Class {
        nouns: "polls",
        needs: "opinion",
        allows: "recent most several latest",
        is_of_some: false,
        owner: Owner::Country,
        form: Form::Behind("in"),
    },
    Class {
        nouns: "repairs renovation renovations reconstruction restoration demolition inspection \
            inspections maintenance reopening",
        needs: "",
        allows: "the planned necessary urgent emergency",
        is_of_some: false,
        owner: Owner::Topic(PROJECTS),
        form: Form::Behind("of"),
    },
    Class {
        nouns: "production output capacity",
        needs: "",
        allows: "first annual initial total full planned commercial",
        is_of_some: false,
        owner: Owner::Topic(PLANTS),
        form: Form::Behind("of"),
    },
];
