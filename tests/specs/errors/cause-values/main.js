// A cause can be any value.
const error = new Error('with a plain cause', { cause: { status: 404, reason: 'not found' } });
error.extra = ['more', 'data'];
throw error;
