//! Actions by name.

use actionspec_runtime::{Catalog, CatalogEntry, ErrorKind, MemoryTransport};
use serde_json::json;

use crate::client;
use actionspec_test_support::fixture::{desk, get_user};

static CATALOG: Catalog = Catalog::new(&[
    CatalogEntry { id: "desk", actions: &["get_user"], load: desk },
    CatalogEntry { id: "never_read", actions: &["get_thing"], load: || unreachable!("it is read") },
]);
static DESK: Catalog =
    Catalog::new(&[CatalogEntry { id: "desk", actions: &["get_user"], load: desk }]);

#[test]
fn an_action_is_found_by_its_name_and_a_near_miss_is_suggested() {
    assert_eq!(CATALOG.action("desk.get_user").unwrap().name(), "desk.get_user");
    let error = CATALOG.action("desk.getuser").unwrap_err();
    assert_eq!(error.to_string(), "unknown action `desk.getuser`; did you mean `desk.get_user`?");
    assert!(CATALOG.action("get_user").is_err());
    assert!(CATALOG.integration("nope").is_none());
    // Other integrations are not read, neither to find an action nor to suggest one.
    let error = CATALOG.action("never_read.get_things").unwrap_err();
    assert!(error.to_string().ends_with("did you mean `never_read.get_thing`?"), "{error}");
    assert_eq!(DESK.actions().count(), 1);
    let ids: Vec<&str> = CATALOG.integrations().iter().map(|entry| entry.id).collect();
    assert_eq!(ids, ["desk", "never_read"]);
}

#[test]
fn a_schema_holds_the_types_that_it_reaches_and_no_other() {
    let schema = get_user().output_schema();
    assert_eq!(schema["anyOf"][0]["$ref"], "#/$defs/User");
    let types: Vec<&String> = schema["$defs"].as_object().unwrap().keys().collect();
    assert_eq!(types, ["Team", "User"]);
    assert_eq!(get_user().example(), Some(json!({"user": {"name": "Ada"}})));
}

#[tokio::test(start_paused = true)]
async fn json_goes_in_and_json_comes_out() {
    let memory = MemoryTransport::json(200, &json!({"user": {"name": "Ada"}}));
    let client = client(memory.clone());
    let response = get_user().call(&client, json!({"id": "7"})).await.unwrap();
    assert_eq!(*response.output().unwrap(), json!({"name": "Ada"}));
    assert_eq!(memory.requests()[0].uri().path(), "/api/users/7");
    let error = get_user().call(&client, json!({"idd": "7"})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.violations().unwrap().0.len(), 2);
    assert_eq!(get_user().call(&client, json!(7)).await.unwrap_err().kind(), ErrorKind::Validation);
    assert_eq!(memory.requests().len(), 1);
}
