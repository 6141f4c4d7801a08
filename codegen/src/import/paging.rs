//! Paging, where names and types leave no doubt of it.

use indexmap::IndexMap;
use serde_json::Value;

use super::model::Named;
use super::output::Output;
use crate::spec::{Location, Pagination, PaginationChoice, ParameterSpec, Schema, Waiver};

/// Keys under which vendors put the items of a list.
const ITEMS: &[&str] = &[
    "results",
    "items",
    "values",
    "data",
    "entries",
    "records",
    "list",
    "value",
    "resources",
    "content",
    "objects",
    "rows",
    "hits",
    "elements",
    "nodes",
];
/// Those of them that make an answer a list to the check of specs.
const LIST_KEYS: &[&str] = &["results", "items", "values", "data", "entries", "records", "list"];
const LIMITS: &[&str] = &[
    "limit",
    "per_page",
    "perpage",
    "page_size",
    "pagesize",
    "size",
    "max_results",
    "maxresults",
    "maxitems",
    "max_items",
    "count",
    "page[size]",
    "page[limit]",
    "$top",
    "top",
    "results_per_page",
    "rows",
    "take",
    "pagelimit",
    "page_limit",
];
const PAGES: &[&str] = &[
    "page",
    "page_number",
    "pagenumber",
    "page_num",
    "pagenum",
    "page[number]",
    "page_no",
    "pageno",
    "currentpage",
    "current_page",
];
const OFFSETS: &[&str] = &[
    "offset",
    "skip",
    "start",
    "startat",
    "start_at",
    "$skip",
    "page[offset]",
    "from",
    "startindex",
    "start_index",
];
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
/// Where answers give the address of the next page.
const ADDRESSES: &[&str] = &[
    "/links/next",
    "/_links/next/href",
    "/_links/next",
    "/@odata.nextLink",
    "/next_page_url",
    "/nextPageUrl",
    "/next_url",
    "/nextUrl",
    "/nextLink",
    "/next_link",
    "/paging/next",
    "/pagination/next_url",
    "/next_page_uri",
    "/next",
    "/next_page",
    "/pages/next",
    "/links/next/href",
    "/meta/next_url",
    "/pagination/next",
];

/// How an operation pages; `None` if it returns no list.
pub(super) fn read(
    parameters: &IndexMap<String, ParameterSpec>,
    output: &Output,
    types: &Named,
) -> Option<Option<Pagination>> {
    let schema = output.schema.as_ref()?;
    let example = output.example.as_ref()?;
    let Some(items) = items(schema, example, types) else {
        return has_list_key(example).then_some(None);
    };
    let look = Look { parameters, schema, types };
    let found = look.pagination(&items, output.has_link_header);
    // A list under an unusual name is one only if its paging is known.
    let is_list = items.is_empty() || LIST_KEYS.iter().any(|key| items == format!("/{key}"));
    (found.is_some() || is_list || has_list_key(example)).then_some(found)
}

fn has_list_key(example: &Value) -> bool {
    example.as_object().is_some_and(|members| {
        LIST_KEYS.iter().any(|key| members.get(*key).is_some_and(Value::is_array))
    })
}

/// What an answer says that is known not to page.
pub(super) fn waived() -> PaginationChoice {
    PaginationChoice::None(Waiver { none: "The vendor's description shows no paging.".to_owned() })
}

/// The pointer of the items: the whole, or the one list among the fields.
fn items(schema: &Schema, example: &Value, types: &Named) -> Option<String> {
    if example.is_array() {
        return Some(String::new());
    }
    let object = object(schema, types)?;
    let is_list = |name: &str| example.get(name).is_some_and(Value::is_array);
    let usual = ITEMS
        .iter()
        .find(|name| is_list(name) && object.properties.contains_key(**name))
        .map(|name| (*name).to_owned());
    let lists: Vec<&String> = object.properties.keys().filter(|name| is_list(name)).collect();
    let found = usual.or_else(|| match lists.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    })?;
    Some(format!("/{}", crate::pointer::escape(&found)))
}

fn object<'t>(schema: &'t Schema, types: &'t Named) -> Option<&'t Schema> {
    let mut schema = schema;
    for _ in 0..16 {
        if !schema.properties.is_empty() {
            return Some(schema);
        }
        schema = types.get(schema.ty.as_ref()?.0.as_str())?;
    }
    None
}

struct Look<'l> {
    parameters: &'l IndexMap<String, ParameterSpec>,
    schema: &'l Schema,
    types: &'l Named,
}

impl Look<'_> {
    fn pagination(&self, items: &str, has_link_header: bool) -> Option<Pagination> {
        let limit = self.parameter(LIMITS, &["integer", "number", "string"]);
        for (names, pointers) in CURSORS {
            let Some(cursor) = self.parameter(names, &["string", "integer"]) else { continue };
            if let Some(next) = pointers.iter().find(|pointer| self.is_scalar(pointer)) {
                let (items, next) = (items.to_owned(), (*next).to_owned());
                return Some(Pagination::Cursor {
                    items,
                    cursor,
                    next,
                    also: IndexMap::new(),
                    limit,
                    more: self.more(),
                    action: None,
                    stateful: false,
                });
            }
        }
        if has_link_header {
            return Some(Pagination::LinkHeader { items: items.to_owned(), limit });
        }
        if let Some(offset) =
            self.parameter(OFFSETS, &["integer", "number"]).filter(|_| limit.is_some())
        {
            return Some(Pagination::Offset {
                items: items.to_owned(),
                offset,
                limit,
                total: self.total(),
                more: self.more(),
            });
        }
        if let Some(page) = self.parameter(PAGES, &["integer", "number"]) {
            let first = self
                .parameters
                .get(&page)
                .and_then(|page| {
                    page.schema.vendor_default.as_ref().or(page.schema.example.as_ref())
                })
                .and_then(Value::as_u64);
            let first = u32::from(first != Some(0));
            return Some(Pagination::Page {
                items: items.to_owned(),
                page,
                limit,
                first,
                pages: self.pages(),
                more: self.more(),
            });
        }
        let next = ADDRESSES.iter().find(|pointer| self.is_address(pointer))?;
        Some(Pagination::NextUrl {
            items: items.to_owned(),
            next: (*next).to_owned(),
            limit,
            base: None,
            take: None,
        })
    }

    /// The query parameter of one of these names.
    fn parameter(&self, names: &[&str], kinds: &[&str]) -> Option<String> {
        let is = |(key, parameter): &(&String, &ParameterSpec)| {
            let wire = parameter.wire_name.as_ref().unwrap_or(key).to_ascii_lowercase();
            let ty = parameter.schema.ty.as_ref().map(|ty| ty.0.as_str()).unwrap_or_default();
            let is_query = !matches!(
                parameter.location,
                Some(Location::Header | Location::Cookie | Location::Body | Location::Path)
            );
            is_query
                && names.iter().any(|name| name.eq_ignore_ascii_case(&wire))
                && kinds.contains(&ty)
        };
        self.parameters.iter().find(is).map(|(key, _)| key.clone())
    }

    fn at(&self, pointer: &str) -> Option<&Schema> {
        pointer
            .split('/')
            .skip(1)
            .try_fold(self.schema, |schema, name| object(schema, self.types)?.properties.get(name))
    }

    fn is_scalar(&self, pointer: &str) -> bool {
        self.at(pointer).is_some_and(|schema| {
            schema.ty.as_ref().is_some_and(|ty| matches!(ty.0.as_str(), "string" | "integer"))
        })
    }

    fn is_address(&self, pointer: &str) -> bool {
        let Some(schema) = self.at(pointer) else { return false };
        let is_text = schema.ty.as_ref().is_some_and(|ty| ty.0 == "string");
        let named = pointer.contains("url")
            || pointer.contains("Url")
            || pointer.contains("link")
            || pointer.contains("Link")
            || pointer.contains("href")
            || pointer.contains("uri");
        let example = schema
            .example
            .as_ref()
            .and_then(Value::as_str)
            .is_some_and(|example| example.starts_with("http") || example.starts_with('/'));
        is_text
            && (named
                || example
                || matches!(schema.format.as_deref(), Some("uri" | "url" | "uri-reference")))
    }

    fn first(&self, pointers: &[&str], kinds: &[&str]) -> Option<String> {
        let fits = |pointer: &&&str| {
            self.at(pointer).is_some_and(|schema| {
                schema.ty.as_ref().is_some_and(|ty| kinds.contains(&ty.0.as_str()))
            })
        };
        pointers.iter().find(fits).map(|pointer| (*pointer).to_owned())
    }

    fn total(&self) -> Option<String> {
        let pointers = [
            "/total",
            "/total_count",
            "/totalCount",
            "/total_results",
            "/totalResults",
            "/meta/total",
            "/meta/total_count",
            "/pagination/total",
            "/paging/total",
            "/page/totalElements",
            "/totalElements",
            "/@odata.count",
        ];
        self.first(&pointers, &["integer", "number"])
    }

    fn pages(&self) -> Option<String> {
        let pointers = [
            "/total_pages",
            "/totalPages",
            "/page_count",
            "/pageCount",
            "/pages",
            "/meta/total_pages",
            "/meta/totalPages",
            "/pagination/total_pages",
            "/pagination/totalPages",
            "/page/totalPages",
            "/result_info/total_pages",
        ];
        self.first(&pointers, &["integer", "number"])
    }

    fn more(&self) -> Option<String> {
        let pointers = [
            "/has_more",
            "/hasMore",
            "/more",
            "/meta/has_more",
            "/pagination/has_more",
            "/has_next",
            "/hasNext",
            "/has_next_page",
            "/hasNextPage",
            "/pagination/hasMore",
            "/pagination/has_next_page",
        ];
        self.first(&pointers, &["boolean"])
    }
}

/// Ways to page that several actions share are declared once, at the integration.
pub(super) fn share(choices: Vec<&mut Option<PaginationChoice>>) -> IndexMap<String, Pagination> {
    let key = |choice: &Option<PaginationChoice>| match choice {
        Some(PaginationChoice::Own(own)) => {
            serde_json::to_value(own).ok().map(|value| value.to_string())
        }
        _ => None,
    };
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for key in choices.iter().filter_map(|choice| key(choice)) {
        *counts.entry(key).or_insert(0) += 1;
    }
    let mut shared: IndexMap<String, Pagination> = IndexMap::new();
    let mut names: IndexMap<String, String> = IndexMap::new();
    for choice in choices {
        let Some(text) =
            key(choice).filter(|text| counts.get(text).is_some_and(|count| *count > 2))
        else {
            continue;
        };
        let Some(PaginationChoice::Own(own)) = choice.take() else { continue };
        let name = names.entry(text).or_insert_with(|| {
            let base = kind(&own);
            let name = std::iter::once(base.to_owned())
                .chain((2..).map(|number| format!("{base}_{number}")))
                .find(|name| !shared.contains_key(name));
            let name = name.unwrap_or_else(|| base.to_owned());
            shared.insert(name.clone(), own);
            name
        });
        *choice = Some(PaginationChoice::Named(name.clone()));
    }
    shared
}

fn kind(pagination: &Pagination) -> &'static str {
    match pagination {
        Pagination::Offset { .. } => "offset",
        Pagination::Page { .. } => "page",
        Pagination::Cursor { .. } => "cursor",
        Pagination::HeaderCursor { .. } => "header_cursor",
        Pagination::NextUrl { .. } => "next_url",
        Pagination::LinkHeader { .. } => "link_header",
        Pagination::LastItem { .. } => "last_item",
    }
}
