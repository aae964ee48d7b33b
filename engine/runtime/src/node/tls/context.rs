//! What connections have in common: own certificates with their keys, whom to trust, versions and ciphers.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use rustls::client::{ResolvesClientCert, Resumption};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::time_provider::TimeProvider;
use rustls::{
    ClientConfig, DistinguishedName, ServerConfig, SignatureScheme, SupportedProtocolVersion, version,
};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::chain::Trust;
use super::tickets::Tickets;
use super::verifier::Lenient;

/// Seconds since 1970, as the host last told them.
static NOW: AtomicU64 = AtomicU64::new(0);

/// Says what time it is.
pub fn set_time(seconds: u64) {
    NOW.store(seconds, Ordering::Relaxed);
}

/// What time it is.
pub fn time() -> u64 {
    NOW.load(Ordering::Relaxed)
}

// A session is only resumed by clients with the same verifier and the same certificates, and the library looks whether
// they are the same objects.
static VERIFIER: LazyLock<Arc<Lenient>> =
    LazyLock::new(|| Arc::new(Lenient { hints: Vec::new(), mandatory: false }));
static NOBODY: LazyLock<Arc<Identities>> = LazyLock::new(|| Arc::new(Identities(Vec::new())));

#[derive(Debug)]
struct HostTime;

impl TimeProvider for HostTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(time())))
    }
}

/// Why there is no context: code and message of OpenSSL's.
pub struct Refused(pub &'static str, pub &'static str);

const NO_START: Refused = Refused("ERR_OSSL_PEM_NO_START_LINE", "error:0480006C:PEM routines::no start line");
const BAD_KEY: Refused = Refused("ERR_OSSL_UNSUPPORTED", "error:1E08010C:DECODER routines::unsupported");
const MISMATCH: Refused = Refused(
    "ERR_OSSL_X509_KEY_VALUES_MISMATCH",
    "error:05800074:x509 certificate routines::key values mismatch",
);

/// What a script asks for.
#[derive(Default)]
pub struct Wanted {
    /// Chains in PEM.
    pub certificates: Vec<Vec<u8>>,
    /// Private keys in PEM, in the order of the chains.
    pub keys: Vec<Vec<u8>>,
    /// Trusted certificates in PEM; `None` for the roots that come with the program.
    pub trusted: Option<Vec<Vec<u8>>>,
    /// Certificates trusted beside those, in PEM.
    pub more: Vec<Vec<u8>>,
    /// A trusted certificate need not be its own issuer.
    pub partial: bool,
    /// Lowest and highest version, as `0x0303`.
    pub versions: (u16, u16),
    /// Names of ciphers; empty for all.
    pub ciphers: Vec<String>,
}

/// A context.
pub struct Context {
    identities: Vec<Arc<CertifiedKey>>,
    resolver: Arc<Identities>,
    /// Whom to trust.
    pub trust: Trust,
    provider: Arc<CryptoProvider>,
    versions: Vec<&'static SupportedProtocolVersion>,
    /// Made for servers so far, so that sessions can be resumed.
    servers: RefCell<Vec<(ServerKind, Arc<ServerConfig>)>>,
}

/// What tells the servers of one context apart.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerKind {
    /// Ask clients for a certificate.
    pub request_certificate: bool,
    /// And end the handshake with those that show none.
    pub require_certificate: bool,
    /// Protocols above, best first.
    pub protocols: Vec<Vec<u8>>,
}

#[derive(Debug)]
struct Identities(Vec<Arc<CertifiedKey>>);

impl Identities {
    fn choose(&self, schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.0.iter().find(|identity| identity.key.choose_scheme(schemes).is_some()).cloned()
    }
}

impl ResolvesServerCert for Identities {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.choose(hello.signature_schemes())
    }
}

impl ResolvesClientCert for Identities {
    fn resolve(&self, _: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.choose(schemes)
    }

    fn has_certs(&self) -> bool {
        !self.0.is_empty()
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Refused> {
    // Older names of the same thing.
    let plain = std::str::from_utf8(pem).ok().filter(|text| text.contains(" CERTIFICATE-----"));
    let plain = plain.map(|text| text.replace("X509 CERT", "CERT").replace("TRUSTED CERT", "CERT"));
    let pem = plain.as_deref().map_or(pem, str::as_bytes);
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        // Without a frame it may be the bytes themselves.
        _ if X509Certificate::from_der(pem).is_ok() => Ok(vec![CertificateDer::from(pem.to_vec())]),
        _ => Err(NO_START),
    }
}

impl Context {
    /// Makes a context.
    ///
    /// # Errors
    /// For what cannot be read, and for a key that is not the certificate's.
    pub fn new(wanted: Wanted) -> Result<Self, Refused> {
        let mut keys = Vec::new();
        for pem in &wanted.keys {
            let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| BAD_KEY)?;
            keys.push(ring::sign::any_supported_type(&key).map_err(|_| BAD_KEY)?);
        }
        let mut trust =
            Trust { roots: wanted.trusted.is_none(), partial: wanted.partial, ..Trust::default() };
        // As with OpenSSL, what is no certificate adds none.
        for pem in wanted.trusted.iter().flatten().chain(&wanted.more) {
            trust.certificates.extend(certificates(pem).unwrap_or_default());
        }
        let mut identities = Vec::new();
        for pem in &wanted.certificates {
            let chain = certificates(pem)?;
            if keys.is_empty() {
                continue;
            }
            let parsed = chain.first().and_then(|first| X509Certificate::from_der(first).ok());
            let info = parsed.map(|parsed| parsed.1.tbs_certificate.subject_pki.raw);
            let fits = |own: &Vec<u8>| info.is_none_or(|info| info == own);
            let key = keys
                .iter()
                .find(|key| key.public_key().map(|own| own.as_ref().to_vec()).as_ref().is_none_or(fits));
            let Some(key) = key.cloned() else { return Err(MISMATCH) };
            // As with OpenSSL, issuers among the trusted certificates are sent along.
            let mut chain: Vec<Vec<u8>> = chain.iter().map(|part| part.to_vec()).collect();
            if !trust.roots {
                trust.complete(&mut chain);
            }
            let chain = chain.into_iter().map(CertificateDer::from).collect();
            identities.push(Arc::new(CertifiedKey::new(chain, key)));
        }
        let mut provider = ring::default_provider();
        let rank = |name: &str| {
            let asked = wanted.ciphers.iter().position(|wanted| wanted == name);
            (asked.unwrap_or(usize::MAX), super::names::ORDER.iter().position(|known| *known == name))
        };
        provider.cipher_suites.sort_by_key(|suite| rank(super::names::cipher(suite.suite())));
        if !wanted.ciphers.is_empty() {
            // Those of version 1.3 are chosen apart from the others.
            let names = |name: &str| wanted.ciphers.iter().any(|wanted| wanted == name);
            let any_13 = wanted.ciphers.iter().any(|name| name.starts_with("TLS_"));
            provider.cipher_suites.retain(|suite| {
                let name = super::names::cipher(suite.suite());
                names(name) || (suite.tls13().is_some() && !any_13)
            });
        }
        let (lowest, highest) = wanted.versions;
        let in_range = |number: u16| lowest <= number && number <= highest;
        let mut versions = Vec::new();
        if in_range(0x0304) {
            versions.push(&version::TLS13);
        }
        if in_range(0x0303) {
            versions.push(&version::TLS12);
        }
        let provider = Arc::new(provider);
        let resolver = if identities.is_empty() {
            Arc::clone(&*NOBODY)
        } else {
            Arc::new(Identities(identities.clone()))
        };
        Ok(Self { identities, resolver, trust, provider, versions, servers: RefCell::default() })
    }

    /// For a client that offers `protocols`.
    ///
    /// # Errors
    /// When no cipher fits the versions.
    pub fn client(
        &self,
        protocols: Vec<Vec<u8>>,
        shows_name: bool,
        tickets: Arc<Tickets>,
    ) -> Result<Arc<ClientConfig>, rustls::Error> {
        let builder = ClientConfig::builder_with_details(Arc::clone(&self.provider), Arc::new(HostTime));
        let mut config = builder
            .with_protocol_versions(&self.versions)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&*VERIFIER) as _)
            .with_client_cert_resolver(Arc::clone(&self.resolver) as _);
        config.alpn_protocols = protocols;
        config.enable_sni = shows_name;
        config.resumption = Resumption::store(tickets);
        Ok(Arc::new(config))
    }

    /// For a server.
    ///
    /// # Errors
    /// When no cipher fits the versions.
    pub fn server(&self, kind: ServerKind) -> Result<Arc<ServerConfig>, rustls::Error> {
        if let Some((_, config)) = self.servers.borrow().iter().find(|entry| entry.0 == kind) {
            return Ok(Arc::clone(config));
        }
        let builder = ServerConfig::builder_with_details(Arc::clone(&self.provider), Arc::new(HostTime));
        let builder = builder.with_protocol_versions(&self.versions)?;
        let builder = if kind.request_certificate {
            let subjects = self.trust.certificates.iter().filter_map(|certificate| {
                let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
                Some(DistinguishedName::from(parsed.subject().as_raw().to_vec()))
            });
            let hints = subjects.collect();
            builder
                .with_client_cert_verifier(Arc::new(Lenient { hints, mandatory: kind.require_certificate }))
        } else {
            builder.with_no_client_auth()
        };
        let mut config = builder.with_cert_resolver(Arc::new(Identities(self.identities.clone())));
        config.alpn_protocols.clone_from(&kind.protocols);
        config.ignore_client_order = true;
        let config = Arc::new(config);
        self.servers.borrow_mut().push((kind, Arc::clone(&config)));
        Ok(config)
    }

    /// The own certificate, with what was given along.
    pub fn own_certificates(&self) -> Vec<Vec<u8>> {
        let own = self.identities.first().map(|identity| identity.cert.iter().map(|part| part.to_vec()));
        own.into_iter().flatten().collect()
    }
}
