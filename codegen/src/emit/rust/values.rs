//! How a caller gives a parameter: the Rust type that is taken, and the expression that puts it into the call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{names, schema};
use crate::catalog::{EnumValue, Integration, Parameter, Schema, Type};

/// The Rust type of one value.
#[derive(Clone, Debug)]
pub(super) enum Taken {
    /// `impl Into<String>`
    Text,
    /// `i64`
    Integer,
    /// `u64`
    Unsigned,
    /// `f64`
    Number,
    /// `bool`
    Boolean,
    /// A generated enum of all values.
    Closed(Ident),
    /// A generated enum of the known values.
    Open(Ident),
    /// `impl Into<File>`
    File,
    /// `impl Into<Value>`
    Json,
    /// A list.
    List(Box<Taken>),
}

/// The values of a parameter's enum, or of its items'; empty if it has none that Rust can name.
pub(super) fn enum_values<'a>(
    integration: &'a Integration,
    parameter: &'a Parameter,
) -> &'a [EnumValue] {
    let schema = enum_schema(integration, &parameter.schema);
    let is_text = schema.values.iter().all(|value| value.value.is_string());
    if parameter.enum_type.is_some() && is_text { &schema.values } else { &[] }
}

/// Whether other values are accepted too.
pub(super) fn is_open(integration: &Integration, parameter: &Parameter) -> bool {
    enum_schema(integration, &parameter.schema).open_enum
}

fn enum_schema<'a>(integration: &'a Integration, schema: &'a Schema) -> &'a Schema {
    let schema = schema::underlying(integration, schema);
    match &schema.ty {
        Type::Array(items) if schema.values.is_empty() => schema::underlying(integration, items),
        _ => schema,
    }
}

/// The Rust type of a parameter.
pub(super) fn taken(integration: &Integration, parameter: &Parameter) -> syn::Result<Taken> {
    let enum_type = match &parameter.enum_type {
        Some(name) if !enum_values(integration, parameter).is_empty() => {
            Some(names::ident(&names::type_name(name))?)
        }
        _ => None,
    };
    let one = |schema: &Schema| match (&enum_type, &schema.ty) {
        (Some(name), Type::String | Type::Any) if schema.open_enum => Taken::Open(name.clone()),
        (Some(name), Type::String | Type::Any) => Taken::Closed(name.clone()),
        (_, Type::String) => Taken::Text,
        (_, Type::Integer) if schema::is_unsigned(schema) => Taken::Unsigned,
        (_, Type::Integer) => Taken::Integer,
        (_, Type::Number) => Taken::Number,
        (_, Type::Boolean) => Taken::Boolean,
        (_, Type::File) => Taken::File,
        _ => Taken::Json,
    };
    let schema = schema::underlying(integration, &parameter.schema);
    Ok(match &schema.ty {
        // An argument has no setter beside it that could say `null`.
        _ if parameter.schema.nullable && parameter.schema.required => Taken::Json,
        Type::Array(items) => {
            let items = schema::underlying(integration, items);
            Taken::List(Box::new(if items.nullable { Taken::Json } else { one(items) }))
        }
        _ => one(schema),
    })
}

impl Taken {
    /// The type of the function's parameter.
    pub(super) fn ty(&self) -> TokenStream {
        match self {
            Self::Text => quote!(impl Into<String>),
            Self::Integer => quote!(i64),
            Self::Unsigned => quote!(u64),
            Self::Number => quote!(f64),
            Self::Boolean => quote!(bool),
            Self::Closed(name) => quote!(#name),
            Self::Open(name) => quote!(impl Into<#name>),
            Self::File => quote!(impl Into<rt::File>),
            Self::Json => quote!(impl Into<rt::Value>),
            Self::List(item) => {
                let item = item.ty();
                quote!(impl IntoIterator<Item = #item>)
            }
        }
    }

    /// The call with the value in it.
    pub(super) fn put(&self, call: &TokenStream, key: &str, value: &Ident) -> TokenStream {
        match self {
            Self::File => quote!(#call.with_file(#key, #value)),
            Self::Text => quote!(#call.with_argument(#key, Into::<String>::into(#value))),
            Self::Closed(_) => quote!(#call.with_argument(#key, #value.as_str())),
            Self::Open(name) => {
                quote!(#call.with_argument(#key, Into::<#name>::into(#value).as_str()))
            }
            Self::List(item) => match &**item {
                Self::File => {
                    quote!(#value.into_iter().fold(#call, |request, file| request.with_file(#key, file)))
                }
                item => {
                    let items = item.collected(value);
                    quote!(#call.with_argument(#key, #items))
                }
            },
            _ => quote!(#call.with_argument(#key, #value)),
        }
    }

    /// The items of a list as a `Vec` of what JSON values are made from.
    fn collected(&self, list: &Ident) -> TokenStream {
        let map = match self {
            Self::Text => quote!(.map(Into::<String>::into)),
            Self::Closed(name) => quote!(.map(#name::as_str)),
            Self::Open(name) => {
                quote!(.map(|value| rt::Value::from(Into::<#name>::into(value).as_str())))
            }
            Self::Json => quote!(.map(Into::<rt::Value>::into)),
            _ => TokenStream::new(),
        };
        quote!(#list.into_iter()#map.collect::<Vec<_>>())
    }
}
