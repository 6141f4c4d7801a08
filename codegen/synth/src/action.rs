//! One action of each usual kind.

use serde_json::{Value, json};

use crate::Object;
use crate::parameter::{self, object};
use crate::random::Random;
use crate::shape::{Example, Shape, Style};
use crate::words;

/// What there is to do with a thing: in this order until the integration has its actions. The first five are there for each thing.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { verb: "list", line: "GET /{things}", kind: Kind::List },
    Operation { verb: "get", line: "GET /{things}/{id}", kind: Kind::One },
    Operation { verb: "create", line: "POST /{things}", kind: Kind::Create },
    Operation { verb: "update", line: "PATCH /{things}/{id}", kind: Kind::Update },
    Operation { verb: "delete", line: "DELETE /{things}/{id}", kind: Kind::Nothing },
    Operation { verb: "search", line: "POST /{things}/search", kind: Kind::Search },
    Operation { verb: "archive", line: "POST /{things}/{id}/archive", kind: Kind::Update },
    Operation { verb: "count", line: "GET /{things}/count", kind: Kind::Count },
    Operation { verb: "replace", line: "PUT /{things}/{id}", kind: Kind::Update },
    Operation { verb: "assign", line: "PUT /{things}/{id}/assignee", kind: Kind::Nothing },
    Operation { verb: "upload", line: "POST /{things}/{id}/files", kind: Kind::Upload },
    Operation { verb: "download", line: "GET /{things}/{id}/content", kind: Kind::Download },
    Operation { verb: "export", line: "POST /{things}/exports", kind: Kind::Export },
];

/// One thing to do.
pub(crate) struct Operation {
    pub(crate) verb: &'static str,
    line: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    One,
    Create,
    Update,
    Nothing,
    Search,
    Count,
    Upload,
    Download,
    Export,
}

/// What actions of one integration have in common.
pub(crate) struct Setting {
    pub(crate) style: Style,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) paging: Paging,
    /// The name of the OAuth scheme, if the integration has one.
    pub(crate) oauth: Option<&'static str>,
}

/// The one way to page of an integration.
#[derive(Clone, Copy)]
pub(crate) enum Paging {
    Cursor,
    Page,
    Offset,
}

impl Paging {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cursor => "cursor",
            Self::Page => "page",
            Self::Offset => "offset",
        }
    }

    pub(crate) fn spec(self) -> Value {
        match self {
            Self::Cursor => {
                json!({"kind": "cursor", "items": "/results", "cursor": "cursor", "next": "/next_cursor", "limit": "limit"})
            }
            Self::Page => {
                json!({"kind": "page", "items": "/items", "page": "page", "limit": "limit", "pages": "/page_count"})
            }
            Self::Offset => {
                json!({"kind": "offset", "items": "/values", "offset": "offset", "limit": "limit", "total": "/total"})
            }
        }
    }

    fn items(self) -> &'static str {
        match self {
            Self::Cursor => "results",
            Self::Page => "items",
            Self::Offset => "values",
        }
    }

    fn parameters(self) -> Object {
        let limit = json!({"type": "integer", "description": "The most entries in one page.", "minimum": 1, "maximum": 200, "vendorDefault": 50,
            "example": 100});
        let (name, spec) = match self {
            Self::Cursor => (
                "cursor",
                json!({"type": "string", "advanced": true, "description": "Where the page begins.", "example": "eyJpZCI6NzcwMDQ4MX0"}),
            ),
            Self::Page => (
                "page",
                json!({"type": "integer", "description": "Which page, from 1.", "minimum": 1, "example": 2}),
            ),
            Self::Offset => (
                "offset",
                json!({"type": "integer", "description": "How many entries to skip.", "minimum": 0, "example": 100}),
            ),
        };
        object(json!({"limit": limit, name: spec}))
    }
}

/// An action, with its example if that has a file of its own.
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) spec: Object,
    pub(crate) example: Option<Value>,
    pub(crate) scope: String,
}

/// Examples of more characters than this stand in a file of their own.
const INLINE: usize = 400;

/// Writes one action of a thing whose type is `shape`.
pub(crate) fn make(
    operation: &Operation,
    thing: &str,
    shape: usize,
    setting: &Setting,
    random: &mut Random,
) -> Made {
    let things = format!("{thing}s");
    let plural = matches!(operation.kind, Kind::List | Kind::Search | Kind::Count | Kind::Export);
    let id = format!("{}_{}", operation.verb, if plural { &things } else { thing });
    let reads =
        operation.line.starts_with("GET") || matches!(operation.kind, Kind::Search | Kind::Export);
    let scope = format!("{}:{things}", if reads { "read" } else { "write" });
    let mut spec = head(&id, operation, thing, setting, &scope, random);
    let parameters = parameters(operation, thing, setting, random);
    let line = operation
        .line
        .replace("{things}", &things.replace('_', "-"))
        .replace("{id}", &format!("{{{}}}", key(thing, setting.style)));
    request(&mut spec, operation, &line);
    let rules = rules(&parameters, random);
    spec.insert("parameters".to_owned(), Value::Object(parameters));
    if !rules.is_empty() {
        spec.insert("rules".to_owned(), rules.into());
    }
    let (output, example) = output(&id, operation.kind, shape, setting, random);
    spec.insert("output".to_owned(), output);
    tail(&mut spec, operation, reads, setting, random);
    Made { id, spec, example, scope }
}

fn key(thing: &str, style: Style) -> String {
    style.wire(&format!("{thing}_id"))
}

fn head(
    id: &str,
    operation: &Operation,
    thing: &str,
    setting: &Setting,
    scope: &str,
    random: &mut Random,
) -> Object {
    let mut spec = object(json!({
        "title": words::title(id),
        "description": format!("{}s {}s. {}", words::title(operation.verb), thing.replace('_', " "), words::text(random, 3)),
        "group": group(thing),
    }));
    if random.percent(30) {
        let note = words::text(random, 2);
        let boxed = if random.percent(30) {
            json!({"kind": random.pick(&["tip", "warning", "important"]), "text": note})
        } else {
            json!(note)
        };
        spec.insert("notes".to_owned(), json!([boxed]));
    }
    let permissions: Vec<Value> =
        (0..random.between(1, 3)).map(|_| permission(thing, random)).collect();
    let permissions = if random.percent(15) {
        json!({"none": words::sentence(random)})
    } else {
        permissions.into()
    };
    spec.insert("permissions".to_owned(), permissions);
    if let Some(scheme) = setting.oauth {
        spec.insert("scopes".to_owned(), json!({scheme: [scope]}));
    }
    spec.insert(
        "documentation".to_owned(),
        format!("https://docs.example.com/reference/{}", id.replace('_', "-")).into(),
    );
    spec
}

/// The group of a thing: its noun.
pub(crate) fn group(thing: &str) -> String {
    let noun = thing.rsplit('_').next().unwrap_or(thing);
    format!("{noun}s")
}

fn permission(thing: &str, random: &mut Random) -> Value {
    let name = format!(
        "{} {}s of the workspace",
        random.pick(&["See", "Edit", "Administer", "Export"]),
        thing.replace('_', " ")
    );
    if random.percent(20) {
        json!({"name": name, "kind": "role", "when": "the entry is not the caller's own"})
    } else {
        name.into()
    }
}

fn request(spec: &mut Object, operation: &Operation, line: &str) {
    match operation.kind {
        Kind::Upload => spec.insert(
            "request".to_owned(),
            json!({"line": line, "body": "multipart", "headers": {"X-Check": "no"}}),
        ),
        Kind::Export => {
            let (_, path) = line.split_once(' ').unwrap_or(("", line));
            let wait = json!({"name": "wait", "request": format!("GET {path}/{{job}}"),
                "poll": {"state": "/state", "done": ["done"], "failed": ["failed"], "everySeconds": 2, "timeoutSeconds": 300}});
            spec.insert(
                "steps".to_owned(),
                json!([{"name": "start", "request": line, "capture": {"job": "/job"}}, wait]),
            )
        }
        _ => spec.insert("request".to_owned(), line.into()),
    };
}

fn parameters(
    operation: &Operation,
    thing: &str,
    setting: &Setting,
    random: &mut Random,
) -> Object {
    let style = setting.style;
    let mut parameters = Object::new();
    if operation.line.contains("{id}") {
        parameters.insert(key(thing, style), parameter::id(thing, style, random));
    }
    // Most actions take few, some take twenty.
    let some =
        |most: usize, random: &mut Random| random.between(0, most).min(random.between(0, most));
    match operation.kind {
        Kind::List => {
            parameters.extend(setting.paging.parameters());
            parameter::add(&mut parameters, some(9, random), false, style, random);
        }
        Kind::Create | Kind::Update => {
            parameters.insert(
                style.wire("display_name"),
                json!({"type": "string", "description": words::sentence(random), "minLength": 1, "maxLength": 255,
                    "required": operation.kind == Kind::Create, "example": words::label(random)}),
            );
            parameter::add(&mut parameters, some(14, random), true, style, random);
        }
        Kind::Search => {
            parameters.insert(
                "query".to_owned(),
                json!({"type": "string", "description": words::text(random, 3), "required": true, "minLength": 1, "example": "state = open"}),
            );
            parameter::add(&mut parameters, some(6, random), true, style, random);
        }
        Kind::Upload => {
            parameters.insert(
                "file".to_owned(),
                json!({"type": "file", "description": words::sentence(random), "required": true,
                "maxBytes": 10_485_760}),
            );
        }
        Kind::Export => {
            parameters.insert(
                "format".to_owned(),
                json!({"type": "string", "in": "body", "step": "start", "description": words::sentence(random),
                "enum": ["csv", "json"], "required": true, "example": "csv"}),
            );
        }
        Kind::One | Kind::Nothing | Kind::Count | Kind::Download => {
            let body = operation.line.starts_with("PUT");
            parameter::add(&mut parameters, some(4, random), body, style, random);
        }
    }
    parameters
}

/// Rules of an action in ten, over two optional parameters.
fn rules(parameters: &Object, random: &mut Random) -> Vec<Value> {
    let optional = |spec: &Value| {
        spec.get("required") != Some(&Value::Bool(true)) && spec.get("deprecated").is_none()
    };
    let free: Vec<&String> = parameters
        .iter()
        .filter(|(key, spec)| {
            optional(spec) && !matches!(key.as_str(), "limit" | "cursor" | "page" | "offset")
        })
        .map(|(key, _)| key)
        .collect();
    let [first, second, ..] = free.as_slice() else { return Vec::new() };
    if !random.percent(16) {
        return Vec::new();
    }
    vec![match random.between(0, 4) {
        0 => json!({"atMostOneOf": [first, second]}),
        1 => json!({"allOrNone": [first, second]}),
        2 => json!({"requires": {*first: [second]}}),
        3 => json!({"conflicts": {*first: [second]}}),
        _ => json!({"atLeastOneOf": [first, second]}),
    }]
}

fn output(
    id: &str,
    kind: Kind,
    shape: usize,
    setting: &Setting,
    random: &mut Random,
) -> (Value, Option<Value>) {
    let mut example = Example::new(&setting.shapes, setting.style);
    let own = |suffix: &str| Some(format!("{}{suffix}", words::type_name(id)));
    let (value, name) = match kind {
        Kind::Download => {
            return (
                json!({"kind": "binary", "description": "The file.", "example": {"none": "A file of any kind."}}),
                None,
            );
        }
        Kind::Nothing => {
            return (json!({"example": {"none": "The answer is 204 without a body."}}), None);
        }
        Kind::Count => (json!({"count": random.between(0, 900), "exact": true}), own("Answer")),
        Kind::Export => {
            let url = format!("https://files.example.com/{}", random.hex(16));
            (
                json!({"job": random.hex(8), "state": "done", "url": url, "rows": random.between(1, 9_000)}),
                own("Answer"),
            )
        }
        Kind::List => (list(&mut example, shape, setting.paging, random), own("Page")),
        Kind::Search => {
            let hits = vec![example.object(shape, "/hits/*", random)];
            (json!({"hits": hits, "took_ms": random.between(1, 400)}), own("Answer"))
        }
        Kind::One | Kind::Create | Kind::Update | Kind::Upload => {
            (example.object(shape, "", random), setting.shapes[shape].name.clone())
        }
    };
    let mut spec = object(json!({"verified": "composed"}));
    if random.percent(30) {
        spec.insert("description".to_owned(), words::sentence(random).into());
    }
    if let Some(name) = name {
        spec.insert("type".to_owned(), name.into());
    }
    if !example.names.is_empty() {
        spec.insert("names".to_owned(), Value::Object(example.names));
    }
    if value.to_string().len() < INLINE {
        spec.insert("example".to_owned(), value);
        (Value::Object(spec), None)
    } else {
        spec.insert("example".to_owned(), format!("{id}.json").into());
        (Value::Object(spec), Some(value))
    }
}

/// The answer of a list: one entry or two, and what its paging says.
fn list(example: &mut Example, shape: usize, paging: Paging, random: &mut Random) -> Value {
    let items = paging.items();
    let pointer = format!("/{items}/*");
    let entries: Vec<Value> =
        (0..random.between(1, 2)).map(|_| example.object(shape, &pointer, random)).collect();
    let mut answer = object(json!({items: entries}));
    let (key, value) = match paging {
        Paging::Cursor => ("next_cursor", json!(random.hex(24))),
        Paging::Page => ("page_count", json!(random.between(1, 40))),
        Paging::Offset => ("total", json!(random.between(1, 4_000))),
    };
    answer.insert(key.to_owned(), value);
    Value::Object(answer)
}

fn tail(
    spec: &mut Object,
    operation: &Operation,
    reads: bool,
    setting: &Setting,
    random: &mut Random,
) {
    if operation.kind == Kind::List {
        spec.insert("pagination".to_owned(), setting.paging.name().into());
    }
    if operation.kind == Kind::Search {
        spec.insert("effect".to_owned(), "read".into());
    }
    if !reads || operation.kind == Kind::Export {
        let retry = if random.percent(50) {
            json!("safe")
        } else {
            json!({"unsafe": words::sentence(random)})
        };
        spec.insert("retry".to_owned(), retry);
    }
    let mut errors = Object::new();
    for _ in 0..random.between(0, 2).min(random.between(0, 2)) {
        errors.insert(
            (*random.choose(&["400", "404", "409", "422"])).to_owned(),
            words::sentence(random).into(),
        );
    }
    if !errors.is_empty() {
        spec.insert("errors".to_owned(), Value::Object(errors));
    }
    if random.percent(8) {
        let workflow = format!("{} and Tell the Team", spec["title"].as_str().unwrap_or_default());
        spec.insert("workflows".to_owned(), json!([workflow]));
    }
    let operation = spec["title"].as_str().unwrap_or_default().replace(' ', "");
    spec.insert(
        "source".to_owned(),
        json!({"document": "https://docs.example.com/openapi.json", "operation": operation, "version": "3.2", "readOn": "2026-11-01"}),
    );
}
