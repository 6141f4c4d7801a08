//! Static descriptors: what generated code says of an integration, as data.
//!
//! Generated crates hold one `static` of these types per action and integration; the engine validates, encodes, sends and decodes from
//! them. Each type has an all-default constant, so that generated code states only what differs (`..Parameter::DEFAULT`). Texts are for
//! people; everything else drives the engine.

/// One system.
#[derive(Debug)]
pub struct Integration {
    /// The id: cargo feature, module, and first part of action names.
    pub id: &'static str,
    /// The name as the vendor writes it.
    pub title: &'static str,
    /// The company or project behind it.
    pub vendor: &'static str,
    /// What it is, one sentence of Markdown.
    pub summary: &'static str,
    /// The vendor's documentation.
    pub documentation: &'static str,
    /// Where the API is; the first one is the default.
    pub servers: &'static [Server],
    /// Ways to authenticate. Empty: the API is open to all.
    pub authentication: &'static [Authentication],
    /// Headers that every request carries.
    pub headers: &'static [(&'static str, &'static str)],
    /// Where a failed response says what went wrong.
    pub errors: ErrorEnvelope,
    /// When failed requests are sent again.
    pub retry: RetryPolicy,
    /// How many requests the vendor accepts.
    pub rate_limit: Option<RateLimit>,
    /// The id of the action that tests a connection.
    pub connection_test: Option<&'static str>,
    /// JSON text: an object with the JSON Schema of every named type, by name.
    pub types: &'static str,
    /// The actions, by id.
    pub actions: &'static [&'static Action],
    /// The triggers, by id.
    pub triggers: &'static [&'static Trigger],
    /// Why, if it is deprecated.
    pub deprecated: Option<&'static str>,
}

/// Where an API is.
#[derive(Debug)]
pub struct Server {
    /// Its name.
    pub name: &'static str,
    /// The address template, without a slash at the end.
    pub url: &'static str,
    /// The variables of the template.
    pub variables: &'static [Variable],
}

/// A variable of a server's address.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the template.
    pub name: &'static str,
    /// The value when the user gives none.
    pub default: Option<&'static str>,
    /// Allowed values; empty: all that match the pattern.
    pub values: &'static [&'static str],
    /// A regular expression for the whole value. `None`: one label of a host name.
    pub pattern: Option<&'static str>,
}

/// A way to authenticate.
#[derive(Debug)]
pub struct Authentication {
    /// Its name in the spec.
    pub name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// The server to use; `None`: the first.
    pub server: Option<&'static str>,
    /// How credentials travel.
    pub scheme: Scheme,
}

/// How credentials travel.
#[derive(Debug)]
pub enum Scheme {
    /// HTTP Basic (RFC 7617); credentials: user name, password.
    Basic,
    /// The `Authorization` header, with this word before the token; credential: the token.
    Bearer(&'static str),
    /// Keys, each in its place; credentials: as many, in this order.
    ApiKey(&'static [Key]),
}

/// The place of a key.
#[derive(Debug)]
pub struct Key {
    /// Where it travels.
    pub location: Location,
    /// The name of header, query parameter or cookie.
    pub name: &'static str,
    /// What stands before the key.
    pub prefix: &'static str,
}

/// Where a failed response says what went wrong.
#[derive(Debug)]
pub struct ErrorEnvelope {
    /// JSON pointers of the message; the first that holds text counts.
    pub message: &'static [&'static str],
    /// JSON pointers of the vendor's code.
    pub code: &'static [&'static str],
    /// The header that identifies the request.
    pub request_id_header: Option<&'static str>,
    /// JSON pointer and value that a successful body must hold.
    pub success: Option<(&'static str, Literal)>,
}

/// When failed requests are sent again.
#[derive(Debug)]
pub struct RetryPolicy {
    /// Statuses that pass.
    pub statuses: &'static [u16],
    /// Most tries, the first one included.
    pub max_tries: u32,
    /// The header that says how long to wait.
    pub after_header: &'static str,
}

/// How many requests the vendor accepts.
#[derive(Debug)]
pub struct RateLimit {
    /// Requests within the period.
    pub requests: Option<u32>,
    /// The period in seconds.
    pub per_seconds: Option<u32>,
    /// Requests at one time.
    pub concurrent: Option<u32>,
}

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
    /// Scopes by way to authenticate.
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
    pub paging: Option<Paging>,
    /// What statuses, or `status code`, mean.
    pub errors: &'static [(&'static str, &'static str)],
    /// Milliseconds for one request.
    pub timeout_ms: u64,
    /// JSON text: the JSON Schema of the arguments object.
    pub parameters_schema: &'static str,
    /// JSON text: the JSON Schema of the result; named types are `#/$defs/Name`. Empty for results that are not JSON.
    pub output_schema: &'static str,
    /// JSON text: an example of the response body. Empty when there is none.
    pub example: &'static str,
    /// Why, if it is deprecated.
    pub deprecated: Option<&'static str>,
}

/// What an action does to the vendor's system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Creates or changes something.
    Write,
    /// Deletes something, or does what cannot be undone.
    Destructive,
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
}

/// One request of an action.
#[derive(Debug)]
pub struct Step {
    /// Its name; empty in an action of one request.
    pub name: &'static str,
    /// The method, upper case.
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
    /// This GraphQL document; the body parameters are its variables.
    Graphql(&'static str),
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

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The key in JSON arguments.
    pub key: &'static str,
    /// The name on the wire.
    pub wire_name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// Where it travels.
    pub location: Location,
    /// How arrays and objects are written outside JSON.
    pub style: Style,
    /// JSON pointer of its place in the body; empty: none, or the whole body.
    pub pointer: &'static str,
    /// The index of the step that carries it.
    pub step: usize,
    /// It must be given.
    pub required: bool,
    /// It is never printed.
    pub secret: bool,
    /// What is sent when the caller says nothing.
    pub default: Option<Literal>,
    /// The media type of a file part or raw body.
    pub media_type: Option<&'static str>,
    /// Most bytes of a file.
    pub max_bytes: Option<u64>,
    /// Why, if it is deprecated.
    pub deprecated: Option<&'static str>,
    /// The type.
    pub schema: Schema,
}

impl Parameter {
    /// An optional query parameter of any type.
    pub const DEFAULT: Self = Self {
        key: "",
        wire_name: "",
        title: "",
        location: Location::Query,
        style: Style::Repeat,
        pointer: "",
        step: 0,
        required: false,
        secret: false,
        default: None,
        media_type: None,
        max_bytes: None,
        deprecated: None,
        schema: Schema::DEFAULT,
    };
}

/// Where a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// In the body.
    Body,
}

/// How an array or object is written where only text fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a=1&a=2`
    Repeat,
    /// `a=1,2`
    Comma,
    /// `a=1|2`
    Pipe,
    /// `a=1 2`
    Space,
    /// `a[]=1&a[]=2`; of an object `a[key]=1`
    Brackets,
    /// The JSON text of the value.
    Json,
}

/// The type of a value, and what it must satisfy.
#[derive(Debug)]
pub struct Schema {
    /// The JSON type.
    pub kind: Kind,
    /// A format that is checked.
    pub format: Option<Format>,
    /// Allowed values; empty: all.
    pub values: &'static [Literal],
    /// `null` is allowed.
    pub nullable: bool,
    /// Numbers: smallest.
    pub minimum: Option<f64>,
    /// Numbers: largest.
    pub maximum: Option<f64>,
    /// Numbers: greater than.
    pub exclusive_minimum: Option<f64>,
    /// Numbers: less than.
    pub exclusive_maximum: Option<f64>,
    /// Numbers: multiple of.
    pub multiple_of: Option<f64>,
    /// Strings: fewest characters (Unicode scalar values).
    pub min_length: Option<u64>,
    /// Strings: most characters (Unicode scalar values).
    pub max_length: Option<u64>,
    /// Strings: a regular expression that must match somewhere.
    pub pattern: Option<&'static str>,
    /// Arrays: type of each item.
    pub items: Option<&'static Schema>,
    /// Arrays: fewest items.
    pub min_items: Option<u64>,
    /// Arrays: most items.
    pub max_items: Option<u64>,
    /// Arrays: no item twice.
    pub unique_items: bool,
    /// Objects: named properties.
    pub properties: &'static [Property],
    /// Objects: what else may stand there.
    pub additional: Additional,
}

impl Schema {
    /// Any JSON.
    pub const DEFAULT: Self = Self {
        kind: Kind::Any,
        format: None,
        values: &[],
        nullable: false,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        items: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        properties: &[],
        additional: Additional::Any,
    };
    /// Text.
    pub const STRING: Self = Self { kind: Kind::String, ..Self::DEFAULT };
    /// A whole number.
    pub const INTEGER: Self = Self { kind: Kind::Integer, ..Self::DEFAULT };
    /// A number.
    pub const NUMBER: Self = Self { kind: Kind::Number, ..Self::DEFAULT };
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self { kind: Kind::Boolean, ..Self::DEFAULT };
    /// A list.
    pub const ARRAY: Self = Self { kind: Kind::Array, ..Self::DEFAULT };
    /// An object.
    pub const OBJECT: Self = Self { kind: Kind::Object, ..Self::DEFAULT };
    /// Bytes.
    pub const FILE: Self = Self { kind: Kind::File, ..Self::DEFAULT };
}

/// JSON types, and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON.
    Any,
    /// Text.
    String,
    /// A whole number, 64 bits.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
    /// Bytes. In JSON arguments: `{"name": …, "content": base64}` or a string of text.
    File,
}

/// Formats that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `partial-time`, with or without an offset.
    Time,
    /// ISO 8601 duration.
    Duration,
    /// An address with one `@` and something on both sides (RFC 5321 in essence).
    Email,
    /// An absolute address (RFC 3986).
    Uri,
    /// RFC 1123.
    Hostname,
    /// RFC 791.
    Ipv4,
    /// RFC 4291.
    Ipv6,
    /// Either.
    Ip,
    /// An IP address and a prefix length (RFC 4632).
    Cidr,
    /// RFC 9562.
    Uuid,
    /// Base64 (RFC 4648, section 4).
    Byte,
}

/// A named property of an object.
#[derive(Debug)]
pub struct Property {
    /// Its name in JSON.
    pub name: &'static str,
    /// It must be given.
    pub required: bool,
    /// Its type.
    pub schema: &'static Schema,
}

/// What properties an object may have beside its named ones.
#[derive(Clone, Copy, Debug)]
pub enum Additional {
    /// Anything.
    Any,
    /// None.
    None,
    /// Values of this type.
    Typed(&'static Schema),
}

/// A JSON value that a `static` can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// Text.
    Str(&'static str),
    /// The JSON text of an array or object.
    Json(&'static str),
}

/// A rule across parameters.
#[derive(Debug)]
pub struct Rule {
    /// What it demands.
    pub kind: RuleKind,
    /// The rule as a sentence; the message of a violation.
    pub sentence: &'static str,
}

/// What a rule demands. Parameters are named by key.
#[derive(Debug)]
pub enum RuleKind {
    /// One of these must be given, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// At least one of these must be given.
    AtLeastOneOf(&'static [&'static str]),
    /// At most one of these may be given.
    AtMostOneOf(&'static [&'static str]),
    /// All of these are given, or none.
    AllOrNone(&'static [&'static str]),
    /// Whoever gives the first must give the others.
    Requires(&'static str, &'static [&'static str]),
    /// The first cannot be given together with any of the others.
    Conflicts(&'static str, &'static [&'static str]),
    /// The parameters must be given when every condition holds.
    RequiredIf(&'static [&'static str], &'static [Condition]),
    /// The parameters may be given only when every condition holds.
    AllowedIf(&'static [&'static str], &'static [Condition]),
}

/// A parameter has one of these values.
#[derive(Debug)]
pub struct Condition {
    /// Its key.
    pub parameter: &'static str,
    /// The values.
    pub values: &'static [Literal],
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
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// Nothing.
    Empty,
}

/// How a result is paged. `limit` is the key of the parameter that says how many items a page holds, empty if there is none;
/// pointers that are not declared are empty too.
#[derive(Debug)]
pub struct Paging {
    /// JSON pointer of the items.
    pub items: &'static str,
    /// Key of the page size parameter.
    pub limit: &'static str,
    /// JSON pointer of a value that is there, and neither `null` nor `false`, while more pages follow.
    pub more: &'static str,
    /// How the next page is asked for.
    pub next: NextPage,
}

/// How the next page is asked for.
#[derive(Debug)]
pub enum NextPage {
    /// By the number of items to skip.
    Offset {
        /// Key of the parameter.
        parameter: &'static str,
        /// JSON pointer of the number of all items.
        total: &'static str,
    },
    /// By the page's number.
    Page {
        /// Key of the parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u32,
        /// JSON pointer of the number of pages.
        pages: &'static str,
    },
    /// By a token of the response.
    Cursor {
        /// Key of the parameter.
        parameter: &'static str,
        /// JSON pointer of the token.
        next: &'static str,
    },
    /// By an address in the body.
    Url {
        /// JSON pointer of the address.
        next: &'static str,
        /// JSON pointer of what a relative address begins with.
        base: &'static str,
    },
    /// By the `Link` header (RFC 8288).
    LinkHeader,
}

/// What starts a workflow.
#[derive(Debug)]
pub struct Trigger {
    /// The id within the integration.
    pub id: &'static str,
    /// Title case name.
    pub title: &'static str,
    /// When it fires, Markdown.
    pub description: &'static str,
    /// The vendor's page.
    pub documentation: &'static str,
    /// How it learns of events.
    pub kind: TriggerKind,
    /// JSON text: the JSON Schema of an event.
    pub event_schema: &'static str,
    /// JSON text: one event.
    pub event: &'static str,
}

/// How a trigger learns of events.
#[derive(Debug)]
pub enum TriggerKind {
    /// It asks an action again and again.
    Polling {
        /// The action.
        action: &'static Action,
        /// What its parameters are set to.
        arguments: &'static [(&'static str, Literal)],
        /// Keys of the action's parameters that the user may set.
        parameters: &'static [&'static str],
        /// JSON pointer of the events in the output.
        items: &'static str,
        /// JSON pointer, in an event, of its identity.
        id: &'static str,
        /// JSON pointer, in an event, of its time; empty: none.
        time: &'static str,
        /// Seconds between two requests.
        every_seconds: u32,
    },
    /// The vendor calls.
    Webhook {
        /// The vendor's names of the events.
        events: &'static [&'static str],
        /// How a call proves its origin; `None`: it does not.
        signature: Option<Signature>,
    },
}

/// A keyed hash of a webhook's body (HMAC, RFC 2104).
#[derive(Debug)]
pub struct Signature {
    /// The header that carries it.
    pub header: &'static str,
    /// `sha1`, `sha256` or `sha512`.
    pub algorithm: &'static str,
    /// `hex` or `base64`.
    pub encoding: &'static str,
    /// What stands before the signature in the header.
    pub prefix: &'static str,
    /// The header with the time that is signed too; empty: none.
    pub timestamp_header: &'static str,
}
