//! The facts of a catalogue that lists and counts use. Emitters of the whole catalogue see only these, and the cache stores only these of an
//! integration.

use indexmap::IndexMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::Protocol;
use super::model::{Action, Catalog, Example, Info, Integration, Paging, Permissions, Trigger};
use super::used;
use crate::language::FeatureId;
use crate::spec::{Authentication, Change, Deprecation, Effect, ExampleSource};

/// A catalogue in outline.
#[derive(Clone, Debug)]
pub struct Outline {
    /// What holds for the whole catalogue.
    pub info: Info,
    /// The integrations, by id.
    pub integrations: Vec<IntegrationOutline>,
}

/// An integration in outline. Fields without a comment are those of [`Integration`].
#[expect(missing_docs, reason = "documented at `Integration`")]
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct IntegrationOutline {
    pub id: String,
    pub slug: String,
    pub spec_path: String,
    pub title: String,
    pub vendor: String,
    pub summary: String,
    pub category: String,
    pub keywords: Vec<String>,
    pub documentation: String,
    /// What its servers speak.
    pub protocol: Protocol,
    pub authentication: IndexMap<String, Authentication>,
    pub groups: IndexMap<String, String>,
    /// How many named types it has.
    pub types: usize,
    pub actions: Vec<ActionOutline>,
    pub triggers: Vec<TriggerOutline>,
    pub deprecated: Option<Deprecation>,
    pub changes: Vec<Change>,
    /// The features of the language that its file and its triggers use.
    pub features: Vec<FeatureId>,
}

/// An action in outline. Fields without a comment are those of [`Action`].
#[expect(missing_docs, reason = "documented at `Action`")]
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ActionOutline {
    pub id: String,
    pub slug: String,
    pub spec_path: String,
    pub title: String,
    pub summary: String,
    pub group: Option<String>,
    pub keywords: Vec<String>,
    pub effect: Effect,
    /// How many requests it sends.
    pub requests: usize,
    /// How many parameters it has.
    pub parameters: usize,
    /// Whether the caller needs a permission.
    pub needs_permission: bool,
    /// Whether it returns something that has a schema.
    pub has_result: bool,
    /// Where the example output comes from; `None` if there is none.
    pub example: Option<ExampleSource>,
    pub listing: Listing,
    pub renamed_from: Vec<String>,
    pub deprecated: Option<Deprecation>,
    pub changes: Vec<Change>,
    /// The features of the language that it uses, those that it leaves to the language's defaults included.
    pub features: Vec<FeatureId>,
}

/// Whether an action returns a list, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Listing {
    /// It does not.
    No,
    /// Page by page.
    Paged,
    /// As a whole.
    Whole,
}

/// A trigger in outline. Fields without a comment are those of [`Trigger`].
#[expect(missing_docs, reason = "documented at `Trigger`")]
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TriggerOutline {
    pub id: String,
    pub slug: String,
    pub spec_path: String,
    pub title: String,
    pub summary: String,
    pub keywords: Vec<String>,
    /// The key of its kind in specs.
    pub kind: String,
    pub deprecated: Option<Deprecation>,
    pub changes: Vec<Change>,
}

impl Outline {
    /// The outline of a Catalog, and of integrations that are `known` in outline only.
    #[must_use]
    pub fn of(catalog: &Catalog, known: Vec<IntegrationOutline>) -> Self {
        let mut integrations = known;
        integrations.par_extend(catalog.integrations.par_iter().map(IntegrationOutline::of));
        integrations.sort_by(|one, other| one.id.cmp(&other.id));
        Self { info: catalog.info.clone(), integrations }
    }
}

impl IntegrationOutline {
    /// The outline of an integration.
    #[must_use]
    pub fn of(integration: &Integration) -> Self {
        Self {
            id: integration.id.clone(),
            slug: integration.slug.clone(),
            spec_path: integration.spec_path.clone(),
            title: integration.title.clone(),
            vendor: integration.vendor.clone(),
            summary: integration.summary.clone(),
            category: integration.category.clone(),
            keywords: integration.keywords.clone(),
            documentation: integration.documentation.clone(),
            protocol: integration.protocol(),
            authentication: integration.authentication.clone(),
            groups: integration.groups.clone(),
            types: integration.types.len(),
            actions: integration.actions.iter().map(ActionOutline::of).collect(),
            triggers: integration.triggers.iter().map(TriggerOutline::of).collect(),
            deprecated: integration.deprecated.clone(),
            changes: integration.changes.clone(),
            features: used::around(integration).into_iter().collect(),
        }
    }
}

impl ActionOutline {
    /// The outline of an action.
    #[must_use]
    pub fn of(action: &Action) -> Self {
        Self {
            id: action.id.clone(),
            slug: action.slug.clone(),
            spec_path: action.spec_path.clone(),
            title: action.title.clone(),
            summary: action.summary.clone(),
            group: action.group.clone(),
            keywords: action.keywords.clone(),
            effect: action.effect,
            requests: action.steps.len(),
            parameters: action.parameters.len(),
            needs_permission: matches!(action.permissions, Permissions::All(_)),
            has_result: action.output.kind.is_structured(),
            example: match action.output.example {
                Example::Given { source, .. } => Some(source),
                Example::None(_) => None,
            },
            listing: match action.paging {
                Paging::NotAList => Listing::No,
                Paging::Paged(_) => Listing::Paged,
                Paging::None(_) => Listing::Whole,
            },
            renamed_from: action.renamed_from.clone(),
            deprecated: action.deprecated.clone(),
            changes: action.changes.clone(),
            features: used::of_action(action).into_iter().collect(),
        }
    }
}

impl TriggerOutline {
    /// The outline of a trigger.
    #[must_use]
    pub fn of(trigger: &Trigger) -> Self {
        Self {
            id: trigger.id.clone(),
            slug: trigger.slug.clone(),
            spec_path: trigger.spec_path.clone(),
            title: trigger.title.clone(),
            summary: trigger.summary.clone(),
            keywords: trigger.keywords.clone(),
            kind: trigger.on.name().to_owned(),
            deprecated: trigger.deprecated.clone(),
            changes: trigger.changes.clone(),
        }
    }
}
