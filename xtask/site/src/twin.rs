//! Markdown for programs: the page of an address at the same address with `.md`, and all pages of an integration in one file.
//!
//! Links of a page are relative to the file that was generated; a copy elsewhere has them rewritten.

use anyhow::Result;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::address::{join, relative};
use crate::build::{Site, read};
use crate::index::Integration;
use crate::order::{Place, groups, twin};
use crate::write::Staging;

/// Where the Markdown of a page is: the address of the page with `.md` in the place of its last slash.
pub(crate) fn of(place: &Place) -> String {
    format!("{}.md", place.address.trim_end_matches('/'))
}

/// Writes the Markdown of a page to the address that [`of`] gives, unless its generated file is there already.
pub(crate) fn write(place: &Place, twin: &str, markdown: &str, staging: &Staging) -> Result<()> {
    let to = of(place);
    if to == twin { Ok(()) } else { staging.write(&to, moved(markdown, twin, &to).as_bytes()) }
}

/// All pages of an integration, the overview first.
pub(crate) fn whole(site: &Site, integration: &Integration) -> Result<String> {
    let folder = format!("integrations/{}", integration.slug());
    let to = format!("{folder}/llms-full.txt");
    let own = [twin(&integration.page), twin(&format!("{}/connect.md", integration.slug()))];
    let heads = groups(integration).into_iter().flat_map(|group| group.heads);
    let twins = own.into_iter().chain(heads.map(|head| twin(&head.page)));
    let mut out = String::new();
    for source in twins.filter_map(|twin| site.sources.get(twin.as_str()).copied()) {
        let text = moved(&read(&source.file)?, &source.twin, &to);
        // What stands before the title is for readers of single files.
        let start = text.find("\n# ").map_or(0, |at| at + 1);
        if !out.is_empty() {
            out.push_str("\n---\n\n");
        }
        out.push_str(text[start..].trim_end());
        out.push('\n');
    }
    Ok(out)
}

/// Markdown whose relative links lead to the same files from another place.
fn moved(markdown: &str, from: &str, to: &str) -> String {
    let folder = to.rfind('/').map_or("", |at| &to[..=at]);
    let mut out = String::with_capacity(markdown.len());
    let mut done = 0;
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_GFM);
    for (event, range) in events.into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let (path, anchor) =
            dest_url.find('#').map_or((&*dest_url, ""), |at| dest_url.split_at(at));
        let written = format!("]({dest_url})");
        let Some(target) = join(from, path).filter(|_| !path.is_empty() && !path.contains(':'))
        else {
            continue;
        };
        let Some(at) = markdown[range.clone()].rfind(&written).map(|at| range.start + at) else {
            continue;
        };
        if at >= done {
            out.push_str(&markdown[done..at]);
            out.push_str(&format!("]({}{anchor})", relative(folder, &target)));
            done = at + written.len();
        }
    }
    out.push_str(&markdown[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_moved_page_lead_to_the_same_files() {
        let page = "[a](../README.md) [b](x.md#y) [c](https://c.example) [d](#d)\n\n| t |\n| --- |\n| [e](../../README.md) |\n";
        assert_eq!(
            moved(page, "integrations/a/actions/b.md", "integrations/a/llms-full.txt"),
            "[a](README.md) [b](actions/x.md#y) [c](https://c.example) [d](#d)\n\n| t |\n| --- |\n| [e](../README.md) |\n"
        );
        assert_eq!(
            moved(
                "[a](connect.md) [b](../README.md)",
                "integrations/a/README.md",
                "integrations/a.md"
            ),
            "[a](a/connect.md) [b](README.md)"
        );
    }
}
