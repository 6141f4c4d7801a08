//! Views of unions: one accessor an alternative, which gives `None` where another one is there.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::parameters::code;
use super::{names, schema, view};
use crate::catalog::{Alternative, Integration, Object, Schema, Type, TypeDef, Union, idents};

/// The view of a named union.
pub(super) fn view(
    integration: &Integration,
    definition: &TypeDef,
    union: &Union,
) -> syn::Result<TokenStream> {
    let ident = names::ident(&definition.name)?;
    let titles: Vec<String> = union
        .alternatives
        .iter()
        .map(|alternative| format!("`{}`", code(&alternative.title)))
        .collect();
    let docs = view::documentation(integration, definition)
        .text(format!("One of {}.", titles.join(", ")))
        .outer();
    let kind = union.discriminator.as_deref().map(kind);
    let accessors = union
        .alternatives
        .iter()
        .zip(idents::of_alternatives(union))
        .map(|(alternative, ident)| accessor(integration, union, alternative, &ident));
    let accessors = accessors.collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {
        #docs
        pub type #ident<'a> = view::Union<'a, view::one_of::#ident>;

        impl<'a> #ident<'a> {
            #kind
            #(#accessors)*
        }
    })
}

fn kind(property: &str) -> TokenStream {
    let docs = Docs::default().text(format!("The discriminator `{}`.", code(property))).outer();
    quote! {
        #docs
        #[must_use]
        pub fn kind(self) -> ::core::option::Option<&'a str> {
            self.0.tag(#property)
        }
    }
}

fn accessor(
    integration: &Integration,
    union: &Union,
    alternative: &Alternative,
    ident: &str,
) -> syn::Result<TokenStream> {
    let ident = names::ident(&format!("as_{ident}"))?;
    let ty = view::borrowed(integration, &alternative.schema)?;
    let docs = Docs::default()
        .text(format!(
            "Returns the value as `{}`, or `None` if it is another alternative.",
            code(&alternative.title)
        ))
        .outer();
    let reading = reading(integration, union, alternative);
    Ok(quote! {
        #docs
        #[must_use]
        pub fn #ident(self) -> ::core::option::Option<#ty> {
            self.0.#reading
        }
    })
}

/// How to recognize an alternative: by the discriminator, by a property that is the same in all of its values, or by its required
/// properties.
fn reading(integration: &Integration, union: &Union, alternative: &Alternative) -> TokenStream {
    if let Some(property) = &union.discriminator {
        let tags = &alternative.tags;
        let tags = quote!(&[#(#tags),*]);
        return quote!(tagged(#property, #tags));
    }
    let objects = union
        .alternatives
        .iter()
        .filter(|other| object(integration, &other.schema).is_some())
        .count();
    let Some(object) = object(integration, &alternative.schema).filter(|_| objects > 1) else {
        return quote!(with(&[]));
    };
    if let Some(constant) = object.properties.iter().find(|property| is_constant(&property.schema))
    {
        let name = &constant.name;
        let values = constant.schema.values.iter().filter_map(|value| value.value.as_str());
        return quote!(tagged(#name, &[#(#values),*]));
    }
    let required = object
        .properties
        .iter()
        .filter(|property| property.schema.required && !property.schema.write_only);
    let required = required.map(|property| &property.name);
    quote!(with(&[#(#required),*]))
}

fn is_constant(schema: &Schema) -> bool {
    let is_text = schema.values.iter().all(|value| value.value.is_string());
    schema.required && !schema.open_enum && schema.values.len() == 1 && is_text
}

fn object<'a>(integration: &'a Integration, schema: &'a Schema) -> Option<&'a Object> {
    let schema = schema::underlying(integration, schema);
    let Type::Named(name) = &schema.ty else { return None };
    match &integration.type_named(name)?.schema.ty {
        Type::Object(object) => Some(object),
        _ => None,
    }
}
