// An uncaught error in an imported module: places are URLs.
import './lib.mjs';
