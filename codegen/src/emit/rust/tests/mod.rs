//! Whole catalogues through the emitter.

mod fixture;

use super::{Output, Rust, Settings};
use crate::catalog::{Catalog, Outline};
use crate::emit::Emitter;

/// Every way out of a comment, a literal, a template, a page or a line that we know of.
const HOSTILE: &str = "*/ }} {{ x }} \"# \"##; </script><b> `` ` ``` ~~~ \\ ' \0 \u{202E}rtl\u{2066} [link] [a](b) ![i](http://x.example) \
    https://x.example/[y] \u{2028} <https://ok.example>\n    let indented = code;\n> ```rust\n> fn main() {\n- ~~~\n//! //// /** #![x]\r\n```\npanic!()";

fn emit(catalog: &Catalog) -> Vec<Output> {
    let settings = Settings::default();
    let mut outputs =
        Rust.catalog(&Outline::of(catalog, Vec::new()), &settings).expect("the crate's files");
    for integration in &catalog.integrations {
        outputs.extend(
            Rust.integration(&catalog.info, integration, &settings)
                .expect("the integration's files"),
        );
    }
    outputs
}

fn text<'a>(outputs: &'a [Output], path: &str) -> &'a str {
    let output = outputs.iter().find(|output| output.path == path).expect("the file is there");
    std::str::from_utf8(&output.contents).expect("it is text")
}

#[test]
fn hostile_text_stays_text() {
    let hostile = format!("{HOSTILE}\n{}", "n".repeat(300));
    for output in emit(&fixture::catalog(&hostile)) {
        let text = std::str::from_utf8(&output.contents).expect("it is text");
        if std::path::Path::new(&output.path).extension().is_some_and(|extension| extension == "rs")
        {
            assert!(syn::parse_file(text).is_ok(), "{} parses", output.path);
            assert!(
                !text.contains(['\0', '\u{202E}', '\u{2066}', '\r']),
                "{} hides nothing",
                output.path
            );
        }
    }
}

#[test]
fn same_catalog_same_bytes() {
    let catalog = fixture::catalog(HOSTILE);
    assert_eq!(emit(&catalog), emit(&catalog));
}

#[test]
fn setters_and_accessors_make_way_for_generated_methods() {
    let outputs = emit(&fixture::catalog("Says something."));
    assert!(text(&outputs, "rust/wiki/src/get_user.rs").contains("pub fn send_(self, value: i64)"));
    assert!(text(&outputs, "rust/wiki/src/types.rs").contains("pub fn json_(self)"));
}

#[test]
fn a_name_that_is_no_identifier_is_an_error_with_its_file() {
    let mut catalog = fixture::catalog("Says something.");
    catalog.integrations[0].actions[0].type_name = "Get User; fn x() {}".to_owned();
    let error = Rust
        .integration(&catalog.info, &catalog.integrations[0], &Settings::default())
        .expect_err("not an identifier");
    assert!(error.to_string().contains("rust/wiki/src/"), "{error}");
}

#[test]
fn an_action_becomes_data_and_thin_typed_code() {
    let outputs = emit(&fixture::catalog("Says something."));
    insta::assert_snapshot!("get_user", text(&outputs, "rust/wiki/src/get_user.rs"));
    insta::assert_snapshot!("get_user_data", text(&outputs, "rust/wiki/src/get_user.json"));
    insta::assert_snapshot!("types", text(&outputs, "rust/wiki/src/types.rs"));
}
