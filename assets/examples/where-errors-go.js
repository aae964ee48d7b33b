// `try` and `catch` surround what runs now. A callback runs later, when they are long gone.

function parse(text) {
  return JSON.parse(text);
}

// Caught: the error is thrown while `try` is still on the stack.
try {
  parse('{"a": 1');
} catch (error) {
  console.log('caught at once:', error.name);
}

// Caught: `await` brings the rejection back into the function, and thereby into its `try`.
async function patient() {
  try {
    await Promise.reject(new RangeError('too far'));
  } catch (error) {
    console.log('caught behind await:', error.message);
  }
}
patient();

// Not caught: the loop calls this function, and above it on the stack there is nobody.
try {
  setTimeout(function nobodyIsAbove() {
    console.log('the timer throws');
    parse('not JSON');
  }, 10);
} catch {
  console.log('never printed');
}

// The last chance to say something. It does not make the error undone: the program ends with exit code 1.
process.on('exit', (code) => console.log('exit code', code));

// Ends with exit code 1.
// Prints:
// caught at once: SyntaxError
// caught behind await: too far
// the timer throws
// exit code 1
