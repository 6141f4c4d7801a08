//! One integration: its own file, then its actions and triggers, then what holds between them.

use super::checks::check_id;
use super::context::Context;
use super::known::{Declared, Types};
use super::output::Pending;
use super::types::Owner;
use super::{
    action, authentication, checks, cycles, nesting, protocol, references, schema, servers,
    text_checks, trigger, types,
};
use crate::catalog::names::{self, Scope};
use crate::catalog::{Action, Integration, Trigger, TypeDef};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::{IntegrationSources, Loaded};
use crate::report::{Report, check_pointer, join};
use crate::spec::{CatalogSpec, Effect, IntegrationSpec};
use crate::text::first_sentence;

/// Resolves an integration. `None` when its own file could not be decoded, which is reported already.
pub(super) fn resolve(
    id: &str,
    sources: &IntegrationSources,
    catalog: Option<&CatalogSpec>,
) -> (Option<Integration>, Vec<Diagnostic>) {
    let Some(loaded) = &sources.integration else { return (None, Vec::new()) };
    let spec = &loaded.spec;
    let mut report = Report::new(&loaded.tree);
    check_id(id, "integration", &mut report);
    check_texts(spec, catalog, &mut report);
    // Before anything follows types to types.
    if !nesting::check(&spec.types, &mut report) {
        return (None, report.into_findings());
    }
    let types = Types::new(&loaded.tree, &spec.types, schema::resolve);
    let declared = declared_types(spec, &types, &mut report);
    cycles::check(&declared, &mut report);
    let declared: Declared = declared.iter().map(|def| (def.name.as_str(), def)).collect();
    for (name, def) in &declared {
        schema::check_values(&def.schema, &join("/types", name), &declared, &mut report);
    }
    let context =
        Context::new(spec, sources, &declared, &types, names::own_type_ident(id, "Client"));
    let servers = servers::resolve(&spec.servers, &mut report);
    let authentication = authentication::resolve(spec, &mut report);
    let mut findings = Vec::new();
    let (mut actions, mut triggers, pending) = resolve_files(&context, &mut findings);
    findings.extend(references::check(&actions, &triggers, &context));
    let named = types::infer(&mut actions, &mut triggers, &pending, &context, &mut findings);
    check_connection_test(spec, &actions, sources, &mut report);
    check_unused(&context, &mut report);
    check_unused_examples(&context, loaded, &mut findings);
    findings.extend(report.into_findings());
    (
        Some(assemble(
            id,
            loaded,
            context.type_name,
            servers,
            authentication,
            named,
            actions,
            triggers,
        )),
        findings,
    )
}

type Files = (Vec<Action>, Vec<Trigger>, Vec<(Owner, Pending)>);

/// Actions and triggers, and the examples whose types are still to be inferred.
fn resolve_files(context: &Context, findings: &mut Vec<Diagnostic>) -> Files {
    let mut scope =
        Scope::reserving(&[&context.type_name, &format!("{}Builder", context.type_name)]);
    let mut pending = Vec::new();
    let mut actions = Vec::new();
    for (id, loaded) in &context.sources.actions {
        let (action, waiting, found) =
            action::resolve(id, scope.take(names::own_type_ident(id, "Action")), loaded, context);
        pending.extend(waiting.map(|waiting| (Owner::Action(actions.len()), waiting)));
        actions.push(action);
        findings.extend(found);
    }
    let mut triggers = Vec::new();
    for (id, loaded) in &context.sources.triggers {
        let (trigger, waiting, found) = trigger::resolve(id, loaded, context);
        pending.push((Owner::Trigger(triggers.len()), waiting));
        triggers.push(trigger);
        findings.extend(found);
    }
    (actions, triggers, pending)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one whole")]
fn assemble(
    id: &str,
    loaded: &Loaded<IntegrationSpec>,
    type_name: String,
    servers: Vec<crate::catalog::Server>,
    authentication: indexmap::IndexMap<String, crate::spec::Authentication>,
    types: Vec<TypeDef>,
    actions: Vec<Action>,
    triggers: Vec<Trigger>,
) -> Integration {
    let spec = &loaded.spec;
    let mut notes = Report::new(&loaded.tree);
    Integration {
        id: id.to_owned(),
        type_name,
        slug: names::slug(id),
        spec_path: loaded.path.clone(),
        title: spec.title.clone(),
        keywords: text_checks::keywords(&spec.keywords, &mut notes),
        vendor: spec.vendor.clone(),
        description: spec.description.clone(),
        summary: first_sentence(&spec.description),
        category: spec.category.clone(),
        documentation: spec.documentation.clone(),
        links: spec.links.clone(),
        notes: text_checks::notes(&spec.notes, "/notes", &mut notes),
        version: spec.version.clone(),
        api_version: spec.api_version.clone(),
        servers,
        authentication,
        connection_test: spec.connection_test.clone(),
        headers: spec.headers.clone(),
        errors: spec.errors.clone(),
        rate_limit: spec.rate_limit.clone(),
        retry: spec.retry.clone(),
        groups: spec.groups.clone(),
        types,
        actions,
        triggers,
        features: loaded.features.clone(),
        deprecated: spec.deprecated.clone(),
        changes: text_checks::changes(&spec.changes, &mut notes),
    }
}

fn check_texts(spec: &IntegrationSpec, catalog: Option<&CatalogSpec>, report: &mut Report) {
    for (pointer, text) in
        [("/title", &spec.title), ("/vendor", &spec.vendor), ("/description", &spec.description)]
    {
        report.not_blank(pointer, text);
    }
    report.url("/documentation", &spec.documentation);
    if let Some(version) = &spec.version {
        text_checks::version(version, "/version", report);
    }
    text_checks::links(&spec.links, "/links", report);
    text_checks::notes(&spec.notes, "/notes", report);
    text_checks::deprecation(spec.deprecated.as_ref(), "/deprecated", report);
    text_checks::changes(&spec.changes, report);
    action::check_error_keys(&spec.errors.cases, "/errors/cases", protocol::protocol(spec), report);
    for (name, value) in &spec.headers {
        checks::check_request_header(name, &join("/headers", name), report);
        checks::check_header_value(value, &join("/headers", name), report);
    }
    let envelope = &spec.errors;
    for (index, pointer) in envelope.message.iter().enumerate() {
        check_pointer(pointer, &join("/errors/message", index), report);
    }
    for (index, pointer) in envelope.code.iter().enumerate() {
        check_pointer(pointer, &join("/errors/code", index), report);
    }
    if let Some(categories) = catalog.map(|catalog| &catalog.categories)
        && !categories.is_empty()
        && !categories.contains_key(&spec.category)
    {
        report.unknown(
            "/category",
            "category",
            &spec.category,
            categories.keys().map(String::as_str),
        );
    }
}

fn declared_types(spec: &IntegrationSpec, types: &Types, report: &mut Report) -> Vec<TypeDef> {
    let mut declared = Vec::new();
    for (name, written) in &spec.types {
        let pointer = join("/types", name);
        if names::type_ident(name) != *name {
            report
                .error_at_key(
                    Code::BadId,
                    &pointer,
                    format!("`{name}` cannot be the name of a type"),
                )
                .help(format!("write it as `{}`", names::type_ident(name)));
        }
        let resolved = schema::resolve(written, &pointer, types, report);
        declared.push(TypeDef {
            name: name.clone(),
            description: written.description.clone(),
            schema: resolved,
        });
    }
    declared
}

fn check_connection_test(
    spec: &IntegrationSpec,
    actions: &[Action],
    sources: &IntegrationSources,
    report: &mut Report,
) {
    let Some(id) = &spec.connection_test else { return };
    let Some(action) = actions.iter().find(|action| action.id == *id) else {
        if !sources.broken.contains(id) {
            report.unknown(
                "/connectionTest",
                "action",
                id,
                actions.iter().map(|action| action.id.as_str()),
            );
        }
        return;
    };
    let demands = action
        .parameters
        .iter()
        .any(|parameter| parameter.schema.required && parameter.schema.default.is_none());
    if action.effect != Effect::Read || demands {
        report
            .error(
                Code::BadConnectionTest,
                "/connectionTest",
                format!("`{id}` cannot test a connection"),
            )
            .note("a connection test is a read without required parameters")
            .help("name another action");
    }
}

fn check_unused(context: &Context, report: &mut Report) {
    let used = context.types.used.borrow();
    for name in context.spec.types.keys().filter(|name| !used.contains(*name)) {
        report
            .error_at_key(
                Code::Unused,
                &join("/types", name),
                format!("the type `{name}` is not used"),
            )
            .help("use it, or remove it");
    }
    drop(used);
    let groups = context.spec.groups.keys().map(|name| ("groups", name));
    let pagination = context.spec.pagination.keys().map(|name| ("pagination", name));
    for (what, name) in groups.chain(pagination) {
        let pointer = join(&format!("/{what}"), name);
        if !context.is_used(&pointer) && context.sources.broken.is_empty() {
            report
                .error_at_key(
                    Code::Unused,
                    &pointer,
                    format!("no action uses `{name}` of `{what}`"),
                )
                .help("use it, or remove it");
        }
    }
}

fn check_unused_examples(
    context: &Context,
    loaded: &Loaded<IntegrationSpec>,
    findings: &mut Vec<Diagnostic>,
) {
    if !context.sources.broken.is_empty() {
        return;
    }
    for (name, file) in &context.sources.examples {
        if !context.is_used(&join("examples", name)) {
            let span = crate::diagnostics::Span { file: file.file.clone(), range: 0..0 };
            let folder = loaded.path.trim_end_matches("integration.yaml");
            findings.push(
                Diagnostic::error(
                    Code::Unused,
                    span,
                    format!("no action or trigger of `{folder}` uses the example `{name}`"),
                )
                .help(
                    "name it in an action's `output.example` or a trigger's `event`, or \
                    remove the file",
                ),
            );
        }
    }
}
