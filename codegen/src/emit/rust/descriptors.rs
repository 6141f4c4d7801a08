//! Where the engine reads the descriptors: `include_str!` of JSON files beside the modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::names;
use crate::catalog::Integration;

/// `INTEGRATION`
pub(super) fn integration(integration: &Integration) -> TokenStream {
    let actions = integration.actions.iter().map(|action| {
        let id = &action.id;
        let path = format!("{}.json", names::action_module(&action.ident));
        quote!((#id, include_str!(#path)))
    });
    quote! {
        std::sync::LazyLock::new(|| {
            rt::descriptor::Integration::generated(include_str!("integration.json"), &[#(#actions),*])
        })
    }
}
