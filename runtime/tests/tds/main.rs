//! SQL over TDS against a double of a server on this machine: what is bound and how it arrives, what rows become, and what happens when the
//! login, the statement or the network fails.
#![cfg(feature = "tds")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod server;
mod tls;
mod traces;

use std::sync::LazyLock;
use std::time::Duration;

use actionspec_model::{self as model, Action};
use actionspec_runtime::descriptor::{
    self, Effect, Integration, Parameter, Request, Retry, Schema, Step, Type,
};
use actionspec_runtime::{
    Client, ClientBuilder, Error, ErrorKind, MemoryTransport, Response, Value, json,
};
use actionspec_tds_double::{Cell, Column, Kind, ServerError, Token};
use actionspec_test_support::clock::{self, Traffic};
use actionspec_test_support::fixture::{self, base_action, base_facts, in_body};
use proptest::prelude::*;
use server::{PASSWORD, Server, USER};

static STORE: LazyLock<Integration> = LazyLock::new(|| {
    let login = json!({
        "kind": "basic",
        "title": "Login",
        "username": {"title": "User"},
        "password": {"title": "Password"},
    });
    Integration::new(model::Integration {
        id: "store".to_owned(),
        servers: vec![descriptor::Server {
            name: "main".to_owned(),
            url: "tds://db.example.com:1433/master".to_owned(),
            ..descriptor::Server::default()
        }],
        authentication: [("password".to_owned(), serde_json::from_value(login).unwrap())].into(),
        headers: model::Integration::default().headers,
        ..base_facts()
    })
});

const STATEMENT: &str = "SELECT @text AS text, @number AS number";

fn bound(key: &str, sql_type: &str, ty: Type) -> Parameter {
    let sql_type = Some(sql_type.to_owned()).filter(|name| !name.is_empty());
    Parameter { sql_type, ..in_body(key, Schema::of(ty)) }
}

/// The one step that runs something.
fn runs(sql: Value) -> Vec<Step> {
    let sql = serde_json::from_value(sql).unwrap();
    vec![Step { request: Request::Sql(sql), ..Step::default() }]
}

fn select() -> Action {
    let errors = json!({
        "1205": {"description": "A deadlock.", "retryable": true},
        "18456": "The login failed.",
    });
    Action {
        id: "select".to_owned(),
        effect: Effect::Read,
        retry: Retry::Safe,
        parameters: vec![
            bound("text", "nvarchar(max)", Type::String),
            bound("number", "int", Type::Integer),
        ],
        steps: runs(json!({"statement": STATEMENT})),
        errors: serde_json::from_value(errors).unwrap(),
        ..base_action()
    }
}

/// Runs what the caller wrote, with what the caller names.
fn execute() -> Action {
    Action {
        id: "execute".to_owned(),
        effect: Effect::Write,
        retry: base_action().retry,
        parameters: vec![
            bound("statement", "nvarchar(max)", Type::String),
            bound("arguments", "", Type::Any),
        ],
        steps: runs(json!({"statementFrom": "statement", "argumentsFrom": "arguments"})),
        ..select()
    }
}
fn procedure() -> Action {
    Action {
        id: "procedure".to_owned(),
        parameters: vec![
            bound("procedure", "nvarchar(max)", Type::String),
            bound("arguments", "", Type::Any),
        ],
        steps: runs(json!({"procedureFrom": "procedure", "argumentsFrom": "arguments"})),
        ..execute()
    }
}

fn builder(address: &str) -> ClientBuilder {
    ClientBuilder::new(&STORE)
        .base_url(address)
        .middleware(Traffic)
        .credentials("password", vec![USER.to_owned(), PASSWORD.to_owned()])
}

async fn call(client: &Client, action: Action, arguments: Value) -> Result<Response<Value>, Error> {
    let mut call = fixture::call(client, action);
    for (key, value) in arguments.as_object().unwrap() {
        call.argument(key, value.clone());
    }
    clock::ends(call.send()).await
}

fn columns(columns: &[(&str, Kind)]) -> Token {
    Token::Columns(
        columns
            .iter()
            .map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind })
            .collect(),
    )
}

#[tokio::test]
async fn parameters_are_bound_and_rows_come_back() {
    let server = Server::start(|_| {
        vec![
            columns(&[("text", Kind::Text), ("number", Kind::Int)]),
            Token::Row(vec![Cell::Text("O'Neil".to_owned()), Cell::Whole(7)]),
            Token::Row(vec![Cell::Null, Cell::Null]),
            Token::Count(2),
        ]
    })
    .await;
    let client = builder(&server.address).build().unwrap();
    let response = call(&client, select(), json!({"text": "O'Neil"})).await.unwrap();
    assert_eq!(
        response.json(),
        &json!({"rows": [{"text": "O'Neil", "number": 7}, {"text": null, "number": null}], "rowsAffected": 0})
    );
    let rpc = server.calls().pop().unwrap();
    assert_eq!(rpc.statement(), Some((STATEMENT, "@text nvarchar(max), @number int")));
    assert_eq!(
        (rpc.value("text"), rpc.value("number")),
        (Some(&json!("O'Neil")), Some(&json!(null)))
    );
    let login = server.logins().pop().unwrap();
    assert_eq!(
        (login.user.as_str(), login.password.as_str(), login.database.as_str()),
        (USER, PASSWORD, "hr")
    );
    assert!(login.program.starts_with("actionspec/"), "{login:?}");
}

#[test]
fn no_value_alters_the_statement() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (server, client) = runtime.block_on(async {
        let server = Server::start(|_| vec![Token::Count(0)]).await;
        let client = builder(&server.address).build().unwrap();
        (server, client)
    });
    let nasty = prop_oneof![
        "\\PC{0,60}",
        "['\"; \\-@\\[\\]]{0,20}",
        Just("'; DROP TABLE users; --".to_owned()),
        Just("\0\u{202e}𝒳\r\n".to_owned()),
        "x{3990,4100}",
    ];
    proptest!(ProptestConfig::with_cases(64), |(text in nasty, number in any::<i32>())| {
        runtime.block_on(call(&client, select(), json!({"text": text, "number": number}))).unwrap();
        let rpc = server.calls().pop().unwrap();
        prop_assert_eq!(rpc.statement(), Some((STATEMENT, "@text nvarchar(max), @number int")));
        prop_assert_eq!(rpc.value("text"), Some(&json!(text)));
        prop_assert_eq!(rpc.value("number"), Some(&json!(number)));
        prop_assert_eq!(rpc.parameters.len(), 4);
    });
}

#[tokio::test]
async fn values_arrive_as_the_types_that_are_declared_or_stated() {
    let server = Server::start(|_| vec![Token::Count(1)]).await;
    let client = builder(&server.address).build().unwrap();
    let arguments = json!({
        "flag": true, "whole": 9_000_000_000_i64, "part": 0.5, "text": "täxt", "nothing": null,
        "price": {"type": "decimal(18,2)", "value": "-12.50"}, "day": {"type": "date", "value": "2026-01-31"},
        "blob": {"type": "varbinary(max)", "value": "AQID"}, "none": {"type": "varbinary(8)", "value": null},
    });
    let response = call(
        &client,
        execute(),
        json!({"statement": "UPDATE t SET x = @whole", "arguments": arguments}),
    )
    .await
    .unwrap();
    assert_eq!(response.json(), &json!({"rows": [], "rowsAffected": 1}));
    let rpc = server.calls().pop().unwrap();
    let (statement, declared) = rpc.statement().unwrap();
    assert_eq!(statement, "UPDATE t SET x = @whole");
    assert_eq!(
        declared,
        "@flag bit, @whole bigint, @part float, @text nvarchar(max), @nothing nvarchar(max), @price decimal(18,2), @day date, \
         @blob varbinary(max), @none varbinary(8)"
    );
    let values: Vec<(&str, &Value)> =
        rpc.parameters[2..].iter().map(|one| (one.kind, &one.value)).collect();
    let expected = json!([
        ["bit", true],
        ["bigint", 9_000_000_000_i64],
        ["float", 0.5],
        ["nvarchar", "täxt"],
        ["null", null],
        ["decimal", "-12.50"],
        ["nvarchar", "2026-01-31"],
        ["varbinary", "0x010203"],
        ["null", null],
    ]);
    assert_eq!(json!(values), expected);
}

#[tokio::test]
async fn names_and_types_have_no_room_for_sql() {
    let server = Server::start(|_| Vec::new()).await;
    let client = builder(&server.address).build().unwrap();
    let statement = "SELECT 1";
    for arguments in [
        json!({"a int; DROP TABLE t": 1}),
        json!({"": 1}),
        json!({"a": {"type": "int; DROP TABLE t", "value": 1}}),
        json!({"a": {"type": "int", "value": 3_000_000_000_i64}}),
        json!({"a": [1]}),
        json!({"a": {"value": 1}}),
    ] {
        let error =
            call(&client, execute(), json!({"statement": statement, "arguments": arguments}))
                .await
                .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{arguments}");
    }
    for name in ["p; DROP TABLE t", "p @x", "", "a.b.c.d", "[p"] {
        let error = call(&client, procedure(), json!({"procedure": name})).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{name}");
    }
    let error = call(&client, select(), json!({"number": 3_000_000_000_i64})).await.unwrap_err();
    assert_eq!(error.violations().unwrap().0[0].code, "sql_type");
    assert!(server.calls().is_empty() && server.logins().is_empty());
}

#[tokio::test]
async fn a_procedure_has_named_arguments_result_sets_and_a_return_value() {
    let server = Server::start(|_| {
        vec![
            columns(&[("id", Kind::BigInt)]),
            Token::Row(vec![Cell::Whole(1)]),
            Token::Count(1),
            Token::Count(3),
            columns(&[("", Kind::Text)]),
            Token::Count(0),
            Token::Return(-6),
        ]
    })
    .await;
    let client = builder(&server.address).build().unwrap();
    let response = call(
        &client,
        procedure(),
        json!({"procedure": "hr.[Raise Salary]", "arguments": {"percent": 5}}),
    )
    .await
    .unwrap();
    assert_eq!(
        response.json(),
        &json!({"rows": [{"id": 1}], "rowsAffected": 3, "moreRows": [[]], "returnValue": -6})
    );
    let rpc = server.calls().pop().unwrap();
    assert_eq!((rpc.procedure.as_str(), rpc.parameters.len()), ("hr.[Raise Salary]", 1));
    assert_eq!(
        (rpc.parameters[0].name.as_str(), &rpc.parameters[0].value),
        ("@percent", &json!(5))
    );
}

#[tokio::test]
async fn every_type_of_a_row_has_its_json() {
    let server = Server::start(|_| {
        vec![
            columns(&[
                ("bit", Kind::Bit),
                ("bigint", Kind::BigInt),
                ("float", Kind::Float),
                ("decimal", Kind::Decimal(4)),
                ("guid", Kind::Guid),
                ("blob", Kind::Binary),
                ("at", Kind::DateTime2(7)),
                ("text", Kind::Text),
                ("text", Kind::Text),
            ]),
            Token::Row(vec![
                Cell::Bit(true),
                Cell::Whole(i64::MIN),
                Cell::Float(1.5),
                Cell::Decimal(-123_456_789_012_345_678_901_234_567_890),
                Cell::Bytes((0..16).collect()),
                Cell::Bytes(vec![255, 0]),
                Cell::DateTime2(739_646, 432_000_000_001),
                Cell::Text(String::new()),
                Cell::Text("ä𝒳".repeat(5000)),
            ]),
            Token::Row(vec![const { Cell::Null }; 9]),
            Token::Count(2),
        ]
    })
    .await;
    let client = builder(&server.address).build().unwrap();
    let response = call(&client, select(), json!({})).await.unwrap();
    let row = &response.json()["rows"][0];
    assert_eq!(row["text_2"], "ä𝒳".repeat(5000));
    let mut row = row.clone();
    row.as_object_mut().unwrap().remove("text_2");
    assert_eq!(
        row,
        json!({
            "bit": true, "bigint": i64::MIN, "float": 1.5, "decimal": "-12345678901234567890123456.7890",
            "guid": "00010203-0405-0607-0809-0a0b0c0d0e0f", "blob": "/wA=", "at": "2026-01-31T12:00:00.0000001", "text": "",
        })
    );
    assert!(response.json()["rows"][1].as_object().unwrap().values().all(Value::is_null));
}

#[tokio::test]
async fn a_wrong_login_is_told_in_the_servers_words() {
    let server = Server::start(|_| Vec::new()).await;
    let client = ClientBuilder::new(&STORE)
        .base_url(&server.address)
        .credentials("password", vec![USER.to_owned(), "wr0ng-s3cret".to_owned()])
        .build()
        .unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.status()),
        (ErrorKind::Authentication, Some("18456"), None)
    );
    assert_eq!(error.message(), format!("Login failed for user '{USER}'. (line 1)"));
    assert_eq!(
        (error.meaning(), error.retryable(), error.tries()),
        (Some("The login failed."), false, 1)
    );
    assert_eq!(
        error.to_string(),
        format!("store.select: [18456] Login failed for user '{USER}'. (line 1)")
    );
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn an_error_after_some_rows_is_an_error() {
    let server = Server::start(|rpc| {
        let number = if rpc.value("number") == Some(&json!(1)) { 1205 } else { 8134 };
        vec![
            columns(&[("n", Kind::Int)]),
            Token::Row(vec![Cell::Whole(1)]),
            Token::Error(ServerError {
                number,
                class: 16,
                message: "Divide by zero error encountered.".to_owned(),
                line: 3,
            }),
        ]
    })
    .await;
    let client = builder(&server.address).build().unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.retryable()),
        (ErrorKind::Vendor, Some("8134"), false)
    );
    assert_eq!(error.message(), "Divide by zero error encountered. (line 3)");
    let body: Value = serde_json::from_slice(error.body()).unwrap();
    assert_eq!((&body["error"]["class"], &body["error"]["server"]), (&json!(16), &json!("double")));
    let error = call(&client, select(), json!({"number": 1})).await.unwrap_err();
    assert_eq!((error.meaning(), error.retryable()), (Some("A deadlock."), true));
}

#[tokio::test]
async fn too_many_rows_and_too_long_a_value_end_the_call() {
    let server = Server::start(|rpc| {
        let text = if rpc.value("number") == Some(&json!(1)) {
            "x".repeat(3_000_000)
        } else {
            "x".repeat(100)
        };
        let mut tokens = vec![columns(&[("text", Kind::Text)])];
        tokens.extend((0..2000).map(|_| {
            Token::Row(vec![Cell::Text(
                text.chars().take(if text.len() > 100 { 1 } else { 100 }).collect(),
            )])
        }));
        tokens.push(Token::Row(vec![Cell::Text(text)]));
        tokens
    })
    .await;
    let client = builder(&server.address).max_response_bytes(50_000).build().unwrap();
    for number in [0, 1] {
        let error = call(&client, select(), json!({"number": number})).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::TooLarge, None), "{error}");
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again_by_what_reads_alone() {
    let server = Server::hanging_up(1).await;
    let client = builder(&server.address).build().unwrap();
    let response = call(&client, select(), json!({})).await.unwrap();
    assert_eq!((response.json()["rowsAffected"].as_u64(), server.calls().len()), (Some(1), 2));

    let server = Server::hanging_up(1).await;
    let client = builder(&server.address).build().unwrap();
    let error = call(&client, execute(), json!({"statement": "INSERT INTO t DEFAULT VALUES"}))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.retryable(), error.tries()),
        (ErrorKind::Transport, false, 1),
        "{error}"
    );
    assert_eq!(server.calls().len(), 1, "a write is sent once");

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tds+plain://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder(&address).max_tries(2).build().unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.retryable(), error.tries()),
        (ErrorKind::Transport, true, 2),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_ends_with_the_time_that_a_request_may_take() {
    for after in [0, 1, 2] {
        let server = Server::silent(after).await;
        let client =
            builder(&server.address).timeout(server::PATIENCE).max_tries(1).build().unwrap();
        let error = call(&client, select(), json!({})).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "after {after} messages: {error}");
        // Whoever gives up hangs up: the server need not go on.
        server.hung_up().await;
    }
}

#[tokio::test]
async fn a_server_that_speaks_something_else_is_an_error() {
    let server = Server::babbling().await;
    let client =
        builder(&server.address).max_tries(1).timeout(Duration::from_secs(2)).build().unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout), "{error}");
}

#[test]
fn plain_text_is_for_this_machine() {
    let wrong = builder("tds+plain://db.example.com:1433").build().unwrap_err();
    assert!(wrong.to_string().contains("tds+plain"), "{wrong}");
    assert!(builder("tds+plain://db.example.com:1433").allow_plain_http().build().is_ok());
    assert!(builder("tds://db.example.com:1433/hr").build().is_ok());
    for address in ["https://db.example.com", "tds://db.example.com", "tcp://127.0.0.1:1433"] {
        assert!(builder(address).build().is_err(), "{address}");
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let server = Server::start(|_| {
        vec![Token::Error(ServerError {
            number: 50_000,
            class: 16,
            message: format!("heard {PASSWORD}"),
            line: 1,
        })]
    })
    .await;
    let client = builder(&server.address).build().unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    let shown = format!(
        "{error} {error:?} {client:?} {:?}",
        fixture::call(&client, select()).request().unwrap()
    );
    assert!(!shown.contains(PASSWORD) && !shown.contains("QWRhOnM"), "{shown}");
    assert!(shown.contains("heard [REDACTED]"), "{shown}");
}

#[tokio::test]
async fn a_transport_in_memory_sees_statement_and_parameters_apart() {
    let memory = MemoryTransport::json(200, &json!({"rows": [], "rowsAffected": 0}));
    let client = builder("tds://db.example.com:1433/hr").transport(memory.clone()).build().unwrap();
    call(&client, select(), json!({"text": "x'y"})).await.unwrap();
    let request = memory.requests().pop().unwrap();
    assert_eq!(
        (request.method().as_str(), request.uri().to_string().as_str()),
        ("SQL", "tds://db.example.com:1433/hr")
    );
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    let parameters = json!([
        {"name": "text", "type": "nvarchar(max)", "value": "x'y"},
        {"name": "number", "type": "int", "value": null},
    ]);
    assert_eq!(body, json!({"statement": STATEMENT, "parameters": parameters}));
}
