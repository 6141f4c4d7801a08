//! What one JSON Schema says, `allOf` and references within it joined into one.

use indexmap::IndexMap;
use serde_json::Value;

use super::document::{Document, Node};
use super::rules::Rule;

/// Most parts that one schema is joined from.
const MOST_PARTS: usize = 400;

/// Everything that a schema says, from all its parts. Of what several parts say once, the first counts.
#[derive(Default)]
pub(super) struct Facts<'a> {
    /// Its place.
    pub(super) at: String,
    /// The parts, the schema itself first.
    pub(super) parts: Vec<Node<'a>>,
    /// The JSON types that are left of `type`, without `null`.
    pub(super) types: Vec<&'a str>,
    /// `null` is allowed.
    pub(super) nullable: bool,
    /// The properties, each with what every part says of it.
    pub(super) properties: IndexMap<&'a str, Vec<Node<'a>>>,
    /// The properties that must be there.
    pub(super) required: Vec<&'a str>,
    /// What other properties are.
    pub(super) additional: Option<Node<'a>>,
    /// The groups of alternatives, and whether exactly one holds.
    pub(super) unions: Vec<(bool, Vec<Node<'a>>)>,
    /// Where the discriminator stands.
    pub(super) discriminator: Option<Node<'a>>,
}

impl<'a> Facts<'a> {
    /// Joins schemas that all hold for one value.
    pub(super) fn of(document: &'a Document, nodes: &[Node<'a>]) -> Self {
        let mut facts = Facts {
            at: nodes.first().map(|node| node.at.clone()).unwrap_or_default(),
            ..Facts::default()
        };
        let mut trail = Vec::new();
        for node in nodes {
            facts.take(document, node, &mut trail);
        }
        facts.settle_types(document);
        facts
    }

    fn take(&mut self, document: &'a Document, node: &Node<'a>, trail: &mut Vec<String>) {
        if self.parts.len() >= MOST_PARTS || trail.len() > 60 {
            return document.note(Rule::TooDeep, &self.at, "too many parts");
        }
        let Some(members) = node.value.as_object() else {
            if *node.value != Value::Bool(true) {
                document.note(Rule::InvalidSchema, &node.at, "");
            }
            return;
        };
        self.parts.push(node.clone());
        if let Some(reference) = members.get("$ref").and_then(Value::as_str)
            && let Some(target) =
                document.target(reference, &node.at).and_then(|target| document.follow(&target))
        {
            if trail.contains(&target.at) {
                document.note(Rule::CircularReference, &node.at, format!("`{reference}`"));
            } else {
                trail.push(target.at.clone());
                self.take(document, &target, trail);
                trail.pop();
            }
        }
        for (name, property) in node.get("properties").iter().flat_map(Node::members) {
            self.properties.entry(name).or_default().push(property);
        }
        self.required.extend(
            members
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        );
        let additional =
            node.get("additionalProperties").or_else(|| node.get("unevaluatedProperties"));
        if self.additional.is_none() {
            self.additional = additional;
        }
        if self.discriminator.is_none() {
            self.discriminator = node.get("discriminator");
        }
        for (key, exactly_one) in [("oneOf", true), ("anyOf", false)] {
            let alternatives: Vec<Node> = node.get(key).iter().flat_map(Node::items).collect();
            if !alternatives.is_empty() {
                self.unions.push((exactly_one, alternatives));
            }
        }
        for part in node.get("allOf").iter().flat_map(Node::items) {
            self.take(document, &part, trail);
        }
    }

    /// The first part's value of a keyword.
    pub(super) fn first(&self, key: &str) -> Option<&'a Value> {
        self.parts.iter().find_map(|part| part.value.get(key))
    }

    /// The first part that has a keyword, at its value.
    pub(super) fn node(&self, key: &str) -> Option<Node<'a>> {
        self.parts.iter().find_map(|part| part.get(key))
    }

    /// The first text of a keyword that says something.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.parts.iter().find_map(|part| part.text(key))
    }

    /// Whether any part sets a keyword.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.flag(key) == Some(true))
    }

    fn settle_types(&mut self, document: &Document) {
        let mut agreed: Option<Vec<&'a str>> = None;
        for part in &self.parts {
            let stated: Vec<&str> = match part.value.get("type") {
                Some(Value::String(one)) => vec![one.as_str()],
                Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            agreed = Some(match agreed {
                None => stated,
                Some(before) => {
                    let both: Vec<&str> =
                        before.iter().copied().filter(|ty| stated.contains(ty)).collect();
                    let narrowed = if before.contains(&"number") && stated.contains(&"integer") {
                        vec!["integer"]
                    } else {
                        both
                    };
                    if narrowed.is_empty() {
                        document.note(
                            Rule::ConflictingParts,
                            &part.at,
                            format!("`{}` and `{}`", before.join("`, `"), stated.join("`, `")),
                        );
                        before
                    } else {
                        narrowed
                    }
                }
            });
        }
        let types = agreed.unwrap_or_default();
        let enum_null = self
            .first("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| values.iter().any(Value::is_null));
        self.nullable = types.contains(&"null")
            || enum_null
            || self.flag("nullable")
            || self.flag("x-nullable");
        self.types = types.into_iter().filter(|ty| *ty != "null").collect();
        self.types.dedup();
    }
}
