//! Errors as values: what is wrong, where, why, and how to mend it.
//!
//! A [`Diagnostic`] is made where the fault is found and rendered once, at the edge (`render`). Codes are stable (`codes`).

mod codes;
mod finding;
mod github;
mod json;
mod position;
mod render;

use std::ops::Range;
use std::sync::Arc;

pub use codes::Code;
pub(crate) use finding::Finding;
pub use render::{Format, render};

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

impl SourceFile {
    /// A file with its text.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// The beginning of the file: the place of what concerns it as a whole.
    #[must_use]
    pub fn beginning(self: &Arc<Self>) -> Span {
        Span { file: Arc::clone(self), range: 0..0 }
    }

    /// A place in the file; moved to the nearest place that exists.
    #[must_use]
    pub fn span(self: &Arc<Self>, range: Range<usize>) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end).max(start);
        Span { file: Arc::clone(self), range: start..end }
    }
}

impl Span {
    /// The text that stands there.
    #[must_use]
    pub fn text(&self) -> &str {
        self.file.text.get(self.range.clone()).unwrap_or_default()
    }
}

impl Diagnostic {
    /// An error: nothing is generated.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message.into())
    }

    /// A warning: it is generated all the same.
    #[must_use]
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message.into())
    }

    fn new(code: Code, severity: Severity, span: Span, message: String) -> Self {
        let primary = Label { span, text: String::new() };
        Self {
            code,
            severity,
            message,
            primary,
            secondary: Vec::new(),
            help: Vec::new(),
            note: None,
        }
    }

    /// The words beside the caret.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        Finding::of(&mut self).label(text);
        self
    }

    /// Another place that matters, and why.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        Finding::of(&mut self).also(span, text);
        self
    }

    /// Advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        Finding::of(&mut self).help(text);
        self
    }

    /// Advice that a machine could follow: put `replacement` there.
    #[must_use]
    pub fn suggest(
        mut self,
        text: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        Finding::of(&mut self).suggest(text, span, replacement);
        self
    }

    /// Why it is so.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        Finding::of(&mut self).note(text);
        self
    }
}
