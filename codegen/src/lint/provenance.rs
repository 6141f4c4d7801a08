//! Where facts come from: links to the vendor, sources with an address.

use super::Findings;
use super::file::{Kind, SpecFile, host};

/// The page of an action or trigger is on a host that the integration names too.
pub(super) fn check_links(file: &SpecFile, findings: &mut Findings) {
    let documentation = match file.kind {
        Kind::Integration => return,
        Kind::Action(action) => &action.documentation,
        Kind::Trigger(trigger) => &trigger.documentation,
    };
    let host = host(documentation);
    if !file.home.owns(host) {
        let known: Vec<String> =
            file.home.domains.iter().map(|domain| format!("`{domain}`")).collect();
        findings
            .add(file.tree.value("/documentation"), format!("`{host}` is not a host of the vendor"))
            .help(
                "link to the vendor's own page, or name the host under `links` of the integration",
            )
            .note(format!("the integration names {}", known.join(", ")));
    }
}

/// A source is an address that a reader can open.
pub(super) fn check_sources(file: &SpecFile, findings: &mut Findings) {
    for (document, span) in file.sources() {
        if !document.starts_with("https://") {
            findings.add(span, "the source has no URL").help(
                "use the `https` URL of the document, and put further details \
                into `version`",
            );
        }
    }
}
