//! Parameters of an operation: every location, style and way to explode.

use actionspec_model::is_framing_header;
use serde_json::Value;

use super::action::Draft;
use super::document::{Document, Node, Version, join};
use super::rules::Rule;
use super::schema::{Place, deprecation, of_type};
use super::types::Types;
use super::{text, values};
use crate::catalog::names;
use crate::spec::{Location, ParameterSpec, Schema, Style, TypeName};

/// The parameters of an operation, those of its path included, references followed; of equal ones the last.
pub(super) fn of_operation<'a>(
    document: &'a Document,
    path_item: &Node<'a>,
    operation: &Node<'a>,
) -> Vec<Node<'a>> {
    let mut found: Vec<(bool, Node<'a>)> = Vec::new();
    for (own, owner) in [(false, path_item), (true, operation)] {
        for written in owner.get("parameters").iter().flat_map(Node::items) {
            let Some(node) = document.follow(&written).filter(|node| node.value.is_object()) else {
                document.note(Rule::MalformedPart, &written.at, "a parameter");
                continue;
            };
            let key = |node: &Node<'a>| {
                (node.text("in").map(str::to_ascii_lowercase), node.text("name").map(str::to_owned))
            };
            if let Some(earlier) = found.iter().position(|(_, other)| key(other) == key(&node)) {
                if own && found[earlier].0 {
                    document.note(
                        Rule::DuplicateParameter,
                        &written.at,
                        format!("`{}`", node.text("name").unwrap_or_default()),
                    );
                }
                found[earlier] = (own, node);
            } else {
                found.push((own, node));
            }
        }
    }
    found.into_iter().map(|(_, node)| node).collect()
}

/// Adds a parameter that is in no body.
pub(super) fn add<'a>(draft: &mut Draft, node: &Node<'a>, types: &Types<'a>) {
    let document = types.document;
    let name = node.text("name").map(str::trim).unwrap_or_default();
    let location = match node.text("in").map(str::to_ascii_lowercase).as_deref() {
        Some("path") => Location::Path,
        Some("query" | "querystring") => Location::Query,
        Some("header") => Location::Header,
        Some("cookie") => Location::Cookie,
        _ => return document.note(Rule::NamelessParameter, &node.at, format!("`{name}`")),
    };
    if name.is_empty() {
        return document.note(Rule::NamelessParameter, &node.at, "no name");
    }
    if location == Location::Path && !draft.variables.iter().any(|variable| variable == name) {
        return document.note(Rule::StrayPathParameter, &node.at, format!("`{name}`"));
    }
    if location == Location::Header {
        if ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
            || is_framing_header(name)
        {
            return document.note(Rule::IgnoredHeader, &node.at, format!("`{name}`"));
        }
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if !name.chars().all(token) {
            return document.note(Rule::InvalidHeaderName, &node.at, format!("`{name}`"));
        }
    }
    let (schema, is_json) = read_schema(node, types);
    let written = Written { node, name, location, is_json };
    written.put(draft, schema, types);
}

/// The type of a parameter, and whether its value is written as JSON.
fn read_schema<'a>(node: &Node<'a>, types: &Types<'a>) -> (Schema, bool) {
    let place = Place { is_text: true, ..Place::default() };
    if let Some((_, media)) = node.get("content").and_then(|content| content.members().next()) {
        let schema = media
            .get("schema")
            .map_or_else(|| of_type("any"), |schema| types.schema(&[schema], &Place::default()));
        return (schema, true);
    }
    let inner = node.get("schema").or_else(|| {
        (types.document.version == Version::Swagger2 || node.get("type").is_some())
            .then(|| node.clone())
    });
    match inner {
        Some(schema) => (types.schema(&[schema], &place), false),
        None => {
            types.document.note(
                Rule::UntypedParameter,
                &node.at,
                format!("`{}`", node.text("name").unwrap_or_default()),
            );
            (of_type("string"), false)
        }
    }
}

struct Written<'w, 'a> {
    node: &'w Node<'a>,
    name: &'a str,
    location: Location,
    is_json: bool,
}

impl<'a> Written<'_, 'a> {
    fn put(&self, draft: &mut Draft, mut schema: Schema, types: &Types<'a>) {
        let document = types.document;
        let Self { node, name, location, .. } = *self;
        let ty = schema.ty.as_ref().map(|ty| ty.0.clone()).unwrap_or_default();
        if ty == "any" && !self.is_json {
            document.note(Rule::UntypedParameter, &node.at, format!("`{name}`"));
            schema.ty = Some(TypeName("string".to_owned()));
            schema.vendor_default = schema.vendor_default.filter(Value::is_string);
            schema.example = schema.example.filter(Value::is_string);
        }
        let is_object = ty == "object" || ty.starts_with(char::is_uppercase);
        let style = if self.is_json { Some(Style::Json) } else { self.style(&ty, document) };
        if is_object && style.is_none() && self.explodes(true) {
            return self.explode(draft, &schema, types);
        }
        let style = match style {
            None if is_object => {
                document.note(Rule::StructuredText, &node.at, format!("`{name}`"));
                Some(Style::Json)
            }
            None if ty == "array" && has_structured_items(&schema) => {
                document.note(Rule::StructuredText, &node.at, format!("`{name}`"));
                Some(Style::Json)
            }
            style => style,
        };
        schema.required = node.flag("required") == Some(true) && location != Location::Path;
        self.describe(&mut schema, document);
        let inferred =
            location == Location::Path || (location == Location::Query && draft.infers_query());
        let stated = Some(location).filter(|_| !inferred);
        draft.add(
            name,
            ParameterSpec { location: stated, style, schema, ..ParameterSpec::default() },
            location,
            &node.at,
            document,
        );
    }

    fn describe(&self, schema: &mut Schema, document: &Document) {
        if let Some(words) = self.node.text("description") {
            let cleaned = text::short(words);
            if cleaned.is_cut {
                document.note(Rule::ShortenedText, &self.node.at, "");
            }
            schema.description = cleaned.text.or(schema.description.take());
        }
        if self.node.flag("deprecated") == Some(true) {
            schema.deprecated = Some(deprecation());
        }
        let first = self.node.get("examples").and_then(|examples| {
            let one = examples
                .members()
                .next()
                .map(|(_, example)| example)
                .or_else(|| examples.items().next())?;
            let one = document.follow(&one)?;
            one.get("value")
                .or_else(|| one.get("dataValue"))
                .or(Some(one).filter(|one| !one.value.is_object()))
        });
        if let Some(example) = self
            .node
            .get("example")
            .or(first)
            .filter(|example| !example.value.is_null() && !schema.secret)
        {
            values::put_example(schema, example.value, &example.at, document);
        }
    }

    fn explodes(&self, otherwise: bool) -> bool {
        let is_form = self.location == Location::Query || self.location == Location::Cookie;
        let style = self.node.text("style");
        self.node
            .flag("explode")
            .unwrap_or(otherwise && is_form && style.is_none_or(|style| style == "form"))
            && self.location == Location::Query
    }

    fn style(&self, ty: &str, document: &Document) -> Option<Style> {
        let is_list = ty == "array";
        if document.version == Version::Swagger2 && self.node.get("schema").is_none() {
            return is_list.then(|| self.collection(document)).flatten();
        }
        let explode = self.node.flag("explode");
        let unsupported = |nearest: Option<Style>, style: &str| {
            document.note(Rule::UnsupportedStyle, &self.node.at, format!("`{style}`"));
            nearest
        };
        match (self.node.text("style"), self.location) {
            (Some("deepObject"), _) => (ty != "string").then_some(Style::Brackets),
            (Some(style @ ("matrix" | "label")), _) => unsupported(None, style),
            _ if !is_list => None,
            (Some("spaceDelimited"), _) => {
                Some(if explode == Some(true) { Style::Repeat } else { Style::Space })
            }
            (Some("pipeDelimited"), _) => {
                Some(if explode == Some(true) { Style::Repeat } else { Style::Pipe })
            }
            (None | Some("form"), Location::Query) if explode == Some(false) => Some(Style::Comma),
            _ => None,
        }
    }

    /// How version 2 joins lists.
    fn collection(&self, document: &Document) -> Option<Style> {
        let is_query = self.location == Location::Query;
        match self.node.text("collectionFormat") {
            None | Some("csv") => is_query.then_some(Style::Comma),
            Some("ssv") => Some(Style::Space),
            Some("pipes") => Some(Style::Pipe),
            Some("multi") => (!is_query).then_some(Style::Repeat),
            Some(other) => {
                document.note(Rule::UnsupportedStyle, &self.node.at, format!("`{other}`"));
                Some(Style::Comma)
            }
        }
    }

    /// A parameter for each property.
    fn explode(&self, draft: &mut Draft, schema: &Schema, types: &Types<'a>) {
        let document = types.document;
        types.settle();
        let named = schema.ty.as_ref().and_then(|ty| types.made.borrow().get(&ty.0).cloned());
        let object = named.as_ref().unwrap_or(schema);
        if object.properties.is_empty() {
            return document.note(
                Rule::OpenExplodedObject,
                &self.node.at,
                format!("`{}`", self.name),
            );
        }
        document.note(Rule::ExplodedObject, &self.node.at, format!("`{}`", self.name));
        let required = self.node.flag("required") == Some(true);
        for (name, property) in &object.properties {
            let mut property = property.clone();
            property.required &= required;
            let is_structured = property.ty.as_ref().is_some_and(|ty| {
                matches!(ty.0.as_str(), "object" | "any") || ty.0.starts_with(char::is_uppercase)
            });
            let style = (is_structured || has_structured_items(&property)).then_some(Style::Json);
            let stated = Some(self.location).filter(|_| !draft.infers_query());
            let parameter = ParameterSpec {
                location: stated,
                style,
                schema: property,
                ..ParameterSpec::default()
            };
            draft.add(name, parameter, self.location, &join(&self.node.at, name), document);
        }
    }
}

fn has_structured_items(schema: &Schema) -> bool {
    let name = schema
        .items
        .as_ref()
        .and_then(|items| items.ty.as_ref())
        .map(|ty| ty.0.as_str())
        .unwrap_or_default();
    matches!(name, "object" | "array" | "any") && name != "any"
        || name.starts_with(char::is_uppercase)
}

/// A sentence for a parameter that the document does not describe.
pub(super) fn described_by_name(key: &str) -> String {
    format!("{}.", names::title(key).trim_end_matches('.'))
}
