//! `extract` and `annotate`: what a document says and how it is read, without a store.

use crate::args::Given;
use crate::failure::Failure;

/// `factbase extract FILE`
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn extract(_given: &Given) -> Result<(), Failure> {
    Ok(())
}

/// `factbase annotate FILE`
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn annotate(_given: &Given) -> Result<(), Failure> {
    Ok(())
}
