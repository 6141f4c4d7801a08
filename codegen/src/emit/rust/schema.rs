//! What types mean to generated Rust code.

use super::data;
use crate::catalog::{Integration, Schema, Type};

/// Aliases of aliases end somewhere; the Catalog has no cycle of them.
const MOST_ALIASES: usize = 32;

/// What a schema means after named types that have no view have been looked up. Types of outputs read it.
pub(super) fn underlying<'a>(integration: &'a Integration, schema: &'a Schema) -> &'a Schema {
    let mut schema = schema;
    for _ in 0..MOST_ALIASES {
        let Type::Named(name) = &schema.ty else { return schema };
        match data::named(integration, name) {
            Some(definition) if !matches!(definition.ty, Type::Object(_) | Type::Union(_)) => schema = definition,
            _ => return schema,
        }
    }
    schema
}
