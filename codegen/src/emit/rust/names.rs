//! Identifiers: parsed, never pasted; moved out of the way of names that generated code needs itself.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::catalog::names::{is_prelude, is_reserved};
use crate::catalog::{Action, Integration};

/// Names that no action's module has: other modules and files of a crate (`lib.rs` and `main.rs` are roots of crates), and crates and macros
/// that its root names.
const MODULES: &[&str] = &[
    "actionspec_runtime",
    "alloc",
    "bin",
    "core",
    "descriptor",
    "http",
    "integration",
    "json",
    "lib",
    "main",
    "request",
    "rt",
    "runtime",
    "std",
    "triggers",
    "types",
    "view",
];
/// What a crate exports of the runtime: what its signatures name, and what callers implement or name most. All else is in its module `runtime`,
/// so that nobody needs a second dependency. Types of actions that have one of these names are exported by their module alone, so that a new
/// action never changes what a name means.
pub(super) const RUNTIME_TYPES: &[&str] = &[
    "BadToken",
    "Binary",
    "Body",
    "BoxFuture",
    "BuildError",
    "ByteStream",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Document",
    "Empty",
    "Error",
    "ErrorKind",
    "ExposeSecret",
    "Field",
    "File",
    "FromView",
    "Item",
    "Items",
    "List",
    "Map",
    "MemoryTransport",
    "Middleware",
    "Mismatch",
    "Next",
    "Pages",
    "PreparedRequest",
    "Response",
    "SecretString",
    "Sending",
    "Stream",
    "Text",
    "Timestamp",
    "Transport",
    "TransportError",
    "Typed",
    "Value",
    "View",
    "Violation",
    "Violations",
];
/// Methods of every client handle, those of its traits included: an action of that name would hide them.
const HANDLE_METHODS: &[&str] = &["builder", "client", "clone", "from"];
/// Methods of every request.
const REQUEST_METHODS: &[&str] = &[
    "call",
    "download",
    "next_page",
    "pages",
    "resume",
    "send",
    "send_all",
    "stream",
    "validate",
    "with_argument",
    "with_call",
    "with_client",
    "with_file",
];
/// Methods of every view.
const VIEW_METHODS: &[&str] = &["field", "json", "to_json"];
/// Methods of every connection builder.
const BUILDER_METHODS: &[&str] =
    &["base_url", "build", "configure", "header", "server", "timeout", "transport"];
/// Parses an identifier.
pub(super) fn ident(name: &str) -> syn::Result<Ident> {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && !is_reserved(name) && name != "Self" {
        // Nothing is left to parse; the parser takes a microsecond, and a catalogue has a million names.
        return Ok(Ident::new(name, proc_macro2::Span::call_site()));
    }
    syn::parse_str(name).map_err(|_| {
        let shown: String = name.chars().take(80).collect();
        syn::Error::new(
            proc_macro2::Span::call_site(),
            format!("`{}` is not an identifier", shown.escape_debug()),
        )
    })
}

/// The name of a package in Rust code.
pub(super) fn crate_name(package: &str) -> String {
    package.replace('-', "_")
}

/// The package of an integration: `actionspec-microsoft-entra-id`.
pub(super) fn package(prefix: &str, slug: &str) -> String {
    format!("{prefix}-{slug}")
}

/// The crate of an integration in Rust code: `actionspec_microsoft_entra_id`.
pub(super) fn integration_crate(prefix: &str, slug: &str) -> String {
    crate_name(&package(prefix, slug))
}

/// An id as an identifier: escaped where Rust reserves it.
pub(super) fn escaped(id: &str) -> String {
    [id.to_owned(), format!("{id}_"), format!("_{id}")]
        .into_iter()
        .find(|name| ident(name).is_ok())
        .unwrap_or_else(|| id.to_owned())
}

/// The module of an action.
pub(super) fn action_module(ident: &str) -> String {
    apart(ident, MODULES)
}

/// The method of an action.
pub(super) fn action_method(ident: &str) -> String {
    apart(ident, HANDLE_METHODS)
}

/// The setter of a parameter.
pub(super) fn setter(ident: &str) -> String {
    apart(ident, REQUEST_METHODS)
}

/// The accessor of a field.
pub(super) fn accessor(ident: &str) -> String {
    apart(ident, VIEW_METHODS)
}

/// The setters of a connection builder, in order: each apart from the builder's own methods and from those before it.
pub(super) fn builder_setters<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = BUILDER_METHODS.iter().map(ToString::to_string).collect();
    for name in names {
        let mut name = escaped(name);
        while taken.contains(&name) {
            name.push('_');
        }
        taken.push(name);
    }
    taken.split_off(BUILDER_METHODS.len())
}

/// The type of a parameter's values: apart from what generated code names without a path.
pub(super) fn type_name(name: &str) -> String {
    if is_prelude(name) { format!("{name}Value") } else { name.to_owned() }
}

/// Whether a type of an action's module can be exported by the crate's root too.
pub(super) fn is_exportable(name: &str) -> bool {
    !is_prelude(name) && !RUNTIME_TYPES.contains(&name)
}

/// Whether an action's request type is exported by the crate's root too.
pub(super) fn is_reexported(integration: &Integration, action: &Action) -> bool {
    let name = &action.type_name;
    *name != integration.type_name && *name != builder(integration) && is_exportable(name)
}

/// The type of the connection builder.
pub(super) fn builder(integration: &Integration) -> String {
    format!("{}Builder", integration.type_name)
}

fn apart(name: &str, reserved: &[&str]) -> String {
    if reserved.contains(&name) { format!("{name}_") } else { name.to_owned() }
}
/// The number of arguments above which clippy suggests a struct, including the receiver.
const MOST_ARGUMENTS: usize = 7;

/// An `expect` attribute for functions with more arguments than clippy allows, including the receiver.
pub(super) fn expect_many(arguments: usize) -> TokenStream {
    if arguments + 1 > MOST_ARGUMENTS {
        quote!(#[expect(clippy::too_many_arguments, reason = "the API requires all of them")])
    } else {
        TokenStream::new()
    }
}
