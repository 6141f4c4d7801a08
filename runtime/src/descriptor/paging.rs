//! How long results are cut into pages.

/// How a result is paged. `limit` is the key of the parameter that says how many items a page holds, empty if there is none;
/// pointers that are not declared are empty too.
#[derive(Debug)]
pub struct Paging {
    /// JSON pointer of the items.
    pub items: &'static str,
    /// Key of the page size parameter.
    pub limit: &'static str,
    /// JSON pointer of a value that is there, and neither `null` nor `false`, while more pages follow.
    pub more: &'static str,
    /// How the next page is asked for.
    pub next: NextPage,
}

/// How the next page is asked for.
#[derive(Debug)]
pub enum NextPage {
    /// By the number of items to skip.
    Offset {
        /// Key of the parameter.
        parameter: &'static str,
        /// JSON pointer of the number of all items.
        total: &'static str,
    },
    /// By the page's number.
    Page {
        /// Key of the parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u32,
        /// JSON pointer of the number of pages.
        pages: &'static str,
    },
    /// By a token of the response.
    Cursor {
        /// Key of the parameter.
        parameter: &'static str,
        /// JSON pointer of the token.
        next: &'static str,
    },
    /// By tokens of the response that travel together: keys of parameters, each with the JSON pointer of what it is given. The first tells
    /// whether there is a next page.
    Cursors(&'static [(&'static str, &'static str)]),
    /// By a token of the response, given to another action.
    Continued {
        /// The id of the action of all pages but the first.
        action: &'static str,
        /// Key of its parameter.
        parameter: &'static str,
        /// JSON pointer of the token.
        next: &'static str,
    },
    /// By a token of the response, until a page is empty: the vendor remembers which page comes next, and the token may stay the same.
    Stateful {
        /// Key of the parameter.
        parameter: &'static str,
        /// JSON pointer of the token.
        next: &'static str,
    },
    /// By a value of the last item.
    LastItem {
        /// Key of the parameter.
        parameter: &'static str,
        /// JSON pointer of the value within the item.
        value: &'static str,
        /// Keys of parameters and the JSON pointers of the values that the next request gives them.
        also: &'static [(&'static str, &'static str)],
    },
    /// By a token of a response header.
    HeaderCursor {
        /// Key of the parameter.
        parameter: &'static str,
        /// The name of the header.
        header: &'static str,
    },
    /// By an address in the body.
    Url {
        /// JSON pointer of the address.
        next: &'static str,
        /// JSON pointer of what a relative address begins with.
        base: &'static str,
        /// Only the value of this query parameter is used, as this parameter of the action.
        take: Option<(&'static str, &'static str)>,
    },
    /// By the `Link` header (RFC 8288).
    LinkHeader,
}
