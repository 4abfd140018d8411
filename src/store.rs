//! The public handle: open, read, write, ask.
