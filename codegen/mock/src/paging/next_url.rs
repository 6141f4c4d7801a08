//! The URL of the next page in the response body.

use actionspec_model::paging::NextUrl;
use serde_json::{Value, json};

use super::{Asked, Kind, Page};

impl Kind for NextUrl {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        match &self.take {
            Some(take) => asked.is_empty(&take.parameter),
            None => !asked.is_second_url(),
        }
    }

    fn lead(&self, asked: &Asked<'_>, page: &mut Page) {
        let leads = page
            .body
            .pointer(&self.next)
            .is_some_and(|next| next.as_str().is_some_and(|next| !next.is_empty()));
        if leads && self.take.is_none() {
            page.put(&self.next, json!(asked.second_url()));
        }
    }

    fn end(&self, _: &Asked<'_>, page: &mut Page) {
        page.put(&self.next, Value::Null);
    }
}
