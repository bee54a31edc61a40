//! Keys: memory that had one is overwritten before it is given back.

use mprapi_rpc::pipe::Pipe as _;
use mprapi_rpc::smb::message::{
    ControlAnswer, ControlCode, ControlRequest, FileId, ReadAnswer, SessionFlags, SessionSetupAnswer,
    SessionSetupRequest, WriteRequest,
};

use crate::looking::found;
use crate::server::Plan;
use crate::{MARKS, crypto, open, soon};

#[test]
fn the_memory_of_keys_is_overwritten() {
    let keys = crypto::keys(0x0300, 1, &[0; 64]);
    let each = [&crypto::SESSION_KEY[6..], &keys.signing, &keys.from_client, &keys.to_client];
    for (mark, key) in MARKS.iter().zip(each) {
        assert!(key.starts_with(mark), "{key:02x?}");
        assert_eq!(found(|| drop(key.to_vec())).0, 1, "it is found");
    }
    let (count, ()) = found(|| {
        let (_server, pipe) = open(Plan::new(0x0300, 1, None));
        let mut pipe = pipe.unwrap();
        assert_eq!(pipe.transact(b"hello", 100, soon()).unwrap(), b"hello");
        pipe.close(soon()).unwrap();
    });
    assert_eq!(count, 0);
}

#[test]
fn no_debug_text_shows_a_key_a_token_or_a_message() {
    let (_server, pipe) = open(Plan::usual());
    let text = format!("{:?}", pipe.unwrap());
    assert!(text.contains("SmbPipe") && text.contains("Aes128Gcm") && !text.contains("key"), "{text}");
    let (secret, file) = (&crypto::SESSION_KEY[..], FileId::NONE);
    let texts = [
        text,
        format!("{:?}", SessionSetupRequest { token: secret }),
        format!("{:?}", SessionSetupAnswer { flags: SessionFlags(0), token: secret }),
        format!("{:?}", ControlRequest { code: ControlCode::PipeTransceive, file, input: secret, most: 1 }),
        format!("{:?}", ControlAnswer { output: secret }),
        format!("{:?}", ReadAnswer { data: secret }),
        format!("{:?}", WriteRequest { file, data: secret }),
    ];
    for text in texts {
        assert!(!text.contains("80, 76, 85") && !text.contains("PLUGH"), "{text}");
    }
}
