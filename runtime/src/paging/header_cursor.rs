//! Pagination by a cursor in a response header.

use actionspec_model::paging::HeaderCursor;
use serde_json::Value;

use super::Kind;
use super::next::Fetched;
use crate::call::Untyped;
use crate::error::Error;

impl Kind for HeaderCursor {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let header = page.raw.headers.get(&self.header).and_then(|value| value.to_str().ok());
        let token = header.unwrap_or_default().trim();
        let given = page.call.arguments.values.get(&self.cursor).and_then(Value::as_str);
        let ends = token.is_empty() || given == Some(token);
        Ok((!ends).then(|| page.with(&self.cursor, token.into())))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}
