//! Where an answer may lead: to the integration's own servers and to the public internet, and into private networks only if the user says so.

use actionspec_runtime::descriptor::{Output, OutputKind, Step};
use actionspec_runtime::transport::{BoxFuture, Stranger};
use actionspec_runtime::{Body, Error, ErrorKind, Transport, TransportError, http};

use super::*;

fn moved(location: &str) -> Reply {
    Reply::json(302, &format!("location: {location}\r\n"), "")
}

fn is_refused(error: &Error, location: &str) {
    let found = (error.kind(), error.status().map(|status| status.as_u16()), error.tries());
    assert_eq!(found, (ErrorKind::Status, Some(302), 1), "{location}: {error}");
    assert!(error.message().contains("`allow_private_networks`"), "{location}: {error}");
    assert!(!error.retryable(), "{location}");
}

#[tokio::test(start_paused = true)]
async fn a_redirect_into_a_private_network_is_not_followed() {
    let other = Server::start([Reply::json(200, "", OK)]).await;
    let port = other.address.rsplit_once(':').unwrap().1;
    for host in [
        "127.0.0.1",
        "2130706433",
        "017700000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "localhost",
        "LocalHost.",
        "a.localhost",
        "169.254.169.254",
        "10.0.0.5",
        "192.168.0.1",
        "[fd00::1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
    ] {
        for location in [format!("http://{host}:{port}/secret"), format!("//{host}:{port}/secret")]
        {
            let server = Server::start([moved(&location)]).await;
            is_refused(&once(&server, read()).await.unwrap_err(), &location);
            assert_eq!(server.requests().len(), 1, "{location}");
        }
    }
    // The first redirect stays on the server, the second leaves it.
    let server = Server::start([moved("/again"), moved(&format!("{}/", other.address))]).await;
    let error = once(&server, read()).await.unwrap_err();
    assert!(error.message().contains("`allow_private_networks`"), "{error}");
    assert_eq!(server.requests().len(), 2);
    assert!(other.requests().is_empty(), "{:?}", other.requests());
}

#[tokio::test(start_paused = true)]
async fn a_download_is_redirected_by_the_same_rule() {
    let other = Server::start([Reply::json(200, "", OK)]).await;
    let server = Server::start([moved(&format!("{}/file", other.address))]).await;
    let file =
        || Action { output: Output { kind: OutputKind::Binary, ..Output::default() }, ..read() };
    let client = builder(&server).build().unwrap();
    let call = actionspec_runtime::Call::<actionspec_runtime::Binary>::new(
        &client,
        fixture::declare_action(file()),
    );
    is_refused(&clock::ends(call.stream()).await.unwrap_err(), "a stream");
    assert!(other.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn private_networks_can_be_allowed() {
    for host in ["127.0.0.1", "2130706433", "localhost"] {
        let other = Server::start([Reply::json(200, "", OK)]).await;
        let there = other.address.replace("127.0.0.1", host);
        let server = Server::start([moved(&format!("{there}/there"))]).await;
        let client = builder(&server).allow_private_networks().build().unwrap();
        assert_eq!(call(&client, read()).await.unwrap().json()["fine"], true, "{host}");
        let request = other.requests().join("").to_ascii_lowercase();
        assert!(request.starts_with("get /there") && !request.contains("authorization"), "{host}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_user_configured_is_allowed() {
    let server = Server::start([moved("/there"), Reply::json(200, "", OK)]).await;
    once(&server, read()).await.unwrap();
    assert!(server.requests()[1].contains("authorization"), "its own server still knows who asks");
}

/// A transport of the user's: it is told where a name may lead, and says where one does.
struct Resolving;

impl Transport for Resolving {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let stranger = request.extensions().get::<Stranger>().copied();
        Box::pin(async move {
            match (request.uri().host().unwrap(), stranger) {
                ("acme.example.com", None) => Ok(http::Response::builder()
                    .status(302)
                    .header("location", "https://internal.example.net/x")
                    .body(Body::default())
                    .unwrap()),
                (_, Some(stranger)) if stranger.public_only() => {
                    Err(TransportError::private_network())
                }
                (_, Some(_)) => Ok(http::Response::new(OK.into())),
                (host, None) => Err(TransportError::new(format!("{host} has no mark"))),
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_name_that_leads_into_a_private_network_is_refused_alike() {
    let client = fixture::builder().transport(Resolving).build().unwrap();
    is_refused(&call(&client, read()).await.unwrap_err(), "a name");
    let client = fixture::builder().transport(Resolving).allow_private_networks().build().unwrap();
    call(&client, read()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_address_that_an_answer_gives_for_credentials_is_the_servers_own() {
    let steps: Vec<Step> = serde_json::from_value(json!([
        {"name": "start", "request": {"http": {"method": "POST", "path": "/start"}}, "capture": {"upload": "/upload"}},
        {"name": "upload", "request": {"http": {"method": "PUT", "path": "{upload}"}}},
    ]))
    .unwrap();
    let other = Server::start([Reply::json(200, "", OK)]).await;
    let answer = format!(r#"{{"upload": "{}/file"}}"#, other.address);
    for allowed in [false, true] {
        let server = Server::start([Reply::json(200, "", &answer)]).await;
        let builder = builder(&server);
        let builder = if allowed { builder.allow_private_networks() } else { builder };
        let action = Action { steps: steps.clone(), ..write() };
        let error = call(&builder.build().unwrap(), action).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(other.requests().is_empty());
    }
}
