'use strict';

const log = console.log;
(async () => {
const d=Object.getOwnPropertyDescriptor(globalThis,'navigator');log(d);log(typeof navigator.hardwareConcurrency,navigator.language,navigator.languages,navigator.userAgent,navigator.platform,Object.isFrozen(navigator.languages));
try{new Navigator()}catch(e){log(e.name,e.code,e.message)}
log(Object.getOwnPropertyNames(Navigator.prototype));
})();
