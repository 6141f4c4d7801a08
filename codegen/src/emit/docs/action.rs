//! Pages of actions.

use indexmap::IndexMap;
use serde_json::Value;

use super::page::{
    ActionPage, ErrorRow, FieldRow, IntegrationHead, OutputPart, ParameterRow, PermissionRow,
    ScopeRow, SourceRow, ValueRow,
};
use super::{changelog, curl, markdown, words};
use crate::catalog::{
    Action, Breadth, EnumValue, Example, Info, Integration, Paging, Parameter, Permissions,
    Protocol, Request, Step, Type, example_arguments, names,
};
use crate::emit::EmitError;
use crate::emit::rust::page_samples as sample;
use crate::prepare::Preparer;
use crate::spec::{ErrorCase, SourceDocument, Style};

pub(super) fn page(
    info: &Info,
    integration: &Integration,
    action: &Action,
    preparer: &Preparer,
) -> Result<ActionPage, EmitError> {
    let arguments = example_arguments(integration, action, Breadth::Few);
    let (advanced, basic): (Vec<&Parameter>, Vec<&Parameter>) =
        action.parameters.iter().partition(|parameter| parameter.advanced);
    let rows = |parameters: Vec<&Parameter>| {
        parameters.into_iter().map(|parameter| row(integration, action, parameter)).collect()
    };
    let (permissions, permissions_none) = permissions(&action.permissions);
    Ok(ActionPage {
        integration: head(&integration.title, &integration.slug),
        name: format!("{}.{}", integration.id, action.id),
        title: action.title.clone(),
        description: action.description.clone(),
        deprecated: action.deprecated.clone(),
        notes: action.notes.clone(),
        effect: words::effect(action.effect),
        requests: action.steps.iter().map(|step| request(integration, step)).collect(),
        retry: words::retry(&action.retry),
        permissions,
        permissions_none,
        scopes: action
            .scopes
            .iter()
            .filter(|(_, scopes)| !scopes.is_empty())
            .map(|(scheme, scopes)| scope_row(integration, scheme, scopes))
            .collect(),
        documentation: action.documentation.clone(),
        links: action.links.clone(),
        basic: rows(basic),
        advanced: rows(advanced),
        rules: action.rules.iter().map(|rule| rule.sentence.clone()).collect(),
        rust: sample::call(integration, action, &info.package.name, &arguments)?,
        referrals: action.steps.iter().filter_map(referral).collect(),
        statements: action.steps.iter().filter_map(statement).collect(),
        shell: shell(integration, action, &arguments, preparer)?,
        by_name: sample::by_name(integration, action, &info.package.name, &arguments),
        output: output(integration, action),
        paging: paging(integration, &action.paging),
        errors: errors(&action.errors),
        workflows: action.workflows.clone(),
        renamed_from: action.renamed_from.clone(),
        changes: changelog::rows(&action.changes),
        sources: sources(&action.source),
        edit_url: edit_url(info, &action.spec_path),
    })
}

/// Which referrals the client follows.
fn referral(step: &Step) -> Option<String> {
    let Request::Line(tcp) = &step.request else { return None };
    let referral = tcp.referral.as_ref()?;
    let fields =
        referral.fields.iter().map(|field| markdown::code(field)).collect::<Vec<_>>().join(", ");
    let most = referral.most();
    let count = if most == 1 { "one referral".to_owned() } else { format!("{most} referrals") };
    let mut text = format!("Follows up to {count} named in {fields}.");
    for (host, line) in &referral.send {
        text.push_str(&format!(" Sends {} to {}.", markdown::code(line), markdown::code(host)));
    }
    Some(text)
}

/// A constant SQL statement.
fn statement(step: &Step) -> Option<String> {
    match &step.request {
        Request::Sql(sql) => sql.statement.as_ref().map(|text| text.trim_end().to_owned()),
        Request::Http(_) | Request::Line(_) => None,
    }
}

/// A shell command that sends the request. No common command binds parameters of SQL.
fn shell(
    integration: &Integration,
    action: &Action,
    arguments: &IndexMap<String, Value>,
    preparer: &Preparer,
) -> Result<Option<(&'static str, String)>, EmitError> {
    if integration.protocol() == Protocol::Tds {
        return Ok(None);
    }
    let requests = preparer
        .requests(integration, action, arguments)
        .map_err(|message| EmitError::sample(integration, action, message))?;
    Ok(match integration.protocol() {
        Protocol::Http => Some(("curl", curl::sample(integration, action, &requests))),
        Protocol::Tcp => Some(("Shell", curl::lines(action, &requests))),
        Protocol::Tds => None,
    })
}

pub(super) fn head(title: &str, slug: &str) -> IntegrationHead {
    IntegrationHead { title: title.to_owned(), slug: slug.to_owned() }
}

pub(super) fn edit_url(info: &Info, path: &str) -> Option<String> {
    info.edit_url.as_ref().map(|prefix| format!("{}/{path}", prefix.trim_end_matches('/')))
}

pub(super) fn permissions(permissions: &Permissions) -> (Vec<PermissionRow>, Option<String>) {
    match permissions {
        Permissions::None(why) => (Vec::new(), Some(why.clone())),
        Permissions::All(all) => {
            let rows = all.iter().map(|one| PermissionRow {
                name: one.name.clone(),
                kind: words::permission_kind(one.kind),
                when: one.when.clone(),
                link: one.link.clone(),
            });
            (rows.collect(), None)
        }
    }
}

fn scope_row(integration: &Integration, scheme: &str, scopes: &[String]) -> ScopeRow {
    let title =
        integration.authentication.get(scheme).map_or(scheme, |scheme| scheme.facts().title);
    ScopeRow { scheme: title.to_owned(), scopes: scopes.to_vec() }
}

pub(super) fn sources(sources: &[SourceDocument]) -> Vec<SourceRow> {
    let row = |source: &SourceDocument| SourceRow {
        is_url: source.document.starts_with("https://")
            && !source.document.contains(|c: char| c.is_whitespace() || "<>()|\"".contains(c)),
        document: source.document.clone(),
        operation: source.operation.clone(),
        version: source.version.clone(),
        read_on: source.read_on.clone(),
    };
    sources.iter().map(row).collect()
}

pub(super) fn errors(cases: &IndexMap<String, ErrorCase>) -> Vec<ErrorRow> {
    cases
        .iter()
        .map(|(status, case)| match case {
            ErrorCase::Description(text) => ErrorRow {
                status: status.clone(),
                meaning: text.clone(),
                remedy: None,
                retryable: false,
            },
            ErrorCase::Detailed { description, remedy, retryable } => ErrorRow {
                status: status.clone(),
                meaning: description.clone(),
                remedy: remedy.clone(),
                retryable: *retryable,
            },
        })
        .collect()
}

/// The anchor of a parameter: its key where that is a plain word, else its Rust name.
pub(super) fn anchor(parameter: &Parameter) -> String {
    let word = !parameter.key.is_empty()
        && parameter.key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    format!("parameter-{}", if word { &parameter.key } else { &parameter.ident })
}

/// Method and path; with the address of the server where the request names one.
fn request(integration: &Integration, step: &Step) -> String {
    let http = step.http().filter(|http| http.path.starts_with('/'));
    let server = step
        .server
        .as_ref()
        .and_then(|name| integration.servers.iter().find(|server| server.name == *name));
    match (http, server) {
        (Some(http), Some(server)) => {
            format!("{} {}{}", http.method.as_str(), server.url, http.path)
        }
        _ => step.request.summary(),
    }
}

/// The name on the wire, or the place in a body; of styles that make several names of one, their pattern.
fn on_the_wire(parameter: &Parameter) -> String {
    let name = &parameter.wire_name;
    let is_list = matches!(parameter.schema.ty, Type::Array(_));
    match parameter.style {
        Style::Numbered if is_list => format!("{name}.N"),
        Style::Members if is_list => format!("{name}.member.N"),
        Style::Numbered | Style::Members => format!("{name}.…"),
        Style::Prefix => format!("{name}…"),
        _ if parameter.pointer.is_empty() => name.clone(),
        _ => parameter.pointer.clone(),
    }
}

fn row(integration: &Integration, action: &Action, parameter: &Parameter) -> ParameterRow {
    let schema = &parameter.schema;
    let listed = match &schema.ty {
        Type::Array(items) => items,
        _ => schema,
    };
    let on_the_wire = on_the_wire(parameter);
    let usual = on_the_wire == parameter.key || on_the_wire == format!("/{}", parameter.key);
    ParameterRow {
        title: parameter.title.clone(),
        key: parameter.key.clone(),
        anchor: anchor(parameter),
        location: words::location(
            parameter.location,
            action.steps.get(parameter.step).map(|step| &step.request),
        ),
        wire_name: (!usual).then_some(on_the_wire),
        ty: words::ty(schema),
        required: schema.required && schema.default.is_none(),
        default: schema.default.clone(),
        vendor_default: schema.vendor_default.clone(),
        shown_default: schema.default.is_some() || schema.vendor_default.is_some(),
        example: schema.example.clone().filter(|_| !schema.secret),
        description: schema.description.clone().unwrap_or_default(),
        constraints: words::constraints(schema),
        pattern: words::pattern(schema).or_else(|| words::pattern(listed)),
        max_bytes: parameter.max_bytes,
        sql_type: parameter.sql_type.clone(),
        media_type: parameter.media_type.clone(),
        values: listed.values.iter().map(value_row).collect(),
        open_enum: listed.open_enum,
        secret: schema.secret,
        deprecated: schema.deprecated.clone(),
        values_from: parameter.values_from.as_ref().and_then(|from| {
            let source = integration.actions.iter().find(|other| other.id == from.action)?;
            let page =
                if source.id == action.id { String::new() } else { format!("{}.md", source.slug) };
            Some((source.title.clone(), page))
        }),
        authentication: parameter
            .authentication
            .iter()
            .map(|scheme| {
                integration
                    .authentication
                    .get(scheme)
                    .map_or(scheme.as_str(), |scheme| scheme.facts().title)
                    .to_owned()
            })
            .collect(),
    }
}

fn value_row(value: &EnumValue) -> ValueRow {
    ValueRow {
        value: value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned),
        title: value.title.clone(),
        description: value.description.clone().unwrap_or_default(),
        expands: value.expands.clone(),
        deprecated: value.deprecated.clone(),
    }
}

fn output(integration: &Integration, action: &Action) -> OutputPart {
    let output = &action.output;
    let (example, source, none) = match &output.example {
        Example::Given { value, source } => (Some(value), words::example_source(*source), None),
        Example::None(why) => (None, "", Some(why.clone())),
    };
    let example = example.map(markdown::json);
    let json = output.kind.is_structured();
    let fields = if json { fields(integration, &output.schema.ty) } else { Vec::new() };
    OutputPart {
        described: fields.iter().any(|field| field.description.is_some()),
        kind: output.kind.name(),
        summary: crate::output::sentences(output),
        description: output.description.clone(),
        fields,
        example_lines: example.as_ref().map_or(0, |text| text.lines().count()),
        example,
        example_source: source,
        example_none: none,
    }
}

/// The fields of a result, or of its items.
fn fields(integration: &Integration, ty: &Type) -> Vec<FieldRow> {
    match ty {
        Type::Named(name) => {
            integration.type_named(name).map_or_else(Vec::new, |def| match &def.schema.ty {
                Type::Named(_) => Vec::new(),
                ty => fields(integration, ty),
            })
        }
        Type::Array(items) => fields(integration, &items.ty),
        Type::Object(object) => object
            .properties
            .iter()
            .map(|property| FieldRow {
                name: property.name.clone(),
                ty: words::ty(&property.schema),
                description: property.schema.description.clone(),
                deprecated: property.schema.deprecated.is_some(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The pagination of an action, in sentences.
fn paging(integration: &Integration, paging: &Paging) -> Option<String> {
    let link = |id: &str| match integration.actions.iter().find(|action| action.id == id) {
        Some(action) => format!("[{}]({}.md)", markdown::plain(&action.title), action.slug),
        None => String::new(),
    };
    match paging {
        Paging::NotAList => None,
        Paging::None(why) => Some(format!("The result is not paginated. {}", markdown::block(why))),
        Paging::Paged(pagination) => Some(crate::paging::sentences(pagination, &link)),
    }
}

/// The title of a parameter of another action.
pub(super) fn parameter_title(action: Option<&Action>, key: &str) -> String {
    let parameter =
        action.and_then(|action| action.parameters.iter().find(|parameter| parameter.key == key));
    parameter.map_or_else(|| names::title(key), |parameter| parameter.title.clone())
}
