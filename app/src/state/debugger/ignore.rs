//! Scripts that are not to be stepped into.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Debugger, Frame, Purpose};

/// Which scripts are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ignored {
    /// Those of packages.
    pub node_modules: bool,
    /// Those whose paths contain one of these; `*` stands for anything.
    pub patterns: Vec<String>,
}

impl Default for Ignored {
    fn default() -> Self {
        Self { node_modules: true, patterns: Vec::new() }
    }
}

impl Ignored {
    fn all(&self) -> impl Iterator<Item = &str> {
        let packages = self.node_modules.then_some("/node_modules/");
        packages.into_iter().chain(self.patterns.iter().map(|pattern| pattern.trim()))
    }

    /// Whether a script is passed over.
    pub fn holds(&self, script: &str) -> bool {
        self.all().any(|pattern| contains(script, pattern))
    }

    /// The same for V8, which wants regular expressions.
    fn expressions(&self) -> Vec<String> {
        let filled = self.all().filter(|pattern| pattern.chars().any(|one| one != '*'));
        let escaped = filled.map(|pattern| {
            let one = |character: char| match character {
                '*' => ".*".to_owned(),
                other if other.is_alphanumeric() || matches!(other, '/' | '_' | '-') => other.to_string(),
                other => format!("\\{other}"),
            };
            pattern.chars().map(one).collect()
        });
        escaped.collect()
    }
}

/// Whether the parts of a pattern between its stars come one after the other.
fn contains(text: &str, pattern: &str) -> bool {
    let mut rest = text;
    let mut parts = pattern.split('*').filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| match rest.find(part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
}

impl Debugger {
    /// Steps pass over these scripts from now on.
    pub fn set_ignored(&mut self, ignored: &Ignored) {
        if self.ignored.as_ref() == Some(ignored) {
            return;
        }
        let params = json!({ "patterns": ignored.expressions() });
        self.ask("Debugger.setBlackboxPatterns", params, Purpose::Nothing);
        self.ignored = Some(ignored.clone());
    }

    /// Whether a frame belongs to a script that is passed over.
    pub fn is_ignored(&self, frame: &Frame) -> bool {
        self.ignored.as_ref().is_some_and(|ignored| ignored.holds(&frame.spot.script))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_parts_of_paths() {
        let ignored = Ignored { node_modules: true, patterns: vec!["/vendor/*.min.js".to_owned()] };
        assert!(ignored.holds("/app/node_modules/a/index.js"));
        assert!(ignored.holds("/app/vendor/deep/a.min.js"));
        assert!(!ignored.holds("/app/vendor/a.js"));
        assert!(!ignored.holds("/app/my_node_modules.js"));
        assert_eq!(ignored.expressions(), ["/node_modules/", "/vendor/.*\\.min\\.js"]);
        let none = Ignored { node_modules: false, patterns: vec![String::new(), "*".to_owned()] };
        assert!(!none.holds("/a.js"), "what is empty holds for none");
    }
}
