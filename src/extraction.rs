//! From an annotated document to facts.
