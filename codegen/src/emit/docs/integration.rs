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
use crate::scheme;
use crate::spec::{Authentication, Credential, Form};

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

/// The kind of an authentication scheme.
pub(in crate::emit) fn scheme_kind(protocol: Protocol, scheme: &Authentication) -> &'static str {
    scheme::of(scheme).kind(protocol)
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
        facts: scheme::of(scheme)
            .facts()
            .into_iter()
            .chain(forms.iter().skip(1).map(|form| other_form(name, form)))
            .collect(),
        scopes: scheme::of(scheme)
            .scopes()
            .into_iter()
            .flatten()
            .map(|(name, meaning)| (name.clone(), meaning.clone()))
            .collect(),
    }
}

fn credential_row(scheme: &Authentication, name: &str, credential: &Credential) -> CredentialRow {
    CredentialRow {
        title: credential.title.clone(),
        place: scheme::of(scheme).place(name),
        description: credential.description.clone(),
        secret: !credential.public,
        optional: credential.optional,
    }
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
