//! Colours, by what they mean.

use super::terminal;

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set or the terminal is dumb.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// The choice with this name; anything else is `auto`.
    pub(crate) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("always") => Self::Always,
            Some("never") => Self::Never,
            _ => Self::Auto,
        }
    }

    /// The colours for a stream that is a terminal or is none.
    pub(crate) fn palette(self, is_terminal: bool) -> Palette {
        let is_colored = match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => is_terminal && terminal::wants_color(),
        };
        Palette { is_colored }
    }
}

/// Colours, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette {
    is_colored: bool,
}

impl Palette {
    /// No colours.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self { is_colored: false };

    fn paint(self, code: &str, text: &str) -> String {
        if self.is_colored && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Whether anything is coloured.
    pub(crate) fn is_colored(self) -> bool {
        self.is_colored
    }

    /// What went wrong.
    pub(crate) fn error(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// What to do about it.
    pub(crate) fn help(self, text: &str) -> String {
        self.paint("1;36", text)
    }

    /// What is only there for orientation.
    pub(crate) fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// What heads something.
    pub(crate) fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// The words a fact was read from.
    pub(crate) fn underlined(self, text: &str) -> String {
        self.paint("4", text)
    }

    /// A keyword of the language.
    pub(crate) fn keyword(self, text: &str) -> String {
        self.paint("1;34", text)
    }

    /// A variable or a parameter.
    pub(crate) fn variable(self, text: &str) -> String {
        self.paint("33", text)
    }

    /// A text or a value.
    pub(crate) fn literal(self, text: &str) -> String {
        self.paint("32", text)
    }

    /// A function.
    pub(crate) fn function(self, text: &str) -> String {
        self.paint("36", text)
    }
}
