const emitter = new (require('node:events'))();
for (let i = 0; i < 11; i++) emitter.on('data', () => {});
