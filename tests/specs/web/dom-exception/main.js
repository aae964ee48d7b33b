// DOMException: names, codes, constants, prototype.
for (const name of ['AbortError', 'NotFoundError', 'DataCloneError', 'TimeoutError', 'QuotaExceededError', 'InvalidCharacterError', 'Unknown']) {
  const e = new DOMException('message', name);
  console.log(e.name, e.code, e.message, String(e), e instanceof Error, e.stack.split('\n')[0]);
}
const e = new DOMException();
console.log([e.name, e.code, e.message], DOMException.ABORT_ERR, DOMException.DATA_CLONE_ERR, Object.prototype.toString.call(e), new DOMException('x', { name: 'N', cause: 'why' }).cause);
console.log(Object.keys(e), Object.getPrototypeOf(DOMException.prototype) === Error.prototype);
