// Hosts: addresses in all notations, names in all scripts, what is refused.
for (const host of ['0x7f.1', '017700000001', '1.2.3', '256', '1e3', '0', '0x', '1.2.3.4.5', '4294967295', '4294967296', '09', 'a.09', '[::1]', '[1:2:3:4:5:6:7:8]', '[::ffff:1.2.3.4]', '[1::2::3]', '[v1.a]', '[::1', 'EXAMPLE', 'a..b', '-a-', 'a_b', '*.a', 'münchen.de', 'faß.de', '☕.com', '日本語.jp', 'a\u00adb', '\u00ad', 'a%41', '%zz', 'a b', 'a<b', 'a|b', 'a^b', 'a:b', 'u@', '@h', 'ＧＯ.com', 'a。b', 'xn--mnchen-3ya.de', 'x'.repeat(70)]) {
  const show = (text) => { try { const { host: h, hostname, port } = new URL(text); return [h, hostname, port]; } catch (e) { return e.code; } };
  console.log(host, show(`http://${host}/`), show(`foo://${host}/`));
}
