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
        Pagination::Cursor { items, cursor, next, limit, more } => {
            (items, limit, text(more), quote!(Cursor { parameter: #cursor, next: #next }))
        }
        Pagination::NextUrl { items, next, limit, base } => {
            let base = text(base);
            (items, limit, String::new(), quote!(Url { next: #next, base: #base }))
        }
        Pagination::LinkHeader { items, limit } => (items, limit, String::new(), quote!(LinkHeader)),
    };
    let limit = text(limit);
    quote!(Some(descriptor::Paging { items: #items, limit: #limit, more: #more, next: descriptor::NextPage::#next }))
}
