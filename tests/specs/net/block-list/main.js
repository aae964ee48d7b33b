// Rules about addresses.
const { BlockList, SocketAddress, isIP, isIPv4, isIPv6 } = require('node:net');

const list = new BlockList();
list.addAddress('123.123.123.123');
list.addRange('10.0.0.1', '10.0.0.10');
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
list.addAddress('123.123.123.123');
list.addSubnet('192.168.0.0', 16);
for (const [address, family] of [
  ['123.123.123.123'], ['10.0.0.3'], ['222.111.111.222'], ['192.168.9.9'],
  ['::ffff:7b7b:7b7b', 'ipv6'], ['::ffff:123.123.123.123', 'ipv6'],
  ['8592:757c:efae:4e45:1::1', 'ipv6'], ['8592:757c:efae:4e46::', 'ipv6'], ['nonsense'],
]) console.log(address, list.check(address, family));
console.log(list.rules);
console.log(list);
console.log(JSON.stringify(list));
const copy = new BlockList();
copy.fromJSON(list.toJSON());
console.log(copy.rules.length, copy.check('10.0.0.10'));
for (const bad of [() => list.addRange('10.0.0.9', '10.0.0.1'), () => list.addAddress('x'), () => list.addSubnet('1.1.1.1', 33)]) {
  try {
    bad();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(new SocketAddress(), new SocketAddress({ address: '2001:0db8:0:0:0:0:0:1', family: 'ipv6', port: 80 }));
console.log(SocketAddress.parse('1.2.3.4:5'), SocketAddress.parse('[::1]:8'), SocketAddress.parse('x y'));
for (const text of ['127.0.0.1', '::1', '::', 'x', '1.2.3', '01.2.3.4', '::ffff:1.2.3.4', '1:2:3:4:5:6:7::', 'fe80::1%eth0', '1::2::3', ':1', '1:2:3:4:5:6:7:8:9']) {
  console.log(text, isIP(text), isIPv4(text), isIPv6(text));
}
