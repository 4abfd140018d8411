//! Which nouns point back at something told before, and which words tell things apart.
use crate::text::word_list::WordList;

/// Whether "the" and a noun points back at something told before, and is no part, time or manner:
/// "the end", "the day", "the way", "the public" mean what they mean everywhere.
pub(super) fn may_point_back(lemma: &str) -> bool {
    static STANDS_ALONE: WordList = WordList::new(
        "end beginning start rest top middle bottom front back half side \
        centre center edge heart core majority remainder time day week month year decade century \
        morning afternoon evening night weekend season hour minute moment period past present \
        future way manner sense reason fact case point result name same public world globe earth \
        sun moon sky sea internet web media press police army market economy environment weather \
        situation process country nation state government number amount total percentage rate \
        level share part lot game match quarter round ground field hand face head eye place \
        thing people man woman others west east north south region area street road law truth \
        idea question problem issue opportunity chance right need use lead",
    );
    !STANDS_ALONE.contains(lemma)
}

/// Whether an adjective or noun tells a thing from others of its kind, and does not only say that
/// it is one of several, new, or large.
pub(in crate::extraction) fn is_identifying(lower: &str) -> bool {
    static VAGUE: WordList = WordList::new(
        "other another new more most several different various similar such same \
        own next last previous current recent former latter present many few some certain large \
        small big huge great major main further additional final early late good bad important \
        significant special possible whole entire full total young old latest single only \
        upcoming particular real true successful strong high low long short",
    );
    !VAGUE.contains(lower)
}

/// Whether a word before a noun leaves it the thing told before: "the next meeting" is another.
pub(super) fn tells_no_other(lower: &str) -> bool {
    static OTHERS: WordList = WordList::new(
        "other another next previous last first second third subsequent \
        following coming upcoming preceding earlier only latter former same most more best \
        largest biggest highest latest oldest main whole entire late early past combined merged \
        enlarged joint",
    );
    !OTHERS.contains(lower)
}

/// Nouns for what people come together for.
pub(super) fn is_event(lemma: &str) -> bool {
    static EVENTS: WordList = WordList::new(
        "event meeting summit conference videoconference session forum congress \
        gathering festival ceremony exhibition fair concert championship contest competition \
        expo tournament workshop seminar symposium assembly visit convention",
    );
    EVENTS.contains(lemma)
}

/// Words at the end of companies' names, which say nothing of their trade.
pub(super) fn is_of_company(lower: &str) -> bool {
    static ENDS: WordList = WordList::new(
        "inc inc. corp corp. ltd ltd. llc plc gmbh ag co co. motors technologies \
        systems partners holdings industries laboratories services brothers",
    );
    ENDS.contains(lower)
}

/// The legal forms of companies, as they end their names, without a full stop.
pub(super) fn is_legal_form(lower: &str) -> bool {
    static FORMS: WordList = WordList::new(
        "inc corp corporation ltd limited llc llp plc gmbh ag kg co a/s as asa ab \
        oy oyj sa nv bv spa srl kk bhd pte pty dmcc jsc ojsc pjsc ooo",
    );
    FORMS.contains(lower)
}
