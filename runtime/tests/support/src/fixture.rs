//! A made-up help desk, as generated code would declare it. Tests write a descriptor as what differs from [`base_facts`] or
//! [`base_action`].

use std::sync::LazyLock;

use actionspec_model as model;
use actionspec_runtime::descriptor::{
    Action, Effect, Integration, Location, Output, Pagination, Parameter, Retry, Schema, Step,
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

const GET_USER: &str = r#"{
    "action": {
        "id": "get_user",
        "title": "Act",
        "documentation": "https://docs.example.com/act",
        "effect": "read",
        "retry": "safe",
        "parameters": [
            {"key": "id", "wireName": "userId", "in": "path", "style": "comma", "schema": {"type": "string", "maxLength": 64, "required": true}},
            {"key": "expand", "wireName": "expand", "style": "comma",
             "schema": {"type": "array", "items": {"type": "string", "enum": ["groups", "manager"]}, "uniqueItems": true}},
            {"key": "limit", "wireName": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 50}}
        ],
        "steps": [{"request": {"http": {"method": "GET", "path": "/users/{userId}"}}}],
        "output": {"kind": "json", "at": "/user", "schema": {"$ref": "User"}},
        "errors": {
            "404": "There is no such user.",
            "404 gone": "The user was deleted.",
            "409": {"description": "Somebody else is at it.", "retryable": true}
        },
        "timeoutSeconds": 5.0
    },
    "example": {"user": {"name": "Ada"}}
}"#;

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
            "User": {"type": "object", "properties": {"boss": {"$ref": "User"}, "team": {"$ref": "Team"}}},
            "Team": {"type": "object"},
            "Unused": {"type": "object"},
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
pub fn base_action() -> model::Action {
    model::Action {
        id: "act".to_owned(),
        title: "Act".to_owned(),
        description: String::new(),
        documentation: "https://docs.example.com/act".to_owned(),
        permissions: Vec::new(),
        scopes: [].into(),
        effect: Effect::Write,
        retry: Retry::Unsafe("Nothing is known of it.".to_owned()),
        parameters: Vec::new(),
        rules: Vec::new(),
        steps: vec![Step::default()],
        output: Output::default(),
        paging: None,
        errors: [].into(),
        timeout_seconds: 5.0,
        deprecated: None,
    }
}

/// An optional query parameter that is sent under its key.
#[must_use]
pub fn parameter(key: &str, schema: Schema) -> Parameter {
    Parameter { key: key.to_owned(), wire_name: key.to_owned(), schema, ..Parameter::default() }
}

/// The same parameter in the body, at its key.
#[must_use]
pub fn in_body(key: &str, schema: Schema) -> Parameter {
    let pointer = format!("/{key}");
    Parameter { location: Location::Body, pointer, ..parameter(key, schema) }
}

/// A type, as an author writes it: `{"type": "string", "maxLength": 4}`.
#[must_use]
pub fn schema(written: Value) -> Schema {
    serde_json::from_value(written).expect("a type")
}

/// The one step of an action, as an author writes its HTTP request: `{"method": "POST", "path": "/x", "body": "json"}`.
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "requests are written where they are used")]
pub fn http(written: Value) -> Step {
    serde_json::from_value(json!({"request": {"http": written}})).expect("a request")
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

/// Makes an action of the help desk live as long as the tests do, as a generated one does.
#[must_use]
pub fn declare_action(action: model::Action) -> &'static Action {
    declare_action_of(&ACTIONLESS, action)
}

/// Makes an action of an integration live as long as the tests do.
#[must_use]
pub fn declare_action_of(
    integration: &'static Integration,
    action: model::Action,
) -> &'static Action {
    Box::leak(Box::new(Action::new(integration, action)))
}

/// A builder of clients of [`desk`], with a site and the scheme `basic`.
#[must_use]
pub fn builder() -> ClientBuilder {
    ClientBuilder::new(desk())
        .variable("site", "acme")
        .credentials("basic", vec![USER.to_owned(), TOKEN.to_owned()])
}

/// A call of an action that a test makes up, of the client's integration.
pub fn call(client: &Client, action: model::Action) -> Call<Value> {
    Call::new(client, declare_action_of(client.integration(), action))
}

/// A declaration of pagination, as an author writes it.
#[must_use]
pub fn paging(declared: Value) -> Pagination {
    serde_json::from_value(declared).expect("a declaration of paging")
}
