//! What types mean to generated Rust code.

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
