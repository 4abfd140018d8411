//! The query language: syntax tree, parser, diagnostics, formatter, completion.
