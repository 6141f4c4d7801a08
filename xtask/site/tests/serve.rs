//! The preview: pages below the base path, and a message to open pages when something changes.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::net::SocketAddr;
use std::path::Path;

use actionspec_site::{Options, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn ask(address: SocketAddr, path: &str) -> TcpStream {
    ask_as(address, path, "localhost").await
}

async fn ask_as(address: SocketAddr, path: &str, host: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes(),
        )
        .await
        .unwrap();
    stream
}

async fn get(address: SocketAddr, path: &str) -> String {
    let mut answer = String::new();
    ask(address, path).await.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn start(folder: &Path) -> SocketAddr {
    let out = folder.join("site");
    std::fs::create_dir_all(out.join("a")).unwrap();
    std::fs::create_dir_all(folder.join("source")).unwrap();
    std::fs::write(out.join("index.html"), "<p>home").unwrap();
    std::fs::write(out.join("404.html"), "<p>lost").unwrap();
    std::fs::write(out.join("a/page.md"), "# Page").unwrap();
    std::fs::write(folder.join("secret.txt"), "secret").unwrap();
    let options = Options {
        generated: folder.to_owned(),
        on_demand: folder.to_owned(),
        templates: folder.to_owned(),
        guides: None,
        out,
        base_path: "/docs/".to_owned(),
        base_url: None,
        edit_url: None,
        search: false,
    };
    let listener = serve::bind(0).await.unwrap();
    let address = listener.local_addr().unwrap();
    let sources = [folder.join("source")];
    tokio::spawn(async move { serve::serve(listener, &options, &sources, || true).await });
    address
}

#[tokio::test]
async fn pages_are_served_below_the_base_path_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let address = start(folder.path()).await;
    let home = get(address, "/docs/").await;
    assert!(
        home.starts_with("HTTP/1.1 200")
            && home.contains("<p>home")
            && home.contains("/-/reload.js"),
        "{home}"
    );
    assert!(
        get(address, "/docs/a/page.md")
            .await
            .contains("content-type: text/markdown; charset=utf-8")
    );
    assert!(get(address, "/docs/a").await.contains("location: /docs/a/"));
    assert!(get(address, "/").await.contains("location: /docs/"));
    let lost = get(address, "/docs/b/").await;
    assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("<p>lost"), "{lost}");
    for path in [
        "/docs/../secret.txt",
        "/docs/%2e%2e/secret.txt",
        "/docs/..%2fsecret.txt",
        "/docs//etc/passwd",
    ] {
        assert!(get(address, path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
}

/// Reading these would not end, so the test would not either.
#[cfg(unix)]
#[tokio::test]
async fn what_is_refused_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let address = start(folder.path()).await;
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("site/zero")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("site/out")).unwrap();
    for path in ["/docs//dev/zero", "/docs/%2fdev/zero", "/docs/zero", "/docs/out/secret.txt"] {
        assert!(get(address, path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[tokio::test]
async fn only_this_machine_is_a_host() {
    let folder = tempfile::tempdir().unwrap();
    let address = start(folder.path()).await;
    for (host, status) in [
        ("localhost", "200"),
        ("localhost:4000", "200"),
        ("127.0.0.1:4000", "200"),
        ("rebound.example.com", "421"),
        ("localhost.example.com:4000", "421"),
        ("", "421"),
    ] {
        let mut answer = String::new();
        ask_as(address, "/docs/", host).await.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {answer}");
    }
}

#[tokio::test]
async fn a_change_reloads_open_pages() {
    let folder = tempfile::tempdir().unwrap();
    let address = start(folder.path()).await;
    let mut open = ask(address, "/-/reload").await;
    let mut read = String::new();
    // The folder is watched before the first connection is taken, and the page listens when its headers are there.
    while !read.contains("\r\n\r\n") {
        read_more(&mut open, &mut read).await;
    }
    std::fs::write(folder.path().join("source/spec.yaml"), "title: Page").unwrap();
    while !read.contains("data: changed") {
        read_more(&mut open, &mut read).await;
    }
}

/// Appends what comes next; the test fails if the connection ends instead.
async fn read_more(stream: &mut TcpStream, read: &mut String) {
    let mut buffer = [0; 1024];
    let count = stream.read(&mut buffer).await.unwrap();
    assert!(count > 0, "the connection ended after {read:?}");
    read.push_str(&String::from_utf8_lossy(&buffer[..count]));
}
