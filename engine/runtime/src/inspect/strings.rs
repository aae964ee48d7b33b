//! Texts on their way to and from V8's inspector.

/// Hands a text to the inspector. Protocol messages may be any UTF-8; names and URLs must be ASCII or are given in UTF-16.
pub fn with_view<R>(text: &str, act: impl FnOnce(v8::inspector::StringView) -> R) -> R {
    if text.is_ascii() {
        act(v8::inspector::StringView::from(text.as_bytes()))
    } else {
        let units: Vec<u16> = text.encode_utf16().collect();
        act(v8::inspector::StringView::from(units.as_slice()))
    }
}

/// The text of a message of the inspector.
pub fn text(view: &v8::inspector::StringView) -> String {
    if let Some(bytes) = view.characters8() {
        // Latin-1.
        return if bytes.is_ascii() {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            bytes.iter().map(|&byte| char::from(byte)).collect()
        };
    }
    view.characters16().map(String::from_utf16_lossy).unwrap_or_default()
}

/// A buffer of the inspector's with this text.
pub fn buffer(text: &str) -> v8::UniquePtr<v8::inspector::StringBuffer> {
    with_view(text, v8::inspector::StringBuffer::create)
}
