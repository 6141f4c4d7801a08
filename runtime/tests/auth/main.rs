//! Each way to authenticate against a server on this machine that checks it.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::items_after_statements, reason = "facts stand beside the test that needs them")]

#[cfg(all(feature = "aws", feature = "xml"))]
mod aws;
mod keys;
mod oauth2;
#[cfg(all(feature = "aws", feature = "digest", feature = "hmac", feature = "jwt"))]
mod secrets;
mod server;
mod session;
#[cfg(all(feature = "aws", feature = "digest", feature = "hmac", feature = "jwt"))]
mod signed;
#[cfg(feature = "rustls")]
mod tls;

use actionspec_runtime::descriptor::*;
use actionspec_runtime::{Call, Client, ClientBuilder, Error, Response, Value};

/// Every secret that these tests give to a client holds this.
pub(crate) const SECRET: &str = "s3cret-never-shown";

/// An integration with one way to authenticate.
pub(crate) fn integration(forms: &'static [Form], scheme: Scheme) -> &'static Integration {
    let way = Authentication { name: "way", title: "Way", server: None, forms, scheme };
    Box::leak(Box::new(Integration {
        id: "desk",
        title: "Desk",
        vendor: "Example",
        summary: "A made-up help desk.",
        documentation: "https://docs.example.com",
        servers: &[Server {
            name: "main",
            url: "https://{tenant}.example.com",
            variables: &[Variable {
                name: "tenant",
                default: Some("acme"),
                values: &[],
                pattern: None,
            }],
        }],
        authentication: Box::leak(Box::new([way])),
        headers: &[],
        errors: ErrorEnvelope {
            message: &["/message"],
            code: &["/code"],
            request_id_header: Some("x-request-id"),
            success: None,
            code_after: "",
            cases: &[],
        },
        retry: RetryPolicy { statuses: &[503], max_tries: 2, after_header: "Retry-After" },
        rate_limit: None,
        connection_test: None,
        types: "{}",
        schemas: None,
        actions: &[],
        triggers: &[],
        deprecated: None,
    }))
}

pub(crate) const fn secret(name: &'static str) -> Credential {
    Credential { name, title: name, secret: true, optional: false }
}

pub(crate) const fn public(name: &'static str) -> Credential {
    Credential { name, title: name, secret: false, optional: false }
}

pub(crate) fn builder(
    integration: &'static Integration,
    form: &str,
    values: &[&str],
    address: &str,
) -> ClientBuilder {
    Client::builder(integration)
        .credentials(form, values.iter().map(ToString::to_string).collect())
        .base_url(address)
}

/// `GET /thing`, or another method.
pub(crate) fn action(integration: &'static Integration, method: &'static str) -> &'static Action {
    action_of(integration, Step { method, path: "/thing", ..Step::DEFAULT }, &[])
}

/// An action of one request.
pub(crate) fn action_of(
    integration: &'static Integration,
    step: Step,
    parameters: &'static [Parameter],
) -> &'static Action {
    let method = step.method;
    Box::leak(Box::new(Action {
        integration,
        id: "act",
        title: "Act",
        description: "",
        documentation: "https://docs.example.com/act",
        permissions: &[],
        scopes: &[],
        effect: if method == "GET" { Effect::Read } else { Effect::Write },
        retry: if method == "GET" { Retry::Safe } else { Retry::Unsafe },
        parameters,
        rules: &[],
        steps: Box::leak(Box::new([step])),
        output: Output { kind: OutputKind::Json, at: "", accept: "application/json" },
        paging: None,
        errors: &[],
        timeout_ms: 5_000,
        parameters_schema: "{}",
        output_schema: "",
        example: "",
        deprecated: None,
    }))
}

pub(crate) async fn call(client: &Client, method: &'static str) -> Result<Response<Value>, Error> {
    Call::<Value>::new(client, action(client.integration(), method)).send().await
}

/// Nothing that a client says holds a secret.
pub(crate) fn says_nothing(error: &Error, client: &Client) {
    let mut said = format!(
        "{error} {error:?} {client:?} {}",
        String::from_utf8_lossy(error.body()).replace(SECRET, "")
    );
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        said.push_str(&format!(" {inner} {inner:?}"));
        cause = inner.source();
    }
    assert!(!said.contains(SECRET), "{said}");
}
