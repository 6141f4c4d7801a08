//! Pagination by the URL of the next page in the response body.

use actionspec_model::paging::NextUrl;

use super::import::Look;
use super::{Kind, field, page_size};
use crate::markdown::code;

/// Where answers give the address of the next page.
const ADDRESSES: &[&str] = &[
    "/links/next",
    "/_links/next/href",
    "/_links/next",
    "/@odata.nextLink",
    "/next_page_url",
    "/nextPageUrl",
    "/next_url",
    "/nextUrl",
    "/nextLink",
    "/next_link",
    "/paging/next",
    "/pagination/next_url",
    "/next_page_uri",
    "/next",
    "/next_page",
    "/pages/next",
    "/links/next/href",
    "/meta/next_url",
    "/pagination/next",
];

impl Kind for NextUrl {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        let base = self.base.iter().map(|at| (at.as_str(), "What a relative address begins with."));
        std::iter::once((self.next.as_str(), "The address of the next page.")).chain(base).collect()
    }

    fn header(&self) -> Option<(&str, String)> {
        None
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        let taken = self.take.as_ref().map_or_else(String::new, |take| {
            let (query, parameter) = (code(&take.query), code(&take.parameter));
            format!(": pass its query parameter {query} as {parameter}")
        });
        format!(
            "{} is the URL of the next page{taken}.{}",
            field(&self.next),
            page_size(self.limit.as_ref())
        )
    }

    fn recognise(look: &Look<'_>, items: &str) -> Option<Self> {
        let next = ADDRESSES.iter().find(|pointer| look.is_address(pointer))?;
        Some(Self {
            items: items.to_owned(),
            next: (*next).to_owned(),
            limit: look.limit(),
            base: None,
            take: None,
        })
    }
}
