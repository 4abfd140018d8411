//! A command that waits for documents, and the threads that speak with it: it may neither read nor
//! write nor end, and must not stop anybody.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// A longer answer is not read: facts are a small multiple of their document.
const LONGEST_ANSWER: u64 = 256 << 20;

/// So much of what a command says about its failure is kept.
const LONGEST_WORDS: usize = 400;

/// How long the last words of a command that has ended are waited for.
const WAIT_FOR_WORDS: Duration = Duration::from_millis(200);

/// How long the end of a command that has closed its answers is waited for, and how often it is
/// looked for.
const WAIT_FOR_END: Duration = Duration::from_secs(5);
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// A running command.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    questions: SyncSender<String>,
    lines: Receiver<std::io::Result<String>>,
    /// The end of what it wrote on its standard error.
    words: Arc<Mutex<Vec<u8>>>,
    /// Tells, by being closed, that its standard error has ended.
    has_spoken: Receiver<()>,
}

/// Why there is no answer.
pub(super) enum Silence {
    /// The command ended.
    Ended,
    /// It took too long.
    Late,
    /// It wrote a line that nobody had asked for.
    Unasked,
    /// Its answer could not be read.
    Unreadable(std::io::Error),
}

impl Silence {
    /// The reason in words.
    pub(super) fn reason(&self, limit: Duration) -> String {
        match self {
            Self::Ended => "the extractor ended".to_owned(),
            Self::Late => {
                let seconds = limit.as_secs_f32();
                format!("the extractor gave no answer within {seconds} s")
            }
            Self::Unasked => "the extractor wrote more than one line for a document".to_owned(),
            Self::Unreadable(error) => format!("the extractor's answer: {error}"),
        }
    }
}

/// How a command ended.
pub(super) struct End {
    /// " with exit status 1", or nothing where it was ended.
    pub(super) status: String,
    /// The last it wrote on its standard error, in one line.
    pub(super) said: String,
}

impl Worker {
    /// Starts a command in the shell.
    pub(super) fn start(command: &str) -> Result<Self> {
        let failed = |source| Error::Io {
            action: format!("cannot start {command}"),
            source,
        };
        let mut child = Command::new("sh")
            .args(["-c", command])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own, so that what the command starts can be ended with it.
            .process_group(0)
            .spawn()
            .map_err(failed)?;
        let (Some(mut input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(failed(std::io::ErrorKind::BrokenPipe.into()));
        };
        let (questions, asked) = sync_channel::<String>(1);
        std::thread::spawn(move || {
            for question in asked {
                let sent = writeln!(input, "{question}").and_then(|()| input.flush());
                if sent.is_err() {
                    return;
                }
            }
        });
        let (sender, lines) = sync_channel(1);
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(line) = next_line(&mut output) {
                let is_last = line.is_err();
                if sender.send(line).is_err() || is_last {
                    return;
                }
            }
        });
        let words = Arc::new(Mutex::new(Vec::new()));
        let (speaking, has_spoken) = sync_channel(0);
        let heard = Arc::clone(&words);
        std::thread::spawn(move || {
            listen(errors, &heard);
            drop(speaking);
        });
        Ok(Self {
            child,
            questions,
            lines,
            words,
            has_spoken,
        })
    }

    /// The line that a question is answered with.
    pub(super) fn answer(&mut self, question: &str, limit: Duration) -> Result<String, Silence> {
        match self.lines.try_recv() {
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => return Err(Silence::Ended),
            Ok(_) => return Err(Silence::Unasked),
        }
        if self.questions.send(question.to_owned()).is_err() {
            return Err(Silence::Ended);
        }
        match self.lines.recv_timeout(limit) {
            Ok(line) => line.map_err(Silence::Unreadable),
            Err(RecvTimeoutError::Disconnected) => Err(Silence::Ended),
            Err(RecvTimeoutError::Timeout) => Err(Silence::Late),
        }
    }

    /// Ends the command and everything that it started.
    pub(super) fn end(mut self) -> End {
        drop(self.questions);
        // What has closed its answers is about to end by itself, and says why.
        let is_over = matches!(self.lines.try_recv(), Err(TryRecvError::Disconnected));
        let limit = if is_over {
            WAIT_FOR_END
        } else {
            Duration::ZERO
        };
        let ended = end_of(&mut self.child, limit);
        // It may be busy with something that has no end, or have started something that is.
        let group = format!("-{}", self.child.id());
        let killed = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        if !killed.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        let _ = self.has_spoken.recv_timeout(WAIT_FOR_WORDS);
        let words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        End {
            status: ended.map_or(String::new(), |status| format!(" with {status}")),
            said: last_words(&words),
        }
    }
}

/// How a command ended, waited for so long.
fn end_of(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let since = Instant::now();
    loop {
        let ended = child.try_wait().ok().flatten();
        if ended.is_some() || since.elapsed() >= limit {
            return ended;
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// The next line of an answer; `None` at the end.
fn next_line(output: &mut impl BufRead) -> Option<std::io::Result<String>> {
    let mut line = Vec::new();
    let read = output.take(LONGEST_ANSWER).read_until(b'\n', &mut line);
    match read {
        Ok(0) => None,
        Err(error) => Some(Err(error)),
        Ok(_) if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST_ANSWER => {
            let most = LONGEST_ANSWER >> 20;
            Some(Err(std::io::Error::other(format!(
                "it is longer than {most} MB"
            ))))
        }
        Ok(_) => Some(String::from_utf8(line).map_err(|_| std::io::Error::other("it is no UTF-8"))),
    }
}

/// Keeps the end of what a command writes, so that it never waits for a reader.
fn listen(mut errors: impl Read, words: &Mutex<Vec<u8>>) {
    let mut block = [0_u8; 4096];
    while let Ok(read) = errors.read(&mut block) {
        if read == 0 {
            return;
        }
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        words.extend_from_slice(block.get(..read).unwrap_or(&[]));
        let excess = words.len().saturating_sub(LONGEST_WORDS);
        words.drain(..excess);
    }
}

/// The last lines in one.
fn last_words(words: &[u8]) -> String {
    let text = String::from_utf8_lossy(words);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let last = lines.iter().rev().find(|line| !line.is_empty());
    last.map_or(String::new(), |line| (*line).to_owned())
}
