//! Every field of Get User, read once through its view.

use actionspec_confluence::types;
use actionspec_runtime::{DateTime, FromView, List, Map, Mismatch, Value};

/// What can be read to its last field.
pub(super) trait Everything {
    /// How many texts, numbers and flags there are.
    fn everything(self) -> Result<usize, Mismatch>;
}

macro_rules! one {
    ($($leaf:ty)*) => {
        $(impl Everything for $leaf {
            fn everything(self) -> Result<usize, Mismatch> {
                std::hint::black_box(self);
                Ok(1)
            }
        })*
    };
}

one!(&str bool i64 f64 DateTime<'_> &Value);

impl<T: Everything> Everything for Option<T> {
    fn everything(self) -> Result<usize, Mismatch> {
        self.map_or(Ok(0), T::everything)
    }
}

impl<'a, T: FromView<'a> + Everything> Everything for List<'a, T> {
    fn everything(self) -> Result<usize, Mismatch> {
        // A `null` is no item.
        self.iter().filter_map(Result::ok).map(T::everything).sum()
    }
}

impl<'a, T: FromView<'a> + Everything> Everything for Map<'a, T> {
    fn everything(self) -> Result<usize, Mismatch> {
        self.iter().map(|(_, value)| value.and_then(T::everything)).sum()
    }
}

macro_rules! every {
    ($($object:ident { $($field:ident)* })*) => {
        $(impl Everything for types::$object<'_> {
            fn everything(self) -> Result<usize, Mismatch> {
                Ok(0 $(+ self.$field()?.everything()?)*)
            }
        })*
    };
}

every! {
    User {
        type_ account_id account_type email public_name profile_picture display_name time_zone is_external_collaborator is_guest
        expandable links operations personal_space details user_key username
    }
    Icon { path width height is_default }
    Operation { operation target_type }
    Space {
        id key alias name type_ status expandable links description homepage history icon look_and_feel metadata operations
        permissions settings theme
    }
    UserDetails { business personal }
    SpaceText { plain view }
    Content {
        id type_ status title space history version expandable links extensions ancestors body child_types children container
        descendants operations restrictions
    }
    SpaceHistory { created_date }
    LookAndFeel { borders_and_dividers content header headings links menus }
    SpaceMetadata { labels }
    SpaceGrant { anonymous_access operation subjects unlicensed_access }
    SpaceSettings { links route_override_enabled }
    Theme { links description icon name theme_key }
    BusinessDetails { department location position }
    PersonalDetails { email im phone website }
    ContentBody { value representation expandable embedded_content webresource }
    ContentHistory { latest created_by created_date expandable links contributors last_updated next_version previous_version }
    Version { by when friendly_when message number minor_edit content_type_modified expandable links collaborators }
    ContentBodies { storage expandable anonymous_export_view editor2 export_view styled_view view }
    ChildTypes { expandable attachment comment page }
    ContentChildren { expandable links attachment comment page }
    ContentRestrictions { links read update }
    ColorPair { color background_color }
    ContentLook { body container header screen }
    HeaderLook { background_color button primary_navigation search secondary_navigation }
    NavigationColors { color hover_or_focus }
    LabelArray { results start limit size links }
    Subjects { user group expandable }
    EmbeddedContent { entity entity_id }
    WebResource { contexts keys superbatch tags uris }
    Contributors { publishers }
    Collaborators { links user_keys users }
    ChildTypeState { links value }
    ContentArray { results start limit size links }
    ContentRestriction { operation restrictions expandable links content }
    AreaLook {
        background background_color background_image background_size border_radius padding gutter_bottom gutter_left gutter_right
        gutter_top
    }
    Label { prefix name id label }
    UserArray { results start limit size total_size links }
    GroupArray { results start limit size links total_size }
    WebResourceBatch { metatags tags uris }
    WebResourceLinks { all css data js }
    Group { type_ name id links }
}
