//! Pages of integrations.

use indexmap::{IndexMap, IndexSet};

use super::action::{edit_url, errors, head};
use super::page::{
    ActionRow, CredentialRow, GroupPart, IntegrationPage, SchemePart, ServerRow, TriggerRow,
    VariableRow,
};
use super::{changelog, words};
use crate::catalog::{
    ActionOutline, Info, Integration, IntegrationOutline, Protocol, Server, TriggerOutline, names,
};
use crate::emit::rust::page_samples as sample;
use crate::spec::{
    Authentication, AwsSigV4, Credential, Form, Jwt, KeyLocation, OAuth2, OAuth2Flow,
    SignatureValue,
};

pub(super) fn page(info: &Info, integration: &Integration) -> IntegrationPage {
    let outline = IntegrationOutline::of(integration);
    IntegrationPage {
        head: head(&integration.title, &integration.slug),
        vendor: integration.vendor.clone(),
        category: info
            .categories
            .get(&integration.category)
            .unwrap_or(&integration.category)
            .clone(),
        description: integration.description.clone(),
        documentation: integration.documentation.clone(),
        links: integration.links.clone(),
        notes: integration.notes.clone(),
        api_version: integration.api_version.clone(),
        deprecated: integration.deprecated.clone(),
        servers: server_rows(integration),
        schemes: integration
            .authentication
            .iter()
            .map(|(name, scheme)| scheme_part(integration, name, scheme))
            .collect(),
        connect: sample::connect(integration, &info.package.name),
        connection_test: integration.connection_test.as_ref().and_then(|id| {
            let action = integration.actions.iter().find(|action| action.id == *id)?;
            Some((action.title.clone(), format!("actions/{}.md", action.slug)))
        }),
        rate_limit: integration.rate_limit.clone(),
        errors: errors(&integration.errors.cases),
        groups: groups(&outline),
        triggers: trigger_rows(&outline),
        package: format!("{}-{}", info.package.name, integration.slug),
        changes: changelog::rows(&integration.changes),
        edit_url: edit_url(info, &integration.spec_path),
    }
}

pub(super) fn action_rows(integration: &IntegrationOutline) -> Vec<ActionRow> {
    integration.actions.iter().map(|action| action_row(integration, action)).collect()
}

fn action_row(integration: &IntegrationOutline, action: &ActionOutline) -> ActionRow {
    ActionRow {
        title: action.title.clone(),
        name: format!("{}.{}", integration.id, action.id),
        slug: action.slug.clone(),
        summary: action.summary.clone(),
        effect: words::effect(action.effect),
        deprecated: action.deprecated.is_some(),
    }
}

pub(super) fn trigger_rows(integration: &IntegrationOutline) -> Vec<TriggerRow> {
    let row = |trigger: &TriggerOutline| TriggerRow {
        title: trigger.title.clone(),
        slug: trigger.slug.clone(),
        summary: trigger.summary.clone(),
        kind: trigger.kind.clone(),
        deprecated: trigger.deprecated.is_some(),
    };
    integration.triggers.iter().map(row).collect()
}

/// Actions by group, in the order of the groups; those without one come last.
fn groups(integration: &IntegrationOutline) -> Vec<GroupPart> {
    let rows = |wanted: Option<&str>| -> Vec<ActionRow> {
        integration
            .actions
            .iter()
            .filter(|action| action.group.as_deref() == wanted)
            .map(|action| action_row(integration, action))
            .collect()
    };
    let named: IndexMap<&str, &str> =
        integration.groups.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    let mut groups: Vec<GroupPart> = named
        .iter()
        .map(|(id, title)| GroupPart { title: (*title).to_owned(), actions: rows(Some(id)) })
        .collect();
    groups.push(GroupPart {
        title: if groups.is_empty() { "All".to_owned() } else { "Other".to_owned() },
        actions: rows(None),
    });
    groups.retain(|group| !group.actions.is_empty());
    groups
}

/// Servers. A variable that several servers share is described at the first of them.
fn server_rows(integration: &Integration) -> Vec<ServerRow> {
    let mut described: IndexSet<String> = IndexSet::new();
    let row = |server: &Server| {
        let mut row = server_row(server);
        row.variables.retain(|variable| described.insert(variable.name.clone()));
        row
    };
    integration.servers.iter().map(row).collect()
}

fn server_row(server: &Server) -> ServerRow {
    ServerRow {
        name: server.name.clone(),
        url: server.url.clone(),
        description: server.description.clone(),
        variables: server
            .variables
            .iter()
            .map(|(name, variable)| VariableRow {
                name: name.clone(),
                title: variable.title.clone().unwrap_or_else(|| names::title(name)),
                description: variable.description.clone(),
                default: variable.default.clone(),
                values: variable.values.keys().cloned().collect(),
                example: variable.example.clone(),
            })
            .collect(),
    }
}

/// The kind of an authentication scheme, in the words of OpenAPI.
pub(in crate::emit) fn scheme_kind(protocol: Protocol, scheme: &Authentication) -> &'static str {
    match scheme {
        Authentication::Basic(_) if protocol != Protocol::Http => "User name and password",
        Authentication::Basic(_) => "HTTP Basic",
        Authentication::Bearer(_) => "Bearer token",
        Authentication::ApiKey(_) => "API key",
        Authentication::Oauth2(scheme) if scheme.flow == OAuth2Flow::ClientCredentials => {
            "OAuth 2, client credentials"
        }
        Authentication::Oauth2(scheme) if scheme.flow == OAuth2Flow::JwtBearer => {
            "OAuth 2, service account"
        }
        Authentication::Oauth2(_) => "OAuth 2, authorization code",
        Authentication::Jwt(_) => "Signed token (JWT)",
        Authentication::AwsSigV4(_) => "AWS Signature Version 4",
        Authentication::Signature(_) => "Signed requests (HMAC)",
        Authentication::Session(_) => "Session",
        Authentication::Digest(_) => "HTTP Digest",
        Authentication::ClientCertificate(_) => "Client certificate (mutual TLS)",
    }
}

fn scheme_part(integration: &Integration, name: &str, scheme: &Authentication) -> SchemePart {
    let facts = scheme.facts();
    let forms = scheme.forms();
    let usual = forms.first().map(|form| form.credentials.as_slice()).unwrap_or_default();
    SchemePart {
        name: name.to_owned(),
        kind: scheme_kind(integration.protocol(), scheme).to_owned(),
        title: facts.title.to_owned(),
        description: facts.description.map(str::to_owned),
        setup: facts.setup.to_vec(),
        documentation: facts.documentation.map(str::to_owned),
        server: facts.server.map(str::to_owned),
        credentials: usual
            .iter()
            .map(|(name, credential)| credential_row(scheme, name, credential))
            .collect(),
        facts: kind_facts(scheme)
            .into_iter()
            .chain(forms.iter().skip(1).map(|form| other_form(name, form)))
            .collect(),
        scopes: match scheme {
            Authentication::Oauth2(scheme) => scheme
                .scopes
                .iter()
                .map(|(name, meaning)| (name.clone(), meaning.clone()))
                .collect(),
            _ => Vec::new(),
        },
    }
}

fn credential_row(scheme: &Authentication, name: &str, credential: &Credential) -> CredentialRow {
    let public = credential.public
        || matches!(scheme, Authentication::Basic(_) | Authentication::Digest(_))
            && name == "username";
    CredentialRow {
        title: credential.title.clone(),
        place: place(scheme, name),
        description: credential.description.clone(),
        secret: !public,
        optional: credential.optional,
    }
}

/// Where a credential is sent, if it is sent.
fn place(scheme: &Authentication, name: &str) -> String {
    let key_place = |location| match location {
        KeyLocation::Header => "header",
        KeyLocation::Query => "query parameter",
        KeyLocation::Cookie => "cookie",
    };
    match scheme {
        Authentication::Basic(_) | Authentication::Digest(_) if name == "username" => {
            "user name".to_owned()
        }
        Authentication::Basic(_) => "password".to_owned(),
        Authentication::Digest(_) => "used for the digest, never sent".to_owned(),
        Authentication::Bearer(scheme) => {
            format!(
                "header `Authorization: {} …`",
                scheme.token_prefix.as_deref().unwrap_or("Bearer")
            )
        }
        Authentication::ApiKey(scheme) => scheme
            .keys
            .get(name)
            .map_or_else(String::new, |key| format!("{} `{name}`", key_place(key.location))),
        Authentication::Oauth2(scheme) if scheme.flow == OAuth2Flow::AuthorizationCode => {
            "header `Authorization: Bearer …`".to_owned()
        }
        Authentication::Oauth2(scheme) if scheme.flow == OAuth2Flow::ClientCredentials => {
            "token request".to_owned()
        }
        Authentication::Oauth2(OAuth2 { assertion: Some(token), .. })
        | Authentication::Jwt(Jwt { token, .. }) => {
            if token.key == name {
                "signing key, never sent".to_owned()
            } else {
                "signed token".to_owned()
            }
        }
        Authentication::Oauth2(_) => "signed token".to_owned(),
        Authentication::AwsSigV4(_) if name == "secret_access_key" => {
            "signing key, never sent".to_owned()
        }
        Authentication::AwsSigV4(AwsSigV4 { exchange: Some(exchange), .. })
            if exchange.credentials.contains_key(name) =>
        {
            "request for temporary keys".to_owned()
        }
        Authentication::AwsSigV4(_) => "header `Authorization`".to_owned(),
        Authentication::Signature(scheme) => {
            let is_key =
                scheme.values.values().any(|value| matches!(value, SignatureValue::Hmac(keyed) if keyed.key == format!("{{{name}}}")));
            if is_key { "signing key, never sent".to_owned() } else { "signed headers".to_owned() }
        }
        Authentication::Session(_) => "login request".to_owned(),
        Authentication::ClientCertificate(_) if name == "private_key" => {
            "signing key, never sent".to_owned()
        }
        Authentication::ClientCertificate(_) => "TLS".to_owned(),
    }
}

/// Further facts about an authentication scheme.
fn kind_facts(scheme: &Authentication) -> Vec<(String, String)> {
    match scheme {
        Authentication::Oauth2(scheme) => {
            let authorization =
                scheme.authorization_url.clone().map(|url| ("Authorization URL".to_owned(), url));
            authorization
                .into_iter()
                .chain([("Token URL".to_owned(), scheme.token_url.clone())])
                .collect()
        }
        Authentication::Session(scheme) => {
            let logout = scheme.logout.clone().map(|logout| ("Logout".to_owned(), logout));
            [("Login".to_owned(), scheme.login.request.clone())].into_iter().chain(logout).collect()
        }
        Authentication::AwsSigV4(scheme) => aws_facts(scheme),
        _ => Vec::new(),
    }
}

fn aws_facts(scheme: &AwsSigV4) -> Vec<(String, String)> {
    let scope = |name: &&String| {
        let (service, region) = (
            scheme.services.get(*name).unwrap_or(&scheme.service),
            scheme.regions.get(*name).unwrap_or(&scheme.region),
        );
        format!("{name}: {service} {region}")
    };
    let servers: IndexSet<&String> = scheme.services.keys().chain(scheme.regions.keys()).collect();
    let others = servers.iter().map(scope).collect::<Vec<_>>().join(", ");
    let others = (!others.is_empty()).then(|| ("By server".to_owned(), others));
    let exchange = scheme.exchange.as_ref().map(|exchange| {
        let server =
            exchange.server.as_ref().map_or_else(String::new, |server| format!(" at {server}"));
        ("Temporary keys".to_owned(), format!("{}{server}", exchange.request))
    });
    let usual = ("Service and region".to_owned(), format!("{} {}", scheme.service, scheme.region));
    [usual].into_iter().chain(others).chain(exchange).collect()
}

/// An alternative set of credentials, as the builder takes it.
fn other_form(name: &str, form: &Form) -> (String, String) {
    let titles: Vec<&str> =
        form.credentials.iter().map(|(_, credential)| credential.title.as_str()).collect();
    let names: Vec<&str> = form.credentials.iter().map(|(name, _)| name.as_str()).collect();
    (
        format!("Alternatively {}", titles.join(", ")),
        format!("{name}_{}({})", form.name, names.join(", ")),
    )
}
