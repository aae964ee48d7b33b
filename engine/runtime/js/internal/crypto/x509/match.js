'use strict';

// Whether a certificate is one for a host, an address or a mailbox (RFC 6125, and what OpenSSL makes of it).

const { altNameElements } = require('internal/crypto/x509/text');

/** Whether a host name is covered by a pattern; subdomains are asked for with a dot in front. */
function hostMatches(pattern, host, options) {
  const name = host.toLowerCase();
  const wanted = pattern.toLowerCase();
  if (wanted === name) return true;
  if (name.startsWith('.')) {
    return options.singleLabelSubdomains
      ? wanted.endsWith(name) && !wanted.slice(0, -name.length).includes('.')
      : wanted.endsWith(name);
  }
  if (!options.wildcards || !wanted.includes('*')) return false;
  const [label, ...rest] = wanted.split('.');
  if (rest.length < 2 || rest.some((part) => part === '' || part.includes('*')) || label.split('*').length !== 2) {
    return false;
  }
  const [before, after] = label.split('*');
  if ((before !== '' || after !== '') && (!options.partialWildcards || label.startsWith('xn--'))) return false;
  const tail = `.${rest.join('.')}`;
  if (!name.endsWith(tail)) return false;
  const covered = name.slice(0, -tail.length);
  if (covered === '' || (!options.multiLabelWildcards && covered.includes('.'))) return false;
  if (!/^[a-z0-9-.]+$/.test(covered)) return false;
  return covered.length >= before.length + after.length && covered.startsWith(before) && covered.endsWith(after);
}

/** The values of the subject's attribute of this name. */
const subjectValues = (certificate, name) =>
  certificate.subject.flat().filter((attribute) => attribute.name === name).map((attribute) => attribute.value);

/** The names to look at: alternative names of a kind, or the subject where there are none or it is wanted. */
function candidates(certificate, tag, attribute, subject) {
  const elements = altNameElements(certificate)?.filter((element) => element.tag === tag) ?? [];
  const names = elements.map((element) => element.content.toString('latin1'));
  if (subject === 'always' || (subject !== 'never' && names.length === 0)) {
    names.push(...subjectValues(certificate, attribute));
  }
  return names;
}

function checkHost(certificate, host, options) {
  return candidates(certificate, 0x82, 'CN', options.subject).find((pattern) => hostMatches(pattern, host, options));
}

function checkEmail(certificate, email, { subject }) {
  const [local, domain] = split(email);
  const found = candidates(certificate, 0x81, 'emailAddress', subject).some((candidate) => {
    const [otherLocal, otherDomain] = split(candidate);
    return otherLocal === local && otherDomain.toLowerCase() === domain.toLowerCase();
  });
  return found ? email : undefined;
}

function split(email) {
  const at = email.lastIndexOf('@');
  return at === -1 ? ['', email] : [email.slice(0, at), email.slice(at + 1)];
}

/** The bytes of an address, undefined for what is none. */
function addressBytes(text) {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (four) {
    const bytes = four.slice(1).map(Number);
    return bytes.every((byte) => byte < 256) ? bytes : undefined;
  }
  if (!/^[0-9a-fA-F:]+$/.test(text) || text.split('::').length > 2) return undefined;
  const [head, tail] = text.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = tail === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array(missing).fill('0'), ...(tail ?? [])];
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
}

function checkIP(certificate, ip) {
  const bytes = addressBytes(ip);
  if (bytes === undefined) return undefined;
  const found = altNameElements(certificate)?.some(
    ({ tag, content }) =>
      tag === 0x87 && content.length === bytes.length && bytes.every((byte, index) => byte === content[index]),
  );
  return found ? ip : undefined;
}

module.exports = { checkEmail, checkHost, checkIP };
