//! How a result is paged.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use crate::catalog::Paging;
use crate::spec::Pagination;

/// An `Option<descriptor::Paging>`.
pub(super) fn descriptor(paging: &Paging) -> TokenStream {
    let Paging::Paged(pagination) = paging else { return quote!(None) };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (items, limit, more, next) = match pagination {
        Pagination::Offset { items, offset, limit, total, more } => {
            let total = text(total);
            (items, limit, text(more), quote!(Offset { parameter: #offset, total: #total }))
        }
        Pagination::Page { items, page, limit, first, pages, more } => {
            let pages = text(pages);
            let first = literal::unsigned((*first).into());
            (items, limit, text(more), quote!(Page { parameter: #page, first: #first, pages: #pages }))
        }
        Pagination::Cursor { items, cursor, next, also, limit, more } if !also.is_empty() => {
            let tokens = also.iter().map(|(parameter, pointer)| quote!((#parameter, #pointer)));
            (items, limit, text(more), quote!(Cursors(&[(#cursor, #next), #(#tokens),*])))
        }
        Pagination::Cursor { items, cursor, next, limit, more, .. } => {
            (items, limit, text(more), quote!(Cursor { parameter: #cursor, next: #next }))
        }
        Pagination::HeaderCursor { items, cursor, header, limit } => {
            (items, limit, String::new(), quote!(HeaderCursor { parameter: #cursor, header: #header }))
        }
        Pagination::NextUrl { items, next, limit, base, take } => {
            let base = text(base);
            let take = literal::option(take.as_ref(), |take| {
                let (query, parameter) = (&take.query, &take.parameter);
                quote!((#query, #parameter))
            });
            (items, limit, String::new(), quote!(Url { next: #next, base: #base, take: #take }))
        }
        Pagination::LinkHeader { items, limit } => (items, limit, String::new(), quote!(LinkHeader)),
    };
    let limit = text(limit);
    quote!(Some(descriptor::Paging { items: #items, limit: #limit, more: #more, next: descriptor::NextPage::#next }))
}
