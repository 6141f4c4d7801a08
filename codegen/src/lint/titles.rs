//! Titles: in Title Case, and of actions with the verb first.

use super::Findings;
use super::file::{Kind, Prose, Role, SpecFile};

/// Words that Title Case leaves small, unless they stand first or last.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on",
    "onto", "or", "per", "the", "to", "via", "vs", "with",
];

/// Verbs that an action can begin with. A missing one is added here when an action needs it.
const VERBS: &[&str] = &[
    "Accept",
    "Acknowledge",
    "Activate",
    "Add",
    "Aggregate",
    "Allow",
    "Analyze",
    "Apply",
    "Approve",
    "Archive",
    "Assign",
    "Associate",
    "Assume",
    "Attach",
    "Authenticate",
    "Authorize",
    "Ban",
    "Begin",
    "Block",
    "Build",
    "Cancel",
    "Change",
    "Check",
    "Clear",
    "Clone",
    "Close",
    "Commit",
    "Compare",
    "Complete",
    "Confirm",
    "Connect",
    "Contain",
    "Continue",
    "Convert",
    "Copy",
    "Cordon",
    "Count",
    "Create",
    "Deactivate",
    "Decode",
    "Decrypt",
    "Delete",
    "Deny",
    "Deploy",
    "Deregister",
    "Describe",
    "Detach",
    "Detect",
    "Disable",
    "Disassociate",
    "Disconnect",
    "Dismiss",
    "Dispatch",
    "Download",
    "Drain",
    "Duplicate",
    "Edit",
    "Enable",
    "Encrypt",
    "End",
    "Enroll",
    "Escalate",
    "Estimate",
    "Evaluate",
    "Evict",
    "Exchange",
    "Execute",
    "Expire",
    "Export",
    "Extend",
    "Fetch",
    "Find",
    "Finish",
    "Flag",
    "Follow",
    "Forward",
    "Generate",
    "Get",
    "Give",
    "Grant",
    "Head",
    "Hide",
    "Import",
    "Index",
    "Ingest",
    "Insert",
    "Install",
    "Invalidate",
    "Invite",
    "Invoke",
    "Isolate",
    "Join",
    "Kill",
    "Label",
    "Leave",
    "Lift",
    "Link",
    "List",
    "Lock",
    "Log",
    "Look",
    "Make",
    "Mark",
    "Merge",
    "Migrate",
    "Modify",
    "Move",
    "Mute",
    "Notify",
    "Open",
    "Order",
    "Patch",
    "Pause",
    "Ping",
    "Pin",
    "Poll",
    "Post",
    "Preauthenticate",
    "Preview",
    "Print",
    "Promote",
    "Publish",
    "Purge",
    "Put",
    "Quarantine",
    "Query",
    "Quote",
    "Reactivate",
    "Read",
    "Reboot",
    "Receive",
    "Refresh",
    "Register",
    "Reindex",
    "Reject",
    "Release",
    "Reload",
    "Remove",
    "Rename",
    "Render",
    "Renew",
    "Reopen",
    "Replace",
    "Reply",
    "Report",
    "Request",
    "Rerun",
    "Rescan",
    "Reset",
    "Resolve",
    "Restart",
    "Restore",
    "Restrict",
    "Resume",
    "Retry",
    "Return",
    "Review",
    "Revoke",
    "Roll",
    "Rotate",
    "Run",
    "Save",
    "Scale",
    "Scan",
    "Schedule",
    "Score",
    "Search",
    "Select",
    "Send",
    "Set",
    "Share",
    "Show",
    "Sign",
    "Simulate",
    "Skip",
    "Snooze",
    "Start",
    "Stop",
    "Store",
    "Stream",
    "Subscribe",
    "Submit",
    "Summarize",
    "Suspend",
    "Sync",
    "Tag",
    "Terminate",
    "Test",
    "Track",
    "Transfer",
    "Transition",
    "Translate",
    "Trigger",
    "Truncate",
    "Unarchive",
    "Unassign",
    "Unban",
    "Unblock",
    "Uncordon",
    "Undelete",
    "Undo",
    "Unenroll",
    "Unflag",
    "Unhide",
    "Unlink",
    "Unlock",
    "Unmute",
    "Unpin",
    "Unpublish",
    "Unregister",
    "Unshare",
    "Unsubscribe",
    "Unsuspend",
    "Untag",
    "Update",
    "Upgrade",
    "Upload",
    "Upsert",
    "Validate",
    "Verify",
    "View",
    "Vote",
    "Wait",
    "Watch",
    "Wipe",
    "Write",
];

pub(super) fn check(file: &SpecFile, findings: &mut Findings) {
    for title in file.prose.iter().filter(|prose| prose.role == Role::Title) {
        // The vendor's own name is as the vendor writes it; texts of links and names of workflows are not headings.
        let own_name = title.pointer == "/title" && matches!(file.kind, Kind::Integration);
        if own_name || title.pointer.contains("/links/") || title.pointer.starts_with("/workflows/")
        {
            continue;
        }
        check_case(title, findings);
        if title.pointer == "/title" && matches!(file.kind, Kind::Action(_)) {
            check_verb(title, findings);
        }
    }
}

fn check_case(title: &Prose, findings: &mut Findings) {
    let words: Vec<&str> = title.text.split_whitespace().collect();
    let wrong: Vec<String> = words
        .iter()
        .enumerate()
        .filter_map(|(index, word)| {
            cased(word, index == 0 || index + 1 == words.len()).filter(|right| right != word)
        })
        .collect();
    if wrong.is_empty() {
        return;
    }
    let right: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(index, word)| {
            cased(word, index == 0 || index + 1 == words.len())
                .unwrap_or_else(|| (*word).to_owned())
        })
        .collect();
    findings
        .add(title.span.clone(), format!("`{}` is not in Title Case", title.text))
        .help(format!("write `{}`", right.join(" ")));
}

/// The word in Title Case; `None` where it is fine whatever it is: an acronym, a name with capitals of its own, code.
fn cased(word: &str, edge: bool) -> Option<String> {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let first = word.chars().find(|c| c.is_alphanumeric())?;
    let code = word.contains(['`', '_', '/', '.', '@', '$']);
    if code
        || word.contains(|c: char| c.is_numeric())
        || letters.chars().skip(1).any(char::is_uppercase)
    {
        return None;
    }
    let small = SMALL.contains(&letters.to_lowercase().as_str());
    match (small, edge) {
        // A letter alone is a name: "Plan A".
        (true, false) if letters.len() > 1 || first.is_lowercase() => Some(word.to_lowercase()),
        _ if first.is_lowercase() => {
            let at = word.find(first).unwrap_or_default();
            Some(format!(
                "{}{}{}",
                &word[..at],
                first.to_uppercase(),
                &word[at + first.len_utf8()..]
            ))
        }
        _ => None,
    }
}

fn check_verb(title: &Prose, findings: &mut Findings) {
    let first = title.text.split_whitespace().next().unwrap_or_default();
    if VERBS.contains(&first) {
        return;
    }
    let near = VERBS.iter().find(|verb| {
        first.strip_suffix('s') == Some(verb) || strsim::damerau_levenshtein(first, verb) == 1
    });
    let help = near.map_or_else(
        || {
            "begin with what the action does: `Get`, `List`, `Create`; a verb that \
            is missing is added to `codegen/src/lint/titles.rs`"
                .to_owned()
        },
        |verb| format!("begin with `{verb}`"),
    );
    let message =
        format!("the title begins with `{first}`, which is not a verb that this rule knows");
    findings.add(title.span.clone(), message).help(help);
}
