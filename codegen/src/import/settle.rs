//! All actions of a document, and what is decided when all are there.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::action::{Made, Shared};
use super::document::{Document, Node};
use super::integration::{self, Info};
use super::model::{Known, Named};
use super::operations::Chosen;
use super::rules::Rule;
use super::schema::Place;
use super::security::Security;
use super::types::Types;
use super::{Imported, Options, output, servers};
use crate::catalog::names;
use crate::spec::{AdditionalProperties, IntegrationSpec, Schema};

/// Examples of more lines stand in files of their own.
const MOST_LINES: usize = 15;

/// The actions of the chosen operations and their integration.
pub(super) fn actions<'a>(
    document: &'a Document,
    info: &Info<'a>,
    chosen: Chosen<'a>,
    options: &Options,
    id: String,
) -> Imported {
    let mut all_servers = servers::read(document);
    let mut spec = integration::read(info, options, all_servers.clone(), document);
    let type_name = names::type_ident(&id);
    let taken = chosen.operations.iter().map(|operation| names::type_ident(&operation.id));
    let types = Types::new(document, taken.chain([format!("{type_name}Builder"), type_name]));
    let mut security = Security::read(document, &all_servers);
    let version = info.version();
    let mut shared = Shared {
        types: &types,
        security: &mut security,
        servers: &mut all_servers,
        documentation: &spec.documentation,
        document_name: &options.document,
        version: version.as_deref(),
    };
    let mut made: IndexMap<String, Made> = IndexMap::new();
    let mut operations = IndexMap::new();
    let mut places = IndexMap::new();
    for operation in &chosen.operations {
        made.insert(operation.id.clone(), shared.action(operation));
        operations.insert(operation.id.clone(), operation.key.clone());
        places.insert(operation.id.clone(), operation.node.at.clone());
    }
    let mut named = types.made.take();
    super::circles::open(&mut named, document);
    let samples = error_samples(document, &chosen, &types);
    let error_types = types.made.take();
    spec.errors = integration::envelope(
        &samples
            .iter()
            .map(|schema| integration::scalars(schema, &joined(&named, &error_types)))
            .collect::<Vec<_>>(),
    );
    check_values(&mut made, &mut named, &places, document);
    integration::settle(&mut spec, &mut made, security.finish(), &chosen.groups);
    spec.servers = all_servers;
    let mut examples = IndexMap::new();
    for (id, made) in &mut made {
        move_example(id, made, &mut examples);
    }
    let actions: IndexMap<String, _> = made.into_iter().map(|(id, made)| (id, made.spec)).collect();
    put_types(&mut spec, named, actions.values());
    let report = document.report.borrow().clone();
    Imported { id, integration: spec, actions, operations, examples, report }
}

fn joined(named: &Named, more: &Named) -> Named {
    named.iter().chain(more).map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

/// The types of error answers; made in a table of their own, as no action returns them.
fn error_samples<'a>(
    document: &'a Document,
    chosen: &Chosen<'a>,
    types: &Types<'a>,
) -> Vec<Schema> {
    let mut samples = Vec::new();
    for operation in chosen.operations.iter().take(300) {
        let failed = output::answers_of(&operation.node, document)
            .into_iter()
            .find(|(status, _)| status.starts_with(['4', '5']) || *status == "default");
        let Some((_, answer)) = failed else { continue };
        let schema = answer.get("schema").or_else(|| {
            let (_, media) = answer
                .get("content")
                .iter()
                .flat_map(Node::members)
                .find(|(name, _)| super::media::is_json(name))?;
            media.get("schema")
        });
        if let Some(schema) = schema {
            types.begin();
            samples.push(types.schema(&[schema], &Place::default()));
            types.settle();
        }
    }
    samples
}

/// Values that took knowing all types: those that do not fit are left out.
fn check_values(
    made: &mut IndexMap<String, Made>,
    named: &mut Named,
    places: &IndexMap<String, String>,
    document: &Document,
) {
    let types = named.clone();
    let known = Known::new(&types);
    for (name, schema) in named.iter_mut() {
        check_schema(schema, &known, &format!("/types/{name}"), document);
    }
    for (id, made) in made {
        let at = places.get(id).map(String::as_str).unwrap_or_default();
        for (key, parameter) in &mut made.spec.parameters {
            check_schema(&mut parameter.schema, &known, &format!("{at} `{key}`"), document);
        }
    }
}

fn check_schema(schema: &mut Schema, known: &Known, at: &str, document: &Document) {
    let bad = |value: &Option<Value>, schema: &Schema| {
        value.as_ref().is_some_and(|value| !known.accepts(value, schema))
    };
    if bad(&schema.vendor_default, schema) {
        document.note(Rule::MistypedDefault, at, "");
        schema.vendor_default = None;
    }
    if bad(&schema.example, schema) {
        document.note(Rule::MistypedExample, at, "");
        schema.example = None;
    }
    schema.properties.values_mut().for_each(|property| check_schema(property, known, at, document));
    schema
        .one_of
        .iter_mut()
        .chain(&mut schema.any_of)
        .for_each(|alternative| check_schema(alternative, known, at, document));
    if let Some(items) = &mut schema.items {
        check_schema(items, known, at, document);
    }
    if let Some(AdditionalProperties::Typed(typed)) = &mut schema.additional_properties {
        check_schema(typed, known, at, document);
    }
}

/// A long example goes into a file of its own; so does one that would be read as something else.
fn move_example(id: &str, made: &mut Made, examples: &mut IndexMap<String, Value>) {
    let output = &mut made.spec.output;
    if output.verified.is_none() {
        return;
    }
    let is_waiver_like = output
        .example
        .as_object()
        .is_some_and(|members| members.len() == 1 && members.contains_key("none"));
    let lines =
        serde_json::to_string_pretty(&output.example).map_or(0, |text| text.lines().count());
    if lines > MOST_LINES || is_waiver_like || output::depth(&output.example) > 12 {
        let name = format!("{id}.json");
        examples.insert(name.clone(), std::mem::replace(&mut output.example, json!(name)));
    }
}

/// The types that something refers to.
pub(super) fn put_types<'s>(
    spec: &mut IntegrationSpec,
    named: Named,
    actions: impl Iterator<Item = &'s crate::spec::ActionSpec>,
) {
    let mut wanted: Vec<String> = Vec::new();
    for action in actions {
        action.parameters.values().for_each(|parameter| references(&parameter.schema, &mut wanted));
        wanted.extend(action.output.ty.iter().map(|ty| ty.0.clone()));
        wanted.extend(action.output.names.values().cloned());
    }
    let mut kept = std::collections::BTreeMap::new();
    while let Some(name) = wanted.pop() {
        if let Some(schema) = named.get(&name)
            && !kept.contains_key(&name)
        {
            references(schema, &mut wanted);
            kept.insert(name, schema.clone());
        }
    }
    spec.types = kept.into_iter().collect();
}

/// The names that a type refers to.
pub(super) fn references(schema: &Schema, found: &mut Vec<String>) {
    found.extend(
        schema.ty.iter().map(|ty| ty.0.clone()).filter(|name| name.starts_with(char::is_uppercase)),
    );
    schema.properties.values().for_each(|property| references(property, found));
    schema
        .one_of
        .iter()
        .chain(&schema.any_of)
        .for_each(|alternative| references(alternative, found));
    schema.items.iter().for_each(|items| references(items, found));
    if let Some(AdditionalProperties::Typed(typed)) = &schema.additional_properties {
        references(typed, found);
    }
}
