//! Arguments, setters and enums of parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{names, values};
use crate::catalog::{Action, EnumValue, Integration, Parameter, idents};

/// Whether the parameter is an argument of the client's method.
pub(super) fn is_argument(parameter: &Parameter) -> bool {
    parameter.schema.required && parameter.schema.default.is_none()
}

/// The setters of a request.
pub(super) fn setters(integration: &Integration, action: &Action) -> syn::Result<TokenStream> {
    let optional = action.parameters.iter().filter(|parameter| !is_argument(parameter));
    let setters = optional
        .map(|parameter| setter(integration, action, parameter))
        .collect::<syn::Result<Vec<_>>>()?;
    Ok(quote!(#(#setters)*))
}

fn setter(
    integration: &Integration,
    action: &Action,
    parameter: &Parameter,
) -> syn::Result<TokenStream> {
    let name = names::setter(&parameter.ident);
    let ident = names::ident(&name)?;
    let argument = names::ident("value")?;
    let taken = values::taken(integration, parameter)?;
    let docs = documentation(parameter).outer();
    let deprecated = docs::deprecated(parameter.schema.deprecated.as_ref());
    let ty = taken.ty();
    let call = taken.put(&quote!(self), &parameter.key, &argument);
    let null = null_setter(action, parameter, &name)?;
    Ok(quote! {
        #docs
        #deprecated
        pub fn #ident(self, #argument: #ty) -> Self {
            #call
        }
        #null
    })
}

/// A setter for `null`, where `null` means something else than an omitted value.
fn null_setter(action: &Action, parameter: &Parameter, name: &str) -> syn::Result<TokenStream> {
    if !parameter.schema.nullable {
        return Ok(TokenStream::new());
    }
    let mut null = format!("{}_null", name.trim_end_matches('_'));
    while action.parameters.iter().any(|other| names::setter(&other.ident) == null) {
        null.push('_');
    }
    let ident = names::ident(&null)?;
    let key = &parameter.key;
    let docs = Docs::default().text(format!("Sends `null` as `{}`.", code(key))).outer();
    let deprecated = docs::deprecated(parameter.schema.deprecated.as_ref());
    Ok(quote! {
        #docs
        #deprecated
        pub fn #ident(self) -> Self {
            self.with_argument(#key, rt::Value::Null)
        }
    })
}

/// The description of a parameter and its constraints.
pub(super) fn documentation(parameter: &Parameter) -> Docs {
    let schema = &parameter.schema;
    let docs = match &schema.description {
        Some(description) => Docs::default().markdown(description),
        None => {
            Docs::default().text(format!("{}.", docs::line(&parameter.title).trim_end_matches('.')))
        }
    };
    match (&schema.default, &schema.vendor_default) {
        (Some(default), _) => docs.text(format!("Default: `{}`.", code(&default.to_string()))),
        (None, Some(default)) => {
            docs.text(format!("Default of the API: `{}`.", code(&default.to_string())))
        }
        (None, None) => docs,
    }
}

/// Text for a code span.
pub(super) fn code(text: &str) -> String {
    docs::plain(text).replace('`', "'")
}

/// The enums of an action's parameters.
pub(super) fn enums(integration: &Integration, action: &Action) -> syn::Result<TokenStream> {
    let enums = action.parameters.iter().map(|parameter| {
        let values = values::enum_values(integration, parameter);
        match &parameter.enum_type {
            Some(name) if !values.is_empty() => enumeration(
                &names::type_name(name),
                parameter,
                values,
                values::is_open(integration, parameter),
            ),
            _ => Ok(TokenStream::new()),
        }
    });
    let enums = enums.collect::<syn::Result<Vec<_>>>()?;
    Ok(quote!(#(#enums)*))
}

fn enumeration(
    name: &str,
    parameter: &Parameter,
    values: &[EnumValue],
    open: bool,
) -> syn::Result<TokenStream> {
    let ident = names::ident(name)?;
    let docs = Docs::default().text(format!("Values of `{}`.", code(&parameter.key))).outer();
    let other = other_variant(values);
    let other = names::ident(&other)?;
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    for (value, variant) in values.iter().zip(idents::of_values(values)) {
        let variant = names::ident(&variant)?;
        let text = value.value.as_str().unwrap_or_default();
        let docs = Docs::default()
            .markdown(value.description.as_deref().or(value.title.as_deref()).unwrap_or_default());
        let docs = docs.text(format!("Sent as `{}`.", code(text))).outer();
        let deprecated = docs::deprecated(value.deprecated.as_ref());
        variants.push(quote!(#docs #deprecated #variant));
        arms.push(quote!(Self::#variant => #text));
    }
    if open {
        variants.push(quote!(#[doc = " A value that this crate does not know."] #other(String)));
        arms.push(quote!(Self::#other(value) => value));
    }
    let expect = expect_deprecated(values.iter().any(|value| value.deprecated.is_some()));
    let (derives, receiver, lifetime) = if open {
        (quote!(Clone, Debug), quote!(&self), quote!(&str))
    } else {
        (quote!(Clone, Copy, Debug), quote!(self), quote!(&'static str))
    };
    let conversions =
        if open { conversions(&ident, &other, values, &expect)? } else { TokenStream::new() };
    Ok(quote! {
        #docs
        #[derive(#derives)]
        pub enum #ident { #(#variants,)* }

        impl #ident {
            /// Returns the value as the API spells it.
            #[must_use]
            #expect
            pub fn as_str(#receiver) -> #lifetime {
                match self { #(#arms,)* }
            }
        }

        #conversions
    })
}

/// Conversion of a string to an open enum: to the known value with this spelling, if there is one.
fn conversions(
    ident: &proc_macro2::Ident,
    other: &proc_macro2::Ident,
    values: &[EnumValue],
    expect: &TokenStream,
) -> syn::Result<TokenStream> {
    let mut arms = Vec::new();
    for (value, variant) in values.iter().zip(idents::of_values(values)) {
        let variant = names::ident(&variant)?;
        let text = value.value.as_str().unwrap_or_default();
        arms.push(quote!(#text => Self::#variant));
    }
    Ok(quote! {
        impl From<&str> for #ident {
            #expect
            fn from(value: &str) -> Self {
                match value { #(#arms,)* _ => Self::#other(value.to_owned()) }
            }
        }

        impl From<String> for #ident {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
    })
}

/// The variant of unknown values.
fn other_variant(values: &[EnumValue]) -> String {
    let taken = idents::of_values(values);
    let mut name = "Other".to_owned();
    while taken.contains(&name) {
        name.push_str("Value");
    }
    name
}

fn expect_deprecated(certain: bool) -> TokenStream {
    if certain {
        quote!(#[expect(deprecated, reason = "deprecated values have a spelling too")])
    } else {
        TokenStream::new()
    }
}
