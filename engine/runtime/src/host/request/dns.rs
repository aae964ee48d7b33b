//! Questions about host names that the system answers (getaddrinfo(3), getnameinfo(3)).

use serde::{Deserialize, Serialize};

/// A question about host names. The system answers it from files and name servers as it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DnsRequest {
    /// Addresses of a name → `List` of `Text`, in the system's order.
    Lookup {
        /// Name.
        host: String,
        /// 4, 6, or 0 for both.
        family: u8,
        /// `AI_*` flags.
        hints: i32,
    },
    /// Name of an address and of the service at a port → `List` of two `Text`.
    Service {
        /// Address.
        address: String,
        /// Port.
        port: u16,
    },
    /// Addresses of the name servers that the system uses → `List` of `Text`.
    Servers,
    /// Addresses of a name in the system's file of hosts → `List` of `Text`; names of an address there likewise.
    Hosts {
        /// Name or address.
        name: String,
    },
}

impl DnsRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Lookup { .. } => "dns.lookup",
            Self::Service { .. } => "dns.lookupService",
            Self::Servers => "dns.getServers",
            Self::Hosts { .. } => "dns.reverse",
        }
    }

    /// What it asks about.
    pub fn target(&self) -> String {
        match self {
            Self::Lookup { host, .. } => host.clone(),
            Self::Service { address, port } => format!("{address}:{port}"),
            Self::Servers => String::new(),
            Self::Hosts { name } => name.clone(),
        }
    }
}
