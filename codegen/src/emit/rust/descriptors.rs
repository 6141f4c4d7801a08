//! The `static` descriptors: what the engine is told of an integration and of an action.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{authentication, docs, literal, names, paging, schema, transport};
use crate::catalog::{Action, Example, Integration, Output, Parameter, Permissions, ResolvedRule, Server, Step, Wire};
use crate::spec::{BodyKind, Checksum, Effect, ErrorCase, ErrorEnvelope, Location, OutputKind, Poll, Retry, RetryPolicy, Rule, Style};

/// Statuses that pass by themselves, unless an integration says otherwise.
const PASSING_STATUSES: &[u16] = &[408, 429, 500, 502, 503, 504];
/// Tries of one request, unless an integration says otherwise.
const MOST_TRIES: u32 = 4;

/// `INTEGRATION`
pub(super) fn integration(integration: &Integration) -> syn::Result<TokenStream> {
    let Integration { id, title, vendor, summary, documentation, .. } = integration;
    let servers = integration.servers.iter().map(server);
    let authentication = integration.authentication.iter().map(|(name, way)| authentication::descriptor(name, way));
    let headers = literal::pairs(&integration.headers);
    let errors = envelope(&integration.errors);
    let retry = retry_policy(integration.retry.as_ref());
    let rate_limit = literal::option(integration.rate_limit.as_ref(), |limit| {
        let requests = small(limit.requests);
        let per_seconds = small(limit.per_seconds);
        let concurrent = small(limit.concurrent);
        let remaining_header = limit.remaining_header.as_deref().unwrap_or_default();
        let reset_header = limit.reset_header.as_deref().unwrap_or_default();
        quote!(descriptor::RateLimit {
            requests: #requests,
            per_seconds: #per_seconds,
            concurrent: #concurrent,
            remaining_header: #remaining_header,
            reset_header: #reset_header
        })
    });
    let connection_test = literal::text_option(integration.connection_test.as_deref());
    let actions = integration.actions.iter().map(|action| names::ident(&names::action_module(&action.ident)));
    let actions = actions.collect::<syn::Result<Vec<_>>>()?;
    let triggers = integration.triggers.iter().map(|trigger| names::ident(&trigger.ident.to_uppercase()));
    let triggers = triggers.collect::<syn::Result<Vec<_>>>()?;
    let deprecated = deprecation(integration.deprecated.as_ref());
    Ok(quote! {
        descriptor::Integration {
            id: #id,
            title: #title,
            vendor: #vendor,
            summary: #summary,
            documentation: #documentation,
            servers: &[#(#servers),*],
            authentication: &[#(#authentication),*],
            headers: #headers,
            errors: #errors,
            retry: #retry,
            rate_limit: #rate_limit,
            connection_test: #connection_test,
            types: include_str!("schemas/types.json"),
            actions: &[#(&#actions::ACTION),*],
            triggers: &[#(&triggers::#triggers),*],
            deprecated: #deprecated,
        }
    })
}

/// `ACTION`
pub(super) fn action(integration: &Integration, action: &Action) -> syn::Result<TokenStream> {
    let Action { id, title, description, documentation, .. } = action;
    let permissions = permissions(&action.permissions);
    let scopes = action.scopes.iter().map(|(way, scopes)| {
        let scopes = literal::texts(scopes);
        quote!((#way, #scopes))
    });
    let effect = effect(action.effect);
    let retry = retry(&action.retry);
    let parameters = action.parameters.iter().map(|item| parameter(integration, item)).collect::<syn::Result<Vec<_>>>()?;
    let rules = action.rules.iter().map(rule);
    let steps =
        action.steps.iter().enumerate().map(|(index, item)| step(item, (index + 1 == action.steps.len()).then_some(&action.output)));
    let output = output(action);
    let paging = paging::descriptor(integration, &action.paging)?;
    // What holds for the whole integration stands there, once: repeated by every action it would be a third of the code.
    let errors = action.errors.iter().filter(|(status, case)| integration.errors.cases.get(*status) != Some(case));
    let errors = error_cases(errors);
    let timeout_ms = milliseconds(action.timeout_seconds);
    let parameters_schema = include(&format!("schemas/{id}.parameters.json"));
    let output_schema = match action.output.kind {
        OutputKind::Json | OutputKind::Xml | OutputKind::Fields | OutputKind::Headers => include(&format!("schemas/{id}.output.json")),
        OutputKind::Text | OutputKind::Binary | OutputKind::Empty => quote!(""),
    };
    let example = match &action.output.example {
        Example::Given { .. } => include(&format!("examples/{id}.json")),
        Example::None(_) => quote!(""),
    };
    let deprecated = deprecation(action.deprecated.as_ref());
    Ok(quote! {
        descriptor::Action {
            integration: &super::INTEGRATION,
            id: #id,
            title: #title,
            description: #description,
            documentation: #documentation,
            permissions: #permissions,
            scopes: &[#(#scopes),*],
            effect: descriptor::Effect::#effect,
            retry: #retry,
            parameters: &[#(#parameters),*],
            rules: &[#(#rules),*],
            steps: &[#(#steps),*],
            output: #output,
            paging: #paging,
            errors: #errors,
            timeout_ms: #timeout_ms,
            parameters_schema: #parameters_schema,
            output_schema: #output_schema,
            example: #example,
            deprecated: #deprecated,
        }
    })
}

/// The text of a file beside the module.
pub(super) fn include(path: &str) -> TokenStream {
    quote!(include_str!(#path))
}

fn deprecation(deprecation: Option<&crate::spec::Deprecation>) -> TokenStream {
    literal::text_option(deprecation.map(docs::note).as_deref())
}

fn server(server: &Server) -> TokenStream {
    let Server { name, url, variables, .. } = server;
    let variables = variables.iter().map(|(name, variable)| {
        let default = literal::text_option(variable.default.as_deref());
        let values = literal::texts(variable.values.keys());
        let pattern = literal::text_option(variable.pattern.as_deref());
        quote!(descriptor::Variable { name: #name, default: #default, values: #values, pattern: #pattern })
    });
    quote!(descriptor::Server { name: #name, url: #url, variables: &[#(#variables),*] })
}

fn envelope(errors: &ErrorEnvelope) -> TokenStream {
    let message = literal::texts(&errors.message);
    let code = literal::texts(&errors.code);
    let request_id_header = literal::text_option(errors.request_id_header.as_deref());
    let success = literal::option(errors.success.as_ref(), |check| {
        let at = &check.at;
        let equals = literal::literal(&check.equals);
        quote!((#at, #equals))
    });
    let code_after = errors.code_after.as_deref().unwrap_or_default();
    let cases = error_cases(&errors.cases);
    quote!(descriptor::ErrorEnvelope {
        message: #message,
        code: #code,
        code_after: #code_after,
        request_id_header: #request_id_header,
        success: #success,
        cases: #cases
    })
}

fn error_cases<'a>(cases: impl IntoIterator<Item = (&'a String, &'a ErrorCase)>) -> TokenStream {
    let cases = cases.into_iter().map(|(status, case)| {
        let meaning = error_case(case);
        let retryable = matches!(case, ErrorCase::Detailed { retryable: true, .. });
        quote!(descriptor::ErrorCase { on: #status, meaning: #meaning, retryable: #retryable })
    });
    quote!(&[#(#cases),*])
}

fn retry_policy(policy: Option<&RetryPolicy>) -> TokenStream {
    let statuses = policy.map(|policy| policy.statuses.as_slice()).filter(|statuses| !statuses.is_empty()).unwrap_or(PASSING_STATUSES);
    let statuses = statuses.iter().map(|status| literal::unsigned((*status).into()));
    let max_tries = literal::unsigned(policy.and_then(|policy| policy.max_tries).unwrap_or(MOST_TRIES).into());
    let after_header = policy.and_then(|policy| policy.after_header.as_deref()).unwrap_or("Retry-After");
    quote!(descriptor::RetryPolicy { statuses: &[#(#statuses),*], max_tries: #max_tries, after_header: #after_header })
}

fn small(number: Option<u32>) -> TokenStream {
    literal::option(number, |number| literal::unsigned(number.into()))
}

/// Seconds that a spec states, as milliseconds; a day at most.
fn milliseconds(seconds: f64) -> TokenStream {
    let milliseconds = std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default().as_millis();
    literal::unsigned(u64::try_from(milliseconds).unwrap_or(u64::MAX).min(86_400_000))
}

fn permissions(permissions: &Permissions) -> TokenStream {
    let Permissions::All(permissions) = permissions else { return quote!(&[]) };
    let permissions = permissions.iter().map(|permission| match &permission.when {
        Some(when) => format!("{} (when {when})", permission.name),
        None => permission.name.clone(),
    });
    quote!(&[#(#permissions),*])
}

fn effect(effect: Effect) -> TokenStream {
    match effect {
        Effect::Read => quote!(Read),
        Effect::Write => quote!(Write),
        Effect::Destructive => quote!(Destructive),
    }
}

fn retry(retry: &Retry) -> TokenStream {
    match retry {
        Retry::Safe => quote!(descriptor::Retry::Safe),
        Retry::Unsafe(_) => quote!(descriptor::Retry::Unsafe),
        Retry::IdempotencyKey(header) => quote!(descriptor::Retry::IdempotencyKey(#header)),
        Retry::IdempotencyParameter(key) => quote!(descriptor::Retry::IdempotencyParameter(#key)),
    }
}

fn parameter(integration: &Integration, parameter: &Parameter) -> syn::Result<TokenStream> {
    let Parameter { key, wire_name, title, pointer, step, schema, .. } = parameter;
    let mut fields = Vec::new();
    match parameter.location {
        Location::Path => fields.push(quote!(location: descriptor::Location::Path)),
        Location::Query => {}
        Location::Header => fields.push(quote!(location: descriptor::Location::Header)),
        Location::Cookie => fields.push(quote!(location: descriptor::Location::Cookie)),
        Location::Body => fields.push(quote!(location: descriptor::Location::Body)),
    }
    match parameter.style {
        Style::Repeat => {}
        Style::Comma => fields.push(quote!(style: descriptor::Style::Comma)),
        Style::Pipe => fields.push(quote!(style: descriptor::Style::Pipe)),
        Style::Space => fields.push(quote!(style: descriptor::Style::Space)),
        Style::Brackets => fields.push(quote!(style: descriptor::Style::Brackets)),
        Style::Json => fields.push(quote!(style: descriptor::Style::Json)),
        Style::Numbered => fields.push(quote!(style: descriptor::Style::Numbered)),
        Style::Members => fields.push(quote!(style: descriptor::Style::Members)),
        Style::Segments => fields.push(quote!(style: descriptor::Style::Segments)),
        Style::Prefix => fields.push(quote!(style: descriptor::Style::Prefix)),
    }
    if !pointer.is_empty() {
        fields.push(quote!(pointer: #pointer));
    }
    if *step > 0 {
        let step = literal::unsigned(u64::try_from(*step).unwrap_or_default());
        fields.push(quote!(step: #step));
    }
    if schema.required {
        fields.push(quote!(required: true));
    }
    if schema.secret {
        fields.push(quote!(secret: true));
    }
    if let Some(default) = &schema.default {
        let default = literal::literal(default);
        fields.push(quote!(default: Some(#default)));
    }
    fields.extend(parameter.media_type.as_ref().map(|media_type| quote!(media_type: Some(#media_type))));
    fields.extend(parameter.sql_type.as_ref().map(|sql_type| quote!(sql_type: #sql_type)));
    let max_bytes = parameter.max_bytes.map(literal::unsigned);
    fields.extend(max_bytes.map(|max_bytes| quote!(max_bytes: Some(#max_bytes))));
    if schema.deprecated.is_some() {
        let deprecated = deprecation(schema.deprecated.as_ref());
        fields.push(quote!(deprecated: #deprecated));
    }
    let schema = schema::by_value(integration, schema, &quote!(super::types::))?;
    Ok(quote! {
        descriptor::Parameter {
            key: #key, wire_name: #wire_name, title: #title, #(#fields,)* schema: #schema, ..descriptor::Parameter::DEFAULT
        }
    })
}

fn rule(rule: &ResolvedRule) -> TokenStream {
    let one = |map: &IndexMap<String, Vec<String>>| {
        let entries = map.iter().map(|(key, others)| (key.clone(), literal::texts(others)));
        entries.collect::<Vec<_>>()
    };
    let kinds: Vec<TokenStream> = match &rule.rule {
        Rule::ExactlyOneOf(keys) => vec![listed(&quote!(ExactlyOneOf), keys)],
        Rule::AtLeastOneOf(keys) => vec![listed(&quote!(AtLeastOneOf), keys)],
        Rule::AtMostOneOf(keys) => vec![listed(&quote!(AtMostOneOf), keys)],
        Rule::AllOrNone(keys) => vec![listed(&quote!(AllOrNone), keys)],
        Rule::Requires(map) => one(map).into_iter().map(|(key, others)| quote!(Requires(#key, #others))).collect(),
        Rule::Conflicts(map) => one(map).into_iter().map(|(key, others)| quote!(Conflicts(#key, #others))).collect(),
        Rule::RequiredIf(condition) => vec![conditional(&quote!(RequiredIf), condition)],
        Rule::AllowedIf(condition) => vec![conditional(&quote!(AllowedIf), condition)],
    };
    let sentence = &rule.sentence;
    let rules = kinds.into_iter().map(|kind| quote!(descriptor::Rule { kind: descriptor::RuleKind::#kind, sentence: #sentence }));
    quote!(#(#rules),*)
}

fn listed(kind: &TokenStream, keys: &[String]) -> TokenStream {
    let keys = literal::texts(keys);
    quote!(#kind(#keys))
}

fn conditional(kind: &TokenStream, condition: &crate::spec::Condition) -> TokenStream {
    let keys = literal::texts(&condition.parameters);
    let conditions = condition.when.iter().map(|(key, value)| {
        let values = match value {
            Value::Array(values) => literal::literals(values),
            value => literal::literals([value]),
        };
        quote!(descriptor::Condition { parameter: #key, values: #values })
    });
    quote!(#kind(#keys, &[#(#conditions),*]))
}

/// A request; of the last one also how its answer is read.
fn step(step: &Step, output: Option<&Output>) -> TokenStream {
    let (method, path) = match &step.wire {
        Wire::Http => (step.method.as_str(), step.path.as_str()),
        Wire::Tcp(_) => ("TCP", ""),
        Wire::Sql(_) => ("SQL", ""),
    };
    let mut fields = Vec::new();
    if !step.name.is_empty() {
        let name = &step.name;
        fields.push(quote!(name: #name));
    }
    fields.extend(step.server.as_ref().map(|server| quote!(server: Some(#server))));
    for (field, map) in [(quote!(query), &step.query), (quote!(headers), &step.headers), (quote!(capture), &step.capture)] {
        if !map.is_empty() {
            let map = literal::pairs(map);
            fields.push(quote!(#field: #map));
        }
    }
    if let Some(body) = transport::body(&step.wire) {
        fields.push(quote!(body: #body));
    }
    if let Some(body) = step.body {
        let body = body_kind(body, step.graphql.as_deref());
        fields.push(quote!(body: descriptor::Body::#body));
    }
    if !step.constants.is_empty() {
        let constants = step.constants.iter().map(|(pointer, value)| {
            let value = literal::literal(value);
            quote!((#pointer, #value))
        });
        fields.push(quote!(constants: &[#(#constants),*]));
    }
    if let Some(Checksum { header, algorithm, encoding }) = &step.checksum {
        let (algorithm, encoding) = (authentication::algorithm(*algorithm), authentication::encoding(*encoding));
        fields.push(quote!(checksum: Some(descriptor::Checksum { header: #header, algorithm: #algorithm, encoding: #encoding })));
    }
    if let Some(item_element) = output.and_then(|output| output.item_element.as_deref()) {
        fields.push(quote!(item_element: #item_element));
    }
    if let Some(headers) = output.map(|output| &output.headers).filter(|headers| !headers.is_empty()) {
        let headers = literal::pairs(headers);
        fields.push(quote!(result_headers: #headers));
    }
    if let Some(poll) = &step.poll {
        let poll = self::poll(poll);
        fields.push(quote!(poll: Some(#poll)));
    }
    quote!(descriptor::Step { method: #method, path: #path, #(#fields,)* ..descriptor::Step::DEFAULT })
}

fn body_kind(kind: BodyKind, graphql: Option<&str>) -> TokenStream {
    match kind {
        BodyKind::Json => quote!(Json),
        BodyKind::JsonValue => quote!(JsonValue),
        BodyKind::Form => quote!(Form),
        BodyKind::Multipart => quote!(Multipart),
        BodyKind::Raw => quote!(Raw),
        BodyKind::Xml => quote!(Xml),
        BodyKind::Graphql => {
            let document = graphql.unwrap_or_default();
            quote!(Graphql(#document))
        }
    }
}

fn poll(poll: &Poll) -> TokenStream {
    let state = &poll.state;
    let done = literal::literals(&poll.done);
    let failed = literal::literals(&poll.failed);
    let every_ms = milliseconds(poll.every_seconds.unwrap_or(2.0));
    let timeout_ms = milliseconds(poll.timeout_seconds);
    quote!(descriptor::Poll { state: #state, done: #done, failed: #failed, every_ms: #every_ms, timeout_ms: #timeout_ms })
}

fn output(action: &Action) -> TokenStream {
    let at = &action.output.at;
    let media_type = action.output.media_type.as_deref();
    let (kind, accept) = match action.output.kind {
        OutputKind::Json => (quote!(Json), media_type.unwrap_or("application/json")),
        OutputKind::Xml => (quote!(Xml), media_type.unwrap_or("application/xml, text/xml")),
        OutputKind::Fields => (quote!(Fields), media_type.unwrap_or("text/*")),
        OutputKind::Text => (quote!(Text), media_type.unwrap_or("text/*")),
        OutputKind::Binary => (quote!(Binary), media_type.unwrap_or("application/octet-stream")),
        OutputKind::Headers => (quote!(Headers), media_type.unwrap_or("*/*")),
        OutputKind::Empty => (quote!(Empty), media_type.unwrap_or("*/*")),
    };
    quote!(descriptor::Output { kind: descriptor::OutputKind::#kind, at: #at, accept: #accept })
}

fn error_case(case: &ErrorCase) -> String {
    match case {
        ErrorCase::Description(description) | ErrorCase::Detailed { description, remedy: None, .. } => description.clone(),
        ErrorCase::Detailed { description, remedy: Some(remedy), .. } => format!("{description} {remedy}"),
    }
}
