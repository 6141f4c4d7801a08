//! Output kinds: how the mock server answers with each.
//!
//! One file a kind, one row each in the table below.

mod binary;
mod empty;
mod fields;
mod headers;
mod json;
mod text;
mod xml;

use actionspec_codegen::spec::OutputKind;
use axum::body::Body;
use axum::http::Response;

use crate::paging::Asked;

/// How an output of a kind is answered.
pub(crate) trait Kind: Sync {
    /// The response that shows the example output of an action, or something of the right kind if it has none.
    fn answer(&self, asked: &Asked<'_>) -> Response<Body>;
}

/// Makes the dispatch from a table of all kinds.
macro_rules! kinds {
    ($($kind:ident => $module:ident,)*) => {
        /// How the mock server answers with a kind.
        pub(crate) fn kind(kind: OutputKind) -> &'static dyn Kind {
            match kind {
                $(OutputKind::$kind => &$module::$kind,)*
            }
        }
    };
}

kinds! {
    Json => json,
    Xml => xml,
    Fields => fields,
    Text => text,
    Binary => binary,
    Headers => headers,
    Empty => empty,
}
