'use strict';

// The commands of a REPL that begin with a point (https://nodejs.org/api/repl.html#commands-and-special-keys).

const fs = require('fs');

const KEYS = '\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n';

function define(repl) {
  repl.defineCommand('break', {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  });
  repl.defineCommand('clear', {
    help: repl.useGlobal ? 'Alias for .break' : 'Break, and also clear the local context',
    action() {
      this.clearBufferedCommand();
      if (!this.useGlobal) {
        this.output.write('Clearing context...\n');
        this.resetContext();
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('exit', {
    help: 'Exit the REPL',
    action() {
      this.close();
    },
  });
  repl.defineCommand('help', {
    help: 'Print this help message',
    action() {
      const names = Object.keys(this.commands).sort();
      const width = Math.max(...names.map((name) => name.length)) + 3;
      for (const name of names) {
        const { help } = this.commands[name];
        this.output.write(`.${name}${help ? ' '.repeat(width - name.length) : ''}${help ?? ''}\n`);
      }
      this.output.write(KEYS);
      this.displayPrompt();
    },
  });
  repl.defineCommand('save', {
    help: 'Save all evaluated commands in this REPL session to a file',
    action(file) {
      try {
        if (file === '') throw new Error('no file');
        fs.writeFileSync(file, this.lines.join('\n'));
        this.output.write(`Session saved to: ${file}\n`);
      } catch (error) {
        this.output.write(file === '' ? 'The "file" argument must be specified\n' : `Failed to save: ${file}\n`);
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('load', {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      try {
        if (file === '') throw new Error('no file');
        const stats = fs.statSync(file);
        if (stats.isFile()) this._loadText(fs.readFileSync(file, 'utf8'));
        else this.output.write(`Failed to load: ${file} is not a valid file\n`);
      } catch {
        this.output.write(file === '' ? 'The "file" argument must be specified\n' : `Failed to load: ${file}\n`);
      }
      this.displayPrompt();
    },
  });
  if (!repl.terminal) return;
  repl.defineCommand('editor', {
    help: 'Enter editor mode',
    action() {
      this._enterEditor();
      this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
    },
  });
}

module.exports = { define };
