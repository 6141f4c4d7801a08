//! XML: the example, or a document without content.

use actionspec_codegen::catalog::Example;
use actionspec_runtime::xml;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::Kind;
use crate::answer::xml_response;
use crate::paging::{self, Asked};

/// XML: the example, or a document without content.
pub(super) struct Xml;

impl Kind for Xml {
    fn answer(&self, asked: &Asked<'_>) -> Response<Body> {
        let route = &asked.route;
        let output = &route.action.output;
        let Example::Given { value, .. } = &output.example else {
            return xml_response(StatusCode::OK, &json!({"Response": {}}));
        };
        paging::answer(asked, value.clone(), |mut value| {
            if let Some(name) = &output.item_element {
                xml::wrap_items(&mut value, name);
            }
            xml_response(StatusCode::OK, &value)
        })
    }
}
