//! What a YAML file says, and where: a tree with byte ranges, within limits. Knows nothing of the spec language.

mod parse;

use std::ops::Range;
use std::sync::Arc;

pub use parse::parse;

use serde_json::Value;

use crate::diagnostics::{SourceFile, Span};
use crate::pointer::segments;

/// A YAML document with the place of everything.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The file.
    pub file: Arc<SourceFile>,
    pub(crate) root: Node,
}

/// A value.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// Text.
    Scalar {
        /// The text, its escapes resolved.
        text: String,
        /// It stands without quotes and not in a block, so that `true`, `null` and `1.10` are not text.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping, in the order of the file.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The bytes of the key.
    pub range: Range<usize>,
    /// The key.
    pub key: String,
    /// The value.
    pub value: Node,
}

impl Tree {
    /// The place of the value at a JSON pointer; of the nearest value around it if there is none.
    #[must_use]
    pub fn value(&self, pointer: &str) -> Span {
        let (_, node) = self.nearest(pointer);
        self.file.span(node.range.clone())
    }

    /// The place of the key at a JSON pointer; of an item of a list, and of the whole document, the value.
    #[must_use]
    pub fn key(&self, pointer: &str) -> Span {
        let (key, node) = self.nearest(pointer);
        self.file.span(key.unwrap_or(&node.range).clone())
    }

    /// The value at a JSON pointer.
    #[must_use]
    pub fn node(&self, pointer: &str) -> Option<&Node> {
        segments(pointer)
            .try_fold(&self.root, |node, segment| node.child(&segment).map(|(_, child)| child))
    }

    fn nearest(&self, pointer: &str) -> (Option<&Range<usize>>, &Node) {
        let mut found = (None, &self.root);
        for segment in segments(pointer) {
            let Some(child) = found.1.child(&segment) else { break };
            found = child;
        }
        found
    }
}

impl Node {
    /// The value as JSON. What plain text means is said by YAML's core schema.
    pub(crate) fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar { text, plain: true } => plain(text),
            NodeKind::Scalar { text, .. } => text.as_str().into(),
            NodeKind::Sequence(items) => items.iter().map(Self::to_json).collect(),
            NodeKind::Mapping(entries) => Value::Object(
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect(),
            ),
        }
    }

    fn child(&self, segment: &str) -> Option<(Option<&Range<usize>>, &Self)> {
        match &self.kind {
            NodeKind::Scalar { .. } => None,
            NodeKind::Sequence(items) => {
                items.get(segment.parse::<usize>().ok()?).map(|item| (None, item))
            }
            NodeKind::Mapping(entries) => entries
                .iter()
                .find(|entry| entry.key == segment)
                .map(|entry| (Some(&entry.range), &entry.value)),
        }
    }
}

/// What text without quotes means.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            number(text).unwrap_or_else(|| text.into())
        }
        text => text.into(),
    }
}

/// A number; of what is none in JSON, infinity say, `null`. Whole ones beyond 64 bits lose digits, as they do in JSON files.
fn number(text: &str) -> Option<Value> {
    let Ok(number) = text.parse::<serde_yaml::Number>() else {
        let digits = text.trim_start_matches(['+', '-']);
        let is_whole =
            digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0');
        return text.parse::<f64>().ok().filter(|_| is_whole).map(Value::from);
    };
    let whole = number.as_u64().map(Value::from).or_else(|| number.as_i64().map(Value::from));
    whole.or_else(|| number.as_f64().map(Value::from))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn json(text: &str) -> Value {
        parse(&SourceFile::new("x.yaml", text)).expect("YAML").root.to_json()
    }

    #[test]
    fn plain_text_means_what_serde_yaml_takes_it_for() {
        for text in [
            "null",
            "~",
            "Null",
            "nUll",
            "true",
            "FALSE",
            "yes",
            "on",
            "0",
            "-0",
            "+7",
            "007",
            "0.50",
            "-1",
            "1e3",
            "1_000",
            "0x1F",
            "-0x1F",
            "0o17",
            "0b11",
            ".5",
            "5.",
            ".inf",
            "-.INF",
            ".nan",
            "1.2.3",
            "2026-01-31",
            "12:30",
            "-",
            "+",
            ".",
            "- a",
            "18446744073709551615",
            "-9223372036854775808",
            "'1'",
            "\"1\"",
            "''",
            "a b",
            "1 2",
        ] {
            let text = format!("a: {text}\n");
            let Ok(expected) = serde_yaml::from_str::<Value>(&text) else { continue };
            assert_eq!(json(&text), expected, "{text}");
        }
    }

    #[test]
    fn every_spec_reads_as_serde_yaml_reads_it() {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/specs");
        let mut files = 0;
        let mut folders = vec![specs];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "yaml") {
                    let text = fs::read_to_string(&path).expect("text");
                    assert_eq!(
                        json(&text),
                        serde_yaml::from_str::<Value>(&text).expect("YAML"),
                        "{}",
                        path.display()
                    );
                    files += 1;
                }
            }
        }
        assert!(files > 10, "{files}");
    }
}
