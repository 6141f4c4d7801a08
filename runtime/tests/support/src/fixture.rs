//! A made-up help desk, as generated code would declare it. Tests write a descriptor as what differs from [`base_integration`] or
//! [`base_action`].

use actionspec_runtime::descriptor::{
    Action, Authentication, Credential, Effect, ErrorCase, ErrorEnvelope, Form, Integration, Key,
    LazyAction, Literal, Location, Output, OutputKind, Parameter, Retry, RetryPolicy, Schema,
    SchemaRef, Scheme, Server, Step, Style, Variable,
};
use actionspec_runtime::{Call, Client, ClientBuilder, Value};

const USER: &str = "ada@example.com";

/// The password of the clients that [`builder`] makes.
pub const TOKEN: &str = "t0ken-never-shown";

const ERRORS: ErrorEnvelope = ErrorEnvelope {
    message: &["/error/message", "/message"],
    code: &["/error/code"],
    code_after: "#",
    request_id_header: Some("x-request-id"),
    success: Some(("/ok", Literal::Null)),
    cases: &[],
};

static DESK: Integration = Integration { actions: &[&LISTED], ..BARE };
static LISTED: LazyAction = LazyAction::ready(&GET_USER);

/// The integration of [`base_action`].
static ACTIONLESS: Integration = BARE;

const SECRET: Credential = Credential { name: "key", title: "Key", secret: true, optional: false };
const PASSWORD: Form = Form {
    name: "",
    credentials: &[
        Credential { name: "username", title: "User", secret: false, optional: false },
        Credential { name: "password", ..SECRET },
    ],
};

const BARE: Integration = Integration {
    id: "desk",
    title: "Desk",
    vendor: "Example",
    summary: "A made-up help desk.",
    documentation: "https://docs.example.com",
    servers: &[Server {
        name: "cloud",
        url: "https://{site}.example.com/api",
        variables: &[Variable { name: "site", default: None, values: &[], pattern: None }],
    }],
    authentication: &[
        Authentication {
            name: "basic",
            title: "Password",
            server: None,
            forms: &[PASSWORD],
            scheme: Scheme::Basic,
        },
        Authentication {
            name: "bearer",
            title: "Token",
            server: None,
            forms: &[Form { name: "", credentials: &[Credential { name: "token", ..SECRET }] }],
            scheme: Scheme::Bearer("Token"),
        },
        Authentication {
            name: "keys",
            title: "Keys",
            server: None,
            forms: &[Form { name: "", credentials: &[SECRET, SECRET, SECRET] }],
            scheme: Scheme::ApiKey(&[
                Key { location: Location::Header, name: "X-Key", prefix: "key " },
                Key { location: Location::Query, name: "api_key", prefix: "" },
                Key { location: Location::Cookie, name: "session", prefix: "" },
            ]),
        },
    ],
    headers: &[("X-Api-Version", "7")],
    errors: ERRORS,
    retry: RetryPolicy { statuses: &[429, 503], max_tries: 4, after_header: "Retry-After" },
    rate_limit: None,
    connection_test: None,
    types: r##"{"User": {"properties": {"boss": {"$ref": "#/$defs/User"}, "team": {"$ref": "#/$defs/Team"}}}, "Team": {}, "Unused": {}}"##,
    schemas: None,
    actions: &[],
    triggers: &[],
    deprecated: None,
};

const ACTION: Action = Action {
    integration: &ACTIONLESS,
    id: "act",
    title: "Act",
    description: "",
    documentation: "https://docs.example.com/act",
    permissions: &[],
    scopes: &[],
    effect: Effect::Write,
    retry: Retry::Unsafe,
    parameters: &[],
    rules: &[],
    steps: &[Step::DEFAULT],
    output: Output { kind: OutputKind::Json, at: "", accept: "application/json" },
    paging: None,
    errors: &[],
    timeout_ms: 5_000,
    parameters_schema: "{}",
    output_schema: "",
    example: "",
    deprecated: None,
};

static GET_USER: Action = Action {
    integration: &DESK,
    id: "get_user",
    effect: Effect::Read,
    retry: Retry::Safe,
    parameters: &[
        Parameter {
            key: "id",
            wire_name: "userId",
            location: Location::Path,
            style: Style::Comma,
            required: true,
            schema: Schema { max_length: Some(64), ..Schema::STRING },
            ..Parameter::DEFAULT
        },
        Parameter {
            key: "expand",
            wire_name: "expand",
            style: Style::Comma,
            schema: Schema {
                items: Some(SchemaRef::new(&Schema {
                    values: &[Literal::Str("groups"), Literal::Str("manager")],
                    ..Schema::STRING
                })),
                unique_items: true,
                ..Schema::ARRAY
            },
            ..Parameter::DEFAULT
        },
        Parameter {
            key: "limit",
            wire_name: "limit",
            schema: Schema { minimum: Some(1.0), maximum: Some(50.0), ..Schema::INTEGER },
            ..Parameter::DEFAULT
        },
    ],
    steps: &[Step { path: "/users/{userId}", ..Step::DEFAULT }],
    output: Output { kind: OutputKind::Json, at: "/user", accept: "application/json" },
    errors: &[
        ErrorCase { on: "404", meaning: "There is no such user.", retryable: false },
        ErrorCase { on: "404 gone", meaning: "The user was deleted.", retryable: false },
        ErrorCase { on: "409", meaning: "Somebody else is at it.", retryable: true },
    ],
    output_schema: r##"{"$ref": "#/$defs/User"}"##,
    example: r#"{"user": {"name": "Ada"}}"#,
    ..ACTION
};

/// The help desk with its one action, [`get_user`].
#[must_use]
pub fn desk() -> &'static Integration {
    &DESK
}

/// The action `desk.get_user`: a read with a path variable, a list and a number.
#[must_use]
pub fn get_user() -> &'static Action {
    &GET_USER
}

/// The help desk without actions. Its server has the variable `site`, its authentication schemes are `basic`, `bearer` and `keys`.
#[must_use]
pub fn base_integration() -> Integration {
    BARE
}

/// An action `desk.act` without parameters: a `GET` of `/` that counts as a write, and that returns JSON.
#[must_use]
pub fn base_action() -> Action {
    ACTION
}

/// A help desk with one authentication scheme, named `scheme`. Its server needs no variable.
#[must_use]
pub fn authenticated(forms: &'static [Form], scheme: Scheme) -> &'static Integration {
    let scheme = Authentication { name: "scheme", title: "Scheme", server: None, forms, scheme };
    declare(Integration {
        servers: &[Server {
            name: "main",
            url: "https://{tenant}.example.com",
            variables: &[Variable {
                name: "tenant",
                default: Some("acme"),
                values: &[],
                pattern: None,
            }],
        }],
        authentication: leak(vec![scheme]),
        headers: &[],
        errors: ErrorEnvelope {
            message: &["/message"],
            code: &["/code"],
            success: None,
            code_after: "",
            ..ERRORS
        },
        retry: RetryPolicy { statuses: &[503], max_tries: 2, after_header: "Retry-After" },
        types: "{}",
        ..base_integration()
    })
}

/// A secret credential.
#[must_use]
pub const fn secret(name: &'static str) -> Credential {
    Credential { name, title: name, secret: true, optional: false }
}

/// A credential that is not secret.
#[must_use]
pub const fn public(name: &'static str) -> Credential {
    Credential { name, title: name, secret: false, optional: false }
}

/// Makes an integration live as long as the tests do, as a generated one does.
#[must_use]
pub fn declare(integration: Integration) -> &'static Integration {
    Box::leak(Box::new(integration))
}

/// Makes an action live as long as the tests do, as a generated one does.
#[must_use]
pub fn declare_action(action: Action) -> &'static Action {
    Box::leak(Box::new(action))
}

/// Makes a list of a descriptor live as long as the tests do.
#[must_use]
pub fn leak<T>(items: Vec<T>) -> &'static [T] {
    items.leak()
}

/// A builder of clients of [`desk`], with a site and the scheme `basic`.
#[must_use]
pub fn builder() -> ClientBuilder {
    ClientBuilder::new(desk())
        .variable("site", "acme")
        .credentials("basic", vec![USER.to_owned(), TOKEN.to_owned()])
}

/// A call of an action that a test makes up.
pub fn call(client: &Client, action: Action) -> Call<Value> {
    Call::new(client, declare_action(action))
}
