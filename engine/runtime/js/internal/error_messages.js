'use strict';

// Every error code of the runtime: base class, message, and further properties the error carries.
// Codes and meanings: https://nodejs.org/api/errors.html#nodejs-error-codes
//
// A row is `[Base, message]`, `[Base, message, properties]` or, when the code is another than the key, that code fourth. A message is a text or a function of the constructor's
// arguments; `properties` is a function of the same arguments and returns what is assigned to the error.

const {
  determineSpecificType,
  formatInvalidArgType,
  formatList,
  formatOutOfRange,
  inspectShort,
  shown,
} = require('internal/error_format');

const baseName = (path) => path.slice(path.lastIndexOf('/') + 1);
const importedFrom = (base) => (base ? ` imported from ${base}` : '');

const general = {
  ERR_ACCESS_DENIED: [
    Error,
    (message) => message,
    (_message, permission = '', resource = '') => ({ permission, resource }),
  ],
  ERR_AMBIGUOUS_ARGUMENT: [TypeError, (name, reason) => `The "${name}" argument is ambiguous. ${reason}`],
  ERR_ARG_NOT_ITERABLE: [TypeError, (name) => `${name} must be iterable`],
  ERR_ASSERTION: [Error, (message) => message],
  ERR_ASYNC_CALLBACK: [TypeError, (name) => `${name} must be a function`],
  ERR_ASYNC_TYPE: [TypeError, (name) => `Invalid name for async "type": ${name}`],
  ERR_CONSTRUCT_CALL_INVALID: [TypeError, 'Constructor cannot be called'],
  ERR_CONSTRUCT_CALL_REQUIRED: [
    TypeError,
    (name) => `Class constructor ${name} cannot be invoked without \`new\``,
  ],
  ERR_CONSOLE_WRITABLE_STREAM: [
    TypeError,
    (name) => `Console expects a writable stream instance for ${name}`,
  ],
  ERR_EVENT_RECURSION: [Error, (type) => `The event "${type}" is already being dispatched`],
  ERR_FALSY_VALUE_REJECTION: [Error, 'Promise was rejected with falsy value', (reason) => ({ reason })],
  ERR_FEATURE_UNAVAILABLE_ON_PLATFORM: [
    TypeError,
    (name) =>
      `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`,
  ],
  ERR_ILLEGAL_CONSTRUCTOR: [TypeError, 'Illegal constructor'],
  ERR_INCOMPATIBLE_OPTION_PAIR: [
    TypeError,
    (first, second) => `Option "${first}" cannot be used in combination with option "${second}"`,
  ],
  ERR_INTERNAL_ASSERTION: [
    Error,
    (message) =>
      `${message === undefined ? '' : `${message}\n`}This is caused by either a bug in Node.js or incorrect usage of ` +
      'Node.js internals.\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n',
  ],
  ERR_INVALID_ARG_TYPE: [TypeError, formatInvalidArgType],
  ERR_INVALID_ARG_VALUE: [
    TypeError,
    (name, value, reason = 'is invalid') =>
      `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${inspectShort(value)}`,
  ],
  ERR_INVALID_ASYNC_ID: [RangeError, (name, value) => `Invalid ${name} value: ${shown(value)}`],
  ERR_INVALID_CURSOR_POS: [TypeError, 'Cannot set cursor row without setting its column'],
  ERR_INVALID_HANDLE_TYPE: [TypeError, 'This handle type cannot be sent'],
  ERR_INVALID_OBJECT_DEFINE_PROPERTY: [TypeError, (message) => message],
  ERR_INVALID_RETURN_PROPERTY: [
    TypeError,
    (input, name, property, value) =>
      `Expected a valid ${input} to be returned for the "${property}" from the "${name}" hook` +
      ` but got ${determineSpecificType(value)}.`,
  ],
  ERR_INVALID_RETURN_PROPERTY_VALUE: [
    TypeError,
    (input, name, property, value) =>
      `Expected ${input} to be returned for the "${property}" from the "${name}" hook` +
      ` but got ${determineSpecificType(value)}.`,
  ],
  ERR_LOADER_CHAIN_INCOMPLETE: [Error, (hook) =>
    `"${hook}" did not call the next hook in its chain and did not explicitly signal a short circuit. ` +
      'If this is intentional, include `shortCircuit: true` in the hook\'s return.'],
  ERR_INVALID_RETURN_VALUE: [
    TypeError,
    (input, name, value) =>
      `Expected ${input} to be returned from the "${name}" function but got ${determineSpecificType(value)}.`,
  ],
  ERR_INVALID_STATE: [Error, (state) => `Invalid state: ${state}`],
  ERR_INVALID_THIS: [TypeError, (type) => `Value of "this" must be of type ${type}`],
  ERR_INVALID_TUPLE: [TypeError, (name, kind) => `${name} must be an iterable ${kind} tuple`],
  ERR_METHOD_NOT_IMPLEMENTED: [Error, (name) => `The ${name} method is not implemented`],
  ERR_MISSING_ARGS: [
    TypeError,
    (...names) => {
      const quoted = names.map((name) =>
        (Array.isArray(name) ? name : [name]).map((n) => `"${n}"`).join(' or '),
      );
      const count = names.length === 1 ? 'argument' : 'arguments';
      return `The ${formatList(quoted)} ${count} must be specified`;
    },
  ],
  ERR_MISSING_OPTION: [TypeError, (name) => `${name} is required`],
  ERR_MULTIPLE_CALLBACK: [Error, 'Callback called multiple times'],
  ERR_OPERATION_FAILED: [Error, (reason) => `Operation failed: ${reason}`],
  ERR_OUT_OF_RANGE: [
    RangeError,
    (subject, range, received, isWholeSentence = false) => {
      const start = isWholeSentence ? subject : `The value of "${subject}" is out of range.`;
      return `${start} It must be ${range}. Received ${formatOutOfRange(received)}`;
    },
  ],
  ERR_SYSTEM_ERROR: ['SystemError', 'A system error occurred'],
  ERR_UNAVAILABLE_DURING_EXIT: [Error, 'Cannot call function in process exit handler'],
  ERR_UNHANDLED_ERROR: [
    Error,
    (reason) => (reason === undefined ? 'Unhandled error.' : `Unhandled error. (${reason})`),
  ],
  ERR_USE_AFTER_CLOSE: [Error, (name) => `${name} was closed`],
};

const text = {
  ERR_ENCODING_INVALID_ENCODED_DATA: [
    TypeError,
    (encoding) => `The encoded data was not valid for encoding ${encoding}`,
    (_encoding, errno) => ({ errno }),
  ],
  ERR_ENCODING_NOT_SUPPORTED: [RangeError, (encoding) => `The "${encoding}" encoding is not supported`],
  ERR_INVALID_MIME_SYNTAX: [
    TypeError,
    (production, source, index) =>
      `The MIME syntax for a ${production} in "${source}" is invalid${index === -1 ? '' : ` at ${index}`}`,
  ],
  ERR_NOT_IN_SINGLE_EXECUTABLE_APPLICATION: [
    Error, 'Operation cannot be invoked when not in a single-executable application',
  ],
  ERR_PROXY_INVALID_CONFIG: [Error, (message) => message],
  ERR_PROXY_TUNNEL: [Error, (message) => message],
  ERR_HTTP2_ALTSVC_INVALID_ORIGIN: [TypeError, 'HTTP/2 ALTSVC frames require a valid origin'],
  ERR_HTTP2_ALTSVC_LENGTH: [TypeError, 'HTTP/2 ALTSVC frames are limited to 16382 bytes'],
  ERR_HTTP2_INVALID_ORIGIN: [TypeError, 'HTTP/2 ORIGIN frames require a valid origin'],
  ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS: [Error, 'Number of custom settings exceeds MAX_ADDITIONAL_SETTINGS'],
  ERR_HTTP2_MAX_PENDING_SETTINGS_ACK: [Error, 'Maximum number of pending settings acknowledgements'],
  ERR_HTTP2_TOO_MANY_INVALID_FRAMES: [Error, 'Too many invalid HTTP/2 frames'],
  ERR_HTTP2_ORIGIN_LENGTH: [TypeError, 'HTTP/2 ORIGIN frames are limited to 16382 bytes'],
  ERR_WASI_ALREADY_STARTED: [Error, 'WASI instance has already started'],
  ERR_WASI_NOT_STARTED: [Error, 'wasi.start() has not been called'],
  ERR_ZIP_INVALID_ARCHIVE: [Error, (what) => `invalid ZIP archive: ${what}`],
  ERR_ZIP_ENTRY_CORRUPT: [Error, (what) => `ZIP entry is corrupt: ${what}`],
  ERR_ZIP_UNSUPPORTED_FEATURE: [Error, (what) => `unsupported ZIP feature: ${what}`],
  ERR_ZIP_ENTRY_TOO_LARGE: [RangeError, (what) => `ZIP entry exceeds the allowed size: ${what}`],
  ERR_ZIP_ARCHIVE_TOO_LARGE: [RangeError, (what) => `ZIP archive structure exceeds the allowed size: ${what}`],
  ERR_ZIP_ENTRY_NOT_FOUND: [Error, (name) => `no such entry "${name}" in the archive`],
  ERR_ZIP_NOT_WRITABLE: [TypeError, 'this archive was not opened for writing'],
  ERR_NOT_BUILDING_SNAPSHOT: [Error, 'Operation cannot be invoked when not building startup snapshot'],
  ERR_NO_ICU: [TypeError, (name) => `${name} is not supported on Node.js compiled without ICU`],
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: [TypeError, (message) => message],
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: [
    TypeError,
    (argument) => `Unexpected argument '${argument}'. This command does not take positional arguments`,
  ],
  ERR_PARSE_ARGS_UNKNOWN_OPTION: [
    TypeError,
    (option, positionalsAllowed) => {
      const hint =
        ". To specify a positional argument starting with a '-', place it at the end of the command after '--'," +
        ` as in '-- ${JSON.stringify(option)}`;
      return `Unknown option '${option}'${positionalsAllowed ? hint : ''}`;
    },
  ],
  ERR_THROTTLED: [Error, 'The call was dropped by the throttled function'],
  ERR_UNKNOWN_ENCODING: [TypeError, (encoding) => `Unknown encoding: ${shown(encoding)}`],
};

const inspectorCodes = {
  ERR_INSPECTOR_ALREADY_ACTIVATED: [
    Error,
    'Inspector is already activated. Close it with inspector.close() before activating it again.',
  ],
  ERR_INSPECTOR_ALREADY_CONNECTED: [Error, (what) => `${what} is already connected`],
  ERR_INSPECTOR_CLOSED: [Error, 'Session was closed'],
  ERR_INSPECTOR_COMMAND: [Error, (code, message) => `Inspector error ${code}: ${message}`],
  ERR_INSPECTOR_NOT_ACTIVE: [Error, 'Inspector is not active'],
  ERR_INSPECTOR_NOT_CONNECTED: [Error, 'Session is not connected'],
  ERR_INSPECTOR_NOT_WORKER: [Error, 'Current thread is not a worker'],
};

const bufferCodes = {
  ERR_BUFFER_OUT_OF_BOUNDS: [
    RangeError,
    (name) =>
      name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds',
  ],
  ERR_BUFFER_TOO_LARGE: [RangeError, (size) => `Cannot create a Buffer larger than ${size} bytes`],
  ERR_INVALID_BUFFER_SIZE: [RangeError, (bits) => `Buffer size must be a multiple of ${bits}`],
};

const files = {
  ERR_DIR_CLOSED: [Error, 'Directory handle was closed'],
  ERR_DIR_CONCURRENT_OPERATION: [
    Error,
    'Cannot do synchronous work on directory handle with concurrent asynchronous operations',
  ],
  ERR_FS_CP_DIR_TO_NON_DIR: ['SystemError', 'Cannot overwrite non-directory with directory'],
  ERR_FS_CP_EEXIST: ['SystemError', 'Target already exists'],
  ERR_FS_CP_EINVAL: ['SystemError', 'Invalid src or dest'],
  ERR_FS_CP_FIFO_PIPE: ['SystemError', 'Cannot copy a FIFO pipe'],
  ERR_FS_CP_NON_DIR_TO_DIR: ['SystemError', 'Cannot overwrite directory with non-directory'],
  ERR_FS_CP_SOCKET: ['SystemError', 'Cannot copy a socket file'],
  ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: ['SystemError', 'Cannot overwrite symlink in subdirectory of self'],
  ERR_FS_CP_UNKNOWN: ['SystemError', 'Cannot copy an unknown file type'],
  ERR_FS_EISDIR: ['SystemError', 'Path is a directory'],
  ERR_FS_FILE_TOO_LARGE: [RangeError, (size) => `File size (${size}) is greater than 2 GiB`],
  ERR_FS_WATCH_QUEUE_OVERFLOW: [Error, (size) => `fs.watch() queued more than ${Number(size)} events`],
  ERR_INVALID_FD: [RangeError, (fd) => `"fd" must be a positive integer: ${shown(fd)}`],
  ERR_INVALID_FD_TYPE: [TypeError, (type) => `Unsupported fd type: ${shown(type)}`],
};

const urls = {
  ERR_INVALID_FILE_URL_HOST: [
    TypeError,
    (platform) => `File URL host must be "localhost" or empty on ${platform}`,
  ],
  ERR_INVALID_FILE_URL_PATH: [
    TypeError,
    (reason) => `File URL path ${reason}`,
    (_reason, input) => ({ input }),
  ],
  ERR_INVALID_URI: [URIError, 'URI malformed'],
  ERR_INVALID_URL: [
    TypeError,
    'Invalid URL',
    (input, base) => (base === undefined || base === null ? { input } : { input, base }),
  ],
  ERR_INVALID_URL_SCHEME: [
    TypeError,
    (expected) => {
      const schemes = Array.isArray(expected) ? expected : [expected];
      return `The URL must be ${schemes.length > 1 ? 'one of' : 'of'} scheme ${formatList(schemes, 'or')}`;
    },
  ],
};

const modules = {
  ERR_IMPORT_ATTRIBUTE_MISSING: [
    TypeError,
    (url, name, value) => `Module "${url}" needs an import attribute of "${name}: ${value}"`,
  ],
  ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE: [
    TypeError,
    (url, type) => `Module "${url}" is not of type "${type}"`,
  ],
  ERR_IMPORT_ATTRIBUTE_UNSUPPORTED: [
    TypeError,
    (name, value, url) =>
      `Import attribute "${name}" with value "${value}" is not supported${url === undefined ? '' : ` in ${url}`}`,
  ],
  ERR_INVALID_MODULE_SPECIFIER: [
    TypeError,
    (specifier, reason, base) => `Invalid module "${specifier}" ${reason}${importedFrom(base)}`,
  ],
  ERR_INVALID_PACKAGE_CONFIG: [
    Error,
    (path, base, reason) =>
      `Invalid package config ${path}${base ? ` while importing ${base}` : ''}.${reason ? ` ${reason}` : ''}`,
  ],
  ERR_INVALID_PACKAGE_TARGET: [Error, invalidPackageTarget],
  ERR_INVALID_TYPESCRIPT_SYNTAX: [SyntaxError, (message) => message],
  ERR_MODULE_NOT_FOUND: [
    Error,
    // A bare specifier names a package; a resolved place that isn't there, a module.
    (specifier, base, url) =>
      `Cannot find ${url ? 'module' : 'package'} '${specifier}' imported from ${base}`,
    (_specifier, _base, url) => (url ? { url: String(url) } : {}),
  ],
  ERR_PACKAGE_IMPORT_NOT_DEFINED: [
    TypeError,
    (specifier, folder, base) =>
      `Package import specifier "${specifier}" is not defined` +
      `${folder ? ` in package ${folder}package.json` : ''}${importedFrom(base)}`,
  ],
  ERR_PACKAGE_PATH_NOT_EXPORTED: [
    Error,
    (folder, subpath, base) =>
      subpath === '.'
        ? `No "exports" main defined in ${folder}package.json${importedFrom(base)}`
        : `Package subpath '${subpath}' is not defined by "exports" in ${folder}package.json${importedFrom(base)}`,
  ],
  ERR_REQUIRE_ASYNC_MODULE: [
    Error,
    (filename, requireStack) =>
      'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
      'To see where the top-level await comes from, use --experimental-print-required-tla.' +
      (filename ? `\nRequired module: ${filename}` : '') +
      (requireStack ? `\nRequire stack:\n- ${requireStack.join('\n- ')}` : ''),
  ],
  ERR_REQUIRE_CYCLE_MODULE: [Error, (message) => message],
  ERR_REQUIRE_ESM: [Error, requireOfEsm],
  ERR_REQUIRE_ESM_RACE_CONDITION: [
    Error,
    (filename, parent = '') =>
      `Cannot require() ES Module ${filename} because it is not yet fully loaded.\n` +
      'This may be caused by a race condition if the module is simultaneously dynamically import()-ed ' +
      'via Promise.all().\nTry await-ing the import() sequentially in a loop instead.\n' +
      ` (From ${parent} in non-loader-hook thread)`,
  ],
  ERR_UNKNOWN_BUILTIN_MODULE: [Error, (name) => `No such built-in module: ${name}`],
  ERR_UNKNOWN_FILE_EXTENSION: [
    TypeError,
    (extension, path) => `Unknown file extension "${extension}" for ${path}`,
  ],
  ERR_UNKNOWN_MODULE_FORMAT: [RangeError, (format, url) => `Unknown module format: ${format} for URL ${url}`],
  ERR_UNSUPPORTED_DIR_IMPORT: [
    Error,
    (path, base) => `Directory import '${path}' is not supported resolving ES modules imported from ${base}`,
    (_path, _base, url) => ({ url }),
  ],
  ERR_UNSUPPORTED_ESM_URL_SCHEME: [
    Error,
    (url, supported) =>
      `Only URLs with a scheme in: ${formatList(supported)} are supported by the default ESM loader. ` +
      `Received protocol '${url.protocol}'`,
  ],
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: [
    Error,
    (path) => `Stripping types is currently unsupported for files under node_modules, for "${path}"`,
  ],
  ERR_UNSUPPORTED_RESOLVE_REQUEST: [
    TypeError,
    (specifier, base) =>
      `Failed to resolve module specifier "${specifier}" from "${base}": ` +
      'Invalid relative URL or base scheme is not hierarchical.',
  ],
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: [SyntaxError, (message) => message],
};

const processes = {
  ERR_INVALID_REPL_EVAL_CONFIG: [TypeError, 'Cannot specify both "breakEvalOnSigint" and "eval" for REPL'],
  ERR_SCRIPT_EXECUTION_INTERRUPTED: [Error, 'Script execution was interrupted by `SIGINT`'],
  ERR_INVALID_REPL_INPUT: [TypeError, (message) => message],
  ERR_PERFORMANCE_INVALID_TIMESTAMP: [TypeError, (value) => `${Number(value)} is not a valid timestamp`],
  ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS: [TypeError, (message) => message],
  ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET: [
    Error,
    '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active',
  ],
  ERR_UNKNOWN_CREDENTIAL: [Error, (kind, id) => `${kind} identifier does not exist: ${shown(id)}`],
  ERR_UNKNOWN_SIGNAL: [TypeError, (signal) => `Unknown signal: ${shown(signal)}`],
  ERR_VALID_PERFORMANCE_ENTRY_TYPE: [Error, 'At least one valid performance entry type is required'],
};

const streams = {
  ERR_HEAP_PROFILE_HAVE_BEEN_STARTED: [Error, 'Heap profile has been started'],
  ERR_HTTP_BODY_NOT_ALLOWED: [Error, 'Adding content for this request method or response status is not allowed.'],
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: [
    Error,
    (body, header) => `Response body's content-length of ${body} byte(s) does not match the content-length of ${header} byte(s) set in header`,
  ],
  ERR_HTTP_HEADERS_SENT: [Error, (what) => `Cannot ${what} headers after they are sent to the client`],
  ERR_HTTP_INVALID_HEADER_VALUE: [TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`],
  ERR_HTTP_INVALID_STATUS_CODE: [RangeError, (status) => `Invalid status code: ${shown(status)}`],
  ERR_HTTP_REQUEST_TIMEOUT: [Error, 'Request timeout'],
  ERR_HTTP_SOCKET_ASSIGNED: [Error, 'ServerResponse has an already assigned socket'],
  ERR_HTTP_SOCKET_ENCODING: [Error, 'Changing the socket encoding is not allowed per RFC7230 Section 3.'],
  ERR_HTTP_TRAILER_INVALID: [Error, 'Trailers are invalid with this transfer encoding'],
  ERR_INVALID_CHAR: [
    TypeError,
    (name, field) => `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`,
  ],
  ERR_INVALID_HTTP_TOKEN: [TypeError, (name, token) => `${name} must be a valid HTTP token ["${token}"]`],
  ERR_INVALID_PROTOCOL: [TypeError, (protocol, wanted) => `Protocol "${protocol}" not supported. Expected "${wanted}"`],
  ERR_UNESCAPED_CHARACTERS: [TypeError, (name) => `${name} contains unescaped characters`],
  ERR_CHILD_PROCESS_IPC_REQUIRED: [Error, (name) => `Forked processes must have an IPC channel, missing value 'ipc' in ${name}`],
  ERR_CHILD_PROCESS_STDIO_MAXBUFFER: [RangeError, (name) => `${name} maxBuffer length exceeded`],
  ERR_IPC_CHANNEL_CLOSED: [Error, 'Channel closed'],
  ERR_IPC_DISCONNECTED: [Error, 'IPC channel is already disconnected'],
  ERR_IPC_ONE_PIPE: [Error, 'Child process can have only one IPC pipe'],
  ERR_IPC_SYNC_FORK: [Error, 'IPC cannot be used with synchronous forks'],
  ERR_INVALID_SYNC_FORK_INPUT: [TypeError, (value) => `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${value}`],
  ERR_BROTLI_INVALID_PARAM: [RangeError, (name) => `${name} is not a valid Brotli parameter`],
  ERR_ZSTD_INVALID_PARAM: [RangeError, (name) => `${name} is not a valid zstd parameter`],
  ERR_ZLIB_INITIALIZATION_FAILED: [Error, (message) => message],
  ERR_TEST_FAILURE: [Error, (message) => message],
  ERR_STREAM_ALREADY_FINISHED: [Error, (name) => `Cannot call ${name} after a stream was finished`],
  ERR_STREAM_CANNOT_PIPE: [Error, 'Cannot pipe, not readable'],
  ERR_STREAM_DESTROYED: [Error, (name) => `Cannot call ${name} after a stream was destroyed`],
  ERR_STREAM_NULL_VALUES: [TypeError, 'May not write null values to stream'],
  ERR_STREAM_PREMATURE_CLOSE: [Error, 'Premature close'],
  ERR_STREAM_PUSH_AFTER_EOF: [Error, 'stream.push() after EOF'],
  ERR_STREAM_UNABLE_TO_PIPE: [Error, 'Cannot pipe to a closed or destroyed stream'],
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: [Error, 'stream.unshift() after end event'],
  ERR_STREAM_WRAP: [Error, 'Stream has StringDecoder set or is in objectMode'],
  ERR_STREAM_WRITE_AFTER_END: [Error, 'write after end'],
};

const sockets = {
  ERR_INVALID_ADDRESS_FAMILY: [
    RangeError,
    (family, host, port) => `Invalid address family: ${family} ${host}:${port}`,
    (_family, host, port) => ({ host, port }),
  ],
  ERR_DNS_SET_SERVERS_FAILED: [
    Error,
    (reason, servers) => `c-ares failed to set servers: "${reason}" [${servers}]`,
  ],
  ERR_INVALID_ADDRESS: [Error, 'Invalid socket address'],
  ERR_INVALID_IP_ADDRESS: [TypeError, (address) => `Invalid IP address: ${address}`],
  ERR_IP_BLOCKED: [Error, (ip) => `IP(${ip}) is blocked by net.BlockList`],
  ERR_SERVER_ALREADY_LISTEN: [Error, 'Listen method has been called more than once without closing.'],
  ERR_SERVER_NOT_RUNNING: [Error, 'Server is not running.'],
  ERR_SOCKET_ALREADY_BOUND: [Error, 'Socket is already bound'],
  ERR_SOCKET_BAD_BUFFER_SIZE: [TypeError, 'Buffer size must be a positive integer'],
  ERR_SOCKET_BAD_PORT: [
    RangeError,
    (name, port, allowZero = true) =>
      `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${determineSpecificType(port)}.`,
  ],
  ERR_SOCKET_BAD_TYPE: [TypeError, 'Bad socket type specified. Valid types are: udp4, udp6'],
  ERR_SOCKET_BUFFER_SIZE: ['SystemError', 'Could not get or set buffer size'],
  ERR_SOCKET_CLOSED: [Error, 'Socket is closed'],
  ERR_SOCKET_CLOSED_BEFORE_CONNECTION: [Error, 'Socket closed before the connection was established'],
  ERR_SOCKET_CONNECTION_TIMEOUT: [Error, 'Socket connection timeout'],
  ERR_SOCKET_DGRAM_IS_CONNECTED: [Error, 'Already connected'],
  ERR_SOCKET_DGRAM_NOT_CONNECTED: [Error, 'Not connected'],
  ERR_SOCKET_DGRAM_NOT_RUNNING: [Error, 'Not running'],
  ERR_SOCKET_HANDLE_ADOPTED: [Error, 'The bound socket has already been adopted by a server or socket'],
  ERR_TLS_ALPN_CALLBACK_INVALID_RESULT: [
    TypeError,
    (value, protocols) =>
      `ALPN callback returned a value (${value}) that did not match any of the client's offered protocols (` +
      `${protocols.join(', ')})`,
  ],
  ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS: [
    TypeError,
    'The ALPNCallback and ALPNProtocols TLS options are mutually exclusive',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    Error,
    (reason) => `Hostname/IP does not match certificate's altnames: ${reason}`,
    (reason, host, cert) => ({ reason, host, cert }),
  ],
  ERR_TLS_HANDSHAKE_TIMEOUT: [Error, 'TLS handshake timeout'],
  ERR_TLS_INVALID_CONTEXT: [TypeError, (name) => `${name} must be a SecureContext`],
  ERR_TLS_INVALID_PROTOCOL_METHOD: [TypeError, (message) => message],
  ERR_TLS_INVALID_PROTOCOL_VERSION: [
    TypeError,
    (version, kind) => `${JSON.stringify(version)} is not a valid ${kind} TLS protocol version`,
  ],
  ERR_TLS_INVALID_STATE: [Error, 'TLS socket connection must be securely established'],
  ERR_TLS_PROTOCOL_VERSION_CONFLICT: [
    TypeError,
    (version, method) => `TLS protocol version ${JSON.stringify(version)} conflicts with secureProtocol ${JSON.stringify(method)}`,
  ],
  ERR_TLS_REQUIRED_SERVER_NAME: [Error, '"servername" is required parameter for Server.addContext'],
  ERR_TLS_SNI_FROM_SERVER: [Error, 'Cannot issue SNI from a TLS server-side socket'],
  ERR_TTY_INIT_FAILED: ['SystemError', 'TTY initialization failed'],
};

const crypto = {
  ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED: [Error, 'Custom engines not supported by this OpenSSL'],
  ERR_CRYPTO_ECDH_INVALID_FORMAT: [TypeError, (format) => `Invalid ECDH format: ${shown(format)}`],
  ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY: [Error, 'Public key is not valid for specified curve'],
  ERR_CRYPTO_HASH_FINALIZED: [Error, 'Digest already called'],
  ERR_CRYPTO_HASH_UPDATE_FAILED: [Error, 'Hash update failed'],
  ERR_CRYPTO_INCOMPATIBLE_KEY: [Error, (name, reason) => `Incompatible ${name}: ${reason}`],
  ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS: [
    Error,
    (format, reason) => `The selected key encoding ${format} ${reason}.`,
  ],
  ERR_CRYPTO_INITIALIZATION_FAILED: [Error, 'Initialization failed'],
  ERR_CRYPTO_INVALID_AUTH_TAG: [TypeError, (message) => message],
  ERR_CRYPTO_INVALID_COUNTER: [TypeError, 'Invalid counter'],
  ERR_CRYPTO_INVALID_CURVE: [TypeError, 'Invalid EC curve name'],
  ERR_CRYPTO_INVALID_DIGEST: [TypeError, (name) => `Invalid digest: ${shown(name)}`],
  ERR_CRYPTO_INVALID_IV: [TypeError, 'Invalid initialization vector'],
  ERR_CRYPTO_INVALID_JWK: [TypeError, 'Invalid JWK data'],
  ERR_CRYPTO_INVALID_KEYLEN: [RangeError, 'Invalid key length'],
  ERR_CRYPTO_INVALID_KEYPAIR: [RangeError, 'Invalid key pair'],
  ERR_CRYPTO_INVALID_KEYTYPE: [RangeError, 'Invalid key type'],
  ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE: [
    TypeError,
    (actual, expected) => `Invalid key object type ${shown(actual)}, expected ${shown(expected)}.`,
  ],
  ERR_CRYPTO_INVALID_MESSAGELEN: [RangeError, 'Invalid message length'],
  ERR_CRYPTO_INVALID_SCRYPT_PARAMS: [
    RangeError,
    (reason) => (reason === undefined ? 'Invalid scrypt params' : `Invalid scrypt params: ${reason}`),
  ],
  ERR_CRYPTO_INVALID_STATE: [Error, (state) => `Invalid state for operation ${shown(state)}`],
  ERR_CRYPTO_INVALID_TAG_LENGTH: [RangeError, 'Invalid taglength'],
  ERR_CRYPTO_JWK_UNSUPPORTED_CURVE: [Error, (curve) => `Unsupported JWK EC curve: ${shown(curve)}.`],
  ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE: [Error, 'Unsupported JWK Key Type.'],
  ERR_CRYPTO_OPERATION_FAILED: [Error, (message) => message],
  ERR_CRYPTO_SIGN_KEY_REQUIRED: [Error, 'No key provided to sign'],
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: [RangeError, 'Input buffers must have the same byte length'],
  ERR_CRYPTO_UNKNOWN_CIPHER: [Error, 'Unknown cipher'],
  ERR_CRYPTO_UNKNOWN_DH_GROUP: [Error, 'Unknown DH group'],
  ERR_CRYPTO_UNSUPPORTED_OPERATION: [Error, (message = 'Unsupported crypto operation') => message],
  ERR_MISSING_PASSPHRASE: [TypeError, 'Passphrase required for encrypted key'],
};

function invalidPackageTarget(folder, key, target, isImport = false, base = undefined) {
  const shown = JSON.stringify(target, null, '');
  const needsDot = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./');
  const what =
    key === '.'
      ? `Invalid "exports" main target ${shown} defined`
      : `Invalid "${isImport ? 'imports' : 'exports'}" target ${shown} defined for '${key}'`;
  const hint = needsDot ? '; targets must start with "./"' : '';
  return `${what} in the package config ${folder}package.json${importedFrom(base)}${hint}`;
}

const threads = {
  ERR_CONTEXT_NOT_INITIALIZED: [Error, 'context used is not initialized'],
  ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING: [TypeError, 'A dynamic import callback was not specified.'],
  ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG: [
    TypeError,
    'A dynamic import callback was invoked without --experimental-vm-modules',
  ],
  ERR_MODULE_LINK_MISMATCH: [TypeError, (message) => message],
  ERR_VM_MODULE_CACHED_DATA_REJECTED: [Error, 'cachedData buffer was rejected'],
  ERR_VM_MODULE_ALREADY_LINKED: [Error, 'Module has already been linked'],
  ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA: [
    Error,
    'Cached data cannot be created for a module which has been evaluated',
  ],
  ERR_VM_MODULE_DIFFERENT_CONTEXT: [Error, 'Linked modules must use the same context'],
  ERR_VM_MODULE_LINK_FAILURE: [Error, (message) => message, (_message, cause) => ({ cause })],
  ERR_VM_MODULE_NOT_MODULE: [Error, 'Provided module is not an instance of Module'],
  ERR_VM_MODULE_STATUS: [Error, (status) => `Module status ${status}`],
  ERR_WORKER_INVALID_EXEC_ARGV: [
    Error,
    (flags, what = 'invalid execArgv flags') => `Initiated Worker with ${what}: ${flags.join(', ')}`,
  ],
  ERR_WORKER_MESSAGING_ERRORED: [Error, 'The destination thread threw an error while processing the message'],
  ERR_WORKER_MESSAGING_FAILED: [Error, 'Cannot find the destination thread or listener'],
  ERR_WORKER_MESSAGING_SAME_THREAD: [Error, 'Cannot sent a message to the same thread'],
  ERR_WORKER_MESSAGING_TIMEOUT: [Error, 'Sending a message to another thread timed out'],
  ERR_WORKER_NOT_RUNNING: [Error, 'Worker instance not running'],
  ERR_WORKER_OUT_OF_MEMORY: [Error, (what) => `Worker terminated due to reaching memory limit: ${what}`],
  ERR_WORKER_PATH: [
    TypeError,
    (filename) =>
      'The worker script or module filename must be an absolute path or a relative path starting with ' +
      `'./' or '../'.${filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : ''}` +
      `${filename.startsWith('data:text/javascript') ? ' Wrap data: URLs with `new URL`.' : ''} ` +
      `Received "${filename}"`,
  ],
  ERR_WORKER_UNSERIALIZABLE_ERROR: [Error, 'Serializing an uncaught exception failed'],
  ERR_DLOPEN_DISABLED: [Error, (message) => message],
  ERR_PROTO_ACCESS: [Error, 'Accessing Object.prototype.__proto__ has been disallowed with --disable-proto=throw'],
  ERR_WORKER_UNSUPPORTED_OPERATION: [TypeError, (what) => `${what} is not supported in workers`],
};

const DYNAMIC_IMPORT = 'to a dynamic import() which is available in all CommonJS modules';

function requireOfEsm(filename, hasEsmSyntax, parent = null, packageJson = null) {
  const start = `require() of ES Module ${filename}${parent ? ` from ${parent}` : ''} not supported.`;
  if (!packageJson) {
    return filename.endsWith('.mjs')
      ? `${start}\nInstead change the require of ${filename} ${DYNAMIC_IMPORT}.`
      : start;
  }
  const name = parent && baseName(filename) === baseName(parent) ? filename : baseName(filename);
  if (hasEsmSyntax) return `${start}\nInstead change the require of ${name} in ${parent} ${DYNAMIC_IMPORT}.`;
  return (
    `${start}\n${name} is treated as an ES module file as it is a .js file whose nearest parent package.json contains ` +
    '"type": "module" which declares all .js files in that package scope as ES modules.\n' +
    `Instead either rename ${name} to end in .cjs, change the requiring code to use dynamic import() which is available ` +
    `in all CommonJS modules, or change "type": "module" to "type": "commonjs" in ${packageJson} to treat all .js files ` +
    'as CommonJS (using .mjs for all ES modules instead).\n'
  );
}

const http2 = {
  ERR_HTTP2_ERROR: [Error, (message) => message],
  ERR_HTTP2_GOAWAY_SESSION: [Error, 'New streams cannot be created after receiving a GOAWAY'],
  ERR_HTTP2_HEADERS_SENT: [Error, 'Response has already been initiated.'],
  ERR_HTTP2_HEADER_SINGLE_VALUE: [TypeError, (name) => `Header field "${name}" must only have a single value`],
  ERR_HTTP2_INFO_STATUS_NOT_ALLOWED: [RangeError, 'Informational status codes cannot be used'],
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: [TypeError, (name) => `HTTP/1 Connection specific headers are forbidden: "${name}"`],
  ERR_HTTP2_INVALID_HEADER_VALUE: [TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`],
  ERR_HTTP2_INVALID_INFO_STATUS: [RangeError, (status) => `Invalid informational status code: ${status}`],
  ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH: [RangeError, 'Packed settings length must be a multiple of six'],
  ERR_HTTP2_INVALID_PSEUDOHEADER: [TypeError, (name) => `"${name}" is an invalid pseudoheader or is used incorrectly`],
  ERR_HTTP2_INVALID_SESSION: [Error, 'The session has been destroyed'],
  // One code of two classes.
  ERR_HTTP2_INVALID_SETTING_VALUE_RANGE: [
    RangeError, (name, value) => `Invalid value for setting "${name}": ${value}`, (_name, actual, min, max) => ({ actual, min, max }),
    'ERR_HTTP2_INVALID_SETTING_VALUE',
  ],
  ERR_HTTP2_INVALID_SETTING_VALUE_TYPE: [
    TypeError, (name, value) => `Invalid value for setting "${name}": ${value}`, (_name, actual) => ({ actual }),
    'ERR_HTTP2_INVALID_SETTING_VALUE',
  ],
  ERR_HTTP2_INVALID_STREAM: [Error, 'The stream has been destroyed'],
  ERR_HTTP2_NO_SOCKET_MANIPULATION: [Error, 'HTTP/2 sockets should not be directly manipulated (e.g. read and written)'],
  ERR_HTTP2_PING_CANCEL: [Error, 'HTTP2 ping cancelled'],
  ERR_HTTP2_PING_LENGTH: [RangeError, 'HTTP2 ping payload must be 8 bytes'],
  ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED: [TypeError, 'Cannot set HTTP/2 pseudo-headers'],
  ERR_HTTP2_PUSH_DISABLED: [Error, 'HTTP/2 client has disabled push streams'],
  ERR_HTTP2_SEND_FILE: [Error, 'Directories cannot be sent'],
  ERR_HTTP2_SESSION_ERROR: [Error, (code) => `Session closed with error code ${code}`],
  ERR_HTTP2_STATUS_101: [Error, 'HTTP status code 101 (Switching Protocols) is forbidden in HTTP/2'],
  ERR_HTTP2_STATUS_INVALID: [RangeError, (status) => `Invalid status code: ${status}`],
  ERR_HTTP2_STREAM_CANCEL: [Error, (cause) => `The pending stream has been canceled${cause === undefined ? '' : ` (caused by: ${cause})`}`],
  ERR_HTTP2_STREAM_ERROR: [Error, (code) => `Stream closed with error code ${code}`],
  ERR_HTTP2_TRAILERS_ALREADY_SENT: [Error, 'Trailing headers have already been sent'],
  ERR_HTTP2_TRAILERS_NOT_READY: [Error, 'Trailing headers cannot be sent until after the wantTrailers event is emitted'],
  ERR_HTTP2_UNSUPPORTED_PROTOCOL: [Error, (protocol) => `protocol "${protocol}" is unsupported.`],
};

module.exports = {
  ...general,
  ...text,
  ...inspectorCodes,
  ...bufferCodes,
  ...files,
  ...urls,
  ...modules,
  ...processes,
  ...streams,
  ...sockets,
  ...crypto,
  ...threads,
  ...http2,
};
