//! How a result is paged.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::{literal, names};
use crate::catalog::{Integration, Paging};
use crate::spec::Pagination;

/// Keys of parameters, each with a JSON pointer, as the items of a slice.
fn pairs(values: &IndexMap<String, String>) -> TokenStream {
    let pairs = values.iter().map(|(parameter, pointer)| quote!((#parameter, #pointer)));
    quote!(#(#pairs),*)
}

/// An `Option<descriptor::Paging>`.
pub(super) fn descriptor(integration: &Integration, paging: &Paging) -> syn::Result<TokenStream> {
    let Paging::Paged(pagination) = paging else { return Ok(quote!(None)) };
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
        Pagination::Cursor { items, cursor, next, also, limit, more, action, stateful } => {
            let next = match (action, stateful) {
                (Some(action), _) => {
                    let action = integration.actions.iter().find(|other| other.id == *action);
                    let module = names::ident(&names::action_module(action.map_or("", |action| &action.ident)))?;
                    quote!(Continued { action: &super::#module::ACTION, parameter: #cursor, next: #next })
                }
                (None, true) => quote!(Stateful { parameter: #cursor, next: #next }),
                (None, false) if !also.is_empty() => {
                    let tokens = pairs(also);
                    quote!(Cursors(&[(#cursor, #next), #tokens]))
                }
                (None, false) => quote!(Cursor { parameter: #cursor, next: #next }),
            };
            (items, limit, text(more), next)
        }
        Pagination::LastItem { items, cursor, value, limit, also } => {
            let also = pairs(also);
            (items, limit, String::new(), quote!(LastItem { parameter: #cursor, value: #value, also: &[#also] }))
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
    Ok(quote!(Some(descriptor::Paging { items: #items, limit: #limit, more: #more, next: descriptor::NextPage::#next })))
}
