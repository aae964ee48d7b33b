// Names, defaults and mistakes.
const https = require('node:https');

const agent = new https.Agent({ maxCachedSessions: 1 });
console.log(agent.defaultPort, agent.protocol, agent.maxCachedSessions, https.globalAgent.maxCachedSessions, https.globalAgent.keepAlive);
console.log(agent.getName());
console.log(agent.getName({ host: 'h', port: 1, localAddress: 'l', family: 6, socketPath: '/s', ca: ['x', 'y'], servername: 'n', rejectUnauthorized: false }));
console.log(agent.getName({ host: 'h', servername: 'h', sigalgs: 'a:b', minVersion: 'TLSv1.2', ciphers: 'c' }));
agent._cacheSession('a', 1);
agent._cacheSession('b', 2);
console.log(agent._getSession('a'), agent._getSession('b'), agent._sessionCache);
agent._evictSession('b');
console.log(agent._sessionCache);
const server = https.createServer();
console.log(server.ALPNProtocols, server.timeout, server.requestTimeout, server.headersTimeout, server.keepAliveTimeout);
for (const bad of [
  () => https.createServer(5),
  () => https.request('http://example.org'),
  () => https.createServer({ ALPNCallback() {}, ALPNProtocols: ['a'] }),
  () => https.createServer({ requestTimeout: 'x' }),
  () => https.get({ path: 'a b' }),
]) {
  try {
    bad();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
