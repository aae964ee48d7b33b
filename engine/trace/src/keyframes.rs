//! States as bytes: that of the main thread's loop, and behind it those of workers when there are any.

use loopscope_protocol::state::Keyframe;

/// A state as bytes.
pub fn pack(keyframe: &Keyframe) -> Vec<u8> {
    // Plain data into memory: this cannot fail.
    let mut bytes = postcard::to_stdvec(keyframe).unwrap_or_default();
    if let Some(workers) = keyframe.workers() {
        bytes.extend(postcard::to_stdvec(workers).unwrap_or_default());
    }
    bytes
}

/// The state in these bytes.
///
/// # Errors
/// When they are none.
pub fn unpack(bytes: &[u8]) -> Result<Keyframe, postcard::Error> {
    let (keyframe, rest): (Keyframe, _) = postcard::take_from_bytes(bytes)?;
    Ok(if rest.is_empty() { keyframe } else { keyframe.with_workers(postcard::from_bytes(rest)?) })
}
