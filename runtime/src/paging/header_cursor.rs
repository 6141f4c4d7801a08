//! Pagination by a cursor in a response header.

use actionspec_model::paging::HeaderCursor;
use serde_json::Value;

use super::Kind;
use super::next::Fetched;
use crate::error::Error;
use crate::untyped::Untyped;

impl Kind for HeaderCursor {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let Some(header) = page.raw.headers.get(&self.header) else { return Ok(None) };
        let token = header.to_str().map_err(|_| {
            page.error(format!("the cursor in the header `{}` is not text", self.header))
        })?;
        let token = Value::from(token.trim());
        let ends = token == "" || page.repeats(&self.cursor, &token)?;
        Ok((!ends).then(|| page.with(&self.cursor, token)))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
