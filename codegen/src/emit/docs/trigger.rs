//! Pages of triggers.

use super::action::{edit_url, head, parameter_title, permissions, sources};
use super::page::TriggerPage;
use super::{changelog, markdown, words};
use crate::catalog::{Info, Integration, Trigger, TriggerKind};
use crate::spec::{PollingTrigger, Signature, WebhookTrigger};

pub(super) fn page(info: &Info, integration: &Integration, trigger: &Trigger) -> TriggerPage {
    let (permissions, permissions_none) = permissions(&trigger.permissions);
    let mut page = TriggerPage {
        integration: head(&integration.title, &integration.slug),
        name: format!("{}.{}", integration.id, trigger.id),
        title: trigger.title.clone(),
        description: trigger.description.clone(),
        deprecated: trigger.deprecated.clone(),
        notes: trigger.notes.clone(),
        permissions,
        permissions_none,
        documentation: trigger.documentation.clone(),
        kind: "",
        action: None,
        arguments: Vec::new(),
        parameters: Vec::new(),
        facts: Vec::new(),
        every: None,
        events: Vec::new(),
        setup: Vec::new(),
        signature: Vec::new(),
        signature_none: None,
        event: markdown::json(&trigger.event),
        event_source: words::example_source(trigger.verified),
        changes: changelog::rows(&trigger.changes),
        sources: sources(&trigger.source),
        edit_url: edit_url(info, &trigger.spec_path),
    };
    match &trigger.on {
        TriggerKind::Polling(polling) => {
            let PollingTrigger { action, arguments, parameters, items, id, time, .. } = polling;
            let asked = integration.actions.iter().find(|other| other.id == *action);
            page.kind = "polling";
            page.action =
                asked.map(|asked| (asked.title.clone(), format!("../actions/{}.md", asked.slug)));
            page.arguments =
                arguments.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            page.parameters =
                parameters.iter().map(|key| (key.clone(), parameter_title(asked, key))).collect();
            page.facts.push(("List of events".to_owned(), items.clone()));
            page.facts.push(("Event ID".to_owned(), id.clone()));
            page.facts.extend(time.clone().map(|time| ("Event time".to_owned(), time)));
            page.every = Some(words::period(polling.every_seconds()));
        }
        TriggerKind::Webhook(WebhookTrigger { events, setup, signature }) => {
            page.kind = "webhook";
            page.events.clone_from(events);
            page.setup.clone_from(setup);
            match signature {
                Signature::None(waiver) => page.signature_none = Some(waiver.none.clone()),
                Signature::Hmac { header, algorithm, encoding, prefix, timestamp_header } => {
                    page.signature.push(("Header".to_owned(), header.clone()));
                    page.signature.push(("Algorithm".to_owned(), format!("HMAC {algorithm:?}")));
                    page.signature.push(("Encoding".to_owned(), format!("{encoding:?}")));
                    page.signature
                        .extend(prefix.clone().map(|prefix| ("Prefix".to_owned(), prefix)));
                    page.signature.extend(
                        timestamp_header
                            .clone()
                            .map(|header| ("Timestamp header".to_owned(), header)),
                    );
                }
            }
        }
    }
    page
}
