//! The place of every page among the others: its kind, the way to it, what comes before and after.

use std::collections::HashMap;

use crate::address::{GUIDES, INTEGRATIONS, page as address_of};
use crate::index::{Head, Index, Integration};
use crate::input::Source;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integration,
    Connect,
    Action,
    Trigger,
    Reference,
    Changelog,
    /// A hand-written guide.
    Guide,
    /// A page about the whole catalogue.
    About,
}

impl Kind {
    /// The kind in words.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Integration => "Integration",
            Self::Connect => "Connection",
            Self::Action => "Action",
            Self::Trigger => "Trigger",
            Self::Reference => "Reference",
            Self::Changelog => "Changelog",
            Self::Guide => "Guide",
            Self::About => "Catalogue",
        }
    }
}

/// The place of a page.
pub(crate) struct Place<'a> {
    pub(crate) kind: Kind,
    /// From the site's root.
    pub(crate) address: String,
    pub(crate) integration: Option<&'a Integration>,
    /// The action or trigger.
    pub(crate) head: Option<&'a Head>,
    /// The path of the spec, below the specs folder.
    pub(crate) spec: Option<&'a str>,
    pub(crate) previous: Option<Step>,
    pub(crate) next: Option<Step>,
}

/// A neighbouring page.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) title: String,
    pub(crate) address: String,
}

/// A group of pages of an integration.
pub(crate) struct Group<'a> {
    pub(crate) title: &'a str,
    pub(crate) heads: Vec<&'a Head>,
}

/// Actions by group, in the order of the integration's page; those without one come last.
pub(crate) fn groups(integration: &Integration) -> Vec<Group<'_>> {
    let of = |wanted: Option<&str>| {
        integration
            .actions
            .iter()
            .filter(|head| head.group.as_deref() == wanted)
            .collect::<Vec<_>>()
    };
    let mut groups: Vec<Group> = integration
        .groups
        .iter()
        .map(|(id, title)| Group { title: title.as_str(), heads: of(Some(id)) })
        .collect();
    groups.push(Group {
        title: if groups.is_empty() { "Actions" } else { "Others" },
        heads: of(None),
    });
    groups.push(Group { title: "Triggers", heads: integration.triggers.iter().collect() });
    groups.retain(|group| !group.heads.is_empty());
    groups
}

/// The twin's path of a page that the index names.
pub(crate) fn twin(page: &str) -> String {
    format!("{INTEGRATIONS}{page}")
}

/// The place of every page, by the path of its twin. The catalogue's own page has none: it is not made of its Markdown.
pub(crate) fn places<'a>(
    index: &'a Index,
    sources: &[Source],
    titles: &HashMap<&str, String>,
) -> HashMap<String, Place<'a>> {
    let mut places = HashMap::new();
    let exists: std::collections::HashSet<&str> =
        sources.iter().map(|source| source.twin.as_str()).collect();
    for integration in &index.integrations {
        let mut sequence =
            vec![(twin(&integration.page), integration.title.clone(), Kind::Integration, None)];
        let connect = twin(&format!("{}/connect.md", integration.slug()));
        if exists.contains(connect.as_str()) {
            sequence.push((
                connect,
                format!("Connect to {}", integration.title),
                Kind::Connect,
                None,
            ));
        }
        for head in groups(integration).into_iter().flat_map(|group| group.heads) {
            let kind = if head.kind.is_some() { Kind::Trigger } else { Kind::Action };
            sequence.push((twin(&head.page), head.title.clone(), kind, Some(head)));
        }
        sequence.retain(|(twin, ..)| exists.contains(twin.as_str()));
        for (twin, _, kind, head) in &sequence {
            let spec = head.map_or(integration.spec.as_str(), |head| head.spec.as_str());
            let address = address_of(twin).unwrap_or_default();
            let place = Place {
                kind: *kind,
                address,
                integration: Some(integration),
                head: *head,
                spec: Some(spec),
                previous: None,
                next: None,
            };
            places.insert(twin.clone(), place);
        }
        link(
            &mut places,
            &sequence.into_iter().map(|(twin, title, ..)| (twin, title)).collect::<Vec<_>>(),
        );
    }
    let others: Vec<&Source> =
        sources.iter().filter(|source| !places.contains_key(&source.twin)).collect();
    for source in &others {
        let kind = match source.twin.strip_prefix(INTEGRATIONS) {
            Some("README.md") => continue,
            Some("CHANGELOG.md") => Kind::Changelog,
            Some(_) => Kind::About,
            None if source.twin.starts_with(GUIDES) => Kind::Guide,
            None => Kind::Reference,
        };
        if let Some(address) = address_of(&source.twin) {
            let place = Place {
                kind,
                address,
                integration: None,
                head: None,
                spec: None,
                previous: None,
                next: None,
            };
            places.insert(source.twin.clone(), place);
        }
    }
    for kind in [Kind::Reference, Kind::Guide] {
        let pages: Vec<(String, String)> = of_kind(sources, &places, kind)
            .map(|twin| (twin.to_owned(), titles.get(twin).cloned().unwrap_or_default()))
            .collect();
        link(&mut places, &pages);
    }
    places
}

/// The pages of a kind, in the order of their sources: the index of the reference and of the guides comes first.
pub(crate) fn of_kind<'a>(
    sources: &'a [Source],
    places: &HashMap<String, Place>,
    kind: Kind,
) -> impl Iterator<Item = &'a str> {
    sources
        .iter()
        .map(|source| source.twin.as_str())
        .filter(move |twin| places.get(*twin).is_some_and(|place| place.kind == kind))
}

fn link(places: &mut HashMap<String, Place>, sequence: &[(String, String)]) {
    let step = |(twin, title): &(String, String)| {
        address_of(twin).map(|address| Step { title: title.clone(), address })
    };
    for (at, (twin, _)) in sequence.iter().enumerate() {
        if let Some(place) = places.get_mut(twin) {
            place.previous = at.checked_sub(1).and_then(|before| step(&sequence[before]));
            place.next = sequence.get(at + 1).and_then(step);
        }
    }
}
