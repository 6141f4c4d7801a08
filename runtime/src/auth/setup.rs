//! Checks credentials when a client is built, and prepares what they need.

use std::sync::Mutex;

use secrecy::{ExposeSecret, SecretString};

use super::oauth2::{OAuth2, RefreshHook, Renewal};
use super::session::Session;
use super::token_cache::TokenCache;
use super::{Authenticator, Source, State};
use crate::descriptor::scheme::{self, Form, KeyLocation, OAuth2Flow};
use crate::descriptor::{Authentication, Integration};
use crate::validate::suggest;

/// What a client is built with.
pub(crate) struct Setup<'a> {
    pub(crate) integration: &'static Integration,
    /// Fills the servers' variables into a text; or says what is wrong with them.
    pub(crate) fill: &'a dyn Fn(&'static str) -> Result<String, Vec<String>>,
    /// The same for an address, which no variable may move to another host.
    pub(crate) address: &'a dyn Fn(&'static str) -> Result<String, Vec<String>>,
    /// The address of a server.
    pub(crate) server: &'a dyn Fn(Option<&'static str>) -> Result<String, String>,
    /// Replaces the token address.
    pub(crate) token_url: Option<Result<String, String>>,
    pub(crate) hook: Option<RefreshHook>,
}

/// The authentication scheme with its credentials; or everything that is wrong with them. Secrets appear in no message.
pub(crate) fn authenticator(
    name: &str,
    secrets: Vec<SecretString>,
    setup: Setup<'_>,
) -> Result<Authenticator, Vec<String>> {
    let schemes = || {
        setup.integration.authentication.iter().flat_map(|(name, scheme)| {
            scheme.forms().into_iter().map(move |form| {
                let full = full_name(name, &form);
                (name.as_str(), scheme, form, full)
            })
        })
    };
    let Some((scheme_name, scheme, form, _)) = schemes().find(|(.., full)| full == name) else {
        let names: Vec<String> = schemes().map(|(.., full)| full).collect();
        let hint = suggest::hint(name, names.iter().map(String::as_str));
        return Err(vec![format!("unknown authentication scheme `{name}`{hint}")]);
    };
    let mut problems = check_secrets(name, scheme, &form, &secrets);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut authenticator =
        Authenticator { name: scheme_name, scheme, form, secrets, state: State::Fixed };
    match state(&authenticator, setup) {
        Ok(state) => {
            authenticator.state = state;
            Ok(authenticator)
        }
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}

/// `oauth2`, or `oauth2.refresh`.
pub(crate) fn full_name(scheme: &str, form: &Form) -> String {
    if form.name.is_empty() { scheme.to_owned() } else { format!("{scheme}.{}", form.name) }
}

fn state(authenticator: &Authenticator, setup: Setup<'_>) -> Result<State, Vec<String>> {
    match authenticator.scheme {
        Authentication::Basic(_)
        | Authentication::Bearer(_)
        | Authentication::ApiKey(_)
        | Authentication::ClientCertificate(_) => Ok(State::Fixed),
        Authentication::Oauth2(scheme) => match (authenticator.form.name, scheme.flow) {
            ("token", _) | ("", OAuth2Flow::AuthorizationCode) => Ok(State::Fixed),
            _ => Ok(State::Cached {
                cache: TokenCache::default(),
                source: Source::OAuth2(Box::new(oauth2(authenticator, scheme, setup)?)),
            }),
        },
        Authentication::Session(scheme) => {
            let source = Source::Session(Session { scheme });
            Ok(State::Cached { cache: TokenCache::default(), source })
        }
        Authentication::Jwt(scheme) => signed(authenticator, scheme),
        Authentication::AwsSigV4(scheme) => aws_state(&setup, scheme),
        Authentication::Signature(scheme) => signature(scheme),
        Authentication::Digest(_) => digest(),
    }
}

fn oauth2(
    authenticator: &Authenticator,
    scheme: &'static scheme::OAuth2,
    setup: Setup<'_>,
) -> Result<OAuth2, Vec<String>> {
    let mut problems = Vec::new();
    let token_url = match setup.token_url {
        Some(address) => address.map_err(|problem| vec![problem]),
        None if scheme.token_url.starts_with('/') => {
            let server = (setup.server)(scheme.server.as_deref()).map_err(|problem| vec![problem]);
            server.map(|server| format!("{server}{}", scheme.token_url))
        }
        None => (setup.address)(&scheme.token_url),
    };
    let mut parameters = Vec::new();
    for (name, text) in &scheme.parameters {
        match (setup.fill)(text) {
            Ok(value) => parameters.push((name.as_str(), value)),
            Err(more) => problems.extend(more),
        }
    }
    let token_url = token_url.map_err(|more| problems.extend(more)).unwrap_or_default();
    let renewal = match authenticator.form.name {
        "code" => Renewal::Code,
        "refresh" => Renewal::Refresh(authenticator.secrets.last().cloned().unwrap_or_default()),
        _ => Renewal::Client,
    };
    #[cfg(feature = "jwt")]
    let assertion = scheme.assertion.as_ref().and_then(|jwt| {
        let signed = super::signed_token::SignedToken::new(authenticator, jwt);
        signed.map_err(|problem| problems.push(problem)).ok()
    });
    #[cfg(not(feature = "jwt"))]
    if scheme.assertion.is_some() {
        problems.push(missing("jwt"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(OAuth2 {
        scheme,
        token_url,
        parameters,
        hook: setup.hook,
        renewal: Mutex::new(renewal),
        #[cfg(feature = "jwt")]
        assertion,
    })
}

/// The message for a scheme whose cargo feature is not enabled.
#[allow(dead_code, reason = "with every feature there is nothing to say")]
fn missing(feature: &str) -> String {
    format!("this authentication scheme needs the feature `{feature}` of `actionspec-runtime`")
}

#[cfg(feature = "jwt")]
fn signed(
    authenticator: &Authenticator,
    scheme: &'static scheme::Jwt,
) -> Result<State, Vec<String>> {
    let token = super::signed_token::SignedToken::new(authenticator, &scheme.token)
        .map_err(|problem| vec![problem])?;
    let word = scheme.token_prefix();
    Ok(State::Cached { cache: TokenCache::default(), source: Source::Jwt { word, token } })
}

#[cfg(not(feature = "jwt"))]
fn signed(_: &Authenticator, _: &'static scheme::Jwt) -> Result<State, Vec<String>> {
    Err(vec![missing("jwt")])
}

#[cfg(feature = "aws")]
fn aws_state(setup: &Setup<'_>, aws: &'static scheme::AwsSigV4) -> Result<State, Vec<String>> {
    let scopes = super::aws::Scopes::new(aws, setup.fill)?;
    Ok(match &aws.exchange {
        None => State::Aws(scopes),
        Some(exchange) => {
            let errors = &setup.integration.errors;
            State::Cached {
                cache: TokenCache::default(),
                source: Source::Keys(super::aws::KeySource { exchange, scopes, errors }),
            }
        }
    })
}

#[cfg(not(feature = "aws"))]
fn aws_state(_: &Setup<'_>, _: &'static scheme::AwsSigV4) -> Result<State, Vec<String>> {
    Err(vec![missing("aws")])
}

#[cfg(feature = "hmac")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn signature(signing: &'static scheme::SignedRequests) -> Result<State, Vec<String>> {
    Ok(State::Signed(signing))
}

#[cfg(not(feature = "hmac"))]
fn signature(_: &'static scheme::SignedRequests) -> Result<State, Vec<String>> {
    Err(vec![missing("hmac")])
}

#[cfg(feature = "digest")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn digest() -> Result<State, Vec<String>> {
    Ok(State::Digest(super::digest_state::DigestState::default()))
}

#[cfg(not(feature = "digest"))]
fn digest() -> Result<State, Vec<String>> {
    Err(vec![missing("digest")])
}

fn check_secrets(
    name: &str,
    scheme: &Authentication,
    form: &Form,
    secrets: &[SecretString],
) -> Vec<String> {
    let count = form.credentials.len();
    if secrets.len() != count {
        return vec![format!("`{name}` needs {count} values, {} are given", secrets.len())];
    }
    let mut problems = Vec::new();
    for ((credential, facts), secret) in form.credentials.iter().zip(secrets) {
        let secret = secret.expose_secret();
        let may_be_empty = matches!(scheme, Authentication::Basic(_) | Authentication::Digest(_))
            || credential == "client_secret"
            || facts.optional;
        if secret.is_empty() && !may_be_empty {
            problems.push(format!("`{credential}` of `{name}` is empty"));
        }
        let in_cookie = matches!(scheme, Authentication::ApiKey(scheme)
            if scheme.keys.get(credential).is_some_and(|key| key.location == KeyLocation::Cookie));
        let in_header = credential == "token"
            || matches!(
                scheme,
                Authentication::Basic(_) | Authentication::Bearer(_) | Authentication::ApiKey(_)
            );
        if (in_header && secret.chars().any(char::is_control))
            || (in_cookie && secret.contains([';', ',', ' ', '"', '\\']))
        {
            problems
                .push(format!("`{credential}` of `{name}` holds characters that cannot be sent"));
        }
    }
    if matches!(scheme, Authentication::Basic(_))
        && secrets.first().is_some_and(|user| user.expose_secret().contains(':'))
    {
        problems.push(format!("the user name of `{name}` must not hold a colon"));
    }
    problems
}
