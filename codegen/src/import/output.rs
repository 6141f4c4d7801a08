//! What an operation returns: kind, type and example; and what its other statuses mean.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::body::listed;
use super::document::{Document, Node, Version};
use super::model::Known;
use super::rules::Rule;
use super::schema::{Place, of_type};
use super::types::Types;
use super::{media, text};
use crate::catalog::secrets;
use crate::spec::{
    AdditionalProperties, ErrorCase, ExampleSource, Method, OutputKind, OutputSpec, Schema,
    TypeName,
};

/// The largest example of a document that is taken over, in bytes of JSON.
const MOST_EXAMPLE: usize = 200_000;

/// An output, and what paging wants to know of it.
pub(super) struct Output {
    pub(super) spec: OutputSpec,
    /// The type of the body, if it is JSON.
    pub(super) schema: Option<Schema>,
    /// The example, if there is one.
    pub(super) example: Option<Value>,
    /// Answers are linked by the header `Link`.
    pub(super) has_link_header: bool,
}

/// The answers of an operation.
pub(super) fn answers_of<'a>(
    operation: &Node<'a>,
    document: &'a Document,
) -> Vec<(&'a str, Node<'a>)> {
    let written = operation.get("responses");
    written
        .iter()
        .flat_map(Node::members)
        .filter(|(status, _)| !status.starts_with("x-"))
        .filter_map(|(status, node)| Some((status, document.follow(&node)?)))
        .collect()
}

/// What it returns when it succeeds.
pub(super) fn read<'a>(
    type_name: &str,
    operation: &Node<'a>,
    root: &Node<'a>,
    method: Method,
    types: &Types<'a>,
) -> Output {
    let document = types.document;
    let answers = answers_of(operation, document);
    let rank = |(status, node): &(&str, Node<'a>)| {
        let good = match status.to_ascii_uppercase().as_str() {
            "2XX" => Some(250),
            "DEFAULT" => Some(400),
            status => status.parse::<u16>().ok().filter(|status| (200..400).contains(status)),
        };
        let has_body =
            node.get("content").is_some_and(|content| content.members().next().is_some())
                || node.get("schema").is_some();
        good.map(|status| (status >= 300, !has_body && status < 300, status))
    };
    let mut successes: Vec<&(&str, Node<'a>)> =
        answers.iter().filter(|answer| rank(answer).is_some()).collect();
    successes.sort_by_key(|answer| rank(answer));
    let others = successes.iter().filter(|(status, _)| status.starts_with('2')).count();
    if others > 1 {
        document.note(
            Rule::OtherAnswers,
            &format!("{}/responses", operation.at),
            format!("{others} successful answers"),
        );
    }
    let Some((_, answer)) = successes.first() else {
        return empty(None, "The vendor's description names no answer.");
    };
    let reader = Reader { type_name, answer, types };
    let mut output =
        if method == Method::Head { reader.nothing() } else { reader.read(operation, root) };
    // What a request that reads is redirected to is its result, if the document describes one.
    if others == 0 || !matches!(method, Method::Get | Method::Head) {
        output.spec.statuses = redirects(&answers);
    }
    output
}

/// The statuses from 300 to 399 that a document declares.
fn redirects(answers: &[(&str, Node<'_>)]) -> Vec<u16> {
    let statuses = answers.iter().filter_map(|(status, _)| status.parse().ok());
    let mut found: Vec<u16> = statuses.filter(|status| (300..400).contains(status)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn empty(description: Option<String>, why: &str) -> Output {
    let spec = OutputSpec {
        description,
        kind: Some(OutputKind::Empty),
        example: json!({ "none": why }),
        ..OutputSpec::default()
    };
    Output { spec, schema: None, example: None, has_link_header: false }
}

struct Reader<'r, 'a> {
    type_name: &'r str,
    answer: &'r Node<'a>,
    types: &'r Types<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn description(&self) -> Option<String> {
        let words = self.answer.text("description")?;
        let useless = [
            "ok",
            "success",
            "successful operation",
            "successful response",
            "default response",
            "response",
            "success response",
            "200 response",
            "a successful response.",
        ];
        text::short(words)
            .text
            .filter(|text| !useless.contains(&text.to_ascii_lowercase().trim_end_matches('.')))
    }

    fn nothing(&self) -> Output {
        empty(self.description(), "The response has no body.")
    }

    fn read(&self, operation: &Node<'a>, root: &Node<'a>) -> Output {
        let has_link_header = self
            .answer
            .get("headers")
            .iter()
            .flat_map(Node::members)
            .any(|(name, _)| name.eq_ignore_ascii_case("link"));
        let (media_type, schema, example) = if self.types.document.version == Version::Swagger2 {
            let Some(schema) = self.answer.get("schema") else { return self.nothing() };
            let produces = listed(operation, root, "produces");
            let chosen = media::choose(produces.iter().map(String::as_str))
                .map_or("application/json", |index| produces[index].as_str())
                .to_owned();
            let example = self.answer.get("examples").and_then(|examples| {
                examples
                    .members()
                    .find(|(name, _)| media::is_json(name))
                    .map(|(_, example)| example)
            });
            (chosen, Some(schema), example)
        } else {
            let all: Vec<(&str, Node<'a>)> =
                self.answer.get("content").iter().flat_map(Node::members).collect();
            let Some(chosen) = media::choose(all.iter().map(|(name, _)| *name)) else {
                return self.nothing();
            };
            if all.len() > 1 {
                self.types.document.note(
                    Rule::OtherMediaTypes,
                    &self.answer.at,
                    all.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", "),
                );
            }
            let (name, node) = &all[chosen];
            let Some(node) = self.types.document.follow(node) else { return self.nothing() };
            let example = node.get("example").or_else(|| {
                let first = node.get("examples").and_then(|examples| examples.members().next())?.1;
                self.types.document.follow(&first)?.get("value")
            });
            ((*name).to_owned(), node.get("schema").or_else(|| node.get("itemSchema")), example)
        };
        let mut output = self.of_kind(&media_type, schema, example);
        output.has_link_header = has_link_header;
        output
    }

    fn of_kind(
        &self,
        media_type: &str,
        schema: Option<Node<'a>>,
        example: Option<Node<'a>>,
    ) -> Output {
        let normal = media::normal(media_type);
        let is_file = schema
            .as_ref()
            .and_then(|schema| self.types.document.follow(schema))
            .is_some_and(|schema| {
                schema.text("type") == Some("file")
                    || (schema.text("format") == Some("binary")
                        && schema.text("type") == Some("string"))
            });
        if is_file || !(media::is_json(&normal) || media::is_text(&normal)) {
            let mut output = empty(self.description(), "The response is a file.");
            output.spec.kind = Some(OutputKind::Binary);
            output.spec.media_type = Some(normal).filter(|normal| {
                normal != "application/octet-stream"
                    && !normal.contains('*')
                    && !media::is_json(normal)
            });
            return output;
        }
        if media::is_text(&normal) {
            return self.text(normal, example);
        }
        self.json(
            Some(normal).filter(|normal| normal != "application/json" && !normal.contains('*')),
            schema,
            example,
        )
    }

    fn text(&self, normal: String, example: Option<Node<'a>>) -> Output {
        if media::is_xml(&normal) {
            self.types.document.note(Rule::XmlAsText, &self.answer.at, format!("`{normal}`"));
        }
        let mut output = empty(self.description(), "The vendor's description shows none.");
        output.spec.kind = Some(OutputKind::Text);
        output.spec.media_type = Some(normal).filter(|normal| normal != "text/plain");
        if let Some(text) =
            example.as_ref().and_then(|example| example.value.as_str()).filter(|text| {
                !text.trim().is_empty() && !text.ends_with(".json") && text.len() < 20_000
            })
        {
            output.spec.example = json!(text);
            output.spec.verified = Some(ExampleSource::Documentation);
            self.scrub(&mut output.spec.example);
        }
        output
    }

    fn json(
        &self,
        media_type: Option<String>,
        written: Option<Node<'a>>,
        example: Option<Node<'a>>,
    ) -> Output {
        let mut output = empty(
            self.description(),
            "The vendor's description does not say what the answer holds.",
        );
        output.spec.kind = None;
        output.spec.media_type = media_type;
        let mut schema = match &written {
            Some(node) => self.types.schema(std::slice::from_ref(node), &Place::default()),
            None => of_type("any"),
        };
        schema.description = None;
        schema.required = false;
        self.types.settle();
        let is_union = |schema: &Schema| !(schema.one_of.is_empty() && schema.any_of.is_empty());
        if is_union(&schema)
            || !schema.properties.is_empty()
            || matches!(schema.additional_properties, Some(AdditionalProperties::Typed(_)))
        {
            let described = Schema { nullable: false, ..schema };
            schema = of_type(&self.types.add(
                &format!("{}Response", self.type_name),
                &self.answer.at,
                described,
            ));
        }
        if let Some(items) =
            innermost(&mut schema).filter(|items| is_union(items) || !items.properties.is_empty())
        {
            let name = self.types.add(
                &format!("{}Item", self.type_name),
                &self.answer.at,
                std::mem::take(items),
            );
            *items = of_type(&name);
        }
        let own = written
            .as_ref()
            .and_then(|node| self.types.document.follow(node))
            .and_then(|node| node.get("example"));
        let (value, verified) = self.example(&schema, example.or(own));
        self.name_types(&mut output.spec, &schema, value.is_some());
        if let Some(value) = &value {
            output.spec.example = value.clone();
            output.spec.verified = verified;
        }
        output.schema = Some(schema);
        output.example = value;
        output
    }

    /// The document's example if it is one of the type, else one that is composed.
    fn example(
        &self,
        schema: &Schema,
        written: Option<Node<'a>>,
    ) -> (Option<Value>, Option<ExampleSource>) {
        let made = self.types.made.borrow();
        let known = Known::new(&made);
        let is_any = schema.ty.as_ref().is_some_and(|ty| ty.0 == "any");
        if let Some(node) = &written {
            let parsed = node
                .value
                .as_str()
                .filter(|text| text.trim_start().starts_with(['{', '[']))
                .and_then(|text| serde_json::from_str(text).ok());
            let mut value = parsed.unwrap_or_else(|| node.value.clone());
            let usable = !value.is_null()
                && value.to_string().len() <= MOST_EXAMPLE
                && depth(&value) < 60
                && !(is_any && value.is_string());
            if usable && known.answers(&value, schema) {
                self.scrub(&mut value);
                return (Some(value), Some(ExampleSource::Documentation));
            }
            self.types.document.note(Rule::MistypedExample, &node.at, "an answer");
        }
        if is_any {
            return (None, None);
        }
        self.types.document.note(Rule::ComposedExample, &self.answer.at, "");
        let mut value = known.compose(schema);
        if value.is_null() || value.as_str().is_some_and(|text| text.ends_with(".json")) {
            return (None, None);
        }
        self.scrub(&mut value);
        (Some(value), Some(ExampleSource::Composed))
    }

    fn scrub(&self, value: &mut Value) {
        for at in secrets::find(value) {
            self.types.document.note(Rule::SecretExample, &self.answer.at, at.as_str());
            if let Some(place) = value.pointer_mut(&at) {
                *place = json!("example");
            } else if at.is_empty() {
                *value = json!("example");
            }
        }
    }

    /// Says the type of the whole, or of what a list holds.
    fn name_types(&self, spec: &mut OutputSpec, schema: &Schema, has_example: bool) {
        let (mut pointer, mut inner) = (String::new(), schema);
        while let ("array", Some(items)) =
            (inner.ty.as_ref().map_or("any", |ty| ty.0.as_str()), &inner.items)
        {
            pointer.push_str("/*");
            inner = items;
        }
        let ty = inner.ty.clone().unwrap_or_else(|| TypeName("any".to_owned()));
        let is_named = ty.0.starts_with(char::is_uppercase);
        match (pointer.is_empty(), has_example) {
            (true, true) if ty.0 == "any" => {}
            (true, _) => spec.ty = Some(ty),
            (false, true) if is_named || ty.0 == "any" => drop(spec.names.insert(pointer, ty.0)),
            (false, true) => {}
            (false, false) => spec.ty = Some(TypeName("array".to_owned())),
        }
    }
}

/// What a list holds, however deep.
fn innermost(schema: &mut Schema) -> Option<&mut Schema> {
    let items = schema.items.as_mut()?;
    if items.items.is_some() { innermost(items) } else { Some(items) }
}

pub(super) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// What the statuses of failures mean.
pub(super) fn errors<'a>(
    operation: &Node<'a>,
    document: &'a Document,
) -> IndexMap<String, ErrorCase> {
    let mut errors = IndexMap::new();
    for (status, answer) in answers_of(operation, document) {
        match status.parse::<u16>() {
            Ok(code) if (400..600).contains(&code) => {
                let words = answer
                    .text("description")
                    .and_then(|words| text::line(words, 300))
                    .unwrap_or_else(|| phrase(code).to_owned());
                errors.insert(code.to_string(), ErrorCase::Description(words));
            }
            Ok(_) => {}
            Err(_) if status.starts_with('2') => {}
            Err(_) => document.note(Rule::StatusRange, &answer.at, format!("`{status}`")),
        }
    }
    errors.sort_keys();
    errors
}

/// What RFC 9110 and its relatives call a status.
fn phrase(status: u16) -> &'static str {
    match status {
        400 => "The request is not valid.",
        401 => "The credentials are missing or wrong.",
        403 => "The caller may not do this.",
        404 => "There is no such thing.",
        405 => "The method is not allowed.",
        409 => "The request conflicts with the present state.",
        410 => "It is gone.",
        412 => "A precondition does not hold.",
        413 => "The body is too large.",
        415 => "The media type is not supported.",
        422 => "The request cannot be processed.",
        429 => "There were too many requests.",
        500 => "The server failed.",
        502 | 503 => "The server is not available.",
        504 => "The server took too long.",
        status if status < 500 => "The request failed.",
        _ => "The server failed.",
    }
}
