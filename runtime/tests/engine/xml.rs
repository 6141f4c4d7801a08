//! Requests and answers in XML.

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Output, OutputKind, Parameter, Schema};
use actionspec_runtime::{Bytes, ErrorKind, MemoryTransport, json};

use actionspec_test_support::fixture::{base_action, builder, call, http, in_body, schema};

/// An answer in XML of a type.
fn xml(schema: Schema) -> Output {
    let at = "/ListResponse/Result".to_owned();
    Output { kind: OutputKind::Xml, at, schema, ..Output::default() }
}

fn answer(status: u16, body: &'static str) -> MemoryTransport {
    MemoryTransport::new(move |_| {
        let builder = actionspec_runtime::http::Response::builder()
            .status(status)
            .header("content-type", "text/xml; charset=utf-8");
        Ok(builder.body(Bytes::from_static(body.as_bytes())).unwrap())
    })
}

#[tokio::test(start_paused = true)]
async fn an_answer_has_the_types_that_the_spec_says() {
    let transport = answer(
        200,
        "<ListResponse xmlns='urn:x'><Result><Users><member><Age>7</Age></member></Users></Result></ListResponse>",
    );
    let client = builder().transport(transport).build().unwrap();
    let output = xml(schema(json!({"type": "object", "properties": {
        "Users": {"type": "object", "properties": {"member": {"type": "array", "items": {
            "type": "object",
            "properties": {"Age": {"type": "integer"}},
        }}}},
    }})));
    let response = call(&client, Action { output, ..base_action() }).send().await.unwrap();
    assert_eq!(
        *response.json(),
        json!({"ListResponse": {"Result": {"Users": {"member": [{"Age": 7}]}}}})
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_in_xml_is_told_in_the_vendors_words() {
    let transport = answer(403, "<error><message>not yours</message><code>Denied</code></error>");
    let client = builder().transport(transport).build().unwrap();
    // Even where the result is a file.
    let output = Output { kind: OutputKind::Binary, ..Output::default() };
    let error = call(&client, Action { output, ..base_action() }).send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.message(), error.code()),
        (ErrorKind::Status, "not yours", Some("Denied"))
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_xml_is_an_error() {
    let client = builder().transport(answer(200, "<ListResponse>")).build().unwrap();
    let action = Action { output: xml(Schema::ANY), ..base_action() };
    let error = call(&client, action).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("the response is not XML"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_document_is_written_from_parameters_and_constants() {
    let transport = answer(200, "");
    let client = builder().transport(transport.clone()).build().unwrap();
    let name = Parameter {
        pointer: "/Create/Name".to_owned(),
        ..in_body("name", schema(json!({"type": "string", "required": true})))
    };
    let steps = vec![http(json!({
        "method": "PUT",
        "path": "/",
        "body": "xml",
        "constants": {"/Create/@xmlns": "urn:x"},
    }))];
    let output = Output { kind: OutputKind::Empty, ..Output::default() };
    let action = Action { steps, output, parameters: vec![name], ..base_action() };
    call(&client, action).set("name", "a < b").send().await.unwrap();
    let sent = transport.requests().remove(0);
    assert_eq!(sent.headers()["content-type"], "application/xml");
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?><Create xmlns="urn:x"><Name>a &lt; b</Name></Create>"#;
    assert_eq!(String::from_utf8_lossy(sent.body()), expected);
}

#[tokio::test(start_paused = true)]
async fn problem_details_are_told() {
    let problem = json!({"type": "https://example.com/probs/credit", "title": "Not enough credit", "detail": "It costs 50."});
    let client = builder().transport(MemoryTransport::json(403, &problem)).build().unwrap();
    let error = call(&client, base_action()).send().await.unwrap_err();
    assert_eq!(error.message(), "It costs 50.");
}
