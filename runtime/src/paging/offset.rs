//! Pagination by offset.

use actionspec_model::paging::Offset;

use super::Kind;
use super::next::Fetched;
use crate::call::Untyped;
use crate::error::Error;

impl Kind for Offset {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        if page.says_no_more(self.more.as_deref()) {
            return Ok(None);
        }
        let offset = page.number(&self.offset).unwrap_or(0) + page.count;
        let total = page.declared(self.total.as_deref());
        let done =
            total.map_or_else(|| page.is_short(self.limit.as_deref()), |total| offset >= total);
        Ok((page.count > 0 && !done).then(|| page.with(&self.offset, offset.into())))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
