'use strict';

// The engine's side of what writes values as bytes and reads them back, in V8's format: of `v8.Serializer` and
// `v8.Deserializer` (https://nodejs.org/api/v8.html#serialization-api) and of `structuredClone`.

/** It is let go with the object it belongs to. */
const forgotten = new FinalizationRegistry((number) => ops.clone_drop(number));

/** The number of a new writer; a structured one hands objects that were marked to `owner._writeHostObject`. */
function openWriter(owner, isStructured) {
  const number = ops.clone_writer_new(owner, isStructured);
  forgotten.register(owner, number, owner);
  return number;
}

/** The number of a new reader of the bytes in `view`. */
function openReader(owner, view) {
  const number = ops.clone_reader_new(owner, view);
  forgotten.register(owner, number, owner);
  return number;
}

/** Lets go of a writer or reader at once. */
function drop(owner, number) {
  forgotten.unregister(owner);
  ops.clone_drop(number);
}

module.exports = { drop, openReader, openWriter };
