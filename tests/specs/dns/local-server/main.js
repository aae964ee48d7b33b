// A resolver asks a name server of our own, which answers from a table.
const dns = require('node:dns');
const dgram = require('node:dgram');

/** The bytes of a name, a label at a time. */
const nameBytes = (name) => Buffer.concat([
  ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0]),
]);
const u16 = (...numbers) => Buffer.concat(numbers.map((n) => Buffer.from([n >> 8, n & 255])));
const u32 = (n) => u16(n >>> 16, n & 65535);
const text = (s) => Buffer.concat([Buffer.from([s.length]), Buffer.from(s)]);
const table = {
  1: [Buffer.from([192, 0, 2, 1]), Buffer.from([192, 0, 2, 2])],
  2: [nameBytes('ns1.example.org')],
  5: [nameBytes('other.example.org')],
  6: [Buffer.concat([nameBytes('ns1.example.org'), nameBytes('root.example.org'), u32(2026), u32(1), u32(2), u32(3), u32(4)])],
  12: [nameBytes('host.example.org')],
  15: [Buffer.concat([u16(10), nameBytes('mail.example.org')])],
  16: [Buffer.concat([text('one'), text('two')]), text('three')],
  28: [Buffer.from('20010db8000000000000000000000001', 'hex')],
  33: [Buffer.concat([u16(1, 2, 8080), nameBytes('www.example.org')])],
  35: [Buffer.concat([u16(100, 10), text('s'), text('SIP+D2U'), text(''), nameBytes('_sip.example.org')])],
  52: [Buffer.from([3, 1, 1, 9, 8, 7])],
  257: [Buffer.concat([Buffer.from([0]), text('issue'), Buffer.from('ca.example')])],
};
const server = dgram.createSocket('udp4', (message, from) => {
  let end = 12;
  while (message[end] !== 0) end += message[end] + 1;
  const type = message.readUInt16BE(end + 1);
  const isMissing = message.subarray(12).includes('missing');
  const types = type === 255 ? [16, 28, 2, 15, 1] : [type];
  const answers = isMissing ? [] : types.flatMap((kind) => (table[kind] ?? []).map((data) =>
    Buffer.concat([u16(0xc00c, kind, 1), u32(60), u16(data.length), data])));
  const header = Buffer.concat([message.subarray(0, 2), u16(isMissing ? 0x8183 : 0x8180, 1, answers.length, 0, 0)]);
  server.send(Buffer.concat([header, message.subarray(12, end + 5), ...answers]), from.port, from.address);
});
server.bind(0, '127.0.0.1', async () => {
  const resolver = new dns.promises.Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  console.log(await resolver.resolve4('example.org'), await resolver.resolve4('example.org', { ttl: true }));
  console.log(await resolver.resolve6('example.org'));
  for (const type of ['NS', 'CNAME', 'SOA', 'PTR', 'MX', 'TXT', 'SRV', 'NAPTR', 'CAA', 'TLSA', 'ANY']) {
    console.log(type, await resolver.resolve('example.org', type));
  }
  console.log(await resolver.reverse('192.0.2.7'), await resolver.reverse('2001:db8::7'));
  for (const question of [() => resolver.resolve4('missing.org'), () => resolver.resolveAny('missing.org'), () => resolver.resolve4(`${'a'.repeat(64)}.org`)]) {
    await question().catch((error) => console.log(error.code, error.syscall, error.message.slice(0, 40), error.errno));
  }
  const other = new dns.Resolver();
  other.setServers([`127.0.0.1:${server.address().port}`]);
  other.resolveMx('example.org', (error, records) => {
    console.log(error, records);
    server.close();
  });
});
