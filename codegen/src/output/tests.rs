//! The table of kinds, walked.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Content, kind};
use crate::catalog::{Example, Output, Protocol, Schema};
use crate::spec::OutputKind;

#[test]
fn every_kind_has_its_sentence_its_sample_and_its_openapi_form() {
    let (mut names, mut sentences) = (BTreeSet::new(), BTreeSet::new());
    for one in OutputKind::ALL {
        let said = kind(*one);
        assert_eq!(json!(one.name()), json!(one), "the name that authors write");
        let output = Output {
            kind: *one,
            description: None,
            schema: Schema::default(),
            example: Example::None(String::new()),
            at: String::new(),
            item_element: None,
            headers: indexmap::IndexMap::new(),
            statuses: Vec::new(),
            media_type: None,
        };
        assert!(names.insert(one.name()), "{one:?}");
        assert!(sentences.insert(said.sentence(&output)), "{one:?} has the sentence of another");
        assert!(said.sentence(&output).ends_with('.') && said.success().ends_with('.'), "{one:?}");
        assert!(!said.sample().is_empty() && one.accept().contains('/'), "{one:?}");
        assert_eq!(one.is_structured(), said.marker().is_none(), "{one:?}");
        assert!(one.is_structured() || !said.content().is_described(), "{one:?}");
        let protocols = [Protocol::Http, Protocol::Tcp, Protocol::Tds];
        assert!(protocols.into_iter().any(|protocol| one.comes_over(protocol)), "{one:?}");
    }
    assert!(OutputKind::ALL.iter().any(|one| kind(*one).content() == Content::Nothing));
}
