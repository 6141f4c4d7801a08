//! Diagnostics for programs: one JSON object a line.

use serde_json::{Value, json};

use super::position::positions;
use super::{Diagnostic, Label, Severity, Span};

/// One line of JSON; `rendered` is the text that a person would see.
pub(super) fn line(diagnostic: &Diagnostic, rendered: &str) -> String {
    let mut object = place(&diagnostic.primary.span);
    object["code"] = json!(diagnostic.code.id());
    object["severity"] = json!(match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    });
    object["message"] = json!(diagnostic.message);
    object["label"] = json!(diagnostic.primary.text);
    object["labels"] = diagnostic.secondary.iter().map(label).collect();
    object["help"] = diagnostic
        .help
        .iter()
        .map(|help| {
            let replacement = help.replacement.as_ref().map(|(span, text)| {
                let mut replacement = place(span);
                replacement["text"] = json!(text);
                replacement
            });
            json!({ "text": help.text, "replacement": replacement })
        })
        .collect();
    object["note"] = json!(diagnostic.note);
    object["rendered"] = json!(rendered);
    let mut line = object.to_string();
    line.push('\n');
    line
}

fn label(label: &Label) -> Value {
    let mut object = place(&label.span);
    object["text"] = json!(label.text);
    object
}

fn place(span: &Span) -> Value {
    let (start, end) = positions(span);
    json!({
        "file": span.file.path,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteStart": span.range.start,
        "byteEnd": span.range.end,
    })
}
