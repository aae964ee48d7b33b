'use strict';

// Whether a certificate is for a host (https://nodejs.org/api/tls.html#tlscheckserveridentityhostname-cert,
// https://www.rfc-editor.org/rfc/rfc6125#section-6.4).

const { codes } = require('internal/errors');
const { isIP } = require('internal/net/ip');

/** Labels of a name, in lower case and without the dot at its end. */
function labelsOf(name) {
  return name.toLowerCase().replace(/\.$/, '').split('.');
}

function isPlain(label) {
  return /^[\x21-\x7e]*$/.test(label);
}

/** Whether a name matches a pattern; `stars` allows `*` in its first label. */
function matches(hostLabels, pattern, stars) {
  if (!pattern) return false;
  const labels = labelsOf(pattern);
  if (labels.length !== hostLabels.length || labels.includes('') || !labels.every(isPlain)) return false;
  for (let i = labels.length - 1; i > 0; i--) {
    if (labels[i] !== hostLabels[i]) return false;
  }
  const [first] = hostLabels;
  const parts = labels[0].split('*', 3);
  if (parts.length === 1 || labels[0].includes('xn--')) return labels[0] === first;
  if (!stars || parts.length > 2) return false;
  const [before, after] = parts;
  // A star stands for no whole domain of the top level.
  if (before.length + after.length > first.length || labels.length <= 2) return false;
  return first.startsWith(before) && first.endsWith(after);
}

/** Names in a text such as `DNS:a, IP Address:1.2.3.4`; a quoted one may contain commas. */
function splitNames(text) {
  if (!text.includes('"')) return text.split(', ');
  const names = [];
  const pattern = /(?:[^,"]|"(?:[^"\\]|\\.)*")+/g;
  for (const [part] of text.matchAll(pattern)) {
    const name = part.trim();
    names.push(name.replace(/"(?:[^"\\]|\\.)*"/, (quoted) => JSON.parse(quoted)));
  }
  return names;
}

/** The IP address in its shortest form. */
function canonical(address) {
  if (isIP(address) === 0) return '';
  if (isIP(address) === 4) return address;
  const { SocketAddress } = require('internal/net/socket_address');
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

function checkServerIdentity(hostname, cert) {
  const { subject, subjectaltname } = cert;
  hostname = `${hostname}`;
  const dnsNames = [];
  const ips = [];
  if (subjectaltname) {
    for (const name of splitNames(subjectaltname)) {
      if (name.startsWith('DNS:')) dnsNames.push(name.slice(4));
      else if (name.startsWith('IP Address:')) ips.push(canonical(name.slice(11)));
    }
  }
  let valid = false;
  let reason = 'Unknown reason';
  const bare = hostname.replace(/\.$/, '');
  if (isIP(bare)) {
    valid = ips.includes(canonical(bare));
    if (!valid) reason = `IP: ${bare} is not in the cert's list: ${ips.join(', ')}`;
  } else if (dnsNames.length > 0 || subject?.CN) {
    const hostLabels = labelsOf(bare);
    if (dnsNames.length > 0) {
      valid = dnsNames.some((pattern) => matches(hostLabels, pattern, true));
      if (!valid) reason = `Host: ${bare}. is not in the cert's altnames: ${subjectaltname}`;
    } else {
      const { CN } = subject;
      valid = Array.isArray(CN) ? CN.some((name) => matches(hostLabels, name, true)) : matches(hostLabels, CN, true);
      if (!valid) reason = `Host: ${bare}. is not cert's CN: ${CN}`;
    }
  } else {
    reason = 'Cert does not contain a DNS name';
  }
  return valid ? undefined : new codes.ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, cert);
}

module.exports = { checkServerIdentity };
