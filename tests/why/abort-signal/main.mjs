// why: after
import { setTimeout as sleep } from 'node:timers/promises';
try { await sleep(1000, null, { signal: AbortSignal.timeout(3) }); } catch (failed) { console.log(failed.name); }
setTimeout(function after() {}, 1);
