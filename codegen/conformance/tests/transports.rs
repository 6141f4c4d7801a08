//! Typed clients of systems that do not speak HTTP, against the mock server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use actionspec_microsoft_sql_server::{ErrorKind, MicrosoftSqlServer};
use actionspec_mock::Mock;
use actionspec_whois::Whois;
use serde_json::json;
use support::projects;

async fn mock() -> Mock {
    Mock::start(projects()[0].catalog(), 0).await.unwrap()
}

fn sql_server(mock: &Mock) -> MicrosoftSqlServer {
    MicrosoftSqlServer::builder()
        .base_url(mock.base_url("microsoft-sql-server"))
        .login("automation", "made-up")
        .build()
        .unwrap()
}

#[tokio::test]
async fn fields_of_an_answer_are_read_by_their_names() {
    let mock = mock().await;
    let whois = Whois::builder().base_url(mock.base_url("whois")).build().unwrap();
    let response = whois.look_up_domain("example.com").send().await.unwrap();
    let answer = response.output().unwrap();
    let domain = answer.objects().unwrap().unwrap().iter().next().unwrap().unwrap();
    let values = |name: &str| -> Vec<String> {
        domain.get(name).unwrap().unwrap().iter().map(|value| value.unwrap().to_owned()).collect()
    };
    assert_eq!(values("Registrar"), ["Example Registrar, LLC"]);
    assert_eq!(values("Name Server"), ["NS1.EXAMPLE.NET", "NS2.EXAMPLE.NET"]);
    assert!(domain.get("Nothing").unwrap().is_none());
    assert!(answer.text().unwrap().unwrap().contains("DNSSEC: signedDelegation"));
    let error = whois.look_up_domain("example.com\r\nquit").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    let text = whois.query_server("help domains and contacts").send().await.unwrap();
    assert!(text.text().starts_with("% This is the Whois service"), "{}", text.text());
}

#[tokio::test]
async fn rows_are_typed_paged_and_bound() {
    let mock = mock().await;
    let server = sql_server(&mock);
    let mut tables = server.list_tables().schema("hr").limit(50).send_all();
    let mut names = Vec::new();
    while let Some(item) = tables.next().await {
        let item = item.unwrap();
        names.push(item.output().unwrap().table_name().unwrap().unwrap().to_owned());
    }
    assert_eq!(names, ["employees", "former_employees"]);
    let info = server.get_server_info().send().await.unwrap();
    assert_eq!(info.output().unwrap().engine_edition().unwrap(), Some(2));
    let statement = "UPDATE hr.employees SET department = @department WHERE id = @id";
    let changed = server
        .execute_statement(statement)
        .arguments(json!({"department": "R'D; --", "id": 12}))
        .send()
        .await
        .unwrap();
    assert_eq!(changed.output().unwrap().rows_affected().unwrap(), Some(1));
    let error = server.execute_stored_procedure("hr.p; DROP TABLE t").send().await.unwrap_err();
    assert_eq!(error.violations().unwrap().0[0].code, "procedure");
}
