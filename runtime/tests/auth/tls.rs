//! Mutual TLS and a private authority, against a server that demands a certificate.

use std::sync::Arc;

use actionspec_runtime::{Client, ErrorKind, json};
use actionspec_test_support::fixture::{authenticated, public, secret};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::call;

/// A certificate and its key, PEM.
struct Pair {
    certificate: String,
    key: String,
}

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(parameters, key), certificate }
    }

    fn issue(&self, name: &str, purpose: ExtendedKeyUsagePurpose) -> Pair {
        let mut parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        parameters.extended_key_usages = vec![purpose];
        let key = KeyPair::generate().unwrap();
        Pair {
            certificate: parameters.signed_by(&key, &self.issuer).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }
}

/// Answers whoever brings a certificate of the authority.
async fn serve(authority: &Authority) -> String {
    serve_with(authority, "200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").await
}

async fn serve_with(authority: &Authority, answer: &str) -> String {
    let answer = format!("HTTP/1.1 {answer}");
    let pair = authority.issue("localhost", ExtendedKeyUsagePurpose::ServerAuth);
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.certificate.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(pair.certificate.as_bytes()).unwrap()],
            PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, answer) = (acceptor.clone(), answer.clone());
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    address
}

#[tokio::test]
async fn a_client_certificate_and_a_private_authority() {
    let authority = Authority::new();
    let address = serve(&authority).await;
    let pair = authority.issue("robot", ExtendedKeyUsagePurpose::ClientAuth);
    let integration = authenticated(json!({
        "kind": "clientCertificate",
        "certificate": public("Certificate"),
        "privateKey": secret("Key"),
    }));
    let build = |certificate: &str, key: &str, root: Option<&str>| {
        let builder = Client::builder(integration)
            .credentials("scheme", vec![certificate.to_owned(), key.to_owned()])
            .base_url(&address);
        root.into_iter()
            .fold(builder.max_tries(1), actionspec_runtime::ClientBuilder::root_certificates)
    };
    let client = build(&pair.certificate, &pair.key, Some(&authority.certificate)).build().unwrap();
    call(&client, "GET").await.unwrap();
    // Without the authority the server is a stranger.
    let client = build(&pair.certificate, &pair.key, None).build().unwrap();
    assert_eq!(call(&client, "GET").await.unwrap_err().kind(), ErrorKind::Transport);
    // A certificate of somebody else is refused.
    let other = Authority::new().issue("robot", ExtendedKeyUsagePurpose::ClientAuth);
    let client =
        build(&other.certificate, &other.key, Some(&authority.certificate)).build().unwrap();
    assert_eq!(call(&client, "GET").await.unwrap_err().kind(), ErrorKind::Transport);
    // What is no PEM is told when the client is built, and not shown.
    let error = build(
        &pair.certificate,
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n",
        Some(&authority.certificate),
    )
    .build()
    .unwrap_err();
    assert!(
        error.to_string().contains("must be PEM") && !error.to_string().contains("c2VjcmV0"),
        "{error}"
    );
}

#[tokio::test]
async fn a_certificate_beside_other_credentials() {
    let authority = Authority::new();
    let address = serve(&authority).await;
    let pair = authority.issue("robot", ExtendedKeyUsagePurpose::ClientAuth);
    let integration = authenticated(json!({"kind": "bearer", "token": secret("Token")}));
    let client = Client::builder(integration)
        .credentials("scheme", vec!["token".to_owned()])
        .client_certificate(&pair.certificate, &pair.key)
        .root_certificates(&authority.certificate)
        .base_url(&address)
        .build()
        .unwrap();
    call(&client, "GET").await.unwrap();
}

#[tokio::test]
async fn a_client_certificate_does_not_follow_a_redirect_to_another_host() {
    let authority = Authority::new();
    let other = serve(&authority).await;
    let moved = format!(
        "302 Found\r\nlocation: {other}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    let address = serve_with(&authority, &moved).await;
    let pair = authority.issue("robot", ExtendedKeyUsagePurpose::ClientAuth);
    let integration = authenticated(json!({"kind": "bearer", "token": secret("Token")}));
    let client = |address: &str| {
        Client::builder(integration)
            .credentials("scheme", vec!["token".to_owned()])
            .client_certificate(&pair.certificate, &pair.key)
            .root_certificates(&authority.certificate)
            .allow_private_networks()
            .max_tries(1)
            .base_url(address)
            .build()
            .unwrap()
    };
    call(&client(&other), "GET").await.unwrap();
    // The other server knows nobody without a certificate.
    let error = call(&client(&address), "GET").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
}
