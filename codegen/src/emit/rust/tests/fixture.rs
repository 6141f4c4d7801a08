//! A small catalogue, built by hand, whose every text can be set: the friendly one reads as documentation, the hostile one tries to break out.

use actionspec_model::paging::LinkHeader;
use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::catalog::{
    Action, Catalog, EnumValue, Example, HttpRequest, Info, Integration, Object, Output, Package,
    Paging, Parameter, Permission, Permissions, Property, Request, Schema, Server, StatedRule,
    Step, Trigger, TriggerKind, Type, TypeDef,
};
use crate::spec::{
    Authentication, BasicAuthentication, Credential, Deprecation, Effect, ErrorCase, ErrorEnvelope,
    ExampleSource, Location, Note, NoteKind, OutputKind, Pagination, PermissionKind, Retry, Rule,
    ServerVariable, Signature, Style,
};

/// A catalogue of one integration; `text` stands wherever a spec's author writes freely.
pub(super) fn catalog(text: &str) -> Catalog {
    let info = Info {
        title: "Integrations".to_owned(),
        description: Some(text.to_owned()),
        edit_url: None,
        categories: IndexMap::new(),
        package: Package {
            name: "sample".to_owned(),
            version: "0.1.0".to_owned(),
            license: "MIT".to_owned(),
            repository: None,
            documentation: None,
            runtime_path: Some("../runtime".to_owned()),
            examples: Vec::new(),
        },
    };
    Catalog { info, integrations: vec![integration(text)] }
}

fn integration(text: &str) -> Integration {
    Integration {
        id: "wiki".to_owned(),
        type_name: "Wiki".to_owned(),
        slug: "wiki".to_owned(),
        spec_path: "wiki/integration.yaml".to_owned(),
        keywords: Vec::new(),
        title: "Wiki".to_owned(),
        vendor: text.to_owned(),
        description: text.to_owned(),
        summary: text.to_owned(),
        category: "collaboration".to_owned(),
        documentation: "https://wiki.example/docs".to_owned(),
        links: Vec::new(),
        notes: vec![Note { kind: NoteKind::Note, text: text.to_owned() }],
        version: None,
        api_version: None,
        servers: vec![Server {
            name: "site".to_owned(),
            url: "https://{site}.wiki.example".to_owned(),
            description: None,
            variables: IndexMap::from([("site".to_owned(), variable(text))]),
        }],
        authentication: IndexMap::from([("basic".to_owned(), authentication(text))]),
        connection_test: None,
        headers: IndexMap::new(),
        errors: ErrorEnvelope { message: vec!["/message".to_owned()], ..ErrorEnvelope::default() },
        rate_limit: None,
        retry: None,
        groups: IndexMap::new(),
        types: vec![user(text), comment(text), alias()],
        actions: vec![get_user(text), set_status(text)],
        triggers: vec![trigger(text)],
        deprecated: None,
        changes: Vec::new(),
        features: Vec::new(),
    }
}

fn variable(text: &str) -> ServerVariable {
    ServerVariable {
        title: None,
        description: text.to_owned(),
        default: None,
        values: IndexMap::new(),
        pattern: None,
        example: Some("acme".to_owned()),
    }
}

fn authentication(text: &str) -> Authentication {
    Authentication::Basic(BasicAuthentication {
        title: "Email and token".to_owned(),
        description: Some(text.to_owned()),
        setup: Vec::new(),
        documentation: None,
        server: None,
        username: Credential {
            title: "Email".to_owned(),
            example: Some("ada@example.com".to_owned()),
            ..Credential::default()
        },
        password: Credential {
            title: "Token".to_owned(),
            description: Some(text.to_owned()),
            ..Credential::default()
        },
    })
}

fn schema(ty: Type) -> Schema {
    Schema { ty, ..Schema::default() }
}

fn property(name: &str, schema: Schema) -> Property {
    Property { name: name.to_owned(), schema }
}

fn deprecation(text: &str) -> Deprecation {
    Deprecation {
        reason: text.to_owned(),
        since: Some("2024-01-01".to_owned()),
        replaced_by: None,
        removed_on: None,
        link: None,
    }
}

fn user(text: &str) -> TypeDef {
    let described = Schema { description: Some(text.to_owned()), ..schema(Type::String) };
    let old = Schema { deprecated: Some(deprecation(text)), ..schema(Type::Integer) };
    let properties = vec![
        property("displayName", described),
        property("type", schema(Type::Named("Kind".to_owned()))),
        property("json", schema(Type::Any)),
        property(
            "createdAt",
            Schema { format: Some("date-time".to_owned()), ..schema(Type::String) },
        ),
        property("score", old),
        property(
            "comments",
            schema(Type::Array(Box::new(schema(Type::Named("Comment".to_owned()))))),
        ),
        property(
            text,
            schema(Type::Map(Box::new(Schema { nullable: true, ..schema(Type::String) }))),
        ),
    ];
    let object = Object { properties, additional: Some(Box::default()) };
    TypeDef {
        name: "User".to_owned(),
        description: Some(text.to_owned()),
        schema: schema(Type::Object(object)),
    }
}

/// It refers to itself.
fn comment(text: &str) -> TypeDef {
    let replies = Type::Array(Box::new(schema(Type::Named("Comment".to_owned()))));
    let parent = Schema { nullable: true, ..schema(Type::Named("Comment".to_owned())) };
    let properties = vec![
        property(
            "text",
            Schema {
                required: true,
                ..schema(Type::String).with("pattern", text).expect("it is a text")
            },
        ),
        property("replies", schema(replies)),
        property("parent", parent),
    ];
    TypeDef {
        name: "Comment".to_owned(),
        description: None,
        schema: schema(Type::Object(Object { properties, additional: None })),
    }
}

/// A named type that is no object.
fn alias() -> TypeDef {
    TypeDef { name: "Kind".to_owned(), description: None, schema: schema(Type::String) }
}

fn value(value: &str, variant: &str, text: &str, old: bool) -> EnumValue {
    EnumValue {
        value: json!(value),
        title: Some(variant.to_owned()),
        description: Some(text.to_owned()),
        expands: None,
        deprecated: old.then(|| deprecation(text)),
    }
}

fn parameter(key: &str, ident: &str, location: Location, schema: Schema) -> Parameter {
    let sent = actionspec_model::Parameter {
        key: key.to_owned(),
        wire_name: key.to_owned(),
        title: key.to_owned(),
        location,
        pointer: if location == Location::Body { format!("/{key}") } else { String::new() },
        schema,
        ..Default::default()
    };
    Parameter {
        sent,
        ident: ident.to_owned(),
        advanced: false,
        placeholder: None,
        values_from: None,
        authentication: Vec::new(),
        enum_type: None,
    }
}

fn get_user(text: &str) -> Action {
    let id = Schema {
        required: true,
        description: Some(text.to_owned()),
        example: Some(json!(text)),
        ..schema(Type::String).with("pattern", "^.+$").expect("it is a pattern")
    };
    let items = Schema {
        values: vec![
            value("operations", "Operations", text, false),
            value(text, "Odd", text, true),
        ],
        ..schema(Type::String)
    };
    let expand =
        Schema { description: Some(text.to_owned()), ..schema(Type::Array(Box::new(items))) };
    let limits =
        schema(Type::Integer).with("minimum", 1).and_then(|it| it.with("maximum", 200_000));
    let send = Schema {
        vendor_default: Some(json!(25)),
        constraints: limits.expect("they are limits").constraints,
        ..schema(Type::Integer)
    };
    let mut action = action("get_user", "GetUser", text);
    let mut expand = Parameter {
        enum_type: Some("Expand".to_owned()),
        ..parameter("expand", "expand", Location::Query, expand)
    };
    expand.style = Style::Comma;
    action.parameters = vec![
        parameter("accountId", "account_id", Location::Query, id),
        expand,
        parameter("send", "send", Location::Query, send),
    ];
    action.output.schema = schema(Type::Named("User".to_owned()));
    let by_link = LinkHeader { items: "/comments".to_owned(), limit: None };
    action.paging = Paging::Paged(Pagination::LinkHeader(by_link));
    action
}

fn set_status(text: &str) -> Action {
    let mut action = action("set_status", "SetStatus", text);
    let status = Schema {
        required: true,
        open_enum: true,
        values: vec![value("away", "Away", text, false)],
        ..schema(Type::String)
    };
    let note = Schema { nullable: true, default: Some(json!(text)), ..schema(Type::String) };
    action.parameters = vec![
        Parameter {
            enum_type: Some("Status".to_owned()),
            ..parameter("status", "status", Location::Body, status)
        },
        parameter("note", "note", Location::Body, note),
        parameter("comment", "comment", Location::Body, schema(Type::Named("Comment".to_owned()))),
        parameter(
            "type",
            "type_",
            Location::Body,
            Schema { deprecated: Some(deprecation(text)), ..schema(Type::Boolean) },
        ),
        parameter(
            "files",
            "files",
            Location::Body,
            schema(Type::Array(Box::new(schema(Type::File)))),
        ),
    ];
    let keys = vec!["note".to_owned(), "comment".to_owned()];
    action.rules = vec![StatedRule { rule: Rule::AtMostOneOf(keys), sentence: text.to_owned() }];
    action.output.kind = OutputKind::Empty;
    action.output.example = Example::None(text.to_owned());
    action.deprecated = Some(deprecation(text));
    action.effect = Effect::Write;
    action
}

fn action(id: &str, type_name: &str, text: &str) -> Action {
    Action {
        id: id.to_owned(),
        ident: id.to_owned(),
        type_name: type_name.to_owned(),
        slug: id.replace('_', "-"),
        spec_path: format!("wiki/actions/{id}.yaml"),
        keywords: Vec::new(),
        title: text.to_owned(),
        description: text.to_owned(),
        summary: text.to_owned(),
        group: None,
        notes: vec![Note { kind: NoteKind::Warning, text: text.to_owned() }],
        permissions: Permissions::All(vec![Permission {
            name: text.to_owned(),
            kind: PermissionKind::Permission,
            when: Some(text.to_owned()),
            link: None,
        }]),
        scopes: IndexMap::from([("basic".to_owned(), vec![text.to_owned()])]),
        documentation: "https://wiki.example/docs/users".to_owned(),
        links: Vec::new(),
        steps: vec![step()],
        parameters: Vec::new(),
        rules: Vec::new(),
        output: Output {
            kind: OutputKind::Json,
            description: None,
            schema: Schema::default(),
            example: Example::Given {
                value: json!({"displayName": text}),
                source: ExampleSource::Composed,
            },
            at: String::new(),
            item_element: None,
            headers: IndexMap::new(),
            statuses: Vec::new(),
            media_type: None,
        },
        paging: Paging::NotAList,
        effect: Effect::Read,
        retry: Retry::Safe,
        errors: IndexMap::from([("404".to_owned(), ErrorCase::Description(text.to_owned()))]),
        timeout_seconds: 60.0,
        workflows: Vec::new(),
        renamed_from: Vec::new(),
        deprecated: None,
        changes: Vec::new(),
        features: Vec::new(),
        source: Vec::new(),
    }
}

fn step() -> Step {
    let http = HttpRequest { path: "/user".to_owned(), ..HttpRequest::default() };
    Step { request: Request::Http(http), ..Step::default() }
}

fn trigger(text: &str) -> Trigger {
    Trigger {
        id: "new_user".to_owned(),
        ident: "new_user".to_owned(),
        slug: "new-user".to_owned(),
        spec_path: "wiki/triggers/new_user.yaml".to_owned(),
        keywords: Vec::new(),
        title: text.to_owned(),
        description: text.to_owned(),
        summary: text.to_owned(),
        notes: Vec::new(),
        permissions: Permissions::None(text.to_owned()),
        documentation: "https://wiki.example/docs/events".to_owned(),
        on: TriggerKind::Webhook(crate::spec::WebhookTrigger {
            events: vec![text.to_owned()],
            setup: Vec::new(),
            signature: Signature::None(crate::spec::Waiver { none: text.to_owned() }),
        }),
        event: Value::Null,
        verified: ExampleSource::Composed,
        schema: schema(Type::Named("User".to_owned())),
        deprecated: None,
        changes: Vec::new(),
        features: Vec::new(),
        source: Vec::new(),
    }
}
