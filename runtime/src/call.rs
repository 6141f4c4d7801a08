//! One action with its arguments.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine as _;
use http::HeaderValue;
use serde_json::Value;
use url::Url;

use crate::client::Client;
use crate::descriptor::{Action, Kind, Parameter};
use crate::encode::{self, Captures};
use crate::engine;
use crate::error::{Error, ErrorKind};
use crate::file::File;
use crate::redact::Redactor;
use crate::response::{Raw, Response};
use crate::transport::BoxFuture;
use crate::validate::{self, Violations};
use crate::values::Values;

pub use crate::encode::PreparedRequest;

/// One action with its arguments, ready to be sent. Its result has the type `T`.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<T: ?Sized> {
    untyped: Untyped,
    marker: PhantomData<fn() -> Box<T>>,
}

/// A call without a type: generic code stays thin over it.
#[derive(Clone)]
pub(crate) struct Untyped {
    pub(crate) client: Client,
    pub(crate) action: &'static Action,
    pub(crate) arguments: Arguments,
    /// Replaces the last request's address: the page to ask for.
    pub(crate) address: Option<Url>,
    /// The number of items of the page that a stream does not return, because it resumes after them.
    pub(crate) skip: u64,
    /// How long the whole call may take.
    pub(crate) deadline: Option<Duration>,
    /// Tells the vendor that two requests are one.
    pub(crate) idempotency_key: Option<String>,
}

/// Arguments by key: JSON, and files beside it.
#[derive(Clone, Default)]
pub(crate) struct Arguments {
    pub(crate) values: Values,
    pub(crate) files: Vec<(String, File)>,
}

impl Arguments {
    /// Whether the caller gave a value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.values.get(key).is_some() || self.files.iter().any(|(given, _)| given == key)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(key, _)| key).chain(self.files.iter().map(|(key, _)| key.as_str()))
    }

    /// What is sent: the caller's value, or the default.
    pub(crate) fn value(&self, parameter: &Parameter) -> Option<Cow<'_, Value>> {
        match self.values.get(parameter.key) {
            Some(value) => Some(Cow::Borrowed(value)),
            None => parameter.default.map(|literal| Cow::Owned(literal.to_value())),
        }
    }

    /// The files of a parameter; or why its JSON is no file.
    pub(crate) fn files(&self, parameter: &Parameter) -> Result<Vec<File>, &'static str> {
        let mut files: Vec<File> = self
            .files
            .iter()
            .filter(|(key, _)| key == parameter.key)
            .map(|(_, file)| file.clone())
            .collect();
        match self.values.get(parameter.key) {
            Some(Value::Array(items)) if parameter.schema.kind == Kind::Array => {
                for item in items {
                    files.push(file_of(item)?);
                }
            }
            Some(value) => files.push(file_of(value)?),
            None => {}
        }
        Ok(files)
    }
}

fn file_of(value: &Value) -> Result<File, &'static str> {
    const WRONG: &str =
        "must be a string, or an object with `content` in base64 and optionally `name`";
    match value {
        Value::String(text) => Ok(File::from(text.as_str())),
        Value::Object(fields) => {
            let content = fields.get("content").and_then(Value::as_str).ok_or(WRONG)?;
            let bytes =
                base64::engine::general_purpose::STANDARD.decode(content).map_err(|_| WRONG)?;
            let name = match fields.get("name") {
                None | Some(Value::Null) => None,
                Some(Value::String(name)) => Some(name.clone()),
                Some(_) => return Err(WRONG),
            };
            Ok(File { name, ..File::new(bytes) })
        }
        _ => Err(WRONG),
    }
}

impl Parameter {
    /// Whether it takes a file, or a list of files.
    pub(crate) fn takes_files(&self) -> bool {
        self.schema.kind == Kind::File
            || self.schema.items.is_some_and(|items| items.kind == Kind::File)
    }
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
            .parameters
            .iter()
            .any(|parameter| parameter.key == key && parameter.schema.kind == Kind::Array);
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

    /// Validates the arguments and sends the action's requests. Does nothing until it is awaited.
    pub fn send(self) -> Sending<T> {
        Sending { future: self.untyped.send(), marker: PhantomData }
    }
}

impl Untyped {
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.client.integration().id != self.action.integration.id {
            let message = format!(
                "the client belongs to another integration, `{}`",
                self.client.integration().id
            );
            return Err(Error::new(ErrorKind::Build, self.action, message));
        }
        validate::arguments(self.action, &self.arguments)
            .map_err(|violations| Error::invalid(self.action, violations))
    }

    /// The secrets that no text about this call may show. `sent` are the values of headers that carried credentials.
    pub(crate) fn redactor(&self, sent: &[HeaderValue]) -> Redactor {
        let mut redactor = self.client.redactor();
        sent.iter().for_each(|value| redactor.add_header(value));
        for parameter in self.action.parameters.iter().filter(|parameter| parameter.secret) {
            if let Some(value) = self.arguments.values.get(parameter.key) {
                redactor.add_value(value);
            }
        }
        redactor
    }

    pub(crate) fn send(self) -> BoxFuture<'static, Result<Raw, Error>> {
        Box::pin(engine::run(self))
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
