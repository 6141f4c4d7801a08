//! An offset.

use actionspec_model::paging::Offset;
use serde_json::json;

use super::{Asked, Kind, Page};

impl Kind for Offset {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        asked.number(&self.offset).is_none_or(|offset| offset == 0)
    }

    fn lead(&self, _: &Asked<'_>, _: &mut Page) {}

    fn end(&self, asked: &Asked<'_>, page: &mut Page) {
        let total = asked.number(&self.offset).unwrap_or(0);
        page.put_some(self.total.as_deref(), json!(total));
        page.put_some(self.more.as_deref(), json!(false));
    }
}
