use proptest::prelude::*;
use serde_json::{Value, json};

use super::Document;
use crate::view::{FromView as _, View};

fn read(text: &str) -> Document {
    Document::parse(text.to_owned()).expect("JSON")
}

/// JSON text of any shape: keys that repeat, escapes, numbers beyond every type, white space.
fn json_text() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no other", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?",
    ];
    let character = prop_oneof![
        8 => "[a-c ]",
        1 => any::<char>().prop_filter("must be escaped", |c| *c >= ' ' && !"\"\\".contains(*c)).prop_map(String::from),
        1 => prop::sample::select(vec![r"\n", r#"\""#, r"\\", r"\/", r"\u00e9", r"\ud83d\ude00", r"\ud800", r"\u0000"]).prop_map(str::to_owned),
    ];
    let text = || {
        prop::collection::vec(character.clone(), 0..6)
            .prop_map(|parts| format!("\"{}\"", parts.concat()))
    };
    let key = prop_oneof![4 => "\"[ab]\"", 1 => text()];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        number,
        text()
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|items| format!("[{}]", items.join(" , "))),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|fields| {
                let fields = fields.into_iter().map(|(key, value)| format!("{key}: {value}"));
                format!("{{{}}}\n", fields.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

/// Whether a place and all within it read as a value does.
fn same(place: View<'_>, value: &Value) -> bool {
    let fits = match value {
        Value::Array(items) => {
            place.length() == Some(items.len())
                && place.children().zip(items).all(|(place, item)| same(place, item))
        }
        Value::Object(fields) => {
            let entries = place.entries();
            entries.len() == fields.len()
                && entries
                    .zip(fields)
                    .all(|((key, place), (name, field))| key == name && same(place, field))
                && fields.iter().all(|(name, field)| {
                    place.get(name).is_some_and(|place| place.to_value() == *field)
                })
        }
        Value::String(text) => place.as_str() == Some(text),
        Value::Number(number) => place.as_number() == Some(number),
        Value::Bool(flag) => place.as_bool() == Some(*flag),
        Value::Null => place.is_null(),
    };
    fits && place.to_value() == *value && place.json() == value
}

fn agrees(text: &str) -> bool {
    match (Document::parse(text.to_owned()), serde_json::from_str::<Value>(text)) {
        (Ok(document), Ok(value)) => {
            same(document.root(), &value) && same(Document::from(value.clone()).root(), &value)
        }
        (Err(_), Err(_)) => true,
        // What is no JSON is refused, or told.
        (Ok(document), Err(_)) => tells_what_is_wrong(&document),
        (Err(_), Ok(_)) => false,
    }
}

/// Whether a document says what in it cannot be read, and has nothing else wrong.
fn tells_what_is_wrong(document: &Document) -> bool {
    let wrong = document.unreadable();
    let json = document.json();
    let texts = wrong.iter().all(|place| place.found() == "what cannot be read");
    texts && Document::parse(json.to_string()).is_ok_and(|again| again.unreadable().is_empty())
}

proptest! {
    #[test]
    fn an_outline_says_what_a_document_says(text in json_text()) {
        let wrapped = format!("  {{\"a\": {text}, \"b\": [{text}, \"\\n{text}\"], \"a\": 1, \"c\": {text}}}", text = text.replace('\n', " "));
        if let Ok(value) = serde_json::from_str::<Value>(&wrapped) {
            prop_assert!(same(Document::parse_outline(wrapped.clone()).expect("JSON").root(), &value), "{}", wrapped);
        }
    }

    #[test]
    fn a_document_says_what_a_value_says(text in json_text()) {
        prop_assert!(agrees(&text), "{}", text);
    }

    #[test]
    fn what_is_no_json_is_refused_as_before(text in json_text(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}:,\"0-9a\\\\ .eE+-]{0,2}") {
        let at = at.index(text.len());
        if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
            let broken = format!("{}{with}{}", &text[..at], &text[at + 1..]);
            prop_assert!(agrees(&broken), "{}", broken);
        }
    }

    #[test]
    fn pointers_lead_where_those_of_values_lead(text in json_text(), pointer in "(/(a|b|[0-3]|00|\\+1|~0|)){0,4}|a") {
        if let Ok(document) = Document::parse(text) {
            prop_assert_eq!(document.pointer(&pointer).map(View::to_value), document.json().pointer(&pointer).cloned());
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let expected = serde_json::from_slice::<Value>(&bytes).ok();
        match (Document::parse(bytes), expected) {
            (Ok(document), None) => prop_assert!(tells_what_is_wrong(&document)),
            (read, expected) => prop_assert_eq!(read.ok().map(|document| document.json().clone()), expected),
        }
    }
}

#[test]
fn nesting_is_bounded() {
    for depth in [126, 127, 128, 129, 10_000] {
        assert!(agrees(&format!("{}{}", "[".repeat(depth), "]".repeat(depth))), "{depth}");
        assert!(agrees(&format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth))), "{depth}");
    }
}

#[test]
fn of_keys_that_repeat_the_first_place_and_the_last_value_count() {
    let document = read(r#"{"a": 1, "b": 2, "a": {"c": 3}}"#);
    let entries: Vec<_> =
        document.root().entries().map(|(key, place)| (key, place.to_value())).collect();
    assert_eq!(entries, [("a", json!({"c": 3})), ("b", json!(2))]);
    assert_eq!(document.pointer("/a/c").map(View::to_value), Some(json!(3)));
}

#[test]
fn large_objects_and_lists_are_found_in() {
    let fields: Vec<String> =
        (0..1_000).map(|number| format!(r#""key{number}": [{{"n": {number}}}]"#)).collect();
    let document =
        read(&format!(r#"{{"few": 1, "many": {{{}, "key7": [{{"n": -7}}]}}}}"#, fields.join(",")));
    let many = document.root().get("many").expect("there");
    assert_eq!(many.entries().len(), 1_000);
    assert!(many.get("key").is_none());
    for (key, list) in many.entries() {
        let item = list.children().next().expect("one");
        assert_eq!(many.get(key).map(View::to_value), Some(list.to_value()));
        assert_eq!(item.json(), &item.to_value());
    }
    let list = read(&format!(
        "[{}]",
        fields.iter().map(|field| format!("{{{field}}}")).collect::<Vec<_>>().join(",")
    ));
    for (index, item) in
        list.root().children().enumerate().chain(list.root().children().enumerate().skip(500))
    {
        assert_eq!(item.json(), &list.json()[index]);
        assert_eq!(
            item.field::<bool>(&format!("key{index}")).expect_err("a list").path(),
            format!("$[{index}].key{index}")
        );
    }
}

#[test]
fn texts_stay_in_the_body() {
    let body = bytes::Bytes::from_static(br#"{"plain": "as it is", "escaped": "a\tb"}"#);
    let document = Document::parse(body.clone()).expect("JSON");
    let plain = document.root().get("plain").and_then(View::as_str).expect("a text");
    assert!(body.as_ptr_range().contains(&plain.as_ptr()));
    assert_eq!(document.root().get("escaped").and_then(View::as_str), Some("a\tb"));
}

#[test]
fn a_part_is_read_when_it_is_wanted_and_fails_alone() {
    let long = "x".repeat(100);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let text = format!(
        r#"{{"good": [{{"n": 1, "long": "{long}"}}], "huge": [1e999, "{long}"], "deep": {deep}, "half": "\ud800 {long}", "more": {{"a": "{long}", "b": [true]}}}}"#
    );
    let document = Document::parse_outline(text.clone()).expect("an object");
    let root = document.root();
    assert_eq!(root.pointer("/good/0/n").map(View::to_value), Some(json!(1)));
    let wrong = root.pointer("/good/0").expect("there").field::<bool>("n").expect_err("a number");
    assert_eq!(wrong.path(), "$.good[0].n");
    let wrong = root.field::<&str>("half").expect_err("half a character");
    assert_eq!(wrong.to_string(), "expected a string at `$.half`, found what cannot be read");
    let huge = root.pointer("/huge/0").expect("there");
    let wrong = f64::from_view(huge).expect_err("out of range");
    assert_eq!(wrong.to_string(), "expected a number at `$.huge[0]`, found what cannot be read");
    let found: Vec<String> =
        document.unreadable().iter().map(|place| place.path().to_owned()).collect();
    let deepest = format!("$.deep{}", "[0]".repeat(127));
    assert_eq!(found, ["$.huge[0]", &deepest, "$.half"]);
    let whole = Document::parse(text).expect("the same, read at once");
    assert_eq!(whole.json()["huge"], root.json()["huge"]);
    assert_eq!(whole.json()["half"], root.json()["half"]);
    assert_eq!(root.pointer("/more/b").expect("there").json(), &json!([true]));
    assert_eq!(root.json()["huge"][0], json!("1e999"));
    assert_eq!(root.json()["half"], json!(format!("\u{fffd} {long}")));
    assert!(Document::parse_outline(r#"{"a": [1, 2}"#).is_err());
    assert!(Document::parse_outline(r#"{"a": 1} 2"#).is_err());
}

#[test]
fn a_value_that_cannot_be_read_is_an_error_of_its_field_alone() {
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let bad: [(&[u8], &str); 9] = [
        (br#""a\ud800b""#, "a\u{fffd}b"),
        (br#""\udc00\n""#, "\u{fffd}\n"),
        (b"\"a\xffb\"", "a\u{fffd}b"),
        (b"\"\xc3\"", "\u{fffd}"),
        (b"1e999", "1e999"),
        (b"-1e999", "-1e999"),
        (b"NaN", "NaN"),
        (b"-Infinity", "-Infinity"),
        (b"\"a\tb\"", "a\tb"),
    ];
    for (bytes, shown) in bad {
        for padding in ["", &"x".repeat(200)] {
            let place = |before: &str, after: &str| {
                [
                    before.as_bytes(),
                    bytes,
                    after.as_bytes(),
                    format!(r#", "pad": "{padding}", "good": 7}}"#).as_bytes(),
                ]
                .concat()
            };
            for (text, pointer, path) in [
                (place(r#"{"bad": "#, ""), "/bad", "$.bad"),
                (place(r#"{"list": [1, {"bad": "#, "}]"), "/list/1/bad", "$.list[1].bad"),
                (place(r#"{"list": [[["#, ", 2]]]"), "/list/0/0/0", "$.list[0][0][0]"),
            ] {
                for outline in [false, true] {
                    let document = Document::parse_within(text.clone(), outline, usize::MAX)
                        .expect("the rest is JSON");
                    let root = document.root();
                    assert_eq!(root.field::<u64>("good").expect("a number"), Some(7));
                    let place = root.pointer(pointer).expect("there");
                    let wrong = <&str>::from_view(place).expect_err("not readable");
                    assert_eq!((wrong.path(), wrong.found()), (path, "what cannot be read"));
                    assert!(Option::<f64>::from_view(place).is_err(), "it is not `null`");
                    assert_eq!(root.json().pointer(pointer), Some(&json!(shown)));
                    let all = document.unreadable();
                    assert_eq!(
                        all.iter().map(crate::view::Mismatch::path).collect::<Vec<_>>(),
                        [path]
                    );
                }
            }
        }
    }
    let text = format!(r#"{{"deep": {}, "good": 7}}"#, deep(500));
    for outline in [false, true] {
        let document =
            Document::parse_within(text.clone(), outline, usize::MAX).expect("the rest is JSON");
        assert_eq!(document.root().field::<u64>("good").expect("a number"), Some(7));
        assert_eq!(document.unreadable().len(), 1);
    }
}

#[test]
fn a_key_that_cannot_be_read_has_a_value_that_can() {
    let document = Document::parse(br#"{"a\ud800": 1, "b": 2}"#.to_vec()).expect("JSON");
    assert_eq!(*document.json(), json!({"a\u{fffd}": 1, "b": 2}));
}

#[test]
fn what_is_no_document_stays_an_error() {
    for text in [
        "",
        "NaN",
        "Down",
        r#""\ud800""#,
        "<html>",
        "{\"a\": \"\\ud800",
        "[NaN",
        "{NaN: 1}",
        "[1 NaN]",
        "[\"\\ud800\"}",
    ] {
        assert!(Document::parse(text.to_owned()).is_err(), "{text}");
    }
}
