'use strict';

// A child's output is given to the next child: all of it arrives there, and the parent takes none of it, even when the
// first child is gone first.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawn } = require('child_process');

const file = path.join(os.tmpdir(), `chained-${process.pid}`);
fs.writeFileSync(file, `${'x'.repeat(1023)}\n`.repeat(64));

function chain(rounds) {
  const first = spawn('cat', [file]);
  const second = spawn('cat', [], { stdio: [first.stdout, 'pipe', 'inherit'] });
  const last = spawn('wc', ['-c'], { stdio: [second.stdout, 'pipe', 'inherit'] });
  let ours = 0;
  for (const { stdout } of [first, second]) stdout._handle.readStart = () => { ours++; };
  let said = '';
  last.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
  last.on('close', (code) => {
    console.log(said.trim(), code, ours, first.stdout.isPaused());
    if (rounds > 1) chain(rounds - 1);
    else fs.unlinkSync(file);
  });
}
chain(5);
