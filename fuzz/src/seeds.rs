//! Inputs as long as real ones, for the targets to begin with. They are made, and not kept: the corpus stays small.

use mprapi_rpc::dimsvc::{Answer, OPERATIONS, Request};
use mprapi_rpc::ndr::{Error, Source};
use mprapi_rpc::pdu::{
    Bind, Flags, Kind, Offer, Request as Pdu, Secured, Syntax, Verification, VerifiedHeader, encode,
};

/// The inputs of a target. Each fits into the `-max_len` that the README gives for long runs.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "info_block" => {
            vec![info_block(1, 56, 280), info_block(40, 56, 6), info_block(250, 40, 1), info_block(16, 72, 9)]
        }
        "dimsvc_request" | "server" => {
            dimsvc(|opnum, source| Request::fill(opnum, source).map(|request| request.encode()))
        }
        "dimsvc_answer" => dimsvc(|opnum, source| Answer::fill(opnum, source).map(|answer| answer.encode())),
        "pdu" => conversation(),
        "association" => {
            let all = conversation().concat();
            let small = conversation().into_iter().skip(1).collect::<Vec<_>>().concat();
            [(0, &all), (1, &small), (100, &all)].map(|(size, bytes)| [&[size][..], bytes].concat()).into()
        }
        "caller" => crate::caller::seeds(),
        "handover" => vec![include_bytes!("../../mprapi-rpc/tests/data/handover-4.17.bin").to_vec()],
        "enumeration" => (0..16).map(enumeration).collect(),
        "probe" => probe(),
        "record" => crate::record::seeds(),
        "smb" => crate::smb::seeds(),
        "scenario" => [40, 4, 2, 1].map(|servers| fleet(servers).into_bytes()).into(),
        "wide" => ["a", "é", "語", "\u{1F98A}"].map(|text| utf_16(&text.repeat(2_000))).into(),
        _ => unreachable!("a target: {target}"),
    }
}

/// The PDUs of a client that authenticates itself, binds twice, and makes calls in one fragment and in two, with trailers.
fn conversation() -> Vec<Vec<u8>> {
    let offer = Offer {
        context_id: 0,
        interface: Syntax::DIMSVC,
        transfer_syntaxes: vec![Syntax::NDR64, Syntax::NDR32, Syntax::features(3)],
    };
    let bind = Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 0, offers: vec![offer] };
    let bind = bind.encode().expect("small");
    let secured = |token: &'static [u8], from| Secured {
        auth_type: 9,
        auth_level: 6,
        context_id: 1,
        token,
        align: 16,
        from,
    };
    let mut stub = vec![0; 4];
    let header = VerifiedHeader::of_request(2, 0, 0);
    Verification::new(0, Syntax::DIMSVC, header).append(&mut stub);
    let request = |stub| Pdu { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub }.encode();
    let pdu = |kind, flags, body: &[u8], security: Option<&Secured<'_>>| {
        encode(kind, flags, 2, body, security).expect("small")
    };
    let token = secured(&[5; 16], 24);
    vec![
        pdu(Kind::Bind, Flags::WHOLE.with(Flags::SUPPORT_HEADER_SIGN), &bind, Some(&secured(&[1; 9], 0))),
        pdu(Kind::AlterContext, Flags::WHOLE, &bind, Some(&secured(&[2; 9], 0))),
        pdu(Kind::Request, Flags::WHOLE, &request(&stub), Some(&token)),
        pdu(Kind::Request, Flags::FIRST, &request(&[1; 64]), Some(&token)),
        pdu(Kind::Cancel, Flags::WHOLE, &[], None),
        pdu(Kind::Request, Flags::LAST, &request(&[2; 64]), Some(&token)),
        pdu(Kind::Orphaned, Flags::WHOLE, &[], None),
    ]
}

/// A message of each operation that is empty, one that is full, and two between.
fn dimsvc(message: impl Fn(u16, &mut Source<'_>) -> Result<Vec<u8>, Error>) -> Vec<Vec<u8>> {
    let fill = |seed: u32| {
        (0..4_096_u32).map(move |at| ((at * 31 + seed * 97).wrapping_mul(0x9E37_79B9) >> 24) as u8)
    };
    // No pointer is null, and each array has two elements.
    let full = vec![0x82; 4_096];
    let sources = [vec![], full, fill(1).collect(), fill(2).collect()];
    let each = OPERATIONS.iter().flat_map(|operation| sources.iter().map(|bytes| (operation.opnum, bytes)));
    each.map(|(opnum, bytes)| {
        let stub = message(opnum, &mut Source::new(bytes)).expect("an operation of the list");
        [vec![opnum as u8], stub].concat()
    })
    .filter(|seed| seed.len() <= 4_096)
    .collect()
}

/// A block of so many infos, each of `items` items of `size` bytes.
fn info_block(infos: u32, size: u32, items: u32) -> Vec<u8> {
    let start = (12 + 16 * infos).next_multiple_of(8);
    let each = (size * items).next_multiple_of(8);
    let mut numbers = vec![1, start + infos * each, infos];
    for index in 0..infos {
        numbers.extend([0xFFFF_0001 + index, size, items, start + index * each]);
    }
    let mut bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_ne_bytes).collect();
    bytes.resize(start as usize, 0);
    bytes.extend((0..infos * each).map(|number| number as u8));
    bytes
}

/// The list of this number, of a page of 1,000 records, a second page of 24, and an end.
fn enumeration(list: u8) -> Vec<u8> {
    let mut bytes = vec![list];
    for (shape, count) in [(31 << 3 | 1, 1_000_u32), (31 << 3, 24)] {
        // The shape: a count of its own, more to come or not, the next resume handle; then the count.
        bytes.push(shape);
        bytes.extend(count.to_le_bytes());
        // The records: so many bytes, eight at a time, again and again.
        bytes.extend([250, 2]);
        bytes.extend((0..2_000_u32).map(|number| (number * 7) as u8));
        // Sound headers of the records that have one, and the total.
        bytes.extend(vec![1; if list == 5 { count as usize + 4 } else { 4 }]);
    }
    bytes
}

fn probe() -> Vec<Vec<u8>> {
    let name = "a-long-name.of-a-host.".repeat(11);
    let targets = [
        format!("target={name}"),
        format!("target={}", "%E8%AA%9E".repeat(85)),
        format!("{}target=vpn01", "&".repeat(4_000)),
        format!("module={}&target={name}", "x".repeat(4_000)),
        "+".repeat(8_000),
    ];
    let requests = targets.iter().map(|target| format!("GET /probe?{target}"));
    requests.chain([format!("HEAD /{}", "path/".repeat(1_500))]).map(String::into_bytes).collect()
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A scenario of so many servers, each with something of everything.
fn fleet(servers: u32) -> String {
    (1..=servers).map(server).collect()
}

fn server(number: u32) -> String {
    format!(
        r#"[[server]]
name = "vpn{number:02}.corp.example"
aliases = ["vpn{number:02}", "10.0.{number}.1"]
up-for = {number}000
domain = "CORP"
transports = ["ip", "ipv6"]

[[server.ports]]
tunnel = "ikev2"
count = 12

[[server.ports]]
tunnel = "sstp"
count = 8

[[server.interface]]
name = "Internal"
kind = "internal"

[[server.interface]]
name = "Ethernet"
kind = "lan"
address = "192.0.2.{number}"
prefix = 24
receive-rate = 310000

[[server.interface]]
name = "Branch Lyon"
kind = "demand-dial"
connected = true
phone-number = "lyon.corp.example"
credentials = {{ user = "router", password = "not a secret", domain = "CORP" }}

[[server.interface]]
name = "Branch Oslo"
kind = "demand-dial"
tunnel = "sstp"
dial-error = 809
dial-takes = 8.5
hours = ["1 08:00-12:00 13:00-17:00", "3 00:00-24:00"]

[[server.route]]
destination = "198.51.100.0"
prefix = 24
next-hop = "192.0.2.254"
metric = {number}

[[server.user]]
name = "anna"
callback = "administrator"
number = "+46 8 555 0100"

[[server.session]]
user = "anna"
domain = "CORP"
computer = "LT-0412"
tunnel = "ikev2"
ipv6 = "2001:db8::{number}"
connected-for = {number}00
bytes-sent = 4294967396
send-rate = 61000

[[server.session]]
user = "j.okafor"
tunnel = "sstp"
quarantine = "probation"
probation = 600
arrives-in = 30
stays-for = 7200

[[server.failure]]
function = "MprAdminPortEnum"
code = 1726
at-call = 2

"#
    )
}
