// Using what a module in a cycle has not exported yet warns.
require('./a');
