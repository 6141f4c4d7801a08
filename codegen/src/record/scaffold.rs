//! Specs to start from: short, commented, and accepted by `gen` as they are.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::place::{self, Known, Specs};
use super::report::{Fault, Kind, Report};
use super::scrub::Scrubber;
use super::{Made, action, group, naming, request, shape};
use crate::catalog::{infer, names};
use crate::scheme;
use crate::spec::{
    ActionSpec, Authentication, IntegrationSpec, Method, OutputKind, OutputSpec, PaginationChoice,
    ParameterSpec, Permissions, RequestLine, Retry, Schema, Server, Source, Waiver,
};
use crate::write;

/// What to start.
#[derive(Clone, Debug, Default)]
pub struct Blank {
    /// The integration's id.
    pub integration: String,
    /// Its name as the vendor writes it. Default: from the id.
    pub title: Option<String>,
    /// The address before every path. Default: one that is to be replaced.
    pub server: Option<String>,
    /// How callers prove who they are. Default: a token.
    pub scheme: Option<SchemeKind>,
    /// The category. Default: the first one of the catalogue.
    pub category: Option<String>,
    /// The vendor's documentation. Default: the server's host.
    pub documentation: Option<String>,
    /// The action's id; none: the integration alone.
    pub action: Option<String>,
    /// Method and path. Default: guessed from the id, to be replaced.
    pub request: Option<String>,
    /// A real response, of which the output's example and types are made.
    pub response: Option<Value>,
}

/// The usual authentication schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// The API is open to all.
    None,
    /// User and password.
    Basic,
    /// A token in the header `Authorization`.
    Bearer,
    /// A key in a header.
    ApiKey,
    /// OAuth 2, for machines.
    Oauth2,
}

impl SchemeKind {
    /// The schemes and their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("none", Self::None),
        ("basic", Self::Basic),
        ("bearer", Self::Bearer),
        ("apiKey", Self::ApiKey),
        ("oauth2", Self::Oauth2),
    ];

    fn declared(self, host: &str) -> IndexMap<String, Authentication> {
        let (name, scheme) = match self {
            Self::None => return IndexMap::new(),
            Self::Basic => (
                "basic",
                json!({"kind": "basic", "title": "User and password", "username": {"title": "User", "public": true}, "password": {"title": "Password"}}),
            ),
            Self::Bearer => {
                ("token", json!({"kind": "bearer", "title": "Token", "token": {"title": "Token"}}))
            }
            Self::ApiKey => (
                "api_key",
                json!({"kind": "apiKey", "title": "API key", "keys": {"X-Api-Key": {"in": "header", "title": "API key"}}}),
            ),
            Self::Oauth2 => (
                "oauth2",
                json!({"kind": "oauth2", "title": "OAuth 2", "flow": "clientCredentials", "tokenUrl": format!("https://{host}/oauth/token"), "scopes": {"read": "Read everything."}}),
            ),
        };
        // The shapes are those of the model; a test starts each.
        serde_json::from_value(scheme)
            .map(|scheme| IndexMap::from([(name.to_owned(), scheme)]))
            .unwrap_or_default()
    }
}

/// Starts an integration, an action, or both.
///
/// # Errors
///
/// Fails if a name or the request has no valid form, or `gen` would refuse the result.
pub fn start(blank: &Blank, specs: &Specs) -> Result<Made, Fault> {
    for (what, id) in [("integration", Some(&blank.integration)), ("action", blank.action.as_ref())]
    {
        if let Some(id) = id.filter(|id| !names::is_id(id)) {
            return Err(Fault::new(format!("`{id}` cannot be the id of an {what}")).help(
                "use lower-case words with underscores, a letter first, at most 64 characters",
            ));
        }
    }
    let known = specs.find(&blank.integration);
    let mut report = Report::default();
    let mut files = Vec::new();
    let integration = match known {
        Some(known) if blank.action.is_none() => {
            return Err(Fault::new(format!("the integration `{}` is there already", known.id))
                .help("name an action to add to it: cargo xtask new INTEGRATION ACTION"));
        }
        Some(known) => known.spec.clone(),
        None => {
            let spec = integration(blank, specs, &mut report)?;
            files.push((
                format!("{}/integration.yaml", blank.integration),
                commented_integration(&spec),
            ));
            spec
        }
    };
    if let Some(id) = &blank.action {
        let (spec, example) = new_action(id, blank, &integration, &mut report)?;
        files.push((
            format!("{}/actions/{id}.yaml", blank.integration),
            commented_action(&spec, example.is_some()),
        ));
        if let Some(example) = example {
            files
                .push((format!("{}/examples/{id}.json", blank.integration), write::json(&example)));
        }
    }
    check(known, &files)?;
    Ok(Made {
        integration: blank.integration.clone(),
        is_new: known.is_none(),
        actions: blank.action.iter().cloned().collect(),
        files,
        report,
    })
}

/// What a person gave may be what `gen` refuses.
fn check(known: Option<&Known>, files: &[(String, String)]) -> Result<(), Fault> {
    match place::faults(known, files).into_iter().next() {
        Some(fault) => {
            let help: Vec<String> = fault.help.iter().map(|help| help.text.clone()).collect();
            let told = Fault::new(format!("this does not make a valid spec: {}", fault.message));
            Err(if help.is_empty() { told } else { told.help(help.join("; ")) })
        }
        None => Ok(()),
    }
}

fn integration(
    blank: &Blank,
    specs: &Specs,
    report: &mut Report,
) -> Result<IntegrationSpec, Fault> {
    let url = match &blank.server {
        Some(url) => {
            let url = if url.contains("://") { url.clone() } else { format!("https://{url}") };
            request::Address::parse(&url).map(|_| url.trim_end_matches('/').to_owned())?
        }
        None => {
            report.add(Kind::ToDo, "servers", "write the address of the API");
            format!("https://api.{}.example.com", blank.integration.replace('_', "-"))
        }
    };
    let host = request::Address::parse(&url)?.host;
    let title = blank.title.clone().unwrap_or_else(|| names::title(&blank.integration));
    let category = blank
        .category
        .clone()
        .or_else(|| specs.category.clone())
        .unwrap_or_else(|| "general".to_owned());
    let documentation = blank.documentation.clone().unwrap_or_else(|| place::default_page(&host));
    let scheme = blank.scheme.unwrap_or(SchemeKind::Bearer);
    Ok(IntegrationSpec {
        servers: IndexMap::from([(
            "main".to_owned(),
            Server { url, description: None, variables: IndexMap::new() },
        )]),
        authentication: scheme.declared(&host),
        ..place::bare(&title, &category, documentation)
    })
}

fn new_action(
    id: &str,
    blank: &Blank,
    integration: &IntegrationSpec,
    report: &mut Report,
) -> Result<(ActionSpec, Option<Value>), Fault> {
    let line = match &blank.request {
        Some(line) => line.clone(),
        None => {
            report.add(Kind::ToDo, "request", "write the method and the path");
            guessed(id)
        }
    };
    let (method, variables) = read_line(&line)?;
    let parameters = variables.iter().map(|name| {
        let title = names::title(name);
        let schema = Schema {
            description: Some(format!("{title}.")),
            example: Some(json!("1")),
            ..shape::named("string")
        };
        (name.clone(), ParameterSpec { schema, ..ParameterSpec::default() })
    });
    let parameters = parameters.collect();
    let reads = matches!(method, Method::Get | Method::Head);
    let (output, example) = match &blank.response {
        Some(response) => {
            let mut scrubber = Scrubber::default();
            scrubber.learn_response(response);
            let value = scrubber.value(response);
            scrubber.tell(report);
            action::given(id, value)
        }
        None => {
            report.add(Kind::ToDo, "output", "add a response as example");
            let why = json!({"none": "No answer is written down yet."});
            let output = OutputSpec {
                kind: Some(OutputKind::Json),
                example: why,
                ty: shape::named("any").ty,
                ..OutputSpec::default()
            };
            (output, None)
        }
    };
    let shown = example.as_ref().unwrap_or(&output.example);
    let is_list = reads
        && (shown.is_array()
            || shown.as_object().is_some_and(|fields| fields.values().any(Value::is_array)));
    let schemes = integration.authentication.iter().filter_map(|(name, scheme)| {
        let scopes = scheme::of(scheme).scopes()?;
        Some((name.clone(), scopes.keys().take(1).cloned().collect()))
    });
    let title = names::title(id);
    report.add(Kind::ToDo, format!("actions/{id}.yaml"), "follow the comments, then remove them");
    let spec = ActionSpec {
        description: format!("{title}."),
        title,
        group: None,
        keywords: Vec::new(),
        notes: Vec::new(),
        permissions: Permissions::None(Waiver {
            none: "Nothing is known to be needed.".to_owned(),
        }),
        scopes: schemes.collect(),
        documentation: integration.documentation.clone(),
        links: Vec::new(),
        request: Some(RequestLine::Line(line)),
        steps: Vec::new(),
        parameters,
        rules: Vec::new(),
        output,
        pagination: is_list
            .then(|| PaginationChoice::None(Waiver { none: "The list is never cut.".to_owned() })),
        effect: None,
        retry: match method {
            Method::Get | Method::Head => None,
            Method::Put | Method::Delete | Method::Options => Some(Retry::Safe),
            Method::Post | Method::Patch => {
                Some(Retry::Unsafe("A second request may do it twice.".to_owned()))
            }
        },
        errors: IndexMap::new(),
        timeout_seconds: None,
        workflows: Vec::new(),
        renamed_from: Vec::new(),
        deprecated: None,
        changes: Vec::new(),
        source: Source::Name(integration.documentation.clone()),
    };
    Ok((spec, example))
}

/// `get_user` is probably `GET /users/{user_id}`.
fn guessed(id: &str) -> String {
    let (verb, noun) = id.split_once('_').unwrap_or(("get", id));
    let noun = noun.replace('_', "-");
    let one = infer::singular(&infer::pascal(&noun));
    let many = if infer::pascal(&noun) == one && !noun.ends_with('s') {
        format!("{noun}s")
    } else {
        noun.clone()
    };
    let variable = naming::variable(&[group::Segment::Static(many.clone())]);
    match verb {
        "list" | "search" | "find" => format!("GET /{many}"),
        "create" | "add" | "send" => format!("POST /{many}"),
        "update" => format!("PATCH /{many}/{{{variable}}}"),
        "replace" | "put" | "set" => format!("PUT /{many}/{{{variable}}}"),
        "delete" | "remove" => format!("DELETE /{many}/{{{variable}}}"),
        "get" => format!("GET /{many}/{{{variable}}}"),
        _ => format!("POST /{many}/{verb}"),
    }
}

/// The method of a line, and the variables of its path.
fn read_line(line: &str) -> Result<(Method, Vec<String>), Fault> {
    let form = || {
        Fault::new(format!("`{}` is not a request", request::shown(line)))
            .help("write the method and the path: GET /users/{id}")
    };
    let (name, path) = line.split_once(' ').ok_or_else(form)?;
    let method = request::method(name).filter(|method| method.as_str() == name).ok_or_else(form)?;
    if !path.starts_with('/')
        || path.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#'))
    {
        return Err(form());
    }
    let variables = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned());
    Ok((method, variables.collect()))
}

fn commented_integration(spec: &IntegrationSpec) -> String {
    let text = write::integration(spec);
    let text = commented(
        &text,
        &[
            ("vendor", "The vendor, and what the system is: lists show only the first sentence."),
            ("documentation", "The vendor's page about the API."),
            (
                "servers",
                "The base URL of all paths. Users fill in `{name}`; declare it under `variables`.",
            ),
            (
                "authentication",
                "Authentication schemes, each with a title, and steps under `setup` to get the credentials.",
            ),
        ],
    );
    let more = "# Also useful: `errors` (where an error response contains the message), `pagination` (by name), `rateLimit`, `connectionTest`.\n# The reference has every key: generated/reference/integration.md\n";
    with_schema(&(text + more), "integration")
}

fn commented_action(spec: &ActionSpec, has_file: bool) -> String {
    let output = if has_file || spec.output.verified.is_some() {
        "The example is the schema: give good names to the types in it under `names`. Look through it for what is personal."
    } else {
        "Replace the waiver with a response, `example: {…}` with `verified: live`, `documentation` or `composed`, and remove `kind` and `type`."
    };
    let text = commented(
        &write::action(spec),
        &[
            ("description", "What it does, in a sentence or two of your own."),
            (
                "permissions",
                "What the caller must be allowed to do: a list of names, or why nothing is needed.",
            ),
            ("documentation", "The vendor's page of this very call."),
            ("request", "Method and path; each `{name}` in it is a parameter below."),
            (
                "parameters",
                "Query parameters of a GET, properties of the body of a POST: `name: {type: string, description: …, example: …}`",
            ),
            ("output", output),
            ("pagination", "How to get the next page, or why the list is never cut."),
            (
                "retry",
                "`safe` if a second request does no more than the first; otherwise why it is not.",
            ),
            ("source", "What these facts were verified against."),
        ],
    );
    with_schema(&text, "action")
}

/// A text with a comment before each of these keys.
fn commented(text: &str, comments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(2 * text.len());
    for line in text.lines() {
        let key = line.split(':').next().unwrap_or_default();
        if let Some((_, comment)) = comments.iter().find(|(known, _)| *known == key) {
            out.extend(["# ", comment, "\n"]);
        }
        out.extend([line, "\n"]);
    }
    out
}

/// With the line by which editors complete and check a spec.
pub(super) fn with_schema(text: &str, kind: &str) -> String {
    let up = if kind == "integration" { "../.." } else { "../../.." };
    format!("# yaml-language-server: $schema={up}/generated/schema/{kind}.schema.json\n{text}")
}
