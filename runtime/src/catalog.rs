//! Actions by name, with JSON in and JSON out: for workflow engines, command lines and agents.

use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::call::{Call, Sending};
use crate::client::Client;
use crate::descriptor::{Action, Integration};
use crate::error::Error;
use crate::validate::{self, Violation, Violations};
use actionspec_model::suggest;

/// Integrations whose actions can be called by name.
#[derive(Clone, Copy, Debug)]
pub struct Catalog {
    integrations: &'static [CatalogEntry],
}

/// An integration of a [`Catalog`]: what is known before its descriptor is read.
#[derive(Clone, Copy, Debug)]
pub struct CatalogEntry {
    /// The integration's id.
    pub id: &'static str,
    /// The ids of its actions.
    pub actions: &'static [&'static str],
    /// Returns the descriptor; the first call reads it.
    pub load: fn() -> &'static Integration,
}

/// The error for an unknown action name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown action `{name}`{hint}")]
pub struct UnknownAction {
    name: String,
    hint: String,
}

impl Catalog {
    /// A catalogue of these integrations.
    #[must_use]
    pub const fn new(integrations: &'static [CatalogEntry]) -> Self {
        Self { integrations }
    }

    /// The integrations and the ids of their actions. Reads no descriptor.
    #[must_use]
    pub fn integrations(&self) -> &'static [CatalogEntry] {
        self.integrations
    }

    /// An integration by its id. Reads no other.
    #[must_use]
    pub fn integration(&self, id: &str) -> Option<&'static Integration> {
        self.entry(id).map(|entry| (entry.load)())
    }

    /// All actions. Reads every descriptor.
    pub fn actions(&self) -> impl Iterator<Item = &'static Action> + use<> {
        self.integrations.iter().flat_map(|entry| (entry.load)().actions())
    }

    /// An action by its name, `integration.action`. Reads the descriptor of its integration only. Returns an error that suggests a similar name
    /// if there is no such action.
    pub fn action(&self, name: &str) -> Result<&'static Action, UnknownAction> {
        let found = name.split_once('.').and_then(|(integration, id)| {
            let entry = self.entry(integration).filter(|entry| entry.actions.contains(&id))?;
            (entry.load)().action(id)
        });
        found.ok_or_else(|| {
            let names: Vec<String> = self
                .integrations
                .iter()
                .flat_map(|entry| entry.actions.iter().map(|id| format!("{}.{id}", entry.id)))
                .collect();
            let hint = suggest::hint(name, names.iter().map(String::as_str));
            UnknownAction { name: name.chars().take(100).collect(), hint }
        })
    }

    fn entry(&self, id: &str) -> Option<&'static CatalogEntry> {
        self.integrations.iter().find(|entry| entry.id == id)
    }
}

impl Action {
    /// Its name, unique over all integrations: `confluence.get_user`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.integration.id, self.id)
    }

    /// The JSON Schema of its arguments.
    #[must_use]
    pub fn parameters_schema(&self) -> Value {
        self.with_definitions(self.parameters_schema)
    }

    /// The JSON Schema of its result, with every type that it refers to in `$defs`; `null` if the result is not JSON.
    #[must_use]
    pub fn output_schema(&self) -> Value {
        self.with_definitions(self.output_schema)
    }

    /// An example of the response body.
    #[must_use]
    pub fn example(&self) -> Option<Value> {
        serde_json::from_str(self.example).ok()
    }

    /// Validates arguments. The error lists all violations.
    pub fn validate(&self, arguments: &Value) -> Result<(), Violations> {
        match arguments {
            Value::Object(values) => validate::arguments(
                self,
                &Arguments { values: values.clone().into(), files: Vec::new() },
            ),
            _ => Err(not_an_object()),
        }
    }

    /// Calls the action with arguments by key.
    pub fn call(&'static self, client: &Client, arguments: Value) -> Sending<Value> {
        match self.request(client, arguments) {
            Ok(call) => call.send(),
            Err(error) => Sending::failed(error),
        }
    }

    /// A call with arguments by key, to be sent, or to be read page by page and item by item. Fails if the arguments are no object.
    pub fn request(&'static self, client: &Client, arguments: Value) -> Result<Call<Value>, Error> {
        let Value::Object(values) = arguments else {
            return Err(Error::invalid(self, not_an_object()));
        };
        Ok(Call::with_values(client, self, values.into()))
    }

    fn with_definitions(&self, schema: &str) -> Value {
        let Ok(mut schema) = serde_json::from_str::<Value>(schema) else { return Value::Null };
        let types: Map<String, Value> = self.integration.types_json();
        let mut wanted = Vec::new();
        references(&schema, &mut wanted);
        let mut reached = Map::new();
        while let Some(name) = wanted.pop() {
            if let (Some(definition), false) = (types.get(&name), reached.contains_key(&name)) {
                references(definition, &mut wanted);
                reached.insert(name, definition.clone());
            }
        }
        if let (Value::Object(fields), false) = (&mut schema, reached.is_empty()) {
            reached.sort_keys();
            fields.insert("$defs".to_owned(), Value::Object(reached));
        }
        schema
    }
}

fn not_an_object() -> Violations {
    Violations(vec![Violation {
        parameter: String::new(),
        code: "type",
        message: "the arguments must be an object".to_owned(),
    }])
}

/// The names of the types that a schema refers to.
fn references(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(target) if key == "$ref" => {
                        names.extend(target.strip_prefix("#/$defs/").map(str::to_owned));
                    }
                    _ => references(value, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        _ => {}
    }
}
