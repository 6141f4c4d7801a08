//! Pagination by offset.

use actionspec_model::paging::Offset;

use super::Kind;
use super::next::Fetched;
use crate::error::Error;
use crate::untyped::Untyped;

impl Kind for Offset {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let offset = page.number(&self.offset).unwrap_or(0).saturating_add(page.count);
        let reached = page.declared(self.total.as_deref()).map(|total| offset >= total);
        let total = (self.total.is_some(), reached);
        let done = page.ends(self.more.as_deref(), total, self.limit.as_deref())?;
        Ok((!done).then(|| page.with(&self.offset, offset.into())))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
