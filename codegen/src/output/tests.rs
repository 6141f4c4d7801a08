//! The table of kinds, walked.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Content, KINDS, kind};
use crate::catalog::{Example, Output, Protocol, Schema};

#[test]
fn every_kind_has_its_sentence_its_sample_and_its_openapi_form() {
    let (mut names, mut sentences) = (BTreeSet::new(), BTreeSet::new());
    for one in KINDS {
        let said = kind(*one);
        assert_eq!(json!(said.name()), json!(one), "the name that authors write");
        let output = Output {
            kind: *one,
            description: None,
            schema: Schema::default(),
            example: Example::None(String::new()),
            at: String::new(),
            item_element: None,
            headers: indexmap::IndexMap::new(),
            media_type: None,
        };
        assert!(names.insert(said.name()), "{one:?}");
        assert!(sentences.insert(said.sentence(&output)), "{one:?} has the sentence of another");
        assert!(said.sentence(&output).ends_with('.') && said.success().ends_with('.'), "{one:?}");
        assert!(!said.sample().is_empty() && said.accept().contains('/'), "{one:?}");
        assert_eq!(said.is_structured(), said.marker().is_none(), "{one:?}");
        assert!(said.is_structured() || !said.content().is_described(), "{one:?}");
        let protocols = [Protocol::Http, Protocol::Tcp, Protocol::Tds];
        assert!(protocols.into_iter().any(|protocol| said.comes_over(protocol)), "{one:?}");
    }
    assert!(KINDS.iter().any(|one| kind(*one).content() == Content::Nothing));
}
