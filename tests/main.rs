//! All integration tests, one binary: it links once, and runs its tests side by side.

mod language;
mod tidy;
