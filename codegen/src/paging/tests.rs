//! The table of kinds, walked.

use actionspec_model::paging::Pagination;

use super::{facts, header, sentences};

#[test]
fn every_kind_has_its_sentence_and_its_openapi_form() {
    let mut sentences_so_far = Vec::new();
    for example in Pagination::examples() {
        let text = sentences(&example, &|id| id.to_owned());
        let own = text.split_once(". ").map(|(_, own)| own.to_owned()).unwrap_or_default();
        assert!(own.ends_with('.') && own.len() > 20, "{}: {text}", example.name());
        assert!(!sentences_so_far.contains(&own), "{} has the sentence of another", example.name());
        sentences_so_far.push(own);
        // A document says where a page leads to the next: in the body, in a header, or in the items themselves.
        let in_items = super::in_items(&example).is_some();
        let documented = !facts(&example).is_empty() || header(&example).is_some() || in_items;
        assert!(documented, "{} says nothing in OpenAPI", example.name());
        for key in example.place() {
            assert!(text.contains(&format!("`{key}`")), "{}: {text}", example.name());
        }
    }
}
