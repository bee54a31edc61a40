//! A block of bytes that a client sent, as a function of the back end takes it.

use mprapi_sys::ERROR_INVALID_PARAMETER;

use crate::ndr::Counted;

/// The bytes of a block, or null. The function may write to them, and a record of any alignment may lie there.
pub(super) struct Block {
    words: Option<Vec<u64>>,
    pub(super) size: u32,
}

impl Block {
    /// Copies a block.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for a null pointer with a length: the back end would read where nothing is.
    pub(super) fn of(block: &Counted<u8>) -> Result<Block, u32> {
        if block.is_null() && block.count() != 0 {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let word = |chunk: &[u8]| {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            u64::from_ne_bytes(word)
        };
        let words = (!block.is_null()).then(|| block.elements().chunks(8).map(word).collect());
        Ok(Block { words, size: block.count() })
    }

    pub(super) fn pointer(&mut self) -> *mut u8 {
        self.words.as_mut().map_or(std::ptr::null_mut(), |words| words.as_mut_ptr().cast())
    }
}
