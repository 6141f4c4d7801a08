//! `types.rs` of an integration: one view a named type, an accessor a field.

use actionspec_model::pointer;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Docs};
use super::parameters::code;
use super::view::{borrowed, documentation, nullable};
use super::{names, schema, union};
use crate::catalog::{Integration, Object, Property, Schema, Type, TypeDef, idents};

/// The module.
pub(super) fn module(integration: &Integration) -> syn::Result<TokenStream> {
    let docs = Docs::default()
        .text(format!("Output types of {}: views of JSON, decoded field by field.", docs::line(&integration.title)))
        .text("An absent or `null` field is `None`. A field with another type than declared is an error of that field only.")
        .inner();
    let views = integration.types.iter().map(|definition| match &definition.schema.ty {
        Type::Object(object) => view(integration, definition, object),
        Type::Union(all) => union::view(integration, definition, all),
        _ => Ok(TokenStream::new()),
    });
    let views = views.collect::<syn::Result<Vec<_>>>()?;
    let shared = shared_views(integration)?;
    let runtime = if shared.is_empty() {
        TokenStream::new()
    } else {
        quote!(
            use actionspec_runtime as rt;
        )
    };
    Ok(quote! {
        #docs

        #runtime

        #shared

        #(#views)*
    })
}

/// The view types that all objects and unions share.
fn shared_views(integration: &Integration) -> syn::Result<TokenStream> {
    let of = |wanted: fn(&Type) -> bool| {
        let found = integration.types.iter().filter(|definition| wanted(&definition.schema.ty));
        found.map(|definition| names::ident(&definition.name)).collect::<syn::Result<Vec<_>>>()
    };
    let objects = of(|ty| matches!(ty, Type::Object(_)))?;
    let unions = of(|ty| matches!(ty, Type::Union(_)))?;
    if objects.is_empty() && unions.is_empty() {
        return Ok(TokenStream::new());
    }
    let objects = if objects.is_empty() {
        TokenStream::new()
    } else {
        quote!(actionspec_runtime::objects! { #(#objects)* })
    };
    let unions = if unions.is_empty() {
        TokenStream::new()
    } else {
        quote!(actionspec_runtime::unions! { #(#unions)* })
    };
    let docs = Docs::default().text("The view types of this module.").outer();
    Ok(quote! {
        #docs
        pub mod view {
            #objects
            #unions
        }
    })
}

fn view(
    integration: &Integration,
    definition: &TypeDef,
    object: &Object,
) -> syn::Result<TokenStream> {
    let ident = names::ident(&definition.name)?;
    let docs = documentation(integration, definition).outer();
    let mut taken = Vec::new();
    let mut accessors = Vec::new();
    let properties = object.properties.iter().zip(idents::of_properties(object));
    for (property, ident) in properties.filter(|(property, _)| !property.schema.write_only) {
        let mut name = names::accessor(&ident);
        while taken.contains(&name) {
            name.push('_');
        }
        accessors.push(accessor(integration, property, &name)?);
        taken.push(name);
    }
    let implementation = if accessors.is_empty() {
        TokenStream::new()
    } else {
        quote!(impl<'a> #ident<'a> { #(#accessors)* })
    };
    Ok(quote! {
        #docs
        pub type #ident<'a> = view::Object<'a, view::of::#ident>;

        #implementation
    })
}

fn accessor(
    integration: &Integration,
    property: &Property,
    name: &str,
) -> syn::Result<TokenStream> {
    let ident = names::ident(name)?;
    let Property { name, schema, .. } = property;
    let docs = match schema.description.as_deref().filter(|text| !text.trim().is_empty()) {
        Some(description) => Docs::default().markdown(description).outer(),
        None => Docs::default().text(format!("`{}`", code(name))).outer(),
    };
    let deprecated = docs::deprecated(schema.deprecated.as_ref());
    let ty = borrowed(integration, schema)?;
    Ok(quote! {
        #docs
        #deprecated
        pub fn #ident(self) -> rt::Field<#ty> {
            self.0.field(#name)
        }
    })
}

/// The result type of an action: a `Typed` of the runtime.
pub(super) fn result(integration: &Integration, schema: &Schema) -> syn::Result<TokenStream> {
    let schema = schema::underlying(integration, schema);
    Ok(match &schema.ty {
        Type::String if schema.format.as_deref() == Some("date-time") => {
            quote!(rt::DateTime<'static>)
        }
        Type::String => quote!(str),
        Type::Integer => schema::integer(schema),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Array(items) => {
            let items = result_item(integration, items)?;
            quote!(rt::List<'static, #items>)
        }
        Type::Map(values) => {
            let values = result_item(integration, values)?;
            quote!(rt::Map<'static, #values>)
        }
        Type::Named(name) => {
            let ident = names::ident(name)?;
            quote!(super::types::#ident<'static>)
        }
        Type::Any | Type::Object(_) | Type::File | Type::Union(_) => quote!(rt::Value),
    })
}

/// The type of a list's items: the schema at a pointer into the body, of which the result is the part at `at`.
pub(super) fn item(
    integration: &Integration,
    schema: &Schema,
    at: &str,
    items: &str,
) -> syn::Result<TokenStream> {
    let found = items.strip_prefix(at).and_then(|pointer| walk(integration, schema, pointer));
    match found.map(|schema| &schema::underlying(integration, schema).ty) {
        Some(Type::Array(items)) if !items.nullable => result(integration, items),
        _ => Ok(quote!(rt::Value)),
    }
}

/// The schema at a JSON pointer of named properties.
fn walk<'a>(integration: &'a Integration, schema: &'a Schema, pointer: &str) -> Option<&'a Schema> {
    pointer.split('/').skip(1).try_fold(schema, |schema, token| {
        let name = pointer::unescape(token);
        let schema = schema::underlying(integration, schema);
        let object = match &schema.ty {
            Type::Object(object) => object,
            Type::Named(named) => match &integration.type_named(named)?.schema.ty {
                Type::Object(object) => object,
                _ => return None,
            },
            _ => return None,
        };
        object
            .properties
            .iter()
            .find(|property| property.name == name)
            .map(|property| &property.schema)
    })
}

/// An item of a result. Text has no size that `Option` could hold, so text or `null` is any JSON.
fn result_item(integration: &Integration, schema: &Schema) -> syn::Result<TokenStream> {
    let is_nullable_text =
        schema.nullable && schema::underlying(integration, schema).ty == Type::String;
    if is_nullable_text {
        Ok(quote!(rt::Value))
    } else {
        Ok(nullable(schema, result(integration, schema)?))
    }
}

/// The view of a schema, if it is a named object or union.
pub(super) fn view_name<'a>(integration: &'a Integration, schema: &'a Schema) -> Option<&'a str> {
    match &schema::underlying(integration, schema).ty {
        Type::Named(name) => {
            integration.type_named(name).map(|definition| definition.name.as_str())
        }
        _ => None,
    }
}
