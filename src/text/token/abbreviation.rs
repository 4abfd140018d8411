//! Abbreviations that keep their full stop.

/// Titles and offices before a name: a sentence never ends with one.
const TITLES: &[&str] = &[
    "Adm", "Amb", "Arq", "Assoc", "Asst", "Atty", "Attys", "Brig", "Capt", "Card", "Cdr", "Cllr",
    "Cmdr", "Cmdt", "Col", "Const", "Coun", "Cpl", "Cpt", "Det", "Dr", "Drs", "Eng", "Engr", "Ens",
    "Fr", "Gen", "Gov", "Hon", "Ing", "Insp", "Lt", "Ltc", "Maj", "Messrs", "Mgr", "Mlle", "Mme",
    "Mmes", "Mr", "Mrs", "Ms", "Msgr", "Mx", "Pfc", "Pres", "Prof", "Profs", "Pte", "Pvt", "Rep",
    "Reps", "Rev", "Revd", "Rt", "Sen", "Sens", "Sgt", "Spc", "Sr", "Sra", "St", "Ste", "Supt",
    "Vice-Adm",
];

/// Abbreviations that keep their full stop wherever they stand.
const ALWAYS: &[&str] = &[
    "Ala", "Ariz", "Ark", "Assn", "Assoc", "Attn", "Aug", "Ave", "Bhd", "Bldg", "Blvd", "Bros",
    "Calif", "Co", "Colo", "Comm", "Conn", "Cos", "Corp", "Cres", "Ct", "Dept", "Dist", "Div",
    "Esq", "Est", "Feb", "Fla", "Fri", "Ft", "Ga", "Govt", "Hr", "Hrs", "Inc", "Inst", "Intl",
    "Jan", "Jr", "Kan", "Ky", "Ltd", "Mfg", "Mich", "Minn", "Mt", "Mtn", "Mts", "Nat", "Natl",
    "Neb", "Nev", "Nov", "Oct", "Okla", "Penn", "Pty", "Pvt", "Que", "Rd", "Sask", "Sept", "Soc",
    "Sq", "Subj", "Tel", "Tenn", "Tex", "Thur", "Thurs", "Tue", "Tues", "Univ", "Va", "Vol", "Vt",
    "Wisc", "Wyo", "abbr", "al", "approx", "appt", "apt", "arr", "assoc", "attn", "ave", "avg",
    "blvd", "ca", "cf", "dept", "div", "ed", "eds", "esp", "est", "etc", "ext", "fig", "figs",
    "fl", "ft", "gal", "govt", "hrs", "ibid", "incl", "jr", "km", "lb", "lbs", "max", "mfg",
    "mins", "misc", "mph", "ms", "mt", "no", "nos", "oz", "pp", "resp", "sec", "sq", "tbsp", "tel",
    "trans", "tsp", "viz", "vol", "vols", "vs", "yr", "yrs",
];

/// Abbreviations only before a number or a letter that numbers: "No. 5", "p. 12", "Sun. 14 May".
const BEFORE_NUMBER: &[&str] = &[
    "Apr", "Approx", "Art", "Arts", "Cap", "Ch", "Dec", "Eq", "Ex", "Fig", "Figs", "Jul", "Jun",
    "Mar", "May", "Mon", "No", "Nos", "Op", "Para", "Pp", "Pt", "Ref", "Rs", "Sat", "Sec", "Sect",
    "Sun", "Tab", "Vols", "Wed", "art", "b", "c", "ch", "chap", "d", "eq", "fol", "no", "nos",
    "op", "p", "para", "pp", "pt", "v", "vol",
];

/// Abbreviations of [`BEFORE_NUMBER`] whose stop is their own before a small letter too.
const BEFORE_SMALL_LETTER: &[&str] = &["Apr", "Dec", "Jul", "Jun", "Mon", "Sat", "Sun", "Wed"];

/// Lower-case words of [`ALWAYS`] that are words or units too and end sentences often.
const ONLY_INSIDE: &[&str] = &[
    "ed", "fl", "km", "lb", "lbs", "mph", "ms", "no", "oz", "max", "ft", "est", "ext", "sec", "al",
    "mt", "trans", "arr", "mins", "hrs", "yr", "yrs", "Ga", "gal",
];

/// Abbreviations with full stops inside.
const WITH_STOPS: &[&str] = &[
    "Ph.D", "M.Sc", "B.Sc", "M.Phil", "D.Phil", "LL.B", "LL.M", "Lt.Col", "Lt.Gen", "Maj.Gen",
    "Brig.Gen", "Ed.D", "Eng.D", "Dr.Sc", "Ph.Ds", "St.Sgt",
];

/// Abbreviations whose full stop is the sentence's where they end one ("and so on, etc .").
const GIVES_STOP_AWAY: &[&str] = &["etc", "Inc", "p.m", "a.m", "al", "Ltd", "Co", "Corp"];

/// Whether a word before a full stop is a title, so that no sentence ends there.
pub(crate) fn is_title(word: &str) -> bool {
    let is_shouted = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    TITLES.contains(&word)
        || is_shouted && TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

/// What a word before a full stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Always,
    BeforeNumber,
    OnlyInside,
}

/// What kind of abbreviation a word is, without its full stop.
pub(super) fn kind(word: &str) -> Option<Kind> {
    if is_title(word) {
        return Some(Kind::Title);
    }
    if BEFORE_NUMBER.contains(&word) {
        return Some(Kind::BeforeNumber);
    }
    if ONLY_INSIDE.contains(&word) {
        return Some(Kind::OnlyInside);
    }
    (ALWAYS.contains(&word) || WITH_STOPS.contains(&word)).then_some(Kind::Always)
}

/// Whether a word is an abbreviation written with full stops inside.
pub(super) fn has_inner_stops(word: &str) -> bool {
    WITH_STOPS.iter().any(|known| {
        known.len() >= word.len()
            && known.is_char_boundary(word.len())
            && known.starts_with(word)
            && known.as_bytes().get(word.len()).is_none_or(|b| *b == b'.')
    })
}

/// Whether a small letter says in brackets what happened on a day: born, died, married, reigned.
pub(super) fn is_of_life(word: &str) -> bool {
    matches!(word, "b" | "d" | "m" | "r" | "c" | "n" | "fl" | "div")
}

/// Whether an abbreviation that stands before numbers has a stop before small letters too.
pub(super) fn goes_before_small_letter(word: &str) -> bool {
    BEFORE_SMALL_LETTER.contains(&word)
}

/// Whether an abbreviation leaves the full stop to the sentence that it ends.
pub(super) fn gives_stop_away(word: &str) -> bool {
    GIVES_STOP_AWAY.contains(&word)
}

/// Whether a token that ends in a full stop is an abbreviation, also of single letters.
pub(crate) fn is_abbreviation(token: &str) -> bool {
    let Some(word) = token.strip_suffix('.') else {
        return false;
    };
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    !word.is_empty() && (is_initial || word.contains('.') || kind(word).is_some())
}
