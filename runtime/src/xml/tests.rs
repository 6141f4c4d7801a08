use std::collections::BTreeMap;

use actionspec_model::Schema;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{read, shape, unwrap_items, wrap_items, write};

fn parse(text: &str) -> Value {
    read(text.as_bytes()).expect(text)
}

#[test]
fn elements_attributes_and_texts() {
    let text = r#"<?xml version="1.0"?>
        <!-- a list -->
        <ns:Users xmlns:ns="urn:x" xmlns="urn:y" total="2">
            <User id="1"><Name>Ada &amp; Co &#x263A;</Name><Note><![CDATA[<b>]]></Note><Empty/></User>
            <User id="2">Grace</User>
        </ns:Users>"#;
    let expected = json!({"Users": {
        "@total": "2",
        "User": [{"@id": "1", "Name": "Ada & Co \u{263a}", "Note": "<b>", "Empty": ""}, {"@id": "2", "#text": "Grace"}],
    }});
    assert_eq!(parse(text), expected);
}

#[test]
fn a_schema_tells_lists_and_numbers() {
    let types: BTreeMap<String, Schema> = serde_json::from_value(json!({
        "Result": {"type": "object", "properties": {
            "Users": {"type": "object", "properties": {"member": {"type": "array", "items": {"$ref": "User"}}}},
            "IsTruncated": {"type": "boolean"},
            "Tags": {"type": "array", "items": {"type": "string"}},
        }},
        "User": {"type": "object", "properties": {
            "Size": {"type": "integer", "nullable": true},
            "Share": {"anyOf": [{"title": "a share", "type": "number"}], "nullable": true},
        }},
    }))
    .expect("types");
    let result = Schema::named("Result");
    let mut value = parse(
        "<R><Users><member><Size>7</Size><Share>0.5</Share><Other>1</Other></member></Users><IsTruncated>false</IsTruncated><Tags/></R>",
    );
    shape(&mut value["R"], &result, &types);
    let user = json!({"Size": 7, "Share": 0.5, "Other": "1"});
    assert_eq!(value["R"], json!({"Users": {"member": [user]}, "IsTruncated": false, "Tags": []}));
    let mut empty = parse("<R><Users/></R>");
    shape(&mut empty["R"], &result, &types);
    assert_eq!(empty["R"], json!({"Users": {}}));
}

#[test]
fn wrapped_items_are_a_list() {
    let mut value = parse(
        "<R><Users><member><Name>a</Name><Tags><member>x</member></Tags></member></Users><Groups/><Member>1</Member></R>",
    );
    unwrap_items(&mut value, "member");
    assert_eq!(
        value,
        json!({"R": {"Users": [{"Name": "a", "Tags": ["x"]}], "Groups": "", "Member": "1"}})
    );
    let mut two = parse("<R><Users><member>a</member><member>b</member></Users></R>");
    unwrap_items(&mut two, "member");
    assert_eq!(two, json!({"R": {"Users": ["a", "b"]}}));
    wrap_items(&mut two, "member");
    assert_eq!(
        write(&two).expect("a document").split_once("?>").expect("a declaration").1,
        "<R><Users><member>a</member><member>b</member></Users></R>"
    );
}

#[test]
fn what_is_no_document_is_an_error() {
    let deep = "<a>".repeat(200_000);
    for text in [
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a>&own;</a>",
        "<a b=1/>",
        "<a b='&own;'/>",
        "<a/>text",
        deep.as_str(),
    ] {
        assert!(read(text.as_bytes()).is_err(), "{}", &text[..text.len().min(30)]);
    }
    assert!(read(b"<a>\xff</a>").is_err());
    let laughs = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    assert!(read(laughs.as_bytes()).is_err(), "entities of a document's own are refused");
}

#[test]
fn what_xml_cannot_say_is_an_error() {
    for value in [
        json!([]),
        json!({}),
        json!({"a": 1, "b": 2}),
        json!({"a": [1, 2]}),
        json!({"a b": 1}),
        json!({"a": "\u{1}"}),
        json!({"a": {"@b": []}}),
    ] {
        assert!(write(&value).is_err(), "{value}");
    }
}

/// Values as XML knows them: texts, and objects of texts, objects and lists of at least two.
fn element() -> impl Strategy<Value = Value> {
    let text = "[ -~\u{e4}\u{2028}<>&\"']{0,12}"
        .prop_filter("only white space", |text| text.is_empty() || text.trim() == text);
    let leaf = text.prop_map(Value::from);
    leaf.prop_recursive(4, 32, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 2..4).prop_map(Value::Array);
        let field = prop_oneof![inner, list];
        let attribute = "[a-z<&\"' \n\t]{0,8}".prop_map(Value::from);
        (
            prop::collection::btree_map("[a-z_][a-z0-9.-]{0,5}", field, 1..4),
            prop::collection::btree_map("@[a-z]{1,5}", attribute, 0..3),
        )
            .prop_map(|(fields, attributes)| {
                Value::Object(attributes.into_iter().chain(fields).collect())
            })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in element()) {
        let document = json!({"root": value});
        let text = write(&document).expect("a document");
        prop_assert_eq!(parse(&text), document, "{}", text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[<>a&;!/=\"' \\[\\]?-]{0,60}") {
        let _ = read(&bytes);
        let _ = read(text.as_bytes());
    }
}
