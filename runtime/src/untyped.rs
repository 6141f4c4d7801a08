//! A call without its types: what the layers below [`call`](crate::call) work on.

use std::time::Duration;

use http::HeaderValue;
use url::Url;

use crate::arguments::Arguments;
use crate::client::Client;
use crate::descriptor::Action;
use crate::redact::Redactor;

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

impl Untyped {
    /// The secrets that no text about this call may show. `sent` are the values of headers that carried credentials.
    pub(crate) fn redactor(&self, sent: &[HeaderValue]) -> Redactor {
        let mut redactor = self.client.redactor();
        sent.iter().for_each(|value| redactor.add_header(value));
        for parameter in self.action.parameters.iter().filter(|parameter| parameter.schema.secret) {
            if let Some(value) = self.arguments.values.get(&parameter.key) {
                redactor.add_value(value);
            }
        }
        redactor
    }
}
