//! What types mean to generated Rust code.

use actionspec_model::format;
use proc_macro2::TokenStream;
use quote::quote;

use crate::catalog::{Integration, Schema, Type};

/// Aliases of aliases end somewhere; the Catalog has no cycle of them.
const MOST_ALIASES: usize = 32;

/// What a schema means after named types that have no view have been looked up. Types of outputs read it.
pub(super) fn underlying<'a>(integration: &'a Integration, schema: &'a Schema) -> &'a Schema {
    let mut schema = schema;
    for _ in 0..MOST_ALIASES {
        let Type::Named(name) = &schema.ty else { return schema };
        match integration.type_named(name) {
            Some(definition)
                if !matches!(definition.schema.ty, Type::Object(_) | Type::Union(_)) =>
            {
                schema = &definition.schema;
            }
            _ => return schema,
        }
    }
    schema
}

/// The Rust type of an integer: `u64` if its format has no negative values and such as `i64` does not hold, otherwise `i64`.
pub(super) fn integer(schema: &Schema) -> TokenStream {
    if is_unsigned(schema) { quote!(u64) } else { quote!(i64) }
}

/// Whether the integers of a schema are those of `u64`.
pub(super) fn is_unsigned(schema: &Schema) -> bool {
    let range = format::integers(schema.format.as_deref());
    *range.start() >= 0 && *range.end() > i128::from(i64::MAX)
}
