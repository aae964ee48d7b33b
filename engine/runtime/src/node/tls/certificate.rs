//! What a certificate says (<https://nodejs.org/api/tls.html#certificate-object>).

use std::fmt::Write as _;

use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::oid_registry::{OID_PKIX_ACCESS_DESCRIPTOR_OCSP, OID_PKIX_AUTHORITY_INFO_ACCESS};
use x509_parser::prelude::{ASN1Time, FromDer as _, X509Certificate, X509Name};
use x509_parser::public_key::PublicKey;

use super::der;
use crate::host::Response;

/// `[subject, issuer, alternative names or null, information access or null, is an authority, key, valid from, valid to,
/// fingerprints of three lengths, purposes, serial number]`. Names are `[key, value, …]`; the key is
/// `[kind, bits, modulus, exponent, bytes, name of the curve]`.
pub fn describe(bytes: &[u8]) -> Option<Response> {
    let (_, certificate) = X509Certificate::from_der(bytes).ok()?;
    let text = |text: Option<String>| text.map_or(Response::Null, Response::Text);
    let is_authority = certificate.basic_constraints().ok().flatten().is_some_and(|found| found.value.ca);
    Some(Response::List(vec![
        name(certificate.subject()),
        name(certificate.issuer()),
        text(alternative_names(&certificate)),
        text(information_access(&certificate)),
        Response::Bool(is_authority),
        key(&certificate),
        Response::Text(time(certificate.validity().not_before)),
        Response::Text(time(certificate.validity().not_after)),
        Response::Text(fingerprint(&Sha1::digest(bytes))),
        Response::Text(fingerprint(&Sha256::digest(bytes))),
        Response::Text(fingerprint(&Sha512::digest(bytes))),
        purposes(&certificate),
        Response::Text(hex(certificate.raw_serial())),
    ]))
}

fn hex(bytes: &[u8]) -> String {
    let significant = if bytes.len() > 1 && bytes[0] == 0 { &bytes[1..] } else { bytes };
    significant.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}

fn fingerprint(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

/// As OpenSSL prints it: `Nov  6 12:00:00 2026 GMT`.
fn time(time: ASN1Time) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let time = time.to_datetime();
    let month = MONTHS[usize::from(u8::from(time.month())) - 1];
    let (hour, minute, second) = time.to_hms();
    format!("{month} {:>2} {hour:02}:{minute:02}:{second:02} {} GMT", time.day(), time.year())
}

fn name(name: &X509Name<'_>) -> Response {
    let mut parts = Vec::new();
    for attribute in name.iter_attributes() {
        let oid = attribute.attr_type();
        let key = short(oid.to_id_string());
        let value = attribute.as_str().map(str::to_owned);
        let value = value.unwrap_or_else(|_| String::from_utf8_lossy(attribute.as_slice()).into_owned());
        parts.extend([Response::Text(key), Response::Text(value)]);
    }
    Response::List(parts)
}

/// OpenSSL's short name of an attribute; its number for one that has none.
fn short(oid: String) -> String {
    const NAMES: [(&str, &str); 19] = [
        ("2.5.4.3", "CN"),
        ("2.5.4.4", "SN"),
        ("2.5.4.5", "serialNumber"),
        ("2.5.4.6", "C"),
        ("2.5.4.7", "L"),
        ("2.5.4.8", "ST"),
        ("2.5.4.9", "street"),
        ("2.5.4.10", "O"),
        ("2.5.4.11", "OU"),
        ("2.5.4.12", "title"),
        ("2.5.4.15", "businessCategory"),
        ("2.5.4.17", "postalCode"),
        ("2.5.4.42", "GN"),
        ("2.5.4.46", "dnQualifier"),
        ("0.9.2342.19200300.100.1.1", "UID"),
        ("0.9.2342.19200300.100.1.25", "DC"),
        ("1.2.840.113549.1.9.1", "emailAddress"),
        ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
        ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"),
    ];
    NAMES.iter().find(|entry| entry.0 == oid).map_or(oid, |entry| entry.1.to_owned())
}

/// A text that would be taken for several names stands in quotes.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\'', '\\']) || text.chars().any(|letter| letter < ' ') {
        serde_json::Value::from(text).to_string()
    } else {
        text.to_owned()
    }
}

fn general_name(name: &GeneralName<'_>) -> String {
    match name {
        GeneralName::DNSName(name) => format!("DNS:{}", quoted(name)),
        GeneralName::RFC822Name(name) => format!("email:{}", quoted(name)),
        GeneralName::URI(name) => format!("URI:{}", quoted(name)),
        GeneralName::IPAddress(bytes) => format!("IP Address:{}", address(bytes)),
        GeneralName::RegisteredID(oid) => format!("Registered ID:{}", oid.to_id_string()),
        GeneralName::DirectoryName(name) => format!("DirName:{}", quoted(&name.to_string())),
        _ => "othername:<unsupported>".to_owned(),
    }
}

fn address(bytes: &[u8]) -> String {
    if let Ok(parts) = <[u8; 4]>::try_from(bytes) {
        return parts.map(|part| part.to_string()).join(".");
    }
    // All eight groups, as OpenSSL writes them.
    let groups = bytes.chunks(2).map(|pair| {
        let group = pair.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte));
        format!("{group:X}")
    });
    groups.collect::<Vec<_>>().join(":")
}

fn alternative_names(certificate: &X509Certificate<'_>) -> Option<String> {
    let found = certificate.subject_alternative_name().ok().flatten()?;
    let names: Vec<String> = found.value.general_names.iter().map(general_name).collect();
    Some(names.join(", "))
}

fn information_access(certificate: &X509Certificate<'_>) -> Option<String> {
    let extension =
        certificate.extensions().iter().find(|found| found.oid == OID_PKIX_AUTHORITY_INFO_ACCESS)?;
    let ParsedExtension::AuthorityInfoAccess(access) = extension.parsed_extension() else { return None };
    let lines = access.accessdescs.iter().map(|entry| {
        let is_ocsp = entry.access_method == OID_PKIX_ACCESS_DESCRIPTOR_OCSP;
        let method = if is_ocsp { "OCSP" } else { "CA Issuers" };
        format!("{method} - {}\n", general_name(&entry.access_location))
    });
    Some(lines.collect())
}

fn purposes(certificate: &X509Certificate<'_>) -> Response {
    let Some(usage) = certificate.extended_key_usage().ok().flatten() else { return Response::Null };
    let usage = usage.value;
    let named = [
        (usage.any, "2.5.29.37.0"),
        (usage.server_auth, "1.3.6.1.5.5.7.3.1"),
        (usage.client_auth, "1.3.6.1.5.5.7.3.2"),
        (usage.code_signing, "1.3.6.1.5.5.7.3.3"),
        (usage.email_protection, "1.3.6.1.5.5.7.3.4"),
        (usage.time_stamping, "1.3.6.1.5.5.7.3.8"),
        (usage.ocsp_signing, "1.3.6.1.5.5.7.3.9"),
    ];
    let mut all: Vec<Response> =
        named.iter().filter(|entry| entry.0).map(|entry| Response::Text(entry.1.to_owned())).collect();
    all.extend(usage.other.iter().map(|oid| Response::Text(oid.to_id_string())));
    Response::List(all)
}

fn key(certificate: &X509Certificate<'_>) -> Response {
    let info = certificate.public_key();
    let text = |text: &str| Response::Text(text.to_owned());
    let bits = info.parsed().map_or(0, |key| key.key_size());
    match info.parsed() {
        Ok(PublicKey::RSA(rsa)) => {
            let exponent = rsa.try_exponent().unwrap_or(0);
            Response::List(vec![
                text("rsa"),
                Response::Number(bits as f64),
                Response::Text(hex(rsa.modulus)),
                Response::Text(format!("0x{exponent:x}")),
                Response::Bytes(info.raw.to_vec()),
                Response::Null,
            ])
        }
        Ok(PublicKey::EC(point)) => {
            let curve = info.algorithm.parameters.as_ref().and_then(|parameters| parameters.as_oid().ok());
            let curve = curve.map(|oid| oid.to_id_string()).unwrap_or_default();
            Response::List(vec![
                text("ec"),
                Response::Number(curve_bits(&curve)),
                Response::Null,
                Response::Null,
                Response::Bytes(point.data().to_vec()),
                text(&curve),
            ])
        }
        _ => Response::List(vec![
            text("other"),
            Response::Number(bits as f64),
            Response::Null,
            Response::Null,
            Response::Bytes(der::content(info.raw).map(<[u8]>::to_vec).unwrap_or_default()),
            Response::Null,
        ]),
    }
}

/// Bits of the curves in use.
fn curve_bits(oid: &str) -> f64 {
    match oid {
        "1.3.132.0.34" => 384.0,
        "1.3.132.0.35" => 521.0,
        _ => 256.0,
    }
}
