//! The routing protocols that keep settings of their own in the blocks of IP, by their numbers (`routprot.h`).

/// The protocols, by kind, vendor and number as `PROTOCOL_ID` puts them together.
const PROTOCOLS: [(u32, &str); 17] = [
    (unicast(8), "RIP"),
    (unicast(13), "OSPF"),
    (unicast(9999), "DHCP relay"),
    (microsoft(UNICAST, 14), "BGP"),
    (microsoft(MULTICAST, 9), "MSDP"),
    (microsoft(MULTICAST, 10), "IGMP"),
    (microsoft(MULTICAST, 11), "BGMP"),
    (microsoft(OTHER, 112), "VRRP"),
    (microsoft(OTHER, 10_003), "DNS proxy"),
    (microsoft(OTHER, 10_004), "DHCP allocator"),
    (microsoft(OTHER, 10_005), "NAT"),
    (microsoft(OTHER, 10_008), "differentiated services"),
    (microsoft(OTHER, 10_009), "multicast groups"),
    (microsoft(OTHER, 10_010), "application gateway"),
    (microsoft(OTHER, 10_011), "H.323 proxy"),
    (microsoft(OTHER, 10_012), "FTP proxy"),
    (microsoft(OTHER, 10_013), "DTP"),
];

const UNICAST: u32 = 0;
const MULTICAST: u32 = 1;
const OTHER: u32 = 2;

const fn unicast(number: u32) -> u32 {
    number
}

const fn microsoft(kind: u32, number: u32) -> u32 {
    const VENDOR: u32 = 0x137;
    kind << 30 | VENDOR << 16 | number
}

/// Returns the name of the protocol with this number.
pub(super) fn name(number: u32) -> Option<&'static str> {
    PROTOCOLS.iter().find(|(known, _)| *known == number).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_are_known_by_the_numbers_of_the_header() {
        let numbers = [
            (0x8, "RIP"),
            (0xd, "OSPF"),
            (0x270f, "DHCP relay"),
            (0x4137_000a, "IGMP"),
            (0x8137_2714, "DHCP allocator"),
            (0x8137_2715, "NAT"),
        ];
        for (number, protocol) in numbers {
            assert_eq!(name(number), Some(protocol), "{number:#x}");
        }
        assert_eq!(name(0xa), None, "a number without its vendor is another protocol's");
    }
}
