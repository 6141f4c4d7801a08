//! `triggers.rs` of an integration: a function for the descriptor of each trigger.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{names, types};
use crate::catalog::{Integration, Trigger};

/// The module.
pub(super) fn module(integration: &Integration) -> syn::Result<TokenStream> {
    let docs =
        Docs::default().text(format!("Triggers of {}.", docs::line(&integration.title))).inner();
    let triggers = integration
        .triggers
        .iter()
        .map(|item| trigger(integration, item))
        .collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {
        #docs

        use actionspec_runtime::descriptor::Trigger;

        #(#triggers)*
    })
}

fn trigger(integration: &Integration, trigger: &Trigger) -> syn::Result<TokenStream> {
    let id = &trigger.id;
    let ident = names::ident(&trigger.ident)?;
    let docs =
        trigger.notes.iter().fold(Docs::default().markdown(&trigger.description), |docs, note| {
            docs.markdown(&note.text)
        });
    let docs = match types::view_name(integration, &trigger.schema) {
        Some(name) => docs.text(format!("Events have the type [`{name}`](super::types::{name}).")),
        None => docs,
    };
    let docs = docs.text(format!("See {}.", docs::link(&trigger.documentation))).outer();
    let deprecated = docs::deprecated(trigger.deprecated.as_ref());
    Ok(quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #ident() -> &'static Trigger {
            super::INTEGRATION.declared_trigger(#id)
        }
    })
}
