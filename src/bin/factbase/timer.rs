//! `--timer`: what opening and each statement cost, in text or JSON on standard error.

use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimerFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The parts of a statement's time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Times {
    /// Reading its text.
    pub(crate) parse: Duration,
    /// Resolving names and choosing a plan.
    pub(crate) plan: Duration,
    /// From the text to the last row handed to the output.
    pub(crate) total: Duration,
    /// Processor time of all threads.
    pub(crate) processor: Duration,
}

/// Lines wait until so many bytes are there, so that they cost the statements nothing.
const BUFFER_BYTES: usize = 1 << 16;

/// The memory of the process is looked up again after so long: it costs more than a lookup.
const MEMORY_PERIOD: Duration = Duration::from_millis(2);

/// Collects the lines of `--timer`.
#[derive(Debug)]
pub(crate) struct Timer {
    format: Option<TimerFormat>,
    lines: String,
    statements: u64,
    memory_mb: u64,
    memory_known: Option<Instant>,
}

impl Timer {
    /// A timer that writes in a format, or nothing.
    pub(crate) fn new(format: Option<TimerFormat>) -> Self {
        Self {
            format,
            lines: String::new(),
            statements: 0,
            memory_mb: 0,
            memory_known: None,
        }
    }

    /// Whether anything is measured.
    pub(crate) fn is_on(&self) -> bool {
        self.format.is_some()
    }

    /// Turns it on or off.
    pub(crate) fn set(&mut self, format: Option<TimerFormat>) {
        self.flush();
        self.format = format;
    }

    /// The store is open.
    pub(crate) fn opened(&mut self, took: Duration) {
        let ms = milliseconds(took);
        let _ = match self.format {
            None => return,
            Some(TimerFormat::Text) => writeln!(self.lines, "opened in {ms:.3} ms"),
            Some(TimerFormat::Json) => writeln!(self.lines, "{{\"open_ms\":{ms:.3}}}"),
        };
    }

    /// A statement is done.
    pub(crate) fn statement(&mut self, rows: u64, times: &Times) {
        self.statements += 1;
        let Some(format) = self.format else {
            return;
        };
        let execute = times.total.saturating_sub(times.parse + times.plan);
        let all = [
            times.parse,
            times.plan,
            execute,
            times.total,
            times.processor,
        ];
        let [parse, plan, execute, total, processor] = all.map(milliseconds);
        let number = self.statements;
        let _ = match format {
            TimerFormat::Text => writeln!(
                self.lines,
                "statement {number}: {total:.3} ms (parse {parse:.3}, plan {plan:.3}, execute \
                 {execute:.3}), processor {processor:.3} ms"
            ),
            TimerFormat::Json => {
                let memory_mb = self.memory_mb();
                let [parse, plan, execute, total, processor] = all.map(Decimal);
                writeln!(
                    self.lines,
                    "{{\"statement\":{number},\"rows\":{rows},\"parse_ms\":{parse},\
                     \"plan_ms\":{plan},\"execute_ms\":{execute},\"total_ms\":{total},\
                     \"cpu_ms\":{processor},\"rss_mb\":{memory_mb}}}"
                )
            }
        };
        if format == TimerFormat::Text || self.lines.len() >= BUFFER_BYTES {
            self.flush();
        }
    }

    /// Writes what waits.
    pub(crate) fn flush(&mut self) {
        if !self.lines.is_empty() {
            // Measurements that nobody takes are no failure.
            let _ = std::io::stderr().write_all(self.lines.as_bytes());
            self.lines.clear();
        }
    }

    fn memory_mb(&mut self) -> u64 {
        let is_fresh = self
            .memory_known
            .is_some_and(|known| known.elapsed() < MEMORY_PERIOD);
        if !is_fresh {
            self.memory_mb = resident_mb();
            self.memory_known = Some(Instant::now());
        }
        self.memory_mb
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.flush();
    }
}

/// The processor time of all threads so far.
pub(crate) fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// A time in milliseconds with its fractions.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Milliseconds with four decimals, written without floating point: exact and quick.
struct Decimal(Duration);

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths_us = self.0.as_nanos() / 100;
        write!(
            formatter,
            "{}.{:04}",
            tenths_us / 10_000,
            tenths_us % 10_000
        )
    }
}

/// Megabytes of memory the process holds; 0 where the system does not tell.
fn resident_mb() -> u64 {
    /// Pages of Linux on the machines we know.
    const PAGE_BYTES: u64 = 4096;
    let Ok(text) = std::fs::read_to_string("/proc/self/statm") else {
        return 0;
    };
    let pages: Option<u64> = text.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    (pages.unwrap_or(0) * PAGE_BYTES) >> 20
}
