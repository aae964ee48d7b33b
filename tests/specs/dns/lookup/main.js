// Names that need no name server, and what is refused.
const dns = require('node:dns');
const { promisify } = require('node:util');

dns.lookup('127.0.0.1', (error, address, family) => console.log(error, address, family));
dns.lookup('::1', { all: true }, (error, addresses) => console.log(error, addresses));
dns.lookup('localhost', 4, (error, address, family) => {
  console.log(error, address, family);
  dns.promises.lookup('localhost', { family: 4, all: true }).then((addresses) => {
    console.log(addresses);
    promisify(dns.lookup)('127.0.0.1').then(console.log);
  });
});
for (const act of [
  () => dns.lookup(), () => dns.lookup('x'), () => dns.lookup('x', { family: 5 }, () => {}),
  () => dns.lookup('x', { hints: 1000 }, () => {}), () => dns.lookup('x', { order: 'x' }, () => {}),
  () => dns.setDefaultResultOrder('x'), () => dns.setServers(['x']), () => dns.setServers([1]),
  () => dns.resolve('x', 'y', () => {}), () => dns.reverse('x', () => {}), () => dns.lookupService('x', 1, () => {}),
  () => new dns.Resolver({ tries: 0 }),
]) {
  try {
    act();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
dns.setServers(['192.0.2.1', '[2001:db8::1]:5353', '192.0.2.2:53']);
console.log(dns.getServers(), dns.promises.getServers().length, dns.getDefaultResultOrder());
