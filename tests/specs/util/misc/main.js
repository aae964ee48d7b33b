// The smaller functions: toUSVString, getSystemErrorName, debuglog, aborted, MIMEType, diff, getCallSites.
const util = require('util');
console.log(JSON.stringify(util.toUSVString('a\ud800b')), util.getSystemErrorName(-2), util.getSystemErrorMap().get(-13), util.getSystemErrorMessage(-2));
try { util.getSystemErrorName(5); } catch (e) { console.log(e.code, e.message); }
util.debuglog('quiet')('never');
console.log(util.debuglog('quiet').enabled, util.debuglog('loud').enabled);
const mime = new util.MIMEType('text/HTML; charset=UTF-8; q="a b"');
console.log(String(mime), mime.essence, mime.type, mime.subtype, mime.params.get('q'), [...mime.params.keys()]);
try { new util.MIMEType('nope'); } catch (e) { console.log(e.code, e.message); }
console.log(util.diff('12345678', '12!!5!7!'));
const sites = util.getCallSites(1);
console.log(sites.length, sites[0].functionName, sites[0].lineNumber, Object.keys(sites[0]));
console.log(util.format('%s', util.inspect.custom), util.types.isProxy({}), typeof util.transferableAbortController);
console.log(util.parseEnv('A=1\n# comment\nB="two words"\nexport C=\'x\'\nD=`multi\nline`\nE=unquoted # rest'));
