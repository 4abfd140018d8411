//! An extractor that is another program: a document a line of JSON in, its facts a line out.

mod worker;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::worker::{Silence, Worker};
use super::{Document, Extractor, Reading};
use crate::error::{Error, Result};
use crate::fact::{Entity, Fact};
use crate::provenance::Span;
use crate::store::FactLine;

/// Lets a command read documents.
///
/// The command is started by the shell, once for each thread that needs it, and answers each line
/// on its standard input with one line on its standard output. In: `{"document", "text", "title",
/// "published", "place", "agency", "speaker"}`. Out: `{"facts": [...], "entities": [...],
/// "sentences": [[start, end], ...]}`, of which only `facts` is needed, each as the export writes
/// it; or `{"error": "why"}`. A subject, predicate or object may be a name alone: `{"subject":
/// "Ada", "predicate": "know", "object": "Charles"}`. What the command writes on its standard
/// error is told only where it fails.
///
/// A command that ends after a document is started again for the next one. One that gives no
/// answer in time, or something else than an answer, loses the document at hand and nothing more.
#[derive(Debug)]
pub struct CommandExtractor {
    command: String,
    limit: Duration,
    /// Commands that wait for a document.
    idle: Mutex<Vec<Worker>>,
}

#[derive(Serialize)]
struct Question<'a> {
    document: &'a str,
    text: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
    place: Option<&'a str>,
    agency: Option<&'a str>,
    speaker: Option<&'a str>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    facts: Option<Vec<FactLine>>,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default)]
    sentences: Option<Vec<(u32, u32)>>,
}

impl CommandExtractor {
    /// A command for the shell, and how long it may take for one document.
    #[must_use]
    pub fn new(command: impl Into<String>, limit: Duration) -> Self {
        Self {
            command: command.into(),
            limit,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// One line for a document, answered within the limit.
    fn ask(&self, worker: &mut Worker, document: &Document, question: &str) -> Asked {
        let wrong = |message: String| Error::input(document.name(), message);
        let line = match worker.answer(question, self.limit) {
            Ok(line) => line,
            Err(Silence::Ended) => return Asked::Ended,
            Err(silence) => return Asked::Failed(wrong(silence.reason(self.limit))),
        };
        let answer: Answer = match serde_json::from_str(&line) {
            Ok(answer) => answer,
            Err(error) => {
                let error = wrong(format!("the extractor's answer: {error}"));
                return Asked::Failed(error.with_help(AN_ANSWER));
            }
        };
        match (&answer.error, &answer.facts) {
            (Some(reason), _) => Asked::Refused(wrong(reason.clone())),
            (None, None) => {
                let error = wrong("the extractor's answer has no \"facts\"".to_owned());
                Asked::Failed(error.with_help(AN_ANSWER))
            }
            (None, Some(_)) => Asked::Answered(answer),
        }
    }

    /// Asks a command that waits, or a new one. One that waited may have ended since: then a new
    /// one is asked, once.
    fn answer(&self, document: &Document) -> Result<Answer> {
        let question = question(document)?;
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut is_new = known.is_none();
        let mut worker = match known {
            Some(worker) => worker,
            None => Worker::start(&self.command)?,
        };
        loop {
            match self.ask(&mut worker, document, &question) {
                Asked::Answered(answer) => {
                    idle().push(worker);
                    return Ok(answer);
                }
                Asked::Refused(error) => {
                    idle().push(worker);
                    return Err(error);
                }
                // After a mistake its answers might belong to other documents.
                Asked::Failed(error) => {
                    let said = worker.end().said;
                    return Err(with_words(error, &said));
                }
                Asked::Ended if is_new => {
                    let end = worker.end();
                    let message = format!("the extractor `{}` ended{}", self.command, end.status);
                    let error = Error::input(document.name(), message);
                    return Err(with_words(error, &end.said));
                }
                Asked::Ended => {
                    worker.end();
                    worker = Worker::start(&self.command)?;
                    is_new = true;
                }
            }
        }
    }
}

/// What an answer looks like, for those whose commands give another.
const AN_ANSWER: &str = "one line for each document: {\"facts\": [{\"subject\": \"Ada\", \
    \"predicate\": \"know\", \"object\": \"Charles\"}]}";

/// What became of a question.
enum Asked {
    Answered(Answer),
    /// It says that it cannot read the document.
    Refused(Error),
    /// It did not do as agreed.
    Failed(Error),
    /// The command ended without an answer.
    Ended,
}

fn question(document: &Document) -> Result<String> {
    let question = Question {
        document: document.name(),
        text: document.text(),
        title: document.title(),
        published: document.published().map(|time| time.to_string()),
        place: document.place(),
        agency: document.agency(),
        speaker: document.speaker(),
    };
    serde_json::to_string(&question)
        .map_err(|error| Error::input(document.name(), error.to_string()))
}

/// An error with the last that the command said about it.
fn with_words(error: Error, said: &str) -> Error {
    match said {
        "" => error,
        said => error.with_help(format!("it said: {said}")),
    }
}

impl Drop for CommandExtractor {
    fn drop(&mut self) {
        let idle = self.idle.get_mut().unwrap_or_else(PoisonError::into_inner);
        for worker in idle.drain(..) {
            worker.end();
        }
    }
}

impl Extractor for CommandExtractor {
    fn name(&self) -> String {
        let program = self.command.split_whitespace().next().unwrap_or("command");
        format!("command {program}")
    }

    fn read(&self, document: &Document) -> Result<Reading> {
        let answer = self.answer(document)?;
        let mut reading = Reading::of(document);
        if let Some(sentences) = answer.sentences {
            reading.sentences = sentences
                .into_iter()
                .map(|(start, end)| Span::new(start, end))
                .collect();
        }
        reading.entities = answer.entities;
        let place = format!("{}: the extractor's answer", document.name());
        let facts = answer
            .facts
            .into_iter()
            .flatten()
            .map(|fact| fact.read(&place));
        reading.facts = facts.collect::<Result<Vec<Fact>>>()?;
        Ok(reading)
    }
}
