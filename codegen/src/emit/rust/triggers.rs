//! `triggers.rs` of an integration: one `static` descriptor a trigger.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{descriptors, literal, names, types};
use crate::catalog::{Integration, Trigger, TriggerKind};
use crate::spec::{Signature, SignatureAlgorithm, SignatureEncoding};

/// The module.
pub(super) fn module(integration: &Integration) -> syn::Result<TokenStream> {
    let docs = Docs::default()
        .text(format!("Triggers of {}.", docs::line(&integration.title)))
        .inner();
    let triggers = integration
        .triggers
        .iter()
        .map(|item| trigger(integration, item))
        .collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {
        #docs

        use actionspec_runtime::descriptor;

        #(#triggers)*
    })
}

fn trigger(integration: &Integration, trigger: &Trigger) -> syn::Result<TokenStream> {
    let Trigger { id, title, description, documentation, .. } = trigger;
    let ident = names::ident(&trigger.ident.to_uppercase())?;
    let kind = match &trigger.on {
        TriggerKind::Polling { .. } => polling(integration, &trigger.on)?,
        TriggerKind::Webhook { events, signature, .. } => {
            let events = literal::texts(events);
            let signature = self::signature(signature);
            quote!(Webhook { events: #events, signature: #signature })
        }
    };
    let event_schema = descriptors::include(&format!("schemas/{id}.event.json"));
    let event = descriptors::include(&format!("examples/{id}.event.json"));
    let notes = trigger
        .notes
        .iter()
        .fold(Docs::default().markdown(description), |docs, note| docs.markdown(&note.text));
    let notes = match types::view_name(integration, &trigger.schema) {
        Some(name) => notes.text(format!("Events have the type [`{name}`](super::types::{name}).")),
        None => notes,
    };
    let docs = notes.text(format!("See {}.", docs::link(documentation))).outer();
    let deprecated = match &trigger.deprecated {
        Some(deprecation) => Docs::default()
            .text(format!("**Deprecated.** {}", docs::line(&docs::note(deprecation))))
            .outer(),
        None => TokenStream::new(),
    };
    Ok(quote! {
        #docs
        #deprecated
        pub static #ident: descriptor::Trigger = descriptor::Trigger {
            id: #id,
            title: #title,
            description: #description,
            documentation: #documentation,
            kind: descriptor::TriggerKind::#kind,
            event_schema: #event_schema,
            event: #event,
        };
    })
}

fn polling(integration: &Integration, kind: &TriggerKind) -> syn::Result<TokenStream> {
    let TriggerKind::Polling { action, arguments, parameters, items, id, time, every_seconds } =
        kind
    else {
        return Ok(TokenStream::new());
    };
    let ident = integration
        .actions
        .iter()
        .find(|other| other.id == *action)
        .map_or(action, |action| &action.ident);
    let module = names::ident(&names::action_module(ident))?;
    let arguments = arguments.iter().map(|(key, value)| {
        let value = literal::literal(value);
        quote!((#key, #value))
    });
    let parameters = literal::texts(parameters);
    let time = time.as_deref().unwrap_or_default();
    let every_seconds = literal::unsigned((*every_seconds).into());
    Ok(quote! {
        Polling {
            action: &super::#module::ACTION,
            arguments: &[#(#arguments),*],
            parameters: #parameters,
            items: #items,
            id: #id,
            time: #time,
            every_seconds: #every_seconds,
        }
    })
}

fn signature(signature: &Signature) -> TokenStream {
    let Signature::Hmac { header, algorithm, encoding, prefix, timestamp_header } = signature
    else {
        return quote!(None);
    };
    let algorithm = match algorithm {
        SignatureAlgorithm::Sha1 => "sha1",
        SignatureAlgorithm::Sha256 => "sha256",
        SignatureAlgorithm::Sha512 => "sha512",
    };
    let encoding = match encoding {
        SignatureEncoding::Hex => "hex",
        SignatureEncoding::Base64 => "base64",
    };
    let prefix = prefix.as_deref().unwrap_or_default();
    let timestamp_header = timestamp_header.as_deref().unwrap_or_default();
    quote! {
        Some(descriptor::Signature {
            header: #header, algorithm: #algorithm, encoding: #encoding, prefix: #prefix, timestamp_header: #timestamp_header,
        })
    }
}
