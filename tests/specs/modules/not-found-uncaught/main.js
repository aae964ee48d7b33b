// The error of a module that is missing, uncaught, through two files.
require('./lib');
