//! The table of kinds, walked.

use actionspec_model::paging::Pagination;

use super::{kind, sentences};

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
        let kind = kind(&example);
        let documented =
            !kind.facts().is_empty() || kind.header().is_some() || kind.in_items().is_some();
        assert!(documented, "{} says nothing in OpenAPI", example.name());
        for key in example.place() {
            assert!(text.contains(&format!("`{key}`")), "{}: {text}", example.name());
        }
    }
}
