//! Checks credentials when a client is built, and prepares what they need.

use std::sync::Mutex;

use secrecy::{ExposeSecret, SecretString};

use super::keeper::Keeper;
use super::oauth2::{OAuth2, RefreshHook, Renewal};
use super::session::Session;
use super::{Authenticator, Source, State};
use crate::descriptor::{self, Authentication, Flow, Form, Integration, Location, Scheme};
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
        setup.integration.authentication.iter().flat_map(|authentication| {
            authentication
                .forms
                .iter()
                .map(move |form| (authentication, form, full_name(authentication, form)))
        })
    };
    let Some((authentication, form, _)) = schemes().find(|(_, _, full)| full == name) else {
        let names: Vec<String> = schemes().map(|(_, _, full)| full).collect();
        let hint = suggest::hint(name, names.iter().map(String::as_str));
        return Err(vec![format!("there is no authentication scheme called `{name}`{hint}")]);
    };
    let mut problems = check_secrets(authentication, form, &secrets);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut authenticator =
        Authenticator { descriptor: authentication, form, secrets, state: State::Fixed };
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
pub(crate) fn full_name(authentication: &Authentication, form: &Form) -> String {
    if form.name.is_empty() {
        authentication.name.to_owned()
    } else {
        format!("{}.{}", authentication.name, form.name)
    }
}

fn state(authenticator: &Authenticator, setup: Setup<'_>) -> Result<State, Vec<String>> {
    let authentication = authenticator.descriptor;
    match &authentication.scheme {
        Scheme::Basic | Scheme::Bearer(_) | Scheme::ApiKey(_) | Scheme::ClientCertificate => {
            Ok(State::Fixed)
        }
        Scheme::OAuth2(scheme) => match (authenticator.form.name, scheme.flow) {
            ("token", _) | ("", Flow::AuthorizationCode) => Ok(State::Fixed),
            _ => Ok(State::Kept {
                keeper: Keeper::default(),
                source: Source::OAuth2(Box::new(oauth2(authenticator, scheme, setup)?)),
            }),
        },
        Scheme::Session(scheme) => {
            let source = Source::Session(Session { scheme, server: authentication.server });
            Ok(State::Kept { keeper: Keeper::default(), source })
        }
        Scheme::Jwt(word, jwt) => signed(authenticator, word, jwt),
        Scheme::AwsSigV4(aws) => aws_state(&setup, aws),
        Scheme::Signature(signing) => signature(signing),
        Scheme::Digest => digest(),
    }
}

fn oauth2(
    authenticator: &Authenticator,
    scheme: &'static descriptor::OAuth2,
    setup: Setup<'_>,
) -> Result<OAuth2, Vec<String>> {
    let mut problems = Vec::new();
    let token_url = match setup.token_url {
        Some(address) => address.map_err(|problem| vec![problem]),
        None if scheme.token_url.starts_with('/') => {
            let server =
                (setup.server)(authenticator.descriptor.server).map_err(|problem| vec![problem]);
            server.map(|server| format!("{server}{}", scheme.token_url))
        }
        None => (setup.address)(scheme.token_url),
    };
    let mut parameters = Vec::new();
    for (name, text) in scheme.parameters {
        match (setup.fill)(text) {
            Ok(value) => parameters.push((*name, value)),
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

/// What to say when the crate was built without what an authentication scheme needs.
#[allow(dead_code, reason = "with every feature there is nothing to say")]
fn missing(feature: &str) -> String {
    format!("this authentication scheme needs the feature `{feature}` of `actionspec-runtime`")
}

#[cfg(feature = "jwt")]
fn signed(
    authenticator: &Authenticator,
    word: &'static str,
    jwt: &'static descriptor::Jwt,
) -> Result<State, Vec<String>> {
    let token = super::signed_token::SignedToken::new(authenticator, jwt)
        .map_err(|problem| vec![problem])?;
    Ok(State::Kept { keeper: Keeper::default(), source: Source::Jwt { word, token } })
}

#[cfg(not(feature = "jwt"))]
fn signed(
    _: &Authenticator,
    _: &'static str,
    _: &'static descriptor::Jwt,
) -> Result<State, Vec<String>> {
    Err(vec![missing("jwt")])
}

#[cfg(feature = "aws")]
fn aws_state(setup: &Setup<'_>, aws: &'static descriptor::AwsSigV4) -> Result<State, Vec<String>> {
    let scopes = super::aws::Scopes::new(aws, setup.fill)?;
    Ok(match &aws.exchange {
        None => State::Aws(scopes),
        Some(exchange) => {
            let errors = &setup.integration.errors;
            State::Kept {
                keeper: Keeper::default(),
                source: Source::Keys(super::aws::KeySource { exchange, scopes, errors }),
            }
        }
    })
}

#[cfg(not(feature = "aws"))]
fn aws_state(_: &Setup<'_>, _: &'static descriptor::AwsSigV4) -> Result<State, Vec<String>> {
    Err(vec![missing("aws")])
}

#[cfg(feature = "hmac")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn signature(signing: &'static descriptor::Signing) -> Result<State, Vec<String>> {
    Ok(State::Signed(signing))
}

#[cfg(not(feature = "hmac"))]
fn signature(_: &'static descriptor::Signing) -> Result<State, Vec<String>> {
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
    authentication: &Authentication,
    form: &Form,
    secrets: &[SecretString],
) -> Vec<String> {
    let name = full_name(authentication, form);
    let count = form.credentials.len();
    if secrets.len() != count {
        return vec![format!("`{name}` needs {count} values, {} are given", secrets.len())];
    }
    let mut problems = Vec::new();
    for (index, (credential, secret)) in form.credentials.iter().zip(secrets).enumerate() {
        let secret = secret.expose_secret();
        let may_be_empty = matches!(authentication.scheme, Scheme::Basic | Scheme::Digest)
            || credential.name == "client_secret"
            || credential.optional;
        if secret.is_empty() && !may_be_empty {
            problems.push(format!("`{}` of `{name}` is empty", credential.name));
        }
        let in_cookie = matches!(authentication.scheme, Scheme::ApiKey(keys) if keys.get(index).is_some_and(|key| key.location == Location::Cookie));
        let in_header =
            matches!(authentication.scheme, Scheme::Basic | Scheme::Bearer(_) | Scheme::ApiKey(_))
                || credential.name == "token";
        if (in_header && secret.chars().any(char::is_control))
            || (in_cookie && secret.contains([';', ',', ' ', '"', '\\']))
        {
            problems.push(format!(
                "`{}` of `{name}` holds characters that cannot be sent",
                credential.name
            ));
        }
    }
    if matches!(authentication.scheme, Scheme::Basic)
        && secrets.first().is_some_and(|user| user.expose_secret().contains(':'))
    {
        problems.push(format!("the user name of `{name}` must not hold a colon"));
    }
    problems
}
