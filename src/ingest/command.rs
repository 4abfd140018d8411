//! An extractor that is another program: a document a line of JSON in, its facts a line out.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

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
/// it; or `{"error": "why"}`.
#[derive(Debug)]
pub struct CommandExtractor {
    command: String,
    limit: Duration,
    /// Commands that wait for a document.
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    lines: Receiver<std::io::Result<String>>,
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
    facts: Vec<FactLine>,
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

    fn start(&self) -> Result<Worker> {
        let failed = |source| Error::Io {
            action: format!("cannot start {}", self.command),
            source,
        };
        let mut child = Command::new("sh")
            .args(["-c", &self.command])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A group of its own, so that what the command starts can be ended with it.
            .process_group(0)
            .spawn()
            .map_err(failed)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(std::io::ErrorKind::BrokenPipe.into()));
        };
        let (sender, lines) = sync_channel(1);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Worker {
            child,
            input,
            lines,
        })
    }

    fn ask(&self, worker: &mut Worker, document: &Document) -> Result<Answer> {
        let question = Question {
            document: document.name(),
            text: document.text(),
            title: document.title(),
            published: document.published().map(|time| time.to_string()),
            place: document.place(),
            agency: document.agency(),
            speaker: document.speaker(),
        };
        let wrong = |message: String| Error::input(document.name(), message);
        let question =
            serde_json::to_string(&question).map_err(|error| wrong(error.to_string()))?;
        let sent = writeln!(worker.input, "{question}").and_then(|()| worker.input.flush());
        let ended = || wrong(format!("the extractor `{}` ended", self.command));
        sent.map_err(|_| ended())?;
        let line = match worker.lines.recv_timeout(self.limit) {
            Ok(line) => line.map_err(|error| wrong(error.to_string()))?,
            Err(RecvTimeoutError::Disconnected) => return Err(ended()),
            Err(RecvTimeoutError::Timeout) => {
                let seconds = self.limit.as_secs_f32();
                return Err(wrong(format!(
                    "the extractor gave no answer within {seconds} s"
                )));
            }
        };
        let answer: Answer = serde_json::from_str(&line)
            .map_err(|error| wrong(format!("the extractor's answer: {error}")))?;
        match answer.error {
            Some(reason) => Err(wrong(reason)),
            None => Ok(answer),
        }
    }
}

impl Worker {
    fn end(mut self) {
        drop(self.input);
        // It may be busy with something that has no end, or have started something that is.
        let group = format!("-{}", self.child.id());
        let ended = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        if !ended.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
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
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut worker = match known {
            Some(worker) => worker,
            None => self.start()?,
        };
        let answer = match self.ask(&mut worker, document) {
            Ok(answer) => answer,
            Err(error) => {
                // After a mistake its answers might belong to other documents.
                worker.end();
                return Err(error);
            }
        };
        idle().push(worker);
        let mut reading = Reading::of(document);
        if let Some(sentences) = answer.sentences {
            reading.sentences = sentences
                .into_iter()
                .map(|(start, end)| Span::new(start, end))
                .collect();
        }
        reading.entities = answer.entities;
        let place = format!("{}: the extractor's answer", document.name());
        let facts = answer.facts.into_iter().map(|fact| fact.read(&place));
        reading.facts = facts.collect::<Result<Vec<Fact>>>()?;
        Ok(reading)
    }
}
