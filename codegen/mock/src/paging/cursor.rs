//! A cursor in the response body.

use actionspec_model::paging::Cursor;
use serde_json::{Value, json};

use super::{Asked, Kind, Page};

impl Kind for Cursor {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        asked.is_empty(&self.cursor)
    }

    fn lead(&self, _: &Asked<'_>, _: &mut Page) {}

    fn end(&self, _: &Asked<'_>, page: &mut Page) {
        page.put(&self.next, Value::Null);
        page.put_some(self.more.as_deref(), json!(false));
    }
}
