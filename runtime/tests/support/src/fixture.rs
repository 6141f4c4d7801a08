//! A made-up help desk, as generated code would declare it. Tests write a descriptor as what differs from [`base_facts`] or
//! [`base_action`].

use std::sync::LazyLock;

use actionspec_model as model;
use actionspec_runtime::descriptor::{
    Action, Effect, Integration, Output, OutputKind, Pagination, Retry, Step,
};
use actionspec_runtime::{Call, Client, ClientBuilder, Value, json};

const USER: &str = "ada@example.com";

/// The password of the clients that [`builder`] makes.
pub const TOKEN: &str = "t0ken-never-shown";

static DESK: LazyLock<Integration> = LazyLock::new(|| {
    let facts = json!(base_facts()).to_string();
    match Integration::from_json(&facts, [("get_user", GET_USER)]) {
        Ok(desk) => desk,
        Err(damage) => unreachable!("{damage}"),
    }
});

/// The integration of [`base_action`].
static ACTIONLESS: LazyLock<Integration> = LazyLock::new(|| Integration::new(base_facts()));

const GET_USER: &str = r##"{
    "action": {
        "title": "Act",
        "documentation": "https://docs.example.com/act",
        "effect": "read",
        "retry": "safe",
        "parameters": [
            {"key": "id", "wire_name": "userId", "location": "path", "style": "comma", "required": true, "schema": {"kind": "string", "max_length": 64}},
            {"key": "expand", "wire_name": "expand", "style": "comma",
             "schema": {"kind": "array", "items": {"kind": "string", "values": ["groups", "manager"]}, "unique_items": true}},
            {"key": "limit", "wire_name": "limit", "schema": {"kind": "integer", "minimum": 1, "maximum": 50}}
        ],
        "steps": [{"method": "GET", "path": "/users/{userId}"}],
        "output": {"kind": "json", "at": "/user", "accept": "application/json"},
        "errors": [
            {"on": "404", "meaning": "There is no such user."},
            {"on": "404 gone", "meaning": "The user was deleted."},
            {"on": "409", "meaning": "Somebody else is at it.", "retryable": true}
        ],
        "timeout_ms": 5000
    },
    "parameters": {},
    "output": {"$ref": "#/$defs/User"},
    "example": {"user": {"name": "Ada"}}
}"##;

/// The help desk with its one action, [`get_user`].
#[must_use]
pub fn desk() -> &'static Integration {
    &DESK
}

/// The action `desk.get_user`: a read with a path variable, a list and a number.
#[must_use]
pub fn get_user() -> &'static Action {
    desk().declared("get_user")
}

/// The facts of the help desk. Its server has the variable `site`, its authentication schemes are `basic`, `bearer` and `keys`.
#[must_use]
pub fn base_facts() -> model::Integration {
    facts(&json!({
        "id": "desk",
        "title": "Desk",
        "vendor": "Example",
        "summary": "A made-up help desk.",
        "documentation": "https://docs.example.com",
        "servers": [{
            "name": "cloud",
            "url": "https://{site}.example.com/api",
            "variables": {"site": {"description": "The site."}},
        }],
        "authentication": {
            "basic": {"kind": "basic", "title": "Password", "username": {"title": "User"}, "password": {"title": "Key"}},
            "bearer": {"kind": "bearer", "title": "Token", "token": {"title": "Key"}, "scheme": "Token"},
            "keys": {"kind": "apiKey", "title": "Keys", "keys": {
                "X-Key": {"in": "header", "title": "Key", "prefix": "key "},
                "api_key": {"in": "query", "title": "Key"},
                "session": {"in": "cookie", "title": "Key"},
            }},
        },
        "headers": {"X-Api-Version": "7"},
        "errors": {
            "message": ["/error/message", "/message"],
            "code": ["/error/code"],
            "codeAfter": "#",
            "requestIdHeader": "x-request-id",
            "success": {"at": "/ok", "equals": null},
        },
        "retry": {"statuses": [429, 503]},
        "types": {
            "User": {"properties": {"boss": {"$ref": "#/$defs/User"}, "team": {"$ref": "#/$defs/Team"}}},
            "Team": {},
            "Unused": {},
        },
    }))
}

/// The facts of an integration, in the form of a descriptor.
fn facts(value: &Value) -> model::Integration {
    match model::from_json(&value.to_string()) {
        Ok(facts) => facts,
        Err(damage) => unreachable!("{damage}"),
    }
}

/// An action `desk.act` without parameters: a `GET` of `/` that counts as a write, and that returns JSON.
#[must_use]
pub fn base_action() -> Action {
    Action {
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
    }
}

/// A help desk with one authentication scheme, named `scheme`, as a spec declares it; it may go without a title. Its server needs no variable.
#[must_use]
pub fn authenticated(scheme: Value) -> &'static Integration {
    let mut scheme = scheme;
    scheme["title"] = "Scheme".into();
    declare(facts(&json!({
        "id": "desk",
        "title": "Desk",
        "vendor": "Example",
        "summary": "A made-up help desk.",
        "documentation": "https://docs.example.com",
        "servers": [{
            "name": "main",
            "url": "https://{tenant}.example.com",
            "variables": {"tenant": {"description": "The tenant.", "default": "acme"}},
        }],
        "authentication": {"scheme": scheme},
        "errors": {"message": ["/message"], "code": ["/code"], "requestIdHeader": "x-request-id"},
        "retry": {"statuses": [503], "maxTries": 2},
    })))
}

/// A secret credential.
#[must_use]
pub fn secret(name: &str) -> Value {
    json!({"title": name})
}

/// A credential that is not secret.
#[must_use]
pub fn public(name: &str) -> Value {
    json!({"title": name, "public": true})
}

/// Makes an integration live as long as the tests do, as a generated one does.
#[must_use]
pub fn declare(facts: model::Integration) -> &'static Integration {
    Box::leak(Box::new(Integration::new(facts)))
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

/// A declaration of pagination, as an author writes it.
#[must_use]
pub fn paging(declared: Value) -> Pagination {
    serde_json::from_value(declared).expect("a declaration of paging")
}
