//! Triggers.

use super::context::Context;
use super::output::{self, Pending};
use super::text_checks;
use crate::catalog::names;
use crate::catalog::{Schema, Trigger, TriggerKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::Loaded;
use crate::report::{Report, check_pointer, join};
use crate::spec::{Signature, TriggerSpec};
use crate::text::first_sentence;

pub(super) fn resolve(
    id: &str,
    loaded: &Loaded<TriggerSpec>,
    context: &Context,
) -> (Trigger, Pending, Vec<Diagnostic>) {
    let spec = &loaded.spec;
    let mut report = Report::new(&loaded.tree);
    super::checks::check_id(id, "trigger", &mut report);
    report.not_blank("/title", &spec.title);
    report.not_blank("/description", &spec.description);
    report.url("/documentation", &spec.documentation);
    text_checks::deprecation(spec.deprecated.as_ref(), "/deprecated", &mut report);
    let event = output::read(&spec.event, "/event", context, &mut report);
    check_kind(&spec.on, &event, &mut report);
    let pending = Pending {
        root: spec.ty.as_ref().map(|name| name.0.clone()),
        fallback: format!("{}Event", names::type_ident(id)),
        value: event.clone(),
        names: spec.names.clone(),
        names_at: "/names",
        example_at: "/event",
    };
    let trigger = Trigger {
        id: id.to_owned(),
        ident: names::ident(id),
        slug: names::slug(id),
        spec_path: loaded.path.clone(),
        title: spec.title.clone(),
        keywords: text_checks::keywords(&spec.keywords, &mut report),
        description: spec.description.clone(),
        summary: first_sentence(&spec.description),
        notes: text_checks::notes(&spec.notes, "/notes", &mut report),
        permissions: text_checks::permissions(&spec.permissions, &mut report),
        documentation: spec.documentation.clone(),
        on: spec.on.clone(),
        event,
        verified: spec.verified,
        schema: Schema::default(),
        deprecated: spec.deprecated.clone(),
        changes: text_checks::changes(&spec.changes, &mut report),
        source: text_checks::source(&spec.source, &mut report),
        features: loaded.features.clone(),
    };
    (trigger, pending, report.into_findings())
}

fn check_kind(on: &TriggerKind, event: &serde_json::Value, report: &mut Report) {
    match on {
        TriggerKind::Polling(polling) => {
            let pointers = [("id", Some(&polling.id)), ("time", polling.time.as_ref())];
            for (key, pointer) in pointers
                .into_iter()
                .filter_map(|(key, pointer)| pointer.map(|pointer| (key, pointer)))
            {
                let at = join("/on/polling", key);
                check_pointer(pointer, &at, report);
                if event.pointer(pointer).is_none() {
                    report
                        .error(
                            Code::BadTrigger,
                            &at,
                            format!("the event has nothing at `{pointer}`"),
                        )
                        .help("correct the pointer, or the event");
                }
            }
            check_pointer(&polling.items, "/on/polling/items", report);
            if polling.every_seconds() == 0 {
                report.error(
                    Code::BadTrigger,
                    "/on/polling/everySeconds",
                    "the polling interval must be at least one second",
                );
            }
        }
        TriggerKind::Webhook(webhook) => {
            if let Signature::None(waiver) = &webhook.signature {
                report.not_blank("/on/webhook/signature/none", &waiver.none);
            }
            if webhook.events.is_empty() {
                report
                    .error(Code::BadTrigger, "/on/webhook/events", "the trigger has no events")
                    .help("name the vendor's events");
            }
            if webhook.setup.is_empty() {
                report.error(
                    Code::BadTrigger,
                    "/on/webhook/setup",
                    "`setup` is missing: how is the webhook registered?",
                );
            }
        }
    }
}
