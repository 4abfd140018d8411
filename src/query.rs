//! From a syntax tree to rows: resolution, planning, execution.
