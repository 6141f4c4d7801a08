//! Where things stand in a YAML file: a tree with byte ranges, within limits. Knows nothing of the spec language.

mod parse;

use std::ops::Range;
use std::sync::Arc;

pub use parse::parse;

use crate::diagnostics::{SourceFile, Span};

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
        segments(pointer).try_fold(&self.root, |node, segment| node.child(&segment).map(|(_, child)| child))
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
    fn child(&self, segment: &str) -> Option<(Option<&Range<usize>>, &Self)> {
        match &self.kind {
            NodeKind::Scalar { .. } => None,
            NodeKind::Sequence(items) => items.get(segment.parse::<usize>().ok()?).map(|item| (None, item)),
            NodeKind::Mapping(entries) => entries.iter().find(|entry| entry.key == segment).map(|entry| (Some(&entry.range), &entry.value)),
        }
    }
}

fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}
