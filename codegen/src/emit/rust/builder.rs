//! The connection builder: a setter per server variable and per authentication scheme.

use heck::ToSnakeCase;
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::names;
use crate::catalog::Integration;
use crate::scheme;
use crate::spec::{Authentication, Credential, Form, ServerVariable};

/// The setting that a setter changes.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    /// A variable of servers' addresses.
    Variable(&'a str, &'a ServerVariable),
    /// An authentication scheme, with a set of credentials: the index of its form.
    Authentication(&'a str, &'a Authentication, usize),
}

/// A setter for a fact of the integration.
pub(super) struct Setter<'a> {
    /// Its name, unique in the builder.
    pub(super) name: String,
    /// The setting that it changes.
    pub(super) what: What<'a>,
}

/// The setters, variables first.
pub(super) fn setters(integration: &Integration) -> Vec<Setter<'_>> {
    let mut variables = IndexMap::new();
    for (name, variable) in integration.servers.iter().flat_map(|server| &server.variables) {
        variables.entry(name.as_str()).or_insert(variable);
    }
    let variables = variables.into_iter().map(|(name, variable)| What::Variable(name, variable));
    let schemes = integration.authentication.iter();
    let schemes = schemes.flat_map(|(name, scheme)| {
        (0..scheme.forms().len()).map(move |form| What::Authentication(name, scheme, form))
    });
    let whats: Vec<What> = variables.chain(schemes).collect();
    let wanted: Vec<String> = whats.iter().map(|what| what.name().to_snake_case()).collect();
    let names = names::builder_setters(wanted.iter().map(String::as_str));
    names.into_iter().zip(whats).map(|(name, what)| Setter { name, what }).collect()
}

impl What<'_> {
    fn name(&self) -> String {
        match self {
            Self::Variable(name, _) => (*name).to_owned(),
            Self::Authentication(name, scheme, form) => {
                match scheme.forms().get(*form).map(|form| form.name) {
                    None | Some("") => (*name).to_owned(),
                    Some(form) => format!("{name}_{form}"),
                }
            }
        }
    }
}

/// The credentials of a form in declaration order, each with the name of its argument.
pub(super) fn arguments(scheme: &Authentication, form: &Form) -> Vec<(String, Credential)> {
    let mut arguments: Vec<(String, Credential)> = Vec::new();
    for (name, credential) in &form.credentials {
        let mut argument = if scheme::of(scheme).credentials_are_keys() {
            key_argument(name)
        } else {
            name.clone()
        };
        while arguments.iter().any(|(other, _)| *other == argument) {
            argument.push('_');
        }
        arguments.push((argument, credential.clone()));
    }
    arguments
}

/// `X-Api-Key` is given as `api_key`.
fn key_argument(name: &str) -> String {
    let snake = name.to_snake_case();
    let short = snake.strip_prefix("x_").filter(|short| !short.is_empty()).unwrap_or(&snake);
    let name = names::escaped(short);
    if names::ident(&name).is_ok() && name != "self" { name } else { "key".to_owned() }
}

/// The builder's type and its methods.
pub(super) fn builder(integration: &Integration) -> syn::Result<TokenStream> {
    let handle = names::ident(&integration.type_name)?;
    let builder = names::ident(&names::builder(integration))?;
    let title = docs::line(&integration.title);
    let setters = setters(integration).iter().map(setter).collect::<syn::Result<Vec<_>>>()?;
    let docs = Docs::default().text(format!("Configures a connection to {title}.")).outer();
    Ok(quote! {
        #docs
        #[derive(Debug)]
        #[must_use]
        pub struct #builder(rt::ClientBuilder);

        impl #builder {
            #(#setters)*

            /// Selects a server by name. Default: the server of the authentication scheme, or the first server.
            pub fn server(self, name: impl Into<String>) -> Self {
                Self(self.0.server(name))
            }

            /// Sends all requests to this base URL instead of the servers' URLs.
            pub fn base_url(self, address: impl Into<String>) -> Self {
                Self(self.0.base_url(address))
            }

            /// Adds a header to every request.
            pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self(self.0.header(name, value))
            }

            /// The timeout of one request. Default: the action's own timeout.
            pub fn timeout(self, timeout: std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sends requests through another transport than the default HTTP client.
            pub fn transport(self, transport: impl rt::Transport) -> Self {
                Self(self.0.transport(transport))
            }

            /// Changes settings that all clients share: deadlines, attempts, limits, certificates, middleware. See [`rt::ClientBuilder`].
            pub fn configure(self, change: impl FnOnce(rt::ClientBuilder) -> rt::ClientBuilder) -> Self {
                Self(change(self.0))
            }

            /// Builds the client. The error lists everything that is missing or invalid.
            pub fn build(self) -> Result<#handle, rt::BuildError> {
                self.0.build().map(#handle::from)
            }
        }
    })
}

fn setter(setter: &Setter) -> syn::Result<TokenStream> {
    let ident = names::ident(&setter.name)?;
    match setter.what {
        What::Variable(name, variable) => {
            let docs = variable.default.iter().fold(
                Docs::default().markdown(&variable.description),
                |docs, default| {
                    docs.text(format!("Default: `{}`.", super::parameters::code(default)))
                },
            );
            let docs = docs.outer();
            Ok(quote! {
                #docs
                pub fn #ident(self, value: impl Into<String>) -> Self {
                    Self(self.0.variable(#name, value))
                }
            })
        }
        What::Authentication(name, scheme, form) => authentication(name, scheme, form, &ident),
    }
}

fn authentication(
    name: &str,
    scheme: &Authentication,
    form: usize,
    ident: &proc_macro2::Ident,
) -> syn::Result<TokenStream> {
    let facts = scheme.facts();
    let forms = scheme.forms();
    let Some(form) = forms.get(form) else { return Ok(TokenStream::new()) };
    let chosen =
        if form.name.is_empty() { name.to_owned() } else { format!("{name}.{}", form.name) };
    let credentials = arguments(scheme, form);
    let items = credentials.iter().map(|(argument, credential)| {
        let meaning = credential.description.as_deref().unwrap_or(&credential.title);
        format!("`{argument}`: {}", docs::line(meaning))
    });
    let docs = Docs::default()
        .text(format!("Authenticates with {}.", docs::line(facts.title)))
        .maybe(facts.description)
        .list(items)
        .outer();
    let arguments = credentials
        .iter()
        .map(|(argument, _)| names::ident(argument))
        .collect::<syn::Result<Vec<_>>>()?;
    let expect = names::expect_many(arguments.len());
    Ok(quote! {
        #docs
        #expect
        pub fn #ident(self, #(#arguments: impl Into<String>),*) -> Self {
            Self(self.0.credentials(#chosen, vec![#(#arguments.into()),*]))
        }
    })
}
