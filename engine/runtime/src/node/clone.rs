//! Ops that write values as bytes and read them back, with V8's format (<https://html.spec.whatwg.org/#structuredserialize>).
//!
//! A writer and a reader belong to an object of JavaScript whose methods they call for what V8 cannot do alone:
//! `_getDataCloneError` (a constructor), `_writeHostObject`, `_getSharedArrayBufferId`, `_getWasmModuleId`, and
//! `_readHostObject`, `_getSharedArrayBuffer`, `_getWasmModule`.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use v8::{ValueDeserializerHelper, ValueSerializerHelper};

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::{contextify, convert};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    clone_detachable,
    clone_drop,
    clone_mark,
    clone_mark_get,
    clone_read_double,
    clone_read_header,
    clone_read_raw,
    clone_read_transferred,
    clone_read_uint32,
    clone_read_uint64,
    clone_read_value,
    clone_read_version,
    clone_reader_new,
    clone_write_double,
    clone_write_finish,
    clone_write_header,
    clone_write_raw,
    clone_write_transferred,
    clone_write_uint32,
    clone_write_uint64,
    clone_write_value,
    clone_write_views_as_host,
    clone_writer_new,
];

/// Writers and readers by number, and whether any object was ever marked; kept in a slot of the isolate.
#[derive(Default)]
struct Streams {
    last: Cell<u32>,
    writers: RefCell<HashMap<u32, Rc<v8::ValueSerializer<'static>>>>,
    readers: RefCell<HashMap<u32, Rc<Reader>>>,
    any_marked: Cell<bool>,
}

impl Streams {
    fn of(isolate: &mut v8::Isolate) -> Rc<Self> {
        if let Some(streams) = isolate.get_slot::<Rc<Self>>() {
            return streams.clone();
        }
        let streams = Rc::<Self>::default();
        isolate.set_slot(streams.clone());
        streams
    }

    fn new_number(&self) -> u32 {
        self.last.set(self.last.get().wrapping_add(1));
        self.last.get()
    }
}

/// Bytes that are being read. The deserializer points into them, so it must be dropped first.
struct Reader {
    deserializer: v8::ValueDeserializer<'static>,
    bytes: Vec<u8>,
}

/// The object of JavaScript that a writer or reader belongs to; it must not be kept alive by it.
struct Owner(v8::Weak<v8::Object>);

impl Owner {
    fn property<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        name: &str,
    ) -> Option<v8::Local<'s, v8::Function>> {
        let object = self.0.to_local(scope)?;
        let key = convert::name(scope, name);
        let value = object.get(scope, key.into())?;
        v8::Local::<v8::Function>::try_from(value).ok()
    }

    /// Calls a method; `None` when it threw or is missing.
    fn call<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        name: &str,
        args: &[v8::Local<'s, v8::Value>],
    ) -> Option<v8::Local<'s, v8::Value>> {
        let function = self.property(scope, name)?;
        let object = self.0.to_local(scope)?;
        function.call(scope, object.into(), args)
    }

    fn fail(&self, scope: &mut v8::PinScope, message: v8::Local<v8::String>) {
        let message = v8::Local::new(scope, message);
        let exception = match self.property(scope, "_getDataCloneError") {
            Some(constructor) => {
                constructor.new_instance(scope, &[message.into()]).map(v8::Local::<v8::Value>::from)
            }
            None => Some(v8::Exception::error(scope, message)),
        };
        // Without an exception the constructor has thrown, and that stands.
        if let Some(exception) = exception {
            scope.throw_exception(exception);
        }
    }

    fn refuse(&self, scope: &mut v8::PinScope, value: v8::Local<v8::Value>) {
        let text =
            value.to_detail_string(scope).map(|text| convert::text(scope, text.into())).unwrap_or_default();
        let message = convert::string(scope, &format!("{text} could not be cloned."));
        self.fail(scope, message);
    }
}

struct Writing {
    owner: Owner,
    streams: Rc<Streams>,
    /// Whether marked objects are given to the owner; else only what V8 itself cannot write.
    structured: bool,
}

fn mark_key<'s>(scope: &v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Private> {
    let name = convert::name(scope, "loopscope:clone");
    v8::Private::for_api(scope, Some(name))
}

/// Whether objects can be marked, as `clone_mark` does.
pub fn any_marked(isolate: &mut v8::Isolate) -> bool {
    Streams::of(isolate).any_marked.get()
}

/// Whether the object was marked.
pub fn is_marked(scope: &mut v8::PinScope, object: v8::Local<v8::Object>) -> Option<bool> {
    let key = mark_key(scope);
    object.has_private(scope, key)
}

impl v8::ValueSerializerImpl for Writing {
    fn throw_data_clone_error<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        message: v8::Local<'s, v8::String>,
    ) {
        self.owner.fail(scope, message);
    }

    fn has_custom_host_object(&self, _isolate: &v8::Isolate) -> bool {
        self.structured && self.streams.any_marked.get()
    }

    fn is_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        object: v8::Local<'s, v8::Object>,
    ) -> Option<bool> {
        let key = mark_key(scope);
        object.has_private(scope, key)
    }

    fn write_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        object: v8::Local<'s, v8::Object>,
        _serializer: &dyn v8::ValueSerializerHelper,
    ) -> Option<bool> {
        if self.owner.property(scope, "_writeHostObject").is_none() {
            self.owner.refuse(scope, object.into());
            return None;
        }
        self.owner.call(scope, "_writeHostObject", &[object.into()]).map(|_| true)
    }

    fn get_shared_array_buffer_id<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        buffer: v8::Local<'s, v8::SharedArrayBuffer>,
    ) -> Option<u32> {
        if self.owner.property(scope, "_getSharedArrayBufferId").is_none() {
            self.owner.refuse(scope, buffer.into());
            return None;
        }
        let id = self.owner.call(scope, "_getSharedArrayBufferId", &[buffer.into()])?;
        id.uint32_value(scope)
    }

    fn get_wasm_module_transfer_id(
        &self,
        scope: &mut v8::PinScope<'_, '_>,
        module: v8::Local<v8::WasmModuleObject>,
    ) -> Option<u32> {
        let module = v8::Local::new(scope, module);
        let module = v8::Local::<v8::Value>::from(v8::Local::<v8::Object>::from(module));
        self.owner.property(scope, "_getWasmModuleId")?;
        let id = self.owner.call(scope, "_getWasmModuleId", &[module])?;
        id.uint32_value(scope)
    }
}

struct Reading {
    owner: Owner,
}

impl v8::ValueDeserializerImpl for Reading {
    fn read_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        _deserializer: &dyn v8::ValueDeserializerHelper,
    ) -> Option<v8::Local<'s, v8::Object>> {
        // V8 reads with JavaScript switched off; the owner's method is safe to run, as nothing of V8's is half done.
        v8::allow_javascript_execution_scope!(let scope, scope);
        let value = self.owner.call(scope, "_readHostObject", &[])?;
        if let Ok(object) = v8::Local::<v8::Object>::try_from(value) {
            return Some(object);
        }
        let message = convert::string(scope, "readHostObject must return an object");
        let exception = v8::Exception::type_error(scope, message);
        scope.throw_exception(exception);
        None
    }

    fn get_shared_array_buffer_from_id<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        id: u32,
    ) -> Option<v8::Local<'s, v8::SharedArrayBuffer>> {
        v8::allow_javascript_execution_scope!(let scope, scope);
        let id = v8::Integer::new_from_unsigned(scope, id).into();
        let value = self.owner.call(scope, "_getSharedArrayBuffer", &[id])?;
        v8::Local::<v8::SharedArrayBuffer>::try_from(value).ok()
    }

    fn get_wasm_module_from_id<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        id: u32,
    ) -> Option<v8::Local<'s, v8::WasmModuleObject>> {
        v8::allow_javascript_execution_scope!(let scope, scope);
        let id = v8::Integer::new_from_unsigned(scope, id).into();
        let value = self.owner.call(scope, "_getWasmModule", &[id])?;
        v8::Local::<v8::WasmModuleObject>::try_from(value).ok()
    }
}

fn owner(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Owner, OpError> {
    let object = v8::Local::<v8::Object>::try_from(value)
        .map_err(|_| OpError::Type("a stream of values needs an owner".to_owned()))?;
    Ok(Owner(v8::Weak::new(scope, object)))
}

fn uint32(value: v8::Local<v8::Value>) -> u32 {
    convert::number(value) as u32
}

fn writer(scope: &mut v8::PinScope, args: Args) -> Result<Rc<v8::ValueSerializer<'static>>, OpError> {
    let found = Streams::of(scope).writers.borrow().get(&uint32(args.get(0))).cloned();
    found.ok_or_else(|| OpError::Type("there is no such writer".to_owned()))
}

fn reader(scope: &mut v8::PinScope, args: Args) -> Result<Rc<Reader>, OpError> {
    let found = Streams::of(scope).readers.borrow().get(&uint32(args.get(0))).cloned();
    found.ok_or_else(|| OpError::Type("there is no such reader".to_owned()))
}

/// The kind of a buffer that is not to be moved; nothing to look for when values are written.
const UNTRANSFERABLE: i32 = 3;

/// `(object, kind)`: writers of structured clones give the object to their owner. Memory that cannot be transferred
/// cannot be moved by `ArrayBuffer.prototype.transfer` either.
fn clone_mark(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let object = v8::Local::<v8::Object>::try_from(args.get(0))
        .map_err(|_| OpError::Type("only an object can be marked".to_owned()))?;
    if convert::int(args.get(1)) != UNTRANSFERABLE {
        Streams::of(scope).any_marked.set(true);
    } else if let Ok(buffer) = v8::Local::<v8::ArrayBuffer>::try_from(object) {
        buffer.set_detach_key(convert::name(scope, "untransferable").into());
    }
    let key = mark_key(scope);
    object.set_private(scope, key, args.get(1));
    Ok(())
}

/// `(object) → kind`, undefined when it was not marked.
fn clone_mark_get(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    if let Ok(object) = v8::Local::<v8::Object>::try_from(args.get(0)) {
        let key = mark_key(scope);
        if let Some(kind) = object.get_private(scope, key) {
            ret.set(kind);
        }
    }
    Ok(())
}

/// `(ArrayBuffer) → whether its bytes can be moved elsewhere`.
fn clone_detachable(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(
        v8::Local::<v8::ArrayBuffer>::try_from(args.get(0)).is_ok_and(|buffer| buffer.is_detachable()),
    );
    Ok(())
}

/// `(number)`: forgets a writer or reader.
fn clone_drop(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let number = uint32(args.get(0));
    let streams = Streams::of(scope);
    let dropped =
        (streams.writers.borrow_mut().remove(&number), streams.readers.borrow_mut().remove(&number));
    drop(dropped);
    Ok(())
}

/// `(owner, structured) → number of a writer`.
fn clone_writer_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let streams = Streams::of(scope);
    let number = streams.new_number();
    let owner = owner(scope, args.get(0))?;
    let delegate = Writing { owner, streams: streams.clone(), structured: args.get(1).is_true() };
    let writer = v8::ValueSerializer::new(scope, Box::new(delegate));
    streams.writers.borrow_mut().insert(number, Rc::new(writer));
    ret.set_uint32(number);
    Ok(())
}

/// `(number)`.
fn clone_write_header(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    writer(scope, args)?.write_header();
    Ok(())
}

/// `(number, value) → true`.
fn clone_write_value(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let writer = writer(scope, args)?;
    let context = scope.get_current_context();
    if writer.write_value(context, args.get(1)).is_none() {
        return Err(OpError::Thrown);
    }
    ret.set_bool(true);
    Ok(())
}

/// `(number, uint32)`.
fn clone_write_uint32(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    writer(scope, args)?.write_uint32(uint32(args.get(1)));
    Ok(())
}

/// `(number, high uint32, low uint32)`.
fn clone_write_uint64(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (high, low) = (uint32(args.get(1)), uint32(args.get(2)));
    writer(scope, args)?.write_uint64((u64::from(high) << 32) | u64::from(low));
    Ok(())
}

/// `(number, double)`.
fn clone_write_double(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    writer(scope, args)?.write_double(convert::number(args.get(1)));
    Ok(())
}

/// `(number, view)`.
fn clone_write_raw(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let writer = writer(scope, args)?;
    crate::js::bytes::read(args.get(1), |bytes| writer.write_raw_bytes(bytes))
}

/// `(number, id, ArrayBuffer)`: the buffer is written as the id alone.
fn clone_write_transferred(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let writer = writer(scope, args)?;
    if let Ok(buffer) = v8::Local::<v8::ArrayBuffer>::try_from(args.get(2)) {
        writer.transfer_array_buffer(uint32(args.get(1)), buffer);
    }
    Ok(())
}

/// `(number, boolean)`: whether views of bytes go to `_writeHostObject`.
fn clone_write_views_as_host(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    writer(scope, args)?.set_treat_array_buffer_views_as_host_objects(args.get(1).boolean_value(scope));
    Ok(())
}

/// `(number) → Uint8Array`: what was written; the writer begins anew.
fn clone_write_finish(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let bytes = writer(scope, args)?.release();
    ret.set(convert::bytes(scope, bytes).ok_or(OpError::Thrown)?.into());
    Ok(())
}

/// `(owner, view) → number of a reader`.
fn clone_reader_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let owner = owner(scope, args.get(0))?;
    let bytes = convert::view_bytes(args.get(1))
        .ok_or_else(|| OpError::Type("argument must be a buffer".to_owned()))?;
    let deserializer = v8::ValueDeserializer::new(scope, Box::new(Reading { owner }), &bytes);
    let streams = Streams::of(scope);
    let number = streams.new_number();
    streams.readers.borrow_mut().insert(number, Rc::new(Reader { deserializer, bytes }));
    ret.set_uint32(number);
    Ok(())
}

/// `(number) → true`.
fn clone_read_header(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let reader = reader(scope, args)?;
    let context = scope.get_current_context();
    let read = reader.deserializer.read_header(context).ok_or(OpError::Thrown)?;
    ret.set_bool(read);
    Ok(())
}

/// `(number, object) → value`, made of objects of the context that the object stands for, else of the current one.
fn clone_read_value<'s>(scope: &mut v8::PinScope<'s, '_>, args: Args<'_, 's>, ret: Ret<'_, 's>) -> OpResult {
    let reader = reader(scope, args)?;
    let object = v8::Local::<v8::Object>::try_from(args.get(1)).ok();
    let context = object
        .and_then(|object| contextify::context_of(scope, object))
        .unwrap_or_else(|| scope.get_current_context());
    let value = reader.deserializer.read_value(context).ok_or(OpError::Thrown)?;
    ret.set(value);
    Ok(())
}

/// `(number) → version of the format`.
fn clone_read_version(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_uint32(reader(scope, args)?.deserializer.get_wire_format_version());
    Ok(())
}

/// `(number) → uint32`, undefined at the end.
fn clone_read_uint32(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let mut value = 0;
    if reader(scope, args)?.deserializer.read_uint32(&mut value) {
        ret.set_uint32(value);
    }
    Ok(())
}

/// `(number) → [high uint32, low uint32]`, undefined at the end.
fn clone_read_uint64(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let mut value = 0;
    if reader(scope, args)?.deserializer.read_uint64(&mut value) {
        let parts = [(value >> 32) as u32, value as u32];
        let parts = parts.map(|part| v8::Integer::new_from_unsigned(scope, part).into());
        ret.set(v8::Array::new_with_elements(scope, &parts).into());
    }
    Ok(())
}

/// `(number) → double`, undefined at the end.
fn clone_read_double(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let mut value = 0.0;
    if reader(scope, args)?.deserializer.read_double(&mut value) {
        ret.set_double(value);
    }
    Ok(())
}

/// `(number, length) → offset of the bytes`, undefined at the end.
fn clone_read_raw(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let reader = reader(scope, args)?;
    let Some(length) = convert::offset(args.get(1)).and_then(|length| usize::try_from(length).ok()) else {
        return Ok(());
    };
    if length == 0 {
        // V8 points nowhere for no bytes.
        ret.set_uint32(0);
    } else if let Some(bytes) = reader.deserializer.read_raw_bytes(length) {
        let offset = bytes.as_ptr() as usize - reader.bytes.as_ptr() as usize;
        ret.set_double(offset as f64);
    }
    Ok(())
}

/// `(number, id, ArrayBuffer)`: what was written as the id.
fn clone_read_transferred(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let reader = reader(scope, args)?;
    if let Ok(buffer) = v8::Local::<v8::ArrayBuffer>::try_from(args.get(2)) {
        reader.deserializer.transfer_array_buffer(uint32(args.get(1)), buffer);
    }
    Ok(())
}
