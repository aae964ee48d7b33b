'use strict';

// Names of what an Interface of `readline` keeps for itself. Node shows most of them on the prototype a second time,
// with an underscore, for programs that replace them.

const names = ['_addHistory', '_deleteLeft', '_deleteLineLeft', '_deleteLineRight', '_deleteRight', '_deleteWordLeft',
  '_deleteWordRight', '_getDisplayPos', '_historyNext', '_historyPrev', '_insertString', '_line', '_moveCursor',
  '_normalWrite', '_onLine', '_refreshLine', '_setRawMode', '_tabComplete', '_ttyWrite', '_wordLeft', '_wordRight',
  '_writeToOutput'];

/** `methods._line` and so on: the symbols of the methods that can be replaced. */
const methods = { __proto__: null };
for (const name of names) methods[name] = Symbol(name);

const fields = {
  kBeforeEdit: Symbol('_beforeEdit'),
  kDecoder: Symbol('_decoder'),
  kKillRing: Symbol('_killRing'),
  kKillRingCursor: Symbol('_killRingCursor'),
  kLineBuffer: Symbol('_line_buffer'),
  kLineStream: Symbol('line object stream'),
  kOldPrompt: Symbol('_oldPrompt'),
  kPreviousKey: Symbol('_previousKey'),
  kPrompt: Symbol('_prompt'),
  kQuestion: Symbol('kQuestion'),
  kQuestionCallback: Symbol('_questionCallback'),
  kQuestionCancel: Symbol('kQuestionCancel'),
  kRedoStack: Symbol('_redoStack'),
  kSawKeyPress: Symbol('_sawKeyPress'),
  kSawReturnAt: Symbol('_sawReturnAt'),
  kSubstringSearch: Symbol('kSubstringSearch'),
  kTabCompleter: Symbol('_tabCompleter'),
  kUndoStack: Symbol('_undoStack'),
  kYanking: Symbol('_yanking'),
};

module.exports = { methods, ...fields };
