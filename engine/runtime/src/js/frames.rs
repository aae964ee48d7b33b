//! The return addresses on the stack, read by following frame pointers.
//!
//! Every frame of V8's generated code begins with the pointer to the frame of its caller and the address it returns to
//! (`v8-unwinder.h` rests on that, too). V8 keeps where the chain begins and ends in the isolate, at places that its
//! headers do not name. They are looked up once, by comparing the chain with what V8's own sampling interface tells, and
//! every call site that is not known yet is compared again: where the two do not agree, the site is not kept.
//! V8's walk asks of every frame what kind it is and costs ten times as much.

use crate::trace::{CallSite, DirectCall};

/// Machine words at the beginning of an isolate among which the ends of the chain are.
const WORDS: usize = 512;

/// Words below a frame pointer among which an interpreted frame keeps its bytecode and where in it it is.
const SLOTS: usize = 12;

/// The chain is taken for the right one when so many addresses agree.
const AGREEING: usize = 3;

/// Between two functions in JavaScript are no more frames of V8's own than that.
const SKIPPED: usize = 6;

/// The chain is followed no more after so many sites at which it was not what V8 told.
const PATIENCE: u32 = 1000;

/// Small integers stand in the upper half of a word (`v8-internal.h`, `kSmiShiftSize` without pointer compression).
const SMI: u32 = 32;

/// Code that V8 brings along.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// That from which JavaScript is entered: addresses from the first to before the second.
    pub entries: [(usize, usize); 3],
    /// Size of all of it in bytes.
    pub size: usize,
}

impl Code {
    #[inline]
    fn enters(&self, address: usize) -> bool {
        self.entries.iter().any(|code| (code.0..code.1).contains(&address))
    }

    /// Whether an address may lie in it. Where it begins V8 tells only of a copy that may not be the one in use.
    #[inline]
    fn may_be_builtin(&self, address: usize) -> bool {
        address.abs_diff(self.entries[0].0) < self.size
    }
}

/// What is known of a chain's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    /// Which word of the isolate points to the innermost frame.
    inner: usize,
    /// Which word points to the outermost one.
    outer: usize,
}

/// The caller of a frame.
enum Next {
    /// It is JavaScript, or code between two functions of it.
    Frame(Frame),
    /// JavaScript was entered there, and there is none further out.
    End,
    /// JavaScript was entered there from native code that JavaScript called, or the chain breaks.
    Unknown,
}

/// How far a chain was followed.
struct Followed {
    /// How many of the addresses that V8 told it has.
    agreed: usize,
    /// How many addresses there are up to the function that was looked for, if it was reached.
    enough: Option<usize>,
    /// How many there are with the one that stands for the end, if that was reached.
    end: Option<usize>,
}

/// See the module.
#[derive(Debug)]
pub struct Frames {
    /// None before they were found.
    ends: Option<Ends>,
    /// How often the chain was not what V8 told.
    disagreed: u32,
    code: Code,
    /// An address on the stack above all frames of JavaScript.
    above: usize,
    /// Addresses that interpreted functions return to. They all lie in one piece of code, whatever the bytecode.
    interpreted: Vec<usize>,
    /// Some of these lie outside of the code that V8 brings along, in copies that it has made.
    copied: bool,
    /// In which words below its frame pointer an interpreted frame keeps its bytecode and its place in that.
    slots: Option<(usize, usize)>,
}

/// A frame of the chain.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// Where the next inner one returns to.
    returns: usize,
    pointer: usize,
}

impl Frames {
    /// Nothing is known yet but V8's own code, and an address on the stack above all frames of JavaScript.
    pub fn new(code: Code, above: usize) -> Self {
        Self { ends: None, disagreed: 0, code, above, interpreted: Vec::new(), copied: false, slots: None }
    }

    /// The innermost `depth` return addresses; `None` when they cannot be told this way.
    ///
    /// # Safety
    /// `isolate` is the beginning of the isolate whose entries these are, on its own thread, called from JavaScript.
    #[inline]
    pub unsafe fn site(&self, isolate: *const usize, depth: usize) -> Option<CallSite> {
        let ends = self.ends?;
        // SAFETY: the word lies in the isolate, where it was found.
        let inner = unsafe { isolate.add(ends.inner).read() };
        // SAFETY: as the caller promises.
        unsafe { self.fold(CallSite::EMPTY, inner, isolate, depth) }
    }

    /// As [`Frames::site`], where optimized code called native code without leaving JavaScript as V8 sees it: at `call`.
    ///
    /// # Safety
    /// As of [`Frames::site`], and `call` is that call, which goes on.
    #[inline]
    pub unsafe fn site_of(&self, call: DirectCall, isolate: *const usize, depth: usize) -> Option<CallSite> {
        if self.code.may_be_builtin(call.returns) {
            return None;
        }
        // SAFETY: as the caller promises.
        unsafe { self.fold(CallSite::EMPTY.and(call.returns), call.frame, isolate, depth.saturating_sub(1)) }
    }

    /// The frame from which the innermost native function was called; `None` when it cannot be told.
    ///
    /// # Safety
    /// As of [`Frames::site`].
    pub unsafe fn caller(&self, isolate: *const usize) -> Option<usize> {
        let ends = self.ends?;
        // SAFETY: both words lie in the isolate, where they were found, and point to frames.
        let next = unsafe { self.next(isolate.add(ends.inner).read(), isolate.add(ends.outer).read()) };
        match next {
            Next::Frame(frame) => Some(frame.pointer),
            Next::End | Next::Unknown => None,
        }
    }

    /// Adds `depth` return addresses, from that of the frame at `inner`.
    ///
    /// # Safety
    /// As of [`Frames::site`]; `inner` points to a frame of V8's code.
    #[inline]
    unsafe fn fold(
        &self,
        mut site: CallSite,
        mut inner: usize,
        isolate: *const usize,
        depth: usize,
    ) -> Option<CallSite> {
        // SAFETY: the word lies in the isolate, where it was found.
        let outer = unsafe { isolate.add(self.ends?.outer).read() };
        for _ in 0..depth {
            // SAFETY: `inner` came from V8 or from `next`.
            let frame = match unsafe { self.next(inner, outer) } {
                Next::Frame(frame) => frame,
                Next::End => break,
                Next::Unknown => return None,
            };
            inner = frame.pointer;
            let may_be_interpreted = self.code.may_be_builtin(frame.returns) || self.copied;
            let address = if may_be_interpreted && self.interpreted.contains(&frame.returns) {
                // SAFETY: the frame is one of V8's.
                unsafe { self.bytecode(frame)? }
            } else {
                frame.returns
            };
            site = site.and(address);
        }
        Some(site)
    }

    /// The caller of the frame at `inner`; the outermost entry is at `outer`.
    ///
    /// # Safety
    /// `inner` points to a frame of V8's code or to other words on the stack, or is 0.
    #[inline]
    unsafe fn next(&self, inner: usize, outer: usize) -> Next {
        if inner == 0 {
            return Next::Unknown;
        }
        let frame = std::ptr::with_exposed_provenance::<usize>(inner);
        // SAFETY: a frame begins with these two words.
        let (pointer, returns) = unsafe { (frame.read(), frame.add(1).read()) };
        if self.code.may_be_builtin(returns) && self.code.enters(returns) {
            return if pointer == outer { Next::End } else { Next::Unknown };
        }
        // Callers lie above, on the same stack.
        if pointer > inner && pointer <= outer && pointer % align_of::<usize>() == 0 {
            Next::Frame(Frame { returns, pointer })
        } else {
            Next::Unknown
        }
    }

    /// Where in its bytecode an interpreted frame is.
    ///
    /// # Safety
    /// The frame is one of V8's.
    #[inline]
    unsafe fn bytecode(&self, frame: Frame) -> Option<usize> {
        let (array, offset) = self.slots?;
        // SAFETY: interpreted frames are larger than that.
        let (array, offset) = unsafe { (below(frame.pointer, array), below(frame.pointer, offset)) };
        Some(array.wrapping_add(offset >> SMI))
    }

    /// Whether the chain is followed no more.
    pub fn is_given_up(&self) -> bool {
        self.disagreed > PATIENCE
    }

    /// Compares the chain with what V8 tells of the same stack. How many addresses the chain has up to the `scripts`th
    /// function in JavaScript, or with its end if there are less; `None` when the two do not agree, or the chain is not
    /// known that far.
    ///
    /// # Safety
    /// As of [`Frames::site`].
    pub unsafe fn compare(
        &mut self,
        isolate: *const usize,
        sampled: &[usize],
        scripts: usize,
    ) -> Option<usize> {
        if self.is_given_up() {
            return None;
        }
        // SAFETY: as the caller promises; the two words lie in the isolate, where they were found, and point to frames.
        let followed = unsafe {
            if self.ends.is_none() {
                self.find(isolate, sampled);
            }
            self.ends.and_then(|ends| {
                let (inner, outer) = (isolate.add(ends.inner).read(), isolate.add(ends.outer).read());
                self.follow(inner, outer, sampled, scripts)
            })
        };
        if followed.is_none() {
            self.disagreed += 1;
            if self.is_given_up() {
                self.ends = None;
            }
        }
        followed.and_then(|followed| followed.enough.or(followed.end))
    }

    /// Looks for the ends of the chain.
    ///
    /// # Safety
    /// As of [`Frames::site`].
    unsafe fn find(&mut self, isolate: *const usize, sampled: &[usize]) {
        let mark = 0_usize;
        let here = (&raw const mark).addr();
        // SAFETY: an isolate is far larger.
        let words = (0..WORDS).map(|index| unsafe { isolate.add(index).read() });
        // The ends lie on this stack, between this frame and the one that began the run: everything else is no pointer to
        // follow.
        let ends: Vec<(usize, usize)> = words
            .enumerate()
            .filter(|&(_, word)| word > here && word < self.above && word % align_of::<usize>() == 0)
            .collect();
        for &(inner, first) in &ends {
            for &(outer, last) in ends.iter().filter(|end| end.1 > first) {
                let before = (self.interpreted.len(), self.slots);
                // SAFETY: both lie on the part of the stack that is in use.
                let followed = unsafe { self.follow(first, last, sampled, usize::MAX) };
                if followed.is_some_and(|followed| followed.end.is_some() && followed.agreed >= AGREEING) {
                    self.ends = Some(Ends { inner, outer });
                    return;
                }
                self.interpreted.truncate(before.0);
                self.slots = before.1;
            }
        }
    }

    /// Follows the chain past the addresses that V8 tells up to the `scripts`th function in JavaScript, or to its end;
    /// `None` when it does not have one of them.
    ///
    /// V8 tells of JavaScript's own functions such as `Array.prototype.map`, too, which are no functions of scripts.
    ///
    /// # Safety
    /// `inner` and `outer` point to frames of V8's code or to other words on the stack.
    unsafe fn follow(
        &mut self,
        mut inner: usize,
        outer: usize,
        sampled: &[usize],
        scripts: usize,
    ) -> Option<Followed> {
        let mut followed = Followed { agreed: 0, enough: None, end: None };
        let (mut count, mut skipped, mut found) = (0, 0, 0);
        while skipped <= SKIPPED {
            // SAFETY: as the caller promises.
            let frame = match unsafe { self.next(inner, outer) } {
                Next::Frame(frame) => frame,
                Next::End => {
                    followed.end = Some(count + 1);
                    break;
                }
                Next::Unknown => return Some(followed),
            };
            inner = frame.pointer;
            count += 1;
            let Some(&told) = sampled.get(followed.agreed) else {
                skipped += 1;
                continue;
            };
            // SAFETY: as above.
            if frame.returns != told && !unsafe { self.learn(frame, told) } {
                skipped += 1;
                continue;
            }
            followed.agreed += 1;
            skipped = 0;
            found += usize::from(!self.code.may_be_builtin(told));
            if found >= scripts {
                followed.enough = Some(count);
                return Some(followed);
            }
        }
        (followed.agreed == sampled.len()).then_some(followed)
    }

    /// The frame is an interpreted one if it keeps what V8 tells of it.
    ///
    /// # Safety
    /// The frame is one of V8's, or lies on the part of the stack that is in use.
    unsafe fn learn(&mut self, frame: Frame, told: usize) -> bool {
        for array in 0..SLOTS - 1 {
            // SAFETY: as the caller promises; the words below it are those of the frames it called.
            let (array_at, offset_at) =
                unsafe { (below(frame.pointer, array), below(frame.pointer, array + 1)) };
            if offset_at & ((1 << SMI) - 1) == 0 && array_at.wrapping_add(offset_at >> SMI) == told {
                if self.slots.is_some_and(|slots| slots != (array, array + 1)) {
                    return false;
                }
                self.slots = Some((array, array + 1));
                if !self.interpreted.contains(&frame.returns) {
                    self.interpreted.push(frame.returns);
                    self.copied |= !self.code.may_be_builtin(frame.returns);
                }
                return true;
            }
        }
        false
    }
}

/// The word that lies `slot` words further down than the one right below an address.
///
/// # Safety
/// The address is aligned and the word can be read.
#[inline]
unsafe fn below(address: usize, slot: usize) -> usize {
    // SAFETY: as the caller promises.
    unsafe { std::ptr::with_exposed_provenance::<usize>(address).sub(slot + 1).read() }
}
