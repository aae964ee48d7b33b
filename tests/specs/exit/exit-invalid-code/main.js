// process.exit checks its argument as exitCode does.
for (const value of ['x', 1.2, {}, true]) {
  try {
    process.exit(value);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
process.exit('6');
