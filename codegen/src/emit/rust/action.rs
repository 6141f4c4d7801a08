//! `<action>.rs`: the descriptor, the request type with its setters, the method of the client, the enums of parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{descriptors, names, parameters, samples, types, values};
use crate::catalog::{Action, Integration, Paging, Permissions};
use crate::spec::{Effect, NoteKind, OutputKind, Pagination};

/// Arguments beyond which clippy asks for a struct; the receiver counts.
const MOST_ARGUMENTS: usize = 7;

/// The module.
pub(super) fn module(integration: &Integration, action: &Action, krate: &str) -> syn::Result<TokenStream> {
    let handle = names::ident(&integration.type_name)?;
    let docs = module_docs(action).inner();
    let descriptor = descriptors::action(integration, action)?;
    let request = request(integration, action)?;
    let method = method(integration, action, krate)?;
    let enums = parameters::enums(integration, action)?;
    let static_docs = Docs::default().text(format!("What the engine knows of `{}.{}`.", integration.id, action.id)).outer();
    Ok(quote! {
        #docs

        use actionspec_runtime::{self as rt, descriptor};

        #static_docs
        pub static ACTION: descriptor::Action = #descriptor;

        #request

        impl super::#handle {
            #method
        }

        #enums
    })
}

fn module_docs(action: &Action) -> Docs {
    let docs = Docs::default().text(format!("{}.", docs::line(&action.title).trim_end_matches('.'))).markdown(&action.description);
    let docs = match &action.deprecated {
        Some(deprecation) => docs.text(format!("**Deprecated.** {}", docs::line(&docs::note(deprecation)))),
        None => docs,
    };
    let docs = action.notes.iter().fold(docs, |docs, note| docs.text(label(note.kind)).markdown(&note.text));
    let docs = match &action.permissions {
        Permissions::None(why) => docs.text(format!("**Permissions:** none. {}", docs::line(why))),
        Permissions::All(permissions) => docs.text("**Permissions:**").list(permissions.iter().map(|permission| {
            let when = permission.when.as_ref().map(|when| format!(", needed when {}", docs::line(when))).unwrap_or_default();
            docs::line(&permission.name) + &when
        })),
    };
    let docs = if action.scopes.is_empty() {
        docs
    } else {
        docs.text("**Scopes:**").list(action.scopes.iter().map(|(way, scopes)| {
            let scopes: Vec<String> = scopes.iter().map(|scope| format!("`{}`", parameters::code(scope))).collect();
            format!("`{}`: {}", parameters::code(way), scopes.join(", "))
        }))
    };
    let effect = match action.effect {
        Effect::Read => "**Effect:** it changes nothing.",
        Effect::Write => "**Effect:** it creates or changes something.",
        Effect::Destructive => "**Effect:** it deletes something, or does what cannot be undone.",
    };
    docs.text(effect).text(format!("The vendor's page: {}", docs::link(&action.documentation)))
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
    Ok(match action.output.kind {
        OutputKind::Json | OutputKind::Xml | OutputKind::Fields | OutputKind::Headers => types::result(integration, &action.output.schema)?,
        OutputKind::Text => quote!(rt::Text),
        OutputKind::Binary => quote!(rt::Binary),
        OutputKind::Empty => quote!(rt::Empty),
    })
}

fn request(integration: &Integration, action: &Action) -> syn::Result<TokenStream> {
    let ident = names::ident(&action.type_name)?;
    let result = result(integration, action)?;
    let setters = parameters::setters(integration, action)?;
    let docs = Docs::default().text(format!("A request of `{}.{}`.", integration.id, action.id)).outer();
    let paging = match &action.paging {
        Paging::Paged(pagination) => paging(integration, action, pagination, &result)?,
        Paging::NotAList | Paging::None(_) => TokenStream::new(),
    };
    let streaming = streaming(action.output.kind);
    Ok(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "nothing happens until the request is sent"]
        pub struct #ident(rt::Call<#result>);

        impl #ident {
            #setters

            /// Checks the arguments. Fails with everything that is wrong.
            pub fn validate(&self) -> Result<(), rt::Violations> {
                self.0.validate()
            }

            /// Checks the arguments and sends the request.
            pub fn send(self) -> rt::Sending<#result> {
                self.0.send()
            }

            #paging

            #streaming

            /// The request as the engine sees it.
            pub fn call(self) -> rt::Call<#result> {
                self.0
            }
        }
    })
}

/// The ways to have a long result without keeping it in memory.
fn streaming(kind: OutputKind) -> TokenStream {
    if !matches!(kind, OutputKind::Binary | OutputKind::Text) {
        return TokenStream::new();
    }
    quote! {
        /// Sends the request and gives the result's bytes as they come.
        pub async fn stream(self) -> Result<rt::ByteStream, rt::Error> {
            self.0.stream().await
        }

        /// Sends the request and writes the result's bytes as they come; says how many there were. Fails beyond so many bytes.
        pub async fn download(self, writer: &mut impl std::io::Write, max_bytes: u64) -> Result<u64, rt::Error> {
            self.0.download(writer, max_bytes).await
        }
    }
}

/// The ways through the pages of a list.
fn paging(integration: &Integration, action: &Action, pagination: &Pagination, result: &TokenStream) -> syn::Result<TokenStream> {
    let item = types::item(integration, &action.output.schema, &action.output.at, pagination.items())?;
    Ok(quote! {
        /// The request for the page after a response; `None` after the last page.
        pub fn next_page(&self, response: &rt::Response<#result>) -> Result<Option<Self>, rt::Error> {
            Ok(self.0.next_page(response)?.map(Self))
        }

        /// Every item of every page, one after the other. A page is asked for when its first item is wanted.
        pub fn send_all(self) -> rt::Items<#item> {
            self.0.items()
        }

        /// Every page, one after the other. A page is asked for when it is wanted.
        pub fn pages(self) -> rt::Pages<#result> {
            self.0.pages()
        }

        /// Begins where a stream of items or pages ended. Fails if the token is none of this action.
        pub fn resume(self, token: &str) -> Result<Self, rt::paging::BadToken> {
            self.0.resume(token).map(Self)
        }
    })
}

fn method(integration: &Integration, action: &Action, krate: &str) -> syn::Result<TokenStream> {
    let request = names::ident(&action.type_name)?;
    let method = names::ident(&names::action_method(&action.ident))?;
    let mut arguments = Vec::new();
    let mut meanings = Vec::new();
    let mut call = quote!(rt::Call::new(&self.client, &ACTION));
    for parameter in action.parameters.iter().filter(|parameter| parameters::is_argument(parameter)) {
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
    let docs = docs.sample(samples::action(integration, action, krate)?).outer();
    let deprecated = docs::deprecated(action.deprecated.as_ref());
    // `&self` is an argument too.
    let expect = expect_many(arguments.len());
    Ok(quote! {
        #docs
        #deprecated
        #expect
        pub fn #method(&self, #(#arguments),*) -> #request {
            #request(#call)
        }
    })
}

/// Vendors require what they require: a function with many arguments is expected. The receiver counts as one.
pub(super) fn expect_many(arguments: usize) -> TokenStream {
    if arguments + 1 > MOST_ARGUMENTS {
        quote!(#[expect(clippy::too_many_arguments, reason = "the vendor requires them all")])
    } else {
        TokenStream::new()
    }
}
