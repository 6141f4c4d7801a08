//! A page number.

use actionspec_model::paging::Page as Numbered;
use serde_json::json;

use super::{Asked, Kind, Page};

impl Kind for Numbered {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        asked.number(&self.page).is_none_or(|page| page <= u64::from(self.first))
    }

    fn lead(&self, _: &Asked<'_>, _: &mut Page) {}

    fn end(&self, asked: &Asked<'_>, page: &mut Page) {
        let first = u64::from(self.first);
        let pages = asked.number(&self.page).unwrap_or(first) + 1 - first;
        page.put_some(self.pages.as_deref(), json!(pages));
        page.put_some(self.more.as_deref(), json!(false));
        page.put_some(self.last.as_deref(), json!(true));
    }
}
