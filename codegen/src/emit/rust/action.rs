//! `<action>.rs`: the descriptor, the request type with its setters, the method of the client, the enums of parameters.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::docs::{self, Docs};
use super::{names, parameters, samples, types, values};
use crate::catalog::{Action, Integration, Paging, Permissions};
use crate::spec::{Effect, NoteKind};

/// The module.
pub(super) fn module(
    integration: &Integration,
    action: &Action,
    prefix: &str,
) -> syn::Result<TokenStream> {
    let handle = names::ident(&integration.type_name)?;
    let docs = module_docs(action).inner();
    let request = request(integration, action)?;
    let method = method(integration, action, prefix)?;
    let enums = parameters::enums(integration, action)?;
    let names_runtime =
        [&request, &method, &enums].into_iter().any(|tokens| mentions(tokens, "rt"));
    let runtime = names_runtime.then(|| {
        quote!(
            use actionspec_runtime as rt;
        )
    });
    Ok(quote! {
        #docs

        #runtime

        #request

        impl super::#handle {
            #method
        }

        #enums
    })
}

/// Whether tokens hold a path that begins with a name. A method or argument may have the name too.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) => {
                ident == name
                    && matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':' && next.spacing() == Spacing::Joint)
            }
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if found {
            return true;
        }
    }
    false
}

fn module_docs(action: &Action) -> Docs {
    let docs = Docs::default()
        .text(format!("{}.", docs::line(&action.title).trim_end_matches('.')))
        .markdown(&action.description);
    let docs = match &action.deprecated {
        Some(deprecation) => {
            docs.text(format!("**Deprecated.** {}", docs::line(&docs::note(deprecation))))
        }
        None => docs,
    };
    let docs = action
        .notes
        .iter()
        .fold(docs, |docs, note| docs.text(label(note.kind)).markdown(&note.text));
    let docs = match &action.permissions {
        Permissions::None(why) => docs.text(format!("**Permissions:** none. {}", docs::line(why))),
        Permissions::All(permissions) => {
            docs.text("**Permissions:**").list(permissions.iter().map(|permission| {
                let when = permission
                    .when
                    .as_ref()
                    .map(|when| format!(", required when {}", docs::line(when)))
                    .unwrap_or_default();
                docs::line(&permission.name) + &when
            }))
        }
    };
    let docs = if action.scopes.is_empty() {
        docs
    } else {
        docs.text("**Scopes:**").list(action.scopes.iter().map(|(scheme, scopes)| {
            let scopes: Vec<String> =
                scopes.iter().map(|scope| format!("`{}`", parameters::code(scope))).collect();
            format!("`{}`: {}", parameters::code(scheme), scopes.join(", "))
        }))
    };
    let effect = match action.effect {
        Effect::Read => "**Effect:** read-only.",
        Effect::Write => "**Effect:** creates or changes data.",
        Effect::Destructive => "**Effect:** destructive: deletes data or cannot be undone.",
    };
    docs.text(effect).text(format!("Vendor documentation: {}", docs::link(&action.documentation)))
}

fn label(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Note => "**Note:**",
        NoteKind::Tip => "**Tip:**",
        NoteKind::Important => "**Important:**",
        NoteKind::Warning => "**Warning:**",
        NoteKind::Caution => "**Caution:**",
    }
}

/// The type of the result.
fn result(integration: &Integration, action: &Action) -> syn::Result<TokenStream> {
    match crate::output::kind(action.output.kind).marker() {
        None => types::result(integration, &action.output.schema),
        Some(marker) => {
            let marker = names::ident(marker)?;
            Ok(quote!(rt::#marker))
        }
    }
}

fn request(integration: &Integration, action: &Action) -> syn::Result<TokenStream> {
    let ident = names::ident(&action.type_name)?;
    let result = result(integration, action)?;
    let setters = parameters::setters(integration, action)?;
    let docs =
        Docs::default().text(format!("A request for `{}.{}`.", integration.id, action.id)).outer();
    let setters = if setters.is_empty() { setters } else { quote!(impl #ident { #setters }) };
    let paged = match &action.paging {
        Paging::Paged(pagination) => {
            let item = types::item(
                integration,
                &action.output.schema,
                &action.output.at,
                pagination.items(),
            )?;
            quote!(impl rt::paging::Paged for super::request::of::#ident { type Item = #item; })
        }
        Paging::NotAList | Paging::None(_) => TokenStream::new(),
    };
    Ok(quote! {
        #docs
        pub type #ident = super::request::Request<super::request::of::#ident, #result>;

        #setters

        #paged
    })
}

fn method(integration: &Integration, action: &Action, prefix: &str) -> syn::Result<TokenStream> {
    let request = names::ident(&action.type_name)?;
    let method = names::ident(&names::action_method(&action.ident))?;
    let mut arguments = Vec::new();
    let mut meanings = Vec::new();
    let id = &action.id;
    let mut call = quote!(#request::with_client(&self.client, super::INTEGRATION.declared(#id)));
    for parameter in action.parameters.iter().filter(|parameter| parameters::is_argument(parameter))
    {
        let ident = names::ident(&parameter.ident)?;
        let taken = values::taken(integration, parameter)?;
        let ty = taken.ty();
        call = taken.put(&call, &parameter.key, &ident);
        arguments.push(quote!(#ident: #ty));
        let meaning = parameter.schema.description.as_deref().unwrap_or(&parameter.title);
        meanings.push(format!("`{}`: {}", parameter.ident, docs::line(meaning)));
    }
    let docs = Docs::default().markdown(&action.summary);
    let docs = if meanings.is_empty() { docs } else { docs.list(meanings) };
    let docs = docs.sample(samples::action(integration, action, prefix)?).outer();
    let deprecated = docs::deprecated(action.deprecated.as_ref());
    // `&self` is an argument too.
    let expect = names::expect_many(arguments.len());
    Ok(quote! {
        #docs
        #deprecated
        #expect
        pub fn #method(&self, #(#arguments),*) -> #request {
            #call
        }
    })
}
