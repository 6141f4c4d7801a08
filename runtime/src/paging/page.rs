//! Pagination by page number.

use actionspec_model::paging::Page;

use super::Kind;
use super::next::Fetched;
use crate::call::Untyped;
use crate::document::Json;
use crate::error::Error;
use crate::view::View;

impl Kind for Page {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let is_last = self.last.as_ref().is_some_and(|last| {
            matches!(page.raw.json.pointer(last).map(View::what), Some(Json::Bool(true)))
        });
        if is_last || page.says_no_more(self.more.as_deref()) {
            return Ok(None);
        }
        let number = page.number(&self.page).unwrap_or_else(|| self.first.into());
        // With `first` 0 the last of 3 pages is number 2.
        let last = page
            .declared(self.pages.as_deref())
            .map(|pages| (pages + u64::from(self.first)).saturating_sub(1));
        let done = last.map_or_else(|| page.is_short(self.limit.as_deref()), |last| number >= last);
        Ok((page.count > 0 && !done).then(|| page.with(&self.page, (number + 1).into())))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
