//! The site of the conformance specs, which use every feature and try every trick.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use actionspec_site::{Options, build, check};
use serde_json::Value;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn options(out: &Path) -> Options {
    Options {
        generated: project().join("codegen/conformance/generated"),
        on_demand: project().join("codegen/conformance/generated"),
        templates: project().join("docs-templates/site"),
        guides: Some(project().join("docs-templates/guides")),
        out: out.to_owned(),
        base_path: "docs".to_owned(),
        base_url: Some("https://docs.example.com/".to_owned()),
        edit_url: None,
        search: false,
    }
    .checked()
    .unwrap()
}

/// Every file of a folder: path and contents.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(
                    path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"),
                    std::fs::read(&path).unwrap(),
                );
            }
        }
    }
    found
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files.get(path).unwrap_or_else(|| panic!("no {path}")).clone()).unwrap()
}

#[test]
fn the_same_input_gives_the_same_site_and_stale_files_go() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    let first = files(&out);
    std::fs::write(out.join("stale.html"), "old").unwrap();
    build(&options(&out)).unwrap();
    assert!(files(&out) == first);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing else is left beside the site"
    );
}

#[test]
fn every_page_has_a_twin_a_canonical_address_and_a_place_in_the_sitemap() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let report = build(&options(&out)).unwrap();
    assert!(report.pages > 30 && report.links > 1000, "{report:?}");
    let files = files(&out);
    let sitemap = text(&files, "sitemap.xml");
    let mut pages = 0;
    for (path, contents) in &files {
        let Some(address) = path.strip_suffix("index.html").filter(|address| *address != "search/")
        else {
            continue;
        };
        let html = std::str::from_utf8(contents).unwrap();
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        pages += 1;
        let absolute = format!("https://docs.example.com/docs/{address}");
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{absolute}\">")), "{path}");
        assert!(sitemap.contains(&format!("<loc>{absolute}</loc>")), "{path}");
        let twin = html
            .split("type=\"text/markdown\" href=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        // The link checker has followed it; here is that it leads to the source.
        assert!(
            Path::new(twin).extension().is_some_and(|extension| extension == "md"),
            "{path}: {twin}"
        );
    }
    assert_eq!(sitemap.matches("<loc>").count(), pages);
    assert!(
        text(&files, "robots.txt").contains("Sitemap: https://docs.example.com/docs/sitemap.xml")
    );
}

#[test]
fn twins_are_the_generated_pages() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    let site = files(&out);
    let docs = files(&project().join("codegen/conformance/generated/docs"));
    assert!(!docs.is_empty());
    for (path, contents) in docs {
        assert!(site.get(&format!("integrations/{path}")) == Some(&contents), "{path}");
    }
}

#[test]
fn former_addresses_of_an_action_lead_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    let page = text(&files(&out), "integrations/chaos/actions/get-all/index.html");
    assert!(page.contains("content=\"0; url=../get-everything/\""), "{page}");
    assert!(page.contains("rel=\"canonical\" href=\"https://docs.example.com/docs/integrations/chaos/actions/get-everything/\""), "{page}");
}

#[test]
fn schemas_stand_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    let files = files(&out);
    let schemas: Vec<(&String, Value)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".schema.json") && path.starts_with("integrations/"))
        .map(|(path, contents)| (path, serde_json::from_slice(contents).unwrap()))
        .collect();
    assert!(schemas.len() > 30, "{}", schemas.len());
    for (path, schema) in &schemas {
        assert_eq!(schema["$id"], format!("https://docs.example.com/docs/{path}"));
        let mut open = vec![schema];
        while let Some(value) = open.pop() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                assert!(
                    schema.pointer(reference.trim_start_matches('#')).is_some(),
                    "{path}: {reference}"
                );
            }
            open.extend(value.as_object().into_iter().flat_map(serde_json::Map::values));
            open.extend(value.as_array().into_iter().flatten());
        }
    }
}

#[test]
fn llms_txt_has_the_form_of_llmstxt_org() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    let files = files(&out);
    for path in ["llms.txt", "integrations/chaos/llms.txt", "integrations/hostile/llms.txt"] {
        let text = text(&files, path);
        let mut lines = text.lines();
        assert!(lines.next().unwrap().starts_with("# "), "{text}");
        assert_eq!(lines.next(), Some(""));
        assert!(lines.next().unwrap().starts_with("> "), "{text}");
        for line in lines.filter(|line| line.starts_with("- ")) {
            assert!(
                line.starts_with("- [") && line.contains("](https://docs.example.com/docs/"),
                "{line}"
            );
        }
    }
}

#[test]
fn nothing_of_a_spec_is_markup_or_template_syntax() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    for (path, contents) in files(&out)
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|found| found == "html"))
    {
        let html = std::str::from_utf8(contents).unwrap();
        for syntax in ["{{", "{%", "{#"] {
            assert!(!html.contains(syntax), "{path}: {syntax}");
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("assets/theme.js?v=").count()
                + html.matches("assets/site.js?v=").count()
                + html.matches("<script type=\"application/ld+json\">").count(),
            "{path}"
        );
        assert!(
            !html.contains("<img")
                && !html.contains("javascript:alert(1)\"")
                && !html.contains('\u{202e}'),
            "{path}"
        );
    }
}

#[test]
fn a_folder_of_somebody_else_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let error = build(&options(folder.path())).unwrap_err();
    assert!(error.to_string().contains("not touched"), "{error}");
    assert_eq!(files(folder.path()).len(), 1);
}

#[test]
fn addresses_that_could_not_be_served_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let with = |change: fn(&mut Options)| {
        let mut options = options(folder.path());
        change(&mut options);
        options.checked().is_err()
    };
    assert!(with(|options| options.base_path = "/a b/".to_owned()));
    assert!(with(|options| options.base_url = Some("docs.example.com".to_owned())));
    assert!(with(|options| options.edit_url = Some("javascript:alert(1)".to_owned())));
}

#[test]
fn the_checker_finds_every_kind_of_broken_link() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    write(
        "index.html",
        "<a href=a/>x</a><a href='a/#there'>x</a><a href='/docs/a/?q=1'>x</a><a href=https://x.example>x</a><i id=1></i>",
    );
    write("a/index.html", "<i id=there></i><a href=../x.md>x</a>");
    write("x.md", "[a](a/index.html)");
    assert_eq!(check::links(folder.path(), "/docs/").unwrap().problems, Vec::<String>::new());
    write(
        "b/index.html",
        "<a href=../c/>x</a><a href='../a/#nowhere'>x</a><a href=/a/>x</a><img src=x.png><i id=t></i><i id=t></i><a href=javascript:x>y</a><meta http-equiv=refresh content='0; url=../gone/'>",
    );
    write("y.md", "[gone](gone.md)");
    let problems = check::links(folder.path(), "/docs/").unwrap().problems;
    assert_eq!(
        problems,
        [
            "b/index.html: ../a/#nowhere",
            "b/index.html: ../c/",
            "b/index.html: ../gone/",
            "b/index.html: /a/",
            "b/index.html: javascript:x",
            "b/index.html: two elements with the id `t`",
            "b/index.html: x.png",
            "y.md: gone.md",
        ]
    );
}

#[test]
fn a_markdown_link_to_nothing_stops_the_build_and_the_site_stays() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&options(&out)).unwrap();
    let before = files(&out);
    let generated = folder.path().join("generated");
    for (path, contents) in files(&project().join("codegen/conformance/generated"))
        .iter()
        .filter(|(path, _)| !path.starts_with("rust/"))
    {
        let file = generated.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, contents).unwrap();
    }
    std::fs::write(generated.join("docs/features.md"), "# Features\n\n[gone](gone.md)\n").unwrap();
    let error = build(&Options { generated: generated.clone(), ..options(&out) }).unwrap_err();
    assert!(error.to_string().contains("integrations/features.md: gone.md"), "{error}");
    assert!(files(&out) == before);
    // A page about the whole catalogue needs nothing but its file.
    std::fs::write(generated.join("docs/features.md"), "# Features\n\n[Chaos](chaos/README.md)\n")
        .unwrap();
    build(&Options { generated, ..options(&out) }).unwrap();
    assert!(text(&files(&out), "features/index.html").contains("href=\"../integrations/chaos/\""));
}
