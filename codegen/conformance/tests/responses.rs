//! Confluence as real sites answer: fields missing, fields added, links as texts. Invented data.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use actionspec_confluence::{Confluence, ErrorKind, MemoryTransport, get_user::Expand};
use serde_json::{Value, json};

fn client(status: u16, body: &Value) -> Confluence {
    Confluence::builder()
        .site("acme")
        .basic("ada@example.com", "made-up-token")
        .transport(MemoryTransport::json(status, body))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_user_as_a_site_returns_it() {
    let body = json!({
        "type": "known",
        "accountId": "5b10ac8d82e05b22cc7d4ef5",
        "accountType": "atlassian",
        "email": "",
        "publicName": "Ada",
        "profilePicture": {"path": "/wiki/aa-avatar/5b10", "width": 48, "height": 48, "isDefault": false},
        "displayName": "Ada Lovelace",
        "isExternalCollaborator": false,
        "isGuest": false,
        "locale": "en_GB",
        "accountStatus": "active",
        "_expandable": {"operations": "", "personalSpace": ""},
        "_links": {"self": "https://acme.atlassian.net/wiki/rest/api/user?accountId=5b10", "base": "https://acme.atlassian.net/wiki", "context": "/wiki"}
    });
    let response = client(200, &body).get_user("5b10ac8d82e05b22cc7d4ef5").send().await.unwrap();
    let user = response.output().unwrap();
    assert_eq!(user.type_().unwrap(), Some("known"));
    assert_eq!(user.display_name().unwrap(), Some("Ada Lovelace"));
    assert_eq!(user.profile_picture().unwrap().unwrap().width().unwrap(), Some(48));
    assert!(user.personal_space().unwrap().is_none());
    assert!(user.details().unwrap().is_none());
    assert_eq!(user.links().unwrap().unwrap().get("context").unwrap(), Some("/wiki"));
    assert_eq!(user.field::<&str>("accountStatus").unwrap(), Some("active"));
    assert_eq!(user.to_json(), body);
}

#[tokio::test]
async fn a_user_with_operations_and_a_personal_space() {
    let body = json!({
        "type": "known",
        "accountId": "5b10",
        "operations": [{"operation": "use", "targetType": "application"}, {"operation": "create", "targetType": "space"}],
        "personalSpace": {
            "id": 65538,
            "key": "~5b10",
            "alias": "~5b10",
            "name": "Ada Lovelace",
            "type": "personal",
            "status": "current",
            "history": {"createdDate": "2024-03-05T09:12:44.123Z"},
            "homepage": {"id": "65602", "type": "page", "status": "current", "title": "Overview", "ancestors": [], "version": {"number": 3, "when": "2024-03-06T10:00:00.000+0000", "minorEdit": false}},
            "_links": {"webui": "/spaces/~5b10", "self": "https://acme.atlassian.net/wiki/rest/api/space/~5b10"}
        }
    });
    let confluence = client(200, &body);
    let response = confluence
        .get_user("5b10")
        .expand([Expand::Operations, Expand::PersonalSpace])
        .send()
        .await
        .unwrap();
    let user = response.output().unwrap();
    let operations: Vec<&str> = user
        .operations()
        .unwrap()
        .unwrap()
        .iter()
        .map(|one| one.unwrap().operation().unwrap().unwrap())
        .collect();
    assert_eq!(operations, ["use", "create"]);
    let space = user.personal_space().unwrap().unwrap();
    assert_eq!(space.id().unwrap(), Some(65538));
    let created = space.history().unwrap().unwrap().created_date().unwrap().unwrap();
    assert_eq!(created.timestamp().unwrap().as_second(), 1_709_629_964);
    let homepage = space.homepage().unwrap().unwrap();
    assert_eq!(homepage.title().unwrap(), Some("Overview"));
    assert!(homepage.ancestors().unwrap().unwrap().is_empty());
    // An offset without a colon is not RFC 3339, but sites send it.
    assert!(homepage.version().unwrap().unwrap().when().unwrap().unwrap().timestamp().is_ok());
}

#[tokio::test]
async fn a_field_of_another_type_is_an_error_of_that_field_alone() {
    let body = json!({"accountId": 7, "displayName": "Ada", "profilePicture": {"width": "48px", "path": "/p"}, "personalSpace": null});
    let response = client(200, &body).get_user("7").send().await.unwrap();
    let user = response.output().unwrap();
    assert_eq!(user.display_name().unwrap(), Some("Ada"));
    assert_eq!(user.account_id().unwrap_err().path(), "$.accountId");
    let picture = user.profile_picture().unwrap().unwrap();
    assert_eq!(picture.path().unwrap(), Some("/p"));
    assert_eq!(picture.width().unwrap_err().path(), "$.profilePicture.width");
    assert!(user.personal_space().unwrap().is_none());
}

#[tokio::test]
async fn a_page_of_the_second_version() {
    let body = json!({
        "id": "65602", "status": "current", "title": "Runbook", "spaceId": "65538", "parentId": null, "parentType": "page", "position": 12,
        "authorId": "5b10", "ownerId": "5b10", "lastOwnerId": null, "createdAt": "2024-03-05T09:12:44.123Z",
        "version": {"createdAt": "2024-04-01T08:00:00.000Z", "message": "", "number": 4, "minorEdit": true, "authorId": "5b10", "ncsStepVersion": "9"},
        "body": {"storage": {"representation": "storage", "value": "<p>Stay calm.</p>"}},
        "_links": {"editui": "/pages/resumedraft.action?draftId=65602", "webui": "/spaces/OPS/pages/65602", "base": "https://acme.atlassian.net/wiki"}
    });
    let response = client(200, &body).get_page("65602").send().await.unwrap();
    let page = response.output().unwrap();
    assert_eq!(page.title().unwrap(), Some("Runbook"));
    assert_eq!(page.parent_id().unwrap(), None);
    assert_eq!(page.version().unwrap().unwrap().number().unwrap(), Some(4));
}

#[tokio::test]
async fn a_page_of_search_results() {
    let page = json!({
        "id": "65602", "type": "page", "status": "current", "title": "Rollback of a release",
        "childTypes": {}, "macroRenderedOutput": {}, "restrictions": {},
        "_expandable": {"container": "", "metadata": "", "extensions": "", "operations": "", "children": "", "history": "/rest/api/content/65602/history"},
        "_links": {"webui": "/spaces/OPS/pages/65602/Rollback+of+a+release", "tinyui": "/x/QgAB", "self": "https://acme.atlassian.net/wiki/rest/api/content/65602"}
    });
    let user = json!({
        "type": "known", "accountId": "5b10ac8d82e05b22cc7d4ef5", "accountType": "atlassian", "email": "ada@example.com", "publicName": "Ada",
        "displayName": "Ada Lovelace", "isExternalCollaborator": false,
        "_expandable": {"operations": "", "personalSpace": ""},
        "_links": {"self": "https://acme.atlassian.net/wiki/rest/api/user?accountId=5b10ac8d82e05b22cc7d4ef5"}
    });
    let body = json!({
        "results": [
            {
                "content": page,
                "title": "@@@hl@@@Rollback@@@endhl@@@ of a release",
                "excerpt": "Read the notes, then @@@hl@@@rollback@@@endhl@@@ the services &amp; tell &hellip;",
                "url": "/spaces/OPS/pages/65602/Rollback+of+a+release",
                "resultGlobalContainer": {"title": "Operations", "displayUrl": "/spaces/OPS"},
                "breadcrumbs": [],
                "entityType": "content",
                "iconCssClass": "aui-icon content-type-page",
                "lastModified": "2024-11-05T10:11:12.000Z",
                "friendlyLastModified": "Nov 05, 2024",
                "timestamp": 1_730_801_472_000_i64,
                "score": 0
            },
            {
                "user": user,
                "title": "Ada Lovelace",
                "excerpt": "",
                "url": "/people/5b10ac8d82e05b22cc7d4ef5",
                "breadcrumbs": [],
                "entityType": "user",
                "iconCssClass": "aui-icon aui-icon-large icon-user",
                "lastModified": null,
                "score": 12.25
            },
            {
                "space": {"key": "OPS", "name": "Operations", "type": "global", "_links": {"webui": "/spaces/OPS"}},
                "title": "Operations", "excerpt": "", "url": "/spaces/OPS", "breadcrumbs": [], "entityType": "space", "score": 1e-3
            }
        ],
        "start": 0, "limit": 3, "size": 3, "totalSize": 27, "cqlQuery": "siteSearch ~ \"rollback\"", "searchDuration": 58, "archivedResultCount": 0,
        "_links": {
            "base": "https://acme.atlassian.net/wiki",
            "context": "/wiki",
            "next": "/rest/api/search?next=true&cursor=_f_Mw%3D%3D_sa_WyIxNzMw%2F&limit=3&start=3&cql=siteSearch+~+%22rollback%22",
            "self": "https://acme.atlassian.net/wiki/rest/api/search?cql=siteSearch+~+%22rollback%22"
        }
    });
    let request = client(200, &body).search("siteSearch ~ \"rollback\"").limit(3);
    let response = request.clone().send().await.unwrap();
    let found = response.output().unwrap();
    assert_eq!(
        (found.size().unwrap(), found.total_size().unwrap(), found.search_duration().unwrap()),
        (Some(3), Some(27), Some(58))
    );
    assert_eq!(found.cql_query().unwrap(), Some("siteSearch ~ \"rollback\""));
    let hits: Vec<_> = found.results().unwrap().unwrap().iter().map(Result::unwrap).collect();
    assert_eq!(
        hits.iter().map(|hit| hit.entity_type().unwrap().unwrap()).collect::<Vec<_>>(),
        ["content", "user", "space"]
    );
    // A score without a fraction is a number too.
    assert_eq!(
        hits.iter().map(|hit| hit.score().unwrap().unwrap()).collect::<Vec<_>>(),
        [0.0, 12.25, 0.001]
    );

    let content = hits[0].content().unwrap().unwrap();
    assert_eq!(
        (content.id().unwrap(), content.title().unwrap()),
        (Some("65602"), Some("Rollback of a release"))
    );
    assert!(
        content.space().unwrap().is_none() && hits[0].breadcrumbs().unwrap().unwrap().is_empty()
    );
    assert_eq!(
        hits[0].result_global_container().unwrap().unwrap().title().unwrap(),
        Some("Operations")
    );
    assert_eq!(
        hits[0].last_modified().unwrap().unwrap().timestamp().unwrap().as_second(),
        1_730_801_472
    );
    assert_eq!(hits[0].field::<i64>("timestamp").unwrap(), Some(1_730_801_472_000));

    assert_eq!(hits[1].user().unwrap().unwrap().display_name().unwrap(), Some("Ada Lovelace"));
    assert!(hits[1].content().unwrap().is_none() && hits[1].last_modified().unwrap().is_none());
    assert_eq!(hits[2].to_json()["space"]["key"], "OPS");

    let next = request.next_page(&response).unwrap().unwrap().call().request().unwrap();
    assert!(
        next.url().starts_with("https://acme.atlassian.net/wiki/rest/api/search?"),
        "{}",
        next.url()
    );
    assert!(
        next.url().contains("cursor=_f_Mw%3D%3D_sa_WyIxNzMw%2F") && next.url().contains("limit=3"),
        "{}",
        next.url()
    );
}

#[tokio::test]
async fn errors_of_both_versions_carry_message_and_request_id() {
    let first = json!({"statusCode": 404, "data": {"authorized": true, "valid": true, "errors": [], "successful": false}, "message": "No user found with key : null"});
    let error = client(404, &first).get_user("1").send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Status, "No user found with key : null")
    );
    let second = json!({"errors": [{"status": 404, "code": "NOT_FOUND", "title": "Page not found", "detail": null}]});
    let error = client(404, &second).get_page("1").send().await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("NOT_FOUND"), "Page not found"));
}

#[tokio::test]
async fn what_is_no_json_is_an_error_with_the_status() {
    let transport = MemoryTransport::new(|_| {
        Ok(http::Response::builder()
            .status(502)
            .header("content-type", "text/html")
            .body(bytes::Bytes::from("<h1>Bad gateway</h1>"))
            .unwrap())
    });
    let confluence = Confluence::builder()
        .site("acme")
        .basic("ada@example.com", "made-up-token")
        .transport(transport)
        .build()
        .unwrap();
    let error = confluence.get_current_user().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    assert!(!error.to_string().contains('<'), "{error}");
}
