'use strict';

// Names, kinds and numbers of parameters of all that scripts can reach. Globals come first: some modules make more of them.

require('./globals');
require('./modules');
