//! Details for a diagnostic that is already in the list of a report.

use super::{Diagnostic, Help, Label, Span};

/// A diagnostic that its report already holds, open for details: the methods add what a reader needs besides the message. None is
/// required, so the value may be dropped.
pub(crate) struct Finding<'a>(&'a mut Diagnostic);

impl<'a> Finding<'a> {
    /// Appends a diagnostic to a list and returns it for details.
    pub(crate) fn add(list: &'a mut Vec<Diagnostic>, diagnostic: Diagnostic) -> Self {
        Self(list.push_mut(diagnostic))
    }

    /// The diagnostic itself, for details.
    pub(super) fn of(diagnostic: &'a mut Diagnostic) -> Self {
        Self(diagnostic)
    }

    /// The words beside the caret.
    pub(crate) fn label(self, text: impl Into<String>) -> Self {
        self.0.primary.text = text.into();
        self
    }

    /// Another place that matters, and why.
    pub(crate) fn also(self, span: Span, text: impl Into<String>) -> Self {
        self.0.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Advice.
    pub(crate) fn help(self, text: impl Into<String>) -> Self {
        self.0.help.push(Help { text: text.into(), replacement: None });
        self
    }

    /// Advice that a program can apply: put `replacement` at `span`.
    pub(crate) fn suggest(
        self,
        text: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.0.help.push(Help { text: text.into(), replacement: Some((span, replacement.into())) });
        self
    }

    /// The reason for the rule.
    pub(crate) fn note(self, text: impl Into<String>) -> Self {
        self.0.note = Some(text.into());
        self
    }
}
