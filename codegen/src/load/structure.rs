//! A tree against a shape: every fault of form at once.

use super::shape::Shape;
use crate::diagnostics::Diagnostic;
use crate::yaml::Tree;

/// Every fault of form.
pub(super) fn check(_tree: &Tree, _shape: &Shape) -> Vec<Diagnostic> {
    Vec::new()
}
