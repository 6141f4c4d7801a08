//! Every action of both catalogues, called by name against the mock server over real HTTP, TCP and TDS.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use actionspec_codegen::catalog::{
    Action, Breadth, Catalog, Example, Integration, Paging, example_arguments,
};
use actionspec_codegen::pointer::put;
use actionspec_codegen::spec::{Authentication, Credential, JwtAlgorithm, OutputKind, Pagination};
use actionspec_mock::Mock;
use actionspec_model::paging::NextUrl;
use actionspec_runtime::{Client, ClientBuilder, ErrorKind, MemoryTransport, descriptor};
use serde_json::{Value, json};
use support::projects;

/// A client of an integration at an address, with made-up credentials for one authentication scheme.
fn client(
    integration: &'static descriptor::Integration,
    spec: &Integration,
    address: &str,
    scheme: Option<&str>,
) -> Client {
    let mut builder = ClientBuilder::new(integration).base_url(address);
    if let Some(scheme) = scheme {
        let (form, values) = credentials(scheme, &spec.authentication[scheme]);
        builder = builder.credentials(&form, values);
    }
    for (name, variable) in spec.servers.iter().flat_map(|server| &server.variables) {
        builder = builder.variable(
            name,
            variable
                .example
                .clone()
                .or(variable.default.clone())
                .unwrap_or_else(|| "example".to_owned()),
        );
    }
    builder.build().unwrap()
}

/// Made-up credentials of the usual form; of OAuth 2 a ready token, since token addresses are elsewhere.
fn credentials(name: &str, scheme: &Authentication) -> (String, Vec<String>) {
    let forms = scheme.forms();
    let form = forms.iter().find(|form| form.name == "token").unwrap_or(&forms[0]);
    let full_name =
        if form.name.is_empty() { name.to_owned() } else { format!("{name}.{}", form.name) };
    let value = |name: &str, credential: &Credential| match scheme {
        // What an exchange of keys sends must fit the action that it calls.
        Authentication::AwsSigV4(_) if credential.example.is_some() => {
            credential.example.clone().unwrap_or_default()
        }
        Authentication::Jwt(scheme)
            if scheme.token.key == name && scheme.token.algorithm == JwtAlgorithm::ES256 =>
        {
            EC_KEY.to_owned()
        }
        Authentication::OciSignature(_) if name == "private_key" => RSA_KEY.to_owned(),
        // Base64, as some keys must be.
        _ => "bWFkZS11cA==".to_owned(),
    };
    (full_name, form.credentials.iter().map(|(name, credential)| value(name, credential)).collect())
}

/// RFC 7515, appendix A.2: published, and therefore not a secret.
const RSA_KEY: &str = include_str!("../../../runtime/tests/auth/rfc7515_a2.pem");
/// RFC 7515, appendix A.3.
const EC_KEY: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjpsQnnGQmL+YBIff
H1136cspYG6+0iY7X1fCE9+E9LKhRANCAAR/zc4ncPbEXUGDy+5v20t7WAczNXvp
7xO6z248e9FURcfxRM0bvZt+hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt
-----END PRIVATE KEY-----
";

/// Both catalogues: what was generated, and the Catalog that it was generated from.
fn catalogues() -> Vec<(&'static actionspec_runtime::Catalog, Catalog)> {
    let [published, conformance] = projects();
    vec![
        (actionspec::catalog(), published.catalog()),
        (conformance::catalog(), conformance.catalog()),
    ]
}

/// Example arguments, without those that ask for a later page.
fn arguments(integration: &Integration, action: &Action, breadth: Breadth) -> Value {
    let mut arguments = example_arguments(integration, action, breadth);
    if let Paging::Paged(pagination) = &action.paging {
        arguments.retain(|key, _| {
            let is_required =
                action.parameters.iter().any(|one| one.key == *key && one.is_required());
            is_required || !pagination.place().contains(&key.as_str())
        });
    }
    Value::Object(arguments.into_iter().collect())
}

#[tokio::test]
async fn every_action_succeeds_and_returns_its_example() {
    let mut failures = Vec::new();
    let mut calls = 0;
    for (generated, catalog) in catalogues() {
        let mock = Mock::start(catalog.clone(), 0).await.unwrap();
        for spec in &catalog.integrations {
            let integration = generated.integration(&spec.id).unwrap();
            let scheme = spec.authentication.keys().next().map(String::as_str);
            let client = client(integration, spec, &mock.base_url(&spec.slug), scheme);
            for action in &spec.actions {
                calls += 1;
                let name = format!("{}.{}", spec.id, action.id);
                let call = generated
                    .action(&name)
                    .unwrap()
                    .call(&client, arguments(spec, action, Breadth::All));
                match call.await {
                    Err(error) => failures.push(format!("{name}: {error}")),
                    Ok(response) => failures.extend(
                        differs(action, response.json(), response.bytes())
                            .map(|why| format!("{name}: {why}")),
                    ),
                }
            }
        }
    }
    assert!(calls > 100, "only {calls} actions");
    assert!(failures.is_empty(), "{} of {calls}:\n{}", failures.len(), failures.join("\n"));
}

#[tokio::test]
async fn every_list_is_read_to_its_end() {
    let mut failures = Vec::new();
    let (mut lists, mut of_two_pages) = (0, 0);
    for (generated, catalog) in catalogues() {
        let mock = Mock::start(catalog.clone(), 0).await.unwrap();
        for spec in &catalog.integrations {
            let integration = generated.integration(&spec.id).unwrap();
            let scheme = spec.authentication.keys().next().map(String::as_str);
            let client = client(integration, spec, &mock.base_url(&spec.slug), scheme);
            for action in &spec.actions {
                let Paging::Paged(_) = action.paging else { continue };
                lists += 1;
                let name = format!("{}.{}", spec.id, action.id);
                let call = generated.action(&name).unwrap();
                let call = call.request(&client, arguments(spec, action, Breadth::Few)).unwrap();
                let mut pages = call.pages();
                let mut count = 0;
                while let Some(page) = pages.next().await {
                    count += 1;
                    if let Err(error) = page {
                        failures.push(format!("{name}, page {count}: {error}"));
                    }
                    assert!(count < 10, "{name} has no end");
                }
                of_two_pages += usize::from(count > 1);
            }
        }
    }
    // The others show a last page.
    assert!(of_two_pages * 3 > lists, "{of_two_pages} of {lists} lead on");
    assert!(failures.is_empty(), "{} of {lists}:\n{}", failures.len(), failures.join("\n"));
}

/// What is wrong with a response.
fn differs(action: &Action, json: &Value, bytes: &[u8]) -> Option<String> {
    match (action.output.kind, &action.output.example) {
        (
            OutputKind::Json | OutputKind::Xml | OutputKind::Fields | OutputKind::Headers,
            Example::Given { value, .. },
        ) => {
            let mut differ = [json.clone(), value.clone()];
            let requires =
                |key: &str| action.parameters.iter().any(|one| one.key == key && one.is_required());
            // The example leads to a page of the vendor's, the response to one of the mock server's. An action for later pages alone gives the last
            // one.
            let others: &[&str] = match &action.paging {
                Paging::Paged(Pagination::NextUrl(NextUrl { next, .. })) => &[next],
                Paging::Paged(Pagination::Cursor(cursor)) if requires(&cursor.cursor) => {
                    &[&cursor.next, &cursor.items]
                }
                _ => &[],
            };
            for body in &mut differ {
                others.iter().for_each(|other| put(body, other, Value::Null));
            }
            (differ[0] != differ[1]).then(|| format!("returned {json}"))
        }
        (OutputKind::Text, Example::Given { value, .. }) => {
            (value.as_str().map(str::as_bytes) != Some(bytes)).then(|| "another text".to_owned())
        }
        (OutputKind::Binary, _) => bytes.is_empty().then(|| "no bytes".to_owned()),
        (OutputKind::Empty, _) => (!bytes.is_empty()).then(|| "a body".to_owned()),
        _ => None,
    }
}

#[tokio::test]
async fn every_authentication_scheme_is_accepted() {
    for (generated, catalog) in catalogues() {
        let mock = Mock::start(catalog.clone(), 0).await.unwrap();
        for spec in catalog.integrations.iter().filter(|spec| !spec.authentication.is_empty()) {
            let integration = generated.integration(&spec.id).unwrap();
            let Some(test) = &spec.connection_test else { continue };
            let test = generated.action(&format!("{}.{test}", spec.id)).unwrap();
            let address = mock.base_url(&spec.slug);
            // A client certificate needs TLS, which loopback has not; the runtime's own tests have it.
            let schemes = spec
                .authentication
                .iter()
                .filter(|(_, scheme)| !matches!(scheme, Authentication::ClientCertificate(_)));
            for (scheme, _) in schemes {
                let result =
                    test.call(&client(integration, spec, &address, Some(scheme)), json!({})).await;
                assert!(result.is_ok(), "{}: {scheme}: {:?}", spec.id, result.err());
            }
        }
    }
}

#[tokio::test]
async fn a_refused_login_and_a_wrong_parameter_are_told_in_the_servers_words() {
    let [published, _] = projects();
    let catalog = published.catalog();
    let mock = Mock::start(catalog.clone(), 0).await.unwrap();
    let integration = actionspec::catalog().integration("microsoft_sql_server").unwrap();
    let client = |password: &str| {
        let values = vec!["automation".to_owned(), password.to_owned()];
        ClientBuilder::new(integration)
            .base_url(mock.base_url("microsoft-sql-server"))
            .credentials("login", values)
            .build()
            .unwrap()
    };
    let list = actionspec::catalog().action("microsoft_sql_server.list_databases").unwrap();
    let error = list.call(&client("wrong"), json!({})).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Authentication, Some("18456"), "Login failed for user 'automation'. (line 1)")
    );
    assert!(error.meaning().unwrap().starts_with("The login failed."), "{error}");
    // What the client would refuse, the server does too.
    let run = actionspec::catalog().action("microsoft_sql_server.execute_query").unwrap();
    let statement =
        catalog.integrations.iter().find(|spec| spec.id == "microsoft_sql_server").unwrap();
    let statement = statement.actions.iter().find(|action| action.id == "kill_session").unwrap();
    let actionspec_codegen::catalog::Request::Sql(sql) = &statement.steps[0].request else {
        panic!("not SQL")
    };
    let kill = json!({"query": sql.statement, "arguments": {"sessionId": {"type": "int", "value": 7}, "more": 1}});
    let error = actionspec::catalog()
        .action("microsoft_sql_server.kill_session")
        .unwrap()
        .call(&client("x"), json!({"sessionId": 7}))
        .await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Validation);
    // Any statement is one that *Execute Query* runs.
    assert!(run.call(&client("x"), kill).await.is_ok());
}

#[tokio::test]
async fn a_request_without_credentials_is_refused_in_the_vendors_words() {
    let [published, _] = projects();
    let mock = Mock::start(published.catalog(), 0).await.unwrap();
    let response = get(&format!("{}/rest/api/user/current", mock.base_url("confluence"))).await;
    assert_eq!(response.0, 401);
    let body: Value = serde_json::from_slice(&response.1).unwrap();
    assert_eq!(body["message"], "no credentials of a declared kind");
}

#[tokio::test]
async fn a_path_or_integration_that_there_is_not_is_not_found() {
    let [published, _] = projects();
    let mock = Mock::start(published.catalog(), 0).await.unwrap();
    let (status, body) =
        get(&format!("{}/rest/api/nothing/here", mock.base_url("confluence"))).await;
    let body: Value = serde_json::from_slice(&body).unwrap();
    let message = "no action sends a request to /confluence/rest/api/nothing/here";
    assert_eq!(
        (status, &body["message"], &body["statusCode"]),
        (404, &json!(message), &json!(404))
    );
    // A path that there is, with another method.
    let (status, _) =
        get(&format!("{}/rest/api/content/archive", mock.base_url("confluence"))).await;
    assert_eq!(status, 405);
    let (status, body) = get(&format!("{}/things", mock.base_url("nobody"))).await;
    assert_eq!((status, body.as_slice()), (404, b"no such integration\n".as_slice()));
}

/// A GET by hand, over a plain socket.
async fn get(url: &str) -> (u16, Vec<u8>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream
        .write_all(
            format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes(),
        )
        .await
        .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status = std::str::from_utf8(&bytes[9..12]).unwrap().parse().unwrap();
    (status, bytes[head + 4..].to_vec())
}

#[tokio::test]
async fn a_declared_error_carries_message_code_and_meaning() {
    let [published, _] = projects();
    let catalog = published.catalog();
    let spec = catalog.integrations.iter().find(|spec| spec.id == "confluence").unwrap().clone();
    let mock = Mock::start(catalog, 0).await.unwrap();
    let integration = actionspec::catalog().integration("confluence").unwrap();
    let client = ClientBuilder::new(integration)
        .base_url(mock.base_url(&spec.slug))
        .credentials("basic", vec!["ada@example.com".to_owned(), "made-up-token".to_owned()])
        .variable("site", "example")
        .header("x-mock-status", "404")
        .build()
        .unwrap();
    let error = actionspec::catalog()
        .action("confluence.get_user")
        .unwrap()
        .call(&client, json!({"accountId": "1"}))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    // What the mock server's vendor says, and where the envelope has it.
    assert_eq!((error.message(), error.code()), ("No user has this account ID.", Some("404")));
    assert_eq!(serde_json::from_slice::<Value>(error.body()).unwrap()["statusCode"], 404);
    assert_eq!(error.meaning(), Some("No user has this account ID."));
    assert!(!format!("{error} {error:?}").contains("made-up-token"));
}

#[tokio::test]
async fn what_the_spec_forbids_never_leaves_the_machine() {
    let integration = conformance::catalog().integration("chaos").unwrap();
    let transport = MemoryTransport::json(200, &json!({"ok": true}));
    let client = ClientBuilder::new(integration)
        .variable("tenant", "acme")
        .credentials("token", vec!["made-up".to_owned()])
        .transport(transport.clone())
        .build()
        .unwrap();
    let arguments = json!({"thing": "", "part": 101, "ratio": 1, "tags": ["a"], "nonsense": 1, "since": "yesterday", "expand": ["owner", "owner", "x"]});
    let error = conformance::catalog()
        .action("chaos.get_everything")
        .unwrap()
        .call(&client, arguments)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    let found: Vec<(String, &str)> =
        error.violations().unwrap().0.iter().map(|one| (one.parameter.clone(), one.code)).collect();
    let codes: Vec<&str> = found.iter().map(|(_, code)| *code).collect();
    for expected in [
        "min_length",
        "maximum",
        "exclusive_maximum",
        "unknown_parameter",
        "format",
        "enum",
        "rule",
    ] {
        assert!(codes.contains(&expected), "{expected} is not among {found:?}");
    }
    assert!(transport.requests().is_empty());
}
