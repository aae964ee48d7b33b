const emitter = new (require('node:events'))();
emitter.setMaxListeners(20);
for (let i = 0; i < 11; i++) emitter.on('data', () => {});
