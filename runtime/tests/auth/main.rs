//! Each authentication scheme against a server on this machine that checks it.
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

use actionspec_model as model;
use actionspec_runtime::descriptor::{Action, Effect, Integration, Method, Parameter, Retry, Step};
use actionspec_runtime::{Call, Client, ClientBuilder, Error, Response, Value, json};
use actionspec_test_support::clock::Traffic;
use actionspec_test_support::fixture::{base_action, declare_action_of, http};

/// Every secret that these tests give to a client holds this.
pub(crate) const SECRET: &str = "s3cret-never-shown";

pub(crate) fn builder(
    integration: &'static Integration,
    form: &str,
    values: &[&str],
    address: &str,
) -> ClientBuilder {
    Client::builder(integration)
        .credentials(form, values.iter().map(ToString::to_string).collect())
        .base_url(address)
        .middleware(Traffic)
}

/// `GET /thing`, or another method.
pub(crate) fn action(integration: &'static Integration, method: &str) -> &'static Action {
    action_of(integration, http(json!({"method": method, "path": "/thing"})), Vec::new())
}

/// An action of one request.
pub(crate) fn action_of(
    integration: &'static Integration,
    step: Step,
    parameters: Vec<Parameter>,
) -> &'static Action {
    let reads = step.http().is_some_and(|http| http.method == Method::Get);
    let base = base_action();
    let action = model::Action {
        effect: if reads { Effect::Read } else { Effect::Write },
        retry: if reads { Retry::Safe } else { base.retry },
        parameters,
        steps: vec![step],
        ..base
    };
    declare_action_of(integration, action)
}

pub(crate) async fn call(client: &Client, method: &str) -> Result<Response<Value>, Error> {
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
