// Start-up of an ES module that imports two built-in ones.
import { join } from 'node:path';
import { EventEmitter } from 'node:events';

if (join('a', 'b') !== 'a/b' || !new EventEmitter()) process.exit(1);
