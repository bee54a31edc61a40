//! Information headers: a table of contents and blocks of items, which the transports' settings are made of.
//!
//! The layout is rtinfo.h's: version, size of the whole in bytes and number of blocks, 32 bits each; then for each
//! block its type, the size of an item, the number of items and the offset of the first from the header's beginning.
//! The items of a block begin at a multiple of eight.

/// `RTR_INFO_BLOCK_VERSION`
const VERSION: u32 = 1;
pub(crate) const HEADER: usize = 12;
pub(crate) const ENTRY: usize = 16;

/// A header, taken apart.
pub(crate) struct Header {
    pub(crate) version: u32,
    pub(crate) blocks: Vec<Block>,
}

pub(crate) struct Block {
    pub(crate) kind: u32,
    pub(crate) item_size: u32,
    pub(crate) items: u32,
    pub(crate) data: Vec<u8>,
}

/// Returns the 32-bit number at an offset.
fn number(bytes: &[u8], offset: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(offset..offset + 4)?.try_into().ok()?))
}

impl Header {
    /// Takes a header apart; `None` if the bytes are no header.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Header> {
        let size = number(bytes, 4)? as usize;
        let bytes = bytes.get(..size)?;
        let count = number(bytes, 8)? as usize;
        if count > size.saturating_sub(HEADER) / ENTRY {
            return None;
        }
        let block = |index: usize| {
            let at = HEADER + ENTRY * index;
            let (item_size, items) = (number(bytes, at + 4)?, number(bytes, at + 8)?);
            let start = number(bytes, at + 12)? as usize;
            let end = start.checked_add((item_size as usize).checked_mul(items as usize)?)?;
            let data = bytes.get(start..end)?.to_vec();
            Some(Block { kind: number(bytes, at)?, item_size, items, data })
        };
        let blocks = (0..count).map(block).collect::<Option<_>>()?;
        Some(Header { version: number(bytes, 0)?, blocks })
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let mut data = Vec::new();
        let mut contents = Vec::new();
        let start = (HEADER + ENTRY * self.blocks.len()).next_multiple_of(8);
        for block in &self.blocks {
            data.resize(data.len().next_multiple_of(8), 0);
            let offset = (start + data.len()) as u32;
            contents
                .extend([block.kind, block.item_size, block.items, offset].map(u32::to_ne_bytes).concat());
            data.extend(&block.data);
        }
        let size = if self.blocks.is_empty() { HEADER } else { start + data.len() };
        let head = [self.version, size as u32, self.blocks.len() as u32];
        let mut bytes = head.map(u32::to_ne_bytes).concat();
        bytes.extend(contents);
        if !self.blocks.is_empty() {
            bytes.resize(start, 0);
        }
        bytes.extend(data);
        bytes
    }

    pub(crate) fn position(&self, kind: u32) -> Option<usize> {
        self.blocks.iter().position(|block| block.kind == kind)
    }
}

/// Returns a header without blocks.
pub(crate) fn empty() -> Vec<u8> {
    Header { version: VERSION, blocks: Vec::new() }.build()
}

/// Returns a header with one block, whose items fill `data`.
pub(crate) fn of_one(kind: u32, item_size: u32, data: Vec<u8>) -> Vec<u8> {
    let items = data.len() as u32 / item_size;
    Header { version: VERSION, blocks: vec![Block { kind, item_size, items, data }] }.build()
}

/// Returns the items of a type in settings that were taken from a caller.
pub(crate) fn items(info: &[u8], kind: u32) -> Vec<Vec<u8>> {
    let header = Header::parse(info);
    let block = header.and_then(|header| header.blocks.into_iter().find(|block| block.kind == kind));
    block.map_or_else(Vec::new, |block| match block.item_size as usize {
        0 => Vec::new(),
        size => block.data.chunks_exact(size).map(<[u8]>::to_vec).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_bytes_are_a_reason_to_panic(bytes: Vec<u8>) {
            let _ = Header::parse(&bytes);
        }

        #[test]
        fn what_was_built_is_parsed_again(blocks: Vec<(u32, u8, Vec<u8>)>) {
            let block = |(kind, item_size, data): &(u32, u8, Vec<u8>)| {
                let item_size = u32::from(*item_size).max(1);
                let items = data.len() as u32 / item_size;
                Block { kind: *kind, item_size, items, data: data[..(items * item_size) as usize].to_vec() }
            };
            let header = Header { version: 1, blocks: blocks.iter().map(block).collect() };
            let bytes = header.build();
            let again = Header::parse(&bytes).expect("a header");
            proptest::prop_assert_eq!(again.build(), bytes);
            for (one, other) in header.blocks.iter().zip(&again.blocks) {
                proptest::prop_assert_eq!((one.kind, one.items, &one.data), (other.kind, other.items, &other.data));
            }
        }
    }
}
