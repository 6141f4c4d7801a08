//! `descriptor::Schema` expressions, and the `static`s of named types that they refer to.
//!
//! A parameter holds its schema by value, a copy of the `static` if it is a named type; everything below it is a reference. A reference to
//! a named type is a reference to its `static`, so that recursive types end and each type is compiled once.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::{literal, names};
use crate::catalog::{Integration, Object, Property, Schema, Type, Union};

/// Aliases of aliases end somewhere; the Catalog has no cycle of them.
const MOST_ALIASES: usize = 32;

/// What a schema means after named types that have no view have been looked up. Types of outputs read it.
pub(super) fn underlying<'a>(integration: &'a Integration, schema: &'a Schema) -> &'a Schema {
    let mut schema = schema;
    for _ in 0..MOST_ALIASES {
        let Type::Named(name) = &schema.ty else { return schema };
        match definition(integration, name) {
            Some(definition) if !matches!(definition.ty, Type::Object(_) | Type::Union(_)) => schema = definition,
            _ => return schema,
        }
    }
    schema
}

fn definition<'a>(integration: &'a Integration, name: &str) -> Option<&'a Schema> {
    integration.types.iter().find(|definition| definition.name == name).map(|definition| &definition.schema)
}

/// A reference to a named type: its name, and whether `null` is allowed beside it.
type Reference = (String, bool);

/// The `static`s of the named types that parameters refer to.
pub(super) fn statics(integration: &Integration) -> syn::Result<Vec<TokenStream>> {
    let mut known = BTreeSet::new();
    let mut pending = Vec::new();
    for parameter in integration.actions.iter().flat_map(|action| &action.parameters) {
        references(&parameter.schema, &mut pending);
    }
    while let Some((name, nullable)) = pending.pop() {
        if let Some(schema) = definition(integration, &name)
            && known.insert((name, nullable))
        {
            references(schema, &mut pending);
            if let (Type::Named(name), true) = (&schema.ty, nullable) {
                pending.push((name.clone(), true));
            }
        }
    }
    let mut statics = Vec::new();
    for (name, nullable) in &known {
        let Some(schema) = definition(integration, name) else { continue };
        let ident = names::ident(&static_name(integration, name, *nullable))?;
        let value = by_value(integration, &Schema { nullable: schema.nullable || *nullable, ..schema.clone() }, &TokenStream::new())?;
        statics.push(quote!(pub(super) static #ident: descriptor::Schema = #value;));
    }
    Ok(statics)
}

/// The references to named types in a schema.
fn references(schema: &Schema, found: &mut Vec<Reference>) {
    match &schema.ty {
        Type::Named(name) => found.push((name.clone(), schema.nullable)),
        Type::Array(items) | Type::Map(items) => references(items, found),
        Type::Object(object) => {
            object.properties.iter().for_each(|property| references(&property.schema, found));
            object.additional.iter().for_each(|additional| references(additional, found));
        }
        Type::Union(union) => union.alternatives.iter().for_each(|alternative| references(&alternative.schema, found)),
        _ => {}
    }
}

/// Names differ in more than case, or get the type's number.
fn static_name(integration: &Integration, name: &str, nullable: bool) -> String {
    let shouty = name.to_shouty_snake_case();
    let index = integration.types.iter().position(|definition| definition.name == name).unwrap_or_default();
    let is_taken = integration.types[..index.min(integration.types.len())].iter().any(|other| other.name.to_shouty_snake_case() == shouty);
    let number = if is_taken { format!("_{index}") } else { String::new() };
    let null = if nullable { "_OR_NULL" } else { "" };
    format!("SCHEMA_OF_{shouty}{number}{null}")
}

/// A schema expression; `types` is the path before the names of the `static`s.
pub(super) fn by_value(integration: &Integration, schema: &Schema, types: &TokenStream) -> syn::Result<TokenStream> {
    if let Type::Named(name) = &schema.ty
        && definition(integration, name).is_some()
    {
        let ident = names::ident(&static_name(integration, name, schema.nullable))?;
        return Ok(quote!(#types #ident));
    }
    let base = base(&schema.ty);
    let fields = fields(integration, schema, types)?;
    if fields.is_empty() {
        return Ok(quote!(descriptor::Schema::#base));
    }
    Ok(quote!(descriptor::Schema { #(#fields,)* ..descriptor::Schema::#base }))
}

/// A reference to a schema.
fn by_reference(integration: &Integration, schema: &Schema, types: &TokenStream) -> syn::Result<TokenStream> {
    let value = by_value(integration, schema, types)?;
    Ok(quote!(&#value))
}

fn base(ty: &Type) -> TokenStream {
    match ty {
        Type::Any | Type::Named(_) | Type::Union(_) => quote!(DEFAULT),
        Type::String => quote!(STRING),
        Type::Integer => quote!(INTEGER),
        Type::Number => quote!(NUMBER),
        Type::Boolean => quote!(BOOLEAN),
        Type::File => quote!(FILE),
        Type::Array(_) => quote!(ARRAY),
        Type::Object(_) | Type::Map(_) => quote!(OBJECT),
    }
}

fn fields(integration: &Integration, schema: &Schema, types: &TokenStream) -> syn::Result<Vec<TokenStream>> {
    let mut fields = Vec::new();
    if let Some(format) = schema.format.as_deref().and_then(format) {
        fields.push(quote!(format: Some(descriptor::Format::#format)));
    }
    if !schema.values.is_empty() && !schema.open_enum {
        let values = literal::literals(schema.values.iter().map(|value| &value.value));
        fields.push(quote!(values: #values));
    }
    if schema.nullable {
        fields.push(quote!(nullable: true));
    }
    let (least, most) = schema.range();
    let numbers = [
        (quote!(minimum), least),
        (quote!(maximum), most),
        (quote!(exclusive_minimum), schema.exclusive_minimum),
        (quote!(exclusive_maximum), schema.exclusive_maximum),
        (quote!(multiple_of), schema.multiple_of),
    ];
    for (name, number) in numbers {
        let number = number.map(literal::number_of);
        fields.extend(number.map(|number| quote!(#name: Some(#number))));
    }
    let counts = [
        (quote!(min_length), schema.min_length),
        (quote!(max_length), schema.max_length),
        (quote!(min_items), schema.min_items),
        (quote!(max_items), schema.max_items),
        (quote!(min_properties), schema.min_properties),
        (quote!(max_properties), schema.max_properties),
    ];
    for (name, count) in counts {
        let count = count.map(literal::unsigned);
        fields.extend(count.map(|count| quote!(#name: Some(#count))));
    }
    fields.extend(schema.pattern.as_ref().map(|pattern| quote!(pattern: Some(#pattern))));
    if schema.unique_items {
        fields.push(quote!(unique_items: true));
    }
    structure(integration, &schema.ty, types, &mut fields)?;
    Ok(fields)
}

fn structure(integration: &Integration, ty: &Type, types: &TokenStream, fields: &mut Vec<TokenStream>) -> syn::Result<()> {
    match ty {
        Type::Array(items) => {
            let items = by_reference(integration, items, types)?;
            fields.push(quote!(items: Some(#items)));
        }
        Type::Map(values) => {
            let values = by_reference(integration, values, types)?;
            fields.push(quote!(additional: descriptor::Additional::Typed(#values)));
        }
        Type::Object(Object { properties, additional }) => {
            if !properties.is_empty() {
                let properties = properties.iter().map(|item| property(integration, item, types)).collect::<syn::Result<Vec<_>>>()?;
                fields.push(quote!(properties: &[#(#properties),*]));
            }
            match additional {
                None => fields.push(quote!(additional: descriptor::Additional::None)),
                Some(any) if any.ty == Type::Any => {}
                Some(values) => {
                    let values = by_reference(integration, values, types)?;
                    fields.push(quote!(additional: descriptor::Additional::Typed(#values)));
                }
            }
        }
        Type::Union(all) => {
            let all = union(integration, all, types)?;
            fields.push(quote!(union: Some(&#all)));
        }
        _ => {}
    }
    Ok(())
}

fn union(integration: &Integration, union: &Union, types: &TokenStream) -> syn::Result<TokenStream> {
    let alternatives = union.alternatives.iter().map(|alternative| {
        let title = &alternative.title;
        let tags = literal::texts(&alternative.tags);
        let schema = by_reference(integration, &alternative.schema, types)?;
        Ok(quote!(descriptor::Alternative { title: #title, tags: #tags, schema: #schema }))
    });
    let alternatives = alternatives.collect::<syn::Result<Vec<_>>>()?;
    let exactly_one = union.exactly_one;
    let discriminator = literal::text_option(union.discriminator.as_deref());
    Ok(quote!(descriptor::Union { exactly_one: #exactly_one, discriminator: #discriminator, alternatives: &[#(#alternatives),*] }))
}

fn property(integration: &Integration, property: &Property, types: &TokenStream) -> syn::Result<TokenStream> {
    let name = &property.name;
    let required = property.schema.required && !property.schema.read_only;
    let schema = by_reference(integration, &property.schema, types)?;
    Ok(quote!(descriptor::Property { name: #name, required: #required, schema: #schema }))
}

/// The formats that the engine checks; the rest informs.
fn format(format: &str) -> Option<TokenStream> {
    Some(match format {
        "date-time" => quote!(DateTime),
        "date" => quote!(Date),
        "time" => quote!(Time),
        "duration" => quote!(Duration),
        "email" => quote!(Email),
        "uri" => quote!(Uri),
        "hostname" => quote!(Hostname),
        "ipv4" => quote!(Ipv4),
        "ipv6" => quote!(Ipv6),
        "ip" => quote!(Ip),
        "cidr" => quote!(Cidr),
        "uuid" => quote!(Uuid),
        "byte" => quote!(Byte),
        _ => return None,
    })
}
