//! Actions.

use indexmap::IndexMap;

use super::checks::{check_id, check_request_header};
use super::context::Context;
use super::output::Pending;
use super::{output, paging, parameter, protocol, request, rules, text_checks};
use crate::catalog::Protocol;
use crate::catalog::names;
use crate::catalog::{Action, Request, Step};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::Loaded;
use crate::report::{Report, join};
use crate::scheme;
use crate::spec::{ActionSpec, BodyKind, Effect, ErrorCase, Location, Method, Retry};
use crate::text::first_sentence;

pub(super) fn resolve(
    id: &str,
    type_name: String,
    loaded: &Loaded<ActionSpec>,
    context: &Context,
) -> (Action, Option<Pending>, Vec<Diagnostic>) {
    let spec = &loaded.spec;
    let report = &mut Report::new(&loaded.tree);
    check_id(id, "action", report);
    check_texts(spec, context, report);
    let mut steps = request::steps(spec, context, report);
    let mut parameters = parameter::resolve(spec, &type_name, &steps, context, report);
    request::settle(&mut steps, &parameters, spec.request.is_some(), report);
    for parameter in &mut parameters {
        let whole = matches!(
            steps.get(parameter.step).and_then(Step::body),
            Some(BodyKind::Raw | BodyKind::JsonValue)
        );
        if whole && parameter.location == Location::Body {
            parameter.pointer = String::new();
        }
    }
    let effect = spec.effect.unwrap_or_else(|| implied_effect(&steps));
    let (output, pending) = output::resolve(&spec.output, &type_name, context, report);
    protocol::check_output(spec, &output, &steps, report);
    let paging = paging::resolve(spec, effect, &output, &parameters, context, report);
    let action = Action {
        id: id.to_owned(),
        ident: names::ident(id),
        slug: names::slug(id),
        spec_path: loaded.path.clone(),
        title: spec.title.clone(),
        description: spec.description.clone(),
        summary: first_sentence(&spec.description),
        group: spec.group.clone(),
        keywords: text_checks::keywords(&spec.keywords, report),
        notes: text_checks::notes(&spec.notes, "/notes", report),
        permissions: text_checks::permissions(&spec.permissions, report),
        scopes: spec.scopes.clone(),
        documentation: spec.documentation.clone(),
        links: spec.links.clone(),
        rules: rules::resolve(&spec.rules, &parameters, context.declared, report),
        output,
        paging,
        effect,
        retry: retry(spec, effect, report),
        errors: errors(spec, context, report),
        timeout_seconds: timeout(spec, report),
        workflows: spec.workflows.clone(),
        renamed_from: spec.renamed_from.clone(),
        deprecated: spec.deprecated.clone(),
        changes: text_checks::changes(&spec.changes, report),
        source: text_checks::source(&spec.source, report),
        features: loaded.features.clone(),
        type_name,
        steps,
        parameters,
    };
    (action, pending, std::mem::replace(report, Report::new(&loaded.tree)).into_findings())
}

fn check_texts(spec: &ActionSpec, context: &Context, report: &mut Report) {
    report.not_blank("/title", &spec.title);
    report.not_blank("/description", &spec.description);
    report.url("/documentation", &spec.documentation);
    text_checks::links(&spec.links, "/links", report);
    text_checks::deprecation(spec.deprecated.as_ref(), "/deprecated", report);
    for (index, title) in spec.workflows.iter().enumerate() {
        report.not_blank(&join("/workflows", index), title);
    }
    if let Some(group) = &spec.group {
        if context.spec.groups.contains_key(group) {
            context.use_group(group);
        } else {
            report.unknown(
                "/group",
                "group",
                group,
                context.spec.groups.keys().map(String::as_str),
            );
        }
    }
    check_scopes(spec, context, report);
}

fn check_scopes(spec: &ActionSpec, context: &Context, report: &mut Report) {
    for (name, scopes) in &spec.scopes {
        let pointer = join("/scopes", name);
        let Some(declared) = context.spec.authentication.get(name) else {
            report.unknown_key(
                &pointer,
                "authentication scheme",
                name,
                context.spec.authentication.keys().map(String::as_str),
            );
            continue;
        };
        let Some(known) = scheme::of(declared).scopes() else { continue };
        for (index, scope) in scopes.iter().enumerate() {
            if !known.contains_key(scope) {
                let known = known.keys().map(String::as_str);
                report.unknown(&join(&pointer, index), "scope", scope, known);
            }
        }
    }
    for (name, declared) in &context.spec.authentication {
        let has_scopes = scheme::of(declared).scopes().is_some_and(|scopes| !scopes.is_empty());
        if has_scopes && !spec.scopes.contains_key(name) {
            report
                .error_at_key(
                    Code::MissingScopes,
                    "/permissions",
                    format!("the scopes for `{name}` are missing"),
                )
                .help(format!(
                    "add `scopes: {{{name}: [...]}}`, with an empty list if none is required"
                ));
        }
    }
}

fn implied_effect(steps: &[Step]) -> Effect {
    steps
        .iter()
        .map(|step| match &step.request {
            Request::Http(http) => match http.method {
                Method::Get | Method::Head | Method::Options => Effect::Read,
                Method::Delete => Effect::Destructive,
                Method::Post | Method::Put | Method::Patch => Effect::Write,
            },
            Request::Line(_) => Effect::Read,
            Request::Sql(_) => Effect::Write,
        })
        .max()
        .unwrap_or(Effect::Read)
}

fn retry(spec: &ActionSpec, effect: Effect, report: &mut Report) -> Retry {
    match &spec.retry {
        Some(retry) => {
            match retry {
                Retry::Unsafe(why) => report.not_blank("/retry/unsafe", why),
                Retry::IdempotencyKey(header) => {
                    check_request_header(header, "/retry/idempotencyKey", report);
                }
                Retry::IdempotencyParameter(key) => match spec.parameters.get(key) {
                    None => {
                        let known = spec.parameters.keys().map(String::as_str);
                        report.unknown("/retry/idempotencyParameter", "parameter", key, known);
                    }
                    Some(parameter)
                        if parameter.schema.ty.as_ref().is_none_or(|ty| ty.0 != "string")
                            || parameter.schema.required =>
                    {
                        let message = format!(
                            "`{key}` is not an optional string, which the client could generate"
                        );
                        report
                            .error(Code::BadLocation, "/retry/idempotencyParameter", message)
                            .help("name another parameter");
                    }
                    Some(_) => {}
                },
                Retry::Safe => {}
            }
            retry.clone()
        }
        None if effect == Effect::Read => Retry::Safe,
        None => {
            let at = if spec.request.is_some() { "/request" } else { "/steps" };
            report
                .error_at_key(
                    Code::MissingRetry,
                    at,
                    "`retry` is missing: is it safe to repeat the request?",
                )
                .help("add `retry: safe` if the request is idempotent")
                .help("or add `retry: {unsafe: why}`")
                .note(
                    "a response can get lost; only the spec can say whether \
                    a repeated request does harm",
                );
            Retry::Unsafe(String::new())
        }
    }
}

fn errors(
    spec: &ActionSpec,
    context: &Context,
    report: &mut Report,
) -> IndexMap<String, ErrorCase> {
    check_error_keys(&spec.errors, "/errors", protocol::protocol(context.spec), report);
    let mut all = context.spec.errors.cases.clone();
    all.extend(spec.errors.iter().map(|(key, case)| (key.clone(), case.clone())));
    all.sort_keys();
    all
}

/// Keys of error cases: a status, or a status and a code; where answers have no status, a code.
pub(super) fn check_error_keys(
    errors: &IndexMap<String, ErrorCase>,
    pointer: &str,
    protocol: Protocol,
    report: &mut Report,
) {
    if protocol != Protocol::Http {
        return;
    }
    for key in errors.keys() {
        let status = key.split(' ').next().unwrap_or_default();
        if !status.parse::<u16>().is_ok_and(|status| (100..600).contains(&status)) {
            report
                .error_at_key(
                    Code::BadErrorCase,
                    &join(pointer, key),
                    format!("`{key}` is not an HTTP status"),
                )
                .help(
                    "write a status, or a status and the vendor's code: `404` or `400 \
                    invalid_name`",
                );
        }
    }
}

fn timeout(spec: &ActionSpec, report: &mut Report) -> f64 {
    let seconds = spec.timeout_seconds.unwrap_or(60.0);
    if !(seconds > 0.0 && seconds <= 86_400.0) {
        report.error(
            Code::BadConstraint,
            "/timeoutSeconds",
            "the timeout must be greater than 0 and at most one day",
        );
    }
    seconds
}
