//! `lib.rs` of an integration's crate: its descriptor, the client handle, and what its actions export.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{builder, descriptors, names, values};
use crate::catalog::{Action, Integration};

/// The root of the crate.
pub(super) fn module(integration: &Integration) -> syn::Result<TokenStream> {
    let descriptor = descriptors::integration(integration);
    let modules = modules(integration)?;
    let requests = requests(integration)?;
    let exports = exports(integration)?;
    let handle = handle(integration)?;
    let builder = builder::builder(integration)?;
    let static_docs =
        Docs::default().text(format!("Descriptor of {}.", docs::line(&integration.title))).outer();
    let attributes = attributes();
    let runtime = runtime(integration)?;
    Ok(quote! {
        #![doc = include_str!("../README.md")]
        #attributes

        use actionspec_runtime as rt;

        #modules

        #runtime

        #exports

        #requests

        #static_docs
        pub static INTEGRATION: std::sync::LazyLock<rt::descriptor::Integration> = #descriptor;

        #handle

        #builder
    })
}

/// Lints of generated crates.
pub(super) fn attributes() -> TokenStream {
    quote! {
        #![forbid(unsafe_code)]
        #![allow(
            clippy::doc_markdown, clippy::doc_lazy_continuation, clippy::doc_overindented_list_items, clippy::doc_link_with_quotes,
            reason = "prose comes from specs as people wrote it"
        )]
        #![allow(clippy::missing_errors_doc, reason = "what can go wrong is the same everywhere: see `ErrorKind`")]
    }
}

/// What the crate exports of the runtime: everything that a signature of the crate names. The integration's own two types come first.
fn runtime(integration: &Integration) -> syn::Result<TokenStream> {
    let own = [integration.type_name.clone(), names::builder(integration)];
    let types = names::RUNTIME_TYPES.iter().filter(|name| !own.iter().any(|own| own == *name));
    let types = types.map(|name| names::ident(name)).collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {
        pub use actionspec_runtime::{self as runtime, #(#types,)* descriptor, http, json};
    })
}

fn modules(integration: &Integration) -> syn::Result<TokenStream> {
    let actions =
        integration.actions.iter().map(|action| names::ident(&names::action_module(&action.ident)));
    let actions = actions.collect::<syn::Result<Vec<_>>>()?;
    let triggers = if integration.triggers.is_empty() {
        TokenStream::new()
    } else {
        quote!(
            pub mod triggers;
        )
    };
    Ok(quote! {
        #(pub mod #actions;)*
        #triggers
        pub mod types;
    })
}

/// The request type that all actions share.
fn requests(integration: &Integration) -> syn::Result<TokenStream> {
    let actions = integration
        .actions
        .iter()
        .map(|action| names::ident(&action.type_name))
        .collect::<syn::Result<Vec<_>>>()?;
    let docs = Docs::default()
        .text(format!(
            "The request type that all actions of {} share.",
            docs::line(&integration.title)
        ))
        .outer();
    Ok(quote! {
        #docs
        pub mod request {
            actionspec_runtime::requests! { #(#actions)* }
        }
    })
}

/// Request types, and the enums that only one action has.
fn exports(integration: &Integration) -> syn::Result<TokenStream> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    *seen.entry(integration.type_name.clone()).or_default() += 1;
    *seen.entry(names::builder(integration)).or_default() += 1;
    for action in &integration.actions {
        for name in enum_names(integration, action).chain([action.type_name.clone()]) {
            *seen.entry(name).or_default() += 1;
        }
    }
    let mut exports = Vec::new();
    for action in &integration.actions {
        let module = names::ident(&names::action_module(&action.ident))?;
        let request =
            Some(action.type_name.clone()).filter(|_| names::is_reexported(integration, action));
        let enums = enum_names(integration, action)
            .filter(|name| seen.get(name) == Some(&1) && names::is_exportable(name));
        let mut exported: Vec<String> = request.into_iter().chain(enums).collect();
        exported.sort();
        let exported =
            exported.iter().map(|name| names::ident(name)).collect::<syn::Result<Vec<_>>>()?;
        exports.push(match exported.as_slice() {
            [] => TokenStream::new(),
            [only] => quote!(pub use #module::#only;),
            several => quote!(pub use #module::{#(#several),*};),
        });
    }
    Ok(quote!(#(#exports)*))
}

fn enum_names(integration: &Integration, action: &Action) -> impl Iterator<Item = String> {
    let parameters = action
        .parameters
        .iter()
        .filter(|parameter| !values::enum_values(integration, parameter).is_empty());
    parameters.filter_map(|parameter| parameter.enum_type.as_deref()).map(names::type_name)
}

/// The client's type.
fn handle(integration: &Integration) -> syn::Result<TokenStream> {
    let handle = names::ident(&integration.type_name)?;
    let builder = names::ident(&names::builder(integration))?;
    let docs = Docs::default()
        .text(format!(
            "A connection to {}. Clones share the connection.",
            docs::line(&integration.title)
        ))
        .outer();
    let deprecated = docs::deprecated(integration.deprecated.as_ref());
    Ok(quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #handle {
            client: rt::Client,
        }

        impl #handle {
            /// Returns a builder for a connection.
            #deprecated
            pub fn builder() -> #builder {
                #builder(rt::ClientBuilder::new(&INTEGRATION))
            }

            /// Returns the untyped client, for calls by name.
            #[must_use]
            pub fn client(&self) -> &rt::Client {
                &self.client
            }
        }

        impl From<rt::Client> for #handle {
            fn from(client: rt::Client) -> Self {
                Self { client }
            }
        }
    })
}
