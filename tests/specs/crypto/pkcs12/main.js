'use strict';

// Bundles of a key and certificates as OpenSSL writes them (PBES2; Triple DES; no password; no key; nothing encrypted; RC2),
// read by themselves and by TLS.
const bundles = {
  modern: `
MIIGGQIBAzCCBc8GCSqGSIb3DQEHAaCCBcAEggW8MIIFuDCCBFIGCSqGSIb3DQEHBqCCBEMwggQ/AgEAMIIEOAYJKoZIhvcNAQcBMFcGCSqGSI
b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAggWSOqtSY+mQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEL6UZlDr5gLkfhs9KmVqdeqA
ggPQXDdYVtl/kRxFKajiIPPXpodVyJn13XqLZtlixzH08f14SkeY56+dXgdJFWJQtkcHMGmFkLUv55bBq3Gyk4Ze+jS7gHiO58/TKYOMdADeQ4
eZcF3UDQ5JJ0VD3HWGYkluuDxkDvgxsABZzcsOdjzSPzhMsi9RGgbuYxeQvxd0zhzw+9DcZvMNz1YYkGVhzwzTqJVYAeFACL63yrW6V6DlaIlo
WDVcVq3X4smMJDhjPY9oEFvw1Ul+LmpkPd3OQLvehpIQafi0MkZyL5Ete4t6jVjb/Lb9/zscmSwntXn4ySoZdVMrqw+UubF8BOIUiDBi/AzTaD
LKWWzrtbP9gcTxjcRn/WdKw3TqEq6X/nzSoaJEObS29BeX3ksJp8LGBqtNYN7VwzuWwr/87Z8spF7DaWiWDAJDWz3pHMbBzkKLQdiwzYrpSEFH
t9bET+3cZj60ehvDrCFa0SwJ2oKw1vNr+/Mm3nCWx/MW3+TrYdWPO8yT0vtywof5M+CYkIGkvExRGoVoTbcDZYY9RvRYey69HZOYv5owl0c5Ui
ots2x7BVz8G2QyPAPQcbmaQ7dt2h2FTtlHj7lyFQT7fbPCXiihkksQEgrc/Bdl5Bd5RWue+FtkhmbMkdhn00OrSWVvkS41bpVSNscI7K6ty9jC
g+UJ1wtP5sOexpfmUB+5lVePyIViDJNZZ6Emj7AvbDlL4uSdMeKZKVy0P446jIc2pp2AQ7yOWraws+dYYoVLH9tDzoGueNgmi1CZyTqm8feiid
bKLEWywMGAlAPUsPO/aeV4yvba8f8JwMwfq0hJK3pD3TY9ypb+nDJdWASEM8G8Udgt8FYvVAhwCaAM2GeI1IzEOEvtvAwZ4DOHslW2IISY5wV+
9Ho4k9SiKX2ATfSMKlZtJaz4CbUYp6AiuXG0qV3HDAf5s+FHTafKZ5N+5To3bhvuAMyIumhhHXIUYgfypgIkUW/z+cgk3Bbbkd0KYw2NDfS6BC
e6W+LU6iAGgBnbphXU8Y5y0i+oq2hl54zYqx33ef8qULmoUfpbOAVqdf5TeaiFlZTabBo2KbEnaJcDrzBeQYLbOeZe/GPM63QUIf1Y807H4Tfu
KphBffDmX38hqUyPqUWo0rvbGXi2YLRZCp2fTST04/u5XcNaAx0jabKJ+wg0MwmHT3CWCgUdHiDGIYDD12/f+E6g27s4XtRmJA2cgpGASPEqDv
h90VzmhTmkdzSXk5/UL38E9p9Bd5TYCYWqxfFJjZap1bzWcygpWfY/DEJ6wOdnG+dLXcMQesNl6fNI3jSzAcZ2RUiTgTgUdzCCAV4GCSqGSIb3
DQEHAaCCAU8EggFLMIIBRzCCAUMGCyqGSIb3DQEMCgECoIHvMIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiWFWnFu9Ep0QICCA
AwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEF5uGMbYTylcxaztJxYui8AEgZBAPxTB4k7WXB1UPiMZaVQSVJhuwyhKpiJqHX7PN/Y+hs3r
dz4ZW8NEv3XsxlJkCeYlNyQ4EImafeiaUnivOBzoGYNcXJS67tOx/rVWDT6I/WsyCBzK7b0rRxS0F6un4lbTzrMjq2qWB6t+e8Wgo7uoVqmUxN
r3i0QV9Oqwh7wwghvRy6rBSe5vRVdjEy0dq5sxQjAbBgkqhkiG9w0BCRQxDh4MAGYAcgBpAGUAbgBkMCMGCSqGSIb3DQEJFTEWBBSZVcqcbpgk
1VjBF6GfpdERO38r0jBBMDEwDQYJYIZIAWUDBAIBBQAEIJBTFmvg+2QI8X+jADDrzy0ze+SAeC+iFlJjUiNTWnXiBAhZBcsOMzCXywICCAA=
`,
  legacy: `
MIIDmgIBAzCCA2AGCSqGSIb3DQEHAaCCA1EEggNNMIIDSTCCAj8GCSqGSIb3DQEHBqCCAjAwggIsAgEAMIICJQYJKoZIhvcNAQcBMBwGCiqGSI
b3DQEMAQMwDgQIlOSHMwRm5NYCAggAgIIB+NlFCb+r+eQVKszzFmg400bxt3yYIa9PgEq4pDEEaXt5F8HcQf2AsFrVywOqgicbFJXeWmn6j6gb
JTceKsYHSzvlZsZtZgjQEayDhlc88gyZ3REasMuaod54XLbb1B3hTe9Mo9XzUyOU5tbcO7rGbfkRaYA5OU2WXkKxRtBH5XcEwB65cVmjkfPGnM
G859CRxCAV1JUKhaweAS8MEge9L9CsE2pPsBKBc0BD+9h2e58psqPOeIEm2LY7S9li1z+Wij+K2D9Px2LiOpEjSsNdxhOT6rXbtkB6EFahRrDe
enein0toH8uJLPbG4agVbgPB0bwF625cprAvNs49ciaKJtLeHk1r9GMLYruXF5ZSjXvU4ERoshnPsz4fQoWEreIMxxDNVoDF+x0EEhKnt+cFaD
UpH/cfOq3/vBkzL4sPsSIWon3UJ6Pj8NzJdsh8QnD9ZIZbUa2mEm1uVkRXKfIhsER7VQRKhjXbUAkRVuxQGSe7YSiKCYxfg2GARuwgfBU72GRS
qQMW8noJX3m0u/PH9nwQiwwHDt00Hub11OXBSItKBs0mWv3sMM+jy0l+clJWl6yIjxkc+rHGrqlo6Fz8tjrcuDyzRZH7wXJOQkvQlZW9ZGKslo
ppU1mZhpZqp5k+FUzja+B57VuVpukaJW1np0P56R0ldLLtVjCCAQIGCSqGSIb3DQEHAaCB9ASB8TCB7jCB6wYLKoZIhvcNAQwKAQKggbQwgbEw
HAYKKoZIhvcNAQwBAzAOBAhDaaKBlvV9/QICCAAEgZChamhP/wSJZYDO7Sg2oGXWDCskRhw5b+x4XKYfOr2u8AReFVhtf947qXULLBgBakwYVq
o9n9RdoegXwauCtP759PRWc9otpUNGoph03+e6mb77aMvE9ue0lT9pG0AGF/sbeqQfVbDLBzS+711CTAgNxwA66XDq5wded8bMun9kByb1uEn7
190s0orwhMq6mYAxJTAjBgkqhkiG9w0BCRUxFgQUmVXKnG6YJNVYwRehn6XRETt/K9IwMTAhMAkGBSsOAwIaBQAEFARkHPitNLslCAjIrwKAXe
0PnG+rBAhQtGS5B3CZLwICCAA=
`,
  empty: `
MIIELAIBAzCCA+IGCSqGSIb3DQEHAaCCA9MEggPPMIIDyzCCAoIGCSqGSIb3DQEHBqCCAnMwggJvAgEAMIICaAYJKoZIhvcNAQcBMFcGCSqGSI
b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhrsPg/Dil9fQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHOYt/yDOyjMZpSb1rwl+gyA
ggIAS3n/PiuiLEYOzn4SWpiRRaXsy4pLqRPKlxqeIKv3tE1UKjVjFehSEr/6mnQkgHg3aJ2on3Awn6Teeqgra5uOCd8+oZvrTFYy3EH0NmJk+w
/GP1Jip8onkrtFyJH914LcjTule6seeRHW/oU39nDmDhRijx+nScCs5G+U9f+VV9cXKxIgt62ZMYtOnXryE0SfyNk4yGYLw3/weEley+eoEEV6
zJ7QkLRePLYirMsd3K/WpcxkhhJ/19hn+vwFCe/fjJMrPACzporaNWCKQcypLrVLDbR9hmivxyJUmRNEQFz8rG1+UxzNX2F7JoiAW42JwWlaaS
sicbDZJlPH5dYWFa36Z8YTzxeVAY+DthORyxwcVme8Lvo+6GlJ6oaKq9hQwuxnn73GxBqFPqXaIevEK0kUpTlJzK3XfUB1dzfVtch1AeuiE9M6
6BUEJgoNCJy90D9d7v414JUDmjAUAuO3MWxh1IPaZdPrNP/4SPMVo9qAOGYgx36vZzAqh9xPL1EB0o3BndsXx+V9QGuP2mwULOePx9AvchEiTj
eaxspTpY/32Qgh0YAJkK5JPsMV4LpXfXEr5oGbjU7lWOUlYCBJf4dTwyrwuAqr5jPR4XRd8ll3GcsX20X9uePRRInrNdmFt70DsnfGLc4lgUQ3
6FZ2QPHHNCXDp4NX9i3LPq1G6/QwggFBBgkqhkiG9w0BBwGgggEyBIIBLjCCASowggEmBgsqhkiG9w0BDAoBAqCB7zCB7DBXBgkqhkiG9w0BBQ
0wSjApBgkqhkiG9w0BBQwwHAQIss24tgEhh2kCAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBBHWl+H3+T1+4jEkgbkdmLRBIGQIJIp
FhTC6t+uJhwlngFmVtf6vtTHi0tiVqBCQBINavRqmZ4ysYRcr49CQ4m1z81KvGOJOTZ+WCqWlJJ7rIF6PaVXOmMEiyqMznAiIkjUk0JutUy8VR
zKang2EXElhHcr+JkK1pUFqChR7zPioQfY/UqJsVdowCBTIggoN6YCuyLVXVp5mnyTP8TVBPjCEVQ4MSUwIwYJKoZIhvcNAQkVMRYEFJlVypxu
mCTVWMEXoZ+l0RE7fyvSMEEwMTANBglghkgBZQMEAgEFAAQgVC4H2OFVuM/BDX2NfX4QOi6HqrqGPVbBpbE6fjlXh1QECA4+BLxo5NxkAgIIAA
==
`,
  nokey: `
MIICtwIBAzCCAm0GCSqGSIb3DQEHAaCCAl4EggJaMIICVjCCAlIGCSqGSIb3DQEHBqCCAkMwggI/AgEAMIICOAYJKoZIhvcNAQcBMFcGCSqGSI
b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgCFQUtVj2SSAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEP5lk6WuUJwFGxKTeqNHaE2A
ggHQ8KYwtUX1ZtHmuKX2dH8WC9mLpR2ofFBBqcfWHR046MBTOuLw2DkzkXbudtsugHpoYYzeJQ6bh2RDCQM0cm9RYbLuSZxdDfBMyFg847sLfh
Ein66JK0lV1eZXAQhuu4+/oTL2DHg4+nzL3htQrf7HUbG1wFR3JBVCK4jCUabNmiyIuyvC/7GNDcw43jXBrCdXrmmLFkIbEfGe/uv22/TQnaZJ
kBCQ9dfNzeoqvFy5uWeA3aBfz5B5RUV7/oa2+eDzm3IOsQQeWR0Q2SmlEVmaBnzd0zOB5dMkvOcAFohHjS+OJuNayCEZubDsVrvkkUxeZBHv0n
wZ27QlemNJUV+zSC7Gz+gnsFEgPlg5FxP8fGs+LcO4ZhYdJ8euxIuQNmzPO+9VzgngkmKqf5mvFzV7+FxYP/321+SP+Zl+G4pFQqMNdB0qxO8N
dvfl5mGxHl6OZGmVxhuuYSam2WNnCCDeEWoyBQTBpvevzYnuDtxmkrVeDWUOIIJWv0/f73PJ7v98RzWHXEsjS+rOBrLW/u6cB/lFCRguseje+8
qPORerH6lQX8yS5hdQWNO0ji24fZ677ADcwdFWsbwM2YFGUZ9IPiCLbJ6ropfRyn+EIltEZ1cwQTAxMA0GCWCGSAFlAwQCAQUABCBJ5eFK/dG6
QfzwzMYC458h2YQiC0xOMnwjwGgVFkXE1wQIcguNPQ1mqygCAggA
`,
  nomac: `
MIIDBAIBAzCCAv0GCSqGSIb3DQEHAaCCAu4EggLqMIIC5jCCAgcGCSqGSIb3DQEHAaCCAfgEggH0MIIB8DCCAewGCyqGSIb3DQEMCgEDoIIBtD
CCAbAGCiqGSIb3DQEJFgGgggGgBIIBnDCCAZgwggE/oAMCAQICFEhhlhxRIH4rEWeB4egxLUZROR7YMAoGCCqGSM49BAMCMBcxFTATBgNVBAMM
DGxvb3AuZXhhbXBsZTAeFw0yNjExMjcxMTMzMTJaFw0zNjExMjQxMTMzMTJaMBcxFTATBgNVBAMMDGxvb3AuZXhhbXBsZTBZMBMGByqGSM49Ag
EGCCqGSM49AwEHA0IABPLz6zpZ0tPgd8bKtNi5NuVCEEpnEvdYy/P7MjTBohMEoKxrmA6NogPlJ1uEGGG2n70T/hlhAOVTeLwRp+sVB0ejaTBn
MB0GA1UdDgQWBBRH08IdCm6YH8jqJ5L9T+dC5qm2mjAfBgNVHSMEGDAWgBRH08IdCm6YH8jqJ5L9T+dC5qm2mjAPBgNVHRMBAf8EBTADAQH/MB
QGA1UdEQQNMAuCCWxvY2FsaG9zdDAKBggqhkjOPQQDAgNHADBEAiAsodfVzyAw+eeCv6r5yc7HQyN0+hgozUYnp8fg5f03WQIgUzwLV/P3lFyW
fvAge9ZtIwjS26ParH5UBLqvjMZmQYAxJTAjBgkqhkiG9w0BCRUxFgQUmVXKnG6YJNVYwRehn6XRETt/K9IwgdgGCSqGSIb3DQEHAaCBygSBxz
CBxDCBwQYLKoZIhvcNAQwKAQGggYowgYcCAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEbTBrAgEBBCBArkknN7BtvuUvDsQKcP3u1GwjtxEth86A
wOu7rq+N66FEA0IABPLz6zpZ0tPgd8bKtNi5NuVCEEpnEvdYy/P7MjTBohMEoKxrmA6NogPlJ1uEGGG2n70T/hlhAOVTeLwRp+sVB0cxJTAjBg
kqhkiG9w0BCRUxFgQUmVXKnG6YJNVYwRehn6XRETt/K9I=
`,
  rc2: `
MIIDmgIBAzCCA2AGCSqGSIb3DQEHAaCCA1EEggNNMIIDSTCCAj8GCSqGSIb3DQEHBqCCAjAwggIsAgEAMIICJQYJKoZIhvcNAQcBMBwGCiqGSI
b3DQEMAQYwDgQIPdU9OmK96vgCAggAgIIB+DlQZD2VclLS7HfwJMyxOiFT3NKuojL63zwfPThWyHeuFgpalB/wwVquX0nhGzKvDGbaTfsYo0Rl
uNX/wT6EJpkLmO/9OeF2LrCB5xc60fw90DmjQgO8YqydgM4dz+1hJEzPhBKu8lbRIT9wBIPBdWE4Uzs4hLXwIH2Hx06gyUOyhtj2breWq67YnI
srste+j+MzaHrMx6l2FtVKobx/FG54sBbm4Y9XpnWrgeg6tZgPKR21MCsO6WqDbq9nYJVvEKjvFpqh/AZoOnFezRhvYdqC9uJW99603HwuUG7f
56Q6Qq8zceqeU8o5b6+jLAvvglfM5jK51KCJkRjX0TdKmt2ku+6xwcmyTlG5uZQQ1nPTtSdCjbHhNVyK/R29gPc8fEFbX0Kc03wTmxt23eIJ+F
alREgUlrT9gWIWmTfYq+QU0B+NhCpy/o/teIDMyQRf2NtdhAELCtVo/WBgTjsr7l1TGnvuJCnn0x1JTbpy4UQsHJ9Wk/MLnLXuqULeQRdhtIxn
iEpKOvCVZWW/J3V0eEI9PA22UhX+6OrlvyaluYFEkb17jak9CzxU1MAla3NNqw5gQEUeGqCRXPSVjEivg/jo2ykmH6PGA+j1CnHjYToO/mQFBw
ZACTzEm6g1vSKmh1x21v1d5kWK18ko8AeL5mcOcz+5RtuOjjCCAQIGCSqGSIb3DQEHAaCB9ASB8TCB7jCB6wYLKoZIhvcNAQwKAQKggbQwgbEw
HAYKKoZIhvcNAQwBAzAOBAgapJLVBDlkDgICCAAEgZDnZLAbRHXO9/QhhqdUxkTdH508jxv+/S0Pp9dH3rU6rwywxusHQX3frL2+JQSd6JA9ff
A0YosBvWCdUn6Vf/LYRomKPVzf2gzAVIvVnW4qOCJIQOUSBtsnNtqzTMaYQqnQlCQ982tQO4ckOxhQD3oR5VFCHowV8k9LkAH2+mPKoWzpKlAu
BZMaGBGdf9je/AIxJTAjBgkqhkiG9w0BCRUxFgQUmVXKnG6YJNVYwRehn6XRETt/K9IwMTAhMAkGBSsOAwIaBQAEFLXaHCjk0eebSbUQgnQhFp
5NjO11BAiexB2VA9gGCQICCAA=
`,
};
const c = require('crypto'), tls = require('tls'), https = require('https'); const t = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message, e.library, e.reason); } };
const rd = (n) => Buffer.from(bundles[n], 'base64');
t(() => c.parsePKCS12(rd('modern'), { passphrase: 'secret' })); 
for (const n of ['modern', 'legacy', 'empty', 'nokey', 'nomac', 'rc2']) for (const o of [{ passphrase: 'secret' }, {}, undefined, { passphrase: 'wrong' }, { passphrase: '' }, { passphrase: Buffer.from('secret') }]) t(() => { const r = c.parsePKCS12(rd(n), o); return [n, o, Object.keys(r), r.privateKey?.type, r.certificate?.subject, r.ca?.map?.((x) => x.subject)]; });
t(() => c.parsePKCS12()); t(() => c.parsePKCS12('x')); t(() => c.parsePKCS12(Buffer.from('x'))); t(() => c.parsePKCS12(rd('modern'), 5)); t(() => c.parsePKCS12(rd('modern'), { passphrase: 5 })); t(() => c.parsePKCS12(rd('modern'), 'secret')); t(() => c.parsePKCS12(new Uint8Array(rd('modern')).buffer, { passphrase: 'secret' }).constructor);
t(() => tls.createSecureContext({ pfx: rd('modern'), passphrase: 'secret' }).constructor.name);
t(() => tls.createSecureContext({ pfx: rd('modern'), passphrase: 'wrong' })); t(() => tls.createSecureContext({ pfx: rd('modern') })); t(() => tls.createSecureContext({ pfx: 'x' })); t(() => tls.createSecureContext({ pfx: 5 })); t(() => tls.createSecureContext({ pfx: [{ buf: rd('legacy'), passphrase: 'secret' }] }).constructor.name); t(() => tls.createSecureContext({ pfx: rd('rc2'), passphrase: 'secret' })); t(() => tls.createSecureContext({ pfx: rd('nokey'), passphrase: 'secret' }).constructor.name);
const s = https.createServer({ pfx: rd('modern'), passphrase: 'secret', requestCert: true, rejectUnauthorized: false }, (q, r) => { console.log('client', q.socket.getPeerCertificate().subject?.CN); r.end('hi'); }).listen(0, () => {
  https.get({ port: s.address().port, host: 'localhost', ca: String(c.parsePKCS12(rd('modern'), { passphrase: 'secret' }).certificate), agent: false, pfx: rd('legacy'), passphrase: 'secret' }, (r) => { console.log(r.statusCode, r.socket.authorized, r.socket.getPeerCertificate().subject.CN); r.resume(); r.on('end', () => s.close()); }).on('error', (e) => { console.log(e.message); s.close(); });
});
