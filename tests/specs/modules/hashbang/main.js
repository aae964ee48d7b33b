#!/usr/bin/env node
// A first line for the shell is skipped, and counts as a line.
console.log(new Error('line').stack.split('\n')[1].trim());
console.log(require('./bom') + 1);
