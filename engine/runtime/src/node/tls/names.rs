//! What OpenSSL calls things.

use rustls::{AlertDescription, CipherSuite, Error, InvalidMessage, ProtocolVersion};

/// Ciphers as Node.js prefers them.
pub const ORDER: [&str; 9] = [
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
];

/// The name of a cipher.
pub fn cipher(suite: CipherSuite) -> &'static str {
    match suite {
        CipherSuite::TLS13_AES_128_GCM_SHA256 => "TLS_AES_128_GCM_SHA256",
        CipherSuite::TLS13_AES_256_GCM_SHA384 => "TLS_AES_256_GCM_SHA384",
        CipherSuite::TLS13_CHACHA20_POLY1305_SHA256 => "TLS_CHACHA20_POLY1305_SHA256",
        CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 => "ECDHE-ECDSA-AES128-GCM-SHA256",
        CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 => "ECDHE-ECDSA-AES256-GCM-SHA384",
        CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 => "ECDHE-ECDSA-CHACHA20-POLY1305",
        CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => "ECDHE-RSA-AES128-GCM-SHA256",
        CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => "ECDHE-RSA-AES256-GCM-SHA384",
        CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => "ECDHE-RSA-CHACHA20-POLY1305",
        _ => "",
    }
}

/// The name of a cipher in the standards.
pub fn standard_cipher(suite: CipherSuite) -> String {
    suite.as_str().unwrap_or_default().replacen("TLS13_", "TLS_", 1)
}

/// The name of a version.
pub fn protocol(version: Option<ProtocolVersion>) -> &'static str {
    match version {
        Some(ProtocolVersion::TLSv1_3) => "TLSv1.3",
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2",
        _ => "",
    }
}

/// Library, reason and code of an error, as OpenSSL puts them: `ERR_SSL_…`, then the reason in words.
pub fn failure(failed: &Error) -> (String, String) {
    let reason = match failed {
        Error::AlertReceived(alert) => alert_reason(*alert),
        Error::InvalidMessage(
            InvalidMessage::InvalidContentType
            | InvalidMessage::UnknownProtocolVersion
            | InvalidMessage::MessageTooLarge
            | InvalidMessage::InvalidEmptyPayload,
        ) => "wrong version number".to_owned(),
        Error::InvalidMessage(_) => "unexpected message".to_owned(),
        Error::NoApplicationProtocol => "no application protocol".to_owned(),
        Error::PeerIncompatible(why) => incompatible(why),
        Error::NoCertificatesPresented => "peer did not return a certificate".to_owned(),
        Error::DecryptError => "decryption failed or bad record mac".to_owned(),
        Error::InvalidCertificate(_) => "bad signature".to_owned(),
        Error::General(text) if text.contains("no server certificate chain resolved") => {
            "no suitable signature algorithm".to_owned()
        }
        _ => "unexpected message".to_owned(),
    };
    let code: String =
        reason.chars().map(|letter| if letter == ' ' { '_' } else { letter.to_ascii_uppercase() }).collect();
    (format!("ERR_SSL_{code}"), reason)
}

fn incompatible(why: &rustls::PeerIncompatible) -> String {
    use rustls::PeerIncompatible as Why;
    match why {
        Why::NoCipherSuitesInCommon | Why::NoKxGroupsInCommon | Why::NoSignatureSchemesInCommon => {
            "no shared cipher"
        }
        _ => "unsupported protocol",
    }
    .to_owned()
}

fn alert_reason(alert: AlertDescription) -> String {
    let (prefix, name) = match alert {
        AlertDescription::HandshakeFailure => ("ssl/tls", "handshake failure"),
        AlertDescription::BadCertificate => ("ssl/tls", "bad certificate"),
        AlertDescription::UnsupportedCertificate => ("ssl/tls", "unsupported certificate"),
        AlertDescription::CertificateRevoked => ("ssl/tls", "certificate revoked"),
        AlertDescription::CertificateExpired => ("ssl/tls", "certificate expired"),
        AlertDescription::CertificateUnknown => ("ssl/tls", "certificate unknown"),
        AlertDescription::IllegalParameter => ("ssl/tls", "illegal parameter"),
        AlertDescription::UnexpectedMessage => ("ssl/tls", "unexpected message"),
        AlertDescription::BadRecordMac => ("ssl/tls", "bad record mac"),
        AlertDescription::UnknownCA => ("tlsv1", "unknown ca"),
        AlertDescription::AccessDenied => ("tlsv1", "access denied"),
        AlertDescription::DecodeError => ("tlsv1", "decode error"),
        AlertDescription::DecryptError => ("tlsv1", "decrypt error"),
        AlertDescription::ProtocolVersion => ("tlsv1", "protocol version"),
        AlertDescription::InsufficientSecurity => ("tlsv1", "insufficient security"),
        AlertDescription::InternalError => ("tlsv1", "internal error"),
        AlertDescription::UnrecognisedName => ("tlsv1", "unrecognized name"),
        AlertDescription::NoApplicationProtocol => ("tlsv1", "no application protocol"),
        AlertDescription::CertificateRequired => ("tlsv13", "certificate required"),
        AlertDescription::MissingExtension => ("tlsv13", "missing extension"),
        _ => ("tlsv1", "unknown alert"),
    };
    format!("{prefix} alert {name}")
}
