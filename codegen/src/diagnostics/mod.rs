//! Errors as values: what is wrong, where, why, and how to mend it.
//!
//! A [`Diagnostic`] is made where the fault is found and rendered once, at the edge (`render`). Codes are stable (`codes`).

use std::ops::Range;
use std::sync::Arc;

/// One file that was read, with what is needed to point into it.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as shown: relative to the working directory, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A place in a file.
#[derive(Clone, Debug)]
pub struct Span {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes.
    pub range: Range<usize>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generated all the same.
    Warning,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where, and what is wrong just there.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to write instead.
    pub help: Vec<Help>,
    /// Why it is so.
    pub note: Option<String>,
}

/// A marked place.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words beside the caret; may be empty.
    pub text: String,
}

/// A way to mend it.
#[derive(Clone, Debug)]
pub struct Help {
    /// The advice.
    pub text: String,
    /// The place and the text to put there, where a machine could do it.
    pub replacement: Option<(Span, String)>,
}
