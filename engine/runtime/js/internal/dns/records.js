'use strict';

// What the records of an answer look like to scripts (https://nodejs.org/api/dns.html#dnsresolvehostname-rrtype-callback).

/** Kinds of records: number, their value made of the fields, and what `resolveAny` gives instead. */
const kinds = {
  A: { number: 1, value: ([address]) => address, any: ([address], ttl) => ({ address, ttl, type: 'A' }) },
  NS: { number: 2, value: ([name]) => name, any: ([value]) => ({ value, type: 'NS' }) },
  CNAME: { number: 5, value: ([name]) => name, any: ([value]) => ({ value, type: 'CNAME' }) },
  SOA: { number: 6, value: (fields) => soa(fields, undefined), any: (fields) => soa(fields, 'SOA') },
  PTR: { number: 12, value: ([name]) => name, any: ([value]) => ({ value, type: 'PTR' }) },
  MX: { number: 15, value: ([exchange, priority]) => ({ exchange, priority, type: 'MX' }) },
  TXT: { number: 16, value: (entries) => entries, any: (entries) => ({ entries, type: 'TXT' }) },
  AAAA: { number: 28, value: ([address]) => address, any: ([address], ttl) => ({ address, ttl, type: 'AAAA' }) },
  SRV: { number: 33, value: ([name, port, priority, weight]) => ({ name, port, priority, weight, type: 'SRV' }) },
  NAPTR: { number: 35, value: (fields) => naptr(fields, undefined), any: (fields) => naptr(fields, 'NAPTR') },
  TLSA: {
    number: 52,
    value: ([certUsage, selector, match, bytes]) => ({ certUsage, selector, match, data: bytes.slice().buffer }),
  },
  CAA: { number: 257, value: ([critical, tag, value]) => ({ critical, type: 'CAA', [tag]: value }) },
};

function soa([nsname, hostmaster, serial, refresh, retry, expire, minttl], type) {
  return { nsname, hostmaster, serial, refresh, retry, expire, minttl, type };
}

function naptr([flags, service, regexp, replacement, order, preference], type) {
  return { flags, service, regexp, replacement, order, preference, type };
}

const ANY = 255;
const ORDER = ['A', 'CNAME', 'AAAA', 'MX', 'NS', 'TXT', 'SRV', 'PTR', 'NAPTR', 'SOA', 'TLSA', 'CAA'];

const byNumber = new Map(Object.entries(kinds).map(([type, kind]) => [kind.number, { type, ...kind }]));

/** The values of the records of one kind. */
function valuesOf(records, number, withTtl) {
  const { value } = byNumber.get(number);
  const values = [];
  for (const [type, ttl, ...fields] of records) {
    if (type !== number) continue;
    values.push(withTtl ? { address: fields[0], ttl } : value(fields));
  }
  return values;
}

/** The values of all records, kind by kind. */
function allValuesOf(records) {
  const values = [];
  for (const type of ORDER) {
    const kind = kinds[type];
    for (const [number, ttl, ...fields] of records) {
      if (number === kind.number) values.push(kind.any ? kind.any(fields, ttl) : kind.value(fields));
    }
  }
  return values;
}

module.exports = { ANY, allValuesOf, kinds, valuesOf };
