//! TLS, which is on unless the address says otherwise: a certificate that nobody vouches for is refused, and so is a server without TLS.

use std::sync::Arc;

use actionspec_runtime::{ErrorKind, json};
use actionspec_tds_double::{
    Handler, Login, Rpc, ServerError, TlsFrames, Token, prelogin, session,
};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::server::{PASSWORD, Server, USER};
use crate::{builder, call, select};

struct Anyone;

impl Handler for Anyone {
    fn login(&self, login: &Login) -> Result<(), ServerError> {
        if (login.user.as_str(), login.password.as_str()) == (USER, PASSWORD) {
            Ok(())
        } else {
            Err(ServerError::login_failed("x"))
        }
    }

    fn call(&self, _: &Rpc) -> Vec<Token> {
        vec![Token::Count(1)]
    }
}

/// A server with TLS: its address, and its authority's certificate.
async fn start() -> (String, String) {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = parameters.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(parameters, key);
    let own_key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&own_key, &issuer)
        .unwrap()
        .pem();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&tokio_rustls::rustls::version::TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(own.as_bytes()).unwrap()],
            PrivateKeyDer::from_pem_slice(own_key.serialize_pem().as_bytes()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tds://localhost:{}/hr", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                prelogin(&mut stream, true).await.unwrap();
                let Ok(mut tls) = acceptor.accept(TlsFrames::new(stream)).await else { return };
                tls.get_mut().0.end_handshake();
                let _ = session(&mut tls, &Anyone).await;
            });
        }
    });
    (address, authority)
}

#[tokio::test]
async fn the_servers_certificate_must_be_vouched_for() {
    let (address, authority) = start().await;
    let client = builder(&address).root_certificates(authority).build().unwrap();
    let response = call(&client, select(), json!({})).await.unwrap();
    assert_eq!(response.json()["rowsAffected"], 1);
    let client = builder(&address).max_tries(1).build().unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("root_certificates"), "{error}");
}

#[tokio::test]
async fn nothing_is_said_to_a_server_without_tls() {
    let server = Server::start(|_| Vec::new()).await;
    let client = builder(&server.address.replace("tds+plain", "tds")).max_tries(1).build().unwrap();
    let error = call(&client, select(), json!({})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(server.logins().is_empty(), "no password was sent");
}
