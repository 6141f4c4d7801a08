//! The document as it stands: its version, places in it, and where references lead.

use std::cell::RefCell;

use serde_json::Value;

use super::Failure;
use super::rules::{Report, Rule};
use crate::pointer::{escape, unescape};

/// Longer chains of references are circles.
const MOST_HOPS: usize = 32;

/// The generations of the format. Within 3, the importer needs no finer distinction: what is said in either way is read in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    Swagger2,
    OpenApi3,
}

/// A document.
pub(super) struct Document {
    pub(super) root: Value,
    pub(super) version: Version,
    pub(super) report: RefCell<Report>,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) at: String,
}

impl<'a> Node<'a> {
    /// The member of an object.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.as_object()?.get(key)?;
        Some(Node { value, at: join(&self.at, key) })
    }

    /// The members of an object; none of anything else.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let at = self.at.clone();
        self.value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(key, value)| (key.as_str(), Node { value, at: join(&at, key) }))
    }

    /// The items of an array; none of anything else.
    pub(super) fn items(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let at = self.at.clone();
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| Node { value, at: format!("{at}/{index}") })
    }

    /// The text of a member that is one and says something.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// Whether a member is `true`, or the text of it.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.value.get(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// A pointer one segment further.
pub(super) fn join(at: &str, key: &str) -> String {
    format!("{at}/{}", escape(key))
}

impl Document {
    pub(super) fn new(root: Value, mut report: Report) -> Result<Self, Failure> {
        let version = version(&root, &mut report)?;
        Ok(Self { root, version, report: RefCell::new(report) })
    }

    pub(super) fn node(&self) -> Node<'_> {
        Node { value: &self.root, at: String::new() }
    }

    pub(super) fn note(&self, rule: Rule, at: &str, detail: impl Into<String>) {
        self.report.borrow_mut().add(rule, at, detail);
    }

    /// The value itself, or what its reference leads to.
    pub(super) fn follow<'a>(&'a self, node: &Node<'a>) -> Option<Node<'a>> {
        let mut node = node.clone();
        for _ in 0..MOST_HOPS {
            let Some(reference) = node.value.get("$ref").and_then(Value::as_str) else {
                return Some(node);
            };
            node = self.target(reference, &node.at)?;
        }
        self.note(Rule::CircularReference, &node.at, "a chain of references");
        None
    }

    /// What one reference leads to. `at` is where it stands.
    pub(super) fn target<'a>(&'a self, reference: &str, at: &str) -> Option<Node<'a>> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if let Some(found) =
            file.is_empty().then(|| self.walk(&percent_decoded(fragment))).flatten()
        {
            return Some(found);
        }
        let name = percent_decoded(reference.rsplit(['/', '#']).next().unwrap_or_default());
        let local = !file.contains(['.', ':', '/']) || file.is_empty();
        if local && !name.is_empty() {
            for place in [
                "/components/schemas",
                "/definitions",
                "/components/parameters",
                "/components/responses",
                "/parameters",
                "/responses",
            ] {
                if let Some(found) = self.walk(&format!("{place}/{name}")) {
                    self.note(Rule::GuessedReference, at, format!("`{reference}`"));
                    return Some(found);
                }
            }
        }
        self.note(
            if local { Rule::DanglingReference } else { Rule::ExternalReference },
            at,
            format!("`{reference}`"),
        );
        None
    }

    /// The value at a JSON pointer, through references on the way.
    fn walk<'a>(&'a self, path: &str) -> Option<Node<'a>> {
        let mut node = self.node();
        if path.is_empty() {
            return Some(node);
        }
        let mut hops = 0;
        for segment in path.strip_prefix('/')?.split('/') {
            let segment = unescape(segment);
            loop {
                let next = match node.value {
                    Value::Object(members) => members.get(&segment),
                    Value::Array(items) => {
                        segment.parse::<usize>().ok().and_then(|index| items.get(index))
                    }
                    _ => None,
                };
                if let Some(value) = next {
                    node = Node { value, at: join(&node.at, &segment) };
                    break;
                }
                hops += 1;
                let reference =
                    node.value.get("$ref").and_then(Value::as_str).filter(|_| hops < MOST_HOPS)?;
                let fragment = percent_decoded(reference.strip_prefix("#/")?);
                // A pointer through a reference continues at its target; the target's own references are followed by this loop.
                node = self.direct(&fragment)?;
            }
        }
        Some(node)
    }

    fn direct<'a>(&'a self, fragment: &str) -> Option<Node<'a>> {
        fragment.split('/').try_fold(self.node(), |node, segment| {
            let segment = unescape(segment);
            let value = match node.value {
                Value::Object(members) => members.get(&segment),
                Value::Array(items) => {
                    segment.parse::<usize>().ok().and_then(|index| items.get(index))
                }
                _ => None,
            }?;
            Some(Node { value, at: join(&node.at, &segment) })
        })
    }
}

fn version(root: &Value, report: &mut Report) -> Result<Version, Failure> {
    if !root.is_object() {
        return Err(Failure::NotADescription);
    }
    let stated = |key: &str| {
        root.get(key)
            .map(|version| version.as_str().map_or_else(|| version.to_string(), str::to_owned))
    };
    match (stated("openapi"), stated("swagger")) {
        (Some(version), _) if version.starts_with('3') => return Ok(Version::OpenApi3),
        (_, Some(version)) if version.starts_with('2') => return Ok(Version::Swagger2),
        (Some(version), _) | (None, Some(version)) => report.add(Rule::UnknownVersion, "", version),
        (None, None) if root.get("paths").is_some() => report.add(Rule::UnknownVersion, "", "none"),
        (None, None) => return Err(Failure::NotADescription),
    }
    if root.get("definitions").is_some() || root.get("basePath").is_some() {
        Ok(Version::Swagger2)
    } else {
        Ok(Version::OpenApi3)
    }
}

/// The text of a URI fragment. What is no escape stays.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let escaped = (bytes[index] == b'%')
            .then(|| text.get(index + 1..index + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(escaped.unwrap_or(bytes[index]));
        index += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
