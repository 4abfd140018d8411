//! Facts: subject, predicate, object, qualifiers and flags.
