//! Ops for the messages of the domain name system (<https://www.rfc-editor.org/rfc/rfc1035#section-4>).

use hickory_proto::op::{Message, Query};
use hickory_proto::rr::{Name, RData, Record, RecordType};

use crate::host::Response;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{bytes, convert};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![dns_answer, dns_query];

/// `(name, type) → a question as bytes, or null for a name that cannot be one`.
fn dns_query(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(0));
    let kind = RecordType::from(u16::try_from(convert::int(args.get(1))).unwrap_or(0));
    let mut id = [0; 2];
    State::of(scope).host.borrow_mut().random(&mut id)?;
    let Some(bytes) = question(u16::from_ne_bytes(id), &name, kind) else {
        ret.set(v8::null(scope).into());
        return Ok(());
    };
    let bytes = convert::bytes(scope, bytes);
    ret.set(bytes.ok_or_else(|| OpError::Other("a question is too long".to_owned()))?.into());
    Ok(())
}

/// `(bytes) → [id, code, whether it was cut, name asked for, records], or null for what is no message`. A record is
/// `[type, seconds it may be kept, fields…]`.
fn dns_answer(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let message = bytes::read(args.get(0), answer)?.unwrap_or(Response::Null);
    let message = convert::response(scope, message);
    ret.set(message.ok_or_else(|| OpError::Other("an answer is too long".to_owned()))?);
    Ok(())
}

fn question(id: u16, name: &str, kind: RecordType) -> Option<Vec<u8>> {
    let mut name = Name::from_ascii(name).ok()?;
    name.set_fqdn(true);
    let mut message = Message::query();
    message.metadata.id = id;
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(name, kind));
    message.to_vec().ok()
}

fn answer(bytes: &[u8]) -> Option<Response> {
    let message = Message::from_vec(bytes).ok()?;
    let asked = message.queries.first().map(|query| text(query.name())).unwrap_or_default();
    Some(Response::List(vec![
        number(message.metadata.id),
        number(u16::from(message.metadata.response_code)),
        Response::Bool(message.metadata.truncation),
        Response::Text(asked),
        Response::List(message.answers.iter().filter_map(record).collect()),
    ]))
}

fn number(value: impl Into<f64>) -> Response {
    Response::Number(value.into())
}

/// A name without the dot at its end.
fn text(name: &Name) -> String {
    let text = name.to_ascii();
    text.strip_suffix('.').map(str::to_owned).unwrap_or(text)
}

fn latin1(bytes: &[u8]) -> Response {
    Response::Text(bytes.iter().map(|&byte| char::from(byte)).collect())
}

fn record(record: &Record) -> Option<Response> {
    let name = |name: &Name| Response::Text(text(name));
    let fields = match &record.data {
        RData::A(address) => vec![Response::Text(address.0.to_string())],
        RData::AAAA(address) => vec![Response::Text(address.0.to_string())],
        RData::CNAME(target) => vec![name(&target.0)],
        RData::NS(target) => vec![name(&target.0)],
        RData::PTR(target) => vec![name(&target.0)],
        RData::MX(mx) => vec![name(&mx.exchange), number(mx.preference)],
        RData::TXT(txt) => {
            let parts =
                txt.txt_data.iter().map(|part| Response::Text(String::from_utf8_lossy(part).into_owned()));
            parts.collect()
        }
        RData::SRV(srv) => {
            vec![name(&srv.target), number(srv.port), number(srv.priority), number(srv.weight)]
        }
        RData::SOA(soa) => vec![
            name(&soa.mname),
            name(&soa.rname),
            number(soa.serial),
            number(soa.refresh.cast_unsigned()),
            number(soa.retry.cast_unsigned()),
            number(soa.expire.cast_unsigned()),
            number(soa.minimum),
        ],
        RData::NAPTR(naptr) => vec![
            latin1(&naptr.flags),
            latin1(&naptr.services),
            latin1(&naptr.regexp),
            name(&naptr.replacement),
            number(naptr.order),
            number(naptr.preference),
        ],
        RData::CAA(caa) => vec![
            number(caa.flags()),
            Response::Text(caa.tag.clone()),
            Response::Text(String::from_utf8_lossy(&caa.value).into_owned()),
        ],
        RData::TLSA(tlsa) => vec![
            number(u8::from(tlsa.cert_usage)),
            number(u8::from(tlsa.selector)),
            number(u8::from(tlsa.matching)),
            Response::Bytes(tlsa.cert_data.clone()),
        ],
        _ => return None,
    };
    let mut all = vec![number(u16::from(record.record_type())), number(record.ttl)];
    all.extend(fields);
    Some(Response::List(all))
}

#[cfg(test)]
mod tests {
    use super::{answer, question};
    use crate::host::Response;
    use hickory_proto::rr::RecordType;

    #[test]
    fn a_question_is_read_back() {
        let bytes = question(7, "example.org", RecordType::MX).expect("a name");
        let Some(Response::List(parts)) = answer(&bytes) else { panic!("no message") };
        assert_eq!(parts[0], Response::Number(7.0));
        assert_eq!(parts[3], Response::Text("example.org".to_owned()));
        assert_eq!(parts[4], Response::List(Vec::new()));
    }

    #[test]
    fn what_is_no_name_is_no_question() {
        let long = "a".repeat(64);
        assert_eq!(question(1, &format!("{long}.org"), RecordType::A), None);
    }

    #[test]
    fn records_that_are_not_there_make_no_answer() {
        let mut bytes = question(7, "example.org", RecordType::A).expect("a name");
        bytes[7] = 2;
        assert_eq!(answer(&bytes), None);
    }
}
