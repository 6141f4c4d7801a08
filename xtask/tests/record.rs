//! `import curl`, `import har` and `new` as people run them: what is printed, what is written, and that `gen` accepts it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::json;

/// An empty specs folder.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("specs")).unwrap();
        Self(folder)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        std::fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .args(["--specs", "specs"])
            .current_dir(self.0.path())
            .output();
        output.unwrap()
    }

    /// Runs a command that must succeed, and gives what it says.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}\n{}", said(&output));
        said(&output)
    }

    /// Runs a command that must fail, and gives what it says.
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}\n{}", said(&output));
        said(&output)
    }

    fn generates(&self) {
        let out = self.path("generated");
        self.does(&["gen", "--quiet", "--out", out.to_str().unwrap()]);
        self.does(&["gen", "--quiet", "--check", "--out", out.to_str().unwrap()]);
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_curl_command_becomes_an_action_that_gen_accepts() {
    let project = Project::new();
    let command = "curl -X POST https://api.acme.dev/v1/users/17/keys?notify=true -H 'Authorization: Bearer made-up' --json '{\"name\": \"ci\", \"days\": 30}' | jq";
    let told = project.does(&["import", "curl", command]);
    assert!(
        told.contains("specs/acme/actions/create_user_key.yaml")
            && told.contains("header `Authorization`"),
        "{told}"
    );
    let spec = project.read("specs/acme/actions/create_user_key.yaml");
    assert!(
        spec.contains("request: POST /v1/users/{user_id}/keys") && !spec.contains("made-up"),
        "{spec}"
    );
    project.generates();

    // The integration is found by its host, and what is there stays.
    let told = project.does(&["import", "curl", "curl -u ada:pw https://api.acme.dev/v1/users/17"]);
    assert!(
        told.contains("specs/acme/actions/get_user.yaml")
            && told.contains("declares no such authentication scheme"),
        "{told}"
    );
    project.generates();
    project.write(
        "specs/acme/actions/get_user.yaml",
        &project
            .read("specs/acme/actions/get_user.yaml")
            .replace("title: Get User", "title: Fetch User"),
    );
    let told = project.fails(&["import", "curl", "curl https://api.acme.dev/v1/users/18"]);
    assert!(told.contains("`--force` replaces it"), "{told}");
    assert!(project.read("specs/acme/actions/get_user.yaml").contains("Fetch User"));
    project.does(&["import", "curl", "curl https://api.acme.dev/v1/users/18", "--force"]);
    assert!(project.read("specs/acme/actions/get_user.yaml").contains("Get User"));
    project.does(&[
        "import",
        "curl",
        "curl https://api.acme.dev/v1/users/18",
        "--action",
        "fetch_user",
        "--quiet",
    ]);
    project.generates();
}

#[test]
fn a_command_names_files_and_its_mistakes_are_shown() {
    let project = Project::new();
    project.write("body.json", "{\"a\": 1}");
    for word in ["-d @body.json", "--data-urlencode a@body.json", "--json @body.json"] {
        let command = format!("curl https://api.acme.dev/things {word}");
        let told = project.fails(&["import", "curl", &command, "--integration", "acme_labs"]);
        assert!(told.contains("only with the option `--file body.json`"), "{word}: {told}");
    }
    project.does(&[
        "import",
        "curl",
        "--file",
        "body.json",
        "curl https://api.acme.dev/things -d @body.json -H 'Content-Type: application/json'",
        "--integration",
        "acme_labs",
    ]);
    assert!(project.read("specs/acme_labs/actions/create_thing.yaml").contains("type: integer"));
    let told = project.fails(&["import", "curl", "curl https://api.acme.dev/ \\\n  --heder x"]);
    for part in ["curl has no option `--heder`", "did you mean `--header`?", "--> 2:3", "^"] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let told = project.does(&["import", "curl", "curl https://api.acme.dev/others", "--dry-run"]);
    assert!(
        told.contains("request: GET /others") && !project.path("specs/acme/actions").exists(),
        "{told}"
    );
}

#[test]
fn recorded_traffic_becomes_actions_and_examples() {
    let project = Project::new();
    let secret = "s3cr3t-of-jane";
    let entry = |method: &str, url: &str, answer: serde_json::Value| {
        let headers = json!([{"name": "Cookie", "value": format!("session={secret}")}, {"name": "X-CSRF-Token", "value": secret}]);
        json!({"request": {"method": method, "url": url, "headers": headers}, "response": {"status": 200, "content": {"mimeType": "application/json", "text": answer.to_string()}}})
    };
    let user = |id: u32| json!({"id": id, "name": "Jane Public", "email": "jane@corp.test", "apiToken": secret, "teams": [{"id": 1, "title": "Red"}]});
    let har = json!({"log": {"entries": [
        entry("GET", "https://app.acme.dev/api/users?page=1", json!({"items": [user(1), user(2), user(3)], "total": 3})),
        entry("GET", "https://app.acme.dev/api/users/1", user(1)),
        entry("GET", "https://app.acme.dev/api/users/2", user(2)),
        entry("DELETE", "https://app.acme.dev/api/users/2", json!({"deleted": true})),
        entry("GET", "https://metrics.example.net/collect", json!({})),
        json!({"request": {"method": "GET", "url": "https://app.acme.dev/logo.png"}, "response": {"status": 200, "content": {"mimeType": "image/png"}}}),
    ]}});
    project.write("traffic.har", &har.to_string());
    let told = project.does(&["import", "har", "traffic.har"]);
    for part in [
        "Wrote 3 actions",
        "cookie `session`",
        "metrics.example.net",
        "e-mail addresses",
        "pictures",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    project.generates();
    for file in walk(&project.path("specs")).iter().chain(&walk(&project.path("generated"))) {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        for real in [secret, "Jane", "corp.test"] {
            assert!(!text.contains(real), "{real} in {}", file.display());
        }
    }
    let told = project.fails(&["import", "har", "traffic.har"]);
    assert!(told.contains("there already"), "{told}");
    project.write("broken.har", "{\"log\": [");
    assert!(project.fails(&["import", "har", "broken.har"]).contains("the file is not JSON"));
    assert!(
        project
            .fails(&["import", "har", "traffic.har", "--host", "nowhere.example.com"])
            .contains("it has requests at app.acme.dev")
    );
}

#[test]
fn a_new_integration_and_its_actions_are_accepted_at_once() {
    let project = Project::new();
    project.does(&[
        "new",
        "acme",
        "--title",
        "Acme Cloud",
        "--server",
        "https://api.acme.dev/v1",
        "--authentication",
        "oauth2",
    ]);
    project.generates();
    project.does(&["new", "acme", "get_user"]);
    project.does(&["new", "acme", "create_user", "--request", "POST /users"]);
    project.write("users.json", "[{\"name\": \"Jane Public\", \"email\": \"jane@corp.test\"}]");
    let told = project.does(&[
        "new",
        "acme",
        "list_users",
        "--request",
        "GET /users",
        "--from-response",
        "users.json",
    ]);
    assert!(told.contains("e-mail addresses: 1"), "{told}");
    assert!(project.read("specs/acme/actions/list_users.yaml").contains("Ada Lovelace"));
    project.generates();
    assert!(project.fails(&["new", "acme", "get_user"]).contains("`--force` replaces it"));
    assert!(project.fails(&["new", "Acme"]).contains("cannot be the id of an integration"));
    assert!(project.fails(&["new"]).contains("name the integration"));
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
