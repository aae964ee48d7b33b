//! The C library's memory allocator, told what a runtime does with memory.

use std::sync::Once;

/// Pieces up to this size, in bytes, are kept for the next one instead of being given back to the system at once.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT: libc::c_int = 4 << 20;

/// So much free memory, in bytes, is kept at the end of each of the allocator's heaps.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SPARE: libc::c_int = 32 << 20;

/// Has the allocator keep the pieces that streams read into and write from. As it comes (`mallopt(3)`), it gives 64 KB back
/// to the system whenever they are freed, and the system then clears the same memory anew for the next chunk: a copy of
/// a large file spent a quarter of its time on that. Settings of the user's go first.
pub fn keep_pieces() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        #[cfg(all(target_os = "linux", target_env = "gnu"))]
        if ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"]
            .iter()
            .all(|name| std::env::var_os(name).is_none())
        {
            // SAFETY: the function only sets numbers that the allocator reads; it takes the allocator's own lock.
            unsafe {
                libc::mallopt(libc::M_MMAP_THRESHOLD, KEPT);
                libc::mallopt(libc::M_TRIM_THRESHOLD, SPARE);
            }
        }
    });
}
