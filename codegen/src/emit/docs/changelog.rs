//! The changelog: the `changes` of all specs by day, and current deprecations.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::page::{ChangeRow, ChangelogPage, DayPart, DeprecatedRow, PageLink, PlacedChange};
use super::words;
use crate::catalog::{IntegrationOutline, Outline};
use crate::spec::{Change, Deprecation};

/// An integration, action or trigger, with its page.
struct Subject<'a> {
    page: PageLink,
    changes: &'a [Change],
    deprecated: Option<&'a Deprecation>,
}

pub(super) fn page(outline: &Outline) -> ChangelogPage {
    let mut days: BTreeMap<Reverse<&str>, Vec<PlacedChange>> = BTreeMap::new();
    let mut deprecated = Vec::new();
    let subjects: Vec<Subject> = outline.integrations.iter().flat_map(subjects).collect();
    for subject in &subjects {
        for change in subject.changes {
            days.entry(Reverse(&change.date))
                .or_default()
                .push(PlacedChange { page: subject.page.clone(), change: row(change) });
        }
        deprecated.extend(subject.deprecated.map(|deprecation| DeprecatedRow {
            page: subject.page.clone(),
            deprecated: deprecation.clone(),
        }));
    }
    let days = days
        .into_iter()
        .map(|(Reverse(date), changes)| DayPart { date: date.to_owned(), changes })
        .collect();
    ChangelogPage { days, deprecated }
}

pub(super) fn rows(changes: &[Change]) -> Vec<ChangeRow> {
    changes.iter().map(row).collect()
}

fn row(change: &Change) -> ChangeRow {
    ChangeRow {
        date: change.date.clone(),
        kind: words::change_kind(change.kind),
        description: change.description.clone(),
        breaking: change.breaking,
    }
}

fn subjects(integration: &IntegrationOutline) -> Vec<Subject<'_>> {
    let page = |title: Option<&String>, path: String| PageLink {
        integration: integration.title.clone(),
        title: title.cloned(),
        path: format!("{}/{path}", integration.slug),
    };
    let own = Subject {
        page: page(None, "README.md".to_owned()),
        changes: &integration.changes,
        deprecated: integration.deprecated.as_ref(),
    };
    let actions = integration.actions.iter().map(|action| Subject {
        page: page(Some(&action.title), format!("actions/{}.md", action.slug)),
        changes: &action.changes,
        deprecated: action.deprecated.as_ref(),
    });
    let triggers = integration.triggers.iter().map(|trigger| Subject {
        page: page(Some(&trigger.title), format!("triggers/{}.md", trigger.slug)),
        changes: &trigger.changes,
        deprecated: trigger.deprecated.as_ref(),
    });
    std::iter::once(own).chain(actions).chain(triggers).collect()
}
