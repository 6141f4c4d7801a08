//! Checks credentials when a client is built.

use secrecy::{ExposeSecret, SecretString};

use super::scheme::{self, Carried};
use super::token_cache::TokenCache;
use super::{Authenticator, Credentials};
use crate::descriptor::Integration;
use crate::descriptor::scheme::Form;
use actionspec_model::suggest;

pub(crate) use super::scheme::Setup;

/// The authentication scheme with its credentials; or everything that is wrong with them. No message contains a secret.
pub(crate) fn authenticator(
    integration: &'static Integration,
    name: &str,
    secrets: Vec<SecretString>,
    setup: &Setup<'_>,
) -> Result<Authenticator, Vec<String>> {
    let schemes = || {
        integration.authentication.iter().flat_map(|(name, scheme)| {
            scheme.forms().into_iter().map(move |form| {
                let full = full_name(name, &form);
                (name.as_str(), scheme, form, full)
            })
        })
    };
    let Some((scheme_name, declared, form, _)) = schemes().find(|(.., full)| full == name) else {
        let names: Vec<String> = schemes().map(|(.., full)| full).collect();
        let hint = suggest::hint(name, names.iter().map(String::as_str));
        return Err(vec![format!("unknown authentication scheme `{name}`{hint}")]);
    };
    let scheme = scheme::of(declared).map_err(|feature| vec![missing(feature)])?;
    let credentials = Credentials { scheme: scheme_name, form, secrets };
    let problems = check(name, scheme, &credentials);
    if !problems.is_empty() {
        return Err(problems);
    }
    let prepared = scheme.prepare(&credentials, setup)?;
    Ok(Authenticator { scheme, credentials, prepared, cache: TokenCache::default() })
}

/// `oauth2`, or `oauth2.refresh`.
pub(crate) fn full_name(scheme: &str, form: &Form) -> String {
    if form.name.is_empty() { scheme.to_owned() } else { format!("{scheme}.{}", form.name) }
}

/// The message for a scheme whose Cargo feature is not enabled.
pub(super) fn missing(feature: &str) -> String {
    format!("this authentication scheme needs the feature `{feature}` of `actionspec-runtime`")
}

fn check(name: &str, scheme: &dyn scheme::Scheme, credentials: &Credentials) -> Vec<String> {
    let Credentials { form, secrets, .. } = credentials;
    let count = form.credentials.len();
    if secrets.len() != count {
        return vec![format!("`{name}` needs {count} values, {} are given", secrets.len())];
    }
    let mut problems = Vec::new();
    for ((credential, facts), secret) in form.credentials.iter().zip(secrets) {
        let secret = secret.expose_secret();
        if secret.is_empty() && !facts.optional && !scheme.may_be_empty(credential) {
            problems.push(format!("`{credential}` of `{name}` is empty"));
        }
        let fits = match scheme.carried(credential) {
            Carried::Computed => true,
            Carried::InHeader => !secret.chars().any(char::is_control),
            Carried::InCookie => {
                !secret.chars().any(char::is_control)
                    && !secret.contains([';', ',', ' ', '"', '\\'])
            }
        };
        if !fits {
            problems.push(format!(
                "`{credential}` of `{name}` contains characters that cannot be sent"
            ));
        }
    }
    problems.extend(scheme.check(credentials).map(|problem| format!("{problem} (`{name}`)")));
    problems
}
