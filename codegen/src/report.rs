//! Findings of one file, and the checks that every subject makes.

use crate::diagnostics::{Code, Diagnostic, Finding, Span};
use crate::yaml::Tree;

/// Collects the findings of one file.
pub(crate) struct Report<'a> {
    tree: &'a Tree,
    findings: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(tree: &'a Tree) -> Self {
        Self { tree, findings: Vec::new() }
    }

    pub(crate) fn tree(&self) -> &'a Tree {
        self.tree
    }

    pub(crate) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    /// An error at the value of a pointer.
    pub(crate) fn error(
        &mut self,
        code: Code,
        pointer: &str,
        message: impl Into<String>,
    ) -> Finding<'_> {
        let error = Diagnostic::error(code, self.tree.value(pointer), message);
        Finding::add(&mut self.findings, error)
    }

    /// An error at the key of a pointer.
    pub(crate) fn error_at_key(
        &mut self,
        code: Code,
        pointer: &str,
        message: impl Into<String>,
    ) -> Finding<'_> {
        let error = Diagnostic::error(code, self.tree.key(pointer), message);
        Finding::add(&mut self.findings, error)
    }

    /// A name that is not known, with the nearest one that is.
    pub(crate) fn unknown<'n>(
        &mut self,
        pointer: &str,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        self.unknown_at(self.tree.value(pointer), true, what, name, known);
    }

    /// As [`Self::unknown`], where the name is a part of a text.
    pub(crate) fn unknown_within<'n>(
        &mut self,
        pointer: &str,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        self.unknown_at(self.tree.value(pointer), false, what, name, known);
    }

    /// As [`Self::unknown`], where the name is a key.
    pub(crate) fn unknown_key<'n>(
        &mut self,
        pointer: &str,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        self.unknown_at(self.tree.key(pointer), true, what, name, known);
    }

    /// `replaceable`: the span is the name and nothing else.
    fn unknown_at<'n>(
        &mut self,
        span: Span,
        replaceable: bool,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        let known: Vec<&str> = known.collect();
        let finding = Diagnostic::error(
            Code::UnknownReference,
            span.clone(),
            format!("unknown {what} `{name}`"),
        )
        .label("unknown");
        let finding = match nearest(name, &known) {
            Some(near) if replaceable => {
                finding.suggest(format!("did you mean `{near}`?"), span, near.to_owned())
            }
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if known.is_empty() => finding.help(format!("no {what} is declared")),
            None => finding.help(format!("known: {}", shortened(&known))),
        };
        self.findings.push(finding);
    }

    /// A text that must say something.
    pub(crate) fn not_blank(&mut self, pointer: &str, text: &str) {
        if text.trim().is_empty() {
            self.error(Code::EmptyText, pointer, "the text is empty")
                .help("write a sentence, or remove the key");
        }
    }

    /// An absolute address.
    pub(crate) fn url(&mut self, pointer: &str, url: &str) {
        let host = url
            .strip_prefix("https://")
            .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let good = host.is_some_and(|host| {
            host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        }) && !url.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '\\')
        });
        if !good {
            self.error(Code::BadUrl, pointer, format!("`{url}` is not an absolute `https` URL"))
                .help("write the full URL: `https://example.com/path`");
        }
    }
}

/// A JSON pointer is empty or begins with a slash (RFC 6901).
pub(crate) fn check_pointer(value: &str, pointer: &str, report: &mut Report) {
    if !value.is_empty() && !value.starts_with('/') {
        let span = report.tree().value(pointer);
        report
            .error(Code::BadPointer, pointer, format!("`{value}` is not a JSON pointer"))
            .suggest("start with a slash", span, format!("/{value}"));
    }
}

/// A pointer one segment further.
pub(crate) fn join(pointer: &str, segment: impl std::fmt::Display) -> String {
    format!("{pointer}/{}", crate::pointer::escape(&segment.to_string()))
}

/// The known name that the author may have meant.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    known
        .iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase()),
                *candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len().max(name.len()) / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

fn shortened(known: &[&str]) -> String {
    const SHOWN: usize = 12;
    let mut text =
        known.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if known.len() > SHOWN {
        text.push_str(&format!(", and {} more", known.len() - SHOWN));
    }
    text
}
