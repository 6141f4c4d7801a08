//! Actions by name, with JSON in and JSON out: for workflow engines, command lines and agents.

use std::collections::BTreeSet;

use actionspec_model::json_schema::{self, Writer};
use actionspec_model::prose::first_sentence;
use actionspec_model::schema::Types as _;
use actionspec_model::suggest;
use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::call::{Call, Sending};
use crate::client::Client;
use crate::descriptor::{Action, Integration, Schema};
use crate::error::Error;
use crate::validate::{self, Violation, Violations};

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

    /// The JSON Schema of its arguments, with every named type in `$defs`. It is made anew by each call.
    #[must_use]
    pub fn parameters_schema(&self) -> Value {
        let rules = self.rules.iter().map(|stated| &stated.rule);
        let summary = first_sentence(&self.description);
        let schema = json_schema::arguments(&self.title, &summary, &self.parameters, rules);
        let types = self.parameters.iter().map(|parameter| &parameter.schema);
        self.with_definitions(schema, types, json_schema::ARGUMENTS)
    }

    /// The JSON Schema of its result, with every named type in `$defs`; `null` if the result is not JSON. It is made anew by each call.
    #[must_use]
    pub fn output_schema(&self) -> Value {
        if !self.output.kind.is_structured() {
            return Value::Null;
        }
        let schema = json_schema::convert(&self.output.schema, json_schema::RESULTS);
        self.with_definitions(schema, [&self.output.schema], json_schema::RESULTS)
    }

    /// An example of the response body.
    #[must_use]
    pub fn example(&self) -> Option<Value> {
        serde_json::from_str(self.example_text()?).ok()
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

    /// Adds the named types that some types reach, by the names under which the writer refers to them.
    fn with_definitions<'a>(
        &self,
        mut schema: Value,
        types: impl IntoIterator<Item = &'a Schema>,
        writer: Writer,
    ) -> Value {
        let mut names = BTreeSet::new();
        types.into_iter().for_each(|ty| json_schema::reach(ty, self.integration, &mut names));
        let definitions = names.iter().filter_map(|name| {
            let schema = self.integration.named(name)?;
            Some((writer.name(name), json_schema::convert(schema, writer)))
        });
        let definitions: Map<String, Value> = definitions.collect();
        if !definitions.is_empty() {
            json_schema::annotate(&mut schema, "$defs", Value::Object(definitions));
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
