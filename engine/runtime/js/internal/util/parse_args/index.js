'use strict';

// `util.parseArgs` (https://nodejs.org/api/util.html#utilparseargsconfig).

const { codes } = require('internal/errors');
const { tokenize } = require('internal/util/parse_args/tokens');
const validators = require('internal/validators');

const TYPES = ['string', 'boolean'];
const NO = 'no-';
const NO_CONFIG = { __proto__: null };

/** The words behind the script. */
function ownWords() {
  const { argv, execArgv } = process;
  const isEval = execArgv.some((option) => /^(?:-e|-p|-pe|--eval|--print)(?:=|$)/.test(option));
  return argv.slice(isEval ? 1 : 2);
}

function checkDefault(option, place) {
  const { default: value, multiple, type } = option;
  if (value === undefined) return;
  if (multiple) {
    if (type === 'string') validators.validateStringArray(value, place);
    else validators.validateBooleanArray(value, place);
  } else if (type === 'string') {
    validators.validateString(value, place);
  } else {
    validators.validateBoolean(value, place);
  }
}

/** The options by name, when all of them are described well. */
function checkOptions(options) {
  const known = new Map();
  for (const [name, option] of Object.entries(options)) {
    const place = `options.${name}`;
    validators.validateObject(option, place);
    validators.validateUnion(option.type, `${place}.type`, TYPES);
    if (Object.hasOwn(option, 'short')) {
      validators.validateString(option.short, `${place}.short`);
      if (option.short.length !== 1) {
        throw new codes.ERR_INVALID_ARG_VALUE(`${place}.short`, option.short, 'must be a single character');
      }
    }
    if (Object.hasOwn(option, 'multiple')) validators.validateBoolean(option.multiple, `${place}.multiple`);
    checkDefault(option, `${place}.default`);
    known.set(name, option);
  }
  return known;
}

function looksLikeOption(value) {
  return value !== undefined && value.length > 1 && value[0] === '-';
}

/** In strict mode: an option without its value, whose next word looks like an option, is more likely a mistake. */
function checkAmbiguous({ inlineValue, name, rawName, value }) {
  if (inlineValue || !looksLikeOption(value)) return;
  const isShort = !rawName.startsWith('--');
  const ways = isShort ? `'--${name}=-XYZ' or '${rawName}-XYZ'` : `'${rawName}=-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
    `Option '${rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${rawName}'?
To specify an option argument starting with a dash use ${ways}.`,
  );
}

/** One run over the words. */
class Parser {
  constructor(known, strict, allowPositionals, allowNegative) {
    this.known = known;
    this.strict = strict;
    this.allowPositionals = allowPositionals;
    this.allowNegative = allowNegative;
    this.values = { __proto__: null };
    this.positionals = [];
  }

  /** In strict mode: the option is known, and has a value just when it takes one. */
  checkOption({ name, rawName, value }) {
    const isNegative = !this.known.has(name) && this.allowNegative && name.startsWith(NO);
    if (isNegative) name = name.slice(NO.length);
    const option = this.known.get(name);
    if (option === undefined || (isNegative && option.type !== 'boolean')) {
      throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(rawName, this.allowPositionals);
    }
    const shown = `${option.short ? `-${option.short}, ` : ''}--${name}`;
    if (option.type === 'string' && typeof value !== 'string') {
      throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
    }
    if (option.type === 'boolean' && value !== undefined && value !== null) {
      throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
    }
  }

  option(token) {
    if (this.strict) {
      this.checkOption(token);
      checkAmbiguous(token);
    }
    let value = token.value ?? true;
    if (this.allowNegative && token.name.startsWith(NO) && token.value === undefined) {
      // `--no-color` turns `color` off.
      token.name = token.name.slice(NO.length);
      value = false;
    }
    const { name } = token;
    if (name === '__proto__') return;
    if (this.known.get(name)?.multiple) (this.values[name] ??= []).push(value);
    else this.values[name] = value;
  }

  positional(token) {
    if (!this.allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
    this.positionals.push(token.value);
  }

  run(tokens) {
    for (const token of tokens) {
      if (token.kind === 'option') this.option(token);
      else if (token.kind === 'positional') this.positional(token);
    }
    for (const [name, option] of this.known) {
      if (option.default !== undefined && this.values[name] === undefined) this.values[name] = option.default;
    }
  }
}

/** Options and positionals of a command line. */
const parseArgs = (config = NO_CONFIG) => {
  const own = (name) => (Object.hasOwn(config, name) ? config[name] : undefined);
  const words = own('args') ?? ownWords();
  const strict = own('strict') ?? true;
  const allowPositionals = own('allowPositionals') ?? !strict;
  const returnTokens = own('tokens') ?? false;
  const allowNegative = own('allowNegative') ?? false;
  const options = own('options') ?? { __proto__: null };

  validators.validateArray(words, 'args');
  validators.validateBoolean(strict, 'strict');
  validators.validateBoolean(allowPositionals, 'allowPositionals');
  validators.validateBoolean(returnTokens, 'tokens');
  validators.validateBoolean(allowNegative, 'allowNegative');
  validators.validateObject(options, 'options');
  const known = checkOptions(options);

  const tokens = tokenize(words, known);
  const parser = new Parser(known, strict, allowPositionals, allowNegative);
  parser.run(tokens);
  const { positionals, values } = parser;
  return returnTokens ? { values, positionals, tokens } : { values, positionals };
};

module.exports = { parseArgs };
