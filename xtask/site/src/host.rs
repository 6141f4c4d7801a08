//! What hosts and crawlers ask for: redirects of renamed pages, the sitemap, `robots.txt`.

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use crate::address::relative;
use crate::build::Site;
use crate::home::{categories, category_address};
use crate::text::escape;
use crate::write::Staging;

/// The most addresses that one sitemap may have (sitemaps.org).
const MOST: usize = 50_000;

#[derive(Serialize)]
struct Redirect {
    target: String,
    canonical: Option<String>,
    title: String,
}

pub(crate) fn write(site: &Site, staging: &Staging) -> Result<()> {
    redirects(site, staging)?;
    let Some(home) = site.options.absolute("") else {
        return staging.write("robots.txt", b"User-agent: *\nAllow: /\n");
    };
    let mut pages: Vec<String> =
        site.places.values().map(|place| format!("{home}{}", place.address)).collect();
    pages.push(home.clone());
    pages.extend(categories(site).map(|(id, _)| format!("{home}{}", category_address(id))));
    pages.sort();
    let parts: Vec<&[String]> = pages.chunks(MOST).collect();
    if let [all] = parts.as_slice() {
        staging.write("sitemap.xml", sitemap("urlset", "url", all).as_bytes())?;
    } else {
        let names: Vec<String> =
            (1..=parts.len()).map(|number| format!("sitemap-{number}.xml")).collect();
        for (part, name) in parts.iter().zip(&names) {
            staging.write(name, sitemap("urlset", "url", part).as_bytes())?;
        }
        let addresses: Vec<String> = names.iter().map(|name| format!("{home}{name}")).collect();
        staging.write("sitemap.xml", sitemap("sitemapindex", "sitemap", &addresses).as_bytes())?;
    }
    staging.write(
        "robots.txt",
        format!("User-agent: *\nAllow: /\n\nSitemap: {home}sitemap.xml\n").as_bytes(),
    )
}

fn sitemap(root: &str, entry: &str, addresses: &[String]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        xml.push_str(&format!("<{entry}><loc>{}</loc></{entry}>\n", escape(address)));
    }
    xml + &format!("</{root}>\n")
}

/// A page at each former address of an action; it works on every host, whatever it knows of redirects.
fn redirects(site: &Site, staging: &Staging) -> Result<()> {
    let renamed: Vec<(String, &str, &str)> = site
        .places
        .values()
        .filter_map(|place| Some((place, place.head?, place.integration?)))
        .flat_map(|(place, head, integration)| {
            let former = head
                .renamed_from
                .iter()
                .filter(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
            former.map(move |id| {
                let from = format!(
                    "integrations/{}/actions/{}/",
                    integration.slug(),
                    id.replace('_', "-")
                );
                (from, place.address.as_str(), head.title.as_str())
            })
        })
        .collect();
    renamed
        .par_iter()
        .try_for_each(|(from, to, title)| redirect(site, staging, from, to, title))?;
    // Who shortens an address finds the catalogue.
    redirect(site, staging, "integrations/", "", &site.input.index.title)
}

fn redirect(site: &Site, staging: &Staging, from: &str, to: &str, title: &str) -> Result<()> {
    let page = Redirect {
        target: relative(from, to),
        canonical: site.options.absolute(to),
        title: title.to_owned(),
    };
    staging.write(
        &format!("{from}index.html"),
        site.templates.render("redirect.html", &page)?.as_bytes(),
    )
}
