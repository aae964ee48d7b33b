// why: later
import { setTheTimer } from './part.mjs';
setTheTimer();
