//! Descriptors that are read from text when they are first needed.
//!
//! Compiled as Rust, the tables of parameters, types and requests were a third of what checking a generated crate cost, and a program
//! that makes one call had all of them. As text they cost the compiler nothing, and a program only what it uses.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use super::{Action, Integration, Schema, read};

/// An action of a generated crate: its name at once, all else when it is first asked for. It dereferences to the [`Action`].
pub struct LazyAction {
    integration: &'static Integration,
    id: &'static str,
    source: Source,
}

enum Source {
    Text(&'static str, OnceLock<&'static Action>),
    Ready(&'static Action),
}

impl LazyAction {
    /// An action whose descriptor is this text, as the generator writes it.
    #[must_use]
    pub const fn new(
        integration: &'static Integration,
        id: &'static str,
        text: &'static str,
    ) -> Self {
        Self { integration, id, source: Source::Text(text, OnceLock::new()) }
    }

    /// An action that is there already.
    #[must_use]
    pub const fn ready(action: &'static Action) -> Self {
        Self { integration: action.integration, id: action.id, source: Source::Ready(action) }
    }

    /// The id within the integration. Nothing is read for it.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

impl Deref for LazyAction {
    type Target = Action;

    /// Reads the text, the first time. What is read stays for as long as the program runs.
    fn deref(&self) -> &Action {
        match &self.source {
            Source::Ready(action) => action,
            Source::Text(text, read) => {
                read.get_or_init(|| match read::action(self.integration, self.id, text) {
                    Ok(action) => Box::leak(Box::new(action)),
                    Err(damage) => unreachable!(
                        "the text of `{}.{}` is not as it was generated: {damage}",
                        self.integration.id, self.id
                    ),
                })
            }
        }
    }
}

impl fmt::Debug for LazyAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LazyAction").field(&self.integration.id).field(&self.id).finish()
    }
}

/// The types that parameters of an integration refer to by name.
pub struct Schemas {
    text: &'static str,
    read: OnceLock<BTreeMap<&'static str, Schema>>,
}

impl Schemas {
    /// Types from this text, as the generator writes it.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, read: OnceLock::new() }
    }

    fn get(&self, integration: &'static Integration, name: &str) -> Option<&Schema> {
        let all = self.read.get_or_init(|| match read::schemas(integration, self.text) {
            Ok(schemas) => schemas,
            Err(damage) => unreachable!(
                "the types of `{}` are not as they were generated: {damage}",
                integration.id
            ),
        });
        all.get(name)
    }
}

impl fmt::Debug for Schemas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schemas").finish_non_exhaustive()
    }
}

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
            Place::Named(integration, name) => integration
                .schemas
                .and_then(|schemas| schemas.get(integration, name))
                .unwrap_or(&ANY),
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
