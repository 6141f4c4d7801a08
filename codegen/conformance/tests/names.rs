//! Names of specs against every name next to them in generated code: a catalogue of the words of Rust, of its standard library and of the
//! generated code itself must compile.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::pipeline::{Mode, Options, generate};

/// Words of Rust: keywords, the prelude, crates and top modules of the standard library, primitive types.
const RUST: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in \
    let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof union unsafe unsized use \
    virtual where while yield option some none result ok err string vec to_string to_owned clone copy send sync sized drop fn_mut fn_once \
    iterator into_iterator extend double_ended_iterator exact_size_iterator default partial_eq eq partial_ord ord as_ref as_mut into from \
    try_from try_into from_iterator debug hash future into_future alloc any arch array ascii backtrace borrow boxed cell char cmp collections \
    convert env error f32 f64 ffi fmt fs hint i128 i16 i32 i64 i8 io isize iter marker mem net num ops os panic path pin prelude primitive \
    process ptr rc slice str task thread time u128 u16 u32 u64 u8 usize std core proc_macro test bool";

/// Words of generated code, of its files, of cargo, and of Windows except for names of devices.
const OWN: &str = "descriptor integration request rt triggers types view views json index lib main build tests examples benches src bin \
    actionspec actionspec_runtime runtime client client_builder call error_kind date_time field file list map memory_transport mismatch response \
    sending transport value violation violations build_error requests of builder download next_page pages resume send_all stream validate \
    with_argument with_call with_client with_file to_json base_url configure header server timeout readme catalog features changelog blocking \
    rustls object typed items data entries action doc allow expect inline must_use derive forbid lazy_lock include_str concat out_dir \
    deprecated target release package workspace cargo auxiliary console";

/// Integrations by these names, beside the one of all words.
const INTEGRATIONS: &[&str] = &[
    "actionspec_runtime",
    "descriptor",
    "gen",
    "index",
    "lib",
    "option",
    "result",
    "self",
    "string",
];

const INTEGRATION: &str = "\
spec: 1
title: Words
vendor: Nobody
description: An integration whose names are words of Rust.
category: words
documentation: https://docs.example.com/words
servers:
  main: {url: 'https://words.example.com'}
authentication: {}
errors: {}
";

const ACTION: &str = "\
title: Word
description: Does a thing.
documentation: https://docs.example.com/words
permissions: {none: 'Everybody may do it.'}
effect: write
retry: safe
request: POST /words
source: {document: 'https://docs.example.com/', operation: Word, readOn: '2026-11-24'}
";

const ANSWER: &str =
    "output: {description: It is done., example: {ok: true}, verified: composed}\n";

fn write(path: PathBuf, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// An action whose parameters, values, and fields of the answer are the words.
fn everything(words: &BTreeSet<&str>) -> String {
    let mut action = format!("{ACTION}parameters:\n");
    for word in words {
        writeln!(
            action,
            "  {word}: {{type: string, description: It., enum: ['{word}', other], example: other}}"
        )
        .unwrap();
    }
    action.push_str("output:\n  description: They are there.\n  verified: composed\n  example: {");
    for word in words {
        write!(action, "\"{word}\": {{\"{word}\": 1}}, ").unwrap();
    }
    action.push_str("}\n");
    action
}

#[test]
fn crates_of_every_word_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs");
    let out = folder.path().join("generated");
    let words: BTreeSet<&str> = RUST.split_whitespace().chain(OWN.split_whitespace()).collect();
    let runtime = root.join("runtime");
    write(
        specs.join("catalog.yaml"),
        &format!(
            "spec: 1\ntitle: Words\ncategories: {{words: Words}}\ncrate: {{name: words, version: 0.1.0, runtimePath: '{}'}}\n",
            runtime.display()
        ),
    );
    for id in INTEGRATIONS {
        write(specs.join(id).join("integration.yaml"), INTEGRATION);
        write(specs.join(id).join("actions/ping.yaml"), &format!("{ACTION}{ANSWER}"));
    }
    let all = specs.join("all_words");
    write(all.join("integration.yaml"), INTEGRATION);
    write(all.join("actions/everything.yaml"), &everything(&words));
    for word in &words {
        write(all.join(format!("actions/{word}.yaml")), &format!("{ACTION}{ANSWER}"));
    }
    let options = Options {
        specs,
        specs_shown: "specs".to_owned(),
        templates: root.join("docs-templates"),
        layout: "default".to_owned(),
        out: out.clone(),
        only: vec!["rust".to_owned(), "docs".to_owned()],
        pretty: false,
    };
    let generated = generate(&options, Mode::Write { cache: None }).unwrap();
    assert!(generated.outcome.is_some(), "{}", render(&generated.findings, Format::Human, false));
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("names"))
        .current_dir(&out)
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
