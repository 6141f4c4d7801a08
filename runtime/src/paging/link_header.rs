//! Pagination by the `Link` header (RFC 8288).

use actionspec_model::paging::LinkHeader;
use http::header::LINK;

use super::Kind;
use super::address::{Base, at_address};
use super::next::Fetched;
use crate::error::Error;
use crate::untyped::Untyped;

impl Kind for LinkHeader {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let headers = page.raw.headers.get_all(LINK);
        let target = headers
            .iter()
            .find_map(|value| next_target(&String::from_utf8_lossy(value.as_bytes())));
        // RFC 8288, section 3.2: the target is resolved against the URL of the request.
        target.map(|text| at_address(page, &text, Base::Request)).transpose()
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}

/// The target of the link whose relation is `next` (RFC 8288).
fn next_target(header: &str) -> Option<String> {
    let mut rest = header;
    loop {
        let (target, parameters) = rest.split_once('<')?.1.split_once('>')?;
        let end = parameters.find('<').unwrap_or(parameters.len());
        let is_next = parameters[..end].split([';', ',']).any(|parameter| {
            let Some((name, value)) = parameter.split_once('=') else { return false };
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            name.trim().eq_ignore_ascii_case("rel")
                && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(target.to_owned());
        }
        rest = &parameters[end..];
    }
}
