//! JSON Schemas to types of the language. What belongs here: the order in which things are decided. Constraints, values and alternatives have
//! files of their own.

use actionspec_model::keyword::{Class, KEYWORDS};
use serde_json::Value;

use super::document::Node;
use super::facts::Facts;
use super::rules::Rule;
use super::types::Types;
use super::{constraints, text, union, values};
use crate::spec::{AdditionalProperties, Deprecation, Schema, TypeName};

/// Deeper schemas would not fit into a YAML file.
const MOST_DEPTH: usize = 18;

/// Where a schema stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// How many levels lie above, within one type or parameter.
    pub(super) depth: usize,
    /// References that are being written out.
    pub(super) trail: Vec<String>,
    /// It travels as text, outside a JSON body: plain values are written out.
    pub(super) is_text: bool,
    /// Binary strings are files.
    pub(super) has_files: bool,
}

impl Place {
    fn below(&self) -> Self {
        Self { depth: self.depth + 1, ..self.clone() }
    }
}

/// A type of that name.
pub(super) fn of_type(name: &str) -> Schema {
    Schema { ty: Some(TypeName(name.to_owned())), ..Schema::default() }
}

impl<'a> Types<'a> {
    /// The type that all of these schemas say together.
    pub(super) fn schema(&self, nodes: &[Node<'a>], place: &Place) -> Schema {
        let at = nodes.first().map(|node| node.at.as_str()).unwrap_or_default();
        if place.depth > MOST_DEPTH || !self.spend(1) {
            self.document.note(Rule::TooDeep, at, "");
            return of_type("any");
        }
        if let [node] = nodes
            && let Some(reference) = wrapped(node)
        {
            return self.reference(node, &reference, place);
        }
        let facts = Facts::of(self.document, nodes);
        self.lower(&facts, place)
    }

    /// A reference: the name of a type, or what it leads to written out.
    fn reference(&self, node: &Node<'a>, reference: &Node<'a>, place: &Place) -> Schema {
        let Some(target) = self.document.follow(reference) else { return of_type("any") };
        let recursive = place.trail.contains(&target.at);
        if self.deserves_name(&target, place) {
            let mut schema = of_type(&self.name(&target));
            // Beside a reference, JSON Schema allows more keys, and many documents use them where that was not allowed yet.
            let mut parts = vec![node.clone()];
            parts.extend(
                node.get("allOf")
                    .iter()
                    .flat_map(Node::items)
                    .filter(|part| part.value.get("$ref").is_none()),
            );
            let nullable = parts.iter().any(|part| {
                part.flag("nullable") == Some(true) || part.flag("x-nullable") == Some(true)
            });
            let beside = Facts { at: node.at.clone(), parts, nullable, ..Facts::default() };
            self.annotate(&mut schema, &beside);
            return schema;
        }
        if recursive {
            self.document.note(Rule::RecursiveAlias, &node.at, "");
            return of_type("any");
        }
        let mut inner = place.clone();
        inner.trail.push(target.at.clone());
        if node.value.as_object().is_some_and(|members| members.len() > 1) {
            let facts = Facts::of(self.document, std::slice::from_ref(node));
            return self.lower(&facts, &inner);
        }
        self.schema(&[target], &inner)
    }

    pub(super) fn lower(&self, facts: &Facts<'a>, place: &Place) -> Schema {
        if let Some(schema) = union::lower(self, facts, place) {
            return schema;
        }
        let ty = self.json_type(facts, place);
        let mut schema = of_type(ty);
        match ty {
            "object" => self.object(&mut schema, facts, place),
            "array" => self.array(&mut schema, facts, place),
            _ => {}
        }
        self.finish(&mut schema, facts);
        schema
    }

    /// Everything that stands beside the type.
    pub(super) fn finish(&self, schema: &mut Schema, facts: &Facts<'a>) {
        constraints::put(schema, facts, self.document);
        values::put(schema, facts, self.document);
        self.annotate(schema, facts);
        for part in &facts.parts {
            constraints::note_unsaid(part, self.document);
        }
    }

    fn json_type(&self, facts: &Facts<'a>, place: &Place) -> &'static str {
        let stated = facts.types.first().copied();
        let ty = match stated.map(str::to_ascii_lowercase).as_deref() {
            Some("string") => "string",
            Some("integer") => "integer",
            Some("number") => "number",
            Some("boolean") => "boolean",
            Some("array") => "array",
            Some("object") => "object",
            Some("file") => return if place.has_files { "file" } else { "string" },
            Some("any") => "any",
            Some(other) => {
                self.document.note(Rule::UnknownType, &facts.at, format!("`{other}`"));
                match other {
                    "int" | "int32" | "int64" | "long" | "short" => "integer",
                    "float" | "double" | "decimal" => "number",
                    "bool" => "boolean",
                    "map" | "hash" | "dict" => "object",
                    "list" => "array",
                    "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "uri" | "url"
                    | "email" | "password" | "binary" | "timestamp" | "enum" => "string",
                    _ => "any",
                }
            }
            None => implied_type(facts),
        };
        let contradicts = ty == "string"
            && stated.is_some()
            && !facts.properties.is_empty()
            && facts.first("enum").is_none();
        if contradicts {
            self.document.note(Rule::ConflictingParts, &facts.at, "a string with properties");
            return "object";
        }
        let is_binary = facts.text("format") == Some("binary")
            || facts.first("contentMediaType").is_some_and(|ty| ty == "application/octet-stream");
        if ty == "string" && is_binary && place.has_files { "file" } else { ty }
    }

    fn object(&self, schema: &mut Schema, facts: &Facts<'a>, place: &Place) {
        let below = place.below();
        for (name, nodes) in &facts.properties {
            if schema.properties.len() >= 2000 {
                self.document.note(Rule::TooDeep, &facts.at, "more than 2,000 properties");
                break;
            }
            let mut property = self.schema(nodes, &below);
            property.required = facts.required.contains(name);
            property.read_only |= nodes.iter().any(|node| node.flag("readOnly") == Some(true));
            property.write_only |= nodes.iter().any(|node| node.flag("writeOnly") == Some(true))
                && !property.read_only;
            schema.properties.insert((*name).to_owned(), property);
        }
        schema.additional_properties = self.additional(facts, &below);
    }

    fn additional(&self, facts: &Facts<'a>, below: &Place) -> Option<AdditionalProperties> {
        if let Some(patterns) = facts.node("patternProperties")
            && facts.additional.as_ref().is_none_or(|node| !node.value.is_object())
            && let Some((_, first)) = patterns.members().next()
        {
            self.document.note(Rule::UnsaidKeyword, &patterns.at, "`patternProperties`");
            return Some(AdditionalProperties::Typed(Box::new(self.schema(&[first], below))));
        }
        let node = facts.additional.as_ref()?;
        match node.value {
            // Parts that each forbid what the others have would forbid everything.
            Value::Bool(false) if facts.parts.len() == 1 => {
                Some(AdditionalProperties::Allowed(false))
            }
            Value::Object(members) if !members.is_empty() => {
                let typed = self.schema(std::slice::from_ref(node), below);
                let says_nothing = typed.ty == of_type("any").ty && typed.description.is_none();
                (!says_nothing).then(|| {
                    AdditionalProperties::Typed(Box::new(Schema { required: false, ..typed }))
                })
            }
            _ => None,
        }
    }

    fn array(&self, schema: &mut Schema, facts: &Facts<'a>, place: &Place) {
        if let Some(tuple) = facts
            .node("prefixItems")
            .or_else(|| facts.node("items").filter(|node| node.value.is_array()))
        {
            self.document.note(Rule::Tuple, &tuple.at, "");
            schema.items = Some(Box::new(of_type("any")));
            return;
        }
        let items: Vec<Node<'a>> =
            facts.parts.iter().filter_map(|part| part.get("items")).collect();
        let items =
            if items.is_empty() { of_type("any") } else { self.schema(&items, &place.below()) };
        schema.items = Some(Box::new(Schema { required: false, ..items }));
    }

    /// What is said about a value beside its type.
    pub(super) fn annotate(&self, schema: &mut Schema, facts: &Facts<'a>) {
        schema.nullable |= facts.nullable;
        let described = facts.text("description").or_else(|| facts.text("title")).map(text::short);
        if let Some(cleaned) = described {
            if cleaned.is_cut {
                self.document.note(Rule::ShortenedText, &facts.at, "");
            }
            schema.description = cleaned.text;
        }
        if facts.flag("deprecated") {
            schema.deprecated = Some(deprecation());
        }
        if facts.text("format") == Some("password") {
            schema.secret = true;
        }
    }

    /// Whether a schema is worth a name of its own: objects with properties, alternatives of them, and long lists of values.
    fn deserves_name(&self, target: &Node<'a>, place: &Place) -> bool {
        if place.is_text {
            return self.is_structured(target, 0);
        }
        if let Some(known) = self.deserving.borrow().get(&target.at) {
            return *known;
        }
        let deserves = self.is_worth_naming(target);
        self.deserving.borrow_mut().insert(target.at.clone(), deserves);
        deserves
    }

    fn is_worth_naming(&self, target: &Node<'a>) -> bool {
        let structured = self.is_structured(target, 0);
        let is_long = target
            .value
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| values.len() >= 12);
        structured || is_long || self.is_choice(target, 0)
    }

    /// Whether a schema has alternatives that are more than a few plain values.
    fn is_choice(&self, node: &Node<'a>, depth: usize) -> bool {
        let alternatives: Vec<Node<'a>> = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|key| node.get(key))
            .flat_map(|all| all.items().collect::<Vec<_>>())
            .collect();
        let is_plain = |alternative: &Node<'a>| {
            let Some(target) = self.document.follow(alternative) else { return true };
            let plain = matches!(
                target.text("type"),
                Some("string" | "integer" | "number" | "boolean" | "null")
            );
            plain
                || (depth < 3
                    && ["oneOf", "anyOf"].iter().any(|key| target.get(key).is_some())
                    && !self.is_choice(&target, depth + 1))
        };
        alternatives.len() > 6 || !alternatives.iter().all(is_plain)
    }

    /// Whether a schema, or one that it is made of, has properties.
    pub(super) fn is_structured(&self, node: &Node<'a>, depth: usize) -> bool {
        if depth > 6 {
            return true;
        }
        let Some(node) = self.document.follow(node) else { return false };
        if let Some(known) = self.structured.borrow().get(&node.at) {
            return *known;
        }
        let has_properties = node
            .value
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|members| !members.is_empty());
        let is_structured = has_properties
            || ["allOf", "oneOf", "anyOf"].iter().any(|key| {
                node.get(key)
                    .iter()
                    .flat_map(Node::items)
                    .take(8)
                    .any(|part| self.is_structured(&part, depth + 1))
            });
        self.structured.borrow_mut().insert(node.at.clone(), is_structured);
        is_structured
    }
}

/// The reference in a schema that is one, or that only says more about one: beside it, or in an `allOf` around it, as version 3.0 needs.
fn wrapped<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    const REMARKS: &[&str] = &[
        "description",
        "title",
        "nullable",
        "deprecated",
        "readOnly",
        "writeOnly",
        "default",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "$comment",
        "required",
    ];
    let members = node.value.as_object()?;
    if members.get("$ref").is_some_and(Value::is_string) {
        return Some(node.clone());
    }
    let is_remark = |key: &String, value: &Value| {
        REMARKS.contains(&key.as_str())
            || key.starts_with("x-")
            || (key == "type" && value == "object")
    };
    let only_remarks = members.iter().all(|(key, value)| key == "allOf" || is_remark(key, value));
    let parts: Vec<Node<'a>> = node
        .get("allOf")
        .filter(|_| only_remarks && !members.contains_key("required"))?
        .items()
        .collect();
    let (references, others): (Vec<Node<'a>>, Vec<Node<'a>>) =
        parts.into_iter().partition(|part| part.value.get("$ref").is_some());
    let silent = others.iter().all(|part| {
        part.value
            .as_object()
            .is_some_and(|members| members.iter().all(|(key, value)| is_remark(key, value)))
    });
    match references.as_slice() {
        [one] if silent => Some(one.clone()),
        _ => None,
    }
}

pub(super) fn deprecation() -> Deprecation {
    let reason = "The vendor's description marks it as deprecated.".to_owned();
    Deprecation { reason, since: None, replaced_by: None, removed_on: None, link: None }
}

/// The type that other keywords leave no doubt of.
fn implied_type(facts: &Facts) -> &'static str {
    if !facts.properties.is_empty()
        || facts.additional.as_ref().is_some_and(|node| node.value.is_object())
        || facts.first("patternProperties").is_some()
    {
        return "object";
    }
    if facts.first("items").is_some() || facts.first("prefixItems").is_some() {
        return "array";
    }
    let listed: Vec<&Value> = match (facts.first("enum"), facts.first("const")) {
        (Some(Value::Array(values)), _) => values.iter().filter(|value| !value.is_null()).collect(),
        (_, Some(value)) => vec![value],
        _ => Vec::new(),
    };
    let all = |is: fn(&Value) -> bool| !listed.is_empty() && listed.iter().all(|value| is(value));
    let has_any = |class: Class| {
        let mut keywords = KEYWORDS.iter().filter(|keyword| keyword.class() == class);
        keywords.any(|keyword| facts.first(keyword.name()).is_some())
    };
    if all(Value::is_string) {
        "string"
    } else if all(Value::is_boolean) {
        "boolean"
    } else if all(|value| value.is_i64() || value.is_u64()) {
        "integer"
    } else if all(Value::is_number) {
        "number"
    } else if all(|value| value.is_string() || value.is_number() || value.is_boolean())
        || has_any(Class::Strings)
    {
        "string"
    } else if has_any(Class::Numbers) {
        "number"
    } else {
        match facts.text("format") {
            Some("int32" | "int64" | "uint64") => "integer",
            Some("float" | "double") => "number",
            Some(
                "date" | "date-time" | "uuid" | "uri" | "email" | "byte" | "binary" | "hostname"
                | "ipv4" | "ipv6" | "password",
            ) => "string",
            _ => "any",
        }
    }
}
