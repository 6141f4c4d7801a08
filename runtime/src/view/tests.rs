#![expect(unreachable_pub, reason = "`objects!` declares for crates that export their views")]

use serde_json::json;

use super::{DateTime, FromView, List, Map, Typed, View};
use crate::document::Document;

mod view {
    crate::objects!(User);
}

/// Somebody.
type User<'a> = view::Object<'a, view::of::User>;

impl<'a> User<'a> {
    fn name(self) -> crate::Field<&'a str> {
        self.0.field("name")
    }

    fn tags(self) -> crate::Field<List<'a, &'a str>> {
        self.0.field("tags")
    }

    fn manager(self) -> crate::Field<User<'a>> {
        self.0.field("manager")
    }
}

fn read<T: Typed + ?Sized>(json: &Document) -> T::Of<'_> {
    T::Of::from_view(View::new(json)).expect("readable")
}

#[test]
fn absent_and_null_fields_are_none() {
    let json = Document::from(json!({"name": null}));
    let user = read::<User>(&json);
    assert_eq!(user.name().expect("readable"), None);
    assert!(user.manager().expect("readable").is_none());
}

#[test]
fn a_field_of_another_type_fails_alone_and_says_where() {
    let json =
        Document::from(json!({"manager": {"name": 7, "tags": ["a", 1, "c"]}, "name": "Ada"}));
    let user = read::<User>(&json);
    assert_eq!(user.name().expect("readable"), Some("Ada"));
    let manager = user.manager().expect("readable").expect("there");
    let mismatch = manager.name().expect_err("a number");
    assert_eq!(mismatch.to_string(), "expected a string at `$.manager.name`, found a number");
    let tags = manager.tags().expect("readable").expect("there");
    let read: Vec<_> = tags.iter().map(|tag| tag.map_err(|e| e.path().to_owned())).collect();
    assert_eq!(read, [Ok("a"), Err("$.manager.tags[1]".to_owned()), Ok("c")]);
}

#[test]
fn keys_that_are_no_names_are_quoted_in_paths() {
    let json = Document::from(json!({"a b": {"": true}}));
    let inner: View = View::new(&json).field("a b").expect("readable").expect("there");
    assert_eq!(inner.field::<&str>("").expect_err("a boolean").path(), r#"$["a b"][""]"#);
}

#[test]
fn views_nest_in_lists_and_maps_through_static_markers() {
    let json = Document::from(json!({"x": [{"name": "Ada"}, null]}));
    let map = read::<Map<'static, List<'static, Option<User<'static>>>>>(&json);
    let list = map.get("x").expect("readable").expect("there");
    assert_eq!(list.len(), 2);
    assert_eq!(
        list.get(0).expect("readable").flatten().expect("there").name().expect("readable"),
        Some("Ada")
    );
    assert!(list.get(1).expect("readable").flatten().is_none());
    assert!(list.get(2).expect("readable").is_none());
    let texts = Document::from(json!(["a"]));
    assert_eq!(read::<List<'static, str>>(&texts).get(0).expect("readable"), Some("a"));
}

#[test]
fn whole_floats_are_integers_and_others_are_not() {
    assert_eq!(read::<i64>(&json!(3.0).into()), 3);
    assert!(i64::from_view(View::new(&json!(3.5).into())).is_err());
    assert!(i64::from_view(View::new(&json!(u64::MAX).into())).is_err());
}

#[test]
fn a_view_prints_its_json_and_keeps_unknown_fields() {
    let json = Document::from(json!({"name": "Ada", "more": 1}));
    let user = read::<User>(&json);
    assert_eq!(format!("{user:?}"), r#"{"name":"Ada","more":1}"#);
    assert_eq!(user.field::<i64>("more").expect("readable"), Some(1));
    assert_eq!(user.to_json(), *user.json());
}

#[test]
fn timestamps_are_read_as_vendors_write_them() {
    for text in [
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.000+0000",
        "2026-01-02 03:04:05+00:00",
        "2026-01-02T05:04:05+02",
    ] {
        let json = Document::from(json!(text));
        let time: DateTime = read::<DateTime<'static>>(&json);
        assert_eq!(time.timestamp().expect(text).as_second(), 1_767_323_045, "{text}");
    }
    let json = Document::from(json!("yesterday"));
    assert!(read::<DateTime<'static>>(&json).timestamp().is_err());
}
