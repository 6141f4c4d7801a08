//! The link checker: every link, anchor and asset of every page of a built site, read as a browser reads them.
//!
//! It knows nothing of how the site was built. Addresses of other hosts are not followed; `cargo xtask ci` must not depend on them.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::path::Path;

use anyhow::{Context, Result};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::prelude::*;

use crate::address::join;
use crate::input::{files, is};

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Pages of HTML, redirects left out.
    pub pages: usize,
    /// Links that were followed.
    pub links: usize,
    /// Broken links, each with its page.
    pub problems: Vec<String>,
}

/// The links and anchors of a file.
#[derive(Default)]
struct Found {
    links: Vec<String>,
    anchors: HashSet<String>,
    /// An anchor that two elements claim.
    twice: Vec<String>,
    redirect: bool,
}

/// Checks a site that is served below `base_path`.
pub fn links(site: &Path, base_path: &str) -> Result<Checked> {
    let all = files(site, "")?;
    let known: HashSet<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
    let own = |path: &str| !path.starts_with("pagefind/");
    let pages: HashMap<&str, Found> = all
        .par_iter()
        .filter(|(path, _)| own(path))
        .filter_map(|(path, file)| {
            let read =
                || std::fs::read_to_string(file).with_context(|| format!("{}", file.display()));
            match path.rsplit('.').next() {
                Some("html") => Some(read().map(|text| (path.as_str(), of_html(&text)))),
                Some("md" | "txt") => Some(read().map(|text| (path.as_str(), of_markdown(&text)))),
                _ => None,
            }
        })
        .collect::<Result<_>>()?;
    let mut problems: Vec<String> = pages
        .par_iter()
        .flat_map_iter(|(path, found)| problems(path, found, &pages, &known, base_path))
        .collect();
    problems.sort();
    Ok(Checked {
        pages: pages.iter().filter(|(path, found)| is(path, "html") && !found.redirect).count(),
        links: pages.values().map(|found| found.links.len()).sum(),
        problems,
    })
}

fn problems(
    path: &str,
    found: &Found,
    pages: &HashMap<&str, Found>,
    known: &HashSet<&str>,
    base_path: &str,
) -> Vec<String> {
    let broken =
        found.links.iter().filter(|link| !leads_somewhere(path, link, pages, known, base_path));
    let broken = broken.map(|link| format!("{path}: {link}"));
    broken
        .chain(
            found.twice.iter().map(|anchor| format!("{path}: two elements with the id `{anchor}`")),
        )
        .collect()
}

fn leads_somewhere(
    from: &str,
    link: &str,
    pages: &HashMap<&str, Found>,
    known: &HashSet<&str>,
    base_path: &str,
) -> bool {
    if let Some((scheme, _)) =
        link.split_once(':').filter(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()))
    {
        return matches!(scheme, "https" | "http" | "mailto" | "data");
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let target = if path.is_empty() {
        Some(from.to_owned())
    } else if path.starts_with('/') {
        path.strip_prefix(base_path).map(str::to_owned)
    } else {
        join(from, path)
    };
    let Some(target) = target else { return false };
    let decoded = percent_decode_str(&target).decode_utf8_lossy();
    let file = if decoded.is_empty() || decoded.ends_with('/') {
        format!("{decoded}index.html")
    } else {
        decoded.into_owned()
    };
    let anchor = percent_decode_str(anchor).decode_utf8_lossy();
    known.contains(file.as_str())
        && (anchor.is_empty()
            || !is(&file, "html")
            || pages.get(file.as_str()).is_some_and(|page| page.anchors.contains(&*anchor)))
}

/// An attribute that matters.
#[derive(Clone, Copy)]
enum Attribute {
    Id,
    Link,
    Refresh,
    Content,
}

/// Reads a page by callbacks: of the strings in it, only the wanted ones are copied.
fn of_html(text: &str) -> Found {
    let mut found = Found::default();
    let mut attribute = None;
    let (mut refresh, mut content) = (false, String::new());
    let read = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { .. } => (refresh, content) = (false, String::new()),
            CallbackEvent::AttributeName { name } => {
                attribute = match name {
                    b"id" => Some(Attribute::Id),
                    b"href" | b"src" => Some(Attribute::Link),
                    b"http-equiv" => Some(Attribute::Refresh),
                    b"content" => Some(Attribute::Content),
                    _ => None,
                };
            }
            CallbackEvent::AttributeValue { value } => {
                let text = || String::from_utf8_lossy(value).into_owned();
                match attribute.take() {
                    Some(Attribute::Id) if found.anchors.insert(text()) => {}
                    Some(Attribute::Id) => found.twice.push(text()),
                    Some(Attribute::Link) => found.links.push(text()),
                    Some(Attribute::Refresh) => refresh = value.eq_ignore_ascii_case(b"refresh"),
                    Some(Attribute::Content) => content = text(),
                    None => {}
                }
            }
            CallbackEvent::CloseStartTag { .. } if refresh => {
                found.redirect = true;
                found.links.extend(content.split_once("url=").map(|(_, link)| link.to_owned()));
            }
            _ => {}
        }
        None
    };
    // Reading a string cannot fail.
    let _ = Tokenizer::new_with_emitter(text, CallbackEmitter::new(read)).finish();
    found
}

fn of_markdown(text: &str) -> Found {
    let links =
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_GFM).filter_map(|event| {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    Some(dest_url.to_string())
                }
                _ => None,
            }
        });
    Found { links: links.collect(), ..Found::default() }
}
