//! Request bodies of every kind.

use serde_json::Value;

use super::action::Draft;
use super::document::{Document, Node, Version};
use super::facts::Facts;
use super::rules::Rule;
use super::schema::{Place, of_type};
use super::types::Types;
use super::{media, text};
use crate::spec::{
    BodyKind, Location, Method, ParameterSpec, Rule as SpecRule, Schema, Style, TypeName,
};

/// Adds what an operation's body says.
pub(super) fn add<'a>(
    draft: &mut Draft,
    operation: &Node<'a>,
    parameters: &[Node<'a>],
    consumes: &[String],
    types: &Types<'a>,
) {
    let Some(written) = read(operation, parameters, consumes, types.document) else { return };
    if matches!(draft.method, Method::Get | Method::Head) {
        return types.document.note(Rule::BodyOfGet, &written.at, "");
    }
    let mut body = Body { draft, types, written };
    body.put();
}

/// A body as the document writes it, in whichever version.
struct Written<'a> {
    at: String,
    media_type: String,
    /// The schema of the whole, if there is one.
    schema: Option<Node<'a>>,
    /// The form fields of version 2.
    fields: Vec<Node<'a>>,
    /// What version 3 says of single fields.
    encoding: Option<Node<'a>>,
    required: bool,
    description: Option<&'a str>,
    example: Option<Node<'a>>,
}

fn read<'a>(
    operation: &Node<'a>,
    parameters: &[Node<'a>],
    consumes: &[String],
    document: &'a Document,
) -> Option<Written<'a>> {
    if document.version == Version::Swagger2 {
        return read_2(parameters, consumes, document);
    }
    let body = operation.get("requestBody").and_then(|body| document.follow(&body))?;
    let content = body
        .get("content")
        .filter(|content| content.value.as_object().is_some_and(|all| !all.is_empty()))?;
    let all: Vec<(&str, Node<'a>)> = content.members().collect();
    let chosen = media::choose(all.iter().map(|(media_type, _)| *media_type))?;
    if all.len() > 1 {
        document.note(
            Rule::OtherMediaTypes,
            &content.at,
            all.iter()
                .map(|(media_type, _)| format!("`{media_type}`"))
                .collect::<Vec<_>>()
                .join(", "),
        );
    }
    let (written, node) = all.into_iter().nth(chosen)?;
    let node = document.follow(&node)?;
    if !written.contains('/') {
        document.note(Rule::MalformedMediaType, &node.at, format!("`{written}`"));
    }
    Some(Written {
        at: body.at.clone(),
        media_type: media::normal(written),
        schema: node.get("schema").or_else(|| node.get("itemSchema")),
        fields: Vec::new(),
        encoding: node.get("encoding"),
        required: body.flag("required") == Some(true),
        description: body.text("description"),
        example: node.get("example").or_else(|| {
            let first = node.get("examples")?.members().next()?.1;
            document.follow(&first)?.get("value")
        }),
    })
}

fn read_2<'a>(
    parameters: &[Node<'a>],
    consumes: &[String],
    document: &Document,
) -> Option<Written<'a>> {
    let of = |place: &str| {
        parameters
            .iter()
            .filter(|node| {
                node.text("in").is_some_and(|location| location.eq_ignore_ascii_case(place))
            })
            .cloned()
            .collect::<Vec<_>>()
    };
    let fields = of("formData");
    let whole = of("body").into_iter().next();
    let at = whole.as_ref().or(fields.first())?.at.clone();
    let wanted = |media_type: &&String| fields.is_empty() != media::is_form(media_type);
    let usable: Vec<&String> = consumes.iter().filter(wanted).collect();
    let chosen = media::choose(usable.iter().map(|media_type| media_type.as_str()))
        .map(|index| usable[index].clone());
    if usable.len() > 1 {
        document.note(Rule::OtherMediaTypes, &at, format!("{} media types", usable.len()));
    }
    let has_file = fields.iter().any(|field| field.text("type") == Some("file"));
    let otherwise = match (&whole, has_file) {
        (Some(_), _) => "application/json",
        (None, true) => "multipart/form-data",
        (None, false) => "application/x-www-form-urlencoded",
    };
    let media_type = chosen
        .filter(|media_type| !has_file || media_type.starts_with("multipart/"))
        .unwrap_or_else(|| otherwise.to_owned());
    let required = whole.as_ref().is_some_and(|whole| whole.flag("required") == Some(true));
    let description = whole.as_ref().and_then(|whole| whole.text("description"));
    let schema = whole.and_then(|whole| whole.get("schema"));
    Some(Written {
        at,
        media_type: media::normal(&media_type),
        schema,
        fields,
        encoding: None,
        required,
        description,
        example: None,
    })
}

struct Body<'b, 'd, 'a> {
    draft: &'b mut Draft,
    types: &'b Types<'a>,
    written: Written<'d>,
}

impl<'a> Body<'_, 'a, 'a> {
    fn put(&mut self) {
        let media_type = self.written.media_type.clone();
        if media::is_json(&media_type) {
            if media_type != "application/json" && !media_type.contains('*') {
                self.draft.request.headers.insert("Content-Type".to_owned(), media_type);
            }
            return self.json();
        }
        if media_type.starts_with("multipart/") {
            return self.fields(BodyKind::Multipart);
        }
        if media::is_form(&media_type) {
            return self.fields(BodyKind::Form);
        }
        if media::is_xml(&media_type) {
            self.types.document.note(Rule::XmlAsText, &self.written.at, format!("`{media_type}`"));
        }
        let is_text = media::is_text(&media_type);
        self.raw(&media_type, if is_text { "string" } else { "file" });
    }

    fn json(&mut self) {
        let Some(schema) = self.written.schema.clone() else { return self.whole(of_type("any")) };
        let facts = Facts::of(self.types.document, std::slice::from_ref(&schema));
        let is_object =
            !facts.properties.is_empty() && (facts.types.is_empty() || facts.types == ["object"]);
        let is_open = facts.additional.as_ref().is_some_and(|node| {
            *node.value == Value::Bool(true)
                || node.value.as_object().is_some_and(|all| !all.is_empty())
        });
        let choices = required_choices(&facts);
        let is_choice = !facts.unions.is_empty() && choices.is_none();
        if !is_object || is_open || is_choice || facts.nullable || facts.properties.len() > 400 {
            let place = Place { trail: Vec::new(), ..Place::default() };
            let schema = self.types.schema(&[schema], &place);
            return self.whole(schema);
        }
        self.check_optional(&facts);
        let place = Place { depth: 1, ..Place::default() };
        for (name, nodes) in &facts.properties {
            self.property(name, nodes, &facts, &place, None);
        }
        for part in &facts.parts {
            super::constraints::note_unsaid(part, self.types.document);
        }
        self.draft.rules.extend(choices.into_iter().flatten());
        if self.draft.has_body_parameters() {
            self.draft.request.body = Some(BodyKind::Json).filter(|_| !self.draft.infers_body());
        } else {
            self.draft.request.headers.shift_remove("Content-Type");
        }
    }

    /// A body that is optional, and that cannot be empty.
    fn check_optional(&self, facts: &Facts) {
        if !self.written.required && !facts.required.is_empty() {
            self.types.document.note(Rule::OptionalBody, &self.written.at, "");
        }
    }

    fn property(
        &mut self,
        name: &str,
        nodes: &[Node<'a>],
        facts: &Facts<'a>,
        place: &Place,
        style: Option<Style>,
    ) {
        if nodes.iter().any(|node| {
            self.types.document.follow(node).is_some_and(|node| node.flag("readOnly") == Some(true))
                || node.flag("readOnly") == Some(true)
        }) {
            return self.types.document.note(
                Rule::ReadOnlyInRequest,
                &nodes[0].at,
                format!("`{name}`"),
            );
        }
        let schema = self.types.schema(nodes, place);
        let schema = Schema { required: facts.required.contains(&name), ..schema };
        self.body_parameter(name, schema, style, &nodes[0].at);
    }

    fn body_parameter(&mut self, name: &str, schema: Schema, style: Option<Style>, at: &str) {
        if name.is_empty() {
            return self.types.document.note(
                Rule::NamelessParameter,
                at,
                "a property without a name",
            );
        }
        let location = Some(Location::Body).filter(|_| !self.draft.infers_body());
        self.draft.add(
            name,
            ParameterSpec { location, style, schema, ..ParameterSpec::default() },
            Location::Body,
            at,
            self.types.document,
        );
    }

    /// The body is one parameter.
    fn whole(&mut self, mut schema: Schema) {
        schema.required = self.written.required || self.draft.infers_body();
        self.describe(&mut schema);
        if let Some(example) = self.written.example.clone()
            && schema.example.is_none()
        {
            super::values::put_example(
                &mut schema,
                example.value,
                &example.at,
                self.types.document,
            );
        }
        self.draft.request.body = Some(BodyKind::JsonValue);
        let at = self.written.at.clone();
        self.body_parameter("body", schema, None, &at);
    }

    fn raw(&mut self, media_type: &str, ty: &str) {
        let mut schema = of_type(ty);
        schema.required = self.written.required || self.draft.infers_body();
        self.describe(&mut schema);
        self.draft.request.body = Some(BodyKind::Raw);
        let location = Some(Location::Body).filter(|_| !self.draft.infers_body());
        let media_type = Some(media_type.to_owned())
            .filter(|media_type| !media_type.contains('*') && media_type.contains('/'));
        let parameter = ParameterSpec { location, media_type, schema, ..ParameterSpec::default() };
        let at = self.written.at.clone();
        self.draft.add("body", parameter, Location::Body, &at, self.types.document);
    }

    fn describe(&self, schema: &mut Schema) {
        if let Some(words) = self.written.description.and_then(|words| text::short(words).text) {
            schema.description = Some(words);
        }
        if schema.description.is_none() {
            schema.description = Some("The body of the request.".to_owned());
        }
    }

    /// A form, by fields.
    fn fields(&mut self, kind: BodyKind) {
        let place = Place { depth: 1, has_files: kind == BodyKind::Multipart, ..Place::default() };
        if !self.written.fields.is_empty() {
            for field in self.written.fields.clone() {
                self.field_2(&field, &place);
            }
        } else if let Some(schema) = self.written.schema.clone() {
            let facts = Facts::of(self.types.document, std::slice::from_ref(&schema));
            if !facts.unions.is_empty() && facts.properties.is_empty() {
                return self.alternatives(kind, &facts, &place);
            }
            self.check_optional(&facts);
            for (name, nodes) in &facts.properties {
                self.field_3(name, nodes, &facts, &place, kind);
            }
        }
        if self.draft.has_body_parameters() {
            self.draft.request.body = Some(kind);
        } else {
            let media_type = self.written.media_type.clone();
            self.types.document.note(
                Rule::UnsaidKeyword,
                &self.written.at,
                "a form of unknown fields",
            );
            self.raw(&media_type, "string");
        }
    }

    /// A form that is one of several: the fields of all, none required.
    fn alternatives(&mut self, kind: BodyKind, facts: &Facts<'a>, place: &Place) {
        self.types.document.note(Rule::MergedUnion, &facts.at, "a form");
        for alternative in facts.unions.iter().flat_map(|(_, all)| all) {
            let mut one = Facts::of(self.types.document, std::slice::from_ref(alternative));
            one.required.clear();
            let fields: Vec<(&str, Vec<Node<'a>>)> =
                one.properties.iter().map(|(name, nodes)| (*name, nodes.clone())).collect();
            for (name, nodes) in fields {
                if !self.draft.parameters.contains_key(name) {
                    self.field_3(name, &nodes, &one, place, kind);
                }
            }
        }
        self.draft.request.body = Some(kind).filter(|_| self.draft.has_body_parameters());
    }

    fn field_2(&mut self, field: &Node<'a>, place: &Place) {
        let mut schema = self.types.schema(std::slice::from_ref(field), place);
        schema.required = field.flag("required") == Some(true);
        if schema.ty.as_ref().is_some_and(|ty| ty.0 == "any") {
            schema.ty = Some(TypeName("string".to_owned()));
        }
        let is_list = schema.ty.as_ref().is_some_and(|ty| ty.0 == "array");
        let style = match field.text("collectionFormat") {
            _ if !is_list => None,
            Some("multi") => None,
            Some("ssv") => Some(Style::Space),
            Some("pipes") => Some(Style::Pipe),
            _ => Some(Style::Comma),
        };
        let name = field.text("name").unwrap_or_default();
        self.body_parameter(name, schema, style, &field.at);
    }

    fn field_3(
        &mut self,
        name: &str,
        nodes: &[Node<'a>],
        facts: &Facts<'a>,
        place: &Place,
        kind: BodyKind,
    ) {
        let encoding = self.written.encoding.as_ref().and_then(|encoding| encoding.get(name));
        if let Some(headers) = encoding.as_ref().and_then(|encoding| encoding.get("headers")) {
            self.types.document.note(Rule::PartHeaders, &headers.at, format!("`{name}`"));
        }
        let before = self.draft.parameters.len();
        self.property(name, nodes, facts, place, None);
        if self.draft.parameters.len() == before {
            return;
        }
        let Some((_, parameter)) = self.draft.parameters.last_mut() else { return };
        let ty = parameter.schema.ty.as_ref().map(|ty| ty.0.clone()).unwrap_or_default();
        let style = encoding.as_ref().and_then(|encoding| encoding.text("style"));
        let explode = encoding.as_ref().and_then(|encoding| encoding.flag("explode"));
        let is_structured =
            matches!(ty.as_str(), "" | "object" | "any") || ty.starts_with(char::is_uppercase);
        let items = parameter
            .schema
            .items
            .as_ref()
            .and_then(|items| items.ty.as_ref())
            .map(|ty| ty.0.clone())
            .unwrap_or_default();
        let structured_items = items == "object" || items.starts_with(char::is_uppercase);
        parameter.style = match style {
            Some("deepObject") if is_structured || ty == "array" => Some(Style::Brackets),
            Some("spaceDelimited") if ty == "array" => Some(Style::Space),
            Some("pipeDelimited") if ty == "array" => Some(Style::Pipe),
            _ if ty == "array" && explode == Some(false) => Some(Style::Comma),
            _ if kind == BodyKind::Form && (is_structured || structured_items) => Some(Style::Json),
            _ => None,
        };
        if ty == "file" {
            let media_type = encoding.as_ref().and_then(|encoding| encoding.text("contentType"));
            parameter.media_type =
                media_type.filter(|media_type| !media_type.contains([',', '*'])).map(str::to_owned);
        }
    }
}

/// Alternatives that only say which properties must be there, as rules across parameters; `None` if they say more.
fn required_choices(facts: &Facts) -> Option<Vec<SpecRule>> {
    let mut rules = Vec::new();
    for (exactly_one, alternatives) in &facts.unions {
        let mut names = Vec::new();
        for alternative in alternatives {
            let members = alternative.value.as_object()?;
            if members
                .keys()
                .any(|key| !matches!(key.as_str(), "required" | "title" | "description"))
            {
                return None;
            }
            let required: Vec<&str> =
                members.get("required")?.as_array()?.iter().filter_map(Value::as_str).collect();
            let [one] = required.as_slice() else { return None };
            if !facts.properties.contains_key(one)
                || facts.required.contains(one)
                || names.iter().any(|name| name == one)
            {
                return None;
            }
            names.push((*one).to_owned());
        }
        if names.len() > 1 {
            rules.push(if *exactly_one {
                SpecRule::ExactlyOneOf(names)
            } else {
                SpecRule::AtLeastOneOf(names)
            });
        }
    }
    Some(rules)
}

/// The media types that an operation of version 2 takes or gives.
pub(super) fn listed(operation: &Node, root: &Node, key: &str) -> Vec<String> {
    let owner = operation.get(key).or_else(|| root.get(key));
    owner
        .iter()
        .flat_map(Node::items)
        .filter_map(|item| item.value.as_str().map(str::to_owned))
        .collect()
}
