//! Values that V8 alone can write and read: most messages, which this spares the way through JavaScript.

use v8::{ValueDeserializerHelper, ValueSerializerHelper};

use super::clone;

/// Gives up on whatever needs more.
struct Plain {
    any_marked: bool,
}

impl Plain {
    fn give_up(scope: &mut v8::PinScope) {
        let nothing = v8::undefined(scope).into();
        scope.throw_exception(nothing);
    }
}

impl v8::ValueSerializerImpl for Plain {
    fn throw_data_clone_error<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        _message: v8::Local<'s, v8::String>,
    ) {
        Self::give_up(scope);
    }

    fn has_custom_host_object(&self, _isolate: &v8::Isolate) -> bool {
        self.any_marked
    }

    fn is_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        object: v8::Local<'s, v8::Object>,
    ) -> Option<bool> {
        clone::is_marked(scope, object)
    }

    fn write_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        _object: v8::Local<'s, v8::Object>,
        _serializer: &dyn v8::ValueSerializerHelper,
    ) -> Option<bool> {
        Self::give_up(scope);
        None
    }

    fn get_shared_array_buffer_id<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        _buffer: v8::Local<'s, v8::SharedArrayBuffer>,
    ) -> Option<u32> {
        Self::give_up(scope);
        None
    }

    fn get_wasm_module_transfer_id(
        &self,
        scope: &mut v8::PinScope<'_, '_>,
        _module: v8::Local<v8::WasmModuleObject>,
    ) -> Option<u32> {
        Self::give_up(scope);
        None
    }
}

impl v8::ValueDeserializerImpl for Plain {}

/// The value as bytes; `None` when it holds something that V8 alone cannot write, or its getters threw.
pub fn write(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Option<Vec<u8>> {
    let any_marked = clone::any_marked(scope);
    v8::tc_scope!(let scope, scope);
    let context = scope.get_current_context();
    let writer = v8::ValueSerializer::new(scope, Box::new(Plain { any_marked }));
    writer.write_header();
    let written = writer.write_value(context, value) == Some(true);
    written.then(|| writer.release())
}

/// The value of a message that has nothing beside its bytes; `None` when that threw.
pub fn read<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: &[u8]) -> Option<v8::Local<'s, v8::Value>> {
    let context = scope.get_current_context();
    let reader = v8::ValueDeserializer::new(scope, Box::new(Plain { any_marked: false }), bytes);
    reader.read_header(context)?;
    reader.read_value(context)
}
