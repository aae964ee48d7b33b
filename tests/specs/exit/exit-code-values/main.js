// What process.exitCode accepts.
for (const value of [0, '7', '0x10', 1.5, 'abc', null, undefined, {}, true, NaN, '']) {
  try {
    process.exitCode = value;
    console.log(process.exitCode);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
process.exitCode = undefined;
