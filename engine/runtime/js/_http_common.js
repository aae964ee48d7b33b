'use strict';

// The old name of a part of `http`; scripts of old times require it.

const { METHODS } = require('internal/http/constants');
const { hasInvalidChar, isToken } = require('internal/http/header_checks');
const { HTTPParser, freeParser, parsers } = require('internal/http/parser');

module.exports = {
  _checkInvalidHeaderChar: hasInvalidChar,
  _checkIsHttpToken: isToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  freeParser,
  methods: METHODS,
  HTTPParser,
  parsers,
};
