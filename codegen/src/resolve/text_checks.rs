//! Texts, links and sources that several kinds of file have.

use actionspec_model::format;

use crate::catalog::{Permission, Permissions};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{
    self, Change, Deprecation, Link, Note, NoteKind, Notes, PermissionKind, Source, SourceDocument,
};

pub(super) fn links(links: &[Link], pointer: &str, report: &mut Report) {
    for (index, link) in links.iter().enumerate() {
        let at = join(pointer, index);
        report.not_blank(&join(&at, "title"), &link.title);
        report.url(&join(&at, "url"), &link.url);
    }
}

pub(super) fn keywords(keywords: &[String], report: &mut Report) -> Vec<String> {
    for (index, keyword) in keywords.iter().enumerate() {
        report.not_blank(&join("/keywords", index), keyword);
    }
    keywords.to_vec()
}

pub(super) fn notes(notes: &[Notes], pointer: &str, report: &mut Report) -> Vec<Note> {
    let resolved: Vec<Note> = notes
        .iter()
        .map(|note| match note {
            Notes::Text(text) => Note { kind: NoteKind::Note, text: text.clone() },
            Notes::Note(note) => note.clone(),
        })
        .collect();
    for (index, note) in resolved.iter().enumerate() {
        report.not_blank(&join(pointer, index), &note.text);
    }
    resolved
}

pub(super) fn permissions(permissions: &spec::Permissions, report: &mut Report) -> Permissions {
    match permissions {
        spec::Permissions::None(waiver) => {
            report.not_blank("/permissions/none", &waiver.none);
            Permissions::None(waiver.none.clone())
        }
        spec::Permissions::All(all) => {
            if all.is_empty() {
                report
                    .error(Code::EmptyText, "/permissions", "`permissions` is empty")
                    .help("list them, or write `permissions: {none: why none is required}`");
            }
            Permissions::All(
                all.iter()
                    .enumerate()
                    .map(|(index, one)| permission(one, &join("/permissions", index), report))
                    .collect(),
            )
        }
    }
}

fn permission(permission: &spec::Permission, pointer: &str, report: &mut Report) -> Permission {
    match permission {
        spec::Permission::Name(name) => {
            report.not_blank(pointer, name);
            Permission {
                name: name.clone(),
                kind: PermissionKind::Permission,
                when: None,
                link: None,
            }
        }
        spec::Permission::Detailed { name, kind, when, link } => {
            report.not_blank(&join(pointer, "name"), name);
            if let Some(link) = link {
                report.url(&join(pointer, "link"), link);
            }
            Permission { name: name.clone(), kind: *kind, when: when.clone(), link: link.clone() }
        }
    }
}

pub(super) fn source(source: &Source, report: &mut Report) -> Vec<SourceDocument> {
    let documents = match source {
        Source::Name(document) => vec![SourceDocument {
            document: document.clone(),
            operation: None,
            version: None,
            read_on: None,
        }],
        Source::One(one) => vec![one.clone()],
        Source::Many(many) => many.clone(),
    };
    if documents.is_empty() || documents.iter().any(|one| one.document.trim().is_empty()) {
        report
            .error(Code::EmptyText, "/source", "`source` is empty")
            .help("add the document that the action was verified against")
            .note("an action without a source cannot be checked when the vendor changes it");
    }
    for one in &documents {
        if let Some(date) = &one.read_on
            && !format::holds("date", date)
        {
            report
                .error(Code::BadVersion, "/source", format!("`{date}` is not an ISO 8601 date"))
                .help("write it as `2026-01-31`");
        }
    }
    documents
}

pub(super) fn deprecation(deprecated: Option<&Deprecation>, pointer: &str, report: &mut Report) {
    let Some(deprecated) = deprecated else { return };
    report.not_blank(&join(pointer, "reason"), &deprecated.reason);
    if let Some(link) = &deprecated.link {
        report.url(&join(pointer, "link"), link);
    }
}

/// The changes, the newest first whatever order they were written in; those of one day stay as written.
pub(super) fn changes(changes: &[Change], report: &mut Report) -> Vec<Change> {
    for (index, change) in changes.iter().enumerate() {
        let at = join("/changes", index);
        report.not_blank(&join(&at, "description"), &change.description);
        if !format::holds("date", &change.date) {
            let message = format!("`{}` is not an ISO 8601 date", change.date);
            report
                .error(Code::BadVersion, &join(&at, "date"), message)
                .help("write it as `2026-01-31`");
        }
    }
    let mut sorted = changes.to_vec();
    sorted.sort_by(|a, b| b.date.cmp(&a.date));
    sorted
}

/// A version of a package.
pub(super) fn version(version: &str, pointer: &str, report: &mut Report) {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let core = version.split(['-', '+']).next().unwrap_or_default();
    if core.split('.').count() != 3 || !core.split('.').all(is_number) {
        report
            .error(Code::BadVersion, pointer, format!("`{version}` is not a SemVer version"))
            .help("write three numbers: `1.0.0`");
    }
}
