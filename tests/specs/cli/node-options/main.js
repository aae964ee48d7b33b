'use strict';
console.log(process.title, process.execArgv, process.throwDeprecation);
process.emitWarning('silenced', { code: 'LOOP1' });
