//! The `static` descriptors: what the engine is told of an integration, and where it reads what it is told of an action.

use proc_macro2::TokenStream;
use quote::quote;

use super::{authentication, docs, literal, names};
use crate::catalog::{Action, Integration, Server};
use crate::spec::{ErrorCase, ErrorEnvelope, RetryPolicy};

/// Statuses that pass by themselves, unless an integration says otherwise.
const PASSING_STATUSES: &[u16] = &[408, 429, 500, 502, 503, 504];
/// Tries of one request, unless an integration says otherwise.
const MOST_TRIES: u32 = 4;

/// `INTEGRATION`
pub(super) fn integration(
    integration: &Integration,
    has_schemas: bool,
) -> syn::Result<TokenStream> {
    let Integration { id, title, vendor, summary, documentation, .. } = integration;
    let servers = integration.servers.iter().map(server);
    let authentication =
        integration.authentication.iter().map(|(name, way)| authentication::descriptor(name, way));
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
    let actions =
        integration.actions.iter().map(|action| names::ident(&names::action_module(&action.ident)));
    let actions = actions.collect::<syn::Result<Vec<_>>>()?;
    let triggers =
        integration.triggers.iter().map(|trigger| names::ident(&trigger.ident.to_uppercase()));
    let triggers = triggers.collect::<syn::Result<Vec<_>>>()?;
    let deprecated = deprecation(integration.deprecated.as_ref());
    let schemas = if has_schemas { quote!(Some(&SCHEMAS)) } else { quote!(None) };
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
            schemas: #schemas,
            actions: &[#(&#actions::ACTION),*],
            triggers: &[#(&triggers::#triggers),*],
            deprecated: #deprecated,
        }
    })
}

/// `ACTION`
pub(super) fn action(action: &Action) -> TokenStream {
    let id = &action.id;
    let text = include(&format!("{}.json", names::action_module(&action.ident)));
    quote!(rt::descriptor::LazyAction::new(&super::INTEGRATION, #id, #text))
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
        let (meaning, retryable) = error_case(case);
        quote!(descriptor::ErrorCase { on: #status, meaning: #meaning, retryable: #retryable })
    });
    quote!(&[#(#cases),*])
}

fn retry_policy(policy: Option<&RetryPolicy>) -> TokenStream {
    let statuses = policy
        .map(|policy| policy.statuses.as_slice())
        .filter(|statuses| !statuses.is_empty())
        .unwrap_or(PASSING_STATUSES);
    let statuses = statuses.iter().map(|status| literal::unsigned((*status).into()));
    let max_tries =
        literal::unsigned(policy.and_then(|policy| policy.max_tries).unwrap_or(MOST_TRIES).into());
    let after_header =
        policy.and_then(|policy| policy.after_header.as_deref()).unwrap_or("Retry-After");
    quote!(descriptor::RetryPolicy { statuses: &[#(#statuses),*], max_tries: #max_tries, after_header: #after_header })
}

fn small(number: Option<u32>) -> TokenStream {
    literal::option(number, |number| literal::unsigned(number.into()))
}

/// Seconds that a spec states, as milliseconds; a day at most.
pub(super) fn milliseconds(seconds: f64) -> u64 {
    let milliseconds =
        std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default().as_millis();
    u64::try_from(milliseconds).unwrap_or(u64::MAX).min(86_400_000)
}

/// What a failure means, and whether the same request can succeed later.
pub(super) fn error_case(case: &ErrorCase) -> (String, bool) {
    match case {
        ErrorCase::Description(description) => (description.clone(), false),
        ErrorCase::Detailed { description, remedy: None, retryable, .. } => {
            (description.clone(), *retryable)
        }
        ErrorCase::Detailed { description, remedy: Some(remedy), retryable, .. } => {
            (format!("{description} {remedy}"), *retryable)
        }
    }
}
