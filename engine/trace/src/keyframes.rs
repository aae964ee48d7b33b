//! States as bytes: that of the main thread's loop, behind it those of workers when there are any, and behind these when the
//! loops stood still, if they ever did.

use loopscope_protocol::state::{Keyframe, Standing, Workers};

/// A state as bytes.
pub fn pack(keyframe: &Keyframe) -> Vec<u8> {
    // Plain data into memory: this cannot fail.
    let mut bytes = postcard::to_stdvec(keyframe).unwrap_or_default();
    let standing = keyframe.standing();
    match (keyframe.workers(), &standing) {
        (Some(workers), _) => bytes.extend(postcard::to_stdvec(workers).unwrap_or_default()),
        (None, Some(_)) => bytes.extend(postcard::to_stdvec(&Workers::default()).unwrap_or_default()),
        (None, None) => {}
    }
    if let Some(standing) = &standing {
        bytes.extend(postcard::to_stdvec(standing).unwrap_or_default());
    }
    bytes
}

/// The state in these bytes.
///
/// # Errors
/// When they are none.
pub fn unpack(bytes: &[u8]) -> Result<Keyframe, postcard::Error> {
    let (keyframe, rest): (Keyframe, _) = postcard::take_from_bytes(bytes)?;
    if rest.is_empty() {
        return Ok(keyframe);
    }
    let (workers, rest): (Workers, _) = postcard::take_from_bytes(rest)?;
    let keyframe = keyframe.with_workers(workers);
    Ok(if rest.is_empty() {
        keyframe
    } else {
        keyframe.with_standing(postcard::from_bytes::<Standing>(rest)?)
    })
}
