//! Questions about modules and packages on disk.

use serde::{Deserialize, Serialize};

/// A question about modules and packages on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ModuleRequest {
    /// Node's resolution of a specifier → `List` of `Text`: `found` and the path, or `failed`, the reason and details.
    Resolve {
        /// What the script wrote.
        specifier: String,
        /// Folder of the script.
        folder: String,
        /// By the rules of `import` rather than `require`.
        import: bool,
        /// Extra conditions for `exports` and `imports`.
        conditions: Vec<String>,
        /// A link is where it lies, not where it leads to.
        keep_links: bool,
    },
    /// Field `type` of the nearest package.json above a file → `Text`, or `Null` when there is none.
    PackageType {
        /// Path of the file.
        path: String,
    },
    /// The nearest package.json above a file → `Text`, or `Null`.
    FindPackage {
        /// Path of the file.
        path: String,
    },
}

impl ModuleRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Resolve { .. } => "module.resolve",
            Self::PackageType { .. } => "module.packageType",
            Self::FindPackage { .. } => "module.findPackage",
        }
    }

    /// The specifier or path.
    pub fn target(&self) -> String {
        match self {
            Self::Resolve { specifier, .. } => specifier.clone(),
            Self::PackageType { path } | Self::FindPackage { path } => path.clone(),
        }
    }
}
