//! What views of objects and of unions have in common: their words, and the types of what accessors return.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::{names, schema};
use crate::catalog::{Integration, Schema, Type, TypeDef};

pub(super) fn documentation(integration: &Integration, definition: &TypeDef) -> Docs {
    match definition.description.as_ref().or(definition.schema.description.as_ref()) {
        Some(description) => Docs::default().markdown(description),
        None => Docs::default().text(format!(
            "A `{}` of {}.",
            definition.name,
            docs::line(&integration.title)
        )),
    }
}

/// The type that an accessor returns.
pub(super) fn borrowed(integration: &Integration, schema: &Schema) -> syn::Result<TokenStream> {
    let schema = schema::underlying(integration, schema);
    Ok(match &schema.ty {
        Type::String if schema.format.as_deref() == Some("date-time") => quote!(rt::DateTime<'a>),
        Type::String => quote!(&'a str),
        Type::Integer => schema::integer(schema),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Array(items) => {
            let items = nullable(items, borrowed(integration, items)?);
            quote!(rt::List<'a, #items>)
        }
        Type::Map(values) => {
            let values = nullable(values, borrowed(integration, values)?);
            quote!(rt::Map<'a, #values>)
        }
        Type::Named(name) => {
            let ident = names::ident(name)?;
            quote!(#ident<'a>)
        }
        Type::Any | Type::Object(_) | Type::File | Type::Union(_) => quote!(&'a rt::Value),
    })
}

pub(super) fn nullable(schema: &Schema, ty: TokenStream) -> TokenStream {
    if schema.nullable && schema.ty != Type::Any { quote!(::core::option::Option<#ty>) } else { ty }
}
