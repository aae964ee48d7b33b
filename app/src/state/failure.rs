//! Failures in words.

/// A failure with its causes, each once: some tell what caused them themselves.
pub fn told(failed: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in failed.chain() {
        let cause = cause.to_string();
        if text.is_empty() {
            text = cause;
        } else if !text.ends_with(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("it cannot be written: {0}")]
    struct Tells(#[source] std::io::Error);

    #[test]
    fn nothing_is_told_twice() {
        let full = || std::io::Error::other("the disk is full");
        let failed = anyhow::Error::from(Tells(full())).context("no recording");
        assert_eq!(told(&failed), "no recording: it cannot be written: the disk is full");
        assert_eq!(told(&anyhow::Error::from(full()).context("no file")), "no file: the disk is full");
    }
}
