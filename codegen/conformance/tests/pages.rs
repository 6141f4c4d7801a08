//! Generated pages: links lead somewhere, fences parse, tables are whole, nothing is injected.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use support::{fences, projects};

#[test]
fn every_link_leads_somewhere() {
    for project in projects() {
        let pages = project.pages();
        let anchors: HashMap<PathBuf, HashSet<String>> =
            pages.iter().map(|(path, text)| (path.clone(), anchors(text))).collect();
        let mut broken = Vec::new();
        for (path, text) in &pages {
            for link in links(text).into_iter().filter(|link| !link.contains(':')) {
                let (target, anchor) = link.split_once('#').unwrap_or((link.as_str(), ""));
                let target = if target.is_empty() {
                    path.clone()
                } else {
                    normal(&path.parent().unwrap().join(target))
                };
                let found = match anchors.get(&target) {
                    Some(known) => anchor.is_empty() || known.contains(anchor),
                    None => target.exists() && anchor.is_empty(),
                };
                if !found {
                    broken.push(format!("{}: {link}", path.display()));
                }
            }
        }
        assert!(broken.is_empty(), "{}: {broken:#?}", project.name);
    }
}

#[test]
fn links_elsewhere_are_https() {
    for project in projects() {
        for (path, text) in project.pages() {
            for link in links(&text).into_iter().filter(|link| link.contains(':')) {
                assert!(
                    link.starts_with("https://") || link.starts_with("mailto:"),
                    "{}: {link}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_json_fence_is_json() {
    for project in projects() {
        for (path, text) in project.pages() {
            for (language, code) in fences(&text) {
                if language == "json" {
                    let parsed: Result<serde_json::Value, _> = serde_json::from_str(&code);
                    assert!(parsed.is_ok(), "{}: {parsed:?}\n{code}", path.display());
                }
            }
        }
    }
}

#[test]
fn every_table_is_whole() {
    for project in projects() {
        for (path, text) in project.pages() {
            // A row that fell out of its table reads as a paragraph that begins with a pipe.
            for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter()
            {
                if event == Event::Start(Tag::Paragraph) {
                    assert!(
                        !text[range.clone()].starts_with('|'),
                        "{}: a row outside its table: {}",
                        path.display(),
                        &text[range]
                    );
                }
            }
        }
    }
}

#[test]
fn no_text_of_a_spec_becomes_markup() {
    const ALLOWED: &[&str] = &[
        "<a id=",
        "</a>",
        "<br",
        "<details",
        "</details",
        "<summary",
        "</summary",
        "<sub>",
        "</sub>",
        "<!-- @generated",
        "<kbd>",
        "</kbd>",
        "<code>",
        "</code>",
        "</pre>",
    ];
    // Code in a language that site generators would run as their own is written as markup.
    let is_code = |tag: &str| {
        tag.strip_prefix("<pre lang=\"")
            .and_then(|rest| rest.strip_suffix("\">"))
            .is_some_and(|language| language.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    for project in projects() {
        for (path, text) in project.pages() {
            for event in Parser::new_ext(&text, Options::all()) {
                if let Event::Html(html) | Event::InlineHtml(html) = event {
                    for tag in
                        html.split_inclusive('>').map(str::trim).filter(|tag| tag.starts_with('<'))
                    {
                        let allowed =
                            is_code(tag) || ALLOWED.iter().any(|allowed| tag.starts_with(allowed));
                        assert!(allowed, "{}: {tag}", path.display());
                    }
                }
            }
            assert!(
                !text.contains(['\u{202e}', '\u{202d}', '\u{2066}', '\u{2067}', '\0']),
                "{}: a control character",
                path.display()
            );
        }
    }
}

fn links(page: &str) -> Vec<String> {
    Parser::new_ext(page, Options::all())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        })
        .collect()
}

/// The anchors of a page: `<a id="…">`, and headings as GitHub names them.
fn anchors(page: &str) -> HashSet<String> {
    let mut anchors: HashSet<String> = page
        .split("<a id=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(id, _)| id.to_owned()))
        .collect();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default().to_lowercase();
                let slug: String = text
                    .chars()
                    .filter_map(|c| match c {
                        ' ' => Some('-'),
                        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
                        _ => None,
                    })
                    .collect();
                let mut unique = slug.clone();
                let mut number = 1;
                while !anchors.insert(unique.clone()) {
                    unique = format!("{slug}-{number}");
                    number += 1;
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    anchors
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}
