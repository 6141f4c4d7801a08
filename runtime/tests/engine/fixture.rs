//! A small made-up integration, as generated code would declare it.

use actionspec_runtime::descriptor::*;
use actionspec_runtime::{Call, Client, ClientBuilder};

const USER: &str = "ada@example.com";
pub(crate) const TOKEN: &str = "t0ken-never-shown";

const ERRORS: ErrorEnvelope = ErrorEnvelope {
    message: &["/error/message", "/message"],
    code: &["/error/code"],
    code_after: "#",
    request_id_header: Some("x-request-id"),
    success: Some(("/ok", Literal::Null)),
    cases: &[],
};

pub(crate) static DESK: Integration = Integration { actions: &[&LISTED], ..BARE };
static LISTED: LazyAction = LazyAction::ready(&GET_USER);

/// Actions that are made up on the spot belong to it: constants cannot refer to each other in a circle.
static ACTIONLESS: Integration = BARE;

const SECRET: Credential = Credential { name: "key", title: "Key", secret: true, optional: false };
const PASSWORD: Form = Form {
    name: "",
    credentials: &[
        Credential { name: "username", title: "User", secret: false, optional: false },
        Credential { name: "password", ..SECRET },
    ],
};

pub(crate) const BARE: Integration = Integration {
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

/// An action that does nothing in particular.
pub(crate) const ACTION: Action = Action {
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

pub(crate) static GET_USER: Action = Action {
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

pub(crate) fn builder() -> ClientBuilder {
    ClientBuilder::new(&DESK)
        .variable("site", "acme")
        .credentials("basic", vec![USER.to_owned(), TOKEN.to_owned()])
}

/// A call of an action that is made up on the spot.
pub(crate) fn call(client: &Client, action: Action) -> Call<serde_json::Value> {
    Call::new(client, Box::leak(Box::new(action)))
}

/// A list of parameters that is made up on the spot.
pub(crate) fn leak<T>(items: Vec<T>) -> &'static [T] {
    items.leak()
}
