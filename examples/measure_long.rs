//! Measures long and strange texts: processor seconds and peak memory by size, read part by part,
//! and reads random bytes for as long as it is told.
//!
//! ```text
//! cargo run --release --example measure_long -- [--accurate] [--words 10000000] [--random SECONDS]
//! ```
//!
//! Each kind of text is read at a quarter, a half and the whole of the words: in linear time the
//! seconds double, in bounded memory the peak does not grow beyond what the text itself takes.

use std::error::Error;
use std::time::{Duration, Instant};

use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice};

/// Words of the prose; names and numbers are made up as it goes on.
const WORDS: &str = "the of and a in to was for on with by from which that after before council \
    river harbour minister company village said signed opened bought visited described report \
    agreement festival engine museum several new old large former northern Dr. Inc. U.S. No. \
    Monday Lisbon Ada Reed Oslo Treaty University who could not didn't it's \"we\" (see) 3.5 1,200 \
    £40 percent";

fn main() -> Result<(), Box<dyn Error>> {
    let (mut choice, mut words, mut random) = (ReaderChoice::Fast, 200_000, 0);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let text = arguments.next().unwrap_or_default();
            text.parse::<usize>()
                .map_err(|_| format!("{text:?} is no number"))
        };
        match argument.as_str() {
            "--accurate" => choice = ReaderChoice::Accurate,
            "--words" => words = number()?,
            "--random" => random = number()?,
            other => return Err(format!("what is {other:?}?").into()),
        }
    }
    let reader = Reader::new(choice)?;
    if random > 0 {
        read_random(&reader, Duration::from_secs(random as u64));
        return Ok(());
    }
    println!(
        "{:28} {:>10} {:>9} {:>9}",
        "text", "words", "seconds", "peak MB"
    );
    for (name, make) in KINDS {
        for share in [4, 2, 1] {
            let text = make(words / share);
            measure(&reader, name, words / share, &text);
        }
    }
    Ok(())
}

/// A name and what makes a text with so many words.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 7] = [
    ("prose in paragraphs", |words| prose(words, "\n\n")),
    ("prose in one line", |words| prose(words, " ")),
    ("a word a line", |words| "harbour\n".repeat(words)),
    ("one word without a space", |words| "harbour".repeat(words)),
    ("marks", |words| "(“.’- ".repeat(words)),
    ("another script", |words| {
        "Это случилось вчера в городе. ".repeat(words / 5)
    }),
    ("random bytes", |words| Dice(7).bytes(words * 6)),
];

/// Numbers that look like chance and are the same each time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// So many bytes, read as text as far as they are one.
    fn bytes(&mut self, count: usize) -> String {
        let bytes: Vec<u8> = (0..count).map(|_| self.below(256) as u8).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// So many words in sentences of some twenty and paragraphs of some eighty.
fn prose(count: usize, between: &str) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = Dice(1);
    let mut text = String::with_capacity(count * 6);
    for number in 1..=count {
        let word = words.get(dice.below(words.len())).copied().unwrap_or("");
        text.push_str(word);
        if dice.below(20) == 0 {
            // A name that stands nowhere else.
            text.push_str(&format!(" Vel{}or", dice.below(1 << 20)));
        }
        match number % 80 {
            0 => text.push_str(&format!(".{between}")),
            20 | 40 | 60 => text.push_str(". The "),
            _ => text.push(' '),
        }
    }
    text
}

/// Reads a text part by part and prints what it takes.
fn measure(reader: &Reader, name: &str, words: usize, text: &str) {
    // Peak memory is counted from here on, where the system allows it.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let start = processor_seconds();
    let sentences: usize = reader
        .parts(text, Format::Plain, None)
        .map(|part| part.sentences.len())
        .sum();
    println!(
        "{name:28} {words:>10} {:>9.1} {:>9.0}   {sentences} sentences",
        processor_seconds() - start,
        peak_megabytes()
    );
}

/// Reads random bytes, random words and broken markup until the time is over.
fn read_random(reader: &Reader, time: Duration) {
    let words: Vec<&str> = WORDS
        .split_whitespace()
        .chain([
            "<p>", "<a b='", "<!--", "# ", "| a |", "```", "\n", "\n\n", "\u{301}", "\u{202e}",
        ])
        .chain([
            "'s",
            "n't",
            "\u{a0}",
            "…",
            "”",
            "§",
            "日本",
            "😀",
            "http://a.b/",
            "@x",
            "See also",
        ])
        .collect();
    let (start, mut dice, mut texts) = (Instant::now(), Dice(3), 0_u64);
    while start.elapsed() < time {
        let length = dice.below(400);
        let text = match texts % 3 {
            0 => dice.bytes(length),
            _ => {
                let mut text = String::new();
                for _ in 0..length {
                    text.push_str(words.get(dice.below(words.len())).copied().unwrap_or(""));
                    if dice.below(4) > 0 {
                        text.push(' ');
                    }
                }
                text
            }
        };
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            for part in reader.parts(&text, format, None) {
                let tokens = part.sentences.iter().flat_map(|sentence| &sentence.tokens);
                for token in tokens {
                    assert!(!token.span.of(&part.text).is_empty(), "{text:?}");
                }
            }
        }
        texts += 1;
    }
    println!("{texts} random texts read in three formats each");
}

/// Seconds that this thread has computed; the clock where the system does not tell.
fn processor_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    let clock = || {
        std::time::UNIX_EPOCH
            .elapsed()
            .map_or(0.0, |time| time.as_secs_f64())
    };
    nanoseconds.map_or_else(clock, |nanoseconds| nanoseconds / 1e9)
}

/// The most memory that the process has had; 0 where the system does not tell.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1e3
}
