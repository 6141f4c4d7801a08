//! Pages of integrations.

use indexmap::IndexMap;

use super::action::{edit_url, errors, head, package};
use super::page::{ActionRow, CredentialRow, GroupPart, IntegrationPage, ServerRow, TriggerRow, VariableRow, WayPart};
use super::words;
use crate::catalog::{Catalog, Integration, Server, TriggerKind, names};
use crate::emit::rust::page_samples as sample;
use crate::spec::{Authentication, Credential, KeyLocation, OAuth2Flow};

pub(super) fn page(catalog: &Catalog, integration: &Integration) -> IntegrationPage {
    IntegrationPage {
        head: head(integration),
        vendor: integration.vendor.clone(),
        category: catalog.categories.get(&integration.category).unwrap_or(&integration.category).clone(),
        description: integration.description.clone(),
        documentation: integration.documentation.clone(),
        links: integration.links.clone(),
        notes: integration.notes.clone(),
        api_version: integration.api_version.clone(),
        deprecated: integration.deprecated.clone(),
        servers: integration.servers.iter().map(server_row).collect(),
        ways: integration.authentication.iter().map(|(name, way)| way_part(name, way)).collect(),
        connect: sample::connect(integration, &package(catalog)),
        connection_test: integration.connection_test.as_ref().and_then(|id| {
            let action = integration.actions.iter().find(|action| action.id == *id)?;
            Some((action.title.clone(), format!("actions/{}.md", action.slug)))
        }),
        rate_limit: integration.rate_limit.clone(),
        errors: errors(&integration.errors.cases),
        groups: groups(integration),
        triggers: trigger_rows(integration),
        feature: integration.id.clone(),
        edit_url: edit_url(catalog, &integration.spec_path),
    }
}

pub(super) fn action_rows(integration: &Integration) -> Vec<ActionRow> {
    integration.actions.iter().map(|action| action_row(integration, action)).collect()
}

fn action_row(integration: &Integration, action: &crate::catalog::Action) -> ActionRow {
    ActionRow {
        title: action.title.clone(),
        name: format!("{}.{}", integration.id, action.id),
        slug: action.slug.clone(),
        summary: action.summary.clone(),
        effect: words::effect(action.effect),
        deprecated: action.deprecated.is_some(),
    }
}

pub(super) fn trigger_rows(integration: &Integration) -> Vec<TriggerRow> {
    let row = |trigger: &crate::catalog::Trigger| TriggerRow {
        title: trigger.title.clone(),
        slug: trigger.slug.clone(),
        summary: trigger.summary.clone(),
        kind: match trigger.on {
            TriggerKind::Polling { .. } => "polling",
            TriggerKind::Webhook { .. } => "webhook",
        },
        deprecated: trigger.deprecated.is_some(),
    };
    integration.triggers.iter().map(row).collect()
}

/// Actions by group, in the order of the groups; those without one come last.
fn groups(integration: &Integration) -> Vec<GroupPart> {
    let rows = |wanted: Option<&str>| -> Vec<ActionRow> {
        integration
            .actions
            .iter()
            .filter(|action| action.group.as_deref() == wanted)
            .map(|action| action_row(integration, action))
            .collect()
    };
    let named: IndexMap<&str, &str> = integration.groups.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    let mut groups: Vec<GroupPart> =
        named.iter().map(|(id, title)| GroupPart { title: (*title).to_owned(), actions: rows(Some(id)) }).collect();
    groups.push(GroupPart { title: if groups.is_empty() { "All".to_owned() } else { "Others".to_owned() }, actions: rows(None) });
    groups.retain(|group| !group.actions.is_empty());
    groups
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

pub(super) fn way_title(way: &Authentication) -> &str {
    match way {
        Authentication::Basic(way) => &way.title,
        Authentication::Bearer(way) => &way.title,
        Authentication::ApiKey(way) => &way.title,
        Authentication::Oauth2(way) => &way.title,
    }
}

/// The kind of a way to authenticate, in the words of OpenAPI.
pub(super) fn way_kind(way: &Authentication) -> &'static str {
    match way {
        Authentication::Basic(_) => "HTTP Basic",
        Authentication::Bearer(_) => "Bearer token",
        Authentication::ApiKey(_) => "API key",
        Authentication::Oauth2(way) if way.flow == OAuth2Flow::ClientCredentials => "OAuth 2, client credentials",
        Authentication::Oauth2(_) => "OAuth 2, authorization code",
    }
}

fn credential(credential: &Credential, place: String, secret: bool) -> CredentialRow {
    CredentialRow {
        title: credential.title.clone(),
        place,
        description: credential.description.clone(),
        secret: secret && !credential.public,
    }
}

fn way_part(name: &str, way: &Authentication) -> WayPart {
    let mut facts = Vec::new();
    let mut scopes = Vec::new();
    let (description, setup, documentation, server, credentials) = match way {
        Authentication::Basic(way) => {
            let user = credential(&way.username, "user name".to_owned(), false);
            let password = credential(&way.password, "password".to_owned(), true);
            (&way.description, &way.setup, &way.documentation, &way.server, vec![user, password])
        }
        Authentication::Bearer(way) => {
            let place = format!("header `Authorization: {} …`", way.scheme.as_deref().unwrap_or("Bearer"));
            (&way.description, &way.setup, &way.documentation, &way.server, vec![credential(&way.token, place, true)])
        }
        Authentication::ApiKey(way) => {
            let rows = way.keys.iter().map(|(name, key)| {
                let place = match key.location {
                    KeyLocation::Header => "header",
                    KeyLocation::Query => "query parameter",
                    KeyLocation::Cookie => "cookie",
                };
                credential(&key.credential, format!("{place} `{name}`"), true)
            });
            (&way.description, &way.setup, &way.documentation, &way.server, rows.collect())
        }
        Authentication::Oauth2(way) => {
            facts.extend(way.authorization_url.clone().map(|url| ("Authorization address".to_owned(), url)));
            facts.push(("Token address".to_owned(), way.token_url.clone()));
            scopes.extend(way.scopes.iter().map(|(name, meaning)| (name.clone(), meaning.clone())));
            (&way.description, &way.setup, &way.documentation, &way.server, Vec::new())
        }
    };
    WayPart {
        name: name.to_owned(),
        kind: way_kind(way).to_owned(),
        title: way_title(way).to_owned(),
        description: description.clone(),
        setup: setup.clone(),
        documentation: documentation.clone(),
        server: server.clone(),
        credentials,
        facts,
        scopes,
    }
}
