//! What authors read when a spec is wrong: each folder of `diagnostics/` is a mistake, and `output.txt` in it what is said of it.
//!
//! A folder brings only the files that are wrong; the rest is the valid specs folder of `BASE`. After a change to messages run with
//! `UPDATE_OUTPUT=1`, and read the difference as an author would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::pipeline;

const BASE: &[(&str, &str)] = &[
    (
        "wiki/integration.yaml",
        "spec: 1
title: Wiki
vendor: Wiki Inc.
description: A wiki.
category: collaboration
documentation: https://docs.example.com/wiki
servers: {main: {url: 'https://wiki.example.com/api'}}
authentication:
  token: {kind: bearer, title: Token, token: {title: Token}}
",
    ),
    (
        "wiki/actions/get_page.yaml",
        "title: Get Page
description: Returns a page.
permissions: [Permission to read the page]
documentation: https://docs.example.com/wiki/pages
request: GET /pages/{id}
parameters:
  id: {type: integer, description: The page., example: 7}
output:
  type: Page
  verified: composed
  example: {id: 7, title: Home}
source: https://docs.example.com/wiki/pages
",
    ),
];

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// A specs folder with the base and, over it, the files of a case.
fn specs(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = BASE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    for (path, bytes) in base.chain(files.iter().cloned()) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

/// The findings of a specs folder, as text. Input that would take very long to read is refused by the limits of the parser, and the
/// finding that the limit was reached is part of the text.
fn said(folder: &Path) -> String {
    let checked = pipeline::check(folder, "specs");
    let text = render(&checked.findings, Format::Human, false);
    for format in [Format::Json, Format::Github] {
        assert_eq!(render(&checked.findings, format, false).is_empty(), text.is_empty());
    }
    assert_eq!(checked.catalog.is_none(), checked.errors() > 0);
    text
}

fn collect(folder: &Path, root: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.file_name().unwrap() != "output.txt" {
            files.push((
                path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"),
                std::fs::read(&path).unwrap(),
            ));
        }
    }
}

#[test]
fn every_mistake_is_told_as_committed() {
    let update = std::env::var_os("UPDATE_OUTPUT").is_some();
    let mut differing = Vec::new();
    let mut count = 0;
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for case in folders {
        count += 1;
        let mut files = Vec::new();
        collect(&case, &case, &mut files);
        let text = said(specs(&files).path());
        assert!(!text.is_empty(), "{}: nothing is said", case.display());
        let expected = case.join("output.txt");
        if update {
            std::fs::write(&expected, &text).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != text {
            differing.push(format!("{}:\n{text}", case.display()));
        }
    }
    assert!(count >= 30, "only {count} cases");
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn the_base_is_valid() {
    assert_eq!(said(specs(&[]).path()), "");
}

fn action(bytes: impl Into<Vec<u8>>) -> String {
    said(specs(&[("wiki/actions/get_page.yaml".to_owned(), bytes.into())]).path())
}

#[test]
fn hostile_files_get_an_answer() {
    let deep_flow = format!("title: {}", "[".repeat(10_000));
    let deep_block =
        (0..10_000).map(|depth| " ".repeat(depth % 1_000) + "a:\n").collect::<Vec<_>>().concat();
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("AS0", deep_flow.into_bytes()),
        ("AS0", deep_block.into_bytes()),
        ("AS00", bomb.as_bytes().to_vec()),
        ("AS00", b"title: \xff\xfe".to_vec()),
        ("AS00", b"title: a\0b".to_vec()),
        ("AS00", b"title:\t- a\n\tb: c".to_vec()),
        ("AS00", Vec::new()),
        ("AS00", b"---\na: 1\n---\nb: 2\n".to_vec()),
        ("AS00", b"title: 'unclosed".to_vec()),
        ("AS00", b"? [a]\n: b\n".to_vec()),
        ("AS00", b"title: !!str x\n".to_vec()),
        ("AS00", b"a: {<<: {b: 1}}\n".to_vec()),
        ("AS00", vec![b'#'; 2 << 20]),
        ("AS0", format!("title: {}", "x".repeat(900_000)).into_bytes()),
    ];
    for (code, bytes) in cases {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        let text = action(bytes);
        assert!(text.contains(&format!("error[{code}")), "{start}: {text}");
        assert!(text.len() < 40_000, "{start}: {} bytes", text.len());
        assert!(!text.contains(['\0', '\u{202e}']), "{start}");
    }
}

#[test]
fn a_file_of_100_megabytes_is_not_read() {
    let folder = specs(&[]);
    std::fs::File::create(folder.path().join("wiki/actions/huge.yaml"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    assert!(said(folder.path()).contains("error[AS00"));
}

#[cfg(unix)]
#[test]
fn links_are_refused_whatever_they_lead_to() {
    let folder = specs(&[]);
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("wiki/actions/link.yaml"))
        .unwrap();
    std::os::unix::fs::symlink("/", folder.path().join("wiki/examples")).unwrap();
    let text = said(folder.path());
    assert_eq!(text.matches("error[AS00").count(), 2, "{text}");
    assert!(!text.contains("root:"));
}

/// The diagnostics of the base with other declared types and another action.
fn with(types: &str, parameters: &str) -> String {
    let types = if types.is_empty() { String::new() } else { format!("types:\n{types}") };
    let integration = format!("{}{types}", BASE[0].1);
    let action = BASE[1].1.replace("parameters:\n", &format!("parameters:\n{parameters}"));
    let folder = specs(&[
        (BASE[0].0.to_owned(), integration.into_bytes()),
        (BASE[1].0.to_owned(), action.into_bytes()),
    ]);
    said(folder.path())
}

#[test]
fn chains_of_types_end_with_a_diagnostic() {
    let chain = |length: usize, link: fn(usize) -> String| {
        let types: Vec<String> =
            (0..length).map(|index| format!("  T{index}: {}\n", link(index + 1))).collect();
        let types = types.concat();
        format!("{types}  T{length}: {{type: object, properties: {{a: {{type: string}}}}}}\n")
    };
    let combined = chain(200, |next| format!("{{allOf: [{{type: T{next}}}]}}"));
    let longest = chain(63, |next| format!("{{allOf: [{{type: T{next}}}]}}"));
    let told = with(&longest, "  body: {type: T0, description: The body.}\n");
    assert!(!told.contains("starts a chain of"), "{}", &told[..told.len().min(2_000)]);
    let plain = chain(20_000, |next| format!("{{type: T{next}}}"));
    let nested =
        chain(20_000, |next| format!("{{type: object, properties: {{a: {{type: T{next}}}}}}}"));
    for types in [combined, plain, nested] {
        let told = with(&types, "  body: {type: T0, description: The body.}\n");
        assert!(told.contains("starts a chain of"), "{}", &told[..told.len().min(2_000)]);
    }
    let alternatives: Vec<String> = (0..8_000)
        .map(|index| format!("{{type: object, properties: {{a{index}: {{type: string}}}}}}"))
        .collect();
    let alternatives = alternatives.join(", ");
    let told = with(
        &format!("  T0: {{oneOf: [{alternatives}]}}\n"),
        "  body: {type: T0, description: The body.}\n",
    );
    assert!(told.contains("has 8000 alternatives"), "{}", &told[..told.len().min(2_000)]);
}

#[test]
fn secrets_have_no_values() {
    for given in ["example: a", "default: a", "vendorDefault: a", "enum: [a, b]"] {
        let told = with(
            "",
            &format!("  key: {{type: string, description: The key., secret: true, {given}}}\n"),
        );
        assert!(told.contains("a secret value must not have"), "{given}: {told}");
    }
}

#[test]
fn what_would_lead_elsewhere_is_refused() {
    let url = |url: &str| {
        let integration = BASE[0].1.replace("https://wiki.example.com/api", url);
        let files = [
            (BASE[0].0.to_owned(), integration.into_bytes()),
            (BASE[1].0.to_owned(), BASE[1].1.as_bytes().to_vec()),
        ];
        said(specs(&files).path())
    };
    for bad in [
        "https://user:key@wiki.example.com/api",
        "https://wiki.example.com/../api",
        "https://wiki.example.com/%2E%2e/api",
        "https://wiki.example.com\\\\api",
    ] {
        assert!(url(bad).contains("AS0601"), "{bad}: {}", url(bad));
    }
    let action = |from: &str, to: &str| {
        let text = BASE[1].1.replace(from, to);
        let files = [
            (BASE[0].0.to_owned(), BASE[0].1.as_bytes().to_vec()),
            (BASE[1].0.to_owned(), text.into_bytes()),
        ];
        said(specs(&files).path())
    };
    for path in ["/pages/%2e%2E/{id}", "/pages/../{id}", "/pages/%00/{id}"] {
        let told = action("GET /pages/{id}", &format!("GET {path}"));
        assert!(told.contains("error["), "{path}: {told}");
    }
    let told = action(
        "request: GET /pages/{id}",
        "request: {line: 'GET /pages/{id}', headers: {X-One: \"a\\r\\nX-Two: b\"}}",
    );
    assert!(told.contains("control characters"), "{told}");
    let told = action("permissions:", "renamedFrom: [read_page, read_page]\npermissions:");
    assert!(told.contains("is the former id of two actions, or named twice"), "{told}");
}

#[test]
fn a_missing_folder_is_one_error() {
    let checked = pipeline::check(Path::new("/does/not/exist"), "specs");
    assert_eq!(checked.errors(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn no_mutation_of_a_spec_panics(line in 0usize..14, kind in 0u8..5, noise in "[ -~\\n\\t\u{e9}\u{202e}]{0,12}") {
        let mut lines: Vec<String> = BASE[1].1.lines().map(str::to_owned).collect();
        let at = line.min(lines.len() - 1);
        match kind {
            0 => { lines.remove(at); }
            1 => { let copy = lines[at].clone(); lines.insert(at, copy); }
            2 => lines.insert(at, noise),
            3 => { let half = lines[at].len() / 2; lines[at].insert_str(half, &noise); }
            _ => lines.swap(at, 0),
        }
        let folder = specs(&[("wiki/actions/get_page.yaml".to_owned(), lines.join("\n").into_bytes())]);
        let checked = pipeline::check(folder.path(), "specs");
        for finding in &checked.findings {
            let span = &finding.primary.span;
            proptest::prop_assert!(span.range.end <= span.file.text.len());
        }
        said(folder.path());
    }
}
