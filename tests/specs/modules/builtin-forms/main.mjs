// Built-in modules: with and without node:, default and names, live after syncBuiltinESMExports.
import fs, { readFileSync } from 'fs';
import * as ns from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process, { argv } from 'node:process';
import { Buffer as B } from 'node:buffer';
import timers from 'node:timers';
console.log(ns.default === fs, readFileSync === fs.readFileSync, process === globalThis.process, argv === process.argv);
console.log(B === Buffer, timers.setTimeout === setTimeout);
fs.readFileSync = () => 'patched';
console.log(readFileSync === fs.readFileSync);
syncBuiltinESMExports();
console.log(readFileSync());
await import('node:nope').catch((e) => console.log(e.code, e.message));
