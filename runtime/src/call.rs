//! One action with its arguments.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::Value;

use crate::arguments::Arguments;
use crate::client::Client;
use crate::descriptor::{Action, Type};
use crate::encode::{self, Captures};
use crate::error::{Error, ErrorKind};
use crate::file::File;
use crate::response::{Empty, Raw, Response};
use crate::steps;
use crate::transport::BoxFuture;
use crate::untyped::Untyped;
use crate::validate::{self, Violations};
use crate::values::Values;

pub use crate::encode::PreparedRequest;

/// One action with its arguments, ready to be sent. Its result has the type `T`.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<T: ?Sized> {
    untyped: Untyped,
    marker: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Call<T> {
    /// A call of an action without arguments.
    pub fn new(client: &Client, action: &'static Action) -> Self {
        Self::wrap(Untyped {
            client: client.clone(),
            action,
            arguments: Arguments::default(),
            address: None,
            skip: 0,
            deadline: None,
            idempotency_key: None,
        })
    }

    /// The same with arguments by key.
    pub(crate) fn with_values(client: &Client, action: &'static Action, values: Values) -> Self {
        let mut call = Self::new(client, action);
        call.untyped.arguments.values = values;
        call
    }

    pub(crate) fn wrap(untyped: Untyped) -> Self {
        Self { untyped, marker: PhantomData }
    }

    pub(crate) fn untyped(&self) -> &Untyped {
        &self.untyped
    }

    /// Sets an argument.
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.argument(key, value.into());
        self
    }

    /// Sets an argument in place.
    pub fn argument(&mut self, key: &str, value: Value) {
        self.untyped.arguments.values.set(self.untyped.action, key, value);
    }

    /// Sets a file; of a parameter that takes several, adds one.
    pub fn file(mut self, key: &str, file: impl Into<File>) -> Self {
        let several = self
            .untyped
            .action
            .parameter(key)
            .is_some_and(|parameter| matches!(parameter.schema.ty, Type::Array(_)));
        let files = &mut self.untyped.arguments.files;
        if !several {
            files.retain(|(given, _)| given != key);
        }
        files.push((key.to_owned(), file.into()));
        self
    }

    /// The deadline of the call, including its attempts, pauses and steps. Default: the client's setting.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.untyped.deadline = Some(deadline);
        self
    }

    /// The idempotency key, for actions that support one. Default: a new key for every call.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.untyped.idempotency_key = Some(key.into());
        self
    }

    /// Validates the arguments. The error lists all violations.
    pub fn validate(&self) -> Result<(), Violations> {
        validate::arguments(self.untyped.action, &self.untyped.arguments)
    }

    /// Returns the first request without sending it. Fails if the arguments are invalid.
    pub fn request(&self) -> Result<PreparedRequest, Error> {
        self.untyped.check()?;
        encode::request(&self.untyped, 0, &Captures::default())
    }

    /// Returns the requests of all steps without sending any. `captured` gives the values that earlier responses would give, by the names of
    /// the captures. Fails if the arguments are invalid, or if a request cannot be built with these values.
    pub fn requests(
        &self,
        captured: impl Fn(&str) -> String,
    ) -> Result<Vec<PreparedRequest>, Error> {
        self.untyped.check()?;
        let steps = &self.untyped.action.steps;
        let names = steps.iter().flat_map(|step| step.capture.keys());
        let values: Captures = names.map(|name| (name.as_str(), captured(name))).collect();
        (0..steps.len()).map(|step| encode::request(&self.untyped, step, &values)).collect()
    }

    /// Validates the arguments and sends the action's requests. Does nothing until it is awaited.
    pub fn send(self) -> Sending<T> {
        Sending { future: self.untyped.send(), marker: PhantomData }
    }
}

impl Untyped {
    pub(crate) fn send(self) -> BoxFuture<'static, Result<Raw, Error>> {
        Box::pin(steps::run(self))
    }
}

impl Client {
    /// Tests the connection by calling the action that the integration declares for it. Fails if the connection does not work, or with the kind `Build` if
    /// the integration declares no such action.
    pub async fn test_connection(&self) -> Result<(), Error> {
        let integration = self.integration();
        let action = integration.connection_test.as_ref().and_then(|id| integration.action(id));
        match action {
            Some(action) => Call::<Empty>::new(self, action).send().await.map(drop),
            None => Err(Error::unbound(
                ErrorKind::Build,
                format!("{} declares no action that tests a connection", integration.id),
            )),
        }
    }
}

impl<T: ?Sized> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self::wrap(self.untyped.clone())
    }
}

/// Values may be secret or personal: only the keys are shown.
impl<T: ?Sized> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("action", &self.untyped.action.name())
            .field("arguments", &self.untyped.arguments.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// A call that is being sent.
#[must_use = "futures do nothing until they are awaited"]
pub struct Sending<T: ?Sized> {
    future: BoxFuture<'static, Result<Raw, Error>>,
    marker: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Sending<T> {
    pub(crate) fn failed(error: Error) -> Self {
        Self { future: Box::pin(std::future::ready(Err(error))), marker: PhantomData }
    }
}

impl<T: ?Sized> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.future.as_mut().poll(context).map(|result| result.map(Response::new))
    }
}

impl<T: ?Sized> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
