//! One rule for every record of a project file: what is at its default is not written.

/// Whether a value is what its type starts from.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Declares structs whose fields are all public, all have a default, and are
/// left out of files while they hold it. A field that is not known is refused.
macro_rules! record {
    ($(
        $(#[$doc:meta])*
        $name:ident {
            $( $(#[$field_doc:meta])* $field:ident: $type:ty, )*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "crate::model::record::is_default")]
                pub $field: $type,
            )*
        }
    )*};
}

/// Declares an enum of plain choices with the word that tables, JSON and screens use for each.
/// The first choice marked `#[default]` is the default.
macro_rules! choices {
    ($(
        $(#[$doc:meta])*
        $name:ident: $what:literal {
            $( $(#[$choice_doc:meta])* $choice:ident = $word:literal, )*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$choice_doc])* $choice, )*
        }

        impl $name {
            /// All choices in order.
            pub const ALL: &'static [Self] = &[$(Self::$choice),*];

            /// The word for it in tables and on screens.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$choice => $word,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                let wanted = text.trim();
                Self::ALL.iter().copied().find(|choice| choice.word().eq_ignore_ascii_case(wanted)).ok_or_else(|| {
                    let words: Vec<_> = Self::ALL.iter().map(|choice| choice.word()).collect();
                    format!("\"{text}\" is not {}: {}", $what, words.join(", "))
                })
            }
        }
    )*};
}

pub(crate) use {choices, record};
