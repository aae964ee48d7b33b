// A missing export, uncaught: the line and a caret under the name.
import { present } from './lib.mjs';
import { absent } from './lib.mjs';
