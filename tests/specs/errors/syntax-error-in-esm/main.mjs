// A syntax error in an imported module.
import './broken.mjs';
