//! Words that begin sentences: what a capital behind an abbreviation says.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::value::calendar::is_calendar_name;

/// Words that begin sentences and no names: after an abbreviation they say that its full stop was
/// the sentence's too.
const STARTERS: &str = "\
    A About Above Absolutely According Across Actually Additional Additionally After Again All \
    Almost Along Already Also Alternatively Although Among An Analysts And Another Any Anyone \
    Anything Anyway Apart Apparently Are Around As Asked At Back Based Basically Because Before \
    Being Below Beneath Besides Better Beyond Big Both Built But By Called Can Certainly Citing \
    Clearly Come Coming Consequently Consider Considering Could Critics Current Currently \
    Depending Despite Did Do Does Dozens Due During Each Earlier Early Eight Either Elsewhere \
    Especially Essentially Even Eventually Every Everybody Everyone Everything Experts Few Fewer \
    Fifty Finally First Firstly Five Following For Former Fortunately Founded Four Frequently \
    From Fully Further Furthermore Generally Getting Given Going Had Half Has Have Having He \
    Hence Her Here High His Hopefully How However Hundreds I Ideally If Imagine Immediately \
    Important In Including Indeed Initially Instead Interestingly Investors Is It Its Just Large \
    Last Later Let Likewise Local Located Long Looking Lots Made Making Many Maybe Meanwhile \
    Might Millions More Moreover Most Must My Nearly Neither Never Nevertheless Nine No Nobody \
    None Nor Not Nothing Now Obviously Of Officials Often On Once One Only Opponents Or \
    Originally Other Otherwise Our Outside Over Overall Part Particularly Parts People Perhaps \
    Personally Pictured Please Police Previous Previously Prices Probably Quite Ranging Rather \
    Recently Regardless Reports Researchers Residents Right Roughly Sales Same Scientists \
    Secondly Seven Several Shares She Shortly Should Similar Similarly Simply Since Six So Some \
    Someone Something Sometimes Soon Sorry Speaking Specifically Starting Still Students \
    Subsequently Such Supporters Surely Surprisingly Taken Taking Ten Thank Thanks That The \
    Their Then There Thereafter Therefore These They This Those Though Thousands Three Through \
    Throughout Thus To Today Together Tomorrow Toward Towards Traders Twenty Twice Two Typically \
    Ultimately Under Unfortunately Unless Unlike Until Upon Used Using Usually Various Very \
    Voters Was We Well Were What Whatever When Whenever Where Whereas Wherever Whether Which \
    Whichever While Who Whoever Whose Why Widely With Within Without Witnesses Workers Would \
    Written Yes Yesterday Yet You Your";

/// What may be capitalised behind an hour without beginning a sentence, besides days and months.
const OF_TIME: &[&str] = &[
    "Eastern",
    "Central",
    "Mountain",
    "Pacific",
    "Atlantic",
    "Greenwich",
    "Moscow",
    "Beijing",
    "Tokyo",
    "London",
];
/// Months and days as they are cut behind an hour: "7 p.m. Oct. 21".
const CUT_CALENDAR: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon",
    "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri", "Sat", "Sun",
];
/// What goes on with the name of the capital of the United States.
const OF_CAPITAL: &[&str] = &[
    "Attorney",
    "Bar",
    "Circuit",
    "Council",
    "Court",
    "Department",
    "Mayor",
    "Metro",
    "Metropolitan",
    "National",
    "Public",
    "Superior",
    "United",
    "Water",
];
/// Abbreviations that end names of companies.
const OF_COMPANY: &[&str] = &["Bros", "Co", "Corp", "Cos", "Inc", "Ltd"];
/// Verbs before which a capitalised word is a subject.
const FINITE: &[&str] = &[
    "are", "can", "could", "did", "does", "had", "has", "have", "is", "may", "might", "must",
    "said", "says", "was", "were", "will", "would",
];

/// Whether a word mostly begins sentences.
pub(crate) fn is_starter(word: &str) -> bool {
    static READ: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let starters = READ.get_or_init(|| STARTERS.split_whitespace().collect());
    starters.contains(word)
}

/// Whether a sentence begins with the word `next`, which `then` follows, behind an abbreviation
/// given without its full stop.
pub(crate) fn begins_sentence(next: &str, then: &str, abbreviation: &str) -> bool {
    if is_starter(next) {
        return true;
    }
    let next = next.trim_end_matches('.');
    let is_capitalised =
        next.chars().next().is_some_and(char::is_uppercase) && next.chars().any(char::is_lowercase);
    if !is_capitalised {
        return false;
    }
    match abbreviation {
        "etc" => true,
        // "5 p.m. Toronto time", "5 p.m. Friday"
        "a.m" | "p.m" => {
            let is_of_time = [OF_TIME, CUT_CALENDAR]
                .iter()
                .any(|words| words.contains(&next))
                || is_calendar_name(next);
            !is_of_time && !then.trim_end_matches('.').eq_ignore_ascii_case("time")
        }
        "D.C" => !OF_CAPITAL.contains(&next),
        // "… of Bolt Corp. Reed was": a name that is the subject of the next sentence.
        _ => OF_COMPANY.contains(&abbreviation) && FINITE.contains(&then),
    }
}
