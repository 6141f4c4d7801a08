//! Pagination by a cursor in the response body.

use actionspec_model::paging::Cursor;
use indexmap::IndexMap;

use super::import::Look;
use super::{Kind, also_passed, field, page_size};
use crate::markdown::code;

/// Parameters that take a token, with the keys of an answer that give it.
const CURSORS: &[(&[&str], &[&str])] = &[
    (
        &["cursor", "page[cursor]", "page_cursor", "pagecursor", "next_cursor", "nextcursor"],
        &[
            "/next_cursor",
            "/nextCursor",
            "/cursor",
            "/response_metadata/next_cursor",
            "/meta/next_cursor",
            "/meta/nextCursor",
            "/pagination/next_cursor",
            "/pagination/nextCursor",
            "/paging/next_cursor",
            "/page_info/next_cursor",
            "/meta/cursors/after",
            "/pagination/cursor",
            "/cursors/next",
            "/metadata/next_cursor",
        ],
    ),
    (
        &["page_token", "pagetoken", "next_page_token", "nextpagetoken", "pageToken"],
        &[
            "/next_page_token",
            "/nextPageToken",
            "/meta/next_page_token",
            "/pagination/next_page_token",
            "/metadata/next_page_token",
            "/page_token",
        ],
    ),
    (
        &["after", "page[after]", "starting_after"],
        &[
            "/paging/next/after",
            "/pagination/after",
            "/meta/after",
            "/after",
            "/next_after",
            "/meta/page/after",
            "/paging/cursors/after",
            "/cursor/after",
            "/pages/next/starting_after",
        ],
    ),
    (
        &["next_token", "nexttoken"],
        &["/next_token", "/nextToken", "/NextToken", "/meta/next_token", "/pagination/next_token"],
    ),
    (&["continue"], &["/metadata/continue"]),
    (
        &["continuation_token", "continuationtoken", "continuation"],
        &["/continuation_token", "/continuationToken", "/continuation"],
    ),
    (&["marker", "next_marker"], &["/next_marker", "/nextMarker", "/marker", "/NextMarker"]),
    (&["scroll_id", "scrollid"], &["/scroll_id", "/scrollId"]),
    (&["next"], &["/next", "/pagination/next", "/meta/next"]),
];

impl Kind for Cursor {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        let tokens = std::iter::once(&self.next).chain(self.also.values());
        let tokens = tokens.map(|at| (at.as_str(), "The token of the next page."));
        tokens
            .chain(self.more.iter().map(|at| (at.as_str(), "Whether more pages follow.")))
            .collect()
    }

    fn header(&self) -> Option<(&str, String)> {
        None
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, link: &dyn Fn(&str) -> String) -> String {
        let to =
            self.action.as_ref().map_or_else(String::new, |action| format!(" to {}", link(action)));
        let end = if self.stateful {
            " The cursor may stay the same: an empty page is the last one."
        } else {
            ""
        };
        format!(
            "For the next page, pass {} as {}{}{to}.{end}{}",
            field(&self.next),
            code(&self.cursor),
            also_passed(&self.also),
            page_size(self.limit.as_ref())
        )
    }

    fn recognise(look: &Look<'_>, items: &str) -> Option<Self> {
        CURSORS.iter().find_map(|(names, pointers)| {
            let cursor = look.parameter(names, &["string", "integer"])?;
            let next = pointers.iter().find(|pointer| look.is_scalar(pointer))?;
            Some(Self {
                items: items.to_owned(),
                cursor,
                next: (*next).to_owned(),
                also: IndexMap::new(),
                limit: look.limit(),
                more: look.more(),
                action: None,
                stateful: false,
            })
        })
    }
}
