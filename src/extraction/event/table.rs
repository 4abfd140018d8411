//! Which nouns tell events, and which tell what somebody means or fails to do.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::fact::Modality;

static EVENTS: &str = include_str!("../../../seeds/lexicon/events.tsv");

/// What a phrase beside the noun is in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Agent,
    Patient,
    /// Nothing that could be told.
    Unknown,
}

/// How a noun tells an event.
#[derive(Debug)]
pub(super) struct Event {
    /// The verb, as predicates are named.
    pub(super) verb: String,
    /// Its participle; `None` where nothing is done to anybody.
    pub(super) participle: Option<String>,
    /// What the owner alone is.
    pub(super) owner: Role,
    /// What stands behind "of".
    pub(super) of: Role,
    /// The preposition that marks the patient; the line counts only where it stands.
    pub(super) direct: Option<String>,
    /// Whether only people have it done to them.
    pub(super) is_of_person: bool,
}

/// The readings of a noun, those with a preposition of their own first.
pub(super) fn events(lemma: &str) -> impl Iterator<Item = &'static Event> {
    static READ: OnceLock<HashMap<&'static str, Vec<Event>>> = OnceLock::new();
    let table = READ.get_or_init(|| {
        let mut table: HashMap<&'static str, Vec<Event>> = HashMap::new();
        for line in EVENTS.lines().filter(|line| !line.starts_with('#')) {
            if let Some((noun, event)) = entry(line) {
                table.entry(noun).or_default().push(event);
            }
        }
        for events in table.values_mut() {
            events.sort_by_key(|event| event.direct.is_none());
        }
        table
    });
    table.get(lemma).into_iter().flatten()
}

fn entry(line: &'static str) -> Option<(&'static str, Event)> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [noun, verb, participle, owner, of, direct, who] = columns.as_slice() else {
        return None;
    };
    let given = |column: &str| (column != "-").then(|| column.to_owned());
    let role = |column: &str| match column {
        "agent" => Role::Agent,
        "patient" => Role::Patient,
        _ => Role::Unknown,
    };
    let event = Event {
        verb: (*verb).to_owned(),
        participle: given(participle),
        owner: role(owner),
        of: role(of),
        direct: given(direct),
        is_of_person: *who == "person",
    };
    Some((noun, event))
}

/// In what sense the owner of such a noun does what its infinitive tells, and whether it does not.
pub(super) fn intention(lemma: &str) -> Option<(Modality, bool)> {
    match lemma {
        "decision" | "plan" | "pledge" | "promise" | "vow" | "offer" | "attempt" | "effort"
        | "intention" | "desire" | "wish" | "willingness" | "readiness" | "bid" | "ambition"
        | "aim" | "threat" | "commitment" | "determination" | "agreement" | "eagerness"
        | "proposal" | "intent" | "resolve" => Some((Modality::Intended, false)),
        "refusal" | "failure" => Some((Modality::Asserted, true)),
        "ability" | "capacity" | "right" => Some((Modality::Possible, false)),
        "inability" => Some((Modality::Possible, true)),
        "duty" | "obligation" | "need" => Some((Modality::Necessary, false)),
        _ => None,
    }
}
