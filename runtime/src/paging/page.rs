//! Pagination by page number.

use actionspec_model::paging::Page;

use super::Kind;
use super::next::Fetched;
use crate::document::Json;
use crate::error::Error;
use crate::untyped::Untyped;
use crate::view::View;

impl Kind for Page {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let mark = self.last.as_ref().and_then(|last| page.raw.json.pointer(last));
        match mark.map(View::what) {
            Some(Json::Bool(true)) => return Ok(None),
            Some(Json::Bool(false)) if page.count == 0 => {
                return Err(page.error("the page is empty, although it is not the last one"));
            }
            _ => {}
        }
        let number = page.number(&self.page).unwrap_or_else(|| self.first.into());
        // With `first` 0 the last of 3 pages is number 2.
        let last = page
            .declared(self.pages.as_deref())
            .map(|pages| (pages + u64::from(self.first)).saturating_sub(1));
        // A mark of the last page ends the list as a total does: a short page before it is not the end.
        let total = (self.pages.is_some() || self.last.is_some(), last.map(|last| number >= last));
        let done = page.ends(self.more.as_deref(), total, self.limit.as_deref())?;
        Ok((!done).then(|| page.with(&self.page, number.saturating_add(1).into())))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
