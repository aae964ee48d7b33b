//! Whether a chain of certificates leads to somebody trusted (<https://www.rfc-editor.org/rfc/rfc5280#section-6>), with
//! the verdicts that OpenSSL gives.

use rustls::crypto::ring::default_provider;
use rustls::pki_types::CertificateDer;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::der;

/// Chains are followed no further than this.
const DEPTH: usize = 16;

/// Whom to trust.
#[derive(Default)]
pub struct Trust {
    /// Certificates that the script named.
    pub certificates: Vec<CertificateDer<'static>>,
    /// The roots that come with the program, too.
    pub roots: bool,
    /// A trusted certificate need not be its own issuer.
    pub partial: bool,
}

/// What the certificate is to be good for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A server shows it.
    Server,
    /// A client shows it.
    Client,
}

/// Whether `issuer_key` (a public key's content) has signed the certificate.
fn is_signed_by(certificate: &[u8], issuer_key: &[u8]) -> bool {
    let (Some(signed), Some((algorithm, key))) =
        (der::signed(certificate), der::public_key_content(issuer_key))
    else {
        return false;
    };
    default_provider().signature_verification_algorithms.all.iter().any(|known| {
        known.signature_alg_id().as_ref() == signed.algorithm
            && known.public_key_alg_id().as_ref() == algorithm
            && known.verify_signature(key, signed.content, signed.signature).is_ok()
    })
}

fn parse(bytes: &[u8]) -> Option<X509Certificate<'_>> {
    X509Certificate::from_der(bytes).ok().map(|parsed| parsed.1)
}

fn key_of<'a>(certificate: &X509Certificate<'a>) -> &'a [u8] {
    der::content(certificate.tbs_certificate.subject_pki.raw).unwrap_or_default()
}

/// What is wrong with a certificate at this time, for an issuer or for the one at the start.
fn fault(
    certificate: &X509Certificate<'_>,
    now: i64,
    issues: bool,
    purpose: Purpose,
) -> Option<&'static str> {
    if certificate.validity().not_before.timestamp() > now {
        return Some("CERT_NOT_YET_VALID");
    }
    if certificate.validity().not_after.timestamp() < now {
        return Some("CERT_HAS_EXPIRED");
    }
    if issues {
        // Certificates of the first version say nothing about this.
        let constraints = certificate.basic_constraints().ok().flatten();
        let signs = certificate.key_usage().ok().flatten().is_none_or(|usage| usage.value.key_cert_sign());
        let is_old = certificate.version().0 == 0;
        if !signs || !(is_old || constraints.is_some_and(|constraints| constraints.value.ca)) {
            return Some("INVALID_CA");
        }
        return None;
    }
    let usage = certificate.extended_key_usage().ok().flatten()?.value;
    let fits = usage.any || if purpose == Purpose::Server { usage.server_auth } else { usage.client_auth };
    if fits { None } else { Some("INVALID_PURPOSE") }
}

impl Trust {
    /// Adds the issuers that are known and were not sent along.
    pub fn complete(&self, chain: &mut Vec<Vec<u8>>) {
        while let Some(last) = chain.last()
            && chain.len() < DEPTH
        {
            let Some(certificate) = parse(last) else { return };
            let issuer = certificate.issuer().as_raw();
            if certificate.subject().as_raw() == issuer {
                return;
            }
            let roots: &[CertificateDer<'_>] =
                if self.roots { webpki_root_certs::TLS_SERVER_ROOT_CERTS } else { &[] };
            let mut known = self.certificates.iter().chain(roots);
            let next = known.find(|candidate| {
                parse(candidate).is_some_and(|found| {
                    found.subject().as_raw() == issuer && is_signed_by(last, key_of(&found))
                })
            });
            match next.map(|found| found.to_vec()) {
                Some(next) if !chain.contains(&next) => chain.push(next),
                _ => return,
            }
        }
    }
}

/// The verdict about a chain; `None` when all is well. `now` is in seconds since 1970.
pub fn verify(chain: &[Vec<u8>], trust: &Trust, now: i64, purpose: Purpose) -> Option<&'static str> {
    let Some(leaf) = chain.first() else { return Some("UNABLE_TO_GET_ISSUER_CERT") };
    let mut current: &[u8] = leaf;
    for depth in 0..DEPTH {
        let Some(certificate) = parse(current) else { return Some("UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY") };
        let own_issuer = certificate.subject().as_raw() == certificate.issuer().as_raw()
            && is_signed_by(current, key_of(&certificate));
        let is_trusted = trust.certificates.iter().any(|trusted| trusted.as_ref() == current)
            || (trust.roots
                && webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().any(|root| root.as_ref() == current));
        let wrong = fault(&certificate, now, depth > 0, purpose);
        if is_trusted && (own_issuer || trust.partial) {
            return wrong;
        }
        if own_issuer {
            let is_first = depth == 0;
            return Some(if is_first { "DEPTH_ZERO_SELF_SIGNED_CERT" } else { "SELF_SIGNED_CERT_IN_CHAIN" });
        }
        let issuer = certificate.issuer().as_raw();
        let is_issuer = |bytes: &[u8]| {
            parse(bytes).is_some_and(|candidate| {
                candidate.subject().as_raw() == issuer && is_signed_by(current, key_of(&candidate))
            })
        };
        let found = trust.certificates.iter().map(AsRef::as_ref).find(|bytes| is_issuer(bytes));
        let found = found.or_else(|| chain[1..].iter().map(Vec::as_slice).find(|bytes| is_issuer(bytes)));
        if let Some(next) = found {
            if wrong.is_some() {
                return wrong;
            }
            current = next;
            continue;
        }
        let mut roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        if trust.roots && roots.any(|root| is_issuer(root)) {
            return wrong;
        }
        let stands_alone = depth == 0 && chain.len() == 1;
        return Some(if stands_alone {
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
        } else {
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
        });
    }
    Some("CERT_CHAIN_TOO_LONG")
}
