// An error in a required file, with the chain of requires in its stack.
require('./lib/outer');
