//! The one table of the language's words: keywords, functions and source fields, each with its
//! documentation. Parser, help, completion, highlighting and the reference draw from here.

/// Declares an enumeration together with the table that lists each of its members once.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])* $name:ident of $entry:ident;
        $( $member:ident $word:literal { $($field:ident: $value:expr),* $(,)? } )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(
                #[doc = concat!("`", $word, "`")]
                $member,
            )*
        }

        impl $name {
            /// All of them with their documentation, in the order of the reference.
            pub const TABLE: &[$entry] = &[
                $( $entry { word: $word, name: $name::$member, $($field: $value),* }, )*
            ];

            /// The word as it is written, in lower case.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$member => $word, )* }
            }

            /// Finds a word in lower case.
            fn from_lowercase(word: &[u8]) -> Option<Self> {
                $(
                    // A constant pattern for each word lets the compiler branch on length first.
                    const _: () = assert!(!$word.is_empty() && $word.len() <= LONGEST_WORD);
                )*
                let word = str::from_utf8(word).ok()?;
                match word { $( $word => Some(Self::$member), )* _ => None }
            }

            /// Finds a word written in any case.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                let mut buffer = [0; LONGEST_WORD];
                let lower = buffer.get_mut(..word.len())?;
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                Self::from_lowercase(lower)
            }
        }
    };
}

/// No word of the vocabulary is longer, in bytes; a longer one needs no look.
const LONGEST_WORD: usize = 12;

/// What a keyword is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeywordClass {
    /// It begins a statement. After the subject of a pattern it is a predicate like any other
    /// word: `?police find ?what`.
    Statement,
    /// It stands within clauses.
    Clause,
    /// It belongs to a modifier or another part of a statement.
    Part,
    /// It is a value.
    Value,
}

/// A line of the table of keywords.
#[derive(Clone, Copy, Debug)]
pub struct KeywordEntry {
    /// The keyword in lower case; any case is read.
    pub word: &'static str,
    /// The keyword.
    pub name: Keyword,
    /// What it is for.
    pub class: KeywordClass,
    /// What it does, one sentence.
    pub doc: &'static str,
}

vocabulary! {
    /// A word that cannot be a name without quotes.
    Keyword of KeywordEntry;
    Find "find" {
        class: KeywordClass::Statement,
        doc: "Asks for columns: find ?who, count(?prize) where ?who win ?prize.",
    }
    Explain "explain" {
        class: KeywordClass::Statement,
        doc: "Shows the plan of a question with estimates and actual counts.",
    }
    Describe "describe" {
        class: KeywordClass::Statement,
        doc: "Shows what is known about a name; describe rule shows the rules.",
    }
    Assert "assert" {
        class: KeywordClass::Statement,
        doc: "Adds facts: assert \"Marie Curie\" born_in Warsaw.",
    }
    Retract "retract" {
        class: KeywordClass::Statement,
        doc: "Takes facts back: retract ?x live_in ?y where ?x die_in ?y.",
    }
    Rule "rule" {
        class: KeywordClass::Statement,
        doc: "Defines a predicate: rule ?a colleague_of ?b if ?a work_for ?o, ?b work_for ?o.",
    }
    Alias "alias" {
        class: KeywordClass::Statement,
        doc: "Gives an entity another name: alias ASEAN of \"Association of …\".",
    }
    Merge "merge" {
        class: KeywordClass::Statement,
        doc: "Makes two entities one: merge \"M. Curie\" into \"Marie Curie\".",
    }
    Undo "undo" {
        class: KeywordClass::Statement,
        doc: "Takes an alias, a merge or the rules of a predicate back.",
    }
    Forget "forget" {
        class: KeywordClass::Statement,
        doc: "Removes a document and what only it supported.",
    }
    Where "where" { class: KeywordClass::Part, doc: "Begins the clauses of find and retract." }
    If "if" { class: KeywordClass::Part, doc: "Begins the clauses of a rule." }
    Into "into" { class: KeywordClass::Part, doc: "merge … into the entity that stays." }
    Distinct "distinct" {
        class: KeywordClass::Part,
        doc: "Counts or shows equal values once: count(distinct ?x), find distinct ?x.",
    }
    Not "not" { class: KeywordClass::Clause, doc: "Holds where the clause after it does not." }
    Optional "optional" {
        class: KeywordClass::Clause,
        doc: "Takes the clause after it where it holds, and keeps the row where it does not.",
    }
    Or "or" { class: KeywordClass::Clause, doc: "Holds where a block on either side does." }
    In "in" { class: KeywordClass::Clause, doc: "Tests membership: ?city in [Paris, Rome]." }
    Having "having" {
        class: KeywordClass::Part,
        doc: "Conditions on groups: having count(?who) > 3.",
    }
    Order "order" {
        class: KeywordClass::Statement,
        doc: "order by sorts the rows: order by ?age desc, ?name.",
    }
    By "by" { class: KeywordClass::Part, doc: "The second word of order by." }
    Asc "asc" { class: KeywordClass::Part, doc: "Sorts the smallest first, as is usual." }
    Desc "desc" { class: KeywordClass::Part, doc: "Sorts the largest first." }
    Limit "limit" { class: KeywordClass::Statement, doc: "Shows at most so many rows." }
    Offset "offset" { class: KeywordClass::Statement, doc: "Leaves so many rows out first." }
    As "as" {
        class: KeywordClass::Part,
        doc: "Names a column; as of asks what the store knew at a time.",
    }
    Of "of" { class: KeywordClass::Part, doc: "The second word of as of; alias … of an entity." }
    Valid "valid" { class: KeywordClass::Part, doc: "valid at asks what was the case at a time." }
    At "at" { class: KeywordClass::Part, doc: "The second word of valid at." }
    With "with" { class: KeywordClass::Part, doc: "with sources shows the evidence of each row." }
    Sources "sources" { class: KeywordClass::Part, doc: "The second word of with sources." }
    True "true" { class: KeywordClass::Value, doc: "The truth value true." }
    False "false" { class: KeywordClass::Value, doc: "The truth value false." }
}

impl Keyword {
    /// The line of the table.
    #[must_use]
    pub fn entry(self) -> Option<&'static KeywordEntry> {
        Self::TABLE.iter().find(|entry| entry.name == self)
    }

    /// Whether it can be a predicate without quotes, as `find` in `?police find ?what`. Those
    /// that cannot would be missed where they belong, or mean nothing as a predicate.
    #[must_use]
    pub const fn is_verb(self) -> bool {
        matches!(
            self,
            Self::Find
                | Self::Explain
                | Self::Describe
                | Self::Assert
                | Self::Retract
                | Self::Rule
                | Self::Alias
                | Self::Merge
                | Self::Undo
                | Self::Forget
                | Self::Order
                | Self::Limit
                | Self::Offset
        )
    }

    /// Whether it can be the role of a qualifier within brackets, as `in` and `by` are.
    #[must_use]
    pub const fn is_particle(self) -> bool {
        matches!(
            self,
            Self::As
                | Self::At
                | Self::By
                | Self::If
                | Self::In
                | Self::Into
                | Self::Of
                | Self::Where
                | Self::With
        )
    }

    /// Whether a line that begins with the word goes on with the statement before it.
    #[must_use]
    pub const fn is_continuation(self) -> bool {
        matches!(
            self,
            Self::Where
                | Self::If
                | Self::Into
                | Self::Or
                | Self::In
                | Self::Having
                | Self::Order
                | Self::By
                | Self::Asc
                | Self::Desc
                | Self::Limit
                | Self::Offset
                | Self::As
                | Self::Of
                | Self::Valid
                | Self::At
                | Self::With
                | Self::Sources
        )
    }
}

/// What kind of values a function works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionClass {
    /// Many rows to one value; only in columns, `having` and `order by`.
    Aggregate,
    /// Texts.
    Text,
    /// Dates, timestamps and intervals.
    Time,
    /// Numbers.
    Number,
    /// Any values.
    Value,
}

/// A line of the table of functions.
#[derive(Clone, Copy, Debug)]
pub struct FunctionEntry {
    /// The name in lower case; any case is read.
    pub word: &'static str,
    /// The function.
    pub name: Function,
    /// What it works on.
    pub class: FunctionClass,
    /// How it is called and what it returns.
    pub signature: &'static str,
    /// The smallest number of arguments.
    pub least: usize,
    /// The largest number of arguments.
    pub most: usize,
    /// What it does, one sentence.
    pub doc: &'static str,
}

/// As many arguments as the limits of a statement allow.
pub const ANY_NUMBER: usize = usize::MAX;

vocabulary! {
    /// A function of the language.
    Function of FunctionEntry;
    Count "count" {
        class: FunctionClass::Aggregate, signature: "count(x?) -> integer", least: 0, most: 1,
        doc: "The number of rows, or of rows where x has a value; count(distinct x) of values.",
    }
    Sum "sum" {
        class: FunctionClass::Aggregate, signature: "sum(x) -> number", least: 1, most: 1,
        doc: "The sum of the numbers; 0 for none.",
    }
    Min "min" {
        class: FunctionClass::Aggregate, signature: "min(x) -> value", least: 1, most: 1,
        doc: "The smallest value, in the order of order by.",
    }
    Max "max" {
        class: FunctionClass::Aggregate, signature: "max(x) -> value", least: 1, most: 1,
        doc: "The largest value, in the order of order by.",
    }
    Avg "avg" {
        class: FunctionClass::Aggregate, signature: "avg(x) -> decimal", least: 1, most: 1,
        doc: "The mean of the numbers; empty for none.",
    }
    Sample "sample" {
        class: FunctionClass::Aggregate, signature: "sample(x) -> value", least: 1, most: 1,
        doc: "One of the values; which one is not said.",
    }
    GroupText "group_text" {
        class: FunctionClass::Aggregate, signature: "group_text(x, separator?) -> text",
        least: 1, most: 2,
        doc: "The values as one text, in their order, with \", \" or the separator between them.",
    }
    Contains "contains" {
        class: FunctionClass::Text, signature: "contains(text, part) -> boolean",
        least: 2, most: 2,
        doc: "Whether the text has the part in it, without regard to case.",
    }
    StartsWith "starts_with" {
        class: FunctionClass::Text, signature: "starts_with(text, part) -> boolean",
        least: 2, most: 2,
        doc: "Whether the text begins with the part, without regard to case.",
    }
    EndsWith "ends_with" {
        class: FunctionClass::Text, signature: "ends_with(text, part) -> boolean",
        least: 2, most: 2,
        doc: "Whether the text ends with the part, without regard to case.",
    }
    Matches "matches" {
        class: FunctionClass::Text, signature: "matches(text, pattern) -> boolean",
        least: 2, most: 2,
        doc: "Whether the pattern fits all of the text; * is any characters, ? is one.",
    }
    Mentions "mentions" {
        class: FunctionClass::Text, signature: "mentions(text, words) -> boolean",
        least: 2, most: 2,
        doc: "Whether the text has each of the words, whole and in any inflection.",
    }
    Lower "lower" {
        class: FunctionClass::Text, signature: "lower(text) -> text", least: 1, most: 1,
        doc: "The text in lower case.",
    }
    Upper "upper" {
        class: FunctionClass::Text, signature: "upper(text) -> text", least: 1, most: 1,
        doc: "The text in upper case.",
    }
    Length "length" {
        class: FunctionClass::Text, signature: "length(text) -> integer", least: 1, most: 1,
        doc: "The number of characters.",
    }
    Concat "concat" {
        class: FunctionClass::Text, signature: "concat(x, …) -> text", least: 1, most: ANY_NUMBER,
        doc: "The values as texts, one after the other.",
    }
    Text "text" {
        class: FunctionClass::Text, signature: "text(x) -> text", least: 1, most: 1,
        doc: "The value as a text; of an entity its canonical name.",
    }
    Year "year" {
        class: FunctionClass::Time, signature: "year(time) -> integer", least: 1, most: 1,
        doc: "The year, of an interval that of its start.",
    }
    Month "month" {
        class: FunctionClass::Time, signature: "month(time) -> integer", least: 1, most: 1,
        doc: "The month, 1 to 12; empty if the time is a year.",
    }
    Day "day" {
        class: FunctionClass::Time, signature: "day(time) -> integer", least: 1, most: 1,
        doc: "The day of the month; empty if the time is a month or a year.",
    }
    Start "start" {
        class: FunctionClass::Time, signature: "start(time) -> date", least: 1, most: 1,
        doc: "The first day of the time.",
    }
    End "end" {
        class: FunctionClass::Time, signature: "end(time) -> date", least: 1, most: 1,
        doc: "The last day of the time.",
    }
    Overlaps "overlaps" {
        class: FunctionClass::Time, signature: "overlaps(time, time) -> boolean",
        least: 2, most: 2,
        doc: "Whether the times have a moment in common; an integer is a year.",
    }
    Before "before" {
        class: FunctionClass::Time, signature: "before(time, time) -> boolean",
        least: 2, most: 2,
        doc: "Whether the first time ends before the second begins.",
    }
    After "after" {
        class: FunctionClass::Time, signature: "after(time, time) -> boolean",
        least: 2, most: 2,
        doc: "Whether the first time begins after the second ends.",
    }
    During "during" {
        class: FunctionClass::Time, signature: "during(time, time) -> boolean",
        least: 2, most: 2,
        doc: "Whether the first time lies within the second.",
    }
    Abs "abs" {
        class: FunctionClass::Number, signature: "abs(number) -> number", least: 1, most: 1,
        doc: "The number without its sign.",
    }
    Round "round" {
        class: FunctionClass::Number, signature: "round(number, digits?) -> number",
        least: 1, most: 2,
        doc: "The nearest number with so many digits after the point, or none; halves go up.",
    }
    Floor "floor" {
        class: FunctionClass::Number, signature: "floor(number) -> integer", least: 1, most: 1,
        doc: "The largest integer that is not larger.",
    }
    Ceiling "ceiling" {
        class: FunctionClass::Number, signature: "ceiling(number) -> integer", least: 1, most: 1,
        doc: "The smallest integer that is not smaller.",
    }
    Number "number" {
        class: FunctionClass::Number, signature: "number(x) -> number", least: 1, most: 1,
        doc: "The number of a quantity, an amount of money or a text; empty if there is none.",
    }
    Unit "unit" {
        class: FunctionClass::Value, signature: "unit(x) -> text", least: 1, most: 1,
        doc: "The unit of a quantity or the currency of an amount of money.",
    }
    Kind "kind" {
        class: FunctionClass::Value, signature: "kind(x) -> text", least: 1, most: 1,
        doc: "What x is: person, organization, place, …; text, number, time, boolean, ….",
    }
    Bound "bound" {
        class: FunctionClass::Value, signature: "bound(?x) -> boolean", least: 1, most: 1,
        doc: "Whether x has a value, as it need not after optional.",
    }
    Coalesce "coalesce" {
        class: FunctionClass::Value, signature: "coalesce(x, …) -> value",
        least: 1, most: ANY_NUMBER,
        doc: "The first of the values that is not empty.",
    }
}

impl Function {
    /// The line of the table.
    #[must_use]
    pub fn entry(self) -> Option<&'static FunctionEntry> {
        Self::TABLE.get(self as usize)
    }

    /// Whether it makes one value of many rows.
    #[must_use]
    pub fn is_aggregate(self) -> bool {
        self.entry()
            .is_some_and(|entry| entry.class == FunctionClass::Aggregate)
    }
}

/// A line of the table of source fields.
#[derive(Clone, Copy, Debug)]
pub struct SourceFieldEntry {
    /// The field in lower case; any case is read.
    pub word: &'static str,
    /// The field.
    pub name: SourceField,
    /// What kind of value it has.
    pub value: &'static str,
    /// What it says, one sentence.
    pub doc: &'static str,
}

vocabulary! {
    /// What can be asked about a fact and its sources within brackets, besides the roles of its
    /// qualifiers.
    SourceField of SourceFieldEntry;
    Document "document" { value: "text", doc: "The name of a document the fact comes from." }
    Title "title" { value: "text", doc: "The title of that document." }
    Published "published" { value: "time", doc: "When that document was published." }
    Agency "agency" { value: "text", doc: "The agency or publisher of that document." }
    Sentence "sentence" { value: "text", doc: "The sentence the fact comes from." }
    Speaker "speaker" { value: "name", doc: "Who says so, where it is not the document itself." }
    Confidence "confidence" { value: "number", doc: "How sure the reader is, 0 to 1." }
    Modality "modality" {
        value: "text",
        doc: "asserted, future, possible, necessary, requested, intended or conditional.",
    }
    Negated "negated" { value: "boolean", doc: "Whether the fact is said not to hold." }
    Derived "derived" { value: "boolean", doc: "Whether the fact comes from a rule." }
    Recorded "recorded" { value: "time", doc: "When the store learned the fact." }
    Fact "fact" { value: "fact", doc: "The fact itself, for .why and for programs." }
}

/// The modalities of a fact, for completion after `modality =`.
pub const MODALITIES: [&str; 7] = [
    "asserted",
    "future",
    "possible",
    "necessary",
    "requested",
    "intended",
    "conditional",
];
