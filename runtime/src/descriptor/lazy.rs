//! References to types by name.

use std::fmt;
use std::ops::Deref;

use super::{Integration, Schema};

/// A type below another one: it itself, or the name of one that the integration declares, so that types may lead back to themselves. It
/// dereferences to the [`Schema`].
#[derive(Clone, Copy)]
pub struct SchemaRef(Place);

#[derive(Clone, Copy)]
enum Place {
    Here(&'static Schema),
    Named(&'static Integration, &'static str),
}

impl SchemaRef {
    /// This type.
    #[must_use]
    pub const fn new(schema: &'static Schema) -> Self {
        Self(Place::Here(schema))
    }

    /// The type of this name among those of an integration; any JSON, if there is none.
    pub(super) const fn named(integration: &'static Integration, name: &'static str) -> Self {
        Self(Place::Named(integration, name))
    }
}

impl Deref for SchemaRef {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        static ANY: Schema = Schema::DEFAULT;
        match self.0 {
            Place::Here(schema) => schema,
            Place::Named(integration, name) => integration.schema(name).unwrap_or(&ANY),
        }
    }
}

/// A type that leads back to itself has no end: of a named one the name is shown.
impl fmt::Debug for SchemaRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Place::Here(schema) => fmt::Debug::fmt(schema, f),
            Place::Named(_, name) => f.write_str(name),
        }
    }
}
