//! The sidebar of a page: the other pages of its integration, of the reference, or the guides.
//!
//! An integration of up to [`WHOLE`] pages is listed as a whole, its groups folded; of a larger one, what is near the page. So a page
//! stays small in a catalogue of any size.

use serde::Serialize;

use crate::address::relative;
use crate::build::Listed;
use crate::order::{self, Kind, Place, groups};
use crate::text::slug;

/// The largest integration that is listed as a whole.
const WHOLE: usize = 250;
/// How many pages before and after are listed of a larger one.
const NEAR: usize = 30;

#[derive(Serialize)]
pub(crate) struct Sidebar {
    title: String,
    /// The page of the integration, from where others can be reached.
    home: Option<String>,
    links: Vec<Link>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    /// Whether it holds the page.
    open: bool,
    links: Vec<Link>,
    /// How many pages there are, and where all are, if not all are here.
    more: Option<(usize, String)>,
}

#[derive(Serialize)]
struct Link {
    title: String,
    href: String,
    current: bool,
    deprecated: bool,
}

/// The sidebar of a page.
pub(crate) fn of(place: &Place, listed: &Listed) -> Option<Sidebar> {
    let from = place.address.as_str();
    let link = |title: &str, to: &str, deprecated: bool| Link {
        title: title.to_owned(),
        href: relative(from, to),
        current: to == from,
        deprecated,
    };
    let plain = match place.kind {
        Kind::Reference => Some(("Spec language", &listed.reference)),
        Kind::Guide => Some(("Guides", &listed.guides)),
        _ => None,
    };
    if let Some((title, pages)) = plain {
        let links = pages.iter().map(|(address, title)| link(title, address, false)).collect();
        return Some(Sidebar { title: title.to_owned(), home: None, links, groups: Vec::new() });
    }
    let integration = place.integration?;
    let home = format!("integrations/{}/", integration.slug());
    let whole = integration.actions.len() + integration.triggers.len() <= WHOLE;
    let mut all = Vec::new();
    for group in groups(integration) {
        let at = place
            .head
            .and_then(|head| group.heads.iter().position(|other| std::ptr::eq(*other, head)));
        let (first, last) = match (whole, at) {
            (true, _) => (0, group.heads.len()),
            (false, Some(at)) => (at.saturating_sub(NEAR), (at + NEAR + 1).min(group.heads.len())),
            (false, None) => (0, 0),
        };
        let links = group.heads[first..last]
            .iter()
            .map(|head| link(&head.title, &order_address(head), head.deprecated))
            .collect::<Vec<_>>();
        let more = (links.len() < group.heads.len())
            .then(|| (group.heads.len(), relative(from, &format!("{home}#{}", slug(group.title)))));
        all.push(Group { title: group.title.to_owned(), open: at.is_some(), links, more });
    }
    let links =
        vec![link("Overview", &home, false), link("Connect", &format!("{home}connect/"), false)];
    Some(Sidebar {
        title: integration.title.clone(),
        home: Some(relative(from, &home)),
        links,
        groups: all,
    })
}

fn order_address(head: &crate::index::Head) -> String {
    crate::address::page(&order::twin(&head.page)).unwrap_or_default()
}
