//! The whole answer of Get User as one would write it by hand: a struct with owned fields for each object.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct User {
    #[serde(rename = "type")]
    type_: Option<String>,
    account_id: Option<String>,
    account_type: Option<String>,
    email: Option<String>,
    public_name: Option<String>,
    profile_picture: Option<Icon>,
    pub(super) display_name: Option<String>,
    time_zone: Option<String>,
    is_external_collaborator: Option<bool>,
    is_guest: Option<bool>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    operations: Option<Vec<Option<Operation>>>,
    personal_space: Option<Box<Space>>,
    details: Option<UserDetails>,
    user_key: Option<String>,
    username: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Icon {
    path: Option<String>,
    width: Option<i64>,
    height: Option<i64>,
    is_default: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation {
    operation: Option<String>,
    target_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Space {
    id: Option<i64>,
    key: Option<String>,
    alias: Option<String>,
    name: Option<String>,
    #[serde(rename = "type")]
    type_: Option<String>,
    status: Option<String>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    description: Option<SpaceText>,
    homepage: Option<Box<Content>>,
    history: Option<SpaceHistory>,
    icon: Option<Icon>,
    look_and_feel: Option<LookAndFeel>,
    metadata: Option<SpaceMetadata>,
    operations: Option<Vec<Option<Operation>>>,
    permissions: Option<Vec<Option<SpaceGrant>>>,
    settings: Option<SpaceSettings>,
    theme: Option<Theme>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserDetails {
    business: Option<BusinessDetails>,
    personal: Option<PersonalDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpaceText {
    plain: Option<ContentBody>,
    view: Option<ContentBody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Content {
    id: Option<String>,
    #[serde(rename = "type")]
    type_: Option<String>,
    status: Option<String>,
    title: Option<String>,
    space: Option<Box<Space>>,
    history: Option<Box<ContentHistory>>,
    version: Option<Box<Version>>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    extensions: Option<HashMap<String, Value>>,
    ancestors: Option<Vec<Option<Content>>>,
    body: Option<ContentBodies>,
    child_types: Option<ChildTypes>,
    children: Option<ContentChildren>,
    container: Option<HashMap<String, Value>>,
    descendants: Option<ContentChildren>,
    operations: Option<Vec<Option<Operation>>>,
    restrictions: Option<Box<ContentRestrictions>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpaceHistory {
    created_date: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LookAndFeel {
    borders_and_dividers: Option<ColorPair>,
    content: Option<ContentLook>,
    header: Option<HeaderLook>,
    headings: Option<ColorPair>,
    links: Option<ColorPair>,
    menus: Option<NavigationColors>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpaceMetadata {
    labels: Option<LabelArray>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpaceGrant {
    anonymous_access: Option<bool>,
    operation: Option<Operation>,
    subjects: Option<Subjects>,
    unlicensed_access: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpaceSettings {
    #[serde(rename = "_links")]
    links: Option<HashMap<String, Value>>,
    route_override_enabled: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Theme {
    #[serde(rename = "_links")]
    links: Option<HashMap<String, Value>>,
    description: Option<String>,
    icon: Option<Icon>,
    name: Option<String>,
    theme_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BusinessDetails {
    department: Option<String>,
    location: Option<String>,
    position: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonalDetails {
    email: Option<String>,
    im: Option<String>,
    phone: Option<String>,
    website: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentBody {
    value: Option<String>,
    representation: Option<String>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    embedded_content: Option<Vec<Option<EmbeddedContent>>>,
    webresource: Option<WebResource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentHistory {
    latest: Option<bool>,
    created_by: Option<Box<User>>,
    created_date: Option<String>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    contributors: Option<Contributors>,
    last_updated: Option<Box<Version>>,
    next_version: Option<Box<Version>>,
    previous_version: Option<Box<Version>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Version {
    by: Option<Box<User>>,
    when: Option<String>,
    friendly_when: Option<String>,
    message: Option<String>,
    number: Option<i64>,
    minor_edit: Option<bool>,
    content_type_modified: Option<bool>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    collaborators: Option<Collaborators>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentBodies {
    storage: Option<ContentBody>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "anonymous_export_view")]
    anonymous_export_view: Option<ContentBody>,
    editor2: Option<ContentBody>,
    #[serde(rename = "export_view")]
    export_view: Option<ContentBody>,
    #[serde(rename = "styled_view")]
    styled_view: Option<ContentBody>,
    view: Option<ContentBody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChildTypes {
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    attachment: Option<ChildTypeState>,
    comment: Option<ChildTypeState>,
    page: Option<ChildTypeState>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentChildren {
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, Value>>,
    attachment: Option<ContentArray>,
    comment: Option<ContentArray>,
    page: Option<ContentArray>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentRestrictions {
    #[serde(rename = "_links")]
    links: Option<HashMap<String, Value>>,
    read: Option<Box<ContentRestriction>>,
    update: Option<Box<ContentRestriction>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ColorPair {
    color: Option<String>,
    background_color: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentLook {
    body: Option<AreaLook>,
    container: Option<AreaLook>,
    header: Option<AreaLook>,
    screen: Option<AreaLook>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HeaderLook {
    background_color: Option<String>,
    button: Option<ColorPair>,
    primary_navigation: Option<NavigationColors>,
    search: Option<ColorPair>,
    secondary_navigation: Option<NavigationColors>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NavigationColors {
    color: Option<String>,
    hover_or_focus: Option<ColorPair>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LabelArray {
    results: Option<Vec<Option<Label>>>,
    start: Option<i64>,
    limit: Option<i64>,
    size: Option<i64>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subjects {
    user: Option<UserArray>,
    group: Option<GroupArray>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EmbeddedContent {
    entity: Option<HashMap<String, Value>>,
    entity_id: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebResource {
    contexts: Option<Vec<Option<String>>>,
    keys: Option<Vec<Option<String>>>,
    superbatch: Option<WebResourceBatch>,
    tags: Option<WebResourceLinks>,
    uris: Option<WebResourceLinks>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Contributors {
    publishers: Option<Collaborators>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Collaborators {
    #[serde(rename = "_links")]
    links: Option<HashMap<String, Value>>,
    user_keys: Option<Vec<Option<String>>>,
    users: Option<Vec<Option<User>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChildTypeState {
    #[serde(rename = "_links")]
    links: Option<HashMap<String, Value>>,
    value: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentArray {
    results: Option<Vec<Option<Content>>>,
    start: Option<i64>,
    limit: Option<i64>,
    size: Option<i64>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContentRestriction {
    operation: Option<String>,
    restrictions: Option<Subjects>,
    #[serde(rename = "_expandable")]
    expandable: Option<HashMap<String, String>>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    content: Option<Box<Content>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AreaLook {
    background: Option<String>,
    background_color: Option<String>,
    background_image: Option<String>,
    background_size: Option<String>,
    border_radius: Option<String>,
    padding: Option<String>,
    gutter_bottom: Option<String>,
    gutter_left: Option<String>,
    gutter_right: Option<String>,
    gutter_top: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Label {
    prefix: Option<String>,
    name: Option<String>,
    id: Option<String>,
    label: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserArray {
    results: Option<Vec<Option<User>>>,
    start: Option<i64>,
    limit: Option<i64>,
    size: Option<i64>,
    total_size: Option<i64>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupArray {
    results: Option<Vec<Option<Group>>>,
    start: Option<i64>,
    limit: Option<i64>,
    size: Option<i64>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
    total_size: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebResourceBatch {
    metatags: Option<String>,
    tags: Option<WebResourceLinks>,
    uris: Option<WebResourceLinks>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebResourceLinks {
    all: Option<String>,
    css: Option<String>,
    data: Option<String>,
    js: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    #[serde(rename = "type")]
    type_: Option<String>,
    name: Option<String>,
    id: Option<String>,
    #[serde(rename = "_links")]
    links: Option<HashMap<String, String>>,
}
