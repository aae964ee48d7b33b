'use strict';

// One component of a URL pattern: its parts, its regular expression and its text
// (https://urlpattern.spec.whatwg.org/#patterns, #components).

const { isNamePart, tokenize } = require('internal/url_pattern/tokens');

const FULL_WILDCARD = '.*';

const escapeRegexp = (text) => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');

/** Text as a pattern that means exactly this text. */
const escapePattern = (text) => text.replace(/[+*?:{}()\\]/g, '\\$&');

const segmentWildcard = ({ delimiter }) => `[^${escapeRegexp(delimiter)}]+?`;

/** Reads the parts off the tokens. */
class Parser {
  #tokens;
  #index = 0;
  #options;
  #encode;
  #fixed = '';
  #nextName = 0;
  parts = [];

  constructor(input, options, encode) {
    this.#tokens = tokenize(input, false);
    this.#options = options;
    this.#encode = encode;
  }

  #take(type) {
    const token = this.#tokens[this.#index];
    if (token.type !== type) return undefined;
    this.#index++;
    return token;
  }

  #require(type) {
    const token = this.#take(type);
    if (token === undefined) throw new TypeError(`expected ${type}`);
    return token;
  }

  #takeMatcher(name) {
    return this.#take('regexp') ?? (name === undefined ? this.#take('asterisk') : undefined);
  }

  #takeModifier() {
    return (this.#take('other-modifier') ?? this.#take('asterisk'))?.value ?? '';
  }

  #takeText() {
    let text = '';
    for (let token; (token = this.#take('char') ?? this.#take('escaped-char'));) text += token.value;
    return text;
  }

  #addFixed() {
    if (this.#fixed === '') return;
    this.parts.push({ type: 'fixed', value: this.#encode(this.#fixed), modifier: '', name: '', prefix: '', suffix: '' });
    this.#fixed = '';
  }

  #add(prefix, name, matcher, suffix, modifier) {
    const isText = name === undefined && matcher === undefined;
    if (isText && modifier === '') {
      this.#fixed += prefix;
      return;
    }
    this.#addFixed();
    if (isText) {
      if (prefix !== '') {
        this.parts.push({ type: 'fixed', value: this.#encode(prefix), modifier, name: '', prefix: '', suffix: '' });
      }
      return;
    }
    const segment = segmentWildcard(this.#options);
    let value = segment;
    if (matcher !== undefined) value = matcher.type === 'asterisk' ? FULL_WILDCARD : matcher.value;
    let type = 'regexp';
    if (value === segment) type = 'segment';
    else if (value === FULL_WILDCARD) type = 'full';
    const groupName = name === undefined ? String(this.#nextName++) : name.value;
    if (this.parts.some((part) => part.name === groupName)) throw new TypeError(`duplicate name ${groupName}`);
    this.parts.push({
      type,
      value: type === 'regexp' ? value : '',
      modifier,
      name: groupName,
      prefix: this.#encode(prefix),
      suffix: this.#encode(suffix),
    });
  }

  parse() {
    while (this.#index < this.#tokens.length) {
      const character = this.#take('char');
      const name = this.#take('name');
      const matcher = this.#takeMatcher(name);
      if (name !== undefined || matcher !== undefined) {
        let prefix = character?.value ?? '';
        if (prefix !== '' && prefix !== this.#options.prefix) {
          this.#fixed += prefix;
          prefix = '';
        }
        this.#addFixed();
        this.#add(prefix, name, matcher, '', this.#takeModifier());
        continue;
      }
      const fixed = character ?? this.#take('escaped-char');
      if (fixed !== undefined) {
        this.#fixed += fixed.value;
      } else if (this.#take('open') !== undefined) {
        const prefix = this.#takeText();
        const innerName = this.#take('name');
        const innerMatcher = this.#takeMatcher(innerName);
        const suffix = this.#takeText();
        this.#require('close');
        this.#add(prefix, innerName, innerMatcher, suffix, this.#takeModifier());
      } else {
        this.#addFixed();
        this.#require('end');
      }
    }
    return this.parts;
  }
}

function partSource(part, options) {
  const { modifier } = part;
  if (part.type === 'fixed') {
    const text = escapeRegexp(part.value);
    return modifier === '' ? text : `(?:${text})${modifier}`;
  }
  let { value } = part;
  if (part.type === 'segment') value = segmentWildcard(options);
  else if (part.type === 'full') value = FULL_WILDCARD;
  const repeats = modifier === '*' || modifier === '+';
  if (part.prefix === '' && part.suffix === '') {
    return repeats ? `((?:${value})${modifier})` : `(${value})${modifier}`;
  }
  const prefix = escapeRegexp(part.prefix);
  const suffix = escapeRegexp(part.suffix);
  if (!repeats) return `(?:${prefix}(${value})${suffix})${modifier}`;
  return `(?:${prefix}((?:${value})(?:${suffix}${prefix}(?:${value}))*)${suffix})${modifier === '*' ? '?' : ''}`;
}

const isDigit = (text) => /^\d/.test(text);

/** Whether a part must stand in braces to keep its meaning. */
function needsBraces(parts, index, options) {
  const part = parts[index];
  if (part.suffix !== '' || (part.prefix !== '' && part.prefix !== options.prefix)) return true;
  const next = parts[index + 1];
  const isPlainName = !isDigit(part.name) && part.type === 'segment' && part.modifier === '';
  if (isPlainName && next !== undefined && next.prefix === '' && next.suffix === '') {
    if (next.type === 'fixed' ? isNamePart([...next.value][0] ?? '') : isDigit(next.name)) return true;
  }
  const previous = parts[index - 1];
  return part.prefix === '' && previous?.type === 'fixed' && options.prefix !== '' &&
    previous.value.endsWith(options.prefix);
}

function partText(parts, index, options) {
  const part = parts[index];
  if (part.type === 'fixed') {
    const text = escapePattern(part.value);
    return part.modifier === '' ? text : `{${text}}${part.modifier}`;
  }
  const previous = parts[index - 1];
  const hasName = !isDigit(part.name);
  const braces = needsBraces(parts, index, options);
  let text = escapePattern(part.prefix);
  if (hasName) text += `:${part.name}`;
  if (part.type === 'regexp') {
    text += `(${part.value})`;
  } else if (part.type === 'segment' && !hasName) {
    text += `(${segmentWildcard(options)})`;
  } else if (part.type === 'full') {
    const isBare = !hasName && (previous === undefined || previous.type === 'fixed' || previous.modifier !== '' ||
      braces || part.prefix !== '');
    text += isBare ? '*' : '(.*)';
  }
  if (part.type === 'segment' && hasName && part.suffix !== '' && isNamePart([...part.suffix][0])) text += '\\';
  text += escapePattern(part.suffix);
  return `${braces ? `{${text}}` : text}${part.modifier}`;
}

/**
 * Compiles one component.
 *
 * @param {string} input
 * @param {(text: string) => string} encode How fixed text is written in a URL; throws for what cannot be.
 * @param {{delimiter: string, prefix: string, ignoreCase?: boolean}} options
 * @returns {{pattern: string, regexp: RegExp, names: string[], hasRegExpGroups: boolean}}
 */
function compileComponent(input, encode, options) {
  const parts = new Parser(input, options, encode).parse();
  const source = parts.map((part) => partSource(part, options)).join('');
  return {
    pattern: parts.map((_part, index) => partText(parts, index, options)).join(''),
    regexp: new RegExp(`^${source}$`, options.ignoreCase ? 'vi' : 'v'),
    names: parts.filter((part) => part.type !== 'fixed').map((part) => part.name),
    hasRegExpGroups: parts.some((part) => part.type === 'regexp'),
  };
}

module.exports = { compileComponent, escapePattern };
