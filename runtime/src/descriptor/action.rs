//! One action: its requests and what it returns.

use super::{
    Effect, Integration, Line, Literal, Pagination, Parameter, Rule, SignatureAlgorithm,
    SignatureEncoding, Sql,
};

/// One action.
#[derive(Debug)]
pub struct Action {
    /// The integration.
    pub integration: &'static Integration,
    /// The id within the integration.
    pub id: &'static str,
    /// Title case name.
    pub title: &'static str,
    /// What it does, Markdown.
    pub description: &'static str,
    /// The vendor's page.
    pub documentation: &'static str,
    /// What the caller must be allowed to do; empty: nothing.
    pub permissions: &'static [&'static str],
    /// Scopes by authentication scheme.
    pub scopes: &'static [(&'static str, &'static [&'static str])],
    /// What it does to the vendor's system.
    pub effect: Effect,
    /// Whether it may be sent again.
    pub retry: Retry,
    /// The parameters, in page order.
    pub parameters: &'static [Parameter],
    /// Rules across parameters.
    pub rules: &'static [Rule],
    /// The requests, in order; at least one.
    pub steps: &'static [Step],
    /// What it returns.
    pub output: Output,
    /// How the result is paged.
    pub paging: Option<Pagination>,
    /// What failures mean, where that is not what the integration says of them.
    pub errors: &'static [ErrorCase],
    /// Milliseconds for one request.
    pub timeout_ms: u64,
    /// JSON text: the JSON Schema of the arguments object; named types are `#/$defs/Name-Input`. [`Action::parameters_schema`] is complete.
    pub parameters_schema: &'static str,
    /// JSON text: the JSON Schema of the result; named types are `#/$defs/Name`. Empty for results that are not JSON.
    pub output_schema: &'static str,
    /// JSON text: an example of the response body. Empty when there is none.
    pub example: &'static str,
    /// Why, if it is deprecated.
    pub deprecated: Option<&'static str>,
}

/// What a failure means.
#[derive(Debug)]
pub struct ErrorCase {
    /// The status, or `status code`; where answers have no status, the code.
    pub on: &'static str,
    /// What it means, Markdown.
    pub meaning: &'static str,
    /// Whether the same request can succeed later.
    pub retryable: bool,
}

/// Whether a request may be sent again when its answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Sending it twice has the effect of sending it once.
    Safe,
    /// The effect would happen twice.
    Unsafe,
    /// Safe with this header, which carries a key made up for each call.
    IdempotencyKey(&'static str),
    /// Safe with this parameter, by its key: a text made up for each call that gives none.
    IdempotencyParameter(&'static str),
}

/// One request of an action.
#[derive(Debug)]
pub struct Step {
    /// Its name; empty in an action of one request.
    pub name: &'static str,
    /// The method, upper case; `TCP` or `SQL` of what is not HTTP.
    pub method: &'static str,
    /// The path template; or `{capture}` alone for a whole address.
    pub path: &'static str,
    /// The server, where it is not the chosen authentication's.
    pub server: Option<&'static str>,
    /// Constant query parameters; values may hold `{placeholders}`.
    pub query: &'static [(&'static str, &'static str)],
    /// Constant headers; values may hold `{placeholders}`.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: Body,
    /// Constants of the body, by JSON pointer; texts may hold `{placeholders}`.
    pub constants: &'static [(&'static str, Literal)],
    /// A header with a hash of the body.
    pub checksum: Option<Checksum>,
    /// Elements of this name wrap the items of lists in an answer in XML, and are left out; empty: none.
    pub item_element: &'static str,
    /// What of the headers is the result: properties and names of headers, or with `*` at their end how names begin.
    pub result_headers: &'static [(&'static str, &'static str)],
    /// Captures: name and JSON pointer.
    pub capture: &'static [(&'static str, &'static str)],
    /// How the step waits.
    pub poll: Option<Poll>,
}

impl Step {
    /// A GET of `/` without anything.
    pub const DEFAULT: Self = Self {
        name: "",
        method: "GET",
        path: "/",
        server: None,
        query: &[],
        headers: &[],
        body: Body::None,
        constants: &[],
        checksum: None,
        item_element: "",
        result_headers: &[],
        capture: &[],
        poll: None,
    };
}

/// How a request body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    None,
    /// A JSON object built from parameters and constants.
    Json,
    /// The one body parameter is the whole JSON body.
    JsonValue,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data` (RFC 7578)
    Multipart,
    /// The one body parameter is the body.
    Raw,
    /// An XML document, written from a JSON object of one key.
    Xml,
    /// This GraphQL document; the body parameters are its variables.
    Graphql(&'static str),
    /// No HTTP: this line over TCP.
    Line(&'static Line),
    /// No HTTP: this statement or procedure over TDS; the body parameters are bound.
    Sql(&'static Sql),
}

/// A header with a hash of the body.
#[derive(Clone, Copy, Debug)]
pub struct Checksum {
    /// The header.
    pub header: &'static str,
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// How the hash is written.
    pub encoding: SignatureEncoding,
}

/// How a step waits for work to finish.
#[derive(Debug)]
pub struct Poll {
    /// JSON pointer of the state.
    pub state: &'static str,
    /// States that mean success.
    pub done: &'static [Literal],
    /// States that mean failure.
    pub failed: &'static [Literal],
    /// Milliseconds between two requests.
    pub every_ms: u64,
    /// Milliseconds after which the action gives up.
    pub timeout_ms: u64,
}

/// What an action returns.
#[derive(Debug)]
pub struct Output {
    /// What the response body is.
    pub kind: OutputKind,
    /// JSON pointer of the result within the body; empty for the whole.
    pub at: &'static str,
    /// The media type that is asked for.
    pub accept: &'static str,
}

/// What a response body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// JSON.
    Json,
    /// XML, read as JSON.
    Xml,
    /// Lines of `name: value`, read as JSON.
    Fields,
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// Headers, read as JSON.
    Headers,
    /// Nothing.
    Empty,
}
