'use strict';

// ZIP archives on disk: read, changed in place, closed, and made from files.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { ZipBuffer, ZipEntry, ZipFile, createZipArchiveSync, zipFiles } = require('zlib');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zip-'));
const file = path.join(folder, 'a.zip');
const modified = new Date(2024, 4, 6, 7, 8, 10);
const attempt = async (label, what) => {
  try {
    console.log(label, await what());
  } catch (error) {
    console.log(label, error.name, error.code, error.message.replaceAll(folder, ''));
  }
};
const entry = (name, content) => ZipEntry.createSync(name, Buffer.from(content), { method: 'store', modified });
const write = (entries, options) => fs.writeFileSync(file, Buffer.concat([...createZipArchiveSync(entries, options)]));
const look = (zip) => console.log([...zip.keys()], fs.statSync(file).size);
const failing = async function* () {
  yield Buffer.from('part');
  throw new Error('from the source');
};

async function readOnly() {
  write([entry('a', 'aaa'), entry('b/', '')], 'note');
  const zip = await ZipFile.open(file);
  console.log(zip, zip.size, zip.comment, zip.writable, zip.has('a'), zip.has('q'), [...zip.keys()]);
  for (const each of zip.valuesSync()) console.log(each.name, each.rawContent, each.contentSync());
  for (const [name, each] of zip.entriesSync()) console.log(name, each.size);
  for await (const each of zip) console.log(each.name);
  for await (const each of zip.values()) console.log(each.name);
  for (const [name, promise] of zip) console.log(name, (await promise).size);
  zip.forEach(function (promise, name, whole) {
    console.log(promise instanceof Promise, name, whole === zip, this.x);
  }, { x: 1 });
  zip.forEachSync((each, name) => console.log(each.name, name));
  console.log(Buffer.concat(await (await zip.stream('a')).toArray()).toString());
  await attempt('get', () => zip.get('no'));
  await attempt('get', () => zip.getSync(5));
  await attempt('add', () => zip.addSync('x', Buffer.from('x')));
  await attempt('add', () => zip.add('x', Buffer.from('x')));
  await attempt('delete', () => zip.deleteSync('a'));
  await attempt('compact', async () => [zip.compactSync().length, Buffer.concat(await zip.compact('c').toArray()).length]);
  const kept = await zip.get('a');
  await zip.close();
  for (const what of [
    () => kept.contentSync(), () => kept.content(), () => zip.getSync('a'), () => zip.get('a'), () => zip.stream('a'),
    () => zip.size, () => zip.comment, () => zip.writable, () => zip.has('a'), () => zip.keys(), () => [...zip.valuesSync()],
    () => zip.compactSync(), () => zip.closeSync(), () => zip.close(),
  ]) await attempt(String(what), what);
}

async function changes() {
  const zip = ZipFile.openSync(file, { writable: true });
  zip.addSync('x', Buffer.from('x'), { modified });
  look(zip);
  zip.addSync('a', Buffer.from('AAAA'), { modified });
  look(zip);
  console.log(zip.deleteSync('a'), zip.deleteSync('nope'), await zip.delete('x'), await zip.delete('nope'));
  look(zip);
  const adding = zip.add('p', Buffer.from('ppp'), { modified });
  for (const what of [
    () => zip.getSync('b/'), () => zip.addSync('q', Buffer.from('q')), () => zip.deleteSync('b/'), () => zip.closeSync(),
    () => [zip.has('p'), zip.size],
  ]) {
    try {
      console.log(what());
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  await Promise.all([adding, zip.add('p2', Buffer.from('pp'), { modified })]);
  look(zip);
  const streamed = ZipEntry.createStream('s', [Buffer.from('stream')], { method: 'store', modified });
  console.log((await zip.addEntry(streamed)) === streamed, streamed.contentSync().toString(), streamed.size);
  await attempt('failing', () => zip.addEntry(ZipEntry.createStream('f', failing(), { method: 'store' })));
  look(zip);
  const old = zip.getSync('p');
  zip.addSync('p', Buffer.from('new p'), { modified: new Date(2024, 4, 6, 7, 8, 11, 999) });
  console.log(old.contentSync().toString(), zip.getSync('p').contentSync().toString(), zip.getSync('p').modified - modified);
  await attempt('entry', () => zip.addEntry(5));
  console.log(zip.compactSync().length, fs.statSync(file).size);
  const closing = zip.close();
  await attempt('closing', () => zip.getSync('p'));
  await closing;
  for (const [name, each] of new ZipBuffer(fs.readFileSync(file))) console.log(name, each.contentSync().toString());
}

async function prefixed() {
  fs.writeFileSync(file, Buffer.concat([Buffer.from('#!/bin/sh\n'), ...createZipArchiveSync([entry('a', 'aaa')])]));
  const zip = ZipFile.openSync(file, { writable: true });
  zip.addSync('b', Buffer.from('bbb'), { modified });
  zip.addEntrySync(zip.getSync('a'));
  zip.closeSync();
  const bytes = fs.readFileSync(file);
  console.log(bytes.length, bytes.toString('latin1').slice(0, 9));
  for (const [name, each] of new ZipBuffer(bytes)) console.log(name, each.contentSync().toString());
}

async function opening() {
  await attempt('number', () => ZipFile.openSync(5));
  await attempt('writable', () => ZipFile.open(file, { writable: 5 }));
  await attempt('missing', () => ZipFile.openSync(path.join(folder, 'none')));
  await attempt('missing', () => ZipFile.open(path.join(folder, 'none'), { writable: true }));
  await attempt('folder', () => ZipFile.openSync(folder));
  fs.writeFileSync(file, 'no archive');
  await attempt('junk', () => ZipFile.open(file));
  await attempt('junk', () => ZipFile.openSync(file));
}

async function large() {
  const content = Buffer.alloc(300000, 'abc');
  write(['store', 'deflate', 'zstd'].map((method) => ZipEntry.createSync(method, content, { method })));
  const zip = await ZipFile.open(file);
  for (const name of zip.keys()) {
    const each = await zip.get(name);
    let total = 0;
    for await (const chunk of each.contentIterator()) total += chunk.length;
    console.log(name, total, (await each.content()).equals(content), each.contentSync().equals(content));
    await attempt('too large', () => each.content({ maxSize: 3 }));
  }
  zip.closeSync();
}

async function fromFiles() {
  const at = (name) => path.join(folder, name);
  fs.writeFileSync(at('x.txt'), 'hello '.repeat(50));
  fs.chmodSync(at('x.txt'), 0o640);
  fs.utimesSync(at('x.txt'), modified, modified);
  fs.mkdirSync(at('d'), 0o755);
  fs.symlinkSync('x.txt', at('ln'));
  const files = ['x.txt', 'd', 'ln'].map((name) => [at(name), name]);
  for (const options of [undefined, 'a comment', { followSymlinks: false }]) {
    const zip = new ZipBuffer(Buffer.concat(await zipFiles(files, options).toArray()));
    console.log(zip.comment);
    for (const [name, each] of zip) {
      console.log(name, each.method, each.flags, each.mode.toString(8), each.isSymlink, each.contentSync().toString().slice(0, 6));
    }
  }
  await attempt('missing', () => zipFiles([[at('none'), 'x']]).toArray());
  await attempt('number', () => zipFiles([[5, 'x']]).toArray());
  await attempt('no name', () => zipFiles([[at('x.txt')]]).toArray());
  await attempt('links', () => zipFiles([], { followSymlinks: 5 }));
}

(async () => {
  for (const part of [readOnly, changes, prefixed, opening, large, fromFiles]) await part();
})().finally(() => fs.rmSync(folder, { recursive: true }));
