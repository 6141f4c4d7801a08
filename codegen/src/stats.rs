//! A catalogue in figures: what there is, how well it is founded, what was waived and why, what of the language it uses.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::{
    Action, Catalog, Example, Integration, Outline, Paging, Permissions, TriggerKind,
};
use crate::features;
use crate::language::{LANGUAGE, Section};
use crate::spec::{Effect, ExampleSource, Retry, Signature, WebhookTrigger};

/// The figures.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// Each integration, by id.
    pub integrations: Vec<Row>,
    /// All of them together.
    pub total: Row,
    /// What was waived, and why.
    pub waivers: Vec<Waivers>,
    /// What of the language is used.
    pub features: Vec<FeatureUse>,
    /// Actions that no declaration could say.
    pub escape_hatches: Share,
}

/// One integration, or all.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its id; empty for all.
    pub id: String,
    /// How many actions it has.
    pub actions: usize,
    /// Of these, that change nothing.
    pub read: usize,
    /// That create or change something.
    pub write: usize,
    /// That delete something, or do what cannot be undone.
    pub destructive: usize,
    /// How many triggers it has.
    pub triggers: usize,
    /// Example outputs seen in a live response.
    pub examples_live: usize,
    /// Taken from the vendor's documentation.
    pub examples_documentation: usize,
    /// Composed from documented fields.
    pub examples_composed: usize,
    /// Waived: nothing or bytes are returned.
    pub examples_waived: usize,
}

/// Waivers of one kind.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Waivers {
    /// What was waived.
    pub what: &'static str,
    /// How often.
    pub count: usize,
    /// The reasons, the commonest first.
    pub reasons: Vec<Reason>,
}

/// One reason.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// In the author's words.
    pub reason: String,
    /// How often it is given.
    pub count: usize,
}

/// A feature and its users.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FeatureUse {
    /// The part of the language.
    pub section: String,
    /// The key or value.
    pub feature: String,
    /// How many actions use it.
    pub actions: usize,
    /// The integrations, by id.
    pub systems: Vec<String>,
}

/// A share of all actions.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// How many keys of the language there are for it.
    pub keys: usize,
    /// How many actions use one.
    pub actions: usize,
    /// The part of all actions, from 0 to 1.
    pub share: f64,
}

/// Counts.
#[must_use]
pub fn stats(catalog: &Catalog) -> Stats {
    let integrations: Vec<Row> = catalog.integrations.iter().map(row).collect();
    let total = integrations.iter().fold(Row::default(), Row::plus);
    let outline = Outline::of(catalog, Vec::new());
    let hatches = features::escape_hatches(&outline);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share of actions, of which there are fewer than 2^52"
    )]
    let share =
        if total.actions == 0 { 0.0 } else { hatches.actions as f64 / total.actions as f64 };
    Stats {
        waivers: waivers(catalog),
        features: feature_uses(&outline),
        escape_hatches: Share { keys: hatches.keys, actions: hatches.actions, share },
        integrations,
        total,
    }
}

impl Row {
    fn plus(self, other: &Self) -> Self {
        Self {
            id: self.id,
            actions: self.actions + other.actions,
            read: self.read + other.read,
            write: self.write + other.write,
            destructive: self.destructive + other.destructive,
            triggers: self.triggers + other.triggers,
            examples_live: self.examples_live + other.examples_live,
            examples_documentation: self.examples_documentation + other.examples_documentation,
            examples_composed: self.examples_composed + other.examples_composed,
            examples_waived: self.examples_waived + other.examples_waived,
        }
    }
}

fn row(integration: &Integration) -> Row {
    let count = |test: &dyn Fn(&Action) -> bool| {
        integration.actions.iter().filter(|action| test(action)).count()
    };
    let effect = |wanted: Effect| count(&|action| action.effect == wanted);
    let seen = |wanted: ExampleSource| {
        count(
            &|action| matches!(action.output.example, Example::Given { source, .. } if source == wanted),
        )
    };
    Row {
        id: integration.id.clone(),
        actions: integration.actions.len(),
        read: effect(Effect::Read),
        write: effect(Effect::Write),
        destructive: effect(Effect::Destructive),
        triggers: integration.triggers.len(),
        examples_live: seen(ExampleSource::Live),
        examples_documentation: seen(ExampleSource::Documentation),
        examples_composed: seen(ExampleSource::Composed),
        examples_waived: count(&|action| matches!(action.output.example, Example::None(_))),
    }
}

fn waivers(catalog: &Catalog) -> Vec<Waivers> {
    let actions = || catalog.integrations.iter().flat_map(|integration| &integration.actions);
    let triggers = || catalog.integrations.iter().flat_map(|integration| &integration.triggers);
    let permissions = actions()
        .map(|action| &action.permissions)
        .chain(triggers().map(|trigger| &trigger.permissions));
    vec![
        grouped("permissions", permissions.filter_map(no_permission)),
        grouped(
            "example",
            actions().filter_map(|action| {
                if let Example::None(why) = &action.output.example { Some(why) } else { None }
            }),
        ),
        grouped(
            "paging",
            actions().filter_map(|action| {
                if let Paging::None(why) = &action.paging { Some(why) } else { None }
            }),
        ),
        grouped(
            "retry",
            actions().filter_map(|action| {
                if let Retry::Unsafe(why) = &action.retry { Some(why) } else { None }
            }),
        ),
        grouped(
            "webhook signature",
            triggers().map(|trigger| &trigger.on).filter_map(no_signature),
        ),
    ]
}

fn no_permission(permissions: &Permissions) -> Option<&String> {
    if let Permissions::None(why) = permissions { Some(why) } else { None }
}

fn no_signature(on: &TriggerKind) -> Option<&String> {
    match on {
        TriggerKind::Webhook(WebhookTrigger { signature: Signature::None(waiver), .. }) => {
            Some(&waiver.none)
        }
        TriggerKind::Webhook(_) | TriggerKind::Polling(_) => None,
    }
}

fn grouped<'a>(what: &'static str, reasons: impl Iterator<Item = &'a String>) -> Waivers {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in reasons {
        *counts.entry(reason.trim()).or_default() += 1;
    }
    let mut reasons: Vec<Reason> = counts
        .into_iter()
        .map(|(reason, count)| Reason { reason: reason.to_owned(), count })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    Waivers { what, count: reasons.iter().map(|reason| reason.count).sum(), reasons }
}

fn feature_uses(outline: &Outline) -> Vec<FeatureUse> {
    let uses = features::uses(outline);
    let of = |section: &Section| {
        let name = section.title.clone();
        section.features.iter().map(move |id| (name.clone(), *id)).collect::<Vec<_>>()
    };
    LANGUAGE
        .sections()
        .iter()
        .flat_map(of)
        .map(|(section, id)| FeatureUse {
            section,
            feature: LANGUAGE.features()[id].name.clone(),
            actions: uses[id].actions(),
            systems: uses[id].systems.keys().cloned().collect(),
        })
        .collect()
}
