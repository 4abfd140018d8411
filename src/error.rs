//! The one error type of the public surface.
