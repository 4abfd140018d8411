//! The English reader: from raw text to an annotated document.
