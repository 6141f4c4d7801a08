//! Pagination by a value of the last item.

use actionspec_model::paging::LastItem;

use super::Kind;
use super::next::Fetched;
use crate::error::Error;
use crate::untyped::Untyped;

impl Kind for LastItem {
    /// After the last item, with what the answer gives to be given back.
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        if page.count == 0 || page.is_short(self.limit.as_deref()) {
            return Ok(None);
        }
        let items = page.raw.json.pointer(&self.items);
        let last = items.and_then(|items| items.children().last()?.pointer(&self.value));
        let last = last.filter(|value| !value.is_null()).ok_or_else(|| {
            page.error(format!(
                "the last item has no value at `{}`, after which the next page begins",
                self.value
            ))
        })?;
        let mut next = page.with(&self.cursor, last.to_value());
        for (key, pointer) in &self.also {
            if let Some(value) = page.token(pointer)? {
                next = super::next::with(&next, key, value);
            }
        }
        Ok(Some(next))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
