//! The table of kinds, walked.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::Pagination;

#[test]
fn every_kind_is_written_and_read_as_it_is() {
    for example in Pagination::examples() {
        let text = serde_json::to_string(&example).unwrap();
        let read: Pagination = serde_json::from_str(&text).unwrap();
        assert_eq!(read, example);
        let camel = example.name().replace('_', "");
        let kind = serde_json::to_value(&example).unwrap()["kind"].as_str().unwrap().to_lowercase();
        assert_eq!(kind, camel, "the file is called as the kind");
    }
}

#[test]
fn what_a_kind_does_not_know_is_an_error() {
    for example in Pagination::examples() {
        let mut value = serde_json::to_value(&example).unwrap();
        value["unknown"] = true.into();
        assert!(serde_json::from_value::<Pagination>(value).is_err(), "{}", example.name());
    }
}
