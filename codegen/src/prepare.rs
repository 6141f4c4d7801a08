//! The requests of actions, prepared by the runtime as clients send them: what samples on pages and examples in documents print.
//!
//! What belongs here: from example arguments to requests. What does not: how requests are printed (see `emit`). Credentials are left out: each
//! scheme has its own placeholders for them.

use std::borrow::Cow;

use actionspec_model as model;
use actionspec_runtime::descriptor::{Action, Integration};
use actionspec_runtime::{Call, Client, MemoryTransport, PreparedRequest};
use indexmap::IndexMap;
use serde_json::Value;

use crate::catalog::{self, Server};
use crate::descriptor;

/// Prepares requests of one integration.
///
/// Descriptors live as long as the program, as those of generated crates do: one for each integration and each action that is prepared.
pub(crate) struct Preparer {
    client: Client,
    owner: &'static Integration,
}

impl Preparer {
    /// A client without credentials. Errors if no client can be built.
    pub(crate) fn new(integration: &catalog::Integration) -> Result<Self, String> {
        let facts = descriptor::integration(integration);
        let default = default_server(integration);
        let mut servers: Vec<model::Server> = facts.servers.iter().map(filled_server).collect();
        // The first one is the default.
        servers.sort_by_key(|server| Some(&server.name) != default.map(|server| &server.name));
        let facts = model::Integration { servers, authentication: IndexMap::new(), ..facts };
        let owner: &'static Integration = Box::leak(Box::new(Integration::new(facts)));
        let client = Client::builder(owner)
            .transport(MemoryTransport::json(200, &Value::Null))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { client, owner })
    }

    /// The requests of an action with these arguments, in the order of its steps. A value that an earlier response would give is its
    /// [`placeholder`]. Errors if the client cannot send the action.
    pub(crate) fn requests(
        &self,
        integration: &catalog::Integration,
        action: &catalog::Action,
        arguments: &IndexMap<String, Value>,
    ) -> Result<Vec<PreparedRequest>, String> {
        let facts = descriptor::action(integration, action);
        let action: &'static Action = Box::leak(Box::new(Action::new(self.owner, facts)));
        let call = Call::<Value>::new(&self.client, action).idempotency_key("UNIQUE_KEY");
        let call = arguments.iter().fold(call, |call, (key, value)| call.set(key, value.clone()));
        let address = |name: &str| {
            let whole = format!("{{{name}}}");
            let step = action.steps.iter().find(|step| step.path() == whole)?;
            let named = |server: &&model::Server| step.server.as_ref() == Some(&server.name);
            let server = self.owner.servers.iter().find(named).or(self.owner.servers.first())?;
            Some(format!("{}/{}", server.url.trim_end_matches('/'), placeholder(name)))
        };
        call.requests(|name| address(name).unwrap_or_else(|| placeholder(name)))
            .map_err(|error| error.to_string())
    }
}

/// Stands in requests for a value that an earlier response gives. It has only characters that no encoding changes.
fn placeholder(name: &str) -> String {
    format!("~~{name}~~")
}

/// A text of a request with `<name>` in place of what earlier responses give: for readers to fill in.
pub(crate) fn readable<'a>(text: &'a str, action: &catalog::Action) -> Cow<'a, str> {
    let names = action.steps.iter().flat_map(|step| step.capture.keys());
    names.fold(Cow::Borrowed(text), |text, name| {
        if text.contains(&placeholder(name)) {
            Cow::Owned(text.replace(&placeholder(name), &format!("<{name}>")))
        } else {
            text
        }
    })
}

/// The server of a step.
pub(crate) fn server<'a>(
    integration: &'a catalog::Integration,
    step: &catalog::Step,
) -> Option<&'a Server> {
    let named = |server: &&Server| Some(&server.name) == step.server.as_ref();
    integration.servers.iter().find(named).or_else(|| default_server(integration))
}

/// The server of the first authentication scheme, or else the first one.
fn default_server(integration: &catalog::Integration) -> Option<&Server> {
    let scheme = integration.authentication.values().next();
    let wanted = scheme.and_then(|scheme| scheme.facts().server);
    let named = |server: &&Server| Some(server.name.as_str()) == wanted;
    integration.servers.iter().find(named).or(integration.servers.first())
}

fn filled_server(server: &Server) -> Server {
    Server { url: filled(&server.url, Some(server)), variables: IndexMap::new(), ..server.clone() }
}

/// A text with a server's variables at their usual values.
pub(crate) fn filled(text: &str, server: Option<&Server>) -> String {
    server.into_iter().flat_map(|server| &server.variables).fold(
        text.to_owned(),
        |text, (name, variable)| {
            let value = variable
                .default
                .as_ref()
                .or(variable.example.as_ref())
                .or(variable.values.keys().next());
            text.replace(&format!("{{{name}}}"), value.map_or("example", String::as_str))
        },
    )
}
