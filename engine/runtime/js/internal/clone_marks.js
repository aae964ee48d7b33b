'use strict';

// How objects of built-in classes say that they can be cloned (https://nodejs.org/api/worker_threads.html
// #considerations-when-cloning-objects-with-prototypes-classes-and-accessors).
//
// An instance is marked with `markCloneable(this)`; its `[kClone]()` returns `{ data, deserializeInfo }`: what is copied
// in its place, and `module:function` of a function that makes the object from the copy; what it also returns as `shared`
// is not copied but handed to that function as it is. An instance marked with
// `markUncloneable(this)` is refused, and one marked with `markTransferable(this)` wants to stand in the list of what is
// transferred; its `[kTransfer]()` returns the same as `[kClone]()` with a function `move` that is called once everything is
// written and leaves the object without its contents, and perhaps with a list `nested` of objects within `data` that move
// along; and `[kDetached]()` says whether that has happened. Where `shared`
// is an object that only one thread can have, `send()` returns `{ data, deserializeInfo }` for the others.

const kClone = Symbol('messaging_clone_symbol');
const kTransfer = Symbol('messaging_transfer_symbol');
const kDetached = Symbol('kDetached');

const UNCLONEABLE = 0;
const CLONEABLE = 1;
const TRANSFERABLE = 2;
const UNTRANSFERABLE = 3;

const markCloneable = (object) => ops.clone_mark(object, CLONEABLE);
const markTransferable = (object) => ops.clone_mark(object, TRANSFERABLE);
const markUncloneable = (object) => ops.clone_mark(object, UNCLONEABLE);
/** An ArrayBuffer that is copied even if somebody wants to move it. */
const markUntransferable = (buffer) => ops.clone_mark(buffer, UNTRANSFERABLE);

module.exports = {
  TRANSFERABLE, UNCLONEABLE, UNTRANSFERABLE, kClone, kDetached, kTransfer, markCloneable, markTransferable,
  markUncloneable, markUntransferable,
};
